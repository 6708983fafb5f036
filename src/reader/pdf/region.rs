//! Reading order: lines to regions, each a column, a table cell or running text across the page.

use super::grid::{Grid, grids};
use super::line::{Line, pieces, rows};
use super::page::Page;
use super::stretch;
use super::words::{Word, words};
use std::collections::{BTreeMap, BTreeSet};

/// What a region is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Running text.
    Body,
    /// A table cell; tables are counted on the page.
    Cell { table: usize, row: usize, column: usize },
    /// Text that runs in another direction than the page.
    Aside,
}

/// Lines that are read from top to bottom.
#[derive(Debug, Clone)]
pub(super) struct Region {
    pub kind: Kind,
    /// The leftmost start of a line.
    pub left: f32,
    /// The rightmost end of a line.
    pub right: f32,
    pub lines: Vec<Line>,
}

impl Region {
    pub fn new(kind: Kind, lines: Vec<Line>) -> Self {
        let mut region = Self { kind, left: 0.0, right: 0.0, lines };
        region.fit();
        region
    }

    /// Keeps the lines that `keep` says and sets the borders anew.
    pub fn retain(&mut self, keep: impl FnMut(&Line) -> bool) {
        self.lines.retain(keep);
        self.fit();
    }

    fn fit(&mut self) {
        self.left = self.lines.iter().map(|l| l.x0).fold(f32::MAX, f32::min);
        self.right = self.lines.iter().map(|l| l.x1).fold(f32::MIN, f32::max);
    }
}

/// A piece of a row: a line, or a whole ruled table that stands there.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    pub line: Line,
    pub grid: Option<usize>,
}

/// The regions of a page in reading order.
pub(super) fn regions(page: &Page) -> Vec<Region> {
    let mut angles: BTreeMap<i16, usize> = BTreeMap::new();
    for glyph in &page.glyphs {
        *angles.entry(glyph.angle).or_default() += 1;
    }
    let main = angles.iter().max_by_key(|(_, count)| **count).map_or(0, |(angle, _)| *angle);
    let rules = if main == 0 { page.rules.as_slice() } else { &[] };
    let mut regions = upright(words(&page.glyphs, main, rules), &grids(rules));
    // Stamps and marginal notes run in few directions; text in every direction is a drawing.
    for (angle, _) in angles.iter().filter(|(angle, _)| **angle != main).take(8) {
        let lines = rows(words(&page.glyphs, *angle, &[])).iter().map(|row| Line::new(row)).collect();
        regions.push(Region::new(Kind::Aside, lines));
    }
    regions
}

fn upright(words: Vec<Word>, grids: &[Grid]) -> Vec<Region> {
    let mut cells: Vec<BTreeMap<(usize, usize), Vec<Word>>> = vec![BTreeMap::new(); grids.len()];
    let mut free = Vec::new();
    for word in words {
        let found = grids.iter().enumerate().rev().find_map(|(id, grid)| Some((id, grid.cell(&word)?)));
        match found {
            Some((id, cell)) => cells[id].entry(cell).or_default().push(word),
            None => free.push(word),
        }
    }
    // A frame around text is no table: some row must have words in two columns.
    for cells in &mut cells {
        let is_table = cells.keys().zip(cells.keys().skip(1)).any(|(a, b)| a.0 == b.0);
        if !is_table {
            free.extend(std::mem::take(cells).into_values().flatten());
        }
    }
    let mut rows: Vec<Vec<Piece>> =
        rows(free).into_iter().map(|row| pieces(row).into_iter().map(Piece::from).collect()).collect();
    for (id, (grid, cells)) in grids.iter().zip(&cells).enumerate() {
        if !cells.is_empty() {
            rows.push(vec![stand_in(id, grid)]);
        }
    }
    let cells = grids.iter().zip(cells).map(|(grid, cells)| cell_lines(grid, cells)).collect();
    rows.sort_by(|a, b| top(a).total_cmp(&top(b)));
    let mut order = Order { cells, tables: 0, regions: Vec::new() };
    order.arrange(rows, 0);
    order.regions
}

impl From<Line> for Piece {
    fn from(line: Line) -> Self {
        Self { line, grid: None }
    }
}

/// The lines of each cell. An empty cell beside a full one has one empty line: that it is empty says something.
fn cell_lines(grid: &Grid, cells: BTreeMap<(usize, usize), Vec<Word>>) -> BTreeMap<(usize, usize), Vec<Line>> {
    let full: BTreeSet<usize> = cells.keys().map(|(row, _)| *row).collect();
    let lines = |words| rows(words).iter().map(|row| Line::new(row)).collect();
    let mut out: BTreeMap<(usize, usize), Vec<Line>> =
        cells.into_iter().map(|(cell, words)| (cell, lines(words))).collect();
    if out.is_empty() {
        return out;
    }
    for (cell, (x0, x1, y)) in grid.cells().filter(|((row, _), _)| full.contains(row)) {
        out.entry(cell).or_insert_with(|| vec![Line { x0, x1, y, size: 10.0, ..Line::default() }]);
    }
    out
}

fn stand_in(id: usize, grid: &Grid) -> Piece {
    let (x0, x1) = (grid.xs.first().copied().unwrap_or(0.0), grid.xs.last().copied().unwrap_or(0.0));
    let y = grid.ys.first().copied().unwrap_or(0.0);
    Piece { line: Line { x0, x1, y, size: 10.0, ..Line::default() }, grid: Some(id) }
}

fn top(row: &[Piece]) -> f32 {
    row.iter().map(|piece| piece.line.y).fold(f32::MAX, f32::min)
}

/// Puts rows in reading order.
pub(super) struct Order {
    cells: Vec<BTreeMap<(usize, usize), Vec<Line>>>,
    tables: usize,
    pub regions: Vec<Region>,
}

impl Order {
    /// Arranges rows: stretches with a gutter become columns or tables, the rest is running text.
    pub fn arrange(&mut self, rows: Vec<Vec<Piece>>, depth: usize) {
        let mut plain: Vec<Line> = Vec::new();
        for part in stretch::split(rows, depth) {
            match part {
                stretch::Part::Row(row) => self.row(row, &mut plain),
                stretch::Part::Columns(columns) => {
                    self.flush(&mut plain);
                    columns.into_iter().for_each(|column| self.arrange(column, depth + 1));
                }
                stretch::Part::Table(cells) => {
                    self.flush(&mut plain);
                    let table = self.tables;
                    self.tables += 1;
                    for ((row, column), lines) in cells {
                        self.regions.push(Region::new(Kind::Cell { table, row, column }, lines));
                    }
                }
            }
        }
        self.flush(&mut plain);
    }

    fn row(&mut self, row: Vec<Piece>, plain: &mut Vec<Line>) {
        let mut whole: Option<Line> = None;
        for piece in row {
            match piece.grid {
                Some(grid) => {
                    plain.extend(whole.take());
                    self.flush(plain);
                    self.grid(grid);
                }
                None => {
                    whole = Some(match whole.take() {
                        Some(left) => left.join(piece.line),
                        None => piece.line,
                    })
                }
            }
        }
        plain.extend(whole);
    }

    fn grid(&mut self, id: usize) {
        let table = self.tables;
        self.tables += 1;
        for ((row, column), lines) in std::mem::take(&mut self.cells[id]) {
            self.regions.push(Region::new(Kind::Cell { table, row, column }, lines));
        }
    }

    fn flush(&mut self, plain: &mut Vec<Line>) {
        if !plain.is_empty() {
            self.regions.push(Region::new(Kind::Body, std::mem::take(plain)));
        }
    }
}
