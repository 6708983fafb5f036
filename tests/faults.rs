//! What goes wrong around the program: disks fill up, readers go away, people press Ctrl-C, files vanish.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout, clippy::print_stderr)] // In a test a panic is the report.

use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// Every form of a report.
const FORMATS: [&str; 11] =
    ["pretty", "concise", "json", "jsonl", "sarif", "github", "gitlab", "junit", "markdown", "html", "csv"];
const BATCH_FORMATS: [&str; 4] = ["pretty", "csv", "json", "html"];
/// Longer than anything here takes.
const PATIENCE: Duration = Duration::from_secs(60);

/// A folder with two agreements that lack everything.
fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for name in ["in/Elmford/mou.md", "in/Westmark/mou.md"] {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, "# Memorandum of Understanding\n\nThe school resource officer greets everybody.\n").unwrap();
    }
    folder
}

fn lint(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("sro-lint"));
    command.current_dir(folder).args(args).stdout(Stdio::piped()).stderr(Stdio::piped());
    command.env("NO_COLOR", "1").env("XDG_CACHE_HOME", folder.join("cache"));
    command
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// Every call that writes a report to standard output: arguments.
fn calls() -> Vec<Vec<&'static str>> {
    let check = FORMATS.iter().map(|format| vec!["check", "in", "--kind", "mou", "--format", format]);
    let batch = BATCH_FORMATS.iter().map(|format| vec!["batch", "in", "--format", format]);
    check.chain(batch).collect()
}

fn wait_until(what: &str, mut done: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !done() {
        assert!(begun.elapsed() < PATIENCE, "{what}");
        sleep(Duration::from_millis(10));
    }
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

fn signal(child: &Child, name: &str) {
    assert!(Command::new("kill").args([name, &child.id().to_string()]).status().unwrap().success());
}

/// A pipe with a name: reading it waits for somebody to write.
fn pipe(path: &Path) {
    assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
}

#[test]
fn a_full_disk_is_told_whatever_the_form_of_the_report() {
    let folder = folder();
    for call in calls() {
        let full = OpenOptions::new().write(true).open("/dev/full").unwrap();
        let output = lint(folder.path(), &call).stdout(full).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{call:?}: {}", stderr(&output));
        let told = stderr(&output);
        assert!(told.contains("the report could not be written: the disk is full"), "{call:?}: {told}");
    }
    for own in ["--xlsx", "--output"] {
        let output = lint(folder.path(), &["batch", "in", own, "/dev/full"]).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{own}: {}", stderr(&output));
    }
}

#[test]
fn a_place_that_cannot_be_written_is_told() {
    let folder = folder();
    for (command, option) in [("check", "--output"), ("batch", "--output"), ("batch", "--xlsx"), ("batch", "--letters")]
    {
        // A file stands where a folder is wanted.
        let output = lint(folder.path(), &[command, "in", option, "in/Elmford/mou.md/report"]).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{command} {option}: {}", stderr(&output));
        let told = stderr(&output);
        assert!(told.starts_with("error: ") && told.contains(" could not be written: not a directory"), "{told}");
    }
    assert_eq!(names(folder.path()), ["cache", "in"]);
}

#[test]
fn a_reader_that_goes_away_is_no_fault_whatever_the_form_of_the_report() {
    let folder = folder();
    for call in calls() {
        let mut child = lint(folder.path(), &call).spawn().unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!((output.status.code(), stderr(&output).as_str()), (Some(1), ""), "{call:?}");
    }
    for call in [&["text", "in/Elmford/mou.md"][..], &["rules"], &["explain", "MOU-7"], &["schema", "report"]] {
        let mut child = lint(folder.path(), call).spawn().unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!((output.status.code(), stderr(&output).as_str()), (Some(0), ""), "{call:?}");
    }
}

#[test]
fn ctrl_c_in_a_check_leaves_the_old_report_and_nothing_else() {
    for name in ["-INT", "-TERM"] {
        let folder = folder();
        let path = folder.path();
        fs::create_dir(path.join("out")).unwrap();
        fs::write(path.join("out/report.json"), "old").unwrap();
        pipe(&path.join("slow.md"));
        let args = ["check", "in", "slow.md", "--format", "json", "--output", "out/report.json"];
        let child = lint(path, &args).spawn().unwrap();
        wait_until("a report is in the making", || names(&path.join("out")).len() == 2);
        signal(&child, name);
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(130));
        assert_eq!(names(&path.join("out")), ["report.json"]);
        assert_eq!(fs::read_to_string(path.join("out/report.json")).unwrap(), "old");
    }
}

