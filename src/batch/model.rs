//! What a batch says: kept small, because a run holds all of it. The serialized form is the JSON report of a batch.

use crate::report::{Confidence, InputError, Kind, PackReport, Severity, Verdict};
use serde::{Deserialize, Serialize};

/// A finding of one file or of a whole submission.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// Requirement id or `DOC-n`.
    pub code: String,
    /// Title of the requirement or finding.
    pub title: String,
    /// How much it weighs.
    pub severity: Severity,
    /// The verdict behind it, for requirements.
    pub verdict: Option<Verdict>,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
    /// The law or practice behind it.
    pub source: Option<String>,
    /// The file, empty if it concerns the submission.
    pub file: String,
    /// Where in the file.
    pub place: String,
    /// The words.
    pub words: String,
    /// What makes it the same finding in another run.
    pub fingerprint: String,
    /// Whether somebody has decided to let it be.
    pub waived: bool,
    /// New or kept since last year; nothing where there is no last year.
    pub since: Option<Since>,
}

/// A finding against last year's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Since {
    /// It was not there.
    New,
    /// It was there.
    Kept,
    /// It was there and is gone.
    Resolved,
}

impl Since {
    /// The word used in every output.
    pub fn name(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Kept => "kept",
            Self::Resolved => "resolved",
        }
    }
}

/// What one file says of a requirement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// The judgement on the file alone.
    pub verdict: Verdict,
    /// Whether a person should look.
    pub confidence: Confidence,
    /// Elements that it provides, whatever its kind.
    pub provided: Vec<String>,
    /// It leaves the requirement to another document.
    pub referred: bool,
}

/// What is kept of a checked file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileReport {
    /// Its path.
    pub path: String,
    /// Format as read.
    pub format: String,
    /// What it is.
    pub kind: Kind,
    /// Its title.
    pub title: Option<String>,
    /// A digest of its words: two files with one digest say the same.
    pub text: String,
    /// For every requirement in pack order; empty for kind `other`.
    pub items: Vec<Item>,
    /// Findings of the file alone.
    pub findings: Vec<Finding>,
    /// What a person should know about how it was read.
    pub remarks: Vec<String>,
}

/// One square of the table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cell {
    /// The requirement.
    pub id: String,
    /// The judgement on all documents together.
    pub verdict: Verdict,
    /// Why there is nothing to judge: the document was not handed in or could not be read.
    pub because: Option<Absent>,
    /// Ids of the elements without a provision; empty unless partial.
    pub missing_elements: Vec<String>,
    /// The same in plain words.
    pub lacking: Vec<String>,
    /// Whether a person should look.
    pub confidence: Confidence,
}

/// Why a document is not there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Absent {
    /// Nobody sent it.
    NotHandedIn,
    /// A file of the submission could not be read: it may be that one.
    Unreadable,
}

impl Cell {
    /// The word in the table.
    pub fn label(&self) -> &'static str {
        match self.because {
            Some(Absent::NotHandedIn) => "not handed in",
            Some(Absent::Unreadable) => "not readable",
            None => self.verdict.name(),
        }
    }
}

/// What one district filed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SubmissionReport {
    /// The district's code, empty if not known.
    pub code: String,
    /// The district.
    pub district: String,
    /// Its files.
    pub documents: Vec<FileReport>,
    /// Its files that could not be read.
    pub errors: Vec<Unread>,
    /// For every requirement in pack order.
    pub cells: Vec<Cell>,
    /// What was not handed in, in plain words.
    pub not_handed_in: Vec<String>,
    /// Findings of the whole submission.
    pub findings: Vec<Finding>,
    /// Other submissions with the same text, and last year's.
    pub duplicates: Vec<String>,
}

impl SubmissionReport {
    /// Whether nothing is left to mend on requirements.
    pub fn is_complete(&self) -> bool {
        self.errors.is_empty() && self.not_handed_in.is_empty() && !self.cells.iter().any(|c| c.verdict.is_gap())
    }

    /// Findings that count and stand.
    pub fn open(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|f| !f.waived && f.since != Some(Since::Resolved))
    }

    /// The square behind a finding that says only that a whole document is not there.
    pub fn absent(&self, finding: &Finding) -> Option<&Cell> {
        let cell = self.cells.iter().find(|c| c.id == finding.code)?;
        (cell.because.is_some() && finding.since != Some(Since::Resolved)).then_some(cell)
    }

    /// The word for a finding: of its square where no document was there to judge.
    pub fn label(&self, finding: &Finding) -> &'static str {
        let own = finding.verdict.map_or(finding.severity.name(), Verdict::name);
        self.absent(finding).map_or(own, Cell::label)
    }

    /// Code and name, whichever there are.
    pub fn name(&self) -> String {
        if self.code.is_empty() || self.code == self.district {
            return self.district.clone();
        }
        format!("{} {}", self.code, self.district)
    }
}

/// An input that could not be checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unread {
    /// Its path.
    pub path: String,
    /// What is wrong and what to do.
    pub message: String,
}

impl From<InputError> for Unread {
    fn from(error: InputError) -> Self {
        Self { path: error.path, message: error.message }
    }
}

/// A requirement as the table needs it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// Stable id.
    pub id: String,
    /// Title.
    pub title: String,
    /// The law.
    pub source: String,
    /// How much its findings weigh.
    pub severity: Severity,
    /// Kinds of document that carry it.
    pub kinds: Vec<Kind>,
    /// Its elements: id and plain words.
    pub elements: Vec<(String, String)>,
}

/// Everything said about a batch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BatchReport {
    /// The version of this form.
    pub schema_version: u32,
    /// Packs in force, id and version.
    pub packs: Vec<(String, String)>,
    /// The table's columns.
    pub requirements: Vec<Column>,
    /// One for each district, sorted.
    pub submissions: Vec<SubmissionReport>,
}

impl BatchReport {
    /// A report without submissions.
    pub fn new(packs: &[PackReport], requirements: Vec<Column>) -> Self {
        let packs = packs.iter().map(|p| (p.id.clone(), p.version.clone())).collect();
        Self { schema_version: 1, packs, requirements, submissions: Vec::new() }
    }

    /// How many submissions have each label at a column.
    pub fn count(&self, column: usize, label: &str) -> usize {
        self.submissions.iter().filter(|s| s.cells.get(column).is_some_and(|c| c.label() == label)).count()
    }
}

/// The labels of the table, best first.
pub const LABELS: [&str; 7] =
    ["met", "partial", "missing", "contradicted", "not-applicable", "not handed in", "not readable"];
