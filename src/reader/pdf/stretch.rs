//! Stretches of rows with a gutter: columns of prose are read one after the other, aligned tables row by row.

use super::line::Line;
use super::region::Piece;
use std::collections::BTreeMap;

/// The narrowest gutter, in heights of the type.
const GUTTER: f32 = 0.8;
/// Rows further apart than this, in heights of the type, belong to different stretches.
const APART: f32 = 4.0;
/// Rows no further apart than this, in heights of the type, continue each other.
const TOGETHER: f32 = 1.7;
/// The narrowest column of prose, in heights of the type.
const COLUMN: f32 = 10.0;
/// The deepest nesting of columns.
const DEEPEST: usize = 3;
/// Most stretches that are tried on a page.
const TRIES: usize = 2_000;
/// Most rows that one try looks at.
const ROWS: usize = 1_000;

/// A part of a page.
#[derive(Debug)]
pub(super) enum Part {
    /// A row that stands for itself.
    Row(Vec<Piece>),
    /// Columns of prose from left to right, each with its rows.
    Columns(Vec<Vec<Vec<Piece>>>),
    /// Lines of an aligned table by row and column.
    Table(BTreeMap<(usize, usize), Vec<Line>>),
}

/// Splits rows into stretches with a gutter and rows without.
pub(super) fn split(rows: Vec<Vec<Piece>>, depth: usize) -> Vec<Part> {
    let mut parts = Vec::new();
    let (mut from, mut seed, mut tries) = (0, 0, 0);
    while depth < DEEPEST && seed < rows.len() && tries < TRIES {
        let found = gutters(&rows, seed).into_iter().find_map(|gutter| {
            tries += 1;
            let stretch = Stretch::grow(&rows, from, seed, gutter)?;
            stretch.part(&rows).map(|part| (stretch, part))
        });
        match found {
            Some((stretch, part)) => {
                parts.extend(rows[from..stretch.start].iter().cloned().map(Part::Row));
                parts.push(part);
                from = stretch.end;
                seed = from;
            }
            None => seed += 1,
        }
    }
    parts.extend(rows.into_iter().skip(from).map(Part::Row));
    parts
}

fn size(row: &[Piece]) -> f32 {
    row.iter().map(|piece| piece.line.size).fold(0.0, f32::max)
}

fn y(row: &[Piece]) -> f32 {
    row.first().map_or(0.0, |piece| piece.line.y)
}

/// The gaps in a row, or between two rows that stand side by side, widest first.
fn gutters(rows: &[Vec<Piece>], at: usize) -> Vec<(f32, f32)> {
    let row = &rows[at];
    let mut gaps: Vec<(f32, f32)> = row.windows(2).map(|pair| (pair[0].line.x1, pair[1].line.x0)).collect();
    if let ([a], Some([b])) = (row.as_slice(), rows.get(at + 1).map(Vec::as_slice))
        && b.line.y - a.line.y < 0.9 * a.line.size.min(b.line.size)
    {
        gaps.push((a.line.x1.min(b.line.x1), a.line.x0.max(b.line.x0)));
    }
    gaps.retain(|(left, right)| right - left >= GUTTER * size(row));
    gaps.sort_by(|a, b| (b.1 - b.0).total_cmp(&(a.1 - a.0)));
    gaps
}

/// Rows `start..end` that leave the gutter free.
struct Stretch {
    start: usize,
    end: usize,
    gutter: (f32, f32),
}

impl Stretch {
    fn grow(rows: &[Vec<Piece>], from: usize, seed: usize, gutter: (f32, f32)) -> Option<Self> {
        let mut stretch = Self { start: seed, end: seed, gutter };
        while stretch.end < rows.len() && stretch.end - seed < ROWS {
            let far = stretch.end > seed && {
                let above = &rows[stretch.end - 1];
                y(&rows[stretch.end]) - y(above) > APART * size(above)
            };
            if far || !stretch.take(&rows[stretch.end]) {
                break;
            }
            stretch.end += 1;
        }
        while stretch.start > from && seed - stretch.start < ROWS {
            let above = &rows[stretch.start - 1];
            if y(&rows[stretch.start]) - y(above) > APART * size(above) || !stretch.take(above) {
                break;
            }
            stretch.start -= 1;
        }
        stretch.trim(rows);
        (stretch.end > stretch.start + 1).then_some(stretch)
    }

