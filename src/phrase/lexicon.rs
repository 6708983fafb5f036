//! The distinct words that phrases look for.

use std::collections::HashMap;

/// A word or word beginning that some phrase looks for.
pub type WordId = u32;

/// All words and word beginnings of a set of phrases.
#[derive(Debug, Clone, Default)]
pub struct Lexicon {
    exact: HashMap<String, WordId>,
    prefix: HashMap<String, WordId>,
    shortest_prefix: usize,
    longest_prefix: usize,
    count: WordId,
}

impl Lexicon {
    pub(super) fn exact(&mut self, word: &str) -> WordId {
        intern(&mut self.exact, &mut self.count, word)
    }

    pub(super) fn prefix(&mut self, word: &str) -> WordId {
        self.shortest_prefix = if self.prefix.is_empty() { word.len() } else { self.shortest_prefix.min(word.len()) };
        self.longest_prefix = self.longest_prefix.max(word.len());
        intern(&mut self.prefix, &mut self.count, word)
    }

    /// Every word and word beginning of the phrases that this word of a text satisfies.
    pub fn classes(&self, word: &str) -> Vec<WordId> {
        let mut classes: Vec<WordId> = self.exact.get(word).copied().into_iter().collect();
        if !self.prefix.is_empty() {
            for end in self.shortest_prefix..=self.longest_prefix.min(word.len()) {
                if let Some(id) = word.get(..end).and_then(|start| self.prefix.get(start)) {
                    classes.push(*id);
                }
            }
        }
        classes
    }

    /// How many words and word beginnings there are.
    pub fn len(&self) -> usize {
        self.count as usize
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// The words, without the word beginnings, in no order.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.exact.keys().map(String::as_str)
    }
}

fn intern(map: &mut HashMap<String, WordId>, count: &mut WordId, word: &str) -> WordId {
    if let Some(id) = map.get(word) {
        return *id;
    }
    let id = *count;
    *count += 1;
    map.insert(word.to_owned(), id);
    id
}
