//! Whether words stand under a denial: "shall not", "neither … nor", "The SRO does not | act as …".

use super::language::{Cue, Language};
use super::{Annotated, Break, Class, UnitId, context, stance};

/// Whether a statement affirms or denies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Polarity {
    /// It is so.
    Affirmed,
    /// It is denied or forbidden.
    Denied,
}

/// The denials in a unit's reading, found once.
#[derive(Debug, Clone, Default)]
pub struct Denials {
    /// Clause number of every word of the reading.
    clause: Vec<u32>,
    /// For every word whether it denies.
    denies: Vec<bool>,
    /// For every word whether it is a verb's mood ("shall", "is").
    modal: Vec<bool>,
    /// Number of words that lead into the unit.
    lead: usize,
    /// The answer begins with "No".
    answered_no: bool,
}

impl Denials {
    /// Finds the denials in a unit's reading (positions of the words; the first `lead` lead into the unit).
    pub fn new(out: &Annotated<'_>, language: &Language, unit: UnitId, reading: &[usize], lead: usize) -> Self {
        let unit = &out.units[unit];
        let cues = stance::cues(out, language, reading);
        let word = |i: usize| out.word(reading[i]);
        let mut denies: Vec<bool> = (0..reading.len()).map(|i| language.negation.contains(word(i))).collect();
        let modal: Vec<bool> = (0..reading.len()).map(|i| language.modals.contains(word(i))).collect();
        for (start, end, cue) in &cues {
            match cue {
                Cue::Negation => denies[*start] = true,
                Cue::NotNegation => denies[*start..*end].iter_mut().for_each(|d| *d = false),
                _ => {}
            }
        }
        let mut clause = Vec::with_capacity(reading.len());
        let mut number = 0;
        // "If you cannot tell, ask": what a condition denies ends with the condition.
        let mut condition = false;
        for i in 0..reading.len() {
            let conditional = matches!(word(i), "if" | "when" | "where" | "whenever");
            let ends = condition && out.tokens[reading[i]].before == Break::Comma;
            if i > 0 && (ends || breaks(out, language, reading, &modal, i)) {
                number += 1;
            }
            condition = conditional || condition && !ends;
            clause.push(number);
        }
        let asked = unit.lead_unit.is_some_and(|l| out.units[l].class == Class::Question);
        let question = asked || unit.lead.first().is_some_and(|l| context::asks(out, l));
        let answered_no =
            question && reading.get(lead).is_some_and(|t| matches!(out.word(*t), "no" | "never" | "not" | "nor"));
        Self { clause, denies, modal, lead, answered_no }
    }

    /// Whether the words `start..end` of the reading are affirmed or denied.
    pub fn polarity(&self, start: usize, end: usize) -> Polarity {
        let Some(clause) = self.clause.get(start).copied() else { return Polarity::Affirmed };
        let from = self.clause.partition_point(|c| *c < clause);
        let to = self.clause.partition_point(|c| *c <= clause);
        let before = (from..start).any(|i| self.denies[i]);
        let within = (start..end.min(to)).any(|i| self.denies[i]);
        // "Arrests for swearing are not permitted": the subject is denied by the verb after it.
        let subject = !(from..end.min(to)).any(|i| self.modal[i]);
        let after = subject
            && (end..to.min(end + 14)).any(|i| {
                self.denies[i]
                    && (i == 0 || self.modal[i - 1] || self.modal.get(i.wrapping_sub(2)).copied().unwrap_or(false))
            });
        let answered = self.answered_no && start < self.lead;
        if before || within || after || answered { Polarity::Denied } else { Polarity::Affirmed }
    }
}

/// Whether a new clause, with a polarity of its own, begins at word `i`.
fn breaks(out: &Annotated<'_>, language: &Language, reading: &[usize], modal: &[bool], i: usize) -> bool {
    let token = &out.tokens[reading[i]];
    let word = out.word(reading[i]);
    if token.before == Break::Semicolon || language.clause_breaks.contains(word) {
        return true;
    }
    // ", and the principal shall", "and will": a coordinated clause with a verb of its own.
    let coordinated = matches!(word, "and" | "or" | "so" | "then") || token.before == Break::Comma;
    coordinated && (i + 1..(i + 5).min(reading.len())).any(|j| modal[j]) && (0..i).any(|j| modal[j])
}
