//! Tables that go on over a page break are one table.

use super::paragraph::Paragraph;
use super::region::Kind;
use std::collections::HashMap;

/// How far the left border of a table may move from page to page, in points.
const DRIFT: f32 = 6.0;

/// Where a cell is in the whole document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cell {
    pub table: u32,
    pub row: u32,
    pub column: u32,
}

/// One table on one page.
#[derive(Debug, Default)]
struct Shape {
    columns: usize,
    rows: usize,
    left: f32,
    /// The words of its first row.
    head: Vec<String>,
    number: u32,
    /// What is added to its rows.
    shift: usize,
    /// Whether its first row repeats the table's.
    repeats: bool,
}

/// The tables of a document.
#[derive(Debug, Default)]
pub(super) struct Tables {
    shapes: HashMap<(usize, usize), Shape>,
}

impl Tables {
    /// Numbers the tables of all pages.
    pub fn new(paragraphs: &[Paragraph]) -> Self {
        let mut tables = Self::default();
        let mut previous: Option<(usize, usize)> = None;
        let mut next = 0;
        for (i, paragraph) in paragraphs.iter().enumerate() {
            let Some((key, ..)) = place(paragraph) else {
                previous = None;
                continue;
            };
            if !tables.shapes.contains_key(&key) {
                let mut shape = shape(key, &paragraphs[i..]);
                let before =
                    previous.filter(|before| before.0 + 1 == key.0).and_then(|before| tables.shapes.get(&before));
                match before {
                    Some(before) if before.columns == shape.columns && (before.left - shape.left).abs() < DRIFT => {
                        shape.number = before.number;
                        shape.repeats = before.head == shape.head;
                        shape.head = before.head.clone();
                        shape.shift = before.rows - usize::from(shape.repeats || goes_on(key, &paragraphs[i..]));
                    }
                    _ => {
                        shape.number = next;
                        next += 1;
                    }
                }
                shape.rows += shape.shift;
                tables.shapes.insert(key, shape);
            }
            previous = Some(key);
        }
        tables
    }

    /// Where a paragraph's cell is; `None` if it only repeats the head of its table.
    pub fn cell(&self, paragraph: &Paragraph) -> Option<Cell> {
        let (key, row, column) = place(paragraph)?;
        let shape = self.shapes.get(&key)?;
        let count = |n| u32::try_from(n).unwrap_or(u32::MAX);
        let repeated = shape.repeats && row == 0;
        (!repeated).then(|| Cell { table: shape.number, row: count(row + shape.shift), column: count(column) })
    }
}

/// Page and table, row and column of a cell's paragraph.
fn place(paragraph: &Paragraph) -> Option<((usize, usize), usize, usize)> {
    let page = paragraph.lines.first()?.0;
    match paragraph.kind {
        Kind::Cell { table, row, column } => Some(((page, table), row, column)),
        _ => None,
    }
}

/// The paragraphs of one table, which `paragraphs` starts with.
fn within(key: (usize, usize), paragraphs: &[Paragraph]) -> impl Iterator<Item = (&Paragraph, usize, usize)> {
    paragraphs
        .iter()
        .map_while(move |p| place(p).filter(|(k, _, _)| *k == key).map(|(_, row, column)| (p, row, column)))
}

fn shape(key: (usize, usize), paragraphs: &[Paragraph]) -> Shape {
    let mut shape = Shape { left: f32::MAX, ..Shape::default() };
    for (paragraph, row, column) in within(key, paragraphs) {
        shape.columns = shape.columns.max(column + 1);
        shape.rows = shape.rows.max(row + 1);
        for (_, line) in &paragraph.lines {
            shape.left = shape.left.min(line.x0);
            if row == 0 {
                shape.head.push(line.text.clone());
            }
        }
    }
    shape
}

/// Whether the first row of a table goes on with the last one of the page before: a cell starts in the middle of a sentence.
fn goes_on(key: (usize, usize), paragraphs: &[Paragraph]) -> bool {
    within(key, paragraphs)
        .take_while(|(_, row, _)| *row == 0)
        .any(|(p, _, _)| p.lines.first().is_some_and(|(_, line)| line.text.starts_with(|c: char| c.is_lowercase())))
}
