//! What a document is, by the features in `rules/kinds.yaml`.

use super::Hits;
use crate::annotate::{Annotated, Class, Stance};
use crate::document::{SectionId, Span};
use crate::likeness::Likest;
use crate::phrase::{Matcher, TermId};
use crate::report::Kind;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Words at the beginning of a document that count as its opening.
const OPENING_WORDS: usize = 90;
/// Words at the very beginning that count as its title.
const TITLE_WORDS: usize = 36;

/// The file as `build/` has made it ready: terms of the matcher in the place of the phrases.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct KindsFile {
    features: Vec<FeatureFile>,
    mentions_per_thousand: usize,
    procedures_part: TermId,
    not_a_part: TermId,
    agreement_part: TermId,
    both: TermId,
    part_words: usize,
    part_share: usize,
    agreement_items: Vec<String>,
    procedures_items: Vec<String>,
    weights: BTreeMap<Kind, [f32; GROUNDS]>,
    subject_police: TermId,
    subject_school: TermId,
    subject_paper: TermId,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct FeatureFile {
    r#in: Region,
    phrase: TermId,
    cap: i32,
    #[serde(default)]
    mou: i32,
    #[serde(default)]
    op: i32,
    #[serde(default)]
    other: i32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Region {
    Title,
    Opening,
    Heading,
    Text,
}

#[derive(Debug)]
struct Kinds {
    file: KindsFile,
    matcher: Matcher,
}

static KINDS: LazyLock<Result<Kinds, String>> = LazyLock::new(Kinds::shipped);

impl Kinds {
    fn shipped() -> Result<Self, String> {
        let file: KindsFile =
            serde_json::from_str(include_str!(concat!(env!("OUT_DIR"), "/kinds.json"))).map_err(|e| e.to_string())?;
        let matcher = Matcher::unpack(include_bytes!(concat!(env!("OUT_DIR"), "/kinds.matcher")));
        Ok(Self { file, matcher: matcher.ok_or("its phrases cannot be read")? })
    }
}

/// What speaks for one kind or another. The weights in `rules/kinds.yaml` stand in the order of the numbers that it
/// is turned into.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Grounds {
    /// The scores of what the document calls itself and speaks of: an agreement, procedures, something else.
    pub says: (i32, i32, i32),
    /// How many elements that only agreements have, and only procedures, its statements are like.
    pub elements: (usize, usize),
    /// Whether a part is presented as operating procedures, and whether one is as an agreement.
    pub parts: (bool, bool),
    /// Whether the title says that the paper is both.
    pub says_both: bool,
    /// Whether it speaks of the officer in the schools often enough, or names police and schools in its opening.
    pub about: bool,
}

/// How many numbers the grounds are.
const GROUNDS: usize = 12;
/// Scores of what a document calls itself count up to this, in tenths.
const MOST_SAID: i32 = 20;
/// Elements count up to this, in tenths.
const MOST_ELEMENTS: usize = 15;

impl Grounds {
    /// Finds the grounds in a document.
    pub fn of(out: &Annotated<'_>, likest: &Likest) -> Option<Self> {
        let kinds = KINDS.as_ref().ok()?;
        let hits = Hits::all(out, &kinds.matcher);
        let elements = |items: &[String]| likest.elements_of(items);
        Some(Self {
            says: scores(out, kinds, &hits),
            elements: (elements(&kinds.file.agreement_items), elements(&kinds.file.procedures_items)),
            parts: (
                has_part(out, kinds, &hits, kinds.file.procedures_part),
                has_part(out, kinds, &hits, kinds.file.agreement_part),
            ),
            says_both: says_both(out, kinds, &hits),
            about: is_about_the_officer(out, kinds, &hits),
        })
    }

    /// The grounds as numbers between 0 and 2, the first always 1; of both scores and both counts also the lesser.
    fn numbers(self) -> [f32; GROUNDS] {
        let said = |score: i32| score.clamp(0, MOST_SAID) as f32 / 10.0;
        let like = |count: usize| count.min(MOST_ELEMENTS) as f32 / 10.0;
        let yes = |is: bool| f32::from(u8::from(is));
        let (mou, op) = (said(self.says.0), said(self.says.1));
        let (of_mou, of_op) = (like(self.elements.0), like(self.elements.1));
        [
            1.0,
            mou,
            op,
            said(self.says.2),
            mou.min(op),
            of_mou,
            of_op,
            of_mou.min(of_op),
            yes(self.parts.0),
            yes(self.parts.1),
            yes(self.says_both),
            yes(self.about),
        ]
    }
}

/// Finds what a document is: by what it calls itself, and by what its statements are like.
pub fn detect(out: &Annotated<'_>, likest: &Likest) -> Kind {
    let Some((kinds, grounds)) = KINDS.as_ref().ok().zip(Grounds::of(out, likest)) else { return Kind::Other };
    let numbers = grounds.numbers();
    let score = |weights: &[f32; GROUNDS]| numbers.iter().zip(weights).map(|(n, w)| n * w).sum::<f32>();
    let scores = kinds.file.weights.iter().map(|(kind, weights)| (*kind, score(weights)));
    scores.max_by(|a, b| a.1.total_cmp(&b.1)).map_or(Kind::Other, |(kind, _)| kind)
}

