//! What a check says about a document: the one model that every renderer shows.
//!
//! The serialized form is the JSON report that other programs rely on (`schema_version` 1): fields are added,
//! never changed or removed.

use crate::document::{Document, Format, Span};
use serde::Serialize;
use std::sync::Arc;

/// The version of the JSON report.
pub const SCHEMA_VERSION: u32 = 1;

/// How much a finding weighs.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, serde::Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Good practice beyond the law.
    Advice,
    /// Something to mend before signing or filing.
    Warning,
    /// The law's demand is not met.
    Error,
}

impl Severity {
    /// The word used in every output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Advice => "advice",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// What a document is.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, serde::Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A memorandum of understanding only.
    Mou,
    /// Operating procedures only.
    Op,
    /// One file with both.
    Combined,
    /// Neither.
    Other,
}

impl Kind {
    /// The word used in every output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Mou => "mou",
            Self::Op => "op",
            Self::Combined => "combined",
            Self::Other => "other",
        }
    }
}

/// The judgement on one requirement.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, serde::Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Every element has a provision.
    Met,
    /// Some elements have a provision, some have none.
    Partial,
    /// No provision.
    Missing,
    /// The text provides the opposite for at least one element.
    Contradicted,
    /// The document is of a kind that does not carry the requirement.
    NotApplicable,
}

impl Verdict {
    /// The word used in every output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::Partial => "partial",
            Self::Missing => "missing",
            Self::Contradicted => "contradicted",
            Self::NotApplicable => "not-applicable",
        }
    }

    /// Whether the verdict is a gap: missing, partial or contradicted.
    pub fn is_gap(self) -> bool {
        matches!(self, Self::Partial | Self::Missing | Self::Contradicted)
    }
}

/// Whether a person should look at a verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, serde::Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Confidence {
    /// It is not certain: a person should look.
    Low,
    /// The evidence is plain.
    High,
}

/// Words of a document with everything needed to find them: the contract's `SPAN`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, serde::Deserialize, schemars::JsonSchema)]
pub struct Place {
    /// The section's name, `VIII. Training for SROs`, if the words stand under a heading.
    pub section: Option<String>,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// Page, where the format knows pages.
    pub page: Option<u32>,
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// Exactly the words from `start` to `end`.
    pub text: String,
    /// The place in a person's words: `VIII. Training for SROs, paragraph 2, page 7`.
    pub place: String,
}

impl Place {
    /// Resolves a span of a document.
    pub fn new(document: &Document, span: Span) -> Self {
        let (line, column) = document.line_column(span.start);
        let section = document.block_at(span.start).map(|b| document.block(b).section);
        Self {
            section: section.and_then(|s| document.section(s).label()),
            line,
            column,
            page: document.page(span.start),
            start: span.start,
            end: span.end,
            text: document.slice(span).to_owned(),
            place: document.place_name(span.start),
        }
    }

    /// The span in the document's text.
    pub fn span(&self) -> Span {
        Span::new(self.start, self.end)
    }
}

/// Words that a verdict rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct Evidence {
    /// The element that they provide or contradict.
    pub element: String,
    /// The words.
    pub span: Place,
}

/// One requirement's verdict.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct RequirementReport {
    /// Stable id, `MOU-7`.
    pub id: String,
    /// Title, `Training for SROs`.
    pub title: String,
    /// The pack that asks for it.
    pub pack: String,
    /// The judgement.
    pub verdict: Verdict,
    /// Ids of the elements without a provision; empty unless the verdict is partial.
    pub missing_elements: Vec<String>,
    /// The same in plain words: `training required by the Municipal Police Training Committee`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub lacking: Vec<String>,
    /// Whether a person should look.
    pub confidence: Confidence,
    /// What the verdict rests on.
    pub evidence: Vec<Evidence>,
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct Diagnostic {
    /// Requirement id or `DOC-n`.
    pub code: String,
    /// How much it weighs.
    pub severity: Severity,
    /// What is wrong, one sentence.
    pub message: String,
    /// What to do, with a starter clause where there is one.
    pub help: Option<String>,
    /// The law or the practice behind it.
    pub source: Option<String>,
    /// Where; empty if it concerns the whole document.
    pub spans: Vec<Place>,
    /// Title of the requirement or finding.
    pub title: String,
    /// A clause to start from, in our own words.
    pub starter: Option<String>,
    /// Verdict behind the finding, for requirements.
    pub verdict: Option<Verdict>,
    /// Whether a person should look.
    pub confidence: Confidence,
    /// Where something missing belongs: the name of a section of this document.
    pub belongs: Option<Place>,
    /// Why the finding is let be, if somebody has decided so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub waived: Option<Waived>,
    /// Whether the baseline has it; nothing where there is no baseline.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub baseline: Option<BaselineState>,
}

