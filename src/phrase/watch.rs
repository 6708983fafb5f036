//! Who waits for which set of words: what is to be looked at in a sentence is known from the words that stand there.

use super::sets::SetId;
use serde::{Deserialize, Serialize};

const NOBODY: u32 = u32::MAX;

/// For every set those who wait for one of its words, as chains through one array.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
pub(super) struct Watch {
    first: Vec<u32>,
    next: Vec<u32>,
    /// Those who wait for no word.
    always: Vec<u32>,
}

impl Watch {
    /// For so many sets and so many who may wait.
    pub fn new(sets: usize, count: usize) -> Self {
        Self { first: vec![NOBODY; sets], next: vec![NOBODY; count], always: Vec::new() }
    }

    /// Somebody waits for one of the words of a set, or for nothing.
    pub fn add(&mut self, who: u32, set: Option<SetId>) {
        match set {
            Some(set) => self.next[who as usize] = std::mem::replace(&mut self.first[set as usize], who),
            None => self.always.push(who),
        }
    }

    /// Those who wait for a set.
    pub fn of(&self, set: SetId) -> impl Iterator<Item = u32> {
        let some = |who: u32| (who != NOBODY).then_some(who);
        std::iter::successors(some(self.first[set as usize]), move |who| some(self.next[*who as usize]))
    }

    /// Whether nobody waits for a set.
    pub fn is_unwatched(&self, set: SetId) -> bool {
        self.first[set as usize] == NOBODY
    }

    /// Those who wait for nothing.
    pub fn always(&self) -> &[u32] {
        &self.always
    }
}
