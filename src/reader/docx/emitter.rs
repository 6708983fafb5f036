//! From finished paragraphs to blocks of the document: numbers, notes, comments and pages find their place.

use super::labels::{Counters, number};
use super::numbering::Numbering;
use super::paragraph::{After, Mark, NoteKind, Paragraph};
use super::styles::{StyleId, Styles};
use crate::document::{BlockKind, DocumentBuilder, Span};
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

/// Where the words stand that a comment is put at: start and end, as far as met.
type Anchor = (Option<usize>, Option<usize>);

/// Writes paragraphs into the document.
#[derive(Debug)]
pub(super) struct Emitter<'c> {
    builder: DocumentBuilder,
    styles: &'c Styles,
    numbering: &'c Numbering,
    counters: Counters,
    notes: HashMap<(NoteKind, String), Vec<After>>,
    footnotes: u32,
    endnotes: u32,
    anchors: HashMap<String, Anchor>,
    /// List and level of each style met.
    lists: HashMap<StyleId, Option<(i64, u8)>>,
}

impl<'c> Emitter<'c> {
    pub(super) fn new(
        builder: DocumentBuilder,
        styles: &'c Styles,
        numbering: &'c Numbering,
        notes: HashMap<(NoteKind, String), Vec<After>>,
    ) -> Self {
        Self {
            builder,
            styles,
            numbering,
            counters: Counters::default(),
            notes,
            footnotes: 0,
            endnotes: 0,
            anchors: HashMap::new(),
            lists: HashMap::new(),
        }
    }

    /// Page numbers are known: the document starts on the first.
    pub(super) fn first_page(&mut self) {
        self.builder.page(self.builder.position(), 1);
    }

    /// Counts what a story left out.
    pub(super) fn left_out(&mut self, counts: BTreeMap<&'static str, usize>) {
        for (what, times) in counts {
            (0..times).for_each(|_| self.builder.left_out(what));
        }
    }

    /// Registers a part that text comes from.
    pub(super) fn part(&mut self, name: &str) -> u16 {
        self.builder.part(name)
    }

    /// The document so far.
    pub(super) fn into_builder(self) -> DocumentBuilder {
        self.builder
    }

    /// A paragraph of the body, and then its text boxes and notes.
    pub(super) fn paragraph(&mut self, paragraph: &mut Paragraph) {
        self.block(paragraph, None);
        self.follow(std::mem::take(&mut paragraph.after));
    }

    /// Paragraphs kept aside, with the notes that they refer to.
    pub(super) fn follow(&mut self, kept: Vec<After>) {
        for after in kept {
            match after {
                After::Boxed(mut paragraph) => self.block(&mut paragraph, None),
                After::Note(kind, id) => self.note(kind, id),
            }
        }
    }

    fn note(&mut self, kind: NoteKind, id: String) {
        let Some(kept) = self.notes.remove(&(kind, id)) else { return };
        let mut label = Some(match kind {
            NoteKind::Footnote => {
                self.footnotes += 1;
                number(self.footnotes, "decimal")
            }
            NoteKind::Endnote => {
                self.endnotes += 1;
                number(self.endnotes, "lowerRoman")
            }
        });
        // A note that refers to a note does not exist in Word.
        for after in kept {
            if let After::Boxed(mut paragraph) = after {
                let label = if paragraph.has_words() { label.take() } else { None };
                self.block(&mut paragraph, label);
            }
        }
    }

    /// A reviewer's comment as one block.
    pub(super) fn comment(&mut self, id: &str, author: Option<String>, kept: Vec<After>) {
        let anchor = self.anchors.remove(id).and_then(|anchor| self.words_between(anchor));
        let mut is_first = true;
        for after in kept {
            let After::Boxed(paragraph) = after else { continue };
            if !paragraph.has_words() {
                continue;
            }
            if std::mem::take(&mut is_first) {
                self.builder.open(BlockKind::Comment { author: author.clone(), anchor });
            } else {
                self.builder.push("\n", None);
            }
            self.words(&paragraph);
        }
        self.builder.close();
    }

