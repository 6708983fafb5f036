//! Where a pack's phrases stand in a document, by unit and by phrase.

use crate::annotate::{Annotated, BLANK, Break, Denials, Language, SymbolId, UnitId};
use crate::document::Span;
use crate::likeness::Likest;
use crate::pack::Requirement;
use crate::phrase::{Hit, Matcher, TermId, Wanted, WordId, Words, number};

/// A unit's words with its lead, and the phrases in them.
#[derive(Debug, Clone, Default)]
pub struct Reading {
    /// Positions in [`Annotated::tokens`].
    pub tokens: Vec<usize>,
    /// How many of them lead into the unit.
    pub lead: usize,
    /// Phrases found, by start.
    pub hits: Vec<Hit>,
}

/// All phrases of a pack in a document.
#[derive(Debug)]
pub struct Hits {
    /// For every unit its reading.
    pub units: Vec<Reading>,
    /// For every term the units in which it stands, ascending.
    by_term: Vec<Vec<UnitId>>,
    /// For every title the terms in it.
    titles: Vec<Vec<TermId>>,
    /// For every unit its denials, found when first asked for.
    denials: Vec<std::cell::OnceCell<Denials>>,
    /// The statements that are most like provisions, found when first asked for.
    likest: std::cell::OnceCell<Likest>,
}

impl Hits {
    /// Finds every phrase of a matcher in a document.
    pub fn all(out: &Annotated<'_>, matcher: &Matcher) -> Self {
        Self::find(out, matcher, &vec![true; matcher.len()], Wanted::Everything)
    }

    /// Finds the phrases of some requirements, in statements those that matter beside what else stands there.
    pub fn of_requirements<'r>(
        out: &Annotated<'_>,
        matcher: &Matcher,
        requirements: impl Iterator<Item = &'r Requirement>,
    ) -> Self {
        let mut asked = vec![false; matcher.len()];
        requirements.flat_map(Requirement::terms).for_each(|term| asked[term as usize] = true);
        Self::find(out, matcher, &asked, Wanted::WhatMatters)
    }

    fn find(out: &Annotated<'_>, matcher: &Matcher, asked: &[bool], wanted: Wanted) -> Self {
        let symbols = SymbolTable::new(out, matcher);
        let mut by_term = vec![Vec::new(); matcher.len()];
        let phrases = matcher.phrases().narrowed(&symbols.common(out, matcher), asked, wanted);
        let mut scanner = phrases.scanner();
        let mut units = Vec::with_capacity(out.units.len());
        for (id, unit) in out.units.iter().enumerate() {
            let mut reading = Reading::default();
            reading.lead = unit.reading(&mut reading.tokens);
            let words = TokenWords { out, symbols: &symbols, tokens: &reading.tokens };
            scanner.scan(&words, wanted, &mut reading.hits);
            for hit in &reading.hits {
                let list: &mut Vec<UnitId> = &mut by_term[hit.term as usize];
                if list.last() != Some(&id) {
                    list.push(id);
                }
            }
            units.push(reading);
        }
        let titles = out
            .titles
            .iter()
            .map(|range| {
                let tokens: Vec<usize> = range.clone().collect();
                let mut hits = Vec::new();
                scanner.scan(&TokenWords { out, symbols: &symbols, tokens: &tokens }, Wanted::Everything, &mut hits);
                hits.iter().map(|h| h.term).collect()
            })
            .collect();
        let denials = out.units.iter().map(|_| std::cell::OnceCell::new()).collect();
        Self { units, by_term, titles, denials, likest: std::cell::OnceCell::new() }
    }

    /// The units in which a term stands.
    pub fn of(&self, term: TermId) -> &[UnitId] {
        self.by_term.get(term as usize).map_or(&[], Vec::as_slice)
    }

    /// The hits of a term in a unit.
    pub fn in_unit(&self, unit: UnitId, term: TermId) -> impl Iterator<Item = &Hit> {
        self.units[unit].hits.iter().filter(move |h| h.term == term)
    }

    /// Whether a heading or label above a unit holds a term and none of some others.
    pub fn under(&self, out: &Annotated<'_>, unit: UnitId, term: TermId, none: &[TermId]) -> bool {
        let fits = |found: &[TermId]| found.contains(&term) && !none.iter().any(|n| found.contains(n));
        out.units[unit].titles.iter().any(|t| fits(&self.titles[*t]))
    }

    /// Whether a title holds a term.
    pub fn title_has(&self, title: usize, term: TermId) -> bool {
        self.titles[title].contains(&term)
    }

    /// The statements that are most like provisions.
    pub fn likest(&self, out: &Annotated<'_>) -> &Likest {
        self.likest.get_or_init(|| Likest::of(out))
    }

    /// The denials in a unit's reading.
    pub fn denials(&self, out: &Annotated<'_>, language: &Language, unit: UnitId) -> &Denials {
        self.denials[unit].get_or_init(|| {
            let reading = &self.units[unit];
            Denials::new(out, language, unit, &reading.tokens, reading.lead)
        })
    }
}

