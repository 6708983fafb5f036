//! One sequence of words, and where each part of the phrases stands in it.
//!
//! Every question is put for all places at once: "before which places does this part stand, if it must end at one of
//! those?" A sequence of parts is asked from its last part to its first, so nothing is ever tried twice, and the cost of
//! a phrase is at most its size.

use super::WordId;
use super::bits::Bits;
use super::grammar::{ChoiceId, Part, SequenceId};
use super::matcher::{Hit, Phrases, TermId, Wanted, Words};
use super::sets::SetId;
use std::ops::Range;

/// Room for sequences of up to [`Room::WORDS`] words.
#[derive(Debug)]
pub(super) struct Room<'m, const N: usize> {
    phrases: &'m Phrases,
    words: Known<Bits<N>>,
    sets: Known<Bits<N>>,
    /// For every choice the last of its sequences that may stand.
    awake: Known<SequenceId>,
    /// For every sequence that may stand another of its choice, or itself if there is none.
    others: Vec<SequenceId>,
    /// For every choice where it begins, wherever it ends.
    begins: Known<Bits<N>>,
    may_stand: Known<bool>,
    /// The words and the sets that stand in the sequence, each once.
    standing: Vec<WordId>,
    touched: Vec<SetId>,
    all: Bits<N>,
    numbers: Bits<N>,
    blanks: Bits<N>,
    /// Where a number in figures or words begins, its value, and of how many words it is made.
    amounts: Vec<(usize, u32, usize)>,
}

/// What is known of each of many things in the present sequence.
#[derive(Debug)]
struct Known<T> {
    round: u32,
    /// For each the round in which it became known, and what.
    of_round: Vec<(u32, T)>,
}

impl<T: Copy + Default> Known<T> {
    fn new(count: usize) -> Self {
        Self { round: 0, of_round: vec![(0, T::default()); count] }
    }

    /// Forgets everything.
    fn forget(&mut self) {
        self.round = self.round.wrapping_add(1);
        if self.round == 0 {
            self.of_round.fill((0, T::default()));
            self.round = 1;
        }
    }

    #[inline]
    fn get(&self, id: u32) -> Option<T> {
        let (round, known) = self.of_round[id as usize];
        (round == self.round).then_some(known)
    }

    #[inline]
    fn put(&mut self, id: u32, known: T) {
        self.of_round[id as usize] = (self.round, known);
    }
}

impl<'m, const N: usize> Room<'m, N> {
    /// Words of the longest sequence: there is one place more than words.
    pub const WORDS: usize = Bits::<N>::PLACES - 1;

    pub fn new(phrases: &'m Phrases) -> Self {
        Self {
            phrases,
            words: Known::new(phrases.holding.words()),
            sets: Known::new(phrases.holding.sets()),
            awake: Known::new(phrases.grammar.len()),
            others: vec![0; phrases.grammar.sequences()],
            begins: Known::new(phrases.grammar.len()),
            may_stand: Known::new(phrases.terms.len()),
            standing: Vec::new(),
            touched: Vec::new(),
            all: Bits::NONE,
            numbers: Bits::NONE,
            blanks: Bits::NONE,
            amounts: Vec::new(),
        }
    }

    /// Finds the phrases that begin before word `before` in a range of at most [`Room::WORDS`] words.
    pub fn scan(
        &mut self,
        words: &impl Words,
        range: Range<usize>,
        before: usize,
        wanted: Wanted,
        hits: &mut Vec<Hit>,
    ) {
        self.take(words, &range);
        self.wake();
        let phrases = self.phrases;
        let starts = Bits::range(0, before.min(range.end) - range.start);
        let mut look = |room: &mut Self, term| room.look(term, starts, range.start, wanted, hits);
        for at in 0..self.touched.len() {
            phrases.term_watch.of(self.touched[at]).for_each(|term| look(self, term));
        }
        phrases.term_watch.always().iter().for_each(|term| look(self, *term));
    }

    /// Takes down where the words of a sequence stand.
    fn take(&mut self, words: &impl Words, range: &Range<usize>) {
        self.words.forget();
        self.standing.clear();
        self.amounts.clear();
        (self.numbers, self.blanks) = (Bits::NONE, Bits::NONE);
        self.all = Bits::range(0, range.len() + 1);
        for (place, at) in range.clone().enumerate() {
            for class in words.classes(at) {
                let mut bits = self.words.get(*class).unwrap_or_else(|| {
                    self.standing.push(*class);
                    Bits::NONE
                });
                bits.set(place);
                self.words.put(*class, bits);
            }
            if words.is_number(at) {
                self.numbers.set(place);
            }
            if words.is_blank(at) {
                self.blanks.set(place);
            }
            if let Some((value, parts)) = words.amount(at) {
                self.amounts.push((place, value, parts));
            }
        }
    }

    /// Takes down where the sets of words stand, and which alternatives may.
    fn wake(&mut self) {
        self.sets.forget();
        self.awake.forget();
        self.begins.forget();
        self.may_stand.forget();
        self.touched.clear();
        let phrases = self.phrases;
        for word in &self.standing {
            let bits = self.words.get(*word).unwrap_or_default();
            for set in phrases.holding.of(*word) {
                let before = self.sets.get(*set).unwrap_or_else(|| {
                    self.touched.push(*set);
                    Bits::NONE
                });
                self.sets.put(*set, before.or(bits));
            }
        }
        let touched = self.touched.iter().flat_map(|set| phrases.sequence_watch.of(*set));
        for sequence in touched.chain(phrases.sequence_watch.always().iter().copied()) {
            let choice = phrases.grammar.choice_of(sequence);
            self.others[sequence as usize] = self.awake.get(choice).unwrap_or(sequence);
            self.awake.put(choice, sequence);
        }
    }

