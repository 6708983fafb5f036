//! What a requirement means, shown over the words that a verdict rests on.

use super::Check;
use super::position::Lines;
use crate::document::Span;
use crate::render::{safe, words};
use crate::report::Checked;
use lsp_types::{Hover, HoverContents, MarkupContent, MarkupKind, Position};
use std::fmt::Write;
use std::path::Path;

/// What stands at a position: for every requirement with words there its meaning and its evidence.
pub fn at(check: &dyn Check, path: &Path, checked: &Checked, lines: &Lines, position: Position) -> Option<Hover> {
    let offset = lines.offset(position);
    let holds = |span: Span| span.start <= offset && offset < span.end.max(span.start + 1);
    let mut text = String::new();
    let mut range: Option<Span> = None;
    for requirement in &checked.report.requirements {
        let evidence: Vec<_> = requirement.evidence.iter().filter(|e| holds(e.span.span())).collect();
        let finding = checked.report.diagnostics.iter().find(|d| d.code == requirement.id);
        let places = finding.iter().flat_map(|f| f.spans.iter().chain(&f.belongs));
        let places = evidence.iter().map(|e| e.span.span()).chain(places.map(crate::report::Place::span));
        let Some(span) = places.into_iter().find(|span| holds(*span)) else { continue };
        range = Some(range.map_or(span, |r| r.cover(span)));
        let verdict = words::verdict(requirement.verdict);
        let _ = writeln!(text, "{} {}: {verdict}\n", requirement.id, words::title(&requirement.title));
        if let Some(meaning) = check.explain(path, &requirement.id) {
            let _ = writeln!(text, "{}\n", safe::line(&meaning));
        }
        for evidence in evidence {
            let _ = writeln!(text, "Evidence for {}: “{}”", evidence.element, safe::line(&evidence.span.text));
        }
        if let Some(finding) = finding {
            let _ = writeln!(text, "{}", safe::line(&words::paragraph(finding)));
        }
        text.push('\n');
    }
    // Plain text: words of the agreement are no markup.
    let contents = MarkupContent { kind: MarkupKind::PlainText, value: text.trim_end().to_owned() };
    range.map(|span| Hover { contents: HoverContents::Markup(contents), range: Some(lines.range(span)) })
}
