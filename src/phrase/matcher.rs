//! Finds many phrases in a sequence of words in one pass.

use super::grammar::{ChoiceId, Compiler, Grammar};
use super::room::Room;
use super::sets::{Holding, SetId};
use super::watch::Watch;
use super::{Lexicon, Phrase, PhraseError, Uses, Vocabulary, WordId};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// How many matchers were made.
static MADE: AtomicU64 = AtomicU64::new(0);

/// A phrase in a [`Matcher`].
pub type TermId = u32;

/// Most parts of all phrases together, with their vocabulary filled in.
const TOTAL: usize = 4_000_000;
/// Words of the longest sequence that is looked at as a whole; a longer one is looked at in overlapping pieces.
const PIECE: usize = Room::<8>::WORDS;

/// Where a phrase was found: word positions `start..end` of the sequence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    /// Which phrase.
    pub term: TermId,
    /// First word.
    pub start: u32,
    /// One past the last word.
    pub end: u32,
}

/// A phrase as compiled.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub(super) struct Term {
    pub choice: ChoiceId,
    /// It may be no word at all: only what is longer is found.
    pub empty: bool,
    /// Sets of words; of each set one word stands wherever the phrase does.
    pub needs: Vec<SetId>,
}

/// Collects phrases for a [`Matcher`]. The same phrase given twice is one term.
#[derive(Debug, Default)]
pub struct MatcherBuilder {
    compiler: Compiler,
    terms: Vec<Term>,
    known: HashMap<String, TermId>,
    size: usize,
}

/// A set of phrases ready to be found.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub struct Matcher {
    #[serde(skip, default = "new_id")]
    id: u64,
    lexicon: Lexicon,
    phrases: Phrases,
}

/// A number that no other matcher of this run has.
fn new_id() -> u64 {
    MADE.fetch_add(1, Ordering::Relaxed)
}

/// Phrases as compiled.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub struct Phrases {
    pub(super) grammar: Grammar,
    pub(super) holding: Holding,
    #[serde(with = "super::shared")]
    pub(super) terms: Arc<Vec<Term>>,
    /// Where they matter; everywhere if it is not known.
    #[serde(skip)]
    pub(super) uses: Option<Arc<Uses>>,
    pub(super) sequence_watch: Watch,
    pub(super) term_watch: Watch,
}

impl MatcherBuilder {
    /// A builder for phrases that use this vocabulary.
    pub fn new(vocabulary: Vocabulary) -> Self {
        Self { compiler: Compiler::new(vocabulary), ..Self::default() }
    }

    /// The vocabulary that phrases may use.
    pub fn vocabulary(&self) -> &Vocabulary {
        self.compiler.vocabulary()
    }

    /// Adds a phrase.
    ///
    /// # Errors
    /// A vocabulary entry that is not there, or an expansion that is too deep or too large.
    pub fn add(&mut self, phrase: &Phrase) -> Result<TermId, PhraseError> {
        if let Some(term) = self.known.get(&phrase.source) {
            return Ok(*term);
        }
        let (choice, shape) = self.compiler.phrase(phrase)?;
        self.size += shape.size();
        if self.size > TOTAL {
            return Err(PhraseError::Total);
        }
        let term = TermId::try_from(self.terms.len()).unwrap_or(TermId::MAX);
        self.terms.push(Term { choice, empty: shape.empty, needs: shape.needs });
        self.known.insert(phrase.source.clone(), term);
        Ok(term)
    }

    /// Makes the matcher.
    pub fn build(self) -> Matcher {
        let Compiler { lexicon, sets, grammar, .. } = self.compiler;
        let lexicon = lexicon.build();
        let holding = sets.build(lexicon.len());
        // A word that is in many sets is common in the texts that the phrases are made for.
        let uses = |word| u32::try_from(holding.of(word).len()).unwrap_or(u32::MAX);
        let common: Vec<u32> = (0..).take(lexicon.len()).map(|word| uses(word).saturating_add(1)).collect();
        let (sequence_watch, term_watch) = (Watch::default(), Watch::default());
        let terms = Arc::new(self.terms);
        let phrases = Phrases { grammar, holding, terms, uses: None, sequence_watch, term_watch };
        let arranged = phrases.narrowed(&common, &vec![true; phrases.terms.len()], Wanted::Everything);
        // All sets stay, to be narrowed by.
        Matcher { id: new_id(), lexicon, phrases: Phrases { holding: phrases.holding, ..arranged } }
    }
}