    /// Looks for a phrase, if the sequence has what it needs.
    fn look(&mut self, term: TermId, starts: Bits<N>, offset: usize, wanted: Wanted, hits: &mut Vec<Hit>) {
        let phrases = self.phrases;
        let compiled = &phrases.terms[term as usize];
        if !self.may_stand(term) || wanted == Wanted::WhatMatters && !self.matters(phrases.beside(term)) {
            return;
        }
        let found = self.choice(compiled.choice, self.all).and(starts);
        for start in found.places() {
            // An empty match is none: where there may be one, only ends behind the start count.
            let first_end = if compiled.empty { start + 1 } else { start };
            let ends = self.all.and(Bits::range(first_end, Bits::<N>::PLACES));
            if let Some(end) = self.end_of_choice(compiled.choice, start, ends) {
                let position = |place: usize| u32::try_from(offset + place).unwrap_or(u32::MAX);
                hits.push(Hit { term, start: position(start), end: position(end) });
            }
        }
    }

    /// Whether the sequence has what a phrase needs.
    fn may_stand(&mut self, term: TermId) -> bool {
        if let Some(known) = self.may_stand.get(term) {
            return known;
        }
        let may = self.phrases.terms[term as usize].needs.iter().all(|set| self.sets.get(*set).is_some());
        self.may_stand.put(term, may);
        may
    }

    /// Whether all phrases of one of some lists may stand in the sequence, or there is no list.
    fn matters(&mut self, beside: &[Vec<TermId>]) -> bool {
        beside.is_empty() || beside.iter().any(|others| others.iter().all(|other| self.may_stand(*other)))
    }

    #[inline]
    fn set(&self, set: SetId) -> Bits<N> {
        self.sets.get(set).unwrap_or_default()
    }

    /// The places before which a sequence of parts stands that ends at one of some places.
    fn sequence(&mut self, sequence: SequenceId, ends: Bits<N>) -> Bits<N> {
        let mut places = ends;
        for part in self.phrases.grammar.parts(sequence).iter().rev() {
            if places.is_none() {
                break;
            }
            places = self.part(*part, places);
        }
        places
    }

    #[inline]
    fn part(&mut self, part: Part, ends: Bits<N>) -> Bits<N> {
        match part {
            Part::OneOf(set) => self.set(set).and(ends.earlier(1)),
            Part::Number => self.numbers.and(ends.earlier(1)),
            Part::Blank => self.blanks.and(ends.earlier(1)),
            Part::Amount(low, high) => {
                let mut places = Bits::NONE;
                for (place, value, parts) in &self.amounts {
                    if (low..=high).contains(value) && ends.has(place + parts) {
                        places.set(*place);
                    }
                }
                places
            }
            Part::Gap(width) => ends.up_to_earlier(u32::from(width)),
            Part::Choice(choice) => self.choice(choice, ends),
            Part::Optional(choice) => ends.or(self.choice(choice, ends)),
        }
    }

    fn choice(&mut self, choice: ChoiceId, ends: Bits<N>) -> Bits<N> {
        if let Some(begins) = self.begins.get(choice) {
            if begins.is_none() || ends == self.all {
                return begins;
            }
            return self.alternatives(choice, ends);
        }
        let begins = self.alternatives(choice, self.all);
        self.begins.put(choice, begins);
        if begins.is_none() || ends == self.all { begins } else { self.alternatives(choice, ends) }
    }

    /// The same for alternatives that may stand.
    fn alternatives(&mut self, choice: ChoiceId, ends: Bits<N>) -> Bits<N> {
        let Some(mut sequence) = self.awake.get(choice) else { return Bits::NONE };
        let mut places = Bits::NONE;
        loop {
            places = places.or(self.sequence(sequence, ends));
            let other = self.others[sequence as usize];
            if other == sequence {
                return places;
            }
            sequence = other;
        }
    }

    /// Where a choice ends that stands before a place and ends at one of some places: the first alternative counts.
    fn end_of_choice(&mut self, choice: ChoiceId, at: usize, ends: Bits<N>) -> Option<usize> {
        for sequence in self.phrases.grammar.alternatives(choice) {
            if self.sequence(sequence, ends).has(at) {
                return self.end_of_sequence(sequence, at, ends);
            }
        }
        None
    }

    fn end_of_sequence(&mut self, sequence: SequenceId, mut at: usize, ends: Bits<N>) -> Option<usize> {
        let parts = self.phrases.grammar.parts(sequence);
        // Where each part may end so that the others can follow.
        let mut targets = vec![ends; parts.len()];
        for i in (1..parts.len()).rev() {
            targets[i - 1] = self.part(parts[i], targets[i]);
        }
        for (part, target) in parts.iter().zip(targets) {
            at = match *part {
                Part::OneOf(_) | Part::Number | Part::Blank => at + 1,
                Part::Amount(..) => at + self.amounts.iter().find(|(place, ..)| *place == at)?.2,
                // The nearest continuation counts.
                Part::Gap(_) => target.and(Bits::range(at, Bits::<N>::PLACES)).places().next()?,
                Part::Choice(choice) => self.end_of_choice(choice, at, target)?,
                Part::Optional(choice) => self.end_of_choice(choice, at, target).unwrap_or(at),
            };
        }
        Some(at)
    }
}
