//! Puts the marks of comments into the main part. Nothing is taken out: all changes are insertions.

use super::runs::{Child, Run, Runs};
use std::collections::BTreeMap;
use std::ops::Range;

/// What is inserted at one byte.
#[derive(Debug, Default)]
struct Cut {
    /// Ends what is open.
    before: String,
    /// Ends of comments come before starts, so that neighbours do not overlap.
    ends: String,
    starts: String,
    /// Opens again what was ended.
    after: String,
}

/// The main part with marks for the comments `first`, `first + 1` … at these bytes.
pub fn mark(xml: &str, runs: &Runs, first: u32, ranges: &[Range<usize>]) -> String {
    let mut cuts: BTreeMap<usize, Cut> = BTreeMap::new();
    for (id, range) in (first..).zip(ranges) {
        let (Some(from), Some(to)) = (runs.at(range.start), runs.at(range.end.saturating_sub(1))) else { continue };
        let start = start(from, range.start);
        let end = end(to, range.end);
        let (to, end) = if start.byte() < end.byte() { (to, end) } else { (from, Point::Beside(from.range.end)) };
        cut(xml, &mut cuts, from, &start).starts += &tag(runs, "commentRangeStart", id);
        let reference = format!("<{p}r>{}</{p}r>", tag(runs, "commentReference", id), p = runs.prefix);
        cut(xml, &mut cuts, to, &end).ends += &(tag(runs, "commentRangeEnd", id) + &reference);
    }
    let mut out = String::with_capacity(xml.len() + 256 * ranges.len());
    let mut done = 0;
    for (at, Cut { before, ends, starts, after }) in &cuts {
        out.push_str(&xml[done..*at]);
        out.extend([before.as_str(), ends, starts, after]);
        done = *at;
    }
    out + &xml[done..]
}

/// A mark with a comment's id; an attribute needs a prefix even where elements have none.
fn tag(runs: &Runs, name: &str, id: u32) -> String {
    let prefix = &runs.prefix;
    if prefix.is_empty() {
        return format!(r#"<{name} xmlns:w="{}" w:id="{id}"/>"#, runs.namespace());
    }
    format!(r#"<{prefix}{name} {prefix}id="{id}"/>"#)
}

/// A place for a mark.
enum Point<'r> {
    /// Beside a run.
    Beside(usize),
    /// Between two elements of a run.
    Between(usize),
    /// In the text of an element of a run.
    Within(usize, &'r Child),
}

impl Point<'_> {
    fn byte(&self) -> usize {
        match self {
            Self::Beside(at) | Self::Between(at) | Self::Within(at, _) => *at,
        }
    }
}

/// Where a comment starts that is put at the byte `at`.
fn start(run: &Run, at: usize) -> Point<'_> {
    match run.children.iter().position(|child| child.range.contains(&at)) {
        Some(index) => match &run.children[index] {
            child if child.text.as_ref().is_some_and(|t| t.start < at && at < t.end) => Point::Within(at, child),
            _ if index == 0 => Point::Beside(run.range.start),
            child => Point::Between(child.range.start),
        },
        None => Point::Beside(run.range.start),
    }
}

/// Where a comment ends that is put at words up to the byte `at`.
fn end(run: &Run, at: usize) -> Point<'_> {
    match run.children.iter().position(|child| child.range.contains(&at.saturating_sub(1))) {
        Some(index) => match &run.children[index] {
            child if child.text.as_ref().is_some_and(|t| t.start < at && at < t.end) => Point::Within(at, child),
            _ if index + 1 == run.children.len() => Point::Beside(run.range.end),
            child => Point::Between(child.range.end),
        },
        None => Point::Beside(run.range.end),
    }
}

/// Makes the cut for a mark: ends the run before it and opens one of the same look after it.
fn cut<'c>(xml: &str, cuts: &'c mut BTreeMap<usize, Cut>, run: &Run, point: &Point<'_>) -> &'c mut Cut {
    let name: String = xml[run.range.start + 1..].chars().take_while(|c| is_name(*c)).collect();
    let properties = &xml[run.properties.clone()];
    match point {
        Point::Beside(_) => {}
        Point::Between(at) => {
            let cut = cuts.entry(*at).or_default();
            cut.before = format!("</{name}>");
            cut.after = format!("<{name}>{properties}");
        }
        Point::Within(at, Child { name: text, opened, keeps_blanks, .. }) => {
            if !keeps_blanks {
                // The first half may now end with a blank, which must stay.
                cuts.entry(opened - 1).or_default().before = r#" xml:space="preserve""#.to_owned();
            }
            let cut = cuts.entry(*at).or_default();
            cut.before = format!("</{text}></{name}>");
            cut.after = format!(r#"<{name}>{properties}<{text} xml:space="preserve">"#);
        }
    }
    cuts.entry(point.byte()).or_default()
}

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, ':' | '_' | '-' | '.')
}
