//! Headings without text and row labels beside empty cells.

use super::signatures::{self, Sign};
use super::{Finding, Scene, has_word};
use crate::document::{BlockKind, SectionId, Span};
use std::collections::BTreeMap;

/// A heading this near to a signature belongs to the signature block.
const SIGNATURE: usize = 250;
/// More empty headings than this may show that they are none.
const MANY: usize = 4;
/// A cell no longer than this, folded, is a label.
const LABEL: usize = 40;

/// A table's rows: for every cell its column, place and folded text.
type Rows = BTreeMap<u32, Vec<(u32, Span, String)>>;

/// One finding for each place.
pub fn find(scene: &Scene<'_, '_>) -> Vec<Finding> {
    let signatures: Vec<Span> = signatures::blocks(scene)
        .iter()
        .flatten()
        .filter(|p| matches!(p.sign, Sign::Signed | Sign::Rule))
        .map(|p| p.span)
        .collect();
    let mut found = Vec::new();
    for id in 1..scene.document().sections().len() {
        found.extend(section(scene, id, &signatures));
    }
    // Where most headings have nothing under them they are a list of another sort.
    if found.len() > MANY && found.len() * 2 > scene.document().sections().len() {
        found.clear();
    }
    found.extend(rows(scene));
    found
}

fn section(scene: &Scene<'_, '_>, id: SectionId, signatures: &[Span]) -> Option<Finding> {
    let document = scene.document();
    let section = document.section(id);
    let heading = document.block(section.heading?);
    let near_signature =
        signatures.iter().any(|s| s.start < heading.span.end + SIGNATURE && heading.span.start < s.end + SIGNATURE);
    if !section.children.is_empty() || near_signature || has_text(scene, id) || is_title(scene, heading.span) {
        return None;
    }
    // A heading unlike the one after it is more likely a title, or the first line of a long heading.
    let style = |at: SectionId| document.sections().get(at).map(|s| (prefix(s.number.as_deref()), s.number.is_some()));
    let next = if id + 1 < document.sections().len() { id + 1 } else { id - 1 };
    if style(id) != style(next) || document.section(next).level > section.level {
        return None;
    }
    let label = section.label()?;
    Some(Finding::new(format!("Nothing stands under the heading \u{201c}{label}\u{201d}."), vec![heading.span]))
}

/// The word before a number: `ARTICLE`, `PART`.
fn prefix(number: Option<&str>) -> String {
    number.map_or_else(String::new, |n| n.split(' ').rev().skip(1).collect())
}

fn has_text(scene: &Scene<'_, '_>, id: SectionId) -> bool {
    let document = scene.document();
    let section = document.section(id);
    let run_in = section.heading.map(|h| document.block(h)).is_some_and(|heading| {
        heading.run_in.is_some_and(|r| {
            let rest = document.slice(Span::new(r.end.min(heading.span.end), heading.span.end));
            rest.chars().any(char::is_alphanumeric)
        })
    });
    run_in
        || section.blocks.iter().map(|b| document.block(*b)).any(|block| {
            block.kind.is_body() && document.slice(block.span).chars().any(|c| c.is_alphanumeric() || c == '_')
        })
}

/// Whether no running text stands before a heading: it is a title or a part of one.
fn is_title(scene: &Scene<'_, '_>, heading: Span) -> bool {
    !scene.body().any(|(_, block, _)| {
        block.span.end <= heading.start && !matches!(block.kind, BlockKind::Heading { .. } | BlockKind::TextBox)
    })
}

/// Rows whose first cell says something and whose other cells say nothing, in tables that are filled in.
fn rows(scene: &Scene<'_, '_>) -> Vec<Finding> {
    let mut tables: BTreeMap<u32, Rows> = BTreeMap::new();
    for (_, block, folded) in scene.body() {
        if let BlockKind::TableCell { table, row, column } = block.kind {
            let cell = (column, block.span, folded.text().to_owned());
            tables.entry(table).or_default().entry(row).or_default().push(cell);
        }
    }
    tables.values().flat_map(|rows| table(scene, rows)).collect()
}

fn table(scene: &Scene<'_, '_>, rows: &Rows) -> Vec<Finding> {
    let says = |text: &str| text.chars().any(|c| c.is_alphanumeric() || c == '_');
    let is_empty = |cells: &[(u32, Span, String)]| {
        let first = cells.iter().map(|c| c.0).min();
        let label = cells.iter().any(|(column, _, text)| Some(*column) == first && says(text));
        let others: Vec<_> = cells.iter().filter(|c| Some(c.0) != first).collect();
        label && !others.is_empty() && others.iter().all(|(_, _, text)| !says(text))
    };
    let header = rows.values().next().is_some_and(|r| is_empty(r));
    let empty: Vec<&Vec<_>> = rows.values().skip(usize::from(header)).filter(|r| is_empty(r)).collect();
    let signing =
        rows.values().flatten().any(|(_, _, text)| text.len() <= LABEL && has_word(text, scene.words("signing")));
    // A form with most of its cells empty is blank on purpose; a provision left out stands alone.
    if rows.len() < 3 || signing || empty.len() * 3 > rows.len() {
        return Vec::new();
    }
    empty
        .iter()
        .filter_map(|cells| cells.first())
        .map(|(_, span, _)| {
            let label = scene.document().slice(*span).trim().to_owned();
            Finding::new(format!("The row \u{201c}{label}\u{201d} has a label and nothing beside it."), vec![*span])
        })
        .collect()
}
