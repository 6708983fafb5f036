//! What the readers' tests share.

use super::{Limits, ReadError};
use crate::document::Document;
use std::io::{Cursor, Write};

/// One line per block: kind, words with label, and what its looks say.
pub(super) fn outline(document: &Document) -> String {
    let lines = document.blocks().iter().map(|block| {
        let look = &block.look;
        let marks = [(look.bold, " bold"), (look.underlined, " underlined"), (look.centered, " centered")];
        let marks: String = marks.iter().filter(|(on, _)| *on).map(|(_, name)| *name).collect();
        let lead = if look.lead > 0 { format!(" lead={}", look.lead) } else { String::new() };
        format!("{:?}:{marks}{lead} {}", block.kind, document.slice(block.span).replace('\n', "⏎").replace('\t', "→"))
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// A zip file of these parts.
pub(super) fn pack(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).expect("start");
        writer.write_all(bytes).expect("write");
    }
    writer.finish().expect("finish").into_inner()
}

/// Checks what holds for every document, whatever its bytes: spans lie in the text, on character boundaries,
/// and ascend.
pub(super) fn check(result: Result<Document, ReadError>) {
    let Ok(document) = result else { return };
    let text = document.text();
    let on_text = |start: usize, end: usize| assert!(text.get(start..end).is_some(), "{start}..{end} is no slice");
    let mut start = 0;
    for block in document.blocks() {
        on_text(block.span.start, block.span.end);
        assert!(block.span.start >= start, "blocks ascend");
        start = block.span.start;
        for piece in &block.pieces {
            assert!(block.span.contains(*piece), "pieces lie in their block");
            on_text(piece.start, piece.end);
        }
        assert!(block.look.lead <= block.span.len(), "the lead lies in the block");
        assert!(document.section(block.section).level <= 9);
        assert!(document.page(block.span.start).is_none_or(|page| page >= 1));
    }
    for change in document.changes() {
        on_text(change.span.start, change.span.end);
    }
    for span in document.placeholders() {
        on_text(span.start, span.end);
    }
}

/// Damages bytes at places: overwrites, cuts and doubles.
pub(super) fn damage(bytes: &[u8], edits: &[(usize, u8, u8)]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for (at, how, value) in edits {
        if bytes.is_empty() {
            break;
        }
        let at = at % bytes.len();
        match how % 8 {
            0 => bytes.truncate(at),
            1 => {
                let to = (at + usize::from(*value)).min(bytes.len());
                let copy = bytes[at..to].to_vec();
                bytes.splice(at..at, copy);
            }
            2 => {
                let to = (at + usize::from(*value)).min(bytes.len());
                bytes.drain(at..to);
            }
            _ => bytes[at] = *value,
        }
    }
    bytes
}

/// Limits small enough that hostile input is met soon.
pub(super) fn small_limits() -> Limits {
    Limits { inflated_bytes: 4 << 20, depth: 64, elements: 50_000, ..Limits::default() }
}
