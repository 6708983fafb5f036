//! Folded text: what patterns are matched against.
//!
//! Case, curly quotes, dashes, no-break spaces, soft hyphens, ligatures, hyphenation at line ends and runs of
//! white space are folded away, for matching only. Every folded byte keeps the place it came from, so that a
//! match is shown in the document's own characters.

use super::Span;
use super::entity::entity;
use std::ops::Range;

/// A text in folded form with a map back to the document's text.
#[derive(Debug, Clone, Default)]
pub struct Folded {
    text: String,
    /// For every byte of `text` the document byte where its character starts.
    from: Vec<u32>,
    /// For every byte of `text` the document byte where its character ends.
    to: Vec<u32>,
}

impl Folded {
    /// Folds the given pieces of a document's text, in order. Pieces with white space between them are apart,
    /// pieces with only markup between them are one word.
    pub fn new(text: &str, pieces: &[Span]) -> Self {
        let mut folded = Self::default();
        let mut previous_end: Option<usize> = None;
        for piece in pieces {
            if let Some(end) = previous_end
                && let Some(gap) = text.get(end..piece.start)
                && (gap.contains(char::is_whitespace) || gap.contains("<br"))
            {
                folded.white_space(end, piece.start, gap.contains('\n'));
            }
            folded.piece(text, *piece);
            previous_end = Some(piece.end);
        }
        while folded.text.ends_with([' ', '\u{ad}']) {
            folded.pop();
        }
        folded
    }

    /// The folded text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The span in the document of a byte range of the folded text.
    pub fn span(&self, range: Range<usize>) -> Span {
        let start = self.from.get(range.start).or(self.to.last()).copied().unwrap_or(0) as usize;
        let end = match range.end.checked_sub(1) {
            Some(last) if range.end > range.start => self.to.get(last).copied().unwrap_or(0) as usize,
            _ => start,
        };
        Span::new(start, end.max(start))
    }

    /// The folded text with some byte ranges replaced; each replacement stands where its range stood.
    /// Ranges are ascending and do not overlap.
    pub fn replace(&self, edits: &[(Range<usize>, String)]) -> Self {
        let mut out = Self::default();
        let mut at = 0;
        for (range, with) in edits {
            out.copy(self, at..range.start);
            let span = self.span(range.clone());
            out.text.push_str(with);
            out.from.extend(std::iter::repeat_n(offset(span.start), with.len()));
            out.to.extend(std::iter::repeat_n(offset(span.end), with.len()));
            at = range.end;
        }
        out.copy(self, at..self.text.len());
        out
    }

    fn copy(&mut self, other: &Self, range: Range<usize>) {
        self.text.push_str(&other.text[range.clone()]);
        self.from.extend_from_slice(&other.from[range.clone()]);
        self.to.extend_from_slice(&other.to[range]);
    }

    fn piece(&mut self, text: &str, piece: Span) {
        let Some(slice) = text.get(piece.start..piece.end) else { return };
        self.text.reserve(slice.len());
        self.from.reserve(slice.len());
        self.to.reserve(slice.len());
        let mut chars = slice.char_indices().peekable();
        while let Some((i, mut c)) = chars.next() {
            let at = piece.start + i;
            let mut end = at + c.len_utf8();
            if c == '&'
                && let Some((meant, len)) = entity(&slice[i..])
            {
                // `&nbsp;` is one character, written with six.
                (c, end) = (meant, at + len);
                while chars.next_if(|(j, _)| *j < i + len).is_some() {}
            }
            if c.is_whitespace() {
                let mut stop = end;
                let mut line = c == '\n';
                while let Some((j, next)) = chars.peek().copied().filter(|(_, next)| next.is_whitespace()) {
                    line |= next == '\n';
                    stop = piece.start + j + next.len_utf8();
                    chars.next();
                }
                self.white_space(at, stop, line);
            } else if c == '_' && self.text.ends_with("____") {
                // A blank of any length reads as four underscores.
                if let Some(last) = self.to.last_mut() {
                    *last = offset(end);
                }
            } else {
                self.character(c, at, end);
            }
        }
    }

