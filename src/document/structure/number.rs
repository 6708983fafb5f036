//! Numbers and bullets at the start of a paragraph, as people type them and as scanners misread them.

use super::numeral::{decimal, is_digits, letter, ordinal, roman, spelled};

/// How a number is written; two markers of one style are siblings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Style {
    /// `Part Two`, `Chapter 6`, `Appendix A`.
    Part,
    /// `ARTICLE 7.`
    Article,
    /// `SECTION 3.`
    Section,
    /// `VIII.`
    Roman,
    /// `A.`
    Upper,
    /// `3.`, `3.2`, `3.2.1`: how many numbers.
    Decimal(u8),
    /// `a.`
    Lower,
    /// `iv.`
    LowerRoman,
    /// `(1)` or `1)`
    ParenDigit,
    /// `(A)`
    ParenUpper,
    /// `(a)` or `a)`
    ParenLower,
    /// `(iv)` or `iv)`
    ParenRoman,
    /// `P-1.`: which letter.
    Coded(char),
    /// `•`, `-`, `·`: which sign.
    Bullet(char),
}

impl Style {
    /// Place in the usual order of outlines: Part > Article > I > A > 1 > 1.1 > a > (1) > (a) > bullet.
    pub fn rank(self) -> u8 {
        match self {
            Self::Part => 0,
            Self::Article => 1,
            Self::Section => 2,
            Self::Roman => 3,
            Self::Upper | Self::Coded(_) => 4,
            Self::Decimal(depth) => 4 + depth.min(8),
            Self::Lower | Self::LowerRoman => 13,
            Self::ParenUpper | Self::ParenDigit => 14,
            Self::ParenLower => 15,
            Self::ParenRoman => 16,
            Self::Bullet(_) => 17,
        }
    }
}

/// A number or bullet with what it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Marker {
    pub style: Style,
    /// Its place among its siblings, from 1; a bullet has 0.
    pub ordinal: u32,
    /// `I.` is one, or the letter after H: the other reading of a letter that is also a Roman number.
    pub other: Option<(Style, u32)>,
    /// The number without punctuation.
    pub number: String,
    /// Bytes of the marker, punctuation included, white space after it not.
    pub len: usize,
    /// Whether punctuation ends it. `Section 3 of the order` has none.
    pub closed: bool,
}

impl Marker {
    /// The marker at the start of a text, which must not start with white space.
    pub fn parse(text: &str) -> Option<Self> {
        let first = text.chars().next()?;
        match first {
            '(' => bracketed(text),
            '[' | '☐' | '☑' | '☒' => checkbox(text),
            '0'..='9' | 'A'..='Z' | 'a'..='z' => keyword(text).or_else(|| coded(text)).or_else(|| plain(text)),
            _ => bullet(text, first),
        }
    }

    fn new(style: Style, ordinal: u32, number: &str, len: usize) -> Self {
        Self { style, ordinal, other: None, number: number.to_owned(), len, closed: true }
    }
}

const BULLETS: &str = "•·▪▫◦●○■□◆◇➢➤✓✔∙⁃‣*–—-\u{f0b7}\u{f0a7}\u{f076}";

fn bullet(text: &str, first: char) -> Option<Marker> {
    let rest = &text[first.len_utf8()..];
    let apart = rest.starts_with(char::is_whitespace);
    let sure = !matches!(first, '*' | '-' | '–' | '—');
    let worded = rest.trim_start().starts_with(|c: char| c.is_alphanumeric() || "(\"“[$_§".contains(c));
    (BULLETS.contains(first) && worded && (apart || sure))
        .then(|| Marker { number: String::new(), ..Marker::new(Style::Bullet(first), 0, "", first.len_utf8()) })
}

/// A box to be ticked: `[X]`, `[ ]`, `☐`.
fn checkbox(text: &str) -> Option<Marker> {
    let sign = ["[X]", "[x]", "[ ]", "[]", "☐", "☑", "☒"].into_iter().find(|sign| text.starts_with(sign))?;
    let apart = text[sign.len()..].starts_with(char::is_whitespace);
    apart.then(|| Marker { number: String::new(), ..Marker::new(Style::Bullet('☐'), 0, "", sign.len()) })
}

/// `(a)`, `(iv)`, `(12)`; a scanner may read the second bracket as a brace.
fn bracketed(text: &str) -> Option<Marker> {
    let close = text.char_indices().take(8).find(|(_, c)| matches!(c, ')' | '}'))?.0;
    let inner = &text[1..close];
    if text[close + 1..].starts_with(|c: char| c.is_alphanumeric() && !c.is_uppercase()) {
        return None;
    }
    in_brackets(inner, close + 1)
}

