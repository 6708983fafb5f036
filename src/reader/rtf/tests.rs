//! Tests of the RTF reader on documents in our own words.

use super::super::testing::{check, damage, outline, small_limits};
use super::super::{Limits, ReadError};
use super::read;
use crate::document::{BlockKind, ChangeKind, Document};
use proptest::prelude::*;

const HEAD: &str = r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fcharset0 Times;}{\f1\fcharset204 Courier;}{\f2\fcharset2 Symbol;}}{\stylesheet{\s0 Normal;}{\s1\sbasedon0 heading 1;}{\*\cs9 Some Char;}}{\info{\author Nobody}}";

fn document(body: &str) -> Document {
    read(format!("{HEAD}{body}}}").as_bytes(), &Limits::default()).expect("reads")
}

fn outlined(body: &str) -> String {
    outline(&document(body))
}

#[test]
fn headings_looks_and_characters_are_read() {
    let body = r"\pard\s1\qc\b Training\par\pard\plain{\b Dress. }A \u8220\'93blue\u8221\'94 shirt\line na\'efve\~\emdash\tab {\v hidden}\uc2\u233 ab{\f1\'e4\'e0}{\f2\'b7}\uc1 end\{\}\par{\ul Signed}\par";
    insta::assert_snapshot!(outlined(body), @r"
    Heading { level: 1 }: bold centered Training
    Paragraph: lead=7 Dress. A “blue” shirt⏎naïve —→éда·end{}
    Paragraph: underlined Signed
    ");
}

#[test]
fn labels_come_from_the_list_text() {
    let body = r"\pard{\listtext\pard\plain\f2 \u61623\'3f\tab}\ls1\ilvl0 first\par\pard{\pntext\f0 (b)\tab}\ls1\ilvl1 second\par\pard plain\par";
    insta::assert_snapshot!(outlined(body), @r"
    ListItem { level: 0 }: • first
    ListItem { level: 1 }: (b) second
    Paragraph: plain
    ");
}

#[test]
fn tables_keep_rows_columns_nesting_and_empty_cells() {
    let body = r"before\par\trowd\cellx1\cellx2\pard\intbl Uniform\cell\cell\row\trowd\cellx1\clmrg\cellx2\pard\intbl one\par two\cell\cell\row
\trowd\cellx1\pard\intbl out\par\pard\intbl\itap2 in\nestcell{\*\nesttableprops\trowd\cellx1\nestrow}{\nonesttables\par}\pard\intbl after\cell\row\pard done\par";
    insta::assert_snapshot!(outlined(body), @r"
    Paragraph: before
    TableCell { table: 0, row: 0, column: 0 }: Uniform
    TableCell { table: 0, row: 0, column: 1 }: 
    TableCell { table: 0, row: 1, column: 0 }: one
    TableCell { table: 0, row: 1, column: 0 }: two
    TableCell { table: 0, row: 2, column: 0 }: out
    TableCell { table: 1, row: 0, column: 0 }: in
    TableCell { table: 0, row: 2, column: 0 }: after
    Paragraph: done
    ");
}

#[test]
fn notes_boxes_heads_and_fields_stand_where_they_belong() {
    let body = r#"{\header DRAFT\par}{\header DRAFT\par}Before{\super\chftn{\footnote\pard\plain\chftn  A note.}} after {\field{\*\fldinst HYPERLINK "http://x"}{\fldrslt the page}}{\shp{\*\shpinst{\sp{\sn x}{\sv y}}{\shptxt\pard A box.\par}}{\shprslt again}}{\pict\bin4 {{{{}{\*\unknown gone}.\par"#;
    let document = document(body);
    insta::assert_snapshot!(outline(&document), @r"
    Paragraph: Before after the page.
    Footnote: 1  A note.
    TextBox: A box.
    PageHeader: DRAFT
    ");
    assert_eq!(document.left_out().get("pictures"), Some(&1));
}

#[test]
fn changes_and_comments_are_remembered_and_not_read() {
    let body = r"They meet {\deleted monthly}{\revised weekly}, {\*\atrfstart 7}on Mondays{\*\atrfend 7}{\*\atnid CL}{\*\atnauthor Clerk}\chatn{\*\annotation{\*\atnref 7}Sure?}.\par";
    let document = document(body);
    let changes: Vec<_> = document.changes().iter().map(|c| (c.kind, c.text.as_str())).collect();
    assert_eq!(changes, [(ChangeKind::Deleted, "monthly"), (ChangeKind::Inserted, "weekly")]);
    assert_eq!(document.slice(document.blocks()[0].span), "They meet weekly, on Mondays.");
    let BlockKind::Comment { author, anchor: Some(anchor) } = &document.blocks()[1].kind else { panic!("a comment") };
    assert_eq!((author.as_deref(), document.slice(*anchor)), (Some("Clerk"), "on Mondays"));
}

#[test]
fn broken_and_hostile_files_give_one_sentence() {
    let error = |bytes: &[u8]| read(bytes, &Limits::default()).expect_err("refused");
    assert!(error(br"{\rtf1 cut {\b off").to_string().contains("ends too early"));
    let deep = "{".repeat(300);
    assert!(matches!(error(format!("{{\\rtf1{deep}").as_bytes()), ReadError::TooLarge { .. }));
    let few = Limits { elements: 3, ..Limits::default() };
    assert!(matches!(read(br"{\rtf1\b\b\b\b x}", &few), Err(ReadError::TooLarge { .. })));
}

proptest! {
    #[test]
    fn no_damage_makes_the_reader_panic(edits in proptest::collection::vec(any::<(usize, u8, u8)>(), 1..12)) {
        let body = r"\trowd\cellx1\clvmrg\cellx2\pard\intbl {\footnote\pard n\par}a\cell\nestcell\nestrow\row\pard{\*\atrfstart 7}\u-10179\u-8704 x{\*\atrfend 7}{\*\annotation{\*\atnref 7}{\deleted d}}{\listtext 1.\tab}\'e9\par{\header h}{\shptxt b}";
        let mut bytes = damage(format!("{HEAD}{body}").as_bytes(), &edits);
        bytes.extend(std::iter::repeat_n(b'}', 40));
        check(read(&bytes, &small_limits()));
    }
}