    /// White space between two words; at a line end it may undo a hyphenation.
    fn white_space(&mut self, start: usize, end: usize, line: bool) {
        if line
            && let Some(before) = self.text.strip_suffix(['-', '\u{ac}', '\u{ad}'])
            && before.ends_with(char::is_alphabetic)
        {
            self.pop();
            return;
        }
        self.drop_soft_hyphen();
        if !self.text.is_empty() && !self.text.ends_with(' ') {
            self.push(" ", start, end);
        }
    }

    fn drop_soft_hyphen(&mut self) {
        // A byte is looked at before two are compared: this is asked at every character.
        if self.text.as_bytes().last() == Some(&0xad) && self.text.ends_with('\u{ad}') {
            self.pop();
        }
    }

    fn character(&mut self, c: char, start: usize, end: usize) {
        self.drop_soft_hyphen();
        match c {
            _ if c.is_ascii() => {
                self.text.push(c.to_ascii_lowercase());
                self.from.push(offset(start));
                self.to.push(offset(end));
            }
            '\u{2018}' | '\u{2019}' | '\u{201b}' | '\u{2bc}' | '\u{2032}' | '\u{b4}' => self.push("'", start, end),
            '\u{201c}' | '\u{201d}' | '\u{201e}' | '\u{2033}' | '\u{ab}' | '\u{bb}' => self.push("\"", start, end),
            '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}' => self.push("-", start, end),
            // Shown only where a line breaks, and folded away with that break.
            '\u{ad}' => self.push("\u{ad}", start, end),
            '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' => {}
            '\u{fb00}' => self.push("ff", start, end),
            '\u{fb01}' => self.push("fi", start, end),
            '\u{fb02}' => self.push("fl", start, end),
            '\u{fb03}' => self.push("ffi", start, end),
            '\u{fb04}' => self.push("ffl", start, end),
            '\u{fb05}' | '\u{fb06}' => self.push("st", start, end),
            '\u{2026}' => self.push("...", start, end),
            _ => {
                for lower in c.to_lowercase() {
                    self.push(lower.encode_utf8(&mut [0; 4]), start, end);
                }
            }
        }
    }

    fn push(&mut self, text: &str, start: usize, end: usize) {
        self.text.push_str(text);
        self.from.extend(std::iter::repeat_n(offset(start), text.len()));
        self.to.extend(std::iter::repeat_n(offset(end), text.len()));
    }

    fn pop(&mut self) {
        if let Some(c) = self.text.pop() {
            let keep = self.from.len() - c.len_utf8();
            self.from.truncate(keep);
            self.to.truncate(keep);
        }
    }
}

/// Offsets are kept in 32 bits; the readers' limits keep a text far below 4 GiB.
fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fold(text: &str) -> Folded {
        Folded::new(text, &[Span::new(0, text.len())])
    }

    #[test]
    fn quotes_spaces_and_ligatures_fold() {
        assert_eq!(fold("“The\u{a0}SRO’s”  conﬂict — ofﬁcer").text(), "\"the sro's\" conflict - officer");
    }

    #[test]
    fn hyphenation_at_a_line_end_is_joined() {
        assert_eq!(
            fold("a school disci-\n  plinarian and is¬\nsues, regula\u{ad}\ntions").text(),
            "a school disciplinarian and issues, regulations"
        );
    }

    #[test]
    fn a_match_is_shown_in_the_documents_characters() {
        let text = "the ofﬁcer’s  “word”";
        let folded = fold(text);
        let at = folded.text().find("officer's").expect("folded");
        let span = folded.span(at..at + "officer's".len());
        assert_eq!(&text[span.start..span.end], "ofﬁcer’s");
    }

    #[test]
    fn blanks_of_any_length_are_four_underscores() {
        assert_eq!(fold("to ____________ by").text(), "to ____ by");
    }

    #[test]
    fn entities_are_the_characters_they_mean() {
        let text = "c.&nbsp;71 &sect; 37P";
        let folded = fold(text);
        assert_eq!(folded.text(), "c. 71 § 37p");
        let at = folded.text().find('§').expect("folded");
        let span = folded.span(at..at + 2);
        assert_eq!(&text[span.start..span.end], "&sect;");
    }

    #[test]
    fn markup_between_pieces_does_not_part_a_word() {
        let folded = Folded::new("SRO**s** go", &[Span::new(0, 3), Span::new(5, 6), Span::new(8, 11)]);
        assert_eq!(folded.text(), "sros go");
    }
}
