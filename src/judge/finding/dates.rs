//! Dates as agreements write them, in folded text.

use jiff::civil::Date;
use regex::{Captures, Regex};
use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

/// How much of a date is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grain {
    /// A day.
    Day,
    /// A month; the date is its last day.
    Month,
    /// A school year, `2026-2027`; the date is the last day of August at its end.
    SchoolYear,
}

/// A date found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Where in the folded text.
    pub range: Range<usize>,
    /// The date.
    pub date: Date,
    /// How much of it is said.
    pub grain: Grain,
}

const MONTHS: &str = r"(jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*\.?";
const DAY_WORDS: &[&str] = &[
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
    "twenty-first",
    "twenty-second",
    "twenty-third",
    "twenty-fourth",
    "twenty-fifth",
    "twenty-sixth",
    "twenty-seventh",
    "twenty-eighth",
    "twenty-ninth",
    "thirtieth",
    "thirty-first",
];

/// `June 30, 2025`, `July 1st 2026`.
static MONTH_FIRST: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(&format!(r"\b{MONTHS} ([0-9]{{1,2}})(?:st|nd|rd|th)?,? (?:of )?([0-9]{{4}})\b")).ok());
/// `2 February 2026`, `1st day of July, 2026`.
static DAY_FIRST: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(&format!(r"\b([0-9]{{1,2}})(?:st|nd|rd|th)? (?:day of )?{MONTHS},? (?:in the year )?([0-9]{{4}})\b"))
        .ok()
});
/// `the first day of July, 2026`.
static DAY_WORD: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(&format!(r"\b((?:twenty-|thirty-)?[a-z]+) day of {MONTHS},? ([0-9]{{4}})\b")).ok());
/// `8/11/2026`, `8-11-26`.
static FIGURES: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"\b([0-9]{1,2})([/.-])([0-9]{1,2})([/.-])([0-9]{4}|[0-9]{2})\b").ok());
/// `2026-08-11`, `2026/08/11`.
static ISO: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\b([0-9]{4})[-/]([0-9]{2})[-/]([0-9]{2})\b").ok());
/// `September 2018`.
static MONTH_YEAR: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(&format!(r"\b{MONTHS},? (?:of )?([0-9]{{4}})\b")).ok());
/// `2026-2027`, `2026-27`.
static YEARS: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"\b(20[0-9][0-9]) ?[-/] ?((?:20)?[0-9][0-9])\b").ok());

/// The dates in a folded text, in order, none inside another.
pub fn find(text: &str) -> Vec<Found> {
    // Every date has figures, also where a scan has made letters of some.
    if !text.contains(|c: char| c.is_ascii_digit()) {
        return Vec::new();
    }
    let text = &unscanned(text);
    let mut out: Vec<Found> = Vec::new();
    let mut add = |regex: &LazyLock<Option<Regex>>, grain, read: &dyn Fn(&Captures<'_>) -> Option<Date>| {
        for captures in regex.as_ref().map(|r| r.captures_iter(text)).into_iter().flatten() {
            let Some(all) = captures.get(0) else { continue };
            let range = all.range();
            if out.iter().any(|f| f.range.start < range.end && range.start < f.range.end) {
                continue;
            }
            if let Some(date) = read(&captures) {
                out.push(Found { range, date, grain });
            }
        }
    };
    add(&MONTH_FIRST, Grain::Day, &|c| date(number(c, 3)?, month(&c[1])?, number(c, 2)?));
    add(&DAY_FIRST, Grain::Day, &|c| date(number(c, 3)?, month(&c[2])?, number(c, 1)?));
    add(&DAY_WORD, Grain::Day, &|c| date(number(c, 3)?, month(&c[2])?, day_word(&c[1])?));
    add(&ISO, Grain::Day, &|c| date(number(c, 1)?, number(c, 2)?, number(c, 3)?));
    add(&FIGURES, Grain::Day, &|c| {
        let year = number(c, 5)?;
        // `44.2.4` is the number of a standard, `8.11.2026` a date.
        if c[2] != c[4] || c[2] != *"/" && year < 100 {
            return None;
        }
        date(if year < 100 { 2000 + year } else { year }, number(c, 1)?, number(c, 3)?)
    });
    add(&MONTH_YEAR, Grain::Month, &|c| Some(date(number(c, 2)?, month(&c[1])?, 1)?.last_of_month()));
    add(&YEARS, Grain::SchoolYear, &|c| {
        let (first, last) = (number(c, 1)?, number(c, 2)?);
        let last = if last < 100 { first / 100 * 100 + last } else { last };
        if last <= first || last > first + 6 { None } else { date(last, 8, 31) }
    });
    out.sort_by_key(|f| f.range.start);
    out
}

