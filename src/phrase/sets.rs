//! The distinct sets of words that phrases choose from or need.

use super::WordId;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::sync::Arc;

/// A set of words.
pub(super) type SetId = u32;

/// For every word the sets that it is in.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
pub(super) struct Holding {
    sets: Vec<SetId>,
    /// For every word where its sets end.
    ends: Vec<u32>,
    /// How many sets there are.
    count: usize,
}

impl Holding {
    /// The sets that a word is in.
    pub fn of(&self, word: WordId) -> &[SetId] {
        let start = word.checked_sub(1).map_or(0, |before| self.ends[before as usize]);
        &self.sets[start as usize..self.ends[word as usize] as usize]
    }

    /// How many words there are.
    pub fn words(&self) -> usize {
        self.ends.len()
    }

    /// How many sets there are.
    pub fn sets(&self) -> usize {
        self.count
    }

    /// For every set how common its words are together, if they are so common each.
    pub fn weights(&self, common: &[u32]) -> Vec<u32> {
        let mut weights = vec![0; self.count];
        for (word, common) in (0..).zip(common).filter(|(_, common)| **common > 0) {
            self.of(word).iter().for_each(|set| weights[*set as usize] += common);
        }
        weights
    }

    /// The same with some sets only, and for some words only.
    pub fn only(&self, sets: &[bool], common: &[u32]) -> Self {
        let mut some = Self { count: self.count, ..Self::default() };
        for (word, common) in (0..).zip(common) {
            if *common > 0 {
                some.sets.extend(self.of(word).iter().filter(|set| sets[**set as usize]));
            }
            some.ends.push(u32::try_from(some.sets.len()).unwrap_or(u32::MAX));
        }
        some
    }
}

/// Collects sets, each once.
#[derive(Debug, Default)]
pub(super) struct SetsBuilder {
    known: HashMap<Arc<[WordId]>, SetId>,
    sets: Vec<Arc<[WordId]>>,
}

impl SetsBuilder {
    /// The set of these words.
    pub fn intern(&mut self, mut words: Vec<WordId>) -> SetId {
        words.sort_unstable();
        words.dedup();
        if let Some(known) = self.known.get(&words[..]) {
            return *known;
        }
        let id = SetId::try_from(self.sets.len()).unwrap_or(SetId::MAX);
        let words: Arc<[WordId]> = words.into();
        self.sets.push(Arc::clone(&words));
        self.known.insert(words, id);
        id
    }

    /// The words of a set, in order.
    pub fn words(&self, set: SetId) -> &[WordId] {
        &self.sets[set as usize]
    }

    /// For so many words the sets that each is in.
    pub fn build(self, words: usize) -> Holding {
        let mut of_words = vec![Vec::new(); words];
        for (id, set) in (0..).zip(&self.sets) {
            set.iter().for_each(|word| of_words[*word as usize].push(id));
        }
        let mut holding = Holding { count: self.sets.len(), ..Holding::default() };
        for sets in of_words {
            holding.sets.extend(sets);
            holding.ends.push(u32::try_from(holding.sets.len()).unwrap_or(u32::MAX));
        }
        holding
    }
}
