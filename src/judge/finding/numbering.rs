//! The numbers of a document's parts, as rendered, and whether a reference has one to point to.

use super::Scene;
use crate::document::SectionId;

/// A part's number, split: `["v", "a"]`, `["3", "2"]`.
type Number = Vec<String>;

/// All numbers of a document.
#[derive(Debug)]
pub struct Numbering {
    /// Every numbered section and item: its section, its number, whether it is a heading.
    parts: Vec<(SectionId, Number, bool)>,
    /// How many headings there are that could be counted.
    headings: usize,
    /// For every section its folded text, for numbers inside sentences: `(b)`.
    texts: Vec<String>,
}

/// What a reference points to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// A part of this document, or nothing that can be said with confidence.
    There,
    /// No part has that number.
    NoPart,
    /// The outer part is there, the inner one is not.
    NoInner,
}

/// A reference further beyond the last part than this is to another paper.
const FAR: u32 = 25;
/// Fewest parts of one style that make a numbering.
const FEW: usize = 3;

impl Numbering {
    /// Reads the numbers.
    pub fn new(scene: &Scene<'_, '_>) -> Self {
        let document = scene.document();
        let mut parts = Vec::new();
        for (id, section) in document.sections().iter().enumerate().skip(1) {
            let number = section.number.as_deref().map(split).filter(|n| !n.is_empty());
            // "B.7  TELLING": a number that the structure left in the title.
            let number = number.or_else(|| Some(titled(&section.title)).filter(|n| !n.is_empty()));
            let number = number.or_else(|| word_number(&section.title).map(|n| vec![n.to_string()]));
            parts.extend(number.map(|n| (id, n, true)));
        }
        let mut texts = vec![String::new(); document.sections().len()];
        for (_, block, folded) in scene.body() {
            let label = block.label.as_deref().map(split).unwrap_or_default();
            let label = if label.is_empty() { leading(folded.text()) } else { label };
            if !label.is_empty() {
                parts.push((block.section, label, false));
            }
            texts[block.section].push(' ');
            texts[block.section].push_str(folded.text());
        }
        Self { parts, headings: document.sections().len() - 1, texts }
    }

    /// What a number points to.
    pub fn find(&self, scene: &Scene<'_, '_>, number: &str) -> Target {
        let number = split(number);
        let Some(first) = number.first() else { return Target::There };
        let whole = |have: &Number| {
            have.len() >= number.len() && have.iter().rev().zip(number.iter().rev()).all(|(a, b)| same(a, b))
        };
        if self.parts.iter().any(|(_, have, _)| whole(have)) {
            return Target::There;
        }
        let outer: Vec<SectionId> = self
            .parts
            .iter()
            .filter(|(_, have, heading)| *heading && have.len() == 1 && same(&have[0], first))
            .map(|(id, _, _)| *id)
            .collect();
        if number.len() > 1 && !outer.is_empty() {
            let there = outer.iter().any(|id| self.has_inner(scene, *id, &number[1..]));
            return if there { Target::There } else { Target::NoInner };
        }
        if number.len() == 1 && self.is_beyond(first) { Target::NoPart } else { Target::There }
    }

    /// Whether every further component stands somewhere within a section.
    fn has_inner(&self, scene: &Scene<'_, '_>, outer: SectionId, inner: &[String]) -> bool {
        let within = |id: SectionId| id == outer || scene.document().section_path(id).contains(&outer);
        inner.iter().all(|want| {
            self.parts.iter().any(|(id, have, _)| within(*id) && have.iter().any(|h| same(h, want)))
                || (0..self.texts.len()).any(|id| within(id) && self.texts[id].contains(&format!("({want})")))
        })
    }

    /// Whether a number lies beyond the last part of a numbering of its style.
    fn is_beyond(&self, number: &str) -> bool {
        if let Some(value) = value(number) {
            let mut values: Vec<u32> =
                self.parts.iter().filter(|(_, n, _)| n.len() == 1).filter_map(|(_, n, _)| self::value(&n[0])).collect();
            values.sort_unstable();
            values.dedup();
            let last = match values.last() {
                Some(last) if values.len() >= FEW => *last,
                _ if self.parts.iter().all(|(_, _, heading)| !heading) && self.headings >= FEW => {
                    u32::try_from(self.headings).unwrap_or(u32::MAX)
                }
                _ => return false,
            };
            return value > last && value <= last.saturating_add(FAR);
        }
        let letter = |n: &str| n.bytes().next().filter(|b| n.len() == 1 && b.is_ascii_lowercase());
        let mut letters: Vec<u8> =
            self.parts.iter().filter(|(_, n, _)| n.len() == 1).filter_map(|(_, n, _)| letter(&n[0])).collect();
        letters.sort_unstable();
        letters.dedup();
        match (letter(number), letters.last()) {
            (Some(want), Some(last)) => letters.len() >= FEW && want > *last,
            _ => false,
        }
    }
}

/// The parts of a number in lower case: `ARTICLE V.A.` is `v`, `a`.
fn split(number: &str) -> Number {
    let words = number.split_whitespace().last().unwrap_or_default().to_lowercase();
    words
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|p| !p.is_empty() && p.len() <= 8)
        .map(str::to_owned)
        .collect()
}

/// A number at the beginning of a paragraph that no reader took for a label.
fn leading(text: &str) -> Number {
    let word = text.split(' ').next().unwrap_or_default();
    let marked = word.ends_with(['.', ')', ':']) && word.len() <= 7;
    let number = if marked { split(word) } else { Number::new() };
    if number.iter().all(|p| p.len() <= 2 || value(p).is_some()) { number } else { Number::new() }
}

/// `B.7` at the beginning of a title.
fn titled(title: &str) -> Number {
    let word = title.split_whitespace().next().unwrap_or_default();
    let parts = if word.contains('.') { split(word) } else { Number::new() };
    let fits = parts.len() == 2 && parts[0].len() == 1 && parts[1].bytes().all(|b| b.is_ascii_digit());
    if fits { parts } else { Number::new() }
}

fn same(a: &str, b: &str) -> bool {
    a == b || value(a).is_some() && value(a) == value(b)
}

/// The value of an Arabic number below 100 or of a Roman one. A lone letter that is also a Roman number is that.
fn value(number: &str) -> Option<u32> {
    if let Ok(n) = number.parse::<u32>() {
        return (n < 100).then_some(n);
    }
    if let Some(n) = word_number(number) {
        return u32::try_from(n).ok();
    }
    if number.is_empty() || !number.bytes().all(|b| matches!(b, b'i' | b'v' | b'x')) {
        return None;
    }
    let digit = |b: u8| match b {
        b'i' => 1,
        b'v' => 5,
        _ => 10,
    };
    let digits: Vec<i64> = number.bytes().map(digit).collect();
    let total: i64 = digits
        .iter()
        .enumerate()
        .map(|(i, d)| if digits.get(i + 1).is_some_and(|next| next > d) { -d } else { *d })
        .sum();
    u32::try_from(total).ok()
}

/// `One. The two towns`: a heading numbered in words.
fn word_number(title: &str) -> Option<usize> {
    const WORDS: &[&str] = &[
        "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
        "fourteen", "fifteen",
    ];
    let word = title.split([' ', '.', ',', ':']).next()?.to_lowercase();
    WORDS.iter().position(|w| *w == word).map(|i| i + 1)
}
