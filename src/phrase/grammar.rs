//! Phrases and vocabulary entries as compiled: each entry once, however many phrases use it.

use super::lexicon::LexiconBuilder;
use super::sets::{SetId, SetsBuilder};
use super::{Node, Phrase, PhraseError, Vocabulary, WordId};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

/// Choices in a [`Grammar`].
pub(super) type ChoiceId = u32;
/// Parts of a [`Grammar`] that stand one after the other: an alternative of one choice.
pub(super) type SequenceId = u32;

/// What a phrase asks for at one place.
#[derive(Debug, Clone, Copy, Deserialize, Serialize)]
pub(super) enum Part {
    /// One of some words, or a word alone.
    OneOf(SetId),
    Number,
    Amount(u32, u32),
    Blank,
    /// How many words may stand between.
    Gap(u8),
    Choice(ChoiceId),
    /// A choice that may be absent.
    Optional(ChoiceId),
}

/// Deepest nesting of groups and entries.
const DEPTH: usize = 24;
/// Most parts of one phrase with its vocabulary filled in: what it can cost at one sentence.
const SIZE: usize = 20_000;
/// A set with more words rules out too little.
const NEEDED: usize = 200;

/// All phrases' parts.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
pub(super) struct Grammar {
    parts: Vec<Part>,
    /// For every sequence where its parts end, and the choice that it belongs to.
    sequences: Vec<(u32, ChoiceId)>,
    /// For every choice where its sequences end.
    choices: Vec<SequenceId>,
    /// For every choice words of which it needs one.
    #[serde(with = "super::shared")]
    needs: Arc<Vec<Option<SetId>>>,
}

impl Grammar {
    /// The parts of a sequence.
    #[inline]
    pub fn parts(&self, sequence: SequenceId) -> &[Part] {
        let start = sequence.checked_sub(1).map_or(0, |before| self.sequences[before as usize].0);
        &self.parts[start as usize..self.sequences[sequence as usize].0 as usize]
    }

    /// The choice that a sequence belongs to.
    pub fn choice_of(&self, sequence: SequenceId) -> ChoiceId {
        self.sequences[sequence as usize].1
    }

    /// The alternatives of a choice, the preferred one first.
    pub fn alternatives(&self, choice: ChoiceId) -> Range<SequenceId> {
        let start = choice.checked_sub(1).map_or(0, |before| self.choices[before as usize]);
        start..self.choices[choice as usize]
    }

    /// A set of words of which a choice needs one.
    pub fn need(&self, choice: ChoiceId) -> Option<SetId> {
        self.needs[choice as usize]
    }

    /// How many choices.
    pub fn len(&self) -> usize {
        self.choices.len()
    }

    /// All choices; what a choice is made of comes before it.
    pub fn choices(&self) -> Range<ChoiceId> {
        0..position(self.choices.len())
    }

    /// How many sequences.
    pub fn sequences(&self) -> usize {
        self.sequences.len()
    }

    /// A grammar for the same choices, still without them.
    pub fn empty(&self) -> Self {
        Self { needs: Arc::clone(&self.needs), ..Self::default() }
    }

    /// Adds a choice; the choices in its parts are there already.
    pub fn push<'p>(&mut self, alternatives: impl Iterator<Item = &'p [Part]>) -> ChoiceId {
        let choice = position(self.choices.len());
        for parts in alternatives {
            self.parts.extend_from_slice(parts);
            self.sequences.push((position(self.parts.len()), choice));
        }
        self.choices.push(position(self.sequences.len()));
        choice
    }

    /// A choice as a part; where it is nothing but one part, that part.
    fn plain(&self, choice: ChoiceId) -> Part {
        let alternatives = self.alternatives(choice);
        match self.parts(alternatives.start) {
            [part] if alternatives.len() == 1 => *part,
            _ => Part::Choice(choice),
        }
    }
}

