//! Not signed, or not dated.

use super::signatures::{self, Placed, Sign};
use super::{Finding, Scene, dates, word_at};
use crate::document::{BlockKind, Span};
use crate::report::Kind;

/// How far from a name its office may stand.
const NAME_TO_OFFICE: usize = 60;
/// How far from "By order of" the chief may stand.
const ORDER_TO_CHIEF: usize = 120;
/// Most words of a sentence that signs: "Approved by Chief A and Superintendent B on August 3."
const TYPED: usize = 14;
/// Blocks at the beginning that may hold a letterhead.
const LETTERHEAD: usize = 10;

/// One signature as far as it is known.
#[derive(Debug, Clone, Copy)]
struct Signer {
    role: Option<&'static str>,
    signed: bool,
    dated: bool,
    span: Span,
}

/// At most one finding.
pub fn find(scene: &Scene<'_, '_>) -> Vec<Finding> {
    match scene.kind {
        Kind::Op => procedures(scene),
        _ => agreement(scene),
    }
    .into_iter()
    .collect()
}

/// Procedures need the chief's word and a date.
fn procedures(scene: &Scene<'_, '_>) -> Option<Finding> {
    let lines = signatures::lines(scene);
    let signed = signatures::blocks_of(&lines).iter().flatten().any(|p| p.sign == Sign::Signed)
        || has_line_of(scene, &lines, "chief", false)
        || ordered(scene);
    match (signed, is_dated(scene)) {
        (true, true) => None,
        (true, false) => Some(Finding::new("These procedures do not say when they were issued.", Vec::new())),
        (false, true) => {
            Some(Finding::new("The chief has neither signed these procedures nor issued them by order.", Vec::new()))
        }
        (false, false) => {
            Some(Finding::new("These procedures bear neither the chief's signature nor a date.", Vec::new()))
        }
    }
}

/// "By order of", "Issued by" … with the chief after it, or "Chief Dorn adopted these".
fn ordered(scene: &Scene<'_, '_>) -> bool {
    let adopts = |text: &str| {
        scene.words("adopts").iter().filter_map(|phrase| text.find(phrase.as_str())).any(|at| {
            let sentence = text[..at].rsplit(". ").next().unwrap_or_default();
            sentence.len() <= NAME_TO_OFFICE && scene.words("chief").iter().any(|c| word_at(sentence, c).is_some())
        })
    };
    let text: String = scene.body().map(|(_, _, f)| f.text()).collect::<Vec<_>>().join(" ");
    scene.body().any(|(_, _, folded)| adopts(folded.text()))
        || scene.words("by_order").iter().any(|phrase| {
            text.match_indices(phrase.as_str()).any(|(at, _)| {
                let rest: String = text[at + phrase.len()..].chars().take(ORDER_TO_CHIEF).collect();
                let rest = rest.split("____").next().unwrap_or_default();
                scene.words("chief").iter().any(|c| word_at(rest, c).is_some())
            })
        })
}

fn is_dated(scene: &Scene<'_, '_>) -> bool {
    let blocks = scene.document().blocks().iter().zip(&scene.out.folded);
    blocks.filter(|(b, _)| !matches!(b.kind, BlockKind::Comment { .. } | BlockKind::Hidden)).any(|(_, folded)| {
        let text = folded.text();
        dates::find(text).iter().any(|d| {
            let before = &text[..d.range.start];
            let sentence = before.rsplit(". ").next().unwrap_or_default();
            d.grain != dates::Grain::SchoolYear && !super::has_word(sentence, scene.words("replaced"))
        })
    })
}

