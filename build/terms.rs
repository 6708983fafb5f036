//! Phrases as the numbers that they have in a matcher.

use crate::Result;
use crate::phrase::{Matcher, MatcherBuilder, Phrase, TermId, Vocabulary};
use serde_yaml::Value;

/// Gathers phrases for a matcher.
pub struct Terms {
    builder: MatcherBuilder,
    /// The phrases as written, by their numbers.
    written: Vec<String>,
}

impl Terms {
    /// For phrases that may use this vocabulary, a map of phrases.
    pub fn new(vocabulary: &Value) -> Result<Self> {
        let mut named = Vocabulary::new();
        for (name, phrase) in vocabulary.as_mapping().into_iter().flatten() {
            let (Some(name), Some(phrase)) = (name.as_str(), phrase.as_str()) else { continue };
            named.insert(name.to_owned(), Phrase::parse(phrase)?.into());
        }
        Ok(Self { builder: MatcherBuilder::new(named), written: Vec::new() })
    }

    /// Puts numbers in the place of a phrase, or of the phrases of a list.
    pub fn replace(&mut self, phrases: &mut Value) -> Result<()> {
        match phrases {
            Value::String(phrase) => *phrases = Value::from(self.add(phrase)?),
            Value::Sequence(list) => list.iter_mut().try_for_each(|phrase| self.replace(phrase))?,
            _ => return Err("a phrase is wanted".into()),
        }
        Ok(())
    }

    /// The same for a value of a map, if it is there.
    pub fn replace_in(&mut self, map: &mut Value, key: &str) -> Result<()> {
        map.get_mut(key).map_or(Ok(()), |phrases| self.replace(phrases))
    }

    fn add(&mut self, phrase: &str) -> Result<TermId> {
        let term = self.builder.add(&Phrase::parse(phrase)?)?;
        if term as usize == self.written.len() {
            self.written.push(phrase.to_owned());
        }
        Ok(term)
    }

    /// The matcher, and the phrases as written by their numbers.
    pub fn build(self) -> (Matcher, Vec<String>) {
        (self.builder.build(), self.written)
    }
}
