//! Compares the words that our readers deliver with those of an independent reader, file by file: `pandoc` for Word
//! files, `pdftotext` for PDF.
//!
//! `cargo run --release --example fidelity -- [docx|pdf] [FOLDER…]` (default: both, the shared corpus and labelled files)
//!
//! Recall is the share of the other reader's words that ours has, precision the share of ours that the other has; a
//! word counts as often as it stands in the file. The exit status is 1 if a required figure is missed.
#![allow(clippy::print_stdout, clippy::print_stderr, clippy::expect_used, clippy::exit, missing_docs)]

#[path = "support/constructs.rs"]
mod constructs;

use constructs::{LEFT_OUT, Reading, Words};
use sro_lint::document::{BlockKind, Document, Format};
use sro_lint::reader::{self, Limits, ReadError, Source};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A file's figures: construct, its words in the other reader's text, recall, precision.
struct Row {
    file: String,
    of: BTreeMap<&'static str, (usize, f64)>,
    recall: f64,
    precision: f64,
    /// Some words that only one of the two has.
    lost: Vec<String>,
    surplus: Vec<String>,
}

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let (formats, folders): (Vec<_>, Vec<_>) = args.iter().partition(|a| matches!(a.as_str(), "docx" | "pdf"));
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let shared = std::env::var_os("SRO_LINT_SHARED").map_or_else(beside, PathBuf::from);
    let folders: Vec<PathBuf> = match folders.is_empty() {
        true => vec![shared.join("corpus"), shared.join("labelled")],
        false => folders.iter().map(PathBuf::from).collect(),
    };
    let wanted = |format: &str| formats.is_empty() || formats.iter().any(|f| *f == format);
    let mut fine = true;
    if wanted("docx") {
        let rows = compare(&folders, "docx", constructs::pandoc);
        fine &= show("DOCX against pandoc", &rows, 0.995, 0.98);
    }
    if wanted("pdf") {
        let rows = compare(&folders, "pdf", pdftotext);
        fine &= show("PDF against pdftotext", &rows, 0.98, 0.0);
    }
    std::process::exit(i32::from(!fine));
}

fn compare(folders: &[PathBuf], extension: &str, other: fn(&Path) -> Reading) -> Vec<Row> {
    let walk =
        folders.iter().flat_map(|folder| walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().flatten());
    let files: Vec<PathBuf> = walk.map(walkdir::DirEntry::into_path).collect();
    let mut rows = Vec::new();
    let mut refused: BTreeMap<&str, usize> = BTreeMap::new();
    let mut without = 0;
    for file in files.iter().filter(|f| f.extension().is_some_and(|e| e == extension)) {
        let name = file.to_string_lossy();
        let bytes = std::fs::read(file).expect("a file");
        let document = match reader::read(Source { name: &name, bytes: &bytes }, &Limits::default()) {
            Ok(document) => document,
            Err(error) => {
                let kind = match error {
                    ReadError::NoText | ReadError::Scan | ReadError::NoLetters => "without text",
                    ReadError::Protected { .. } => "protected",
                    ReadError::Damaged { .. } | ReadError::Empty => "damaged",
                    _ => "refused for another reason",
                };
                *refused.entry(kind).or_default() += 1;
                continue;
            }
        };
        match other(file) {
            Some(theirs) if theirs.iter().any(|(_, words)| !words.is_empty()) => {
                rows.push(row(file, &document, &theirs))
            }
            _ => without += 1,
        }
    }
    println!("{extension}: {} compared; {without} without text in the other reader", rows.len());
    refused.iter().for_each(|(why, count)| println!("  {count} not read by ours: {why}"));
    rows
}

/// The other reader's words by construct: `pdftotext` knows none.
fn pdftotext(file: &Path) -> Reading {
    // Some files of the corpus are made to keep a reader busy for ever.
    let mut pdftotext = Command::new("timeout");
    let output = pdftotext.args(["30", "pdftotext", "-enc", "UTF-8"]).arg(file).arg("-").output().expect("pdftotext");
    output.status.success().then(|| vec![("body", constructs::words(&String::from_utf8_lossy(&output.stdout)))])
}

