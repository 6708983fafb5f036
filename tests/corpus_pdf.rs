//! The PDF reader on real files: every one is read or refused with a reason, soon and without a panic.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout, clippy::print_stderr)]

use sro_lint::reader::{Limits, ReadError, pdf};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// The folder with files that are shared between projects.
fn shared() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let path = std::env::var_os("SRO_LINT_SHARED").map_or(beside, PathBuf::from);
    if path.is_dir() {
        return Some(path);
    }
    assert!(std::env::var_os("SRO_LINT_REQUIRE_TOOLS").is_none(), "no shared folder at {}", path.display());
    println!("skipped: no shared folder at {}", path.display());
    None
}

fn pdfs(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("a folder");
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "pdf"));
    files.sort();
    files
}

/// Whether every span of the document lies in its text on character boundaries.
fn assert_sound(document: &sro_lint::document::Document, path: &Path) {
    for block in document.blocks() {
        for span in block.pieces.iter().chain([&block.span]) {
            assert!(document.text().get(span.start..span.end).is_some(), "{}: {span:?}", path.display());
        }
        assert!(document.page(block.span.start).is_some(), "{}: a block without a page", path.display());
    }
}

#[test]
fn every_file_of_the_corpus_is_read_or_refused_with_a_reason() {
    let Some(shared) = shared() else { return };
    let (mut read, mut refused) = (0, 0);
    for path in pdfs(&shared.join("corpus/pdf")) {
        let bytes = std::fs::read(&path).expect("a file");
        let begun = Instant::now();
        match pdf::read(&bytes, &Limits::default()) {
            Ok(document) => {
                assert_sound(&document, &path);
                assert!(document.remarks().iter().all(|r| !r.contains("could not be read")), "{}", path.display());
                read += 1;
            }
            Err(error) => {
                assert!(error.to_string().ends_with('.'), "{}: {error}", path.display());
                refused += 1;
            }
        }
        assert!(begun.elapsed() < Duration::from_secs(10), "{} took {:?}", path.display(), begun.elapsed());
    }
    println!("{read} read, {refused} refused");
    assert!(read >= 137, "only {read} files were read");
}

#[test]
fn every_labelled_file_is_read_with_its_pages() {
    let Some(shared) = shared() else { return };
    for path in pdfs(&shared.join("labelled")) {
        let document = pdf::read(&std::fs::read(&path).expect("a file"), &Limits::default()).expect("readable");
        assert_sound(&document, &path);
        assert!(document.page_count() > Some(1), "{}", path.display());
    }
}

#[test]
fn files_with_bytes_flipped_neither_panic_nor_hang() {
    let Some(shared) = shared() else { return };
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut random = move |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % below.max(1) as u64).expect("below")
    };
    for path in pdfs(&shared.join("labelled")) {
        let bytes = std::fs::read(&path).expect("a file");
        for _ in 0..5 {
            let mut broken = bytes.clone();
            for _ in 0..1 + random(30) {
                let at = random(broken.len());
                broken[at] = u8::try_from(random(256)).expect("a byte");
            }
            broken.truncate(broken.len() - random(broken.len() / 4));
            let begun = Instant::now();
            if let Ok(document) = pdf::read(&broken, &Limits::default()) {
                assert_sound(&document, &path);
            }
            assert!(begun.elapsed() < Duration::from_secs(20), "{} took {:?}", path.display(), begun.elapsed());
        }
    }
}

/// A scan made on the spot from a labelled file: drawn, packed as pictures, and read back.
#[test]
fn a_scan_is_read_by_ocr_where_the_programs_are() {
    let Some(shared) = shared() else { return };
    let path = shared.join("labelled/op04_wexcombe_memo.pdf");
    match pdf::read_by_ocr(&std::fs::read(path).expect("a file"), &Limits::default()) {
        Ok(document) => {
            assert!(document.text().contains("kids getting home safe"), "{}", document.text());
            assert!(document.page_count() > Some(1));
            assert!(document.remarks().iter().any(|remark| remark.contains("OCR")));
        }
        Err(ReadError::OcrMissing { program }) => {
            assert!(std::env::var_os("SRO_LINT_REQUIRE_TOOLS").is_none(), "{program} is missing");
            println!("skipped: {program} is missing");
        }
        Err(error) => panic!("{error}"),
    }
}
