//! What a number says, whether Roman, a letter, digits or a word, also as a scanner misreads it.

use std::iter::successors;

/// The value of a number in any writing: `7`, `16A`, `IV`, `B`, `Two`.
pub(in crate::document) fn ordinal(number: &str) -> Option<u32> {
    const WORDS: [&str; 12] =
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
    let lower = number.to_ascii_lowercase();
    let word = WORDS.iter().position(|w| *w == lower).and_then(|i| u32::try_from(i + 1).ok());
    // `16A` comes after 16.
    let digits = number.strip_suffix(|c: char| c.is_ascii_uppercase()).filter(|n| is_digits(n)).unwrap_or(number);
    word.or_else(|| digits.parse().ok().filter(|n| *n < 200)).or_else(|| roman(number)).or_else(|| letter(number))
}

/// Whether a text is digits and nothing else.
pub(super) fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// `3.2`, and `lO` or `l3` as scanners write 10 and 13. A word or a lone letter is none.
pub(super) fn decimal(number: &str) -> Option<Vec<u32>> {
    let digit = |c: char| c.is_ascii_digit();
    let scanned = |c: char| digit(c) || matches!(c, 'l' | 'O' | 'o' | 'I');
    let likely = number.contains(digit) || matches!(number, "l" | "ll" | "lO" | "lo" | "lI" | "IO" | "Il");
    if !likely || !number.chars().all(|c| scanned(c) || c == '.') {
        return None;
    }
    let plain = |part: &str| part.replace(['l', 'I'], "1").replace(['O', 'o'], "0");
    let parts: Option<Vec<u32>> = number.split('.').map(|p| plain(p).parse().ok().filter(|n| *n < 200)).collect();
    parts.filter(|p| p.len() <= 6 && (p[0] > 0 || p.len() > 1))
}

/// The value of a Roman number; `l` and `1` may stand for I after a capital.
pub(super) fn roman(text: &str) -> Option<u32> {
    if text.is_empty() || text.len() > 7 {
        return None;
    }
    let upper = text.starts_with(|c: char| c.is_ascii_uppercase());
    let value = |c: char| match (upper, c) {
        (true, 'I' | 'l' | '1' | 'i') | (false, 'i') => Some(1),
        (true, 'V') | (false, 'v') => Some(5),
        (true, 'X') | (false, 'x') => Some(10),
        (true, 'L') | (false, 'l') => Some(50),
        _ => None,
    };
    let values: Vec<u32> = text.chars().map(value).collect::<Option<_>>()?;
    let pairs = values.iter().zip(values.iter().skip(1).chain([&0]));
    let total: i64 = pairs.map(|(v, next)| if v < next { -i64::from(*v) } else { i64::from(*v) }).sum();
    let total = u32::try_from(total).ok().filter(|n| (1..60).contains(n))?;
    // Only the proper spelling counts: `IIX` and `VX` are no numbers.
    (spelled(total).len() == text.len()).then_some(total)
}

/// The Roman number of a value below 60.
pub(super) fn spelled(number: u32) -> String {
    const SIGNS: [(u32, &str); 7] = [(50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")];
    let step = |left: &u32| SIGNS.iter().find(|(v, _)| v <= left).map(|(v, _)| left - v);
    let lefts: Vec<u32> = successors(Some(number), step).collect();
    lefts.iter().filter_map(|left| SIGNS.iter().find(|(v, _)| v <= left)).map(|(_, sign)| *sign).collect()
}

/// The place of a single letter in the alphabet.
pub(super) fn letter(text: &str) -> Option<u32> {
    let mut chars = text.chars();
    match (chars.next(), chars.next()) {
        (Some(c), None) if c.is_ascii_alphabetic() => Some(u32::from(c.to_ascii_lowercase()) - u32::from('a') + 1),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_proper_roman_numbers_are_read() {
        assert_eq!(
            ["IV", "xi", "XLIX", "IIl", "IIX", "VX", "IC"].map(roman),
            [Some(4), Some(11), Some(49), Some(3), None, None, None]
        );
    }

    #[test]
    fn every_roman_number_is_spelled_as_it_is_read() {
        assert!((1..60).all(|n| roman(&spelled(n)) == Some(n)));
    }

    #[test]
    fn ordinals_are_read_in_any_writing() {
        assert_eq!(
            ["7", "16A", "IV", "B", "Two", "word"].map(ordinal),
            [Some(7), Some(16), Some(4), Some(2), Some(2), None]
        );
    }
}
