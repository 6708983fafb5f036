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
    let damaged =
        |detail: &str| ReadError::Damaged { format: FORMAT, detail: detail.to_owned(), program: "LibreOffice" };
    let mut package = Package::open(bytes, limits).ok_or_else(|| damaged("its directory cannot be read"))?;
    let manifest = package.part("META-INF/manifest.xml", FORMAT)?.unwrap_or_default();
    if memchr::memmem::find(&manifest, b"encryption-data").is_some() {
        return Err(ReadError::Protected { program: "in LibreOffice" });
    }
    let mut walker = Walker::new(DocumentBuilder::packed(Format::Odt), limits);
    if let Some(styles) = package.part("styles.xml", FORMAT)? {
        walker.part("styles.xml", &decode(&styles))?;
    }
    let content = package.part("content.xml", FORMAT)?.ok_or_else(|| damaged("its content.xml is missing"))?;
    walker.part("content.xml", &decode(&content))?;
    Ok(walker.finish())
}

/// Reads an OpenDocument text that is a single XML file.
pub fn read_flat(bytes: &[u8], limits: &Limits) -> Result<Document, ReadError> {
    let mut walker = Walker::new(DocumentBuilder::packed(Format::Odt), limits);
    walker.part("document", &decode(bytes))?;
    Ok(walker.finish())
}
