//! The commands for the superintendent's office as a user meets them: init, --annotate, --format html, diff.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout, clippy::print_stderr)] // In a test a panic is the report.

use rayon::prelude::*;
use sro_lint::check::{Checker, Options};
use sro_lint::comments::annotate;
use sro_lint::document::{BlockKind, Document};
use sro_lint::pack::load;
use sro_lint::reader::{Limits, Source, read};
use sro_lint::report::Kind;
use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn lint(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_sro-lint")).args(args).env("NO_COLOR", "1").output().unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn json(args: &[&str]) -> serde_json::Value {
    serde_json::from_slice(&lint(args).stdout).unwrap()
}

fn made(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/made").join(name)
}

/// Codes of the findings and verdicts that are gaps.
fn findings(path: &str) -> (Vec<String>, Vec<String>) {
    let report = json(&["check", path, "--no-config", "--as-of", "2026-09-01", "--format", "json"]);
    let document = &report["documents"][0];
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    let codes = document["diagnostics"].as_array().unwrap().iter().map(|d| text(&d["code"])).collect();
    let gaps = document["requirements"].as_array().unwrap().iter();
    let gaps =
        gaps.filter(|r| !matches!(r["verdict"].as_str(), Some("met" | "not-applicable"))).map(|r| text(&r["id"]));
    (codes, gaps.collect())
}

/// Runs an outside program; says so and gives nothing where it is not installed.
fn outside(program: &str, args: &[&str]) -> Option<Output> {
    match Command::new(program).args(args).output() {
        Ok(output) => Some(output),
        Err(_) => {
            assert!(std::env::var_os("SRO_LINT_REQUIRE_TOOLS").is_none(), "{program} is missing");
            println!("skipped: {program} is missing");
            None
        }
    }
}

#[test]
fn a_started_document_lacks_nothing_but_its_blanks_and_signatures() {
    let folder = tempfile::tempdir().unwrap();
    for kind in ["mou", "op", "combined"] {
        for ending in ["docx", "md"] {
            let path = folder.path().join(format!("{kind}.{ending}"));
            let path = path.to_str().unwrap();
            let names = ["--district", "A & B <Regional> Schools", "--police", "Harborview Police Department"];
            let made =
                lint(&[&["init", path, "--kind", kind, "--school", "Lantern *Street* School"][..], &names].concat());
            assert!(made.status.success(), "{}", stderr(&made));
            let (codes, gaps) = findings(path);
            assert_eq!(gaps, Vec::<String>::new(), "{kind}.{ending}");
            assert!(codes.iter().all(|c| ["DOC-1", "DOC-2"].contains(&c.as_str())), "{kind}.{ending}: {codes:?}");
            let text = String::from_utf8(lint(&["text", path]).stdout).unwrap();
            let name = if ending == "md" { "A &amp; B &lt;Regional> Schools" } else { "A & B <Regional> Schools" };
            assert!(text.contains(name), "{text}");
        }
    }
}

#[test]
fn nothing_is_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.md");
    std::fs::write(&path, "mine").unwrap();
    let made = lint(&["init", path.to_str().unwrap()]);
    assert_eq!(made.status.code(), Some(2));
    assert!(stderr(&made).contains("exists already"), "{}", stderr(&made));
    assert_eq!(std::fs::read(&path).unwrap(), b"mine");
    let input = made_copy(folder.path());
    let before = std::fs::read(&input).unwrap();
    let same = lint(&["check", input.to_str().unwrap(), "--annotate", input.to_str().unwrap(), "--force"]);
    assert_eq!(same.status.code(), Some(2));
    assert!(stderr(&same).contains("never overwrites"), "{}", stderr(&same));
    assert_eq!(std::fs::read(&input).unwrap(), before);
    let other = lint(&["check", path.to_str().unwrap(), "--kind", "mou", "--annotate", "out.docx"]);
    assert!(stderr(&other).contains("Save it as .docx first"), "{}", stderr(&other));
    assert!(!Path::new("out.docx").exists());
}

fn made_copy(folder: &Path) -> PathBuf {
    let path = folder.join("in.docx");
    std::fs::copy(made("harborview-mou-disciplinarian.docx"), &path).unwrap();
    path
}

#[test]
fn comments_come_out_of_libreoffice_at_the_right_words() {
    let folder = tempfile::tempdir().unwrap();
    let input = made_copy(folder.path());
    let copy = folder.path().join("copy.docx");
    let done = lint(&["check", input.to_str().unwrap(), "--no-config", "--annotate", copy.to_str().unwrap()]);
    assert_eq!(done.status.code(), Some(1), "{}", stderr(&done));
    let profile = format!("-env:UserInstallation=file://{}", folder.path().join("profile").display());
    let out = folder.path().to_str().unwrap();
    let args = [&profile, "--headless", "--convert-to", "fodt", "--outdir", out, copy.to_str().unwrap()];
    if outside("soffice", &args).is_none() {
        return;
    }
    let page = std::fs::read_to_string(folder.path().join("copy.fodt")).unwrap();
    let after = page.split("MOU-S1").nth(1).unwrap();
    let marked = after.split("</office:annotation>").nth(1).unwrap().split("<office:annotation-end").next().unwrap();
    assert!(marked.contains("disciplinarian"), "{marked}");
}

