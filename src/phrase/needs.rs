//! What must stand in a sequence of words before a phrase can: one look at the words of a sentence rules out most
//! phrases, whatever word of it they begin with.

use super::places::{Places, SetId, Sets};
use super::{Lexicon, Node, Phrase, Vocabulary, WordId};

/// A set with more words rules out too little.
const WORDS: usize = 200;
/// Most sets of one phrase.
const SETS: usize = 6;

/// For every phrase sets of words, the smallest first; of each set one word must be there.
#[derive(Debug, Clone, Default)]
pub(super) struct Needs(Vec<Vec<SetId>>);

impl Needs {
    /// Notes what the next phrase needs. It has been compiled: its size is bounded and its entries are there.
    pub fn add(&mut self, phrase: &Phrase, vocabulary: &Vocabulary, lexicon: &mut Lexicon, sets: &mut Sets) {
        let mut found = match &phrase.choices[..] {
            [only] => only.iter().filter_map(|node| of_node(node, vocabulary, lexicon)).collect(),
            several => Vec::from_iter(of_choices(several, vocabulary, lexicon)),
        };
        found.sort_by_key(Vec::len);
        found.truncate(SETS);
        self.0.push(found.into_iter().map(|set| sets.intern(set)).collect());
    }

    /// Whether all that a phrase needs is there.
    pub fn met(&self, term: u32, places: &Places) -> bool {
        self.0[term as usize].iter().all(|set| places.anywhere(*set))
    }

    /// From now on no phrase needs anything.
    #[cfg(test)]
    pub fn forget(&mut self) {
        self.0.iter_mut().for_each(Vec::clear);
    }
}

/// Words of which one stands wherever the node does; none if there are no such words, or too many.
fn of_node(node: &Node, vocabulary: &Vocabulary, lexicon: &mut Lexicon) -> Option<Vec<WordId>> {
    match node {
        Node::Word(word) => Some(vec![lexicon.exact(word)]),
        Node::Prefix(word) => Some(vec![lexicon.prefix(word)]),
        Node::Choice(choices) => of_choices(choices, vocabulary, lexicon),
        Node::Entry(name) => of_choices(&vocabulary.get(name)?.choices, vocabulary, lexicon),
        Node::Optional(_) | Node::Gap(_) | Node::Number | Node::Amount(..) | Node::Blank => None,
    }
}

/// The smallest set of every choice, together.
fn of_choices(choices: &[Vec<Node>], vocabulary: &Vocabulary, lexicon: &mut Lexicon) -> Option<Vec<WordId>> {
    let mut all = Vec::new();
    for choice in choices {
        let sets = choice.iter().filter_map(|node| of_node(node, vocabulary, lexicon));
        all.extend(sets.min_by_key(Vec::len)?);
    }
    all.sort_unstable();
    all.dedup();
    (all.len() <= WORDS).then_some(all)
}
