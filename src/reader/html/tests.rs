//! Tests of the HTML reader on pages in our own words.

use super::super::testing::{check, damage, outline, small_limits};
use super::super::{Limits, ReadError};
use super::read;
use crate::document::Document;
use proptest::prelude::*;

fn document(page: &str) -> Document {
    read(page.as_bytes(), &Limits::default()).expect("reads")
}

fn outlined(page: &str) -> String {
    outline(&document(page))
}

#[test]
fn a_saved_page_is_read_without_its_site() {
    let page = r#"<!DOCTYPE html><html><head><title>Agreement | Town</title><style>.x{display:none}</style><script>var a = "<p>no</p>";</script></head>
    <body><header><a href="/">Town</a></header><nav><ul><li>Home</ul></nav><div class="cookie-banner">We use cookies</div>
    <main><header><h1>Agreement</h1></header><p>The <b>officer</b> wears blue.<p hidden>no</p><p style="display: none">no<p class=x>no</p></main>
    <aside>News</aside><div>Related pages</div><footer>Contact</footer></body></html>"#;
    let document = document(page);
    insta::assert_snapshot!(outline(&document), @r"
    Heading { level: 1 }: bold Agreement
    Paragraph: The officer wears blue.
    ");
    assert_eq!(document.left_out().get("paragraphs outside the page's main part"), Some(&1));
}

#[test]
fn lists_are_numbered_as_browsers_do() {
    let page = "<ol type=I start=3><li>three<ul><li>dot</ul><li value=7>seven<p>more</ol><ol style='list-style-type:lower-alpha'><li><p>a</p></li></ol><ul style='list-style:none'><li>bare</ul>";
    insta::assert_snapshot!(outlined(page), @r"
    ListItem { level: 0 }: III. three
    ListItem { level: 1 }: • dot
    ListItem { level: 0 }: VII. seven
    Paragraph: more
    ListItem { level: 0 }: a. a
    Paragraph: bare
    ");
}

#[test]
fn tables_keep_rows_columns_spans_and_empty_cells() {
    let page = "<table><thead><tr><th>Item<th>Rule<tbody><tr><td rowspan=2>Uniform<td></td><tr><td>blue<table><tr><td>in</table></table>";
    insta::assert_snapshot!(outlined(page), @r"
    TableCell { table: 0, row: 0, column: 0 }: bold Item
    TableCell { table: 0, row: 0, column: 1 }: bold Rule
    TableCell { table: 0, row: 1, column: 0 }: Uniform
    TableCell { table: 0, row: 1, column: 1 }: 
    TableCell { table: 0, row: 2, column: 1 }: blue
    TableCell { table: 1, row: 0, column: 0 }: in
    ");
}

#[test]
fn white_space_breaks_and_looks_are_kept_as_shown() {
    let page = "<p align=center><b>  Joint\n Agreement </b></p><p><u>Dress.</u> Blue<br>shirt &amp; badge<custom-tag> daily</custom-tag>.<pre>a\n  b</pre>x < y";
    insta::assert_snapshot!(outlined(page), @r"
    Paragraph: bold centered Joint Agreement 
    Paragraph: lead=6 Dress. Blue⏎shirt & badge daily.
    Paragraph: a⏎  b
    Paragraph: x < y
    ");
}

#[test]
fn deletions_are_remembered_and_notes_named() {
    let page = "<p>They meet <del>monthly</del><ins>weekly</ins>.</p><div id=sdfootnote1><p>A note.</div>";
    let document = document(page);
    insta::assert_snapshot!(outline(&document), @r"
    Paragraph: They meet weekly.
    Footnote: A note.
    ");
    assert_eq!(document.changes().len(), 2);
}

#[test]
fn the_encoding_is_found() {
    let text = |bytes: &[u8]| read(bytes, &Limits::default()).expect("reads").text().to_owned();
    assert_eq!(text(b"<meta charset=\"iso-8859-2\"><p>\xb1"), "ą");
    assert_eq!(text(b"<p>\x93na\xefve\x94"), "“naïve”");
    assert_eq!(text("<p>“naïve”".as_bytes()), "“naïve”");
    assert_eq!(text(b"\xff\xfe<\0p\0>\0x\0"), "x");
}

#[test]
fn hostile_pages_are_refused_or_read_in_little_time() {
    let deep = read("<div>".repeat(1000).as_bytes(), &Limits::default());
    assert!(matches!(deep, Err(ReadError::TooLarge { what: "the depth of its HTML", .. })));
    let attributes: String = (0..200_000).map(|i| format!(" a{i}=1")).collect();
    assert_eq!(outlined(&format!("<p{attributes}>x")), "Paragraph: x");
    let fonts: String = (0..200).map(|i| format!("<font size={i}>")).collect();
    assert!(read(format!("{fonts}{}x", "<p>y".repeat(20_000)).as_bytes(), &Limits::default()).is_ok());
}

proptest! {
    #[test]
    fn no_damage_makes_the_reader_panic(edits in proptest::collection::vec(any::<(usize, u8, u8)>(), 1..12)) {
        let page = "<html><style>.a, p.b{font-weight:bold}</style><ol start=4><li>é<ul><li>&sect;&#8212;</ul></ol><table><tr><td rowspan=3 colspan=9>“a”<td><table><tr><th>x</table></table><p class='a b'><del>d</del><ins>i</ins><pre>\n z";
        check(read(&damage(page.as_bytes(), &edits), &small_limits()));
    }
}
