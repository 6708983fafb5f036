//! Findings about a document's own health: whether it is finished, signed, current and coherent.
//!
//! One file per check. The words that a check works with stand in the rule pack, the way it goes about it here.

mod award;
pub mod blank;
mod citation;
mod consistency;
mod cross_reference;
pub mod dates;
mod empty;
mod foreign_name;
mod not_final;
mod numbering;
mod out_of_date;
mod signatures;
mod spoken;
mod term;
#[cfg(test)]
mod tests;
mod unsigned;

use crate::annotate::{Annotated, Stance};
use crate::day::Term;
use crate::document::{Block, BlockId, Document, Folded, Span};
use crate::pack::schema::{Check, FindingFile};
use crate::report::{Confidence, Kind};
use jiff::civil::Date;
use std::collections::HashSet;

pub use spoken::Spoken;

/// Something found: what is wrong and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// One sentence.
    pub message: String,
    /// Where; empty if it concerns the whole document.
    pub spans: Vec<Span>,
    /// Whether a person should look.
    pub confidence: Confidence,
}

impl Finding {
    fn new(message: impl Into<String>, spans: Vec<Span>) -> Self {
        Self { message: message.into(), spans, confidence: Confidence::High }
    }

    /// The same for a person to look at.
    fn unsure(self) -> Self {
        Self { confidence: Confidence::Low, ..self }
    }
}

/// What a check looks at.
#[derive(Debug, Clone, Copy)]
pub struct Scene<'a, 'd> {
    /// The document.
    pub out: &'a Annotated<'d>,
    /// What it is.
    pub kind: Kind,
    /// The day that dates are judged against.
    pub as_of: Date,
    /// The term of a federal award that the document must cover.
    pub award: Option<Term>,
    /// The finding as the pack writes it.
    pub file: &'a FindingFile,
    /// The blanks in the starter clauses of the packs in force, folded.
    pub starters: &'a [String],
    /// The words of the document.
    pub spoken: &'a Spoken<'a>,
}

impl<'a, 'd> Scene<'a, 'd> {
    fn document(&self) -> &'d Document {
        self.out.document
    }

    /// A word list of the pack.
    fn words(&self, name: &str) -> &'a [String] {
        self.file.words.get(name).map_or(&[], Vec::as_slice)
    }

    /// Those words of a list of the pack that may stand in the document as whole words.
    fn spoken_of(&self, name: &str) -> Vec<&'a str> {
        self.spoken.among(self.words(name))
    }

    /// The blocks that are part of the agreement itself, with their folded text.
    fn body(&self) -> impl Iterator<Item = (BlockId, &'d Block, &'a Folded)> {
        let blocks = self.out.document.blocks().iter().zip(&self.out.folded).enumerate();
        blocks.filter(|(_, (block, _))| block.kind.is_body()).map(|(id, (block, folded))| (id, block, folded))
    }

    /// The body without what an amendment strikes out.
    fn standing(&self) -> impl Iterator<Item = (BlockId, &'d Block, &'a Folded)> {
        let struck: HashSet<BlockId> =
            self.out.units.iter().filter(|u| u.stance == Stance::Struck).map(|u| u.block).collect();
        self.body().filter(move |(id, _, _)| !struck.contains(id))
    }
}

/// Looks for what one finding of a pack is about.
pub fn find(scene: &Scene<'_, '_>) -> Vec<Finding> {
    match scene.file.check {
        Check::Unrelated if scene.kind == Kind::Other => vec![Finding::new(
            "This does not read as an agreement or as procedures for a police officer in schools.",
            Vec::new(),
        )],
        // Of a document that is something else only that is said.
        _ if scene.kind == Kind::Other => Vec::new(),
        Check::Unrelated => Vec::new(),
        Check::Blank => blank::find(scene),
        Check::Unsigned => unsigned::find(scene),
        Check::CrossReference => cross_reference::find(scene),
        Check::ForeignName => foreign_name::find(scene),
        Check::OutOfDate => out_of_date::find(scene),
        Check::AwardTerm => award::find(scene),
        Check::NotFinal => not_final::find(scene),
        Check::Empty => empty::find(scene),
        Check::Citation => citation::find(scene),
        Check::NumberWords => consistency::number_words(scene),
        Check::TrainingHours => consistency::training_hours(scene),
        Check::ReportDate => consistency::report_date(scene),
        Check::Supervisors => consistency::supervisors(scene),
        Check::OfficerNames => consistency::officer_names(scene),
    }
}

/// What keeps a check from being made, in a sentence.
pub fn left_undone(scene: &Scene<'_, '_>) -> Option<String> {
    let told = scene.award.is_some() || !matches!(scene.kind, Kind::Mou | Kind::Combined);
    (scene.file.check == Check::AwardTerm && !told)
        .then(|| format!("{} was not judged: say the award's term with --award-start and --award-end.", scene.file.id))
}

/// Whether one of the words stands in a folded text as a whole word.
fn has_word<W: AsRef<str>>(text: &str, words: &[W]) -> bool {
    words.iter().any(|w| word_at(text, w.as_ref()).is_some())
}

/// The byte at which a word or phrase stands in a folded text, not inside another word.
fn word_at(text: &str, word: &str) -> Option<usize> {
    words_at(text, word).next()
}

/// Every byte at which a word or phrase stands in a folded text, not inside another word: "signed by" is not in
/// "assigned by", but "/s/" is in "/s/Ada Bell".
fn words_at<'t>(text: &'t str, word: &'t str) -> impl Iterator<Item = usize> + 't {
    let in_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let (begins, ends) = (in_word(word.chars().next()), in_word(word.chars().next_back()));
    places(text, word).filter(move |at| {
        let goes_on_before = begins && in_word(text[..*at].chars().next_back());
        let goes_on_after = ends && in_word(text[at + word.len()..].chars().next());
        !goes_on_before && !goes_on_after
    })
}

/// Every byte at which some letters stand in a text. The lists of words are long and the lines short: a search that
/// prepares itself would take longer than looking at each first letter.
fn places<'t>(text: &'t str, letters: &'t str) -> impl Iterator<Item = usize> + 't {
    let first = letters.as_bytes().first().copied();
    let starts = first.map(|first| memchr::memchr_iter(first, text.as_bytes())).into_iter().flatten();
    starts.filter(move |at| text.as_bytes()[*at..].starts_with(letters.as_bytes()))
}
