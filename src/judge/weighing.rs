//! Weighs what the rules found against what the statements are like: by the weights in `rules/weights.yaml`, which are
//! learnt from labelled documents (`scripts/train-weights.py`). A sum is the logarithm of the odds: above 0 an element
//! rather is provided than not.

use super::Hits;
use super::grounds::{Contradiction, Grounds, OF_CONTRADICTION, OF_PROVISION, Provision};
use super::requirement::{Chances, ElementState, Judgement};
use super::rule::Found;
use crate::annotate::{Annotated, UnitId};
use crate::likeness::{LabelId, Likest};
use crate::pack::{Element, Requirement};
use crate::report::Verdict;
use serde::{Deserialize, Deserializer};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// A statement with a lower score is not shown as evidence of what rules read in it, if there is a better one.
const UNLIKE: f32 = -1.5;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Weights {
    #[serde(deserialize_with = "of_provision")]
    provision: Provision,
    #[serde(deserialize_with = "of_contradiction")]
    contradiction: Contradiction,
    /// What each element (`MOU-1/goals`) and each contradiction (`MOU-1`) has besides.
    constants: BTreeMap<String, f32>,
    /// How far above 0 the sum of a provision must be: one imagined lets a child go without a right, one overlooked costs
    /// a look.
    cautious: f32,
    /// How far below 0 the sum of a contradiction may be: one that is not seen is worse than one seen too many.
    eager: f32,
}

static WEIGHTS: LazyLock<Option<Weights>> =
    LazyLock::new(|| serde_json::from_str(include_str!(concat!(env!("OUT_DIR"), "/weights.json"))).ok());

fn of_provision<'de, D: Deserializer<'de>>(weights: D) -> Result<Provision, D::Error> {
    by_name(weights, OF_PROVISION)
}

fn of_contradiction<'de, D: Deserializer<'de>>(weights: D) -> Result<Contradiction, D::Error> {
    by_name(weights, OF_CONTRADICTION)
}

/// One weight for each name, and none besides.
fn by_name<'de, D: Deserializer<'de>, const N: usize>(weights: D, names: [&str; N]) -> Result<[f32; N], D::Error> {
    let named = BTreeMap::<String, f32>::deserialize(weights)?;
    let weights = names.map(|name| named.get(name).copied());
    match weights.iter().all(Option::is_some) && named.len() == N {
        true => Ok(weights.map(Option::unwrap_or_default)),
        false => Err(serde::de::Error::custom("a weight is lacking, or has no ground")),
    }
}

/// The sums for one requirement.
#[derive(Debug, Clone)]
pub(super) struct Weighed {
    /// For every element in order; nothing where the rules alone decide.
    provisions: Vec<Option<f32>>,
    contradiction: f32,
    /// The weights that they were weighed by.
    weights: &'static Weights,
}

impl Weighed {
    /// Weighs the grounds for a requirement of which the rules found this; nothing where there is no second opinion.
    pub fn of(out: &Annotated<'_>, hits: &Hits, requirement: &Requirement, found: &[ElementState]) -> Option<Self> {
        let (weights, grounds) = (WEIGHTS.as_ref()?, Grounds::of(out, hits, requirement, found)?);
        let id = &requirement.id;
        let constant = |name: &str| weights.constants.get(name).copied().unwrap_or_default();
        let provision = |(element, numbers): (&Element, &Option<Provision>)| {
            Some(sum(numbers.as_ref()?, &weights.provision) + constant(&format!("{id}/{}", element.id)))
        };
        Some(Self {
            provisions: requirement.elements.iter().zip(&grounds.provisions).map(provision).collect(),
            contradiction: sum(&grounds.contradiction, &weights.contradiction) + constant(id),
            weights,
        })
    }

    /// Corrects what the rules found: what weighs too little does not count, and where nothing is left of what weighs
    /// enough, the statement that is most like it stands for it.
    pub fn correct(&self, out: &Annotated<'_>, likest: &Likest, requirement: &Requirement, found: &mut [ElementState]) {
        for ((element, state), weight) in requirement.elements.iter().zip(&mut *found).zip(&self.provisions) {
            let Some((label, weight)) = element.likeness.zip(*weight) else { continue };
            state.chance = Some(chance(weight));
            if weight <= self.weights.cautious {
                state.unlike.append(&mut state.provided);
                continue;
            }
            set_aside(likest, label, &mut state.provided, &mut state.unlike);
            if state.provided.is_empty() {
                state.provided.extend(likest.best(label).map(|(_, unit)| by_likeness(out, unit, label)));
            }
        }
        let Some(opposite) = requirement.opposite else { return };
        let opposed = self.contradiction > -self.weights.eager;
        for state in &mut *found {
            if opposed {
                set_aside(likest, opposite, &mut state.contradicted, &mut state.unlike_opposite);
            } else {
                state.unlike_opposite.append(&mut state.contradicted);
            }
        }
        if opposed && found.iter().all(|state| state.contradicted.is_empty()) {
            oppose(out, likest, opposite, requirement, found);
        }
    }

