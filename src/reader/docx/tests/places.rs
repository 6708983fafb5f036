//! Places: every text leads back to its bytes in the part as stored.

use super::fixture::{NAMESPACES, Package};
use crate::document::{Document, Span};

const BODY: &str = "<w:p><w:r><w:t>The Chief &amp; the </w:t></w:r><w:r><w:t xml:space='preserve'>Süd officer</w:t><w:tab/><w:t><![CDATA[a<b]]></w:t></w:r></w:p>\
                    <w:p><w:r/><w:r><w:t>second &#167; 37P</w:t></w:r></w:p>";

fn source() -> String {
    format!("<?xml version='1.0'?>\n<w:document {NAMESPACES}><w:body>{BODY}</w:body></w:document>")
}

/// Text and stored bytes of every piece, with paragraph and run.
fn pieces(document: &Document, stored: &[u8]) -> Vec<(String, Vec<u8>, u32, u32)> {
    let all = document.origins().within(Span::new(0, document.text().len()));
    let bytes = |range: &std::ops::Range<u32>| stored[range.start as usize..range.end as usize].to_vec();
    all.iter()
        .map(|(span, origin)| (document.slice(*span).to_owned(), bytes(&origin.bytes), origin.paragraph, origin.run))
        .collect()
}

fn expected() -> Vec<(&'static str, &'static str, u32, u32)> {
    vec![
        ("The Chief ", "The Chief ", 0, 0),
        ("&", "&amp;", 0, 0),
        (" the ", " the ", 0, 0),
        ("Süd officer", "Süd officer", 0, 1),
        ("\t", "<w:tab/>", 0, 1),
        ("a<b", "a<b", 0, 1),
        ("second ", "second ", 1, 1),
        ("§", "&#167;", 1, 1),
        (" 37P", " 37P", 1, 1),
    ]
}

fn check(stored: &[u8], decode: impl Fn(&[u8]) -> String) {
    let document = Package::new("").raw("word/document.xml", stored).read();
    assert_eq!(document.origins().parts(), ["word/document.xml"]);
    let found: Vec<_> = pieces(&document, stored).into_iter().map(|(t, b, p, r)| (t, decode(&b), p, r)).collect();
    let found: Vec<_> = found.iter().map(|(t, b, p, r)| (t.as_str(), b.as_str(), *p, *r)).collect();
    assert_eq!(found, expected());
}

#[test]
fn every_text_has_its_bytes() {
    check(source().as_bytes(), |bytes| String::from_utf8(bytes.to_vec()).expect("UTF-8"));
}

#[test]
fn a_byte_order_mark_is_counted() {
    let stored = ["\u{feff}", &source()].concat();
    check(stored.as_bytes(), |bytes| String::from_utf8(bytes.to_vec()).expect("UTF-8"));
}

#[test]
fn places_in_a_utf16_part_are_places_in_utf16() {
    let stored: Vec<u8> = format!("\u{feff}{}", source()).encode_utf16().flat_map(u16::to_le_bytes).collect();
    check(&stored, |bytes| {
        let (units, _) = bytes.as_chunks::<2>();
        String::from_utf16(&units.iter().map(|unit| u16::from_le_bytes(*unit)).collect::<Vec<_>>()).expect("UTF-16")
    });
}

#[test]
fn notes_have_their_own_part_and_paragraphs() {
    let notes = "<w:footnotes {}><w:footnote w:id='1'><w:p><w:r><w:t>one</w:t></w:r></w:p></w:footnote><w:footnote w:id='2'><w:p><w:r><w:t>two</w:t></w:r></w:p></w:footnote></w:footnotes>";
    let body = "<w:p><w:r><w:t>x</w:t><w:footnoteReference w:id='1'/><w:footnoteReference w:id='2'/></w:r></w:p>";
    let document = Package::new(body).with("footnotes", notes).read();
    let at = document.text().find("two").expect("the note");
    let (_, origin) = &document.origins().within(Span::new(at, at + 3))[0];
    assert_eq!(document.origins().parts()[usize::from(origin.part)], "word/footnotes.xml");
    assert_eq!((origin.paragraph, origin.run), (1, 0));
}
