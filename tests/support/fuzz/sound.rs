//! What holds for every document and every report, whatever the bytes.

use super::target::Target;
use sro_lint::document::{Block, Document, Span};
use sro_lint::render::{OutputFormat, RenderOptions, renderer, safe};
use sro_lint::report::{Checked, DocumentReport, Place};

/// Checks a document that a reader made of `bytes`.
pub fn document(document: &Document, bytes: &[u8], target: Target) {
    let text = document.text();
    if matches!(target.name, "text" | "markdown") && !document.remarks().iter().any(|r| r.starts_with("Read as")) {
        assert!(text.as_bytes() == bytes, "the text of a plain file is the file itself");
    }
    let mut start = 0;
    for (id, block) in document.blocks().iter().enumerate() {
        check_block(text, block);
        assert!(start <= block.span.start, "blocks are in the order in which they start: {:?}", block.span);
        start = block.span.start;
        let section = document.section(block.section);
        let listed = section.blocks.binary_search(&id).is_ok() || section.heading == Some(id);
        assert!(!block.kind.is_body() || listed, "block {id} is not where it says it is");
        assert!(document.page(block.span.start).is_none_or(|page| page >= 1));
    }
    for (id, section) in document.sections().iter().enumerate().skip(1) {
        let parent = document.section(section.parent);
        assert!(section.parent < id && parent.level < section.level && section.level <= 9, "section {id}");
        assert!(parent.children.binary_search(&id).is_ok(), "section {id} is no child of its parent");
        assert!(section.heading.is_some_and(|heading| document.block(heading).section == id), "section {id}");
        assert!(section.blocks.is_sorted(), "section {id}");
    }
    let on_text = |span: Span| assert!(text.get(span.start..span.end).is_some(), "{span:?} is no slice");
    document.changes().iter().for_each(|change| on_text(change.span));
    document.placeholders().iter().for_each(|span| on_text(*span));
    for (span, origin) in document.origins().within(Span::new(0, text.len())) {
        on_text(*span);
        assert!(usize::from(origin.part) < document.origins().parts().len(), "{origin:?}");
    }
    for offset in (0..text.len()).step_by(1 + text.len() / 50) {
        let _ = (document.place_name(offset), document.line_column(offset));
    }
}

fn check_block(text: &str, block: &Block) {
    assert!(text.get(block.span.start..block.span.end).is_some(), "{:?} is no slice", block.span);
    assert!(block.look.lead <= block.span.len(), "the lead lies in the block");
    let mut end = block.span.start;
    for piece in &block.pieces {
        assert!(end <= piece.start && piece.end <= block.span.end, "{piece:?} in {:?} after {end}", block.span);
        assert!(text.get(piece.start..piece.end).is_some(), "{piece:?} is no slice");
        end = piece.end;
    }
    if let Some(run_in) = block.run_in {
        assert!(block.span.contains(run_in) && text.get(run_in.start..run_in.end).is_some(), "{run_in:?}");
    }
}

/// Checks what was said about a document: every place is one of the text, and nothing that is shown is obeyed.
pub fn report(checked: &Checked) {
    let DocumentReport { requirements, diagnostics, .. } = &checked.report;
    let evidence = requirements.iter().flat_map(|r| &r.evidence).map(|e| &e.span);
    let spans = diagnostics.iter().flat_map(|d| d.spans.iter().chain(&d.belongs));
    for place in evidence.chain(spans) {
        check_place(checked, place);
    }
    let options = RenderOptions { width: 80, color: false, fail_on: None, list_errors: true };
    for format in [OutputFormat::Pretty, OutputFormat::Concise, OutputFormat::Html, OutputFormat::Json] {
        let mut shown = Vec::new();
        renderer(format, options).document(&mut shown, checked).expect("memory takes everything");
        let shown = String::from_utf8(shown).expect("a report is text");
        let for_terminal = matches!(format, OutputFormat::Pretty | OutputFormat::Concise);
        let harmful = shown.chars().find(|c| for_terminal && *c != '\n' && safe::is_harmful(*c));
        assert!(harmful.is_none(), "{harmful:?} reaches the terminal");
    }
}

fn check_place(checked: &Checked, place: &Place) {
    let slice = checked.document.text().get(place.start..place.end);
    assert_eq!(slice, Some(place.text.as_str()), "{}..{}", place.start, place.end);
    assert!(place.line > 0 && place.column > 0);
}
