//! Reading Word, reading Markdown, judging, and the whole check, on the documents in `fixtures/`.
#![allow(clippy::expect_used, missing_docs)]

use criterion::{Criterion, criterion_group, criterion_main};
use sro_lint::check::{Checker, Options};
use sro_lint::reader::{self, Limits, Source};
use std::hint::black_box;

const MARKDOWN: &str = include_str!("../fixtures/complete/harborview-mou.md");

fn checker() -> Checker {
    let packs = ["ma-37p", "document"].map(|name| sro_lint::pack::load(name).expect("a built-in pack")).to_vec();
    Checker::new(packs, Options { kind: None, as_of: jiff::civil::date(2026, 11, 21) })
}

/// The Markdown fixture as a Word file, made by docx-rs.
fn word_file() -> Vec<u8> {
    let mut document = docx_rs::Docx::new();
    for line in MARKDOWN.lines().filter(|line| !line.trim().is_empty()) {
        let run = docx_rs::Run::new().add_text(line.trim_start_matches(['#', '-', ' ']));
        let run = if line.starts_with('#') { run.bold() } else { run };
        document = document.add_paragraph(docx_rs::Paragraph::new().add_run(run));
    }
    let mut bytes = std::io::Cursor::new(Vec::new());
    document.build().pack(&mut bytes).expect("a Word file");
    bytes.into_inner()
}

fn read(name: &str, bytes: &[u8]) -> sro_lint::document::Document {
    reader::read(Source { name, bytes }, &Limits::default()).expect("a document")
}

fn benches(criterion: &mut Criterion) {
    let word = word_file();
    let checker = checker();
    criterion.bench_function("read Word", |b| b.iter(|| read("a.docx", black_box(&word))));
    criterion.bench_function("read Markdown", |b| b.iter(|| read("a.md", black_box(MARKDOWN.as_bytes()))));
    let document = read("a.docx", &word);
    criterion.bench_function("judge", |b| b.iter(|| checker.check(black_box(document.clone()), "a.docx")));
    criterion.bench_function("whole check", |b| b.iter(|| checker.check(read("a.docx", black_box(&word)), "a.docx")));
}

criterion_group!(all, benches);
criterion_main!(all);
