//! Blocks: the paragraphs, list items, cells and notes that a document is made of.

use super::{Look, SectionId, Span};

/// Index of a block in [`Document::blocks`](super::Document::blocks).
pub type BlockId = usize;

/// What a block is on the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BlockKind {
    /// A heading; level 1 is the outermost.
    Heading {
        /// 1 (outermost) to 9.
        level: u8,
    },
    /// Running text.
    Paragraph,
    /// One item of a list; its marker is the block's label.
    ListItem {
        /// Depth of the list, from 0.
        level: u8,
    },
    /// One paragraph in a table cell. Row and column count from 0.
    TableCell {
        /// Which table of the document, from 0; a nested table has a number of its own.
        table: u32,
        /// Row in the table.
        row: u32,
        /// Column in the row.
        column: u32,
    },
    /// A foot- or endnote.
    Footnote,
    /// Text in a floating box.
    TextBox,
    /// A running header.
    PageHeader,
    /// A running footer or page number.
    PageFooter,
    /// A reviewer's comment. Never counts as text of the agreement.
    Comment {
        /// Who wrote it, where known.
        author: Option<String>,
        /// The words in the body that it was put at.
        anchor: Option<Span>,
    },
    /// A line of a table of contents. Counts for nothing.
    Contents,
    /// Text that a reader of the page does not see: an HTML comment, front matter.
    Hidden,
}

impl BlockKind {
    /// Whether text of this kind is part of the agreement itself (not furniture, comment, contents or hidden).
    pub fn is_body(&self) -> bool {
        !matches!(self, Self::PageHeader | Self::PageFooter | Self::Comment { .. } | Self::Contents | Self::Hidden)
    }
}

/// A paragraph-sized piece of text.
#[derive(Debug, Clone)]
pub struct Block {
    /// What it is on the page.
    pub kind: BlockKind,
    /// The whole block with its marker, in the document's text.
    pub span: Span,
    /// The block's own words in order: the span without marker and markup. Ascending, inside `span`.
    pub pieces: Vec<Span>,
    /// The rendered marker or number: `VI.`, `(3)`, `•`.
    pub label: Option<String>,
    /// A bold or underlined phrase at the start that works as a heading ("What to wear.").
    pub run_in: Option<Span>,
    /// The section it belongs to; a heading belongs to the section that it opens.
    pub section: SectionId,
    /// How it looks.
    pub look: Look,
}
