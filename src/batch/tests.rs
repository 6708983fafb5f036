#![allow(clippy::unwrap_used)] // In a test a panic is the report.

use super::judge::{mark_duplicates, unite};
use super::letters::Template;
use super::model::{BatchReport, Column, FileReport, Finding, Item, Since, SubmissionReport, Unread};
use super::roster::Roster;
use super::submission::{self, File};
use super::{csv, dashboard, previous};
use crate::report::{Confidence, Kind, Severity, Verdict};
use std::path::PathBuf;

fn column(id: &str, kinds: &[Kind]) -> Column {
    let elements = [("a", "the first half"), ("b", "the second half")];
    Column {
        id: id.to_owned(),
        title: format!("Item {id}"),
        source: "the law".to_owned(),
        severity: Severity::Error,
        kinds: kinds.to_vec(),
        elements: elements.map(|(id, title)| (id.to_owned(), title.to_owned())).to_vec(),
    }
}

fn columns() -> Vec<Column> {
    vec![column("MOU-1", &[Kind::Mou, Kind::Combined]), column("SOP-1", &[Kind::Op, Kind::Combined])]
}

fn item(verdict: Verdict, provided: &[&str], referred: bool) -> Item {
    let provided = provided.iter().map(|e| (*e).to_owned()).collect();
    Item { verdict, confidence: Confidence::High, provided, referred }
}

fn file(path: &str, kind: Kind, items: Vec<Item>) -> FileReport {
    let (path, text) = (path.to_owned(), format!("text of {path}"));
    let (findings, remarks) = (Vec::new(), Vec::new());
    FileReport { path, format: "text".to_owned(), kind, title: None, text, items, findings, remarks }
}

fn mou(verdict: Verdict, provided: &[&str], referred: bool) -> FileReport {
    file("mou.md", Kind::Mou, vec![item(verdict, provided, referred), item(Verdict::NotApplicable, &[], true)])
}

fn op(elsewhere: &[&str]) -> FileReport {
    let items = vec![item(Verdict::NotApplicable, elsewhere, false), item(Verdict::Met, &["a", "b"], false)];
    file("op.md", Kind::Op, items)
}

fn judged(documents: Vec<FileReport>) -> SubmissionReport {
    unite(&columns(), "0035".to_owned(), "Harborview".to_owned(), documents, Vec::new())
}

fn labels(submission: &SubmissionReport) -> Vec<&'static str> {
    submission.cells.iter().map(|c| c.label()).collect()
}

#[test]
fn two_halves_in_two_documents_are_one_whole() {
    let one = mou(Verdict::Partial, &["a"], false);
    let other = mou(Verdict::Partial, &["b"], false);
    assert_eq!(labels(&judged(vec![one.clone(), op(&[])])), ["partial", "met"]);
    assert_eq!(labels(&judged(vec![one.clone(), other, op(&[])])), ["met", "met"]);
    assert_eq!(judged(vec![one, op(&[])]).findings[0].message, "Only half there. Still lacking: the second half.");
}

#[test]
fn a_contradiction_outranks_what_another_document_provides() {
    let opposite = mou(Verdict::Contradicted, &[], false);
    let met = mou(Verdict::Met, &["a", "b"], false);
    assert_eq!(labels(&judged(vec![met, opposite, op(&[])])), ["contradicted", "met"]);
}

#[test]
fn a_reference_resolves_to_the_other_document_and_silence_does_not() {
    let refers = judged(vec![mou(Verdict::Missing, &[], true), op(&["a", "b"])]);
    let silent = judged(vec![mou(Verdict::Missing, &[], false), op(&["a", "b"])]);
    assert_eq!((labels(&refers), labels(&silent)), (vec!["met", "met"], vec!["missing", "met"]));
    assert!(refers.is_complete() && !silent.is_complete());
}

#[test]
fn what_was_not_handed_in_is_said() {
    let submission = judged(vec![mou(Verdict::Met, &["a", "b"], false)]);
    assert_eq!(labels(&submission), ["met", "not handed in"]);
    assert_eq!(submission.not_handed_in, ["operating procedures"]);
    assert_eq!(submission.findings[0].message, "The document that carries this was not handed in.");
}

#[test]
fn a_file_that_cannot_be_read_is_never_clean() {
    let error = Unread { path: "op.pdf".to_owned(), message: "damaged".to_owned() };
    let documents = vec![mou(Verdict::Met, &["a", "b"], false), op(&[])];
    let whole = unite(&columns(), String::new(), "Harborview".to_owned(), documents, vec![error.clone()]);
    assert!(!whole.is_complete());
    let documents = vec![mou(Verdict::Met, &["a", "b"], false)];
    let lacking = unite(&columns(), String::new(), "Harborview".to_owned(), documents, vec![error]);
    assert_eq!(labels(&lacking), ["met", "not readable"]);
}

