//! Styles and list styles of an OpenDocument text, as far as looks and labels need them.

use super::super::flow::Type;
use super::super::numeral::Numeral;
use super::super::xml::Tag;
use std::collections::HashMap;

/// Styles may name parents in a circle; no real chain is longer.
const LONGEST_CHAIN: usize = 32;

/// What one style says; `None` leaves it to the parent.
#[derive(Debug, Clone, Default)]
pub(super) struct Style {
    pub parent: Option<String>,
    pub bold: Option<bool>,
    pub underlined: Option<bool>,
    pub italic: Option<bool>,
    pub size: Option<f32>,
    pub hidden: Option<bool>,
    pub centered: Option<bool>,
    pub page_break: Option<bool>,
    pub list: Option<String>,
    pub title: bool,
}

impl Style {
    /// From the `style:style` tag itself.
    pub fn new(tag: &Tag) -> Self {
        let name = tag.get("style:display-name").or(tag.get("style:name")).unwrap_or_default();
        Self {
            parent: tag.get("style:parent-style-name").map(str::to_owned),
            list: tag.get("style:list-style-name").map(str::to_owned),
            page_break: tag.get("style:master-page-name").filter(|n| !n.is_empty()).map(|_| true),
            title: name == "Title",
            ..Self::default()
        }
    }

    /// Takes in a `style:text-properties` or `style:paragraph-properties` tag.
    pub fn properties(&mut self, tag: &Tag) {
        if let Some(weight) = tag.get("fo:font-weight") {
            self.bold = Some(weight == "bold" || weight.parse::<u32>().is_ok_and(|w| w >= 600));
        }
        if let Some(line) = tag.get("style:text-underline-style") {
            self.underlined = Some(line != "none");
        }
        if let Some(slant) = tag.get("fo:font-style") {
            self.italic = Some(slant == "italic" || slant == "oblique");
        }
        if let Some(size) = tag.get("fo:font-size").and_then(|s| s.strip_suffix("pt")) {
            self.size = size.parse().ok();
        }
        if let Some(display) = tag.get("text:display") {
            self.hidden = Some(display == "none");
        }
        if let Some(align) = tag.get("fo:text-align") {
            self.centered = Some(align == "center");
        }
        if tag.get("fo:break-before") == Some("page") {
            self.page_break = Some(true);
        }
    }
}

/// One level of a list.
#[derive(Debug, Clone, Default)]
pub(super) struct Level {
    numeral: Option<Numeral>,
    bullet: Option<String>,
    prefix: String,
    suffix: String,
    /// LibreOffice's own pattern, `%1%.%2%`; outranks the rest.
    pattern: Option<String>,
    shown: usize,
    pub start: u32,
}

impl Level {
    /// From a `text:list-level-style-…` or `text:outline-level-style` tag.
    pub fn new(tag: &Tag) -> Self {
        let text = |name| tag.get(name).unwrap_or_default().to_owned();
        Self {
            numeral: tag.get("style:num-format").and_then(Numeral::of_sample),
            bullet: tag.get("text:bullet-char").map(visible_bullet),
            prefix: text("style:num-prefix"),
            suffix: text("style:num-suffix"),
            pattern: tag.get("loext:num-list-format").map(str::to_owned),
            shown: tag.number("text:display-levels").map_or(1, |n| n as usize),
            start: tag.number("text:start-value").unwrap_or(1),
        }
    }
}

/// Symbol fonts keep their bullets in the private area, where no other font has a picture.
fn visible_bullet(bullet: &str) -> String {
    bullet.chars().map(|c| if matches!(c, '\u{e000}'..='\u{f8ff}') { '•' } else { c }).collect()
}

/// The label of an item whose level, and all levels above it, stand at these numbers.
pub(super) fn label(levels: &[Level], numbers: &[u32]) -> Option<String> {
    let at = numbers.len().checked_sub(1)?;
    let level = levels.get(at)?;
    if let Some(bullet) = &level.bullet {
        return Some(bullet.clone());
    }
    let number = |i: usize| Some(levels.get(i)?.numeral?.write(*numbers.get(i)?));
    level.numeral?;
    if let Some(pattern) = &level.pattern {
        let mut text = pattern.clone();
        for i in 0..=at {
            text = text.replace(&format!("%{}%", i + 1), &number(i).unwrap_or_default());
        }
        return Some(text.trim().to_owned());
    }
    let first = (at + 1).saturating_sub(level.shown.max(1));
    let numbers: Vec<String> = (first..=at).filter_map(number).collect();
    Some(format!("{}{}{}", level.prefix, numbers.join("."), level.suffix).trim().to_owned())
}

/// All styles of a document by name.
#[derive(Debug, Default)]
pub(super) struct Styles {
    /// Paragraph styles and text styles are names apart; the key is family and name.
    pub named: HashMap<(String, String), Style>,
    pub lists: HashMap<String, Vec<Level>>,
    pub outline: Vec<Level>,
}

impl Styles {
    /// The first answer along the chain of parents.
    pub fn find<T>(&self, family: &str, name: Option<&str>, of: impl Fn(&Style) -> Option<T>) -> Option<T> {
        let mut name = name?.to_owned();
        for _ in 0..LONGEST_CHAIN {
            let style = self.named.get(&(family.to_owned(), name))?;
            if let Some(found) = of(style) {
                return Some(found);
            }
            name = style.parent.clone()?;
        }
        None
    }

    /// A type as a style changes it.
    pub fn apply(&self, base: Type, family: &str, name: Option<&str>) -> Type {
        Type {
            bold: self.find(family, name, |s| s.bold).unwrap_or(base.bold),
            underlined: self.find(family, name, |s| s.underlined).unwrap_or(base.underlined),
            italic: self.find(family, name, |s| s.italic).unwrap_or(base.italic),
            size: self.find(family, name, |s| s.size).or(base.size),
        }
    }
}
