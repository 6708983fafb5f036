//! Weighs what the rules found against what the statements are like: by the weights in `rules/weights.yaml`, which are
//! learnt from labelled documents (`scripts/train-weights.py`). The sum of a weighing is the logarithm of the odds: above 0
//! an element rather is provided than not.

use super::Hits;
use super::grounds::{Grounds, OF_CONTRADICTION, OF_PROVISION};
use super::requirement::{Chances, ElementState};
use super::rule::Found;
use crate::annotate::{Annotated, UnitId};
use crate::likeness::{LabelId, Likest};
use crate::pack::Requirement;
use crate::report::Verdict;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// A statement with a lower score is not shown as evidence of what rules read in it, if there is a better one.
const UNLIKE: f32 = -1.5;
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Weights {
    provision: [f32; OF_PROVISION],
    contradiction: [f32; OF_CONTRADICTION],
    /// What each element (`MOU-1/goals`) and each contradiction (`MOU-1`) has besides.
    more: BTreeMap<String, f32>,
}

static WEIGHTS: LazyLock<Option<Weights>> =
    LazyLock::new(|| serde_json::from_str(include_str!(concat!(env!("OUT_DIR"), "/weights.json"))).ok());

/// The sums for one requirement.
#[derive(Debug, Clone)]
pub(super) struct Weighed {
    /// For every element in order.
    provisions: Vec<f32>,
    contradiction: f32,
}

impl Weighed {
    /// Weighs the grounds for a requirement of which the rules found this; nothing where there is no second opinion.
    pub fn of(out: &Annotated<'_>, hits: &Hits, requirement: &Requirement, found: &[ElementState]) -> Option<Self> {
        let (weights, grounds) = (WEIGHTS.as_ref()?, Grounds::of(out, hits, requirement, found)?);
        let id = &requirement.file.id;
        let more = |name: &str| weights.more.get(name).copied().unwrap_or_default();
        let elements = requirement.elements.iter().zip(&grounds.provisions);
        Some(Self {
            provisions: elements
                .map(|(element, numbers)| sum(numbers, &weights.provision) + more(&format!("{id}/{}", element.id)))
                .collect(),
            contradiction: sum(&grounds.contradiction, &weights.contradiction) + more(id),
        })
    }

    /// Corrects what the rules found: what weighs too little does not count, and where nothing is left of what weighs
    /// enough, the statement that is most like it stands for it.
    pub fn correct(&self, out: &Annotated<'_>, likest: &Likest, requirement: &Requirement, found: &mut [ElementState]) {
        for ((element, state), weight) in requirement.elements.iter().zip(&mut *found).zip(&self.provisions) {
            let Some(label) = element.likeness else { continue };
            state.chance = Some(chance(*weight));
            if *weight > 0.0 {
                keep_best(likest, label, &mut state.provided, &mut state.unlike);
                if state.provided.is_empty() {
                    state.provided.extend(likest.best(label).map(|(_, unit)| alike(out, unit, label)));
                }
            } else {
                state.unlike.append(&mut state.provided);
            }
        }
        let Some(opposite) = requirement.opposite else { return };
        if self.contradiction <= 0.0 {
            found.iter_mut().for_each(|state| state.unlike_opposite.append(&mut state.contradicted));
        } else if found.iter().all(|state| state.contradicted.iter().all(|f| f.blank)) {
            oppose(out, likest, opposite, requirement, found);
        }
    }

    /// How likely the contradiction is, and a verdict, as if every element were by itself.
    pub fn chances(&self, verdict: Verdict) -> Chances {
        let contradicted = chance(self.contradiction);
        let decided: f32 = self.provisions.iter().map(|weight| chance(weight.abs())).product();
        let right = if verdict == Verdict::Contradicted { contradicted } else { (1.0 - contradicted) * decided };
        Chances { contradicted, right }
    }
}

