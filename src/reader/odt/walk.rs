//! The walk over an OpenDocument part: elements to paragraphs.

use super::super::flow::{Mark, Paragraph, Piece, Type, Writer};
use super::super::xml::{Item, Tag, Xml};
use super::super::{Limits, ReadError};
use super::damaged;
use super::lists::Lists;
use super::styles::{Level, Style, Styles};
use crate::document::{BlockKind, Document, DocumentBuilder};
use std::collections::HashMap;

/// A run of spaces is written as a count; so many are believed in one document.
const MOST_SPACES: u32 = 1_000_000;

/// What an open element means for what stands in it.
#[derive(Debug)]
pub(super) enum Frame {
    Plain,
    Style(String, String),
    ListStyle(String),
    Outline,
    /// With the look outside.
    Paragraph(Type),
    /// With the look outside.
    Span(Type),
    List,
    /// Everything within is of this kind.
    Flow(BlockKind),
    Table,
    Row,
    Cell {
        columns: u32,
    },
    Note {
        label: Option<String>,
    },
    Comment,
    Placeholder,
}

/// Where the walk is in a table.
#[derive(Debug)]
pub(super) struct Table {
    pub(super) number: u32,
    pub(super) row: u32,
    pub(super) column: u32,
    /// Whether the present cell has words.
    pub(super) filled: bool,
}

/// A comment that waits for the end of the document, where its anchor is known.
#[derive(Debug)]
pub(super) struct Comment {
    pub(super) name: String,
    pub(super) author: Option<String>,
    pub(super) paragraphs: Vec<Paragraph>,
}

/// Collects a document from its parts.
pub(super) struct Walker<'a> {
    pub(super) writer: Writer,
    pub(super) limits: &'a Limits,
    pub(super) styles: Styles,
    pub(super) lists: Lists,
    pub(super) frames: Vec<Frame>,
    /// Paragraphs that are open, the outermost first.
    pub(super) open: Vec<Paragraph>,
    /// Paragraphs that ended within an open one and follow it.
    pub(super) pending: Vec<Paragraph>,
    pub(super) comments: Vec<Comment>,
    pub(super) tables: Vec<Table>,
    pub(super) table_count: u32,
    /// Changed regions: the words if it is a deletion.
    pub(super) changes: HashMap<String, Option<String>>,
    pub(super) inserting: usize,
    pub(super) look: Type,
    pub(super) part: u16,
    pub(super) paragraph: u32,
    pub(super) run: u32,
    pub(super) page: u32,
    /// Whether the document marks where its pages end.
    pub(super) paged: bool,
    pub(super) spaces_left: u32,
}

impl<'a> Walker<'a> {
    pub fn new(out: DocumentBuilder, limits: &'a Limits) -> Self {
        Self {
            writer: Writer::new(out),
            limits,
            styles: Styles::default(),
            lists: Lists::default(),
            frames: Vec::new(),
            open: Vec::new(),
            pending: Vec::new(),
            comments: Vec::new(),
            tables: Vec::new(),
            table_count: 0,
            changes: HashMap::new(),
            inserting: 0,
            look: Type::default(),
            part: 0,
            paragraph: 0,
            run: 0,
            page: 1,
            paged: false,
            spaces_left: MOST_SPACES,
        }
    }

    /// Walks one part of the package.
    pub fn part(&mut self, name: &str, text: &str) -> Result<(), ReadError> {
        self.part = self.writer.out.part(name);
        self.paragraph = 0;
        let mut xml = Xml::new(text, damaged, self.limits);
        while let Some(item) = xml.next()? {
            match item {
                Item::Start(tag) => {
                    if let Some(frame) = self.start(&tag, &mut xml)? {
                        self.frames.push(frame);
                    }
                }
                Item::End => {
                    if let Some(frame) = self.frames.pop() {
                        self.end(frame);
                    }
                }
                Item::Text(text, bytes) => self.text(&text, Some(bytes)),
            }
        }
        Ok(())
    }

    /// The document; running heads and comments follow the body.
    pub fn finish(mut self) -> Document {
        self.writer.heads();
        for comment in std::mem::take(&mut self.comments) {
            self.writer.comment(comment.author, &comment.name, comment.paragraphs);
        }
        self.writer.out.finish()
    }

