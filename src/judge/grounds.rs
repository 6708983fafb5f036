//! What speaks for and against a provision of every element of a requirement, and for and against a contradiction, as
//! the numbers that are weighed (`super::weighing`).

use super::Hits;
use super::requirement::ElementState;
use super::rule::Found;
use crate::annotate::{Annotated, BLANK, UnitId};
use crate::document::BlockId;
use crate::likeness::{LabelId, Likest};
use crate::pack::{Element, Requirement};
use serde::Serialize;
use std::collections::BTreeSet;

/// What speaks of a provision, by the names that the weights have.
pub const OF_PROVISION: [&str; 16] = [
    "always",
    "likest",
    "likest from -2",
    "likest from 0",
    "others that are like it",
    "found plainly",
    "likeness of what is found plainly",
    "found thinly",
    "likeness of what is found thinly",
    "left blank",
    "half there",
    "likest is like the opposite",
    "likest where it belongs",
    "likest is a list without it",
    "parts that are lacking",
    "likest has a blank",
];
/// What speaks of a contradiction.
pub const OF_CONTRADICTION: [&str; 12] = [
    "always",
    "likest",
    "likest from -1",
    "others that are like it",
    "found plainly",
    "likeness of what is found plainly",
    "found thinly",
    "likest is like a provision",
    "likest is found to provide",
    "likest where it belongs",
    "likeness of the elements",
    "length of the likest",
];

/// Numbers in the order of [`OF_PROVISION`].
pub type Provision = [f32; OF_PROVISION.len()];
/// Numbers in the order of [`OF_CONTRADICTION`].
pub type Contradiction = [f32; OF_CONTRADICTION.len()];

/// Scores below this are as good as this.
const LEAST: f32 = -8.0;
/// An element that is less likely than this, or likelier than the other way round, speaks no louder for a contradiction.
const LOUDEST: f32 = 3.0;
/// Words of a short statement, and of a long one: shorter and longer ones are as these.
const SHORT: f32 = 4.0;
const LONG: f32 = 40.0;
/// How many statements besides the likest may provide an element together, and how much one of them can add.
const BESIDES: usize = 5;
const SUREST: f32 = 4.6;

/// The grounds for one requirement in one document.
#[derive(Debug, Clone, Serialize)]
pub struct Grounds {
    /// For every element in order; nothing for one that the second opinion does not know.
    pub provisions: Vec<Option<Provision>>,
    /// For the contradiction.
    pub contradiction: Contradiction,
}

impl Grounds {
    /// The grounds for a requirement of which the rules found this; nothing where there is no second opinion.
    pub(super) fn of(
        out: &Annotated<'_>,
        hits: &Hits,
        requirement: &Requirement,
        found: &[ElementState],
    ) -> Option<Self> {
        let (opposite, likest) = (requirement.opposite?, hits.likest(out));
        let scene = Scene { out, hits, likest, requirement, opposite };
        let elements = requirement.elements.iter().zip(found);
        Some(Self {
            provisions: elements.map(|(e, state)| Some(scene.provision(e, e.likeness?, state, found))).collect(),
            contradiction: scene.contradiction(found),
        })
    }
}

/// Where the grounds are looked for.
struct Scene<'a, 'd> {
    out: &'a Annotated<'d>,
    hits: &'a Hits,
    likest: &'a Likest,
    requirement: &'a Requirement,
    opposite: LabelId,
}

