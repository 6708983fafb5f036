//! Where the numbers of an OpenDocument text's lists stand.

use super::super::xml::Tag;
use super::styles::{Styles, label};
use std::collections::HashMap;

/// Lists within lists are numbered to this depth.
const DEEPEST: usize = 10;

/// An open `text:list`.
#[derive(Debug)]
struct Open {
    style: Option<String>,
    id: Option<String>,
    /// Set by `text:list-item` until its first paragraph takes the label.
    fresh_item: bool,
    start: Option<u32>,
}

/// Open lists, the numbers they stand at, and the numbers where others ended.
#[derive(Debug, Default)]
pub(super) struct Lists {
    open: Vec<Open>,
    numbers: Vec<u32>,
    ended: HashMap<String, Vec<u32>>,
    headings: Vec<u32>,
}

impl Lists {
    /// A `text:list` opens.
    pub fn open(&mut self, tag: &Tag) {
        let style = tag.get("text:style-name").map(str::to_owned);
        if self.open.is_empty() {
            let continued = tag.get("text:continue-list").map(|id| format!("#{id}"));
            let same_style = || (tag.get("text:continue-numbering") == Some("true")).then(|| style.clone()).flatten();
            let from = continued.or_else(same_style);
            self.numbers = from.and_then(|key| self.ended.get(&key).cloned()).unwrap_or_default();
        }
        let style = style.or_else(|| self.open.last().and_then(|list| list.style.clone()));
        let id = tag.get("xml:id").or(tag.get("id")).map(str::to_owned);
        self.open.push(Open { style, id, fresh_item: false, start: None });
    }

    /// The innermost list ends.
    pub fn close(&mut self) {
        let Some(list) = self.open.pop() else { return };
        if let Some(style) = list.style {
            self.ended.insert(style, self.numbers.clone());
        }
        if let Some(id) = list.id {
            self.ended.insert(format!("#{id}"), self.numbers.clone());
        }
    }

    /// A `text:list-item` opens.
    pub fn item(&mut self, tag: &Tag) {
        if let Some(list) = self.open.last_mut() {
            list.fresh_item = true;
            list.start = tag.number("text:start-value");
        }
    }

    /// The depth of the innermost list from 0, if one is open.
    pub fn depth(&self) -> Option<usize> {
        self.open.len().checked_sub(1)
    }

    /// For the next paragraph: its label if it opens an item. Only a paragraph counts an item, so that lists
    /// nested for their depth alone leave the outer numbers as they are.
    pub fn take_label(&mut self, styles: &Styles, paragraph_list: Option<&str>) -> Option<Option<String>> {
        let depth = self.depth()?;
        let list = self.open.last_mut()?;
        if !std::mem::take(&mut list.fresh_item) {
            return None;
        }
        let levels = list.style.as_deref().or(paragraph_list).and_then(|name| styles.lists.get(name));
        let start = list.start.take();
        count(&mut self.numbers, depth, start, |level| levels.and_then(|l| l.get(level)).map_or(1, |l| l.start));
        Some(levels.and_then(|levels| label(levels, &self.numbers)))
    }

    /// The label that the outline gives a heading of this level, from 1.
    pub fn heading_label(&mut self, styles: &Styles, level: u8) -> Option<String> {
        let level = usize::from(level.max(1)) - 1;
        count(&mut self.headings, level, None, |at| styles.outline.get(at).map_or(1, |l| l.start));
        label(&styles.outline, &self.headings).filter(|label| !label.is_empty())
    }
}

/// Counts one on at a level; levels above that never stood begin, levels below begin anew.
fn count(numbers: &mut Vec<u32>, level: usize, start: Option<u32>, first: impl Fn(usize) -> u32) {
    let level = level.min(DEEPEST - 1);
    numbers.truncate(level + 1);
    let stood = numbers.len() == level + 1;
    while numbers.len() <= level {
        numbers.push(first(numbers.len()));
    }
    let next = if stood { numbers[level].saturating_add(1) } else { numbers[level] };
    numbers[level] = start.unwrap_or(next);
}
