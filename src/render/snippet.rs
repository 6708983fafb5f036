//! The few lines of a document around some words.
//!
//! A paragraph of an agreement is one line of 1,500 characters. It is wrapped in a copy that is safe for a
//! terminal, and only the lines at the words are kept.

use super::safe;
use crate::document::{BlockId, Document, Span};
use crate::report::Place;
use std::ops::Range;
use unicode_width::UnicodeWidthChar;

/// Most lines with marked words that one snippet shows.
const MARKED_LINES: usize = 6;
/// Most bytes of one stretch of words that are shown.
const WORDS: usize = 1_000;

/// Some lines of one paragraph.
#[derive(Debug)]
pub struct Snippet {
    /// Where they stand, in a person's words.
    pub place: String,
    /// The lines; a left-out stretch is a line of its own, `…`.
    pub lines: Vec<Line>,
}

/// One line as shown.
#[derive(Debug, PartialEq, Eq)]
pub struct Line {
    /// The characters.
    pub text: String,
    /// Byte ranges of the marked words.
    pub marks: Vec<Range<usize>>,
}

/// Snippets for some places: one for each paragraph, with all the words that are marked in it.
pub fn snippets(document: &Document, places: &[Place], width: usize) -> Vec<Snippet> {
    let mut groups: Vec<(Option<BlockId>, &Place, Vec<Span>)> = Vec::new();
    for place in places {
        let block = document.block_at(place.start);
        match groups.last_mut() {
            Some((last, _, spans)) if *last == block && spans.last().is_some_and(|s: &Span| s.end <= place.start) => {
                spans.push(place.span());
            }
            _ => groups.push((block, place, vec![place.span()])),
        }
    }
    let snippet = |(block, place, spans): (Option<BlockId>, &Place, Vec<Span>)| Snippet {
        place: place_name(place),
        lines: lines(document, block, &spans, width),
    };
    groups.into_iter().map(snippet).collect()
}

/// Where a place is, in a person's words.
pub fn place_name(place: &Place) -> String {
    if place.place.is_empty() { "at the start of the document".to_owned() } else { safe::line(&place.place) }
}

/// The words of a place, cut where they grow long.
pub fn words(place: &Place) -> String {
    let end = place.text.floor_char_boundary(WORDS);
    let cut = if end < place.text.len() { " …" } else { "" };
    format!("{}{cut}", safe::line(place.text.get(..end).unwrap_or_default()))
}

/// The words of a place with a little of what stands before and after them in their paragraph.
pub fn passage(document: &Document, place: &Place, around: usize) -> String {
    let block = document.block_at(place.start);
    let window = window(document, block, &[place.span()], around);
    let whole = block.map_or(window, |b| document.block(b).span);
    let before = if window.start > whole.start { "… " } else { "" };
    let after = if window.end < whole.end { " …" } else { "" };
    format!("{before}{}{after}", safe::line(document.slice(window)))
}

fn lines(document: &Document, block: Option<BlockId>, spans: &[Span], width: usize) -> Vec<Line> {
    let window = window(document, block, spans, 2 * width);
    let (copy, marks) = copy(document, window, spans);
    let lines: Vec<Line> = wrap(&copy, width).into_iter().map(|range| line(&copy, range, &marks)).collect();
    keep(lines)
}

/// The stretch of the paragraph that is worth wrapping, cut at white space.
fn window(document: &Document, block: Option<BlockId>, spans: &[Span], around: usize) -> Span {
    let text = document.text();
    let (first, last) = match (spans.first(), spans.last()) {
        (Some(first), Some(last)) => (first.start, last.end),
        _ => return Span::new(0, 0),
    };
    let bounds = block.map_or(Span::new(first, last), |b| document.block(b).span.cover(Span::new(first, last)));
    let mut from = text.floor_char_boundary(first.saturating_sub(around)).max(bounds.start);
    let mut to = text.ceil_char_boundary((last + around).min(text.len())).min(bounds.end);
    if from > bounds.start {
        from = text.get(from..first).and_then(|t| t.find(char::is_whitespace)).map_or(first, |at| from + at);
    }
    if to < bounds.end {
        to = text.get(last..to).and_then(|t| t.rfind(char::is_whitespace)).map_or(last, |at| last + at);
    }
    Span::new(from, to)
}

/// A safe copy of the window in one line, and where the marked words are in it.
fn copy(document: &Document, window: Span, spans: &[Span]) -> (String, Vec<Range<usize>>) {
    let (mut copy, mut marks) = (String::new(), Vec::new());
    let mut at = window.start;
    for span in spans {
        safe::append_line(&mut copy, document.slice(Span::new(at, span.start.max(at))));
        let start = copy.len();
        let end = document.text().floor_char_boundary(span.end.min(span.start + WORDS));
        safe::append_line(&mut copy, document.slice(Span::new(span.start, end)));
        if end < span.end {
            copy.push_str(" …");
        }
        let end = copy.trim_end_matches(' ').len();
        marks.push(start.min(end)..end);
        at = span.end;
    }
    safe::append_line(&mut copy, document.slice(Span::new(at, window.end.max(at))));
    (copy, marks)
}