    fn words_between(&self, (start, end): Anchor) -> Option<Span> {
        let (start, end) = (start?, end?);
        let words = self.builder.text().get(start..end)?;
        let from = start + words.len() - words.trim_start().len();
        let words = words.trim();
        (!words.is_empty()).then(|| Span::new(from, from + words.len()))
    }

    fn block(&mut self, paragraph: &mut Paragraph, label: Option<String>) {
        let is_cell = matches!(paragraph.kind, BlockKind::TableCell { .. });
        let has_words = paragraph.has_words() || (is_cell && !paragraph.prompts.is_empty());
        let list = self.list(paragraph);
        let label = label.or_else(|| {
            let (list, level) = list.filter(|_| has_words || is_counted(paragraph))?;
            self.counters.next(self.numbering, list, level)
        });
        if has_words || paragraph.shape.is_empty_cell {
            let kind = std::mem::replace(&mut paragraph.kind, BlockKind::Paragraph);
            self.builder.open(match kind {
                BlockKind::Paragraph | BlockKind::TextBox | BlockKind::TableCell { .. } if paragraph.is_contents() => {
                    BlockKind::Contents
                }
                BlockKind::Paragraph => match list.filter(|_| label.is_some()) {
                    Some((_, level)) => BlockKind::ListItem { level },
                    None => BlockKind::Paragraph,
                },
                kind => kind,
            });
            if let Some(look) = self.builder.look() {
                *look = paragraph.look();
            }
            self.builder.label(label.as_deref().unwrap_or_default());
        }
        self.words(paragraph);
        self.builder.close();
    }

    /// The paragraph's list and level: its own, or its style's.
    fn list(&mut self, paragraph: &Paragraph) -> Option<(i64, u8)> {
        let shape = &paragraph.shape;
        let (list, level) = match shape.list {
            Some(list) => (list, shape.level.unwrap_or(0)),
            None => {
                let style = shape.style?;
                let from_style = || self.numbering.of_style(self.styles, style);
                let (list, level) = (*self.lists.entry(style).or_insert_with(from_style))?;
                (list, shape.level.unwrap_or(level))
            }
        };
        self.numbering.definition(list).map(|_| (list, level))
    }

    /// The words with everything that happens between them. Outside a block only what happens.
    fn words(&mut self, paragraph: &Paragraph) {
        let shown = self.builder.is_open();
        let base = self.builder.position();
        let mut marks = paragraph.marks.iter().peekable();
        for (range, origin) in paragraph.pieces.iter().filter(|_| shown) {
            while let Some((_, mark)) = marks.next_if(|(at, _)| *at <= range.start) {
                self.mark(mark, base, shown);
            }
            self.builder.push(&paragraph.text[range.clone()], Some(origin.clone()));
        }
        for (_, mark) in marks {
            self.mark(mark, base, shown);
        }
        for (range, _) in paragraph.prompts.iter().filter(|_| shown) {
            self.builder.placeholder(shifted(range, base));
        }
    }

    fn mark(&mut self, mark: &Mark, base: usize, shown: bool) {
        let here = self.builder.position();
        match mark {
            Mark::Deleted(text) => self.builder.deleted(text),
            Mark::Inserted(range) if shown => self.builder.inserted(shifted(range, base)),
            Mark::Inserted(_) => {}
            Mark::Page(page) => self.builder.page(here, *page),
            Mark::CommentStart(id) => self.anchors.entry(id.clone()).or_default().0 = Some(here),
            Mark::CommentEnd(id) => self.anchors.entry(id.clone()).or_default().1 = Some(here),
        }
    }
}

/// Word numbers an empty paragraph too, but not one that only ends a section or that is hidden.
fn is_counted(paragraph: &Paragraph) -> bool {
    let shape = &paragraph.shape;
    !shape.ends_section && !shape.mark_hidden && !shape.is_empty_cell
}

fn shifted(range: &Range<usize>, by: usize) -> Span {
    Span::new(range.start + by, range.end + by)
}
