//! The reader on tiny files.

use super::super::{Limits, ReadError};
use super::read;
use super::testing::{Sheet, pdf, with};
use crate::document::{Block, BlockKind, Document, Folded};

fn document(sheets: &[Sheet]) -> Document {
    read(&pdf(sheets), &Limits::default()).expect("readable")
}

fn body(document: &Document) -> Vec<&str> {
    let blocks = document.blocks().iter().filter(|b| b.kind.is_body());
    blocks.map(|b| document.slice(b.span)).collect()
}

fn block<'d>(document: &'d Document, start: &str) -> &'d Block {
    let found = document.blocks().iter().find(|b| document.slice(b.span).starts_with(start));
    found.unwrap_or_else(|| panic!("{start} in {:?}", body(document)))
}

const LEFT: [&str; 6] = [
    "The harbor office keeps the",
    "list of boats. Every owner",
    "signs it before the season",
    "starts and once more when",
    "the season ends in the fall",
    "of the same calendar year.",
];
const RIGHT: [&str; 6] = [
    "Moorings are given out by",
    "lot. No one may hold two of",
    "them, and none is sold to",
    "another person without the",
    "consent of the master, who",
    "answers in a week or less.",
];

#[test]
fn columns_are_read_one_after_the_other() {
    let sheet = Sheet::default().bold(72.0, 60.0, 16.0, "Harbor rules for everyone who keeps a boat in town");
    let document = document(&[sheet.lines(72.0, 100.0, 11.0, &LEFT).lines(320.0, 100.0, 11.0, &RIGHT)]);
    let text = body(&document);
    assert_eq!(text[1..], [LEFT.join(" "), RIGHT.join(" ")]);
}

#[test]
fn columns_with_lines_at_different_heights_are_read_one_after_the_other() {
    let document = document(&[Sheet::default().lines(72.0, 100.0, 11.0, &LEFT).lines(320.0, 106.0, 11.0, &RIGHT)]);
    assert_eq!(body(&document), [LEFT.join(" "), RIGHT.join(" ")]);
}

#[test]
fn an_aligned_table_keeps_name_and_provision_together() {
    let sheet = Sheet::default()
        .lines(72.0, 100.0, 11.0, &["Moorings"])
        .lines(
            200.0,
            100.0,
            11.0,
            &["are given by lot in the month of March to", "those who asked for one in writing."],
        )
        .lines(72.0, 140.0, 11.0, &["Winter", "storage"])
        .lines(
            200.0,
            140.0,
            11.0,
            &[
                "is free for boats under twenty feet if the",
                "owner takes off the mast before the snow",
                "and leaves a key.",
            ],
        )
        .lines(72.0, 190.0, 11.0, &["Fees"])
        .lines(200.0, 190.0, 11.0, &["are due in May."]);
    let document = document(&[sheet]);
    let cells: Vec<String> = document
        .blocks()
        .iter()
        .filter_map(|b| match b.kind {
            BlockKind::TableCell { row, column, .. } => Some(format!("{row}/{column} {}", document.slice(b.span))),
            _ => None,
        })
        .collect();
    assert_eq!(
        cells,
        [
            "0/0 Moorings",
            "0/1 are given by lot in the month of March to those who asked for one in writing.",
            "1/0 Winter storage",
            "1/1 is free for boats under twenty feet if the owner takes off the mast before the snow and leaves a key.",
            "2/0 Fees",
            "2/1 are due in May."
        ]
    );
}

/// A ruled table of two columns: names and lines of text, and a last row without an answer.
fn ruled(y: f32, rows: &[(&str, &str)]) -> Sheet {
    let bottom = y + 30.0 * rows.len() as f32;
    let mut sheet = [72.0, 180.0, 500.0].iter().fold(Sheet::default(), |s, x| s.rule(*x, y, *x, bottom));
    sheet = (0..=rows.len()).fold(sheet, |s, i| s.rule(72.0, y + 30.0 * i as f32, 500.0, y + 30.0 * i as f32));
    rows.iter().enumerate().fold(sheet, |s, (i, (name, text))| {
        s.text(76.0, y + 18.0 + 30.0 * i as f32, 10.0, name).text(184.0, y + 18.0 + 30.0 * i as f32, 10.0, text)
    })
}

