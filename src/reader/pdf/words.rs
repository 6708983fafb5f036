//! Characters to words.

use super::page::{Glyph, Rule};

/// A gap wider than this share of the type's height parts two words.
const SPACE: f32 = 0.12;
/// A baseline that moves by more than this share of the type's height starts a new word.
const SHIFT: f32 = 0.45;

/// A word with its place; `y` is its baseline.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Word {
    pub text: String,
    pub x0: f32,
    pub x1: f32,
    pub y: f32,
    pub size: f32,
    pub bold: bool,
    pub italic: bool,
    pub underlined: bool,
    pub furniture: bool,
    /// Whether a space was drawn before it.
    pub spaced: bool,
}

/// The words of the characters that run in direction `angle`, in coordinates turned upright.
pub(super) fn words(glyphs: &[Glyph], angle: i16, rules: &[Rule]) -> Vec<Word> {
    let (sin, cos) = f32::from(angle).to_radians().sin_cos();
    let mut words: Vec<Word> = Vec::new();
    let mut spaced = true;
    for glyph in glyphs.iter().filter(|g| g.angle == angle) {
        if glyph.c.is_whitespace() || glyph.c.is_control() {
            spaced = true;
            continue;
        }
        let (x, y) = (glyph.x * cos + glyph.y * sin, glyph.y * cos - glyph.x * sin);
        match words.last_mut() {
            Some(word) if !spaced && continues(word, glyph, x, y) => extend(word, glyph, x, y),
            Some(word) if is_overprint(word, glyph, x, y) => word.bold = true,
            _ => words.push(Word {
                text: glyph.c.to_string(),
                x0: x,
                x1: x + glyph.advance,
                y,
                size: glyph.size,
                bold: glyph.bold,
                italic: glyph.italic,
                underlined: false,
                furniture: glyph.furniture,
                spaced,
            }),
        }
        spaced = false;
    }
    if angle == 0 {
        underline(&mut words, rules);
    }
    words
}

fn continues(word: &Word, glyph: &Glyph, x: f32, y: f32) -> bool {
    let size = word.size.max(glyph.size);
    let gap = x - word.x1;
    (y - word.y).abs() <= SHIFT * size && gap <= SPACE * size && gap >= -0.5 * size && glyph.furniture == word.furniture
}

fn extend(word: &mut Word, glyph: &Glyph, x: f32, y: f32) {
    word.text.push(glyph.c);
    word.x1 = word.x1.max(x + glyph.advance);
    word.bold &= glyph.bold;
    word.italic &= glyph.italic;
    // A raised or lowered character does not move the word's baseline.
    if glyph.size > word.size * 1.05 {
        (word.size, word.y) = (glyph.size, y);
    }
}

/// Some programs print a word twice, slightly moved, to make it bold.
fn is_overprint(word: &Word, glyph: &Glyph, x: f32, y: f32) -> bool {
    let near = SPACE * glyph.size;
    word.text.chars().count() == 1
        && word.text.starts_with(glyph.c)
        && (x - word.x0).abs() < near
        && (y - word.y).abs() < near
        && glyph.advance > near
}

/// Marks the words that stand on a rule no longer than a line of words.
fn underline(words: &mut [Word], rules: &[Rule]) {
    let flat: Vec<&Rule> = rules.iter().filter(|r| r.is_horizontal() && r.y1 - r.y0 < 2.0).collect();
    if flat.is_empty() || flat.len() > 500 {
        return;
    }
    for word in words.iter_mut() {
        word.underlined = flat.iter().any(|rule| {
            let below = rule.y0 - word.y;
            below > -0.02 * word.size
                && below < 0.28 * word.size
                && rule.x0 <= word.x0 + 0.2 * word.size
                && rule.x1 >= word.x1 - 0.35 * word.size
        });
    }
}
