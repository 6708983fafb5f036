//! The distinct sets of words that phrases choose from.

use super::WordId;
use std::collections::HashMap;

/// A set of words in [`Sets`].
pub(super) type SetId = u32;

/// Sets of words.
#[derive(Debug, Clone, Default)]
pub(super) struct Sets {
    words: Vec<WordId>,
    /// For every set where its words end.
    ends: Vec<u32>,
}

impl Sets {
    /// Adds a set of words in order.
    fn push(&mut self, words: impl Iterator<Item = WordId>) {
        self.words.extend(words);
        self.ends.push(u32::try_from(self.words.len()).unwrap_or(u32::MAX));
    }

    /// The words of a set, in order.
    pub fn words(&self, set: SetId) -> &[WordId] {
        let start = set.checked_sub(1).map_or(0, |before| self.ends[before as usize]);
        &self.words[start as usize..self.ends[set as usize] as usize]
    }

    /// How many sets.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// The same sets with only some of their words.
    pub fn only(&self, keep: impl Fn(WordId) -> bool) -> Self {
        let mut kept = Self { words: Vec::with_capacity(self.words.len() / 4), ends: Vec::with_capacity(self.len()) };
        let mut start = 0;
        for end in &self.ends {
            kept.push(self.words[start..*end as usize].iter().copied().filter(|word| keep(*word)));
            start = *end as usize;
        }
        kept
    }
}

/// Collects sets, each once.
#[derive(Debug, Default)]
pub(super) struct SetsBuilder {
    known: HashMap<Vec<WordId>, SetId>,
    pub sets: Sets,
}

impl SetsBuilder {
    /// The set of these words.
    pub fn intern(&mut self, mut words: Vec<WordId>) -> SetId {
        words.sort_unstable();
        words.dedup();
        let next = SetId::try_from(self.sets.len()).unwrap_or(SetId::MAX);
        let sets = &mut self.sets;
        *self.known.entry(words).or_insert_with_key(|words| {
            sets.push(words.iter().copied());
            next
        })
    }
}
