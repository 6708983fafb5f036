//! Notes, headers, footers and comments.

use super::fixture::{Package, blocks, p};
use crate::document::BlockKind;

#[test]
fn notes_follow_the_paragraph_that_refers_to_them() {
    let body = format!(
        "<w:p><w:r><w:t>First</w:t></w:r><w:r><w:footnoteReference w:id='2'/></w:r><w:r><w:t> sentence.</w:t></w:r><w:r><w:endnoteReference w:id='1'/></w:r></w:p>\
         <w:p><w:del><w:r><w:footnoteReference w:id='3'/></w:r></w:del><w:r><w:t>Second.</w:t></w:r></w:p>{}",
        p("Third.")
    );
    let note = |name: &str, id: u8, text: &str| format!("<w:{name} w:id='{id}'>{}</w:{name}>", p(text));
    let footnotes = format!(
        "<w:footnotes {{}}><w:footnote w:type='separator' w:id='0'>{}</w:footnote>{}{}</w:footnotes>",
        p("-----"),
        note("footnote", 2, "A note."),
        note("footnote", 3, "Of deleted words.")
    );
    let endnotes = format!("<w:endnotes {{}}>{}</w:endnotes>", note("endnote", 1, "At the end."));
    let document = Package::new(&body).with("footnotes", &footnotes).with("endnotes", &endnotes).read();
    assert_eq!(
        blocks(&document),
        ["p: First sentence.", "note: 1 A note.", "note: i At the end.", "p: Second.", "p: Third."]
    );
    assert_eq!(document.blocks()[1].label.as_deref(), Some("1"));
}

#[test]
fn headers_and_footers_come_once_after_the_body() {
    let section =
        "<w:sectPr><w:headerReference w:type='default' r:id='header1'/><w:footerReference r:id='footer1'/></w:sectPr>";
    let body = format!(
        "<w:p><w:pPr>{section}</w:pPr></w:p>{}<w:p><w:r><w:t>Body</w:t></w:r></w:p>{section}",
        p("the next section goes on")
    );
    let header = format!("<w:hdr {{}}>{}</w:hdr>", p("Harborview Public Schools"));
    let footer = "<w:ftr {}><w:p><w:r><w:t>Page </w:t></w:r><w:fldSimple w:instr='PAGE'><w:r><w:t>1</w:t></w:r></w:fldSimple></w:p></w:ftr>";
    let document = Package::new(&body).with("header", &header).with("footer", footer).read();
    assert_eq!(
        blocks(&document),
        ["p: the next section goes on", "p: Body", "header: Harborview Public Schools", "footer: Page 1"]
    );
}

#[test]
fn a_watermark_is_found_in_the_header() {
    let header = "<w:hdr {}><w:p><w:r><w:pict><v:shape><v:textpath style='x' string='DRAFT'/></v:shape></w:pict></w:r></w:p></w:hdr>";
    let body = format!("{}<w:sectPr><w:headerReference r:id='header1'/></w:sectPr>", p("Body"));
    let document = Package::new(&body).with("header", header).read();
    assert_eq!(blocks(&document), ["p: Body", "header: DRAFT"]);
}

#[test]
fn comments_come_last_with_author_and_anchor() {
    let body = format!(
        "<w:p><w:r><w:t>The Chief </w:t></w:r><w:commentRangeStart w:id='4'/><w:r><w:t>may assign</w:t></w:r></w:p>\
         <w:p><w:r><w:t>an officer</w:t></w:r><w:commentRangeEnd w:id='4'/><w:r><w:commentReference w:id='4'/><w:t>.</w:t></w:r></w:p>{}",
        p("End.")
    );
    let comments = format!(
        "<w:comments {{}}><w:comment w:id='4' w:author='A. Clerk'>{}{}</w:comment><w:comment w:id='9'>{}</w:comment></w:comments>",
        p("Ask counsel."),
        p("Soon."),
        p("Nowhere.")
    );
    let document = Package::new(&body).with("comments", &comments).read();
    assert_eq!(blocks(&document)[3..], ["comment by A. Clerk: Ask counsel.\nSoon.", "comment by ?: Nowhere."]);
    let anchors: Vec<Option<&str>> = document.blocks()[3..]
        .iter()
        .map(|block| match &block.kind {
            BlockKind::Comment { anchor, .. } => anchor.map(|span| document.slice(span)),
            _ => None,
        })
        .collect();
    assert_eq!(anchors, [Some("may assign\n\nan officer"), None]);
}
