//! The PDF reader.
//!
//! bytes → `engine` (the library) → characters and rules of a page → words → lines → regions in reading
//! order → paragraphs → document. Each step is a file of its own; only `engine`, `content`, `font`, `marked`
//! and `path` know the library.

mod allowance;
mod budget;
mod content;
mod emit;
mod engine;
mod font;
mod furniture;
mod grid;
mod inline;
mod label;
mod line;
mod marked;
mod ocr;
mod page;
mod paragraph;
mod path;
mod quiet;
mod region;
mod stretch;
mod tables;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
mod words;

pub use ocr::read_by_ocr;

use super::{Limits, ReadError};
use crate::document::Document;
use emit::Extras;
use furniture::Laid;
use page::Page;

/// The share of characters without a known letter past which the text layer is worth nothing.
const UNREADABLE: f32 = 0.3;

/// Reads a PDF.
///
/// # Errors
/// If the file is damaged, protected by a password, past a limit, a scan, or its text cannot be read as
/// letters.
pub fn read(bytes: &[u8], limits: &Limits) -> Result<Document, ReadError> {
    let mut laid: Vec<Laid> = Vec::new();
    let mut extras = Extras::default();
    let (mut characters, mut unknown) = (0_usize, 0_usize);
    engine::pages(bytes, limits, &mut |page| {
        let number = laid.len();
        let Some(page) = page else {
            extras.unreadable.push(number);
            laid.push(Laid::default());
            return Ok(());
        };
        let shown = page.glyphs.iter().filter(|glyph| !glyph.c.is_whitespace());
        characters += shown.clone().count();
        unknown += shown.filter(|glyph| glyph.c == char::REPLACEMENT_CHARACTER).count();
        laid.push(Laid { height: page.height, regions: region::regions(&page) });
        take_extras(page, number, &mut extras);
        Ok(())
    })?;
    if characters == 0 {
        return Err(if extras.pictures > 0 { ReadError::Scan } else { ReadError::NoText });
    }
    if unknown as f32 > UNREADABLE * characters as f32 {
        return Err(ReadError::NoLetters);
    }
    let furniture = furniture::take(&mut laid);
    let pages = laid.len();
    let paragraphs = laid.into_iter().enumerate().flat_map(|(n, page)| paragraph::paragraphs(n, page.regions));
    Ok(emit::document(paragraph::join(paragraphs.collect()), &furniture, pages, extras))
}

fn take_extras(page: Page, number: usize, extras: &mut Extras) {
    extras.pictures += page.pictures;
    extras.notes.extend(page.notes.into_iter().map(|note| (number, note)));
}
