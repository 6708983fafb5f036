//! OpenDocument text (`.odt`, `.ott`, `.fodt`): a stream over `styles.xml`, for looks, list labels, running
//! headers and footers, and over `content.xml`.

mod changes;
mod lists;
mod paragraphs;
mod styles;
#[cfg(test)]
mod tests;
mod walk;

use super::package::Package;
use super::xml::decode;
use super::{Limits, ReadError};
use crate::document::{Document, DocumentBuilder, Format};
use walk::Walker;

const FORMAT: &str = "OpenDocument";

/// Reads a packed OpenDocument text.
pub fn read(bytes: &[u8], limits: &Limits) -> Result<Document, ReadError> {
    let mut package = Package::open(bytes, limits, damaged)?;
    let (_, manifest) = package.part("META-INF/manifest.xml")?.unwrap_or_default();
    if memchr::memmem::find(&manifest, b"encryption-data").is_some() {
        return Err(ReadError::Protected { program: "in LibreOffice" });
    }
    let mut walker = Walker::new(DocumentBuilder::packed(Format::Odt), limits);
    if let Some((_, styles)) = package.part("styles.xml")? {
        walker.part("styles.xml", &decode(&styles))?;
    }
    let (_, content) = package.part("content.xml")?.ok_or_else(|| damaged("its content.xml is missing".to_owned()))?;
    walker.part("content.xml", &decode(&content))?;
    Ok(walker.finish())
}

fn damaged(detail: String) -> ReadError {
    ReadError::Damaged { format: FORMAT, detail, program: "LibreOffice" }
}

/// Reads an OpenDocument text that is a single XML file.
pub fn read_flat(bytes: &[u8], limits: &Limits) -> Result<Document, ReadError> {
    let mut walker = Walker::new(DocumentBuilder::packed(Format::Odt), limits);
    walker.part("document", &decode(bytes))?;
    Ok(walker.finish())
}
