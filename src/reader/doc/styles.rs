//! The style sheet of a Word 97–2003 document.

use super::binary::Binary;
use super::properties::{Character, ParagraphProperties};

/// Styles may name bases in a circle; no real chain is longer.
const LONGEST_CHAIN: usize = 32;

/// A paragraph style with what it takes from its bases.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Style {
    pub paragraph: ParagraphProperties,
    pub character: Character,
    pub title: bool,
    /// A line of a table of contents.
    pub contents: bool,
}

/// A style as stored.
#[derive(Debug, Clone, Copy)]
struct Stored<'a> {
    /// Word's own number for a built-in style.
    built_in: u16,
    base: u16,
    paragraph: Binary<'a>,
    character: Binary<'a>,
}

/// All styles by number.
pub(super) fn read(sheet: Binary<'_>) -> Vec<Style> {
    let stored = stored(sheet);
    (0..stored.len()).map(|number| resolve(&stored, number)).collect()
}

fn stored(sheet: Binary<'_>) -> Vec<Option<Stored<'_>>> {
    let mut styles = Vec::new();
    let (Some(header), Some(count), Some(base)) = (sheet.u16(0), sheet.u16(2), sheet.u16(4)) else { return styles };
    let mut at = 2 + usize::from(header);
    for _ in 0..count {
        let Some(length) = sheet.u16(at).map(usize::from) else { break };
        styles.push(sheet.slice(at + 2, length).and_then(|style| one(style, usize::from(base))));
        at += 2 + length;
    }
    styles
}

fn one(style: Binary<'_>, base: usize) -> Option<Stored<'_>> {
    const PARAGRAPH: u16 = 1;
    let (built_in, sort) = (style.u16(0)? & 0x0fff, style.u16(2)?);
    if sort & 0x000f != PARAGRAPH {
        return None;
    }
    // After the fixed part comes the name with a closing zero, then two lists of changes, each at an even place.
    let mut at = base + 2 + usize::from(style.u16(base)?) * 2 + 2;
    let mut next = || {
        let length = usize::from(style.u16(at)?);
        let list = style.slice(at + 2, length)?;
        at += 2 + length + length % 2;
        Some(list)
    };
    let paragraph = next().unwrap_or(Binary(&[]));
    let character = next().unwrap_or(Binary(&[]));
    // The paragraph's list starts with the number of the style itself.
    let paragraph = paragraph.slice(2, paragraph.0.len().saturating_sub(2)).unwrap_or(Binary(&[]));
    Some(Stored { built_in, base: sort >> 4, paragraph, character })
}

fn resolve(stored: &[Option<Stored<'_>>], number: usize) -> Style {
    let mut chain = Vec::new();
    let mut at = number;
    while let Some(Some(style)) = stored.get(at)
        && chain.len() < LONGEST_CHAIN
    {
        chain.push(style);
        at = usize::from(style.base);
    }
    let mut style = Style::default();
    for stored in chain.into_iter().rev() {
        style.paragraph = style.paragraph.apply(stored.paragraph);
        style.character = style.character.apply(stored.character, &style.character.clone());
        match stored.built_in {
            level @ 1..=9 => style.paragraph.outline = u8::try_from(level).ok(),
            19..=27 => style.contents = true,
            62 => style.title = true,
            _ => {}
        }
    }
    style
}
