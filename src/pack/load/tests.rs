#![allow(clippy::unwrap_used)]

use super::*;
use miette::{GraphicalReportHandler, GraphicalTheme};
use std::fs;
use tempfile::TempDir;

const PACK: &str = r#"id: small
version: "1"
title: Small pack
sources: ["Town bylaw 4"]
vocabulary:
  officer: "(sro | officer)"
requirements:
  - id: S-1
    title: the uniform
    kinds: [mou, combined]
    source: "Town bylaw 4, § 2"
    explain: What the officer wears.
    elements:
      - id: uniform
        title: what the officer wears
        provides:
          - "{officer} ... uniform"
        contradicts:
          - all: ["{officer}", "plain clothes"]
      - id: badge
        title: the badge
        provides: ["badge"]
    examples:
      - text: The officer wears the uniform.
        verdict: partial
        missing: [badge]
"#;

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

fn load_first(files: &[(&str, &str)]) -> Result<Arc<Pack>, Report> {
    let folder = folder(files);
    load(folder.path().join(files[0].0).to_str().unwrap())
}

/// The report as a terminal shows it, without the temporary folder.
fn mistake(files: &[(&str, &str)]) -> String {
    let folder = folder(files);
    let report = load(folder.path().join(files[0].0).to_str().unwrap()).unwrap_err();
    let mut out = String::new();
    let handler = GraphicalReportHandler::new_themed(GraphicalTheme::unicode_nocolor()).with_context_lines(1);
    handler.with_width(200).render_report(&mut out, report.as_ref()).unwrap();
    let out = out.replace(&format!("{}/", folder.path().display()), "");
    out.lines().map(str::trim_end).collect::<Vec<_>>().join("\n")
}

/// The mistake that a change to the pack makes.
fn changed(from: &str, to: &str) -> String {
    assert!(PACK.contains(from), "{from}");
    mistake(&[("pack.yaml", &PACK.replacen(from, to, 1))])
}

#[test]
fn a_pack_without_mistakes_is_loaded() {
    let pack = load_first(&[("pack.yaml", PACK)]).unwrap();
    assert_eq!((pack.id(), pack.requirements()[0].elements.len()), ("small", 2));
}

#[test]
fn every_built_in_pack_would_pass_as_a_file() {
    for BuiltIn { name, text, .. } in &BUILT_IN {
        let mut files = vec![("pack.yaml", *text)];
        files.extend(BUILT_IN.iter().map(|other| (other.name, other.text)));
        let result = load_first(&files);
        assert!(result.is_ok(), "{name}: {:?}", result.err());
        assert!(load(name).is_ok());
    }
}

/// `build/` compiles them without the types that packs from files are read into.
#[test]
fn every_built_in_pack_is_what_is_written() {
    for BuiltIn { name, .. } in &BUILT_IN {
        let (ready, compiled) = (load(name).unwrap(), Pack::compile(written(name).unwrap()).unwrap());
        let about = |pack: &Pack| format!("{} {:?} {}", pack.id(), pack.sources(), pack.about());
        assert_eq!(about(&ready), about(&compiled));
        assert_eq!((ready.version(), ready.title()), (compiled.version(), compiled.title()));
        assert_eq!(ready.severity(), compiled.severity());
        for (ready, compiled) in ready.requirements().iter().zip(compiled.requirements()) {
            assert_eq!(ready, compiled);
        }
        assert_eq!(ready.requirements().len(), compiled.requirements().len());
        assert_eq!(format!("{:?}", ready.findings()), format!("{:?}", compiled.findings()));
        assert!(ready.matcher().packed() == compiled.matcher().packed(), "{name}: the matchers differ");
        for term in (0..).take(compiled.matcher().len()) {
            assert_eq!(ready.phrase(term), compiled.phrase(term));
        }
        for requirement in compiled.requirements() {
            let examples = |pack: &Pack| format!("{:?}", pack.examples(requirement));
            assert_eq!(examples(&ready), examples(&compiled));
        }
        for finding in compiled.findings() {
            let examples = |pack: &Pack| format!("{:?}", pack.finding_examples(finding));
            assert_eq!(examples(&ready), examples(&compiled));
        }
    }
}

