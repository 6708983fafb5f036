//! The committed JSON Schemas are those of the types, and they take what sro-lint reads and writes.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout, clippy::print_stderr)] // In a test a panic is the report.

use serde_json::Value;
use std::path::PathBuf;
use std::process::Command;

const BIN: &str = env!("CARGO_BIN_EXE_sro-lint");

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn stdout(args: &[&str]) -> String {
    let output = Command::new(BIN).current_dir(root()).args(args).output().unwrap();
    String::from_utf8(output.stdout).unwrap()
}

fn mistakes(subject: &str, value: &Value) -> Vec<String> {
    let schema: Value = serde_json::from_str(&stdout(&["schema", subject])).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    validator.iter_errors(value).map(|e| format!("{}: {e}", e.instance_path())).collect()
}

fn yaml(text: &str) -> Value {
    serde_yaml::from_str(text).unwrap()
}

#[test]
fn committed_schemas_are_current() {
    for subject in ["config", "pack", "report"] {
        let committed = std::fs::read_to_string(root().join(format!("schemas/{subject}.json"))).unwrap();
        let now = stdout(&["schema", subject]);
        assert!(
            committed == now,
            "schemas/{subject}.json is old: run `sro-lint schema {subject} > schemas/{subject}.json`"
        );
    }
}

#[test]
fn the_pack_schema_takes_the_packs() {
    for name in ["rules/ma-37p.yaml", "rules/document.yaml", "rules/us-cops.yaml", "tests/packs/ci.yaml"] {
        let pack = yaml(&std::fs::read_to_string(root().join(name)).unwrap());
        assert_eq!(mistakes("pack", &pack), [""; 0], "{name}");
    }
    assert!(!mistakes("pack", &yaml("id: x\nversion: '1'\ntitle: t\nrequirments: []")).is_empty());
}

#[test]
fn the_configuration_schema_takes_a_configuration_and_refuses_a_slip() {
    let config = "extends: ../a.yaml\npacks: [ma-37p]\nkinds: [{path: 'op/**', kind: op}]\nseverities: {MOU-1: 'off'}\n\
                  exclude: [drafts]\nfail-on: warning\nbaseline: b.json\naward: {start: 2026-10-01, end: '2029-09-30'}\n\
                  waivers: [{code: MOU-7, path: a.md, section: Training, reason: r, until: '2027-06-30'}]\n";
    assert_eq!(mistakes("config", &yaml(config)), [""; 0]);
    for slip in [
        "fail-onn: error",
        "fail-on: eror",
        "award: {start: 2026-10-01}",
        "waivers: [{code: MOU-7, path: a.md}]",
        "waivers: [{code: A, path: a, reason: ''}]",
    ] {
        assert!(!mistakes("config", &yaml(slip)).is_empty(), "{slip}");
    }
}

#[test]
fn the_report_schema_takes_a_report() {
    let waived =
        "# Agreement\n\nThe officer may hand out detention. <!-- sro-lint: waive T-3 until 2999-01-01: agreed -->\n";
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("mou.md"), waived).unwrap();
    let folder = dir.path().display().to_string();
    let args = ["check", "--kind", "mou", "--pack", "tests/packs/ci.yaml", "--format", "json", &folder, "absent.md"];
    let report: Value = serde_json::from_str(&stdout(&args)).unwrap();
    assert_eq!(report["summary"]["waived_findings"], 1);
    assert_eq!(mistakes("report", &report), [""; 0]);
}