#[test]
fn one_text_in_two_districts_is_pointed_out() {
    let mut both = [judged(vec![op(&[])]), judged(vec![op(&[])])];
    both[1].district = "Westmark".to_owned();
    mark_duplicates(&mut both);
    assert_eq!(both[0].duplicates, ["op.md says the same as op.md of 0035 Westmark"]);
}

#[test]
fn findings_are_new_kept_or_resolved_and_a_text_is_last_years() {
    let before = judged(vec![mou(Verdict::Missing, &[], false)]);
    let mut now = [judged(vec![mou(Verdict::Partial, &["a"], false), op(&[])])];
    let mut last = BatchReport::new(&[], columns());
    last.submissions.push(before);
    previous::mark(&mut now, &last);
    let since: Vec<_> = now[0].findings.iter().map(|f| (f.code.as_str(), f.since)).collect();
    assert_eq!(since, [("MOU-1", Some(Since::Kept)), ("SOP-1", Some(Since::Resolved))]);
    assert_eq!(now[0].duplicates, ["mou.md says the same as last year's mou.md"]);
    assert_eq!(now[0].open().count(), 1);
}

fn grouped(paths: &[(&str, bool)], roster: &str) -> Vec<(String, String, Vec<usize>)> {
    let files: Vec<File> = paths.iter().map(|(p, packed)| File { path: PathBuf::from(p), packed: *packed }).collect();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("roster.csv");
    std::fs::write(&path, roster).unwrap();
    let groups = submission::group(&files, Some(&Roster::load(&path).unwrap()));
    groups.into_iter().map(|g| (g.code, g.district, g.files)).collect()
}

