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
pub(super) struct Places<'s> {
    sets: &'s Sets,
    /// How many numbers hold the bits of one word.
    wide: usize,
    words: Vec<u64>,
    of_sets: Vec<u64>,
    /// The words and the sets of which one stands in the sequence; a word or set may be there again.
    standing: Vec<WordId>,
    touched: Vec<SetId>,
}

impl<'s> Places<'s> {
    /// Room for a sequence.
    pub fn new(lexicon: &Lexicon, sets: &'s Sets) -> Self {
        let (words, of_sets) = (vec![0; lexicon.len()], vec![0; sets.sets.len()]);
        Self { sets, wide: 1, words, of_sets, standing: Vec::new(), touched: Vec::new() }
    }

    /// Takes down where the words of a sequence stand.
    pub fn take(&mut self, sequence: &impl Words) {
        self.forget();
        let wide = sequence.len().div_ceil(64).max(1);
        if wide > self.wide {
            let (words, sets) = (self.words.len() / self.wide, self.of_sets.len() / self.wide);
            self.words.resize(words * wide, 0);
            self.of_sets.resize(sets * wide, 0);
            self.wide = wide;
        }
        for at in 0..sequence.len() {
            let (block, bit) = (at / 64, 1 << (at % 64));
            for word in sequence.classes(at) {
                self.words[*word as usize * self.wide + block] |= bit;
                self.standing.push(*word);
                for set in &self.sets.holding[*word as usize] {
                    let bits = &mut self.of_sets[*set as usize * self.wide + block];
                    if *bits == 0 {
                        self.touched.push(*set);
                    }
                    *bits |= bit;
                }
            }
        }
    }

    /// Wipes out the last sequence.
    fn forget(&mut self) {
        let wide = self.wide;
        for word in self.standing.drain(..) {
            self.words[word as usize * wide..][..wide].fill(0);
        }
        for set in self.touched.drain(..) {
            self.of_sets[set as usize * wide..][..wide].fill(0);
        }
    }

    /// Whether a word stands at a place.
    pub fn word(&self, word: WordId, at: usize) -> bool {
        at / 64 < self.wide && self.words[word as usize * self.wide + at / 64] >> (at % 64) & 1 == 1
    }

    /// Whether one word of a set stands at a place.
    pub fn one_of(&self, set: SetId, at: usize) -> bool {
        at / 64 < self.wide && self.of_sets[set as usize * self.wide + at / 64] >> (at % 64) & 1 == 1
    }

    /// Whether one word of a set stands anywhere.
    pub fn anywhere(&self, set: SetId) -> bool {
        self.of_sets[set as usize * self.wide..][..self.wide].iter().any(|bits| *bits != 0)
    }
}
