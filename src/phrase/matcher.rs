//! Finds many phrases in a sequence of words in one pass.

use super::needs::Needs;
use super::places::{Places, SetId, Sets};
use super::{Lexicon, Node, Phrase, PhraseError, Vocabulary, WordId};
use std::collections::HashMap;

/// A phrase in a [`Matcher`].
pub type TermId = u32;

/// Steps that one attempt at one place may take before it counts as no match. What was tried at a place is not
/// tried there again, so that only a hostile phrase comes near.
const STEPS: usize = 60_000;
/// Most instructions of one phrase with its vocabulary filled in.
const SIZE: usize = 20_000;
/// Most instructions of all phrases together.
const TOTAL: usize = 4_000_000;

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

/// What the matcher needs to know of a word in a text.
#[derive(Debug, Clone, Copy)]
enum Step {
    Word(WordId),
    /// One of many words.
    OneOf(SetId),
    /// What follows must begin with one of these words: one look instead of a try for each choice.
    Guard(SetId),
    Number,
    Amount(u32, u32),
    Blank,
    /// How many words may stand between, and which gap of the phrase it is.
    Gap(u8, u32),
    /// Try the first, then the second.
    Split(u32, u32),
    Jump(u32),
    Found,
}

#[derive(Debug, Clone)]
struct Program {
    steps: Vec<Step>,
    gaps: u32,
}

/// What one attempt has still to try, and what it has tried; kept between attempts for its memory.
#[derive(Debug, Default)]
struct Scratch {
    threads: Vec<Thread>,
    /// For every gap and every place after the attempt's first word, whether it was entered and whether it was left
    /// there: the same way on need not be tried twice.
    tried: Vec<u8>,
}

/// A step to go on at, a place, and the gap that was left there, if one was.
#[derive(Debug, Clone, Copy)]
struct Thread {
    pc: u32,
    at: u32,
    gap: Option<u32>,
}

const ENTERED: u8 = 1;
const LEFT: u8 = 2;

/// Collects phrases for a [`Matcher`]. The same phrase given twice is one term.
#[derive(Debug, Default)]
pub struct MatcherBuilder {
    lexicon: Lexicon,
    programs: Vec<Program>,
    sets: Sets,
    needs: Needs,
    known: HashMap<String, TermId>,
    size: usize,
}

/// A set of phrases ready to be found.
#[derive(Debug, Clone)]
pub struct Matcher {
    lexicon: Lexicon,
    programs: Vec<Program>,
    sets: Sets,
    needs: Needs,
    /// For every word class the phrases that can begin with it.
    starts: Vec<Vec<TermId>>,
    number_starts: Vec<TermId>,
    amount_starts: Vec<TermId>,
    blank_starts: Vec<TermId>,
}

impl MatcherBuilder {
    /// Adds a phrase.
    ///
    /// # Errors
    /// A vocabulary entry that is not there, or an expansion that is too deep or too large.
    pub fn add(&mut self, phrase: &Phrase, vocabulary: &Vocabulary) -> Result<TermId, PhraseError> {
        if let Some(term) = self.known.get(&phrase.source) {
            return Ok(*term);
        }
        let program = Program { steps: Vec::new(), gaps: 0 };
        let Self { lexicon, sets, .. } = self;
        let mut compiler = Compiler { lexicon, sets, vocabulary, program, words: 0, phrase };
        compiler.choices(&phrase.choices, 0)?;
        compiler.program.steps.push(Step::Found);
        self.size += compiler.size();
        if self.size > TOTAL {
            return Err(PhraseError::Total);
        }
        let term = TermId::try_from(self.programs.len()).unwrap_or(TermId::MAX);
        self.programs.push(compiler.program);
        self.needs.add(phrase, vocabulary, &mut self.lexicon, &mut self.sets);
        self.known.insert(phrase.source.clone(), term);
        Ok(term)
    }

    /// Makes the matcher.
    pub fn build(self) -> Matcher {
        let mut matcher = Matcher {
            starts: vec![Vec::new(); self.lexicon.len()],
            lexicon: self.lexicon,
            programs: Vec::new(),
            sets: self.sets,
            needs: self.needs,
            number_starts: Vec::new(),
            amount_starts: Vec::new(),
            blank_starts: Vec::new(),
        };
        for (id, program) in self.programs.iter().enumerate() {
            let term = TermId::try_from(id).unwrap_or(TermId::MAX);
            for step in program.first_steps(0) {
                match step {
                    Step::Word(word) => add(&mut matcher.starts[word as usize], term),
                    Step::OneOf(set) => {
                        let Matcher { starts, sets, .. } = &mut matcher;
                        sets.words(set).iter().for_each(|word| add(&mut starts[*word as usize], term));
                    }
                    Step::Number => add(&mut matcher.number_starts, term),
                    Step::Amount(..) => add(&mut matcher.amount_starts, term),
                    Step::Blank => add(&mut matcher.blank_starts, term),
                    _ => {}
                }
            }
        }
        matcher.sets.index(&matcher.lexicon);
        matcher.programs = self.programs;
        matcher
    }
}

