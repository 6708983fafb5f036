//! Automatic numbers.

use super::fixture::{Package, blocks};
use crate::document::Document;

const STYLES: &str = "<w:styles {}><w:style w:type='paragraph' w:styleId='H1'><w:name w:val='heading 1'/><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr></w:style>\
    <w:style w:type='paragraph' w:styleId='H2'><w:name w:val='heading 2'/><w:basedOn w:val='H1'/><w:pPr><w:numPr><w:ilvl w:val='1'/></w:numPr></w:pPr></w:style>\
    <w:style w:type='paragraph' w:styleId='Sub'><w:basedOn w:val='H2'/></w:style>\
    <w:style w:type='paragraph' w:styleId='Linked'><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr></w:style>\
    <w:style w:type='numbering' w:styleId='Outline'><w:pPr><w:numPr><w:numId w:val='4'/></w:numPr></w:pPr></w:style></w:styles>";

fn level(at: u8, format: &str, text: &str, more: &str) -> String {
    format!(
        "<w:lvl w:ilvl='{at}'><w:start w:val='1'/><w:numFmt w:val='{format}'/>{more}<w:lvlText w:val='{text}'/></w:lvl>"
    )
}

fn definition(id: u8, levels: &str) -> String {
    format!("<w:abstractNum w:abstractNumId='{id}'>{levels}</w:abstractNum>")
}

fn list(id: u8, definition: u8, overrides: &str) -> String {
    format!("<w:num w:numId='{id}'><w:abstractNumId w:val='{definition}'/>{overrides}</w:num>")
}

fn item(list: u8, level: u8) -> String {
    format!(
        "<w:p><w:pPr><w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='{list}'/></w:numPr></w:pPr><w:r><w:t>x</w:t></w:r></w:p>"
    )
}

fn styled(style: &str) -> String {
    format!("<w:p><w:pPr><w:pStyle w:val='{style}'/></w:pPr><w:r><w:t>x</w:t></w:r></w:p>")
}

fn document(body: &str, definitions: &str) -> Document {
    let numbering = format!("<w:numbering {{}}>{definitions}</w:numbering>");
    Package::new(body).with("styles", STYLES).with("numbering", &numbering).read()
}

fn labels(body: &str, definitions: &str) -> Vec<String> {
    document(body, definitions).blocks().iter().map(|block| block.label.clone().unwrap_or_default()).collect()
}

fn outline() -> String {
    definition(
        1,
        &(level(0, "upperRoman", "%1.", "")
            + &level(1, "upperLetter", "%2.", "")
            + &level(2, "decimal", "(%3)", "")
            + &level(3, "decimal", "%1.%2(%3)", "<w:isLgl/><w:pStyle w:val='Linked'/>")),
    )
}

#[test]
fn levels_count_and_start_anew_below_each_other() {
    let body: String = [0, 1, 1, 2, 2, 0, 1].iter().map(|level| item(1, *level)).collect();
    assert_eq!(labels(&body, &(outline() + &list(1, 1, ""))), ["I.", "A.", "B.", "(1)", "(2)", "II.", "A."]);
}

#[test]
fn the_marker_is_part_of_the_text_and_the_block_a_list_item() {
    let document = document(&(item(1, 0) + &item(1, 2)), &(outline() + &list(1, 1, "")));
    assert_eq!(blocks(&document), ["li0: I. x", "li2: (1) x"]);
}

#[test]
fn styles_give_list_and_level_through_their_chain_and_links() {
    let body = styled("H1") + &styled("H2") + &styled("Sub") + &item(1, 2) + &styled("Linked");
    assert_eq!(labels(&body, &(outline() + &list(1, 1, ""))), ["I.", "A.", "B.", "(1)", "1.2(1)"]);
}