fn sum(numbers: &[f32], weights: &[f32]) -> f32 {
    numbers.iter().zip(weights).map(|(number, weight)| number * weight).sum()
}

/// What a sum means as a chance.
fn chance(weight: f32) -> f32 {
    1.0 / (1.0 + (-weight).exp())
}

/// Sets aside what rules found in statements that are unlike those that a column stands for.
fn keep_best(likest: &Likest, label: LabelId, found: &mut Vec<Found>, unlike: &mut Vec<Found>) {
    let is_unlike = |found: &mut Found| likest.score(found.unit, label).is_some_and(|score| score < UNLIKE);
    unlike.extend(found.extract_if(.., is_unlike));
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
        found[element].provided.retain(|f| f.unit != unit);
        found[element].contradicted.push(alike(out, unit, opposite));
    }
}

/// A statement as thin evidence for what it is like.
fn alike(out: &Annotated<'_>, unit: UnitId, label: LabelId) -> Found {
    Found { unit, span: out.units[unit].span, weak: true, blank: false, alike: Some(label) }
}

#[cfg(test)]
mod tests {
    use crate::annotate::{Annotated, Language};
    use crate::judge::{Hits, Judgement, judge};
    use crate::pack;
    use crate::reader::{Limits, Source, read};
    use crate::report::{Confidence, Verdict};
    use std::collections::BTreeSet;

    /// What the shipped rules make of a text, for one requirement.
    fn judged(text: &str, id: &str) -> Judgement {
        let source = Source { name: "t.txt", bytes: text.as_bytes() };
        let document = read(source, &Limits::default()).expect("document");
        let language = Language::shipped().expect("language");
        let out = Annotated::new(&document, language);
        let pack = pack::load("ma-37p").expect("pack");
        let requirement = pack.requirements().iter().find(|r| r.file.id == id).expect("a requirement");
        judge(&out, language, &Hits::all(&out, pack.matcher()), requirement)
    }

    #[test]
    fn the_shipped_weights_know_every_element_and_requirement_and_no_other() {
        let weights = super::WEIGHTS.as_ref().expect("rules/weights.yaml");
        let pack = pack::load("ma-37p").expect("pack");
        let known = pack.requirements().iter().flat_map(|r| {
            let elements = r.elements.iter().map(|e| format!("{}/{}", r.file.id, e.id));
            elements.chain([r.file.id.clone()]).collect::<Vec<_>>()
        });
        assert_eq!(weights.more.keys().cloned().collect::<BTreeSet<_>>(), known.collect());
    }

    #[test]
    fn what_a_rule_takes_for_a_provision_does_not_count_where_it_is_unlike_one() {
        let text = "The officer is assigned a locker, a radio and a parking space. ".repeat(6)
            + "\n\nLetters of thanks and citations for meritorious service count in the officer's favor.";
        let judgement = judged(&text, "SOP-5");
        assert_eq!(judgement.verdict, Verdict::Missing, "{judgement:?}");
        assert!(judgement.elements.iter().any(|e| !e.unlike_opposite.is_empty()), "{judgement:?}");
    }

    #[test]
    fn a_denial_that_a_rule_reads_is_not_made_its_opposite_by_likeness() {
        let text = "The Chief chooses the officer from those who apply.\n\nThe officer does not hand out detentions or enforce \
                    the dress code. The officer sits on the safety team, which meets monthly.";
        assert_eq!(judged(text, "MOU-S1").verdict, Verdict::Partial);
    }

    #[test]
    fn what_only_likeness_finds_counts_and_a_person_is_asked_to_look() {
        let text = "Officers posted to a school come to work in the navy polo with the embroidered star and khakis.";
        let judgement = judged(text, "SOP-1");
        assert_eq!(judgement.verdict, Verdict::Met);
        let by_likeness = judgement.elements[0].provided.iter().all(|f| f.alike.is_some());
        assert!(!by_likeness || judgement.confidence == Confidence::Low, "{judgement:?}");
    }
}
