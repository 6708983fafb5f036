//! Properties of runs, paragraphs, rows, cells and sections, each read to the end of its element.

use super::xml::{Element, Ns, Token, Xml};
use crate::reader::ReadError;

/// How type looks, where a property says so.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct TypeLook {
    pub(super) bold: Option<bool>,
    pub(super) italic: Option<bool>,
    pub(super) underlined: Option<bool>,
    pub(super) hidden: Option<bool>,
    /// Height in points.
    pub(super) size: Option<f32>,
}

impl TypeLook {
    /// Takes in one child of `w:rPr`.
    fn set(&mut self, e: &Element<'_>) {
        match e.local() {
            "b" => self.bold = Some(e.is_on()),
            "i" => self.italic = Some(e.is_on()),
            "u" => self.underlined = Some(e.is_on()),
            "vanish" => self.hidden = Some(e.is_on()),
            "sz" => self.size = e.val().and_then(|size| points(&size)),
            _ => {}
        }
    }

    /// What `self` does not say, `base` says.
    pub(super) fn or(self, base: Self) -> Self {
        Self {
            bold: self.bold.or(base.bold),
            italic: self.italic.or(base.italic),
            underlined: self.underlined.or(base.underlined),
            hidden: self.hidden.or(base.hidden),
            size: self.size.or(base.size),
        }
    }

    /// A character style over a paragraph style: switches that both turn on turn each other off.
    pub(super) fn toggled(self, paragraph: Self) -> Self {
        let toggle = |own: Option<bool>, under: Option<bool>| match (own, under) {
            (Some(own), Some(under)) => Some(own != under),
            (own, under) => own.or(under),
        };
        Self {
            bold: toggle(self.bold, paragraph.bold),
            italic: toggle(self.italic, paragraph.italic),
            hidden: toggle(self.hidden, paragraph.hidden),
            ..self.or(paragraph)
        }
    }
}

/// Height of type: half points, or in Strict a measure with its unit ("10pt").
fn points(measure: &str) -> Option<f32> {
    let measure = measure.trim();
    let split = measure.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(measure.len());
    let number: f32 = measure[..split].trim().parse().ok()?;
    let factor = match &measure[split..] {
        "" => 0.5,
        "pt" => 1.0,
        "in" => 72.0,
        "cm" => 72.0 / 2.54,
        "mm" => 72.0 / 25.4,
        "pc" | "pi" => 12.0,
        _ => return None,
    };
    Some(number * factor).filter(|points| points.is_finite())
}

/// Properties of a run.
#[derive(Debug, Clone, Default)]
pub(super) struct RunProperties {
    pub(super) style: Option<String>,
    pub(super) look: TypeLook,
    /// The paragraph mark that these properties belong to is deleted or moved away.
    pub(super) deleted: bool,
}

/// Reads a `w:rPr` whose start tag came last.
pub(super) fn run(xml: &mut Xml<'_>) -> Result<RunProperties, ReadError> {
    let mut properties = RunProperties::default();
    while let Some(e) = child(xml)? {
        match e.local() {
            "rStyle" => properties.style = e.val().map(|id| id.into_owned()),
            "del" | "moveFrom" => properties.deleted = true,
            _ => properties.look.set(&e),
        }
        drop(e);
        xml.skip()?;
    }
    Ok(properties)
}

/// Properties of a paragraph, in a style or in the paragraph itself.
#[derive(Debug, Clone, Default)]
pub(super) struct ParagraphProperties {
    pub(super) style: Option<String>,
    pub(super) centered: Option<bool>,
    /// From 1; 0 says that the paragraph is body text.
    pub(super) outline: Option<u8>,
    /// The list it belongs to; 0 says none.
    pub(super) list: Option<i64>,
    /// Its level in the list, from 0.
    pub(super) level: Option<u8>,
    /// A tab stop has dots before it, as in a table of contents.
    pub(super) dotted: bool,
    /// Properties of the paragraph mark.
    pub(super) mark: RunProperties,
    /// It ends a section; the headers and footers that the section has.
    pub(super) section: Option<Vec<PageReference>>,
}

/// Reads a `w:pPr` whose start tag came last.
pub(super) fn paragraph(xml: &mut Xml<'_>) -> Result<ParagraphProperties, ReadError> {
    let mut properties = ParagraphProperties::default();
    while let Some(e) = child(xml)? {
        match e.local() {
            "pStyle" => properties.style = e.val().map(|id| id.into_owned()),
            "jc" => properties.centered = e.val().map(|side| side == "center"),
            "outlineLvl" => properties.outline = outline(&e),
            "numPr" => {
                numbering(xml, &mut properties)?;
                continue;
            }
            "tabs" => {
                properties.dotted = tabs(xml)?;
                continue;
            }
            "rPr" => {
                properties.mark = run(xml)?;
                continue;
            }
            "sectPr" => {
                properties.section = Some(section(xml)?);
                continue;
            }
            _ => {}
        }
        drop(e);
        xml.skip()?;
    }
    Ok(properties)
}

