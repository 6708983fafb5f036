//! What likeness says where the rules found nothing, or what it does not believe.

use super::Hits;
use super::requirement::{ElementState, Judgement};
use super::rule::Found;
use crate::annotate::{Annotated, UnitId};
use crate::likeness::{self, LabelId, Likest};
use crate::pack::Requirement;
use crate::report::Verdict;

/// Below this score of what a rule says provides an element, or only likeness says so, and above that of what might where
/// nothing does, a person should look. These numbers were chosen on labelled documents that neither rules nor numbers had
/// learnt from (`examples/accuracy.rs` prints how many verdicts on either side are wrong).
const UNSURE_OF_PROVISION: f32 = 0.0;
const UNSURE_OF_LIKENESS: f32 = 1.0;
const UNSURE_OF_LACK: f32 = -1.5;
/// The same for a contradiction.
const UNSURE_OF_OPPOSITE: f32 = 0.0;
const UNSURE_OF_NO_OPPOSITE: f32 = -2.0;

/// How far the second opinion must speak against a statement before a rule is not believed there; less is enough
/// where the rule's evidence is thin, and more is needed against a contradiction. Chosen likewise.
const AGAINST: f32 = -1.5;
const AGAINST_THIN: f32 = -1.0;
const AGAINST_OPPOSITE: f32 = -3.0;
/// A text of fewer statements gives a rule few chances to be mistaken, and more must be said against it.
const FEW: usize = 5;
const AGAINST_IN_FEW: f32 = -3.0;

/// Corrects what the rules found by what the statements are like.
pub(super) fn correct(out: &Annotated<'_>, hits: &Hits, requirement: &Requirement, elements: &mut [ElementState]) {
    let Some(opposite) = requirement.opposite else { return };
    let likest = hits.likest(out);
    let few = likest.statements() < FEW;
    for (element, state) in requirement.elements.iter().zip(&mut *elements) {
        let bar = if few { f32::MIN } else { AGAINST_OPPOSITE };
        strike(likest, opposite, &mut state.contradicted, &mut state.unlike_opposite, |_| bar);
        if let Some(label) = element.likeness {
            strike(likest, label, &mut state.provided, &mut state.unlike, |found| match found.weak {
                _ if few => AGAINST_IN_FEW,
                true => AGAINST_THIN,
                false => AGAINST,
            });
            fill(out, likest, label, state);
        }
    }
    if elements.iter().all(|e| e.contradicted.is_empty()) {
        oppose(out, likest, opposite, requirement, elements);
    }
}

/// Takes away what a rule found in a statement that is quite unlike those that a column stands for.
fn strike(
    likest: &Likest,
    label: LabelId,
    found: &mut Vec<Found>,
    unlike: &mut Vec<Found>,
    bar: impl Fn(&Found) -> f32,
) {
    let is_unlike = |found: &mut Found| likest.score(found.unit, label).is_some_and(|score| score < bar(found));
    unlike.extend(found.extract_if(.., is_unlike));
}

/// Lets the statement that is most like a provision provide an element that no rule found, as thin evidence.
fn fill(out: &Annotated<'_>, likest: &Likest, label: LabelId, state: &mut ElementState) {
    let blank = state.half.iter().any(|f| f.blank) && state.unlike.is_empty();
    if state.provided.is_empty() && !blank {
        state.provided.extend(likely(out, likest, label, likeness::PROVIDES));
    }
}

/// Lets the statement that is most like a contradiction be one, where no rule found any.
fn oppose(
    out: &Annotated<'_>,
    likest: &Likest,
    opposite: LabelId,
    requirement: &Requirement,
    elements: &mut [ElementState],
) {
    // Where a rule plainly read a provision, more is needed to make it its opposite.
    let by_rule = |unit: UnitId| elements.iter().any(|e| e.provided.iter().any(|f| f.unit == unit && !f.weak));
    let enough = |(score, unit): &(f32, UnitId)| *score > likeness::OPPOSES_PROVISION || !by_rule(*unit);
    let most = likest.above(opposite, likeness::OPPOSES).filter(enough).max_by(|a, b| a.0.total_cmp(&b.0));
    let Some((_, unit)) = most else { return };
    let found = alike(out, unit, opposite);
    // It counts against the element that it is most like.
    let near = |at: &usize| requirement.elements[*at].likeness.and_then(|l| likest.score(found.unit, l));
    let element =
        (0..elements.len()).max_by(|a, b| near(a).unwrap_or(f32::MIN).total_cmp(&near(b).unwrap_or(f32::MIN)));
    if let Some(element) = element {
        elements[element].provided.retain(|f| f.unit != found.unit);
        elements[element].contradicted.push(found);
    }
}

/// The statement that is most like a column, if it is more like it than a bar.
fn likely(out: &Annotated<'_>, likest: &Likest, label: LabelId, bar: f32) -> Option<Found> {
    let (_, unit) = likest.best(label).filter(|(score, _)| *score > bar)?;
    Some(alike(out, unit, label))
}

/// A statement as thin evidence for what it is like.
fn alike(out: &Annotated<'_>, unit: UnitId, label: LabelId) -> Found {
    Found { unit, span: out.units[unit].span, weak: true, blank: false, alike: Some(label) }
}

/// Whether the second opinion disagrees with the verdict, or is near to it; nothing where there is no second opinion.
pub(super) fn doubts(
    out: &Annotated<'_>,
    hits: &Hits,
    requirement: &Requirement,
    judgement: &Judgement,
) -> Option<bool> {
    let score = |label: LabelId| hits.likest(out).best(label).map_or(f32::MIN, |(score, _)| score);
    let opposite = score(requirement.opposite?);
    if judgement.verdict == Verdict::Contradicted {
        return Some(opposite < UNSURE_OF_OPPOSITE);
    }
    let unsure = |(label, state): (Option<LabelId>, &ElementState)| {
        let by_rule = state.provided.iter().any(|f| f.alike.is_none());
        let near = label.map(score).is_some_and(|score| match state.provided.is_empty() {
            true => score > UNSURE_OF_LACK,
            false => score < if by_rule { UNSURE_OF_PROVISION } else { UNSURE_OF_LIKENESS },
        });
        near || !state.unlike_opposite.is_empty()
    };
    let labels = requirement.elements.iter().map(|e| e.likeness);
    Some(opposite > UNSURE_OF_NO_OPPOSITE || labels.zip(&judgement.elements).any(unsure))
}

#[cfg(test)]
mod tests {
    use crate::annotate::{Annotated, Language};
    use crate::judge::{Hits, Judgement, judge};
    use crate::pack;
    use crate::reader::{Limits, Source, read};
    use crate::report::{Confidence, Verdict};

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
