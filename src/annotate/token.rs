//! Words of the document as the rules see them.

use crate::document::{Folded, Span};
use std::collections::HashMap;
use std::ops::Range;

/// Index into [`Symbols`].
pub type SymbolId = u32;

/// The distinct words of a document.
#[derive(Debug, Clone, Default)]
pub struct Symbols {
    names: Vec<String>,
    ids: HashMap<String, SymbolId>,
}

impl Symbols {
    /// The id of a word, new or known.
    pub fn intern(&mut self, word: &str) -> SymbolId {
        if let Some(id) = self.ids.get(word) {
            return *id;
        }
        let id = SymbolId::try_from(self.names.len()).unwrap_or(SymbolId::MAX);
        self.names.push(word.to_owned());
        self.ids.insert(word.to_owned(), id);
        id
    }

    /// The word of an id.
    pub fn name(&self, id: SymbolId) -> &str {
        self.names.get(id as usize).map_or("", String::as_str)
    }

    /// All words in the order of their ids.
    pub fn names(&self) -> &[String] {
        &self.names
    }
}

/// The punctuation that stands before a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Break {
    /// White space only.
    #[default]
    None,
    /// A hyphen, slash or apostrophe.
    Join,
    /// A quotation mark.
    Quote,
    /// A comma.
    Comma,
    /// A bracket.
    Bracket,
    /// A dash between words.
    Dash,
    /// A colon.
    Colon,
    /// A semicolon.
    Semicolon,
    /// A full stop inside a sentence (an abbreviation).
    Stop,
}

/// A word with its place.
#[derive(Debug, Clone, Copy)]
pub struct Token {
    /// The word, folded.
    pub symbol: SymbolId,
    /// Where it stands in the document.
    pub span: Span,
    /// What stands before it.
    pub before: Break,
}

/// A blank to fill in reads as this word.
pub const BLANK: &str = "____";

/// Splits a range of a folded text into words.
pub fn tokenize(folded: &Folded, range: Range<usize>, symbols: &mut Symbols, tokens: &mut Vec<Token>) {
    let text = &folded.text()[range.clone()];
    let bytes = text.as_bytes();
    let mut before = Break::None;
    let mut at = 0;
    while at < bytes.len() {
        let start = at;
        let c = text[at..].chars().next().unwrap_or(' ');
        if c.is_alphanumeric() || c == '§' || c == '$' || c == '%' {
            let len = text[at..].find(|c: char| !c.is_alphanumeric() && c != '§').unwrap_or(bytes.len() - at);
            at += len.max(c.len_utf8());
            at = contraction(text, start, at, folded, range.start, before, symbols, tokens);
            before = Break::None;
        } else if c == '_' {
            while bytes.get(at) == Some(&b'_') {
                at += 1;
            }
            let span = folded.span(range.start + start..range.start + at);
            tokens.push(Token { symbol: symbols.intern(BLANK), span, before });
            before = Break::None;
        } else {
            at += c.len_utf8();
            let spaced = start == 0 || bytes[start - 1] == b' ';
            before = before.max(punctuation(c, spaced));
        }
    }
}

/// Pushes a word, with `n't` as `not` and without a possessive; gives the position after it.
#[allow(clippy::too_many_arguments)]
fn contraction(
    text: &str,
    start: usize,
    end: usize,
    folded: &Folded,
    base: usize,
    before: Break,
    symbols: &mut Symbols,
    tokens: &mut Vec<Token>,
) -> usize {
    let word = &text[start..end];
    let tail = text[end..].strip_prefix('\'').map_or("", |t| {
        let len = t.find(|c: char| !c.is_alphanumeric()).unwrap_or(t.len());
        &t[..len]
    });
    let mut push = |word: &str, range: Range<usize>| {
        let span = folded.span(base + range.start..base + range.end);
        let before = if range.start == start { before } else { Break::None };
        tokens.push(Token { symbol: symbols.intern(word), span, before });
    };
    if tail == "t" && word.ends_with('n') {
        let stem = match word {
            "can" => "can",
            "won" => "will",
            "shan" => "shall",
            _ => &word[..word.len() - 1],
        };
        push(stem, start..end - 1);
        push("not", end - 1..end + 2);
        return end + 2;
    }
    if word == "cannot" {
        push("can", start..start + 3);
        push("not", start + 3..end);
        return end;
    }
    let verb = match tail {
        "ll" => Some("will"),
        "re" => Some("are"),
        "ve" => Some("have"),
        "d" => Some("would"),
        "m" => Some("am"),
        _ => None,
    };
    push(word, start..end);
    match (tail, verb) {
        ("s", _) => end + 2,
        (_, Some(verb)) => {
            push(verb, end..end + 1 + tail.len());
            end + 1 + tail.len()
        }
        _ => end,
    }
}

fn punctuation(c: char, spaced: bool) -> Break {
    match c {
        ',' => Break::Comma,
        ';' => Break::Semicolon,
        ':' => Break::Colon,
        '.' | '?' | '!' => Break::Stop,
        '(' | ')' | '[' | ']' | '{' | '}' => Break::Bracket,
        '"' => Break::Quote,
        '-' if spaced => Break::Dash,
        '-' | '/' | '\'' | '&' => Break::Join,
        _ => Break::None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        let folded = Folded::new(text, &[Span::new(0, text.len())]);
        let (mut symbols, mut tokens) = (Symbols::default(), Vec::new());
        tokenize(&folded, 0..folded.text().len(), &mut symbols, &mut tokens);
        tokens.iter().map(|t| symbols.name(t.symbol).to_owned()).collect()
    }

    #[test]
    fn words_are_split_and_contractions_spelt_out() {
        assert_eq!(
            words("The SRO’s role won't change; de-escalation, 20 U.S.C. § 1232g"),
            ["the", "sro", "role", "will", "not", "change", "de", "escalation", "20", "u", "s", "c", "§", "1232g"]
        );
        assert_eq!(
            words("You cannot; they’ll report to ______."),
            ["you", "can", "not", "they", "will", "report", "to", "____"]
        );
    }
}
