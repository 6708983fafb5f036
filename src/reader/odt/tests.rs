//! Tests of the OpenDocument reader on documents in our own words.

use super::super::testing::{check, damage, outline, pack, small_limits};
use super::super::{Limits, ReadError};
use super::{read, read_flat};
use crate::document::{BlockKind, ChangeKind, Document};
use proptest::prelude::*;

const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8"?><office:document
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"
 xmlns:dc="http://purl.org/dc/elements/1.1/" office:mimetype="application/vnd.oasis.opendocument.text"><office:automatic-styles>
 <style:style style:name="B" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>
 <style:style style:name="H" style:family="text"><style:text-properties text:display="none"/></style:style>
 <style:style style:name="PB" style:family="paragraph"><style:paragraph-properties fo:text-align="center"/><style:text-properties fo:font-weight="bold"/></style:style>
 <text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="I" style:num-suffix="."/>
 <text:list-level-style-number text:level="2" style:num-format="a" style:num-prefix="(" style:num-suffix=")"/></text:list-style>
 </office:automatic-styles><office:body><office:text>"#;

fn flat(body: &str) -> String {
    format!("{HEAD}{body}</office:text></office:body></office:document>")
}

fn document(body: &str) -> Document {
    read_flat(flat(body).as_bytes(), &Limits::default()).expect("reads")
}

