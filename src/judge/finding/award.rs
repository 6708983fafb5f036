//! The agreement's term against that of a federal award: it must cover it, or be renewed each year.

use super::dates::{self, Grain};
use super::term::{self, Dated};
use super::{Finding, Scene, has_word};
use crate::document::Span;
use crate::report::Kind;
use jiff::civil::Date;

/// How the agreement's words carry it beyond the days that it names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Lasting {
    /// It is renewed year by year.
    Renewed,
    /// It runs until somebody ends it.
    Open,
    /// Nothing says so.
    Unsaid,
}

/// Up to two findings: it begins too late, it ends too early.
pub fn find(scene: &Scene<'_, '_>) -> Vec<Finding> {
    let Some(award) = scene.award.filter(|_| matches!(scene.kind, Kind::Mou | Kind::Combined)) else {
        return Vec::new();
    };
    let (first, last) = (award.start.0, award.end.0);
    let dates = term::collect(scene);
    let lasting = lasting(scene);
    let end = term::ends(scene, &dates).into_iter().max_by_key(|(end, _)| *end);
    let late = match start(scene, &dates) {
        // What is renewed each year need not have begun with the award, but must begin while it runs.
        Some((day, span)) if day > if lasting == Lasting::Renewed { last } else { first } => {
            let days = [dates::say(day), dates::say(first)];
            Some(Finding::new(
                format!("This agreement takes effect on {}, the award on {}.", days[0], days[1]),
                vec![span],
            ))
        }
        None if lasting != Lasting::Renewed && end.is_none() => {
            let message =
                "No day can be read on which this agreement takes effect, so that nobody can see whether it covers";
            Some(
                Finding::new(format!("{message} the award, which begins on {}.", dates::say(first)), Vec::new())
                    .unsure(),
            )
        }
        _ => None,
    };
    let early = match (end, lasting) {
        (_, Lasting::Renewed) | (None, Lasting::Open) => None,
        (Some((day, span)), _) if day < last => {
            let days = [dates::say(day), dates::say(last)];
            let message = format!("This agreement ends on {}, the award on {}, and nothing says", days[0], days[1]);
            Some(Finding::new(message + " that the agreement is renewed each year.", vec![span]))
        }
        (Some(_), _) => None,
        (None, Lasting::Unsaid) => {
            let message =
                format!("Nothing says that this agreement runs until the award ends on {}, or", dates::say(last));
            Some(Finding::new(message + " that it is renewed each year.", Vec::new()).unsure())
        }
    };
    late.into_iter().chain(early).collect()
}

/// The day on which the agreement takes effect: as stated, or that of the last signature if it says so.
fn start(scene: &Scene<'_, '_>, dates: &[Dated]) -> Option<(Date, Span)> {
    let first_day = |d: &Dated| match d.found.grain {
        Grain::Month => d.found.date.first_of_month(),
        _ => d.found.date,
    };
    let stated = dates.iter().filter(|d| d.starts && d.found.grain != Grain::SchoolYear);
    if let Some(latest) = stated.max_by_key(|d| d.found.date) {
        return Some((first_day(latest), latest.span));
    }
    let signing = scene.body().any(|(_, _, folded)| has_word(folded.text(), scene.words("on_signing")));
    let signed = dates.iter().filter(|d| d.found.grain == Grain::Day && !d.ends);
    signed.filter(|_| signing).max_by_key(|d| d.found.date).map(|d| (d.found.date, d.span))
}

fn lasting(scene: &Scene<'_, '_>) -> Lasting {
    let mut lasting = Lasting::Unsaid;
    for (_, _, folded) in scene.body() {
        for sentence in folded.text().split_inclusive(". ") {
            let says = |list| has_word(sentence, scene.words(list));
            if says("renewed") && says("yearly") && !says("not_renewed") {
                return Lasting::Renewed;
            }
            if says("open") {
                lasting = Lasting::Open;
            }
        }
    }
    lasting
}
