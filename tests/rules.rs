//! The commands about rule packs: `test-rules`, `explain` and `rules`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout, clippy::print_stderr)] // In a test a panic is the report.

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
    insta::assert_snapshot!(out, @r#"
    wrong elements: F-1, example 2: missing [uniform] wanted, [badge] found: “The officer is dressed in the department's uniform.”
    missed: F-1, example 3: met wanted, partial (missing uniform) found: “The officer comes in the blue suit and the badge.”
    noisy: F-1, example 4: missing wanted, partial (missing uniform) found: “The badge is polished.”
    wrong verdict: F-1, example 5: met wanted, contradicted found: “The officer works in plain clothes.”
    uncovered: F-1/uniform, provides 3: no example makes this pattern fire: "epaulettes"
    uncovered: F-2: it has no example
    near-duplicate: F-1/uniform, provides 1 and 2: one holds the other: "(wear* | dressed in) ...4 uniform" and "wear* ...4 uniform"
    faulty 1: 2 of 6 examples right, 1 missed, 1 noisy, 1 wrong verdict, 1 wrong elements, 2 uncovered, 1 near-duplicate
    "#);
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
    insta::assert_snapshot!(out, @r"
    WA-4: complaints by families

      The paper describes how families complain to the school and to the police about the officer, and
      how complaints are looked into and answered.

    Source: RCW 28A.320.124(1)(d)
    Pack: wa-28a-320 0.1
    Severity: error
    Carried by: memorandum of understanding, operating procedures, both in one file

    What must be there
      - how families complain about the officer (filing)
      - how complaints are investigated and answered (response)

    A clause to start from
      A parent or student may complain about the officer to the principal or to the police department,
      in writing or in person, in any language. Both look into every complaint and answer it within ten
      school days.

    Words that meet it
      - Parents may file a complaint about the SRO with the principal or the Chief. The District and the
        Department investigate each complaint and respond in writing within ten days.

    Words that do not
      - Families may bring complaints about the SRO to the principal or the Department. [partial:
        response missing]
      - A process for complaints by parents shall be developed. [missing]
    ");
}

#[test]
fn every_rule_of_every_built_in_pack_is_explained() {
    for name in BUILT_IN.iter().map(|pack| pack.name) {
        let pack = pack::load(name).unwrap();
        let ids = pack.requirements().iter().map(|r| &r.id).chain(pack.findings().iter().map(|f| &f.id));
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
    assert_eq!(err, "error: no requirement or finding is called nonsense; `sro-lint rules` lists them all\n");
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
    insta::assert_snapshot!(explain("WA-4"), @r#"
    WA-4: complaints by families, in agreement.md

    Verdict: partial
    The document is read as `other`, which does not carry this requirement: it is shown as if it did. In
    a check it is not judged.

    how families complain about the officer (filing): provided
      These words provide it:
        - 1. Complaints, paragraph 1: “Parents may complain about the SRO to the principal.”
          by all: ["(complain* | grievance*)", "{family}", "(school | principal | superintendent |
          district | {police})"]

    how complaints are investigated and answered (response): not found
      Looked for any of:
        - all: ["(complain* | grievance*)", "(investigat* | look* into | respon* | answer* | review*)"],
          none: ["(annual* | yearly)"]
      Came near:
        - 1. Complaints, paragraph 2: “A process for answering complaints will be developed.”
          but it puts it off to a later time or another paper; for all: ["(complain* | grievance*)",
          "(investigat* | look* into | respon* | answer* | review*)"], none: ["(annual* | yearly)"]
        - 1. Complaints, paragraph 1: “Parents may complain about the SRO to the principal.”
          but it lacks “(investigat* | look* into | respon* | answer* | review*)”; for all: ["(complain*
          | grievance*)", "(investigat* | look* into | respon* | answer* | review*)"], none: ["(annual*
          | yearly)"]
        - 2. Review, paragraph 1: “The parties review this Agreement annually.”
          but it holds “(annual* | yearly)”, which this pattern keeps out; for all: ["(complain* |
          grievance*)", "(investigat* | look* into | respon* | answer* | review*)"], none: ["(annual*
          | yearly)"]
    "#);
    let (status, _, err) = run(&["explain", "WA-4", "no-such.md", "--pack", "docs/examples/wa-28a-320.yaml"]);
    assert!(status == 2 && err.starts_with("error: no-such.md: "), "{err}");
}

#[test]
fn packs_are_listed() {
    let (status, out, _) = run(&["rules", "--pack", "docs/examples/wa-28a-320.yaml"]);
    assert_eq!(status, 0);
    insta::assert_snapshot!(out, @r"
    wa-28a-320 0.1: RCW 28A.320.124 and .1242: safety and security staff in Washington's schools
      WA-1  error    no part in school discipline
      WA-2  error    when school staff may call on the officer
      WA-3  error    school climate and relationships with students
      WA-4  error    complaints by families
      WA-5  error    hiring, placement and evaluation together
      WA-6  error    yearly review with parents, students and community
    ");
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
    for name in BUILT_IN.iter().map(|pack| pack.name) {
        let written = fs::read_to_string(folder.join(format!("{name}.md"))).unwrap_or_default();
        let page = page::markdown(&pack::load(name).unwrap());
        assert!(written == page, "{name}: sro-lint rules --format markdown --output-dir docs/rules");
    }
}

#[test]
fn the_examples_of_the_packs_beside_the_law_in_force_are_judged_right() {
    let (status, out, _) = run(&["test-rules", "us-cops", "ma-model-2022", "document", "ma-37p-2018"]);
    assert_eq!(status, 0, "{out}");
}

/// The verdict on training and the remarks of a made document, judged by the statute of its time.
fn judged_by_date(signed: &str) -> (String, String) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("mou.md");
    let text = "# Memorandum of Understanding\n\nThe SRO is trained in child development, conflict resolution and \
                diversion strategies.\n\n";
    fs::write(&file, format!("{text}{signed}\n")).unwrap();
    let args = ["check", "--no-config", "--kind", "mou", "--pack", "auto", "--format", "json", "--as-of", "2026-11-21"];
    let (_, out, err) = run(&[&args[..], &[file.to_str().unwrap()]].concat());
    let report: serde_json::Value = serde_json::from_str(&out).unwrap_or_else(|_| panic!("{out}{err}"));
    let document = &report["documents"][0];
    let training = document["requirements"].as_array().unwrap().iter().find(|r| r["id"] == "MOU-7").unwrap();
    (training["verdict"].as_str().unwrap().to_owned(), document["remarks"][0].as_str().unwrap().to_owned())
}

#[test]
fn the_date_of_a_document_picks_the_statute() {
    assert_eq!(
        judged_by_date("Signed September 24, 2018."),
        ("met".into(), "Judged by ma-37p-2018: the latest date in it is 2018-09-24, before 2021-07-01.".into())
    );
    assert_eq!(
        judged_by_date("Signed July 1, 2021."),
        ("partial".into(), "Judged by ma-37p: the latest date in it is 2021-07-01.".into())
    );
    assert_eq!(judged_by_date("Signed."), ("partial".into(), "Judged by ma-37p: no date was found in it.".into()));
}

#[test]
fn the_agreement_of_2018_meets_the_statute_of_2018() {
    let shared = std::env::var_os("SRO_LINT_SHARED").map_or_else(|| root().join("../shared"), PathBuf::from);
    let file = shared.join("labelled/m04-danforthmills.docx");
    if !file.exists() {
        println!("skipped: {} is not there", file.display());
        assert!(std::env::var_os("SRO_LINT_REQUIRE_TOOLS").is_none(), "{} is not there", file.display());
        return;
    }
    let args = ["check", "--no-config", "--pack", "ma-37p-2018", "--format", "json", file.to_str().unwrap()];
    let (_, out, _) = run(&args);
    let report: serde_json::Value = serde_json::from_str(&out).unwrap();
    let requirements = report["documents"][0]["requirements"].as_array().unwrap();
    let training = requirements.iter().find(|r| r["id"] == "MOU-7").unwrap();
    assert_eq!(training["verdict"], "met");
}

#[test]
fn the_awards_term_comes_from_the_command_line_or_the_configuration() {
    let folder = tempfile::tempdir().unwrap();
    let agreement = folder.path().join("agreement.md");
    let text = "# Memorandum of Understanding between the Alder Police Department and the Alder Public Schools\n\n\
                The parties agree that the school resource officer works in the schools. This agreement is in effect \
                from July 1, 2026 to June 30, 2027.\n";
    fs::write(&agreement, text).unwrap();
    let agreement = agreement.to_str().unwrap();
    let check = |more: &[&str]| {
        run(&[&["check", agreement, "--pack", "us-cops", "--as-of", "2026-11-21", "--format", "pretty"], more].concat())
    };
    let short = "This agreement ends on June 30, 2027";
    let award = ["--award-start", "2026-07-01", "--award-end", "2029-06-30"];
    assert!(check(&award).1.contains(short));
    let said = check(&[]).1;
    assert!(!said.contains(short) && said.contains("COPS-TERM was not judged"), "{said}");
    fs::write(folder.path().join(".sro-lint.yaml"), "award: { start: 2026-07-01, end: 2029-06-30 }\n").unwrap();
    assert!(check(&[]).1.contains(short));
    // The command line wins, and what cannot be is one sentence.
    assert!(!check(&["--award-start", "2026-07-01", "--award-end", "2027-06-30"]).1.contains(short));
    let backwards = check(&["--award-start", "2026-07-01", "--award-end", "2025-06-30"]);
    let why = "error: the award's term is wrong: it begins on 2026-07-01 and ends on 2025-06-30, which is earlier";
    assert!(backwards.0 == 2 && backwards.2.starts_with(why), "{}", backwards.2);
    let unused = run(&[&["check", agreement, "--pack", "ma-37p"], &award[..]].concat());
    assert_eq!(unused.2, "error: no rule pack in force looks at an award: add --pack us-cops\n");
    fs::write(folder.path().join(".sro-lint.yaml"), "award: { start: 2026-07-01, end: 2026-06-30 }\n").unwrap();
    let wrong = check(&[]);
    assert!(wrong.0 == 2 && wrong.2.contains(".sro-lint.yaml") && wrong.2.contains("the term is wrong"), "{}", wrong.2);
}

#[test]
fn what_a_pack_inherits_does_not_count_as_uncovered() {
    let folder = tempfile::tempdir().unwrap();
    let base = "id: base\nversion: '1'\ntitle: t\nrequirements:\n  - id: B-1\n    title: badge\n    kinds: [mou]\n    source: s\n    \
                explain: e\n    elements: [{ id: badge, title: a badge, provides: [badge, shield] }]\n    examples:\n      \
                - { text: The officer wears a badge., verdict: met }\n      - { text: A shield., verdict: met }\n      \
                - { text: Nothing., verdict: missing }\n";
    let own = "id: own\nversion: '1'\ntitle: t\nextends: base.yaml\nrequirements:\n  - id: B-1\n    examples:\n      \
               - { text: The officer wears a badge., verdict: met }\n      - { text: Nothing., verdict: missing }\n";
    let path = |name: &str| folder.path().join(name).display().to_string();
    fs::write(path("base.yaml"), base).unwrap();
    fs::write(path("own.yaml"), own).unwrap();
    assert_eq!(run(&["test-rules", &path("own.yaml")]).1, "own 1: 2 of 2 examples right\n");
    // A pattern of its own counts.
    let elements = "    elements: [{ id: badge, provides: [badge, star] }]\n    examples:";
    fs::write(path("own.yaml"), own.replace("    examples:", elements)).unwrap();
    let (status, out, _) = run(&["test-rules", &path("own.yaml")]);
    assert!(status == 1 && out.contains("uncovered: B-1/badge, provides 2") && !out.contains("shield"), "{out}");
}

#[test]
fn a_section_that_an_amendment_strikes_provides_nothing_and_explain_says_why() {
    let folder = tempfile::tempdir().unwrap();
    let agreement = folder.path().join("agreement.md");
    let text = "# Memorandum of Understanding between the Alder Police Department and the Alder Public Schools\n\n\
                ## I. Purpose\n\nThe school resource officer keeps the schools safe.\n\n\
                ## II. Complaints\n\nParents may complain about the SRO to the principal, who investigates and answers.\n\n\
                ## III. Amendments\n\nARTICLE.\n";
    let verdict = |amendment: &str| {
        fs::write(&agreement, text.replace("ARTICLE.", amendment)).unwrap();
        let args = ["explain", "WA-4", agreement.to_str().unwrap(), "--pack", "docs/examples/wa-28a-320.yaml"];
        run(&args).1
    };
    assert!(verdict("Article II remains.").contains("Verdict: met"));
    let struck = verdict("Article II is hereby struck out in its entirety.");
    assert!(struck.contains("Verdict: missing") && struck.contains("is struck out by an amendment"), "{struck}");
    let anew =
        "Article II is deleted and replaced with the following: Parents may complain about the SRO to the chief.";
    assert!(verdict(anew).contains("Verdict: partial"), "{}", verdict(anew));
    assert!(verdict("The first sentence of Article II is deleted.").contains("Verdict: met"));
}

#[test]
fn explain_takes_the_statute_of_the_documents_time() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("mou.md");
    let explain = |text: &str| {
        fs::write(&file, text).unwrap();
        run(&["explain", "MOU-7", file.to_str().unwrap(), "--pack", "auto"])
    };
    let (status, out, err) = explain("# Agreement\n\nThe SRO is trained.\n\nSigned August 3, 2019.\n");
    assert!(status == 0 && !out.contains("(de-escalation)"), "{out}{err}");
    assert!(explain("# Agreement\n\nThe SRO is trained.\n\nSigned August 3, 2026.\n").1.contains("(de-escalation)"));
    // Without a document it is the law in force; the pack that is always in force is there, too.
    assert_eq!(run(&["explain", "MOU-7", "--pack", "auto"]).1, run(&["explain", "MOU-7", "--pack", "ma-37p"]).1);
    assert_eq!(run(&["explain", "DOC-3", "--pack", "auto"]).0, 0);
}
