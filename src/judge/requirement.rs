//! A requirement's verdict from what its elements' rules found.

use super::Hits;
use super::confidence::Doubts;
use super::grounds::Grounds;
use super::rule::{Bench, Found};
use super::weighing::Weighed;
use crate::annotate::{Annotated, Language, Stance};
use crate::pack::{Element, Requirement, Role, Rule};
use crate::phrase::TermId;
use crate::report::{Confidence, Verdict};

/// What is known of one element.
#[derive(Debug, Clone, Default)]
pub struct ElementState {
    /// Provisions, the best first.
    pub provided: Vec<Found>,
    /// Words that provide the opposite.
    pub contradicted: Vec<Found>,
    /// Provisions that go half way: the substance is blank, or the law asks for more.
    pub half: Vec<Found>,
    /// What a rule took for a provision, and the second opinion does not.
    pub unlike: Vec<Found>,
    /// What a rule took for the opposite, and the second opinion does not.
    pub unlike_opposite: Vec<Found>,
    /// How likely it is that the element is provided, from 0 to 1, if that was weighed.
    pub chance: Option<f32>,
}

/// A requirement's verdict with its grounds.
#[derive(Debug, Clone)]
pub struct Judgement {
    /// The verdict.
    pub verdict: Verdict,
    /// For every element in order what was found.
    pub elements: Vec<ElementState>,
    /// Whether a person should look.
    pub confidence: Confidence,
    /// How likely a contradiction and the verdict are, if they were weighed.
    pub chances: Option<Chances>,
}

/// Chances from 0 to 1, as if every element were by itself.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Chances {
    /// That the requirement is contradicted.
    pub contradicted: f32,
    /// That the verdict is right.
    pub right: f32,
}

impl Judgement {
    /// Positions of the elements without a provision.
    pub fn missing(&self) -> impl Iterator<Item = usize> {
        self.elements.iter().enumerate().filter(|(_, e)| e.provided.is_empty()).map(|(i, _)| i)
    }
}

/// How sure a verdict must be, or a person should look. Chosen on labelled documents that the second opinion had not
/// learnt from (`examples/accuracy.rs` prints how many verdicts on either side are wrong).
const SURE: f32 = 0.8;

/// Stances that can provide.
const PROVIDES: &[Stance] = &[Stance::Provides];
/// Stances that can go half way: to leave the choice to somebody's discretion names at least whose it is.
const HALF: &[Stance] = &[Stance::Provides, Stance::Declines];
/// Stances that can contradict: to leave a duty to somebody's choice may be the opposite of it, and "goes by
/// seniority under Article 12 of the contract" says enough before it points elsewhere.
const CONTRADICTS: &[Stance] = &[Stance::Provides, Stance::Declines, Stance::Refers];

/// The stances in which words count for rules of a role.
pub(super) fn accepted(role: Role) -> &'static [Stance] {
    match role {
        Role::Provides => PROVIDES,
        Role::Half => HALF,
        Role::Contradicts => CONTRADICTS,
    }
}

/// Stances that leave the substance to another document.
const REFERS: &[Stance] = &[Stance::Refers, Stance::Promises, Stance::Topics];

/// Judges one requirement: by its rules, weighed against what the statements are like.
pub fn judge(out: &Annotated<'_>, language: &Language, hits: &Hits, requirement: &Requirement) -> Judgement {
    let mut elements = found(out, language, hits, requirement);
    let weighed = Weighed::of(out, hits, requirement, &elements);
    if let Some(weighed) = &weighed {
        weighed.correct(out, hits.likest(out), requirement, &mut elements);
    }
    let mut judgement = settled(requirement, elements);
    judgement.chances = weighed.map(|weighed| weighed.chances(&judgement));
    let doubt = judgement.chances.map(|chances| chances.right < SURE);
    let doubts = Doubts { out, hits, belongs: requirement.belongs };
    judgement.confidence = doubts.confidence(judgement.verdict, &judgement.elements, doubt);
    judgement
}

/// Judges one requirement by its rules alone: what the examples of a pack try.
pub fn by_rules(out: &Annotated<'_>, language: &Language, hits: &Hits, requirement: &Requirement) -> Judgement {
    settled(requirement, found(out, language, hits, requirement))
}

/// What is weighed for one requirement; nothing where there is no second opinion.
pub fn grounds(out: &Annotated<'_>, language: &Language, hits: &Hits, requirement: &Requirement) -> Option<Grounds> {
    Grounds::of(out, hits, requirement, &found(out, language, hits, requirement))
}

/// What the rules of every element found.
fn found(out: &Annotated<'_>, language: &Language, hits: &Hits, requirement: &Requirement) -> Vec<ElementState> {
    let bench = Bench { out, language, hits };
    requirement.elements.iter().map(|element| state(&bench, element, requirement.belongs)).collect()
}

/// The verdict from what counts: what contradicts an element does not also provide it, and distinct elements are
/// provided by distinct statements.
fn settled(requirement: &Requirement, mut elements: Vec<ElementState>) -> Judgement {
    for state in &mut elements {
        let ElementState { provided, contradicted, .. } = state;
        provided.retain(|f| !contradicted.iter().any(|c| c.unit == f.unit));
    }
    if requirement.distinct {
        keep_distinct(&mut elements);
    }
    Judgement { verdict: verdict(&elements), elements, confidence: Confidence::High, chances: None }
}

