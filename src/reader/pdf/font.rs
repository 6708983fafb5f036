//! Fonts: which character a code is, how wide it is, and whether the type is bold or italic.

use super::budget::is_picture;
use hayro_font::hayro_cmap::{BfString, CMapName};
use hayro_font::{CMapResolverFn, Font, FontCache, FontGlyph, FontQuery, FontResolverFn, GlyphId};
use hayro_syntax::object::dict::keys;
use hayro_syntax::object::{Array, Dict, Name, Object, Stream};
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

/// The weight from which type counts as bold.
const BOLD_WEIGHT: f32 = 600.0;
/// Most codes that a font may give a width.
const CODES: f64 = 262_144.0;
/// The bit of a font descriptor's flags that asks for bold.
const FORCE_BOLD: u32 = 1 << 18;
/// The bit of a font descriptor's flags that says italic.
const ITALIC: u32 = 1 << 6;

/// A font with what the reader wants to know of it.
pub(super) struct Face<'a> {
    font: Font<'a>,
    /// Codes of one byte whose meaning may be guessed from the code itself.
    simple: bool,
    pub bold: bool,
    pub italic: bool,
    known: RefCell<HashMap<u32, (Meaning, f32)>>,
}

/// What a code stands for.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Meaning {
    One(char),
    Many(String),
    Unknown,
}

impl Face<'_> {
    /// Reads the next code of a string, with its length in bytes (at least 1).
    pub fn read_code(&self, bytes: &[u8], at: usize) -> (u32, usize) {
        let (code, length) = self.font.read_code(bytes, at);
        (code, length.max(1))
    }

    /// The character and the advance of a code, in thousandths of the type's height.
    pub fn look_up(&self, code: u32) -> (Meaning, f32) {
        if let Some(found) = self.known.borrow().get(&code) {
            return found.clone();
        }
        let advance = self.font.code_advance(code).x as f32;
        let found = (self.meaning(code), if advance.is_finite() { advance } else { 0.0 });
        self.known.borrow_mut().insert(code, found.clone());
        found
    }

    /// Whether text in this font runs down the page.
    pub fn is_vertical(&self) -> bool {
        !self.font.is_horizontal()
    }

    /// The advance down the page, for vertical fonts.
    pub fn advance_down(&self, code: u32) -> f32 {
        self.font.code_advance(code).y as f32
    }

    fn meaning(&self, code: u32) -> Meaning {
        let unicode = match self.font.glyph(GlyphId::NOTDEF, code) {
            FontGlyph::Outline(glyph) => glyph.as_unicode(),
            FontGlyph::Type3(glyph) => glyph.as_unicode(),
        };
        match unicode {
            Some(BfString::Char(c)) => readable(c),
            Some(BfString::String(s)) => match s.chars().count() {
                0 => Meaning::Unknown,
                1 => s.chars().next().map_or(Meaning::Unknown, readable),
                _ => Meaning::Many(s.chars().filter(|c| !c.is_control()).collect()),
            },
            // A font with an encoding of its own mostly keeps letters where ASCII has them.
            None if self.simple => match char::from_u32(code) {
                Some(c @ ' '..='~') => Meaning::One(c),
                _ => Meaning::Unknown,
            },
            None => Meaning::Unknown,
        }
    }
}

/// Symbol fonts keep their bullets in the private area; everything else there is unknown.
fn readable(c: char) -> Meaning {
    match c {
        '\u{f0b7}' | '\u{f06c}' | '\u{f09f}' | '\u{f0a8}' => Meaning::One('•'),
        '\u{f0a7}' | '\u{f06e}' | '\u{f0a2}' => Meaning::One('▪'),
        '\u{f0d8}' | '\u{f0e8}' | '\u{f0e0}' => Meaning::One('➢'),
        '\u{f06f}' | '\u{f071}' | '\u{f0a1}' => Meaning::One('☐'),
        '\u{f0fc}' => Meaning::One('✓'),
        '\u{f0fe}' | '\u{f078}' => Meaning::One('☒'),
        '\u{f02d}' => Meaning::One('-'),
        '\u{e000}'..='\u{f8ff}' | '\u{0}' | char::REPLACEMENT_CHARACTER => Meaning::Unknown,
        '\t' | '\n' | '\r' => Meaning::One(' '),
        c => Meaning::One(c),
    }
}

