//! The checklist: every requirement that applies, with its verdict in words.

use super::style::Styles;
use crate::render::{safe, words};
use crate::report::{DocumentReport, RequirementReport, Verdict};

/// One entry: its text and what stands before its first and its other lines.
pub struct Entry {
    /// Title, verdict and what follows from it.
    pub text: String,
    /// Mark and id.
    pub first: String,
    /// Indentation.
    pub rest: String,
}

/// The entries in the report's order; what does not apply is summed up in the last one. Marks are for the eye:
/// a report that may be read aloud goes without.
pub fn entries(report: &DocumentReport, styles: &Styles, marks: bool) -> Vec<Entry> {
    let (apart, apply): (Vec<_>, Vec<_>) =
        report.requirements.iter().partition(|r| r.verdict == Verdict::NotApplicable);
    let width = apply.iter().map(|r| r.id.chars().count()).max().unwrap_or(0);
    let mut lines: Vec<_> = apply.iter().map(|r| entry(report, r, width, styles, marks)).collect();
    if !apart.is_empty() {
        let number = words::count(apart.len(), "requirement does", "requirements do");
        let ids = words::ids(apart.iter().map(|r| r.id.as_str()));
        lines.push(Entry {
            text: format!("{number} not apply to a document of this kind: {}.", safe::line(&ids)),
            first: if marks { "  - " } else { "  " }.to_owned(),
            rest: "    ".to_owned(),
        });
    }
    lines
}

fn entry(
    report: &DocumentReport,
    requirement: &RequirementReport,
    width: usize,
    styles: &Styles,
    marks: bool,
) -> Entry {
    let finding = report.diagnostics.iter().find(|d| d.code == requirement.id);
    let style = styles.of(requirement.verdict, finding.map(|f| f.severity));
    let verdict = words::verdict(requirement.verdict);
    let standing = words::standing(requirement, finding);
    // What follows the verdict is either its end or a sentence of its own.
    let gap = match standing.chars().next() {
        None => "",
        Some(first) if first.is_uppercase() => ". ",
        Some(_) => ", ",
    };
    let text =
        format!("{}: {style}{verdict}{style:#}{gap}{}.", words::title(&requirement.title), safe::line(&standing));
    let id = safe::line(&requirement.id);
    let mark = if marks { format!("{style}{}{style:#} ", mark(requirement.verdict)) } else { String::new() };
    let rest = " ".repeat(width + if marks { 6 } else { 4 });
    Entry { text, first: format!("  {mark}{id:width$}  "), rest }
}

fn mark(verdict: Verdict) -> char {
    match verdict {
        Verdict::Met => '✓',
        Verdict::Partial => '◐',
        Verdict::Missing => '✗',
        Verdict::Contradicted => '!',
        Verdict::NotApplicable => '-',
    }
}
