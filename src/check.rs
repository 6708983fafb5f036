//! One check: a document in, everything said about it out.

use crate::annotate::{Annotated, Language};
use crate::day::Term;
use crate::document::{Document, Span};
use crate::judge::finding::{self, Finding, Scene, Spoken};
use crate::judge::{self, Hits, Judgement};
use crate::likeness::Likest;
use crate::pack::schema::FindingFile;
use crate::pack::{Pack, Requirement};
use crate::reader::{self, Limits, Source};
use crate::report::{
    Checked, Confidence, Diagnostic, DocumentReport, Evidence, Kind, Place, RequirementReport, Verdict,
};
use std::cell::OnceCell;
use std::rc::Rc;
use std::sync::Arc;

/// Makes ready what every check needs besides its packs: worth doing while these are loaded.
pub fn prepare() {
    let source = Source { name: "prepare.txt", bytes: b"Signed on January 1, 2026." };
    if let (Ok(document), Ok(language)) = (reader::read(source, &Limits::default()), Language::shipped()) {
        let annotated = Annotated::new(&document, language);
        judge::detect_kind(&annotated, &Likest::of(&annotated));
        finding::dates::find(document.text());
    }
}

/// What a check takes from the command line.
#[derive(Debug, Clone)]
pub struct Options {
    /// The kind of document, if the user says so.
    pub kind: Option<Kind>,
    /// The day that dates are judged against.
    pub as_of: jiff::civil::Date,
}

/// Checks documents against packs.
#[derive(Debug)]
pub struct Checker {
    packs: Vec<Arc<Pack>>,
    options: Options,
    /// The blanks in the starter clauses of the packs.
    starters: Vec<String>,
    award: Option<Term>,
}

/// What one of several documents says of a requirement, whatever its kind.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Provision {
    /// The elements that it provides.
    pub provided: Vec<String>,
    /// It leaves the requirement to another document.
    pub referred: bool,
}

/// How many places are shown as evidence of one element.
const SHOWN: usize = 3;

impl Checker {
    /// A checker with these packs in force.
    pub fn new(packs: Vec<Arc<Pack>>, options: Options) -> Self {
        let starters = finding::blank::of_starters(packs.iter().map(Arc::as_ref));
        Self { packs, options, starters, award: None }
    }

    /// The same with the term of a federal award that agreements are compared with.
    #[must_use]
    pub fn with_award(self, award: Option<Term>) -> Self {
        Self { award, ..self }
    }

    /// The packs in force.
    pub fn packs(&self) -> &[Arc<Pack>] {
        &self.packs
    }

    /// Checks a document.
    pub fn check(&self, document: Document, path: &str) -> Checked {
        self.check_as(document, path, None)
    }

    /// Checks a document of a kind that is known, unless the options say another.
    pub fn check_as(&self, document: Document, path: &str, kind: Option<Kind>) -> Checked {
        self.checked(document, path, kind, None)
    }

    /// Checks a document that is one of several that count as one: `see` gets what it says of every requirement in
    /// pack order, also of those that a document of its kind does not carry.
    pub fn check_part(
        &self,
        document: Document,
        path: &str,
        kind: Option<Kind>,
        see: &mut dyn FnMut(Provision),
    ) -> Checked {
        self.checked(document, path, kind, Some(see))
    }

    fn checked(
        &self,
        document: Document,
        path: &str,
        kind: Option<Kind>,
        see: Option<&mut dyn FnMut(Provision)>,
    ) -> Checked {
        let document = Arc::new(document);
        let report = match Language::shipped() {
            Ok(language) => self.judge(&document, language, path, kind, see),
            Err(_) => empty_report(&document, path, Kind::Other),
        };
        Checked { report, document }
    }

    fn judge(
        &self,
        document: &Document,
        language: &Language,
        path: &str,
        kind: Option<Kind>,
        mut see: Option<&mut dyn FnMut(Provision)>,
    ) -> DocumentReport {
        let annotated = Annotated::new(document, language);
        let likest: Rc<OnceCell<Likest>> = Rc::default();
        let known = self.options.kind.or(kind);
        let kind =
            known.unwrap_or_else(|| judge::detect_kind(&annotated, likest.get_or_init(|| Likest::of(&annotated))));
        let mut report = empty_report(document, path, kind);
        let spoken = Spoken::of(&annotated);
        for pack in &self.packs {
            if kind != Kind::Other && !pack.requirements().is_empty() {
                judge_requirements(&annotated, language, pack, &likest, &mut see, &mut report);
            }
            for file in pack.findings() {
                let (as_of, award, starters) = (self.options.as_of, self.award, &self.starters);
                let scene = Scene { out: &annotated, kind, as_of, award, file, starters, spoken: &spoken };
                let found = finding::find(&scene);
                report.diagnostics.extend(found.into_iter().map(|f| hygiene(document, pack, file, f)));
                report.remarks.extend(finding::left_undone(&scene));
            }
        }
        report
    }
}

/// Judges the requirements of a pack that a document of its kind carries; with `see` the others, too.
fn judge_requirements(
    annotated: &Annotated<'_>,
    language: &Language,
    pack: &Pack,
    likest: &Rc<OnceCell<Likest>>,
    see: &mut Option<&mut dyn FnMut(Provision)>,
    report: &mut DocumentReport,
) {
    let kind = report.kind;
    let carries = |requirement: &Requirement| requirement.kinds.contains(&kind);
    let judged = pack.requirements().iter().filter(|r| see.is_some() || carries(r));
    let hits = Hits::of_requirements(annotated, pack.matcher(), judged).with_likest(likest);
    for requirement in pack.requirements() {
        let carried = carries(requirement);
        if !carried {
            report.requirements.push(not_applicable(pack, requirement));
        }
        if !carried && see.is_none() {
            continue;
        }
        let judgement = judge::judge(annotated, language, &hits, requirement);
        if let Some(see) = see {
            let referred = judge::refers(annotated, language, &hits, requirement);
            see(Provision { provided: provided(requirement, &judgement), referred });
        }
        if carried {
            report.requirements.push(requirement_report(annotated.document, pack, requirement, &judgement));
            report.diagnostics.extend(diagnostic(annotated, &hits, requirement, &judgement));
        }
    }
}

