//! Every real Word file of the shared corpus is read, or refused with a reason: no panic, no hang.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout, clippy::print_stderr)] // Helpers of tests are tests.

use sro_lint::document::{Document, Span};
use sro_lint::reader::{Limits, ReadError, docx};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Far more than the slowest file takes, also unoptimized and on a busy machine.
const LONGEST: Duration = Duration::from_secs(20);

/// A folder of the shared material; without it the test is skipped, or fails where skipping is no option.
fn shared(folder: &str) -> Option<PathBuf> {
    let root = std::env::var_os("SRO_LINT_SHARED")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared"), PathBuf::from);
    let folder = root.join(folder);
    if folder.is_dir() {
        return Some(folder);
    }
    assert!(std::env::var_os("SRO_LINT_REQUIRE_TOOLS").is_none(), "{} is not there", folder.display());
    println!("skipped: {} is not there", folder.display());
    None
}

fn word_files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("a folder");
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    files.retain(|file| file.extension().is_some_and(|end| end != "pdf" && end != "txt" && end != "json"));
    files.sort();
    files
}

fn read(file: &Path) -> Result<Document, ReadError> {
    let bytes = std::fs::read(file).expect("a file");
    let start = Instant::now();
    let result = docx::read(&bytes, &Limits::default());
    assert!(start.elapsed() < LONGEST, "{} took {:?}", file.display(), start.elapsed());
    result
}

/// Spans lie within the text on character boundaries, and every piece has its place in a part.
fn check(document: &Document, file: &Path) {
    let name = file.display();
    let inside = |span: Span| document.text().get(span.start..span.end).is_some();
    for block in document.blocks() {
        assert!(inside(block.span), "{name}: {block:?}");
        assert!(block.pieces.iter().all(|piece| inside(*piece) && block.span.contains(*piece)), "{name}: {block:?}");
    }
    let whole = document.origins().within(Span::new(0, document.text().len()));
    for (span, origin) in whole {
        assert!(inside(*span), "{name}: {span:?}");
        assert!(usize::from(origin.part) < document.origins().parts().len(), "{name}: {origin:?}");
        assert!(origin.bytes.start < origin.bytes.end, "{name}: {origin:?}");
    }
    assert!(document.changes().iter().all(|change| inside(change.span)), "{name}");
    assert!(document.placeholders().iter().all(|span| inside(*span)), "{name}");
}

#[test]
fn every_file_of_the_corpus_is_read_or_refused_with_a_reason() {
    let Some(folder) = shared("corpus/docx") else { return };
    let files = word_files(&folder);
    let (mut good, mut empty, mut refused) = (0, 0, Vec::new());
    for file in &files {
        match read(file) {
            Ok(document) => {
                check(&document, file);
                good += 1;
            }
            Err(ReadError::NoText) => empty += 1,
            Err(error) => refused.push(format!("{}: {error}", file.display())),
        }
    }
    println!("{} files: {good} read, {empty} without text, {} refused", files.len(), refused.len());
    assert!(refused.len() * 50 <= files.len(), "more than 2 % refused: {refused:#?}");
}

#[test]
fn every_labelled_word_file_is_read() {
    let Some(folder) = shared("labelled") else { return };
    for file in word_files(&folder) {
        let document = read(&file).expect("a document");
        check(&document, &file);
        assert!(document.text().split_whitespace().count() > 200, "{}", file.display());
    }
}