impl Diagnostic {
    /// Whether the finding counts: it is neither waived nor known from the baseline.
    pub fn counts(&self) -> bool {
        self.waived.is_none() && self.baseline != Some(BaselineState::Known)
    }
}

/// A decision to let a finding be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct Waived {
    /// Why.
    pub reason: String,
    /// The last day on which the decision holds.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub until: Option<jiff::civil::Date>,
    /// Where the decision is written.
    pub by: WaivedBy,
    /// File and line of the decision: `.sro-lint.yaml:12`.
    pub source: String,
}

/// Where a decision to let a finding be is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum WaivedBy {
    /// In a comment in the document.
    Comment,
    /// In the configuration.
    Configuration,
}

/// What the baseline says of a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum BaselineState {
    /// It was there when the baseline was recorded.
    Known,
    /// It was not.
    New,
}

/// Everything said about one document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct DocumentReport {
    /// Path as given.
    pub path: String,
    /// Format as read.
    #[schemars(with = "String")]
    pub format: Format,
    /// What the document is.
    pub kind: Kind,
    /// The document's title.
    pub title: Option<String>,
    /// Every requirement of every pack in force, in pack order; none for kind `other`.
    pub requirements: Vec<RequirementReport>,
    /// Findings.
    pub diagnostics: Vec<Diagnostic>,
    /// What the reader left out on purpose and what a person should know about how the file was read.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub remarks: Vec<String>,
}

impl DocumentReport {
    /// Whether a finding that counts weighs at least this much.
    pub fn fails(&self, least: Severity) -> bool {
        self.diagnostics.iter().any(|d| d.counts() && d.severity >= least)
    }
}

/// A checked document: what was said, and the document it was said of, for renderers that show its text.
#[derive(Debug, Clone)]
pub struct Checked {
    /// What was said.
    pub report: DocumentReport,
    /// The document.
    pub document: Arc<Document>,
}

/// An input that could not be checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct InputError {
    /// Path as given.
    pub path: String,
    /// What is wrong and what to do, in sentences.
    pub message: String,
}

/// A rule pack in force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct PackReport {
    /// Id, `ma-37p`.
    pub id: String,
    /// Version, `2022.1`.
    pub version: String,
}

/// Counts over all documents.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct Summary {
    /// Documents checked.
    pub documents: usize,
    /// Inputs that could not be checked.
    pub errors: usize,
    /// Requirements met.
    pub met: usize,
    /// Requirements half there.
    pub partial: usize,
    /// Requirements missing.
    pub missing: usize,
    /// Requirements contradicted.
    pub contradicted: usize,
    /// Findings that are errors.
    pub error_findings: usize,
    /// Findings that are warnings.
    pub warning_findings: usize,
    /// Findings that are advice.
    pub advice_findings: usize,
    /// Files found in folders that are no documents, and so were left out.
    pub left_out: usize,
    /// Findings that are waived; they are in no other count of findings.
    #[serde(skip_serializing_if = "is_zero")]
    pub waived_findings: usize,
    /// Findings known from the baseline; they are in no other count of findings.
    #[serde(skip_serializing_if = "is_zero")]
    pub known_findings: usize,
}

#[allow(clippy::trivially_copy_pass_by_ref)] // serde hands over a reference.
fn is_zero(number: &usize) -> bool {
    *number == 0
}

impl Summary {
    /// Findings of every weight that count.
    pub fn findings(&self) -> usize {
        self.error_findings + self.warning_findings + self.advice_findings
    }

    /// Counts a document in.
    pub fn add(&mut self, report: &DocumentReport) {
        self.documents += 1;
        for diagnostic in &report.diagnostics {
            match diagnostic.severity {
                _ if diagnostic.waived.is_some() => self.waived_findings += 1,
                _ if !diagnostic.counts() => self.known_findings += 1,
                Severity::Error => self.error_findings += 1,
                Severity::Warning => self.warning_findings += 1,
                Severity::Advice => self.advice_findings += 1,
            }
        }
        for requirement in &report.requirements {
            match requirement.verdict {
                Verdict::Met => self.met += 1,
                Verdict::Partial => self.partial += 1,
                Verdict::Missing => self.missing += 1,
                Verdict::Contradicted => self.contradicted += 1,
                Verdict::NotApplicable => {}
            }
        }
    }
}
