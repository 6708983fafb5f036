//! XML parts as a stream of tokens: namespaces resolved by URI, every text with its place in the part as
//! stored, depth and number of elements bounded. Nothing here recurses.

use super::damaged;
use super::part::Part;
use crate::reader::{Limits, ReadError};
use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};
use std::borrow::Cow;
use std::cell::Cell;
use std::ops::Range;

/// Most namespace prefixes in force at one place; Word writes about 35.
const MOST_BINDINGS: usize = 256;

/// The vocabularies that the reader tells apart; Transitional and Strict are one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ns {
    Word,
    Compatibility,
    Vml,
    Math,
    Drawing,
    Picture,
    Chart,
    Diagram,
    Other,
}

impl Ns {
    fn of(uri: &str) -> Self {
        match uri {
            "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
            | "http://purl.oclc.org/ooxml/wordprocessingml/main" => Self::Word,
            "http://schemas.openxmlformats.org/markup-compatibility/2006" => Self::Compatibility,
            "urn:schemas-microsoft-com:vml" => Self::Vml,
            "http://schemas.openxmlformats.org/officeDocument/2006/math"
            | "http://purl.oclc.org/ooxml/officeDocument/math" => Self::Math,
            "http://schemas.openxmlformats.org/drawingml/2006/main" | "http://purl.oclc.org/ooxml/drawingml/main" => {
                Self::Drawing
            }
            "http://schemas.openxmlformats.org/drawingml/2006/picture"
            | "http://purl.oclc.org/ooxml/drawingml/picture" => Self::Picture,
            "http://schemas.openxmlformats.org/drawingml/2006/chart" | "http://purl.oclc.org/ooxml/drawingml/chart" => {
                Self::Chart
            }
            "http://schemas.openxmlformats.org/drawingml/2006/diagram"
            | "http://purl.oclc.org/ooxml/drawingml/diagram" => Self::Diagram,
            _ => Self::Other,
        }
    }
}

/// Counts what a document may hold in all its parts together.
#[derive(Debug)]
pub(super) struct Budget {
    elements: Cell<usize>,
    most_elements: usize,
    depth: usize,
}

impl Budget {
    pub(super) fn new(limits: &Limits) -> Self {
        Self { elements: Cell::new(0), most_elements: limits.elements, depth: limits.depth }
    }

    /// How many elements were counted so far.
    pub(super) fn charged(&self) -> usize {
        self.elements.get()
    }

    /// How deep elements may be nested.
    pub(super) fn depth(&self) -> usize {
        self.depth
    }

    /// Counts some elements.
    pub(super) fn charge(&self, elements: usize) -> Result<(), ReadError> {
        self.elements.set(self.elements.get() + elements);
        if self.elements.get() > self.most_elements {
            let limit = format!("{} elements", self.most_elements);
            return Err(ReadError::TooLarge { what: "the number of its XML elements", limit });
        }
        Ok(())
    }

    fn element(&self, depth: usize) -> Result<(), ReadError> {
        self.charge(1)?;
        if depth > self.depth {
            let limit = format!("{} levels", self.depth);
            return Err(ReadError::TooLarge { what: "the depth of its XML", limit });
        }
        Ok(())
    }
}

/// A start tag.
pub(super) struct Element<'a> {
    pub(super) ns: Ns,
    start: BytesStart<'a>,
    prefix: usize,
    at: Range<usize>,
}

impl Element<'_> {
    /// The name without its prefix.
    pub(super) fn local(&self) -> &str {
        self.start.name().into_inner().get(self.prefix..).unwrap_or_default()
    }

    /// An attribute by its name without prefix: no element that we read has two of one local name.
    pub(super) fn attr(&self, local: &str) -> Option<Cow<'_, str>> {
        let mut attributes = self.start.attributes();
        let found = attributes.with_checks(false).flatten().find(|a| a.key.local_name().into_inner() == local)?;
        Some(match quick_xml::escape::unescape(&found.value) {
            Ok(Cow::Borrowed(_)) | Err(_) => found.value,
            Ok(Cow::Owned(value)) => Cow::Owned(value),
        })
    }

    /// The `val` attribute.
    pub(super) fn val(&self) -> Option<Cow<'_, str>> {
        self.attr("val")
    }

    /// The `val` attribute as a number.
    pub(super) fn number(&self) -> Option<i64> {
        self.val()?.trim().parse().ok()
    }

    /// What an on/off property says: its mere presence means on.
    pub(super) fn is_on(&self) -> bool {
        !matches!(self.val().as_deref(), Some("0" | "false" | "off" | "none"))
    }
}

/// What comes next in a part.
pub(super) enum Token<'a> {
    /// A start tag; an empty element is followed by its [`Token::End`] all the same.
    Start(Element<'a>),
    End,
    /// Character data with its place in the part as stored. A reference (`&amp;`) comes by itself.
    Text(Cow<'a, str>, Range<usize>),
    Eof,
}

/// A part being read.
pub(super) struct Xml<'a> {
    reader: Reader<&'a [u8]>,
    part: &'a Part,
    budget: &'a Budget,
    depth: usize,
    /// Prefixes in force with the depth that declared them.
    bindings: Vec<(String, Ns, usize)>,
    /// The prefix resolved last: nearly all elements of a part share one.
    last: Option<(String, Ns)>,
    owes_end: bool,
    /// Where the last place was in the decoded text and in the stored bytes.
    cursor: (usize, usize),
}

