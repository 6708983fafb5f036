//! Annotation: what kind of text each statement is, found once, for all rules.
//!
//! The document's blocks become [`Unit`]s (a sentence, a list item, a table cell) over one list of words. Each
//! unit knows the words that lead into it, the headings that it stands under, and whether it provides or
//! only promises, points elsewhere, declines, asks or lists topics.

mod blank;
mod context;
mod definitions;
mod language;
mod polarity;
mod scan;
mod sentence;
mod stance;
mod struck;
mod table;
mod token;
mod unit;

pub use definitions::Definition;
pub use language::Language;
pub use polarity::{Denials, Polarity};
pub use token::{BLANK, Break, SymbolId, Symbols, Token};
pub use unit::{Class, Stance, TitleId, Unit, UnitId};

use crate::document::{Block, BlockId, BlockKind, Document, Folded, SectionId, Span};
use crate::phrase::{Scanner, Wanted, WordId};
use std::collections::HashMap;

/// A document with what kind of text each statement is.
#[derive(Debug)]
pub struct Annotated<'d> {
    /// The document.
    pub document: &'d Document,
    /// Its distinct words.
    pub symbols: Symbols,
    /// All words in reading order, headings and units alike.
    pub tokens: Vec<Token>,
    /// Statements in reading order.
    pub units: Vec<Unit>,
    /// Headings, row labels and questions that units stand under: ranges of `tokens`.
    pub titles: Vec<std::ops::Range<usize>>,
    /// Words that the document defines.
    pub definitions: Vec<Definition>,
    /// Whether the text shows the marks of a scan.
    pub scan: bool,
    /// For every block its folded text, in a scan with misread words put right.
    pub folded: Vec<Folded>,
}

impl<'d> Annotated<'d> {
    /// Annotates a document.
    pub fn new(document: &'d Document, language: &Language) -> Self {
        Builder::new(document, language).build()
    }

    /// The word of a token.
    pub fn word(&self, token: usize) -> &str {
        self.symbols.name(self.tokens[token].symbol)
    }

    /// The folded words of a range, for explanations and tests.
    pub fn words(&self, range: std::ops::Range<usize>) -> String {
        range.map(|t| self.word(t)).collect::<Vec<_>>().join(" ")
    }
}

struct Builder<'d, 'l> {
    language: &'l Language,
    actors: Scanner<'l>,
    /// For every symbol known so far the classes of the language's actors.
    actor_classes: Vec<Vec<WordId>>,
    out: Annotated<'d>,
    folded: Vec<Folded>,
    terms: DefinedTerms,
    section_titles: HashMap<SectionId, TitleId>,
    /// The document is a list to be ticked off: its empty boxes say nothing.
    checklist: bool,
    /// The last heading that asks something: it leads into the block after it.
    asked: Option<Asked>,
}

/// A heading, run-in or of its own, that is a question.
struct Asked {
    title: TitleId,
    block: BlockId,
}

/// Defined terms as word sequences, by first word, longest first.
type DefinedTerms = HashMap<SymbolId, Vec<(Vec<SymbolId>, SymbolId)>>;

impl<'d, 'l> Builder<'d, 'l> {
    fn new(document: &'d Document, language: &'l Language) -> Self {
        let mut folded: Vec<Folded> =
            document.blocks().iter().map(|b| Folded::new(document.text(), &b.pieces)).collect();
        let scan = scan::looks_scanned(&folded);
        if scan {
            scan::repair(&mut folded);
        }
        let out = Annotated {
            document,
            symbols: Symbols::default(),
            tokens: Vec::new(),
            units: Vec::new(),
            titles: Vec::new(),
            definitions: Vec::new(),
            scan,
            folded: Vec::new(),
        };
        Self {
            language,
            actors: language.actors.phrases().scanner(),
            actor_classes: Vec::new(),
            out,
            folded,
            terms: DefinedTerms::new(),
            section_titles: HashMap::new(),
            checklist: is_checklist(document),
            asked: None,
        }
    }

