use super::*;
use crate::check::{Checker, Options};
use crate::config;
use crate::reader::{self, Limits, Source};
use crate::report::Kind;
use jiff::civil::date;

const DETENTION: &str = "The officer may hand out detention.";

/// Checks an agreement with waivers from a configuration, on a day in 2027.
fn check(agreement: &str, config: &str) -> (Checked, Vec<bool>) {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().canonicalize().unwrap().join(".sro-lint.yaml");
    std::fs::write(&file, format!("packs: [ours.yaml]\n{config}")).unwrap();
    let settings = config::load(&file).unwrap();
    let pack = crate::pack::load(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/packs/ci.yaml")).unwrap();
    let as_of = date(2027, 3, 1);
    let checker = Checker::new(vec![pack], Options { kind: Some(Kind::Mou), as_of });
    let source = Source { name: "mou.md", bytes: agreement.as_bytes() };
    let document = reader::read(source, &Limits::default()).unwrap();
    let mut checked = checker.check(document, "mou.md");
    let waivers: Vec<_> = settings.waivers.iter().collect();
    let applied = apply(&mut checked, Scope { waivers: &waivers, as_of, elsewhere: &|code| code == "MOU-7" });
    (checked, applied.used)
}

/// One line for each finding.
fn findings(checked: &Checked) -> String {
    let line = |d: &Diagnostic| {
        let waived = d.waived.as_ref().map(|w| format!(" waived: {} ({:?})", w.reason, w.by)).unwrap_or_default();
        let at = d.spans.first().map(|p| format!(" line {}", p.line)).unwrap_or_default();
        format!("{}{at}: {}{waived}", d.code, d.message)
    };
    checked.report.diagnostics.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn agreement(first: &str, second: &str) -> String {
    format!("# Agreement\n\n## Training\n\nDe-escalation. {first}\n\n## Roles\n\nThe principal leads. {second}\n")
}

#[test]
fn a_comment_waives_what_is_missing_wherever_it_stands() {
    let text = agreement("<!-- sro-lint: waive T-2: reported by the town -->", "");
    insta::assert_snapshot!(findings(&check(&text, "").0), @"T-2: Nothing in the document provides this. waived: reported by the town (Comment)");
}

#[test]
fn a_comment_waives_words_of_its_own_section_only() {
    let here = format!("{DETENTION}\n\n<!-- sro-lint: waive T-3: agreed -->\n\nSchool committee.");
    insta::assert_snapshot!(findings(&check(&agreement("", &here), "").0), @"T-3 line 9: These words say the opposite of what the law requires. waived: agreed (Comment)");
    let there = "School committee. <!-- sro-lint: waive T-3: agreed -->";
    insta::assert_snapshot!(findings(&check(&agreement(there, DETENTION), "").0), @"
    T-3 line 9: These words say the opposite of what the law requires.
    WAIVER-UNUSED line 5: This waiver of T-3 waives nothing.
    ");
}

#[test]
fn a_new_place_of_a_waived_fault_is_not_waived() {
    let first = format!("School committee. {DETENTION} <!-- sro-lint: waive T-3: agreed -->");
    insta::assert_snapshot!(findings(&check(&agreement(&first, DETENTION), "").0), @"T-3 line 5: These words say the opposite of what the law requires.");
}

#[test]
fn lapsed_unused_and_unreadable_comments_are_findings() {
    let text = agreement(
        "School committee.",
        "\n\n<!-- sro-lint: waive T-1 until 2027-02-28: old -->\n\n<!-- sro-lint: waive T-22: slip -->\n\n\
         <!-- sro-lint: waive T-2 -->\n\n<!-- sro-lint: waive MOU-7: judged in another run -->",
    );
    insta::assert_snapshot!(findings(&check(&text, "").0), @"
    WAIVER-INVALID line 15: This waiver gives no reason. Write it as `<!-- sro-lint: waive MOU-7 until 2027-06-30: the reason -->`; the day may be left out.
    WAIVER-LAPSED line 11: The waiver of T-1 ended on 2027-02-28.
    WAIVER-UNUSED line 13: This waiver of T-22 waives nothing.
    ");
}

#[test]
fn a_waiver_holds_on_its_last_day() {
    let text = agreement("<!-- sro-lint: waive T-2 until 2027-03-01: soon -->", "");
    insta::assert_snapshot!(findings(&check(&text, "").0), @"T-2: Nothing in the document provides this. waived: soon (Comment)");
}

#[test]
fn a_configured_waiver_may_name_a_section_in_any_spelling() {
    let config = |section: &str| {
        format!("waivers:\n  - {{code: T-3, path: '*.md', section: '{section}', reason: by agreement}}\n")
    };
    let text = agreement("School committee.", DETENTION);
    let (checked, used) = check(&text, &config("roles"));
    insta::assert_snapshot!(findings(&checked), @"T-3 line 9: These words say the opposite of what the law requires. waived: by agreement (Configuration)");
    assert_eq!(used, [true]);
    assert_eq!(check(&text, &config("Training")).1, [false]);
}