#[test]
fn a_ruled_table_goes_on_over_the_page_and_shows_its_empty_cell() {
    let document = document(&[
        ruled(600.0, &[("Who pays", "The town pays two thirds.")]),
        ruled(72.0, &[("Who reports", "The clerk does."), ("Training", "")]),
    ]);
    let cells: Vec<_> = document.blocks().iter().map(|b| (b.kind.clone(), document.slice(b.span))).collect();
    let cell = |row, column| BlockKind::TableCell { table: 0, row, column };
    assert_eq!(
        cells,
        [
            (cell(0, 0), "Who pays"),
            (cell(0, 1), "The town pays two thirds."),
            (cell(1, 0), "Who reports"),
            (cell(1, 1), "The clerk does."),
            (cell(2, 0), "Training"),
            (cell(2, 1), "")
        ]
    );
}

#[test]
fn a_word_hyphenated_at_a_line_end_is_found_whole_and_a_compound_keeps_its_hyphen() {
    let lines = [
        "A boat-owner who needs help asks the harbor master, who is the boat-",
        "owner's first contact. The master keeps a register and a calen-",
        "dar of the season.",
    ];
    let document = document(&[Sheet::default().lines(72.0, 100.0, 11.0, &lines)]);
    let folded = Folded::new(document.text(), &block(&document, "A boat").pieces);
    assert!(folded.text().contains("a calendar of the season"), "{}", folded.text());
    assert!(document.text().contains("calen-\ndar"));
}

#[test]
fn running_heads_and_page_numbers_stand_once_outside_the_body() {
    let page = |n: usize, line: &str| {
        Sheet::default().text(72.0, 40.0, 9.0, "Harbor rules, second reading").text(72.0, 100.0, 11.0, line).text(
            280.0,
            760.0,
            9.0,
            &format!("Page {n} of 2"),
        )
    };
    let document = document(&[page(1, "The first rule."), page(2, "The second rule.")]);
    assert_eq!(body(&document), ["The first rule.", "The second rule."]);
    let furniture: Vec<_> = document
        .blocks()
        .iter()
        .filter(|b| !b.kind.is_body())
        .map(|b| (b.kind.clone(), document.slice(b.span)))
        .collect();
    assert_eq!(
        furniture,
        [(BlockKind::PageHeader, "Harbor rules, second reading"), (BlockKind::PageFooter, "Page 1 of 2")]
    );
    assert_eq!(document.page(block(&document, "The second").span.start), Some(2));
}

#[test]
fn a_sentence_broken_over_a_page_is_one_block_with_both_pages() {
    let first = Sheet::default().lines(
        72.0,
        700.0,
        11.0,
        &["The master answers every letter that comes in before", "the end of the week and puts a copy of the"],
    );
    let second = Sheet::default().lines(72.0, 72.0, 11.0, &["answer into the register, where anyone may read it."]);
    let document = document(&[first, second]);
    assert_eq!(body(&document).len(), 1);
    let at = document.text().find("answer into").expect("joined");
    assert_eq!((document.page(0), document.page(at)), (Some(1), Some(2)));
}

#[test]
fn paragraphs_part_at_gaps_indents_and_bullets() {
    let sheet = Sheet::default()
        .lines(72.0, 100.0, 11.0, &["Boats leave the harbor at low speed and keep to the right of", "the channel."])
        .lines(72.0, 140.0, 11.0, &["Lights are on from dusk."])
        .text(90.0, 160.0, 11.0, "\u{95}")
        .lines(102.0, 160.0, 11.0, &["a white light at the stern that can be seen from two miles", "away; and"])
        .text(90.0, 190.0, 11.0, "\u{95}")
        .lines(102.0, 190.0, 11.0, &["a red light to port."]);
    let mut bytes = pdf(&[sheet]);
    // The bullet of WinAnsi, which is one byte in the file.
    while let Some(at) = bytes.windows(2).position(|w| w == [0xc2, 0x95]) {
        bytes.splice(at..at + 2, [b' ', 0x95]);
    }
    let document = read(&bytes, &Limits::default()).expect("readable");
    assert_eq!(
        body(&document),
        [
            "Boats leave the harbor at low speed and keep to the right of the channel.",
            "Lights are on from dusk.",
            "• a white light at the stern that can be seen from two miles away; and",
            "• a red light to port."
        ]
    );
    assert!(matches!(block(&document, "• a red").kind, BlockKind::ListItem { .. }));
}

