//! Properties of characters and paragraphs, as lists of changes (SPRMs).

use super::super::flow::Type;
use super::binary::Binary;

/// What is known of a character.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Character {
    pub look: Type,
    pub hidden: bool,
    pub deleted: bool,
    pub inserted: bool,
    /// The character stands for something: a picture, a note, a field.
    pub special: bool,
}

/// What is known of a paragraph.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct ParagraphProperties {
    pub style: u16,
    pub centered: bool,
    /// Outline level from 1.
    pub outline: Option<u8>,
    pub in_table: bool,
    /// Depth of tables; 0 stands for what `in_table` says.
    pub depth: u8,
    /// The mark at its end ends a row.
    pub ends_row: bool,
    /// The mark at its end ends a cell of an inner table.
    pub ends_inner_cell: bool,
    /// The list it is an item of: an index from 1, 0 for none.
    pub list: Option<u16>,
    pub level: u8,
    /// Starts on a new page.
    pub page_break: bool,
}

/// Goes through a list of changes: number and operand of each.
pub(super) fn changes(list: Binary<'_>) -> impl Iterator<Item = (u16, Binary<'_>)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let number = list.u16(at)?;
        let (skip, length) = match number >> 13 {
            0 | 1 => (0, 1),
            2 | 4 | 5 => (0, 2),
            3 => (0, 4),
            7 => (0, 3),
            _ if number == 0xd608 => (2, usize::from(list.u16(at + 2)?).saturating_sub(1)),
            // Tab stops beyond what one byte counts give their size by their number.
            _ if number == 0xc615 && list.u8(at + 2)? == 255 => {
                let deleted = usize::from(list.u8(at + 3)?);
                let added = usize::from(list.u8(at + 4 + deleted * 4)?);
                (1, 2 + deleted * 4 + added * 3)
            }
            _ => (1, usize::from(list.u8(at + 2)?)),
        };
        let operand = list.slice(at + 2 + skip, length)?;
        at += 2 + skip + length;
        Some((number, operand))
    })
}

impl Character {
    /// With the changes of a list; `style` answers "as in the style" and "not as in the style".
    pub fn apply(mut self, list: Binary<'_>, style: &Self) -> Self {
        for (number, operand) in changes(list) {
            let Some(value) = operand.u8(0) else { break };
            let toggled = |in_style: bool| match value {
                0 => false,
                0x80 => in_style,
                0x81 => !in_style,
                _ => true,
            };
            match number {
                0x0800 => self.deleted = value != 0,
                0x0801 => self.inserted = value != 0,
                0x0835 => self.look.bold = toggled(style.look.bold),
                0x0836 => self.look.italic = toggled(style.look.italic),
                0x083c => self.hidden = toggled(style.hidden),
                0x0855 => self.special = value != 0,
                0x2a3e => self.look.underlined = value != 0,
                0x4a43 => self.look.size = operand.u16(0).map(|half_points| f32::from(half_points) / 2.0),
                _ => {}
            }
        }
        self
    }
}

impl ParagraphProperties {
    /// With the changes of a list.
    pub fn apply(mut self, list: Binary<'_>) -> Self {
        for (number, operand) in changes(list) {
            let Some(value) = operand.u8(0) else { break };
            match number {
                0x2403 | 0x2461 => self.centered = value == 1,
                0x2407 => self.page_break = value != 0,
                0x2416 => self.in_table = value != 0,
                0x2417 | 0x244c => self.ends_row = value != 0,
                0x244b => self.ends_inner_cell = value != 0,
                0x6649 => self.depth = value.min(32),
                0x260a => self.level = value.min(8),
                0x460b => self.list = operand.u16(0),
                0x2640 => self.outline = (value < 9).then(|| value + 1),
                _ => {}
            }
        }
        self
    }

    /// Depth of tables.
    pub fn tables(&self) -> usize {
        usize::from(self.depth.max(u8::from(self.in_table)))
    }
}

/// Which cells of a row go on from the cell before or above, from a row's definition.
pub(super) fn merged_cells(list: Binary<'_>) -> Vec<bool> {
    let Some((_, definition)) = changes(list).find(|(number, _)| *number == 0xd608) else { return Vec::new() };
    let count = usize::from(definition.u8(0).unwrap_or(0));
    let cells = 1 + (count + 1) * 2;
    let goes_on = |i: usize| {
        let flags = definition.u16(cells + i * 20).unwrap_or(0);
        flags & 0b11 == 1 || (flags >> 5) & 0b11 == 1
    };
    (0..count).map(goes_on).collect()
}
