use super::*;
use crate::check::{Checker, Options};
use crate::reader::{self, Limits, Source};
use crate::render::Fingerprints;
use crate::report::Kind;

fn check(text: &str) -> Checked {
    let pack = crate::pack::load(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/packs/ci.yaml")).unwrap();
    let options = Options { kind: Some(Kind::Mou), as_of: jiff::civil::date(2027, 3, 1) };
    let source = Source { name: "mou.md", bytes: text.as_bytes() };
    let document = reader::read(source, &Limits::default()).unwrap();
    Checker::new(vec![pack], options).check(document, "mou.md")
}

const OLD: &str = "# Agreement\n\n## Roles\n\nThe principal leads. The officer may hand out detention.\n";

fn states(checked: &Checked) -> Vec<(&str, Option<BaselineState>)> {
    checked.report.diagnostics.iter().map(|d| (d.code.as_str(), d.baseline)).collect()
}

#[test]
fn old_findings_are_known_when_other_lines_move_and_a_new_one_is_new() {
    let (folder, path) = (Path::new("/repo"), Path::new("/repo/a/mou.md"));
    let mut baseline = Baseline::new(folder);
    baseline.record(path, &check(OLD));
    assert_eq!(baseline.documents().map(|(name, r)| (name, r.len())).collect::<Vec<_>>(), [("a/mou.md", 3)]);
    let known = Some(BaselineState::Known);
    let mut moved = check(&OLD.replace("## Roles", "## Preamble\n\nWe agree.\n\n## Roles"));
    assert!(baseline.mark(path, &mut moved).gone.is_empty());
    assert_eq!(states(&moved), [("T-1", known), ("T-2", known), ("T-3", known)]);
    let mut changed = check(&format!("{OLD}\nOfficers learn de-escalation.\n").replace("may hand", "will hand"));
    let gone = baseline.mark(path, &mut changed).gone;
    assert_eq!(gone.iter().map(|r| r.code.as_str()).collect::<Vec<_>>(), ["T-1", "T-3"]);
    assert_eq!(states(&changed), [("T-2", known), ("T-3", Some(BaselineState::New))]);
    assert!(changed.report.fails(crate::report::Severity::Error));
    baseline.prune(path, &gone);
    assert_eq!(baseline.len(), 1);
}

#[test]
fn a_finding_of_another_document_is_new() {
    let mut baseline = Baseline::new(Path::new("/repo"));
    baseline.record(Path::new("/repo/a.md"), &check(OLD));
    let mut other = check(OLD);
    baseline.mark(Path::new("/repo/b.md"), &mut other);
    assert!(states(&other).iter().all(|(_, state)| *state == Some(BaselineState::New)));
}

#[test]
fn a_baseline_is_read_as_it_was_written() {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().canonicalize().unwrap();
    let mut baseline = Baseline::new(&folder);
    baseline.record(&folder.join("mou.md"), &check(OLD));
    let mut bytes = Vec::new();
    baseline.write(&mut bytes).unwrap();
    std::fs::write(folder.join(FILE_NAME), &bytes).unwrap();
    assert_eq!(Baseline::load(&folder.join(FILE_NAME)).unwrap(), baseline);
    let first = Fingerprints::new(&check(OLD)).next(&check(OLD).report.diagnostics[0]);
    assert!(String::from_utf8(bytes).unwrap().contains(&first));
}

#[test]
fn a_broken_baseline_and_one_of_another_version_say_what_to_do() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("b.json");
    let load = |text: &str| {
        std::fs::write(&file, text).unwrap();
        let message = Baseline::load(&file).unwrap_err().to_string();
        message.replace(&dir.path().display().to_string(), "DIR")
    };
    insta::assert_snapshot!(load("{\"version\": 2, \"documents\": {}}"), @"DIR/b.json is a baseline of version 2, and this sro-lint knows version 1. Use the sro-lint that wrote it, or record it anew: delete DIR/b.json, then run `sro-lint baseline`.");
    insta::assert_snapshot!(load("{\"version\": 1,\n \"documents\": "), @"DIR/b.json, line 2, is no baseline (EOF while parsing a value at line 2 column 14). Bring it back from version control, or record it anew: delete DIR/b.json, then run `sro-lint baseline`.");
    insta::assert_snapshot!(load("{}"), @"DIR/b.json is no baseline: it names no version. Bring it back from version control, or record it anew: delete DIR/b.json, then run `sro-lint baseline`.");
    std::fs::remove_file(&file).unwrap();
    let absent = Baseline::load(&file).unwrap_err().to_string();
    assert!(absent.contains("record one with `sro-lint baseline"), "{absent}");
}
