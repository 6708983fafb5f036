//! The tokens of Rich Text Format.

/// What stands next in an RTF file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// `{`
    Open,
    /// `}`
    Close,
    /// `\word` or `\word123`
    Word(&'a str, Option<i32>),
    /// `\` and a character that is no letter.
    Symbol(u8),
    /// A byte of text, written as itself or as `\'hh`.
    Byte(u8),
}

/// Cuts RTF into tokens; binary data is skipped.
#[derive(Debug)]
pub(super) struct Tokens<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Tokens<'a> {
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    fn word(&mut self) -> Token<'a> {
        let is = |at: usize, test: fn(&u8) -> bool| self.bytes.get(at).is_some_and(test);
        let start = self.at;
        let mut end = start;
        while is(end, u8::is_ascii_alphabetic) {
            end += 1;
        }
        let word = std::str::from_utf8(&self.bytes[start..end]).unwrap_or_default();
        let negative = is(end, |b| *b == b'-') && is(end + 1, u8::is_ascii_digit);
        let mut at = end + usize::from(negative);
        let digits = at;
        let mut number = 0i64;
        while is(at, u8::is_ascii_digit) {
            number = (number * 10 + i64::from(self.bytes[at] - b'0')).min(i64::from(i32::MAX));
            at += 1;
        }
        let parameter = (at > digits).then(|| i32::try_from(if negative { -number } else { number }).unwrap_or(0));
        // One space after a word belongs to it.
        at += usize::from(is(at, |b| *b == b' '));
        if word == "bin" {
            at = at.saturating_add(usize::try_from(parameter.unwrap_or(0)).unwrap_or(0)).min(self.bytes.len());
        }
        self.at = at;
        Token::Word(word, parameter)
    }

    fn hex(&mut self) -> Option<Token<'a>> {
        let digits = std::str::from_utf8(self.bytes.get(self.at..self.at + 2)?).ok()?;
        let byte = u8::from_str_radix(digits, 16).ok()?;
        self.at += 2;
        Some(Token::Byte(byte))
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            let byte = *self.bytes.get(self.at)?;
            self.at += 1;
            match byte {
                b'{' => return Some(Token::Open),
                b'}' => return Some(Token::Close),
                b'\r' | b'\n' | 0 => {}
                b'\\' => {
                    let next = *self.bytes.get(self.at)?;
                    if next.is_ascii_alphabetic() {
                        return Some(self.word());
                    }
                    self.at += 1;
                    match next {
                        b'\'' => {
                            if let Some(byte) = self.hex() {
                                return Some(byte);
                            }
                        }
                        symbol => return Some(Token::Symbol(symbol)),
                    }
                }
                byte => return Some(Token::Byte(byte)),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Token::*;
    use super::*;

    #[test]
    fn words_parameters_hex_and_binary_are_cut() {
        let tokens: Vec<_> = Tokens::new(b"{\\b0 x\\u-42?\\'e9\\bin3 {}}\\*\\par\ny}").collect();
        let expected = [
            Open,
            Word("b", Some(0)),
            Byte(b'x'),
            Word("u", Some(-42)),
            Byte(b'?'),
            Byte(0xe9),
            Word("bin", Some(3)),
            Symbol(b'*'),
            Word("par", None),
            Byte(b'y'),
            Close,
        ];
        assert_eq!(tokens, expected);
    }

    #[test]
    fn endings_in_the_middle_are_the_end() {
        for cut in [&b"\\"[..], b"\\'", b"\\'f", b"\\bin99999999999 x", b"\\u"] {
            assert!(Tokens::new(cut).count() <= 1, "{cut:?}");
        }
    }
}
