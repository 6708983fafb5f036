//! What of a pack only explanations and its own tests need: its phrases as written, and its examples.

use super::schema::{ExampleFile, FindingExample};
use crate::phrase::TermId;
use serde::Deserialize;
use std::collections::BTreeMap;

/// The phrases and examples of a pack.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wording {
    /// The phrases by their terms.
    phrases: Vec<String>,
    /// The examples of requirements and findings by their ids.
    requirements: BTreeMap<String, Vec<ExampleFile>>,
    findings: BTreeMap<String, Vec<FindingExample>>,
}

impl Wording {
    /// Reads what lies in the program; nothing only if it is broken, which a test rules out.
    pub fn read(json: &str) -> Self {
        serde_json::from_str(json).unwrap_or_default()
    }

    /// Takes down the next phrase, unless it is known.
    pub fn take_phrase(&mut self, term: TermId, written: &str) {
        if term as usize == self.phrases.len() {
            self.phrases.push(written.to_owned());
        }
    }

    pub fn take_requirement(&mut self, id: &str, examples: Vec<ExampleFile>) {
        self.requirements.insert(id.to_owned(), examples);
    }

    pub fn take_finding(&mut self, id: &str, examples: Vec<FindingExample>) {
        self.findings.insert(id.to_owned(), examples);
    }

    pub fn phrase(&self, term: TermId) -> &str {
        self.phrases.get(term as usize).map_or("", String::as_str)
    }

    pub fn of_requirement(&self, id: &str) -> &[ExampleFile] {
        self.requirements.get(id).map_or(&[], Vec::as_slice)
    }

    pub fn of_finding(&self, id: &str) -> &[FindingExample] {
        self.findings.get(id).map_or(&[], Vec::as_slice)
    }
}