fn outline(e: &Element<'_>) -> Option<u8> {
    let level = e.number()?;
    Some(u8::try_from(level).ok().filter(|level| *level < 9).map_or(0, |level| level + 1))
}

fn numbering(xml: &mut Xml<'_>, properties: &mut ParagraphProperties) -> Result<(), ReadError> {
    while let Some(e) = child(xml)? {
        match e.local() {
            "numId" => properties.list = e.number(),
            "ilvl" => properties.level = e.number().map(|level| u8::try_from(level.clamp(0, 8)).unwrap_or(0)),
            _ => {}
        }
        drop(e);
        xml.skip()?;
    }
    Ok(())
}

fn tabs(xml: &mut Xml<'_>) -> Result<bool, ReadError> {
    let mut dotted = false;
    while let Some(e) = child(xml)? {
        dotted |= matches!(e.attr("leader").as_deref(), Some("dot" | "middleDot"));
        drop(e);
        xml.skip()?;
    }
    Ok(dotted)
}

/// A section's reference to a header or footer part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PageReference {
    pub(super) is_header: bool,
    /// Id of the relationship.
    pub(super) id: String,
}

/// Reads a `w:sectPr` whose start tag came last.
pub(super) fn section(xml: &mut Xml<'_>) -> Result<Vec<PageReference>, ReadError> {
    let mut references = Vec::new();
    while let Some(e) = child(xml)? {
        if let (name @ ("headerReference" | "footerReference"), Some(id)) = (e.local(), e.attr("id")) {
            references.push(PageReference { is_header: name == "headerReference", id: id.into_owned() });
        }
        drop(e);
        xml.skip()?;
    }
    Ok(references)
}

/// What `w:trPr` or `w:tcPr` says about the shape of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Shape {
    /// Columns that are passed over before the row's first cell.
    pub(super) before: u32,
    /// Columns that the cell spans.
    pub(super) span: u32,
    /// The row or cell is deleted.
    pub(super) deleted: bool,
}

/// Reads a `w:trPr` or `w:tcPr` whose start tag came last.
pub(super) fn shape(xml: &mut Xml<'_>) -> Result<Shape, ReadError> {
    let mut shape = Shape { before: 0, span: 1, deleted: false };
    let columns = |e: &Element<'_>| e.number().map(|n| u32::try_from(n.clamp(0, 1_000)).unwrap_or(0));
    while let Some(e) = child(xml)? {
        match e.local() {
            "gridBefore" => shape.before = columns(&e).unwrap_or(0),
            "gridSpan" => shape.span = columns(&e).unwrap_or(1).max(1),
            "del" | "cellDel" => shape.deleted = true,
            _ => {}
        }
        drop(e);
        xml.skip()?;
    }
    Ok(shape)
}

/// What `w:sdtPr` says about a content control.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Control {
    /// It still shows its prompt.
    pub(super) prompts: bool,
    /// It holds a table of contents.
    pub(super) contents: bool,
}

/// Reads a `w:sdtPr` whose start tag came last.
pub(super) fn control(xml: &mut Xml<'_>) -> Result<Control, ReadError> {
    let mut control = Control::default();
    while let Some(e) = child(xml)? {
        match e.local() {
            "showingPlcHdr" => control.prompts = e.is_on(),
            "docPartObj" | "docPartList" => {
                control.contents |= gallery(xml)?;
                continue;
            }
            _ => {}
        }
        drop(e);
        xml.skip()?;
    }
    Ok(control)
}

fn gallery(xml: &mut Xml<'_>) -> Result<bool, ReadError> {
    let mut contents = false;
    while let Some(e) = child(xml)? {
        contents |= e.local() == "docPartGallery" && e.val().is_some_and(|name| name == "Table of Contents");
        drop(e);
        xml.skip()?;
    }
    Ok(contents)
}

/// The next child in Word's vocabulary, or none at the end of the element. Children of other vocabularies and
/// the record of former properties are passed over. The caller reads the child to its end.
pub(super) fn child<'a>(xml: &mut Xml<'a>) -> Result<Option<Element<'a>>, ReadError> {
    loop {
        match xml.next()? {
            Token::Start(e) if e.ns == Ns::Word && !e.local().ends_with("Change") => return Ok(Some(e)),
            Token::Start(_) => xml.skip()?,
            Token::End | Token::Eof => return Ok(None),
            Token::Text(..) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_half_points_or_strict_measures() {
        assert_eq!(points("24"), Some(12.0));
        assert_eq!(points("10pt"), Some(10.0));
        assert_eq!(points("1in"), Some(72.0));
        assert_eq!(points("big"), None);
    }

    #[test]
    fn bold_upon_bold_is_plain() {
        let bold = TypeLook { bold: Some(true), ..TypeLook::default() };
        assert_eq!(bold.toggled(bold).bold, Some(false));
        assert_eq!(bold.toggled(TypeLook::default()).bold, Some(true));
    }
}
