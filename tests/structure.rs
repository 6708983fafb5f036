//! The structure that a person sees in a document without heading styles, and where its words are.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a test may fail"
)]

use sro_lint::document::{BlockKind, Document};
use sro_lint::reader::{Limits, markdown, text};

fn text(source: &str) -> Document {
    text::read(source.as_bytes(), &Limits::default()).expect("reads")
}

fn markdown(source: &str) -> Document {
    markdown::read(source.as_bytes(), &Limits::default()).expect("reads")
}

/// Every section by name, indented by its level.
fn sections(document: &Document) -> String {
    let name = |s: &sro_lint::document::Section| {
        format!("{}{}", "  ".repeat(usize::from(s.level) - 1), s.label().unwrap_or_default())
    };
    document.sections().iter().skip(1).map(name).collect::<Vec<_>>().join("\n")
}

/// Every block: its kind, its label and its words.
fn blocks(document: &Document) -> String {
    let line = |b: &sro_lint::document::Block| {
        let kind = match &b.kind {
            BlockKind::Heading { level } => format!("h{level}"),
            BlockKind::ListItem { level } => format!("item{level}"),
            BlockKind::TableCell { row, column, .. } => format!("cell {row}.{column}"),
            other => format!("{other:?}").to_lowercase(),
        };
        let words: Vec<&str> = b.pieces.iter().map(|p| document.slice(*p)).collect();
        format!("{kind} {}| {}", b.label.as_deref().map(|l| format!("{l} ")).unwrap_or_default(), words.join("/"))
    };
    document.blocks().iter().map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn capitals_letters_and_run_in_phrases_nest() {
    let document = text(
        "ALDER POLICE DEPARTMENT\n\nGENERAL ORDER 12\n\nI. PURPOSE\n\nThis order tells officers how to work in schools.\n\n\
         II. FORCE\n\nA. Guiding rule. The lightest hold that works is the right one.\n\n\
         B. Reports. Each use is written up that day.\n\nC. The sergeant reads every report on the next day.\n",
    );
    assert_eq!(document.title(), Some("ALDER POLICE DEPARTMENT, GENERAL ORDER 12"));
    insta::assert_snapshot!(sections(&document), @r"
    I. PURPOSE
    II. FORCE
      A. Guiding rule
      B. Reports
    ");
    let third = document.text().find("The sergeant").expect("there");
    assert_eq!(document.place_name(third), "II. FORCE, item C");
}

#[test]
fn a_scan_is_joined_across_its_page_head() {
    let document = text(
        "TOWN OF ALDER\n\nl. DUTY\n\nThe officer is on duty from seven in the\nmorning and is nec-\n\n- - - - - - -\n\
         ALDER P.D.   G.O. 8      PAGE 2 OF 3\n\nessary to every drill.\n\n2, UNlFORM\n\nThe officer wears a blazer.\n\n\
         - - - - - - -\nALDER P,D.   G.O. 8      PAGF 3 OF 3\n\nShoes are black.\n",
    );
    insta::assert_snapshot!(blocks(&document), @r"
    paragraph | TOWN OF ALDER
    h1 l. | DUTY
    paragraph | The officer is on duty from seven in the/morning and is nec-/essary to every drill.
    pageheader | ALDER P.D.   G.O. 8      PAGE 2 OF 3
    h1 2, | UNlFORM
    paragraph | The officer wears a blazer.
    pageheader | ALDER P,D.   G.O. 8      PAGF 3 OF 3
    paragraph | Shoes are black.
    ");
}

#[test]
fn contents_are_set_apart_from_the_sections_that_they_name() {
    let document = text(
        "HANDBOOK FOR OFFICERS\n\nCONTENTS\n\nWhat We Wear ........ 1\nWhom We Call ........ 2\n\nWHAT WE WEAR\n\n\
         A blazer and a name plate on every day.\n\nWHOM WE CALL\n\nThe sergeant first, and then the captain.\n",
    );
    insta::assert_snapshot!(sections(&document), @r"
    WHAT WE WEAR
    WHOM WE CALL
    ");
    assert_eq!(document.blocks().iter().filter(|b| b.kind == BlockKind::Contents).count(), 3);
}

#[test]
fn signatures_addresses_and_items_are_no_headings() {
    let document = text(
        "AGREEMENT\n\nThe parties agree to what is set out in this paper.\n\nThe officer shall:\n\n1. be present;\n\n\
         2. be kind; and\n\n3. be brief.\n\nBy order of\n\n/s/ Ada Lindqvist\n\nChief of Police\n\nJune 4, 2026\n",
    );
    assert_eq!(sections(&document), "");
    assert_eq!(document.blocks().iter().filter(|b| matches!(b.kind, BlockKind::ListItem { .. })).count(), 3);
}

#[test]
fn questions_are_headings_under_their_parts() {
    let document = text(
        "Our officer: questions\n\nThe basics\n\nWho is the boss?\n\nThe sergeant is.\n\nWho pays?\n\nThe town does.\n\n\
         Your rights\n\nMay I stay silent?\n\nYes, always.\n",
    );
    insta::assert_snapshot!(sections(&document), @r"
    The basics
      Who is the boss?
      Who pays?
    Your rights
      May I stay silent?
    ");
}

#[test]
fn markdown_blocks_are_told_apart_and_their_spans_point_into_the_file() {
    let document = markdown(
        "---\ntitle: The Title\n---\n# Head\n\nR&amp;D **bold**[^1] <!-- no -->`code`\n\n3. three\n4. four\n   - deep\n\n\
         | a | b |\n|---|---|\n| c |   |\n\n[^1]: A note.\n\n<!-- out\nof sight -->\n",
    );
    assert_eq!(document.title(), Some("The Title"));
    insta::assert_snapshot!(blocks(&document), @r"
    hidden | title: The Title

    h1 | Head
    paragraph | R&amp;D /bold/ /code
    hidden | <!-- no -->
    item0 3. | three
    item0 4. | four
    item1 • | deep
    cell 0.0 | a
    cell 0.1 | b
    cell 1.0 | c
    cell 1.1 | 
    footnote 1 | A note.
    hidden | <!-- out
    of sight -->
    ");
}

#[test]
fn markdown_run_in_phrases_open_sections() {
    let document = markdown(
        "# Order\n\n**2.1 Force.** Hands off, if it can be helped.\n\n**2.2 Arrest.** Only with the captain's word.\n\n\
         *Searches.* With a warrant.\n\nSome *stress* within a text.\n",
    );
    insta::assert_snapshot!(sections(&document), @r"
    Order
      2.1. Force
      2.2. Arrest
        Searches
    ");
}

#[test]
fn a_mark_at_the_start_of_the_file_keeps_offsets_in_the_file() {
    let document = text("\u{feff}PLAN\n\nThe officer is here on every day of the week.\n");
    let block = &document.blocks()[1];
    assert_eq!(document.slice(block.span), "The officer is here on every day of the week.");
    assert_eq!(block.span.start, "\u{feff}PLAN\n\n".len());
}
