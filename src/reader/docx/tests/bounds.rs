//! Bounds: no file takes more memory, depth or time than it may, and no bytes make the reader panic.

use super::fixture::{Package, p};
use crate::document::Span;
use crate::reader::{Limits, ReadError, docx};
use proptest::prelude::*;

fn too_large(package: Package, limits: &Limits) -> &'static str {
    match docx::read(&package.zip(), limits) {
        Err(ReadError::TooLarge { what, .. }) => what,
        other => panic!("not too large: {other:?}"),
    }
}

#[test]
fn each_bound_has_its_own_sentence() {
    let limits = Limits::default;
    let body = |text: &str| Package::new(&p(text));
    assert_eq!(too_large(body("x"), &Limits { members: 1, ..limits() }), "the number of its parts");
    assert_eq!(too_large(body("x"), &Limits { inflated_bytes: 200, ..limits() }), "its decompressed size");
    assert_eq!(too_large(body("x"), &Limits { elements: 4, ..limits() }), "the number of its XML elements");
    let bomb = body(&" ".repeat(8 << 20));
    assert_eq!(too_large(bomb, &limits()), "the ratio at which it is compressed");
}

#[test]
fn depth_is_bounded_in_text_and_in_what_is_passed_over() {
    let nested = |name: &str| format!("<w:{name}>").repeat(100_000) + &format!("</w:{name}>").repeat(100_000);
    for name in ["p", "tbl", "txbxContent", "sdt", "ins", "tblPr", "x"] {
        assert_eq!(too_large(Package::new(&nested(name)), &Limits::default()), "the depth of its XML", "{name}");
    }
}

#[test]
fn many_namespaces_are_bounded() {
    let declarations: String = (0..600).map(|n| format!(" xmlns:a{n}='u'")).collect();
    let package = Package::new(&format!("<w:p{declarations}/>"));
    assert_eq!(too_large(package, &Limits::default()), "the number of its XML namespaces");
}

#[test]
fn misplaced_elements_do_no_harm() {
    let body = "<w:tc><w:p><w:tr><w:trPr><w:del/></w:trPr></w:tr><w:pPr/></w:p></w:tc><w:t>loose</w:t>\
                <w:r><w:fldChar w:fldCharType='end'/><w:fldChar w:fldCharType='separate'/></w:r>\
                <w:tbl><w:tc><w:trPr><w:del/></w:trPr><w:tcPr><w:cellDel/></w:tcPr></w:tc></w:tbl>\
                <w:p><w:r><w:t>outer</w:t><w:p><w:r><w:t>inner</w:t></w:r></w:p></w:r></w:p>\
                <mc:Fallback><w:p><w:r><w:t>alone</w:t></w:r></w:p></mc:Fallback>";
    assert_eq!(Package::new(body).read().text(), "loose\n\nouter\n\ninner\n\nalone");
}

/// Elements that open something, to be strewn about.
const NAMES: [&str; 24] = [
    "p",
    "r",
    "t",
    "tbl",
    "tr",
    "tc",
    "ins",
    "del",
    "sdt",
    "sdtPr",
    "sdtContent",
    "pPr",
    "rPr",
    "trPr",
    "tcPr",
    "txbxContent",
    "delText",
    "instrText",
    "fldSimple",
    "object",
    "moveFrom",
    "moveTo",
    "numPr",
    "sectPr",
];
const LEAVES: [&str; 10] = [
    "<w:fldChar w:fldCharType='begin'/>",
    "<w:fldChar w:fldCharType='separate'/>",
    "<w:fldChar w:fldCharType='end'/>",
    "<w:showingPlcHdr/>",
    "<w:del/>",
    "<w:lastRenderedPageBreak/>",
    "<w:br w:type='page'/>",
    "<w:commentRangeStart w:id='1'/>",
    "<w:commentRangeEnd w:id='1'/>",
    "é &amp; x",
];

fn bodies() -> impl Strategy<Value = String> {
    let leaf = prop::sample::select(&LEAVES[..]).prop_map(str::to_owned);
    leaf.prop_recursive(6, 60, 5, |inner| {
        (prop::sample::select(&NAMES[..]), prop::collection::vec(inner, 0..5))
            .prop_map(|(name, children)| format!("<w:{name}>{}</w:{name}>", children.concat()))
    })
}

proptest! {
    #[test]
    fn any_nesting_of_elements_gives_spans_within_the_text(bodies in prop::collection::vec(bodies(), 1..6)) {
        if let Ok(document) = Package::new(&bodies.concat()).try_read() {
            let text = document.text();
            let inside = |span: Span| text.get(span.start..span.end).is_some();
            for block in document.blocks() {
                prop_assert!(inside(block.span));
                prop_assert!(block.pieces.iter().all(|piece| inside(*piece) && block.span.contains(*piece)));
                prop_assert!(block.look.lead <= block.span.len());
            }
            prop_assert!(document.changes().iter().all(|change| inside(change.span)));
            prop_assert!(document.placeholders().iter().all(|span| inside(*span)));
        }
    }

    #[test]
    fn damaged_bytes_are_read_or_refused(at in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8), cut in any::<prop::sample::Index>()) {
        let mut bytes = Package::new(&(p("one") + &p("two"))).zip();
        for (index, byte) in at {
            let index = index.index(bytes.len());
            bytes[index] = byte;
        }
        let _ = docx::read(&bytes, &Limits::default());
        bytes.truncate(cut.index(bytes.len()));
        let _ = docx::read(&bytes, &Limits::default());
    }
}
