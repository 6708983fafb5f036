//! Tracked changes.

use super::fixture::{blocks, p, read};
use crate::document::{ChangeKind, Document};

fn changes(document: &Document) -> Vec<String> {
    let mark = |kind| if kind == ChangeKind::Inserted { '+' } else { '-' };
    document.changes().iter().map(|change| format!("{}{}", mark(change.kind), change.text)).collect()
}

#[test]
fn insertions_are_kept_deletions_dropped_and_both_remembered() {
    let document = read(
        "<w:p><w:r><w:t>The SRO </w:t></w:r><w:del><w:r><w:delText>may </w:delText></w:r></w:del>\
         <w:ins><w:r><w:t>shall </w:t></w:r><w:r><w:t>not </w:t></w:r></w:ins><w:r><w:t>search.</w:t></w:r></w:p>",
    );
    assert_eq!(document.text(), "The SRO shall not search.");
    assert_eq!(changes(&document), ["-may ", "+shall not "]);
    assert_eq!(document.slice(document.changes()[1].span), "shall not ");
    assert_eq!(document.changes()[0].span.start, "The SRO ".len());
}

#[test]
fn moved_text_counts_where_it_went() {
    let document = read(
        "<w:p><w:moveFrom><w:r><w:t>old </w:t></w:r></w:moveFrom><w:r><w:t>stays</w:t></w:r></w:p>\
         <w:p><w:moveTo><w:r><w:t>new</w:t></w:r></w:moveTo></w:p>",
    );
    assert_eq!(document.text(), "stays\n\nnew");
    assert_eq!(changes(&document), ["-old ", "+new"]);
}

#[test]
fn text_inserted_and_deleted_again_is_deleted() {
    let document =
        read("<w:p><w:r><w:t>a</w:t></w:r><w:ins><w:del><w:r><w:delText>b</w:delText></w:r></w:del></w:ins></w:p>");
    assert_eq!(document.text(), "a");
    assert_eq!(changes(&document), ["-b"]);
}

#[test]
fn a_deleted_paragraph_mark_joins_paragraphs() {
    let document = read(
        "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>The officer </w:t></w:r></w:p>\
         <w:p><w:pPr><w:jc w:val='center'/></w:pPr><w:r><w:t>reports.</w:t></w:r></w:p>\
         <w:p><w:pPr><w:rPr><w:moveFrom/></w:rPr></w:pPr><w:del><w:r><w:delText>Gone.</w:delText></w:r></w:del></w:p>",
    );
    assert_eq!(blocks(&document), ["p: The officer reports."]);
    assert!(document.blocks()[0].look.centered);
    assert_eq!(changes(&document), ["-Gone."]);
}

#[test]
fn a_deleted_row_is_no_row() {
    let row = |properties: &str, text: &str| format!("<w:tr>{properties}<w:tc>{}</w:tc></w:tr>", p(text));
    let document = read(&format!(
        "<w:tbl>{}{}{}</w:tbl>",
        row("", "one"),
        row("<w:trPr><w:del/></w:trPr>", "two"),
        row("", "three")
    ));
    assert_eq!(blocks(&document), ["cell 0.0.0: one", "cell 0.1.0: three"]);
    assert_eq!(changes(&document), ["-two"]);
}

#[test]
fn former_properties_do_not_count() {
    let document = read(
        "<w:p><w:pPr><w:pPrChange><w:pPr><w:jc w:val='center'/></w:pPr></w:pPrChange></w:pPr>\
         <w:r><w:rPr><w:rPrChange><w:rPr><w:b/><w:vanish/></w:rPr></w:rPrChange></w:rPr><w:t>plain</w:t></w:r></w:p>",
    );
    assert_eq!(blocks(&document), ["p: plain"]);
    assert!(!document.blocks()[0].look.bold && !document.blocks()[0].look.centered);
}
