//! The document itself, with marks.

use super::escape::escape;
use super::marks::{Mark, Marks};
use crate::document::{Block, BlockKind, Document, Span};
use std::collections::HashSet;
use std::fmt::Write;

/// Writes the document block by block.
pub fn document(out: &mut String, id: usize, document: &Document, marks: &Marks) {
    let lines = if document.format().is_plain() { "flowing" } else { "as-set" };
    let _ = writeln!(
        out,
        "<section class=\"document {lines}\" tabindex=\"0\" aria-labelledby=\"d{id}-text\"><h3 id=\"d{id}-text\">The document</h3>"
    );
    let (mut row, mut seen) = (None, HashSet::new());
    for (at, block) in document.blocks().iter().enumerate() {
        let cell = match block.kind {
            BlockKind::TableCell { table, row, .. } => Some((table, row)),
            _ => None,
        };
        if cell != row {
            out.push_str(if row.is_some() { "</div>\n" } else { "" });
            out.push_str(if cell.is_some() { "<div class=\"row\">" } else { "" });
            row = cell;
        }
        one(out, document, block, &marks.of(at), &mut seen);
    }
    out.push_str(if row.is_some() { "</div>\n" } else { "" });
    let _ = writeln!(out, "</section>");
}

fn one<'m>(out: &mut String, document: &Document, block: &Block, marks: &[&'m Mark], seen: &mut HashSet<&'m str>) {
    let (element, class) = match &block.kind {
        BlockKind::Heading { level: 0 | 1 } => ("h4", "one".to_owned()),
        BlockKind::Heading { level: 2 } => ("h5", "two".to_owned()),
        BlockKind::Heading { .. } => ("h6", "three".to_owned()),
        BlockKind::Paragraph => ("p", String::new()),
        BlockKind::ListItem { level } => ("p", format!("item level{}", (*level).min(4))),
        BlockKind::TableCell { .. } => ("div", "cell".to_owned()),
        BlockKind::Footnote | BlockKind::TextBox => ("p", "note".to_owned()),
        BlockKind::Comment { .. } => ("p", "comment".to_owned()),
        BlockKind::PageHeader | BlockKind::PageFooter | BlockKind::Contents | BlockKind::Hidden => {
            ("p", "faint".to_owned())
        }
    };
    let _ = write!(out, "<{element} class=\"{class}\">");
    if let Some(label) = &block.label {
        let _ = write!(out, "{} ", escape(label));
    }
    let whole: Vec<Span> = if block.pieces.is_empty() { vec![block.span] } else { block.pieces.clone() };
    for piece in &whole {
        words(out, document, *piece, marks, seen);
    }
    for mark in marks {
        // A mark may stand at a label or at markup only.
        anchor(out, mark, seen);
    }
    let mut told = HashSet::new();
    for Mark { class, back, code, .. } in marks.iter().filter(|m| m.span.end <= block.span.end && told.insert(&m.back))
    {
        let code = escape(code);
        let _ = write!(out, " <a class=\"back {class}\" href=\"#{back}\" title=\"Back to {code}\">{code}</a>");
    }
    let _ = writeln!(out, "</{element}>");
}

/// What a link leads to, once.
fn anchor<'m>(out: &mut String, mark: &'m Mark, seen: &mut HashSet<&'m str>) {
    if seen.insert(&mark.id) {
        let _ = write!(out, "<span class=\"anchor\" id=\"{}\" tabindex=\"-1\"></span>", mark.id);
    }
}

/// The words of a piece; a stretch in several marks shows the gravest.
fn words<'m>(out: &mut String, document: &Document, piece: Span, marks: &[&'m Mark], seen: &mut HashSet<&'m str>) {
    let ends = marks.iter().flat_map(|m| [m.span.start, m.span.end]);
    let mut cuts: Vec<usize> = ends.filter(|at| piece.start < *at && *at < piece.end).collect();
    cuts.extend([piece.start, piece.end]);
    cuts.sort_unstable();
    cuts.dedup();
    for pair in cuts.windows(2) {
        let stretch = Span::new(pair[0], pair[1]);
        let text = escape(document.slice(stretch));
        let over: Vec<&'m Mark> = marks.iter().filter(|m| m.span.overlaps(stretch)).copied().collect();
        over.iter().for_each(|mark| anchor(out, mark, seen));
        match over.iter().map(|m| m.class).max_by_key(|class| weight(class)) {
            Some(class) => {
                let _ = write!(out, "<mark class=\"{class}\">{text}</mark>");
            }
            None => out.push_str(&text),
        }
    }
}

fn weight(class: &str) -> u8 {
    match class {
        "error" => 4,
        "warning" => 3,
        "advice" => 2,
        "met" => 1,
        _ => 0,
    }
}
