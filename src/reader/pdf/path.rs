//! Paths, as far as rules of tables and underlines need them.

use super::page::Rule;
use hayro_font::kurbo::{Affine, Point, Vec2};

/// The thickest filled box that still is a rule.
const THICKEST: f64 = 3.0;
/// The shortest rule that is kept.
const SHORTEST: f64 = 4.0;
/// Most edges of one path that are looked at: longer ones are drawings.
const EDGES: usize = 2_000;

/// The path under construction.
#[derive(Debug, Default)]
pub(super) struct Path {
    edges: Vec<(Point, Point)>,
    boxes: Vec<(Point, Vec2)>,
    start: Point,
    at: Point,
}

impl Path {
    pub fn clear(&mut self) {
        self.edges.clear();
        self.boxes.clear();
    }

    pub fn move_to(&mut self, to: Point) {
        (self.start, self.at) = (to, to);
    }

    pub fn line_to(&mut self, to: Point) {
        if self.edges.len() < EDGES {
            self.edges.push((self.at, to));
        }
        self.at = to;
    }

    pub fn curve_to(&mut self, to: Point) {
        self.at = to;
    }

    pub fn close(&mut self) {
        let start = self.start;
        if start != self.at {
            self.line_to(start);
        }
    }

    pub fn rect(&mut self, corner: Point, size: Vec2) {
        if self.boxes.len() < EDGES {
            self.boxes.push((corner, size));
        }
        (self.start, self.at) = (corner, corner);
    }

    /// Paints the path and starts a new one: straight strokes and thin filled boxes are rules.
    pub fn paint(&mut self, ctm: Affine, stroked: bool, give: &mut dyn FnMut(Rule)) {
        for (corner, size) in &self.boxes {
            let (a, b) = (ctm * *corner, ctm * (*corner + *size));
            let (width, height) = ((a.x - b.x).abs(), (a.y - b.y).abs());
            if width.min(height) <= THICKEST {
                rule(a, b, give);
            } else if stroked {
                for (from, to) in [
                    (a, Point::new(b.x, a.y)),
                    (Point::new(b.x, a.y), b),
                    (b, Point::new(a.x, b.y)),
                    (Point::new(a.x, b.y), a),
                ] {
                    rule(from, to, give);
                }
            }
        }
        if stroked {
            self.edges.iter().for_each(|(a, b)| rule(ctm * *a, ctm * *b, give));
        } else {
            self.filled_outline(ctm, give);
        }
        self.clear();
    }

    /// A filled outline of four straight edges is a box too.
    fn filled_outline(&self, ctm: Affine, give: &mut dyn FnMut(Rule)) {
        if !(3..=5).contains(&self.edges.len()) {
            return;
        }
        let points = || self.edges.iter().flat_map(|(a, b)| [ctm * *a, ctm * *b]);
        let low = points().fold(Point::new(f64::MAX, f64::MAX), |m, p| Point::new(m.x.min(p.x), m.y.min(p.y)));
        let high = points().fold(Point::new(f64::MIN, f64::MIN), |m, p| Point::new(m.x.max(p.x), m.y.max(p.y)));
        if (high.x - low.x).min(high.y - low.y) <= THICKEST {
            rule(low, high, give);
        }
    }
}

fn rule(a: Point, b: Point, give: &mut dyn FnMut(Rule)) {
    let (width, height) = ((a.x - b.x).abs(), (a.y - b.y).abs());
    let is_plain = width.min(height) <= THICKEST && width.max(height) >= SHORTEST;
    if is_plain && (width + height).is_finite() && a.to_vec2().hypot() < 1e6 {
        give(Rule {
            x0: a.x.min(b.x) as f32,
            y0: a.y.min(b.y) as f32,
            x1: a.x.max(b.x) as f32,
            y1: a.y.max(b.y) as f32,
        });
    }
}
