//! The words of the trade, from `rules/language.yaml`: actors, and the cues that tell what a sentence does.

use crate::phrase::{Matcher, MatcherBuilder, Phrase, PhraseError, TermId, Vocabulary};
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
    /// It may be done or left.
    Decline,
    /// A student's right to leave something undone, which is nobody's choice to leave a duty.
    Right,
    /// A list of what another paper is to contain.
    Topics,
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

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct LanguageFile {
    actors: BTreeMap<String, Vec<String>>,
    plain_officer: Vec<String>,
    other_officer_before: HashSet<String>,
    other_officer_after: HashSet<String>,
    cues: CueFile,
    paper: String,
    negation: HashSet<String>,
    negation_phrases: Vec<String>,
    not_negation: Vec<String>,
    clause_breaks: HashSet<String>,
    modals: HashSet<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct CueFile {
    promise: Vec<String>,
    reference: Vec<String>,
    decline: Vec<String>,
    right: Vec<String>,
    topics: Vec<String>,
    agenda: Vec<String>,
    past: Vec<String>,
    legal_references: Vec<String>,
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

static LANGUAGE: LazyLock<Result<Language, String>> =
    LazyLock::new(|| Language::from_json(include_str!(concat!(env!("OUT_DIR"), "/language.json"))));

impl Language {
    /// The language shipped with the program.
    ///
    /// # Errors
    /// Only if the shipped file is broken, which a test rules out.
    pub fn shipped() -> Result<&'static Self, &'static str> {
        LANGUAGE.as_ref().map_err(String::as_str)
    }

    fn from_json(json: &str) -> Result<Self, String> {
        let file: LanguageFile = serde_json::from_str(json).map_err(|e| e.to_string())?;
        let mut vocabulary = Vocabulary::new();
        vocabulary.insert("paper".into(), Phrase::parse(&file.paper).map_err(|e| e.to_string())?.into());

        let mut actors = Compiler::new(&vocabulary);
        let actor_names: Vec<String> = file.actors.keys().cloned().collect();
        for (id, phrases) in file.actors.values().enumerate() {
            actors.add(phrases, Cue::Actor(id)).map_err(|e| e.to_string())?;
        }
        actors.add(&file.plain_officer, Cue::PlainOfficer).map_err(|e| e.to_string())?;

        let mut cues = Compiler::new(&vocabulary);
        for (phrases, cue) in [
            (&file.cues.promise, Cue::Promise),
            (&file.cues.reference, Cue::Reference),
            (&file.cues.decline, Cue::Decline),
            (&file.cues.right, Cue::Right),
            (&file.cues.topics, Cue::Topics),
            (&file.cues.agenda, Cue::Agenda),
            (&file.cues.past, Cue::Past),
            (&file.cues.legal_references, Cue::LegalReferences),
            (&file.negation_phrases, Cue::Negation),
            (&file.not_negation, Cue::NotNegation),
        ] {
            cues.add(phrases, cue).map_err(|e| e.to_string())?;
        }
        Ok(Self {
            actors: actors.builder.build(),
            actor_cues: actors.cues,
            actor_names,
            cues: cues.builder.build(),
            cue_kinds: cues.cues,
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

struct Compiler {
    builder: MatcherBuilder,
    cues: Vec<Cue>,
}

impl Compiler {
    fn new(vocabulary: &Vocabulary) -> Self {
        Self { builder: MatcherBuilder::new(vocabulary.clone()), cues: Vec::new() }
    }

    fn add(&mut self, phrases: &[String], cue: Cue) -> Result<(), PhraseError> {
        for phrase in phrases {
            let term = self.builder.add(&Phrase::parse(phrase)?)? as usize;
            if term == self.cues.len() {
                self.cues.push(cue);
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_language_compiles() {
        Language::shipped().expect("rules/language.yaml");
    }
}