fn in_brackets(inner: &str, len: usize) -> Option<Marker> {
    if inner.bytes().all(|b| b.is_ascii_digit()) {
        return inner
            .parse()
            .ok()
            .filter(|n| (1..200).contains(n))
            .map(|n| Marker::new(Style::ParenDigit, n, inner, len));
    }
    let letter = letter(inner);
    if let Some(ordinal) = roman(inner) {
        let (style, as_letter) = match inner.starts_with(char::is_uppercase) {
            true => (Style::ParenUpper, Style::ParenUpper),
            false => (Style::ParenRoman, Style::ParenLower),
        };
        let other = letter.map(|n| (as_letter, n));
        return Some(Marker { other, ..Marker::new(style, ordinal, inner, len) });
    }
    let upper = inner.starts_with(char::is_uppercase);
    letter.map(|n| Marker::new(if upper { Style::ParenUpper } else { Style::ParenLower }, n, inner, len))
}

/// `ARTICLE 7.`, `Section 3`, `Part Two:`.
fn keyword(text: &str) -> Option<Marker> {
    let word_end = text.find(char::is_whitespace)?;
    let style = match straight(&text[..word_end]).as_str() {
        "article" => Style::Article,
        "section" | "sec." | "sect." => Style::Section,
        "part" | "chapter" | "division" | "appendix" | "exhibit" | "attachment" | "annex" => Style::Part,
        _ => return None,
    };
    let rest = &text[word_end..];
    let number_start = text.len() - rest.trim_start().len();
    let rest = &text[number_start..];
    let token = &rest[..rest.find(|c: char| !c.is_alphanumeric() && c != '.').unwrap_or(rest.len())];
    let number = token.trim_end_matches('.');
    // `Section two of the order` is prose, `Part Two` a heading.
    let ordinal = ordinal(number).filter(|_| number.len() < 3 || !number.starts_with(char::is_lowercase))?;
    let after = &rest[number.len()..];
    let closed = after.is_empty() || after.starts_with(['.', ':', '\u{2013}', '\u{2014}', '-', '\t']) || {
        let gap = after.trim_start_matches(' ');
        after.starts_with("  ") || gap.starts_with(['\u{2013}', '\u{2014}', '-', ':'])
    };
    let trimmed = after.trim_start_matches(['.', ':', ' ', '\u{2013}', '\u{2014}', '-']);
    let len = text.len() - trimmed.len();
    let len = text[..len].trim_end().len();
    let shown = if style == Style::Part { &text[..number_start + number.len()] } else { number };
    Some(Marker { closed, ..Marker::new(style, ordinal, shown, len) })
}

/// A keyword as a scanner may have read it, made plain: `SECTI0N`, `ARTlCLE`.
fn straight(word: &str) -> String {
    word.chars()
        .take(12)
        .map(|c| if c == '0' { 'o' } else { c.to_ascii_lowercase() })
        .collect::<String>()
        .replace("tlc", "tic")
}

/// `P-1.`
fn coded(text: &str) -> Option<Marker> {
    let (number, rest) = text.get(..8.min(text.len())).unwrap_or_default().split_once('.')?;
    let (letter, digits) = number.split_once('-')?;
    let sign = letter.chars().next().filter(|c| c.is_ascii_uppercase() && letter.len() == 1)?;
    let apart = rest.is_empty() || rest.starts_with(char::is_whitespace);
    let ordinal = digits.parse().ok().filter(|_| is_digits(digits) && apart)?;
    Some(Marker::new(Style::Coded(sign), ordinal, number, number.len() + 1))
}

/// `VIII.`, `A.`, `3.`, `3.2`, `b)`, `lO.`, `4,`
fn plain(text: &str) -> Option<Marker> {
    let token_end = text.find(|c: char| !c.is_ascii_alphanumeric() && c != '.').unwrap_or(text.len()).min(16);
    let token = &text[..token_end];
    let number = token.trim_end_matches('.');
    // `I.PURPOSE:` has no space, `U.S.` is no number.
    let (number, glued) = match number.split_once('.') {
        Some((first, rest)) if !rest.starts_with(|c: char| c.is_ascii_digit()) && !is_digits(rest) => {
            (first, shouted(&text[first.len() + 1..]))
        }
        _ => (number, false),
    };
    let after = &text[number.len()..];
    let (closer, len) = closer(after)?;
    let rest = &after[len..];
    if !(glued || rest.is_empty() || rest.starts_with(char::is_whitespace)) || initials(rest) {
        return None;
    }
    let marker = numbered(number, closer)?;
    let comma_fits = closer != ',' || shouted(rest.trim_start());
    comma_fits.then(|| Marker { len: number.len() + len, ..marker })
}

/// The punctuation that closes a number and its length; none is a space.
fn closer(after: &str) -> Option<(char, usize)> {
    let spaces = after.len() - after.trim_start_matches(' ').len();
    let next = after[spaces..].chars().next();
    match next {
        Some(c @ ('.' | ')' | ',' | ':')) if spaces <= 1 => Some((c, spaces + 1)),
        Some(c @ ('\u{2013}' | '\u{2014}' | '-')) if spaces == 1 => Some((c, spaces + c.len_utf8())),
        None => Some((' ', 0)),
        Some(c) if c.is_whitespace() || spaces > 0 => Some((' ', 0)),
        _ => None,
    }
}

