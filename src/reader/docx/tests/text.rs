//! What counts as text, and in which block it stands.

use super::fixture::{Package, blocks, p, read};

#[test]
fn paragraphs_runs_and_characters_become_text() {
    let document = read(
        "<w:p><w:r><w:t>Smith &amp; Jones</w:t></w:r><w:r><w:tab/><w:t>re</w:t><w:softHyphen/><w:t>view</w:t></w:r>\
         <w:r><w:br/><w:t>x</w:t><w:noBreakHyphen/><w:t>y</w:t><w:cr/><w:sym w:font='Wingdings' w:char='F0A8'/></w:r></w:p>",
    );
    assert_eq!(document.text(), "Smith & Jones\tre\u{ad}view\nx\u{2011}y\n☐");
}

#[test]
fn words_in_hyperlinks_smart_tags_and_controls_are_kept() {
    let document = read(
        "<w:sdt><w:sdtContent><w:p><w:hyperlink r:id='x'><w:r><w:t>one </w:t></w:r></w:hyperlink>\
         <w:smartTag><w:customXml><w:r><w:t>two </w:t></w:r></w:customXml></w:smartTag>\
         <w:sdt><w:sdtPr><w:alias w:val='name'/></w:sdtPr><w:sdtContent><w:r><w:t>three</w:t></w:r></w:sdtContent></w:sdt>\
         </w:p></w:sdtContent></w:sdt>",
    );
    assert_eq!(blocks(&document), ["p: one two three"]);
    assert!(document.placeholders().is_empty());
}

#[test]
fn a_control_that_shows_its_prompt_is_a_placeholder() {
    let document = read(
        "<w:p><w:r><w:t>Reports to </w:t></w:r><w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>\
         <w:r><w:t>Name of </w:t></w:r><w:r><w:t>supervisor</w:t></w:r></w:sdtContent></w:sdt><w:r><w:t>.</w:t></w:r></w:p>\
         <w:sdt><w:sdtPr><w:showingPlcHdr w:val='0'/></w:sdtPr><w:sdtContent><w:p><w:r><w:t>Filled</w:t></w:r></w:p></w:sdtContent></w:sdt>",
    );
    assert_eq!(document.text(), "Reports to Name of supervisor.\n\nFilled");
    let prompts: Vec<&str> = document.placeholders().iter().map(|span| document.slice(*span)).collect();
    assert_eq!(prompts, ["Name of supervisor"]);
}

#[test]
fn a_form_field_without_words_is_a_blank() {
    let document = read(
        "<w:p><w:r><w:t>Chief: </w:t></w:r><w:r><w:fldChar w:fldCharType='begin'><w:ffData><w:name w:val='x'/></w:ffData></w:fldChar></w:r>\
         <w:r><w:instrText> FORMTEXT </w:instrText></w:r><w:r><w:fldChar w:fldCharType='separate'/></w:r>\
         <w:r><w:t>\u{2002}\u{2002}</w:t></w:r><w:r><w:fldChar w:fldCharType='end'/></w:r><w:r><w:t> signs.</w:t></w:r></w:p>",
    );
    assert_eq!(document.text(), "Chief: \u{2002}\u{2002} signs.");
    assert_eq!(document.slice(document.placeholders()[0]), "\u{2002}\u{2002}");
}

#[test]
fn form_check_boxes_and_lists_show_their_state() {
    let document = read(
        "<w:p><w:r><w:fldChar w:fldCharType='begin'><w:ffData><w:checkBox><w:default w:val='0'/><w:checked/></w:checkBox></w:ffData></w:fldChar>\
         <w:instrText>FORMCHECKBOX</w:instrText><w:fldChar w:fldCharType='end'/><w:t> yes </w:t>\
         <w:fldChar w:fldCharType='begin'><w:ffData><w:ddList><w:result w:val='1'/><w:listEntry w:val='High'/><w:listEntry w:val='Middle'/></w:ddList></w:ffData></w:fldChar>\
         <w:instrText>FORMDROPDOWN</w:instrText><w:fldChar w:fldCharType='end'/></w:r></w:p>",
    );
    assert_eq!(document.text(), "☒ yes Middle");
}