impl Scene<'_, '_> {
    /// What speaks of a provision of an element. "A list without it" is a statement in which rules find other elements.
    fn provision(&self, element: &Element, label: LabelId, state: &ElementState, all: &[ElementState]) -> Provision {
        let top = self.best(label);
        let likest = self.likest.best(label).map(|(_, unit)| unit);
        let (thin, plain): (Vec<&Found>, Vec<&Found>) = state.provided.iter().partition(|f| f.weak);
        let provides = |state: &ElementState, unit: UnitId| state.provided.iter().any(|f| f.unit == unit);
        let has_blank = |unit: UnitId| self.out.units[unit].own.clone().any(|token| self.out.word(token) == BLANK);
        let others_only = |unit: UnitId| !provides(state, unit) && all.iter().any(|other| provides(other, unit));
        [
            1.0,
            top,
            top.max(-2.0),
            top.max(0.0),
            self.besides(label),
            yes(!plain.is_empty()),
            self.best_of(&plain, label),
            yes(!thin.is_empty()),
            self.best_of(&thin, label),
            yes(state.half.iter().any(|f| f.blank)),
            yes(state.half.iter().any(|f| !f.blank)),
            likest.map_or(LEAST, |unit| self.score(unit, self.opposite)),
            yes(likest.is_some_and(|unit| self.at_home(unit))),
            yes(likest.is_some_and(others_only)),
            lacking(self.out, self.hits, element, state).len() as f32 / element.parts.len().max(1) as f32,
            yes(likest.is_some_and(has_blank)),
        ]
    }

    /// What speaks of a contradiction.
    fn contradiction(&self, found: &[ElementState]) -> Contradiction {
        let labels: Vec<LabelId> = self.requirement.elements.iter().filter_map(|e| e.likeness).collect();
        let top = self.best(self.opposite);
        let likest = self.likest.best(self.opposite).map(|(_, unit)| unit);
        let by_rule = found.iter().flat_map(|e| &e.contradicted);
        let (thin, plain): (Vec<&Found>, Vec<&Found>) = by_rule.partition(|f| f.weak);
        let as_provision = |unit: UnitId| labels.iter().map(|l| self.score(unit, *l)).fold(LEAST, f32::max);
        let provides = |unit: UnitId| found.iter().any(|e| e.provided.iter().any(|f| f.unit == unit && !f.weak));
        let elements = labels.iter().map(|label| self.best(*label).clamp(-LOUDEST, LOUDEST));
        [
            1.0,
            top,
            top.max(-1.0),
            self.besides(self.opposite),
            yes(!plain.is_empty()),
            self.best_of(&plain, self.opposite),
            yes(!thin.is_empty()),
            likest.map_or(LEAST, as_provision),
            yes(likest.is_some_and(provides)),
            yes(likest.is_some_and(|unit| self.at_home(unit))),
            elements.sum::<f32>() / labels.len().max(1) as f32,
            likest.map_or(SHORT, |unit| (self.out.units[unit].own.len() as f32).clamp(SHORT, LONG)).ln(),
        ]
    }

    /// Whether a statement stands under a heading where the requirement belongs.
    fn at_home(&self, unit: UnitId) -> bool {
        self.hits.at_home(self.out, unit, self.requirement.belongs)
    }

    fn best(&self, label: LabelId) -> f32 {
        self.likest.best(label).map_or(LEAST, |(score, _)| score.max(LEAST))
    }

    fn score(&self, unit: UnitId, label: LabelId) -> f32 {
        self.likest.score(unit, label).map_or(0.0, |score| score.max(LEAST))
    }

    /// The best score of what rules found; 0 where that is nothing, or states nothing by itself.
    fn best_of(&self, found: &[&Found], label: LabelId) -> f32 {
        found.iter().map(|f| self.score(f.unit, label)).reduce(f32::max).unwrap_or(0.0)
    }

    /// How sure the statements that are next to the likest make it that one of them is one, too: minus the logarithm of
    /// the chance that none is.
    fn besides(&self, label: LabelId) -> f32 {
        let mut most = [LEAST; BESIDES + 1];
        for (score, _) in self.likest.above(label, LEAST) {
            let at = most.partition_point(|before| *before >= score);
            if at < most.len() {
                most[at..].rotate_right(1);
                most[at] = score;
            }
        }
        // Minus the logarithm of the chance that it is none is ln(1 + e^score).
        most[1..].iter().filter(|score| **score > LEAST).map(|score| score.exp().ln_1p().min(SUREST)).sum()
    }
}

