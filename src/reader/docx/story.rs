//! A story: the running text of one part (body, a note, a header, a comment) as paragraphs.
//!
//! Elements open frames on a stack, never calls, so depth costs no machine stack. A text box suspends the
//! paragraph that it is anchored in.

use super::emitter::Emitter;
use super::fields::{Field, Fields, Form};
use super::paragraph::{After, Mark, Paragraph};
use super::properties::{PageReference, RunProperties, TypeLook};
use super::styles::Styles;
use super::table::{Pages, Table};
use super::xml::{Element, Token, Xml};
use crate::document::{BlockKind, Origin};
use crate::reader::ReadError;
use std::borrow::Cow;
use std::cell::Cell;
use std::collections::BTreeMap;
use std::ops::Range;

/// What the stories of a document share.
#[derive(Debug)]
pub(super) struct Shared<'c> {
    pub(super) styles: &'c Styles,
    /// Number of the next table.
    pub(super) tables: Cell<u32>,
}

/// Where a story's paragraphs go.
pub(super) enum Out<'e, 'c> {
    /// Into the document, as they come.
    Emit(&'e mut Emitter<'c>),
    /// Aside, until the place that refers to them comes.
    Keep(Vec<After>),
}

/// An open element that needs something done at its end.
#[derive(Debug)]
pub(super) enum Frame {
    /// Nothing.
    Plain,
    Paragraph,
    Text,
    DeletedText,
    Code,
    SimpleField,
    Inserted,
    Deleted,
    /// A content control, with the prompt that was open around it.
    Control {
        outer: Option<u32>,
        contents: bool,
    },
    Object,
    TextBox,
    Table,
    Row {
        deleted: bool,
    },
    Cell {
        deleted: bool,
    },
    /// Alternate content, with how much text and how many left-out things came before it.
    Alternate {
        seen: usize,
        counted: usize,
    },
    /// A fallback whose left-out things were counted in the choice.
    Quiet,
}

/// What a text box suspends.
#[derive(Default)]
pub(super) struct Place {
    pub(super) paragraph: Paragraph,
    /// The present paragraph goes on in the one before it, whose mark is deleted.
    pub(super) joined: bool,
    ordinal: u32,
    runs: u32,
    /// Look of the paragraph's and of the run's type.
    pub(super) base: TypeLook,
    pub(super) look: TypeLook,
    hidden_counted: bool,
    pub(super) fields: Fields,
    pub(super) tables: Vec<Table>,
    /// Finished paragraphs of the text box.
    done: Vec<After>,
}

/// A story being read.
pub(super) struct Story<'e, 'c> {
    pub(super) shared: &'e Shared<'c>,
    out: Out<'e, 'c>,
    part: u16,
    kind: BlockKind,
    pub(super) frames: Vec<Frame>,
    pub(super) place: Place,
    hosts: Vec<Place>,
    paragraphs: u32,
    pub(super) deletions: usize,
    pub(super) insertions: usize,
    pub(super) objects: usize,
    quiet: usize,
    /// The outermost control that shows its prompt, and how many controls have done so.
    pub(super) prompt: Option<u32>,
    prompts: u32,
    /// Open controls that hold a table of contents.
    pub(super) contents: usize,
    /// Bytes of text met, shown or not.
    pub(super) seen: usize,
    pub(super) counted: usize,
    left_out: BTreeMap<&'static str, usize>,
    pub(super) pages: Option<Pages>,
    /// Headers and footers of the sections.
    pub(super) page_parts: Vec<PageReference>,
}

impl<'e, 'c> Story<'e, 'c> {
    /// A story whose ordinary paragraphs are of `kind`.
    pub(super) fn new(shared: &'e Shared<'c>, out: Out<'e, 'c>, part: u16, kind: BlockKind) -> Self {
        Self {
            shared,
            out,
            part,
            kind,
            frames: Vec::new(),
            place: Place::default(),
            hosts: Vec::new(),
            paragraphs: 0,
            deletions: 0,
            insertions: 0,
            objects: 0,
            quiet: 0,
            prompt: None,
            prompts: 0,
            contents: 0,
            seen: 0,
            counted: 0,
            left_out: BTreeMap::new(),
            pages: None,
            page_parts: Vec::new(),
        }
    }

    /// Reads to the end of the element whose start tag came last, or of the part.
    pub(super) fn read(&mut self, xml: &mut Xml<'_>) -> Result<(), ReadError> {
        loop {
            match xml.next()? {
                Token::Start(e) => {
                    if let Some(frame) = self.start(&e, xml)? {
                        self.frames.push(frame);
                    }
                }
                Token::End => match self.frames.pop() {
                    Some(frame) => self.end(frame),
                    None => break,
                },
                Token::Text(text, range) => match self.frames.last() {
                    Some(Frame::Text) => self.text(text, range, xml),
                    Some(Frame::DeletedText) => self.deleted(&text),
                    Some(Frame::Code) => self.place.fields.code(&text),
                    _ => {}
                },
                Token::Eof => break,
            }
        }
        self.flush();
        self.place.fields = Fields::default();
        Ok(())
    }

