//! Headings that run into their paragraph: `What to wear. Polo with the town seal …`.

use super::number::{Marker, Style};
use super::shape;
use super::view::View;
use std::collections::HashMap;

/// Bytes of the words up to which the phrase runs; 0 where a paragraph has none. The phrase starts after the
/// paragraph's number.
pub(super) fn find(views: &[View], open: impl Fn(usize) -> bool, member: &[bool], questions: bool) -> Vec<usize> {
    let mut found: Vec<usize> = vec![0; views.len()];
    let mut by_words: HashMap<Option<Style>, Vec<(usize, usize)>> = HashMap::new();
    for (i, view) in views.iter().enumerate().filter(|(i, _)| open(*i)) {
        if shape::memo_line(&view.words) || shape::signature(&view.words) {
            continue;
        }
        found[i] = by_type(view);
        if found[i] == 0 {
            let fits = view.marker.is_none() || member[i];
            let end = if fits { by_wording(view) } else { 0 };
            if end > 0 {
                by_words.entry(view.marker.as_ref().map(|m| m.style)).or_default().push((i, end));
            }
        }
    }
    // Words alone are weak evidence: the document must do it more than once.
    for (i, end) in by_words.into_values().filter(|all| all.len() > 1).flatten() {
        found[i] = end;
    }
    if !questions {
        by_habit(views, open, &mut found);
    }
    found
}

/// A letter or memorandum whose paragraphs nearly all start with a few words and a full stop, as with a heading.
fn by_habit(views: &[View], open: impl Fn(usize) -> bool, found: &mut [usize]) {
    let text = |i: &usize| open(*i) && found[*i] == 0 && views[*i].marker.is_none() && views[*i].count >= 15;
    let long: Vec<usize> = (0..views.len()).filter(text).collect();
    let phrase = |i: usize| {
        Some((
            i,
            views[i].words.find(". ").filter(|stop| {
                *stop <= 60 && !views[i].words[..*stop].contains(',') && is_name(&views[i].words[..*stop])
            })?,
        ))
    };
    let starts: Vec<(usize, usize)> = long.iter().filter_map(|i| phrase(*i)).collect();
    if starts.len() >= 5 && starts.len() * 10 >= long.len() * 6 {
        starts.into_iter().for_each(|(i, stop)| found[i] = stop + 1);
    }
}

/// Whether words before a full stop may name what follows. An abbreviation has not ended.
fn is_name(phrase: &str) -> bool {
    const ABBREVIATIONS: [&str; 14] =
        ["Mr", "Mrs", "Ms", "Dr", "St", "No", "Sec", "Lt", "Sgt", "Capt", "Det", "Rev", "Hon", "Supt"];
    let asks = ["What", "How", "Why", "Who", "When", "Where"].iter().any(|w| phrase.starts_with(w));
    let named = phrase.starts_with(char::is_uppercase);
    let whole = phrase.rsplit(' ').next().is_some_and(|w| w.len() > 1 && !ABBREVIATIONS.contains(&w));
    let count = shape::word_count(phrase);
    let sentence = shape::sentence_like(phrase) || (count > 4 && starts_like_sentence(phrase));
    named && whole && count <= 12 && (asks || !sentence)
}

fn starts_like_sentence(phrase: &str) -> bool {
    ["The ", "A ", "An ", "Each ", "Every ", "No ", "All "].iter().any(|start| phrase.starts_with(start))
}

/// The phrase is bold or underlined.
fn by_type(view: &View) -> usize {
    let Some(phrase) = view.words.get(view.title_at..view.lead.max(view.title_at)) else { return 0 };
    let rest = view.words[view.title_at + phrase.len()..].trim_start();
    let phrase = phrase.trim_end();
    let closed = phrase.ends_with(['.', ':', '?', '!', '—', '–']) || rest.starts_with(['.', ':', '—', '–', '-']);
    let count = shape::word_count(phrase);
    let named = phrase.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()) && (1..=12).contains(&count);
    let sentence = shape::sentence_like(phrase) && count > 8 && !phrase.ends_with('?');
    let worded = rest.contains(char::is_alphanumeric);
    if closed && named && worded && !sentence { view.title_at + phrase.len() } else { 0 }
}

/// The phrase is set off by its wording only: a few words and a full stop after a number, or capitals.
fn by_wording(view: &View) -> usize {
    let title = view.title();
    let Some(stop) = title.find(['.', ':']).filter(|stop| *stop <= 80) else { return 0 };
    let (phrase, rest) = (&title[..stop], &title[stop + 1..]);
    let shouted = shape::caps(phrase) && !shape::caps(&rest[..rest.len().min(cut(rest))]);
    let count = shape::word_count(phrase);
    let starts =
        rest.starts_with(' ') && rest.trim_start().starts_with(|c: char| c.is_uppercase() || "\"“‘(".contains(c));
    let fits = match &view.marker {
        Some(Marker { style: Style::Bullet(_), .. }) => false,
        Some(marker) => {
            let outline = !matches!(marker.style, Style::ParenDigit | Style::ParenLower | Style::ParenRoman);
            let named = count <= 8 && is_name(phrase) && title.as_bytes()[stop] == b'.';
            outline && (shouted || named)
        }
        None => shouted && phrase.len() >= 6 && shape::word_count(rest) >= 6,
    };
    if fits && starts && (1..=10).contains(&count) { view.title_at + stop + 1 } else { 0 }
}

/// A place near byte 40 where a text may be cut.
fn cut(text: &str) -> usize {
    (0..=text.len().min(40)).rev().find(|i| text.is_char_boundary(*i)).unwrap_or(0)
}
