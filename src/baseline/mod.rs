//! The baseline: findings that were there when a repository began to be checked. They are let be until somebody
//! mends them; new ones are not.

mod file;

use crate::render::Fingerprints;
use crate::report::{BaselineState, Checked, Diagnostic};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The name of a baseline.
pub const FILE_NAME: &str = ".sro-lint-baseline.json";

/// A finding that was recorded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recorded {
    /// What it is known by.
    pub fingerprint: String,
    /// Requirement or finding.
    pub code: String,
    /// The section, for who reads the file.
    pub section: Option<String>,
    /// The words, for who reads the file.
    pub words: Option<String>,
}

/// Findings that were recorded, by document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Baseline {
    /// The folder that the names of documents are relative to, absolute.
    folder: PathBuf,
    documents: BTreeMap<String, Vec<Recorded>>,
}

/// What changed in one document since the baseline.
#[derive(Debug, Default)]
pub struct Change {
    /// Recorded findings that are gone.
    pub gone: Vec<Recorded>,
}

/// Most bytes of words that are recorded: they are for who reads the file.
const WORDS: usize = 120;

impl Baseline {
    /// An empty baseline for the documents in a folder.
    pub fn new(folder: &Path) -> Self {
        Self { folder: folder.to_owned(), documents: BTreeMap::new() }
    }

    /// The documents with recorded findings.
    pub fn documents(&self) -> impl Iterator<Item = (&str, &[Recorded])> {
        self.documents.iter().map(|(name, recorded)| (name.as_str(), recorded.as_slice()))
    }

    /// How many findings are recorded.
    pub fn len(&self) -> usize {
        self.documents.values().map(Vec::len).sum()
    }

    /// Whether none is.
    pub fn is_empty(&self) -> bool {
        self.documents.is_empty()
    }

    /// Whether a document is where it was.
    pub fn is_present(&self, name: &str) -> bool {
        self.folder.join(name).exists()
    }

    /// Drops a document.
    pub fn forget(&mut self, name: &str) {
        self.documents.remove(name);
    }

    /// Says of every finding whether it is recorded.
    pub fn mark(&self, path: &Path, checked: &mut Checked) -> Change {
        let recorded = self.documents.get(&self.name(path)).map(Vec::as_slice).unwrap_or_default();
        let mut gone: BTreeMap<&str, &Recorded> = recorded.iter().map(|r| (r.fingerprint.as_str(), r)).collect();
        for (i, fingerprint) in fingerprints(checked).iter().enumerate() {
            let known = gone.remove(fingerprint.as_str()).is_some();
            checked.report.diagnostics[i].baseline =
                Some(if known { BaselineState::Known } else { BaselineState::New });
        }
        let gone = recorded.iter().filter(|r| gone.contains_key(r.fingerprint.as_str())).cloned().collect();
        Change { gone }
    }

    /// Records the findings of a document that are not waived, in place of those recorded before.
    pub fn record(&mut self, path: &Path, checked: &Checked) {
        let diagnostics = checked.report.diagnostics.iter().zip(fingerprints(checked));
        let findings = diagnostics.filter(|(d, _)| d.waived.is_none()).map(|(d, f)| recorded(d, f)).collect();
        self.put(path, findings);
    }

    /// Drops the recorded findings of a document that are gone.
    pub fn prune(&mut self, path: &Path, gone: &[Recorded]) {
        let name = self.name(path);
        let kept = self.documents.remove(&name).unwrap_or_default().into_iter().filter(|r| !gone.contains(r)).collect();
        self.put(path, kept);
    }

    fn put(&mut self, path: &Path, findings: Vec<Recorded>) {
        let name = self.name(path);
        if findings.is_empty() {
            self.documents.remove(&name);
        } else {
            self.documents.insert(name, findings);
        }
    }

    /// How the baseline calls a document: the same on every machine.
    fn name(&self, path: &Path) -> String {
        let relative = path.strip_prefix(&self.folder).unwrap_or(path);
        relative.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/")
    }
}

fn fingerprints(checked: &Checked) -> Vec<String> {
    let mut fingerprints = Fingerprints::new(checked);
    checked.report.diagnostics.iter().map(|d| fingerprints.next(d)).collect()
}

fn recorded(diagnostic: &Diagnostic, fingerprint: String) -> Recorded {
    let place = diagnostic.spans.first().or(diagnostic.belongs.as_ref());
    let words = diagnostic.spans.first().map(|place| {
        let end = place.text.floor_char_boundary(WORDS);
        place.text.get(..end).unwrap_or_default().to_owned()
    });
    Recorded { fingerprint, code: diagnostic.code.clone(), section: place.and_then(|p| p.section.clone()), words }
}

#[cfg(test)]
mod tests;
