//! One thing said two ways. Only what can be said with confidence: plain statements in plain words.

use super::{Finding, Scene, has_word};
use crate::document::{Folded, Span};
use crate::phrase::number::value;
use regex::{Captures, Regex};
use std::sync::LazyLock;

/// `thirty (30)`, `one hundred and twenty (120)`.
static NUMBER: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"\b((?:[a-z]+[ -]){0,4}[a-z]+) \(([0-9]{1,3})\)").ok());
/// `fourteen hours of training`, `14 hours of annual training`. What stands after it tells a part from the whole.
static HOURS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"\b([0-9]{1,3}|[a-z]+(?:-[a-z]+)?)(?: \([0-9]{1,3}\))? hours of (?:annual |yearly |in-service |continuing |professional )?(?:training|instruction|professional development|development)\b(?: (in|on|about|for|from|covering|devoted|related|relating|specific)\b)?").ok()
});
/// `by August 1`, `not later than the first day of August`.
static DEADLINE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"\b(?:by|before|later than|on or before) (?:the )?(january|february|march|april|may|june|july|august|september|october|november|december) ([0-9]{1,2})\b").ok()
});
/// `The SRO reports directly to the Patrol Lieutenant`, and nothing after it that would be what is reported.
static SUPERVISOR: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?:^|[.;:,] |\b(?:the|each|every|an?|all) )(?:assigned )?(?:school resource officer|sro|officer)s? (?:shall |will )?(?:reports?|answers?|is answerable|be answerable) (?:directly |only )?to (?:the )?((?:[a-z]+ ){0,3}?(?:lieutenant|sergeant|captain|deputy chief|chief|superintendent|principal))(?: of (?:police|schools))?(?:[.;:),]|$)").ok()
});
/// `the school resource officer (the "Officer")`.
static NAMED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r#"(?:^|[.;:,] |\b(?:the|an?|each|every|any|of|its|one|as|more|these|such) )school resource officers? \((?:the |each,? an? |hereinafter,? |collectively,? )*("[^()]{2,60}")\)"#)
        .ok()
});

/// A statement's value with its place.
type Said = (String, Span);

/// A number in words beside figures that say another.
pub fn number_words(scene: &Scene<'_, '_>) -> Vec<Finding> {
    let mut out = Vec::new();
    for (_, _, folded) in scene.standing() {
        for found in captures(&NUMBER, folded.text()) {
            let (Some(words), Some(figures)) = (found.get(1), found.get(2)) else { continue };
            let Some((from, said)) = last_number(words.as_str()) else { continue };
            if Ok(said) != figures.as_str().parse() {
                let all = words.start() + from..figures.end() + 1;
                let quoted = folded.text().get(all.clone()).unwrap_or_default();
                let message = format!("The number is said twice and differently: \u{201c}{quoted}\u{201d}.");
                out.push(Finding::new(message, vec![folded.span(all)]));
            }
        }
    }
    out
}

/// The number at the end of some words, as long as it is, with the byte where it begins.
fn last_number(words: &str) -> Option<(usize, u32)> {
    let starts = std::iter::once(0).chain(words.match_indices([' ', '-']).map(|(at, _)| at + 1));
    starts.filter_map(|at| Some((at, value(&words[at..].replace(" and ", " "))?))).next()
}

/// Two different numbers of hours of training in a year.
pub fn training_hours(scene: &Scene<'_, '_>) -> Vec<Finding> {
    // Training "in de-escalation" is a part of the whole.
    let whole = |found: &Captures<'_>| found.get(2).is_none();
    let said = statements(scene, &HOURS, &["hours of"], |found| {
        value(&found[1]).filter(|_| whole(found)).map(|n| format!("{n} hours"))
    });
    differ("training in a year", said)
}

/// Two different days by which the figures are due.
pub fn report_date(scene: &Scene<'_, '_>) -> Vec<Finding> {
    let said = statements(scene, &DEADLINE, &["by ", "before ", "later than "], |found| {
        Some(format!("{} {}", capital(&found[1]), &found[2]))
    });
    differ("the day by which the yearly report is due", said)
}