#[test]
fn results_of_fields_are_text_and_codes_are_not() {
    let document = read(
        "<w:p><w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>IF </w:instrText></w:r>\
         <w:r><w:fldChar w:fldCharType='begin'/><w:instrText>X</w:instrText><w:fldChar w:fldCharType='separate'/><w:t>inner</w:t><w:fldChar w:fldCharType='end'/></w:r>\
         <w:r><w:fldChar w:fldCharType='separate'/></w:r><w:r><w:t>shown</w:t></w:r><w:r><w:fldChar w:fldCharType='end'/></w:r>\
         <w:fldSimple w:instr='PAGE'><w:r><w:t> 4</w:t></w:r></w:fldSimple></w:p>",
    );
    assert_eq!(document.text(), "shown 4");
}

#[test]
fn a_field_that_never_ends_does_not_swallow_the_rest() {
    let open = "<w:p><w:r><w:fldChar w:fldCharType='begin'/><w:instrText>X</w:instrText></w:r></w:p>";
    assert_eq!(read(&format!("{open}{}", p("still here"))).text(), "still here");
}

#[test]
fn tables_give_cells_with_row_and_column_and_keep_empty_ones() {
    let document = read(&format!(
        "<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val='2'/></w:tcPr>{}</w:tc><w:tc>{}{}</w:tc></w:tr>\
         <w:tr><w:trPr><w:gridBefore w:val='1'/></w:trPr><w:tc><w:p/></w:tc><w:tc>{}\
         <w:tbl><w:tr><w:tc>{}</w:tc></w:tr></w:tbl><w:p/></w:tc></w:tr></w:tbl>{}",
        p("wide"),
        p("first"),
        p("second"),
        p("outer"),
        p("inner"),
        p("after"),
    ));
    assert_eq!(
        blocks(&document),
        [
            "cell 0.0.0: wide",
            "cell 0.0.2: first",
            "cell 0.0.2: second",
            "cell 0.1.1: ",
            "cell 0.1.2: outer",
            "cell 1.0.0: inner",
            "p: after"
        ]
    );
}

#[test]
fn a_text_box_follows_its_paragraph_once() {
    let content = format!("<w:txbxContent>{}</w:txbxContent>", p("boxed"));
    let document = read(&format!(
        "<w:p><w:r><w:t>before </w:t></w:r><w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>{content}</wps:txbx></w:drawing></mc:Choice>\
         <mc:Fallback><w:pict><v:textbox>{content}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>after</w:t></w:r></w:p>{}",
        p("next")
    ));
    assert_eq!(blocks(&document), ["p: before after", "box: boxed", "p: next"]);
}

#[test]
fn a_fallback_is_read_only_where_no_choice_gave_text() {
    let document = read(
        "<w:p><mc:AlternateContent><mc:Choice Requires='a'/><mc:Choice Requires='b'><w:r><w:t>b</w:t></w:r></mc:Choice><mc:Fallback><w:r><w:t>c</w:t></w:r></mc:Fallback></mc:AlternateContent>\
         <mc:AlternateContent><mc:Choice Requires='a'><w:r/></mc:Choice><mc:Fallback><w:r><w:t>d</w:t></w:r></mc:Fallback></mc:AlternateContent></w:p>",
    );
    assert_eq!(document.text(), "bd");
}

#[test]
fn what_is_left_out_is_counted_once() {
    let picture = "<w:drawing><pic:pic/></w:drawing>";
    let document = read(&format!(
        "<w:p><w:r><w:t>see</w:t></w:r><w:r>{picture}</w:r><w:r><mc:AlternateContent><mc:Choice>{picture}</mc:Choice>\
         <mc:Fallback><w:pict><v:imagedata/></w:pict></mc:Fallback></mc:AlternateContent></w:r>\
         <w:r><w:object><v:shape><v:imagedata/></v:shape></w:object></w:r>\
         <w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t><w:tab/><w:t>words</w:t></w:r></w:p><w:altChunk r:id='x'/>"
    ));
    assert_eq!(document.text(), "see");
    let counts: Vec<(&str, usize)> = document.left_out().iter().map(|(what, count)| (*what, *count)).collect();
    assert_eq!(
        counts,
        [("embedded documents", 1), ("embedded objects", 1), ("pictures", 2), ("stretches of hidden text", 1)]
    );
}

