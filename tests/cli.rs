//! The program as a whole: exit status, where things are written, and what goes wrong around it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout, clippy::print_stderr)] // In a test a panic is the report.

use assert_cmd::Command;
use std::fs;
use std::path::Path;
use std::process::Stdio;
#[path = "support/folder.rs"]
mod folder;
use folder::Folder;

/// A pack with one requirement that is easy to meet.
const PACK: &str = r#"
id: test
version: "1"
title: Test pack
requirements:
  - id: T-1
    title: The uniform
    kinds: [mou, combined]
    source: No law at all
    explain: What the officer wears.
    elements:
      - id: uniform
        title: what the officer wears
        provides: ["uniform"]
"#;
const MET: &str = "# Agreement\n\nThe officer shall wear the department uniform.\n";
const MISSING: &str = "# Agreement\n\nThe officer shall greet everybody.\n";

struct Setup(Folder);

impl std::ops::Deref for Setup {
    type Target = Folder;

    fn deref(&self) -> &Folder {
        &self.0
    }
}

impl Setup {
    fn new(files: &[(&str, &str)]) -> Self {
        let setup = Self(Folder::new());
        setup.write("pack.yaml", PACK);
        for (name, text) in files {
            setup.write(&format!("in/{name}"), text);
        }
        setup
    }

    fn lint(&self, args: &[&str]) -> Command {
        let mut command = assert_cmd::cargo::cargo_bin_cmd!("sro-lint");
        for variable in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "COLUMNS"] {
            command.env_remove(variable);
        }
        command.current_dir(self.path()).args(["check", "--pack", "pack.yaml", "--kind", "mou"]).args(args);
        command
    }

    /// Exit status, standard output and standard error.
    fn run(&self, args: &[&str]) -> (i32, String, String) {
        outcome(&mut self.lint(args))
    }
}

