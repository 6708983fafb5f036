//! Signature lines: who signs, whether they have, and when.

use super::dates::{self, Found};
use super::{Scene, has_word, words_at};
use crate::document::{BlockKind, Span};

/// A folded line of more letters than this is prose, of which only the words around a signature are read.
const LINE: usize = 170;
/// How much of prose is read before and after a signature.
const BEFORE: usize = 60;
/// See [`BEFORE`].
const AFTER: usize = 140;
/// How many short lines after the last signature may still belong to it.
const REACH: usize = 4;

/// Something in a signature block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sign {
    /// `/s/`, `(signed)`: somebody has signed.
    Signed,
    /// "Signed for the District" over a name: a signature in type, unless a rule stands in its block.
    Head,
    /// A rule on which nobody has signed.
    Rule,
    /// An office: its name in the pack's `roles`.
    Role(&'static str),
    /// A date.
    Date(Found),
    /// A date still to be filled in.
    NoDate,
}

/// A sign with its place.
#[derive(Debug, Clone)]
pub struct Placed {
    /// What it is.
    pub sign: Sign,
    /// Where.
    pub span: Span,
}

/// The names of word lists for offices, in the order in which they are tried.
pub const ROLES: &[&str] = &["other", "chief", "superintendent"];

/// The signature blocks of a document, each in reading order.
pub fn blocks(scene: &Scene<'_, '_>) -> Vec<Vec<Placed>> {
    blocks_of(&lines(scene))
}

/// The signature blocks of lines with their signs.
pub fn blocks_of(pieces: &[Vec<Placed>]) -> Vec<Vec<Placed>> {
    let marked: Vec<bool> =
        pieces.iter().map(|p| p.iter().any(|s| matches!(s.sign, Sign::Signed | Sign::Head | Sign::Rule))).collect();
    let mut out: Vec<Vec<Placed>> = Vec::new();
    let mut last: Option<usize> = None;
    for (at, piece) in pieces.iter().enumerate() {
        let near_before = marked[..=at].iter().rev().take(REACH + 1).any(|m| *m);
        let near_after = marked[at..].iter().take(3).any(|m| *m);
        if piece.is_empty() || !(near_before || near_after) {
            continue;
        }
        match (last, out.last_mut()) {
            (Some(previous), Some(block)) if at - previous <= REACH => block.extend(piece.iter().cloned()),
            _ => out.push(piece.clone()),
        }
        last = Some(at);
    }
    out.iter_mut().for_each(settle);
    out
}

/// Makes signatures of heads where nobody is still to sign.
fn settle(block: &mut Vec<Placed>) {
    let open = block.iter().any(|p| matches!(p.sign, Sign::Rule | Sign::NoDate | Sign::Signed));
    block.retain(|p| !open || p.sign != Sign::Head);
    block.iter_mut().filter(|p| p.sign == Sign::Head).for_each(|p| p.sign = Sign::Signed);
}

/// The words that are looked for in every line: those of the pack's lists that the document holds.
struct Words<'a> {
    signed: Vec<&'a str>,
    heads: Vec<&'a str>,
    /// All of them: they are the ends of labels, "Surname: ____".
    beside_rules: &'a [String],
    roles: Vec<(&'static str, Vec<&'a str>)>,
}

impl<'a> Words<'a> {
    fn of(scene: &Scene<'a, '_>) -> Self {
        Self {
            signed: scene.spoken_of("signed"),
            heads: scene.spoken_of("signed_heads"),
            beside_rules: scene.words("beside_rules"),
            roles: ROLES.iter().map(|role| (*role, scene.spoken_of(role))).collect(),
        }
    }
}