#[test]
fn a_table_of_contents_is_recognised_by_field_style_and_dots() {
    let toc = "<w:p><w:r><w:fldChar w:fldCharType='begin'/><w:instrText> TOC \\o </w:instrText><w:fldChar w:fldCharType='separate'/></w:r><w:r><w:t>Mission</w:t></w:r></w:p>";
    let end = "<w:p><w:r><w:t>Training</w:t><w:fldChar w:fldCharType='end'/></w:r></w:p>";
    let styled = "<w:p><w:pPr><w:pStyle w:val='TOC2'/></w:pPr><w:r><w:t>Selection</w:t></w:r></w:p>";
    let tabbed = "<w:p><w:pPr><w:tabs><w:tab w:val='right' w:leader='dot' w:pos='9000'/></w:tabs></w:pPr><w:r><w:t>Review</w:t><w:tab/><w:t>7</w:t></w:r></w:p>";
    let document = read(&format!("{toc}{end}{styled}{tabbed}{}{}", p("Goals ........ 3"), p("Mission")));
    assert_eq!(
        blocks(&document),
        [
            "contents: Mission",
            "contents: Training",
            "contents: Selection",
            "contents: Review\t7",
            "contents: Goals ........ 3",
            "p: Mission"
        ]
    );
}

#[test]
fn a_control_with_a_gallery_of_contents_is_a_table_of_contents() {
    let document = read(&format!(
        "<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val='Table of Contents'/></w:docPartObj></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>{}",
        p("Duties"),
        p("Body")
    ));
    assert_eq!(blocks(&document), ["contents: Duties", "p: Body"]);
}

#[test]
fn pages_are_known_where_word_drew_them() {
    let drawn = "<w:r><w:lastRenderedPageBreak/><w:t>drawn</w:t></w:r>";
    let document = read(&format!(
        "{}<w:p>{drawn}</w:p><w:p><w:r><w:br w:type='page'/></w:r></w:p><w:p>{drawn}</w:p><w:p><w:r><w:t>half </w:t></w:r>{drawn}</w:p>",
        p("start")
    ));
    let page = |words: &str| document.text().find(words).and_then(|at| document.page(at));
    assert_eq!([page("start"), page("drawn"), page("half")], [Some(1), Some(2), Some(3)]);
    assert_eq!(document.page_count(), Some(4));
    assert_eq!(document.page(document.text().len() - 1), Some(4));
    assert_eq!(read("<w:p><w:r><w:br w:type='page'/><w:t>x</w:t></w:r></w:p>").page_count(), None);
}

#[test]
fn a_row_that_runs_over_a_page_counts_one_page() {
    let cell =
        "<w:tc><w:p><w:r><w:t>top</w:t></w:r><w:r><w:lastRenderedPageBreak/><w:t>bottom</w:t></w:r></w:p></w:tc>";
    let document = read(&format!("<w:tbl><w:tr>{cell}{cell}</w:tr></w:tbl>{}", p("after")));
    let tops: Vec<_> = document.text().match_indices("top").map(|(at, _)| document.page(at)).collect();
    assert_eq!(tops, [Some(1), Some(1)]);
    assert_eq!(document.text().find("after").and_then(|at| document.page(at)), Some(2));
}

#[test]
fn any_prefix_and_the_strict_namespace_will_do() {
    let strict = "<ns0:document xmlns:ns0='http://purl.oclc.org/ooxml/wordprocessingml/main'><ns0:body>\
                  <ns0:p><ns0:pPr><ns0:jc ns0:val='center'/></ns0:pPr><ns0:r><ns0:rPr><ns0:sz ns0:val='10pt'/></ns0:rPr><ns0:t>strict</ns0:t></ns0:r></ns0:p>\
                  <w:p xmlns:w='urn:other'><w:t>not Word's</w:t></w:p></ns0:body></ns0:document>";
    let document = Package::new("").raw("word/document.xml", strict.as_bytes()).read();
    assert_eq!(document.text(), "strict");
    assert!(document.blocks()[0].look.centered);
    assert_eq!(document.blocks()[0].look.size, Some(10.0));
    let default = "<document xmlns='http://schemas.openxmlformats.org/wordprocessingml/2006/main'><body><p><r><t>plain</t></r></p></body></document>";
    assert_eq!(Package::new("").raw("word/document.xml", default.as_bytes()).read().text(), "plain");
}
