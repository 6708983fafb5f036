//! Marked content: words that replace what is drawn, hidden layers, and running heads that say so themselves.

use super::page::Glyph;
use hayro_syntax::object::dict::keys;
use hayro_syntax::object::{self, Dict, Name};

/// Longest text that stands in for drawn characters; a whole paragraph would lose its place on the page.
const LONGEST: usize = 64;
/// Most marks within marks.
const DEEPEST: usize = 256;

#[derive(Debug, Default, Clone)]
struct Mark {
    hidden: bool,
    furniture: bool,
    /// Text in place of the characters from the given one on.
    instead: Option<(String, usize)>,
}

/// The marks that are open.
#[derive(Debug, Default)]
pub(super) struct Marks {
    open: Vec<Mark>,
    /// Marks past the deepest, which are only counted.
    beyond: usize,
}

impl Marks {
    pub fn depth(&self) -> usize {
        self.open.len() + self.beyond
    }

    pub fn is_hidden(&self) -> bool {
        self.open.last().is_some_and(|mark| mark.hidden)
    }

    pub fn is_furniture(&self) -> bool {
        self.open.last().is_some_and(|mark| mark.furniture)
    }

    /// Opens a mark at the `at`-th character of the page.
    pub fn open(&mut self, tag: &[u8], properties: Option<&Dict<'_>>, hidden: bool, at: usize) {
        if self.open.len() >= DEEPEST {
            self.beyond += 1;
            return;
        }
        let outer = self.open.last().cloned().unwrap_or_default();
        let instead = properties.and_then(|p| p.get::<object::String<'_>>(keys::ACTUAL_TEXT));
        let paginates =
            properties.and_then(|p| p.get::<Name<'_>>(keys::TYPE)).is_some_and(|kind| kind.as_ref() == b"Pagination");
        self.open.push(Mark {
            hidden: outer.hidden || (tag == b"OC" && hidden),
            furniture: outer.furniture || (tag == b"Artifact" && paginates),
            instead: instead.map(|text| (text_string(text.as_bytes()), at)),
        });
    }

    /// Closes the innermost mark.
    pub fn close(&mut self, glyphs: &mut Vec<Glyph>) {
        if self.beyond > 0 {
            self.beyond -= 1;
        } else if let Some(Mark { instead: Some((text, from)), .. }) = self.open.pop() {
            replace(glyphs, from, &text);
        }
    }

    /// Closes what a stream left open.
    pub fn close_to(&mut self, depth: usize, glyphs: &mut Vec<Glyph>) {
        while self.depth() > depth {
            self.close(glyphs);
        }
    }
}

/// Puts `text` where the characters from `from` on stand, if they stand on one line.
fn replace(glyphs: &mut Vec<Glyph>, from: usize, text: &str) {
    let count = text.chars().count();
    let replaced = glyphs.get(from..).unwrap_or_default();
    let (Some(first), Some(last)) = (replaced.first().copied(), replaced.last().copied()) else { return };
    if count == 0 || count > LONGEST || first.angle != last.angle || (first.y - last.y).abs() > first.size {
        return;
    }
    let width = ((last.x - first.x).hypot(last.y - first.y) + last.advance) / count as f32;
    let (sin, cos) = f32::from(first.angle).to_radians().sin_cos();
    glyphs.truncate(from);
    glyphs.extend(text.chars().enumerate().map(|(i, c)| Glyph {
        c,
        x: first.x + width * i as f32 * cos,
        y: first.y + width * i as f32 * sin,
        advance: width,
        ..first
    }));
}

/// A PDF text string: UTF-16 or UTF-8 by its mark, else one byte a character.
pub(super) fn text_string(bytes: &[u8]) -> String {
    match bytes {
        [0xfe, 0xff, rest @ ..] => encoding_rs::UTF_16BE.decode_without_bom_handling(rest).0.into_owned(),
        [0xff, 0xfe, rest @ ..] => encoding_rs::UTF_16LE.decode_without_bom_handling(rest).0.into_owned(),
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        bytes => encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(),
    }
}