    /// Narrows the gutter so that the row leaves it free; says whether that is possible.
    fn take(&mut self, row: &[Piece]) -> bool {
        let (mut left, mut right) = self.gutter;
        for Piece { line, .. } in row {
            if line.x0 < left && line.x1 > left {
                left = line.x1;
            } else if line.x1 > right && line.x0 < right {
                right = line.x0;
            } else if line.x0 >= left && line.x1 <= right {
                return false;
            }
        }
        let free = right - left >= GUTTER * size(row);
        if free {
            self.gutter = (left, right);
        }
        free
    }

    fn sides<'r>(&self, row: &'r [Piece]) -> (&'r [Piece], &'r [Piece]) {
        row.split_at(row.partition_point(|piece| piece.line.x1 <= self.gutter.0 + 0.1))
    }

    /// Gives back rows at both ends that stand on one side only and do not continue the rows next to them.
    fn trim(&mut self, rows: &[Vec<Piece>]) {
        let side = |row: &[Piece]| {
            let (left, right) = self.sides(row);
            (!left.is_empty(), !right.is_empty())
        };
        let both: Vec<usize> = (self.start..self.end).filter(|i| side(&rows[*i]) == (true, true)).collect();
        let paired = |i: usize| {
            let near = |j: usize| {
                rows.get(j).is_some_and(|row| (y(row) - y(&rows[i])).abs() < size(row) && side(row) != side(&rows[i]))
            };
            side(&rows[i]) == (true, true) || near(i + 1) || i.checked_sub(1).is_some_and(near)
        };
        let (mut first, mut last) = match (both.first(), both.last()) {
            (Some(first), Some(last)) => (*first, *last),
            _ => {
                let Some(first) = (self.start..self.end).find(|i| paired(*i)) else { return self.end = self.start };
                let Some(last) = (self.start..self.end).rfind(|i| paired(*i)) else { return };
                (first, last)
            }
        };
        let continues =
            |a: usize, b: usize| (y(&rows[b]) - y(&rows[a])).abs() <= TOGETHER * size(&rows[a]).max(size(&rows[b]));
        while first > self.start && continues(first, first - 1) {
            first -= 1;
        }
        while last + 1 < self.end && continues(last, last + 1) {
            last += 1;
        }
        (self.start, self.end) = (first, last + 1);
    }

    /// What the stretch is, if it is anything.
    fn part(&self, rows: &[Vec<Piece>]) -> Option<Part> {
        let rows = &rows[self.start..self.end];
        let both = rows.iter().filter(|row| !self.sides(row).0.is_empty() && !self.sides(row).1.is_empty()).count();
        let side = |right: bool| -> Vec<Vec<Piece>> {
            let of = |row: &Vec<Piece>| if right { self.sides(row).1 } else { self.sides(row).0 }.to_vec();
            rows.iter().map(of).filter(|row| !row.is_empty()).collect()
        };
        let (left, right) = (side(false), side(true));
        if is_prose(&left) && is_prose(&right) && alike(&left, &right) && !breaks_together(rows, &left, &right) {
            return Some(Part::Columns(vec![left, right]));
        }
        let has_grid = rows.iter().flatten().any(|piece| piece.grid.is_some());
        let columns = columns(rows);
        if has_grid || columns.len() < 2 || both < if columns.len() > 2 { 2 } else { 3 } || counts_pages(&right) {
            return None;
        }
        Some(Part::Table(table(rows, &columns)))
    }
}

fn lines(rows: &[Vec<Piece>]) -> impl Iterator<Item = &Line> {
    rows.iter().flatten().filter(|piece| piece.grid.is_none()).map(|piece| &piece.line)
}

fn extent(rows: &[Vec<Piece>]) -> (f32, f32) {
    lines(rows).fold((f32::MAX, f32::MIN), |(x0, x1), line| (x0.min(line.x0), x1.max(line.x1)))
}

