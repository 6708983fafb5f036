//! `sro-lint batch` as a whole: grouping, verdicts on submissions, outputs, cache, and what goes wrong around it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout, clippy::print_stderr)] // In a test a panic is the report.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
#[path = "support/folder.rs"]
mod folder;
use folder::Folder;

const PACK: &str = r#"
id: test
version: "1"
title: Test pack
requirements:
  - id: T-MOU
    title: The hat
    kinds: [mou]
    source: No law at all
    explain: The hat.
    elements:
      - id: hat
        title: the hat
        provides: ["hat"]
  - id: T-OP
    title: The coat
    kinds: [op]
    source: No law at all
    explain: The coat.
    elements:
      - id: coat
        title: the coat
        provides: ["coat"]
"#;
const CONFIG: &str = "kinds:\n  - path: 'in/**/*mou*'\n    kind: mou\n  - path: 'in/**/*op*'\n    kind: op\n";
const HAT: &str = "# Agreement\n\nThe officer shall wear a hat.\n";
const COAT: &str = "# Procedures\n\nThe officer shall wear a coat.\n";
const NEITHER: &str = "# Agreement\n\nThe officer shall greet everybody.\n";

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
        setup.write(".sro-lint.yaml", CONFIG);
        files.iter().for_each(|(name, text)| setup.write(&format!("in/{name}"), text));
        setup
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_sro-lint"));
        command.current_dir(self.path()).env("NO_COLOR", "1");
        let usual = ["batch", "in", "--pack", "pack.yaml", "--as-of", "2026-01-31", "--cache-dir", "cache"];
        command.args(usual).args(args);
        command
    }

    fn run(&self, args: &[&str]) -> (i32, String, String) {
        let output = self.command(args).output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
    }

    fn json(&self, args: &[&str]) -> serde_json::Value {
        let (_, out, err) = self.run(&[&["--format", "json"], args].concat());
        serde_json::from_str(&out).unwrap_or_else(|e| panic!("{e}: {out}{err}"))
    }
}

const TWO: &[(&str, &str)] =
    &[("Elmford/mou.md", HAT), ("Elmford/op.md", COAT), ("Westmark/mou.md", NEITHER), ("Westmark/op.md", COAT)];

