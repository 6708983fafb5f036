//! Runs the examples that the rules of a pack carry.

use super::coverage::{self, Coverage};
use super::schema::{Check, ExampleFile, FindingFile};
use super::{Pack, Requirement};
use crate::annotate::{Annotated, Language};
use crate::check::{Checker, Options};
use crate::document::Document;
use crate::judge::{self, Hits};
use crate::reader::{self, Limits, Source};
use crate::report::{Kind, Verdict};
use std::sync::Arc;

/// The day on which the examples of findings are judged.
const AS_OF: jiff::civil::Date = jiff::civil::date(2026, 7, 1);

/// How an example came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    /// As it must.
    Right,
    /// A provision, contradiction or finding is wanted and not found.
    Missed,
    /// One is found and not wanted.
    Noisy,
    /// Another verdict in another way: met for contradicted, and the like.
    WrongVerdict,
    /// Partial as it must be, but other elements are missing.
    WrongElements,
    /// The example could not be read or judged at all.
    Unreadable,
}

impl Outcome {
    /// The words in the report.
    pub fn name(self) -> &'static str {
        match self {
            Self::Right => "right",
            Self::Missed => "missed",
            Self::Noisy => "noisy",
            Self::WrongVerdict => "wrong verdict",
            Self::WrongElements => "wrong elements",
            Self::Unreadable => "unreadable",
        }
    }
}

/// One example with how it came out.
#[derive(Debug, Clone)]
pub struct Ran {
    /// The requirement or finding.
    pub rule: String,
    /// Its number among the rule's examples, from 1.
    pub number: usize,
    /// How it came out.
    pub outcome: Outcome,
    /// What was wanted and what was found, in words.
    pub said: String,
    /// The example.
    pub text: String,
}

/// Everything that the examples of a pack showed.
#[derive(Debug, Default)]
pub struct Results {
    /// Every example.
    pub ran: Vec<Ran>,
    /// What no example makes fire.
    pub uncovered: Vec<String>,
    /// Patterns that add nothing to another.
    pub duplicates: Vec<String>,
}

impl Results {
    /// Examples that came out in one way.
    pub fn count(&self, outcome: Outcome) -> usize {
        self.ran.iter().filter(|r| r.outcome == outcome).count()
    }
}

/// Runs all examples of a pack.
pub fn run(pack: &Arc<Pack>) -> Results {
    let mut results = Results::default();
    for requirement in pack.requirements() {
        let mut coverage = Coverage::new(pack, requirement);
        for (k, example) in pack.examples(requirement).iter().enumerate() {
            let (outcome, said) = requirement_example(pack, requirement, example, &mut coverage);
            let text = example.text.clone();
            results.ran.push(Ran { rule: requirement.id.clone(), number: k + 1, outcome, said, text });
        }
        results.uncovered.extend(coverage.gaps());
        results.duplicates.extend(coverage::duplicates(pack, requirement));
    }
    for finding in pack.findings() {
        finding_examples(pack, finding, &mut results);
    }
    results
}

fn read(text: &str) -> Result<Document, String> {
    let source = Source { name: "example.md", bytes: text.as_bytes() };
    reader::read(source, &Limits::default()).map_err(|e| e.to_string())
}

fn requirement_example(
    pack: &Pack,
    requirement: &Requirement,
    example: &ExampleFile,
    coverage: &mut Coverage<'_>,
) -> (Outcome, String) {
    let document = match read(&example.text) {
        Ok(document) => document,
        Err(why) => return (Outcome::Unreadable, why),
    };
    let language = match Language::shipped() {
        Ok(language) => language,
        Err(why) => return (Outcome::Unreadable, why.to_string()),
    };
    let annotated = Annotated::new(&document, language);
    let hits = Hits::of_requirements(&annotated, pack.matcher(), std::iter::once(requirement));
    let judgement = judge::by_rules(&annotated, language, &hits, requirement);
    coverage.add(example, &judge::trace(&annotated, language, &hits, requirement));
    let missing: Vec<&str> = match judgement.verdict {
        Verdict::Partial => judgement.missing().map(|i| requirement.elements[i].id.as_str()).collect(),
        _ => Vec::new(),
    };
    compare(example, judgement.verdict, &missing)
}