/// The text with an O or l among figures put right, as scanners misread them: `202O`. No byte moves.
fn unscanned(text: &str) -> Cow<'_, str> {
    let digit = |b: Option<&u8>| b.is_some_and(u8::is_ascii_digit);
    let bytes = text.as_bytes();
    let misread = |at: usize| {
        let alone = |b: Option<&u8>| !b.is_some_and(u8::is_ascii_alphabetic);
        let (before, after) = (at.checked_sub(1).and_then(|i| bytes.get(i)), bytes.get(at + 1));
        matches!(bytes[at], b'o' | b'l') && digit(before) && (digit(after) || alone(after))
    };
    if !(0..bytes.len()).any(misread) {
        return Cow::Borrowed(text);
    }
    let mend = |(at, c): (usize, char)| match c {
        'o' if misread(at) => '0',
        'l' if misread(at) => '1',
        c => c,
    };
    Cow::Owned(text.char_indices().map(mend).collect())
}

/// A date in words: `June 30, 2025`.
pub fn say(date: Date) -> String {
    date.strftime("%B %-d, %Y").to_string()
}

fn number(captures: &Captures<'_>, group: usize) -> Option<i64> {
    captures.get(group)?.as_str().parse().ok()
}

fn date(year: i64, month: i64, day: i64) -> Option<Date> {
    if !(1900..=2200).contains(&year) {
        return None;
    }
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

fn month(name: &str) -> Option<i64> {
    let names = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    names.iter().position(|m| name.starts_with(m)).and_then(|i| i64::try_from(i + 1).ok())
}

fn day_word(word: &str) -> Option<i64> {
    DAY_WORDS.iter().position(|w| *w == word).and_then(|i| i64::try_from(i + 1).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(text: &str) -> Vec<String> {
        find(text).iter().map(|f| format!("{} {:?}", f.date, f.grain)).collect()
    }

    #[test]
    fn dates_in_every_usual_form_are_read() {
        for text in [
            "june 30, 2025",
            "30 june 2025",
            "june 30th, 2025",
            "the thirtieth day of june, 2025",
            "30th day of june 2025",
            "6/30/2025",
            "6/30/25",
            "06-30-2025",
            "2025-06-30",
            "jun. 30, 2025",
        ] {
            assert_eq!(show(text), ["2025-06-30 Day"], "{text}");
        }
    }

    #[test]
    fn a_date_that_a_scanner_misread_is_read() {
        assert_eq!(show("august 17, 202o"), ["2020-08-17 Day"]);
        assert_eq!(show("june 3o, 2o2l"), ["2021-06-30 Day"]);
    }

    #[test]
    fn months_and_school_years_are_read() {
        assert_eq!(show("september 2018"), ["2018-09-30 Month"]);
        assert_eq!(show("the 2026-2027 school year"), ["2027-08-31 SchoolYear"]);
        assert_eq!(show("for 2026-27"), ["2027-08-31 SchoolYear"]);
    }

    #[test]
    fn numbers_that_are_no_dates_are_left_alone() {
        assert!(show("standard 44.2.4, 603 cmr 23.00, 31-12-99 tons, 13/45/2026, 911").is_empty());
    }
}