/// What is written of a pack is what a kept result of a check is known by.
#[test]
fn what_is_written_changes_with_every_phrase() {
    let written = |text: &str| {
        let folder = folder(&[("pack.yaml", text)]);
        serde_json::to_string(&written(folder.path().join("pack.yaml").to_str().unwrap()).unwrap()).unwrap()
    };
    assert_ne!(written(PACK), written(&PACK.replace("plain clothes", "plain clothing")));
}

#[test]
fn a_bad_phrase_is_shown_where_it_stands() {
    insta::assert_snapshot!(changed("\"plain clothes\"", "\"plain (clothes\""), @r#"
     × `)` has no partner in the phrase `plain (clothes`
       ╭─[pack.yaml:19:32]
    18 │         contradicts:
    19 │           - all: ["{officer}", "plain (clothes"]
       ·                                ────────┬────────
       ·                                        ╰── here
    20 │       - id: badge
       ╰────
    "#);
}

#[test]
fn an_unknown_vocabulary_entry_is_shown_with_the_one_meant() {
    insta::assert_snapshot!(changed("\"{officer} ... uniform\"", "\"{oficer} ... uniform\""), @r#"
     × there is no vocabulary entry `oficer`
       ╭─[pack.yaml:17:13]
    16 │         provides:
    17 │           - "{oficer} ... uniform"
       ·             ───────────┬──────────
       ·                        ╰── here
    18 │         contradicts:
       ╰────
     help: did you mean `officer`?
    "#);
}

#[test]
fn an_unknown_element_in_an_example_is_shown() {
    insta::assert_snapshot!(changed("missing: [badge]", "missing: [bagde]"), @r"
     × `S-1` has no element `bagde`
       ╭─[pack.yaml:26:19]
    25 │         verdict: partial
    26 │         missing: [bagde]
       ·                   ───┬──
       ·                      ╰── here
       ╰────
     help: did you mean `badge`?
    ");
}

#[test]
fn an_id_given_twice_is_shown() {
    insta::assert_snapshot!(changed("id: badge", "id: uniform"), @r#"
     × the id `uniform` is given twice
       ╭─[pack.yaml:20:13]
    19 │           - all: ["{officer}", "plain clothes"]
    20 │       - id: uniform
       ·             ───┬───
       ·                ╰── here
    21 │         title: the badge
       ╰────
    "#);
    let twice = PACK.replace(
        "requirements:\n",
        "findings:\n  - {id: S-1, title: t, check: blank, source: s, explain: e, help: h}\nrequirements:\n",
    );
    assert!(mistake(&[("p.yaml", &twice)]).contains("the id `S-1` is given twice"));
    let twice = changed("  officer: \"(sro | officer)\"\n", "  officer: a\n  officer: b\n");
    assert!(twice.contains("officer"), "{twice}");
}

#[test]
fn an_unknown_field_is_shown_with_the_one_meant() {
    insta::assert_snapshot!(changed("    explain:", "    explian:"), @r#"
     × there is no field `explian` here
       ╭─[pack.yaml:12:5]
    11 │     source: "Town bylaw 4, § 2"
    12 │     explian: What the officer wears.
       ·     ────────────────┬───────────────
       ·                     ╰── here
    13 │     elements:
       ╰────
     help: did you mean `explain`?
    "#);
}

#[test]
fn an_unknown_value_is_shown() {
    insta::assert_snapshot!(changed("kinds: [mou, combined]", "kinds: [mou, combnied]"), @r#"
     × `combnied` is none of the values allowed here
       ╭─[pack.yaml:10:18]
     9 │     title: the uniform
    10 │     kinds: [mou, combnied]
       ·                  ────┬────
       ·                      ╰── here
    11 │     source: "Town bylaw 4, § 2"
       ╰────
     help: did you mean `combined`?
    "#);
    insta::assert_snapshot!(changed("verdict: partial", "verdict: half"), @r"
     × `half` is none of the values allowed here
       ╭─[pack.yaml:25:18]
    24 │       - text: The officer wears the uniform.
    25 │         verdict: half
       ·                  ──┬─
       ·                    ╰── here
    26 │         missing: [badge]
       ╰────
     help: known here: `met`, `partial`, `missing`, `contradicted`, `not-applicable`
    ");
}

#[test]
fn what_a_requirement_lacks_is_said() {
    insta::assert_snapshot!(changed("    explain: What the officer wears.\n", ""), @r"
     × `S-1` lacks `explain`
      ╭─[pack.yaml:8:5]
    7 │ requirements:
    8 │   - id: S-1
      ·     ───┬───
      ·        ╰── here
    9 │     title: the uniform
      ╰────
    ");
    assert!(changed("        provides: [\"badge\"]\n", "").contains("the element `badge` of `S-1` lacks `provides`"));
    assert!(changed("    kinds: [mou, combined]\n", "").contains("lacks the kinds of document"));
}

#[test]
fn what_is_no_yaml_is_shown() {
    insta::assert_snapshot!(changed("    title: the uniform", "    title: \"the uniform"), @r#"
     × did not find expected key
       ╭─[pack.yaml:11:14]
    10 │     kinds: [mou, combined]
    11 │     source: "Town bylaw 4, § 2"
       ·              ─────────┬────────
       ·                       ╰── here
    12 │     explain: What the officer wears.
       ╰────
    "#);
}

#[test]
fn no_character_of_a_strangers_pack_is_obeyed() {
    let report = changed("explain: What", "expl\u{202e}in: What");
    assert!(report.contains('\u{fffd}') && !report.contains('\u{202e}'), "{report}");
    let long = changed("explain: What", &format!("explian: {}", "x".repeat(100_000)));
    assert!(long.len() < 2_000, "{}", long.len());
}

#[test]
fn a_file_that_cannot_be_read_is_one_sentence() {
    let error = |name: &str| load(name).unwrap_err().to_string();
    assert_eq!(
        error("ma-37q"),
        "there is no rule pack `ma-37q` in sro-lint and no file of that name (did you mean `ma-37p`?)"
    );
    let folder = folder(&[("large.yaml", &"# x\n".repeat(300_000)), ("empty.yaml", "")]);
    let path = |name: &str| folder.path().join(name).display().to_string();
    assert!(error(&path("large.yaml")).contains("larger than 1 MB"));
    assert!(error(&path("")).contains("it is a folder"));
    assert!(error(&path("empty.yaml")).contains("it is empty"));
    fs::write(path("binary.yaml"), [0xff, 0xfe, 0, 1]).unwrap();
    assert!(error(&path("binary.yaml")).contains("no text in UTF-8"));
}

#[test]
fn aliases_that_stand_for_millions_are_refused() {
    let mut text = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for n in 1..12 {
        let before = format!("*a{}, ", n - 1).repeat(9);
        text.push_str(&format!("a{n}: &a{n} [{before}]\n"));
    }
    let report = mistake(&[("laughs.yaml", &text)]);
    assert!(report.contains("aliases") || report.contains("repetition"), "{report}");
    let long = format!("a: &a {}\nb: [{}]\n", "x".repeat(50_000), "*a, ".repeat(1_000));
    assert!(mistake(&[("long.yaml", &long)]).contains("too large"));
}

#[test]
fn nesting_is_bounded() {
    insta::assert_snapshot!(mistake(&[("deep.yaml", &format!("id: {}", "[".repeat(30)))]), @r"
     × lists and maps are nested too deep: 16 levels are the most
      ╭─[deep.yaml:1:20]
    1 │ id: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[
      ·                    ───────┬───────
      ·                           ╰── here
      ╰────
    ");
    for sign in ["[", "{", "- ", "? ", "\"", "&a ", "!x "] {
        let start = std::time::Instant::now();
        mistake(&[("deep.yaml", &sign.repeat(400_000 / sign.len()))]);
        assert!(start.elapsed().as_secs() < 5, "{sign}: {:?}", start.elapsed());
    }
}

#[test]
fn the_number_and_size_of_rules_are_bounded() {
    let many = |n: usize| {
        let rules: String = (0..n).map(|i| format!(" - {{id: R{i}}}\n")).collect();
        mistake(&[("many.yaml", &format!("id: x\nversion: '1'\ntitle: t\nrequirements:\n{rules}"))])
    };
    assert!(many(2_001).contains("2001 requirements and findings: 2000 are the most"));
    let mut grown = String::from("  e0: \"a b c d e f g h\"\n");
    for n in 1..14 {
        grown.push_str(&format!("  e{n}: \"{{e{}}} {{e{}}} {{e{}}}\"\n", n - 1, n - 1, n - 1));
    }
    let report = changed("vocabulary:\n", &format!("vocabulary:\n{grown}"));
    assert!(report.contains("becomes too large when its vocabulary is filled in"), "{report}");
    let circle = changed("vocabulary:\n", "vocabulary:\n  a: \"{b} x\"\n  b: \"{a} y\"\n");
    assert!(circle.contains("a vocabulary entry uses itself"), "{circle}");
}

#[test]
fn a_pack_takes_over_what_it_extends_and_changes_what_it_says() {
    let own = r#"
id: mine
version: "2"
title: My pack
extends: base.yaml
vocabulary: { officer: "(sro | constable)" }
drop: [S-1/badge]
requirements:
  - id: S-1
    severity: advice
    elements:
      - id: uniform
        provides: ["{officer} ... coat"]
      - id: hat
        title: the hat
        provides: ["hat"]
  - id: S-2
    title: the car
    kinds: [op]
    source: none
    explain: The car.
    elements: [{ id: car, title: the car, provides: ["{officer} ... car"] }]
"#;
    let pack = load_first(&[("mine.yaml", own), ("base.yaml", PACK)]).unwrap();
    let first = &pack.requirements()[0];
    let elements: Vec<&str> = first.elements.iter().map(|e| e.id.as_str()).collect();
    assert_eq!((pack.id(), pack.requirements().len(), elements), ("mine", 2, vec!["uniform", "hat"]));
    assert_eq!(first.severity, crate::report::Severity::Advice);
    assert_eq!(first.title, "the uniform");
    assert_eq!(pack.phrase(first.elements[0].provides[0].all[0]), "{officer} ... coat");
    assert_eq!(first.elements[0].contradicts.len(), 1);
    assert_eq!(pack.sources(), ["Town bylaw 4"]);
}

#[test]
fn mistakes_in_what_a_pack_extends_are_shown() {
    let own = |line: &str| format!("id: mine\nversion: \"2\"\ntitle: My pack\nextends: {line}\n");
    let other = own("mine.yaml");
    insta::assert_snapshot!(mistake(&[("mine.yaml", &own("other.yaml")), ("other.yaml", &other)]), @r"
     × `mine.yaml` extends this pack in turn: the packs go round in a circle
      ╭─[other.yaml:4:10]
    3 │ title: My pack
    4 │ extends: mine.yaml
      ·          ────┬────
      ·              ╰── here
      ╰────
    ");
    insta::assert_snapshot!(mistake(&[("mine.yaml", &own("base.yaml\ndrop: [S-2]")), ("base.yaml", PACK)]), @r"
     × `base.yaml` has no rule `S-2` to drop
      ╭─[mine.yaml:5:8]
    4 │ extends: base.yaml
    5 │ drop: [S-2]
      ·        ──┬─
      ·          ╰── here
      ╰────
     help: did you mean `S-1`?
    ");
    assert!(mistake(&[("mine.yaml", &own("../../secret"))]).contains("a file in the same folder"));
    assert!(mistake(&[("mine.yaml", &own("nothing.yaml"))]).contains("no file of that name"));
    assert!(mistake(&[("mine.yaml", &own("mine.yaml"))]).contains("round in a circle"));
}
