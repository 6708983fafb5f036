//! The engine: the PDF library, opened with care, gives one [`Page`] after the other.

use super::super::{Limits, ReadError};
use super::allowance::{Allowance, Overfull};
use super::budget;
use super::content::{Interpreter, form_matrix, layer_key};
use super::font::Fonts;
use super::marked::text_string;
use super::page::{Note, Page};
use super::quiet::quietly;
use hayro_font::kurbo::{Affine, Rect};
use hayro_syntax::object::dict::keys;
use hayro_syntax::object::{self, Array, Dict, Name, Stream};
use hayro_syntax::{DecryptionError, LoadPdfError, Pdf, page};
use std::collections::HashSet;
use std::time::Duration;

/// The longest that a file may take. Every other limit is met first unless the file was made to hurt.
const LONGEST: Duration = Duration::from_secs(20);
/// Most annotations of one page.
const ANNOTATIONS: usize = 10_000;
/// How often over the limit on inflated bytes content may be drawn: letterheads stand on every page.
const REDRAWN: u64 = 4;
/// The bits of an annotation that keep it off the screen: hidden, not viewed.
const UNSEEN: u32 = 1 << 1 | 1 << 5;

/// Reads page after page and hands each to `take`; `None` stands for a page that could not be read.
pub(super) fn pages(
    bytes: &[u8],
    limits: &Limits,
    take: &mut dyn FnMut(Option<Page>) -> Result<(), ReadError>,
) -> Result<(), ReadError> {
    budget::check(bytes, limits)?;
    let pdf = open(bytes)?;
    let count = pdf.pages().len();
    if count == 0 {
        return Err(damaged("it has no pages"));
    }
    if count > limits.pages {
        return Err(ReadError::TooLarge { what: "its number of pages", limit: limits.pages.to_string() });
    }
    let mut fonts = Fonts::new();
    let hidden = quietly(|| hidden_layers(&pdf)).unwrap_or_default();
    let mut left = Allowance::new(limits.inflated_bytes.saturating_mul(REDRAWN), LONGEST);
    for page in pdf.pages().iter() {
        left.look()?;
        let drawn = quietly(|| draw(page, &mut fonts, &hidden, &mut left));
        take(drawn.transpose()?)?;
    }
    Ok(())
}

fn damaged(detail: &str) -> ReadError {
    ReadError::Damaged { format: "PDF", detail: detail.to_owned(), program: "a PDF reader" }
}

fn open(bytes: &[u8]) -> Result<Pdf, ReadError> {
    let opened = quietly(|| Pdf::new(bytes.to_vec())).ok_or_else(|| damaged("its structure cannot be followed"))?;
    opened.map_err(|error| match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected | DecryptionError::UnsupportedAlgorithm) => {
            ReadError::Protected { program: "in a PDF reader" }
        }
        LoadPdfError::Decryption(_) => damaged("its encryption cannot be followed"),
        LoadPdfError::Invalid => damaged("its table of contents is missing or broken"),
    })
}

/// The layers that the file switches off.
fn hidden_layers(pdf: &Pdf) -> HashSet<Vec<u8>> {
    let xref = pdf.xref();
    let off = xref
        .get::<Dict<'_>>(xref.root_id())
        .and_then(|catalog| catalog.get::<Dict<'_>>(keys::OCPROPERTIES))
        .and_then(|layers| layers.get::<Dict<'_>>(keys::D))
        .and_then(|config| config.get::<Array<'_>>(keys::OFF));
    let references = off.into_iter().flat_map(|off| off.raw_iter().filter_map(|o| o.as_obj_ref()).collect::<Vec<_>>());
    references.map(|layer| layer_key(layer.into())).collect()
}

fn draw<'a>(
    page: &page::Page<'a>,
    fonts: &mut Fonts<'a>,
    hidden: &HashSet<Vec<u8>>,
    left: &mut Allowance,
) -> Result<Page, Overfull> {
    let (width, height) = page.render_dimensions();
    let initial = Affine::new(page.initial_transform(true).as_coeffs());
    let mut interpreter = Interpreter::new(Page { width, height, ..Page::default() }, initial, fonts, hidden, left);
    if let Some(content) = page.page_stream() {
        interpreter.draw(content, page.resources())?;
    }
    let annotations = page.raw().get::<Array<'a>>(keys::ANNOTS);
    let mut notes = Vec::new();
    for annotation in annotations.iter().flat_map(|a| a.iter::<Dict<'a>>()).take(ANNOTATIONS) {
        match annotation.get::<Name<'_>>(keys::SUBTYPE).as_deref() {
            Some(b"Widget" | b"FreeText" | b"Stamp") => annotation_form(&annotation, page, &mut interpreter)?,
            Some(b"Text" | b"Highlight" | b"Underline" | b"StrikeOut" | b"Squiggly" | b"Caret") => {
                notes.extend(note(&annotation));
            }
            _ => {}
        }
    }
    let mut page = interpreter.finish();
    page.notes = notes;
    Ok(page)
}

/// Draws what a form field or a text box on the page shows.
fn annotation_form<'a>(
    annotation: &Dict<'a>,
    page: &page::Page<'a>,
    interpreter: &mut Interpreter<'a, '_>,
) -> Result<(), Overfull> {
    let unseen = annotation.get::<u32>(keys::F).unwrap_or(0) & UNSEEN != 0;
    let Some(appearance) = annotation.get::<Dict<'a>>(keys::AP) else { return Ok(()) };
    let state = annotation.get::<Name<'_>>(keys::AS);
    let stream = appearance.get::<Stream<'a>>(keys::N).or_else(|| {
        appearance
            .get::<Dict<'a>>(keys::N)
            .zip(state)
            .and_then(|(states, state)| states.get::<Stream<'a>>(state.as_ref()))
    });
    let place = annotation.get::<[f64; 4]>(keys::RECT).map(|[x0, y0, x1, y1]| Rect::new(x0, y0, x1, y1).abs());
    let (Some(stream), Some(place), false) = (stream, place, unseen) else { return Ok(()) };
    let Some([x0, y0, x1, y1]) = stream.dict().get::<[f64; 4]>(keys::BBOX) else { return Ok(()) };
    let shown = form_matrix(stream.dict()).transform_rect_bbox(Rect::new(x0, y0, x1, y1).abs());
    if shown.width() <= 0.0 || shown.height() <= 0.0 {
        return Ok(());
    }
    let (sx, sy) = (place.width() / shown.width(), place.height() / shown.height());
    let onto = Affine::new([sx, 0.0, 0.0, sy, place.x0 - sx * shown.x0, place.y0 - sy * shown.y0]);
    interpreter.form(&stream, onto, page.resources())
}

fn note(annotation: &Dict<'_>) -> Option<Note> {
    let text = |key| annotation.get::<object::String<'_>>(key).map(|s| text_string(s.as_bytes()));
    let words = text(keys::CONTENTS).filter(|words| !words.trim().is_empty())?;
    Some(Note { author: text(keys::T).filter(|name| !name.trim().is_empty()), text: words })
}