/// Two different superiors of the officer.
pub fn supervisors(scene: &Scene<'_, '_>) -> Vec<Finding> {
    let said = statements(scene, &SUPERVISOR, &["report", "answer"], |found| Some(format!("the {}", found[1].trim())));
    // "the Lieutenant" and "the Patrol Lieutenant" may be one person.
    let rank = |name: &str| name.rsplit(' ').next().unwrap_or_default().to_owned();
    let same = said.iter().all(|(name, _)| said.first().is_some_and(|(first, _)| rank(first) == rank(name)));
    if same { Vec::new() } else { differ("the one to whom the officer reports", said) }
}

/// Two defined names for the officer.
pub fn officer_names(scene: &Scene<'_, '_>) -> Vec<Finding> {
    let mut said: Vec<(Vec<String>, Span)> = Vec::new();
    for (_, _, folded) in scene.standing() {
        for found in captures(&NAMED, folded.text()) {
            let Some(list) = found.get(1) else { continue };
            let terms: Vec<String> = list.as_str().split('"').skip(1).step_by(2).map(singular).collect();
            said.push((terms, folded.span(list.range())));
        }
    }
    let Some((first, place)) = said.first().cloned() else { return Vec::new() };
    let other = said.iter().find(|(terms, _)| !terms.iter().any(|t| first.contains(t)));
    other
        .map(|(_, other)| {
            let name = |span: &Span| scene.document().slice(*span).to_owned();
            let message = format!("The officer is given two names: {} and {}.", name(&place), name(other));
            Finding::new(message, vec![place, *other])
        })
        .into_iter()
        .collect()
}

fn singular(term: &str) -> String {
    term.trim().trim_start_matches("the ").trim_end_matches('s').to_owned()
}

/// What the sentences that hold one of the words of each list of the pack, and none of `without`, say; one of the
/// `beginnings` stands in whatever the expression finds.
fn statements(
    scene: &Scene<'_, '_>,
    regex: &'static LazyLock<Option<Regex>>,
    beginnings: &[&str],
    read: impl Fn(&Captures<'_>) -> Option<String>,
) -> Vec<Said> {
    let mut out = Vec::new();
    let lists = scene.file.words.keys().filter(|name| name.starts_with("with") && *name != "without");
    let wanted: Vec<Vec<&str>> = lists.map(|name| scene.spoken_of(name)).collect();
    if wanted.iter().any(Vec::is_empty) {
        return out;
    }
    let unwanted = scene.spoken_of("without");
    // What stands in a sentence stands in its paragraph.
    let may = |text: &str| beginnings.iter().any(|beginning| text.contains(beginning)) && is_match(regex, text);
    for (_, _, folded) in scene.standing().filter(|(_, _, folded)| may(folded.text())) {
        for (start, sentence) in sentences(folded) {
            if !wanted.iter().all(|words| has_word(sentence, words)) || has_word(sentence, &unwanted) {
                continue;
            }
            let found: Vec<Captures<'_>> = captures(regex, sentence).collect();
            // Two in one sentence are told apart by the sentence.
            if let [one] = found.as_slice()
                && let (Some(all), Some(value)) = (one.get(0), read(one))
            {
                out.push((value, folded.span(start + all.start()..start + all.end())));
            }
        }
    }
    out
}

fn differ(what: &str, said: Vec<Said>) -> Vec<Finding> {
    let Some((first, place)) = said.first().cloned() else { return Vec::new() };
    said.into_iter()
        .find(|(value, _)| *value != first)
        .map(|(other, span)| {
            Finding::new(format!("Two things are said of {what}: {first} and {other}."), vec![place, span])
        })
        .into_iter()
        .collect()
}

fn sentences(folded: &Folded) -> impl Iterator<Item = (usize, &str)> {
    let text = folded.text();
    text.split_inclusive(". ").map(move |s| (s.as_ptr() as usize - text.as_ptr() as usize, s))
}

fn captures<'t>(regex: &'static LazyLock<Option<Regex>>, text: &'t str) -> impl Iterator<Item = Captures<'t>> {
    regex.as_ref().map(|r| r.captures_iter(text)).into_iter().flatten()
}

fn is_match(regex: &'static LazyLock<Option<Regex>>, text: &str) -> bool {
    regex.as_ref().is_some_and(|regex| regex.is_match(text))
}

fn capital(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
}