#[test]
fn headings_looks_and_white_space_are_read() {
    let document = document(
        r#"<text:p text:style-name="PB">Joint <text:s text:c="2"/>Agreement</text:p><text:h text:outline-level="2">Training</text:h>
        <text:p><text:span text:style-name="B">Dress. </text:span>A  blue<text:tab/>shirt<text:line-break/>&amp; badge &#8212; daily.<text:span text:style-name="H">secret</text:span></text:p>"#,
    );
    insta::assert_snapshot!(outline(&document), @r"
    Paragraph: bold centered Joint   Agreement
    Heading { level: 2 }: Training
    Paragraph: lead=7 Dress. A blue→shirt⏎& badge — daily.
    ");
    assert_eq!(document.left_out().get("hidden words"), Some(&1));
}

#[test]
fn list_labels_are_rendered_and_continued() {
    let document = document(
        r#"<text:list text:style-name="L"><text:list-item><text:p>one</text:p><text:p>more</text:p><text:list><text:list-item><text:p>sub</text:p></text:list-item>
        <text:list-item><text:p>sub</text:p></text:list-item></text:list></text:list-item><text:list-item><text:p>two</text:p></text:list-item></text:list>
        <text:p>between</text:p><text:list text:style-name="L" text:continue-numbering="true"><text:list-item><text:p>three</text:p></text:list-item></text:list>"#,
    );
    insta::assert_snapshot!(outline(&document), @r"
    ListItem { level: 0 }: I. one
    Paragraph: more
    ListItem { level: 1 }: (a) sub
    ListItem { level: 1 }: (b) sub
    ListItem { level: 0 }: II. two
    Paragraph: between
    ListItem { level: 0 }: III. three
    ");
}

#[test]
fn tables_keep_rows_columns_nesting_and_empty_cells() {
    let document = document(
        r#"<table:table><table:table-row><table:table-cell><text:p>Uniform</text:p></table:table-cell><table:table-cell><text:p/></table:table-cell></table:table-row>
        <table:table-row><table:table-cell table:number-columns-spanned="2"><text:p>Both</text:p><table:table><table:table-row><table:table-cell><text:p>in</text:p></table:table-cell></table:table-row></table:table></table:table-cell><table:covered-table-cell/></table:table-row></table:table>"#,
    );
    insta::assert_snapshot!(outline(&document), @r"
    TableCell { table: 0, row: 0, column: 0 }: Uniform
    TableCell { table: 0, row: 0, column: 1 }: 
    TableCell { table: 0, row: 1, column: 0 }: Both
    TableCell { table: 1, row: 0, column: 0 }: in
    ");
}

#[test]
fn notes_boxes_and_contents_stand_apart_from_the_text() {
    let document = document(
        r#"<text:table-of-content><text:table-of-content-source><text:index-title-template>x</text:index-title-template></text:table-of-content-source><text:index-body><text:p>Training 3</text:p></text:index-body></text:table-of-content>
        <text:p>Before<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>A note.</text:p></text:note-body></text:note> after<draw:frame><draw:text-box><text:p>A box.</text:p></draw:text-box></draw:frame>.</text:p>"#,
    );
    insta::assert_snapshot!(outline(&document), @r"
    Contents: Training 3
    Paragraph: Before after.
    Footnote: 1 A note.
    TextBox: A box.
    ");
}

#[test]
fn changes_and_comments_are_remembered_and_not_read() {
    let document = document(
        r#"<text:tracked-changes><text:changed-region text:id="d"><text:deletion><text:p>monthly</text:p></text:deletion></text:changed-region>
        <text:changed-region text:id="i"><text:insertion/></text:changed-region></text:tracked-changes>
        <text:p>They meet <text:change text:change-id="d"/><text:change-start text:change-id="i"/>weekly<text:change-end text:change-id="i"/>, <office:annotation office:name="c"><dc:creator>Clerk</dc:creator><dc:date>2026</dc:date><text:p>Sure?</text:p></office:annotation>on Mondays<office:annotation-end office:name="c"/>.</text:p>"#,
    );
    let changes: Vec<_> = document.changes().iter().map(|c| (c.kind, c.text.as_str())).collect();
    assert_eq!(changes, [(ChangeKind::Deleted, "monthly"), (ChangeKind::Inserted, "weekly")]);
    assert_eq!(document.slice(document.blocks()[0].span), "They meet weekly, on Mondays.");
    let BlockKind::Comment { author, anchor: Some(anchor) } = &document.blocks()[1].kind else { panic!("a comment") };
    assert_eq!((author.as_deref(), document.slice(*anchor)), (Some("Clerk"), "on Mondays"));
}

#[test]
fn origins_point_at_the_raw_characters() {
    let body = "<text:p>Police &amp; <text:span>School</text:span></text:p>";
    let (source, document) = (flat(body), document(body));
    let raw: Vec<_> = document
        .origins()
        .within(document.blocks()[0].span)
        .iter()
        .map(|(span, origin)| (document.slice(*span), &source[origin.bytes.start as usize..origin.bytes.end as usize]))
        .collect();
    assert_eq!(raw, [("Police & ", "Police &amp; "), ("School", "School")]);
}

#[test]
fn packed_files_bring_running_heads_from_the_styles() {
    let part = |master: &str, body: &str| flat(body).replace("<office:body>", &format!("{master}<office:body>"));
    let styles = part(
        "<office:master-styles><style:master-page><style:header><text:p>DRAFT</text:p></style:header></style:master-page></office:master-styles>",
        "",
    );
    let bytes =
        pack(&[("styles.xml", styles.as_bytes()), ("content.xml", part("", "<text:p>Body</text:p>").as_bytes())]);
    insta::assert_snapshot!(outline(&read(&bytes, &Limits::default()).expect("reads")), @r"
    Paragraph: Body
    PageHeader: DRAFT
    ");
}

#[test]
fn broken_and_hostile_files_give_one_sentence() {
    let protected = pack(&[("META-INF/manifest.xml", b"<m><manifest:encryption-data/></m>"), ("content.xml", b"\x01")]);
    let error = |bytes: &[u8]| read(bytes, &Limits::default()).expect_err("refused").to_string();
    assert!(error(&protected).contains("protected by a password: open it in LibreOffice"));
    assert!(error(&pack(&[("styles.xml", b"<a/>")])).contains("content.xml is missing"));
    assert!(error(&pack(&[("content.xml", b"<a><b>")])).contains("ends too early"));
    assert!(error(&pack(&[("content.xml", b"<a></b>")])).contains("malformed"));
    let deep = "<text:p>".repeat(300);
    let deep = read_flat(flat(&deep).as_bytes(), &Limits::default());
    assert!(matches!(deep, Err(ReadError::TooLarge { what: "the depth of its XML", .. })));
    let bomb = format!(
        "<!DOCTYPE a [<!ENTITY x \"boom\">]>{}",
        flat("<text:p>[&x;]</text:p>").replace("<?xml version=\"1.0\" encoding=\"UTF-8\"?>", "")
    );
    assert_eq!(read_flat(bomb.as_bytes(), &Limits::default()).expect("reads").text(), "[]");
}

proptest! {
    #[test]
    fn no_damage_makes_the_reader_panic(edits in proptest::collection::vec(any::<(usize, u8, u8)>(), 1..12)) {
        let body = r#"<text:list text:style-name="L"><text:list-item><text:p>é one</text:p></text:list-item></text:list><table:table><table:table-row><table:table-cell><text:p>a<text:note><text:note-body><text:p>n</text:p></text:note-body></text:note></text:p></table:table-cell></table:table-row></table:table>
        <text:p><office:annotation office:name="c"><text:p>x</text:p></office:annotation>“w”<office:annotation-end office:name="c"/><text:placeholder>p</text:placeholder></text:p>"#;
        check(read_flat(&damage(flat(body).as_bytes(), &edits), &small_limits()));
        check(read(&damage(&pack(&[("content.xml", flat(body).as_bytes())]), &edits), &small_limits()));
    }
}