    /// The paragraphs kept so far.
    pub(super) fn take(&mut self) -> Vec<After> {
        match &mut self.out {
            Out::Keep(kept) => std::mem::take(kept),
            Out::Emit(_) => Vec::new(),
        }
    }

    /// What was left out, by name.
    pub(super) fn left_out(self) -> BTreeMap<&'static str, usize> {
        self.left_out
    }

    /// Counts something that is left out on purpose.
    pub(super) fn leave_out(&mut self, what: &'static str) {
        self.counted += 1;
        if self.quiet == 0 && self.deletions == 0 {
            *self.left_out.entry(what).or_default() += 1;
        }
    }

    /// Keeps what a fallback leaves out from being counted twice.
    pub(super) fn hush(&mut self) {
        self.quiet += 1;
    }

    fn text(&mut self, text: Cow<'_, str>, range: Range<usize>, xml: &mut Xml<'_>) {
        let bytes = xml.stored(range);
        // Line ends and tabs within a text are spaces to Word; each stays one byte, so that places hold.
        let text = match memchr::memchr3(b'\n', b'\r', b'\t', text.as_bytes()) {
            Some(_) => Cow::Owned(text.replace(['\n', '\r', '\t'], " ")),
            None => text,
        };
        self.push(&text, bytes);
    }

    /// Adds text that stands at a place of the part.
    pub(super) fn push(&mut self, text: &str, bytes: Range<u32>) {
        self.seen += text.len();
        if self.deletions > 0 {
            return self.deleted(text);
        }
        if !self.place.fields.is_visible() {
            return;
        }
        if self.place.look.hidden == Some(true) {
            if !std::mem::replace(&mut self.place.hidden_counted, true) {
                self.leave_out("stretches of hidden text");
            }
            return;
        }
        let origin =
            Origin { part: self.part, bytes, paragraph: self.place.ordinal, run: self.place.runs.saturating_sub(1) };
        let place = &mut self.place;
        let range = place.paragraph.push(text, origin, place.look);
        place.paragraph.shape.is_contents |= place.fields.is_contents() || self.contents > 0;
        if self.insertions > 0 {
            place.paragraph.inserted(range.clone());
        }
        if let Some(control) = self.prompt {
            place.paragraph.prompt(range, control);
        }
        if let Some(pages) = &mut self.pages
            && place.paragraph.has_words()
        {
            pages.words();
        }
    }

    /// Remembers deleted text.
    pub(super) fn deleted(&mut self, text: &str) {
        self.seen += text.len();
        if self.place.fields.is_visible() {
            self.place.paragraph.deleted(text);
        }
    }

    /// A paragraph starts, or goes on if the mark before it is deleted.
    pub(super) fn open_paragraph(&mut self) {
        if !std::mem::take(&mut self.place.joined) && !self.place.paragraph.text.is_empty() {
            self.flush();
        }
        self.place.paragraph.shape = super::paragraph::Shape::default();
        self.place.ordinal = self.paragraphs;
        self.paragraphs += 1;
        self.place.runs = 0;
        self.shape(&super::properties::ParagraphProperties::default());
    }

    /// A run starts.
    pub(super) fn open_run(&mut self) {
        self.place.runs += 1;
        self.place.look = self.place.base;
        self.place.hidden_counted = false;
    }

    /// The run's properties.
    pub(super) fn run(&mut self, properties: &RunProperties) {
        let style = properties.style.as_ref().and_then(|id| self.shared.styles.character(id));
        let base = style.map_or(self.place.base, |style| style.look.toggled(self.place.base));
        self.place.look = properties.look.or(base);
    }

    fn close_paragraph(&mut self) {
        self.place.fields.paragraph_ends();
        if self.place.paragraph.shape.mark_deleted {
            self.place.joined = true;
        } else {
            self.flush();
        }
    }

    /// Hands the paragraph on.
    pub(super) fn flush(&mut self) {
        self.place.joined = false;
        let words = self.place.paragraph.has_words();
        let boxed = !self.hosts.is_empty();
        let kind = match &self.kind {
            BlockKind::Paragraph if boxed => BlockKind::TextBox,
            kind => kind.clone(),
        };
        let cell = self.place.tables.last_mut().filter(|_| matches!(kind, BlockKind::Paragraph | BlockKind::TextBox));
        self.place.paragraph.kind = match cell {
            Some(table) => {
                table.cell_used |= words;
                table.cell()
            }
            None => kind,
        };
        let paragraph = &mut self.place.paragraph;
        match &mut self.out {
            _ if boxed => keep(std::mem::take(paragraph), &mut self.place.done),
            Out::Keep(kept) => keep(std::mem::take(paragraph), kept),
            Out::Emit(emitter) => {
                emitter.paragraph(paragraph);
                paragraph.clear();
            }
        }
    }

    /// A text box opens and suspends its paragraph.
    pub(super) fn open_box(&mut self) {
        let inner = Place { base: self.shared.styles.default_look(), ..Place::default() };
        self.hosts.push(std::mem::replace(&mut self.place, inner));
    }

    pub(super) fn close_box(&mut self) {
        if !self.place.paragraph.is_blank() {
            self.flush();
        }
        if let Some(host) = self.hosts.pop() {
            let inner = std::mem::replace(&mut self.place, host);
            self.place.paragraph.after.extend(inner.done);
        }
    }

    fn end(&mut self, frame: Frame) {
        match frame {
            Frame::Paragraph => self.close_paragraph(),
            Frame::SimpleField => drop(self.place.fields.end()),
            Frame::Inserted => self.insertions -= 1,
            Frame::Deleted => self.deletions -= 1,
            Frame::Control { outer, contents } => {
                self.prompt = outer;
                self.contents -= usize::from(contents);
            }
            Frame::Object => self.objects -= 1,
            Frame::TextBox => self.close_box(),
            Frame::Table => drop(self.place.tables.pop()),
            Frame::Row { deleted } => self.close_row(deleted),
            Frame::Cell { deleted } => self.close_cell(deleted),
            Frame::Quiet => self.quiet -= 1,
            Frame::Plain | Frame::Text | Frame::DeletedText | Frame::Code | Frame::Alternate { .. } => {}
        }
    }

    fn close_cell(&mut self, deleted: bool) {
        if !self.place.paragraph.is_blank() {
            self.flush();
        }
        if self.deletions == 0 && self.place.tables.last().is_some_and(|table| !table.cell_used) {
            self.place.paragraph.shape.is_empty_cell = true;
            self.flush();
        }
        self.deletions -= usize::from(deleted);
        let page = self.page();
        if let Some(table) = self.place.tables.last_mut() {
            table.close_cell(page);
        }
    }

    fn close_row(&mut self, deleted: bool) {
        self.deletions -= usize::from(deleted);
        if let Some(page) = self.place.tables.last_mut().map(|table| table.close_row(deleted)) {
            self.go_to(page);
        }
    }

    /// The page that one is on, as far as is known.
    pub(super) fn page(&self) -> u32 {
        self.pages.as_ref().map_or(1, |pages| pages.number)
    }

    /// Every cell of a row starts on the page of its row, and the row ends on the last page of any.
    pub(super) fn go_to(&mut self, page: u32) {
        if let Some(pages) = self.pages.as_mut().filter(|pages| pages.number != page && self.hosts.is_empty()) {
            pages.number = page;
            self.place.paragraph.mark(Mark::Page(page));
        }
    }

    /// Whether one stands in a text box.
    pub(super) fn is_boxed(&self) -> bool {
        !self.hosts.is_empty()
    }

    /// A control shows its prompt.
    pub(super) fn next_prompt(&mut self) -> u32 {
        self.prompts += 1;
        self.prompts
    }

    /// A field ends: what stands beside its text is shown now, and a form field without words is a blank.
    pub(super) fn close_field(&mut self, e: &Element<'_>, xml: &mut Xml<'_>) {
        let Some(field) = self.place.fields.end() else { return };
        match &field.form {
            Some(Form::CheckBox(checked)) => {
                let place = xml.place(e);
                self.push(if *checked { "☒" } else { "☐" }, place);
            }
            Some(Form::List(entry)) if field.result.is_none() => {
                let place = xml.place(e);
                self.push(entry, place);
            }
            _ => self.blank(&field),
        }
    }

    fn blank(&mut self, field: &Field) {
        let Some((paragraph, from)) = field.result.filter(|_| field.is("FORMTEXT")) else { return };
        let place = &mut self.place;
        let result = place.paragraph.text.get(from..).filter(|_| paragraph == place.ordinal).unwrap_or("-");
        if result.trim().is_empty() && !result.is_empty() {
            let control = self.next_prompt();
            self.place.paragraph.prompt(from..self.place.paragraph.text.len(), control);
        }
    }

    /// The result of a field begins.
    pub(super) fn separate_field(&mut self) {
        self.place.fields.separate(self.place.ordinal, self.place.paragraph.text.len());
    }
}

/// Puts a paragraph aside with what follows it, side by side and not nested.
fn keep(mut paragraph: Paragraph, kept: &mut Vec<After>) {
    let after = std::mem::take(&mut paragraph.after);
    if paragraph.has_words() || !paragraph.is_blank() || paragraph.shape.is_empty_cell {
        kept.push(After::Boxed(Box::new(paragraph)));
    }
    kept.extend(after);
}
