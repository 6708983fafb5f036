//! A stream of paragraphs in Word's older formats, where marks end paragraphs, cells and rows: the body, a note,
//! a box, a header.

use super::flow::Paragraph;
use crate::document::BlockKind;
use std::collections::HashSet;

/// Where a flow is in a table.
#[derive(Debug, Default)]
pub(super) struct Table {
    pub number: u32,
    pub row: u32,
    pub column: u32,
    /// Whether the present cell has words.
    pub filled: bool,
    /// For each cell of the row whether it only goes on from the cell before or above.
    pub merged: Vec<bool>,
    /// Whether the cell being defined is such a one.
    pub merging: bool,
    /// Columns of the row's empty cells, and where they stand among the finished paragraphs.
    empty: Vec<(u32, usize)>,
}

/// A stream of paragraphs.
#[derive(Debug)]
pub(super) struct Flow {
    /// What its paragraphs are, tables and lists aside.
    pub kind: BlockKind,
    /// The paragraph being collected.
    pub open: Paragraph,
    pub tables: Vec<Table>,
    /// Finished paragraphs in order, those of inner flows after the paragraph that they stand in.
    pub done: Vec<Paragraph>,
    /// Paragraphs of inner flows that wait for the open paragraph.
    pub pending: Vec<Paragraph>,
}

impl Flow {
    pub fn new(kind: BlockKind) -> Self {
        let open = Paragraph::new(kind.clone());
        Self { kind, open, tables: Vec::new(), done: Vec::new(), pending: Vec::new() }
    }

    /// Brings the stack of tables to a depth.
    pub fn set_depth(&mut self, depth: usize, count: &mut u32) {
        self.tables.truncate(depth);
        while self.tables.len() < depth {
            self.tables.push(Table { number: *count, ..Table::default() });
            *count += 1;
        }
    }

    /// Ends the open paragraph. Blank ones in a cell only count if the cell has no other.
    pub fn end_paragraph(&mut self, kind: BlockKind) {
        let mut paragraph = std::mem::replace(&mut self.open, Paragraph::new(self.kind.clone()));
        paragraph.kind = kind;
        if matches!(paragraph.kind, BlockKind::TableCell { .. }) {
            if paragraph.is_blank() {
                paragraph.kind = BlockKind::Paragraph;
            } else if let Some(table) = self.tables.last_mut() {
                table.filled = true;
            }
        }
        if !paragraph.pieces.is_empty() {
            self.done.push(paragraph);
        }
        self.done.append(&mut self.pending);
    }

    /// Ends a cell; one without words is still a cell.
    pub fn end_cell(&mut self) {
        let Some(table) = self.tables.last_mut() else { return };
        if !table.filled {
            table.empty.push((table.column, self.done.len()));
            let kind = BlockKind::TableCell { table: table.number, row: table.row, column: table.column };
            self.done.push(Paragraph::new(kind));
        }
        table.column += 1;
        table.filled = false;
    }

    /// Ends a row. Empty cells that only go on from others are none.
    pub fn end_row(&mut self) {
        let Some(table) = self.tables.last_mut() else { return };
        let merged = |column: u32| table.merged.get(column as usize) == Some(&true);
        let gone: HashSet<usize> =
            table.empty.iter().filter(|(column, _)| merged(*column)).map(|(_, at)| *at).collect();
        table.empty.clear();
        if let Some(first) = gone.iter().min() {
            let row = self.done.split_off(*first);
            let kept = row.into_iter().enumerate().filter(|(i, _)| !gone.contains(&(first + i)));
            self.done.extend(kept.map(|(_, paragraph)| paragraph));
        }
        table.row += 1;
        table.column = 0;
        table.filled = false;
    }
}
