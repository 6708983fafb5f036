//! Where a pack's phrases stand in a document, by unit and by phrase.

use super::search::{Search, Sequence};
use crate::annotate::{Annotated, Denials, Language, Unit, UnitId};
use crate::likeness::Likest;
use crate::pack::Requirement;
use crate::phrase::{Hit, Matcher, TermId, Wanted};
use std::cell::OnceCell;
use std::rc::Rc;
use std::sync::Arc;

/// A unit's words with its lead, and the phrases in them.
#[derive(Debug, Clone, Default)]
pub struct Reading {
    /// Positions in [`Annotated::tokens`].
    pub tokens: Vec<usize>,
    /// How many of them lead into the unit.
    pub lead: usize,
    /// Phrases found, by start.
    pub hits: Arc<[Hit]>,
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
    denials: Vec<OnceCell<Denials>>,
    /// The statements that are most like provisions, found when first asked for.
    likest: Rc<OnceCell<Likest>>,
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
        let read = |unit: &Unit| {
            let mut reading = Reading::default();
            reading.lead = unit.reading(&mut reading.tokens);
            reading
        };
        let mut units: Vec<Reading> = out.units.iter().map(read).collect();
        let title_tokens: Vec<Vec<usize>> = out.titles.iter().map(|range| range.clone().collect()).collect();
        let of_units = units.iter().map(|reading| (&reading.tokens[..], wanted));
        let of_titles = title_tokens.iter().map(|tokens| (&tokens[..], Wanted::Everything));
        let sequences: Vec<Sequence<'_>> = of_units.chain(of_titles).collect();
        let mut hits = Search::new(out, matcher, asked, wanted).hits(&sequences);

        let titles = hits.split_off(units.len()).iter().map(|hits| hits.iter().map(|h| h.term).collect()).collect();
        let mut by_term = vec![Vec::new(); matcher.len()];
        for ((id, reading), hits) in units.iter_mut().enumerate().zip(hits) {
            for hit in hits.iter() {
                let list: &mut Vec<UnitId> = &mut by_term[hit.term as usize];
                if list.last() != Some(&id) {
                    list.push(id);
                }
            }
            reading.hits = hits;
        }
        let denials = out.units.iter().map(|_| OnceCell::new()).collect();
        Self { units, by_term, titles, denials, likest: Rc::default() }
    }

    /// The units in which a term stands.
    pub fn of(&self, term: TermId) -> &[UnitId] {
        self.by_term.get(term as usize).map_or(&[], Vec::as_slice)
    }

    /// Whether a term stands in a unit.
    pub fn has(&self, unit: UnitId, term: TermId) -> bool {
        self.of(term).binary_search(&unit).is_ok()
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

    /// Whether a unit stands under a heading where a requirement belongs.
    pub fn at_home(&self, out: &Annotated<'_>, unit: UnitId, belongs: Option<TermId>) -> bool {
        belongs.is_some_and(|term| self.under(out, unit, term, &[]))
    }

    /// Whether a title holds a term.
    pub fn title_has(&self, title: usize, term: TermId) -> bool {
        self.titles[title].contains(&term)
    }

    /// The same with what may be known already of the statements that are most like provisions.
    #[must_use]
    pub fn with_likest(self, likest: &Rc<OnceCell<Likest>>) -> Self {
        Self { likest: Rc::clone(likest), ..self }
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
