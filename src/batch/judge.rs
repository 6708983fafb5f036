//! The verdicts on a submission: the union of its documents.

use super::model::{Absent, Cell, Column, FileReport, Finding, SubmissionReport, Unread};
use crate::render::digest;
use crate::report::{Confidence, Kind, Severity, Verdict};
use std::collections::BTreeMap;

/// Unites the files of a district.
pub fn unite(
    columns: &[Column],
    code: String,
    district: String,
    documents: Vec<FileReport>,
    errors: Vec<Unread>,
) -> SubmissionReport {
    let cells: Vec<Cell> =
        columns.iter().enumerate().map(|(at, column)| cell(at, column, &documents, &errors)).collect();
    let mut findings: Vec<Finding> = Vec::new();
    for (at, (column, cell)) in columns.iter().zip(&cells).enumerate().filter(|(_, (_, c))| c.verdict.is_gap()) {
        findings.extend(gap(at, column, cell, &documents));
    }
    for document in &documents {
        let own = document.findings.iter().filter(|f| !columns.iter().any(|c| c.id == f.code));
        findings.extend(own.map(|f| Finding { file: document.path.clone(), ..f.clone() }));
    }
    let not_handed_in = not_handed_in(columns, &documents, &errors);
    SubmissionReport { code, district, documents, errors, cells, not_handed_in, findings, duplicates: Vec::new() }
}

/// The documents that must be there, with their plain names.
const WANTED: [(Kind, &str); 2] = [(Kind::Mou, "memorandum of understanding"), (Kind::Op, "operating procedures")];

fn not_handed_in(columns: &[Column], documents: &[FileReport], errors: &[Unread]) -> Vec<String> {
    let lacks = |kind: Kind| !documents.iter().any(|d| d.kind == kind || d.kind == Kind::Combined);
    let wanted = |kind: Kind| columns.iter().any(|c| c.kinds.contains(&kind));
    let note = if errors.is_empty() { "" } else { " (unless it is the file that could not be read)" };
    let absent = WANTED.iter().filter(|(kind, _)| wanted(*kind) && lacks(*kind));
    absent.map(|(_, name)| format!("{name}{note}")).collect()
}

fn cell(at: usize, column: &Column, documents: &[FileReport], errors: &[Unread]) -> Cell {
    let carrying: Vec<&FileReport> = documents.iter().filter(|d| column.kinds.contains(&d.kind)).collect();
    let items: Vec<_> = carrying.iter().filter_map(|d| d.items.get(at)).collect();
    let mut cell = Cell {
        id: column.id.clone(),
        verdict: Verdict::Missing,
        because: None,
        missing_elements: Vec::new(),
        lacking: Vec::new(),
        confidence: Confidence::High,
    };
    if items.is_empty() {
        cell.because = Some(if errors.is_empty() { Absent::NotHandedIn } else { Absent::Unreadable });
        return cell;
    }
    // A document that leaves it to another one has what the other one says.
    let resolved = items.iter().any(|item| item.referred);
    let counts: Vec<_> =
        if resolved { documents.iter().filter_map(|d| d.items.get(at)).collect() } else { items.clone() };
    let lacking: Vec<_> =
        column.elements.iter().filter(|(id, _)| !counts.iter().any(|item| item.provided.contains(id))).collect();
    let half = items.iter().any(|item| item.verdict == Verdict::Partial);
    cell.verdict = match () {
        () if items.iter().any(|item| item.verdict == Verdict::Contradicted) => Verdict::Contradicted,
        () if lacking.is_empty() => Verdict::Met,
        () if lacking.len() < column.elements.len() || half => Verdict::Partial,
        () => Verdict::Missing,
    };
    if cell.verdict == Verdict::Partial {
        cell.missing_elements = lacking.iter().map(|(id, _)| id.clone()).collect();
        cell.lacking = lacking.iter().map(|(_, title)| title.clone()).collect();
    }
    let behind: Vec<_> = items.iter().filter(|item| item.verdict == cell.verdict).collect();
    if !behind.is_empty() && behind.iter().all(|item| item.confidence == Confidence::Low) {
        cell.confidence = Confidence::Low;
    }
    cell
}

/// The findings behind a requirement that is not met: the documents' own where they agree with the union.
fn gap(at: usize, column: &Column, cell: &Cell, documents: &[FileReport]) -> Vec<Finding> {
    let mut found: Vec<Finding> = Vec::new();
    for document in documents.iter().filter(|d| d.items.get(at).is_some_and(|i| i.verdict == cell.verdict)) {
        let own = document.findings.iter().filter(|f| f.code == column.id && f.verdict == Some(cell.verdict));
        found.extend(own.map(|f| Finding { file: document.path.clone(), ..f.clone() }));
    }
    // Only one file's finding is needed to say that something is missing from all of them.
    if cell.verdict != Verdict::Contradicted {
        found.truncate(1);
    }
    if found.is_empty() {
        found.push(plain(column, cell));
    }
    for finding in &mut found {
        if cell.verdict == Verdict::Partial {
            finding.message = format!("Only half there. Still lacking: {}.", cell.lacking.join("; "));
        }
        // Where something is missing does not make it another finding.
        if cell.verdict != Verdict::Contradicted {
            finding.fingerprint = digest(&[&column.id, "gap"]);
        }
    }
    found
}

fn plain(column: &Column, cell: &Cell) -> Finding {
    let message = match cell.because {
        Some(Absent::NotHandedIn) => "The document that carries this was not handed in.",
        Some(Absent::Unreadable) => "Nothing that could be read provides this; a file could not be read.",
        None => "Nothing in the documents provides this.",
    };
    Finding {
        code: column.id.clone(),
        title: column.title.clone(),
        severity: column.severity,
        verdict: Some(cell.verdict),
        message: message.to_owned(),
        help: None,
        source: Some(column.source.clone()),
        file: String::new(),
        place: String::new(),
        words: String::new(),
        fingerprint: String::new(),
        waived: false,
        since: None,
    }
}

/// Points out files that say the same in two submissions.
pub fn mark_duplicates(submissions: &mut [SubmissionReport]) {
    let mut of: BTreeMap<String, Vec<(usize, String)>> = BTreeMap::new();
    for (at, submission) in submissions.iter().enumerate() {
        for document in &submission.documents {
            of.entry(document.text.clone()).or_default().push((at, document.path.clone()));
        }
    }
    let names: Vec<String> = submissions.iter().map(SubmissionReport::name).collect();
    for same in of.values().filter(|same| same.len() > 1) {
        for (at, path) in same {
            let others = same.iter().filter(|(other, file)| (other, file) != (at, path));
            let notes = others.take(NAMED).map(|(other, file)| match other == at {
                true => format!("{path} says the same as {file}"),
                false => format!("{path} says the same as {file} of {}", names[*other]),
            });
            submissions[*at].duplicates.extend(notes);
        }
    }
}

/// Most other files named for one that says the same as many.
const NAMED: usize = 3;

/// The heaviest finding that stands, of the requirements and of everything else.
pub fn heaviest(submission: &SubmissionReport) -> Option<Severity> {
    submission.open().map(|f| f.severity).max()
}
