//! Word's Office Open XML (`.docx`, `.docm`, `.dotx`), Transitional and Strict.
//!
//! package → parts → `story` (paragraphs as they are read) → `emitter` (blocks of the document). Everything
//! streams and nothing recurses, so a hostile file meets a limit before it meets the end of memory or stack.

mod elements;
mod emitter;
mod fields;
mod labels;
mod notes;
mod numbering;
mod package;
mod paragraph;
mod part;
mod parts;
mod properties;
mod relationships;
mod story;
mod styles;
mod symbols;
mod table;
#[cfg(test)]
mod tests;
mod xml;

use super::{Limits, ReadError};
use crate::document::{BlockKind, Document, DocumentBuilder, Format};
use emitter::Emitter;
use notes::Notes;
use numbering::Numbering;
use package::Package;
use paragraph::NoteKind;
use parts::Parts;
use std::cell::Cell;
use std::collections::HashSet;
use std::sync::Arc;
use story::{Out, Shared, Story};
use table::Pages;
use xml::{Budget, Ns, Token, Xml};

/// Reads a Word document.
///
/// # Errors
/// One clear sentence on what is wrong with the file and what to do.
pub fn read(bytes: &[u8], limits: &Limits) -> Result<Document, ReadError> {
    let budget = Budget::new(limits);
    let mut package = Package::open(bytes, limits, &budget)?;
    let parts = Parts::find(&mut package)?;
    let main = parts.main(&mut package)?;
    let styles = match parts.named(&mut package, "styles")? {
        Some(part) => styles::known::styles(&part, &budget)?,
        None => Arc::default(),
    };
    let numbering = match parts.named(&mut package, "numbering")? {
        Some(part) => Numbering::read(&part, &budget, &styles)?,
        None => Numbering::default(),
    };
    let shared = Shared { styles: &styles, tables: Cell::new(0) };

    let mut builder = DocumentBuilder::packed(Format::Docx);
    let body = builder.part(main.name());
    let mut notes = Notes::new();
    let mut left_out = Vec::new();
    for (kind, name) in [(NoteKind::Footnote, "footnotes"), (NoteKind::Endnote, "endnotes")] {
        if let Some(part) = parts.named(&mut package, name)? {
            let index = builder.part(part.name());
            let (more, missing) = notes::notes(&part, index, kind, &shared, &budget)?;
            notes.extend(more);
            left_out.push(missing);
        }
    }

    let mut emitter = Emitter::new(builder, &styles, &numbering, notes);
    let mut xml = Xml::new(&main, &budget);
    enter_document(&mut xml)?;
    // Pages are known only where Word has noted them when it last drew the document.
    let pages = memchr::memmem::find(main.text().as_bytes(), b"lastRenderedPageBreak").map(|_| Pages::new());
    if pages.is_some() {
        emitter.first_page();
    }
    let mut story = Story::new(&shared, Out::Emit(&mut emitter), body, BlockKind::Paragraph);
    story.pages = pages;
    story.read(&mut xml)?;
    while !matches!(xml.next()?, Token::Eof) {}
    let page_parts = std::mem::take(&mut story.page_parts);
    left_out.push(story.left_out());
    left_out.into_iter().for_each(|counts| emitter.left_out(counts));

    let mut done = HashSet::new();
    for reference in page_parts {
        let Some(name) = parts.target(&reference.id).filter(|name| done.insert((*name).to_owned())) else { continue };
        if let Some(part) = package.part(name)? {
            notes::page_part(&part, reference.is_header, &mut emitter, &shared, &budget)?;
        }
    }
    if let Some(part) = parts.named(&mut package, "comments")? {
        notes::comments(&part, &mut emitter, &shared, &budget)?;
    }

    let builder = emitter.into_builder();
    match builder.text().trim() {
        "" => Err(ReadError::NoText),
        _ => Ok(builder.finish()),
    }
}

/// Makes sure that the main part is a text document.
fn enter_document(xml: &mut Xml<'_>) -> Result<(), ReadError> {
    loop {
        match xml.next()? {
            Token::Start(e) if e.ns == Ns::Word && e.local() == "document" => return Ok(()),
            Token::Start(e) => {
                return Err(match e.local() {
                    "workbook" => ReadError::Unsupported { what: "a spreadsheet".to_owned() },
                    "presentation" => ReadError::Unsupported { what: "a presentation".to_owned() },
                    _ => damaged("its main part is no Word document".to_owned()),
                });
            }
            Token::Eof => return Err(damaged("its main part is empty".to_owned())),
            _ => {}
        }
    }
}

fn damaged(detail: String) -> ReadError {
    ReadError::Damaged { format: "Word", detail, program: "Word" }
}