fn position(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// What is known of a choice or sequence besides its parts.
#[derive(Debug, Clone, Default)]
pub(super) struct Shape {
    /// Levels of choices in it.
    height: usize,
    /// Parts with all entries filled in.
    size: usize,
    /// It may be no word at all.
    pub empty: bool,
    /// Sets of words; of each set one word stands wherever this does.
    pub needs: Vec<SetId>,
}

/// Compiles phrases into a grammar.
#[derive(Debug, Default)]
pub(super) struct Compiler {
    vocabulary: Vocabulary,
    pub lexicon: LexiconBuilder,
    pub sets: SetsBuilder,
    pub grammar: Grammar,
    /// The entries that are compiled; nothing while an entry is being compiled.
    entries: HashMap<String, Option<(ChoiceId, Shape)>>,
    /// Levels of choices around what is being compiled.
    depth: usize,
}

impl Compiler {
    pub fn new(vocabulary: Vocabulary) -> Self {
        Self { vocabulary, ..Self::default() }
    }

    pub fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    /// The choice that a whole phrase is.
    pub fn phrase(&mut self, phrase: &Phrase) -> Result<(ChoiceId, Shape), PhraseError> {
        self.depth = 0;
        let (choice, shape) = self.choices(&phrase.choices, &phrase.source)?;
        if shape.size > SIZE {
            return Err(PhraseError::Size(phrase.source.clone()));
        }
        Ok((choice, shape))
    }

    fn choices(&mut self, choices: &[Vec<Node>], source: &str) -> Result<(ChoiceId, Shape), PhraseError> {
        self.depth += 1;
        if self.depth > DEPTH {
            return Err(PhraseError::Depth(source.to_owned()));
        }
        let (mut sequences, mut shapes): (Vec<Vec<Part>>, _) = (Vec::new(), Vec::new());
        let mut rest = choices;
        while let [first, others @ ..] = rest {
            let words = self.words(rest);
            let (parts, shape) = if words.len() > 1 {
                rest = &rest[words.len()..];
                let size = words.len();
                let set = self.sets.intern(words);
                let needs = if size <= NEEDED { vec![set] } else { Vec::new() };
                (vec![Part::OneOf(set)], Shape { size, needs, ..Shape::default() })
            } else {
                rest = others;
                self.sequence(first, source)?
            };
            sequences.push(parts);
            shapes.push(shape);
        }
        let shape = Shape::of_choice(shapes, &mut self.sets);
        if shape.height > DEPTH {
            return Err(PhraseError::Depth(source.to_owned()));
        }
        self.depth -= 1;
        let need = shape.smallest_need(&self.sets);
        Arc::make_mut(&mut self.grammar.needs).push(need);
        Ok((self.grammar.push(sequences.iter().map(Vec::as_slice)), shape))
    }

    /// The words of the first choices that are nothing but a word.
    fn words(&mut self, choices: &[Vec<Node>]) -> Vec<WordId> {
        let single = |choice: &Vec<Node>| match &choice[..] {
            [Node::Word(word)] => Some(self.lexicon.exact(word)),
            [Node::Prefix(word)] => Some(self.lexicon.prefix(word)),
            _ => None,
        };
        choices.iter().map_while(single).collect()
    }

    fn sequence(&mut self, nodes: &[Node], source: &str) -> Result<(Vec<Part>, Shape), PhraseError> {
        let mut parts = Vec::new();
        let mut shape = Shape { empty: true, ..Shape::default() };
        for node in nodes {
            match node {
                Node::Word(word) => {
                    let word = self.lexicon.exact(word);
                    self.word(word, &mut parts, &mut shape);
                }
                Node::Prefix(word) => {
                    let word = self.lexicon.prefix(word);
                    self.word(word, &mut parts, &mut shape);
                }
                Node::Number => shape.one(&mut parts, Part::Number),
                Node::Amount(low, high) => shape.one(&mut parts, Part::Amount(*low, *high)),
                Node::Blank => shape.one(&mut parts, Part::Blank),
                Node::Gap(width) => parts.push(Part::Gap(*width)),
                Node::Choice(choices) => {
                    let (id, inner) = self.choices(choices, source)?;
                    shape.join(&inner);
                    parts.push(self.grammar.plain(id));
                }
                Node::Optional(choices) => {
                    let (id, inner) = self.choices(choices, source)?;
                    shape.join(&Shape { empty: true, needs: Vec::new(), ..inner });
                    parts.push(Part::Optional(id));
                }
                Node::Entry(name) => {
                    let (id, inner) = self.entry(name, source)?;
                    shape.join(&inner);
                    parts.push(self.grammar.plain(id));
                }
            }
        }
        Ok((parts, shape))
    }

    fn word(&mut self, word: WordId, parts: &mut Vec<Part>, shape: &mut Shape) {
        let set = self.sets.intern(vec![word]);
        shape.one(parts, Part::OneOf(set));
        shape.needs.push(set);
    }

    fn entry(&mut self, name: &str, source: &str) -> Result<(ChoiceId, Shape), PhraseError> {
        match self.entries.get(name) {
            Some(Some(known)) => return Ok(known.clone()),
            Some(None) => return Err(PhraseError::Depth(source.to_owned())),
            None => {}
        }
        let Some(phrase) = self.vocabulary.get(name).cloned() else {
            let nearest = crate::nearest::nearest(name, self.vocabulary.keys()).map(str::to_owned);
            return Err(PhraseError::Entry { name: name.to_owned(), nearest });
        };
        self.entries.insert(name.to_owned(), None);
        let compiled = self.choices(&phrase.choices, source);
        // An entry with a mistake is tried again for the next phrase, which has the same mistake.
        match &compiled {
            Ok(known) => self.entries.insert(name.to_owned(), Some(known.clone())),
            Err(_) => self.entries.remove(name),
        };
        compiled
    }
}

impl Shape {
    /// How many parts there are with all entries filled in.
    pub fn size(&self) -> usize {
        self.size
    }

    fn one(&mut self, parts: &mut Vec<Part>, part: Part) {
        parts.push(part);
        self.size += 1;
        self.empty = false;
    }

    fn join(&mut self, other: &Self) {
        self.height = self.height.max(other.height);
        self.size = self.size.saturating_add(other.size).saturating_add(1);
        self.empty &= other.empty;
        self.needs.extend_from_slice(&other.needs);
    }

    /// Of the sets that it needs the one with the fewest words.
    fn smallest_need(&self, sets: &SetsBuilder) -> Option<SetId> {
        self.needs.iter().copied().min_by_key(|set| sets.words(*set).len())
    }

    /// Several choices need the smallest set of each, together.
    fn of_choice(mut shapes: Vec<Self>, sets: &mut SetsBuilder) -> Self {
        let mut choice = match &mut shapes[..] {
            [only] => std::mem::take(only),
            several => {
                let mut all = Some(Vec::new());
                let mut choice = Self::default();
                for shape in several {
                    choice.height = choice.height.max(shape.height);
                    choice.size = choice.size.saturating_add(shape.size).saturating_add(1);
                    choice.empty |= shape.empty;
                    all = all.zip(shape.smallest_need(sets)).map(|(mut all, set)| {
                        all.extend_from_slice(sets.words(set));
                        all
                    });
                }
                let needed = all.map(|all| sets.intern(all)).filter(|set| sets.words(*set).len() <= NEEDED);
                choice.needs.extend(needed);
                choice
            }
        };
        choice.needs.sort_unstable();
        choice.needs.dedup();
        choice.height += 1;
        choice
    }
}
