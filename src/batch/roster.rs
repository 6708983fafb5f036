//! The roster: every district that has to file.

use super::table;
use std::collections::BTreeMap;
use std::path::Path;

/// A district.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct District {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
}

/// Every district that has to file, in the order of the roster.
#[derive(Debug, Clone, Default)]
pub struct Roster {
    /// The districts.
    pub districts: Vec<District>,
}

impl Roster {
    /// Reads a roster: `district_code,district`.
    ///
    /// # Errors
    /// A sentence with the line of the mistake.
    pub fn load(path: &Path) -> miette::Result<Self> {
        let mut codes: BTreeMap<String, u64> = BTreeMap::new();
        let mut districts = Vec::new();
        for table::Row { line, fields: [code, name] } in table::read(path, ["district_code", "district"])? {
            let shown = path.display();
            if code.is_empty() || name.is_empty() {
                return Err(miette::miette!("{shown}:{line}: a district needs a code and a name"));
            }
            if let Some(first) = codes.insert(code.clone(), line) {
                return Err(miette::miette!("{shown}:{line}: code “{code}” is on line {first} already"));
            }
            districts.push(District { code, name });
        }
        Ok(Self { districts })
    }

    /// The district that a folder or file prefix names: by its code, its name, or both.
    pub fn find(&self, name: &str) -> Option<&District> {
        let wanted = key(name);
        let mut fits = self.districts.iter().filter(|d| {
            let (code, name) = (key(&d.code), key(&d.name));
            wanted == code || wanted == name || wanted == format!("{code}{name}") || wanted == format!("{name}{code}")
        });
        fits.next()
    }
}

/// Letters and digits in lower case.
pub fn key(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
