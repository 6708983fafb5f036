//! The document as every later step sees it: one text, a tree of sections, blocks in reading order, and for
//! every character the place it came from.
//!
//! All offsets are bytes into [`Document::text`], always on character boundaries. For Markdown and UTF-8 text
//! that text is the file itself; for packed formats (DOCX, PDF, ODT …) it is the normalized text that
//! `sro-lint text FILE` prints.

mod block;
mod builder;
mod fold;
mod look;
mod origin;
mod section;
mod span;
pub(crate) mod structure;

pub use block::{Block, BlockId, BlockKind};
pub use builder::{DocumentBuilder, Draft};
pub use fold::Folded;
pub use look::Look;
pub use origin::{Origin, OriginMap};
pub use section::{Section, SectionId};
pub use span::{LineIndex, Span};

use std::collections::BTreeMap;

/// The format a document was read as. The content decides it, not the file's extension.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// Word's Office Open XML (`.docx`, `.docm`, `.dotx`), Transitional or Strict.
    Docx,
    /// CommonMark with tables, footnotes and front matter.
    Markdown,
    /// Plain text.
    Text,
    /// Portable Document Format.
    Pdf,
    /// OpenDocument text.
    Odt,
    /// Rich Text Format.
    Rtf,
    /// A web page.
    Html,
    /// Word 97–2003 binary document.
    Doc,
}

impl Format {
    /// The name used in reports: `docx`, `markdown`, `text` …
    pub fn name(self) -> &'static str {
        match self {
            Self::Docx => "docx",
            Self::Markdown => "markdown",
            Self::Text => "text",
            Self::Pdf => "pdf",
            Self::Odt => "odt",
            Self::Rtf => "rtf",
            Self::Html => "html",
            Self::Doc => "doc",
        }
    }

    /// Whether the text of a document in this format is the file itself, so that spans point into the file.
    pub fn is_plain(self) -> bool {
        matches!(self, Self::Markdown | Self::Text)
    }
}

/// What a tracked change did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChangeKind {
    /// Inserted text: it counts and stands in the document's text.
    Inserted,
    /// Deleted text: it does not count and stands in [`Change::text`] only.
    Deleted,
}

/// An unresolved tracked change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Insertion or deletion.
    pub kind: ChangeKind,
    /// The inserted words; for a deletion the empty span where the words stood.
    pub span: Span,
    /// The words inserted or deleted.
    pub text: String,
}

/// A document in one text with structure and places.
#[derive(Debug, Clone)]
pub struct Document {
    format: Format,
    title: Option<String>,
    text: String,
    blocks: Vec<Block>,
    sections: Vec<Section>,
    origins: OriginMap,
    /// Text offset at which each page starts, with its number, ascending.
    pages: Vec<(usize, u32)>,
    lines: LineIndex,
    changes: Vec<Change>,
    /// Spans that a form control still shows as a prompt ("Click here to enter text").
    placeholders: Vec<Span>,
    left_out: BTreeMap<&'static str, usize>,
    remarks: Vec<String>,
}

impl Document {
    /// The format that the content was read as.
    pub fn format(&self) -> Format {
        self.format
    }

    /// The document's own title, if it shows one.
    pub fn title(&self) -> Option<&str> {
        self.title.as_deref()
    }

