//! Where the words of phrases stand in one sequence: found once, asked for by every phrase.

use super::{Lexicon, WordId, Words};
use std::collections::HashMap;

/// A set of words in [`Sets`].
pub(super) type SetId = u32;

/// The distinct sets of words that the phrases choose from.
#[derive(Debug, Clone, Default)]
pub(super) struct Sets {
    sets: Vec<Vec<WordId>>,
    known: HashMap<Vec<WordId>, SetId>,
    /// For every word the sets that it is in.
    holding: Vec<Vec<SetId>>,
}

impl Sets {
    /// The set of these words.
    pub fn intern(&mut self, mut words: Vec<WordId>) -> SetId {
        words.sort_unstable();
        words.dedup();
        let next = SetId::try_from(self.sets.len()).unwrap_or(SetId::MAX);
        let sets = &mut self.sets;
        *self.known.entry(words).or_insert_with_key(|words| {
            sets.push(words.clone());
            next
        })
    }

    /// Once all sets are there: notes for every word of the lexicon the sets that it is in.
    pub fn index(&mut self, lexicon: &Lexicon) {
        self.holding = vec![Vec::new(); lexicon.len()];
        for (id, set) in (0..).zip(&self.sets) {
            set.iter().for_each(|word| self.holding[*word as usize].push(id));
        }
    }

    /// The words of a set, in order.
    pub fn words(&self, set: SetId) -> &[WordId] {
        &self.sets[set as usize]
    }
}

/// One sequence: for every word of the lexicon and for every set a bit for each place.
#[derive(Debug)]
pub(super) struct Places {
    /// How many numbers hold the bits of one word.
    wide: usize,
    words: Vec<u64>,
    sets: Vec<u64>,
}

impl Places {
    /// Takes down where the words stand.
    pub fn new(lexicon: &Lexicon, sets: &Sets, sequence: &impl Words) -> Self {
        let wide = sequence.len().div_ceil(64).max(1);
        let (words, of_sets) = (vec![0; lexicon.len() * wide], vec![0; sets.sets.len() * wide]);
        let mut places = Self { wide, words, sets: of_sets };
        for at in 0..sequence.len() {
            let (block, bit) = (at / 64, 1 << (at % 64));
            for word in sequence.classes(at) {
                places.words[*word as usize * wide + block] |= bit;
                for set in &sets.holding[*word as usize] {
                    places.sets[*set as usize * wide + block] |= bit;
                }
            }
        }
        places
    }

    /// Whether a word stands at a place.
    pub fn word(&self, word: WordId, at: usize) -> bool {
        at / 64 < self.wide && self.words[word as usize * self.wide + at / 64] >> (at % 64) & 1 == 1
    }

    /// Whether one word of a set stands at a place.
    pub fn one_of(&self, set: SetId, at: usize) -> bool {
        at / 64 < self.wide && self.sets[set as usize * self.wide + at / 64] >> (at % 64) & 1 == 1
    }

    /// Whether one word of a set stands anywhere.
    pub fn anywhere(&self, set: SetId) -> bool {
        let from = set as usize * self.wide;
        self.sets[from..from + self.wide].iter().any(|bits| *bits != 0)
    }
}
