//! The lines of a text file, without margins and pleading line numbers.

use crate::document::Span;

/// One line.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line {
    /// The line without its end.
    pub span: Span,
    /// Its words: without margins and without a pleading line number.
    pub words: Span,
    /// Columns before the words; a tab goes to the next multiple of eight.
    pub indent: usize,
    /// Whether a form feed stands before it.
    pub after_break: bool,
}

impl Line {
    /// Whether the line holds no word.
    pub fn is_blank(&self) -> bool {
        self.words.is_empty()
    }

    /// The column after the last word.
    pub fn width(&self, text: &str) -> usize {
        self.indent + text[self.words.start..self.words.end].chars().count()
    }
}

/// Splits a text at line ends (`\n`, `\r\n`, `\r`) and form feeds.
pub(super) fn split(text: &str) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut start = 0;
    let mut after_break = false;
    let bytes = text.as_bytes();
    for end in memchr::memchr3_iter(b'\n', b'\r', 0x0c, bytes).chain([bytes.len()]) {
        if end == bytes.len() && end == start {
            break;
        }
        let second_half = bytes.get(end) == Some(&b'\n') && end == start && start > 0 && bytes[start - 1] == b'\r';
        let bare_break = bytes.get(end) == Some(&0x0c) && text[start..end].trim().is_empty();
        if !second_half && !bare_break {
            lines.push(line(text, start, end, after_break));
            after_break = false;
        }
        after_break |= bytes.get(end) == Some(&0x0c);
        start = end + 1;
    }
    lines.iter_mut().for_each(|line| *line = without_bookmarks(text, *line));
    if pleading(text, &lines) {
        lines.iter_mut().for_each(|line| *line = without_number(text, *line));
    }
    lines
}

fn line(text: &str, start: usize, end: usize, after_break: bool) -> Line {
    let span = Span::new(start, end);
    with_words(text, Line { span, words: span, indent: 0, after_break }, start)
}

/// The line with its words from `from` on.
fn with_words(text: &str, line: Line, from: usize) -> Line {
    let outside = |c: char| c.is_whitespace() || matches!(c, '\u{feff}' | '\0');
    let slice = &text[from..line.span.end];
    let words = slice.trim_matches(outside);
    // Dots and commas alone are dirt on a scanned page.
    let words = if words.len() <= 3 && words.chars().all(|c| ".,'`~|:".contains(c)) { "" } else { words };
    let start = from + (slice.len() - slice.trim_start_matches(outside).len());
    let start = if words.is_empty() { from } else { start };
    let indent =
        text[line.span.start..start].chars().fold(0, |at, c| if c == '\t' { (at / 8 + 1) * 8 } else { at + 1 });
    Line { words: Span::new(start, start + words.len()), indent, ..line }
}

/// The line without the names of bookmarks that a word processor's text export writes at its start.
fn without_bookmarks(text: &str, mut line: Line) -> Line {
    while let Some(rest) = text[line.words.start..line.words.end].strip_prefix("[bookmark: ")
        && let Some(close) = rest.find(']')
    {
        let from = line.words.end - rest.len() + close + 1;
        line = with_words(text, line, from);
    }
    line
}

/// Whether the lines are numbered as court papers are: nearly all of them, counting on or starting again at 1.
fn pleading(text: &str, lines: &[Line]) -> bool {
    let (mut worded, mut counting, mut previous) = (0, 0, 0);
    for line in lines.iter().filter(|line| !line.is_blank()) {
        worded += 1;
        let Some((number, _)) = leading_number(text, line) else { continue };
        counting += usize::from(number == previous + 1 || number == 1);
        previous = number;
    }
    counting >= 10 && counting * 10 >= worded * 7
}

fn without_number(text: &str, line: Line) -> Line {
    match leading_number(text, &line) {
        Some((_, from)) => with_words(text, line, from),
        None => line,
    }
}

/// A number of at most two digits that stands at the start of a line, and where it ends.
fn leading_number(text: &str, line: &Line) -> Option<(u32, usize)> {
    let words = &text[line.words.start..line.words.end];
    let digits = words.len() - words.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let apart = words[digits..].is_empty() || words[digits..].starts_with(char::is_whitespace);
    let number = words.get(..digits).filter(|_| (1..=2).contains(&digits) && apart)?.parse().ok()?;
    Some((number, line.words.start + digits))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<&str> {
        split(text).iter().map(|l| &text[l.words.start..l.words.end]).collect()
    }

    #[test]
    fn every_line_end_counts_once() {
        assert_eq!(words("a\r\nb\rc\n\nd"), ["a", "b", "c", "", "d"]);
    }

    #[test]
    fn a_form_feed_breaks_the_page_before_the_next_line() {
        let lines = split("one\n\x0ctwo\n");
        assert_eq!(lines.iter().map(|l| l.after_break).collect::<Vec<_>>(), [false, true]);
    }

    #[test]
    fn pleading_numbers_are_no_words() {
        let text: String = (1..=12).map(|n| format!("{n:>2}   words of line {n}\n")).collect();
        assert_eq!(words(&text)[11], "words of line 12");
    }

    #[test]
    fn numbered_items_keep_their_numbers() {
        assert_eq!(words("1. one\n2. two")[0], "1. one");
    }
}