/// All fonts of a document, each read once.
pub(super) struct Fonts<'a> {
    cache: FontCache<'a>,
    programs: FontResolverFn,
    cmaps: CMapResolverFn,
    faces: HashMap<Vec<u8>, Option<Rc<Face<'a>>>>,
}

impl<'a> Fonts<'a> {
    pub fn new() -> Self {
        Self {
            cache: FontCache::new(),
            programs: Arc::new(|query: &FontQuery| match query {
                FontQuery::Standard(font) => Some(font.get_font_data()),
                FontQuery::Fallback(font) => Some(font.pick_standard_font().get_font_data()),
            }),
            cmaps: Arc::new(|_: CMapName<'_>| None),
            faces: HashMap::new(),
        }
    }

    /// The face that a font dictionary describes, if it can be used.
    pub fn face(&mut self, dict: &Dict<'a>) -> Option<Rc<Face<'a>>> {
        if let Some(face) = self.faces.get(dict.data()) {
            return face.clone();
        }
        let face = self.load(dict).map(Rc::new);
        self.faces.insert(dict.data().to_vec(), face.clone());
        face
    }

    fn load(&self, dict: &Dict<'a>) -> Option<Face<'a>> {
        let composite = dict.get::<Name<'_>>(keys::SUBTYPE)?.as_ref() == keys::TYPE0;
        let described = match composite {
            true => dict.get::<Array<'_>>(keys::DESCENDANT_FONTS)?.iter::<Dict<'_>>().next()?,
            false => dict.clone(),
        };
        let descriptor = described.get::<Dict<'_>>(keys::FONT_DESC).unwrap_or_default();
        let programs = [keys::FONT_FILE, keys::FONT_FILE2, keys::FONT_FILE3];
        let streams = programs.iter().filter_map(|key| descriptor.get::<Stream<'_>>(key));
        // A font program that calls itself a picture was not counted against the limit on inflated bytes.
        if streams.chain(dict.get::<Stream<'_>>(keys::TO_UNICODE)).any(|stream| is_picture(stream.dict())) {
            return None;
        }
        if is_absurd(dict, &described) {
            return None;
        }
        let font = self.cache.font(dict, &self.programs, &self.cmaps)?;
        let name = dict.get::<Name<'_>>(keys::BASE_FONT).map(|n| n.as_str().to_ascii_lowercase()).unwrap_or_default();
        let flags = descriptor.get::<u32>(keys::FLAGS).unwrap_or(0);
        let weight = descriptor.get::<f32>(keys::FONT_WEIGHT).unwrap_or(0.0);
        let says = |words: &[&str]| words.iter().any(|word| name.contains(word));
        Some(Face {
            font,
            simple: !composite,
            bold: says(&["bold", "black", "heavy", "demi"]) || flags & FORCE_BOLD != 0 || weight >= BOLD_WEIGHT,
            italic: says(&["italic", "oblique"]) || flags & ITALIC != 0,
            known: RefCell::default(),
        })
    }
}

/// Whether a font declares widths for more codes than there are; the library would fill memory with them.
fn is_absurd(dict: &Dict<'_>, described: &Dict<'_>) -> bool {
    let first = dict.get::<f64>(keys::FIRST_CHAR).is_some_and(|first| first > 255.0);
    first || spans(described, keys::W, 3) > CODES || spans(described, keys::W2, 5) > CODES
}

/// How many codes the ranges of a table of widths span. A range is a run of `length` numbers.
fn spans(described: &Dict<'_>, key: &[u8], length: usize) -> f64 {
    let Some(widths) = described.get::<Array<'_>>(key) else { return 0.0 };
    let mut run: Vec<f64> = Vec::with_capacity(length);
    let mut codes = 0.0;
    for value in widths.iter::<Object<'_>>() {
        match value {
            Object::Number(number) => run.push(number.as_f64()),
            _ => run.clear(),
        }
        if run.len() == length {
            codes += (run[1] - run[0]).max(0.0);
            run.clear();
        }
    }
    codes
}