fn median(mut values: Vec<f32>) -> f32 {
    values.sort_by(f32::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(0.0)
}

/// Whether most lines of a side fill it, as lines of prose do.
fn is_prose(side: &[Vec<Piece>]) -> bool {
    let (x0, x1) = extent(side);
    let fill = median(lines(side).map(|line| (line.x1 - line.x0) / (x1 - x0).max(1.0)).collect());
    side.len() >= 4 && fill >= 0.62 && x1 - x0 > COLUMN * median(lines(side).map(|line| line.size).collect())
}

/// Whether two sides are about as wide; a column of names beside its explanations is not.
fn alike(left: &[Vec<Piece>], right: &[Vec<Piece>]) -> bool {
    let width = |side| {
        let (x0, x1) = extent(side);
        (x1 - x0).max(1.0)
    };
    let (a, b) = (width(left), width(right));
    a.min(b) / a.max(b) >= 0.5
}

/// Whether both sides keep their paragraph gaps at the same heights, as rows of a table do.
fn breaks_together(rows: &[Vec<Piece>], left: &[Vec<Piece>], right: &[Vec<Piece>]) -> bool {
    let steps = |rows: &[Vec<Piece>]| -> Vec<f32> {
        rows.windows(2).map(|pair| y(&pair[1]) - y(&pair[0])).filter(|step| *step > 1.0).collect()
    };
    let usual = median(steps(left)).max(median(steps(right)));
    let gaps = |rows: &[Vec<Piece>]| steps(rows).iter().filter(|step| **step > 1.35 * usual).count();
    let together = gaps(rows);
    together >= 2 && together as f32 >= 0.6 * gaps(left).max(gaps(right)) as f32
}

/// Whether a side holds nothing but page numbers, as in a table of contents.
fn counts_pages(side: &[Vec<Piece>]) -> bool {
    lines(side).all(|line| line.text.len() <= 4 && line.text.chars().all(|c| c.is_ascii_digit() || "ivxl".contains(c)))
}

/// The columns of a table: the stretches of its width that no gap runs through.
fn columns(rows: &[Vec<Piece>]) -> Vec<(f32, f32)> {
    let mut spans: Vec<(f32, f32)> = lines(rows).map(|line| (line.x0, line.x1)).collect();
    spans.sort_by(|a, b| a.0.total_cmp(&b.0));
    let narrow = 0.5 * median(lines(rows).map(|line| line.size).collect());
    let mut columns: Vec<(f32, f32)> = Vec::new();
    for (x0, x1) in spans {
        match columns.last_mut() {
            Some(last) if x0 - last.1 < narrow => last.1 = last.1.max(x1),
            _ => columns.push((x0, x1)),
        }
    }
    columns
}

fn table(rows: &[Vec<Piece>], columns: &[(f32, f32)]) -> BTreeMap<(usize, usize), Vec<Line>> {
    let steps = rows.windows(2).map(|pair| y(&pair[1]) - y(&pair[0])).filter(|step| *step > 1.0).collect();
    let usual = median(steps);
    let mut cells: BTreeMap<(usize, usize), Vec<Line>> = BTreeMap::new();
    let mut number = 0;
    for (i, row) in rows.iter().enumerate() {
        if i > 0 && starts_row(&rows[i - 1], row, columns, usual) {
            number += 1;
        }
        for piece in row {
            let column = columns.partition_point(|(x0, _)| *x0 <= piece.line.x0 + 0.1).saturating_sub(1);
            cells.entry((number, column)).or_default().push(piece.line.clone());
        }
    }
    cells
}

/// Whether a row of lines opens a new row of the table or continues the one above.
fn starts_row(above: &[Piece], row: &[Piece], columns: &[(f32, f32)], usual: f32) -> bool {
    let in_first = |row: &'_ [Piece]| {
        row.first().map(|piece| piece.line.x0).filter(|x0| columns.first().is_some_and(|column| *x0 <= column.1))
    };
    if in_first(row).is_none() {
        return false;
    }
    let last_full = above.last().zip(columns.last()).is_some_and(|(piece, column)| {
        piece.line.x0 >= column.0 && piece.line.x1 > column.0 + 0.8 * (column.1 - column.0)
    });
    let spread = y(row) - y(above) > 1.25 * usual;
    // A first column that goes on alone, line after line, is a long name of one row.
    spread || in_first(above).is_none() || (row.len() > 1 && !last_full)
}
