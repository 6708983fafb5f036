//! Numbers as list labels show them.

/// How a list level writes its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Numeral {
    /// 1, 2, 3
    Decimal,
    /// a, b, … z, aa, bb
    Letter { upper: bool },
    /// i, ii, iii
    Roman { upper: bool },
}

impl Numeral {
    /// The form that OpenDocument and HTML name `1`, `a`, `A`, `i` or `I`.
    pub fn of_sample(sample: &str) -> Option<Self> {
        Some(match sample {
            "1" => Self::Decimal,
            "a" => Self::Letter { upper: false },
            "A" => Self::Letter { upper: true },
            "i" => Self::Roman { upper: false },
            "I" => Self::Roman { upper: true },
            _ => return None,
        })
    }

    /// The number in this form.
    pub fn write(self, number: u32) -> String {
        let (text, upper) = match self {
            Self::Letter { upper } if (1..=26 * 30).contains(&number) => (letter(number), upper),
            Self::Roman { upper } if (1..4000).contains(&number) => (roman(number), upper),
            _ => return number.to_string(),
        };
        if upper { text.to_uppercase() } else { text }
    }
}

/// After z comes aa, then bb, as word processors count.
fn letter(number: u32) -> String {
    let letter = char::from_u32('a' as u32 + (number - 1) % 26).unwrap_or('a');
    std::iter::repeat_n(letter, ((number - 1) / 26 + 1) as usize).collect()
}

fn roman(mut number: u32) -> String {
    const DIGITS: [(u32, &str); 13] = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    let mut text = String::new();
    for (value, digits) in DIGITS {
        while number >= value {
            text.push_str(digits);
            number -= value;
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_word_processors_do() {
        let write = |sample, n| Numeral::of_sample(sample).expect("sample").write(n);
        assert_eq!(
            [write("1", 12), write("a", 3), write("A", 28), write("i", 14), write("I", 8)],
            ["12", "c", "BB", "xiv", "VIII"]
        );
        assert_eq!([write("a", 0), write("I", 4000)], ["0", "4000"]);
    }
}