/// Soft wrap: the ranges of the lines. A space at a line's end belongs to no line.
pub fn wrap(text: &str, width: usize) -> Vec<Range<usize>> {
    let columns = |s: &str| s.chars().map(|c| c.width().unwrap_or(0)).sum::<usize>();
    let mut lines = Vec::new();
    let (mut start, mut space, mut used) = (0, None, 0);
    for (at, c) in text.char_indices() {
        let needed = c.width().unwrap_or(0);
        if c == ' ' {
            space = Some(at);
        }
        while used + needed > width && at > start {
            let (end, next) = match space.take() {
                Some(space) => (space, space + 1),
                None => (at, at),
            };
            lines.push(start..end);
            start = next;
            used = columns(text.get(start..at).unwrap_or_default());
        }
        if at >= start {
            used += needed;
        }
    }
    lines.push(start..text.len());
    lines
}

fn line(copy: &str, range: Range<usize>, marks: &[Range<usize>]) -> Line {
    let inside = marks.iter().filter(|m| m.start < range.end && m.end > range.start);
    let shift = |m: &Range<usize>| m.start.max(range.start) - range.start..m.end.min(range.end) - range.start;
    Line { text: copy.get(range.clone()).unwrap_or_default().to_owned(), marks: inside.map(shift).collect() }
}

/// Keeps the marked lines with one on either side; what is left out between them becomes one line.
fn keep(lines: Vec<Line>) -> Vec<Line> {
    let marked: Vec<bool> = lines.iter().map(|l| !l.marks.is_empty()).collect();
    let none = !marked.contains(&true);
    let near = |i: usize| {
        none && i < 2 || marked.get(i.saturating_sub(1)..(i + 2).min(marked.len())).is_some_and(|m| m.contains(&true))
    };
    let mut kept = Vec::new();
    let (mut shown, mut gap) = (0, false);
    for (i, line) in lines.into_iter().enumerate() {
        if !near(i) || shown >= MARKED_LINES {
            gap = true;
            continue;
        }
        shown += usize::from(marked[i]);
        if std::mem::take(&mut gap) && !kept.is_empty() {
            kept.push(Line { text: "…".to_owned(), marks: Vec::new() });
        }
        kept.push(line);
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{BlockKind, DocumentBuilder, Format};

    fn paragraph(text: &str) -> Document {
        let mut builder = DocumentBuilder::packed(Format::Docx);
        builder.open(BlockKind::Paragraph);
        builder.push(text, None);
        builder.finish()
    }

    fn find(document: &Document, words: &str) -> Place {
        let start = document.text().find(words).unwrap();
        Place::new(document, Span::new(start, start + words.len()))
    }

    fn shown(snippet: &Snippet) -> String {
        let mark = |l: &Line| {
            let mut text = l.text.clone();
            for m in l.marks.iter().rev() {
                text.insert(m.end, ']');
                text.insert(m.start, '[');
            }
            text
        };
        snippet.lines.iter().map(mark).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn a_long_paragraph_shows_the_lines_at_the_words() {
        let document =
            paragraph(&format!("{}the needle in it {}", "hay “and” hay ".repeat(60), "more hay ".repeat(60)));
        let snippets = snippets(&document, &[find(&document, "needle")], 40);
        insta::assert_snapshot!(shown(&snippets[0]), @"
        hay “and” hay hay “and” hay hay “and”
        hay hay “and” hay the [needle] in it more
        hay more hay more hay more hay more hay
        ");
    }

    #[test]
    fn words_far_apart_in_one_paragraph_share_a_snippet_with_a_gap() {
        let document = paragraph(&format!("first {}second", "and so on ".repeat(30)));
        let places = [find(&document, "first"), find(&document, "second")];
        let snippets = snippets(&document, &places, 30);
        assert_eq!(snippets.len(), 1);
        insta::assert_snapshot!(shown(&snippets[0]), @"
        [first] and so on and so on and
        so on and so on and so on and
        …
        so on and so on and so on and
        so on [second]
        ");
    }

    #[test]
    fn hostile_words_are_shown_harmless_and_still_marked() {
        let document = paragraph("see \u{1b}[2J here\u{202e} and ____ there");
        let snippets = snippets(&document, &[find(&document, "here\u{202e}")], 40);
        insta::assert_snapshot!(shown(&snippets[0]), @"see ␛[2J [here<U+202E>] and ____ there");
    }

    proptest::proptest! {
        #[test]
        fn no_line_is_wider_than_asked(text in "[a-z é“漢]{0,200}", width in 2usize..50) {
            let lines = wrap(&text, width);
            for range in &lines {
                let line = &text[range.clone()];
                proptest::prop_assert!(unicode_width::UnicodeWidthStr::width(line) <= width, "{line:?}");
            }
            let shown: usize = lines.iter().map(Range::len).sum();
            proptest::prop_assert!(text.len() - shown < lines.len());
        }

        #[test]
        fn any_span_of_any_text_can_be_shown(text in "\\PC{1,300}", a in 0usize..300, b in 0usize..300, width in 1usize..60) {
            let document = paragraph(&text);
            let at = |n: usize| document.text().floor_char_boundary(n.min(document.text().len()));
            let span = Span::new(at(a.min(b)), at(a.max(b)));
            let place = Place::new(&document, span);
            for line in snippets(&document, std::slice::from_ref(&place), width).iter().flat_map(|s| &s.lines) {
                for mark in &line.marks {
                    proptest::prop_assert!(line.text.get(mark.clone()).is_some());
                }
            }
            passage(&document, &place, width);
        }
    }
}