#[test]
fn files_are_grouped_by_folder_prefix_and_archive() {
    let paths = [
        ("Harborview/mou.docx", false),
        ("Harborview/more/op.docx", false),
        ("west_mark_MOU_2024.pdf", false),
        ("west-mark-sop.pdf", false),
        ("all.zip/0035 Elmford/mou.docx", true),
        ("oakdale.zip/op.docx", true),
    ];
    insta::assert_debug_snapshot!(grouped(&paths, "district_code,district\n0035,Elmford\n0099,Nowhere\n"), @r#"
    [
        (
            "",
            "Harborview",
            [
                0,
                1,
            ],
        ),
        (
            "",
            "oakdale",
            [
                5,
            ],
        ),
        (
            "",
            "west_mark",
            [
                2,
                3,
            ],
        ),
        (
            "0035",
            "Elmford",
            [
                4,
            ],
        ),
        (
            "0099",
            "Nowhere",
            [],
        ),
    ]
    "#);
}

fn roster_error(bytes: &[u8]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("roster.csv");
    std::fs::write(&path, bytes).unwrap();
    let error = Roster::load(&path).unwrap_err().to_string();
    error.replace(&path.display().to_string(), "roster.csv")
}

#[test]
fn mistakes_in_a_roster_have_their_line() {
    let errors = [
        roster_error(b"district_code,name\n1,A\n"),
        roster_error(b"district_code\n1\n"),
        roster_error(b"district_code,district\n1,A\n2,B\n1,C\n"),
        roster_error(b"district_code,district\n1,A\n2,B,C\n"),
        roster_error(b"district_code,district\n1,A\n2,Caf\xe9\n"),
        roster_error(b"district_code,district\n1,\n"),
    ];
    insta::assert_snapshot!(errors.join("\n"), @r#"
    roster.csv:1: unknown column “name”; the columns are district_code, district
    roster.csv:1: no column “district”; the columns are district_code, district
    roster.csv:4: code “1” is on line 2 already
    roster.csv:3: 3 fields where the header has 2
    roster.csv:3: not UTF-8: save the file as “CSV UTF-8” and try again
    roster.csv:2: a district needs a code and a name
    "#);
}

/// A report whose every text is an attack.
fn hostile() -> BatchReport {
    let mut report = BatchReport::new(&[], columns());
    let bad = "=HYPERLINK(\"http://x\")</td><script>alert('x')</script>\u{202e}\u{1b}[31m";
    let mut submission = judged(vec![file(bad, Kind::Mou, vec![item(Verdict::Missing, &[], false)])]);
    submission.code = "@cmd".to_owned();
    submission.district = bad.to_owned();
    submission.duplicates.push(bad.to_owned());
    submission.errors.push(Unread { path: bad.to_owned(), message: bad.to_owned() });
    let finding = &mut submission.findings[0];
    *finding = Finding { words: bad.to_owned(), message: bad.to_owned(), place: bad.to_owned(), ..finding.clone() };
    report.submissions.push(submission);
    report
}

#[test]
fn no_text_acts_in_a_sheet_a_page_or_a_letter() {
    let report = hostile();
    let mut sheet = Vec::new();
    csv::write(&report, &mut sheet).unwrap();
    for row in ::csv::Reader::from_reader(sheet.as_slice()).records() {
        for cell in &row.unwrap() {
            assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{cell:?}");
        }
    }
    let mut page = Vec::new();
    dashboard::write(&report, &mut page).unwrap();
    let page = String::from_utf8(page).unwrap();
    assert_eq!(page.matches("<script").count(), 1);
    assert!(
        !page.contains(['\u{202e}', '\u{1b}']) && !page.contains("http://") || page.contains("&quot;http://x&quot;")
    );
    let letter = Template::load(None).unwrap().letter(&report.submissions[0], "today").unwrap();
    let source = crate::reader::Source { name: "letter.docx", bytes: &letter };
    let document = crate::reader::read(source, &crate::reader::Limits::default()).unwrap();
    assert!(document.text().contains("</td><script>alert('x')</script>"), "{}", document.text());
    assert!(!super::workbook::bytes(&report).unwrap().is_empty());
}

#[test]
fn mistakes_in_a_template_have_their_line() {
    let errors: Vec<String> = ["Dear {distict}", "{district}\n{findings", "{district}", "{district} has {findings}"]
        .map(|text| Template::parse(text).unwrap_err())
        .map(|(line, why)| format!("{line}: {why}"))
        .to_vec();
    insta::assert_snapshot!(errors.join("\n"), @r#"
    1: there is no field {distict} (perhaps {district}?); the fields are {district}, {code}, {date}, {summary}, {findings}, {not_handed_in}, {documents}
    2: a “{” without its “}”
    1: the template lacks the field {findings}
    1: {findings} is a list and needs a line of its own
    "#);
}

#[test]
fn a_letter_congratulates_or_lists_what_is_missing() {
    let template = Template::parse("# To {district} ({code})\n\n{summary}\n{not_handed_in}\n{findings}").unwrap();
    let text = |submission: &SubmissionReport| {
        let letter = template.letter(submission, "today").unwrap();
        let source = crate::reader::Source { name: "letter.docx", bytes: &letter };
        crate::reader::read(source, &crate::reader::Limits::default()).unwrap().text().to_owned()
    };
    let complete = judged(vec![mou(Verdict::Met, &["a", "b"], false), op(&[])]);
    let lacking = judged(vec![mou(Verdict::Partial, &["a"], false)]);
    insta::assert_snapshot!(format!("{}\n---\n{}", text(&complete), text(&lacking)), @r#"
    To Harborview (0035)

    Every item that the law asks for is there. Congratulations!
    ---
    To Harborview (0035)

    2 items that the law asks for need your attention.

    Not handed in: operating procedures.

    • MOU-1 Item MOU-1: Only half there. Still lacking: the second half. (the law)

    These items belong in a document that was not handed in or could not be read:

    • SOP-1 Item SOP-1 (the law)
    "#);
}

/// Letters named files by the reviewer's own folders, wrote titles in lower case, and said "missing" seventeen times
/// of a document that was not there.
#[test]
fn a_letter_names_files_as_the_district_does_and_says_why_they_do_not_count() {
    let minutes = file("portal/Harborview/minutes.pdf", Kind::Other, Vec::new());
    let unread = Unread { path: "portal/Harborview/mou.docx".to_owned(), message: "It is damaged.".to_owned() };
    let submission =
        unite(&columns(), "0035".to_owned(), "Harborview".to_owned(), vec![minutes, op(&[])], vec![unread]);
    let letter = Template::load(None).unwrap().letter(&submission, "today").unwrap();
    let source = crate::reader::Source { name: "letter.docx", bytes: &letter };
    let document = crate::reader::read(source, &crate::reader::Limits::default()).unwrap();
    let text = document.text();
    assert!(!text.contains("portal"), "{text}");
    assert!(text.contains("• minutes.pdf (neither a memorandum of understanding nor operating procedures)"), "{text}");
    assert!(text.contains("• mou.docx: could not be read. It is damaged."), "{text}");
    assert!(text.contains("could not be read:\n\n• MOU-1 Item MOU-1 (the law)"), "{text}");
}
