//! The labelled Word files, converted by LibreOffice, say the same words in every format.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout, clippy::print_stderr)]

use sro_lint::document::{Document, Format};
use sro_lint::reader::{Limits, Source, read};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Says that a test was skipped, or fails where nothing may be missing.
fn skip(what: &str) {
    assert!(std::env::var_os("SRO_LINT_REQUIRE_TOOLS").is_none(), "{what} is missing");
    println!("skipped: {what} is missing");
}

fn labelled() -> Vec<PathBuf> {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let shared = std::env::var_os("SRO_LINT_SHARED").map_or_else(beside, PathBuf::from);
    let entries = std::fs::read_dir(shared.join("labelled")).into_iter().flatten().flatten();
    let mut files: Vec<_> = entries.map(|e| e.path()).filter(|p| p.extension().is_some_and(|e| e == "docx")).collect();
    files.sort();
    files
}

fn document(path: &Path) -> Document {
    let bytes = std::fs::read(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    let name = path.to_string_lossy();
    read(Source { name: &name, bytes: &bytes }, &Limits::default()).unwrap_or_else(|e| panic!("{name}: {e}"))
}

/// How often each word stands in the document's own text.
fn words(document: &Document) -> HashMap<String, usize> {
    let mut words = HashMap::new();
    for block in document.blocks().iter().filter(|block| block.kind.is_body()) {
        let text = document.slice(block.span);
        for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
            *words.entry(word.to_owned()).or_default() += 1;
        }
    }
    words
}

/// The share of the words of `of` that stand in `other`.
fn share(of: &HashMap<String, usize>, other: &HashMap<String, usize>) -> f64 {
    let found: usize = of.iter().map(|(word, n)| n.min(other.get(word).unwrap_or(&0))).sum();
    found as f64 / of.values().sum::<usize>() as f64
}

#[test]
fn converted_files_say_the_same_words() {
    let files = labelled();
    if files.is_empty() {
        return skip("../shared/labelled");
    }
    let folder = tempfile::tempdir().expect("a folder");
    let profile = format!("-env:UserInstallation=file://{}", folder.path().join("profile").display());
    // LibreOffice writes tracked deletions into a page as if they were text.
    let formats = [
        ("odt", Format::Odt, 0.999),
        ("rtf", Format::Rtf, 0.999),
        ("doc", Format::Doc, 0.999),
        ("html", Format::Html, 0.97),
    ];
    for (extension, format, least) in formats {
        let mut soffice = Command::new("soffice");
        soffice.args([&profile, "--headless", "--convert-to", extension, "--outdir"]).arg(folder.path()).args(&files);
        if soffice.output().is_err() {
            return skip("soffice");
        }
        let (mut recall, mut precision) = (0.0, 0.0);
        for file in &files {
            let converted = folder.path().join(file.file_name().expect("a name")).with_extension(extension);
            let document_converted = document(&converted);
            assert_eq!(document_converted.format(), format);
            let (original, converted) = (words(&document(file)), words(&document_converted));
            recall += share(&original, &converted) / files.len() as f64;
            precision += share(&converted, &original) / files.len() as f64;
        }
        println!("{extension}: recall {recall:.4}, precision {precision:.4}");
        assert!(recall >= least && precision >= least, "{extension}: recall {recall:.4}, precision {precision:.4}");
    }
}
