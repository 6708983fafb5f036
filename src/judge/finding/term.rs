//! The dates of a document that say when it takes effect and when it ends.

use super::dates::{self, Found, Grain};
use super::{Scene, has_word};
use crate::document::{BlockKind, Span};
use jiff::ToSpan;
use jiff::civil::Date;
use regex::Regex;
use std::sync::LazyLock;

/// Bytes of folded text at the beginning in which a school year is the agreement's own.
const OPENING: usize = 400;
/// How far before a date the words stand that make it the end of a term.
const NEAR: usize = 45;

/// `for three school years from`, `a term of one year`.
static YEARS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"\b(one|two|three|four|five|[1-5])(?: \([1-5]\))?[- ](?:school |calendar |full )?years?\b").ok()
});

/// A date of the document with what it is.
pub(super) struct Dated {
    /// The date.
    pub found: Found,
    /// Its words.
    pub span: Span,
    /// It ends the term.
    pub ends: bool,
    /// The document takes effect on it.
    pub starts: bool,
}

/// Every date of the document, with what it is: the word lists `ends`, `not_ends` and `starts` tell.
pub(super) fn collect(scene: &Scene<'_, '_>) -> Vec<Dated> {
    let mut out: Vec<Dated> = Vec::new();
    let mut seen = 0;
    let blocks = scene.document().blocks().iter().zip(&scene.out.folded);
    let counts =
        |kind: &BlockKind| !matches!(kind, BlockKind::Comment { .. } | BlockKind::Hidden | BlockKind::Contents);
    for (_, folded) in blocks.filter(|(b, _)| counts(&b.kind)) {
        let text = folded.text();
        let mut previous: Option<usize> = None;
        for found in dates::find(text) {
            let from =
                (0..=found.range.start.saturating_sub(NEAR)).rev().find(|i| text.is_char_boundary(*i)).unwrap_or(0);
            let lead = &text[from.max(previous.unwrap_or(0)).min(found.range.start)..found.range.start];
            let after_date = previous.is_some_and(|p| is_range(&text[p..found.range.start]));
            let own_years = found.grain == Grain::SchoolYear && seen + found.range.start < OPENING;
            let ends = own_years
                || found.grain != Grain::SchoolYear
                    && (after_date || has_word(lead, scene.words("ends")))
                    && !has_word(lead, scene.words("not_ends"));
            let starts = has_word(lead, scene.words("starts"));
            previous = Some(found.range.end);
            out.push(Dated { span: folded.span(found.range.clone()), ends, starts, found });
        }
        seen += text.len();
    }
    out
}

/// "to", "through" or a dash between two dates.
fn is_range(between: &str) -> bool {
    let between = between.trim().trim_matches([',', '.', ' ']);
    matches!(
        between,
        "-" | "to"
            | "through"
            | "until"
            | "thru"
            | "and ending"
            | "and ends on"
            | "up to"
            | "to and including"
            | "and ending on"
            | "through and including"
    ) || between.len() < 40
        && ["until", "through", "ending", "ends", "to"].iter().any(|w| between.ends_with(&format!(" {w}")))
}

/// The ends that the document states, as days and as a number of years.
pub(super) fn ends(scene: &Scene<'_, '_>, dates: &[Dated]) -> Vec<(Date, Span)> {
    dates.iter().filter(|d| d.ends).map(|d| (d.found.date, d.span)).chain(years(scene, dates)).collect()
}

/// The end of a term that is said in years, from its start or from the latest signature.
fn years(scene: &Scene<'_, '_>, dates: &[Dated]) -> Option<(Date, Span)> {
    for (_, block, folded) in scene.body() {
        let text = folded.text();
        for found in YEARS.as_ref()?.captures_iter(text) {
            let all = found.get(0)?;
            let from = text[..all.start()].rfind(". ").map_or(0, |i| i + 2);
            let to = text[all.end()..].find(". ").map_or(text.len(), |i| all.end() + i);
            let sentence = &text[from..to];
            if !has_word(sentence, scene.words("term")) || has_word(sentence, scene.words("not_term")) {
                continue;
            }
            let years = match &found[1] {
                "one" => 1,
                "two" => 2,
                "three" => 3,
                "four" => 4,
                "five" => 5,
                n => n.parse().ok()?,
            };
            let inside = |d: &&Dated| block.span.contains(d.span) && d.found.grain != Grain::SchoolYear;
            let start =
                dates.iter().find(inside).or_else(|| dates.iter().filter(|d| d.starts).max_by_key(|d| d.found.date));
            let start =
                start.or_else(|| dates.iter().filter(|d| d.found.grain == Grain::Day).max_by_key(|d| d.found.date))?;
            return Some((start.found.date.saturating_add(i64::from(years).years()), folded.span(all.range())));
        }
    }
    None
}