/// Adds a phrase to those that can begin with a word, once.
fn add(list: &mut Vec<TermId>, term: TermId) {
    if list.last() != Some(&term) {
        list.push(term);
    }
}

struct Compiler<'a> {
    lexicon: &'a mut Lexicon,
    sets: &'a mut Sets,
    vocabulary: &'a Vocabulary,
    program: Program,
    /// Words in all sets.
    words: usize,
    phrase: &'a Phrase,
}

impl Compiler<'_> {
    fn here(&self) -> u32 {
        u32::try_from(self.program.steps.len()).unwrap_or(u32::MAX)
    }

    /// Instructions, and the words that some of them choose from.
    fn size(&self) -> usize {
        self.program.steps.len() + self.words
    }

    /// The word of a choice that is nothing but a word.
    fn single(&mut self, choice: &[Node]) -> Option<WordId> {
        match choice {
            [Node::Word(word)] => Some(self.lexicon.exact(word)),
            [Node::Prefix(word)] => Some(self.lexicon.prefix(word)),
            _ => None,
        }
    }

    /// One choice or, where several single words follow each other, all of these; how many choices that were.
    fn next_choices(&mut self, choices: &[Vec<Node>], depth: usize) -> Result<usize, PhraseError> {
        let mut words = Vec::new();
        for choice in choices {
            match self.single(choice) {
                Some(word) => words.push(word),
                None => break,
            }
        }
        let taken = words.len();
        if taken < 2 {
            self.sequence(choices.first().map_or(&[], Vec::as_slice), depth)?;
            return Ok(1);
        }
        self.words += words.len();
        self.program.steps.push(Step::OneOf(self.sets.intern(words)));
        Ok(taken)
    }

    fn choices(&mut self, choices: &[Vec<Node>], depth: usize) -> Result<(), PhraseError> {
        if depth > 24 {
            return Err(PhraseError::Depth(self.phrase.source.clone()));
        }
        if self.size() > SIZE {
            return Err(PhraseError::Size(self.phrase.source.clone()));
        }
        let mut ends = Vec::new();
        let mut rest = choices;
        let guard = self.program.steps.len();
        self.program.steps.push(Step::Jump(self.here() + 1));
        while !rest.is_empty() {
            let split = self.program.steps.len();
            self.program.steps.push(Step::Split(0, 0));
            let taken = self.next_choices(rest, depth)?;
            rest = rest.get(taken..).unwrap_or_default();
            if !rest.is_empty() {
                ends.push(self.program.steps.len());
                self.program.steps.push(Step::Jump(0));
            }
            let first = u32::try_from(split + 1).unwrap_or(u32::MAX);
            // The last choice has no other to try after it.
            self.program.steps[split] =
                if rest.is_empty() { Step::Jump(first) } else { Step::Split(first, self.here()) };
        }
        let here = self.here();
        for end in ends {
            self.program.steps[end] = Step::Jump(here);
        }
        self.guard(guard);
        Ok(())
    }

    /// Puts a guard before choices whose first words are known.
    fn guard(&mut self, at: usize) {
        // What lies behind the choices is not known yet: who gets there can begin with anything.
        self.program.steps.push(Step::Found);
        let first = self.program.first_steps(at + 1);
        self.program.steps.pop();
        let mut words = Vec::new();
        for step in &first {
            match step {
                Step::Word(word) => words.push(*word),
                Step::OneOf(set) => words.extend(self.sets.words(*set)),
                _ => return,
            }
        }
        if first.len() > 1 {
            self.program.steps[at] = Step::Guard(self.sets.intern(words));
        }
    }

    fn sequence(&mut self, nodes: &[Node], depth: usize) -> Result<(), PhraseError> {
        for node in nodes {
            match node {
                Node::Word(word) => {
                    let id = self.lexicon.exact(word);
                    self.program.steps.push(Step::Word(id));
                }
                Node::Prefix(word) => {
                    let id = self.lexicon.prefix(word);
                    self.program.steps.push(Step::Word(id));
                }
                Node::Number => self.program.steps.push(Step::Number),
                Node::Blank => self.program.steps.push(Step::Blank),
                Node::Gap(width) => {
                    self.program.steps.push(Step::Gap(*width, self.program.gaps));
                    self.program.gaps += 1;
                }
                Node::Amount(low, high) => self.program.steps.push(Step::Amount(*low, *high)),
                Node::Choice(choices) => self.choices(choices, depth + 1)?,
                Node::Optional(choices) => {
                    let split = self.program.steps.len();
                    self.program.steps.push(Step::Split(0, 0));
                    self.choices(choices, depth + 1)?;
                    let first = u32::try_from(split + 1).unwrap_or(u32::MAX);
                    self.program.steps[split] = Step::Split(first, self.here());
                }
                Node::Entry(name) => {
                    let vocabulary = self.vocabulary;
                    let entry = vocabulary.get(name).ok_or_else(|| PhraseError::Entry {
                        name: name.clone(),
                        nearest: crate::nearest::nearest(name, vocabulary.keys()).map(str::to_owned),
                    })?;
                    self.choices(&entry.choices, depth + 1)?;
                }
            }
        }
        Ok(())
    }
}

