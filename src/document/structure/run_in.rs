//! Headings that run into their paragraph: `What to wear. Polo with the town seal …`.

use super::number::{Marker, Style};
use super::shape;
use super::view::View;
use std::collections::HashMap;

/// Bytes of the words up to which the phrase runs; 0 where a paragraph has none. The phrase starts after the
/// paragraph's number.
pub(super) fn find(views: &[View], open: impl Fn(usize) -> bool, member: &[bool]) -> Vec<usize> {
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
    found
}

/// The phrase is bold or underlined.
fn by_type(view: &View) -> usize {
    let Some(phrase) = view.words.get(view.title_at..view.lead.max(view.title_at)) else { return 0 };
    let rest = view.words[view.title_at + phrase.len()..].trim_start();
    let phrase = phrase.trim_end();
    let closed = phrase.ends_with(['.', ':', '?', '!', '—', '–']) || rest.starts_with(['.', ':', '—', '–', '-']);
    let count = shape::word_count(phrase);
    let named = phrase.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()) && (1..=12).contains(&count);
    let sentence = shape::sentence_like(phrase) && count > 6 && !phrase.ends_with('?');
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
            let named =
                phrase.starts_with(char::is_uppercase) && !shape::sentence_like(phrase) && !phrase.contains(',');
            let long_word = phrase.rsplit(' ').next().is_some_and(|w| w.len() > 2);
            outline && (shouted || (named && long_word && count <= 6 && title.as_bytes()[stop] == b'.'))
        }
        None => shouted && phrase.len() >= 6 && shape::word_count(rest) >= 6,
    };
    if fits && starts && (1..=10).contains(&count) { view.title_at + stop + 1 } else { 0 }
}

/// A place near byte 40 where a text may be cut.
fn cut(text: &str) -> usize {
    (0..=text.len().min(40)).rev().find(|i| text.is_char_boundary(*i)).unwrap_or(0)
}
