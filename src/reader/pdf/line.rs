//! Words to lines.

use super::label::is_label;
use super::words::Word;

/// Words whose baselines differ by less than this share of the type's height stand on one line.
const ONE_LINE: f32 = 0.4;
/// A gap under this share of the type's height does not part a word from the next.
const GLUED: f32 = 0.1;
/// A gap over this share of the type's height parts two pieces of a line: columns, cells, tab stops.
pub(super) const WIDE: f32 = 0.8;

/// The widest gap between a marker and its words, in heights of the type.
const TAB: f32 = 5.0;

/// One line of words, or the piece of it that stands in one column.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Line {
    pub text: String,
    pub x0: f32,
    pub x1: f32,
    pub y: f32,
    pub size: f32,
    pub bold: bool,
    pub italic: bool,
    pub underlined: bool,
    /// Bytes at the start that are bold or underlined.
    pub lead: usize,
    /// Width of the first word.
    pub first_word: f32,
    /// Width of the gap after the first word.
    pub tab: f32,
    pub furniture: bool,
}

impl Line {
    /// One line from words that are sorted from left to right.
    pub fn new(words: &[Word]) -> Self {
        let mut line = Self {
            x0: words.iter().map(|w| w.x0).fold(f32::MAX, f32::min),
            x1: words.iter().map(|w| w.x1).fold(f32::MIN, f32::max),
            size: words.iter().map(|w| w.size).fold(0.0, f32::max),
            bold: words.iter().all(|w| w.bold || !has_letters(&w.text)) && words.iter().any(|w| w.bold),
            italic: words.iter().all(|w| w.italic),
            underlined: words.iter().all(|w| w.underlined),
            furniture: words.iter().all(|w| w.furniture),
            ..Self::default()
        };
        let mut leading = true;
        let mut previous: Option<&Word> = None;
        for word in words {
            if let Some(before) = previous {
                let gap = word.x0 - before.x1;
                if word.spaced || gap > GLUED * before.size.min(word.size) || gap < -before.size {
                    line.text.push(' ');
                }
            }
            line.text.push_str(&word.text);
            leading &= word.bold || word.underlined;
            if leading {
                line.lead = line.text.len();
            }
            previous = Some(word);
        }
        // The baseline is that of the tallest words, not of a raised number.
        let tall = words.iter().filter(|w| w.size >= line.size * 0.95);
        line.y = tall.map(|w| w.y).fold(f32::MIN, f32::max);
        if let [first, rest @ ..] = words {
            line.first_word = first.x1 - first.x0;
            line.tab = rest.first().map_or(0.0, |second| second.x0 - first.x1);
        }
        line
    }

    /// The line as one with what stands to its right.
    pub fn join(mut self, right: Self) -> Self {
        if self.lead == self.text.len() && right.lead > 0 {
            self.lead += 1 + right.lead;
        }
        if self.tab == 0.0 {
            self.tab = right.x0 - self.x1;
        }
        self.text.push(' ');
        self.text.push_str(&right.text);
        if right.size > self.size {
            (self.size, self.y) = (right.size, right.y);
        }
        self.bold &= right.bold;
        self.italic &= right.italic;
        self.underlined &= right.underlined;
        self.furniture &= right.furniture;
        self.x0 = self.x0.min(right.x0);
        self.x1 = self.x1.max(right.x1);
        self
    }
}

fn has_letters(text: &str) -> bool {
    text.chars().any(char::is_alphanumeric)
}

/// Sorts words into lines from top to bottom, each from left to right.
pub(super) fn rows(mut words: Vec<Word>) -> Vec<Vec<Word>> {
    words.sort_by(|a, b| a.y.total_cmp(&b.y));
    let mut rows: Vec<(f32, f32, Vec<Word>)> = Vec::new();
    for word in words {
        let on =
            rows.iter_mut().rev().take(3).find(|(y, size, _)| (word.y - *y).abs() <= ONE_LINE * size.max(word.size));
        match on {
            Some((y, size, row)) => {
                if word.size > *size {
                    (*y, *size) = (word.y, word.size);
                }
                row.push(word);
            }
            None => rows.push((word.y, word.size, vec![word])),
        }
    }
    rows.into_iter()
        .map(|(_, _, mut row)| {
            row.sort_by(|a, b| a.x0.total_cmp(&b.x0));
            without_doubles(row)
        })
        .collect()
}

/// Drops words that are printed twice at one place.
fn without_doubles(row: Vec<Word>) -> Vec<Word> {
    let mut kept: Vec<Word> = Vec::with_capacity(row.len());
    for word in row {
        let near = 0.12 * word.size;
        match kept.last_mut() {
            Some(last)
                if last.text == word.text && (last.x0 - word.x0).abs() < near && (last.y - word.y).abs() < near =>
            {
                last.bold = true;
            }
            _ => kept.push(word),
        }
    }
    kept
}

/// Splits a row where a wide gap parts it.
pub(super) fn pieces(row: Vec<Word>) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut piece: Vec<Word> = Vec::new();
    for word in row {
        let after_label = matches!(piece.as_slice(), [only] if is_label(&only.text));
        let parted = piece.last().is_some_and(|last| {
            let gap = word.x0 - last.x1;
            // A marker belongs to its words, however wide the tab between them.
            gap > if after_label { TAB } else { WIDE } * last.size.max(word.size)
        });
        if parted {
            lines.push(Line::new(&piece));
            piece.clear();
        }
        piece.push(word);
    }
    if !piece.is_empty() {
        lines.push(Line::new(&piece));
    }
    lines
}
