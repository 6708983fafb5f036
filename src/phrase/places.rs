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

    /// The words of a set, in order.
    pub fn words(&self, set: SetId) -> &[WordId] {
        &self.sets[set as usize]
    }
}

/// Fewest words of a set for which it is quicker to look up the words of a sequence in it than the other way round.
const WIDE_SET: usize = 24;

/// One sequence: for every word of the lexicon and for every set a bit for each place.
#[derive(Debug)]
pub(super) struct Places<'s> {
    sets: &'s Sets,
    /// How many numbers hold the bits of one word.
    wide: usize,
    words: Vec<u64>,
    of_sets: Vec<u64>,
    known: Vec<bool>,
    /// The words of the sequence with their places.
    standing: Vec<(WordId, u32)>,
    /// The sets that are known.
    asked: Vec<SetId>,
}

impl<'s> Places<'s> {
    /// Room for a sequence.
    pub fn new(lexicon: &Lexicon, sets: &'s Sets) -> Self {
        Self {
            sets,
            wide: 1,
            words: vec![0; lexicon.len()],
            of_sets: vec![0; sets.sets.len()],
            known: vec![false; sets.sets.len()],
            standing: Vec::new(),
            asked: Vec::new(),
        }
    }

    /// Takes down where the words of a sequence stand.
    pub fn take(&mut self, sequence: &impl Words) {
        self.forget();
        let wide = sequence.len().div_ceil(64).max(1);
        if wide > self.wide {
            let (words, sets) = (self.words.len() / self.wide, self.known.len());
            self.words.resize(words * wide, 0);
            self.of_sets.resize(sets * wide, 0);
            self.wide = wide;
        }
        for at in 0..sequence.len() {
            for word in sequence.classes(at) {
                self.words[*word as usize * self.wide + at / 64] |= 1 << (at % 64);
                self.standing.push((*word, u32::try_from(at).unwrap_or(u32::MAX)));
            }
        }
    }

    /// Wipes out the last sequence.
    fn forget(&mut self) {
        let wide = self.wide;
        for (word, _) in self.standing.drain(..) {
            self.words[word as usize * wide..][..wide].fill(0);
        }
        for set in self.asked.drain(..) {
            self.of_sets[set as usize * wide..][..wide].fill(0);
            self.known[set as usize] = false;
        }
    }

    /// Whether a word stands at a place.
    pub fn word(&self, word: WordId, at: usize) -> bool {
        at / 64 < self.wide && self.words[word as usize * self.wide + at / 64] >> (at % 64) & 1 == 1
    }

    /// Whether one word of a set stands at a place.
    pub fn one_of(&mut self, set: SetId, at: usize) -> bool {
        let bits = self.bits(set).get(at / 64).copied().unwrap_or(0);
        bits >> (at % 64) & 1 == 1
    }

    /// Whether one word of a set stands anywhere.
    pub fn anywhere(&mut self, set: SetId) -> bool {
        self.bits(set).iter().any(|bits| *bits != 0)
    }

    fn bits(&mut self, set: SetId) -> &[u64] {
        let from = set as usize * self.wide;
        if !std::mem::replace(&mut self.known[set as usize], true) {
            self.asked.push(set);
            let words = self.sets.words(set);
            if words.len() < WIDE_SET {
                for word in words {
                    for block in 0..self.wide {
                        self.of_sets[from + block] |= self.words[*word as usize * self.wide + block];
                    }
                }
            } else {
                for (word, at) in &self.standing {
                    if words.binary_search(word).is_ok() {
                        self.of_sets[from + *at as usize / 64] |= 1 << (at % 64);
                    }
                }
            }
        }
        &self.of_sets[from..from + self.wide]
    }
}
