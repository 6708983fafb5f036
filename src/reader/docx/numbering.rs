//! Definitions of lists: what `numbering.xml` says about each level of each list.

use super::part::Part;
use super::properties;
use super::styles::{StyleId, Styles};
use super::xml::{Budget, Element, Token, Xml};
use crate::reader::ReadError;
use std::collections::HashMap;

/// Word's lists have nine levels.
pub(super) const LEVELS: usize = 9;

/// One level of a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Level {
    /// Number of the first item.
    pub(super) start: Option<u32>,
    /// How its number is written (`decimal`, `upperRoman`, `bullet`).
    pub(super) format: String,
    /// The marker with `%1` … `%9` for the numbers of the levels.
    pub(super) text: String,
    /// The paragraph style that stands for this level.
    style: Option<String>,
    /// All numbers of its marker are written in digits.
    pub(super) is_legal: bool,
    /// It starts anew after an item of this level (from 1); 0: never. None: after every level above it.
    pub(super) restart: Option<u8>,
}

#[derive(Debug, Default)]
struct Abstract {
    levels: [Option<Level>; LEVELS],
    /// The numbering style that holds the levels instead.
    style_link: Option<String>,
}

/// What a list changes in its abstract definition.
#[derive(Debug, Default)]
struct Override {
    start: Option<u32>,
    level: Option<Level>,
}

#[derive(Debug, Default)]
struct List {
    definition: i64,
    overrides: [Option<Box<Override>>; LEVELS],
}

/// All lists of a document.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    abstracts: HashMap<i64, Abstract>,
    lists: HashMap<i64, List>,
}

impl Numbering {
    /// Reads `numbering.xml`.
    pub(super) fn read(part: &Part, budget: &Budget, styles: &Styles) -> Result<Self, ReadError> {
        let mut xml = Xml::new(part, budget);
        let mut numbering = Self::default();
        loop {
            match xml.next()? {
                Token::Start(e) => match e.local() {
                    "numbering" => {}
                    "abstractNum" => {
                        let id = id_of(&e, "abstractNumId");
                        let definition = definition(&mut xml)?;
                        numbering.abstracts.insert(id, definition);
                    }
                    "num" => {
                        let id = id_of(&e, "numId");
                        let list = list(&mut xml)?;
                        numbering.lists.insert(id, list);
                    }
                    _ => xml.skip()?,
                },
                Token::Eof => break,
                _ => {}
            }
        }
        numbering.link(styles);
        Ok(numbering)
    }

    /// Points lists whose definition only names a numbering style to the definition that the style uses.
    fn link(&mut self, styles: &Styles) {
        let target = |definition: i64| -> Option<i64> {
            let style = self.abstracts.get(&definition)?.style_link.as_ref()?;
            Some(self.lists.get(&styles.list_of(style)?)?.definition)
        };
        let links: Vec<(i64, i64)> =
            self.lists.iter().filter_map(|(id, list)| Some((*id, target(list.definition)?))).collect();
        for (id, definition) in links {
            if let Some(list) = self.lists.get_mut(&id) {
                list.definition = definition;
            }
        }
    }

    /// The definition that a list shares its counters with.
    pub(super) fn definition(&self, list: i64) -> Option<i64> {
        self.lists.get(&list).map(|list| list.definition)
    }

    /// One level of a list.
    pub(super) fn level(&self, list: i64, level: u8) -> Option<&Level> {
        let list = self.lists.get(&list)?;
        let at = usize::from(level);
        match list.overrides.get(at)?.as_ref().and_then(|o| o.level.as_ref()) {
            Some(level) => Some(level),
            None => self.abstracts.get(&list.definition)?.levels.get(at)?.as_ref(),
        }
    }

    /// The number that a list, as opposed to its definition, starts a level with.
    pub(super) fn start_override(&self, list: i64, level: u8) -> Option<u32> {
        self.lists.get(&list)?.overrides.get(usize::from(level))?.as_ref()?.start
    }

    /// List and level that a paragraph has from its style: the list of the nearest style that names one, at the
    /// level that the list gives to the nearest style, or else the nearest level that a style names.
    pub(super) fn of_style(&self, styles: &Styles, style: StyleId) -> Option<(i64, u8)> {
        let list = styles.chain(style).find_map(|at| styles.get(at).list)?;
        let level = styles
            .chain(style)
            .find_map(|at| self.linked_level(list, styles.id(at)).or(styles.get(at).level))
            .unwrap_or(0);
        Some((list, level))
    }

    fn linked_level(&self, list: i64, style: &str) -> Option<u8> {
        (0..9).find(|at| self.level(list, *at).is_some_and(|level| level.style.as_deref() == Some(style)))
    }
}

fn id_of(e: &Element<'_>, name: &str) -> i64 {
    e.attr(name).and_then(|id| id.trim().parse().ok()).unwrap_or(-1)
}

fn level_of(e: &Element<'_>) -> Option<usize> {
    usize::try_from(id_of(e, "ilvl")).ok().filter(|level| *level < LEVELS)
}

fn count(e: &Element<'_>) -> Option<u32> {
    e.number().and_then(|n| u32::try_from(n).ok())
}

fn definition(xml: &mut Xml<'_>) -> Result<Abstract, ReadError> {
    let mut definition = Abstract::default();
    while let Some(e) = properties::child(xml)? {
        match (e.local(), level_of(&e)) {
            ("lvl", Some(at)) => {
                definition.levels[at] = Some(level(xml)?);
                continue;
            }
            ("numStyleLink", _) => definition.style_link = e.val().map(|id| id.into_owned()),
            _ => {}
        }
        drop(e);
        xml.skip()?;
    }
    Ok(definition)
}

fn level(xml: &mut Xml<'_>) -> Result<Level, ReadError> {
    let mut level = Level { format: "decimal".to_owned(), ..Level::default() };
    while let Some(e) = properties::child(xml)? {
        match e.local() {
            "start" => level.start = count(&e),
            "numFmt" => level.format = e.val().unwrap_or_default().into_owned(),
            "lvlText" => level.text = e.val().unwrap_or_default().into_owned(),
            "pStyle" => level.style = e.val().map(|id| id.into_owned()),
            "isLgl" => level.is_legal = e.is_on(),
            "lvlRestart" => level.restart = count(&e).and_then(|n| u8::try_from(n).ok()),
            _ => {}
        }
        drop(e);
        xml.skip()?;
    }
    Ok(level)
}

fn list(xml: &mut Xml<'_>) -> Result<List, ReadError> {
    let mut list = List { definition: -1, ..List::default() };
    while let Some(e) = properties::child(xml)? {
        match (e.local(), level_of(&e)) {
            ("abstractNumId", _) => list.definition = e.number().unwrap_or(-1),
            ("lvlOverride", Some(at)) => {
                list.overrides[at] = Some(Box::new(changes(xml)?));
                continue;
            }
            _ => {}
        }
        drop(e);
        xml.skip()?;
    }
    Ok(list)
}

fn changes(xml: &mut Xml<'_>) -> Result<Override, ReadError> {
    let mut changes = Override::default();
    while let Some(e) = properties::child(xml)? {
        match e.local() {
            "startOverride" => changes.start = count(&e),
            "lvl" => {
                changes.level = Some(level(xml)?);
                continue;
            }
            _ => {}
        }
        drop(e);
        xml.skip()?;
    }
    Ok(changes)
}
