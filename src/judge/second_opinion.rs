//! What likeness says where the rules found nothing, or something else.

use super::Hits;
use super::requirement::{ElementState, Judgement};
use super::rule::Found;
use crate::annotate::Annotated;
use crate::likeness::{self, LabelId};
use crate::pack::Requirement;
use crate::report::Verdict;

/// How far the second opinion may speak against the rules before a person should look. Chosen on labelled documents
/// that neither had seen (`examples/accuracy.rs` prints how many verdicts on either side are wrong).
const DOUBT: f32 = -0.4;

/// Lets the statement that is most like a provision provide an element that no rule found, as thin evidence.
pub(super) fn fill(out: &Annotated<'_>, hits: &Hits, requirement: &Requirement, elements: &mut [ElementState]) {
    for (element, state) in requirement.elements.iter().zip(elements) {
        let blank = state.half.iter().any(|f| f.blank);
        let Some(label) = element.likeness.filter(|_| state.provided.is_empty() && !blank) else { continue };
        if let Some((_, unit)) = hits.likest(out).best(label).filter(|(score, _)| *score > likeness::PROVIDES) {
            let span = out.units[unit].span;
            state.provided.push(Found { unit, span, weak: true, blank: false, alike: Some(label) });
        }
    }
}

/// Whether the second opinion disagrees with what the rules say; nothing where there is no second opinion.
pub(super) fn doubts(
    out: &Annotated<'_>,
    hits: &Hits,
    requirement: &Requirement,
    judgement: &Judgement,
) -> Option<bool> {
    let score = |label: Option<LabelId>| label.map(|l| hits.likest(out).best(l).map_or(f32::MIN, |(score, _)| score));
    let opposite = score(requirement.opposite)?;
    if judgement.verdict == Verdict::Contradicted {
        return Some(opposite < DOUBT);
    }
    let disagrees = |(label, state): (Option<LabelId>, &ElementState)| {
        let for_it = score(label).unwrap_or(0.0);
        if state.provided.is_empty() { -for_it < DOUBT } else { for_it < DOUBT }
    };
    let labels = requirement.elements.iter().map(|e| e.likeness);
    Some(-opposite < DOUBT || labels.zip(&judgement.elements).any(disagrees))
}
