//! Amendments: "Section 8 is struck out in its entirety" makes an earlier section of that number provide nothing.
//!
//! Only plain strikes of whole sections: what an amendment changes inside a section is for a person to read.

use super::{Annotated, Class, Stance, UnitId};
use crate::document::SectionId;
use regex::Regex;
use std::sync::LazyLock;

/// Words without which nothing is struck.
const SIGNS: [&str; 6] = ["struck", "stricken", "strik", "delet", "repeal", "rescind"];
/// What is struck: the words that [`PART`] begins with.
const PARTS: [&str; 4] = ["section", "article", "paragraph", "part"];
/// `section 8 of this agreement (training)`, `articles iii and v`.
const PART: &str = r#"(?:sections?|articles?|paragraphs?|parts?) ([ivxl]{1,6}|\d{1,2}(?:\.\d{1,2})*|[a-h])(?: and ([ivxl]{1,6}|\d{1,2}(?:\.\d{1,2})*|[a-h]))?\b\.?(?: of (?:this|the|said) (?:[a-z]+ ){0,2}(?:agreement|memorandum|mou|understanding|procedures?|order|policy))?(?:,? ?(?:\([^()]{1,80}\)|["\u{201c}][^"\u{201c}\u{201d}]{1,80}["\u{201d}]))?,?"#;
/// `section 8 is hereby deleted`.
static PASSIVE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let verb = r"(?:is|are|shall be)(?: hereby)?(?: both)? (?:struck|stricken|deleted|repealed|rescinded|removed)\b";
    Regex::new(&format!("{PART} {verb}")).ok()
});
/// `the parties hereby strike section 8`, `by deleting article v`.
static ACTIVE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(&format!(r"\b(?:hereby|parties|by) (?:(?:agree to|hereby) )?(?:strike|striking|delete|deleting|repeal|repealing|rescind|rescinding)(?: out)? {PART}")).ok()
});
/// A part of a section, or a condition: nothing is struck as a whole.
static NOT_WHOLE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"\b(?:if|unless|until|whenever|where|in the event|(?:of|in|from|under|to|within|under|at|than|sub)[ -]?)\s*$",
    )
    .ok()
});
static CONDITION: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"\b(?:if|unless|should|whenever|in the event|proposes?|may)\b").ok());
/// New words in the place of the old ones.
const ANEW: [&str; 5] = ["replac", "substitut", "insert", "in its place", "in lieu"];

/// Marks the statements of struck sections, and the sentences that only strike.
pub(super) fn mark(out: &mut Annotated<'_>) {
    let text = out.document.text();
    let title = out.document.title().unwrap_or_default().to_lowercase();
    // The sections that a paper of amendments strikes are those of another paper.
    let elsewhere = ["amendment", "addendum", "amending"].iter().any(|w| title.contains(w));
    if elsewhere || !SIGNS.iter().any(|sign| text.contains(sign)) {
        return;
    }
    for id in 0..out.units.len() {
        let unit = &out.units[id];
        if unit.class != Class::Text || !matches!(unit.stance, Stance::Provides | Stance::Past | Stance::Refers) {
            continue;
        }
        let words = out.document.slice(unit.span).split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
        let sections: Vec<SectionId> = struck(&words).iter().filter_map(|n| section(out, id, n)).collect();
        if sections.is_empty() {
            continue;
        }
        if !ANEW.iter().any(|w| words.contains(w)) {
            out.units[id].stance = Stance::Struck;
        }
        for at in 0..out.units.len() {
            let place = out.units[at].section;
            if sections.iter().any(|s| *s == place || out.document.section_path(place).contains(s)) {
                out.units[at].stance = Stance::Struck;
            }
        }
    }
}

/// The numbers of the sections that a sentence in small letters strikes.
fn struck(sentence: &str) -> Vec<&str> {
    let numbered = |part: &&str| {
        sentence.match_indices(*part).any(|(at, _)| {
            let rest = &sentence[at + part.len()..];
            rest.strip_prefix('s').unwrap_or(rest).starts_with(' ')
        })
    };
    // The expressions take milliseconds to compile, and a word like "deleted" stands in many papers.
    if !SIGNS.iter().any(|sign| sentence.contains(sign)) || !PARTS.iter().any(numbered) {
        return Vec::new();
    }
    let mut numbers = Vec::new();
    for regex in [&PASSIVE, &ACTIVE] {
        for found in regex.as_ref().into_iter().flat_map(|r| r.captures_iter(sentence)) {
            let before = found.get(0).map_or("", |all| &sentence[..all.start()]);
            let part = NOT_WHOLE.as_ref().is_some_and(|r| r.is_match(before));
            if !part && !CONDITION.as_ref().is_some_and(|r| r.is_match(before)) {
                numbers.extend(found.iter().skip(1).flatten().map(|m| m.as_str()));
            }
        }
    }
    numbers
}

/// The first section of a number that begins before the sentence and does not hold it.
fn section(out: &Annotated<'_>, striking: UnitId, number: &str) -> Option<SectionId> {
    let own = &out.units[striking];
    let path = out.document.section_path(own.section);
    let starts = |id: SectionId| {
        let heading = out.document.section(id).heading?;
        Some(out.document.block(heading).span.start)
    };
    (1..out.document.sections().len())
        .filter(|id| *id != own.section && !path.contains(id))
        .filter(|id| starts(*id).is_some_and(|start| start < own.span.start))
        .find(|id| out.document.section(*id).has_number(number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_strikes_of_whole_sections_are_read() {
        for (sentence, numbers) in [
            ("section 8 is struck out in its entirety.", vec!["8"]),
            ("article v is hereby deleted and replaced with the following:", vec!["v"]),
            ("articles iii and v of the memorandum of understanding are hereby deleted.", vec!["iii", "v"]),
            ("section 8 (training) is stricken.", vec!["8"]),
            ("section 3.2 of this agreement, \u{201c}data\u{201d}, is repealed.", vec!["3.2"]),
            ("the agreement is amended by striking out section 4.", vec!["4"]),
            ("the parties hereby delete section 4 in its entirety.", vec!["4"]),
        ] {
            assert_eq!(struck(sentence), numbers, "{sentence}");
        }
    }

    #[test]
    fn parts_of_sections_and_conditions_strike_nothing() {
        for sentence in [
            "the second sentence of section 8 is struck out.",
            "section 8 is amended by striking out the word officer.",
            "if section 8 is deleted the parties meet.",
            "subsection 8 is deleted.",
            "should section 8 be struck down by a court, the rest remains.",
            "section 8 is not deleted.",
            "records under section 8 are deleted after a year.",
            "section 37p of chapter 71 is repealed.",
            "body camera footage is deleted.",
        ] {
            assert_eq!(struck(sentence), Vec::<&str>::new(), "{sentence}");
        }
    }
}
