use crate::render::sample::{agreement, clean, hostile, options, other, render};
use crate::render::{OutputFormat, RenderOptions};

fn plain(documents: &[crate::report::Checked], width: usize) -> String {
    render(OutputFormat::Pretty, RenderOptions { width, ..options() }, documents)
}

/// The coloured report with its colours left out.
fn drawn(documents: &[crate::report::Checked], width: usize) -> String {
    let options = RenderOptions { width, color: true, ..options() };
    let colored = render(OutputFormat::Pretty, options, documents);
    anstream::adapter::strip_str(&colored).to_string()
}

#[test]
fn plain_says_everything_in_words() {
    insta::assert_snapshot!(plain(&[agreement()], 80), @"
    submissions/harborview/mou.docx
    Memorandum of understanding (MOU)
    Title: Agreement on “School Resource Officers”
    Note: Named .doc, but it is a Word .docx file.

      MOU-1   Mission, goals and objectives: met, in I. Mission, paragraph 1, page
              1.
      MOU-7   Training for SROs: partly met. Lacking: training required by the
              Municipal Police Training Committee. The rest stands in VIII. Training
              for SROs, paragraph 2, page 7. This is not certain: please read it
              yourself.
      MOU-8   Collecting and reporting arrests, citations and court referrals:
              missing, it belongs in VIII. Training for SROs.
      MOU-S1  SROs shall not serve as school disciplinarians: contradicted, in II.
              Roles, paragraph 1, page 1.
      3 requirements do not apply to a document of this kind: SOP-1 to SOP-3.

    Finding 1 of 4
      Error: MOU-7, Training for SROs
      What is wrong: The agreement names some of the training that the law requires.
      Where: VIII. Training for SROs, paragraph 2, page 7
      The words: “child and adolescent development”
      In the passage: “Every officer is trained in child and adolescent development,
        conflict resolution, de-escalation of a crisis, and diversion strategies.”
      The words: “diversion strategies”
      What to do: Name the training that the Municipal Police Training Committee
        requires.
      A clause to start from: “Every SRO shall hold the certification required by
        M.G.L. c. 6E, § 3(b).”
      Source: M.G.L. c. 71, § 37P(b)
      How sure: not certain, a person should read this part

    Finding 2 of 4
      Error: MOU-8, Collecting and reporting
      What is wrong: Nothing says who collects and reports the numbers.
      What to do: Say who counts arrests, citations and court referrals, and who
        reports them.
      Where it belongs: VIII. Training for SROs
      Source: M.G.L. c. 71, § 37P(b)

    Finding 3 of 4
      Error: MOU-S1, SROs are no disciplinarians
      What is wrong: The officer is given a part in school discipline.
      Where: II. Roles, paragraph 1, page 1
      The words: “assist the deans with the dress code”
      In the passage: “… door and knows the building well. The officer greets
        students at the door and knows the building well. The officer may assist
        the deans with the dress code when asked. The officer greets students at the
        door and knows the building well. The officer greets students at the …”
      Where: II. Roles, paragraph 2, page 1
      The words: “hand out detention”
      In the passage: “On busy days the officer may also hand out detention slips.”
      Source: M.G.L. c. 71, § 37P(b)

    Finding 4 of 4
      Warning: DOC-1, Blank left in
      What is wrong: A blank was not filled in.
      Where: VIII. Training for SROs, paragraph 1, page 7
      The words: “________”
      In the passage: “The officer reports to ________ during the school day.”

    1 document checked: 1 requirement met, 1 partly met, 1 missing, 1 contradicted;
    3 errors, 1 warning; 1 input could not be checked; 3 files that are no documents
    left out.
    Not checked: locked␛[31m␊: :error::.docx: This file is empty.
    ");
}

#[test]
fn drawn_underlines_the_words_where_they_stand() {
    insta::assert_snapshot!(drawn(&[agreement()], 80), @"
    submissions/harborview/mou.docx
    Memorandum of understanding (MOU)
    Title: Agreement on “School Resource Officers”
    Note: Named .doc, but it is a Word .docx file.

      ✓ MOU-1   Mission, goals and objectives: met, in I. Mission, paragraph 1,
                page 1.
      ◐ MOU-7   Training for SROs: partly met. Lacking: training required by the
                Municipal Police Training Committee. The rest stands in VIII.
                Training for SROs, paragraph 2, page 7. This is not certain: please
                read it yourself.
      ✗ MOU-8   Collecting and reporting arrests, citations and court referrals:
                missing, it belongs in VIII. Training for SROs.
      ! MOU-S1  SROs shall not serve as school disciplinarians: contradicted, in II.
                Roles, paragraph 1, page 1.
      - 3 requirements do not apply to a document of this kind: SOP-1 to SOP-3.

    error: MOU-7 Training for SROs
      ✗ The agreement names some of the training that the law requires.
      ╭─[VIII. Training for SROs, paragraph 2, page 7]
      │ Every officer is trained in child and adolescent development, conflict
      ·                             ────────────────────────────────
      │ resolution, de-escalation of a crisis, and diversion strategies.
      ·                                            ────────────────────
      ╰────
      help: Name the training that the Municipal Police Training Committee
            requires.
            A clause to start from: “Every SRO shall hold the certification
            required by M.G.L. c. 6E, § 3(b).”
            Source: M.G.L. c. 71, § 37P(b)
            How sure: not certain, a person should read this part

    error: MOU-8 Collecting and reporting
      ✗ Nothing says who collects and reports the numbers.
      help: Say who counts arrests, citations and court referrals, and who reports
            them.
            Where it belongs: VIII. Training for SROs
            Source: M.G.L. c. 71, § 37P(b)

    error: MOU-S1 SROs are no disciplinarians
      ✗ The officer is given a part in school discipline.
      ╭─[II. Roles, paragraph 1, page 1]
      │ greets students at the door and knows the building well. The officer may
      │ assist the deans with the dress code when asked. The officer greets
      · ──────────────────┬─────────────────
      ·                   ╰── this provides the opposite
      │ students at the door and knows the building well. The officer greets
      ╰────
      ╭─[II. Roles, paragraph 2, page 1]
      │ On busy days the officer may also hand out detention slips.
      ·                                   ─────────┬────────
      ·                                            ╰── this provides the opposite
      ╰────
      help: Source: M.G.L. c. 71, § 37P(b)

    warning: DOC-1 Blank left in
      ! A blank was not filled in.
      ╭─[VIII. Training for SROs, paragraph 1, page 7]
      │ The officer reports to ________ during the school day.
      ·                        ────────
      ╰────

    1 document checked: 1 requirement met, 1 partly met, 1 missing, 1 contradicted;
    3 errors, 1 warning; 1 input could not be checked; 3 files that are no documents
    left out.
    Not checked: locked␛[31m␊: :error::.docx: This file is empty.
    ");
}

#[test]
fn narrow_terminals_are_filled_and_not_overrun() {
    insta::assert_snapshot!(drawn(&[agreement()], 40), @"
    submissions/harborview/mou.docx
    Memorandum of understanding (MOU)
    Title: Agreement on “School Resource
           Officers”
    Note: Named .doc, but it is a Word .docx
          file.

      ✓ MOU-1   Mission, goals and
                objectives: met, in I.
                Mission, paragraph 1, page
                1.
      ◐ MOU-7   Training for SROs: partly
                met. Lacking: training
                required by the Municipal
                Police Training Committee.
                The rest stands in VIII.
                Training for SROs, paragraph
                2, page 7. This is not
                certain: please read it
                yourself.
      ✗ MOU-8   Collecting and reporting
                arrests, citations and
                court referrals: missing,
                it belongs in VIII. Training
                for SROs.
      ! MOU-S1  SROs shall not serve as
                school disciplinarians:
                contradicted, in II. Roles,
                paragraph 1, page 1.
      - 3 requirements do not apply to a
        document of this kind: SOP-1 to
        SOP-3.

    error: MOU-7 Training for SROs
      ✗ The agreement names some of the
      │ training that the law requires.
      ╭─[VIII. Training for SROs, …]
      │ Every officer is trained in child
      ·                             ─────
      │ and adolescent development,
      · ──────────────────────────
      │ conflict resolution, de-escalation
      │ of a crisis, and diversion
      ·                  ─────────
      │ strategies.
      · ──────────
      ╰────
      help: Name the training that the
            Municipal Police Training
            Committee requires.
            A clause to start from:
            “Every SRO shall hold the
            certification required by
            M.G.L. c. 6E, § 3(b).”
            Source: M.G.L. c. 71, § 37P(b)
            How sure: not certain, a
            person should read this part

    error: MOU-8 Collecting and reporting
      ✗ Nothing says who collects and
      │ reports the numbers.
      help: Say who counts arrests,
            citations and court referrals,
            and who reports them.
            Where it belongs: VIII.
            Training for SROs
            Source: M.G.L. c. 71, § 37P(b)

    error: MOU-S1 SROs are no
      disciplinarians
      ✗ The officer is given a part in
      │ school discipline.
      ╭─[II. Roles, paragraph 1, page 1]
      │ building well. The officer may
      │ assist the deans with the dress
      · ───────────────────────────────
      │ code when asked. The officer
      · ──┬─
      ·   ╰── this provides the opposite
      │ greets students at the door and
      ╰────
      ╭─[II. Roles, paragraph 2, page 1]
      │ On busy days the officer may also
      │ hand out detention slips.
      · ──────────────────
      ╰────
      help: Source: M.G.L. c. 71, § 37P(b)

    warning: DOC-1 Blank left in
      ! A blank was not filled in.
      ╭─[VIII. Training for SROs, …]
      │ The officer reports to ________
      ·                        ────────
      │ during the school day.
      ╰────

    1 document checked: 1 requirement met, 1
    partly met, 1 missing, 1 contradicted; 3
    errors, 1 warning; 1 input could not be
    checked; 3 files that are no documents
    left out.
    Not checked: locked␛[31m␊:
      :error::.docx: This file is empty.
    ");
}

#[test]
fn wide_terminals_are_used() {
    insta::assert_snapshot!(plain(&[agreement()], 120), @"
    submissions/harborview/mou.docx
    Memorandum of understanding (MOU)
    Title: Agreement on “School Resource Officers”
    Note: Named .doc, but it is a Word .docx file.

      MOU-1   Mission, goals and objectives: met, in I. Mission, paragraph 1, page 1.
      MOU-7   Training for SROs: partly met. Lacking: training required by the Municipal Police Training Committee. The rest
              stands in VIII. Training for SROs, paragraph 2, page 7. This is not certain: please read it yourself.
      MOU-8   Collecting and reporting arrests, citations and court referrals: missing, it belongs in VIII. Training for
              SROs.
      MOU-S1  SROs shall not serve as school disciplinarians: contradicted, in II. Roles, paragraph 1, page 1.
      3 requirements do not apply to a document of this kind: SOP-1 to SOP-3.

    Finding 1 of 4
      Error: MOU-7, Training for SROs
      What is wrong: The agreement names some of the training that the law requires.
      Where: VIII. Training for SROs, paragraph 2, page 7
      The words: “child and adolescent development”
      In the passage: “Every officer is trained in child and adolescent development, conflict resolution, de-escalation of a
        crisis, and diversion strategies.”
      The words: “diversion strategies”
      What to do: Name the training that the Municipal Police Training Committee requires.
      A clause to start from: “Every SRO shall hold the certification required by M.G.L. c. 6E, § 3(b).”
      Source: M.G.L. c. 71, § 37P(b)
      How sure: not certain, a person should read this part

    Finding 2 of 4
      Error: MOU-8, Collecting and reporting
      What is wrong: Nothing says who collects and reports the numbers.
      What to do: Say who counts arrests, citations and court referrals, and who reports them.
      Where it belongs: VIII. Training for SROs
      Source: M.G.L. c. 71, § 37P(b)

    Finding 3 of 4
      Error: MOU-S1, SROs are no disciplinarians
      What is wrong: The officer is given a part in school discipline.
      Where: II. Roles, paragraph 1, page 1
      The words: “assist the deans with the dress code”
      In the passage: “… door and knows the building well. The officer greets students at the door and knows the building
        well. The officer may assist the deans with the dress code when asked. The officer greets students at the door and
        knows the building well. The officer greets students at the …”
      Where: II. Roles, paragraph 2, page 1
      The words: “hand out detention”
      In the passage: “On busy days the officer may also hand out detention slips.”
      Source: M.G.L. c. 71, § 37P(b)

    Finding 4 of 4
      Warning: DOC-1, Blank left in
      What is wrong: A blank was not filled in.
      Where: VIII. Training for SROs, paragraph 1, page 7
      The words: “________”
      In the passage: “The officer reports to ________ during the school day.”

    1 document checked: 1 requirement met, 1 partly met, 1 missing, 1 contradicted; 3 errors, 1 warning; 1 input could not
    be checked; 3 files that are no documents left out.
    Not checked: locked␛[31m␊: :error::.docx: This file is empty.
    ");
}

#[test]
fn hostile_text_is_shown_and_not_obeyed() {
    insta::assert_snapshot!(plain(&[hostile()], 80), @r#"
    +cmd|' /C calc'!A1/: :warning::␛[31m.md
    Memorandum of understanding (MOU)
    Title: =HYPERLINK("http://x")

      MOU-1  Mission: missing.

    Finding 1 of 1
      Warning: DOC-1, Blank left in
      What is wrong: Found “: :error: :pwned ␛[2J<script>” here.
      Where: =HYPERLINK("http://x"), paragraph 1
      The words: “: :error: :pwned # #[error] ␛]0;title␇␛[2J
        <script>alert('x')</script> `a`|b **c** @team<U+202E>desrever<U+202C> ]]>
        & -1”
      What to do: Write <it> *plainly*, 100%.
      Source: M.G.L. c. 71, § 37P(b)

    1 document checked: 0 requirements met, 0 partly met, 1 missing, 0 contradicted;
    1 warning; 1 input could not be checked; 3 files that are no documents left out.
    Not checked: locked␛[31m␊: :error::.docx: This file is empty.
    "#);
    insta::assert_snapshot!(drawn(&[hostile()], 80), @r#"
    +cmd|' /C calc'!A1/: :warning::␛[31m.md
    Memorandum of understanding (MOU)
    Title: =HYPERLINK("http://x")

      ✗ MOU-1  Mission: missing.

    warning: DOC-1 Blank left in
      ! Found “: :error: :pwned ␛[2J<script>” here.
      ╭─[=HYPERLINK("http://x"), paragraph 1]
      │ : :error: :pwned # #[error] ␛]0;title␇␛[2J <script>alert('x')</script>
      · ──────────────────────────────────────────────────────────────────────
      │ `a`|b **c** @team<U+202E>desrever<U+202C> ]]> & -1
      · ──────────────────────────────────────────────────
      ╰────
      help: Write <it> *plainly*, 100%.
            Source: M.G.L. c. 71, § 37P(b)

    1 document checked: 0 requirements met, 0 partly met, 1 missing, 0 contradicted;
    1 warning; 1 input could not be checked; 3 files that are no documents left out.
    Not checked: locked␛[31m␊: :error::.docx: This file is empty.
    "#);
}

#[test]
fn a_document_without_findings_and_one_that_is_no_agreement() {
    insta::assert_snapshot!(plain(&[clean(), other()], 80), @"
    op.odt
    Operating procedures (OP)
    Title: Operating procedures of the Harborview police

      SOP-1  The SRO uniform: met.

    menu.pdf
    Neither an MOU nor operating procedures for school resource officers
    Title: Lunch menu

    Finding 1 of 1
      Warning: DOC-0, No agreement
      What is wrong: This is no agreement on school resource officers.
      Source: M.G.L. c. 71, § 37P(b)

    2 documents checked: 1 requirement met, 0 partly met, 0 missing, 0 contradicted;
    1 warning; 1 input could not be checked; 3 files that are no documents left out.
    Not checked: locked␛[31m␊: :error::.docx: This file is empty.
    ");
}

#[test]
fn no_line_runs_over_the_width() {
    for width in [40, 50, 60, 75, 80, 100, 120] {
        let (plain, drawn) = (plain(&[agreement(), hostile()], width), drawn(&[agreement(), hostile()], width));
        for line in plain.lines().chain(drawn.lines()) {
            assert!(unicode_width::UnicodeWidthStr::width(line) <= width, "{width}: {line}");
        }
    }
}
