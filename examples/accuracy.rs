//! Measures verdicts against labels.
//!
//! `cargo run --release --example accuracy -- LABELS.json… CLAUSES.jsonl… [--set develop|measure] [--quiet] [--only ID]`
//!
//! A labels file has the form of `../shared/labelled/labels.json`; its documents lie beside it. A JSONL file
//! holds excerpts (`labels`: every id, absent = missing, borderline ids left out) or clauses (`expect`: the ids
//! that the clause is about); both are judged with `--kind combined`.
#![allow(clippy::print_stdout, clippy::print_stderr, clippy::expect_used, missing_docs)]

use serde_json::Value;
use sro_lint::check::{Checker, Options};
use sro_lint::reader::{self, Limits, Source};
use sro_lint::report::{Checked, Confidence, Kind, RequirementReport};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

#[derive(Default)]
struct Count {
    right: usize,
    all: usize,
}

impl Count {
    fn add(&mut self, right: bool) {
        self.all += 1;
        self.right += usize::from(right);
    }

    fn show(&self) -> String {
        let share = if self.all == 0 { 100.0 } else { 100.0 * self.right as f64 / self.all as f64 };
        format!("{:>5}/{:<5} {share:5.1} %", self.right, self.all)
    }
}

#[derive(Default)]
struct Tally {
    verdicts: Count,
    by_id: BTreeMap<String, Count>,
    by_format: BTreeMap<String, Count>,
    by_source: BTreeMap<String, Count>,
    by_structure: BTreeMap<&'static str, Count>,
    by_confidence: BTreeMap<&'static str, Count>,
    confusion: BTreeMap<(String, String), usize>,
    missing: Count,
    kinds: Count,
    gap_right: usize,
    gap_found: usize,
    gap_wanted: usize,
    findings: BTreeMap<String, (usize, usize, usize)>,
    mistakes: Vec<String>,
    only: Option<String>,
    given_kinds: bool,
}

fn main() {
    let mut args: Vec<String> = std::env::args().skip(1).collect();
    let mut option = |name: &str| {
        let at = args.iter().position(|a| a == name)?;
        args.remove(at);
        (at < args.len()).then(|| args.remove(at))
    };
    let set = option("--set");
    let only = option("--only");
    let quiet = args.iter().any(|a| a == "--quiet");
    let given_kinds = args.iter().any(|a| a == "--given-kinds");
    args.retain(|a| a != "--quiet" && a != "--given-kinds");
    if args.is_empty() {
        eprintln!("usage: accuracy LABELS.json… CLAUSES.jsonl… [--set develop|measure] [--only ID] [--quiet]");
        return;
    }
    let mut tally = Tally { only, given_kinds, ..Tally::default() };
    for path in &args {
        let text = std::fs::read_to_string(path).expect("labels file");
        if path.ends_with(".jsonl") {
            clauses(&text, set.as_deref(), path, &mut tally);
        } else {
            documents(&text, set.as_deref(), Path::new(path), &mut tally);
        }
    }
    tally.print(quiet);
}

fn checker(kind: Option<Kind>) -> Checker {
    // The packs as they lie in the folder: a change in one is measured without building anew.
    let packs = ["rules/ma-37p.yaml", "rules/document.yaml"].map(|p| sro_lint::pack::load(p).expect("pack")).to_vec();
    Checker::new(packs, Options { kind, as_of: jiff::civil::date(2026, 11, 21) })
}

fn documents(text: &str, set: Option<&str>, path: &Path, tally: &mut Tally) {
    let labels: BTreeMap<String, Value> = serde_json::from_str(text).expect("labels");
    for (id, label) in &labels {
        if set.is_some_and(|s| label["set"].as_str().is_some_and(|have| have != s)) {
            continue;
        }
        let kind = serde_json::from_value(label["kind"].clone()).ok().filter(|_| tally.given_kinds);
        let checker = checker(kind);
        for file in label["files"].as_array().expect("files") {
            let file = path.parent().expect("folder").join(file.as_str().expect("name"));
            let name = file.to_string_lossy().into_owned();
            let bytes = std::fs::read(&file).expect("document");
            match reader::read(Source { name: &name, bytes: &bytes }, &Limits::default()) {
                Ok(document) => {
                    let checked = checker.check(document, &name);
                    let place = file.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
                    tally.document(&place, label, &checked, id);
                }
                Err(error) => eprintln!("{name}: {error}"),
            }
        }
    }
}