#[test]
fn the_page_opens_in_a_browser() {
    let folder = tempfile::tempdir().unwrap();
    let page = folder.path().join("report.html");
    let path = made("harborview-mou-disciplinarian.docx");
    lint(&["check", path.to_str().unwrap(), "--no-config", "--format", "html", "--output", page.to_str().unwrap()]);
    let url = format!("file://{}#d1-f0", page.display());
    let data = format!("--user-data-dir={}", folder.path().join("profile").display());
    let args = ["--headless", "--no-sandbox", "--disable-gpu", &data, "--enable-logging=stderr", "--dump-dom", &url];
    let Some(output) = outside("chromium", &args) else { return };
    let dom = String::from_utf8_lossy(&output.stdout);
    assert!(dom.contains("id=\"d1-f0\"") && dom.contains("<mark class=\"error\">"), "{dom}");
    assert!(!stderr(&output).contains("CONSOLE"), "{}", stderr(&output));
}

#[test]
fn a_comparison_names_verdicts_and_words_that_changed() {
    let (old, new) = (made("harborview-mou.docx"), made("harborview-mou-training-denied.docx"));
    let paths = [old.to_str().unwrap(), new.to_str().unwrap()];
    let report = json(&["diff", paths[0], paths[1], "--no-config", "--format", "json"]);
    let changes = report["comparison"]["verdicts"].as_array().unwrap();
    let ids: Vec<_> = changes.iter().map(|c| c["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["MOU-7"]);
    assert_eq!(lint(&["diff", paths[0], paths[0], "--no-config"]).status.code(), Some(0));
    let html = lint(&["diff", paths[0], paths[1], "--no-config", "--format", "html"]);
    assert!(String::from_utf8(html.stdout).unwrap().contains("<h2>Verdicts</h2>"));
}

/// The Word files of the corpus that lies beside the checkout.
fn corpus() -> Vec<PathBuf> {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let shared = std::env::var_os("SRO_LINT_SHARED").map_or_else(beside, PathBuf::from);
    let entries = std::fs::read_dir(shared.join("corpus/docx")).into_iter().flatten().flatten();
    let mut files: Vec<_> = entries.map(|e| e.path()).filter(|p| p.extension().is_some_and(|e| e == "docx")).collect();
    files.sort();
    files
}

/// The parts of a package by name.
fn parts(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let names: Vec<String> = zip.file_names().filter_map(Result::ok).map(|n| n.into_owned()).collect();
    let read = |name: String| {
        let mut bytes = Vec::new();
        zip.by_name(&name).unwrap().read_to_end(&mut bytes).unwrap();
        (name, bytes)
    };
    names.into_iter().map(read).collect()
}

/// All words but those of comments.
fn agreement(document: &Document) -> String {
    let blocks = document.blocks().iter().filter(|b| !matches!(b.kind, BlockKind::Comment { .. }));
    blocks.map(|b| document.slice(b.span)).collect::<Vec<_>>().join("\n")
}

fn assert_well_formed(xml: &[u8], what: &str) {
    let mut reader = quick_xml::Reader::from_reader(xml);
    let mut buffer = Vec::new();
    loop {
        match reader.read_event_into(&mut buffer) {
            Ok(quick_xml::events::Event::Eof) => return,
            Ok(_) => buffer.clear(),
            Err(error) => panic!("{what}: {error}"),
        }
    }
}

#[test]
fn a_commented_copy_keeps_every_other_part_and_every_word() {
    let files = corpus();
    if files.is_empty() {
        assert!(std::env::var_os("SRO_LINT_REQUIRE_TOOLS").is_none(), "the corpus is missing");
        println!("skipped: the corpus is missing");
        return;
    }
    let options = Options { kind: Some(Kind::Mou), as_of: jiff::civil::date(2026, 1, 1) };
    let checker = Checker::new(vec![load("ma-37p").unwrap(), load("document").unwrap()], options);
    let done = files.par_iter().filter(|path| {
        let (name, bytes) = (path.display().to_string(), std::fs::read(path).unwrap());
        let Ok(document) = read(Source { name: &name, bytes: &bytes }, &Limits::default()) else { return false };
        let before = agreement(&document);
        let Ok(copy) = annotate(&bytes, &checker.check_as(document, &name, None)) else { return false };
        let (old, new) = (parts(&bytes), parts(&copy));
        for (part, bytes) in &new {
            if old.get(part) == Some(bytes) {
                continue;
            }
            assert_well_formed(bytes, &format!("{name}: {part}"));
            let ours = ["comments", "document", "Content_Types", "main"].iter().any(|word| part.contains(word));
            assert!(ours || part.ends_with(".rels"), "{name}: {part} changed");
        }
        let again = read(Source { name: &name, bytes: &copy }, &Limits::default()).unwrap();
        assert_eq!(agreement(&again), before, "{name}");
        true
    });
    assert!(done.count() > files.len() * 8 / 10);
}
