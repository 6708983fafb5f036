//! What a person is told about how a file was read: what was left out, and scans.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout, clippy::print_stderr)] // In a test a panic is the report.

use docx_rs::{Delete, Docx, Paragraph, Run};
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn lint(folder: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("sro-lint"));
    command.current_dir(folder).env("NO_COLOR", "1").args(args).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn what_a_reader_leaves_out_is_counted_when_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let page = "<html><body><h1>Agreement</h1><p>The officer greets everybody. <img src='a.png'><img src='b.png'></p>";
    fs::write(folder.path().join("a.html"), page).unwrap();
    let deleted = Delete::new().author("A").date("2026-01-01T00:00:00Z").add_run(Run::new().add_delete_text("not"));
    let greets = Paragraph::new().add_run(Run::new().add_text("The officer greets everybody.")).add_delete(deleted);
    let file = fs::File::create(folder.path().join("b.docx")).unwrap();
    Docx::new().add_paragraph(greets).build().pack(file).unwrap();
    let told = text(&lint(folder.path(), &["check", ".", "--verbose", "--format", "json"]).stderr);
    assert!(told.contains("a.html: left out: 2 pictures"), "{told}");
    assert!(told.contains("b.docx: left out: 1 tracked deletions"), "{told}");
    let told = text(&lint(folder.path(), &["check", ".", "--format", "json"]).stderr);
    assert_eq!(told, "");
}

/// A PDF of one page that shows a picture and nothing else.
fn scan(gray: &[u8], (width, height): (usize, usize)) -> Vec<u8> {
    let content = b"q 612 0 0 792 0 0 cm /Im0 Do Q";
    let picture =
        format!("/Type/XObject/Subtype/Image/Width {width}/Height {height}/ColorSpace/DeviceGray/BitsPerComponent 8");
    let mut pdf = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n\
        3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</XObject<</Im0 5 0 R>>>>>>endobj\n"
        .to_vec();
    for (number, dictionary, data) in [(4, "", content.as_slice()), (5, picture.as_str(), gray)] {
        pdf.extend(format!("{number} 0 obj<</Length {}{dictionary}>>stream\n", data.len()).bytes());
        pdf.extend(data);
        pdf.extend(b"\nendstream endobj\n");
    }
    pdf.extend(b"trailer<</Root 1 0 R/Size 6>>\n");
    pdf
}

#[test]
fn a_scan_is_named_as_one_and_read_with_ocr() {
    let folder = tempfile::tempdir().unwrap();
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/formats/sample.pdf");
    let mut pdftoppm = Command::new("pdftoppm");
    pdftoppm.args(["-gray", "-l", "1", "-singlefile", "-scale-to-x", "1700", "-scale-to-y", "2200"]);
    let drawn = pdftoppm.arg(sample).arg(folder.path().join("page")).output();
    let there = drawn.is_ok() && Command::new("tesseract").arg("--version").output().is_ok();
    if !there {
        assert!(std::env::var_os("SRO_LINT_REQUIRE_TOOLS").is_none(), "pdftoppm or tesseract is missing");
        println!("skipped: pdftoppm or tesseract is missing");
        return;
    }
    let picture = fs::read(folder.path().join("page.pgm")).unwrap();
    let gray = &picture[picture.len() - 1700 * 2200..];
    fs::write(folder.path().join("scan.pdf"), scan(gray, (1700, 2200))).unwrap();
    let refused = lint(folder.path(), &["check", "scan.pdf"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(text(&refused.stderr).contains("scan.pdf: This PDF is a scan"), "{}", text(&refused.stderr));
    let read = lint(folder.path(), &["check", "scan.pdf", "--ocr", "--verbose", "--format", "json", "--kind", "mou"]);
    assert_eq!(read.status.code(), Some(1), "{}", text(&read.stderr));
    assert!(text(&read.stderr).contains("read by OCR: letters may be wrong"), "{}", text(&read.stderr));
    let report: serde_json::Value = serde_json::from_slice(&read.stdout).unwrap();
    let mission = &report["documents"][0]["requirements"][0];
    assert_eq!(mission["verdict"], "met", "{mission}");
}
