//! A repository of agreements as a team keeps one: what fails a pull request, and what does not.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout, clippy::print_stderr)] // In a test a panic is the report.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};
#[path = "support/folder.rs"]
mod folder;
use folder::Folder;

const BIN: &str = env!("CARGO_BIN_EXE_sro-lint");
const PACK: &str = include_str!("packs/ci.yaml");
const CONFIG: &str = "\
packs: [rules/ci.yaml]
kinds:
  - { path: 'agreements/**', kind: mou }
exclude: ['drafts/**']
waivers:
  - code: T-2
    path: agreements/alder.md
    reason: the town clerk reports for the chief
    until: 2027-06-30
";
const ALDER: &str = "\
# Agreement between Alder Public Schools and the Alder Police Department

## 1. Discipline

The principal decides on discipline.

## 2. Training

Every officer completes a course in de-escalation.
";

/// A configuration that says nothing of the document's own health: its checks are tested elsewhere.
fn quiet(config: &str) -> String {
    let ids = include_str!("../rules/document.yaml").lines().filter_map(|line| line.strip_prefix("  - id: "));
    format!("{config}severities: {{{}}}\n", ids.map(|id| format!("{id}: 'off'")).collect::<Vec<_>>().join(", "))
}

/// A git repository with one agreement, the configuration, and a commit hook that runs sro-lint on what is staged.
struct Repository(Folder);

impl std::ops::Deref for Repository {
    type Target = Folder;

    fn deref(&self) -> &Folder {
        &self.0
    }
}

impl Repository {
    fn new() -> Self {
        let repository = Self(Folder::new());
        repository.git(&["init", "-q", "-b", "main"]);
        repository.write("rules/ci.yaml", PACK);
        repository.write(".sro-lint.yaml", &quiet(CONFIG));
        repository.write("agreements/alder.md", ALDER);
        let files = "git diff --cached --name-only --diff-filter=d -- '*.md'";
        let hook =
            format!("#!/bin/sh\n{files} | xargs {BIN} check --force-exclude --as-of 2027-03-01 --format concise\n");
        repository.write(".git/hooks/pre-commit", &hook);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let hook = repository.path().join(".git/hooks/pre-commit");
            fs::set_permissions(hook, fs::Permissions::from_mode(0o755)).unwrap();
        }
        repository
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path().join(name)).unwrap()
    }

    fn command(&self, program: &str, args: &[&str]) -> Output {
        let mut command = Command::new(program);
        command.current_dir(self.path()).args(args).env_remove("CLICOLOR_FORCE").env("COLUMNS", "100");
        for variable in ["GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE"] {
            command.env_remove(variable);
        }
        let who = [("AUTHOR", "Tester"), ("COMMITTER", "Tester")];
        for (role, name) in who {
            command.env(format!("GIT_{role}_NAME"), name).env(format!("GIT_{role}_EMAIL"), "t@example.org");
        }
        command.output().unwrap()
    }

    fn git(&self, args: &[&str]) -> Output {
        self.command("git", args)
    }

    /// Stages everything and commits: whether the hook let it, and what it said.
    fn commit(&self, message: &str) -> (bool, String) {
        self.git(&["add", "-A"]);
        let output = self.git(&["commit", "-q", "-m", message]);
        (output.status.success(), said(&output))
    }

    /// Runs sro-lint on a day: its exit status and everything that it said.
    fn lint(&self, day: &str, args: &[&str]) -> (i32, String) {
        let output = self.command(BIN, &[&[args[0], "--as-of", day], &args[1..]].concat());
        (output.status.code().unwrap(), said(&output))
    }
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

fn has(program: &str) -> bool {
    if Command::new(program).arg("--version").output().is_ok_and(|o| o.status.success()) {
        return true;
    }
    assert!(std::env::var_os("SRO_LINT_REQUIRE_TOOLS").is_none(), "{program} is not here");
    eprintln!("skipped: no {program} here");
    false
}

const DAY: &str = "2027-03-01";