/// The names of an element's parts of which nothing speaks that may provide it: neither the statements nor what stands
/// right beside or above them. None where nothing is like it.
pub fn lacking<'e>(out: &Annotated<'_>, hits: &Hits, element: &'e Element, state: &ElementState) -> Vec<&'e str> {
    let Some(label) = element.likeness.filter(|_| !element.parts.is_empty()) else { return Vec::new() };
    let likest = hits.likest(out);
    let alike = likest.best(label).into_iter().chain(likest.above(label, 0.0)).map(|(_, unit)| unit);
    let found = [&state.provided, &state.unlike].into_iter().flatten().map(|found| found.unit);
    let units: BTreeSet<UnitId> = found.chain(alike).collect();
    if units.is_empty() {
        return Vec::new();
    }
    let blocks: BTreeSet<BlockId> = units.iter().map(|unit| out.units[*unit].block).collect();
    let beside = |unit: &UnitId| {
        let block = out.units[*unit].block;
        blocks.range(block.saturating_sub(1)..=block + 1).next().is_some()
    };
    let speaks = |term| hits.of(term).iter().any(beside) || units.iter().any(|unit| hits.under(out, *unit, term, &[]));
    element.parts.iter().filter(|(_, term)| !speaks(**term)).map(|(name, _)| &**name).collect()
}

fn yes(is: bool) -> f32 {
    f32::from(u8::from(is))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::Language;
    use crate::judge;
    use crate::pack;
    use crate::reader::{Limits, Source, read};

    fn grounds(text: &str, id: &str) -> Grounds {
        let document = read(Source { name: "t.txt", bytes: text.as_bytes() }, &Limits::default()).expect("document");
        let language = Language::shipped().expect("language");
        let out = Annotated::new(&document, language);
        let pack = pack::load("ma-37p").expect("pack");
        let requirement = pack.requirements().iter().find(|r| r.id == id).expect("a requirement");
        judge::grounds(&out, language, &Hits::all(&out, pack.matcher()), requirement).expect("a second opinion")
    }

    /// One of the numbers of an element.
    fn number(numbers: Option<Provision>, name: &str) -> f32 {
        let at = OF_PROVISION.iter().position(|known| *known == name).expect("a ground");
        numbers.expect("numbers")[at]
    }

    #[test]
    fn a_list_that_leaves_an_element_out_speaks_against_it() {
        let text = "Each year the SRO shall take courses in child and adolescent development, in conflict resolution, in \
                    de-escalation, and in whatever else the Municipal Police Training Committee requires.";
        let provisions = grounds(text, "MOU-7").provisions.into_iter();
        let left_out = provisions.map(|numbers| number(numbers, "likest is a list without it"));
        // Of the five elements the third is diversion.
        assert_eq!(left_out.collect::<Vec<_>>(), [0.0, 0.0, 1.0, 0.0, 0.0]);
    }

    #[test]
    fn what_speaks_of_two_parts_of_three_lacks_one() {
        let lacking = |text| number(grounds(text, "SOP-5").provisions[2], "parts that are lacking");
        let two = "Every June the captain rates the SRO and goes through each arrest and each use of force.";
        let three =
            "Every June the captain rates the SRO and goes through each arrest, each ticket and each use of force.";
        assert_eq!((lacking(two), lacking(three)), (1.0 / 3.0, 0.0));
    }

    #[test]
    fn a_text_that_states_nothing_has_the_least_of_everything() {
        let grounds = grounds("What does the officer wear?", "SOP-1");
        assert_eq!(grounds.provisions[0].expect("numbers")[..4], [1.0, LEAST, -2.0, 0.0]);
        assert_eq!(grounds.contradiction[..3], [1.0, LEAST, -1.0]);
    }
}
