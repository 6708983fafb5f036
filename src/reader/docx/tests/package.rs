//! Packages as they come, and those that are refused.

use super::fixture::{NAMESPACES, Package, p};
use crate::reader::{Limits, ReadError, docx};

fn refusal(package: Package) -> String {
    package.try_read().expect_err("a refusal").to_string()
}

fn main_part(text: &str) -> String {
    format!("<w:document {NAMESPACES}><w:body>{}</w:body></w:document>", p(text))
}

#[test]
fn the_main_part_is_found_through_the_relationship() {
    let root = "<Relationships><Relationship Id='a' Type='http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument' Target='/Content\\Main.xml'/></Relationships>";
    let package = Package::new(&p("wrong")).raw("_rels/.rels", root.as_bytes());
    assert_eq!(package.raw("content/main.xml", main_part("right").as_bytes()).read().text(), "right");
}

#[test]
fn without_relationships_the_usual_names_hold() {
    let styles = format!(
        "<w:styles {NAMESPACES}><w:style w:type='paragraph' w:default='1' w:styleId='N'><w:rPr><w:b/></w:rPr></w:style></w:styles>"
    );
    let package = Package::new(&p("text")).without("_rels/.rels").raw("word/styles.xml", styles.as_bytes());
    assert!(package.read().blocks()[0].look.bold);
}

#[test]
fn part_names_differ_in_case_and_slashes() {
    let package = Package::new("").without("word/document.xml").raw("Word\\Document.XML", main_part("text").as_bytes());
    assert_eq!(package.read().text(), "text");
}

#[test]
fn a_missing_part_is_no_reason_to_refuse() {
    let package = Package::new(&p("text")).with("styles", "<x/>").without("word/styles.xml");
    assert_eq!(package.read().text(), "text");
}

#[test]
fn what_is_no_word_package_is_refused_with_its_reason() {
    let read = |bytes: &[u8]| docx::read(bytes, &Limits::default()).expect_err("a refusal");
    assert!(read(b"PK\x03\x04 and no more").to_string().contains("no complete zip archive"));
    assert!(refusal(Package::new("").without("word/document.xml")).contains("it holds no Word document"));
    assert!(
        refusal(Package::new("").raw("word/document.xml", b"<html/>")).contains("its main part is no Word document")
    );
    assert_eq!(Package::new("").try_read().expect_err("no words"), ReadError::NoText);
    let sheet = Package::new("").raw("word/document.xml", b"<workbook/>").try_read().expect_err("a spreadsheet");
    assert_eq!(sheet, ReadError::Unsupported { what: "a spreadsheet".to_owned() });
}

#[test]
fn broken_xml_is_damage() {
    let broken = |body: &str| refusal(Package::new("").raw("word/document.xml", body.as_bytes()));
    let open = main_part("text").replace("</w:body></w:document>", "");
    assert!(broken(&open).contains("word/document.xml ends in the middle"));
    assert!(broken(&main_part("text").replace("</w:t>", "</w:x>")).contains("the XML of word/document.xml is broken"));
    let entity = main_part("&x;");
    assert!(
        broken(&format!("<!DOCTYPE d [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>{entity}"))
            .contains("unknown XML entity")
    );
    let styles = Package::new(&p("text")).with("styles", "<w:styles {}><w:style>");
    assert!(refusal(styles).contains("word/styles.xml ends in the middle"));
}

#[test]
fn a_wrong_checksum_is_damage() {
    let mut bytes = Package::new(&p("text")).zip();
    let names: Vec<usize> = memchr::memmem::find_iter(&bytes, b"word/document.xml").collect();
    // The checksum stands 30 bytes before the name in the archive's directory, at its end.
    bytes[names[1] - 30] ^= 0xff;
    let refused = docx::read(&bytes, &Limits::default()).expect_err("a refusal").to_string();
    assert!(refused.contains("its part word/document.xml cannot be unpacked"), "{refused}");
}

#[test]
fn utf16_parts_are_read_and_other_bytes_refused() {
    let wide = |order: fn(u16) -> [u8; 2], mark: &[u8]| {
        let units: Vec<u8> = main_part("naïve “x”").encode_utf16().flat_map(order).collect();
        Package::new("").raw("word/document.xml", &[mark, &units].concat()).read().text().to_owned()
    };
    assert_eq!(wide(u16::to_le_bytes, b"\xff\xfe"), "naïve “x”");
    assert_eq!(wide(u16::to_be_bytes, b"\xfe\xff"), "naïve “x”");
    assert_eq!(wide(u16::to_le_bytes, b""), "naïve “x”");
    let latin: Vec<u8> = main_part("caf?").bytes().map(|b| if b == b'?' { 0xe9 } else { b }).collect();
    assert!(refusal(Package::new("").raw("word/document.xml", &latin)).contains("neither UTF-8 nor UTF-16"));
}