    fn build(mut self) -> Annotated<'d> {
        self.define();
        for id in 0..self.out.document.blocks().len() {
            let kind = &self.out.document.block(id).kind;
            if matches!(kind, BlockKind::Heading { .. }) {
                self.heading(id);
            } else if kind.is_body() {
                self.block(id);
            }
        }
        context::connect(&mut self.out, self.language);
        stance::judge(&mut self.out, self.language);
        struck::mark(&mut self.out);
        self.out.folded = self.folded;
        self.out
    }

    /// Reads the document's definitions and keeps those that stand for an actor.
    fn define(&mut self) {
        for (block, folded) in self.out.document.blocks().iter().zip(&self.folded) {
            if block.kind.is_body() {
                definitions::definitions(folded.text(), &mut self.out.definitions);
            }
        }
        for definition in self.out.definitions.clone().into_iter().filter(|d| !d.names_a_thing()) {
            let actor = if definition.names_the_officer() {
                Some("sro".to_owned())
            } else if definition.names_a_thing() {
                None
            } else {
                // "The "Chief" is the Chief of Police of the Town": the word itself says whom it means.
                self.actor_of(&definition.term, usize::MAX).or_else(|| self.actor_of(&definition.meaning, 6))
            };
            if let Some(actor) = actor {
                let actor = self.out.symbols.intern(&actor);
                for term in [definition.term.clone(), format!("{}s", definition.term)] {
                    let term = self.raw_words(&term);
                    let Some(first) = term.first() else { continue };
                    let known = self.terms.entry(*first).or_default();
                    if !known.iter().any(|(words, _)| *words == term) {
                        known.push((term, actor));
                    }
                }
            }
        }
        for known in self.terms.values_mut() {
            known.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
        }
    }

    fn raw_words(&mut self, text: &str) -> Vec<SymbolId> {
        let folded = Folded::new(text, &[Span::new(0, text.len())]);
        let mut tokens = Vec::new();
        token::tokenize(&folded, 0..folded.text().len(), &mut self.out.symbols, &mut tokens);
        tokens.iter().map(|t| t.symbol).collect()
    }

    /// The actor that a definition's meaning names last: the words nearest to the defined one.
    /// It must stand within so many words of the end: "an agreement between the Department and the Schools dated
    /// August 30" is neither.
    fn actor_of(&mut self, meaning: &str, within: usize) -> Option<String> {
        let words = self.raw_words(meaning);
        let hits = self.actor_hits(&words);
        let last = hits
            .into_iter()
            .filter(|h| matches!(h.2, language::Cue::Actor(_)) && words.len() - h.1 <= within)
            .max_by_key(|h| (h.1, h.1 - h.0));
        match last?.2 {
            language::Cue::Actor(id) => Some(self.language.actor_names[id].clone()),
            _ => None,
        }
    }

    fn heading(&mut self, id: BlockId) {
        let len = self.folded[id].text().len();
        self.title(id, 0..len);
    }

    /// Takes a range of a block's folded text as the title of its section.
    fn title(&mut self, id: BlockId, range: std::ops::Range<usize>) {
        let asks = self.folded[id].text()[range.clone()].trim_end().ends_with('?');
        let start = self.out.tokens.len();
        self.tokens(id, range);
        let title = self.out.titles.len();
        self.out.titles.push(start..self.out.tokens.len());
        self.section_titles.insert(self.out.document.block(id).section, title);
        self.asked = asks.then_some(Asked { title, block: id });
    }

    fn block(&mut self, id: BlockId) {
        let block = self.out.document.block(id);
        let mut from = 0;
        if let Some(run_in) = block.run_in {
            let folded = &self.folded[id];
            let len = (0..folded.text().len()).take_while(|i| folded.span(*i..*i + 1).end <= run_in.end).count();
            self.title(id, 0..len);
            from = len;
        }
        let titles: Vec<TitleId> = self
            .out
            .document
            .section_path(block.section)
            .iter()
            .filter_map(|s| self.section_titles.get(s).copied())
            .collect();
        let question = self.asked.as_ref().filter(|a| id <= a.block + 1).map(|a| a.title);
        let first_unit = self.out.units.len();
        let unticked = !self.checklist && is_unticked(self.out.document, block);
        let stretches = sentence::stretches(self.out.document, &self.folded[id], from);
        for stretch in stretches {
            let start = self.out.tokens.len();
            self.tokens(id, stretch.range.clone());
            let own = start..self.out.tokens.len();
            let span = self.folded[id].span(trimmed(self.folded[id].text(), stretch.range.clone()));
            self.out.units.push(Unit {
                block: id,
                section: block.section,
                own,
                lead: Vec::new(),
                lead_unit: stretch.lead.map(|l| first_unit + l),
                question,
                titles: titles.clone(),
                class: match () {
                    () if unticked => Class::Unticked,
                    () if stretch.question => Class::Question,
                    () => Class::Text,
                },
                stance: Stance::Provides,
                span,
                colon: self.folded[id].text()[stretch.range].trim_end().ends_with(':'),
                cues: Vec::new(),
            });
        }
        if self.out.units.len() == first_unit && matches!(block.kind, BlockKind::TableCell { .. }) {
            let at = self.out.tokens.len();
            self.out.units.push(Unit::empty_cell(id, block.section, at..at, block.span));
        }
    }

    /// Splits a range of a block into words and puts the actors in.
    fn tokens(&mut self, id: BlockId, range: std::ops::Range<usize>) {
        let mut raw = Vec::new();
        token::tokenize(&self.folded[id], range, &mut self.out.symbols, &mut raw);
        blank::mark(self.out.document, &self.folded[id], &mut self.out.symbols, &mut raw);
        let words: Vec<SymbolId> = raw.iter().map(|t| t.symbol).collect();
        let hits = self.actor_hits(&words);
        let mut at = 0;
        while at < raw.len() {
            let hit = hits.iter().filter(|h| h.0 == at).max_by_key(|h| h.1);
            let actor =
                hit.and_then(|(start, end, cue)| self.actor_symbol(*cue, &words, *start, *end).map(|s| (s, *end)));
            match actor {
                Some((symbol, end)) => {
                    let span = raw[at].span.cover(raw[end - 1].span);
                    self.out.tokens.push(Token { symbol, span, before: raw[at].before });
                    at = end;
                }
                None => {
                    self.out.tokens.push(raw[at]);
                    at += 1;
                }
            }
        }
    }

    /// Where actors stand in a sequence of words: start, end, which; defined terms first.
    fn actor_hits(&mut self, words: &[SymbolId]) -> Vec<(usize, usize, language::Cue)> {
        let lexicon = self.language.actors.lexicon();
        let new = &self.out.symbols.names()[self.actor_classes.len()..];
        self.actor_classes.extend(new.iter().map(|word| lexicon.classes(word)));
        let mut found = Vec::new();
        self.actors.scan(
            &unit::PlainWords { symbols: words, classes: &self.actor_classes },
            Wanted::Everything,
            &mut found,
        );
        let mut hits: Vec<(usize, usize, language::Cue)> =
            found.iter().map(|h| (h.start as usize, h.end as usize, self.language.actor(h.term))).collect();
        for (at, word) in words.iter().enumerate() {
            for (term, actor) in self.terms.get(word).into_iter().flatten() {
                if words[at..].starts_with(term) {
                    let name = self.out.symbols.name(*actor);
                    if let Some(id) = self.language.actor_names.iter().position(|n| n == name) {
                        // One word longer than it is: the document's own definition wins over the language's.
                        hits.push((at, at + term.len(), language::Cue::Actor(id)));
                    }
                    break;
                }
            }
        }
        hits
    }

    fn actor_symbol(&mut self, cue: language::Cue, words: &[SymbolId], start: usize, end: usize) -> Option<SymbolId> {
        match cue {
            language::Cue::Actor(id) => {
                let name = &self.language.actor_names[id];
                Some(self.out.symbols.intern(name))
            }
            language::Cue::PlainOfficer => {
                let name = |at: Option<&SymbolId>| at.map_or("", |w| self.out.symbols.name(*w));
                let before = start.checked_sub(1).and_then(|i| words.get(i));
                // "Tells the officer of weapons" is the officer; "an officer of the town" is another, and so is "the
                // officer in charge".
                let then = name(words.get(end + 1));
                let posted = matches!(then, "charge" | "command" | "duty" | "call" | "patrol" | "scene");
                let definite = name(words.get(start)) == "the" && !posted;
                let other = self.language.other_officer_before.contains(name(before))
                    || !definite && self.language.other_officer_after.contains(name(words.get(end)));
                (!other).then(|| self.out.symbols.intern("sro"))
            }
            _ => None,
        }
    }
}

