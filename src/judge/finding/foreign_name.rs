//! Another district's or department's name left in.

use super::{Finding, Scene, has_word, places};
use crate::document::{BlockKind, Span};
use std::collections::BTreeSet;

/// Bytes of the beginning in which the parties are named, if the document is at least twice as long.
const OPENING: usize = 1600;
/// Most words of a place's name.
const WORDS: usize = 5;
/// A name that stands more often than this is no oversight.
const OFTEN: usize = 2;

/// One finding for each name.
pub fn find(scene: &Scene<'_, '_>) -> Vec<Finding> {
    let names = names(scene);
    let home = home(scene, &names);
    if home.is_empty() {
        return Vec::new();
    }
    let text = scene.document().text();
    names
        .iter()
        .filter(|name| !name.place.iter().any(|w| home.contains(w)) && !name.excused)
        .filter(|name| name.place.iter().all(|w| count(text, w) <= OFTEN))
        .map(|name| {
            let words = scene.document().slice(name.span).split_whitespace().collect::<Vec<_>>().join(" ");
            Finding::new(
                format!("\u{201c}{words}\u{201d} is none of the parties: a name left in from another paper?"),
                vec![name.span],
            )
        })
        .collect()
}

struct Name {
    span: Span,
    /// The words of the place, lower-case.
    place: Vec<String>,
    /// The sentence says why the name is here.
    excused: bool,
}

/// Names of districts and departments: capitalised words before "Police Department", "Public Schools" …
fn names(scene: &Scene<'_, '_>) -> Vec<Name> {
    let mut out = Vec::new();
    let institutions = scene.words("institutions");
    for (_, block, _) in scene.body().filter(|(_, b, _)| !matches!(b.kind, BlockKind::Heading { .. })) {
        for piece in &block.pieces {
            let text = scene.document().slice(*piece);
            for institution in institutions {
                for at in places(text, institution) {
                    let Some((start, place)) = place(scene, &text[..at]) else { continue };
                    let from = text[..at].rfind(". ").map_or(0, |i| i + 1);
                    let sentence = text[from..].split(". ").next().unwrap_or_default().to_lowercase();
                    let span = Span::new(piece.start + start, piece.start + at + institution.len());
                    out.push(Name { span, place, excused: has_word(&sentence, scene.words("excuses")) });
                }
            }
        }
    }
    out
}

/// The capitalised words at the end of a text that name a place, with the byte where they begin.
fn place(scene: &Scene<'_, '_>, before: &str) -> Option<(usize, Vec<String>)> {
    let mut start = before.len();
    let mut words = Vec::new();
    for word in before.rsplit([' ', '\n']).filter(|w| !w.is_empty()).take(WORDS) {
        let plain = word.trim_matches(|c: char| !c.is_alphanumeric());
        if !plain.starts_with(char::is_uppercase) || word.ends_with([',', ';', ':', '.']) {
            break;
        }
        start = word.as_ptr() as usize - before.as_ptr() as usize;
        // "Eastlow-Parish" is two names, the "s" of "Town's" is none.
        words.extend(plain.split(|c: char| !c.is_alphanumeric()).filter(|w| w.len() > 1).map(str::to_lowercase));
        if word.starts_with(['(', '"', '\u{201c}']) {
            break;
        }
    }
    words.retain(|w| !scene.words("generic").contains(w));
    (!words.is_empty()).then_some((start, words))
}

/// The words that name the parties: everything capitalised in the opening and in signature lines.
fn home(scene: &Scene<'_, '_>, names: &[Name]) -> BTreeSet<String> {
    let text = scene.document().text();
    let end = (0..=OPENING.min(text.len() / 2)).rev().find(|i| text.is_char_boundary(*i)).unwrap_or(0);
    if !names.iter().any(|n| n.span.start < end) && scene.document().title().is_none() {
        return BTreeSet::new();
    }
    let title = scene.document().title().unwrap_or_default();
    [&text[..end], title]
        .iter()
        .flat_map(|t| t.split(|c: char| !c.is_alphanumeric()))
        .filter(|w| w.starts_with(char::is_uppercase))
        .map(str::to_lowercase)
        .filter(|w| !scene.words("generic").contains(w))
        .collect()
}

/// How often a word stands in a text, whatever its case.
fn count(text: &str, word: &str) -> usize {
    let is = |w: &&str| w.eq_ignore_ascii_case(word) || !w.is_ascii() && w.to_lowercase() == word;
    text.split(|c: char| !c.is_alphanumeric()).filter(is).count()
}