fn row(file: &Path, document: &Document, theirs: &[(constructs::Construct, Words)]) -> Row {
    let ours = constructs::words(document.text());
    let mut all = Words::new();
    let counted = theirs.iter().filter(|(construct, _)| *construct != LEFT_OUT);
    counted.flat_map(|(_, words)| words).for_each(|(word, n)| *all.entry(word.clone()).or_default() += n);
    let of = theirs.iter().filter(|(_, words)| !words.is_empty());
    let of = of.map(|(construct, words)| (*construct, (words.values().sum(), share(words, &ours)))).collect();
    let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let comparable = comparable(document);
    let (lost, surplus) = (only(&all, &ours), only(&comparable, &all));
    Row { file: name, of, recall: share(&all, &ours), precision: share(&comparable, &all), lost, surplus }
}

/// Our words without those that pandoc passes over: page heads, comments, text boxes. `pdftotext` has them all.
fn comparable(document: &Document) -> Words {
    let passed_over = |kind: &BlockKind| match document.format() {
        Format::Pdf => matches!(kind, BlockKind::Comment { .. }),
        _ => !kind.is_body() && *kind != BlockKind::Contents || *kind == BlockKind::TextBox,
    };
    let blocks = document.blocks().iter().filter(|block| !passed_over(&block.kind));
    constructs::words(&blocks.map(|block| document.slice(block.span)).collect::<Vec<_>>().join("\n"))
}

/// The share of the words of `of` that stand in `other`.
fn share(of: &Words, other: &Words) -> f64 {
    let found: usize = of.iter().map(|(word, n)| n.min(other.get(word).unwrap_or(&0))).sum();
    found as f64 / of.values().sum::<usize>().max(1) as f64
}

fn only(of: &Words, other: &Words) -> Vec<String> {
    let extra = |(word, n): (&String, &usize)| (n - n.min(other.get(word).unwrap_or(&0)), word.clone());
    let mut extra: Vec<_> = of.iter().map(extra).filter(|(n, _)| *n > 0).collect();
    extra.sort_by(|a, b| b.cmp(a));
    extra.into_iter().take(8).map(|(n, word)| format!("{word}×{n}")).collect()
}

fn show(title: &str, rows: &[Row], least_median: f64, least_mean: f64) -> bool {
    println!("\n{title}\n{:<14} {:>6} {:>9} {:>8} {:>8}", "", "files", "words", "median", "mean");
    let constructs: std::collections::BTreeSet<_> = rows.iter().flat_map(|row| row.of.keys()).collect();
    for construct in constructs {
        let figures: Vec<_> = rows.iter().filter_map(|row| row.of.get(construct)).collect();
        let words: usize = figures.iter().map(|(n, _)| n).sum();
        line(construct, words, &figures.iter().map(|(_, share)| *share).collect::<Vec<_>>());
    }
    let recall: Vec<f64> = rows.iter().map(|row| row.recall).collect();
    let precision: Vec<f64> = rows.iter().map(|row| row.precision).collect();
    let words = rows.iter().flat_map(|row| row.of.values()).map(|(n, _)| n).sum();
    line("recall", words, &recall);
    line("precision", words, &precision);
    worst("recall", rows, |row| row.recall, |row| &row.lost);
    worst("precision", rows, |row| row.precision, |row| &row.surplus);
    let (median, mean) = (median(&recall), mean(&recall));
    let fine = median >= least_median && mean >= least_mean;
    println!("required: median {least_median}, mean {least_mean}: {}", if fine { "met" } else { "MISSED" });
    fine
}

fn line(name: &str, words: usize, shares: &[f64]) {
    println!("{name:<14} {:>6} {words:>9} {:>8.4} {:>8.4}", shares.len(), median(shares), mean(shares));
}

fn worst(what: &str, rows: &[Row], figure: fn(&Row) -> f64, words: fn(&Row) -> &Vec<String>) {
    let mut sorted: Vec<&Row> = rows.iter().filter(|row| figure(row) < 1.0).collect();
    sorted.sort_by(|a, b| figure(a).total_cmp(&figure(b)));
    println!("worst {what}:");
    for row in sorted.iter().take(10) {
        let size: usize = row.of.values().map(|(n, _)| n).sum();
        println!("  {:.4} of {size:>6} {:<44} {}", figure(row), row.file, words(row).join(" "));
    }
}

fn median(figures: &[f64]) -> f64 {
    let mut sorted = figures.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted.get(sorted.len() / 2).copied().unwrap_or(0.0)
}

fn mean(figures: &[f64]) -> f64 {
    figures.iter().sum::<f64>() / figures.len().max(1) as f64
}