const TICKED: [&str; 4] = ["[x]", "[X]", "☑", "☒"];
/// So many empty boxes and no ticked one are no form with choices left open: somebody is to tick off what they have done.
const CHECKLIST: usize = 5;

/// Whether a statement is a choice of a form with an empty box. A row with a ticked box beside it is an answer.
fn is_unticked(document: &Document, block: &Block) -> bool {
    let empty = ["[ ]", "[]", "☐"];
    let (label, text) = (block.label.as_deref().unwrap_or_default().trim(), document.slice(block.span));
    let starts = |sign: &str| label == sign || text.trim_start().starts_with(sign);
    empty.into_iter().any(starts) && !TICKED.iter().any(|s| text.contains(s))
}

/// Whether a document is a list to be ticked off.
fn is_checklist(document: &Document) -> bool {
    let blocks = document.blocks();
    blocks.iter().filter(|block| is_unticked(document, block)).take(CHECKLIST).count() == CHECKLIST
        && !TICKED.iter().any(|sign| document.text().contains(sign))
        && !blocks.iter().any(|block| block.label.as_deref().is_some_and(|label| TICKED.contains(&label.trim())))
}

fn trimmed(text: &str, range: std::ops::Range<usize>) -> std::ops::Range<usize> {
    let slice = &text[range.clone()];
    let start = range.start + (slice.len() - slice.trim_start().len());
    let end = range.end - (slice.len() - slice.trim_end().len());
    start..end.max(start)
}
