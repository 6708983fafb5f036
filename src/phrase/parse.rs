//! Reads a phrase into a tree.

use std::collections::BTreeMap;
use std::sync::Arc;
use thiserror::Error;

/// Named phrases that other phrases may use as `{name}`.
pub type Vocabulary = BTreeMap<String, Arc<Phrase>>;

/// Words that `...` may stand for when no number is given.
const GAP: u8 = 8;
/// The widest gap that a phrase may ask for.
const WIDEST_GAP: u8 = 40;
/// The deepest nesting of groups and vocabulary entries.
const DEPTH: usize = 16;

/// A part of a phrase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Node {
    /// Exactly this word, lower case.
    Word(String),
    /// A word with this beginning.
    Prefix(String),
    /// A number in figures.
    Number,
    /// A number in figures or words, from the first value to the second.
    Amount(u32, u32),
    /// A blank to fill in.
    Blank,
    /// Up to so many words.
    Gap(u8),
    /// One of several sequences.
    Choice(Vec<Vec<Node>>),
    /// A sequence that may be absent.
    Optional(Vec<Vec<Node>>),
    /// A vocabulary entry.
    Entry(String),
}

/// A phrase as written, with its tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phrase {
    /// As written in the pack.
    pub source: String,
    /// The alternatives, each a sequence.
    pub choices: Vec<Vec<Node>>,
}

/// What is wrong with a phrase.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PhraseError {
    /// Nothing to look for.
    #[error("a phrase needs at least one word in every alternative: `{0}`")]
    Empty(String),
    /// A bracket without its partner.
    #[error("`{bracket}` has no partner in the phrase `{phrase}`")]
    Unbalanced {
        /// The bracket.
        bracket: char,
        /// The phrase.
        phrase: String,
    },
    /// A sign that the language does not know.
    #[error(
        "`{sign}` has no meaning in the phrase `{phrase}`; write plain words, `word*`, `(a | b)`, `[optional]`, `...`, `#`, `#12+`, `____` or `{{entry}}`"
    )]
    Sign {
        /// The sign.
        sign: char,
        /// The phrase.
        phrase: String,
    },
    /// A gap that is too wide.
    #[error("a gap may be at most {WIDEST_GAP} words: `{0}`")]
    Gap(String),
    /// A number that is none, or a range that goes down.
    #[error("after `#` stands a number, `#12`, a least one, `#12+`, or two in order, `#1-11`: `{0}`")]
    Amount(String),
    /// A vocabulary entry that is not there.
    #[error("there is no vocabulary entry `{name}`{}", hint(.nearest))]
    Entry {
        /// The name asked for.
        name: String,
        /// The name most like it.
        nearest: Option<String>,
    },
    /// An entry that leads to itself, or groups nested too deep.
    #[error("the phrase `{0}` is nested too deep, or a vocabulary entry uses itself")]
    Depth(String),
    /// A phrase whose expansion is too large.
    #[error("the phrase `{0}` becomes too large when its vocabulary is filled in")]
    Size(String),
    /// All phrases together are too large.
    #[error("the phrases of the pack become too large together when their vocabulary is filled in")]
    Total,
}

fn hint(nearest: &Option<String>) -> String {
    nearest.as_ref().map_or_else(String::new, |name| format!("; did you mean `{name}`?"))
}

impl Phrase {
    /// Reads a phrase.
    ///
    /// # Errors
    /// What is wrong with the phrase, in words for the author of a pack.
    pub fn parse(source: &str) -> Result<Self, PhraseError> {
        let mut parser = Parser { source, rest: source, depth: 0 };
        let choices = parser.choices(None)?;
        Ok(Self { source: source.to_owned(), choices })
    }
}

struct Parser<'a> {
    source: &'a str,
    rest: &'a str,
    depth: usize,
}

impl<'s> Parser<'s> {
    fn choices(&mut self, close: Option<char>) -> Result<Vec<Vec<Node>>, PhraseError> {
        self.depth += 1;
        if self.depth > DEPTH {
            return Err(PhraseError::Depth(self.source.to_owned()));
        }
        let mut choices = vec![Vec::new()];
        loop {
            self.rest = self.rest.trim_start();
            let Some(sign) = self.rest.chars().next() else {
                if let Some(bracket) = close {
                    return Err(PhraseError::Unbalanced { bracket, phrase: self.source.to_owned() });
                }
                break;
            };
            if Some(sign) == close {
                self.rest = &self.rest[sign.len_utf8()..];
                break;
            }
            if sign == '|' {
                self.rest = &self.rest[1..];
                choices.push(Vec::new());
            } else {
                let node = self.node(sign)?;
                if let Some(last) = choices.last_mut() {
                    last.extend(node);
                }
            }
        }
        self.depth -= 1;
        if choices.iter().any(|c| !c.iter().any(|n| !matches!(n, Node::Gap(_)))) {
            return Err(PhraseError::Empty(self.source.to_owned()));
        }
        Ok(choices)
    }

