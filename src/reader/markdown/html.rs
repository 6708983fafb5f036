//! Blocks of HTML inside Markdown: words are kept, tags are not, comments are hidden text.

use crate::document::Span;
use std::ops::Range;

/// A part of a stretch of HTML that the document keeps.
pub(super) enum Part {
    /// Words between tags.
    Words(Span),
    /// A comment with its marks.
    Comment(Span),
}

/// The words and comments of `range`. An unfinished tag runs to the end of the stretch.
pub(super) fn parts(text: &str, range: Range<usize>) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut at = range.start;
    while at < range.end {
        let rest = &text[at..range.end];
        let length = if rest.starts_with("<!--") {
            let length = rest.find("-->").map_or(rest.len(), |i| i + 3);
            parts.push(Part::Comment(Span::new(at, at + length)));
            length
        } else if rest.starts_with('<') {
            rest.find('>').map_or(rest.len(), |i| i + 1)
        } else {
            let length = rest.find('<').unwrap_or(rest.len());
            let words = &rest[..length];
            let start = at + (length - words.trim_start().len());
            if !words.trim().is_empty() {
                parts.push(Part::Words(Span::new(start, start + words.trim().len())));
            }
            length
        };
        at += length;
    }
    parts
}
