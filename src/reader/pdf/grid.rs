//! Ruled tables: rules that cross make a grid, and words fall into its cells.

use super::page::Rule;
use super::words::Word;

/// Rules that lie closer together than this are one.
const SAME: f32 = 2.5;
/// Rules that miss each other by no more than this still meet.
const MEET: f32 = 3.5;
/// Most rules of one direction; more make a drawing, not a table.
const MOST: usize = 400;
/// Most lines of a grid in one direction.
const LINES: usize = 100;

/// A ruled table.
#[derive(Debug, Clone)]
pub(super) struct Grid {
    /// Column borders from left to right.
    pub xs: Vec<f32>,
    /// Row borders from top to bottom.
    pub ys: Vec<f32>,
    /// For every field, row by row, the cell that it belongs to.
    cells: Vec<(usize, usize)>,
}

impl Grid {
    /// The cell that a word stands in, by row and column; merged cells go by their upper left one.
    pub fn cell(&self, word: &Word) -> Option<(usize, usize)> {
        let within = |borders: &[f32], at: f32| {
            let after = borders.partition_point(|border| *border <= at);
            (after > 0 && after < borders.len()).then(|| after - 1)
        };
        let row = within(&self.ys, word.y - 0.3 * word.size)?;
        let column = within(&self.xs, (word.x0 + word.x1) / 2.0)?;
        self.cells.get(row * (self.xs.len() - 1) + column).copied()
    }

    /// All cells with their left, right and lower borders, by row and column.
    pub fn cells(&self) -> impl Iterator<Item = ((usize, usize), (f32, f32, f32))> {
        let places = self.ys.windows(2).flat_map(|y| self.xs.windows(2).map(move |x| (x[0], x[1], y[1])));
        self.cells.iter().copied().zip(places)
    }

    /// Fills in which cell each field of the grid belongs to: where no rule parts it from its neighbour to the
    /// left or above, it is merged with it.
    fn merge(&mut self, across: &[Rule], down: &[Rule]) {
        for (row, y) in self.ys.windows(2).enumerate() {
            for (column, x) in self.xs.windows(2).enumerate() {
                let (mid_x, mid_y) = ((x[0] + x[1]) / 2.0, (y[0] + y[1]) / 2.0);
                let to_left = column > 0 && !has_border(down, false, x[0], mid_y);
                let to_top = row > 0 && !has_border(across, true, y[0], mid_x);
                let cell = match (to_left, to_top) {
                    (true, _) => self.cells.last().copied(),
                    (false, true) => self.cells.get(self.cells.len() + 1 - self.xs.len()).copied(),
                    (false, false) => None,
                };
                self.cells.push(cell.unwrap_or((row, column)));
            }
        }
    }

    fn from_rules(across: Vec<Rule>, down: Vec<Rule>) -> Option<Self> {
        let ends = |rules: &[Rule]| rules.iter().flat_map(|r| [r.x0, r.x1]).collect::<Vec<_>>();
        let tops = |rules: &[Rule]| rules.iter().flat_map(|r| [r.y0, r.y1]).collect::<Vec<_>>();
        // A table may be open at its sides: then its rules' ends are its borders.
        let (left, right) = bounds(&ends(&across))?;
        let (top, bottom) = bounds(&tops(&down))?;
        let xs = distinct(down.iter().map(mid_x).chain([left, right]).collect());
        let ys = distinct(across.iter().map(mid_y).chain([top, bottom]).collect());
        let fits = xs.len() <= LINES && ys.len() <= LINES && (xs.len() > 2 && ys.len() >= 2);
        let mut grid = fits.then_some(Self { xs, ys, cells: Vec::new() })?;
        grid.merge(&across, &down);
        Some(grid)
    }
}

/// Whether a rule of a direction runs at `at` past the point `by`.
fn has_border(rules: &[Rule], across: bool, at: f32, by: f32) -> bool {
    rules.iter().any(|rule| {
        let (line, start, end) = if across { (mid_y(rule), rule.x0, rule.x1) } else { (mid_x(rule), rule.y0, rule.y1) };
        (line - at).abs() <= SAME && start - MEET <= by && by <= end + MEET
    })
}

fn mid_x(rule: &Rule) -> f32 {
    (rule.x0 + rule.x1) / 2.0
}

fn mid_y(rule: &Rule) -> f32 {
    (rule.y0 + rule.y1) / 2.0
}

fn bounds(values: &[f32]) -> Option<(f32, f32)> {
    let low = values.iter().copied().reduce(f32::min)?;
    Some((low, values.iter().copied().fold(low, f32::max)))
}

