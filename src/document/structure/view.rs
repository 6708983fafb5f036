//! A draft as the search for structure sees it: its words in one line, and its number.

use super::number::Marker;
use super::shape;
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
    let mut joined = String::new();
    let mut end = None;
    for piece in pieces {
        let gap = end.and_then(|end| text.get(end..piece.start)).unwrap_or_default();
        if gap.contains(char::is_whitespace) || gap.contains("<br") {
            joined.push(' ');
        }
        joined.push_str(text.get(piece.start..piece.end).unwrap_or_default());
        end = Some(piece.end);
    }
    fold(&joined)
}

fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for word in text.split(|c: char| c.is_whitespace() || c == '\u{feff}').filter(|w| !w.is_empty()) {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.push_str(word);
    }
    folded
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
        signs += slice[..take].chars().filter(|c| !c.is_whitespace()).count();
        left -= left.min(slice.len());
    }
    after_signs(words, signs)
}

/// The byte after so many characters that are no white space.
pub(super) fn after_signs(words: &str, signs: usize) -> usize {
    let mut left = signs;
    for (i, c) in words.char_indices() {
        if left == 0 {
            return i;
        }
        left -= usize::from(!c.is_whitespace());
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
        let here = slice.chars().filter(|c| !c.is_whitespace()).count();
        if left <= here {
            return Some(piece.start + after_signs(slice, left));
        }
        left -= here;
    }
    None
}

/// How many characters of a text are no white space.
pub(super) fn signs(text: &str) -> usize {
    text.chars().filter(|c| !c.is_whitespace()).count()
}
