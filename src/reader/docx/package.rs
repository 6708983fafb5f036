//! The package: a zip archive of parts that refer to each other by relationships.

use super::damaged;
use super::part::Part;
use super::relationships::{Relationship, relationships_name};
use super::xml::Budget;
use crate::reader::{Limits, ReadError, package};

/// An opened package.
pub(super) struct Package<'a> {
    parts: package::Package<'a>,
    budget: &'a Budget,
}

impl<'a> Package<'a> {
    /// Opens the archive and lists its parts.
    pub(super) fn open(bytes: &'a [u8], limits: &'a Limits, budget: &'a Budget) -> Result<Self, ReadError> {
        Ok(Self { parts: package::Package::open(bytes, limits, damaged)?, budget })
    }

    /// Whether there is a part of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.parts.has(name)
    }

    /// Inflates and decodes a part; none if the package has no such part.
    pub(super) fn part(&mut self, name: &str) -> Result<Option<Part>, ReadError> {
        self.parts.part(name)?.map(|(stored, bytes)| Part::decode(stored, bytes)).transpose()
    }

    /// The relationships of a part (`""`: of the package); none if there is no list of them.
    pub(super) fn relationships(&mut self, of: &str) -> Result<Vec<Relationship>, ReadError> {
        let budget = self.budget;
        match self.part(&relationships_name(of))? {
            Some(list) => Relationship::list(&list, of, budget),
            None => Ok(Vec::new()),
        }
    }
}