#[test]
fn a_pull_request_that_breaks_an_agreement_fails_and_one_that_does_not_passes() {
    if !has("git") {
        return;
    }
    let repository = Repository::new();
    let (passed, out) = repository.commit("The first agreement");
    assert!(passed, "{out}");
    // A typo.
    repository.write("agreements/alder.md", &ALDER.replace("a course in", "one course in"));
    let (passed, out) = repository.commit("Mend a typo");
    assert!(passed, "{out}");
    // The training section goes.
    let cut = ALDER.split("## 2.").next().unwrap();
    repository.write("agreements/alder.md", cut);
    let (passed, out) = repository.commit("Shorten");
    assert!(!passed);
    insta::assert_snapshot!(out, @r#"
    agreements/alder.md: error T-1: Nothing in the document provides this.
    agreements/alder.md: waived error T-2: Nothing in the document provides this. Waived until 2027-06-30 (.sro-lint.yaml:6): the town clerk reports for the chief
    1 document checked: 1 requirement met, 0 partly met, 2 missing, 0 contradicted; 1 error, 1 waived.
    "#);
    // Only the words go: the finding is at the section.
    repository.write("agreements/alder.md", &ALDER.replace("de-escalation", "first aid"));
    let (passed, _) = repository.commit("Change the course");
    assert!(!passed);
    insta::assert_snapshot!(repository.lint(DAY, &["check", "--format", "github", "agreements"]).1, @r#"
    ::error file=agreements/alder.md,line=7,endLine=7,col=7,endColumn=15,title=T-1 training of officers::Nothing in the document provides this. Where it belongs: 2. Training. Source: Test law, § 1
    ::notice file=agreements/alder.md,title=T-2 reports to the school committee::Nothing in the document provides this. Source: Test law, § 2. Waived until 2027-06-30 (.sro-lint.yaml:6): the town clerk reports for the chief
    "#);
    // Drafts are left out, also by the hook.
    repository.write("agreements/alder.md", ALDER);
    repository.write("drafts/new.md", "# Agreement\n\nThe officer may hand out detention.\n");
    let (passed, out) = repository.commit("A draft");
    assert!(passed, "{out}");
}

#[test]
fn a_waiver_holds_lapses_and_is_told_of_when_it_is_of_no_use() {
    let repository = Repository::new();
    let (status, out) = repository.lint(DAY, &["check", "--format", "concise", "."]);
    assert_eq!(status, 0, "{out}");
    insta::assert_snapshot!(out, @r#"
    ./agreements/alder.md: waived error T-2: Nothing in the document provides this. Waived until 2027-06-30 (.sro-lint.yaml:6): the town clerk reports for the chief
    1 document checked: 2 requirements met, 0 partly met, 1 missing, 0 contradicted; nothing found, 1 waived; 1 file that is no document left out.
    "#);
    let (status, out) = repository.lint("2027-07-01", &["check", "--format", "concise", "."]);
    assert_eq!(status, 1);
    insta::assert_snapshot!(out, @r#"
    ./agreements/alder.md: error T-2: Nothing in the document provides this.
    .sro-lint.yaml:6:3: warning WAIVER-LAPSED: The waiver of T-2 ended on 2027-06-30.
    1 document checked: 2 requirements met, 0 partly met, 1 missing, 0 contradicted; 1 error, 1 warning; 1 file that is no document left out.
    "#);
    let reporting = format!("{ALDER}\n## 3. Reports\n\nThe chief reports to the school committee.\n");
    repository.write("agreements/alder.md", &reporting);
    let (status, out) = repository.lint(DAY, &["check", "--format", "github", "--fail-on", "warning", "."]);
    assert_eq!(status, 1);
    insta::assert_snapshot!(out, @"::warning file=.sro-lint.yaml,line=6,endLine=6,col=3,endColumn=14,title=WAIVER-UNUSED Waiver without use::This waiver of T-2 waives nothing. What to do: Take it out.");
    // A run over another file says nothing about this waiver.
    repository.write("agreements/birch.md", &reporting);
    let (status, out) = repository.lint(DAY, &["check", "--fail-on", "warning", "agreements/birch.md"]);
    assert_eq!(status, 0, "{out}");
}

#[test]
fn a_comment_waives_beside_the_clause() {
    let repository = Repository::new();
    let detention =
        "The officer may hand out detention. <!-- sro-lint: waive T-3 until 2027-06-30: until the deans are hired -->";
    repository.write("agreements/alder.md", &ALDER.replace("The principal decides on discipline.", detention));
    assert_eq!(repository.lint(DAY, &["check", "agreements"]).0, 0);
    let (status, out) = repository.lint("2027-07-01", &["check", "--format", "concise", "agreements/alder.md"]);
    assert_eq!(status, 1);
    insta::assert_snapshot!(out, @r#"
    agreements/alder.md: error T-2: Nothing in the document provides this.
    agreements/alder.md:5:1: error T-3: These words say the opposite of what the law requires.
    agreements/alder.md:5:37: warning WAIVER-LAPSED: The waiver of T-3 ended on 2027-06-30.
    .sro-lint.yaml:6:3: warning WAIVER-LAPSED: The waiver of T-2 ended on 2027-06-30.
    1 document checked: 1 requirement met, 0 partly met, 1 missing, 1 contradicted; 2 errors, 2 warnings.
    "#);
}

#[test]
fn every_report_shows_what_is_waived() {
    let repository = Repository::new();
    for format in ["pretty", "concise", "json", "jsonl", "sarif", "github", "gitlab", "junit", "markdown", "csv"] {
        let (status, out) = repository.lint(DAY, &["check", "--format", format, "agreements"]);
        assert_eq!(status, 0, "{out}");
        assert!(out.replace('\n', " ").contains("the town clerk reports"), "{format}: {out}");
    }
    let sarif = repository.lint(DAY, &["check", "--format", "sarif", "agreements"]).1;
    let sarif: serde_json::Value = serde_json::from_str(&sarif).unwrap();
    insta::assert_json_snapshot!(sarif["runs"][0]["results"][0]["suppressions"], @r#"
    [
      {
        "kind": "external",
        "status": "accepted",
        "justification": "the town clerk reports for the chief"
      }
    ]
    "#);
    let junit = repository.lint(DAY, &["check", "--format", "junit", "agreements"]).1;
    assert!(junit.contains("failures=\"0\"") && junit.contains("skipped=\"1\""), "{junit}");
}

#[test]
fn the_baseline_lets_old_findings_be_and_stops_a_new_one() {
    let repository = Repository::new();
    let old = "# Agreement\n\n## 1. Discipline\n\nThe officer may hand out detention.\n";
    repository.write("agreements/oak.md", old);
    repository.write(".sro-lint.yaml", &quiet(&format!("{CONFIG}baseline: known.json\n")));
    let (status, out) = repository.lint(DAY, &["baseline", "."]);
    assert_eq!(status, 0, "{out}");
    insta::assert_snapshot!(out.replace(&repository.path().canonicalize().unwrap().display().to_string(), "DIR"), @"note: DIR/known.json: 3 recorded");
    let recorded = repository.read("known.json");
    assert!(!recorded.contains("alder"), "what is waived is not recorded: {recorded}");
    // Other lines move.
    repository.write("agreements/oak.md", &old.replace("## 1.", "We agree.\n\n## 2."));
    let (status, out) = repository.lint(DAY, &["check", "agreements"]);
    assert_eq!(status, 0, "{out}");
    // A new one.
    repository.write("agreements/alder.md", &ALDER.replace("de-escalation", "first aid"));
    let (status, out) = repository.lint(DAY, &["check", "--format", "concise", "agreements"]);
    assert_eq!(status, 1);
    insta::assert_snapshot!(out, @r#"
    agreements/alder.md:7:7: error T-1: Nothing in the document provides this.
    agreements/alder.md: waived error T-2: Nothing in the document provides this. Waived until 2027-06-30 (.sro-lint.yaml:6): the town clerk reports for the chief
    agreements/oak.md: known error T-1: Nothing in the document provides this. Known: the baseline has it.
    agreements/oak.md: known error T-2: Nothing in the document provides this. Known: the baseline has it.
    agreements/oak.md:7:1: known error T-3: These words say the opposite of what the law requires. Known: the baseline has it.
    2 documents checked: 1 requirement met, 0 partly met, 4 missing, 1 contradicted; 1 error, 1 waived, 3 known from the baseline.
    "#);
    // An old one is mended: it is told, and pruned.
    repository.write("agreements/alder.md", ALDER);
    repository
        .write("agreements/oak.md", &old.replace("The officer may hand out detention.", "The principal decides."));
    let (status, out) = repository.lint(DAY, &["check", "--format", "concise", "agreements"]);
    assert_eq!(status, 0);
    insta::assert_snapshot!(out, @r#"
    agreements/alder.md: waived error T-2: Nothing in the document provides this. Waived until 2027-06-30 (.sro-lint.yaml:6): the town clerk reports for the chief
    agreements/oak.md: known error T-1: Nothing in the document provides this. Known: the baseline has it.
    agreements/oak.md: known error T-2: Nothing in the document provides this. Known: the baseline has it.
    2 documents checked: 3 requirements met, 0 partly met, 3 missing, 0 contradicted; nothing found, 1 waived, 2 known from the baseline.
    note: in the baseline and gone: agreements/oak.md: T-3 in 1. Discipline (“The officer may hand out detention.”)
    note: 1 recorded and gone; `sro-lint baseline --prune` takes them out of the baseline
    "#);
    assert_eq!(repository.lint(DAY, &["baseline", "--prune"]).0, 0);
    let out = repository.lint(DAY, &["check", "--format", "concise", "agreements"]).1;
    assert!(!out.contains("gone"), "{out}");
}

#[test]
fn an_unreadable_input_leaves_the_baseline_as_it_was() {
    let repository = Repository::new();
    repository.write("known.json", "{\"version\": 1, \"documents\": {}}");
    repository.write("agreements/empty.md", "");
    let (status, out) = repository.lint(DAY, &["baseline", "--baseline", "known.json", "."]);
    assert_eq!(status, 2, "{out}");
    assert_eq!(repository.read("known.json"), "{\"version\": 1, \"documents\": {}}");
}

#[test]
fn the_configuration_in_force_is_printed_with_its_lines() {
    let repository = Repository::new();
    repository
        .write("agreements/.sro-lint.yaml", "extends: ../.sro-lint.yaml\nfail-on: warning\nseverities: {T-1: 'off'}\n");
    repository.write(".sro-lint.yaml", CONFIG);
    let output = repository.command(BIN, &["config", "agreements/alder.md"]);
    repository.write(".sro-lint.yaml", &quiet(CONFIG));
    let root = repository.path().canonicalize().unwrap().display().to_string();
    insta::assert_snapshot!(said(&output).replace(&root, "DIR"), @r#"
    # agreements/.sro-lint.yaml
    # .sro-lint.yaml
    packs:  # .sro-lint.yaml:1
      - "DIR/rules/ci.yaml"
    fail-on: warning  # agreements/.sro-lint.yaml:2
    kinds:
      - { path: "agreements/**", kind: mou }  # .sro-lint.yaml:3
    severities:
      T-1: "off"  # agreements/.sro-lint.yaml:3
    exclude:
      - "drafts/**"  # .sro-lint.yaml:4
    waivers:
      - { code: T-2, path: agreements/alder.md, reason: "the town clerk reports for the chief", until: "2027-06-30" }  # .sro-lint.yaml:6
    "#);
    // The command line wins.
    repository.write("agreements/alder.md", &ALDER.replace("de-escalation", "first aid"));
    assert_eq!(repository.lint(DAY, &["check", "agreements/alder.md"]).0, 0);
    assert_eq!(
        repository
            .lint(DAY, &["check", "--no-config", "--kind", "mou", "--pack", "rules/ci.yaml", "agreements/alder.md"])
            .0,
        1
    );
}

#[test]
fn a_mistake_in_the_configuration_is_no_clean_run() {
    let repository = Repository::new();
    repository.write(".sro-lint.yaml", "packs: [rules/ci.yaml]\nexcluded: [drafts]\n");
    let (status, out) = repository.lint(DAY, &["check", "agreements"]);
    assert_eq!(status, 2);
    insta::assert_snapshot!(out, @r#"
    there is no field `excluded` here
        Diagnostic severity: error
    Begin snippet for .sro-lint.yaml starting at line 1, column 1

    snippet line 1: packs: [rules/ci.yaml]
    snippet line 2: excluded: [drafts]
        label at line 2, columns 1 to 18: here
    diagnostic help: did you mean `exclude`?
    "#);
}

#[test]
fn the_action_writes_annotations_sarif_and_a_summary() {
    if !has("bash") {
        return;
    }
    let repository = Repository::new();
    repository.write("agreements/alder.md", &ALDER.replace("de-escalation", "first aid"));
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/scripts/action.sh");
    let temp = tempfile::tempdir().unwrap();
    let run = |variables: &[(&str, &str)]| {
        let mut command = Command::new("bash");
        command.current_dir(repository.path()).arg(script).env("SRO_LINT", BIN).env("RUNNER_TEMP", temp.path());
        command
            .env("GITHUB_OUTPUT", temp.path().join("output"))
            .env("GITHUB_STEP_SUMMARY", temp.path().join("summary"));
        let output = command.envs(variables.iter().copied()).output().unwrap();
        (output.status.code().unwrap(), said(&output))
    };
    let (status, out) = run(&[("INPUT_PATHS", "agreements\n")]);
    assert_eq!(status, 1, "{out}");
    assert!(out.contains("::error file=agreements/alder.md,line=7,"), "{out}");
    let outputs = fs::read_to_string(temp.path().join("output")).unwrap();
    assert!(outputs.contains("status=1") && outputs.contains("sarif="), "{outputs}");
    let sarif: serde_json::Value =
        serde_json::from_slice(&fs::read(temp.path().join("sro-lint.sarif")).unwrap()).unwrap();
    assert_eq!(sarif["runs"][0]["results"][0]["ruleId"], "T-1");
    assert!(fs::read_to_string(temp.path().join("summary")).unwrap().contains("## agreements/alder.md"));
    // Inputs are words, never commands.
    let marker = repository.path().join("pwned");
    let evil = format!("$(touch {0}); `touch {0}`\n-\n", marker.display());
    assert_eq!(run(&[("INPUT_PATHS", &evil)]).0, 2);
    let (status, out) = run(&[("INPUT_FAIL_ON", "never\n::warning::x")]);
    assert_eq!(
        (status, out.as_str()),
        (2, "::error title=sro-lint::The input fail-on must be one of: error warning advice never\n")
    );
    assert!(!marker.exists());
}
