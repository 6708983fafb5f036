//! Which part of the package is what.

use super::damaged;
use super::package::Package;
use super::part::Part;
use super::relationships::{Relationship, beside};
use crate::reader::ReadError;
use std::collections::HashMap;

/// Where the main part stands when nothing says otherwise.
const USUAL_MAIN: &str = "word/document.xml";

/// The main part and the parts it refers to.
#[derive(Debug)]
pub(super) struct Parts {
    main: String,
    /// Targets by id and by kind; of two of one kind the first counts.
    by_id: HashMap<String, String>,
    by_kind: HashMap<String, String>,
}

impl Parts {
    /// Finds the main part through the package's relationships and lists what it refers to.
    pub(super) fn find(package: &mut Package<'_>) -> Result<Self, ReadError> {
        let roots = package.relationships("")?;
        let named = roots.into_iter().find(|root| root.kind == "officeDocument" && package.has(&root.target));
        let main = match named {
            Some(root) => root.target,
            None if package.has(USUAL_MAIN) => USUAL_MAIN.to_owned(),
            None => return Err(damaged("it holds no Word document".to_owned())),
        };
        let (mut by_id, mut by_kind) = (HashMap::new(), HashMap::new());
        for Relationship { id, kind, target } in package.relationships(&main)? {
            by_kind.entry(kind).or_insert_with(|| target.clone());
            by_id.insert(id, target);
        }
        Ok(Self { main, by_id, by_kind })
    }

    /// The main part.
    pub(super) fn main(&self, package: &mut Package<'_>) -> Result<Part, ReadError> {
        package.part(&self.main)?.ok_or_else(|| damaged("it holds no Word document".to_owned()))
    }

    /// The part that the main part refers to as `kind`. Without any relationships it has its usual name.
    pub(super) fn named(&self, package: &mut Package<'_>, kind: &str) -> Result<Option<Part>, ReadError> {
        match self.by_kind.get(kind) {
            Some(target) => package.part(target),
            None if self.by_kind.is_empty() => package.part(&beside(&self.main, &format!("{kind}.xml"))),
            None => Ok(None),
        }
    }

    /// Name of the part that the main part refers to by this id.
    pub(super) fn target(&self, id: &str) -> Option<&str> {
        self.by_id.get(id).map(String::as_str)
    }
}
