//! Tests of the Word 97–2003 reader on files made here, byte by byte.

use super::super::testing::{check, damage, outline, small_limits};
use super::super::{Limits, ReadError};
use super::read;
use crate::document::{ChangeKind, Document};
use proptest::prelude::*;
use std::io::{Cursor, Write};

/// Where the text starts in the `WordDocument` stream, and the pages of runs after the header.
const TEXT: u32 = 4096;
const CHARACTERS: usize = 1024;
const PARAGRAPHS: usize = 1536;

/// A stretch of text with its lists of changes.
struct Run {
    text: &'static str,
    paragraph: &'static [u8],
    character: &'static [u8],
}

fn run(text: &'static str) -> Run {
    Run { text, paragraph: &[], character: &[] }
}

/// What a test file is made of.
#[derive(Default)]
struct Maker {
    runs: Vec<Run>,
    /// Lengths of main text, footnotes, headers, an unused story, comments.
    stories: [u32; 5],
    /// Structures of the table stream by their number.
    structures: Vec<(usize, Vec<u8>)>,
    flags: u16,
}

fn numbers(values: &[u32]) -> Vec<u8> {
    values.iter().flat_map(|value| value.to_le_bytes()).collect()
}

/// A page of runs: ends, places of the lists, the lists from the page's end backwards.
fn page(bounds: &[u32], lists: &[Vec<u8>], width: usize) -> Vec<u8> {
    let mut page = vec![0; 512];
    page[511] = u8::try_from(lists.len()).expect("few runs");
    for (i, bound) in bounds.iter().enumerate() {
        page[i * 4..i * 4 + 4].copy_from_slice(&bound.to_le_bytes());
    }
    let mut at = 510;
    for (i, list) in lists.iter().enumerate() {
        at = (at - list.len()) & !1;
        page[at..at + list.len()].copy_from_slice(list);
        page[bounds.len() * 4 + i * width] = u8::try_from(at / 2).expect("in the page");
    }
    page
}

impl Maker {
    fn new(runs: Vec<Run>) -> Self {
        let length = runs.iter().map(|r| r.text.encode_utf16().count()).sum::<usize>();
        Self { runs, stories: [u32::try_from(length).expect("short"), 0, 0, 0, 0], ..Self::default() }
    }

    fn bytes(&self) -> Vec<u8> {
        let mut text = Vec::new();
        let (mut bounds, mut characters, mut paragraphs) = (vec![TEXT], Vec::new(), Vec::new());
        for run in &self.runs {
            text.extend(run.text.encode_utf16().flat_map(u16::to_le_bytes));
            bounds.push(TEXT + u32::try_from(text.len()).expect("short"));
            let count = u8::try_from(run.character.len()).expect("short");
            characters.push([&[count], run.character].concat());
            // Counted in words, with the style's number in front, zero here; odd, as the count leaves one byte out.
            let mut list = [&[0, 0], run.paragraph].concat();
            list.resize(list.len() | 1, 0);
            list.insert(0, u8::try_from(list.len() / 2 + 1).expect("short"));
            paragraphs.push(list);
        }
        let count = u32::try_from(text.len() / 2).expect("short");
        let mut pieces = vec![2];
        pieces.extend(numbers(&[16, 0, count]));
        pieces.extend([0, 0]);
        pieces.extend(numbers(&[TEXT]));
        pieces.extend([0, 0]);
        let end = *bounds.last().expect("bounds");
        let pages = |at: usize| numbers(&[TEXT, end, u32::try_from(at / 512).expect("page")]);
        let mut structures = vec![(33, pieces), (12, pages(CHARACTERS)), (13, pages(PARAGRAPHS))];
        structures.extend(self.structures.iter().cloned());

        let mut word = vec![0; TEXT as usize];
        let mut table = Vec::new();
        word[0..4].copy_from_slice(&[0xec, 0xa5, 0xc1, 0]);
        word[10..12].copy_from_slice(&(self.flags | 0x0200).to_le_bytes());
        for (i, length) in self.stories.iter().enumerate() {
            word[76 + i * 4..80 + i * 4].copy_from_slice(&length.to_le_bytes());
        }
        for (number, bytes) in structures {
            let place =
                numbers(&[u32::try_from(table.len()).expect("short"), u32::try_from(bytes.len()).expect("short")]);
            word[154 + number * 8..162 + number * 8].copy_from_slice(&place);
            table.extend(bytes);
        }
        word[CHARACTERS..CHARACTERS + 512].copy_from_slice(&page(&bounds, &characters, 1));
        word[PARAGRAPHS..PARAGRAPHS + 512].copy_from_slice(&page(&bounds, &paragraphs, 13));
        word.extend(text);

        let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).expect("create");
        for (name, bytes) in [("WordDocument", word), ("1Table", table)] {
            file.create_stream(name).expect("stream").write_all(&bytes).expect("write");
        }
        file.flush().expect("flush");
        file.into_inner().into_inner()
    }

    fn document(&self) -> Document {
        read(&self.bytes(), &Limits::default()).expect("reads")
    }
}

