//! The words of the trade, from `rules/language.yaml`: actors, and the cues that tell what a sentence does.

use crate::phrase::{Matcher, TermId};
use serde::Deserialize;
use std::collections::{BTreeMap, HashSet};
use std::sync::LazyLock;

/// What a cue says of the sentence that it stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cue {
    /// The substance is promised for later or for another paper.
    Promise,
    /// The substance stands in another paper.
    Reference,
    /// The document itself, or a person's orders: no other paper.
    NoPaper,
    /// It may be done or left.
    Decline,
    /// A student's right to leave something undone, which is nobody's choice to leave a duty.
    Right,
    /// A list of what another paper is to contain.
    Topics,
    /// What a course or its hours hold: no other paper.
    NoTopics,
    /// A heading over papers that are still to come, or over a list of contents.
    Agenda,
    /// What was once and is no longer, or never came to be.
    Past,
    /// A line of legal references.
    LegalReferences,
    /// Denies what follows.
    Negation,
    /// Looks like a denial and is none.
    NotNegation,
    /// The plain word "officer".
    PlainOfficer,
    /// Reads as an actor's one word.
    Actor(usize),
}

/// The file as `build/` has made it ready: terms of two matchers in the place of the phrases.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct LanguageFile {
    actors: BTreeMap<String, Vec<TermId>>,
    plain_officer: Vec<TermId>,
    other_officer_before: HashSet<String>,
    other_officer_after: HashSet<String>,
    cues: CueFile,
    negation: HashSet<String>,
    negation_phrases: Vec<TermId>,
    not_negation: Vec<TermId>,
    clause_breaks: HashSet<String>,
    modals: HashSet<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct CueFile {
    promise: Vec<TermId>,
    reference: Vec<TermId>,
    no_paper: Vec<TermId>,
    decline: Vec<TermId>,
    right: Vec<TermId>,
    topics: Vec<TermId>,
    no_topics: Vec<TermId>,
    agenda: Vec<TermId>,
    past: Vec<TermId>,
    legal_references: Vec<TermId>,
}

/// The compiled language.
#[derive(Debug)]
pub struct Language {
    /// Finds actors only: run before the actors are put in.
    pub actors: Matcher,
    actor_cues: Vec<Cue>,
    /// Names of the actors, by their number.
    pub actor_names: Vec<String>,
    /// Finds cues: run after the actors are put in.
    pub cues: Matcher,
    cue_kinds: Vec<Cue>,
    /// Words that deny.
    pub negation: HashSet<String>,
    /// Words that begin a new clause.
    pub clause_breaks: HashSet<String>,
    /// Words that carry a verb's mood.
    pub modals: HashSet<String>,
    /// Words before "officer" that make it another officer.
    pub other_officer_before: HashSet<String>,
    /// Words after "officer" that make it another officer.
    pub other_officer_after: HashSet<String>,
}

static LANGUAGE: LazyLock<Result<Language, String>> = LazyLock::new(Language::read);

impl Language {
    /// The language shipped with the program.
    ///
    /// # Errors
    /// Only if the shipped file is broken, which a test rules out.
    pub fn shipped() -> Result<&'static Self, &'static str> {
        LANGUAGE.as_ref().map_err(String::as_str)
    }

    fn read() -> Result<Self, String> {
        const JSON: &str = include_str!(concat!(env!("OUT_DIR"), "/language.json"));
        let matcher = |packed| Matcher::unpack(packed).ok_or_else(|| "its phrases cannot be read".to_owned());
        let file: LanguageFile = serde_json::from_str(JSON).map_err(|e| e.to_string())?;
        let actors = matcher(include_bytes!(concat!(env!("OUT_DIR"), "/actors.matcher")))?;
        let cues = matcher(include_bytes!(concat!(env!("OUT_DIR"), "/cues.matcher")))?;

        let mut actor_cues = Vec::new();
        for (id, terms) in file.actors.values().enumerate() {
            note(&mut actor_cues, terms, Cue::Actor(id));
        }
        note(&mut actor_cues, &file.plain_officer, Cue::PlainOfficer);
        let mut cue_kinds = Vec::new();
        for (terms, cue) in [
            (&file.cues.promise, Cue::Promise),
            (&file.cues.reference, Cue::Reference),
            (&file.cues.no_paper, Cue::NoPaper),
            (&file.cues.decline, Cue::Decline),
            (&file.cues.right, Cue::Right),
            (&file.cues.topics, Cue::Topics),
            (&file.cues.no_topics, Cue::NoTopics),
            (&file.cues.agenda, Cue::Agenda),
            (&file.cues.past, Cue::Past),
            (&file.cues.legal_references, Cue::LegalReferences),
            (&file.negation_phrases, Cue::Negation),
            (&file.not_negation, Cue::NotNegation),
        ] {
            note(&mut cue_kinds, terms, cue);
        }
        Ok(Self {
            actors,
            actor_cues,
            actor_names: file.actors.into_keys().collect(),
            cues,
            cue_kinds,
            negation: file.negation,
            clause_breaks: file.clause_breaks,
            modals: file.modals,
            other_officer_before: file.other_officer_before,
            other_officer_after: file.other_officer_after,
        })
    }

    /// What a term of [`Language::actors`] stands for.
    pub fn actor(&self, term: TermId) -> Cue {
        self.actor_cues[term as usize]
    }

    /// What a term of [`Language::cues`] stands for.
    pub fn cue(&self, term: TermId) -> Cue {
        self.cue_kinds[term as usize]
    }
}

/// Notes what the next terms stand for; a phrase that stands in two lists keeps to the first.
fn note(cues: &mut Vec<Cue>, terms: &[TermId], cue: Cue) {
    for term in terms {
        if *term as usize == cues.len() {
            cues.push(cue);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_phrase_of_the_shipped_language_stands_for_something() {
        let language = Language::shipped().expect("rules/language.yaml");
        assert_eq!(language.actor_cues.len(), language.actors.len());
        assert_eq!(language.cue_kinds.len(), language.cues.len());
    }
}