#[test]
fn lists_of_one_definition_go_on_and_an_own_start_counts_once() {
    let restart = "<w:lvlOverride w:ilvl='0'><w:startOverride w:val='5'/></w:lvlOverride>";
    let changed = format!("<w:lvlOverride w:ilvl='0'>{}</w:lvlOverride>", level(0, "decimal", "Article %1", ""));
    let lists = outline() + &list(1, 1, "") + &list(2, 1, "") + &list(3, 1, restart) + &list(4, 1, &changed);
    let body = item(1, 0) + &item(2, 0) + &item(3, 0) + &item(3, 0) + &item(1, 0) + &item(4, 0);
    assert_eq!(labels(&body, &lists), ["I.", "II.", "V.", "VI.", "VII.", "Article 8"]);
}

#[test]
fn a_level_may_go_on_counting_across_the_levels_above() {
    let levels = level(0, "decimal", "%1.", "") + &level(1, "decimal", "%2)", "<w:lvlRestart w:val='0'/>");
    let body: String = [0, 1, 0, 1].iter().map(|level| item(1, *level)).collect();
    assert_eq!(labels(&body, &(definition(1, &levels) + &list(1, 1, ""))), ["1.", "1)", "2.", "2)"]);
}

#[test]
fn a_level_may_start_anew_only_after_a_certain_one() {
    let levels = level(0, "decimal", "%1.", "")
        + &level(1, "decimal", "%2.", "")
        + &level(2, "lowerLetter", "%3)", "<w:lvlRestart w:val='1'/>");
    let body: String = [0, 1, 2, 1, 2, 0, 1, 2].iter().map(|level| item(1, *level)).collect();
    let expected = ["1.", "1.", "a)", "2.", "b)", "2.", "1.", "a)"];
    assert_eq!(labels(&body, &(definition(1, &levels) + &list(1, 1, ""))), expected);
}

#[test]
fn a_definition_may_stand_in_a_numbering_style() {
    let link = "<w:abstractNum w:abstractNumId='7'><w:numStyleLink w:val='Outline'/></w:abstractNum>";
    let lists = outline() + link + &list(4, 1, "") + &list(5, 7, "");
    assert_eq!(labels(&(item(5, 0) + &item(4, 0)), &lists), ["I.", "II."]);
}

#[test]
fn an_empty_paragraph_counts_unless_it_only_ends_a_section() {
    let numbered = "<w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr>";
    let empty = format!("<w:p><w:pPr>{numbered}</w:pPr></w:p>");
    let section = format!("<w:p><w:pPr>{numbered}<w:sectPr/></w:pPr></w:p>");
    let body = item(1, 0) + &section + &item(1, 0) + &empty + &item(1, 0);
    assert_eq!(labels(&body, &(outline() + &list(1, 1, ""))), ["I.", "II.", "IV."]);
}

#[test]
fn list_zero_takes_a_paragraph_out_of_its_styles_list() {
    let out = "<w:p><w:pPr><w:pStyle w:val='H1'/><w:numPr><w:numId w:val='0'/></w:numPr></w:pPr><w:r><w:t>x</w:t></w:r></w:p>";
    let body = styled("H1") + out + &styled("H1");
    assert_eq!(labels(&body, &(outline() + &list(1, 1, ""))), ["I.", "", "II."]);
}

#[test]
fn a_deleted_item_does_not_count() {
    let gone = "<w:p><w:pPr><w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr><w:rPr><w:del/></w:rPr></w:pPr><w:del><w:r><w:delText>x</w:delText></w:r></w:del></w:p>";
    let body = item(1, 0) + gone + &item(1, 0);
    assert_eq!(labels(&body, &(outline() + &list(1, 1, ""))), ["I.", "II."]);
}

#[test]
fn bullets_are_shown_and_levels_without_a_marker_are_plain_paragraphs() {
    let levels = level(0, "bullet", "\u{f0b7}", "") + &level(1, "none", "", "");
    let document = document(&(item(1, 0) + &item(1, 1)), &(definition(1, &levels) + &list(1, 1, "")));
    assert_eq!(blocks(&document), ["li0: • x", "p: x"]);
}