impl<'a> Xml<'a> {
    pub(super) fn new(part: &'a Part, budget: &'a Budget) -> Self {
        let reader = Reader::from_str(part.text());
        let cursor = (0, part.bom());
        Self { reader, part, budget, depth: 0, bindings: Vec::new(), last: None, owes_end: false, cursor }
    }

    /// The next token.
    pub(super) fn next(&mut self) -> Result<Token<'a>, ReadError> {
        if self.owes_end {
            self.owes_end = false;
            self.leave();
            return Ok(Token::End);
        }
        loop {
            let from = self.position();
            return Ok(match self.event()? {
                Event::Start(start) => Token::Start(self.enter(start, from)?),
                Event::Empty(start) => {
                    self.owes_end = true;
                    Token::Start(self.enter(start, from)?)
                }
                Event::End(_) => {
                    self.leave();
                    Token::End
                }
                Event::Text(text) => Token::Text(text.into_inner(), from..self.position()),
                Event::CData(text) => Token::Text(text.into_inner(), from + 9..self.position() - 3),
                Event::GeneralRef(name) => Token::Text(self.reference(&name)?, from..self.position()),
                Event::Eof if self.depth > 0 => {
                    return Err(damaged(format!("{} ends in the middle", self.part.name())));
                }
                Event::Eof => Token::Eof,
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => continue,
            });
        }
    }

    /// Passes over the rest of the element whose start tag came last.
    pub(super) fn skip(&mut self) -> Result<(), ReadError> {
        let outside = self.depth - 1;
        if self.owes_end {
            self.owes_end = false;
            self.leave();
        }
        while self.depth > outside {
            match self.event()? {
                Event::Start(_) => {
                    self.depth += 1;
                    self.budget.element(self.depth)?;
                }
                Event::Empty(_) => self.budget.element(self.depth + 1)?,
                Event::End(_) => self.leave(),
                Event::Eof => return Err(damaged(format!("{} ends in the middle", self.part.name()))),
                _ => {}
            }
        }
        Ok(())
    }

    /// Where an element's start tag stands.
    pub(super) fn place(&mut self, element: &Element<'_>) -> Range<u32> {
        self.stored(element.at.clone())
    }

    /// The place in the part's stored bytes of a range of its decoded text. Ranges are asked for in order.
    pub(super) fn stored(&mut self, range: Range<usize>) -> Range<u32> {
        let mut place = |at: usize| {
            if !self.part.is_wide() {
                return u32::try_from(at + self.part.bom()).unwrap_or(u32::MAX);
            }
            let passed = self.part.text().get(self.cursor.0..at).unwrap_or_default();
            self.cursor = (at, self.cursor.1 + 2 * passed.chars().map(char::len_utf16).sum::<usize>());
            u32::try_from(self.cursor.1).unwrap_or(u32::MAX)
        };
        let start = place(range.start);
        start..place(range.end)
    }

    fn event(&mut self) -> Result<Event<'a>, ReadError> {
        self.reader.read_event().map_err(|error| {
            let at = self.reader.error_position();
            damaged(format!("the XML of {} is broken at byte {at}: {error}", self.part.name()))
        })
    }

    fn position(&self) -> usize {
        usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX)
    }

    fn enter(&mut self, start: BytesStart<'a>, from: usize) -> Result<Element<'a>, ReadError> {
        self.depth += 1;
        self.budget.element(self.depth)?;
        if start.attributes_raw().contains("xmlns") {
            self.declare(&start)?;
        }
        let name = start.name().into_inner();
        let colon = name.bytes().position(|b| b == b':');
        let ns = self.resolve(&name[..colon.unwrap_or(0)]);
        let prefix = colon.map_or(0, |at| at + 1);
        Ok(Element { ns, start, prefix, at: from..self.position() })
    }

    fn leave(&mut self) {
        while self.bindings.last().is_some_and(|(_, _, depth)| *depth >= self.depth) {
            self.bindings.pop();
            self.last = None;
        }
        self.depth = self.depth.saturating_sub(1);
    }

    fn declare(&mut self, start: &BytesStart<'_>) -> Result<(), ReadError> {
        for attribute in start.attributes().with_checks(false).flatten() {
            let key = attribute.key.into_inner();
            let Some(prefix) = key.strip_prefix("xmlns:").or((key == "xmlns").then_some("")) else { continue };
            if self.bindings.len() >= MOST_BINDINGS {
                let limit = MOST_BINDINGS.to_string();
                return Err(ReadError::TooLarge { what: "the number of its XML namespaces", limit });
            }
            self.bindings.push((prefix.to_owned(), Ns::of(attribute.value.trim()), self.depth));
            self.last = None;
        }
        Ok(())
    }

    fn resolve(&mut self, prefix: &str) -> Ns {
        if let Some((last, ns)) = &self.last
            && last == prefix
        {
            return *ns;
        }
        let bound = self.bindings.iter().rev().find(|(bound, _, _)| bound == prefix);
        let ns = bound.map_or(Ns::Other, |(_, ns, _)| *ns);
        self.last = Some((prefix.to_owned(), ns));
        ns
    }

    /// Predefined and numeric references only: entities that a file declares are never expanded.
    fn reference(&self, name: &BytesRef<'_>) -> Result<Cow<'static, str>, ReadError> {
        if let Ok(Some(character)) = name.resolve_char_ref() {
            return Ok(Cow::Owned(character.to_string()));
        }
        let known = quick_xml::escape::resolve_predefined_entity(name);
        known.map(Cow::Borrowed).ok_or_else(|| damaged(format!("{} uses an unknown XML entity", self.part.name())))
    }
}