fn clauses(text: &str, set: Option<&str>, path: &str, tally: &mut Tally) {
    let checker = checker(Some(Kind::Combined));
    for line in text.lines().filter(|l| !l.trim().is_empty()) {
        let clause: Value = serde_json::from_str(line).expect("a JSON object a line");
        if set.is_some_and(|s| clause["set"].as_str().is_some_and(|have| have != s)) {
            continue;
        }
        let id = clause["id"].as_str().unwrap_or("?");
        let words = clause["text"].as_str().expect("text");
        let source = Source { name: "clause.txt", bytes: words.as_bytes() };
        let Ok(document) = reader::read(source, &Limits::default()) else {
            eprintln!("{id}: not read");
            continue;
        };
        let checked = checker.check(document, id);
        let group = Path::new(path).file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
        tally.clause(&group, id, &clause, &checked);
    }
}

impl Tally {
    fn document(&mut self, place: &str, label: &Value, checked: &Checked, id: &str) {
        let kind = label["kind"].as_str().unwrap_or("?");
        self.kinds.add(kind == checked.report.kind.name());
        if kind != checked.report.kind.name() {
            self.mistakes.push(format!("{place}: kind {} instead of {kind}", checked.report.kind.name()));
        }
        let empty = serde_json::Map::new();
        for (requirement, want) in label["labels"].as_object().unwrap_or(&empty) {
            let verdict = want["verdict"].as_str().unwrap_or("?");
            if verdict == "not-applicable" {
                continue;
            }
            let missing = strings(&want["missing"]);
            let note = label["notes"][requirement].as_str().unwrap_or("");
            let have = checked.report.requirements.iter().find(|r| &r.id == requirement);
            self.verdict(place, requirement, verdict, &missing, have, note, checked.report.format.name());
            let right = have.is_some_and(|r| r.verdict.name() == verdict);
            self.by_source.entry(format!("{kind} {}", group(id))).or_default().add(right);
            for structure in structures(label["structure"].as_str().unwrap_or("")) {
                self.by_structure.entry(structure).or_default().add(right);
            }
        }
        self.findings(place, label, checked);
    }

    fn findings(&mut self, place: &str, label: &Value, checked: &Checked) {
        let want: BTreeSet<String> = strings(&label["doc"]).into_iter().filter(|c| c != "DOC-0").collect();
        let have: BTreeSet<String> = checked
            .report
            .diagnostics
            .iter()
            .map(|d| d.code.clone())
            .filter(|c| c.starts_with("DOC-") && c != "DOC-0")
            .collect();
        for code in want.union(&have) {
            let entry = self.findings.entry(code.clone()).or_default();
            match (want.contains(code), have.contains(code)) {
                (true, true) => entry.0 += 1,
                (true, false) => entry.1 += 1,
                _ => entry.2 += 1,
            }
            if want.contains(code) != have.contains(code) && self.wanted(code) {
                let what = if want.contains(code) { "not raised" } else { "raised for nothing" };
                let words = checked.report.diagnostics.iter().find(|d| &d.code == code);
                let words = words.and_then(|d| d.spans.first()).map_or("", |s| s.text.as_str());
                self.mistakes.push(format!(
                    "{place}: {code} {what}: {words} {}",
                    label["notes"][code.as_str()].as_str().unwrap_or("")
                ));
            }
        }
    }

    fn clause(&mut self, group: &str, id: &str, clause: &Value, checked: &Checked) {
        let borderline = strings(&clause["borderline"]);
        let text = clause["text"].as_str().unwrap_or("");
        let expected = clause["expect"].as_object().or_else(|| clause["labels"].as_object()).expect("labels");
        for (requirement, want) in expected {
            if borderline.contains(requirement) {
                continue;
            }
            let verdict = match want.as_str().or_else(|| want["verdict"].as_str()).unwrap_or("?") {
                "absent" => "missing",
                other => other,
            };
            let have = checked.report.requirements.iter().find(|r| &r.id == requirement);
            let why = clause["why"][requirement.as_str()].as_str().or_else(|| clause["why"].as_str()).unwrap_or("");
            let note = if text.len() < 900 { format!("{why} ‹{text}›") } else { why.to_owned() };
            self.verdict(id, requirement, verdict, &strings(&want["missing"]), have, &note, "clause");
            self.by_source.entry(group.to_owned()).or_default().add(have.is_some_and(|r| r.verdict.name() == verdict));
        }
    }

    fn wanted(&self, id: &str) -> bool {
        self.only.as_deref().is_none_or(|o| o == id)
    }