impl Program {
    /// The steps that can consume the first word of a match that begins at a step; [`Step::Found`] if there need be
    /// none.
    fn first_steps(&self, from: usize) -> Vec<Step> {
        let mut found = Vec::new();
        let mut seen = vec![false; self.steps.len() - from];
        let mut stack = vec![from];
        while let Some(at) = stack.pop() {
            if std::mem::replace(&mut seen[at - from], true) {
                continue;
            }
            match self.steps[at] {
                Step::Split(a, b) => stack.extend([a as usize, b as usize]),
                Step::Jump(to) => stack.push(to as usize),
                // A gap at the beginning says nothing; the match begins at the word after it.
                Step::Gap(..) | Step::Guard(_) => stack.push(at + 1),
                step => found.push(step),
            }
        }
        found
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
    /// The words that the phrases look for.
    pub fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// How many phrases.
    pub fn len(&self) -> usize {
        self.programs.len()
    }

    /// Whether there is no phrase.
    pub fn is_empty(&self) -> bool {
        self.programs.is_empty()
    }

    /// Finds phrases in one sequence after another: what it needs for that is kept between them.
    pub fn scanner(&self) -> Scanner<'_> {
        Scanner {
            matcher: self,
            places: Places::new(&self.lexicon, &self.sets),
            met: vec![None; self.programs.len()],
            asked: Vec::new(),
            scratch: Scratch::default(),
        }
    }

    /// Finds every phrase at every word where it begins.
    pub fn scan(&self, words: &impl Words, hits: &mut Vec<Hit>) {
        self.scanner().scan(words, hits);
    }
}

/// Finds the phrases of a [`Matcher`] in one sequence of words after another.
#[derive(Debug)]
pub struct Scanner<'m> {
    matcher: &'m Matcher,
    places: Places<'m>,
    /// For every phrase whether the sequence has what it needs, if that was asked.
    met: Vec<Option<bool>>,
    /// The phrases for which it was asked.
    asked: Vec<TermId>,
    scratch: Scratch,
}

impl Scanner<'_> {
    /// Finds every phrase at every word where it begins.
    pub fn scan(&mut self, words: &impl Words, hits: &mut Vec<Hit>) {
        self.places.take(words);
        for term in self.asked.drain(..) {
            self.met[term as usize] = None;
        }
        let matcher = self.matcher;
        for at in 0..words.len() {
            let classes = words.classes(at);
            for class in classes {
                for term in &matcher.starts[*class as usize] {
                    self.attempt(*term, words, at, hits);
                }
            }
            let special = match (words.is_number(at), words.is_blank(at)) {
                (true, _) => &matcher.number_starts[..],
                (_, true) => &matcher.blank_starts[..],
                _ => &[],
            };
            let amount = if words.amount(at).is_some() { &matcher.amount_starts[..] } else { &[] };
            for term in special.iter().chain(amount) {
                self.attempt(*term, words, at, hits);
            }
        }
    }

    /// Whether the sequence has what a phrase needs.
    fn can_stand(&mut self, term: TermId) -> bool {
        if let Some(met) = self.met[term as usize] {
            return met;
        }
        let met = self.matcher.needs.met(term, &self.places);
        self.met[term as usize] = Some(met);
        self.asked.push(term);
        met
    }

    fn attempt(&mut self, term: TermId, words: &impl Words, start: usize, hits: &mut Vec<Hit>) {
        if !self.can_stand(term) {
            return;
        }
        let start = u32::try_from(start).unwrap_or(u32::MAX);
        // Two classes of one word can begin the same phrase: one hit is enough.
        if hits.iter().rev().take_while(|h| h.start == start).any(|h| h.term == term) {
            return;
        }
        let program = &self.matcher.programs[term as usize];
        if let Some(end) = program.run(words, start, &self.places, &mut self.scratch) {
            hits.push(Hit { term, start, end });
        }
    }
}

