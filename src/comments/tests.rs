use super::*;
use crate::check::{Checker, Options};
use crate::reader::{Limits, docx};
use crate::report::{BaselineState, Diagnostic, Place, Severity};
use std::io::{Read, Write};

const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

fn package(body: &str, more: &[(&str, &str)]) -> Vec<u8> {
    let kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument";
    let document = format!("<w:document xmlns:w=\"{W}\"><w:body>{body}</w:body></w:document>");
    let root = format!(
        "<Relationships><Relationship Id=\"r1\" Type=\"{kind}\" Target=\"word/document.xml\"/></Relationships>"
    );
    let own =
        [("[Content_Types].xml", "<Types/>"), ("_rels/.rels", root.as_str()), ("word/document.xml", document.as_str())];
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in own.iter().chain(more) {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn part(bytes: &[u8], name: &str) -> String {
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    zip.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

/// A check of this package that finds exactly these words.
fn found(bytes: &[u8], words: &[&str]) -> Checked {
    let document = docx::read(bytes, &Limits::default()).unwrap();
    let options = Options { kind: None, as_of: jiff::civil::date(2026, 1, 1) };
    let mut checked = Checker::new(Vec::new(), options).check_as(document, "x.docx", None);
    checked.report.diagnostics = words.iter().map(|words| finding(&checked.document, words)).collect();
    checked
}

fn finding(document: &crate::document::Document, words: &str) -> Diagnostic {
    let at = document.text().find(words).unwrap();
    Diagnostic {
        code: "DOC-1".into(),
        severity: Severity::Error,
        message: "A <blank> & more".into(),
        help: None,
        source: None,
        spans: vec![Place::new(document, Span::new(at, at + words.len()))],
        title: "blank".into(),
        starter: None,
        verdict: None,
        confidence: crate::report::Confidence::High,
        belongs: None,
        waived: None,
        baseline: Some(BaselineState::New),
    }
}

fn body(body: &str, words: &[&str]) -> String {
    let bytes = package(body, &[]);
    let copy = annotate(&bytes, &found(&bytes, words)).unwrap();
    let xml = part(&copy, "word/document.xml");
    xml.split("<w:body>").nth(1).unwrap().split("</w:body>").next().unwrap().to_owned()
}

#[test]
fn a_run_is_split_around_the_words_and_keeps_its_look() {
    let run = "<w:p><w:r><w:rPr><w:i/></w:rPr><w:t>Call the Chief &amp; wait.</w:t></w:r></w:p>";
    insta::assert_snapshot!(body(run, &["Chief & wait"]), @r#"<w:p><w:r><w:rPr><w:i/></w:rPr><w:t xml:space="preserve">Call the </w:t></w:r><w:commentRangeStart w:id="0"/><w:r><w:rPr><w:i/></w:rPr><w:t xml:space="preserve">Chief &amp; wait</w:t></w:r><w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r><w:r><w:rPr><w:i/></w:rPr><w:t xml:space="preserve">.</w:t></w:r></w:p>"#);
}

#[test]
fn words_over_several_runs_and_a_tab_get_one_comment() {
    let runs = "<w:p><w:r><w:t>one</w:t><w:tab/><w:t>two</w:t></w:r><w:ins><w:r><w:t>three</w:t></w:r></w:ins></w:p>";
    insta::assert_snapshot!(body(runs, &["\ttwothree"]), @r#"<w:p><w:r><w:t>one</w:t></w:r><w:commentRangeStart w:id="0"/><w:r><w:tab/><w:t>two</w:t></w:r><w:ins><w:r><w:t>three</w:t></w:r><w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r></w:ins></w:p>"#);
}

#[test]
fn a_form_control_that_prompts_is_marked_from_outside() {
    let control = "<w:p><w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:r><w:t>Enter a name</w:t></w:r></w:sdtContent></w:sdt></w:p>";
    let copy = body(control, &["name"]);
    assert!(copy.starts_with("<w:p><w:commentRangeStart w:id=\"0\"/><w:sdt>"), "{copy}");
    assert!(copy.contains("</w:sdt><w:commentRangeEnd"), "{copy}");
}

#[test]
fn earlier_comments_keep_their_numbers_and_hostile_words_stay_words() {
    let kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments";
    let rels =
        format!("<Relationships><Relationship Id=\"c\" Type=\"{kind}\" Target=\"comments.xml\"/></Relationships>");
    let old = format!(
        "<w:comments xmlns:w=\"{W}\"><w:comment w:id=\"7\"><w:p><w:r><w:t>old</w:t></w:r></w:p></w:comment></w:comments>"
    );
    let bytes = package(
        "<w:p><w:r><w:t>words</w:t></w:r></w:p>",
        &[("word/_rels/document.xml.rels", &rels), ("word/comments.xml", &old), ("word/media/a.bin", "\u{1}\u{2}")],
    );
    let copy = annotate(&bytes, &found(&bytes, &["words"])).unwrap();
    let comments = part(&copy, "word/comments.xml");
    assert!(comments.starts_with(old.strip_suffix("</w:comments>").unwrap()));
    assert!(comments.contains("w:id=\"8\"") && comments.contains("A &lt;blank&gt; &amp; more"), "{comments}");
    assert!(part(&copy, "word/document.xml").contains("<w:commentReference w:id=\"8\"/>"));
    for same in ["[Content_Types].xml", "word/_rels/document.xml.rels", "_rels/.rels", "word/media/a.bin"] {
        assert_eq!(part(&copy, same), part(&bytes, same));
    }
}

#[test]
fn another_format_is_refused_in_a_sentence() {
    let checked = crate::render::sample::hostile();
    let error = annotate(b"", &checked).unwrap_err().to_string();
    assert_eq!(error, "Comments can only be put into a Word .docx file, and this is markdown. Save it as .docx first.");
}
