//! A short run of the fuzzer for every reader, from the files of the repository only.
//!
//! `cargo run --release --example fuzz -- READER SECONDS` is the long one.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout, clippy::print_stderr)] // In a test a panic is the report.

#[path = "support/fuzz/mod.rs"]
mod fuzz;

use fuzz::{Fuzzer, seeds, target::Target};
use std::time::{Duration, Instant};

/// How long each reader gets.
const TIME: Duration = Duration::from_secs(2);

fn short(name: &str) {
    let folder = tempfile::tempdir().unwrap();
    let target = Target::named(name).unwrap();
    let fuzzer = Fuzzer::new(target, seeds::fixtures(target), folder.path().to_owned());
    let begun = Instant::now();
    let mut number = 0;
    while begun.elapsed() < TIME {
        let bytes = fuzzer.input(number);
        if let Err(why) = fuzzer.run(&bytes) {
            let kept = std::env::temp_dir().join(format!("sro-lint-fuzz-{name}-{number}"));
            std::fs::write(&kept, &bytes).unwrap();
            panic!("input {number}, kept as {}: {why}", kept.display());
        }
        number += 1;
    }
    println!("{name}: {number} inputs");
}

#[test]
fn word() {
    short("docx");
}

#[test]
fn opendocument() {
    short("odt");
}

#[test]
fn pdf() {
    short("pdf");
}

#[test]
fn word_97() {
    short("doc");
}

#[test]
fn rtf() {
    short("rtf");
}

#[test]
fn web_pages() {
    short("html");
}

#[test]
fn markdown() {
    short("markdown");
}

#[test]
fn plain_text() {
    short("text");
}

#[test]
fn archives() {
    short("zip");
}

#[test]
fn rules_and_settings() {
    short("pack");
}
