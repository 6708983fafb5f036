//! The interpreter of content streams: text and rules are taken down, everything else is passed over.

use super::allowance::{Allowance, Overfull};
use super::font::{Face, Fonts, Meaning};
use super::inline::without_pictures;
use super::marked::Marks;
use super::page::{Glyph, Page, Rule};
use super::path::Path;
use hayro_font::kurbo::{Affine, Point, Vec2};
use hayro_syntax::content::TypedIter;
use hayro_syntax::content::ops::TypedInstruction as Op;
use hayro_syntax::object::dict::keys;
use hayro_syntax::object::{Dict, Name, Number, Object, Stream};
use hayro_syntax::page::Resources;
use std::collections::HashSet;
use std::rc::Rc;

/// Deepest nesting of forms in forms.
const FORMS: usize = 24;
/// What drawing a form costs, in bytes of content, besides its content: forms in forms multiply.
const FORM: u64 = 1_024;
/// Most graphics states that a page may save.
const STATES: usize = 512;
/// Most characters that one page may hold; no page of prose comes near it.
const GLYPHS: usize = 200_000;
/// Most rules that are kept of a page.
const RULES: usize = 20_000;

#[derive(Clone)]
struct State<'a> {
    ctm: Affine,
    font: Option<Rc<Face<'a>>>,
    size: f64,
    char_space: f64,
    word_space: f64,
    scale: f64,
    leading: f64,
    rise: f64,
}

/// Draws a page's streams onto a [`Page`].
pub(super) struct Interpreter<'a, 'f> {
    fonts: &'f mut Fonts<'a>,
    /// Layers that are switched off.
    hidden: &'f HashSet<Vec<u8>>,
    /// What may still be read.
    left: &'f mut Allowance,
    page: Page,
    state: State<'a>,
    saved: Vec<State<'a>>,
    text: Affine,
    line: Affine,
    path: Path,
    marks: Marks,
    depth: usize,
}

impl<'a, 'f> Interpreter<'a, 'f> {
    pub fn new(
        page: Page,
        initial: Affine,
        fonts: &'f mut Fonts<'a>,
        hidden: &'f HashSet<Vec<u8>>,
        left: &'f mut Allowance,
    ) -> Self {
        let state = State {
            ctm: initial,
            font: None,
            size: 1.0,
            char_space: 0.0,
            word_space: 0.0,
            scale: 1.0,
            leading: 0.0,
            rise: 0.0,
        };
        Self {
            fonts,
            hidden,
            left,
            page,
            state,
            saved: Vec::new(),
            text: Affine::IDENTITY,
            line: Affine::IDENTITY,
            path: Path::default(),
            marks: Marks::default(),
            depth: 0,
        }
    }

    pub fn finish(self) -> Page {
        self.page
    }

    /// Draws a content stream.
    pub fn draw(&mut self, content: &[u8], resources: &Resources<'a>) -> Result<(), Overfull> {
        self.left.pay(content.len() as u64)?;
        let (saved, marks) = (self.saved.len(), self.marks.depth());
        let (content, pictures) = without_pictures(content);
        self.page.pictures += pictures;
        let mut ops = TypedIter::new(&content);
        while let Some(op) = ops.next() {
            self.left.operator()?;
            self.operator(op, resources, saved)?;
        }
        self.saved.truncate(saved);
        self.marks.close_to(marks, &mut self.page.glyphs);
        Ok(())
    }

    /// Draws a form, mapped by `onto` before its own matrix.
    pub fn form(&mut self, stream: &Stream<'a>, onto: Affine, resources: &Resources<'a>) -> Result<(), Overfull> {
        if self.depth >= FORMS || self.is_hidden_form(stream.dict()) {
            return Ok(());
        }
        self.left.pay(FORM)?;
        self.left.look()?;
        let Ok(content) = stream.decoded_data() else { return Ok(()) };
        let dict = stream.dict();
        let own = dict.get::<Dict<'a>>(keys::RESOURCES).map(Resources::new);
        let before = (self.state.clone(), self.text, self.line);
        self.state.ctm = self.state.ctm * onto * form_matrix(dict);
        self.depth += 1;
        let drawn = self.draw(&content, own.as_ref().unwrap_or(resources));
        self.depth -= 1;
        (self.state, self.text, self.line) = before;
        drawn
    }

