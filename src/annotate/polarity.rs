//! Whether words stand under a denial: "shall not", "neither … nor", "The SRO does not | act as …".

use super::language::{Cue, Language};
use super::{Annotated, Break, Class, Unit, UnitId, context};

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
    /// For every word whether it opens a clause of time, place or condition.
    opens: Vec<bool>,
    /// Number of words that lead into the unit.
    lead: usize,
    /// The unit begins with the answer "Yes" or "No" to the question that leads into it, and which.
    answer: Option<Polarity>,
    /// A question to be answered with "Yes" or "No" leads into the unit.
    closed_question: bool,
}

impl Denials {
    /// Finds the denials in a unit's reading (positions of the words; the first `lead` lead into the unit).
    pub fn new(out: &Annotated<'_>, language: &Language, unit: UnitId, reading: &[usize], lead: usize) -> Self {
        let unit = &out.units[unit];
        let word = |i: usize| out.word(reading[i]);
        // "No. 44" numbers and does not deny.
        let numbers = |i: usize| {
            let next = reading.get(i + 1).map_or("", |t| out.word(*t));
            word(i) == "no" && next.starts_with(|c: char| c.is_ascii_digit())
        };
        let mut denies: Vec<bool> =
            (0..reading.len()).map(|i| language.negation.contains(word(i)) && !numbers(i)).collect();
        // "To do the work of" has no mood of its own.
        let mood = |i: usize| language.modals.contains(word(i)) && (i == 0 || word(i - 1) != "to");
        let modal: Vec<bool> = (0..reading.len()).map(mood).collect();
        let opens = (0..reading.len()).map(|i| OPENERS.contains(&word(i))).collect();
        for (start, end, cue) in &unit.cues {
            match cue {
                Cue::Negation => denies[*start] = true,
                Cue::NotNegation => denies[*start..*end].iter_mut().for_each(|d| *d = false),
                _ => {}
            }
        }
        let mut clause = Vec::with_capacity(reading.len());
        let question = match unit.lead_unit {
            Some(lead) => out.units[lead].class == Class::Question,
            None => unit.question.is_some(),
        } || unit.lead.first().is_some_and(|l| context::asks(out, l));
        let mut number = 0;
        // "If you cannot tell, ask": what a condition denies ends with the condition.
        let mut condition = false;
        for i in 0..reading.len() {
            let conditional = matches!(word(i), "if" | "when" | "where" | "whenever");
            let ends = condition && out.tokens[reading[i]].before == Break::Comma;
            let answers = question && i == lead;
            let restarts = i == lead && begins_anew(out, unit, reading, &modal, &denies);
            if i > 0 && (ends || answers || restarts || breaks(out, language, reading, &modal, i)) {
                number += 1;
            }
            // "Instead of being charged, a student may …": what is replaced ends there, too.
            let replaced = i == lead
                && matches!(word(i), "instead" | "rather")
                && reading.get(i + 1).is_some_and(|t| matches!(out.word(*t), "of" | "than"));
            condition = conditional || replaced || condition && !ends;
            clause.push(number);
        }
        // "A. No." and "Answer: no" begin with the answer's mark.
        let marked = reading.get(lead).is_some_and(|t| matches!(out.word(*t), "a" | "answer"));
        let answer = reading.get(lead + usize::from(marked)).filter(|_| question);
        let answer = answer.and_then(|t| match out.word(*t) {
            "no" | "never" | "not" | "nor" => Some(Polarity::Denied),
            "yes" | "only" | "always" | "usually" | "rarely" | "sometimes" | "if" | "when" => Some(Polarity::Affirmed),
            _ => None,
        });
        // "Q. Does the officer …?", "3. May an officer …?": the mark before a question is no part of it.
        let mark = |i: &usize| matches!(word(*i), "q" | "question") || word(*i).bytes().all(|b| b.is_ascii_digit());
        let asked = (0..lead).find(|i| !mark(i));
        let closed_question = question && asked.is_some_and(|i| modal[i]);
        Self { clause, denies, modal, opens, lead, answer, closed_question }
    }

