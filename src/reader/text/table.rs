//! Tables drawn with dashes, as pandoc writes them: columns under a ruler (`-----  -----`) or in a grid (`+---+`);
//! and rows of cells with bars between them (`Attire | Polo and khakis`).

use super::lines::Line;
use crate::document::{BlockKind, Draft, Look, Span};
use std::ops::Range;

/// A table found in the lines.
pub(super) struct Table {
    /// The lines that it takes, rules included.
    pub lines: Range<usize>,
    /// Its place among the document's tables.
    pub number: u32,
    cells: Vec<Cell>,
}

struct Cell {
    row: u32,
    column: u32,
    /// Where the cell stands if it holds no word.
    at: usize,
    pieces: Vec<Span>,
}

/// How a table is drawn.
struct Frame {
    lines: Range<usize>,
    /// The columns, counted in characters.
    columns: Vec<Range<usize>>,
    /// The groups of lines that make its rows.
    rows: Vec<Range<usize>>,
}

impl Table {
    /// One draft for every cell, also for empty ones.
    pub fn drafts(&self) -> impl Iterator<Item = Draft> + '_ {
        self.cells.iter().map(|cell| {
            let kind = BlockKind::TableCell { table: self.number, row: cell.row, column: cell.column };
            let span = match (cell.pieces.first(), cell.pieces.last()) {
                (Some(first), Some(last)) => first.cover(*last),
                _ => Span::new(cell.at, cell.at),
            };
            Draft { kind, span, pieces: cell.pieces.clone(), label: None, look: Look::default() }
        })
    }
}

/// Finds the tables of a text.
pub(super) fn find(text: &str, lines: &[Line]) -> Vec<Table> {
    let mut tables = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let frame = grid(text, lines, at).or_else(|| ruled(text, lines, at));
        let number = u32::try_from(tables.len()).unwrap_or(u32::MAX);
        at = match frame {
            Some(frame) => {
                let end = frame.lines.end;
                tables.push(table(text, lines, frame, number));
                end
            }
            None => match barred(text, lines, at, number) {
                Some(table) => {
                    let end = table.lines.end;
                    tables.push(table);
                    end
                }
                None => at + 1,
            },
        };
    }
    tables
}

fn words<'t>(text: &'t str, line: &Line) -> &'t str {
    &text[line.words.start..line.words.end]
}

/// The groups of dashes of a ruler, as columns.
fn ruler(text: &str, line: &Line) -> Option<Vec<Range<usize>>> {
    let words = words(text, line);
    if !words.starts_with("---") || words.bytes().any(|b| b != b'-' && b != b' ') {
        return None;
    }
    let mut columns = Vec::new();
    let mut start = None;
    for (i, byte) in words.bytes().chain([b' ']).enumerate() {
        match (byte, start) {
            (b'-', None) => start = Some(i),
            (b' ', Some(from)) => {
                columns.push(line.indent + from..line.indent + i);
                start = None;
            }
            _ => {}
        }
    }
    columns.iter().all(|c| c.len() >= 3).then_some(columns)
}

/// Longest table, in lines, and longest header above a ruler: a stray rule must not make the search long.
const LONGEST: usize = 2_000;
const HEADER: usize = 40;

/// A table with rules of dashes above and below and a ruler for the columns.
fn ruled(text: &str, lines: &[Line], at: usize) -> Option<Frame> {
    let first = ruler(text, &lines[at])?;
    let rules = |from: usize, most: usize| {
        (from..lines.len().min(from + most)).find_map(|i| ruler(text, &lines[i]).map(|columns| (i, columns)))
    };
    if first.len() > 1 {
        // No header: the first ruler gives the columns, the same one ends the table.
        let (end, last) = rules(at + 1, LONGEST)?;
        let rows = rows(lines, at + 1..end);
        return (last.len() == first.len()).then(|| Frame { lines: at..end + 1, columns: first, rows });
    }
    let (under_header, columns) = rules(at + 1, HEADER)?;
    let (end, last) = rules(under_header + 1, LONGEST)?;
    if columns.len() < 2 || last.len() != 1 {
        return None;
    }
    let header = std::iter::once(at + 1..under_header);
    let all = header.chain(rows(lines, under_header + 1..end)).collect();
    Some(Frame { lines: at..end + 1, columns, rows: all })
}

/// Rows are parted by blank lines; without any, every line is a row.
fn rows(lines: &[Line], range: Range<usize>) -> Vec<Range<usize>> {
    let blank = range.clone().any(|i| lines[i].is_blank());
    let mut rows: Vec<Range<usize>> = Vec::new();
    let mut after_blank = true;
    for i in range.filter(|i| !lines[*i].is_blank() || blank) {
        match rows.last_mut() {
            _ if lines[i].is_blank() => after_blank = true,
            Some(last) if blank && !after_blank => last.end = i + 1,
            _ => {
                rows.push(i..i + 1);
                after_blank = false;
            }
        }
    }
    rows
}

