//! The paragraphs of an OpenDocument text: what they are, what stands in them, where they go.

use super::super::flow::{Mark, Paragraph, Piece, Type};
use super::super::xml::Tag;
use super::walk::{Frame, Walker};
use crate::document::{BlockKind, Origin};
use std::ops::Range;

impl Walker<'_> {
    /// The kind of a paragraph at this place, lists aside.
    pub(super) fn kind(&self) -> BlockKind {
        let tables = &self.tables;
        let mut cells = tables.len();
        for frame in self.frames.iter().rev() {
            match frame {
                Frame::Flow(kind) => return kind.clone(),
                Frame::Note { .. } => return BlockKind::Footnote,
                Frame::Comment => return BlockKind::Comment { author: None, anchor: None },
                Frame::Cell { .. } => {
                    if let Some(t) = cells.checked_sub(1).and_then(|i| tables.get(i)) {
                        return BlockKind::TableCell { table: t.number, row: t.row, column: t.column };
                    }
                }
                Frame::Table => cells = cells.saturating_sub(1),
                _ => {}
            }
        }
        BlockKind::Paragraph
    }

    pub(super) fn open_paragraph(&mut self, tag: &Tag) -> Frame {
        let style = tag.get("text:style-name");
        let mut paragraph = Paragraph::new(self.kind());
        let list = self.styles.find("paragraph", style, |s| s.list.clone());
        let item = self.lists.take_label(&self.styles, list.as_deref());
        if tag.name == "text:h" {
            let level = u8::try_from(tag.number("text:outline-level").unwrap_or(1)).unwrap_or(9).clamp(1, 9);
            paragraph.outline = Some(level);
            let in_outline = self.lists.depth().is_none() && tag.get("text:is-list-header") != Some("true");
            paragraph.label = item.clone().flatten();
            if in_outline && list.as_deref() != Some("") {
                paragraph.label = self.lists.heading_label(&self.styles, level);
            }
        }
        if let Some(label) = item {
            if paragraph.kind == BlockKind::Paragraph {
                let level = u8::try_from(self.lists.depth().unwrap_or(0)).unwrap_or(u8::MAX);
                paragraph.kind = BlockKind::ListItem { level };
            }
            paragraph.label = paragraph.label.or(label);
        }
        if let Some(Frame::Note { label }) = self.frames.iter_mut().rev().find(|f| matches!(f, Frame::Note { .. })) {
            paragraph.label = paragraph.label.or(label.take());
        }
        paragraph.centered = self.styles.find("paragraph", style, |s| s.centered).unwrap_or(false);
        paragraph.title = self.styles.find("paragraph", style, |s| s.title.then_some(true)).unwrap_or(false);
        let starts_page = self.styles.find("paragraph", style, |s| s.page_break) == Some(true);
        if starts_page && self.open.is_empty() && self.paragraph > 0 {
            paragraph.pieces.extend(self.next_page());
        }
        let outer = self.look;
        self.look = self.styles.apply(Type::default(), "paragraph", style);
        self.paragraph += 1;
        self.run = 0;
        self.open.push(paragraph);
        Frame::Paragraph(outer)
    }

    fn next_page(&mut self) -> Option<Piece> {
        self.page += 1;
        self.paged.then_some(Piece::Page(self.page))
    }

    pub(super) fn close_paragraph(&mut self) {
        let Some(mut paragraph) = self.open.pop() else { return };
        let blank = paragraph.is_blank();
        match &paragraph.kind {
            BlockKind::Comment { .. } => {
                if let Some(comment) = self.comments.last_mut() {
                    comment.paragraphs.push(paragraph);
                }
                return;
            }
            BlockKind::TableCell { .. } if blank => paragraph.kind = BlockKind::Paragraph,
            BlockKind::TableCell { .. } => {
                if let Some(table) = self.tables.last_mut() {
                    table.filled = true;
                }
            }
            BlockKind::PageHeader | BlockKind::PageFooter => {
                self.writer.head(paragraph);
                return;
            }
            _ => {}
        }
        self.route(paragraph);
    }

    /// Writes a paragraph, or keeps it until the one around it is written.
    pub(super) fn route(&mut self, paragraph: Paragraph) {
        if !self.open.is_empty() {
            self.pending.push(paragraph);
            return;
        }
        self.writer.paragraph(paragraph);
        for inner in std::mem::take(&mut self.pending) {
            self.writer.paragraph(inner);
        }
    }

    /// Adds a mark at this place, between paragraphs too.
    pub(super) fn mark(&mut self, piece: Piece) {
        match self.open.last_mut() {
            Some(paragraph) => paragraph.pieces.push(piece),
            None => self.writer.paragraph(Paragraph { pieces: vec![piece], ..Paragraph::new(BlockKind::Paragraph) }),
        }
    }

    pub(super) fn text(&mut self, text: &str, bytes: Option<Range<u32>>) {
        let Some(paragraph) = self.open.last_mut() else { return };
        let mut words = String::with_capacity(text.len());
        let mut after_space = paragraph.last().is_none_or(|c| c == ' ' || c == '\n');
        for c in text.chars() {
            let space = matches!(c, ' ' | '\t' | '\r' | '\n');
            if !(space && after_space) {
                words.push(if space { ' ' } else { c });
            }
            after_space = space;
        }
        let origin = bytes.map(|bytes| Origin {
            part: self.part,
            bytes,
            paragraph: self.paragraph.saturating_sub(1),
            run: self.run,
        });
        paragraph.text(&words, self.look, origin, self.inserting > 0);
    }

    /// White space that is an element, or the end of a page.
    pub(super) fn blank(&mut self, tag: &Tag) {
        let text = match tag.name.as_str() {
            "text:tab" => "\t".to_owned(),
            "text:line-break" => "\n".to_owned(),
            "text:s" => {
                let count = tag.number("text:c").unwrap_or(1).min(self.spaces_left);
                self.spaces_left -= count;
                " ".repeat(count as usize)
            }
            _ => {
                if let Some(page) = self.next_page() {
                    self.mark(page);
                }
                return;
            }
        };
        if let Some(paragraph) = self.open.last_mut() {
            paragraph.text(&text, self.look, None, self.inserting > 0);
        }
    }

    pub(super) fn open_placeholder(&mut self) -> Frame {
        self.mark(Piece::Start(Mark::Placeholder));
        Frame::Placeholder
    }

    /// LibreOffice turns Word's content controls into input fields and keeps their prompt as text.
    pub(super) fn text_input(&mut self, words: &str, prompt: &str) {
        let unfilled = words.starts_with("Click or tap") || words.starts_with("Click here") || words == prompt;
        if unfilled {
            self.mark(Piece::Start(Mark::Placeholder));
        }
        self.text(words, None);
        if unfilled {
            self.mark(Piece::End(Mark::Placeholder));
        }
    }
}
