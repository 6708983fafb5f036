//! Which part of the package is what.

use super::damaged;
use super::package::Package;
use super::part::Part;
use super::relationships::{Relationship, beside};
use crate::reader::ReadError;

/// Where the main part stands when nothing says otherwise.
const USUAL_MAIN: &str = "word/document.xml";

/// The main part and the parts it refers to.
#[derive(Debug)]
pub(super) struct Parts {
    main: String,
    relationships: Vec<Relationship>,
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
        let relationships = package.relationships(&main)?;
        Ok(Self { main, relationships })
    }

    /// The main part.
    pub(super) fn main(&self, package: &mut Package<'_>) -> Result<Part, ReadError> {
        package.part(&self.main)?.ok_or_else(|| damaged("it holds no Word document".to_owned()))
    }

    /// The part that the main part refers to as `kind`. Without any relationships it has its usual name.
    pub(super) fn named(&self, package: &mut Package<'_>, kind: &str) -> Result<Option<Part>, ReadError> {
        if self.relationships.is_empty() {
            return package.part(&beside(&self.main, &format!("{kind}.xml")));
        }
        match self.relationships.iter().find(|relationship| relationship.kind == kind) {
            Some(relationship) => package.part(&relationship.target),
            None => Ok(None),
        }
    }

    /// Name of the part that the main part refers to by this id.
    pub(super) fn target(&self, id: &str) -> Option<&str> {
        self.relationships.iter().find(|relationship| relationship.id == id).map(|found| found.target.as_str())
    }
}
