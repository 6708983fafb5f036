//! A second opinion: how much a statement is like those that provide an element.
//!
//! Rules know only the words that somebody thought of. A table (`rules/likeness.bin`, made by
//! `scripts/train-likeness.py` from labelled clauses) says of words and pairs of words how much each speaks for or
//! against a provision of every element, and a contradiction of every requirement. How it corrects the rules is said in
//! `judge::second_opinion`. It is a sum of weights: the same answer every time, and the words that spoke loudest can be
//! shown.

mod table;

use crate::annotate::{Annotated, Class, Stance, Symbols, Unit, UnitId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use table::{Feature, Table};

/// Score from which a statement is taken to provide an element that no rule found.
pub const PROVIDES: f32 = 0.0;
/// Score from which a statement is taken to contradict a requirement.
pub const OPPOSES: f32 = 1.0;
/// Score from which a statement tells what kind of document it stands in.
const TELLS: f32 = 1.0;

/// Letters of the beginning that words are also known by.
const BEGINNING: usize = 5;

/// A table shipped with the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
pub enum Likeness {
    /// For the elements of the pack of this name.
    #[serde(rename = "ma-37p")]
    Ma37p,
}

/// A column of a table: an element, or what contradicts a requirement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LabelId(u8);

impl Likeness {
    /// The column of an element.
    pub fn element(self, requirement: &str, element: &str) -> Option<LabelId> {
        Table::shipped()?.label(&format!("{requirement}/{element}")).map(LabelId)
    }

    /// The column of what contradicts a requirement.
    pub fn opposite(self, requirement: &str) -> Option<LabelId> {
        Table::shipped()?.label(&format!("!{requirement}")).map(LabelId)
    }
}

/// How much every statement of a document is like every column, and for each column the likest.
#[derive(Debug, Default)]
pub struct Likest {
    /// For every unit its scores; none where it states nothing.
    scores: Vec<Option<Vec<f32>>>,
    best: Vec<Option<(f32, UnitId)>>,
}

impl Likest {
    /// Weighs all statements of a document.
    pub fn of(out: &Annotated<'_>) -> Self {
        let Some(table) = Table::shipped() else { return Self::default() };
        let words = Words::new(&out.symbols);
        let mut best = vec![None; table.biases.len()];
        let mut scores = vec![None; out.units.len()];
        let (mut features, mut tokens) = (Vec::new(), Vec::new());
        for (id, unit) in out.units.iter().enumerate().filter(|(_, unit)| states(unit)) {
            words.features(out, unit, &mut tokens, &mut features);
            let of_unit = table.scores(&mut features);
            for (best, score) in best.iter_mut().zip(&of_unit) {
                if best.is_none_or(|(before, _)| *score > before) {
                    *best = Some((*score, id));
                }
            }
            scores[id] = Some(of_unit);
        }
        Self { scores, best }
    }

    /// How much a statement is like a column; nothing for what states nothing.
    pub fn score(&self, unit: UnitId, label: LabelId) -> Option<f32> {
        self.scores.get(unit)?.as_ref()?.get(usize::from(label.0)).copied()
    }

    /// How many statements there are.
    pub fn statements(&self) -> usize {
        self.scores.iter().flatten().count()
    }

    /// How many elements of some requirements there are that some statement is like.
    pub fn elements_of(&self, ids: &[String]) -> usize {
        let Some(table) = Table::shipped() else { return 0 };
        let of_them = |label: &str| label.split_once('/').is_some_and(|(id, _)| ids.iter().any(|known| known == id));
        let like = |best: &Option<(f32, UnitId)>| best.is_some_and(|(score, _)| score > TELLS);
        table.labels.iter().zip(&self.best).filter(|(label, best)| of_them(label) && like(best)).count()
    }

    /// The statement that is most like a column, and its score: above 0 it rather is one than not.
    pub fn best(&self, label: LabelId) -> Option<(f32, UnitId)> {
        self.best.get(usize::from(label.0)).copied().flatten()
    }
}

/// The words of a statement that speak loudest for a column, the loudest first.
pub fn loudest(out: &Annotated<'_>, unit: UnitId, label: LabelId, most: usize) -> Vec<String> {
    let Some(table) = Table::shipped() else { return Vec::new() };
    let mut tokens = Vec::new();
    out.units[unit].reading(&mut tokens);
    let mut loud: HashMap<&str, f32> = HashMap::new();
    for token in &tokens {
        let word = out.word(*token);
        let hash = table::hash(word);
        let weight =
            table.weight(table::word(hash), label.0) + beginning(word).map_or(0.0, |b| table.weight(b, label.0));
        loud.insert(word, weight);
    }
    let mut loud: Vec<(&str, f32)> = loud.into_iter().filter(|(_, weight)| *weight > 0.0).collect();
    loud.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(b.0)));
    loud.into_iter().take(most).map(|(word, _)| word.to_owned()).collect()
}

