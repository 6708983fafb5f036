//! The document as every later step sees it: one text, a tree of sections, blocks in reading order, and for
//! every character the place it came from.
//!
//! All offsets are bytes into [`Document::text`], always on character boundaries. For Markdown and UTF-8 text
//! that text is the file itself; for packed formats (DOCX, PDF, ODT …) it is the normalized text that
//! `sro-lint text FILE` prints.

mod block;
mod builder;
mod entity;
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

/// How many blocks back one may still hold an offset: the cells of a row, or a paragraph with page heads in it.
const NESTED: usize = 32;

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
        let after = self.blocks.partition_point(|b| b.span.start <= offset);
        // A page head stands inside the paragraph that goes on after it, cells of a row stand in each other's span.
        let near = || (0..after).rev().take(NESTED);
        let in_words = near().find(|id| self.blocks[*id].pieces.iter().any(|p| p.start <= offset && offset < p.end));
        let in_span = || near().find(|id| self.blocks[*id].span.start <= offset && offset < self.blocks[*id].span.end);
        in_words.or_else(in_span).or((after < self.blocks.len()).then_some(after))
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
            parts.extend(self.section_names(self.blocks[id].section));
            parts.extend(self.block_name(id));
        }
        if let Some(page) = self.page(offset) {
            parts.push(format!("page {page}"));
        }
        parts.join(", ")
    }

    /// A section's name, after the numbered ones that it stands in: `A` alone would not tell which A it is.
    fn section_names(&self, id: SectionId) -> Vec<String> {
        let path = self.section_path(id);
        let full = |id: &SectionId| self.sections[*id].number.as_deref().is_some_and(|n| n.contains('.'));
        let Some((last, outer)) = path.split_last() else { return Vec::new() };
        let outer = outer.iter().filter(|id| !full(last) && self.sections[**id].number.is_some());
        outer.chain([last]).filter_map(|id| self.sections[*id].label()).collect()
    }

    /// What a person calls a block within its section: `paragraph 2`, `item (3)`, `table row 4`.
    fn block_name(&self, id: BlockId) -> Option<String> {
        let block = &self.blocks[id];
        if self.sections[block.section].heading == Some(id) {
            return None;
        }
        Some(match &block.kind {
            BlockKind::Heading { .. } => return None,
            BlockKind::Contents => "table of contents".to_owned(),
            BlockKind::Paragraph => format!("paragraph {}", self.paragraph_number(id)),
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

    /// The blocks of a block's section from the first one to itself.
    fn section_blocks_to(&self, id: BlockId) -> &[BlockId] {
        let all = &self.sections[self.blocks[id].section].blocks;
        &all[..all.partition_point(|other| *other <= id)]
    }

    fn paragraph_number(&self, id: BlockId) -> usize {
        self.section_blocks_to(id).iter().filter(|b| self.blocks[**b].kind == BlockKind::Paragraph).count().max(1)
    }

    fn list_position(&self, id: BlockId) -> usize {
        let items = self.section_blocks_to(id).iter().rev();
        items.take_while(|b| matches!(self.blocks[**b].kind, BlockKind::ListItem { .. })).count().max(1)
    }
}