#[test]
fn ctrl_c_in_a_batch_leaves_the_old_report_and_the_next_run_goes_on() {
    let folder = folder();
    let path = folder.path();
    let text = "The school resource officer greets everybody at the door. ".repeat(2_000);
    for n in 0..300 {
        fs::create_dir(path.join(format!("in/District {n}"))).unwrap();
        fs::write(path.join(format!("in/District {n}/mou.md")), format!("# Memorandum of Understanding {n}\n\n{text}"))
            .unwrap();
    }
    fs::write(path.join("report.csv"), "old").unwrap();
    let child = lint(path, &["batch", "in", "--format", "csv", "--output", "report.csv"]).spawn().unwrap();
    wait_until("some results are kept", || path.join("cache/sro-lint").is_dir());
    signal(&child, "-INT");
    assert_eq!(child.wait_with_output().unwrap().status.code(), Some(130));
    assert_eq!(names(path), ["cache", "in", "report.csv"]);
    assert_eq!(fs::read_to_string(path.join("report.csv")).unwrap(), "old");
    let kept = walkdir::WalkDir::new(path.join("cache")).into_iter().flatten().filter(|e| e.file_type().is_file());
    assert!(
        kept.into_iter().all(|e| e.path().extension().is_some_and(|end| end == "json")),
        "half of a result is kept"
    );
}

#[test]
fn a_file_that_vanishes_before_it_is_read_is_named_and_the_others_are_checked() {
    let folder = folder();
    let path = folder.path();
    pipe(&path.join("slow.md"));
    let child = lint(path, &["check", "slow.md", "in", "--jobs", "1", "--format", "json"]).spawn().unwrap();
    // The pipe opens once the program reads it, and the folder was walked before.
    let mut slow = File::options().write(true).open(path.join("slow.md")).unwrap();
    fs::remove_file(path.join("in/Westmark/mou.md")).unwrap();
    slow.write_all(b"# Agreement\n\nWords.\n").unwrap();
    drop(slow);
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
    assert_eq!(
        stderr(&output),
        "error: in/Westmark/mou.md: This file could not be opened (there is no file of this name). Check the name and \
         that you may read it.\n"
    );
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["documents"].as_array().unwrap().len(), 2);
}

#[test]
fn a_file_that_may_not_be_read_is_named() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder();
    let file = folder.path().join("in/Elmford/mou.md");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o000)).unwrap();
    if File::open(&file).is_ok() {
        // Whoever is root may read everything; a memory file that refuses stands in.
        let output = lint(folder.path(), &["check", "in/Westmark/mou.md", "/proc/self/mem"]).output().unwrap();
        assert_eq!(output.status.code(), Some(2));
        assert!(stderr(&output).contains("/proc/self/mem: This file could not be opened"), "{}", stderr(&output));
        return;
    }
    let output = lint(folder.path(), &["check", "in"]).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("in/Elmford/mou.md: This file could not be opened (you may not read it)."));
}

#[test]
fn a_file_that_another_program_has_locked_is_read_where_a_lock_binds_nobody() {
    let folder = folder();
    let locked = File::open(folder.path().join("in/Elmford/mou.md")).unwrap();
    locked.lock().unwrap();
    let output = lint(folder.path(), &["check", "in", "--kind", "mou", "--format", "concise"]).output().unwrap();
    let report = String::from_utf8(output.stdout.clone()).unwrap();
    assert!(report.contains("Elmford") && report.contains("Westmark"), "{report}{}", stderr(&output));
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn links_that_go_in_circles_end() {
    use std::os::unix::fs::symlink;
    let folder = folder();
    let path = folder.path();
    symlink(path.join("in"), path.join("in/Elmford/again")).unwrap();
    symlink("round.md", path.join("in/round.md")).unwrap();
    for call in [&["check", "in", "--kind", "mou", "--format", "json"][..], &["batch", "in", "--format", "json"]] {
        let output = lint(path, call).output().unwrap();
        assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    }
    let output = lint(path, &["check", "in/round.md"]).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).starts_with("error: in/round.md: This file could not be opened"), "{}", stderr(&output));
}