impl Program {
    fn run(&self, words: &impl Words, start: u32, standing: &Places<'_>, scratch: &mut Scratch) -> Option<u32> {
        let Scratch { threads, tried } = scratch;
        threads.clear();
        threads.push(Thread { pc: 0, at: start, gap: None });
        tried.clear();
        let len = u32::try_from(words.len()).unwrap_or(u32::MAX);
        let places = len - start + 1;
        let mut left = STEPS;
        while let Some(Thread { mut pc, mut at, gap }) = threads.pop() {
            if gap.is_some_and(|g| mark(&mut tried[(g * places + at - start) as usize], LEFT)) {
                continue;
            }
            loop {
                left = left.checked_sub(1)?;
                let word = at as usize;
                let inside = word < words.len();
                let mut length = 1;
                let consumed = match self.steps[pc as usize] {
                    Step::Found if at > start => return Some(at),
                    Step::Found => break,
                    Step::Split(a, b) if self.fails(a, at, standing) => {
                        pc = b;
                        continue;
                    }
                    Step::Split(a, b) => {
                        threads.push(Thread { pc: b, at, gap: None });
                        pc = a;
                        continue;
                    }
                    Step::Jump(to) => {
                        pc = to;
                        continue;
                    }
                    Step::Gap(width, gap) => {
                        // Most attempts end before the first gap: only now is it worth to take note.
                        if tried.is_empty() {
                            tried.resize((self.gaps * places) as usize, 0);
                        }
                        if mark(&mut tried[(gap * places + at - start) as usize], ENTERED) {
                            break;
                        }
                        // The nearest continuation is tried first.
                        for skip in (0..=u32::from(width).min(len - at)).rev() {
                            if !self.fails(pc + 1, at + skip, standing) {
                                threads.push(Thread { pc: pc + 1, at: at + skip, gap: Some(gap) });
                            }
                        }
                        break;
                    }
                    Step::Guard(set) if standing.one_of(set, word) => {
                        pc += 1;
                        continue;
                    }
                    Step::Guard(_) => break,
                    Step::Word(class) => standing.word(class, word),
                    Step::OneOf(set) => standing.one_of(set, word),
                    Step::Number => inside && words.is_number(word),
                    Step::Amount(low, high) => words.amount(word).is_some_and(|(value, parts)| {
                        length = u32::try_from(parts).unwrap_or(u32::MAX);
                        (low..=high).contains(&value)
                    }),
                    Step::Blank => inside && words.is_blank(word),
                };
                if !consumed {
                    break;
                }
                at = at.saturating_add(length);
                pc += 1;
            }
        }
        None
    }

    /// Whether it is plain that nothing goes on from a step at a place.
    fn fails(&self, mut pc: u32, at: u32, standing: &Places<'_>) -> bool {
        while let Step::Jump(to) = self.steps[pc as usize] {
            pc = to;
        }
        match self.steps[pc as usize] {
            Step::Word(word) => !standing.word(word, at as usize),
            Step::OneOf(set) | Step::Guard(set) => !standing.one_of(set, at as usize),
            _ => false,
        }
    }
}

/// Marks a place, and says whether it was marked before.
fn mark(place: &mut u8, with: u8) -> bool {
    let before = *place & with != 0;
    *place |= with;
    before
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

    fn find(phrase: &str, text: &str) -> Vec<(u32, u32)> {
        let mut builder = MatcherBuilder::default();
        builder.add(&Phrase::parse(phrase).expect("phrase"), &Vocabulary::new()).expect("adds");
        let matcher = builder.build();
        let words: Vec<String> = text.split_whitespace().map(str::to_owned).collect();
        let classes = words.iter().map(|w| matcher.lexicon().classes(w)).collect();
        let mut hits = Vec::new();
        matcher.scan(&Text { classes, words }, &mut hits);
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
        thorough.needs.forget();
        let text = include_str!("../../fixtures/complete/harborview-mou.md").to_lowercase();
        let words: Vec<String> =
            text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_owned).collect();
        let mut found = 0;
        for words in words.chunks(40) {
            let classes = words.iter().map(|w| quick.lexicon().classes(w)).collect();
            let text = Text { classes, words: words.to_vec() };
            let (mut some, mut all) = (Vec::new(), Vec::new());
            quick.scan(&text, &mut some);
            thorough.scan(&text, &mut all);
            assert_eq!(some, all);
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
