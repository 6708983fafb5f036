//! The commands about rule packs: `test-rules`, `explain` and `rules`.

#![allow(clippy::unwrap_used)] // In a test a panic is the report.

use sro_lint::pack::{self, BUILT_IN, page};
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Exit status, standard output and standard error, from the repository's top.
fn run(args: &[&str]) -> (i32, String, String) {
    let mut command = assert_cmd::cargo::cargo_bin_cmd!("sro-lint");
    for variable in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE"] {
        command.env_remove(variable);
    }
    let output = command.current_dir(root()).env("COLUMNS", "100").args(args).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

#[test]
fn examples_that_come_out_wrong_are_named() {
    let (status, out, _) = run(&["test-rules", "tests/packs/faulty.yaml"]);
    assert_eq!(status, 1);
    insta::assert_snapshot!(out, @"");
    let (status, out, _) = run(&["test-rules", "--no-coverage", "tests/packs/faulty.yaml"]);
    assert_eq!(status, 1);
    assert!(!out.contains("uncovered"), "{out}");
}

#[test]
fn the_worked_example_of_the_documentation_passes() {
    let (status, out, _) = run(&["test-rules", "docs/examples/wa-28a-320.yaml"]);
    assert_eq!((status, out.as_str()), (0, "wa-28a-320 0.1: 24 of 24 examples right\n"));
}

#[test]
fn a_pack_that_is_not_there_is_one_sentence() {
    let (status, out, err) = run(&["test-rules", "ma-37x"]);
    assert_eq!((status, out.as_str()), (2, ""));
    assert_eq!(
        err,
        "error: there is no rule pack `ma-37x` in sro-lint and no file of that name (did you mean `ma-37p`?)\n"
    );
}

#[test]
fn a_requirement_is_explained() {
    let (status, out, _) = run(&["explain", "wa-4", "--pack", "docs/examples/wa-28a-320.yaml"]);
    assert_eq!(status, 0);
    insta::assert_snapshot!(out, @"");
}

#[test]
fn every_rule_of_every_built_in_pack_is_explained() {
    for (name, _) in BUILT_IN {
        let pack = pack::load(name).unwrap();
        let ids = pack.requirements().iter().map(|r| &r.file.id).chain(pack.findings().iter().map(|f| &f.id));
        for id in ids {
            let (status, out, err) = run(&["explain", id, "--pack", name]);
            assert_eq!((status, err.as_str()), (0, ""), "{id}");
            assert!(out.starts_with(&format!("{id}: ")) && out.contains("Source: "), "{out}");
        }
    }
}

#[test]
fn an_unknown_id_is_answered_with_the_nearest() {
    assert_eq!(
        run(&["explain", "MUO-7"]),
        (2, String::new(), "error: no requirement or finding is called MUO-7; did you mean MOU-7?\n".to_owned())
    );
    let (_, _, err) = run(&["explain", "nonsense"]);
    assert_eq!(
        err,
        "error: no requirement or finding is called nonsense; `sro-lint rules` lists them all\n"
    );
}

#[test]
fn a_verdict_on_a_document_is_explained() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("agreement.md");
    let text = "# Memorandum of Understanding on the School Resource Officer\n\n## 1. Complaints\n\nParents may \
                complain about the SRO to the principal.\n\nA process for answering complaints will be developed.\n\n\
                ## 2. Review\n\nThe parties review this Agreement annually.\n";
    fs::write(&path, text).unwrap();
    let explain = |id: &str| {
        let (status, out, err) =
            run(&["explain", id, path.to_str().unwrap(), "--pack", "docs/examples/wa-28a-320.yaml"]);
        assert_eq!((status, err.as_str()), (0, ""));
        out.replace(&format!("{}/", folder.path().display()), "")
    };
    insta::assert_snapshot!(explain("WA-4"), @"");
    let (status, _, err) = run(&["explain", "WA-4", "no-such.md", "--pack", "docs/examples/wa-28a-320.yaml"]);
    assert_eq!((status, err.as_str()), (2, "error: no-such.md: there is no file of this name\n"));
}

#[test]
fn packs_are_listed() {
    let (status, out, _) = run(&["rules", "--pack", "docs/examples/wa-28a-320.yaml"]);
    assert_eq!(status, 0);
    insta::assert_snapshot!(out, @"");
    let (_, out, _) = run(&["rules", "--format", "json"]);
    let list: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(list["schema_version"], 1);
    assert_eq!(list["packs"].as_array().unwrap().len(), BUILT_IN.len());
    assert_eq!(list["packs"][0]["requirements"][0]["id"], "MOU-1");
}

#[test]
fn pages_are_written_one_for_each_pack() {
    let folder = tempfile::tempdir().unwrap();
    let args = ["rules", "--format", "markdown", "--pack", "docs/examples/wa-28a-320.yaml"];
    let (status, out, _) = run(&[&args[..], &["--output-dir", folder.path().to_str().unwrap()]].concat());
    assert_eq!((status, out.as_str()), (0, ""));
    let page = fs::read_to_string(folder.path().join("wa-28a-320.md")).unwrap();
    assert_eq!(page, run(&args).1);
    assert!(page.contains("\n## WA-1\n\n**no part in school discipline**\n"), "{page}");
}

/// `cargo run -- rules --format markdown --output-dir docs/rules` makes them anew.
#[test]
fn the_pages_in_docs_are_current() {
    let folder: &Path = &root().join("docs/rules");
    if !folder.exists() {
        println!("skipped: docs/rules has not been made yet");
        assert!(std::env::var_os("SRO_LINT_REQUIRE_TOOLS").is_none(), "docs/rules has not been made");
        return;
    }
    for (name, _) in BUILT_IN {
        let written = fs::read_to_string(folder.join(format!("{name}.md"))).unwrap_or_default();
        let page = page::markdown(&pack::load(name).unwrap());
        assert!(written == page, "{name}: sro-lint rules --format markdown --output-dir docs/rules");
    }
}
