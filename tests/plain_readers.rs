//! What holds for every document that the Markdown and text readers make, whatever the bytes.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a test may fail"
)]

use proptest::prelude::*;
use sro_lint::document::{Block, BlockKind, Document};
use sro_lint::reader::{Limits, ReadError, markdown, text};

/// A text with every kind of structure, to be damaged.
const SAMPLE: &str = "---\ntitle: Sample\n---\n# TOWN OF ALDER\n\nMEMORANDUM\n\nCONTENTS\n\nI. Purpose .... 1\nII. Terms .... 2\n\n\
    I. PURPOSE\n\nThe Chief and the Superi-\nntendent agree as follows:\n\n1. one &amp; two;\n2. three[^1].\n\n- - - - - -\n\
    ALDER P.D.   G.O. 8      PAGE 2 OF 4\n\nA. **Force.** Only to pre-\nvent harm.\n\n| a | b |\n|---|---|\n| c |  |\n\n\
    [^1]: A note.\n\n<!-- hidden --> text <br/> more\n\n  --------------\n  Who     Name\n  ------- ------\n  SRO     Ito\n\n\
    \u{20} --------------\n\n\x0cARTICLE IV\n\n> quoted `code` [link](x)\n\nWhat now?\n\nNothing.\n";

fn check(document: &Document) {
    let text = document.text();
    let mut start = 0;
    for (id, block) in document.blocks().iter().enumerate() {
        check_spans(text, block);
        assert!(start <= block.span.start, "blocks are in the order in which they start");
        start = block.span.start;
        if block.kind.is_body() {
            let section = document.section(block.section);
            assert!(section.blocks.contains(&id) || section.heading == Some(id), "a block is where it says it is");
        }
    }
    for (id, section) in document.sections().iter().enumerate().skip(1) {
        let parent = document.section(section.parent);
        assert!(section.parent < id && parent.level < section.level && parent.children.contains(&id));
        assert!(section.children.iter().all(|child| document.section(*child).parent == id));
        let heading = document.block(section.heading.expect("a section is opened by a block"));
        assert!(
            heading.section == id && (matches!(heading.kind, BlockKind::Heading { .. }) || heading.run_in.is_some())
        );
        assert!(section.blocks.is_sorted());
    }
    for offset in (0..text.len()).step_by(7) {
        let _ = document.place_name(offset);
    }
}

fn check_spans(text: &str, block: &Block) {
    assert!(text.get(block.span.start..block.span.end).is_some(), "in bounds and on characters: {:?}", block.span);
    let mut end = block.span.start;
    for piece in &block.pieces {
        assert!(
            end <= piece.start && piece.end <= block.span.end && !piece.is_empty(),
            "{piece:?} in {:?}",
            block.span
        );
        assert!(text.get(piece.start..piece.end).is_some());
        end = piece.end;
    }
    if let Some(run_in) = block.run_in {
        assert!(block.span.contains(run_in) && text.get(run_in.start..run_in.end).is_some());
    }
}

fn read_both(bytes: &[u8]) {
    for read in [markdown::read, text::read] {
        match read(bytes, &Limits::default()) {
            Ok(document) => check(&document),
            Err(error) => assert!(matches!(error, ReadError::Empty | ReadError::NoText), "{error}"),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_bytes_make_a_sound_document(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        read_both(&bytes);
    }

    #[test]
    fn any_text_makes_a_sound_document(text in "(\\PC|\n|\t| |\\.|-|#|\\||\\*|&amp;|[IVXivx1-9]\\. |•|_|\r|\x0c){0,300}") {
        read_both(text.as_bytes());
    }

    #[test]
    fn a_damaged_sample_makes_a_sound_document(
        cuts in proptest::collection::vec((0..SAMPLE.len(), 0..40usize, "[\\PC\n|*#.-]{0,6}"), 0..12)
    ) {
        let mut bytes = SAMPLE.as_bytes().to_vec();
        for (at, len, with) in cuts {
            let at = at.min(bytes.len());
            let end = (at + len).min(bytes.len());
            bytes.splice(at..end, with.into_bytes());
        }
        read_both(&bytes);
    }
}

#[test]
fn the_sample_itself_is_sound() {
    read_both(SAMPLE.as_bytes());
}

#[test]
fn a_thousand_pages_take_no_longer_each_than_one() {
    let page = "\x0cSECTION 3. DUTIES\n\nThe officer shall be on duty at the High School from seven in the morn-\ning \
                until three. (a) One.\n\n1. be present;\n2. be kind;\n\nALDER P.D.   G.O. 8      PAGE 2 OF 4\n\n";
    let time = |pages: usize| {
        let bytes = page.repeat(pages).into_bytes();
        let start = std::time::Instant::now();
        for read in [markdown::read, text::read] {
            read(&bytes, &Limits::default()).expect("reads");
        }
        start.elapsed().as_secs_f64() / pages as f64
    };
    let small = time(200).max(time(200));
    assert!(time(4_000) < small * 8.0, "the time for a page grows with the number of pages");
}
