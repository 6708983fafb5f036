//! Tables of contents: their lines name the sections without saying anything.

use super::number::Marker;
use super::view::{self, View};
use crate::document::{BlockKind, Draft};
use std::collections::{HashMap, HashSet};

/// Marks the lines of contents lists, and the heading over them.
pub(super) fn mark(text: &str, drafts: &mut [Draft], views: &[View]) {
    // Only a document with a contents heading needs to know which lines come twice.
    let any = views.iter().any(is_heading);
    let repeats = if any { repeats(drafts, views) } else { HashMap::new() };
    let mut at = 0;
    while at < drafts.len() {
        if !drafts[at].kind.is_body() {
            at += 1;
            continue;
        }
        let headed = is_heading(&views[at]) && is_line(&drafts[at]);
        let first = at + usize::from(headed);
        let end = entries(text, drafts, first, headed.then_some(&repeats));
        let marked = drafts[first..].first().is_some_and(|d| d.kind == BlockKind::Contents);
        let lines: usize = drafts[first..end].iter().map(|d| d.pieces.len()).sum();
        let enough = lines >= if headed { 2 } else { 3 };
        if headed && marked {
            drafts[at].kind = BlockKind::Contents;
        }
        if enough {
            drafts[at..end].iter_mut().for_each(|d| {
                if d.kind.is_body() {
                    d.kind = BlockKind::Contents;
                }
            });
        }
        at = end.max(at + 1);
    }
}

fn is_heading(view: &View) -> bool {
    let words = view.words.trim_end_matches([':', '.']);
    ["contents", "table of contents", "index"].iter().any(|name| words.eq_ignore_ascii_case(name))
}

fn is_line(draft: &Draft) -> bool {
    matches!(draft.kind, BlockKind::Paragraph | BlockKind::ListItem { .. } | BlockKind::Heading { .. })
}

/// How often each short line's words come, without number and page.
fn repeats(drafts: &[Draft], views: &[View]) -> HashMap<String, usize> {
    let mut repeats = HashMap::new();
    for (_, view) in drafts.iter().zip(views).filter(|(d, v)| is_line(d) && v.count <= 24) {
        *repeats.entry(key(&view.words)).or_default() += 1;
    }
    repeats
}

fn key(line: &str) -> String {
    let line = &line[Marker::parse(line).map_or(0, |m| m.len)..];
    let line = line.trim_end_matches(|c: char| !c.is_alphabetic());
    line.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The end of the entries that start at `from`. Under a heading an entry may show a bare page number, or only
/// repeat words that stand elsewhere too; the first one that repeats within the list is the section itself.
fn entries(text: &str, drafts: &[Draft], from: usize, repeats: Option<&HashMap<String, usize>>) -> usize {
    let mut seen = HashSet::new();
    let mut end = from;
    for (i, draft) in drafts.iter().enumerate().skip(from) {
        if !draft.kind.is_body() {
            continue;
        }
        let short = draft.pieces.iter().all(|p| p.len() <= LONGEST);
        if !is_line(draft) || !short || draft.pieces.is_empty() {
            break;
        }
        let lines: Vec<String> = draft.pieces.iter().map(|p| view::words(text, &[*p])).collect();
        let paged = lines.iter().all(|line| leaders(line) || (repeats.is_some() && trailing_page(line)));
        let named = |line: &String| repeats.is_some_and(|r| r.get(&key(line)).is_some_and(|n| *n > 1));
        let entry = paged || lines.iter().all(named);
        if !entry || !lines.iter().all(|line| seen.insert(key(line))) {
            break;
        }
        end = i + 1;
    }
    end
}

/// Longest line of a contents list, bytes.
const LONGEST: usize = 250;

/// Dots that lead to a page number.
fn leaders(line: &str) -> bool {
    let page = |c: char| c.is_ascii_digit() || matches!(c, 'i' | 'v' | 'x');
    let rest = line.trim_end_matches(page);
    let dots = rest.trim_end_matches(['.', '…', ' ', '_']);
    let drawn = &rest[dots.len()..];
    rest.len() < line.len() && (drawn.contains('…') || drawn.matches('.').count() >= 3)
}

fn trailing_page(line: &str) -> bool {
    let mut words = line.rsplit(' ');
    let page = words.next().unwrap_or_default();
    words.next().is_some() && !page.is_empty() && page.len() <= 3 && page.bytes().all(|b| b.is_ascii_digit())
}