    /// How likely a contradiction and the verdict are, as if every element were by itself.
    pub fn chances(&self, judgement: &Judgement) -> Chances {
        let contradicted = chance(self.contradiction);
        let provided = || self.provisions.iter().flatten().map(|weight| chance(*weight));
        let (all, none) = (provided().product::<f32>(), provided().map(|p| 1.0 - p).product::<f32>());
        let half = judgement.elements.iter().any(|e| e.provided.is_empty() && !e.half.is_empty());
        let right = match judgement.verdict {
            Verdict::Contradicted => return Chances { contradicted, right: contradicted },
            Verdict::Met => all,
            Verdict::Partial => 1.0 - all - if half { 0.0 } else { none },
            Verdict::Missing | Verdict::NotApplicable => none,
        };
        Chances { contradicted, right: (1.0 - contradicted) * right }
    }
}

fn sum(numbers: &[f32], weights: &[f32]) -> f32 {
    numbers.iter().zip(weights).map(|(number, weight)| number * weight).sum()
}

/// What a sum means as a chance.
fn chance(weight: f32) -> f32 {
    1.0 / (1.0 + (-weight).exp())
}

/// Sets aside what rules found in statements that are unlike those that a column stands for, if there is a better one.
fn set_aside(likest: &Likest, label: LabelId, found: &mut Vec<Found>, unlike: &mut Vec<Found>) {
    if likest.best(label).is_some_and(|(score, _)| score >= UNLIKE) {
        let is_unlike = |found: &mut Found| likest.score(found.unit, label).is_some_and(|score| score < UNLIKE);
        unlike.extend(found.extract_if(.., is_unlike));
    }
}

/// Lets the statement that is most like a contradiction be one. It counts against the element that it is most like.
fn oppose(
    out: &Annotated<'_>,
    likest: &Likest,
    opposite: LabelId,
    requirement: &Requirement,
    found: &mut [ElementState],
) {
    let Some((_, unit)) = likest.best(opposite) else { return };
    let near = |at: &usize| {
        let label = requirement.elements[*at].likeness;
        label.and_then(|label| likest.score(unit, label)).unwrap_or(f32::MIN)
    };
    if let Some(element) = (0..found.len()).max_by(|a, b| near(a).total_cmp(&near(b))) {
        found[element].contradicted.push(by_likeness(out, unit, opposite));
    }
}

