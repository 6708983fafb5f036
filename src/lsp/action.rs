//! Puts the starter clause of something missing where it belongs.

use super::position::Lines;
use crate::document::{Document, SectionId, Span};
use crate::report::{Checked, Diagnostic};
use lsp_types::{CodeAction, CodeActionKind, CodeActionOrCommand, NumberOrString, TextEdit, Uri, WorkspaceEdit};
use std::collections::HashMap;

/// The actions for the findings that the editor shows.
pub fn all(checked: &Checked, lines: &Lines, uri: &Uri, shown: &[lsp_types::Diagnostic]) -> Vec<CodeActionOrCommand> {
    let wanted = |finding: &&Diagnostic| {
        finding.counts() && shown.iter().any(|d| d.code == Some(NumberOrString::String(finding.code.clone())))
    };
    let findings = checked.report.diagnostics.iter().filter(wanted);
    findings.filter_map(|finding| insert(checked, lines, uri, finding, shown)).collect()
}

#[allow(clippy::mutable_key_type)] // The protocol's own type has addresses as keys.
fn insert(
    checked: &Checked,
    lines: &Lines,
    uri: &Uri,
    finding: &Diagnostic,
    shown: &[lsp_types::Diagnostic],
) -> Option<CodeActionOrCommand> {
    let starter = finding.starter.as_deref()?.trim();
    let at = place(&checked.document, finding);
    let before = lines.text().get(..at).unwrap_or_default();
    let after = lines.text().get(at..).unwrap_or_default();
    let lead = if before.is_empty() { "" } else { "\n\n" };
    let end = if after.trim().is_empty() && !after.starts_with('\n') { "\n" } else { "" };
    let edit = TextEdit { range: lines.range(Span::new(at, at)), new_text: format!("{lead}{starter}{end}") };
    let code = NumberOrString::String(finding.code.clone());
    let section = finding.belongs.as_ref().and_then(|p| p.section.as_deref());
    let whither = section.map_or_else(|| "at the end".to_owned(), |section| format!("under “{section}”"));
    Some(CodeActionOrCommand::CodeAction(CodeAction {
        title: format!("Insert a clause to start from for {} {whither}", finding.code),
        kind: Some(CodeActionKind::QUICKFIX),
        diagnostics: Some(shown.iter().filter(|d| d.code.as_ref() == Some(&code)).cloned().collect()),
        edit: Some(WorkspaceEdit {
            changes: Some(HashMap::from([(uri.clone(), vec![edit])])),
            ..WorkspaceEdit::default()
        }),
        ..CodeAction::default()
    }))
}

/// The end of the section that it belongs in, else of the document.
fn place(document: &Document, finding: &Diagnostic) -> usize {
    let section = finding.belongs.as_ref().and_then(|p| document.block_at(p.start)).map(|b| document.block(b).section);
    let end = section.filter(|s| *s != 0).and_then(|s| section_end(document, s));
    end.unwrap_or_else(|| document.text().trim_end().len())
}

/// The end of a section's own words, before the sections within it.
fn section_end(document: &Document, section: SectionId) -> Option<usize> {
    let section = document.section(section);
    let own = section.blocks.iter().map(|id| document.block(*id).span.end);
    let heading = section.heading.map(|id| document.block(id).span.end);
    let end = own.chain(heading).max()?;
    // Marks that close a line (of a table, of bold words) are no words; they stay on it.
    let rest = document.text().get(end..)?;
    Some(end + rest.find('\n').map_or(rest.len(), |n| rest[..n].trim_end().len()))
}
