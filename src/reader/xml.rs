//! XML as a stream of tags and text with bounds. Entities that a document declares are never expanded.

use super::{Limits, ReadError};
use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::{Namespace, QName, ResolveResult};
use quick_xml::reader::NsReader;
use std::borrow::Cow;
use std::ops::Range;

/// What stands next in a part.
#[derive(Debug)]
pub(super) enum Item<'a> {
    /// An element opens; an empty element opens and ends at once.
    Start(Tag),
    /// The innermost element ends.
    End,
    /// Characters, with the range of their raw form in the part.
    Text(Cow<'a, str>, Range<u32>),
}

/// An opening tag. Names have the customary prefix of their namespace, whatever prefix the file uses.
#[derive(Debug)]
pub(super) struct Tag {
    /// `text:p`, `table:table-cell`.
    pub name: String,
    attributes: Vec<(String, String)>,
}

impl Tag {
    /// The value of an attribute (`text:style-name`).
    pub fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
    }

    /// The value of an attribute that is a number.
    pub fn number(&self, name: &str) -> Option<u32> {
        self.get(name)?.parse().ok()
    }
}

/// Reads one part.
pub(super) struct Xml<'a> {
    reader: NsReader<&'a [u8]>,
    /// Makes the error of a damaged file of the part's format from what is wrong with it.
    damaged: fn(String) -> ReadError,
    depth: usize,
    elements: usize,
    limits: &'a Limits,
}

impl<'a> Xml<'a> {
    /// Over a part's text.
    pub fn new(text: &'a str, damaged: fn(String) -> ReadError, limits: &'a Limits) -> Self {
        let mut reader = NsReader::from_str(text);
        reader.config_mut().expand_empty_elements = true;
        Self { reader, damaged, depth: 0, elements: 0, limits }
    }

    /// The next item; `None` at the end of the part.
    pub fn next(&mut self) -> Result<Option<Item<'a>>, ReadError> {
        loop {
            let from = self.position();
            let event = self.reader.read_event().map_err(|_| (self.damaged)("its XML is malformed".to_owned()))?;
            let bytes = from..self.position();
            return Ok(Some(match event {
                Event::Start(start) => Item::Start(self.open(&start)?),
                Event::End(_) => {
                    self.depth = self.depth.saturating_sub(1);
                    Item::End
                }
                Event::Text(text) => Item::Text(text.into_inner(), bytes),
                Event::CData(text) => Item::Text(text.into_inner(), bytes),
                Event::GeneralRef(entity) => {
                    let character = entity.resolve_char_ref().ok().flatten().map(String::from);
                    let known = || quick_xml::escape::resolve_predefined_entity(&entity).map(str::to_owned);
                    let Some(text) = character.or_else(known) else { continue };
                    Item::Text(Cow::Owned(text), bytes)
                }
                // The end of input inside an element is no error to the parser.
                Event::Eof if self.depth > 0 => return Err((self.damaged)("its XML ends too early".to_owned())),
                Event::Eof => return Ok(None),
                _ => continue,
            }));
        }
    }

    /// Skips to the end of the element that was opened last.
    pub fn skip(&mut self) -> Result<(), ReadError> {
        let outside = self.depth.saturating_sub(1);
        while self.depth > outside && self.next()?.is_some() {}
        Ok(())
    }

    /// The words within the element that was opened last, up to its end.
    pub fn words(&mut self) -> Result<String, ReadError> {
        let outside = self.depth.saturating_sub(1);
        let mut words = String::new();
        while self.depth > outside {
            match self.next()? {
                Some(Item::Text(text, _)) => words.push_str(&text),
                Some(_) => {}
                None => break,
            }
        }
        Ok(words)
    }

    fn open(&mut self, start: &BytesStart<'_>) -> Result<Tag, ReadError> {
        self.depth += 1;
        self.elements += 1;
        if self.depth > self.limits.depth {
            let limit = self.limits.depth.to_string();
            return Err(ReadError::TooLarge { what: "the depth of its XML", limit });
        }
        if self.elements > self.limits.elements {
            let limit = self.limits.elements.to_string();
            return Err(ReadError::TooLarge { what: "the number of its XML elements", limit });
        }
        let mut attributes = Vec::new();
        for attribute in start.attributes().with_checks(false).flatten() {
            let value = attribute.normalized_value(XmlVersion::Implicit1_0).unwrap_or_default();
            attributes.push((self.name(attribute.key, false), value.into_owned()));
        }
        Ok(Tag { name: self.name(start.name(), true), attributes })
    }

    fn name(&self, name: QName<'_>, element: bool) -> String {
        let (namespace, local) = self.reader.resolver().resolve(name, element);
        match namespace {
            ResolveResult::Bound(Namespace(uri)) => format!("{}:{}", customary_prefix(uri), local.as_ref()),
            _ => local.as_ref().to_owned(),
        }
    }

    fn position(&self) -> u32 {
        u32::try_from(self.reader.buffer_position()).unwrap_or(u32::MAX)
    }
}

fn customary_prefix(uri: &str) -> &str {
    match uri {
        "http://purl.org/dc/elements/1.1/" => "dc",
        "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0" => "loext",
        _ => {
            let name = uri.strip_prefix("urn:oasis:names:tc:opendocument:xmlns:").and_then(|u| u.strip_suffix(":1.0"));
            match name {
                Some("drawing") => "draw",
                Some("xsl-fo-compatible") => "fo",
                Some("svg-compatible") => "svg",
                Some(name) => name,
                None => "",
            }
        }
    }
}

/// A part's characters. Parts are UTF-8 as a rule; a byte order mark may say UTF-16.
pub(super) fn decode(bytes: &[u8]) -> Cow<'_, str> {
    encoding_rs::UTF_8.decode(bytes).0
}