fn empty_report(document: &Document, path: &str, kind: Kind) -> DocumentReport {
    DocumentReport {
        path: path.to_owned(),
        format: document.format(),
        kind,
        title: document.title().map(str::to_owned),
        requirements: Vec::new(),
        diagnostics: Vec::new(),
        remarks: document.remarks().to_vec(),
    }
}

fn provided(requirement: &Requirement, judgement: &Judgement) -> Vec<String> {
    let found = requirement.elements.iter().zip(&judgement.elements).filter(|(_, state)| !state.provided.is_empty());
    found.map(|(element, _)| element.id.clone()).collect()
}

fn not_applicable(pack: &Pack, requirement: &Requirement) -> RequirementReport {
    RequirementReport {
        id: requirement.id.clone(),
        title: requirement.title.clone(),
        pack: pack.id().to_owned(),
        verdict: Verdict::NotApplicable,
        missing_elements: Vec::new(),
        lacking: Vec::new(),
        confidence: Confidence::High,
        evidence: Vec::new(),
    }
}

fn requirement_report(
    document: &Document,
    pack: &Pack,
    requirement: &Requirement,
    judgement: &Judgement,
) -> RequirementReport {
    let mut evidence = Vec::new();
    for (element, state) in requirement.elements.iter().zip(&judgement.elements) {
        let found = if judgement.verdict == Verdict::Contradicted { &state.contradicted } else { &state.provided };
        for found in found.iter().take(SHOWN) {
            evidence.push(Evidence { element: element.id.clone(), span: Place::new(document, found.span) });
        }
    }
    let missing: Vec<_> = match judgement.verdict {
        Verdict::Partial => judgement.missing().map(|i| &requirement.elements[i]).collect(),
        _ => Vec::new(),
    };
    RequirementReport {
        verdict: judgement.verdict,
        missing_elements: missing.iter().map(|e| e.id.clone()).collect(),
        lacking: missing.iter().map(|e| e.title.clone()).collect(),
        confidence: judgement.confidence,
        evidence,
        ..not_applicable(pack, requirement)
    }
}

fn diagnostic(
    out: &Annotated<'_>,
    hits: &Hits,
    requirement: &Requirement,
    judgement: &Judgement,
) -> Option<Diagnostic> {
    if !judgement.verdict.is_gap() {
        return None;
    }
    let lacking: Vec<&str> = judgement.missing().map(|i| requirement.elements[i].title.as_str()).collect();
    let (message, spans): (String, Vec<Span>) = match judgement.verdict {
        Verdict::Contradicted => {
            let found: Vec<Span> = judgement.elements.iter().flat_map(|e| &e.contradicted).map(|f| f.span).collect();
            ("These words say the opposite of what the law requires.".to_owned(), found)
        }
        Verdict::Partial => {
            let half: Vec<Span> = judgement
                .elements
                .iter()
                .filter(|e| e.provided.is_empty())
                .flat_map(|e| &e.half)
                .map(|f| f.span)
                .collect();
            (format!("Only half there: {} still lacking.", verb(&lacking)), half)
        }
        _ => ("Nothing in the document provides this.".to_owned(), Vec::new()),
    };
    let mut spans = spans;
    spans.sort_unstable();
    spans.dedup();
    let starter = requirement.starter.clone();
    Some(Diagnostic {
        code: requirement.id.clone(),
        severity: requirement.severity,
        message,
        help: None,
        source: Some(requirement.source.clone()),
        spans: spans.into_iter().map(|s| Place::new(out.document, s)).collect(),
        title: requirement.title.clone(),
        starter,
        verdict: Some(judgement.verdict),
        confidence: judgement.confidence,
        belongs: belongs(out, hits, requirement),
        waived: None,
        baseline: None,
    })
}

/// A finding about the document's own health as a diagnostic.
fn hygiene(document: &Document, pack: &Pack, file: &FindingFile, found: Finding) -> Diagnostic {
    Diagnostic {
        code: file.id.clone(),
        severity: file.severity.unwrap_or(pack.severity()),
        message: found.message,
        help: Some(file.help.clone()),
        source: Some(file.source.clone()),
        spans: found.spans.into_iter().map(|s| Place::new(document, s)).collect(),
        title: file.title.clone(),
        starter: None,
        verdict: None,
        confidence: found.confidence,
        belongs: None,
        waived: None,
        baseline: None,
    }
}

fn verb(lacking: &[&str]) -> String {
    match lacking {
        [one] => format!("{one} is"),
        [rest @ .., last] => format!("{} and {last} are", rest.join(", ")),
        [] => "something is".to_owned(),
    }
}

/// The heading of this document under which something missing belongs.
fn belongs(out: &Annotated<'_>, hits: &Hits, requirement: &Requirement) -> Option<Place> {
    let term = requirement.belongs?;
    let title = (0..out.titles.len()).find(|t| hits.title_has(*t, term))?;
    let tokens = out.titles[title].clone();
    let first = out.tokens.get(tokens.start)?.span;
    let last = out.tokens.get(tokens.end.checked_sub(1)?)?.span;
    Some(Place::new(out.document, first.cover(last)))
}
