//! Where one stands in a table, and on which page.

use crate::document::BlockKind;

/// An open table.
#[derive(Debug)]
pub(super) struct Table {
    number: u32,
    row: u32,
    column: u32,
    /// Columns that the open cell spans.
    pub(super) span: u32,
    /// The open cell has shown something.
    pub(super) cell_used: bool,
    /// Page at the start of the row, and the last one that any of its cells reaches.
    pages: (u32, u32),
}

impl Table {
    pub(super) fn new(number: u32) -> Self {
        Self { number, row: 0, column: 0, span: 1, cell_used: false, pages: (1, 1) }
    }

    /// A row starts on a page.
    pub(super) fn open_row(&mut self, page: u32) {
        self.column = 0;
        self.pages = (page, page);
    }

    /// The row's first cell stands this many columns in.
    pub(super) fn pass_over(&mut self, columns: u32) {
        self.column = self.column.saturating_add(columns);
    }

    /// A cell starts; it does so on the page that its row starts on, which is given back.
    pub(super) fn open_cell(&mut self) -> u32 {
        self.span = 1;
        self.cell_used = false;
        self.pages.0
    }

    /// A cell ends on a page.
    pub(super) fn close_cell(&mut self, page: u32) {
        self.column = self.column.saturating_add(self.span);
        self.pages.1 = self.pages.1.max(page);
    }

    /// The row ends; a deleted one does not count. Gives back the page that it reaches.
    pub(super) fn close_row(&mut self, deleted: bool) -> u32 {
        self.row = self.row.saturating_add(u32::from(!deleted));
        self.pages.1
    }

    /// What a paragraph in the open cell is.
    pub(super) fn cell(&self) -> BlockKind {
        BlockKind::TableCell { table: self.number, row: self.row, column: self.column }
    }
}

/// Counts pages as Word last drew them.
#[derive(Debug)]
pub(super) struct Pages {
    /// The page that one is on.
    pub(super) number: u32,
    /// A break was just asked for: the start of a page that Word drew there is that same break.
    fresh: bool,
}

impl Pages {
    pub(super) fn new() -> Self {
        Self { number: 1, fresh: false }
    }

    /// A page that Word drew starts; gives back its number if it is a new one.
    pub(super) fn rendered(&mut self) -> Option<u32> {
        if std::mem::take(&mut self.fresh) {
            return None;
        }
        self.number += 1;
        Some(self.number)
    }

    /// The author asks for a new page.
    pub(super) fn asked(&mut self) -> u32 {
        self.number += 1;
        self.fresh = true;
        self.number
    }

    /// Words follow.
    pub(super) fn words(&mut self) {
        self.fresh = false;
    }
}