fn distinct(mut values: Vec<f32>) -> Vec<f32> {
    values.sort_by(f32::total_cmp);
    values.dedup_by(|b, a| *b - *a <= SAME);
    values
}

/// Finds the grids of a page.
pub(super) fn grids(rules: &[Rule]) -> Vec<Grid> {
    let (across, down): (Vec<Rule>, Vec<Rule>) = rules.iter().partition(|r| r.is_horizontal());
    let (across, down) = (merged(across, true), merged(down, false));
    if across.len() > MOST || down.len() > MOST {
        return Vec::new();
    }
    let mut group: Vec<usize> = (0..across.len() + down.len()).collect();
    for (i, a) in across.iter().enumerate() {
        for (j, d) in down.iter().enumerate() {
            let x = mid_x(d);
            let y = mid_y(a);
            if a.x0 - MEET <= x && x <= a.x1 + MEET && d.y0 - MEET <= y && y <= d.y1 + MEET {
                let (from, to) = (root(&group, across.len() + j), root(&group, i));
                group[from] = to;
            }
        }
    }
    let mut grids: Vec<Grid> = Vec::new();
    for id in 0..group.len() {
        if root(&group, id) == id {
            let of = |offset: usize, all: &[Rule]| {
                all.iter()
                    .enumerate()
                    .filter(|(k, _)| root(&group, offset + k) == id)
                    .map(|(_, r)| *r)
                    .collect::<Vec<_>>()
            };
            grids.extend(Grid::from_rules(of(0, &across), of(across.len(), &down)));
        }
    }
    grids
}

fn root(group: &[usize], mut id: usize) -> usize {
    while group[id] != id {
        id = group[id];
    }
    id
}

/// Joins rules that continue or repeat each other.
fn merged(mut rules: Vec<Rule>, across: bool) -> Vec<Rule> {
    let line = |r: &Rule| if across { mid_y(r) } else { mid_x(r) };
    let start = |r: &Rule| if across { r.x0 } else { r.y0 };
    rules.sort_by(|a, b| {
        (line(a) / SAME).round().total_cmp(&(line(b) / SAME).round()).then(start(a).total_cmp(&start(b)))
    });
    let mut joined: Vec<Rule> = Vec::new();
    for rule in rules {
        match joined.last_mut() {
            Some(last)
                if (line(last) - line(&rule)).abs() <= SAME
                    && start(&rule) <= if across { last.x1 } else { last.y1 } + MEET =>
            {
                if across {
                    last.x1 = last.x1.max(rule.x1);
                } else {
                    last.y1 = last.y1.max(rule.y1);
                }
            }
            _ => joined.push(rule),
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(x0: f32, y0: f32, x1: f32, y1: f32) -> Rule {
        Rule { x0, y0, x1, y1 }
    }

    fn word(x: f32, y: f32) -> Word {
        let text = "w".to_owned();
        Word {
            text,
            x0: x,
            x1: x + 5.0,
            y,
            size: 10.0,
            bold: false,
            italic: false,
            underlined: false,
            furniture: false,
            spaced: true,
        }
    }

    /// Two columns, two rows; the lower row is one merged cell.
    fn table() -> Vec<Rule> {
        let across = [0.0, 50.0, 100.0].map(|y| rule(0.0, y, 200.0, y));
        let down = [rule(0.0, 0.0, 0.0, 100.0), rule(80.0, 0.0, 80.0, 50.0), rule(200.0, 0.0, 200.0, 100.0)];
        across.into_iter().chain(down).collect()
    }

    #[test]
    fn words_fall_into_cells_and_merged_cells_count_once() {
        let grids = grids(&table());
        assert_eq!(grids.len(), 1);
        assert_eq!(grids[0].cell(&word(10.0, 20.0)), Some((0, 0)));
        assert_eq!(grids[0].cell(&word(100.0, 20.0)), Some((0, 1)));
        assert_eq!(grids[0].cell(&word(100.0, 70.0)), Some((1, 0)));
        assert_eq!(grids[0].cell(&word(300.0, 70.0)), None);
    }

    #[test]
    fn a_box_and_loose_rules_are_no_table() {
        let frame = [
            rule(0.0, 0.0, 200.0, 0.0),
            rule(0.0, 90.0, 200.0, 90.0),
            rule(0.0, 0.0, 0.0, 90.0),
            rule(200.0, 0.0, 200.0, 90.0),
        ];
        assert!(grids(&frame).is_empty());
        assert!(grids(&[rule(0.0, 0.0, 200.0, 0.0), rule(0.0, 90.0, 200.0, 90.0)]).is_empty());
    }
}