    #[allow(clippy::too_many_arguments)]
    fn verdict(
        &mut self,
        place: &str,
        id: &str,
        want: &str,
        missing: &[String],
        have: Option<&RequirementReport>,
        note: &str,
        format: &str,
    ) {
        let got = have.map_or("none", |r| r.verdict.name());
        let right = got == want;
        self.verdicts.add(right);
        self.by_id.entry(id.to_owned()).or_default().add(right);
        self.by_format.entry(format.to_owned()).or_default().add(right);
        if let Some(report) = have {
            let low = report.confidence == Confidence::Low;
            self.by_confidence.entry(if low { "low" } else { "high" }).or_default().add(right);
        }
        *self.confusion.entry((want.to_owned(), got.to_owned())).or_default() += 1;
        let gap = |v: &str| matches!(v, "missing" | "partial" | "contradicted");
        self.gap_wanted += usize::from(gap(want));
        self.gap_found += usize::from(gap(got));
        self.gap_right += usize::from(gap(want) && gap(got));
        let named: Vec<String> = have.map(|r| r.missing_elements.clone()).unwrap_or_default();
        let mut elements_right = true;
        if want == "partial" && got == "partial" && !missing.is_empty() {
            elements_right = named.iter().collect::<BTreeSet<_>>() == missing.iter().collect();
            self.missing.add(elements_right);
        }
        if (!right || !elements_right) && self.wanted(id) {
            let evidence: Vec<String> = have
                .iter()
                .flat_map(|r| &r.evidence)
                .map(|e| {
                    format!(
                        "\n        {}: {}",
                        e.element,
                        e.span.text.chars().take(160).collect::<String>().replace('\n', " ")
                    )
                })
                .collect();
            self.mistakes.push(format!(
                "{place}: {id} {got}{} instead of {want}{}: {}{}",
                list(&named),
                list(missing),
                note.replace('\n', " / "),
                evidence.concat()
            ));
        }
    }

    fn print(&self, quiet: bool) {
        if !quiet {
            for mistake in &self.mistakes {
                println!("{mistake}");
            }
        }
        println!("\nverdicts         {}", self.verdicts.show());
        println!("kinds            {}", self.kinds.show());
        println!("missing elements {}", self.missing.show());
        println!(
            "gaps: precision {:.3}, recall {:.3}",
            self.gap_right as f64 / self.gap_found.max(1) as f64,
            self.gap_right as f64 / self.gap_wanted.max(1) as f64
        );
        for (name, group) in [("id", &self.by_id), ("format", &self.by_format), ("source", &self.by_source)] {
            println!("\nby {name}");
            group.iter().for_each(|(key, count)| println!("  {key:<16} {}", count.show()));
        }
        for (name, group) in [("structure", &self.by_structure), ("confidence", &self.by_confidence)] {
            println!("\nby {name}");
            group.iter().for_each(|(key, count)| println!("  {key:<16} {}", count.show()));
        }
        println!("\nconfusion (wanted → given)");
        for ((want, got), n) in &self.confusion {
            println!("  {want:>12} → {got:<14} {n}");
        }
        println!("\nfindings (right, not raised, raised for nothing)");
        self.findings.iter().for_each(|(code, (a, b, c))| println!("  {code:<8} {a:>3} {b:>3} {c:>3}"));
    }
}

/// What a document is like, from the words with which its labels describe it.
fn structures(described: &str) -> Vec<&'static str> {
    let described = described.to_lowercase();
    let signs = [
        ("scan", &["scan", "ocr"][..]),
        ("table", &["table", "column", "matrix"]),
        ("questions", &["faq", "question"]),
        ("letter or memo", &["letter", "memo", "dear"]),
        ("order or policy", &["order", "policy", "directive", "manual", "regulation"]),
        ("contract", &["counsel", "contract", "whereas", "recital", "union"]),
        ("bare headings", &["caption", "bold", "run-in", "without headings", "no headings"]),
        ("hard-wrapped", &["hard-wrapped", "hard wrapped"]),
    ];
    signs.into_iter().filter(|(_, words)| words.iter().any(|w| described.contains(w))).map(|(name, _)| name).collect()
}

/// The first letters of a document's name tell which collection it comes from.
fn group(id: &str) -> String {
    id.chars().take_while(char::is_ascii_alphabetic).collect()
}

fn strings(value: &Value) -> Vec<String> {
    value.as_array().into_iter().flatten().filter_map(|v| v.as_str().map(str::to_owned)).collect()
}

fn list(names: &[String]) -> String {
    if names.is_empty() { String::new() } else { format!(" [{}]", names.join(", ")) }
}