fn numbered(number: &str, closer: char) -> Option<Marker> {
    if let Some(parts) = decimal(number) {
        let depth = if parts.len() == 2 && parts[1] == 0 { 1 } else { parts.len() };
        let ordinal = if depth == 1 { parts[0] } else { parts[parts.len() - 1] };
        let style = if closer == ')' { Style::ParenDigit } else { Style::Decimal(u8::try_from(depth).ok()?) };
        // A lone number needs a sign after it; `3.2` does not.
        let shown = parts.iter().map(u32::to_string).collect::<Vec<_>>().join(".");
        return (parts.len() > 1 || closer != ' ').then(|| Marker::new(style, ordinal, &shown, 0));
    }
    if closer == ' ' || closer == ',' {
        return None;
    }
    if closer == ')' {
        return in_brackets(number, 0);
    }
    let upper = number.starts_with(char::is_uppercase);
    let letter = letter(number);
    match roman(number) {
        Some(ordinal) => {
            let (style, as_letter) =
                if upper { (Style::Roman, Style::Upper) } else { (Style::LowerRoman, Style::Lower) };
            let shown = if upper { spelled(ordinal) } else { number.to_owned() };
            Some(Marker { other: letter.map(|n| (as_letter, n)), ..Marker::new(style, ordinal, &shown, 0) })
        }
        None if closer == '.' || (upper && closer != ':') => {
            letter.map(|n| Marker::new(if upper { Style::Upper } else { Style::Lower }, n, number, 0))
        }
        None => None,
    }
}

/// Whether another initial follows, as in `T. Q. Lorrimer`.
fn initials(rest: &str) -> bool {
    let mut chars = rest.trim_start().chars();
    matches!((chars.next(), chars.next()), (Some(a), Some('.')) if a.is_uppercase())
}

/// Whether a text starts with a word of two or more capitals.
fn shouted(text: &str) -> bool {
    let word: Vec<char> = text.chars().take_while(|c| c.is_alphanumeric()).collect();
    word.len() > 1 && word.iter().filter(|c| c.is_lowercase()).count() * 3 <= word.len() && !word[0].is_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<(Style, u32, String, usize)> {
        Marker::parse(text).map(|m| (m.style, m.ordinal, m.number, m.len))
    }

    #[test]
    fn every_way_of_numbering_is_read() {
        let cases = [
            ("VIII. Training", Style::Roman, 8, "VIII", 5),
            ("I.PURPOSE: The", Style::Roman, 1, "I", 2),
            ("A. Guiding rule.", Style::Upper, 1, "A", 2),
            ("3.2 Training", Style::Decimal(2), 2, "3.2", 3),
            ("31.11  BY WAY", Style::Decimal(2), 11, "31.11", 5),
            ("1.0 Purpose", Style::Decimal(1), 1, "1.0", 3),
            ("ARTICLE 7. QUALIFICATION", Style::Article, 7, "7", 10),
            ("Article IV", Style::Article, 4, "IV", 10),
            ("SECTI0N 9.  TRAINING", Style::Section, 9, "9", 10),
            ("Part Two: Operating", Style::Part, 2, "Part Two", 9),
            ("(iv) strategies", Style::ParenRoman, 4, "iv", 4),
            ("(c} To see", Style::ParenLower, 3, "c", 3),
            ("1) one", Style::ParenDigit, 1, "1", 2),
            ("b. two", Style::Lower, 2, "b", 2),
            ("• dot", Style::Bullet('•'), 0, "", 3),
        ];
        for (text, style, ordinal, number, len) in cases {
            assert_eq!(read(text), Some((style, ordinal, number.to_owned(), len)), "{text}");
        }
    }

    #[test]
    fn scanned_numbers_are_read() {
        assert_eq!(read("lO. SEARCHES").map(|m| (m.0, m.1)), Some((Style::Decimal(1), 10)));
        assert_eq!(read("ll. QUESTlONlNG").map(|m| (m.0, m.1)), Some((Style::Decimal(1), 11)));
        assert_eq!(read("l3. EVALUATl0N").map(|m| (m.0, m.1)), Some((Style::Decimal(1), 13)));
        assert_eq!(read("4, UNlFORM").map(|m| (m.0, m.1)), Some((Style::Decimal(1), 4)));
        assert_eq!(read("7 . ClTATlONS").map(|m| (m.0, m.1)), Some((Style::Decimal(1), 7)));
        assert_eq!(read("Ii. TERM").map(|m| (m.0, m.1)), Some((Style::Roman, 2)));
        assert_eq!(read("IIl. TERM").map(|m| (m.0, m.1)), Some((Style::Roman, 3)));
    }

    #[test]
    fn words_years_times_and_initials_are_no_markers() {
        for text in [
            "T. Q. Lorrimer",
            "U.S. Attorney",
            "2023. The",
            "7:15 A.M.",
            "G.O. 44-06",
            "I am",
            "A student",
            "20 U.S.C.",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn a_letter_that_is_also_a_roman_number_has_both_readings() {
        let marker = Marker::parse("I. Distribution").expect("marker");
        assert_eq!((marker.style, marker.other), (Style::Roman, Some((Style::Upper, 9))));
    }
}