#[test]
fn looks_fields_and_special_characters_are_read() {
    let maker = Maker::new(vec![
        Run { text: "Joint Agreement\r", paragraph: &[0x61, 0x24, 1], character: &[0x35, 0x08, 1, 0x3e, 0x2a, 1] },
        Run { text: "Dress. ", paragraph: &[], character: &[0x35, 0x08, 1] },
        run("A “blue” shirt\u{b}and \u{13}HYPERLINK x\u{14}badge\u{15}, part\u{1e}time"),
        Run { text: "secret", paragraph: &[], character: &[0x3c, 0x08, 1] },
        run(".\r"),
        Run { text: "Training\r", paragraph: &[0x40, 0x26, 0], character: &[] },
    ]);
    let document = maker.document();
    insta::assert_snapshot!(outline(&document), @r"
    Paragraph: bold underlined centered Joint Agreement
    Paragraph: lead=7 Dress. A “blue” shirt⏎and badge, part‑time.
    Heading { level: 1 }: Training
    ");
    assert_eq!(document.left_out().len(), 1);
}

#[test]
fn tables_keep_rows_columns_and_empty_cells() {
    const CELL: &[u8] = &[0x16, 0x24, 1];
    // A row's end, with a definition of two cells of which the second goes on from the first.
    const MERGED: &[u8] = &[
        0x16, 0x24, 1, 0x17, 0x24, 1, 0x08, 0xd6, 48, 0, 2, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    ];
    let cell = |text| Run { text, paragraph: CELL, character: &[] };
    let maker = Maker::new(vec![
        run("before\r"),
        cell("Uniform\u{7}"),
        cell("\u{7}"),
        Run { text: "\u{7}", paragraph: &[0x16, 0x24, 1, 0x17, 0x24, 1], character: &[] },
        cell("one\r"),
        cell("two\u{7}"),
        cell("\u{7}"),
        Run { text: "\u{7}", paragraph: MERGED, character: &[] },
        run("after\r"),
    ]);
    insta::assert_snapshot!(outline(&maker.document()), @r"
    Paragraph: before
    TableCell { table: 0, row: 0, column: 0 }: Uniform
    TableCell { table: 0, row: 0, column: 1 }: 
    TableCell { table: 0, row: 1, column: 0 }: one
    TableCell { table: 0, row: 1, column: 0 }: two
    Paragraph: after
    ");
}

#[test]
fn stories_and_changes_stand_where_they_belong() {
    let mut maker = Maker::new(vec![
        run("They meet "),
        Run { text: "monthly", paragraph: &[], character: &[0x00, 0x08, 1] },
        Run { text: "weekly", paragraph: &[], character: &[0x01, 0x08, 1] },
        run(".\u{2}\r"),
        run("Then.\r"),
        run("A note.\r"),
        run("DRAFT\r"),
        run("Sure?\r"),
    ]);
    maker.stories = [32, 8, 6, 0, 6];
    let author: Vec<u8> = [5u16].into_iter().chain("Clerk".encode_utf16()).flat_map(u16::to_le_bytes).collect();
    maker.structures = vec![
        (2, [numbers(&[24, 32]), vec![1, 0]].concat()),
        (3, numbers(&[0, 8, 8])),
        (11, numbers(&[0, 0, 0, 0, 0, 0, 0, 0, 6, 6])),
        (4, [numbers(&[5, 32]), vec![0; 30]].concat()),
        (5, numbers(&[0, 6, 6])),
        (36, author),
    ];
    let document = maker.document();
    insta::assert_snapshot!(outline(&document), @r#"
    Paragraph: They meet weekly.
    Footnote: 1 A note.
    Paragraph: Then.
    PageHeader: DRAFT
    Comment { author: Some("Clerk"), anchor: None }: Sure?
    "#);
    let changes: Vec<_> = document.changes().iter().map(|c| (c.kind, c.text.as_str())).collect();
    assert_eq!(changes, [(ChangeKind::Deleted, "monthly"), (ChangeKind::Inserted, "weekly")]);
}

#[test]
fn automatic_numbers_are_rendered() {
    const FIRST: &[u8] = &[0x0b, 0x46, 1, 0, 0x0a, 0x26, 0];
    const SECOND: &[u8] = &[0x0b, 0x46, 1, 0, 0x0a, 0x26, 1];
    let item = |text, paragraph| Run { text, paragraph, character: &[] };
    let mut maker =
        Maker::new(vec![item("one\r", FIRST), item("sub\r", SECOND), item("sub\r", SECOND), item("two\r", FIRST)]);
    let level = |form: u8, pattern: &str| {
        let mut level = vec![1, 0, 0, 0, form];
        level.resize(28, 0);
        let units: Vec<u16> = pattern.encode_utf16().collect();
        level.extend(u16::try_from(units.len()).expect("short").to_le_bytes());
        level.extend(units.into_iter().flat_map(u16::to_le_bytes));
        level
    };
    let mut list = [vec![1, 0], numbers(&[77]), vec![0; 24]].concat();
    maker.structures = vec![(74, [numbers(&[1, 77, 0, 0, 0]), numbers(&[0])].concat()), (73, list.clone())];
    // The levels follow the lists and are not counted with them.
    list.clear();
    let levels = [level(1, "\u{0}."), level(4, "(\u{1})")].concat();
    let levels = [levels, (0..7).flat_map(|_| level(0, "")).collect()].concat();
    maker.structures.push((20, levels));
    insta::assert_snapshot!(outline(&maker.document()), @r"
    ListItem { level: 0 }: I. one
    ListItem { level: 1 }: (a) sub
    ListItem { level: 1 }: (b) sub
    ListItem { level: 0 }: II. two
    ");
}

#[test]
fn an_outline_level_out_of_range_is_none() {
    // Found by fuzzing: 255 and one more.
    let maker = Maker::new(vec![Run { text: "Training\r", paragraph: &[0x40, 0x26, 0xff], character: &[] }]);
    assert_eq!(maker.document().blocks()[0].look.outline, None);
}

#[test]
fn protected_old_and_broken_files_give_one_sentence() {
    let error = |bytes: &[u8]| read(bytes, &Limits::default()).expect_err("refused");
    let protected = Maker { flags: 0x0100, ..Maker::new(vec![run("x\r")]) };
    assert_eq!(error(&protected.bytes()), ReadError::Protected { program: "in Word" });
    assert!(error(b"\xd0\xcf\x11\xe0").to_string().contains("directory cannot be read"));
    let mut bytes = Maker::new(vec![run("x\r")]).bytes();
    let header = memchr::memmem::find(&bytes, &[0xec, 0xa5, 0xc1, 0]).expect("header");
    bytes[header + 2] = 0x65;
    assert!(matches!(error(&bytes), ReadError::Unsupported { .. }));
    bytes[header] = 0;
    assert!(error(&bytes).to_string().contains("header cannot be read"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]
    #[test]
    fn no_damage_makes_the_reader_panic(edits in proptest::collection::vec(any::<(usize, u8, u8)>(), 1..12)) {
        let mut maker = Maker::new(vec![
            Run { text: "é one\r", paragraph: &[0x0b, 0x46, 1, 0], character: &[0x35, 0x08, 0x81] },
            Run { text: "a\u{7}\u{7}", paragraph: &[0x16, 0x24, 1], character: &[0x00, 0x08, 1] },
            run("\u{13}x\u{14}y\u{15}\u{2}\rnote\rhead\r"),
        ]);
        maker.stories = [16, 5, 5, 0, 0];
        maker.structures = vec![(2, [numbers(&[14, 16]), vec![1, 0]].concat()), (3, numbers(&[0, 5, 5]))];
        check(read(&damage(&maker.bytes(), &edits), &small_limits()));
    }
}
