//! Phrases narrowed to the words of one document, and arranged by the words that they wait for.
//!
//! A document holds a small part of the words that a pack knows. What asks for another word is left out once, before
//! the first sentence, instead of at every sentence.

use super::grammar::{ChoiceId, Grammar, Part};
use super::matcher::{Phrases, Term, TermId, Wanted};
use super::sets::SetId;
use super::watch::Watch;
use std::sync::Arc;

impl Phrases {
    /// The phrases as far as they can stand in a text, each waiting for the rarest words that it needs; `common` says
    /// how often each word of the lexicon stands there, `asked` which phrases are looked for at all.
    pub fn narrowed(&self, common: &[u32], asked: &[bool], wanted: Wanted) -> Self {
        let weights = &self.holding.weights(common)[..];
        let can = |(term, asked): (&Term, &bool)| *asked && term.needs.iter().all(|set| weights[*set as usize] > 0);
        let can_stand: Vec<bool> = self.terms.iter().zip(asked).map(can).collect();
        let matters = |term: TermId| {
            let all_can = |others: &Vec<TermId>| others.iter().all(|other| can_stand[*other as usize]);
            let beside = self.beside(term);
            wanted == Wanted::Everything || beside.is_empty() || beside.iter().any(all_can)
        };
        let terms: Vec<(TermId, &Term)> =
            (0..).zip(self.terms.iter()).filter(|(id, _)| can_stand[*id as usize] && matters(*id)).collect();

        let mut asked_for = vec![false; weights.len()];
        let choices = self.grammar.reachable(terms.iter().map(|(_, term)| term.choice));
        let grammar = self.grammar.narrowed(&choices, weights, &mut asked_for);
        let sequences = grammar.arranged(weights);
        let mut term_watch = Watch::new(weights.len(), self.terms.len());
        for (id, term) in terms {
            term_watch.add(id, rarest(term.needs.iter().copied(), weights));
        }
        // Of a phrase that only others stand beside the needs are asked for, too.
        for (term, _) in self.terms.iter().zip(&can_stand).filter(|(_, can)| **can) {
            term.needs.iter().for_each(|set| asked_for[*set as usize] = true);
        }
        for set in (0..).take(weights.len()) {
            asked_for[set as usize] |= !sequences.is_unwatched(set);
        }
        let holding = self.holding.only(&asked_for, common);
        let (terms, uses) = (Arc::clone(&self.terms), self.uses.clone());
        Self { grammar, holding, terms, uses, sequence_watch: sequences, term_watch }
    }
}

/// The set whose words are the rarest.
fn rarest(sets: impl Iterator<Item = SetId>, weights: &[u32]) -> Option<SetId> {
    sets.min_by_key(|set| weights[*set as usize])
}

impl Grammar {
    /// Which choices some choices are made of, themselves included.
    fn reachable(&self, from: impl Iterator<Item = ChoiceId>) -> Vec<bool> {
        let mut reachable = vec![false; self.len()];
        from.for_each(|choice| reachable[choice as usize] = true);
        for choice in self.choices().rev() {
            if reachable[choice as usize] {
                for part in self.alternatives(choice).flat_map(|sequence| self.parts(sequence)) {
                    if let Part::Choice(inner) | Part::Optional(inner) = part {
                        reachable[*inner as usize] = true;
                    }
                }
            }
        }
        reachable
    }

    /// Some choices without the alternatives that cannot stand; notes the sets that the others ask for.
    fn narrowed(&self, choices: &[bool], weights: &[u32], asked_for: &mut [bool]) -> Self {
        let mut narrow = self.empty();
        let mut stands = Vec::with_capacity(self.len());
        for choice in self.choices() {
            let can = |part: &Part| match *part {
                Part::OneOf(set) => weights[set as usize] > 0,
                Part::Choice(inner) => stands[inner as usize],
                _ => true,
            };
            let alternatives = self.alternatives(choice).map(|sequence| self.parts(sequence));
            let (asked, mut some) = (choices[choice as usize], false);
            narrow.push(alternatives.filter(|parts| asked && parts.iter().all(can)).inspect(|parts| {
                some = true;
                for part in *parts {
                    if let Part::OneOf(set) = *part {
                        asked_for[set as usize] = true;
                    }
                }
            }));
            stands.push(some);
        }
        narrow
    }

    /// Every sequence waiting for the rarest words that it needs.
    fn arranged(&self, weights: &[u32]) -> Watch {
        let mut watch = Watch::new(weights.len(), self.sequences());
        for choice in self.choices() {
            for sequence in self.alternatives(choice) {
                let needs = self.parts(sequence).iter().filter_map(|part| match *part {
                    Part::OneOf(set) => Some(set),
                    Part::Choice(inner) => self.need(inner),
                    _ => None,
                });
                watch.add(sequence, rarest(needs, weights));
            }
        }
        watch
    }
}