    /// Whether words that end at `end` are the unit's to say: its own, or a question that it answers with a word.
    pub fn says(&self, end: usize) -> bool {
        end > self.lead || self.answer.is_some()
    }

    /// Whether words that end at `end` are only asked: a question that other words of the answer decide.
    pub fn only_asks(&self, end: usize) -> bool {
        self.closed_question && end <= self.lead && self.answer.is_none()
    }

    /// Whether the words `start..end` of the reading are affirmed or denied: where they reach into another clause,
    /// both their ends must be affirmed ("patrols the lots but does not enforce").
    pub fn polarity(&self, start: usize, end: usize) -> Polarity {
        let last = end.saturating_sub(1).max(start);
        match self.clause.get(start) == self.clause.get(last) {
            false if self.in_clause(last, end) == Polarity::Denied => Polarity::Denied,
            _ => self.in_clause(start, end),
        }
    }

    fn in_clause(&self, start: usize, end: usize) -> Polarity {
        let Some(clause) = self.clause.get(start).copied() else { return Polarity::Affirmed };
        let from = self.clause.partition_point(|c| *c < clause);
        let to = self.clause.partition_point(|c| *c <= clause);
        let before = (from..start).any(|i| self.denies[i]);
        let within = (start..end.min(to)).any(|i| self.denies[i]);
        // "Arrests for swearing are not permitted": the subject is denied by the verb after it.
        let subject = !(from..end.min(to)).any(|i| self.modal[i]);
        let after = subject
            && (end..to.min(end + 24)).take_while(|i| !self.opens[*i]).any(|i| {
                self.denies[i]
                    && (i == 0 || self.modal[i - 1] || self.modal.get(i.wrapping_sub(2)).copied().unwrap_or(false))
            });
        let answered = self.answer == Some(Polarity::Denied) && start < self.lead;
        if before || within || after || answered { Polarity::Denied } else { Polarity::Affirmed }
    }
}

/// Whether a unit that stands behind a semicolon has a subject and a verb of its own: "Nobody in the district commands
/// the SRO; the SRO reports to the captain". Of "may not search lockers; question students" it has neither, and what
/// denies something itself goes with what it denies: "detentions are for the dean; the officer may not give them".
fn begins_anew(out: &Annotated<'_>, unit: &Unit, reading: &[usize], modal: &[bool], denies: &[bool]) -> bool {
    let lead = reading.len() - unit.own.len();
    let Some(before) = unit.lead_unit.map(|lead| out.units[lead].span.end) else { return false };
    let text = out.document.text().get(before..).unwrap_or_default();
    let subject =
        matches!(reading.get(lead).map_or("", |t| out.word(*t)), "the" | "sro" | "it" | "they" | "he" | "she");
    let verb = modal.get(lead..).unwrap_or_default().iter().take(6).any(|m| *m);
    text.starts_with(';') && (subject || verb) && !denies.iter().skip(lead).any(|d| *d)
}

/// Words that open a clause of time, place or condition: what it denies is not what stands before it.
const OPENERS: &[&str] = &["when", "if", "where", "because", "until"];
/// Words that open a clause before the main one.
const SUBORDINATORS: &[&str] = &["while", "although", "though", "if", "when", "because", "since", "as"];

/// Whether a new clause, with a polarity of its own, begins at word `i`.
fn breaks(out: &Annotated<'_>, language: &Language, reading: &[usize], modal: &[bool], i: usize) -> bool {
    let token = &out.tokens[reading[i]];
    let word = out.word(reading[i]);
    if token.before == Break::Semicolon || language.clause_breaks.contains(word) {
        return true;
    }
    // ", and the principal shall", "and will": a coordinated clause with a verb of its own, and
    // the main clause after "While not a counselor, …".
    let coordinated = matches!(word, "and" | "or" | "so" | "then") || comma(out, reading, i);
    let joins = |j: usize| j > i + 1 && (matches!(out.word(reading[j]), "and" | "or") || comma(out, reading, j));
    let verb_ahead = (i + 1..(i + 5).min(reading.len())).take_while(|j| !joins(*j)).any(|j| modal[j]);
    let clause_before = (0..i).any(|j| modal[j]) || SUBORDINATORS.contains(&out.word(reading[0]));
    coordinated && verb_ahead && clause_before
}

