//! Numbers in figures and in words, `24` and `twenty-four`.

/// What one word adds to a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// `24`.
    Figures(u32),
    /// `one` to `nineteen`.
    Ones(u32),
    /// `twenty` to `ninety`.
    Tens(u32),
    /// `hundred`.
    Hundred,
}

const ONES: [&str; 19] = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

/// What a word in small letters adds to a number.
pub fn part(word: &str) -> Option<Part> {
    if word.starts_with(|c: char| c.is_ascii_digit()) {
        return word.parse().ok().map(Part::Figures);
    }
    let at = |list: &[&str]| list.iter().position(|w| *w == word).and_then(|i| u32::try_from(i + 1).ok());
    let tens = || at(&TENS).map(|n| Part::Tens(n * 10 + 10));
    at(&ONES).map(Part::Ones).or_else(tens).or((word == "hundred").then_some(Part::Hundred))
}

/// The number that begins at the first of some words, and of how many words it is made.
pub fn read(word: impl Fn(usize) -> Option<Part>) -> Option<(u32, usize)> {
    let small = |at: usize| match (word(at), word(at + 1)) {
        (Some(Part::Tens(tens)), Some(Part::Ones(ones))) if ones < 10 => Some((tens + ones, 2)),
        (Some(Part::Tens(n) | Part::Ones(n)), _) => Some((n, 1)),
        _ => None,
    };
    match (word(0)?, word(1)) {
        (Part::Figures(n), _) => Some((n, 1)),
        (Part::Ones(hundreds), Some(Part::Hundred)) if hundreds < 10 => {
            let (rest, words) = small(2).unwrap_or_default();
            Some((hundreds * 100 + rest, 2 + words))
        }
        _ => small(0),
    }
}

/// The value of a number written as one word or with hyphens.
pub fn value(text: &str) -> Option<u32> {
    let parts: Vec<Option<Part>> = text.split(['-', ' ']).map(part).collect();
    read(|at| parts.get(at).copied().flatten()).filter(|(_, words)| *words == parts.len()).map(|(value, _)| value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_in_figures_and_in_words() {
        for (text, expected) in [
            ("12", Some(12)),
            ("twelve", Some(12)),
            ("twenty-four", Some(24)),
            ("one hundred twenty", Some(120)),
            ("two hundred", Some(200)),
            ("forty eleven", None),
            ("hundred", None),
            ("1st", None),
            ("some", None),
            ("99999999999", None),
        ] {
            assert_eq!(value(text), expected, "{text}");
        }
    }
}
