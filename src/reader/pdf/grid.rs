//! Ruled tables: rules that cross make a grid, and words fall into its cells.

use super::page::Rule;
use super::words::Word;

/// Rules that lie closer together than this are one.
const SAME: f32 = 2.5;
/// Rules that miss each other by no more than this still meet.
const MEET: f32 = 3.5;
/// Most rules of one direction; more make a drawing, not a table.
const MOST: usize = 600;
/// Most lines of a grid in one direction.
const LINES: usize = 200;

/// A ruled table.
#[derive(Debug, Clone)]
pub(super) struct Grid {
    /// Column borders from left to right.
    pub xs: Vec<f32>,
    /// Row borders from top to bottom.
    pub ys: Vec<f32>,
    across: Vec<Rule>,
    down: Vec<Rule>,
}

impl Grid {
    /// The cell that a word stands in, by row and column; merged cells go by their upper left one.
    pub fn cell(&self, word: &Word) -> Option<(usize, usize)> {
        let (x, y) = ((word.x0 + word.x1) / 2.0, word.y - 0.3 * word.size);
        let within = |borders: &[f32], at: f32| {
            let after = borders.partition_point(|border| *border <= at);
            (after > 0 && after < borders.len()).then(|| after - 1)
        };
        let (mut row, mut column) = (within(&self.ys, y)?, within(&self.xs, x)?);
        while column > 0 && !self.has_border_down(self.xs[column], y) {
            column -= 1;
        }
        let x = (self.xs[column] + self.xs[column + 1]) / 2.0;
        while row > 0 && !self.has_border_across(self.ys[row], x) {
            row -= 1;
        }
        Some((row, column))
    }

    fn has_border_down(&self, x: f32, y: f32) -> bool {
        self.down.iter().any(|r| (mid_x(r) - x).abs() <= SAME && r.y0 - MEET <= y && y <= r.y1 + MEET)
    }

    fn has_border_across(&self, y: f32, x: f32) -> bool {
        self.across.iter().any(|r| (mid_y(r) - y).abs() <= SAME && r.x0 - MEET <= x && x <= r.x1 + MEET)
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
        fits.then_some(Self { xs, ys, across, down })
    }
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