    fn operator(&mut self, op: Op<'_, '_>, resources: &Resources<'a>, floor: usize) -> Result<(), Overfull> {
        match op {
            Op::SaveState(_) if self.saved.len() < STATES => self.saved.push(self.state.clone()),
            Op::RestoreState(_) if self.saved.len() > floor => {
                if let Some(state) = self.saved.pop() {
                    self.state = state;
                }
            }
            Op::Transform(m) => self.state.ctm *= affine([m.0, m.1, m.2, m.3, m.4, m.5]),
            Op::XObject(x) => self.x_object(x.0, resources)?,
            Op::BeginMarkedContent(tag) => self.marks.open(tag.0.as_ref(), None, false, self.page.glyphs.len()),
            Op::BeginMarkedContentWithProperties(tag) => {
                let named = tag.1.clone().into_name();
                let properties = match &named {
                    Some(name) => resources.properties.get::<Dict<'_>>(name.as_ref()),
                    None => tag.1.clone().into_dict(),
                };
                let layer = named.and_then(|name| resources.properties.get_ref(name.as_ref()));
                let hidden = layer.is_some_and(|layer| self.hidden.contains(&layer_key(layer.into())));
                self.marks.open(tag.0.as_ref(), properties.as_ref(), hidden, self.page.glyphs.len());
            }
            Op::EndMarkedContent(_) => self.marks.close(&mut self.page.glyphs),
            other if self.path_operator(&other) => {}
            other => self.text_operator(other, resources)?,
        }
        Ok(())
    }

