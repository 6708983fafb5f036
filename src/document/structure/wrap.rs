//! Paragraphs that arrive in parts: scans with one paragraph per line, sentences that a page head breaks.

use super::number::{Marker, Style};
use super::shape;
use crate::document::{BlockKind, Draft};

/// Joins the parts. A joined draft's pieces are its lines; page furniture between them stays a block of its own.
pub(super) fn join(text: &str, drafts: Vec<Draft>) -> Vec<Draft> {
    let scan = Scan::measure(text, &drafts);
    let mut out: Vec<Draft> = Vec::with_capacity(drafts.len());
    let mut open: Option<usize> = None;
    for mut draft in drafts {
        if !draft.kind.is_body() {
            out.push(draft);
            continue;
        }
        if scan.is_some() && draft.kind == BlockKind::Paragraph {
            draft.pieces = draft.pieces.iter().map(|p| shape::without_specks(text, *p)).collect();
        }
        let joins = open.is_some_and(|at| joins(text, &out[at], &draft, at + 1 < out.len(), scan.as_ref()));
        if let Some(at) = open.filter(|_| joins) {
            let before = &mut out[at];
            before.span = before.span.cover(draft.span);
            before.pieces.append(&mut draft.pieces);
            before.look.bold &= draft.look.bold;
            before.look.underlined &= draft.look.underlined;
            before.look.italic &= draft.look.italic;
            before.look.centered &= draft.look.centered;
        } else {
            open = is_text(&draft).then_some(out.len());
            out.push(draft);
        }
    }
    out
}

fn is_text(draft: &Draft) -> bool {
    matches!(draft.kind, BlockKind::Paragraph | BlockKind::ListItem { .. }) && draft.look.outline.is_none()
}

fn last_line<'t>(text: &'t str, draft: &Draft) -> &'t str {
    draft.pieces.last().map_or("", |p| text[p.start..p.end].trim())
}

fn first_line<'t>(text: &'t str, draft: &Draft) -> &'t str {
    draft.pieces.first().map_or("", |p| text[p.start..p.end].trim())
}

fn joins(text: &str, before: &Draft, draft: &Draft, apart: bool, scan: Option<&Scan>) -> bool {
    if draft.kind != BlockKind::Paragraph || draft.look.outline.is_some() || draft.label.is_some() {
        return false;
    }
    let (above, here) = (last_line(text, before), first_line(text, draft));
    if bare_number(text, before) && titles(draft, before, here) {
        return true;
    }
    let lower = here.starts_with(char::is_lowercase) && !shape::caps(here);
    if apart && !shape::ends(above) && (lower || above.ends_with('-')) && !shape::caps(above) {
        return true;
    }
    scan.is_some_and(|scan| scan.joins(text, before, above, here))
}

/// `ARTICLE IV` alone in its block.
fn bare_number(text: &str, draft: &Draft) -> bool {
    let words = last_line(text, draft);
    let keyword = |m: Marker| m.len == words.len() && matches!(m.style, Style::Part | Style::Article | Style::Section);
    draft.pieces.len() == 1 && Marker::parse(words).is_some_and(keyword)
}

/// Whether a line is the title that belongs to the number over it.
fn titles(draft: &Draft, number: &Draft, words: &str) -> bool {
    let look = &draft.look;
    let alike = (look.bold && number.look.bold) || (look.centered && number.look.centered) || shape::caps(words);
    alike && shape::word_count(words) <= 16 && !shape::ends(words) && Marker::parse(words).is_none()
}

/// A document whose lines each came as a paragraph.
struct Scan {
    /// How wide a full line is, in characters.
    width: usize,
}

impl Scan {
    /// Such a document is one if many paragraphs stop within a sentence and the next one goes on in small letters.
    fn measure(text: &str, drafts: &[Draft]) -> Option<Self> {
        let lines: Vec<&Draft> = drafts.iter().filter(|d| d.kind == BlockKind::Paragraph).collect();
        let broken = lines.windows(2).filter(|pair| {
            let (above, here) = (last_line(text, pair[0]), first_line(text, pair[1]));
            !shape::ends(above) && here.starts_with(char::is_lowercase)
        });
        let broken = broken.count();
        let mut widths: Vec<usize> = lines.iter().map(|d| last_line(text, d).chars().count()).collect();
        widths.sort_unstable();
        let width = widths.get(widths.len() * 9 / 10).copied()?;
        (broken >= 6 && broken * 4 >= lines.len() && width <= 120).then_some(Self { width })
    }

    fn joins(&self, text: &str, before: &Draft, above: &str, here: &str) -> bool {
        let wide = |tenths: usize| above.chars().count() * 10 >= self.width * tenths;
        let title = first_line(text, before);
        let title = &title[Marker::parse(title).map_or(0, |m| m.len)..];
        let marked = Marker::parse(here).is_some_and(|m| m.closed);
        if shape::caps(title) {
            return shape::caps(here) && !marked && wide(7) && before.pieces.len() < 4;
        }
        // A misread `lO. SEARCHES` starts with a small letter, too.
        if (shape::caps(here) && marked) || (shape::signature(here) && shape::ends(above)) {
            return false;
        }
        if shape::goes_on(above) || here.starts_with(char::is_lowercase) {
            return true;
        }
        if shape::caps(here) || shape::signature(here) || shape::memo_line(here) || (marked && shape::ends(above)) {
            return false;
        }
        if shape::ends(above) { wide(8) } else { wide(6) }
    }
}
