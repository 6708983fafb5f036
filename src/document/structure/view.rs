//! A draft as the search for structure sees it: its words in one line, and its number.

use super::number::Marker;
use super::shape;
use crate::document::entity::{entity, without_entities};
use crate::document::{Draft, Span};

/// A draft's words, with the number or bullet at their start read.
#[derive(Debug, Default)]
pub(super) struct View {
    /// All words, white space folded.
    pub words: String,
    /// The number or bullet: the draft's label, or typed at the start of the words.
    pub marker: Option<Marker>,
    /// Bytes of `words` that the typed marker takes, with the space after it.
    pub title_at: usize,
    /// Bytes of `words` that look different from the rest at the start.
    pub lead: usize,
    /// How many words follow the marker.
    pub count: usize,
}

impl View {
    pub fn new(text: &str, draft: &Draft) -> Self {
        let words = words(text, &draft.pieces);
        let lead = lead(text, draft, &words);
        let typed = draft.label.is_none();
        let marker = match &draft.label {
            Some(label) => Marker::parse(&format!("{label} x")).or_else(|| Marker::parse(label)),
            None if shape::is_running(&draft.kind) => Marker::parse(&words),
            None => None,
        };
        let mut view = Self { words, marker, title_at: 0, lead, count: 0 };
        if let Some(marker) = view.marker.as_ref().filter(|_| typed) {
            let rest = view.words.get(marker.len..).unwrap_or_default();
            view.title_at = view.words.len() - rest.trim_start().len();
        }
        view.count = shape::word_count(view.title());
        view
    }

    /// The words after the marker.
    pub fn title(&self) -> &str {
        &self.words[self.title_at..]
    }
}

/// The words of some pieces in one line. Pieces that only markup parts are one word.
pub(super) fn words(text: &str, pieces: &[Span]) -> String {
    let mut joined = String::with_capacity(pieces.iter().map(|p| p.len() + 1).sum());
    let mut end = None;
    let mut space = false;
    for piece in pieces {
        let gap = end.and_then(|end| text.get(end..piece.start)).unwrap_or_default();
        space |= gap.contains(char::is_whitespace) || gap.contains("<br");
        space = fold(&mut joined, text.get(piece.start..piece.end).unwrap_or_default(), space);
        end = Some(piece.end);
    }
    if joined.contains('&') { without_entities(&joined) } else { joined }
}

/// Adds a text with its white space folded, and says whether white space is still due. Most bytes are plain
/// letters and are copied in runs.
fn fold(out: &mut String, text: &str, mut space: bool) -> bool {
    let bytes = text.as_bytes();
    let mut start = 0;
    let mut at = 0;
    while at < bytes.len() {
        let length = match bytes[at] {
            b'!'..=b'~' => {
                at += 1;
                continue;
            }
            _ => text[at..].chars().next().map_or(1, char::len_utf8),
        };
        if text[at..at + length].starts_with(|c: char| c.is_whitespace() || c == '\u{feff}') {
            flush(out, &text[start..at], space);
            space = true;
            start = at + length;
        }
        at += length;
    }
    flush(out, &text[start..], space)
}

/// Adds a word after the white space that is due; says whether it is still due.
fn flush(out: &mut String, word: &str, space: bool) -> bool {
    if word.is_empty() {
        return space;
    }
    if space && !out.is_empty() {
        out.push(' ');
    }
    out.push_str(word);
    false
}

/// Where the lead ends in the folded words.
fn lead(text: &str, draft: &Draft, words: &str) -> usize {
    let mut left = draft.look.lead;
    let mut signs = 0;
    for piece in &draft.pieces {
        let slice = text.get(piece.start..piece.end).unwrap_or_default();
        let mut take = left.min(slice.len());
        while !slice.is_char_boundary(take) {
            take -= 1;
        }
        signs += self::signs(&slice[..take]);
        left -= left.min(slice.len());
    }
    after_signs(words, signs)
}

/// The byte after so many characters that are no white space. An entity is one character.
fn after_signs(words: &str, signs: usize) -> usize {
    let mut left = signs;
    let mut at = 0;
    while let Some(c) = words[at..].chars().next() {
        if left == 0 {
            return at;
        }
        let (c, len) = Some(c)
            .filter(|c| *c != '&')
            .map(|c| (c, c.len_utf8()))
            .unwrap_or_else(|| entity(&words[at..]).unwrap_or(('&', 1)));
        left -= usize::from(!c.is_whitespace());
        at += len;
    }
    words.len()
}

/// Takes so many characters that are no white space from the start of the pieces, and the white space after them.
pub(super) fn cut(text: &str, pieces: &mut Vec<Span>, signs: usize) {
    let Some(at) = position(text, pieces, signs) else { return };
    pieces.retain_mut(|piece| {
        let start = piece.start.max(at.min(piece.end));
        let slice = text.get(start..piece.end).unwrap_or_default();
        let kept = if piece.start <= at { slice.trim_start() } else { slice };
        piece.start = piece.end - kept.len();
        !kept.is_empty()
    });
}

/// Where so many characters that are no white space end, counted in the pieces.
pub(super) fn position(text: &str, pieces: &[Span], signs: usize) -> Option<usize> {
    let mut left = signs;
    for piece in pieces {
        let slice = text.get(piece.start..piece.end)?;
        let here = self::signs(slice);
        if left <= here {
            return Some(piece.start + after_signs(slice, left));
        }
        left -= here;
    }
    None
}

/// How many characters of a text are no white space. An entity is one character.
pub(super) fn signs(text: &str) -> usize {
    let count = |text: &str| text.chars().filter(|c| !c.is_whitespace()).count();
    if text.contains('&') { count(&without_entities(text)) } else { count(text) }
}
