//! The dashboard: one HTML file with the matrix, a bar per requirement, a search and a section per district. It
//! takes nothing from outside, and its policy forbids the browser to.

use super::model::{BatchReport, Finding, LABELS, SubmissionReport};
use crate::render::html::escape;
use crate::render::{safe, words};
use std::io::{self, Write};

const STYLE: &str = include_str!("dashboard.css");
const SCRIPT: &str = include_str!("dashboard.js");

/// Writes the page.
///
/// # Errors
/// It could not be written.
pub fn write(report: &BatchReport, out: &mut dyn Write) -> io::Result<()> {
    writeln!(
        out,
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" \
         content=\"default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'\">\n<meta name=\"viewport\" \
         content=\"width=device-width\">\n<title>SRO agreements by district</title>\n<style>\n{STYLE}</style>\n</head>\n<body>"
    )?;
    writeln!(out, "<h1>SRO agreements by district</h1>\n<p>{}</p>", esc(&summary(report)))?;
    bars(report, out)?;
    writeln!(
        out,
        "<h2 id=\"districts\">Districts</h2>\n<p><label>Search <input id=\"search\" type=\"search\" \
         placeholder=\"district, mou-7:missing, word\"></label> <span id=\"shown\" role=\"status\"></span></p>"
    )?;
    matrix(report, out)?;
    for (at, submission) in report.submissions.iter().enumerate() {
        district(at, submission, out)?;
    }
    writeln!(out, "<script>\n{SCRIPT}</script>\n</body>\n</html>")
}

fn summary(report: &BatchReport) -> String {
    let all = &report.submissions;
    let count = |which: &dyn Fn(&SubmissionReport) -> bool| all.iter().filter(|s| which(s)).count();
    let packs = report.packs.iter().map(|(id, version)| format!("{id} {version}")).collect::<Vec<_>>().join(", ");
    format!(
        "{}: {} complete, {} sent nothing, {} with files that could not be read. {} files read. Rules: {packs}.",
        words::count(all.len(), "district", "districts"),
        count(&SubmissionReport::is_complete),
        count(&|s| s.documents.is_empty() && s.errors.is_empty()),
        count(&|s| !s.errors.is_empty()),
        all.iter().map(|s| s.documents.len()).sum::<usize>(),
    )
}

fn bars(report: &BatchReport, out: &mut dyn Write) -> io::Result<()> {
    write!(out, "<h2>Requirements</h2>\n<p>")?;
    for label in LABELS {
        write!(out, "<span class=\"{}\">&nbsp;{label}&nbsp;</span> ", class(label))?;
    }
    writeln!(out, "</p>\n<table id=\"bars\">")?;
    for (at, column) in report.requirements.iter().enumerate() {
        write!(out, "<tr><th scope=\"row\">{}</th><td>{}</td>", esc(&column.id), esc(&words::title(&column.title)))?;
        write!(out, "<td><div class=\"bar\">")?;
        for label in LABELS {
            let count = report.count(at, label);
            if count > 0 {
                let class = class(label);
                write!(out, "<span class=\"{class}\" style=\"flex:{count}\" title=\"{count} {label}\">{count}</span>")?;
            }
        }
        writeln!(out, "</div></td></tr>")?;
    }
    writeln!(out, "</table>")
}

fn matrix(report: &BatchReport, out: &mut dyn Write) -> io::Result<()> {
    write!(out, "<div class=\"scroll\"><table id=\"matrix\"><thead><tr><th>Code</th><th>District</th>")?;
    for column in &report.requirements {
        write!(out, "<th title=\"{}\">{}</th>", esc(&column.title), esc(&column.id))?;
    }
    writeln!(out, "<th>Findings</th></tr></thead><tbody>")?;
    for (at, submission) in report.submissions.iter().enumerate() {
        let (code, name) = (esc(&submission.code), esc(&submission.district));
        let find = find(submission);
        write!(out, "<tr data-find=\"{find}\"><td>{code}</td><td><a href=\"#d{at}\">{name}</a></td>")?;
        for cell in &submission.cells {
            let lacking = esc(&cell.lacking.join("; "));
            write!(out, "<td class=\"{}\" title=\"{lacking}\">{}</td>", class(cell.label()), cell.label())?;
        }
        writeln!(out, "<td>{}</td></tr>", submission.open().count())?;
    }
    writeln!(out, "</tbody></table></div>")
}

fn district(at: usize, submission: &SubmissionReport, out: &mut dyn Write) -> io::Result<()> {
    let name = esc(&submission.name());
    writeln!(
        out,
        "<section class=\"district\" id=\"d{at}\">\n<h2>{name} <a href=\"#districts\">all districts</a></h2>"
    )?;
    if submission.is_complete() {
        writeln!(out, "<p>Complete.</p>")?;
    }
    for absent in &submission.not_handed_in {
        writeln!(out, "<p class=\"not-handed-in\">Not handed in: {}</p>", esc(absent))?;
    }
    for error in &submission.errors {
        writeln!(out, "<p class=\"not-readable\">{}: {}</p>", esc(&error.path), esc(&error.message))?;
    }
    for duplicate in &submission.duplicates {
        writeln!(out, "<p>{}</p>", esc(duplicate))?;
    }
    writeln!(out, "<ul>")?;
    for document in &submission.documents {
        let title = document.title.as_deref().map(|t| format!(" “{}”", esc(t))).unwrap_or_default();
        writeln!(out, "<li>{} ({}){title}</li>", esc(&document.path), words::kind(document.kind))?;
    }
    writeln!(out, "</ul>")?;
    if !submission.findings.is_empty() {
        let head = "<tr><th>Item</th><th>Verdict</th><th>Finding</th><th>Where</th><th>Law</th></tr>";
        writeln!(out, "<table>{head}")?;
        submission.findings.iter().try_for_each(|f| row(submission, f, out))?;
        writeln!(out, "</table>")?;
    }
    writeln!(out, "</section>")
}

fn row(submission: &SubmissionReport, finding: &Finding, out: &mut dyn Write) -> io::Result<()> {
    let label = submission.label(finding);
    let since = finding.since.map(|s| format!(" ({})", s.name())).unwrap_or_default();
    let waived = if finding.waived { " (let be)" } else { "" };
    let words = if finding.words.is_empty() { String::new() } else { format!("“{}”", esc(&finding.words)) };
    writeln!(
        out,
        "<tr><td class=\"id\">{}</td><td class=\"{}\">{label}{since}{waived}</td><td><b>{}</b> {} <span class=\"words\">{words}</span></td>\
         <td>{}<br>{}</td><td>{}</td></tr>",
        esc(&finding.code),
        class(label),
        esc(&words::title(&finding.title)),
        esc(&finding.message),
        esc(&finding.file),
        esc(&finding.place),
        esc(finding.source.as_deref().unwrap_or_default()),
    )
}

/// What the search looks through.
fn find(submission: &SubmissionReport) -> String {
    let mut text = submission.name();
    for (id, label) in submission.cells.iter().map(|c| (&c.id, c.label())) {
        text.push_str(&format!(" {id}:{label}"));
    }
    submission.documents.iter().for_each(|d| text.push_str(&format!(" {}", d.path)));
    esc(&text.to_lowercase())
}

fn class(label: &str) -> String {
    label.replace(' ', "-")
}

/// Text as text, in an element or a quoted attribute.
fn esc(text: &str) -> String {
    escape(&safe::line(text))
}
