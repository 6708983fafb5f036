//! Out of date: the term has ended, or nothing newer than a year.

use super::dates::{Grain, say};
use super::{Finding, Scene, term};
use jiff::ToSpan;

/// At most one finding.
pub fn find(scene: &Scene<'_, '_>) -> Vec<Finding> {
    let dates = term::collect(scene);
    let latest = dates
        .iter()
        .filter(|d| d.found.grain != Grain::SchoolYear && d.found.date <= scene.as_of)
        .max_by_key(|d| d.found.date);
    let ends = term::ends(scene, &dates);
    if let Some((end, span)) = ends.iter().max_by_key(|(end, _)| *end) {
        return if *end < scene.as_of {
            vec![Finding::new(format!("The term of this document ended on {}.", say(*end)), vec![*span])]
        } else {
            Vec::new()
        };
    }
    // A day still to come, whatever it is for, shows a paper in use.
    if dates.iter().any(|d| d.found.grain == Grain::Day && d.found.date > scene.as_of) {
        return Vec::new();
    }
    match latest {
        Some(latest) if latest.found.date.saturating_add(1.year()) < scene.as_of => vec![Finding::new(
            format!("The latest date in this document is {}: more than a year ago.", say(latest.found.date)),
            vec![latest.span],
        )],
        _ => Vec::new(),
    }
}
