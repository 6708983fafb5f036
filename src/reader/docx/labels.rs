//! Automatic numbers as Word shows them: `VI.`, `B.`, `(3)`, `•`.

use super::numbering::{LEVELS, Level, Numbering};
use crate::reader::numeral::Numeral;
use std::collections::{HashMap, HashSet};

/// Words for ordinals and cardinals go as far as articles and chapters do.
const ORDINALS: &str = "First Second Third Fourth Fifth Sixth Seventh Eighth Ninth Tenth Eleventh Twelfth Thirteenth \
     Fourteenth Fifteenth Sixteenth Seventeenth Eighteenth Nineteenth Twentieth";
const CARDINALS: &str = "One Two Three Four Five Six Seven Eight Nine Ten Eleven Twelve Thirteen Fourteen Fifteen \
     Sixteen Seventeen Eighteen Nineteen Twenty";

/// Where every list stands. Lists with the same definition go on counting together.
#[derive(Debug, Default)]
pub(super) struct Counters {
    values: HashMap<i64, [Option<u32>; LEVELS]>,
    /// Lists and levels whose own start has been used: it counts once.
    started: HashSet<(i64, u8)>,
}

impl Counters {
    /// Counts an item and gives its marker; none if the list shows none.
    pub(super) fn next(&mut self, numbering: &Numbering, list: i64, level: u8) -> Option<String> {
        let definition = numbering.definition(list)?;
        let shape = numbering.level(list, level)?;
        let values = self.values.entry(definition).or_default();
        let at = usize::from(level);
        let own_start = numbering.start_override(list, level).filter(|_| self.started.insert((list, level)));
        values[at] = Some(match (own_start, values[at]) {
            (Some(start), _) => start,
            (None, Some(value)) => value.saturating_add(1),
            (None, None) => start(numbering, list, level),
        });
        for below in level + 1..9 {
            let restart = numbering.level(list, below).and_then(|level| level.restart);
            if restart.is_none_or(|after| level < after) {
                values[usize::from(below)] = None;
            }
        }
        let values = *values;
        Some(marker(numbering, list, shape, &values)).filter(|label| !label.is_empty())
    }
}

fn start(numbering: &Numbering, list: i64, level: u8) -> u32 {
    let own = numbering.start_override(list, level);
    own.or_else(|| numbering.level(list, level)?.start).unwrap_or(1)
}

fn marker(numbering: &Numbering, list: i64, shape: &Level, values: &[Option<u32>; LEVELS]) -> String {
    if shape.format == "bullet" {
        return bullet(&shape.text).to_owned();
    }
    let mut label = String::new();
    let mut chars = shape.text.chars().peekable();
    while let Some(c) = chars.next() {
        let level = chars.peek().filter(|_| c == '%').and_then(|c| c.to_digit(10)).filter(|level| *level > 0);
        let Some(level) = level.and_then(|level| u8::try_from(level - 1).ok()) else {
            label.push(c);
            continue;
        };
        chars.next();
        let value = values[usize::from(level)].unwrap_or_else(|| start(numbering, list, level));
        let format = numbering.level(list, level).map_or("decimal", |level| level.format.as_str());
        label.push_str(&number(value, if shape.is_legal { "decimal" } else { format }));
    }
    label.trim().to_owned()
}

/// Bullets come as letters of symbol fonts; what such a letter would be in a text font is of no use.
fn bullet(text: &str) -> &str {
    match text.trim() {
        text if text.is_empty() || text.contains(|c: char| c.is_alphanumeric() || is_private(c) || c == '§') => "•",
        text => text,
    }
}

fn is_private(c: char) -> bool {
    ('\u{e000}'..='\u{f8ff}').contains(&c)
}

/// A number in one of Word's formats; formats of other scripts come in digits.
pub(super) fn number(value: u32, format: &str) -> String {
    match format {
        "none" | "bullet" => String::new(),
        "upperRoman" => Numeral::Roman { upper: true }.write(value),
        "lowerRoman" => Numeral::Roman { upper: false }.write(value),
        "upperLetter" => Numeral::Letter { upper: true }.write(value),
        "lowerLetter" => Numeral::Letter { upper: false }.write(value),
        "decimalZero" => format!("{value:02}"),
        "ordinal" => format!("{value}{}", ordinal_ending(value)),
        "ordinalText" => spelled(value, ORDINALS),
        "cardinalText" => spelled(value, CARDINALS),
        "decimalEnclosedParen" => format!("({value})"),
        "decimalEnclosedFullstop" => format!("{value}."),
        "numberInDash" => format!("- {value} -"),
        "hex" => format!("{value:X}"),
        _ => value.to_string(),
    }
}

fn ordinal_ending(value: u32) -> &'static str {
    match (value % 10, value % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    }
}

fn spelled(value: u32, words: &str) -> String {
    let at = usize::try_from(value).unwrap_or(usize::MAX).wrapping_sub(1);
    words.split(' ').nth(at).map_or_else(|| value.to_string(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_word_writes_them() {
        let written: Vec<String> =
            [("upperRoman", 14), ("lowerRoman", 9), ("upperLetter", 28), ("lowerLetter", 3), ("ordinal", 22)]
                .map(|(format, value)| number(value, format))
                .to_vec();
        assert_eq!(written, ["XIV", "ix", "BB", "c", "22nd"]);
        assert_eq!(number(4, "ordinalText"), "Fourth");
        assert_eq!(number(7, "decimalZero"), "07");
        assert_eq!(number(5000, "upperRoman"), "5000");
        assert_eq!(number(u32::MAX, "lowerLetter"), u32::MAX.to_string());
    }

    #[test]
    fn bullets_of_symbol_fonts_are_dots() {
        assert_eq!(["\u{f0b7}", "o", "§", "", "–"].map(bullet), ["•", "•", "•", "•", "–"]);
    }
}