    /// Takes an opening tag; `None` if the element has been read to its end.
    fn start(&mut self, tag: &Tag, xml: &mut Xml<'_>) -> Result<Option<Frame>, ReadError> {
        if let Some(frame) = self.style(tag) {
            return Ok(Some(frame));
        }
        if self.read_whole(tag, xml)? {
            return Ok(None);
        }
        Ok(Some(if tag.name.starts_with("table:") { self.table(tag) } else { self.element(tag) }))
    }

    /// Reads elements that are taken as a whole, or left out as a whole.
    fn read_whole(&mut self, tag: &Tag, xml: &mut Xml<'_>) -> Result<bool, ReadError> {
        match tag.name.as_str() {
            "text:span" if self.styles.find("text", tag.get("text:style-name"), |s| s.hidden) == Some(true) => {
                self.writer.out.left_out("hidden words");
                xml.skip()?;
            }
            "text:note-citation" => {
                let words = xml.words()?;
                if let Some(Frame::Note { label }) = self.frames.last_mut() {
                    *label = Some(words.trim().to_owned());
                }
            }
            "dc:creator" => {
                let words = xml.words()?;
                if let (Some(Frame::Comment), Some(comment)) = (self.frames.last(), self.comments.last_mut()) {
                    comment.author = Some(words.trim().to_owned()).filter(|name| !name.is_empty());
                }
            }
            "text:text-input" => {
                let words = xml.words()?;
                self.text_input(&words, tag.get("text:description").unwrap_or_default());
            }
            "text:tracked-changes" => self.tracked_changes(xml)?,
            name if self.is_left_out(name) => xml.skip()?,
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// Elements of text: paragraphs, spans, lists, notes, boxes, marks.
    fn element(&mut self, tag: &Tag) -> Frame {
        match tag.name.as_str() {
            "text:p" | "text:h" => return self.open_paragraph(tag),
            "text:span" => {
                let outer = self.look;
                self.look = self.styles.apply(outer, "text", tag.get("text:style-name"));
                self.run += 1;
                return Frame::Span(outer);
            }
            "text:list" => {
                self.lists.open(tag);
                return Frame::List;
            }
            "text:note" => return Frame::Note { label: None },
            "draw:text-box" | "draw:custom-shape" | "draw:rect" | "draw:ellipse" => {
                return Frame::Flow(BlockKind::TextBox);
            }
            "style:header" | "style:header-first" | "style:header-left" => return Frame::Flow(BlockKind::PageHeader),
            "style:footer" | "style:footer-first" | "style:footer-left" => return Frame::Flow(BlockKind::PageFooter),
            "text:table-of-content" | "text:alphabetical-index" | "text:illustration-index" | "text:table-index" => {
                return Frame::Flow(BlockKind::Contents);
            }
            "text:section" if tag.get("text:display") == Some("none") => return Frame::Flow(BlockKind::Hidden),
            "office:annotation" => return self.open_comment(tag),
            "text:placeholder" => return self.open_placeholder(),
            "loext:content-control" if tag.get("loext:showing-place-holder") == Some("true") => {
                return self.open_placeholder();
            }
            "text:s" | "text:tab" | "text:line-break" | "text:soft-page-break" => self.blank(tag),
            "text:list-item" => self.lists.item(tag),
            "office:text" => self.open_body(tag),
            "office:annotation-end" => {
                let name = tag.get("office:name").unwrap_or_default().to_owned();
                self.mark(Piece::End(Mark::Comment(name)));
            }
            "text:change" | "text:change-start" | "text:change-end" => self.change(tag),
            _ => {}
        }
        Frame::Plain
    }

    fn table(&mut self, tag: &Tag) -> Frame {
        match tag.name.as_str() {
            "table:table" => {
                self.tables.push(Table { number: self.table_count, row: 0, column: 0, filled: false });
                self.table_count += 1;
                Frame::Table
            }
            "table:table-row" => {
                if let Some(table) = self.tables.last_mut() {
                    table.column = 0;
                }
                Frame::Row
            }
            "table:table-cell" | "table:covered-table-cell" => {
                if let Some(table) = self.tables.last_mut() {
                    table.filled = tag.name == "table:covered-table-cell";
                }
                Frame::Cell { columns: tag.number("table:number-columns-repeated").unwrap_or(1).min(1000) }
            }
            _ => Frame::Plain,
        }
    }

    fn open_body(&mut self, tag: &Tag) {
        self.paged = tag.get("text:use-soft-page-breaks") == Some("true");
        if self.paged {
            let at = self.writer.out.position();
            self.writer.out.page(at, 1);
        }
    }

    fn open_comment(&mut self, tag: &Tag) -> Frame {
        let name = tag.get("office:name").unwrap_or_default().to_owned();
        self.mark(Piece::Start(Mark::Comment(name.clone())));
        self.comments.push(Comment { name, author: None, paragraphs: Vec::new() });
        Frame::Comment
    }

    /// Elements whose text is no text of the document.
    fn is_left_out(&mut self, name: &str) -> bool {
        let counted = match name {
            "draw:image" => Some("pictures"),
            "draw:object" | "draw:object-ole" | "draw:plugin" => Some("embedded objects"),
            "office:forms" => Some("forms"),
            "text:hidden-text" | "text:hidden-paragraph" => Some("hidden words"),
            _ => None,
        };
        if let Some(what) = counted {
            self.writer.out.left_out(what);
        }
        let sources = name.starts_with("text:") && (name.ends_with("-source") || name.ends_with("-decls"));
        let other = [
            "svg:title",
            "svg:desc",
            "office:binary-data",
            "office:scripts",
            "office:settings",
            "office:meta",
            "office:event-listeners",
            "dc:date",
            "meta:creator-initials",
            "meta:date-string",
            "text:ruby-text",
            "text:label",
            "style:header-style",
            "style:footer-style",
        ];
        counted.is_some() || sources || other.contains(&name)
    }

    /// Elements that define styles.
    fn style(&mut self, tag: &Tag) -> Option<Frame> {
        let owned = |name: &str| tag.get(name).unwrap_or_default().to_owned();
        match tag.name.as_str() {
            "style:style" => {
                let (family, name) = (owned("style:family"), owned("style:name"));
                self.styles.named.insert((family.clone(), name.clone()), Style::new(tag));
                Some(Frame::Style(family, name))
            }
            "style:text-properties" | "style:paragraph-properties" => {
                if let Some(Frame::Style(family, name)) = self.frames.last()
                    && let Some(style) = self.styles.named.get_mut(&(family.clone(), name.clone()))
                {
                    style.properties(tag);
                }
                Some(Frame::Plain)
            }
            "text:list-style" => {
                self.styles.lists.insert(owned("style:name"), Vec::new());
                Some(Frame::ListStyle(owned("style:name")))
            }
            "text:outline-style" => {
                self.styles.outline.clear();
                Some(Frame::Outline)
            }
            name if name.starts_with("text:list-level-style-") || name == "text:outline-level-style" => {
                let levels = match self.frames.last() {
                    Some(Frame::ListStyle(name)) => self.styles.lists.get_mut(name),
                    Some(Frame::Outline) => Some(&mut self.styles.outline),
                    _ => None,
                };
                if let Some(levels) = levels.filter(|levels| levels.len() < 32) {
                    levels.push(Level::new(tag));
                }
                Some(Frame::Plain)
            }
            _ => None,
        }
    }

    fn end(&mut self, frame: Frame) {
        match frame {
            Frame::Paragraph(outer) => {
                self.look = outer;
                self.close_paragraph();
            }
            Frame::Span(outer) => {
                self.look = outer;
                self.run += 1;
            }
            Frame::List => self.lists.close(),
            Frame::Table => {
                self.tables.pop();
            }
            Frame::Row => {
                if let Some(table) = self.tables.last_mut() {
                    table.row += 1;
                }
            }
            Frame::Cell { columns } => {
                // A cell without words is still a cell: a label may stand beside it.
                let Some(table) = self.tables.last_mut() else { return };
                let (number, row, column) = (table.number, table.row, table.column);
                table.column = column.saturating_add(columns);
                if !table.filled {
                    self.route(Paragraph::new(BlockKind::TableCell { table: number, row, column }));
                }
            }
            Frame::Placeholder => self.mark(Piece::End(Mark::Placeholder)),
            _ => {}
        }
    }
}
