//! Findings as an editor shows them.

use super::position::Lines;
use crate::document::Span;
use crate::render::words;
use crate::report::{Checked, Diagnostic, Severity};
use lsp_types::{DiagnosticSeverity, NumberOrString};

/// All findings of a document, each place of a finding one of its own; those let be are hints.
pub fn all(checked: &Checked, lines: &Lines) -> Vec<lsp_types::Diagnostic> {
    let findings = checked.report.diagnostics.iter();
    findings.flat_map(|finding| spans(checked, finding).into_iter().map(|span| one(finding, lines, span))).collect()
}

/// A text that could not be checked: told, so that no findings does not look like nothing found.
pub fn unchecked(why: &str) -> lsp_types::Diagnostic {
    lsp_types::Diagnostic {
        severity: Some(DiagnosticSeverity::WARNING),
        source: Some("sro-lint".to_owned()),
        message: format!("Not checked: {why}"),
        ..lsp_types::Diagnostic::default()
    }
}

/// Where a finding is shown: its words, else the heading that it belongs under, else the first words.
fn spans(checked: &Checked, finding: &Diagnostic) -> Vec<Span> {
    if !finding.spans.is_empty() {
        return finding.spans.iter().map(crate::report::Place::span).collect();
    }
    let first = || checked.document.blocks().iter().find(|b| b.kind.is_body()).map(|b| b.span);
    vec![finding.belongs.as_ref().map(crate::report::Place::span).or_else(first).unwrap_or(Span::new(0, 0))]
}

fn one(finding: &Diagnostic, lines: &Lines, span: Span) -> lsp_types::Diagnostic {
    let severity = match finding.severity {
        _ if !finding.counts() => DiagnosticSeverity::HINT,
        Severity::Error => DiagnosticSeverity::ERROR,
        Severity::Warning => DiagnosticSeverity::WARNING,
        Severity::Advice => DiagnosticSeverity::INFORMATION,
    };
    lsp_types::Diagnostic {
        range: lines.range(span),
        severity: Some(severity),
        code: Some(NumberOrString::String(finding.code.clone())),
        source: Some("sro-lint".to_owned()),
        message: format!("{}: {}", words::title(&finding.title), words::paragraph(finding)),
        ..lsp_types::Diagnostic::default()
    }
}
