use super::*;
use crate::report::Kind;

/// Writes files and loads the first one; the outcome has no folder in it.
fn load_files(files: &[(&str, &str)]) -> Result<Settings, String> {
    let dir = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = dir.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    load(&dir.path().join(files[0].0)).map_err(|report| {
        let mut text = String::new();
        miette::NarratableReportHandler::new().render_report(&mut text, report.as_ref()).unwrap();
        text.replace(&dir.path().display().to_string(), "DIR")
    })
}

fn mistake(yaml: &str) -> String {
    load_files(&[(".sro-lint.yaml", yaml)]).unwrap_err()
}

#[test]
fn an_unknown_key_names_file_line_and_the_nearest_key() {
    insta::assert_snapshot!(mistake("packs: [ma-37p]\nfail-onn: error\n"), @r#"
    there is no field `fail-onn` here
        Diagnostic severity: error
    Begin snippet for DIR/.sro-lint.yaml starting at line 1, column 1

    snippet line 1: packs: [ma-37p]
    snippet line 2: fail-onn: error
        label at line 2, columns 1 to 15: here
    diagnostic help: did you mean `fail-on`?
    "#);
    insta::assert_snapshot!(mistake("waivers:\n  - code: MOU-7\n    path: a.md\n    reson: none\n"), @r#"
    there is no field `reson` here
        Diagnostic severity: error
    Begin snippet for DIR/.sro-lint.yaml starting at line 3, column 1

    snippet line 3:     path: a.md
    snippet line 4:     reson: none
        label at line 4, columns 5 to 15: here
    diagnostic help: did you mean `reason`?
    "#);
}

#[test]
fn an_unknown_value_and_an_unknown_code_name_the_nearest() {
    insta::assert_snapshot!(mistake("fail-on: eror\n"), @r#"
    `eror` is none of the values allowed here
        Diagnostic severity: error
    Begin snippet for DIR/.sro-lint.yaml starting at line 1, column 1

    snippet line 1: fail-on: eror
        label at line 1, columns 10 to 13: here
    diagnostic help: did you mean `error`?
    "#);
    insta::assert_snapshot!(mistake("severities:\n  MOU-1: off\n  MUO-7: off\n"), @r#"
    no rule pack has a requirement or finding `MUO-7`
        Diagnostic severity: error
    Begin snippet for DIR/.sro-lint.yaml starting at line 2, column 1

    snippet line 2:   MOU-1: off
    snippet line 3:   MUO-7: off
        label at line 3, columns 10 to 12: here
    diagnostic help: did you mean `MOU-7`?
    "#);
}

#[test]
fn a_waiver_without_a_reason_is_refused() {
    insta::assert_snapshot!(mistake("waivers:\n  - code: MOU-7\n    path: a.md\n"), @r#"
    missing field `reason`
        Diagnostic severity: error
    Begin snippet for DIR/.sro-lint.yaml starting at line 1, column 1

    snippet line 1: waivers:
    snippet line 2:   - code: MOU-7
        label at line 2, columns 5 to 15: here
    snippet line 3:     path: a.md
    "#);
    insta::assert_snapshot!(mistake("waivers:\n  - code: MOU-7\n    path: a.md\n    reason: '  '\n"), @r#"
    a waiver needs a reason
        Diagnostic severity: error
    Begin snippet for DIR/.sro-lint.yaml starting at line 1, column 1

    snippet line 1: waivers:
    snippet line 2:   - code: MOU-7
        label at line 2, columns 5 to 15: here
    snippet line 3:     path: a.md
    "#);
}

#[test]
fn malformed_values_are_shown_at_their_line() {
    insta::assert_snapshot!(mistake("exclude:\n  - drafts/**\n  - 'a[b'\n"), @r#"
    `a[b` is no pattern of paths: unclosed character class; missing ']'
        Diagnostic severity: error
    Begin snippet for DIR/.sro-lint.yaml starting at line 2, column 1

    snippet line 2:   - drafts/**
    snippet line 3:   - 'a[b'
        label at line 3, columns 5 to 9: here
    "#);
    insta::assert_snapshot!(mistake("waivers:\n  - {code: MOU-7, path: a.md, reason: x, until: 2027-02-30}\n"), @r#"
    `2027-02-30` is no day: write it as 2027-06-30
        Diagnostic severity: error
    Begin snippet for DIR/.sro-lint.yaml starting at line 1, column 1

    snippet line 1: waivers:
    snippet line 2:   - {code: MOU-7, path: a.md, reason: x, until: 2027-02-30}
        label at line 2, columns 5 to 59: here
    "#);
    insta::assert_snapshot!(mistake("exclude: drafts\n"), @r#"
    invalid type: string "drafts", expected a sequence
        Diagnostic severity: error
    Begin snippet for DIR/.sro-lint.yaml starting at line 1, column 1

    snippet line 1: exclude: drafts
        label at line 1, columns 10 to 15: here
    "#);
    insta::assert_snapshot!(mistake("fail-on: error\nfail-on: never\n"), @r#"
    duplicate entry with key "fail-on"
        Diagnostic severity: error
    Begin snippet for DIR/.sro-lint.yaml starting at line 1, column 1

    snippet line 1: fail-on: error
        label at line 1, columns 1 to 14: here
    snippet line 2: fail-on: never
    "#);
}

#[test]
fn circles_and_absent_files_are_refused_where_they_are_named() {
    insta::assert_snapshot!(
        load_files(&[("a/.sro-lint.yaml", "extends: ../b.yaml\n"), ("b.yaml", "extends: a/.sro-lint.yaml\n")]).unwrap_err(),
        @r#"
        DIR/a/.sro-lint.yaml extends this configuration in turn: they go round in a circle
            Diagnostic severity: error
        Begin snippet for DIR/b.yaml starting at line 1, column 1

        snippet line 1: extends: a/.sro-lint.yaml
            label at line 1, columns 10 to 25: here
        "#
    );
    insta::assert_snapshot!(mistake("fail-on: error\nextends: nowhere.yaml\n"), @r#"
    DIR/nowhere.yaml could not be read: there is no file of this name
        Diagnostic severity: error
    Begin snippet for DIR/.sro-lint.yaml starting at line 1, column 1

    snippet line 1: fail-on: error
    snippet line 2: extends: nowhere.yaml
        label at line 2, columns 10 to 21: here
    "#);
}

#[test]
fn the_nearer_file_wins_and_paths_are_relative_to_the_file_that_states_them() {
    let dir = tempfile::tempdir().unwrap();
    let at = |name: &str| dir.path().canonicalize().unwrap().join(name);
    std::fs::create_dir(at("town")).unwrap();
    let base = "packs: [ma-37p]\nfail-on: warning\nexclude: ['drafts/**']\nseverities: {MOU-1: 'off', MOU-2: advice}\n\
                kinds: [{path: 'town/**', kind: op}]\n";
    std::fs::write(at("base.yaml"), base).unwrap();
    let near = "extends: ../base.yaml\nseverities: {MOU-1: error}\nkinds: [{path: 'a.md', kind: mou}]\n\
                packs: [ours.yaml]\n";
    std::fs::write(at("town/.sro-lint.yaml"), near).unwrap();
    let settings = load(&at("town/.sro-lint.yaml")).unwrap();
    assert_eq!(settings.packs.unwrap().value, [at("town/ours.yaml").display().to_string()]);
    assert_eq!(settings.fail_on.unwrap().at.line, 2);
    assert_eq!(settings.severities["MOU-1"].value.name(), "error");
    assert_eq!(settings.severities["MOU-2"].at.to_string(), format!("{}:4", at("base.yaml").display()));
    let settings = load(&at("town/.sro-lint.yaml")).unwrap();
    assert_eq!(settings.kind(&at("town/a.md")), Some(Kind::Mou));
    assert_eq!(settings.kind(&at("town/b/c.md")), Some(Kind::Op));
    assert!(settings.excludes(&at("drafts/x/mou.md")));
    assert!(!settings.excludes(&at("town/drafts/mou.md")));
}

#[test]
fn an_empty_configuration_states_nothing() {
    let settings = load_files(&[(".sro-lint.yaml", "# nothing yet\n")]).unwrap();
    assert!(settings.packs.is_none() && settings.waivers.is_empty());
}

proptest::proptest! {
    #[test]
    fn any_text_is_a_configuration_or_a_mistake(text in "(packs|waivers|kinds|[\\[\\]{}:,\\-&*a\"'\n #])*") {
        let _ = parse("x", &text);
    }
}
