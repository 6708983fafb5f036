//! Readers: bytes in, [`Document`] out. Content decides the format; a file's name only helps.

pub mod archive;
mod container;
mod detect;
mod doc;
pub mod docx;
pub(crate) mod encoding;
mod error;
mod flow;
mod html;
mod limits;
pub mod markdown;
mod numeral;
mod odt;
mod package;
pub mod pdf;
mod rtf;
mod signature;
mod stream;
#[cfg(test)]
mod testing;
pub mod text;
mod xml;

pub use detect::{FileKind, detect, known_extension};
pub use error::ReadError;
pub use limits::Limits;

use crate::document::Document;

/// A file to be read.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    /// The file's name or path as given; its extension is a hint.
    pub name: &'a str,
    /// The file's bytes.
    pub bytes: &'a [u8],
}

/// Reads a document from its bytes.
///
/// # Errors
/// One clear sentence on what is wrong with the file and what to do.
pub fn read(source: Source<'_>, limits: &Limits) -> Result<Document, ReadError> {
    if source.bytes.len() as u64 > limits.file_bytes {
        let limit = package::megabytes(limits.file_bytes);
        return Err(ReadError::TooLarge { what: "its size", limit });
    }
    let kind = detect(source, limits)?;
    let mut document = read_as(kind, source.bytes, limits)?;
    if document.text().trim().is_empty() {
        return Err(ReadError::NoText);
    }
    if let Some(remark) = detect::misnamed(source.name, kind) {
        document.add_remark(remark);
    }
    Ok(document)
}

fn read_as(kind: FileKind, bytes: &[u8], limits: &Limits) -> Result<Document, ReadError> {
    match kind {
        FileKind::Docx => docx::read(bytes, limits),
        FileKind::Odt => odt::read(bytes, limits),
        FileKind::FlatOdt => odt::read_flat(bytes, limits),
        FileKind::Pdf => pdf::read(bytes, limits),
        FileKind::Rtf => rtf::read(bytes, limits),
        FileKind::Html => html::read(bytes, limits),
        FileKind::Doc => doc::read(bytes, limits),
        FileKind::Markdown => markdown::read(bytes, limits),
        FileKind::Text => text::read(bytes, limits),
        FileKind::Archive => Err(ReadError::NestedArchive),
    }
}