/// An agreement needs superintendent and chief, both with a date.
fn agreement(scene: &Scene<'_, '_>) -> Option<Finding> {
    let lines = signatures::lines(scene);
    let mut signers: Vec<Signer> = signatures::blocks_of(&lines).iter().flat_map(|b| pair(b)).collect();
    for signer in signers.iter_mut().filter(|s| s.role.is_none() && s.signed) {
        signer.role = role_of_name(scene, signer.span);
    }
    if is_letter(scene)
        && let Some(first) = signers.iter_mut().find(|s| s.signed)
    {
        first.dated = true;
    }
    let (mut unsigned, mut undated, mut spans) = (Vec::new(), Vec::new(), Vec::new());
    for (role, name) in [("superintendent", "the superintendent"), ("chief", "the chief of police")] {
        let of = || signers.iter().filter(|s| s.role == Some(role));
        let in_type = has_line_of(scene, &lines, role, signers.iter().any(|s| s.signed));
        if of().any(|s| s.signed && s.dated) || in_type {
            continue;
        }
        spans.extend(of().map(|s| s.span));
        if of().any(|s| s.signed) { undated.push(name) } else { unsigned.push(name) }
    }
    // Signatures whose offices nobody names may be the right ones.
    if signers.iter().filter(|s| s.signed && s.role.is_none()).count() >= unsigned.len() {
        unsigned.clear();
    }
    let message = message(&unsigned, &undated)?;
    Some(Finding::new(message, spans))
}

fn message(unsigned: &[&str], undated: &[&str]) -> Option<String> {
    let no_date = |who: &[&str]| format!("the signature of {} has no date", who.join(" and that of "));
    Some(match (unsigned, undated) {
        ([], []) => return None,
        ([a, b], _) => format!("Neither {a} nor {b} has signed this agreement."),
        ([one], []) => capital(&format!("{one} has not signed this agreement.")),
        ([one], who) => capital(&format!("{one} has not signed this agreement, and {}.", no_date(who))),
        (_, who) => capital(&format!("{}.", no_date(who))),
    })
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
}

/// Puts marks, offices and dates of a signature block together.
fn pair(block: &[Placed]) -> Vec<Signer> {
    let marks = marks(block);
    let roles = roles(block);
    let dates: Vec<usize> = positions(block, |s| matches!(s, Sign::Date(_)));
    let is_signed = |at: usize| block[at].sign == Sign::Signed;
    let all_signed = marks.iter().all(|m| is_signed(*m));
    // "Signed: Dr. A, Superintendent, August 5. Chief B, August 6": one mark for all.
    // What stands before it, "in force from September 1", is none of theirs.
    let after = |all: &[usize]| -> Vec<usize> { all.iter().copied().filter(|p| marks.first() < Some(p)).collect() };
    let (named, days) = (after(&roles), after(&dates));
    // "Signed this 4th day of August": one day for all who follow.
    let one_day = matches!((&days[..], named.first()), ([day], Some(first)) if day < first);
    if all_signed && !marks.is_empty() && marks.len() < named.len() && (named.len() == days.len() || one_day) {
        return named
            .iter()
            .map(|r| Signer { role: role(block, *r), signed: true, dated: true, span: block[*r].span })
            .collect();
    }
    let common = all_signed && dates.first().is_some_and(|d| marks.first().is_some_and(|m| d < m)) && dates.len() == 1;
    marks
        .iter()
        .enumerate()
        .map(|(k, mark)| {
            let end = marks.get(k + 1).copied().unwrap_or(block.len());
            let inside = |all: &[usize]| all.iter().copied().find(|p| *p > *mark && *p < end);
            let before = roles.iter().copied().rfind(|p| *p < *mark && (k == 0 || *p > marks[k - 1]));
            // "Lieutenant, Acting Chief of Police": the office that counts.
            let principal = roles.iter().copied().find(|p| *p > *mark && *p < end && role(block, *p) != Some("other"));
            let of = if roles.len() == marks.len() { Some(roles[k]) } else { principal.or(inside(&roles)).or(before) };
            let dated = common || dates.len() >= marks.len() && all_signed || inside(&dates).is_some();
            Signer { role: of.and_then(|r| role(block, r)), signed: is_signed(*mark), dated, span: block[*mark].span }
        })
        .collect()
}

fn positions(block: &[Placed], of: impl Fn(&Sign) -> bool) -> Vec<usize> {
    (0..block.len()).filter(|i| of(&block[*i].sign)).collect()
}

