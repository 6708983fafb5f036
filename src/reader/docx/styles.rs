//! Styles: what a paragraph or run looks like through its style and the styles that it is based on.

pub(super) mod known;

use super::part::Part;
use super::properties::{self, ParagraphProperties, TypeLook};
use super::xml::{Budget, Element, Token, Xml};
use crate::reader::ReadError;
use std::collections::HashMap;

/// Longest chain of styles that is followed; a circle ends here too.
const LONGEST_CHAIN: usize = 32;

/// Index of a style.
pub(super) type StyleId = usize;

/// All styles of a document.
#[derive(Debug, Default)]
pub(super) struct Styles {
    /// What holds where no style says anything.
    defaults: Style,
    list: Vec<Style>,
    by_id: HashMap<String, StyleId>,
    /// Styles of paragraphs and runs that name none.
    paragraph: Option<StyleId>,
}

/// One style; after reading, with what it has from the styles it is based on.
#[derive(Debug, Clone, Default)]
pub(super) struct Style {
    id: String,
    based_on: Option<String>,
    parent: Option<StyleId>,
    pub(super) look: TypeLook,
    pub(super) centered: Option<bool>,
    pub(super) outline: Option<u8>,
    pub(super) dotted: bool,
    pub(super) is_title: bool,
    pub(super) is_contents: bool,
    /// The style's own list and level, not those of its parents.
    pub(super) list: Option<i64>,
    pub(super) level: Option<u8>,
}

impl Styles {
    /// Reads `styles.xml`.
    fn read(part: &Part, budget: &Budget) -> Result<Self, ReadError> {
        let mut xml = Xml::new(part, budget);
        let mut styles = Self::default();
        loop {
            match xml.next()? {
                Token::Start(e) => match e.local() {
                    "styles" => {}
                    "docDefaults" => styles.defaults = style(Style::default(), &mut xml)?,
                    "style" => styles.add(&e, &mut xml)?,
                    _ => xml.skip()?,
                },
                Token::Eof => break,
                _ => {}
            }
        }
        styles.inherit();
        Ok(styles)
    }

    fn add(&mut self, e: &Element<'_>, xml: &mut Xml<'_>) -> Result<(), ReadError> {
        let id = e.attr("styleId").unwrap_or_default().into_owned();
        let is_paragraph = e.attr("type").is_none_or(|kind| kind == "paragraph");
        let is_default = e.attr("default").is_some_and(|value| !matches!(&*value, "0" | "false" | "off"));
        let mut new = Style { id: id.clone(), ..Style::default() };
        new.named(&id);
        self.list.push(style(new, xml)?);
        self.by_id.insert(id, self.list.len() - 1);
        if is_paragraph && is_default {
            self.paragraph = Some(self.list.len() - 1);
        }
        Ok(())
    }

    /// Gives every style what it has from its parents.
    fn inherit(&mut self) {
        for at in 0..self.list.len() {
            self.list[at].parent = self.list[at].based_on.as_ref().and_then(|id| self.by_id.get(id)).copied();
        }
        // A parent that has its parents' values already gives the same ones again, so any order will do.
        for at in 0..self.list.len() {
            for step in 1..LONGEST_CHAIN {
                let Some(parent) = self.chain(at).nth(step) else { break };
                let Style { look, centered, outline, dotted, is_contents, .. } = self.list[parent];
                let own = &mut self.list[at];
                own.look = own.look.or(look);
                own.centered = own.centered.or(centered);
                own.outline = own.outline.or(outline);
                own.dotted |= dotted;
                own.is_contents |= is_contents;
            }
        }
    }

    /// The style and those it is based on, nearest first.
    pub(super) fn chain(&self, from: StyleId) -> impl Iterator<Item = StyleId> + '_ {
        std::iter::successors(Some(from), |at| self.list[*at].parent).take(LONGEST_CHAIN)
    }

    /// Whether there is a style of this id.
    pub(super) fn has(&self, id: &str) -> bool {
        self.by_id.contains_key(id)
    }

    /// The paragraph style of this id, or the default one.
    pub(super) fn paragraph(&self, id: Option<&str>) -> Option<StyleId> {
        id.and_then(|id| self.by_id.get(id)).copied().or(self.paragraph)
    }

    /// The character style of this id.
    pub(super) fn character(&self, id: &str) -> Option<&Style> {
        self.by_id.get(id).map(|at| &self.list[*at])
    }

    /// The style of an id.
    pub(super) fn get(&self, at: StyleId) -> &Style {
        &self.list[at]
    }

    /// The id that a style has in the file.
    pub(super) fn id(&self, at: StyleId) -> &str {
        &self.list[at].id
    }

    /// The list that a numbering style of this id stands for.
    pub(super) fn list_of(&self, id: &str) -> Option<i64> {
        self.by_id.get(id).and_then(|at| self.list[*at].list)
    }

    /// How type looks where nothing says otherwise.
    pub(super) fn default_look(&self) -> TypeLook {
        self.defaults.look
    }

    /// Whether paragraphs are centred where nothing says otherwise.
    pub(super) fn default_centered(&self) -> bool {
        self.defaults.centered.unwrap_or(false)
    }
}

impl Style {
    /// What the built-in style of this name or id is for, also when the file does not define it.
    pub(super) fn named(&mut self, name: &str) {
        let name: String = name.chars().filter(|c| *c != ' ').map(|c| c.to_ascii_lowercase()).collect();
        if let Some(level) = name.strip_prefix("heading").and_then(|level| level.parse::<u8>().ok())
            && (1..=9).contains(&level)
        {
            self.outline = self.outline.or(Some(level));
        }
        self.is_title |= name == "title";
        let numbered_toc = name.strip_prefix("toc").is_some_and(|rest| rest.parse::<u8>().is_ok());
        self.is_contents |= numbered_toc || matches!(&*name, "tocheading" | "tableoffigures" | "tableofauthorities");
    }

    fn take(&mut self, properties: &ParagraphProperties) {
        self.centered = properties.centered.or(self.centered);
        self.outline = properties.outline.or(self.outline);
        self.dotted |= properties.dotted;
        self.list = properties.list.or(self.list);
        self.level = properties.level.or(self.level);
    }
}

/// Reads what `w:style` or `w:docDefaults` says, whose start tag came last.
fn style(mut style: Style, xml: &mut Xml<'_>) -> Result<Style, ReadError> {
    while let Some(e) = properties::child(xml)? {
        match e.local() {
            "name" => style.named(&e.val().unwrap_or_default()),
            "basedOn" => style.based_on = e.val().map(|id| id.into_owned()),
            "rPr" => {
                style.look = properties::run(xml)?.look;
                continue;
            }
            "pPr" => {
                style.take(&properties::paragraph(xml)?);
                continue;
            }
            // The defaults wrap their properties once more.
            "rPrDefault" | "pPrDefault" => {
                style = defaults(style, xml)?;
                continue;
            }
            _ => {}
        }
        drop(e);
        xml.skip()?;
    }
    Ok(style)
}

fn defaults(mut style: Style, xml: &mut Xml<'_>) -> Result<Style, ReadError> {
    while let Some(e) = properties::child(xml)? {
        match e.local() {
            "rPr" => style.look = properties::run(xml)?.look,
            "pPr" => style.take(&properties::paragraph(xml)?),
            _ => {
                drop(e);
                xml.skip()?;
            }
        }
    }
    Ok(style)
}
