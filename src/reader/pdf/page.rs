//! What the engine gives the assembler: a page as characters, rules and notes in upright coordinates.
//!
//! This is the seam at which the engine can be swapped: nothing past it knows the PDF library.

/// One character. Points; the origin is the page's top left corner, y grows downward.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Glyph {
    /// The character; [`char::REPLACEMENT_CHARACTER`] if the font does not say which it is.
    pub c: char,
    /// Where it starts on its baseline.
    pub x: f32,
    /// Its baseline.
    pub y: f32,
    /// How far it advances along the baseline.
    pub advance: f32,
    /// Height of the type.
    pub size: f32,
    /// Direction of the baseline in degrees, 0 for upright text.
    pub angle: i16,
    /// Whether the type is bold.
    pub bold: bool,
    /// Whether the type is italic.
    pub italic: bool,
    /// Whether the file itself says that this is a running header or footer.
    pub furniture: bool,
}

/// A straight horizontal or vertical stroke, or a thin filled box.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Rule {
    /// Left end.
    pub x0: f32,
    /// Upper end.
    pub y0: f32,
    /// Right end.
    pub x1: f32,
    /// Lower end.
    pub y1: f32,
}

impl Rule {
    /// Whether it runs from left to right.
    pub fn is_horizontal(&self) -> bool {
        self.x1 - self.x0 >= self.y1 - self.y0
    }
}

/// A reviewer's comment on a page.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Note {
    /// Who wrote it.
    pub author: Option<String>,
    /// What it says.
    pub text: String,
}

/// One page.
#[derive(Debug, Clone, Default)]
pub(super) struct Page {
    /// Width in points.
    pub width: f32,
    /// Height in points.
    pub height: f32,
    /// Characters in the order of the file.
    pub glyphs: Vec<Glyph>,
    /// Rules in the order of the file.
    pub rules: Vec<Rule>,
    /// Comments.
    pub notes: Vec<Note>,
    /// How many pictures it shows.
    pub pictures: usize,
}
