//! Units: the statements that rules judge.

use super::SymbolId;
use super::language::Cue;
use crate::document::{BlockId, SectionId, Span};
use crate::phrase::{WordId, Words};
use std::ops::Range;

/// Index into [`Annotated::units`](super::Annotated::units).
pub type UnitId = usize;
/// Index into [`Annotated::titles`](super::Annotated::titles).
pub type TitleId = usize;

/// What kind of text a unit is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Class {
    /// Running text, a list item or a cell that says something.
    Text,
    /// A question that the text after it answers.
    Question,
    /// The label of a table row.
    Label,
    /// A line of legal references.
    LegalReferences,
    /// A signature, its name, office or date.
    Signature,
    /// A choice of a form whose box is not ticked: no part of the agreement.
    Unticked,
}

/// What a unit does with what it speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Stance {
    /// Decides, describes, requires, permits or forbids: a provision.
    Provides,
    /// Puts it off to a later time or another paper.
    Promises,
    /// Only says where else it stands.
    Refers,
    /// Leaves it to somebody's choice.
    Declines,
    /// Lists what another paper is to contain.
    Topics,
    /// Tells what was once, or what would have been.
    Past,
    /// Stands in a part that an amendment strikes out.
    Struck,
    /// Leaves its substance blank.
    Blank,
    /// A choice of a form whose box is not ticked.
    Unchosen,
}

/// A statement: a sentence, a list item, a table cell.
#[derive(Debug, Clone)]
pub struct Unit {
    /// The block it stands in.
    pub block: BlockId,
    /// The section it stands in.
    pub section: SectionId,
    /// Its own words.
    pub own: Range<usize>,
    /// Words that lead into it, outermost first: a list's lead-in, a row's label, the question it answers.
    pub lead: Vec<Range<usize>>,
    /// The unit that leads into it.
    pub lead_unit: Option<UnitId>,
    /// The heading above it that is a question.
    pub question: Option<TitleId>,
    /// Headings and labels that it stands under, outermost first.
    pub titles: Vec<TitleId>,
    /// What kind of text it is.
    pub class: Class,
    /// What it does.
    pub stance: Stance,
    /// Its words in the document.
    pub span: Span,
    /// Whether it ends with a colon.
    pub colon: bool,
    /// What tells what it does, in its reading.
    pub(super) cues: Vec<FoundCue>,
}

/// A cue in a reading: its first word, one past its last, and what it says.
pub(super) type FoundCue = (usize, usize, Cue);

impl Unit {
    /// A table cell with nothing in it.
    pub(super) fn empty_cell(block: BlockId, section: SectionId, own: Range<usize>, span: Span) -> Self {
        Self {
            block,
            section,
            own,
            lead: Vec::new(),
            lead_unit: None,
            question: None,
            titles: Vec::new(),
            class: Class::Label,
            stance: Stance::Blank,
            span,
            colon: false,
            cues: Vec::new(),
        }
    }

    /// The positions of its words, lead first; the second value counts the lead's.
    pub fn reading(&self, out: &mut Vec<usize>) -> usize {
        out.clear();
        for lead in &self.lead {
            out.extend(lead.clone());
        }
        let lead = out.len();
        out.extend(self.own.clone());
        lead
    }
}

/// Words known only by their classes.
pub(super) struct PlainWords<'a> {
    pub symbols: &'a [SymbolId],
    /// For every symbol its classes.
    pub classes: &'a [Vec<WordId>],
}

impl Words for PlainWords<'_> {
    fn len(&self) -> usize {
        self.symbols.len()
    }
    fn classes(&self, at: usize) -> &[WordId] {
        &self.classes[self.symbols[at] as usize]
    }
    fn is_number(&self, _: usize) -> bool {
        false
    }
    fn is_blank(&self, _: usize) -> bool {
        false
    }
}