fn compare(example: &ExampleFile, found: Verdict, missing: &[&str]) -> (Outcome, String) {
    let same =
        |wanted: &[String]| wanted.len() == missing.len() && wanted.iter().all(|w| missing.contains(&w.as_str()));
    let wanted = example.verdict;
    // A partial example that names no elements leaves them open.
    if wanted == found && !example.missing.is_empty() && !same(&example.missing) {
        let said = format!("missing [{}] wanted, [{}] found", example.missing.join(", "), missing.join(", "));
        return (Outcome::WrongElements, said);
    }
    let lacking = if missing.is_empty() { String::new() } else { format!(" (missing {})", missing.join(", ")) };
    (outcome(wanted, found), format!("{} wanted, {}{lacking} found", wanted.name(), found.name()))
}

fn outcome(wanted: Verdict, found: Verdict) -> Outcome {
    let rank = |verdict| match verdict {
        Verdict::Missing | Verdict::NotApplicable => Some(0),
        Verdict::Partial => Some(1),
        Verdict::Met => Some(2),
        Verdict::Contradicted => None,
    };
    match (rank(wanted), rank(found)) {
        _ if wanted == found => Outcome::Right,
        (None, Some(0)) => Outcome::Missed,
        (Some(0), None) => Outcome::Noisy,
        (Some(wanted), Some(found)) if found < wanted => Outcome::Missed,
        (Some(_), Some(_)) => Outcome::Noisy,
        _ => Outcome::WrongVerdict,
    }
}

fn finding_examples(pack: &Arc<Pack>, finding: &FindingFile, results: &mut Results) {
    // Whether a document is one of the field is found from its text; all other checks are for those that are.
    let of_the_field = finding.check != Check::Unrelated;
    let mut raised_rightly = false;
    for (k, example) in pack.finding_examples(finding).iter().enumerate() {
        let (outcome, said) = match read(&example.text) {
            Err(why) => (Outcome::Unreadable, why),
            Ok(document) => {
                let kind = of_the_field.then(|| example.kind.unwrap_or(Kind::Mou));
                let options = Options { kind: None, as_of: AS_OF };
                let checker = Checker::new(vec![Arc::clone(pack)], options).with_award(example.award);
                let report = checker.check_as(document, "example.md", kind).report;
                let raised = report.diagnostics.iter().any(|d| d.code == finding.id);
                raised_rightly |= raised && example.raised;
                let said = |raised: bool| if raised { "a finding" } else { "no finding" };
                let outcome = match (example.raised, raised) {
                    (true, false) => Outcome::Missed,
                    (false, true) => Outcome::Noisy,
                    _ => Outcome::Right,
                };
                (outcome, format!("{} wanted, {} raised", said(example.raised), said(raised)))
            }
        };
        let text = example.text.clone();
        results.ran.push(Ran { rule: finding.id.clone(), number: k + 1, outcome, said, text });
    }
    if !raised_rightly {
        results.uncovered.push(format!("{}: no example raises it", finding.id));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outcomes_are_named_by_what_went_wrong() {
        use Verdict::{Contradicted, Met, Missing, Partial};
        assert_eq!(outcome(Met, Met), Outcome::Right);
        assert_eq!(outcome(Met, Partial), Outcome::Missed);
        assert_eq!(outcome(Contradicted, Missing), Outcome::Missed);
        assert_eq!(outcome(Partial, Met), Outcome::Noisy);
        assert_eq!(outcome(Missing, Contradicted), Outcome::Noisy);
        assert_eq!(outcome(Contradicted, Met), Outcome::WrongVerdict);
        assert_eq!(outcome(Met, Contradicted), Outcome::WrongVerdict);
    }
}
