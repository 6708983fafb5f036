//! The distinct words that phrases look for.

use std::collections::HashMap;

/// A word or word beginning that some phrase looks for.
pub type WordId = u32;

/// All words and word beginnings of a set of phrases.
#[derive(Debug, Clone, Default)]
pub struct Lexicon {
    exact: HashMap<String, WordId>,
    prefix: HashMap<String, WordId>,
    count: WordId,
    /// The word beginnings in order.
    arranged: Vec<Beginning>,
}

#[derive(Debug, Clone)]
struct Beginning {
    letters: String,
    id: WordId,
    /// The longest other beginning that this one begins with.
    shorter: Option<usize>,
}

impl Lexicon {
    pub(super) fn exact(&mut self, word: &str) -> WordId {
        intern(&mut self.exact, &mut self.count, word)
    }

    pub(super) fn prefix(&mut self, word: &str) -> WordId {
        intern(&mut self.prefix, &mut self.count, word)
    }

    /// Every word and word beginning of the phrases that this word of a text satisfies.
    pub fn classes(&self, word: &str) -> Vec<WordId> {
        let mut classes: Vec<WordId> = self.exact.get(word).copied().into_iter().collect();
        let mut next = self.at_or_before(word);
        while let Some(beginning) = next.map(|at| &self.arranged[at]) {
            if word.starts_with(&beginning.letters) {
                classes.push(beginning.id);
            }
            next = beginning.shorter;
        }
        classes
    }

    /// The last beginning that does not come after a word: it, or one that it begins with, is the longest beginning of
    /// the word.
    fn at_or_before(&self, word: &str) -> Option<usize> {
        self.arranged.partition_point(|beginning| *beginning.letters <= *word).checked_sub(1)
    }

    /// Once all words are there: puts the beginnings in order, so that [`Lexicon::classes`] finds them.
    pub(super) fn arrange(&mut self) {
        let mut all: Vec<(String, WordId)> = self.prefix.iter().map(|(word, id)| (word.clone(), *id)).collect();
        all.sort_unstable();
        self.arranged = Vec::with_capacity(all.len());
        for (letters, id) in all {
            let mut shorter = self.arranged.len().checked_sub(1);
            while let Some(at) = shorter.filter(|at| !letters.starts_with(&self.arranged[*at].letters)) {
                shorter = self.arranged[at].shorter;
            }
            self.arranged.push(Beginning { letters, id, shorter });
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_has_every_beginning_that_is_looked_for() {
        let mut lexicon = Lexicon::default();
        let arrest = lexicon.exact("arrest");
        let [a, arr, arrested, art] = ["a", "arr", "arrested", "art"].map(|word| lexicon.prefix(word));
        lexicon.arrange();
        assert_eq!(lexicon.classes("arrest"), [arrest, arr, a]);
        assert_eq!(lexicon.classes("arrestedly"), [arrested, arr, a]);
        assert_eq!(lexicon.classes("arts"), [art, a]);
        assert_eq!(lexicon.classes("zeal"), [0; 0]);
    }
}