    fn text_operator(&mut self, op: Op<'_, '_>, resources: &Resources<'a>) -> Result<(), Overfull> {
        match op {
            Op::BeginText(_) => (self.text, self.line) = (Affine::IDENTITY, Affine::IDENTITY),
            Op::SetTextMatrix(m) => {
                self.line = affine([m.0, m.1, m.2, m.3, m.4, m.5]);
                self.text = self.line;
            }
            Op::TextFont(f) => {
                self.state.font = resources.get_font(f.0).and_then(|dict| self.fonts.face(&dict));
                self.state.size = f.1.as_f64();
            }
            Op::CharacterSpacing(v) => self.state.char_space = v.0.as_f64(),
            Op::WordSpacing(v) => self.state.word_space = v.0.as_f64(),
            Op::HorizontalScaling(v) => self.state.scale = v.0.as_f64() / 100.0,
            Op::TextLeading(v) => self.state.leading = v.0.as_f64(),
            Op::TextRise(v) => self.state.rise = v.0.as_f64(),
            Op::NextLine(v) => self.next_line(v.0.as_f64(), v.1.as_f64()),
            Op::NextLineAndSetLeading(v) => {
                self.state.leading = -v.1.as_f64();
                self.next_line(v.0.as_f64(), v.1.as_f64());
            }
            Op::NextLineUsingLeading(_) => self.next_line(0.0, -self.state.leading),
            Op::ShowText(s) => self.show(s.0.as_bytes())?,
            Op::NextLineAndShowText(s) => {
                self.next_line(0.0, -self.state.leading);
                self.show(s.0.as_bytes())?;
            }
            Op::ShowTextWithParameters(s) => {
                (self.state.word_space, self.state.char_space) = (s.0.as_f64(), s.1.as_f64());
                self.next_line(0.0, -self.state.leading);
                self.show(s.2.as_bytes())?;
            }
            Op::ShowTexts(s) => {
                for part in s.0.iter::<Object<'_>>() {
                    match part {
                        Object::Number(n) => self.adjust(n.as_f64()),
                        Object::String(s) => self.show(s.as_bytes())?,
                        _ => {}
                    }
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// Follows paths as far as rules need it; says whether the operator belongs to paths.
    fn path_operator(&mut self, op: &Op<'_, '_>) -> bool {
        match op {
            Op::MoveTo(p) => self.path.move_to(point(p.0, p.1)),
            Op::LineTo(p) => self.path.line_to(point(p.0, p.1)),
            Op::CubicTo(c) => self.path.curve_to(point(c.4, c.5)),
            Op::CubicStartTo(c) => self.path.curve_to(point(c.2, c.3)),
            Op::CubicEndTo(c) => self.path.curve_to(point(c.2, c.3)),
            Op::ClosePath(_) => self.path.close(),
            Op::RectPath(r) => self.path.rect(point(r.0, r.1), Vec2::new(r.2.as_f64(), r.3.as_f64())),
            Op::CloseAndStrokePath(_) | Op::CloseFillAndStrokeNonZero(_) | Op::CloseFillAndStrokeEvenOdd(_) => {
                self.path.close();
                self.paint(true);
            }
            Op::StrokePath(_) | Op::FillAndStrokeNonZero(_) | Op::FillAndStrokeEvenOdd(_) => self.paint(true),
            Op::FillPathNonZero(_) | Op::FillPathEvenOdd(_) | Op::FillPathNonZeroCompatibility(_) => self.paint(false),
            Op::EndPath(_) => self.path.clear(),
            _ => return false,
        }
        true
    }

    fn paint(&mut self, stroked: bool) {
        let rules = &mut self.page.rules;
        let visible = !self.marks.is_hidden();
        self.path.paint(self.state.ctm, stroked, &mut |rule: Rule| {
            if visible && rules.len() < RULES {
                rules.push(rule);
            }
        });
    }

    fn x_object(&mut self, name: &Name<'_>, resources: &Resources<'a>) -> Result<(), Overfull> {
        let Some(stream) = resources.get_x_object(name) else { return Ok(()) };
        match stream.dict().get::<Name<'_>>(keys::SUBTYPE).as_deref() {
            Some(keys::IMAGE) => self.page.pictures += 1,
            Some(keys::FORM) => self.form(&stream, Affine::IDENTITY, resources)?,
            _ => {}
        }
        Ok(())
    }

    fn is_hidden_form(&self, dict: &Dict<'_>) -> bool {
        dict.get_ref(keys::OC).is_some_and(|layer| self.hidden.contains(&layer_key(layer.into())))
    }

    fn next_line(&mut self, x: f64, y: f64) {
        self.line *= Affine::translate((x, y));
        self.text = self.line;
    }

    fn adjust(&mut self, thousandths: f64) {
        let by = -thousandths / 1000.0 * self.state.size;
        let vertical = self.state.font.as_ref().is_some_and(|font| font.is_vertical());
        self.text *= Affine::translate(if vertical { (0.0, by) } else { (by * self.state.scale, 0.0) });
    }

    fn show(&mut self, bytes: &[u8]) -> Result<(), Overfull> {
        let Some(face) = self.state.font.clone() else { return Ok(()) };
        let vertical = face.is_vertical();
        let mut at = 0;
        while at < bytes.len() {
            let (code, length) = face.read_code(bytes, at);
            at += length;
            let (meaning, width) = face.look_up(code);
            let state = &self.state;
            let spacing = state.char_space + if code == 32 && length == 1 { state.word_space } else { 0.0 };
            let wide = f64::from(width) / 1000.0 * state.size;
            let step = match vertical {
                true => Affine::translate((0.0, f64::from(face.advance_down(code)) / 1000.0 * state.size + spacing)),
                false => Affine::translate(((wide + spacing) * state.scale, 0.0)),
            };
            if !self.marks.is_hidden() {
                // Letters that are spaced out are as wide as their space, or words would fall apart.
                let spaced = wide + state.char_space.clamp(0.0, state.size.abs());
                let advance = if vertical { state.size } else { spaced * state.scale };
                let frame = state.ctm * self.text * Affine::translate((0.0, state.rise));
                self.glyph(frame, advance, meaning, &face)?;
            }
            self.text *= step;
        }
        Ok(())
    }

    fn glyph(&mut self, frame: Affine, advance: f64, meaning: Meaning, face: &Face<'a>) -> Result<(), Overfull> {
        let origin = frame * Point::ZERO;
        let along = frame * Point::new(advance, 0.0) - origin;
        let up = frame * Point::new(0.0, self.state.size) - origin;
        let right = frame * Point::new(1.0, 0.0) - origin;
        if ![origin.x, origin.y, along.hypot(), up.hypot()].iter().all(|n| n.is_finite() && n.abs() < 1e6) {
            return Ok(());
        }
        let angle = if right.hypot() == 0.0 { 0.0 } else { right.y.atan2(right.x).to_degrees().round() };
        let mut glyph = Glyph {
            c: char::REPLACEMENT_CHARACTER,
            x: origin.x as f32,
            y: origin.y as f32,
            advance: along.hypot() as f32,
            size: up.hypot() as f32,
            angle: angle as i16,
            bold: face.bold,
            italic: face.italic,
            furniture: self.marks.is_furniture(),
        };
        match meaning {
            Meaning::One(c) => glyph.c = c,
            Meaning::Unknown => {}
            Meaning::Many(text) => return self.spread(glyph, &text),
        }
        self.push(glyph)
    }

    /// One shape for several characters (a ligature): each gets its share of the width.
    fn spread(&mut self, glyph: Glyph, text: &str) -> Result<(), Overfull> {
        let share = glyph.advance / text.chars().count().max(1) as f32;
        let (sin, cos) = f32::from(glyph.angle).to_radians().sin_cos();
        for (i, c) in text.chars().enumerate() {
            let by = share * i as f32;
            self.push(Glyph { c, x: glyph.x + by * cos, y: glyph.y + by * sin, advance: share, ..glyph })?;
        }
        Ok(())
    }

    fn push(&mut self, glyph: Glyph) -> Result<(), Overfull> {
        if self.page.glyphs.len() >= GLYPHS {
            return Err(Overfull::Drawn);
        }
        let on_page =
            (-1.0..=self.page.width + 1.0).contains(&glyph.x) && (-1.0..=self.page.height + 1.0).contains(&glyph.y);
        if on_page {
            self.page.glyphs.push(glyph);
        }
        Ok(())
    }
}

/// How a layer is kept in the set of hidden ones.
pub(super) fn layer_key(id: hayro_syntax::object::ObjectIdentifier) -> Vec<u8> {
    format!("{id:?}").into_bytes()
}

/// The matrix of a form.
pub(super) fn form_matrix(dict: &Dict<'_>) -> Affine {
    dict.get::<[f64; 6]>(keys::MATRIX).map_or(Affine::IDENTITY, Affine::new)
}

fn affine(m: [Number; 6]) -> Affine {
    Affine::new(m.map(|n| n.as_f64()))
}

fn point(x: Number, y: Number) -> Point {
    Point::new(x.as_f64(), y.as_f64())
}
