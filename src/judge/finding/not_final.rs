//! Tracked changes, comments, "DRAFT".

use super::{Finding, Scene, word_at};
use crate::document::{BlockKind, ChangeKind, Span};

/// A title or a running head is no longer than this, folded.
const TITLE: usize = 120;
/// Blocks at the beginning among which the title is.
const OPENING: usize = 5;

/// One finding for changes, one for comments, one for the word.
pub fn find(scene: &Scene<'_, '_>) -> Vec<Finding> {
    [changes(scene), comments(scene), draft(scene)].into_iter().flatten().collect()
}

fn changes(scene: &Scene<'_, '_>) -> Option<Finding> {
    let changes = scene.document().changes();
    if changes.is_empty() {
        return None;
    }
    let count = |kind| changes.iter().filter(|c| c.kind == kind).count();
    let (inserted, deleted) = (count(ChangeKind::Inserted), count(ChangeKind::Deleted));
    let spans = changes.iter().map(|c| c.span).filter(|s| !s.is_empty()).collect();
    let part = |n: usize, what: &str| format!("{n} {what}{}", if n == 1 { "" } else { "s" });
    let what = match (inserted, deleted) {
        (n, 0) => part(n, "insertion"),
        (0, n) => part(n, "deletion"),
        (a, b) => format!("{} and {}", part(a, "insertion"), part(b, "deletion")),
    };
    Some(Finding::new(format!("Tracked changes are neither accepted nor rejected: {what}."), spans))
}

fn comments(scene: &Scene<'_, '_>) -> Option<Finding> {
    let document = scene.document();
    let spans: Vec<Span> = document
        .blocks()
        .iter()
        .filter_map(|b| match &b.kind {
            BlockKind::Comment { anchor, .. } => Some(anchor.filter(|a| !a.is_empty()).unwrap_or(b.span)),
            _ => None,
        })
        .collect();
    let message = match spans.len() {
        0 => return None,
        1 => "A reviewer's comment is still open.".to_owned(),
        n => format!("{n} reviewers' comments are still open."),
    };
    Some(Finding::new(message, spans))
}

/// The word in a title, a running head or foot, or a text box such as a watermark.
fn draft(scene: &Scene<'_, '_>) -> Option<Finding> {
    let document = scene.document();
    let mut body = 0;
    let mut spans: Vec<Span> = Vec::new();
    for (block, folded) in document.blocks().iter().zip(&scene.out.folded) {
        let running = matches!(block.kind, BlockKind::PageHeader | BlockKind::PageFooter | BlockKind::TextBox);
        body += usize::from(block.kind.is_body());
        if folded.text().len() > TITLE || !(running || block.kind.is_body() && body <= OPENING) {
            continue;
        }
        let found = scene.words("draft").iter().find_map(|w| word_at(folded.text(), w).map(|at| at..at + w.len()));
        spans.extend(found.map(|range| folded.span(range)));
    }
    if spans.is_empty() {
        return None;
    }
    let word = document.slice(spans[0]).to_owned();
    // A running head stands on every page and is said once.
    spans.dedup_by_key(|s| document.slice(*s).to_owned());
    Some(Finding::new(format!("The document still calls itself \u{201c}{word}\u{201d}."), spans))
}
