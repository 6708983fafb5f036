//! How sure a verdict is: where a person should look.
//!
//! The grounds were chosen by counting on labelled documents that the rules had not seen: where there is a second opinion,
//! that the verdict is not sure enough (`examples/accuracy.rs` prints how many verdicts on either side are wrong); for
//! packs without one, thin evidence and the place of the words.

use super::Hits;
use super::requirement::ElementState;
use super::rule::Found;
use crate::annotate::{Annotated, Class, Stance, UnitId};
use crate::phrase::TermId;
use crate::report::{Confidence, Verdict};
use std::collections::HashSet;

/// Fewest words under a requirement's own heading that make it doubtful that nothing there provides it.
const WORDS_AT_HOME: usize = 20;
/// Fewest words of a statement that may say in unknown words what seems to be lacking.
const WORDS_OF_STATEMENT: usize = 6;

/// What the grounds are looked for in.
pub(super) struct Doubts<'a, 'd> {
    pub out: &'a Annotated<'d>,
    pub hits: &'a Hits,
    /// The phrase of the heading under which the requirement belongs.
    pub belongs: Option<TermId>,
}

impl Doubts<'_, '_> {
    /// Low where the second opinion doubts; where there is none, if what decides is thin, in an unexpected place, or
    /// beside words that no rule understood.
    pub fn confidence(&self, verdict: Verdict, elements: &[ElementState], doubt: Option<bool>) -> Confidence {
        let thin = |found: &[Found]| !found.is_empty() && found.iter().all(|f| f.weak);
        let astray = |found: &[Found]| !found.is_empty() && !found.iter().any(|f| self.at_home(f.unit));
        let low = doubt.unwrap_or_else(|| match verdict {
            Verdict::Contradicted => elements.iter().all(|e| e.contradicted.iter().all(|f| f.weak)),
            Verdict::Met => {
                elements.iter().any(|e| thin(&e.provided))
                    || self.words_at_home() > 0 && elements.iter().any(|e| astray(&e.provided))
            }
            Verdict::Partial => elements.iter().any(|e| thin(&e.provided)) || self.leaves_words(elements),
            Verdict::Missing => self.words_at_home() > WORDS_AT_HOME,
            Verdict::NotApplicable => false,
        });
        if low { Confidence::Low } else { Confidence::High }
    }

    fn at_home(&self, unit: UnitId) -> bool {
        self.hits.at_home(self.out, unit, self.belongs)
    }

    fn states(&self, unit: UnitId) -> bool {
        let unit = &self.out.units[unit];
        unit.class == Class::Text && unit.stance == Stance::Provides
    }

    /// Words of statements under a heading where the requirement belongs.
    fn words_at_home(&self) -> usize {
        let home = (0..self.out.units.len()).filter(|unit| self.states(*unit) && self.at_home(*unit));
        home.map(|unit| self.out.units[unit].own.len()).sum()
    }

    /// Whether a statement beside the provisions, in the same paragraph, provides nothing that a rule knows.
    fn leaves_words(&self, elements: &[ElementState]) -> bool {
        let used: HashSet<UnitId> =
            elements.iter().flat_map(|e| e.provided.iter().chain(&e.half)).map(|f| f.unit).collect();
        let blocks: HashSet<usize> = used.iter().map(|unit| self.out.units[*unit].block).collect();
        (0..self.out.units.len()).any(|unit| {
            let this = &self.out.units[unit];
            blocks.contains(&this.block)
                && this.own.len() >= WORDS_OF_STATEMENT
                && !used.contains(&unit)
                && self.states(unit)
        })
    }
}