/// Whether a statement leaves what is required to another document: "as stated in the operating procedures".
pub fn refers(out: &Annotated<'_>, language: &Language, hits: &Hits, requirement: &Requirement) -> bool {
    let bench = Bench { out, language, hits };
    let leaves = |stance: Stance| REFERS.contains(&stance);
    let about = |term| {
        let named = hits.of(term).iter().any(|unit| leaves(out.units[*unit].stance));
        let under = |unit: usize| leaves(out.units[unit].stance) && hits.under(out, unit, term, &[]);
        named || (0..out.units.len()).any(under)
    };
    let rules = requirement.elements.iter().flat_map(|e| &e.provides);
    requirement.belongs.is_some_and(about)
        || rules
            .map(|rule| bench.find(rule, REFERS))
            .any(|found| found.iter().any(|f| leaves(out.units[f.unit].stance)))
}

fn state(bench: &Bench<'_, '_>, element: &Element, belongs: Option<TermId>) -> ElementState {
    let find = |rules: &[Rule], role| -> Vec<Found> {
        rules.iter().flat_map(|rule| bench.find(rule, accepted(role))).collect()
    };
    let mut contradicted = find(&element.contradicts, Role::Contradicts);
    contradicted.retain(|f| !f.blank);
    let (mut half, mut provided): (Vec<Found>, Vec<Found>) =
        find(&element.provides, Role::Provides).into_iter().partition(|f| f.blank);
    // No unit twice; plain evidence before thin, and words where the requirement belongs before others.
    provided.sort_by_key(|f| (f.unit, f.weak));
    provided.dedup_by_key(|f| f.unit);
    let elsewhere = |f: &Found| !bench.hits.at_home(bench.out, f.unit, belongs);
    provided.sort_by_key(|f| (f.weak, elsewhere(f), f.unit));
    half.extend(find(&element.half, Role::Half));
    // "Reports to ____": a blank where the substance belongs outweighs thin evidence elsewhere.
    if half.iter().any(|f| f.blank) && provided.iter().all(|f| f.weak) {
        provided.clear();
    }
    ElementState { provided, contradicted, half, ..ElementState::default() }
}

/// Where one and the same statement is all that provides every element, only the first is provided.
fn keep_distinct(elements: &mut [ElementState]) {
    let Some(unit) = elements.first().and_then(|e| e.provided.first()).map(|f| f.unit) else { return };
    if elements.iter().all(|e| !e.provided.is_empty() && e.provided.iter().all(|f| f.unit == unit)) {
        elements.iter_mut().skip(1).for_each(|e| e.provided.clear());
    }
}

fn verdict(elements: &[ElementState]) -> Verdict {
    let provided = elements.iter().filter(|e| !e.provided.is_empty()).count();
    let contradicted = elements.iter().any(|e| !e.contradicted.is_empty());
    let half = elements.iter().any(|e| e.provided.is_empty() && !e.half.is_empty());
    match () {
        () if contradicted => Verdict::Contradicted,
        () if provided == elements.len() => Verdict::Met,
        () if provided > 0 || half => Verdict::Partial,
        () => Verdict::Missing,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack::Pack;
    use crate::reader::{Limits, Source, read};

    fn verdict_of(text: &str) -> (Verdict, usize) {
        verdict_by(
            text,
            r#"
id: test
version: "1"
title: test
requirements:
  - id: T-1
    title: selection
    kinds: [mou]
    source: test
    explain: test
    elements:
      - id: process
        title: process
        provides: ["chief ... after ... interview*"]
        half: ["chief ...3 assign*"]
"#,
        )
    }

    fn verdict_by(text: &str, yaml: &str) -> (Verdict, usize) {
        let pack = Pack::compile(serde_yaml::from_str(yaml).expect("yaml")).expect("pack");
        let source = Source { name: "t.txt", bytes: text.as_bytes() };
        let document = read(source, &Limits::default()).expect("document");
        let language = Language::shipped().expect("language");
        let out = Annotated::new(&document, language);
        let hits = Hits::all(&out, pack.matcher());
        let judgement = judge(&out, language, &hits, &pack.requirements()[0]);
        (judgement.verdict, judgement.missing().count())
    }

    #[test]
    fn a_provision_that_goes_half_way_is_partial_and_leaves_the_element_lacking() {
        assert_eq!(verdict_of("The Chief assigns an officer."), (Verdict::Partial, 1));
        assert_eq!(verdict_of("The Chief assigns an officer after two interviews."), (Verdict::Met, 0));
        assert_eq!(verdict_of("The officer eats lunch."), (Verdict::Missing, 1));
    }

    #[test]
    fn one_statement_does_not_provide_distinct_elements() {
        let yaml = r#"
id: test
version: "1"
title: test
requirements:
  - id: T-1
    title: purpose and goals
    kinds: [mou]
    source: test
    explain: test
    distinct: true
    elements:
      - id: mission
        title: mission
        provides: ["mission"]
      - id: goals
        title: goals
        provides: ["goals"]
"#;
        assert_eq!(verdict_by("The mission and the goals are one.", yaml), (Verdict::Partial, 1));
        assert_eq!(verdict_by("The mission is peace. The goals are two.", yaml), (Verdict::Met, 0));
    }
}
