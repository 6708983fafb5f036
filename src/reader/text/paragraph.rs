//! Paragraphs from lines: which line starts one, and which only goes on.

use super::lines::Line;
use crate::document::structure::{number::Marker, shape};
use crate::document::{BlockKind, Draft, Look, Span};

/// Lines longer than this are not wrapped by hand: each is a paragraph.
const LONG: usize = 130;

/// The drafts of all lines that are running text.
pub(super) fn drafts(text: &str, lines: &[Line], covered: &[bool]) -> Vec<Draft> {
    let width = usual_width(text, lines, covered);
    let mut drafts = Vec::new();
    let mut open: Vec<&Line> = Vec::new();
    for (line, covered) in lines.iter().zip(covered) {
        let running = !covered && !line.is_blank();
        if !running || open.last().is_some_and(|last| starts(text, last, line, open[0], width)) {
            drafts.extend(draft(text, &open, width));
            open.clear();
        }
        if running {
            open.push(line);
        }
    }
    drafts.extend(draft(text, &open, width));
    drafts
}

/// The width that full lines have: nine lines in ten are no wider.
fn usual_width(text: &str, lines: &[Line], covered: &[bool]) -> usize {
    let running = lines.iter().zip(covered).filter(|(line, covered)| !**covered && !line.is_blank());
    let mut widths: Vec<usize> = running.map(|(line, _)| line.width(text)).filter(|w| *w <= LONG).collect();
    widths.sort_unstable();
    widths.get(widths.len() * 9 / 10).copied().unwrap_or(LONG).max(40)
}

/// Whether `line` starts a paragraph though no blank line stands between it and `last`.
fn starts(text: &str, last: &Line, line: &Line, first: &Line, width: usize) -> bool {
    let (above, here) = (words(text, last), words(text, line));
    if last.width(text) > LONG || line.width(text) > LONG {
        return true;
    }
    if next_item(words(text, first), here) {
        return true;
    }
    if shape::goes_on(above) || (here.starts_with(char::is_lowercase) && !shape::caps(here)) {
        return false;
    }
    if heading_line(above, text, last, first) {
        // A title in capitals may take a second line.
        return !(shape::caps(here) && !is_marked(here) && last.width(text) * 10 >= width * 7);
    }
    let set_in = if last.indent >= 8 { last.indent } else { 0 };
    let short = (last.width(text) - set_in) * 10 < width * 6;
    let ended = shape::ends(above) || above.ends_with("____");
    let indented = ended && line.indent >= last.indent + 2 && last.indent <= first.indent;
    short
        || indented
        || shape::memo_line(here)
        || (is_marked(here) && ended)
        || (ended && shape::caps(here) && shape::heading_length(here))
}

/// Whether a line has the number after that of the paragraph's first line.
fn next_item(first: &str, here: &str) -> bool {
    let pair = Marker::parse(first).zip(Marker::parse(here));
    pair.is_some_and(|(a, b)| a.style == b.style && b.closed && (b.ordinal == a.ordinal + 1 || b.ordinal == 0))
}

/// A line that is a heading by itself: in capitals, and the first of its paragraph.
fn heading_line(words: &str, text: &str, last: &Line, first: &Line) -> bool {
    let marked = Marker::parse(words).map_or(0, |m| m.len);
    let title = &words[marked..];
    shape::caps(title) && first_line_caps(text, first) && last.indent + 2 > first.indent
}

fn first_line_caps(text: &str, first: &Line) -> bool {
    let words = words(text, first);
    let marked = Marker::parse(words).map_or(0, |m| m.len);
    shape::caps(&words[marked..])
}

fn is_marked(words: &str) -> bool {
    Marker::parse(words).is_some_and(|m| m.closed)
}

fn words<'t>(text: &'t str, line: &Line) -> &'t str {
    &text[line.words.start..line.words.end]
}

fn draft(text: &str, lines: &[&Line], width: usize) -> Option<Draft> {
    let pieces: Vec<Span> =
        lines.iter().map(|line| shape::without_specks(text, line.words)).filter(|p| !p.is_empty()).collect();
    let span = pieces.first()?.cover(*pieces.last()?);
    let look = Look { centered: lines.iter().all(|line| centered(text, line, width)), ..Look::default() };
    Some(Draft { kind: BlockKind::Paragraph, span, pieces, label: None, look })
}

/// As much room before the words as after them, and some on both sides.
fn centered(text: &str, line: &Line, width: usize) -> bool {
    let after = width.saturating_sub(line.width(text));
    line.indent >= 6 && after >= 6 && line.indent.abs_diff(after) <= 8
}
