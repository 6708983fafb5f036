//! Readers: bytes in, [`Document`] out. Content decides the format; a file's name only helps.

mod error;
mod limits;
pub mod pdf;

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
    let _ = limits;
    Err(ReadError::Unsupported { what: format!("{} bytes", source.bytes.len()) })
}