fn outcome(command: &mut Command) -> (i32, String, String) {
    let output = command.output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

#[test]
fn the_status_is_0_1_or_2() {
    let setup = Setup::new(&[("met.md", MET), ("missing.md", MISSING)]);
    assert_eq!(setup.run(&["in/met.md"]).0, 0);
    assert_eq!(setup.run(&["in/missing.md"]).0, 1);
    assert_eq!(setup.run(&["in/missing.md", "--fail-on", "never"]).0, 0);
    assert_eq!(setup.run(&["in/nothing-here.md"]).0, 2);
    assert_eq!(setup.run(&["in/met.md", "--no-such-option"]).0, 2);
    assert_eq!(setup.run(&["--help"]).0, 0);
}

#[test]
fn a_path_alone_is_a_check() {
    let setup = Setup::new(&[("met.md", MET)]);
    let mut command = assert_cmd::cargo::cargo_bin_cmd!("sro-lint");
    command.current_dir(setup.path()).args(["in/met.md", "--format", "concise", "--fail-on", "never"]);
    let (status, out, _) = outcome(&mut command);
    assert_eq!(status, 0);
    assert!(out.contains("1 document checked"), "{out}");
    assert_eq!(outcome(&mut assert_cmd::cargo::cargo_bin_cmd!("sro-lint")).0, 2);
}

#[test]
fn one_bad_input_is_named_and_the_others_are_still_reported() {
    let setup = Setup::new(&[("a.md", MET), ("b.docx", ""), ("c.md", MISSING)]);
    let (status, out, err) = setup.run(&["in", "--format", "concise"]);
    assert_eq!(status, 2);
    assert!(out.contains("c.md: error T-1") && out.contains("2 documents checked"), "{out}");
    assert_eq!(
        err,
        "error: in/b.docx: This file is empty. Check that it was saved or downloaded completely, and try again.\n"
    );
    let (status, out, _) = setup.run(&["in", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(status, 2);
    assert_eq!(report["errors"][0]["path"], "in/b.docx");
    assert_eq!(report["summary"]["documents"], 2);
}

#[test]
fn folders_are_read_in_order_and_what_is_no_document_is_counted() {
    let setup =
        Setup::new(&[("b.md", MET), ("a/z.md", MET), ("a/~$z.docx", "x"), ("pic.png", "x"), (".git/x.md", "x")]);
    let (status, out, err) = setup.run(&["in", "--format", "jsonl", "--verbose"]);
    let paths: Vec<_> =
        out.lines().map(|l| serde_json::from_str::<serde_json::Value>(l).unwrap()["path"].clone()).collect();
    assert_eq!((status, paths), (0, vec!["in/a/z.md".into(), "in/b.md".into()]));
    assert_eq!(err, "note: left out, no document: in/pic.png\n");
    let (_, out, _) = setup.run(&["in"]);
    assert!(out.contains("1 file that is no document left out"), "{out}");
}

#[test]
fn the_order_does_not_depend_on_the_number_of_threads() {
    let names: Vec<String> = (0..40).map(|n| format!("{n:02}.md")).collect();
    let files: Vec<_> =
        names.iter().enumerate().map(|(n, name)| (name.as_str(), if n % 3 == 0 { MET } else { MISSING })).collect();
    let setup = Setup::new(&files);
    let one = setup.run(&["in", "--format", "json", "--jobs", "1"]);
    assert_eq!(one, setup.run(&["in", "--format", "json", "--jobs", "4"]));
    assert_eq!(one.0, 1);
}

#[test]
fn standard_input_is_read() {
    let setup = Setup::new(&[]);
    let (status, out, _) =
        outcome(setup.lint(&["-", "--stdin-filename", "draft.md", "--format", "concise"]).write_stdin(MISSING));
    assert_eq!(status, 1);
    assert!(out.starts_with("draft.md: error T-1: "), "{out}");
    assert_eq!(outcome(setup.lint(&["-"]).write_stdin("")).0, 2);
}

#[test]
fn a_report_file_is_what_would_have_been_printed_and_nothing_else_is_left() {
    let setup = Setup::new(&[("missing.md", MISSING)]);
    let printed = setup.run(&["in", "--format", "sarif"]);
    setup.write("out/report.sarif", "old");
    let (status, out, err) = setup.run(&["in", "--format", "sarif", "--output", "out/report.sarif"]);
    assert_eq!((status, out, err), (1, String::new(), String::new()));
    assert_eq!(fs::read_to_string(setup.path().join("out/report.sarif")).unwrap(), printed.1);
    assert_eq!(fs::read_dir(setup.path().join("out")).unwrap().count(), 1);
}

#[test]
fn a_report_in_a_checked_folder_is_no_input_of_the_next_run() {
    let setup = Setup::new(&[("met.md", MET)]);
    for _ in 0..2 {
        let (status, _, err) = setup.run(&["in", "--format", "markdown", "--output", "in/report.md"]);
        assert_eq!((status, err), (0, String::new()));
    }
    assert!(fs::read_to_string(setup.path().join("in/report.md")).unwrap().contains("1 document checked"));
}

#[test]
fn a_report_for_people_in_a_file_names_what_could_not_be_read() {
    let setup = Setup::new(&[("empty.docx", "")]);
    let (status, _, _) = setup.run(&["in", "--output", "report.txt"]);
    let report = fs::read_to_string(setup.path().join("report.txt")).unwrap();
    assert_eq!(status, 2);
    assert!(report.contains("Not checked: in/empty.docx: This file is empty."), "{report}");
}

#[test]
fn a_run_that_fails_leaves_the_old_report() {
    let setup = Setup::new(&[("met.md", MET)]);
    setup.write("report.txt", "old");
    setup.write("broken.yaml", "id: [");
    let (status, _, err) = setup.run(&["in", "--pack", "broken.yaml", "--output", "report.txt"]);
    assert_eq!(status, 2);
    assert!(err.contains("broken.yaml"), "{err}");
    assert_eq!(fs::read_to_string(setup.path().join("report.txt")).unwrap(), "old");
    let (status, _, err) = setup.run(&["in", "--output", "no/such/folder/report.txt"]);
    assert_eq!(status, 2);
    assert!(err.starts_with("error: the report could not be written: "), "{err}");
}

#[cfg(unix)]
#[test]
fn a_link_to_a_report_stays_a_link_and_permissions_stay() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let setup = Setup::new(&[("met.md", MET)]);
    setup.write("real.txt", "old");
    fs::set_permissions(setup.path().join("real.txt"), fs::Permissions::from_mode(0o640)).unwrap();
    symlink("real.txt", setup.path().join("link.txt")).unwrap();
    assert_eq!(setup.run(&["in", "--output", "link.txt"]).0, 0);
    assert!(fs::symlink_metadata(setup.path().join("link.txt")).unwrap().is_symlink());
    let real = setup.path().join("real.txt");
    assert!(fs::read_to_string(&real).unwrap().contains("1 document checked"));
    assert_eq!(fs::metadata(&real).unwrap().permissions().mode() & 0o777, 0o640);
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told_and_is_no_success() {
    let setup = Setup::new(&[("met.md", MET)]);
    let full = || fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let command = std::process::Command::new(assert_cmd::cargo::cargo_bin!("sro-lint"))
        .current_dir(setup.path())
        .args(["in", "--pack", "pack.yaml", "--kind", "mou"])
        .stdout(full())
        .stderr(Stdio::piped())
        .output()
        .unwrap();
    assert_eq!(command.status.code(), Some(2));
    assert_eq!(
        String::from_utf8(command.stderr).unwrap(),
        "error: the report could not be written: the disk is full\n"
    );
    assert_eq!(setup.run(&["in", "--output", "/dev/full"]).0, 2);
}

#[test]
fn a_reader_that_goes_away_changes_neither_the_status_nor_says_anything() {
    let text = format!("{MISSING}\n{}", "The officer is at the door in the morning.\n\n".repeat(20));
    let names: Vec<String> = (0..200).map(|n| format!("{n:03}.md")).collect();
    let files: Vec<_> = names.iter().map(|name| (name.as_str(), text.as_str())).collect();
    let setup = Setup::new(&files);
    let mut child = std::process::Command::new(assert_cmd::cargo::cargo_bin!("sro-lint"))
        .current_dir(setup.path())
        .args(["in", "--pack", "pack.yaml", "--kind", "mou", "--format", "json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
}

#[cfg(unix)]
#[test]
fn a_hostile_file_name_is_shown_and_not_obeyed() {
    let setup = Setup::new(&[("\u{1b}[2J\n::error::x.md", MISSING), ("\u{1b}]0;y\u{7}##[z].docx", "")]);
    for format in ["pretty", "concise", "json", "jsonl", "sarif", "github", "gitlab", "junit", "markdown", "csv"] {
        let (status, out, err) = setup.run(&["in", "--verbose", "--format", format]);
        assert_eq!(status, 2);
        for text in [&out, &err] {
            assert!(!text.contains(['\u{1b}', '\u{7}']), "{format}: {text:?}");
            assert!(!text.contains("##["), "{format}: {text:?}");
            assert!(!text.lines().any(|line| line.trim_start().starts_with("::error::x")), "{format}: {text}");
        }
    }
}

#[test]
fn colour_is_used_where_it_is_wanted() {
    let setup = Setup::new(&[("missing.md", MISSING)]);
    let is_colored = |command: &mut Command| outcome(command).1.contains('\u{1b}');
    assert!(!is_colored(&mut setup.lint(&["in"])));
    assert!(is_colored(&mut setup.lint(&["in", "--color", "always"])));
    assert!(is_colored(setup.lint(&["in"]).env("CLICOLOR_FORCE", "1")));
    assert!(!is_colored(setup.lint(&["in", "--no-color"]).env("CLICOLOR_FORCE", "1")));
    assert!(!is_colored(setup.lint(&["in"]).env("NO_COLOR", "1")));
}

#[test]
fn lines_fill_the_width_that_is_there() {
    let setup = Setup::new(&[("missing.md", MISSING)]);
    for (columns, width) in [("10", 40), ("60", 60), ("300", 120), ("nonsense", 80)] {
        let (_, out, _) = outcome(setup.lint(&["in"]).env("COLUMNS", columns));
        let widest = out.lines().map(|l| l.chars().count()).max().unwrap();
        assert!(widest <= width, "{columns}: {widest}\n{out}");
    }
}

#[test]
fn the_text_of_a_document_is_printed_byte_for_byte() {
    let setup = Setup::new(&[("a.md", "# Café\n\n\u{1b}[31mred\n")]);
    let mut command = assert_cmd::cargo::cargo_bin_cmd!("sro-lint");
    let (status, out, _) = outcome(command.current_dir(setup.path()).args(["text", "in/a.md"]));
    assert_eq!((status, out.as_str()), (0, "# Café\n\n\u{1b}[31mred\n"));
    let mut command = assert_cmd::cargo::cargo_bin_cmd!("sro-lint");
    assert_eq!(outcome(command.current_dir(setup.path()).args(["text", "none.md"])).0, 2);
}

#[test]
fn the_documents_in_an_archive_are_checked_and_its_other_files_left_out() {
    let setup = Setup::new(&[("met.md", MET)]);
    let mut zip = zip::ZipWriter::new(fs::File::create(setup.path().join("in/all.zip")).unwrap());
    for (name, text) in [("b/missing.md", MISSING), ("a/met.md", MET), ("empty.md", ""), ("picture.png", "x")] {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        std::io::Write::write_all(&mut zip, text.as_bytes()).unwrap();
    }
    zip.finish().unwrap();
    let (status, out, err) = setup.run(&["in", "--format", "jsonl", "--verbose"]);
    let paths: Vec<_> =
        out.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()["path"].clone()).collect();
    assert_eq!(paths, ["in/all.zip/a/met.md", "in/all.zip/b/missing.md", "in/met.md"]);
    assert_eq!(status, 2);
    assert!(err.contains("note: left out, no document: in/all.zip/picture.png\n"), "{err}");
    assert!(err.contains("error: in/all.zip/empty.md: This file is empty."), "{err}");
}