/// For every line of the body its signs; a line of prose without a signature has none.
pub fn lines(scene: &Scene<'_, '_>) -> Vec<Vec<Placed>> {
    let words = Words::of(scene);
    let mut out = Vec::new();
    for (_, block, folded) in scene.body() {
        let text = folded.text();
        let marks: Vec<usize> = words.signed.iter().flat_map(|mark| words_at(text, mark)).collect();
        let range = if text.len() <= LINE {
            0..text.len()
        } else {
            match (marks.iter().min(), marks.iter().max()) {
                (Some(first), Some(last)) => {
                    floor(text, first.saturating_sub(BEFORE))..floor(text, (last + AFTER).min(text.len()))
                }
                _ => 0..0,
            }
        };
        let mut signs = signs(&words, &text[range.clone()]);
        if matches!(block.kind, BlockKind::ListItem { .. }) && marks.is_empty() {
            signs.clear();
        }
        signs.sort_by_key(|(at, _, _)| *at);
        out.push(
            signs
                .into_iter()
                .map(|(at, len, sign)| Placed { sign, span: folded.span(range.start + at..range.start + at + len) })
                .collect(),
        );
    }
    out
}

fn signs(words: &Words<'_>, text: &str) -> Vec<(usize, usize, Sign)> {
    let mut out: Vec<(usize, usize, Sign)> = Vec::new();
    for mark in &words.signed {
        out.extend(words_at(text, mark).map(|at| (at, mark.len(), Sign::Signed)));
    }
    for head in &words.heads {
        out.extend(words_at(text, head).map(|at| (at, head.len(), Sign::Head)));
    }
    for (at, rule) in text.match_indices("____") {
        let label = text[..at].trim_end_matches(['_', ' ', ':', '|']);
        if label.ends_with("date") {
            out.push((at, rule.len(), Sign::NoDate));
        } else if !words.beside_rules.iter().any(|w| label.ends_with(w.as_str())) {
            out.push((at, rule.len(), Sign::Rule));
        }
    }
    for (role, named) in &words.roles {
        for word in named {
            for at in words_at(text, word) {
                let taken = out
                    .iter()
                    .any(|(from, len, s)| matches!(s, Sign::Role(_)) && *from < at + word.len() && at < from + len);
                if !taken {
                    out.push((at, word.len(), Sign::Role(role)));
                }
            }
        }
    }
    out.extend(dates::find(text).into_iter().map(|d| (d.range.start, d.range.len(), Sign::Date(d))));
    out
}

fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|i| text.is_char_boundary(*i)).unwrap_or(0)
}

/// Whether a rule of underscores stands in a line of a signature block: alone or beside "Date", with an office
/// or a name to be signed near it.
pub fn is_signature_line(scene: &Scene<'_, '_>, span: Span) -> bool {
    let text = scene.document().text();
    let line = line_at(text, span.start);
    let words = |line: &str| -> Vec<String> {
        line.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase).collect()
    };
    let labels = scene.words("signature_labels");
    let is_role = |line: &str| has_word(&line.to_lowercase(), scene.words("signers"));
    let own = text.get(line.clone()).unwrap_or_default();
    if own.len() > 4 * LINE || words(own).iter().any(|w| !labels.contains(w) && w.parse::<u32>().is_err()) {
        return false;
    }
    let mut near = vec![own];
    let (mut up, mut down) = (line.start, line.end);
    for _ in 0..REACH * 2 {
        up = line_at(text, up.saturating_sub(1)).start;
        let below = line_at(text, (down + 1).min(text.len()));
        near.extend(text.get(below.clone()));
        down = below.end;
    }
    near.extend(text.get(up..line.start).into_iter().flat_map(|t| t.lines()));
    let is_label = |line: &str| words(line).iter().all(|w| labels.contains(w) || w.parse::<u32>().is_ok());
    near.iter().any(|l| l.len() <= LINE / 2 && (is_role(l) || is_label(l) && words(l).iter().any(|w| w == "date")))
}

/// Whether somebody has signed on a rule: `____/s/ Ada Bell____`.
pub fn is_signed(scene: &Scene<'_, '_>, span: Span) -> bool {
    let text = scene.document().text();
    text[line_at(text, span.start)].contains("/s/")
}

fn line_at(text: &str, at: usize) -> std::ops::Range<usize> {
    let at = floor(text, at);
    let start = text[..at].rfind('\n').map_or(0, |i| i + 1);
    let end = text[at..].find('\n').map_or(text.len(), |i| at + i);
    start..end.max(start)
}