    /// One item; a word with a hyphen or apostrophe gives several words, as the text does.
    fn node(&mut self, sign: char) -> Result<Vec<Node>, PhraseError> {
        let source = || self.source.to_owned();
        match sign {
            '(' => {
                self.rest = &self.rest[1..];
                Ok(vec![Node::Choice(self.choices(Some(')'))?)])
            }
            '[' => {
                self.rest = &self.rest[1..];
                Ok(vec![Node::Optional(self.choices(Some(']'))?)])
            }
            ')' | ']' | '}' => Err(PhraseError::Unbalanced { bracket: sign, phrase: source() }),
            '{' => {
                let end =
                    self.rest.find('}').ok_or_else(|| PhraseError::Unbalanced { bracket: '{', phrase: source() })?;
                let name = self.rest[1..end].trim().to_owned();
                self.rest = &self.rest[end + 1..];
                Ok(vec![Node::Entry(name)])
            }
            '#' => {
                self.rest = &self.rest[1..];
                self.amount().map(|node| vec![node])
            }
            '.' => {
                let after =
                    self.rest.strip_prefix("...").ok_or_else(|| PhraseError::Sign { sign, phrase: source() })?;
                let digits = after.bytes().take_while(u8::is_ascii_digit).count();
                let width = if digits == 0 { Ok(GAP) } else { after[..digits].parse() };
                self.rest = &after[digits..];
                match width {
                    Ok(width) if width <= WIDEST_GAP => Ok(vec![Node::Gap(width)]),
                    _ => Err(PhraseError::Gap(source())),
                }
            }
            '_' => {
                self.rest = self.rest.trim_start_matches('_');
                Ok(vec![Node::Blank])
            }
            _ if is_word(sign) => Ok(self.words()),
            '-' | '\'' | ',' => {
                self.rest = &self.rest[1..];
                Ok(Vec::new())
            }
            _ => Err(PhraseError::Sign { sign, phrase: source() }),
        }
    }

    /// What stands after `#`: nothing, `12`, `12+` or `1-11`.
    fn amount(&mut self) -> Result<Node, PhraseError> {
        let Some(low) = self.digits() else { return Ok(Node::Number) };
        let high = if let Some(rest) = self.rest.strip_prefix('+') {
            self.rest = rest;
            Some("4294967295")
        } else if let Some(rest) = self.rest.strip_prefix('-') {
            self.rest = rest;
            self.digits()
        } else {
            Some(low)
        };
        let range = high.and_then(|high| Some((low.parse().ok()?, high.parse().ok()?)));
        match range {
            Some((low, high)) if low <= high && !self.rest.starts_with(is_word) => Ok(Node::Amount(low, high)),
            _ => Err(PhraseError::Amount(self.source.to_owned())),
        }
    }

    fn digits(&mut self) -> Option<&'s str> {
        let (digits, rest) = self.rest.split_at(self.rest.bytes().take_while(u8::is_ascii_digit).count());
        self.rest = rest;
        (!digits.is_empty()).then_some(digits)
    }

    fn words(&mut self) -> Vec<Node> {
        let end = self.rest.find(|c| !is_word(c)).unwrap_or(self.rest.len());
        let word = self.rest[..end].to_lowercase();
        self.rest = &self.rest[end..];
        if let Some(rest) = self.rest.strip_prefix('*') {
            self.rest = rest;
            vec![Node::Prefix(word)]
        } else {
            vec![Node::Word(word)]
        }
    }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '§' || c == '$' || c == '%'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_choices_and_gaps_are_read() {
        let phrase = Phrase::parse("(take* | took) into custody ...3 [the] # | arrest*").expect("phrase");
        assert_eq!(phrase.choices.len(), 2);
        assert_eq!(phrase.choices[1], vec![Node::Prefix("arrest".into())]);
        assert_eq!(phrase.choices[0][3], Node::Gap(3));
    }

    #[test]
    fn mistakes_are_named() {
        assert!(matches!(Phrase::parse("(a | b"), Err(PhraseError::Unbalanced { .. })));
        assert!(matches!(Phrase::parse("a | "), Err(PhraseError::Empty(_))));
        assert!(matches!(Phrase::parse("a ...90 b"), Err(PhraseError::Gap(_))));
        for wrong in ["#12-8 hours", "#12- hours", "#12th", "#99999999999"] {
            assert!(matches!(Phrase::parse(wrong), Err(PhraseError::Amount(_))), "{wrong}");
        }
        assert!(matches!(Phrase::parse("a + b"), Err(PhraseError::Sign { sign: '+', .. })));
    }
}
