//! From a checked document to what a batch keeps of it.

use super::model::{Column, FileReport, Finding, Item};
use crate::check::Provision;
use crate::pack::Pack;
use crate::render::Fingerprints;
use crate::report::{Checked, Diagnostic, Place};
use std::sync::Arc;

/// Most bytes of words kept for one finding.
const WORDS: usize = 400;

/// The table's columns: every requirement of the packs in force, in pack order.
pub fn columns(packs: &[Arc<Pack>]) -> Vec<Column> {
    let requirements = packs.iter().flat_map(|pack| pack.requirements());
    requirements
        .map(|r| Column {
            id: r.id.clone(),
            title: r.title.clone(),
            source: r.source.clone(),
            severity: r.severity,
            kinds: r.kinds.clone(),
            elements: r.elements.iter().map(|e| (e.id.clone(), e.title.clone())).collect(),
        })
        .collect()
}

/// What is kept of a checked document.
pub fn file_report(checked: &Checked, provisions: Vec<Provision>) -> FileReport {
    let report = &checked.report;
    let item = |(requirement, provision): (&crate::report::RequirementReport, Provision)| Item {
        verdict: requirement.verdict,
        confidence: requirement.confidence,
        provided: provision.provided,
        referred: provision.referred,
    };
    let mut fingerprints = Fingerprints::new(checked);
    FileReport {
        path: report.path.clone(),
        format: report.format.name().to_owned(),
        kind: report.kind,
        title: report.title.clone(),
        text: text_digest(checked.document.text()),
        items: report.requirements.iter().zip(provisions).map(item).collect(),
        findings: report.diagnostics.iter().map(|d| finding(d, fingerprints.next(d))).collect(),
        remarks: report.remarks.clone(),
    }
}

fn finding(diagnostic: &Diagnostic, fingerprint: String) -> Finding {
    let mut places: Vec<String> = diagnostic.spans.iter().map(place).collect();
    places.dedup();
    let words: Vec<&str> = diagnostic.spans.iter().map(|p| p.text.as_str()).collect();
    let mut words = words.join(" | ");
    words.truncate(words.floor_char_boundary(WORDS));
    Finding {
        code: diagnostic.code.clone(),
        title: diagnostic.title.clone(),
        severity: diagnostic.severity,
        verdict: diagnostic.verdict,
        message: diagnostic.message.clone(),
        help: diagnostic.help.clone().or_else(|| diagnostic.starter.clone()),
        source: diagnostic.source.clone(),
        file: String::new(),
        place: places.join("; "),
        words,
        fingerprint,
        waived: diagnostic.waived.is_some(),
        since: None,
    }
}

fn place(place: &Place) -> String {
    if place.place.is_empty() { format!("line {}", place.line) } else { place.place.clone() }
}

/// A digest of the words of a text, whatever its format, spaces and letter case.
fn text_digest(text: &str) -> String {
    let mut hasher = blake3::Hasher::new();
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()) {
        hasher.update(word.to_lowercase().as_bytes()).update(b" ");
    }
    hasher.finalize().to_hex().chars().take(32).collect()
}