#[test]
fn looks_are_size_weight_and_place() {
    let sheet = Sheet::default()
        .bold(168.0, 80.0, 16.0, "HARBOR RULES OF 2026")
        .lines(
            72.0,
            120.0,
            11.0,
            &["These rules are made under the by-laws of the town and hold for every boat", "in it."],
        )
        .bold(72.0, 180.0, 11.0, "Speed.")
        .text(112.0, 180.0, 11.0, "Five knots is the most.");
    let document = document(&[sheet]);
    let title = block(&document, "HARBOR").look;
    assert_eq!((title.bold, title.centered, title.size), (true, true, Some(16.0)));
    let run_in = block(&document, "Speed");
    assert_eq!((run_in.look.bold, run_in.look.lead), (false, "Speed.".len()));
}

#[test]
fn a_page_of_pictures_is_a_scan() {
    let image = "BI /W 1 /H 1 /BPC 8 /CS /G ID x EI\n";
    assert_eq!(read(&pdf(&[Sheet::default().raw(image)]), &Limits::default()).err(), Some(ReadError::Scan));
}

#[test]
fn text_without_letters_is_named() {
    let sheet = Sheet::default().show("F3", 72.0, 100.0, 11.0, "<8081808180818081>");
    assert_eq!(read(&pdf(&[sheet]), &Limits::default()).err(), Some(ReadError::NoLetters));
}

#[test]
fn a_password_is_named() {
    let key = "00".repeat(32);
    let trailer = format!("/Encrypt<</Filter/Standard/V 1/R 2/O<{key}>/U<{key}>/P -4>>/ID[<00><00>]");
    let file = with(&[Sheet::default().text(72.0, 100.0, 11.0, "Secret")], &[], &trailer);
    assert_eq!(read(&file, &Limits::default()).err(), Some(ReadError::Protected { program: "in a PDF reader" }));
}

#[test]
fn limits_and_damage_are_named() {
    let sheets = vec![Sheet::default().text(72.0, 100.0, 11.0, "One"); 3];
    let limits = Limits { pages: 2, ..Limits::default() };
    assert!(matches!(read(&pdf(&sheets), &limits), Err(ReadError::TooLarge { what: "its number of pages", .. })));
    assert!(matches!(read(b"%PDF-1.7\nnothing", &Limits::default()), Err(ReadError::Damaged { .. })));
}

#[test]
fn forms_are_read_where_they_stand() {
    let form = "<</Type/XObject/Subtype/Form/BBox[0 0 600 600]/Matrix[1 0 0 1 0 -20]/Length 46>>stream\nBT /F1 11 Tf 72 700 Td (Below the line.) Tj ET \nendstream";
    let sheet = Sheet::default().text(72.0, 60.0, 11.0, "On the line.").raw("/X1 Do ");
    let document = read(&with(&[sheet], &[form.to_owned()], ""), &Limits::default()).expect("readable");
    assert_eq!(body(&document), ["On the line.", "Below the line."]);
}

#[test]
fn forms_that_multiply_end() {
    let form = |i: usize| {
        let next = format!("/Resources<</XObject<</X1 {} 0 R>>>>", 1001 + i);
        format!("<</Type/XObject/Subtype/Form/BBox[0 0 9 9]{next}/Length 14>>stream\n/X1 Do /X1 Do \nendstream")
    };
    let forms: Vec<String> = (0..22).map(form).collect();
    let limits = Limits { inflated_bytes: 1 << 20, ..Limits::default() };
    let read = read(&with(&[Sheet::default().raw("/X1 Do ")], &forms, ""), &limits).map(|_| ());
    assert!(matches!(read, Err(ReadError::TooLarge { .. })), "{read:?}");
}

#[test]
fn fonts_with_absurd_widths_cost_nothing() {
    let wide = "<</Type/Font/Subtype/Type0/BaseFont/A/Encoding/Identity-H/DescendantFonts[<</Type/Font/Subtype/CIDFontType2/BaseFont/A/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/W[0 4294967295 500]>>]>>";
    let late =
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/FirstChar 4000000000/LastChar 4000000001/Widths[500 500]>>";
    for font in [wide, late] {
        let form = "<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</Font<</F9 1001 0 R>>>>/Length 34>>stream\nBT /F9 9 Tf 9 700 Td (Hidden) Tj ET\nendstream".to_owned();
        let sheet = Sheet::default().text(72.0, 100.0, 11.0, "Shown").raw("/X1 Do ");
        let begun = std::time::Instant::now();
        let document = read(&with(&[sheet], &[form, font.to_owned()], ""), &Limits::default()).expect("readable");
        assert_eq!(body(&document), ["Shown"]);
        assert!(begun.elapsed().as_secs() < 5);
    }
}
