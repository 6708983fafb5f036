//! A second opinion: how much a statement is like those that provide an element.
//!
//! Rules know only the words that somebody thought of. A table (`rules/likeness.bin`, made by
//! `scripts/train-likeness.py` from labelled clauses) says of words and pairs of words how much each speaks for or
//! against a provision of every element, and a contradiction of every requirement; a net (`rules/likeness-net.bin`) does the
//! same in another way. How they are weighed against what the rules found is said in `judge::weighing`. Both are sums of
//! weights: the same answer every time, and the words that spoke loudest can be shown.

mod net;
mod table;

use crate::annotate::{Annotated, Class, Stance, Unit, UnitId};
use crate::memo::{Key, Memo};
use crate::share;
use net::{Known, Net};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::sync::{Arc, LazyLock, OnceLock};
use table::{Feature, Table};

/// The scores of the statements of this run, in 16 MB at most.
static MEMO: LazyLock<Memo<f32>> = LazyLock::new(|| Memo::new(16 << 20));

/// Score from which a statement tells what kind of document it stands in.
const TELLS: f32 = 0.0;

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
    scores: Vec<Option<Arc<[f32]>>>,
    best: Vec<Option<(f32, UnitId)>>,
}

impl Likest {
    /// Weighs all statements of a document.
    pub fn of(out: &Annotated<'_>) -> Self {
        let Some(scales) = Scales::new(out) else { return Self::default() };
        let mut best = vec![None; scales.table.biases.len()];
        let mut scores = vec![None; out.units.len()];
        let weigh = |tokens: &mut Vec<usize>, (_, unit): &(UnitId, &Unit)| {
            unit.reading(tokens);
            MEMO.recall(scales.key(tokens, unit), || scales.weigh(tokens, unit))
        };
        let stating: Vec<(UnitId, &Unit)> = out.units.iter().enumerate().filter(|(_, unit)| states(unit)).collect();
        let weighed = share::map(&stating, Vec::new, weigh);
        for ((id, _), of_unit) in stating.into_iter().zip(weighed) {
            for (best, score) in best.iter_mut().zip(&*of_unit) {
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

    /// How many elements of some requirements there are that some statement is like.
    pub fn elements_of(&self, ids: &[String]) -> usize {
        let Some(table) = Table::shipped() else { return 0 };
        let of_them = |label: &str| label.split_once('/').is_some_and(|(id, _)| ids.iter().any(|known| known == id));
        let like = |best: &Option<(f32, UnitId)>| best.is_some_and(|(score, _)| score > TELLS);
        table.labels.iter().zip(&self.best).filter(|(label, best)| of_them(label) && like(best)).count()
    }

    /// The statements with more than a score for a column, each with its score.
    pub fn above(&self, label: LabelId, bar: f32) -> impl Iterator<Item = (f32, UnitId)> {
        let units = (0..self.scores.len()).filter_map(move |unit| Some((self.score(unit, label)?, unit)));
        units.filter(move |(score, _)| *score > bar)
    }

    /// The statement that is most like a column, and its score: above 0 it rather is one than not.
    pub fn best(&self, label: LabelId) -> Option<(f32, UnitId)> {
        self.best.get(usize::from(label.0)).copied().flatten()
    }
}

/// The words of a statement that speak loudest for a column, the loudest first: those without which it is least like it.
pub fn loudest(out: &Annotated<'_>, unit: UnitId, label: LabelId, most: usize) -> Vec<String> {
    let Some(scales) = Scales::new(out) else { return Vec::new() };
    let unit = &out.units[unit];
    let mut tokens = Vec::new();
    unit.reading(&mut tokens);
    let score = |tokens: &[usize]| scales.weigh(tokens, unit)[usize::from(label.0)];
    let whole = score(&tokens);
    let mut loud: HashMap<&str, f32> = HashMap::new();
    for token in &tokens {
        let word = out.word(*token);
        loud.entry(word).or_insert_with(|| {
            let others: Vec<usize> = tokens.iter().copied().filter(|t| out.word(*t) != word).collect();
            whole - score(&others)
        });
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

/// The table and the net with the words of a document.
struct Scales<'a, 'd> {
    out: &'a Annotated<'d>,
    table: &'static Table,
    net: &'static Net,
    /// For every symbol what is the same wherever it stands: made for the first statement that is new.
    words: OnceLock<Vec<Word>>,
    edges: (u64, u64),
}

/// What of a word is the same wherever it stands.
struct Word {
    hash: u64,
    beginning: Option<Feature>,
    known: Option<Known>,
    /// Made when the word first stands in a statement that is new.
    shares: OnceLock<Arc<[f32]>>,
}

impl<'a, 'd> Scales<'a, 'd> {
    fn new(out: &'a Annotated<'d>) -> Option<Self> {
        let (table, net) = (Table::shipped()?, Net::shipped()?);
        Some(Self { out, table, net, words: OnceLock::new(), edges: (table::hash("<"), table::hash(">")) })
    }

    /// All that the scores of a statement depend on.
    fn key(&self, tokens: &[usize], unit: &Unit) -> Key {
        let mut key = blake3::Hasher::new();
        for token in tokens.iter().copied().chain(self.heading(unit)) {
            // No word holds this byte.
            key.update(self.out.word(token).as_bytes()).update(&[0]);
        }
        *key.update(&tokens.len().to_le_bytes()).finalize().as_bytes()
    }

    /// The score of every column for words of a statement: the mean of what table and net say.
    fn weigh(&self, tokens: &[usize], unit: &Unit) -> Vec<f32> {
        let mut scores = self.table.scores(&mut self.features(tokens, unit));
        let words = tokens.iter().map(|token| self.word(*token));
        let shares: Vec<Option<&[f32]>> = words.map(|word| self.shares(word)).collect();
        let heading: Vec<Known> = self.heading(unit).filter_map(|token| self.word(token).known).collect();
        for (score, by_net) in scores.iter_mut().zip(self.net.scores(&shares, &heading)) {
            *score = f32::midpoint(*score, by_net);
        }
        scores
    }

    fn shares<'w>(&self, word: &'w Word) -> Option<&'w [f32]> {
        word.known.map(|known| &**word.shares.get_or_init(|| self.net.shares(known)))
    }

    fn word(&self, token: usize) -> &Word {
        let word = |word: &String| {
            let (hash, known) = (table::hash(word), self.net.word(word));
            Word { hash, beginning: beginning(word), known, shares: OnceLock::new() }
        };
        let words = self.words.get_or_init(|| self.out.symbols.names().iter().map(word).collect());
        &words[self.out.tokens[token].symbol as usize]
    }

    /// The words of the nearest heading.
    fn heading(&self, unit: &Unit) -> std::ops::Range<usize> {
        unit.titles.last().map_or(0..0, |title| self.out.titles[*title].clone())
    }

    /// The words of a statement with what leads into it, their beginnings, pairs of words, pairs with a word between,
    /// and the words of the nearest heading. The same in `scripts/train-likeness.py`.
    fn features(&self, tokens: &[usize], unit: &Unit) -> Vec<Feature> {
        let mut features = Vec::with_capacity(4 * tokens.len() + 8);
        let words = || tokens.iter().map(|token| self.word(*token));
        let (mut last, mut last_but_one) = (self.edges.0, None);
        for (hash, start) in words().map(|w| (w.hash, w.beginning)).chain([(self.edges.1, None)]) {
            features.push(table::pair(last, hash));
            features.extend(last_but_one.map(|before| table::apart(before, hash)));
            features.extend(start);
            (last_but_one, last) = (Some(last), hash);
        }
        features.extend(words().map(|word| table::word(word.hash)));
        features.extend(self.heading(unit).map(|token| table::heading(self.word(token).hash)));
        features
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
        assert!(score > 0.0 && unit == 1, "{score} {unit}");
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