/// A table in a grid of `+---+` and `|`.
fn grid(text: &str, lines: &[Line], at: usize) -> Option<Frame> {
    let border = |line: &Line| {
        let words = words(text, line);
        let drawn = words.len() >= 5 && words.bytes().all(|b| matches!(b, b'+' | b'-' | b'=' | b':'));
        drawn && words.starts_with('+') && words.ends_with('+')
    };
    if !border(&lines[at]) {
        return None;
    }
    let inside =
        |line: &&Line| border(line) || (words(text, line).starts_with('|') && words(text, line).ends_with('|'));
    let end = at + lines[at..].iter().take_while(inside).count();
    let plus: Vec<usize> =
        words(text, &lines[at]).bytes().enumerate().filter(|(_, b)| *b == b'+').map(|(i, _)| i).collect();
    let columns = plus.windows(2).map(|w| lines[at].indent + w[0] + 1..lines[at].indent + w[1]).collect();
    let borders: Vec<usize> = (at..end).filter(|i| border(&lines[*i])).collect();
    let rows = borders.windows(2).map(|w| w[0] + 1..w[1]).filter(|r| !r.is_empty()).collect();
    (end > at + 2).then_some(Frame { lines: at..end, columns, rows })
}

/// Fewest words of the last cell of a row that stands alone: "Home | News" is no table.
const ALONE: usize = 4;

/// Rows of cells with the same number of bars between them.
fn barred(text: &str, lines: &[Line], at: usize, number: u32) -> Option<Table> {
    let bars = |line: &Line| words(text, line).matches(" | ").count();
    let columns = bars(&lines[at]);
    let rows = lines[at..].iter().take_while(|l| columns > 0 && bars(l) == columns).take(LONGEST).count();
    let last = words(text, &lines[at]).rsplit(" | ").next().unwrap_or_default();
    if rows == 0 || rows == 1 && last.split_whitespace().count() < ALONE {
        return None;
    }
    let mut cells = Vec::new();
    for (row, line) in (0..).zip(&lines[at..at + rows]) {
        let mut start = line.words.start;
        for (column, cell) in (0..).zip(words(text, line).split(" | ")) {
            let inner = cell.trim();
            let from = start + (cell.len() - cell.trim_start().len());
            let pieces = if inner.is_empty() { Vec::new() } else { vec![Span::new(from, from + inner.len())] };
            cells.push(Cell { row, column, at: start, pieces });
            start += cell.len() + " | ".len();
        }
    }
    Some(Table { lines: at..at + rows, number, cells })
}

fn table(text: &str, lines: &[Line], frame: Frame, number: u32) -> Table {
    let mut cells = Vec::new();
    for (row, range) in frame.rows.iter().enumerate() {
        for (column, _) in frame.columns.iter().enumerate() {
            let pieces: Vec<Span> =
                range.clone().filter_map(|i| slice(text, &lines[i], &frame.columns, column)).collect();
            let at = empty_place(text, &lines[range.start], &frame.columns, column);
            let (row, column) = (u32::try_from(row).unwrap_or(u32::MAX), u32::try_from(column).unwrap_or(u32::MAX));
            cells.push(Cell { row, column, at, pieces });
        }
    }
    Table { lines: frame.lines, number, cells }
}

/// The words of one line that stand in one column. The last column runs to the end of the line.
fn slice(text: &str, line: &Line, columns: &[Range<usize>], column: usize) -> Option<Span> {
    let start = byte_at(text, line, columns[column].start);
    let end = columns.get(column + 1).map_or(line.words.end, |next| byte_at(text, line, next.start));
    let cell = text[start..end.max(start)].trim_end_matches(|c: char| c.is_whitespace() || c == '|' || c == '+');
    let words = cell.trim_start();
    let start = start + cell.len() - words.len();
    (!words.is_empty()).then(|| Span::new(start, start + words.len()))
}

fn empty_place(text: &str, line: &Line, columns: &[Range<usize>], column: usize) -> usize {
    byte_at(text, line, columns[column].start)
}

/// The byte at which a column of a line starts, at most the end of its words.
fn byte_at(text: &str, line: &Line, column: usize) -> usize {
    let skip = column.saturating_sub(line.indent);
    let words = words(text, line);
    line.words.start + words.char_indices().nth(skip).map_or(words.len(), |(i, _)| i)
}

#[cfg(test)]
mod tests {
    use super::super::lines::split;
    use super::*;

    fn cells(text: &str) -> Vec<String> {
        let lines = split(text);
        find(text, &lines)
            .iter()
            .flat_map(|t| t.cells.iter())
            .map(|c| {
                let words: Vec<&str> = c.pieces.iter().map(|p| &text[p.start..p.end]).collect();
                format!("{}.{} {}", c.row, c.column, words.join(" "))
            })
            .collect()
    }

    #[test]
    fn rows_of_several_lines_are_read_by_column() {
        let text = "  -----------------\n  Date     Mai 3\n  -------- --------\n  Order    G.O. 44,\n           2019\n\n  \
                    Review   \n  -----------------\n";
        assert_eq!(cells(text), ["0.0 Date", "0.1 Mai 3", "1.0 Order", "1.1 G.O. 44, 2019", "2.0 Review", "2.1 "]);
    }

    #[test]
    fn grids_are_read_by_column() {
        let text = "+-----+------+\n| Who | Name |\n+=====+======+\n| SRO | Ito  |\n|     | Vale |\n+-----+------+\n";
        assert_eq!(cells(text), ["0.0 Who", "0.1 Name", "1.0 SRO", "1.1 Ito Vale"]);
    }

    #[test]
    fn rows_with_bars_between_their_cells_are_read() {
        assert_eq!(
            cells("Rules\nAttire | Polo and khakis\nKeys | One set\n"),
            ["0.0 Attire", "0.1 Polo and khakis", "1.0 Keys", "1.1 One set"]
        );
        assert_eq!(cells("Force | Only to prevent an injury").len(), 2);
    }

    #[test]
    fn a_rule_alone_is_no_table() {
        assert!(cells("one\n-------\ntwo\n").is_empty());
        assert!(cells("Home | News\n").is_empty());
    }
}