/// A word of a text as the matcher sees it.
pub trait Words {
    /// How many words.
    fn len(&self) -> usize;
    /// Whether there is none.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }
    /// The classes of word `at`.
    fn classes(&self, at: usize) -> &[WordId];
    /// Whether word `at` is a number in figures.
    fn is_number(&self, at: usize) -> bool;
    /// The number that begins at word `at`, in figures or words, and of how many words it is made.
    fn amount(&self, _at: usize) -> Option<(u32, usize)> {
        None
    }
    /// Whether word `at` is a blank.
    fn is_blank(&self, at: usize) -> bool;
}

impl Matcher {
    /// A number that no other matcher of this run has, but for copies.
    pub fn id(&self) -> u64 {
        self.id
    }

    /// The same where it is known where each phrase matters.
    #[must_use]
    pub fn with_uses(self, uses: Uses) -> Self {
        Self { phrases: Phrases { uses: Some(Arc::new(uses)), ..self.phrases }, ..self }
    }

    /// The words that the phrases look for.
    pub fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// How many phrases.
    pub fn len(&self) -> usize {
        self.phrases.terms.len()
    }

    /// Whether there is no phrase.
    pub fn is_empty(&self) -> bool {
        self.phrases.terms.is_empty()
    }

    /// The phrases.
    pub fn phrases(&self) -> &Phrases {
        &self.phrases
    }
}

impl Phrases {
    /// The lists of phrases of one of which all must be there for a phrase to matter; it matters anywhere if there is
    /// none.
    pub(super) fn beside(&self, term: TermId) -> &[Vec<TermId>] {
        self.uses.as_ref().map_or(&[], |uses| uses.of(term))
    }

    /// Finds phrases in one sequence after another: what it needs for that is kept between them.
    pub fn scanner(&self) -> Scanner<'_> {
        Scanner { short: Room::new(self), middle: None, long: None, phrases: self }
    }
}

/// Which phrases a scan is to find.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// All that stand there.
    Everything,
    /// Not those that matter only beside others which cannot stand there.
    WhatMatters,
}

/// Finds the phrases of a [`Matcher`] in one sequence of words after another.
#[derive(Debug)]
pub struct Scanner<'m> {
    phrases: &'m Phrases,
    short: Room<'m, 1>,
    /// Room for longer sequences, made when the first comes.
    middle: Option<Room<'m, 2>>,
    long: Option<Room<'m, 8>>,
}

impl Scanner<'_> {
    /// Finds every phrase at every word where it begins; hits come by their first word, then by phrase.
    pub fn scan(&mut self, words: &impl Words, wanted: Wanted, hits: &mut Vec<Hit>) {
        let phrases = self.phrases;
        let len = words.len();
        if len <= Room::<1>::WORDS {
            self.short.scan(words, 0..len, len, wanted, hits);
        } else if len <= Room::<2>::WORDS {
            self.middle.get_or_insert_with(|| Room::new(phrases)).scan(words, 0..len, len, wanted, hits);
        } else {
            let room = self.long.get_or_insert_with(|| Room::new(phrases));
            // What stands beside a phrase may be in another piece. No phrase spans half a piece: what begins in the first half ends in the piece.
            for from in (0..len).step_by(PIECE / 2) {
                let to = len.min(from + PIECE);
                room.scan(words, from..to, from + PIECE / 2, Wanted::Everything, hits);
            }
        }
        hits.sort_unstable_by_key(|hit| (hit.start, hit.term));
    }
}

#[cfg(test)]
mod tests {
    use super::super::number;
    use super::*;

    struct Text {
        classes: Vec<Vec<WordId>>,
        words: Vec<String>,
    }

    impl Words for Text {
        fn len(&self) -> usize {
            self.words.len()
        }
        fn classes(&self, at: usize) -> &[WordId] {
            &self.classes[at]
        }
        fn is_number(&self, at: usize) -> bool {
            self.words[at].bytes().all(|b| b.is_ascii_digit())
        }
        fn amount(&self, at: usize) -> Option<(u32, usize)> {
            number::read(|i| number::part(self.words.get(at + i)?))
        }
        fn is_blank(&self, at: usize) -> bool {
            self.words[at] == "____"
        }
    }

