//! How readers make a [`Document`].
//!
//! A reader of a packed format opens a block, pushes text with its origin and closes the block. A reader of a
//! plain format hands over the file's text and drafts whose spans point into it. Structure that the format
//! does not declare (headings by look, wrapped lines, contents, running heads) is found in `finish`.

use super::{
    Block, BlockKind, Change, ChangeKind, Document, Format, LineIndex, Look, Origin, OriginMap, Span, structure,
};
use std::collections::BTreeMap;

/// A block before its section is known.
#[derive(Debug, Clone)]
pub struct Draft {
    /// What it is on the page.
    pub kind: BlockKind,
    /// The whole block with its marker.
    pub span: Span,
    /// The block's own words.
    pub pieces: Vec<Span>,
    /// The rendered marker.
    pub label: Option<String>,
    /// How it looks.
    pub look: Look,
}

impl Draft {
    /// A draft whose words are one contiguous span.
    pub fn new(kind: BlockKind, span: Span) -> Self {
        Self { kind, span, pieces: vec![span], label: None, look: Look::default() }
    }

    pub(super) fn into_block(self) -> Block {
        let Self { kind, span, pieces, label, look } = self;
        Block { kind, span, pieces, label, run_in: None, section: 0, look }
    }
}

/// Collects a document from a reader.
#[derive(Debug)]
pub struct DocumentBuilder {
    format: Format,
    title: Option<String>,
    text: String,
    drafts: Vec<Draft>,
    open: Option<Draft>,
    origins: OriginMap,
    pages: Vec<(usize, u32)>,
    changes: Vec<Change>,
    placeholders: Vec<Span>,
    left_out: BTreeMap<&'static str, usize>,
    remarks: Vec<String>,
}

impl DocumentBuilder {
    /// For a packed format: the text is what the reader pushes.
    pub fn packed(format: Format) -> Self {
        Self::over(format, String::new())
    }

    /// For a plain format: the text is the file's.
    pub fn over(format: Format, text: String) -> Self {
        Self {
            format,
            title: None,
            text,
            drafts: Vec::new(),
            open: None,
            origins: OriginMap::default(),
            pages: Vec::new(),
            changes: Vec::new(),
            placeholders: Vec::new(),
            left_out: BTreeMap::new(),
            remarks: Vec::new(),
        }
    }

    /// The text so far.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The offset at which the next character will stand.
    pub fn position(&self) -> usize {
        self.text.len()
    }

    /// The title that the format declares (front matter, `<title>`, document properties).
    pub fn title(&mut self, title: &str) {
        let title = title.trim();
        if !title.is_empty() {
            self.title = Some(title.to_owned());
        }
    }

    /// Registers a part of the package and gives its index for [`Origin::part`].
    pub fn part(&mut self, name: &str) -> u16 {
        self.origins.part(name)
    }

    /// Opens a block; an open one is closed first. Blocks are parted by an empty line, cells by a line end.
    pub fn open(&mut self, kind: BlockKind) {
        self.close();
        let cells = matches!(kind, BlockKind::TableCell { .. })
            && matches!(self.drafts.last().map(|d| &d.kind), Some(BlockKind::TableCell { .. }));
        if !self.text.is_empty() {
            self.text.push_str(if cells { "\n" } else { "\n\n" });
        }
        let at = self.text.len();
        self.open = Some(Draft { pieces: Vec::new(), ..Draft::new(kind, Span::new(at, at)) });
    }

    /// The open block's look, to be filled in.
    pub fn look(&mut self) -> Option<&mut Look> {
        self.open.as_mut().map(|draft| &mut draft.look)
    }

    /// Whether a block is open.
    pub fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// Gives the open block its rendered marker or number, which becomes part of the text.
    pub fn label(&mut self, label: &str) {
        if let Some(draft) = &mut self.open
            && !label.is_empty()
        {
            draft.label = Some(label.to_owned());
            self.text.push_str(label);
            self.text.push(' ');
            draft.span.end = self.text.len();
        }
    }

    /// Adds words to the open block and says where they came from. Opens a paragraph if no block is open.
    pub fn push(&mut self, text: &str, origin: Option<Origin>) {
        if text.is_empty() {
            return;
        }
        if self.open.is_none() {
            self.open(BlockKind::Paragraph);
        }
        let span = Span::new(self.text.len(), self.text.len() + text.len());
        self.text.push_str(text);
        if let Some(origin) = origin {
            self.origins.push(span, origin);
        }
        if let Some(draft) = &mut self.open {
            match draft.pieces.last_mut() {
                Some(last) if last.end == span.start => last.end = span.end,
                _ => draft.pieces.push(span),
            }
            draft.span.end = span.end;
        }
    }

    /// Closes the open block. An empty one is dropped, with its label, unless it is a table cell.
    pub fn close(&mut self) {
        let Some(draft) = self.open.take() else { return };
        let is_cell = matches!(draft.kind, BlockKind::TableCell { .. });
        let words = draft.pieces.iter().any(|p| !self.text[p.start..p.end].trim().is_empty());
        if words || is_cell {
            self.drafts.push(draft);
        } else {
            let before = self.drafts.last().map_or(0, |d| d.span.end);
            self.text.truncate(before.max(self.pages.last().map_or(0, |(at, _)| *at).min(draft.span.start)));
        }
    }

    /// Adds a block of a plain format.
    pub fn block(&mut self, draft: Draft) {
        self.drafts.push(draft);
    }

    /// Says that page `number` starts at the present position (packed) or at `at` (plain).
    pub fn page(&mut self, at: usize, number: u32) {
        self.pages.push((at, number));
    }

    /// Remembers an inserted stretch of the text.
    pub fn inserted(&mut self, span: Span) {
        let text = self.text.get(span.start..span.end).unwrap_or_default().to_owned();
        self.changes.push(Change { kind: ChangeKind::Inserted, span, text });
    }

    /// Remembers words deleted at the present position; they are no part of the text.
    pub fn deleted(&mut self, text: &str) {
        let at = self.text.len();
        self.changes.push(Change { kind: ChangeKind::Deleted, span: Span::new(at, at), text: text.to_owned() });
    }

    /// Remembers that a form control still shows its prompt over this span.
    pub fn placeholder(&mut self, span: Span) {
        self.placeholders.push(span);
    }

    /// Counts something that the reader leaves out on purpose; `what` is a plural ("pictures").
    pub fn left_out(&mut self, what: &'static str) {
        *self.left_out.entry(what).or_default() += 1;
    }

    /// Notes something a person should know about how the file was read.
    pub fn remark(&mut self, remark: impl Into<String>) {
        self.remarks.push(remark.into());
    }

    /// Finds the structure and makes the document.
    pub fn finish(mut self) -> Document {
        self.close();
        let end = self.text.len();
        for change in &mut self.changes {
            change.span = Span::new(change.span.start.min(end), change.span.end.min(end));
        }
        let arranged = structure::arrange(&self.text, self.drafts, &self.pages);
        let lines = LineIndex::new(&self.text);
        Document {
            format: self.format,
            title: self.title.or(arranged.title),
            text: self.text,
            blocks: arranged.blocks,
            sections: arranged.sections,
            origins: self.origins,
            pages: self.pages,
            lines,
            changes: self.changes,
            placeholders: self.placeholders,
            left_out: self.left_out,
            remarks: self.remarks,
        }
    }
}
