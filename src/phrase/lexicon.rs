//! The distinct words that phrases look for.

use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// A word or word beginning that some phrase looks for.
pub type WordId = u32;

/// All words and word beginnings of a set of phrases.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
pub struct Lexicon {
    /// In order.
    words: Vec<(Box<str>, WordId)>,
    /// The word beginnings in order.
    beginnings: Vec<Beginning>,
}

#[derive(Debug, Clone, Deserialize, Serialize)]
struct Beginning {
    letters: Box<str>,
    id: WordId,
    /// The longest other beginning that this one begins with.
    shorter: Option<u32>,
}

impl Lexicon {
    /// Every word and word beginning of the phrases that this word of a text satisfies.
    pub fn classes(&self, word: &str) -> Vec<WordId> {
        let exact = self.words.binary_search_by(|(known, _)| (**known).cmp(word)).ok();
        let mut classes: Vec<WordId> = exact.map(|at| self.words[at].1).into_iter().collect();
        let mut next = self.at_or_before(word);
        while let Some(beginning) = next.map(|at| &self.beginnings[at]) {
            if word.starts_with(&*beginning.letters) {
                classes.push(beginning.id);
            }
            next = beginning.shorter.map(|at| at as usize);
        }
        classes
    }

    /// The last beginning that does not come after a word: it, or one that it begins with, is the longest beginning of
    /// the word.
    fn at_or_before(&self, word: &str) -> Option<usize> {
        self.beginnings.partition_point(|beginning| *beginning.letters <= *word).checked_sub(1)
    }

    /// How many words and word beginnings there are.
    pub fn len(&self) -> usize {
        self.words.len() + self.beginnings.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// Collects the words of phrases, each once.
#[derive(Debug, Default)]
pub(super) struct LexiconBuilder {
    exact: HashMap<String, WordId>,
    prefix: HashMap<String, WordId>,
    count: WordId,
}

impl LexiconBuilder {
    pub fn exact(&mut self, word: &str) -> WordId {
        intern(&mut self.exact, &mut self.count, word)
    }

    pub fn prefix(&mut self, word: &str) -> WordId {
        intern(&mut self.prefix, &mut self.count, word)
    }

    /// Puts all in order, so that [`Lexicon::classes`] finds them.
    pub fn build(self) -> Lexicon {
        let mut beginnings: Vec<Beginning> = Vec::with_capacity(self.prefix.len());
        for (letters, id) in in_order(self.prefix) {
            let mut shorter = beginnings.len().checked_sub(1);
            while let Some(at) = shorter.filter(|at| !letters.starts_with(&*beginnings[*at].letters)) {
                shorter = beginnings[at].shorter.map(|at| at as usize);
            }
            beginnings.push(Beginning { letters, id, shorter: shorter.and_then(|at| u32::try_from(at).ok()) });
        }
        Lexicon { words: in_order(self.exact), beginnings }
    }
}

fn in_order(words: HashMap<String, WordId>) -> Vec<(Box<str>, WordId)> {
    let mut words: Vec<(Box<str>, WordId)> = words.into_iter().map(|(word, id)| (word.into(), id)).collect();
    words.sort_unstable();
    words
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_has_every_beginning_that_is_looked_for() {
        let mut lexicon = LexiconBuilder::default();
        let arrest = lexicon.exact("arrest");
        let [a, arr, arrested, art] = ["a", "arr", "arrested", "art"].map(|word| lexicon.prefix(word));
        let lexicon = lexicon.build();
        assert_eq!(lexicon.classes("arrest"), [arrest, arr, a]);
        assert_eq!(lexicon.classes("arrestedly"), [arrested, arr, a]);
        assert_eq!(lexicon.classes("arts"), [art, a]);
        assert_eq!(lexicon.classes("zeal"), [0; 0]);
    }
}