    impl Phrases {
        /// From now on every phrase is looked for everywhere.
        fn forget_needs(&mut self) {
            let (sequences, terms) = (self.grammar.sequences(), self.terms.len());
            self.sequence_watch = Watch::new(self.holding.sets(), sequences);
            self.term_watch = Watch::new(self.holding.sets(), terms);
            (0..).take(sequences).for_each(|id| self.sequence_watch.add(id, None));
            (0..).take(terms).for_each(|id| self.term_watch.add(id, None));
            self.terms = Arc::new(self.terms.iter().map(|t| Term { needs: Vec::new(), ..t.clone() }).collect());
        }
    }

    fn find(phrase: &str, text: &str) -> Vec<(u32, u32)> {
        let mut builder = MatcherBuilder::default();
        builder.add(&Phrase::parse(phrase).expect("phrase")).expect("adds");
        let matcher = builder.build();
        let words: Vec<String> = text.split_whitespace().map(str::to_owned).collect();
        let classes = words.iter().map(|w| matcher.lexicon().classes(w)).collect();
        let mut hits = Vec::new();
        matcher.phrases().scanner().scan(&Text { classes, words }, Wanted::Everything, &mut hits);
        hits.iter().map(|h| (h.start, h.end)).collect()
    }

    #[test]
    fn phrases_are_found_at_word_positions() {
        assert_eq!(
            find("take* into custody | arrest*", "he was taken into custody and arrested"),
            vec![(2, 5), (6, 7)]
        );
        assert_eq!(find("take into custody", "he was taken into custody"), vec![]);
        assert_eq!(find("report* [directly] to ...2 chief", "reports to the police chief"), vec![(0, 5)]);
        assert_eq!(find("report* to ...1 chief", "reports to the police chief"), vec![]);
        assert_eq!(find("# hours", "at least 12 hours"), vec![(2, 4)]);
        assert_eq!(find("to ____", "reports to ____"), vec![(1, 3)]);
    }

    #[test]
    fn a_look_at_the_words_rules_out_no_phrase_that_is_there() {
        let pack = crate::pack::load("ma-37p").expect("a pack");
        let (quick, mut thorough) = (pack.matcher(), pack.matcher().clone());
        thorough.phrases.forget_needs();
        let text = include_str!("../../fixtures/complete/harborview-mou.md").to_lowercase();
        let words: Vec<String> =
            text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_owned).collect();
        let mut found = 0;
        for words in words.chunks(40) {
            let classes = words.iter().map(|w| quick.lexicon().classes(w)).collect();
            let text = Text { classes, words: words.to_vec() };
            let (mut some, mut all) = (Vec::new(), Vec::new());
            let mut common = vec![0; quick.lexicon().len()];
            text.classes.iter().flatten().for_each(|class| common[*class as usize] += 1);
            let mut narrow = Vec::new();
            quick.phrases().narrowed(&common, &vec![true; quick.len()], Wanted::Everything).scanner().scan(
                &text,
                Wanted::Everything,
                &mut narrow,
            );
            quick.phrases().scanner().scan(&text, Wanted::Everything, &mut some);
            thorough.phrases().scanner().scan(&text, Wanted::Everything, &mut all);
            assert_eq!(some, all);
            assert_eq!(narrow, all);
            found += all.len();
        }
        assert!(found > 100, "{found}");
    }

    #[test]
    fn wide_choices_between_gaps_are_found_however_many_ways_fail() {
        let words: Vec<String> = ('a'..='z').map(|c| format!("{c}*")).collect();
        let any = format!("({})", words.join(" | "));
        let text = format!("start {}goal", "x ".repeat(40));
        assert_eq!(find(&format!("start ...12 {any} ...12 {any} ...16 {any} ...4 goal"), &text), vec![(0, 42)]);
    }

    #[test]
    fn a_number_is_weighed_in_figures_and_in_words() {
        let text = "8 hours or sixteen hours or 24 hours or twenty four hours";
        assert_eq!(find("#12+ hours", text), vec![(3, 5), (6, 8), (9, 12)]);
        assert_eq!(find("#1-11 hours", text), vec![(0, 2), (10, 12)]);
        assert_eq!(find("#24 hours", text), vec![(6, 8), (9, 12)]);
    }

    #[test]
    fn a_hostile_phrase_ends_in_bounded_steps() {
        let text = "a ".repeat(400);
        assert!(find("a ...40 a ...40 a ...40 a ...40 a ...40 b", &text).is_empty());
    }
}
