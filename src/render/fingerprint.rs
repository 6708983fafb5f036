//! What makes a finding the same finding in the next run.
//!
//! A finding is known by its requirement, the title of its section, its words and its number among equals. Line
//! numbers and section numbers are left out: they move when something else in the document changes.

use crate::document::Document;
use crate::report::{Checked, Diagnostic, Place};
use std::collections::HashMap;

/// Gives the findings of one document their fingerprints, in order.
#[derive(Debug)]
pub struct Fingerprints<'a> {
    document: &'a Document,
    seen: HashMap<String, usize>,
}

impl<'a> Fingerprints<'a> {
    /// For the findings of this document.
    pub fn new(checked: &'a Checked) -> Self {
        Self { document: &checked.document, seen: HashMap::new() }
    }

    /// The next finding's fingerprint: 32 hexadecimal digits.
    pub fn next(&mut self, diagnostic: &Diagnostic) -> String {
        let mut key = diagnostic.code.clone();
        let places = if diagnostic.spans.is_empty() { diagnostic.belongs.as_slice() } else { &diagnostic.spans };
        for place in places {
            key.push('\n');
            key.push_str(&self.section(place));
            if !diagnostic.spans.is_empty() {
                key.push('\t');
                key.push_str(&normalised(&place.text));
            }
        }
        let ordinal = self.seen.entry(key.clone()).or_default();
        *ordinal += 1;
        digest(&[&key, &ordinal.to_string()])
    }

    /// The section's title without its number, which changes when a section is put before it.
    fn section(&self, place: &Place) -> String {
        let block = self.document.block_at(place.start).map(|b| self.document.block(b).section);
        block.map(|s| normalised(&self.document.section(s).title)).unwrap_or_default()
    }
}

/// A short digest of some texts.
pub fn digest(texts: &[&str]) -> String {
    let mut hasher = blake3::Hasher::new();
    for text in texts {
        hasher.update(text.as_bytes()).update(&[0]);
    }
    hasher.finalize().to_hex().chars().take(32).collect()
}

/// Lower-case words with single spaces: punctuation, line ends and quotation marks do not count.
fn normalised(text: &str) -> String {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::sample;

    fn all(checked: &Checked) -> Vec<String> {
        let mut fingerprints = Fingerprints::new(checked);
        checked.report.diagnostics.iter().map(|d| fingerprints.next(d)).collect()
    }

    #[test]
    fn findings_are_told_apart_and_the_same_in_every_run() {
        let fingerprints = all(&sample::agreement());
        assert_eq!(fingerprints, all(&sample::agreement()));
        let different: std::collections::HashSet<_> = fingerprints.iter().collect();
        assert_eq!(different.len(), fingerprints.len());
    }

    #[test]
    fn equals_are_numbered() {
        let mut checked = sample::other();
        checked.report.diagnostics.push(checked.report.diagnostics[0].clone());
        let fingerprints = all(&checked);
        assert_ne!(fingerprints[0], fingerprints[1]);
    }

    #[test]
    fn text_put_before_and_new_numbers_change_nothing() {
        let before = sample::page("", "III", "The officer may hand out detention.");
        let after =
            sample::page("A new first paragraph.\nAnd one more.", "IV", "The officer may “hand out”\n detention.");
        assert_eq!(all(&before), all(&after));
        let other = sample::page("", "III", "The officer may hand out candy.");
        assert_ne!(all(&before), all(&other));
    }
}