/// Signatures and empty rules; a mark right after a mark is the same signature ("Signed: /s/").
fn marks(block: &[Placed]) -> Vec<usize> {
    let mut marks = positions(block, |s| matches!(s, Sign::Signed | Sign::Rule));
    marks.dedup_by(|b, a| {
        *b == *a + 1 && block[*b].sign == Sign::Signed && block[*a].sign == Sign::Signed && near(block, *a, *b)
    });
    marks
}

fn near(block: &[Placed], a: usize, b: usize) -> bool {
    block[b].span.start <= block[a].span.end + 12
}

/// Offices; the same one twice without a mark between counts once.
fn roles(block: &[Placed]) -> Vec<usize> {
    let mut roles: Vec<usize> = Vec::new();
    for at in positions(block, |s| matches!(s, Sign::Role(_))) {
        let again = roles.last().is_some_and(|last| {
            role(block, *last) == role(block, at)
                && !block[*last..at].iter().any(|p| matches!(p.sign, Sign::Signed | Sign::Rule | Sign::Date(_)))
        });
        if !again {
            roles.push(at);
        }
    }
    roles
}

fn role(block: &[Placed], at: usize) -> Option<&'static str> {
    match block[at].sign {
        Sign::Role(role) => Some(role),
        _ => None,
    }
}

/// The office of somebody who signs without naming it, from another place where the surname stands beside it.
fn role_of_name(scene: &Scene<'_, '_>, mark: Span) -> Option<&'static str> {
    let text = scene.document().text().get(mark.end..)?;
    let name = text.lines().next()?.split([',', '|', ';']).next()?.trim().to_lowercase();
    let surname = name.split_whitespace().last().filter(|s| s.chars().count() >= 3)?;
    for (_, _, folded) in scene.body() {
        let text = folded.text();
        for (at, _) in text.match_indices(surname) {
            let from = (0..=at).rev().find(|i| text.is_char_boundary(*i) && at - i >= NAME_TO_OFFICE.min(at))?;
            let near: String = text[from..].chars().take(2 * NAME_TO_OFFICE).collect();
            let found = signatures::ROLES.iter().copied().find(|r| super::has_word(&near, scene.words(r)));
            if found.is_some() {
                return found;
            }
        }
    }
    None
}

/// A letter with a date of its own above the salutation.
fn is_letter(scene: &Scene<'_, '_>) -> bool {
    let head: Vec<&str> = scene.body().take(2 * LETTERHEAD).map(|(_, _, f)| f.text()).collect();
    let dated =
        head.iter().take(LETTERHEAD).any(|t| dates::find(t).first().is_some_and(|d| t.len() <= d.range.len() + 8));
    dated && head.iter().any(|t| scene.words("salutations").iter().any(|s| t.starts_with(s.as_str())))
}

/// "It takes effect on September 1 and is reviewed each year by the Chief …" signs nothing.
fn is_prose(text: &str) -> bool {
    text.ends_with('.') && text.split_whitespace().count() > TYPED
}

/// A short line with an office, a name and a date: signed in type.
///
/// Where others sign with a mark, such a line counts only if it has one.
fn has_line_of(scene: &Scene<'_, '_>, lines: &[Vec<Placed>], role: &str, marked: bool) -> bool {
    lines.iter().zip(scene.body()).any(|(line, (_, _, folded))| {
        if is_prose(folded.text()) && !line.iter().any(|p| p.sign == Sign::Signed) {
            return false;
        }
        let has = |of: &dyn Fn(&Sign) -> bool| line.iter().any(|p| of(&p.sign));
        has(&|s| {
            *s == Sign::Role(match role {
                "chief" => "chief",
                _ => "superintendent",
            })
        }) && has(&|s| matches!(s, Sign::Date(d) if d.grain == dates::Grain::Day))
            && (!marked || has(&|s| *s == Sign::Signed))
            && !has(&|s| matches!(s, Sign::Rule | Sign::NoDate))
    })
}