fn comma(out: &Annotated<'_>, reading: &[usize], i: usize) -> bool {
    out.tokens[reading[i]].before == Break::Comma
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reader::{Limits, markdown};

    #[test]
    fn words_that_reach_into_a_denied_clause_are_denied() {
        let text = "The SRO patrols the lots but does not enforce rules.";
        assert_eq!(polarity(text, 1, 4), Polarity::Affirmed);
        assert_eq!(polarity(text, 1, 10), Polarity::Denied);
    }

    #[test]
    fn a_verb_of_its_own_keeps_a_phrase_from_a_later_denial() {
        let text = "The parent is called before a search that can wait and after one that cannot.";
        assert_eq!(polarity(text, 1, 4), Polarity::Affirmed);
    }

    /// Whether the words `start..end` of a sentence are denied.
    fn polarity(text: &str, start: usize, end: usize) -> Polarity {
        let document = markdown::read(text.as_bytes(), &Limits::default()).expect("reads");
        let language = Language::shipped().expect("language");
        let out = Annotated::new(&document, language);
        let mut reading = Vec::new();
        let lead = out.units[0].reading(&mut reading);
        Denials::new(&out, language, 0, &reading, lead).polarity(start, end)
    }

    /// Whether `word` is denied where it last stands, in the reading of the last unit that has it.
    fn denied(text: &str, word: &str) -> bool {
        let document = markdown::read(text.as_bytes(), &Limits::default()).expect("reads");
        let language = Language::shipped().expect("language");
        let out = Annotated::new(&document, language);
        let mut reading = Vec::new();
        for unit in (0..out.units.len()).rev() {
            let lead = out.units[unit].reading(&mut reading);
            if let Some(at) = reading.iter().rposition(|t| out.word(*t) == word) {
                let denials = Denials::new(&out, language, unit, &reading, lead);
                return denials.polarity(at, at + 1) == Polarity::Denied;
            }
        }
        panic!("{word} is not there")
    }

    #[test]
    fn a_statement_behind_a_semicolon_has_a_polarity_of_its_own() {
        assert!(!denied("Nobody in the District commands the SRO; the SRO reports to the Captain.", "reports"));
        assert!(denied("The SRO may not search lockers; question students.", "question"));
    }

    #[test]
    fn what_is_replaced_ends_at_the_comma() {
        assert!(!denied("Instead of being charged, a student may take part in the circle.", "circle"));
    }

    #[test]
    fn a_line_without_an_end_leads_into_the_list_below_it() {
        assert!(denied("The SRO shall not\n\n- give detentions\n- hold classes", "detentions"));
    }

    #[test]
    fn a_denial_reaches_to_the_end_of_its_clause() {
        assert!(denied("The SRO shall not punish students or enforce rules.", "enforce"));
        assert!(!denied("The SRO shall not punish students, but may advise the principal.", "advise"));
        assert!(denied("It says that SROs shall not counsel or advise and shall not enforce rules.", "advise"));
        assert!(!denied("The SRO may, however, advise staff when a dean is not there.", "advise"));
        assert!(!denied("While not a counselor, the SRO will enforce dress rules.", "enforce"));
        assert!(denied("The SRO is not to punish students or to do the counselors' work.", "work"));
        assert!(denied("An SRO uses no police powers in matters of discipline.", "discipline"));
        assert!(!denied("If you cannot tell which it is, ask the principal.", "ask"));
        assert!(!denied("Under General Order No. 44 the officer reports each arrest.", "arrest"));
        assert!(!denied("## What happens instead of court?\n\nThe officer offers diversion.", "diversion"));
    }

    #[test]
    fn what_a_student_will_not_do_denies_nothing_else() {
        let text = "A student who will not stop shouting, or is not violent but will not sit, may be arrested.";
        assert!(!denied(text, "arrested"));
    }

    #[test]
    fn an_answer_decides_its_question() {
        assert!(denied("# Does the SRO enforce rules?\n\nNo. Staff do.", "enforce"));
        assert!(!denied("# Does the SRO enforce laws?\n\nYes.", "enforce"));
    }
}
