//! One rule at one unit: do the words provide what the rule asks for?

use super::Hits;
use crate::annotate::{Annotated, BLANK, Class, Language, Stance, UnitId};
use crate::document::Span;
use crate::likeness::LabelId;
use crate::pack::{Rule, schema::Scope};
use crate::phrase::{Hit, TermId};

/// What a rule found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The unit with the words.
    pub unit: UnitId,
    /// The words in the document.
    pub span: Span,
    /// The evidence is thin.
    pub weak: bool,
    /// The substance is left blank.
    pub blank: bool,
    /// No rule found it: the statement is like those that provide what this column stands for.
    pub alike: Option<LabelId>,
}

/// Why a rule does not fire at a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// The unit is no running text.
    Class(Class),
    /// The unit does not provide: it promises, refers, declines, lists topics.
    Stance(Stance),
    /// No heading above holds the rule's phrase.
    Heading,
    /// A phrase that the rule keeps out stands there.
    KeptOut(TermId),
    /// A phrase is lacking.
    Lacks(TermId),
    /// None of the phrases of which one is wanted.
    LacksAny,
    /// The words are denied where they must be affirmed, or the other way round.
    Polarity,
    /// All the words stand in what leads into the unit.
    OnlyLead,
    /// Too few words to provide something by its heading alone.
    Short,
}

/// Everything a rule is tried on.
pub(super) struct Bench<'a, 'd> {
    pub out: &'a Annotated<'d>,
    pub language: &'a Language,
    pub hits: &'a Hits,
}

/// Fewest words of its own that a unit needs to provide something by its heading alone.
const HEADED_WORDS: usize = 5;

impl Bench<'_, '_> {
    /// Every place where a rule fires: provisions first to last; `accepts` says which stances count.
    pub fn find(&self, rule: &Rule, accepts: &[Stance]) -> Vec<Found> {
        let candidates: Vec<UnitId> = match (rule.all.first(), rule.any.as_slice()) {
            (Some(first), _) => self.hits.of(*first).to_vec(),
            (None, []) => (0..self.out.units.len()).collect(),
            (None, any) => {
                let mut units: Vec<UnitId> = any.iter().flat_map(|t| self.hits.of(*t)).copied().collect();
                units.sort_unstable();
                units.dedup();
                units
            }
        };
        candidates.into_iter().filter_map(|unit| self.at(rule, unit, accepts).ok()).collect()
    }

    /// What a rule finds at a unit, or the first thing that keeps it from firing there.
    pub fn at(&self, rule: &Rule, unit: UnitId, accepts: &[Stance]) -> Result<Found, Why> {
        let annotated = &self.out.units[unit];
        if annotated.class != Class::Text {
            return Err(Why::Class(annotated.class));
        }
        let promised = rule.promised && matches!(annotated.stance, Stance::Promises | Stance::Refers | Stance::Topics);
        if !promised && !accepts.contains(&annotated.stance) && annotated.stance != Stance::Blank {
            return Err(Why::Stance(annotated.stance));
        }
        if rule.heading.is_some_and(|heading| !self.hits.under(self.out, unit, heading, &rule.none)) {
            return Err(Why::Heading);
        }
        if let Some(term) = rule.none.iter().find(|t| self.holds(rule.scope, unit, **t)) {
            return Err(Why::KeptOut(*term));
        }
        let rest = rule.all.get(1..).unwrap_or_default();
        if let Some(term) = rest.iter().find(|t| !self.holds(rule.scope, unit, **t)) {
            return Err(Why::Lacks(*term));
        }
        if !rule.any.is_empty() && !rule.any.iter().any(|t| self.holds(rule.scope, unit, *t)) {
            return Err(Why::LacksAny);
        }
        let span = self.span(rule, unit)?;
        let blank = annotated.stance == Stance::Blank || self.leaves_blank(rule, unit);
        Ok(Found { unit, span, weak: rule.weak, blank, alike: None })
    }

    /// Whether a term stands in the unit, or near enough for the rule's scope.
    pub fn holds(&self, scope: Scope, unit: UnitId, term: TermId) -> bool {
        if self.hits.has(unit, term) {
            return true;
        }
        let this = &self.out.units[unit];
        let near = |other: &UnitId| {
            let that = &self.out.units[*other];
            match scope {
                Scope::Sentence => false,
                Scope::Paragraph => that.block == this.block || this.lead_unit == Some(*other),
                Scope::Section => that.section == this.section,
            }
        };
        scope != Scope::Sentence && self.hits.of(term).iter().any(near)
    }

    /// The words to show, if the first phrase stands with the polarity asked for and part of the evidence is
    /// the unit's own.
    fn span(&self, rule: &Rule, unit: UnitId) -> Result<Span, Why> {
        let reading = &self.hits.units[unit];
        let own_span = self.out.units[unit].span;
        if rule.all.is_empty() && rule.any.is_empty() {
            let long_enough = reading.tokens.len() - reading.lead >= HEADED_WORDS;
            return if long_enough { Ok(own_span) } else { Err(Why::Short) };
        }
        let heads = if rule.all.is_empty() { &rule.any[..] } else { &rule.all[..1] };
        let denials = self.hits.denials(self.out, self.language, unit);
        let mut found = heads
            .iter()
            .flat_map(|t| self.hits.in_unit(unit, *t))
            .filter(|h| !denials.only_asks(h.end as usize))
            .peekable();
        if found.peek().is_none() {
            return Err(heads.first().map_or(Why::LacksAny, |t| Why::Lacks(*t)));
        }
        found.find(|h| self.polarity_fits(rule, unit, h)).ok_or(Why::Polarity)?;
        let mut terms = rule.all.iter().chain(&rule.any).flat_map(|t| self.hits.in_unit(unit, *t));
        if terms.any(|h| denials.says(h.end as usize)) { Ok(own_span) } else { Err(Why::OnlyLead) }
    }

    fn polarity_fits(&self, rule: &Rule, unit: UnitId, hit: &Hit) -> bool {
        rule.polarity.is_none_or(|wanted| {
            let denials = self.hits.denials(self.out, self.language, unit);
            denials.polarity(hit.start as usize, hit.end as usize) == wanted
        })
    }

    /// Whether a blank stands in, right after or right before the words that the rule found.
    fn leaves_blank(&self, rule: &Rule, unit: UnitId) -> bool {
        let reading = &self.hits.units[unit];
        let blanks: Vec<bool> = reading.tokens.iter().map(|token| self.out.word(*token) == BLANK).collect();
        let near = |hit: &Hit| {
            let (from, to) = ((hit.start as usize).saturating_sub(2), hit.end as usize + 5);
            blanks.iter().take(to).skip(from).any(|blank| *blank)
        };
        blanks.contains(&true) && rule.all.iter().chain(&rule.any).flat_map(|t| self.hits.in_unit(unit, *t)).any(near)
    }
}