/// A statement as thin evidence for what it is like.
fn by_likeness(out: &Annotated<'_>, unit: UnitId, label: LabelId) -> Found {
    Found { unit, span: out.units[unit].span, weak: true, blank: false, alike: Some(label) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::Language;
    use crate::judge::{by_rules, judge};
    use crate::pack::{self, Pack};
    use crate::reader::{Limits, Source, read};
    use std::collections::BTreeSet;

    /// What a pack makes of a text, for one requirement: by its rules, and weighed.
    fn judged_by(pack: &Pack, text: &str, id: &str) -> (Judgement, Judgement) {
        let source = Source { name: "t.txt", bytes: text.as_bytes() };
        let document = read(source, &Limits::default()).expect("document");
        let language = Language::shipped().expect("language");
        let out = Annotated::new(&document, language);
        let requirement = pack.requirements().iter().find(|r| r.id == id).expect("a requirement");
        let hits = Hits::all(&out, pack.matcher());
        (by_rules(&out, language, &hits, requirement), judge(&out, language, &hits, requirement))
    }

    fn judged(text: &str, id: &str) -> (Judgement, Judgement) {
        judged_by(&pack::load("ma-37p").expect("pack"), text, id)
    }

    #[test]
    fn the_shipped_weights_know_every_element_and_requirement_and_no_other() {
        let weights = WEIGHTS.as_ref().expect("rules/weights.yaml");
        let pack = pack::load("ma-37p").expect("pack");
        let known = pack.requirements().iter().flat_map(|r| {
            let elements = r.elements.iter().map(|e| format!("{}/{}", r.id, e.id));
            elements.chain([r.id.clone()]).collect::<Vec<_>>()
        });
        assert_eq!(weights.constants.keys().cloned().collect::<BTreeSet<_>>(), known.collect());
    }

    #[test]
    fn what_a_rule_takes_for_a_contradiction_does_not_count_where_it_is_unlike_one() {
        let text = "The officer is assigned a locker, a radio and a parking space. ".repeat(6)
            + "\n\nLetters of thanks and citations for meritorious service count in the officer's favor.";
        let (rules, weighed) = judged(&text, "SOP-5");
        assert_eq!((rules.verdict, weighed.verdict), (Verdict::Contradicted, Verdict::Missing), "{weighed:?}");
        assert!(weighed.elements.iter().any(|e| !e.unlike_opposite.is_empty()), "{weighed:?}");
    }

    #[test]
    fn a_denial_that_a_rule_reads_is_not_made_its_opposite_by_likeness() {
        let text = "The Chief chooses the officer from those who apply.\n\nThe officer does not hand out detentions or enforce \
                    the dress code. The officer sits on the safety team, which meets monthly.";
        assert_eq!(judged(text, "MOU-S1").1.verdict, Verdict::Partial);
    }

    #[test]
    fn what_only_likeness_finds_counts() {
        let text = "He has a chair at the table when the building's crisis people sit down each month.";
        let (rules, weighed) = judged(text, "MOU-4");
        let added = rules.elements.iter().zip(&weighed.elements).filter(|(by_rule, _)| by_rule.provided.is_empty());
        let added: Vec<&Found> = added.flat_map(|(_, weighed)| &weighed.provided).collect();
        assert!(!added.is_empty() && added.iter().all(|f| f.alike.is_some()), "{weighed:?}");
        assert!(weighed.missing().count() < rules.missing().count());
    }

    #[test]
    fn a_blank_in_the_likest_statement_speaks_against_it() {
        let supervision = |text| judged(text, "MOU-6").1.elements[0].chance.expect("a chance");
        let named = "The SLO shall be under the immediate direction of the Harbor Captain, who signs the time sheet.";
        let blank = "The SLO shall be under the immediate direction of ____________, who signs the time sheet.";
        assert!(supervision(named) > 0.8 && supervision(blank) < 0.5, "{} {}", supervision(named), supervision(blank));
    }

    #[test]
    fn a_long_sentence_about_other_things_contradicts_nothing() {
        let text =
            "Lunch is at noon ".to_owned() + &"and the bus leaves at three and the band plays in the yard ".repeat(20);
        for requirement in pack::load("ma-37p").expect("pack").requirements() {
            let (_, weighed) = judged(&text, &requirement.id);
            assert_eq!(weighed.verdict, Verdict::Missing, "{}: {weighed:?}", requirement.id);
        }
    }

    #[test]
    fn what_a_pack_changes_of_the_one_that_it_extends_is_judged_by_its_patterns_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("mine.yaml");
        let yaml = "id: mine\nversion: '1'\ntitle: Mine\nextends: ma-37p\nrequirements:\n  - id: MOU-3\n    elements:\n      \
                    - id: process\n        contradicts: ['the mayor ... appoint*']\n";
        std::fs::write(&path, yaml).expect("written");
        let pack = pack::load(&path.to_string_lossy()).expect("pack");
        let (_, own) = judged_by(&pack, "The mayor appoints the officer.", "MOU-3");
        assert_eq!((own.verdict, own.chances), (Verdict::Contradicted, None));
        assert!(judged_by(&pack, "The mayor appoints the officer.", "MOU-8").1.chances.is_some());
    }

    #[test]
    fn the_chance_of_a_verdict_is_that_of_all_ways_to_it() {
        let weights = WEIGHTS.as_ref().expect("rules/weights.yaml");
        let weighed = Weighed { provisions: vec![Some(0.0), Some(0.0)], contradiction: f32::MIN, weights };
        let right = |verdict, half: bool| {
            let found =
                Found { unit: 0, span: crate::document::Span::new(0, 0), weak: false, blank: false, alike: None };
            let state = ElementState { half: if half { vec![found] } else { Vec::new() }, ..ElementState::default() };
            let confidence = crate::report::Confidence::High;
            weighed.chances(&Judgement { verdict, elements: vec![state], confidence, chances: None }).right
        };
        assert_eq!([Verdict::Met, Verdict::Partial, Verdict::Missing].map(|v| right(v, false)), [0.25, 0.5, 0.25]);
        assert_eq!(right(Verdict::Partial, true), 0.75);
    }
}