#[test]
fn the_table_has_a_row_for_each_district_and_the_roster_s_absent_ones() {
    let setup = Setup::new(TWO);
    setup.write("roster.csv", "district_code,district\n7,Elmford\n8,Westmark\n9,Oakdale\n");
    let (status, out, err) = setup.run(&["--format", "csv", "--roster", "roster.csv"]);
    assert_eq!((status, err.as_str()), (1, ""));
    insta::assert_snapshot!(out, @r#"
    district_code,district,T-MOU,T-OP,not_handed_in,files,unreadable,findings,duplicates
    7,Elmford,met,met,,2,0,2,in/Elmford/op.md says the same as in/Westmark/op.md of 8 Westmark
    8,Westmark,missing,met,,2,0,3,in/Westmark/op.md says the same as in/Elmford/op.md of 7 Elmford
    9,Oakdale,not handed in,not handed in,memorandum of understanding; operating procedures,0,0,2,
    "#);
}

#[test]
fn the_screen_has_a_few_lines_for_each_district() {
    let setup = Setup::new(&[TWO, &[("Oakdale/mou.docx", ""), ("elm_mou.md", HAT)]].concat());
    let (status, out, err) = setup.run(&[]);
    assert_eq!(status, 2, "{err}");
    insta::assert_snapshot!(out, @r#"
    Elmford: complete
    Oakdale: 2 not readable
      not handed in: memorandum of understanding (unless it is the file that could not be read)
      not handed in: operating procedures (unless it is the file that could not be read)
      not readable: in/Oakdale/mou.docx
    Westmark: 1 met, 1 missing
      T-MOU missing
    elm: 1 met, 1 not handed in
      not handed in: operating procedures

    Elmford: in/Elmford/mou.md says the same as in/elm_mou.md of elm
    Elmford: in/Elmford/op.md says the same as in/Westmark/op.md of Westmark
    Westmark: in/Westmark/op.md says the same as in/Elmford/op.md of Elmford
    elm: in/elm_mou.md says the same as in/Elmford/mou.md of Elmford
    4 districts: 1 complete, 0 sent nothing; 5 files read, 1 not readable; 9 findings
    "#);
}

#[test]
fn an_archive_is_a_folder_of_districts() {
    let setup = Setup::new(&[]);
    fs::create_dir(setup.path().join("in")).unwrap();
    let mut zip = zip::ZipWriter::new(fs::File::create(setup.path().join("in/all.zip")).unwrap());
    for (name, text) in TWO {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        std::io::Write::write_all(&mut zip, text.as_bytes()).unwrap();
    }
    zip.finish().unwrap();
    let report = setup.json(&[]);
    let names: Vec<_> = report["submissions"].as_array().unwrap().iter().map(|s| &s["district"]).collect();
    assert_eq!(names, ["Elmford", "Westmark"]);
    assert_eq!(report["submissions"][0]["documents"][1]["path"], "in/all.zip/Elmford/op.md");
}

#[test]
fn a_manifest_says_whose_each_file_is_and_its_mistakes_have_their_line() {
    let setup = Setup::new(&[("a.mou.md", HAT), ("b.op.md", COAT)]);
    let error = |rows: &str| {
        setup.write("manifest.csv", &format!("district_code,district,path\n{rows}"));
        let (status, _, err) = setup.run(&["--manifest", "manifest.csv"]);
        assert_eq!(status, 2);
        err
    };
    let errors = [
        error("7,Elmford,a.mou.md\n7,Elmford,c.md\n"),
        error("7,Elmford,a.mou.md\n7,Westmark,b.op.md\n"),
        error("7,Elmford,a.mou.md\n8,Westmark,./a.mou.md\n"),
    ];
    insta::assert_snapshot!(errors.concat(), @r#"
    error: manifest.csv:3: there is no document “c.md” in the folder
    error: manifest.csv:3: code “7” is “Westmark” here, but “Elmford” on line 2
    error: manifest.csv:3: “./a.mou.md” is on line 2 already
    "#);
    setup.write("manifest.csv", "district_code;district;path\n7;Elmford;a.mou.md\n");
    let (_, _, err) = setup.run(&["--manifest", "manifest.csv"]);
    assert!(err.contains("manifest.csv:1: unknown column") && err.contains("with commas between them"), "{err}");
    setup.write("manifest.csv", "path,district,district_code\na.mou.md,Elmford,7\nb.op.md,Elmford,7\n");
    assert_eq!(setup.run(&["--manifest", "manifest.csv"]).0, 0);
}

#[test]
fn a_second_run_reads_nothing_anew_until_a_file_or_the_pack_changes() {
    let setup = Setup::new(TWO);
    let done = || setup.run(&["--resume"]).2;
    assert_eq!(done(), "note: 0 of 4 files were done in an earlier run\n");
    let first = setup.json(&[]);
    assert_eq!(done(), "note: 4 of 4 files were done in an earlier run\n");
    assert_eq!(first, setup.json(&[]));
    setup.write("in/Westmark/mou.md", HAT);
    assert_eq!(done(), "note: 3 of 4 files were done in an earlier run\n");
    setup.write("pack.yaml", &PACK.replace("[\"hat\"]", "[\"cap\"]"));
    assert_eq!(done(), "note: 0 of 4 files were done in an earlier run\n");
}

/// A run that is killed leaves the old report and no half of a new one; the next run goes on where it ended.
#[test]
fn a_run_killed_in_the_middle_is_resumed() {
    let files: Vec<(String, String)> =
        (0..400).map(|n| (format!("District {n}/mou.md"), format!("{HAT}\n\n{n}"))).collect();
    let setup = Setup::new(&files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect::<Vec<_>>());
    setup.write("report.csv", "old");
    let args = ["--jobs", "1", "--resume", "--format", "csv", "--output", "report.csv"];
    let mut run = setup.command(&args).spawn().unwrap();
    let kept = || walk(&setup.path().join("cache")).iter().filter(|p| p.extension().is_some()).count();
    while kept() == 0 && run.try_wait().unwrap().is_none() {
        std::thread::sleep(std::time::Duration::from_millis(1));
    }
    run.kill().unwrap();
    let ended = run.wait().unwrap();
    if ended.code().is_none() {
        assert_eq!(fs::read_to_string(setup.path().join("report.csv")).unwrap(), "old");
    }
    let (_, _, err) = setup.run(&args);
    let done: usize = err.split_whitespace().nth(1).unwrap().parse().unwrap();
    assert!(done > 0 && err.ends_with("of 400 files were done in an earlier run\n"), "{err}");
    assert_eq!(fs::read_to_string(setup.path().join("report.csv")).unwrap().lines().count(), 401);
}

fn walk(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.flat_map(|e| if e.path().is_dir() { walk(&e.path()) } else { vec![e.path()] }).collect()
}

#[test]
fn findings_are_compared_with_last_year_s_report_or_folder() {
    let setup = Setup::new(TWO);
    setup.run(&["--format", "json", "--output", "last.json"]);
    setup.write("last/Elmford/mou.md", NEITHER);
    setup.write("in/Westmark/mou.md", HAT);
    setup.write("in/Elmford/op.md", NEITHER);
    let last = |previous: &str| setup.run(&["--previous", previous]).1.lines().last().unwrap().to_owned();
    assert_eq!(last("last.json"), "since last year: 1 new, 4 kept, 1 resolved");
    let (status, _, err) = setup.run(&["--previous", "pack.yaml"]);
    assert_eq!(status, 2);
    assert!(err.contains("pack.yaml:2: no JSON report of `sro-lint batch`"), "{err}");
}

#[test]
fn a_report_that_cannot_be_written_leaves_the_old_one() {
    let setup = Setup::new(TWO);
    setup.write("report.csv", "old");
    let (status, ..) = setup.run(&["--format", "csv", "-o", "report.csv", "--roster", "absent.csv"]);
    assert_eq!((status, fs::read_to_string(setup.path().join("report.csv")).unwrap().as_str()), (2, "old"));
    let (status, _, err) = setup.run(&["--format", "csv", "-o", "report.csv", "--xlsx", "absent/table.xlsx"]);
    assert_eq!(status, 2);
    assert_eq!(err, "error: absent/table.xlsx could not be written: there is no such folder\n");
}

#[test]
fn letters_are_word_files_and_no_input_of_the_next_run() {
    let setup = Setup::new(TWO);
    assert_eq!(setup.run(&["--letters", "in/letters"]).0, 1);
    let mut names: Vec<_> = fs::read_dir(setup.path().join("in/letters"))
        .unwrap()
        .map(|e| e.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(names, ["elmford.docx", "westmark.docx"]);
    #[cfg(unix)]
    {
        // They are to be sent: whoever may read an ordinary new file may read a letter.
        use std::os::unix::fs::PermissionsExt;
        let mode = |name: &str| fs::metadata(setup.path().join(name)).unwrap().permissions().mode();
        setup.write("ordinary", "");
        assert_eq!(mode("in/letters/elmford.docx"), mode("ordinary"));
    }
    let (_, out, _) = setup.run(&["--letters", "in/letters"]);
    assert!(out.contains("\n2 districts: 1 complete"), "{out}");
    setup.write("letter.txt", "Dear {distrct}\n{findings}\n");
    let (status, _, err) = setup.run(&["--letters", "in/letters", "--letter-template", "letter.txt"]);
    assert_eq!(status, 2);
    assert!(err.contains("letter.txt:1: there is no field {distrct} (perhaps {district}?)"), "{err}");
}

#[test]
fn a_spreadsheet_program_opens_the_workbook() {
    let setup = Setup::new(TWO);
    assert_eq!(setup.run(&["--xlsx", "out.xlsx"]).0, 1);
    let filter = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1";
    let profile = format!("-env:UserInstallation=file://{}/profile", setup.path().display());
    let run = std::process::Command::new("soffice")
        .current_dir(setup.path())
        .args([&profile, "--headless", "--convert-to", filter, "out.xlsx"])
        .output();
    let Ok(run) = run else {
        assert!(std::env::var_os("SRO_LINT_REQUIRE_TOOLS").is_none(), "soffice is absent");
        eprintln!("skipped: soffice is absent");
        return;
    };
    assert!(run.status.success());
    let sheet = |name: &str| fs::read_to_string(setup.path().join(format!("out-{name}.csv"))).unwrap();
    insta::assert_snapshot!(sheet("Districts"), @r#"
    Code,District,T-MOU,T-OP,Not handed in,Files,Unreadable,Findings,Duplicates
    ,Elmford,met,met,,2,0,2,in/Elmford/op.md says the same as in/Westmark/op.md of Westmark
    ,Westmark,missing,met,,2,0,3,in/Westmark/op.md says the same as in/Elmford/op.md of Elmford
    "#);
}
