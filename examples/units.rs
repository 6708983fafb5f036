//! Prints labelled texts as the engine reads them, for the scripts that learn from them (`scripts/train-likeness.py`,
//! `train-net.py`, `train-weights.py`): one JSON object a text, with its labels, the words of every unit, where the rules
//! find each element, and the grounds that are weighed.
//!
//! `cargo run --release --example units -- LABELS.json… CLAUSES.jsonl… PACK.yaml… DOCUMENT…`
//!
//! A labels file and clauses have the forms that `--example accuracy` reads; clauses in `fixtures/likeness` name the
//! requirements that they are labelled for (`about`), the elements that they provide (`has`) and what they contradict.
//! A document may have `tags`: the byte where a statement ends, and what it provides (`SOP-1/uniform`), contradicts
//! (`!SOP-5`) or may be thought to (`?SOP-3/notification`); every other statement of it then provides nothing.
//! Of a pack its examples are taken. A document by itself has no labels.
#![allow(clippy::print_stdout, clippy::expect_used, missing_docs)]

use serde_json::{Map, Value, json};
use sro_lint::annotate::{Annotated, Language};
use sro_lint::judge::{self, Found, Hits};
use sro_lint::likeness;
use sro_lint::pack::Pack;
use sro_lint::reader::{self, Limits, Source};
use std::path::Path;

fn main() {
    let pack = sro_lint::pack::load("rules/ma-37p.yaml").expect("the pack");
    for path in std::env::args().skip(1) {
        let text = || std::fs::read_to_string(&path).expect("a text file");
        if path.ends_with(".jsonl") {
            for line in text().lines().filter(|line| !line.trim().is_empty()) {
                let item: Value = serde_json::from_str(line).expect("a JSON object a line");
                let bytes = item["text"].as_str().expect("a text").as_bytes();
                print(&pack, &item, true, labels(&pack, &item), "clause.txt", bytes);
            }
        } else if path.ends_with(".yaml") {
            examples(&pack, &sro_lint::pack::load(&path).expect("a pack"));
        } else if path.ends_with(".json") {
            documents(&pack, &serde_json::from_str(&text()).expect("labels"), Path::new(&path));
        } else {
            let bytes = std::fs::read(&path).expect("a document");
            print(&pack, &json!({ "set": "unlabelled" }), false, Map::new(), &path, &bytes);
        }
    }
}

fn documents(pack: &Pack, all: &Map<String, Value>, path: &Path) {
    for label in all.values() {
        for file in label["files"].as_array().expect("files") {
            let file = path.with_file_name(file.as_str().expect("a name"));
            let bytes = std::fs::read(&file).expect("a document");
            print(pack, label, false, labels(pack, label), &file.to_string_lossy(), &bytes);
        }
    }
}

fn examples(pack: &Pack, of: &Pack) {
    for requirement in of.requirements() {
        for example in of.examples(requirement) {
            let verdict = json!({ "verdict": example.verdict, "missing": example.missing });
            let item = json!({ "expect": { requirement.id.clone(): verdict } });
            print(pack, &item, true, labels(pack, &item), "example.md", example.text.as_bytes());
        }
    }
}

/// For every requirement that a text is labelled for the elements that it has, where they are known, and whether it
/// contradicts the requirement.
fn labels(pack: &Pack, item: &Value) -> Map<String, Value> {
    let mut labels = Map::new();
    for requirement in pack.requirements() {
        let id = &requirement.id;
        let full = |element: &str| format!("{id}/{element}");
        let holds = |list: &Value, what: &str| list.as_array().is_some_and(|l| l.iter().any(|v| v == what));
        let elements = requirement.elements.iter().map(|e| e.id.as_str());
        let label = &item[if item["expect"].is_object() { "expect" } else { "labels" }][id];
        let (has, contradicted): (Option<Vec<String>>, bool) = if holds(&item["about"], id) {
            let has = elements.map(full).filter(|e| holds(&item["has"], e)).collect();
            (Some(has), holds(&item["contradicts"], id))
        } else {
            match label["verdict"].as_str().or(label.as_str().filter(|_| !holds(&item["borderline"], id))) {
                Some("met") => (Some(elements.map(full).collect()), false),
                Some("partial") if label.is_object() => {
                    (Some(elements.filter(|e| !holds(&label["missing"], e)).map(full).collect()), false)
                }
                Some("missing" | "absent") => (Some(Vec::new()), false),
                Some("contradicted") => (None, true),
                _ => continue,
            }
        };
        labels.insert(id.clone(), json!({ "has": has, "contradicted": contradicted }));
    }
    labels
}

fn print(pack: &Pack, item: &Value, clause: bool, labels: Map<String, Value>, name: &str, bytes: &[u8]) {
    let Ok(document) = reader::read(Source { name, bytes }, &Limits::default()) else { return };
    let language = Language::shipped().expect("language");
    let out = Annotated::new(&document, language);
    let hits = Hits::of_requirements(&out, pack.matcher(), pack.requirements().iter());
    let tags = tags(&out, item);
    let mut tokens = Vec::new();
    let units: Vec<Value> = (out.units.iter().zip(tags))
        .map(|(unit, tags)| {
            unit.reading(&mut tokens);
            let words: Vec<&str> = tokens.iter().map(|t| out.word(*t)).collect();
            let title = unit.titles.last().map(|t| out.words(out.titles[*t].clone()));
            json!({ "words": words, "title": title, "states": likeness::states(unit), "tags": tags })
        })
        .collect();
    let units_of = |found: &[Found]| found.iter().filter(|f| !f.weak && !f.blank).map(|f| f.unit).collect::<Vec<_>>();
    let (mut elements, mut grounds) = (Map::new(), Map::new());
    for requirement in pack.requirements() {
        let judgement = judge::by_rules(&out, language, &hits, requirement);
        for (element, state) in requirement.elements.iter().zip(&judgement.elements) {
            let found = json!({
                "seen": !state.provided.is_empty() || !state.half.is_empty(),
                "provided": units_of(&state.provided),
                "contradicted": units_of(&state.contradicted),
            });
            elements.insert(format!("{}/{}", requirement.id, element.id), found);
        }
        let of_requirement = judge::grounds(&out, language, &hits, requirement);
        grounds.insert(requirement.id.clone(), json!(of_requirement));
    }
    let (set, kind, tagged) = (&item["set"], &item["kind"], item["tags"].is_array());
    println!(
        "{}",
        json!({
            "set": set, "kind": kind, "clause": clause, "tagged": tagged, "labels": labels,
            "units": units, "elements": elements, "grounds": grounds,
            "names": { "provision": judge::OF_PROVISION, "contradiction": judge::OF_CONTRADICTION },
        })
    );
}

/// For every unit its tags.
fn tags<'i>(out: &Annotated<'_>, item: &'i Value) -> Vec<Vec<&'i str>> {
    let mut tags = vec![Vec::new(); out.units.len()];
    for tag in item["tags"].as_array().into_iter().flatten() {
        let end = tag[0].as_u64().and_then(|end| usize::try_from(end).ok()).expect("a byte");
        let unit = (0..out.units.len())
            .filter(|unit| out.units[*unit].span.start < end)
            .max_by_key(|u| out.units[*u].span.start);
        tags[unit.expect("a statement before a tag")].extend(tag[1].as_str().expect("tags").split(','));
    }
    tags
}
