//! What must stand in a sequence of words before a phrase can: one look at the words of a sentence rules out most
//! phrases.

use super::sets::{SetId, Sets};
use super::{TermId, WordId};
use std::sync::Arc;

/// For every phrase sets of words; of each set one word must be there.
#[derive(Debug, Clone, Default)]
pub(super) struct Needs {
    of_terms: Arc<[Vec<SetId>]>,
    /// For every word the phrases that need it or one of its like, and are looked at only where one is.
    watched: Vec<Vec<TermId>>,
    /// The phrases that need no word.
    always: Vec<TermId>,
}

impl Needs {
    /// Arranges phrases by the rarest that each needs; `common` says how common each word is, 0 that it is nowhere.
    pub fn new(of_terms: Arc<[Vec<SetId>]>, sets: &Sets, common: &[u32]) -> Self {
        let mut needs = Self { watched: vec![Vec::new(); common.len()], ..Self::default() };
        let cost = |set: &SetId| sets.words(*set).iter().map(|word| common[*word as usize]).sum::<u32>();
        for (term, found) in (0..).zip(of_terms.iter()) {
            // A phrase that needs one of no words is watched by none.
            match found.iter().min_by_key(|set| cost(set)) {
                Some(rarest) => sets.words(*rarest).iter().for_each(|w| needs.watched[*w as usize].push(term)),
                None => needs.always.push(term),
            }
        }
        Self { of_terms, ..needs }
    }

    /// The same for a text in which only some words stand.
    pub fn narrowed(&self, sets: &Sets, common: &[u32]) -> Self {
        Self::new(Arc::clone(&self.of_terms), sets, common)
    }

    /// How many words the lexicon has.
    pub fn words(&self) -> usize {
        self.watched.len()
    }

    /// The sets of which a phrase needs a word each.
    pub fn of(&self, term: TermId) -> &[SetId] {
        &self.of_terms[term as usize]
    }

    /// The phrases to look at where a word stands.
    pub fn watching(&self, word: WordId) -> &[TermId] {
        &self.watched[word as usize]
    }

    /// The phrases to look at in any case.
    pub fn always(&self) -> &[TermId] {
        &self.always
    }

    /// From now on no phrase needs anything.
    #[cfg(test)]
    pub fn forget(&mut self) {
        self.always = (0..).take(self.of_terms.len()).collect();
        self.of_terms = self.of_terms.iter().map(|_| Vec::new()).collect();
        self.watched.iter_mut().for_each(Vec::clear);
    }
}
