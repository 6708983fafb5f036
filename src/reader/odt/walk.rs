//! The walk over an OpenDocument part: elements to paragraphs.

use super::super::flow::{Mark, Paragraph, Piece, Type, Writer};
use super::super::xml::{Item, Tag, Xml};
use super::super::{Limits, ReadError};
use super::FORMAT;
use super::lists::Lists;
use super::styles::{Level, Style, Styles};
use crate::document::{BlockKind, Document, DocumentBuilder, Origin};
use std::collections::{HashMap, HashSet};
use std::ops::Range;

/// A run of spaces is written as a count; so many are believed in one document.
const MOST_SPACES: u32 = 1_000_000;

/// What an open element means for what stands in it.
#[derive(Debug)]
enum Frame {
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
struct Table {
    number: u32,
    row: u32,
    column: u32,
    /// Whether the present cell has words.
    filled: bool,
}

/// A comment that waits for the end of the document, where its anchor is known.
#[derive(Debug)]
struct Comment {
    name: String,
    author: Option<String>,
    paragraphs: Vec<Paragraph>,
}

/// Collects a document from its parts.
pub(super) struct Walker<'a> {
    writer: Writer,
    limits: &'a Limits,
    styles: Styles,
    lists: Lists,
    frames: Vec<Frame>,
    /// Paragraphs that are open, the outermost first.
    open: Vec<Paragraph>,
    /// Paragraphs that ended within an open one and follow it.
    pending: Vec<Paragraph>,
    comments: Vec<Comment>,
    tables: Vec<Table>,
    table_count: u32,
    /// Changed regions: the words if it is a deletion.
    changes: HashMap<String, Option<String>>,
    inserting: usize,
    look: Type,
    part: u16,
    paragraph: u32,
    run: u32,
    page: u32,
    /// Whether the document marks where its pages end.
    paged: bool,
    spaces_left: u32,
    /// Running heads so far: every page style repeats them.
    heads: HashSet<String>,
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
            heads: HashSet::new(),
        }
    }

    /// Walks one part of the package.
    pub fn part(&mut self, name: &str, text: &str) -> Result<(), ReadError> {
        self.part = self.writer.out.part(name);
        self.paragraph = 0;
        let mut xml = Xml::new(text, FORMAT, self.limits);
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

    /// The document, comments last.
    pub fn finish(mut self) -> Document {
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
        let name = tag.name.as_str();
        Ok(Some(match name {
            "text:p" | "text:h" => self.open_paragraph(tag),
            "text:span" => {
                let style = tag.get("text:style-name");
                if self.styles.find("text", style, |s| s.hidden) == Some(true) {
                    self.writer.out.left_out("hidden words");
                    xml.skip()?;
                    return Ok(None);
                }
                let outer = self.look;
                self.look = self.styles.apply(outer, "text", style);
                self.run += 1;
                Frame::Span(outer)
            }
            "text:s" | "text:tab" | "text:line-break" | "text:soft-page-break" => {
                self.blank(tag);
                Frame::Plain
            }
            "text:list" => {
                self.lists.open(tag);
                Frame::List
            }
            "text:list-item" => {
                self.lists.item(tag);
                Frame::Plain
            }
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
                    table.filled = name == "table:covered-table-cell";
                }
                Frame::Cell { columns: tag.number("table:number-columns-repeated").unwrap_or(1).min(1000) }
            }
            "text:note" => Frame::Note { label: None },
            "text:note-citation" => {
                let words = xml.words()?;
                if let Some(Frame::Note { label }) = self.frames.last_mut() {
                    *label = Some(words.trim().to_owned());
                }
                return Ok(None);
            }
            "draw:text-box" | "draw:custom-shape" | "draw:rect" | "draw:ellipse" => Frame::Flow(BlockKind::TextBox),
            "style:header" | "style:header-first" | "style:header-left" => Frame::Flow(BlockKind::PageHeader),
            "style:footer" | "style:footer-first" | "style:footer-left" => Frame::Flow(BlockKind::PageFooter),
            "text:table-of-content" | "text:alphabetical-index" | "text:illustration-index" | "text:table-index" => {
                Frame::Flow(BlockKind::Contents)
            }
            "text:section" if tag.get("text:display") == Some("none") => Frame::Flow(BlockKind::Hidden),
            "office:text" => {
                self.paged = tag.get("text:use-soft-page-breaks") == Some("true");
                if self.paged {
                    let at = self.writer.out.position();
                    self.writer.out.page(at, 1);
                }
                Frame::Plain
            }
            "office:annotation" => {
                let name = tag.get("office:name").unwrap_or_default().to_owned();
                self.mark(Piece::Start(Mark::Comment(name.clone())));
                self.comments.push(Comment { name, author: None, paragraphs: Vec::new() });
                Frame::Comment
            }
            "office:annotation-end" => {
                let name = tag.get("office:name").unwrap_or_default().to_owned();
                self.mark(Piece::End(Mark::Comment(name)));
                Frame::Plain
            }
            "text:tracked-changes" => {
                self.tracked_changes(xml)?;
                return Ok(None);
            }
            "text:change" | "text:change-start" | "text:change-end" => {
                self.change(tag);
                Frame::Plain
            }
            "text:placeholder" => self.open_placeholder(),
            "loext:content-control" if tag.get("loext:showing-place-holder") == Some("true") => self.open_placeholder(),
            "text:text-input" => {
                let words = xml.words()?;
                self.text_input(&words, tag.get("text:description").unwrap_or_default());
                return Ok(None);
            }
            "dc:creator" => {
                let words = xml.words()?;
                if let (Some(Frame::Comment), Some(comment)) = (self.frames.last(), self.comments.last_mut()) {
                    comment.author = Some(words.trim().to_owned()).filter(|name| !name.is_empty());
                }
                return Ok(None);
            }
            _ if self.is_left_out(name) => {
                xml.skip()?;
                return Ok(None);
            }
            _ => Frame::Plain,
        }))
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

    /// The kind of a paragraph at this place, lists aside.
    fn kind(&self) -> BlockKind {
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

    fn open_paragraph(&mut self, tag: &Tag) -> Frame {
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

    fn close_paragraph(&mut self) {
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
            BlockKind::PageHeader | BlockKind::PageFooter if !self.heads.insert(paragraph.words()) => return,
            _ => {}
        }
        self.route(paragraph);
    }

    /// Writes a paragraph, or keeps it until the one around it is written.
    fn route(&mut self, paragraph: Paragraph) {
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
    fn mark(&mut self, piece: Piece) {
        match self.open.last_mut() {
            Some(paragraph) => paragraph.pieces.push(piece),
            None => self.writer.paragraph(Paragraph { pieces: vec![piece], ..Paragraph::new(BlockKind::Paragraph) }),
        }
    }

    fn text(&mut self, text: &str, bytes: Option<Range<u32>>) {
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
    fn blank(&mut self, tag: &Tag) {
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

    fn open_placeholder(&mut self) -> Frame {
        self.mark(Piece::Start(Mark::Placeholder));
        Frame::Placeholder
    }

    /// LibreOffice turns Word's content controls into input fields and keeps their prompt as text.
    fn text_input(&mut self, words: &str, prompt: &str) {
        let unfilled = words.starts_with("Click or tap") || words.starts_with("Click here") || words == prompt;
        if unfilled {
            self.mark(Piece::Start(Mark::Placeholder));
        }
        self.text(words, None);
        if unfilled {
            self.mark(Piece::End(Mark::Placeholder));
        }
    }

    /// Reads the list of tracked changes; what was deleted stands there and nowhere else.
    fn tracked_changes(&mut self, xml: &mut Xml<'_>) -> Result<(), ReadError> {
        let (mut depth, mut id) = (1usize, String::new());
        while depth > 0 {
            match xml.next()? {
                Some(Item::Start(tag)) => {
                    depth += 1;
                    match tag.name.as_str() {
                        "text:changed-region" => {
                            id = tag.get("xml:id").or(tag.get("text:id")).unwrap_or_default().to_owned();
                        }
                        "text:insertion" => drop(self.changes.insert(id.clone(), None)),
                        "text:deletion" => drop(self.changes.insert(id.clone(), Some(String::new()))),
                        "office:change-info" | "office:annotation" => {
                            xml.skip()?;
                            depth -= 1;
                        }
                        "text:p" | "text:h" => self.deleted_words(&id, "\n"),
                        "text:s" | "text:tab" | "text:line-break" => self.deleted_words(&id, " "),
                        _ => {}
                    }
                }
                Some(Item::End) => depth -= 1,
                Some(Item::Text(text, _)) => self.deleted_words(&id, &text),
                None => break,
            }
        }
        Ok(())
    }

    fn deleted_words(&mut self, id: &str, text: &str) {
        if let Some(Some(words)) = self.changes.get_mut(id)
            && !(words.is_empty() && text == "\n")
        {
            words.push_str(text);
        }
    }

    fn change(&mut self, tag: &Tag) {
        let Some(change) = tag.get("text:change-id").and_then(|id| self.changes.get(id)) else { return };
        match (tag.name.as_str(), change) {
            ("text:change", Some(words)) => {
                let piece = Piece::Deleted(words.trim().to_owned());
                self.mark(piece);
            }
            ("text:change-start", None) => self.inserting += 1,
            ("text:change-end", None) => self.inserting = self.inserting.saturating_sub(1),
            _ => {}
        }
    }
}
