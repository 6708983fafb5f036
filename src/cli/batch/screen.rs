//! A batch on the screen: a few lines for each district, and totals.

use crate::batch::model::{BatchReport, LABELS, Since, SubmissionReport};
use crate::render::safe;
use crate::report::Kind;
use std::fmt::Write;

/// Most items named for a district in one line.
const NAMED: usize = 8;

/// The lines of a district.
pub fn lines(submission: &SubmissionReport) -> String {
    let mut out = String::new();
    let state = if submission.is_complete() { "complete".to_owned() } else { counts(submission) };
    put(&mut out, "", &format!("{}: {state}", submission.name()));
    let gaps: Vec<String> = submission
        .cells
        .iter()
        .filter(|c| c.verdict.is_gap() && c.because.is_none())
        .map(|c| format!("{} {}", c.id, c.label()))
        .collect();
    if !gaps.is_empty() {
        let more = gaps.len().saturating_sub(NAMED);
        let more = if more > 0 { format!(", and {more} more") } else { String::new() };
        put(&mut out, "  ", &format!("{}{more}", gaps[..gaps.len().min(NAMED)].join(", ")));
    }
    submission.not_handed_in.iter().for_each(|what| put(&mut out, "  ", &format!("not handed in: {what}")));
    let others = submission.documents.iter().filter(|d| d.kind == Kind::Other);
    others.for_each(|d| put(&mut out, "  ", &format!("neither a memorandum nor procedures: {}", d.path)));
    submission.errors.iter().for_each(|e| put(&mut out, "  ", &format!("not readable: {}", e.path)));
    out
}

fn counts(submission: &SubmissionReport) -> String {
    let count = |label: &str| submission.cells.iter().filter(|c| c.label() == label).count();
    let parts: Vec<String> = LABELS
        .iter()
        .map(|label| (count(label), label))
        .filter(|(n, _)| *n > 0)
        .map(|(n, label)| format!("{n} {label}"))
        .collect();
    parts.join(", ")
}

/// What only shows when all is read.
pub fn totals(report: &BatchReport, compared: bool) -> String {
    let mut out = String::from("\n");
    let submissions = &report.submissions;
    for submission in submissions {
        submission.duplicates.iter().for_each(|d| put(&mut out, "", &format!("{}: {d}", submission.name())));
    }
    let count = |which: &dyn Fn(&SubmissionReport) -> usize| submissions.iter().map(which).sum::<usize>();
    let complete = count(&|s| usize::from(s.is_complete()));
    let absent = count(&|s| usize::from(s.documents.is_empty() && s.errors.is_empty()));
    let (read, unread) = (count(&|s| s.documents.len()), count(&|s| s.errors.len()));
    put(
        &mut out,
        "",
        &format!(
            "{} districts: {complete} complete, {absent} sent nothing; {read} files read, {unread} not readable; {} findings",
            submissions.len(),
            count(&|s| s.open().count()),
        ),
    );
    if compared {
        let since = |which| count(&|s| s.findings.iter().filter(|f| f.since == Some(which)).count());
        let (new, kept, resolved) = (since(Since::New), since(Since::Kept), since(Since::Resolved));
        put(&mut out, "", &format!("since last year: {new} new, {kept} kept, {resolved} resolved"));
    }
    out
}

fn put(out: &mut String, indent: &str, text: &str) {
    // Writing to a string cannot fail.
    let _ = writeln!(out, "{indent}{}", safe::line(text));
}
