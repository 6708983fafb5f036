//! Phrases narrowed to the words of one document.
//!
//! A document holds a small part of the words that a pack knows. What asks for another word is left out once, before
//! the first sentence, instead of at every sentence.

use super::grammar::{Grammar, Part};
use super::matcher::Phrases;
use super::sets::Sets;
use std::sync::Arc;

impl Phrases {
    /// The phrases as far as they can stand in a text; `common` says how often each word of the lexicon stands there.
    pub fn narrowed(&self, common: &[u32]) -> Self {
        let sets = self.sets.only(|word| common[word as usize] > 0);
        let grammar = self.grammar.narrowed(&sets, common);
        let needs = self.needs.narrowed(&sets, common);
        Self { grammar, sets, needs, terms: Arc::clone(&self.terms) }
    }
}

impl Grammar {
    /// The same choices without the alternatives that cannot stand.
    fn narrowed(&self, sets: &Sets, common: &[u32]) -> Self {
        let mut narrow = Self::default();
        let mut stands = Vec::with_capacity(self.len());
        for choice in (0..).take(self.len()) {
            let can = |part: &Part| match *part {
                Part::Word(word) => common[word as usize] > 0,
                Part::OneOf(set) => !sets.words(set).is_empty(),
                // What a choice is made of comes before it.
                Part::Choice(inner) => stands[inner as usize],
                _ => true,
            };
            let alternatives = self.alternatives(choice).iter().map(|sequence| self.parts(sequence));
            let mut some = false;
            narrow.push(alternatives.filter(|parts| parts.iter().all(can)).inspect(|_| some = true));
            stands.push(some);
        }
        narrow
    }
}
