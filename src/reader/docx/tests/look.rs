//! Looks: styles, headings, titles, run-in phrases.

use super::fixture::{Package, read};

const STYLES: &str = "<w:styles {}><w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val='22'/></w:rPr></w:rPrDefault></w:docDefaults>\
    <w:style w:type='paragraph' w:default='1' w:styleId='Normal'><w:name w:val='Normal'/></w:style>\
    <w:style w:type='paragraph' w:styleId='H'><w:name w:val='heading 2'/><w:basedOn w:val='Normal'/><w:pPr><w:jc w:val='center'/></w:pPr><w:rPr><w:b/><w:sz w:val='28'/></w:rPr></w:style>\
    <w:style w:type='paragraph' w:styleId='Own'><w:name w:val='Article'/><w:basedOn w:val='H'/><w:pPr><w:outlineLvl w:val='0'/></w:pPr></w:style>\
    <w:style w:type='paragraph' w:styleId='T'><w:name w:val='Title'/></w:style>\
    <w:style w:type='paragraph' w:styleId='Loop1'><w:basedOn w:val='Loop2'/></w:style><w:style w:type='paragraph' w:styleId='Loop2'><w:basedOn w:val='Loop1'/><w:rPr><w:i/></w:rPr></w:style>\
    <w:style w:type='character' w:styleId='Strong'><w:rPr><w:b/></w:rPr></w:style></w:styles>";

fn styled(style: &str, run: &str) -> String {
    format!(
        "<w:p><w:pPr><w:pStyle w:val='{style}'/></w:pPr><w:r><w:rPr>{run}</w:rPr><w:t>Words {style}</w:t></w:r></w:p>"
    )
}

#[test]
fn looks_come_from_the_chain_of_styles() {
    let body = format!("{}{}{}{}", styled("H", ""), styled("Own", ""), styled("T", ""), styled("Loop1", ""));
    let document = Package::new(&body).with("styles", STYLES).read();
    let looks: Vec<_> = document.blocks().iter().map(|block| block.look).collect();
    assert_eq!([looks[0].outline, looks[1].outline, looks[2].outline], [Some(2), Some(1), None]);
    assert!(looks[1].bold && looks[1].centered && !looks[2].bold);
    assert_eq!([looks[1].size, looks[2].size], [Some(14.0), Some(11.0)]);
    assert!(looks[2].title && !looks[1].title);
    assert!(looks[3].italic, "a circle of styles ends");
}

#[test]
fn direct_formatting_outranks_styles_and_a_bold_style_on_a_bold_style_is_plain() {
    let body = format!(
        "{}{}{}",
        styled("H", "<w:b w:val='0'/><w:sz w:val='40'/>"),
        styled("H", "<w:rStyle w:val='Strong'/>"),
        styled("Normal", "<w:rStyle w:val='Strong'/><w:u w:val='single'/>")
    );
    let document = Package::new(&body).with("styles", STYLES).read();
    let looks: Vec<_> = document.blocks().iter().map(|block| block.look).collect();
    assert!(!looks[0].bold && looks[0].size == Some(20.0));
    assert!(!looks[1].bold);
    assert!(looks[2].bold && looks[2].underlined);
}

#[test]
fn an_undefined_heading_style_is_still_a_heading() {
    let document = read(&styled("Heading3", ""));
    assert_eq!(document.blocks()[0].look.outline, Some(3));
}

#[test]
fn an_outline_level_makes_a_heading_and_body_text_unmakes_it() {
    let body = "<w:p><w:pPr><w:outlineLvl w:val='1'/></w:pPr><w:r><w:t>Duties</w:t></w:r></w:p>\
                <w:p><w:pPr><w:pStyle w:val='H'/><w:outlineLvl w:val='9'/></w:pPr><w:r><w:t>Text</w:t></w:r></w:p>";
    let document = Package::new(body).with("styles", STYLES).read();
    let outlines: Vec<_> = document.blocks().iter().map(|block| block.look.outline).collect();
    assert_eq!(outlines, [Some(2), None]);
}

#[test]
fn a_run_in_phrase_is_measured() {
    let run = |look: &str, text: &str| format!("<w:r><w:rPr>{look}</w:rPr><w:t>{text}</w:t></w:r>");
    let lead = |runs: String| read(&format!("<w:p>{runs}</w:p>")).blocks()[0].look.lead;
    assert_eq!(lead(run("<w:b/>", "What to wear. ") + &run("", "A uniform.")), "What to wear.".len());
    assert_eq!(lead(run("<w:u w:val='single'/>", "Uniform") + &run("", ". A ") + &run("<w:b/>", "shirt")), 7);
    assert_eq!(lead(run("<w:b/>", "All bold.")), 0);
    assert_eq!(lead(run("", "None bold.")), 0);
}