/// Whether a document speaks of the officer often enough, or names police and schools in its opening.
fn is_about_the_officer(out: &Annotated<'_>, kinds: &Kinds, hits: &Hits) -> bool {
    let mentions =
        out.tokens.iter().filter(|t| out.symbols.name(t.symbol) == "sro" && is_explicit(out, t.span)).count();
    let often = mentions >= 3 && mentions * 1000 >= out.tokens.len() * kinds.file.mentions_per_thousand;
    let opens_with = |term: &TermId| {
        let titles = (0..out.titles.len()).any(|t| out.titles[t].start < OPENING_WORDS && hits.title_has(t, *term));
        titles || hits.of(*term).iter().any(|u| out.units[*u].own.start < OPENING_WORDS)
    };
    let file = &kinds.file;
    often || [file.subject_police, file.subject_school, file.subject_paper].iter().all(opens_with)
}

/// Whether the words for the officer are more than a plain "officer", or the document defines "officer" so.
fn is_explicit(out: &Annotated<'_>, span: Span) -> bool {
    let words = out.document.slice(span).to_lowercase();
    let plain = words.rsplit(char::is_whitespace).next().is_some_and(|w| w.starts_with("officer"))
        && words.split_whitespace().count() <= 2
        && !["school", "youth", "juvenile", "resource", "liaison", "assigned"].iter().any(|w| words.contains(w));
    !plain || out.definitions.iter().any(|d| d.term.starts_with("officer"))
}

/// Scores for agreement, procedures and something else.
fn scores(out: &Annotated<'_>, kinds: &Kinds, hits: &Hits) -> (i32, i32, i32) {
    let mut scores = (0, 0, 0);
    for feature in &kinds.file.features {
        let term = feature.phrase;
        let bound = match feature.r#in {
            Region::Title => TITLE_WORDS,
            Region::Opening => OPENING_WORDS,
            Region::Heading | Region::Text => usize::MAX,
        };
        let titles = (0..out.titles.len()).filter(|t| out.titles[*t].start < bound && hits.title_has(*t, term));
        let units = hits.of(term).iter().filter(|u| out.units[**u].own.start < bound);
        let found = match feature.r#in {
            Region::Title | Region::Opening => titles.count() + units.count(),
            Region::Heading => titles.count(),
            Region::Text => units.count(),
        };
        let times = i32::try_from(found).unwrap_or(i32::MAX).min(feature.cap);
        scores.0 += feature.mou * times;
        scores.1 += feature.op * times;
        scores.2 += feature.other * times;
    }
    scores
}

/// Whether title or opening say that the paper is an agreement and procedures in one.
fn says_both(out: &Annotated<'_>, kinds: &Kinds, hits: &Hits) -> bool {
    let titled = (0..out.titles.len()).any(|t| out.titles[t].start < TITLE_WORDS && hits.title_has(t, kinds.file.both));
    titled || hits.of(kinds.file.both).iter().any(|u| out.units[*u].own.start < TITLE_WORDS)
}

/// Whether the document has a part that is presented as operating procedures, or as an agreement, and says something.
fn has_part(out: &Annotated<'_>, kinds: &Kinds, hits: &Hits, heading_of_part: TermId) -> bool {
    let sections = out.document.sections();
    let all = words_in(out, 0);
    (1..sections.len()).any(|section| {
        let heading = sections[section].heading;
        let title = out.titles.iter().position(|range| {
            heading.is_some_and(|h| {
                range.clone().next().is_some_and(|t| out.document.block(h).span.contains(out.tokens[t].span))
            })
        });
        let presented =
            title.is_some_and(|t| hits.title_has(t, heading_of_part) && !hits.title_has(t, kinds.file.not_a_part));
        let words = if presented { words_in(out, section) } else { 0 };
        words >= kinds.file.part_words && words * 100 <= all * kinds.file.part_share
    })
}

/// Words of a section and the sections within that say something of their own.
fn words_in(out: &Annotated<'_>, section: SectionId) -> usize {
    let inside = |s: SectionId| section == 0 || out.document.section_path(s).contains(&section);
    out.units
        .iter()
        .filter(|u| u.class == Class::Text && u.stance == Stance::Provides && inside(u.section))
        .map(|u| u.own.len())
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::Language;
    use crate::reader::{Limits, Source, read};

    fn kind(text: &str) -> Kind {
        let source = Source { name: "t.md", bytes: text.as_bytes() };
        let document = read(source, &Limits::default()).expect("document");
        let out = Annotated::new(&document, Language::shipped().expect("language"));
        detect(&out, &Likest::of(&out))
    }

    #[test]
    fn the_shipped_kinds_compile() {
        Kinds::shipped().expect("rules/kinds.yaml");
    }

    #[test]
    fn procedures_and_agreements_are_known_by_their_substance_whatever_they_are_called() {
        let (_, procedures) =
            include_str!("../../fixtures/complete/harborview-op.md").split_once("\n\n").expect("a title");
        let (_, agreement) =
            include_str!("../../fixtures/complete/harborview-mou.md").split_once("\n\n").expect("a title");
        assert_eq!(kind(&format!("# How things are done here\n\n{procedures}")), Kind::Op);
        assert_eq!(kind(&format!("# What we are about\n\n{agreement}")), Kind::Mou);
        assert_eq!(kind(&format!("# School and police\n\n{agreement}\n\n{procedures}")), Kind::Combined);
        assert_eq!(kind("# Lunch\n\nThe officer eats at noon. The menu changes on Monday."), Kind::Other);
    }
}