/// What the matcher asks of a word, for every symbol of a document.
struct SymbolTable {
    classes: Vec<Vec<WordId>>,
    numbers: Vec<bool>,
    parts: Vec<Option<number::Part>>,
    blank: Option<SymbolId>,
}

impl SymbolTable {
    fn new(out: &Annotated<'_>, matcher: &Matcher) -> Self {
        let names = out.symbols.names();
        let classes = names.iter().map(|w| matcher.lexicon().classes(w)).collect();
        let numbers = names.iter().map(|w| w.bytes().all(|b| b.is_ascii_digit())).collect();
        let parts = names.iter().map(|w| number::part(w)).collect();
        let blank = names.iter().position(|w| w == BLANK).and_then(|id| SymbolId::try_from(id).ok());
        Self { classes, numbers, parts, blank }
    }

    /// How often each word that the phrases look for stands in a document.
    fn common(&self, out: &Annotated<'_>, matcher: &Matcher) -> Vec<u32> {
        let mut common = vec![0; matcher.lexicon().len()];
        for token in &out.tokens {
            self.classes[token.symbol as usize].iter().for_each(|class| common[*class as usize] += 1);
        }
        common
    }
}

struct TokenWords<'a, 'd> {
    out: &'a Annotated<'d>,
    symbols: &'a SymbolTable,
    tokens: &'a [usize],
}

impl Words for TokenWords<'_, '_> {
    fn len(&self) -> usize {
        self.tokens.len()
    }
    fn classes(&self, at: usize) -> &[WordId] {
        &self.symbols.classes[self.symbol(at)]
    }
    fn is_number(&self, at: usize) -> bool {
        self.symbols.numbers[self.symbol(at)]
    }
    fn amount(&self, at: usize) -> Option<(u32, usize)> {
        // The 30 of "7:30", the 5 of "12.5" and the "four" of "twenty-four" are no numbers of their own.
        let part = |at: usize| if at < self.tokens.len() { self.symbols.parts[self.symbol(at)] } else { None };
        let first = part(at)?;
        let inner = match at.checked_sub(1).and_then(part) {
            Some(number::Part::Figures(_)) => self.joined(at),
            Some(number::Part::Tens(_)) => matches!(first, number::Part::Ones(1..10)),
            Some(number::Part::Hundred) => true,
            _ => false,
        };
        let (value, words) = if inner { None } else { number::read(|i| part(at + i)) }?;
        // "sixteen (16)" is one number: the words prevail.
        let again = at + words;
        let bracket = self.tokens.get(again).is_some_and(|t| self.out.tokens[*t].before == Break::Bracket);
        let repeated = if bracket { number::read(|i| part(again + i)) } else { None };
        Some((value, words + repeated.map_or(0, |(_, words)| words)))
    }
    fn is_blank(&self, at: usize) -> bool {
        Some(self.out.tokens[self.tokens[at]].symbol) == self.symbols.blank
    }
}

impl TokenWords<'_, '_> {
    /// The symbol of a word, as an index.
    fn symbol(&self, at: usize) -> usize {
        self.out.tokens[self.tokens[at]].symbol as usize
    }

    /// Whether a word stands right behind a point, comma or colon that stands right behind the word before it.
    fn joined(&self, at: usize) -> bool {
        let span = |at: usize| -> Option<Span> { Some(self.out.tokens[*self.tokens.get(at)?].span) };
        let before = at.checked_sub(1).and_then(span);
        before.zip(span(at)).is_some_and(|(before, this)| {
            this.start == before.end + 1
                && self.out.document.text().get(before.end..).is_some_and(|t| t.starts_with(['.', ',', ':']))
        })
    }
}