    /// The whole text that spans point into.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The words of a span.
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.start..span.end).unwrap_or_default()
    }

    /// All blocks in reading order.
    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// One block.
    pub fn block(&self, id: BlockId) -> &Block {
        &self.blocks[id]
    }

    /// All sections; the first is the root, which holds what stands before the first heading.
    pub fn sections(&self) -> &[Section] {
        &self.sections
    }

    /// One section.
    pub fn section(&self, id: SectionId) -> &Section {
        &self.sections[id]
    }

    /// The sections from the outermost to `id`, without the root.
    pub fn section_path(&self, id: SectionId) -> Vec<SectionId> {
        let mut path = Vec::new();
        let mut at = id;
        while at != 0 {
            path.push(at);
            at = self.sections[at].parent;
        }
        path.reverse();
        path
    }

    /// The block that holds a text offset, or the next one after it.
    pub fn block_at(&self, offset: usize) -> Option<BlockId> {
        let at = self.blocks.partition_point(|b| b.span.end <= offset);
        (at < self.blocks.len()).then_some(at)
    }

    /// Line and column of an offset, both from 1; the column counts characters.
    pub fn line_column(&self, offset: usize) -> (usize, usize) {
        self.lines.line_column(&self.text, offset)
    }

    /// The page that an offset stands on, where the format knows pages.
    pub fn page(&self, offset: usize) -> Option<u32> {
        let at = self.pages.partition_point(|(start, _)| *start <= offset);
        at.checked_sub(1).map(|i| self.pages[i].1)
    }

    /// How many pages the document has, where the format knows pages.
    pub fn page_count(&self) -> Option<u32> {
        self.pages.last().map(|(_, page)| *page)
    }

    /// Where the characters came from in the packed file.
    pub fn origins(&self) -> &OriginMap {
        &self.origins
    }

    /// Unresolved tracked changes in order.
    pub fn changes(&self) -> &[Change] {
        &self.changes
    }

    /// Spans that a form control still shows as a prompt, in order.
    pub fn placeholders(&self) -> &[Span] {
        &self.placeholders
    }

    /// What the reader left out on purpose, by name in the plural ("pictures"), with how many.
    pub fn left_out(&self) -> &BTreeMap<&'static str, usize> {
        &self.left_out
    }

    /// What a person should know about how the file was read ("named .docx, but it is a PDF file").
    pub fn remarks(&self) -> &[String] {
        &self.remarks
    }

    /// Adds something a person should know about how the file was read.
    pub fn add_remark(&mut self, remark: String) {
        self.remarks.push(remark);
    }

    /// The sentence part that tells a person where an offset is: `VIII. Training for SROs, paragraph 2, page 7`.
    pub fn place_name(&self, offset: usize) -> String {
        let mut parts = Vec::new();
        if let Some(id) = self.block_at(offset) {
            let block = &self.blocks[id];
            if let Some(label) = self.sections[block.section].label() {
                parts.push(label);
            }
            parts.extend(self.block_name(id));
        }
        if let Some(page) = self.page(offset) {
            parts.push(format!("page {page}"));
        }
        parts.join(", ")
    }

    /// What a person calls a block within its section: `paragraph 2`, `item (3)`, `table row 4`.
    fn block_name(&self, id: BlockId) -> Option<String> {
        let block = &self.blocks[id];
        Some(match &block.kind {
            BlockKind::Heading { .. } => return None,
            BlockKind::Paragraph | BlockKind::Contents => format!("paragraph {}", self.paragraph_number(id)),
            BlockKind::ListItem { .. } => match &block.label {
                Some(label) if label.chars().any(char::is_alphanumeric) => {
                    format!("item {}", label.trim_end_matches('.'))
                }
                _ => format!("list item {}", self.list_position(id)),
            },
            BlockKind::TableCell { row, .. } => format!("table row {}", row + 1),
            BlockKind::Footnote => match &block.label {
                Some(label) => format!("footnote {label}"),
                None => "footnote".to_owned(),
            },
            BlockKind::TextBox => "text box".to_owned(),
            BlockKind::PageHeader => "page header".to_owned(),
            BlockKind::PageFooter => "page footer".to_owned(),
            BlockKind::Comment { .. } => "comment".to_owned(),
            BlockKind::Hidden => "hidden comment".to_owned(),
        })
    }

    fn paragraph_number(&self, id: BlockId) -> usize {
        let section = self.blocks[id].section;
        self.blocks[..=id]
            .iter()
            .rev()
            .take_while(|b| b.section == section)
            .filter(|b| matches!(b.kind, BlockKind::Paragraph | BlockKind::Contents))
            .count()
    }

    fn list_position(&self, id: BlockId) -> usize {
        self.blocks[..=id].iter().rev().take_while(|b| matches!(b.kind, BlockKind::ListItem { .. })).count()
    }
}