/// Whether a unit states something: only what decides something can be like a provision.
pub fn states(unit: &Unit) -> bool {
    unit.class == Class::Text && matches!(unit.stance, Stance::Provides | Stance::Declines)
}

/// What a longer word begins with, as a feature.
fn beginning(word: &str) -> Option<Feature> {
    let (at, _) = word.char_indices().nth(BEGINNING)?;
    Some(table::beginning(table::hash(&word[..at])))
}

/// What of a document's words is the same wherever they stand.
struct Words {
    /// For every symbol its hash and its beginning.
    known: Vec<(u64, Option<Feature>)>,
    edges: (u64, u64),
}

impl Words {
    fn new(symbols: &Symbols) -> Self {
        let known = symbols.names().iter().map(|word| (table::hash(word), beginning(word))).collect();
        Self { known, edges: (table::hash("<"), table::hash(">")) }
    }

    /// The words of a statement with what leads into it, their beginnings, pairs of words, pairs with a word between,
    /// and the words of the nearest heading. The same in `scripts/train-likeness.py`.
    fn features(&self, out: &Annotated<'_>, unit: &Unit, tokens: &mut Vec<usize>, features: &mut Vec<Feature>) {
        unit.reading(tokens);
        features.clear();
        let known = |token: usize| self.known[out.tokens[token].symbol as usize];
        let (mut last, mut last_but_one) = (self.edges.0, None);
        for (hash, start) in tokens.iter().map(|t| known(*t)).chain([(self.edges.1, None)]) {
            features.push(table::pair(last, hash));
            features.extend(last_but_one.map(|before| table::apart(before, hash)));
            features.extend(start);
            (last_but_one, last) = (Some(last), hash);
        }
        features.extend(tokens.iter().map(|t| table::word(known(*t).0)));
        if let Some(title) = unit.titles.last() {
            features.extend(out.titles[*title].clone().map(|token| table::heading(known(token).0)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::Language;
    use crate::reader::{Limits, Source, read};

    fn best(text: &str, requirement: &str, element: &str) -> (f32, usize, Vec<String>) {
        let document = read(Source { name: "t.txt", bytes: text.as_bytes() }, &Limits::default()).expect("document");
        let out = Annotated::new(&document, Language::shipped().expect("language"));
        let label = Likeness::Ma37p.element(requirement, element).expect("a column");
        let (score, unit) = Likest::of(&out).best(label).expect("a statement");
        (score, unit, loudest(&out, unit, label, 3))
    }

    #[test]
    fn a_statement_in_other_words_is_found_and_an_idle_one_is_not() {
        let text = "Lunch is at noon in the gymnasium. \
                    Officers posted to a school wear the navy polo shirt with an embroidered badge and khaki trousers.";
        let (score, unit, words) = best(text, "SOP-1", "uniform");
        assert!(score > PROVIDES && unit == 1, "{score} {unit}");
        assert!(
            words.iter().any(|word| ["wear", "polo", "shirt", "badge", "khaki"].contains(&word.as_str())),
            "{words:?}"
        );
        assert!(best("Lunch is at noon in the gymnasium.", "SOP-1", "uniform").0 < 0.0);
    }

    #[test]
    fn a_question_or_a_promise_is_like_nothing() {
        let text = "A policy on the navy polo shirt that officers wear shall be developed. What do officers wear?";
        let document = read(Source { name: "t.txt", bytes: text.as_bytes() }, &Limits::default()).expect("document");
        let out = Annotated::new(&document, Language::shipped().expect("language"));
        let label = Likeness::Ma37p.element("SOP-1", "uniform").expect("a column");
        assert!(Likest::of(&out).best(label).is_none(), "{:?}", out.units);
    }
}
