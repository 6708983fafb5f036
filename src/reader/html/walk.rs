//! From tags to paragraphs, with a stack of open elements and no tree.

use super::super::flow::{Paragraph, Piece, Type, Writer};
use super::super::numeral::Numeral;
use super::super::{Limits, ReadError};
use super::parts::{is_furniture, is_main, special_kind};
use super::style::{Declared, Marker, Sheet};
use super::token::{Tag, Token, Tokens};
use crate::document::{BlockKind, Document, DocumentBuilder, Format};

/// A page whose main part has fewer words than this share of all keeps its other parts too.
const MAIN_SHARE: usize = 4;

/// Elements without content.
const VOID: [&str; 14] =
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"];

/// Elements that stand on lines of their own; all others, unknown ones too, are parts of a line.
const BLOCK: [&str; 44] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "center",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "html",
    "legend",
    "li",
    "main",
    "menu",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "td",
    "th",
    "title",
    "tr",
    "ul",
];

/// An open element.
#[derive(Debug)]
struct Open {
    name: String,
    look: Type,
    centered: bool,
    /// Nothing within is text of the document.
    skip: bool,
    /// Within the page's main part.
    main: bool,
    preformatted: bool,
    deleted: bool,
    inserted: bool,
    kind: Option<BlockKind>,
    outline: Option<u8>,
    list: Option<List>,
    table: Option<Table>,
}

/// An open list.
#[derive(Debug)]
struct List {
    numeral: Option<Numeral>,
    marker: bool,
    next: u32,
}

/// An open table.
#[derive(Debug)]
struct Table {
    number: u32,
    row: Option<u32>,
    column: u32,
    width: u32,
    filled: bool,
    /// For each column in how many further rows a cell from above stands.
    spans: Vec<u32>,
}

/// Walks a page.
pub(super) struct Walker<'a> {
    limits: &'a Limits,
    out: DocumentBuilder,
    sheet: Sheet,
    open: Vec<Open>,
    paragraph: Paragraph,
    /// The label of the list item that the next paragraph opens.
    label: Option<(String, u8)>,
    /// Finished paragraphs, and whether each stands in the page's main part.
    done: Vec<(Paragraph, bool)>,
    title: String,
    tables: u32,
    elements: usize,
}

impl<'a> Walker<'a> {
    pub fn new(limits: &'a Limits) -> Self {
        Self {
            limits,
            out: DocumentBuilder::packed(Format::Html),
            sheet: Sheet::default(),
            open: Vec::new(),
            paragraph: Paragraph::new(BlockKind::Paragraph),
            label: None,
            done: Vec::new(),
            title: String::new(),
            tables: 0,
            elements: 0,
        }
    }

    pub fn read(mut self, page: &str) -> Result<Document, ReadError> {
        for token in Tokens::new(page) {
            match token {
                Token::Open(tag) => self.start(&tag)?,
                Token::Close(name) => self.end(&name),
                Token::Text(text) => self.text(&text),
            }
        }
        while self.pop() {}
        self.end_paragraph();
        Ok(self.finish())
    }

    fn finish(mut self) -> Document {
        let words = |main: bool| {
            let parts = self.done.iter().filter(|(p, is_main)| (*is_main || !main) && !p.is_blank());
            parts.map(|(p, _)| p.words().split_whitespace().count()).sum::<usize>()
        };
        let main_only = words(true) * MAIN_SHARE >= words(false) && words(true) > 0;
        if !self.done.iter().any(|(p, _)| p.outline == Some(1)) {
            self.out.title(&self.title);
        }
        let mut writer = Writer::new(self.out);
        // As in the other formats, running heads and comments follow the body.
        let place = |(p, _): &(Paragraph, bool)| match p.kind {
            BlockKind::PageHeader | BlockKind::PageFooter => 1,
            BlockKind::Comment { .. } => 2,
            _ => 0,
        };
        self.done.sort_by_key(place);
        for (paragraph, main) in self.done {
            if main || !main_only {
                writer.paragraph(paragraph);
            } else if !paragraph.is_blank() {
                writer.out.left_out("paragraphs outside the page's main part");
            }
        }
        writer.out.finish()
    }

    fn start(&mut self, tag: &Tag<'_>) -> Result<(), ReadError> {
        self.elements += 1;
        if self.elements > self.limits.elements {
            let limit = self.limits.elements.to_string();
            return Err(ReadError::TooLarge { what: "the number of its HTML elements", limit });
        }
        let name = tag.name.as_str();
        self.close_implied(name);
        if VOID.contains(&name) {
            self.void(name);
            return Ok(());
        }
        if self.open.len() >= self.limits.depth {
            let limit = self.limits.depth.to_string();
            return Err(ReadError::TooLarge { what: "the depth of its HTML", limit });
        }
        if BLOCK.contains(&name) {
            self.end_paragraph();
        }
        let class = tag.get("class").unwrap_or_default();
        let inline = Declared::parse(&tag.get("style").unwrap_or_default());
        let declared = self.sheet.classes(name, &class).and(inline);
        let mut open = self.inherited(tag, &declared);
        open.skip |= declared.hidden || is_furniture(tag, &class, open.main);
        if open.skip && !self.skipping() && matches!(name, "svg" | "canvas" | "video" | "audio" | "object" | "iframe") {
            self.out.left_out("embedded objects");
        }
        self.structure(tag, &declared, &mut open);
        self.open.push(open);
        Ok(())
    }

    /// An element with what it has from the one around it and from its own name and style.
    fn inherited(&self, tag: &Tag<'_>, declared: &Declared) -> Open {
        let name = tag.name.as_str();
        let outer = self.open.last();
        let mut look = outer.map(|o| o.look).unwrap_or_default();
        let outline = match name.as_bytes() {
            [b'h', digit @ b'1'..=b'6'] => Some(digit - b'0'),
            _ => outer.filter(|_| !BLOCK.contains(&name)).and_then(|o| o.outline),
        };
        look.bold |= matches!(name, "b" | "strong" | "th") || matches!(name.as_bytes(), [b'h', b'1'..=b'6']);
        look.italic |= matches!(name, "i" | "em" | "cite" | "dfn" | "var");
        look.underlined |= matches!(name, "u");
        look.bold = declared.bold.unwrap_or(look.bold);
        look.italic = declared.italic.unwrap_or(look.italic);
        look.underlined = declared.underlined.unwrap_or(look.underlined);
        look.size = declared.size.or(look.size);
        let align = tag.get("align").map(|align| align.eq_ignore_ascii_case("center"));
        let centered = declared.centered.or(align).unwrap_or(name == "center" || outer.is_some_and(|o| o.centered));
        Open {
            name: name.to_owned(),
            look,
            centered,
            skip: outer.is_some_and(|o| o.skip),
            main: outer.is_some_and(|o| o.main) || is_main(tag),
            preformatted: name == "pre" || outer.is_some_and(|o| o.preformatted),
            deleted: name == "del" || outer.is_some_and(|o| o.deleted),
            inserted: name == "ins" || outer.is_some_and(|o| o.inserted),
            kind: special_kind(tag, declared).or_else(|| outer.and_then(|o| o.kind.clone())),
            outline,
            list: None,
            table: None,
        }
    }

    /// Lists, items, tables, rows and cells.
    fn structure(&mut self, tag: &Tag<'_>, declared: &Declared, open: &mut Open) {
        match tag.name.as_str() {
            "ol" | "ul" | "menu" => {
                let sample = tag.get("type").unwrap_or_default();
                let numeral = Numeral::of_sample(&sample).or((tag.name == "ol").then_some(Numeral::Decimal));
                let (numeral, marker) = match declared.marker {
                    Some(Marker::None) => (None, false),
                    Some(Marker::Bullet) => (None, true),
                    Some(Marker::Number(sample)) => (Numeral::of_sample(sample), true),
                    None => (numeral, true),
                };
                open.list = Some(List { numeral, marker, next: tag.number("start").unwrap_or(1) });
            }
            "li" => self.item(tag, declared),
            "table" => {
                let spans = Vec::new();
                let table = Table { number: self.tables, row: None, column: 0, width: 0, filled: true, spans };
                open.table = Some(table);
                self.tables += 1;
            }
            "tr" => {
                if let Some(table) = self.table() {
                    table.row = Some(table.row.map_or(0, |row| row + 1));
                    (table.column, table.width) = (0, 0);
                }
            }
            "td" | "th" => self.cell(tag),
            _ => {}
        }
    }

    fn item(&mut self, tag: &Tag<'_>, declared: &Declared) {
        let depth = self.open.iter().filter(|o| o.list.is_some()).count();
        let Some(list) = self.open.iter_mut().rev().find_map(|o| o.list.as_mut()) else { return };
        let number = tag.number("value").unwrap_or(list.next);
        list.next = number.saturating_add(1);
        if list.marker && declared.marker != Some(Marker::None) {
            let text = list.numeral.map_or("•".to_owned(), |numeral| format!("{}.", numeral.write(number)));
            self.label = Some((text, u8::try_from(depth.saturating_sub(1)).unwrap_or(u8::MAX)));
        }
    }

    fn cell(&mut self, tag: &Tag<'_>) {
        let columns = tag.number("colspan").unwrap_or(1).clamp(1, 100);
        let rows = tag.number("rowspan").unwrap_or(1).clamp(1, 10_000);
        let Some(table) = self.table() else { return };
        table.row.get_or_insert(0);
        table.column += table.width;
        while let Some(span) = table.spans.get_mut(table.column as usize).filter(|span| **span > 0) {
            *span -= 1;
            table.column += 1;
        }
        (table.width, table.filled) = (columns, false);
        let end = (table.column + columns) as usize;
        if rows > 1 && end < 1000 {
            table.spans.resize(table.spans.len().max(end), 0);
            table.spans[table.column as usize..end].fill(rows - 1);
        }
    }

    fn table(&mut self) -> Option<&mut Table> {
        self.open.iter_mut().rev().find_map(|o| o.table.as_mut())
    }

    fn void(&mut self, name: &str) {
        if self.skipping() {
            return;
        }
        match name {
            "br" => self.put("\n"),
            "img" => self.out.left_out("pictures"),
            "hr" => self.end_paragraph(),
            _ => {}
        }
    }

    /// Closes what the start of an element ends without a tag: paragraphs, items, cells, rows.
    fn close_implied(&mut self, name: &str) {
        let (ends, within): (&[&str], &[&str]) = match name {
            "li" => (&["li"], &["ul", "ol", "menu"]),
            "dt" | "dd" => (&["dt", "dd"], &["dl"]),
            "td" | "th" => (&["td", "th"], &["tr", "table"]),
            "tr" => (&["tr"], &["table"]),
            "thead" | "tbody" | "tfoot" => (&["thead", "tbody", "tfoot"], &["table"]),
            "option" => (&["option"], &["select"]),
            _ if !BLOCK.contains(&name) => return,
            _ => (&["p"], &["td", "th", "li", "table", "blockquote", "div", "body"]),
        };
        let inner =
            self.open.iter().rposition(|o| ends.contains(&o.name.as_str()) || within.contains(&o.name.as_str()));
        if let Some(at) = inner
            && ends.contains(&self.open[at].name.as_str())
        {
            while self.open.len() > at && self.pop() {}
        }
    }

    fn end(&mut self, name: &str) {
        if name == "br" {
            return self.void("br");
        }
        let cells = ["table", "tr", "td", "th", "tbody", "thead", "tfoot", "body", "html"];
        for at in (0..self.open.len()).rev() {
            if self.open[at].name == name {
                while self.open.len() > at && self.pop() {}
                return;
            }
            // A stray end tag in a cell closes nothing outside.
            if matches!(self.open[at].name.as_str(), "td" | "th" | "table") && !cells.contains(&name) {
                return;
            }
        }
    }

    fn pop(&mut self) -> bool {
        let Some(last) = self.open.last() else { return false };
        if BLOCK.contains(&last.name.as_str()) {
            self.end_paragraph();
        }
        let Some(open) = self.open.pop() else { return false };
        match open.name.as_str() {
            "td" | "th" => self.end_cell(open.skip, open.main),
            "li" => self.label = None,
            _ => {}
        }
        true
    }

    /// A cell without words is still a cell: a label may stand beside it.
    fn end_cell(&mut self, skip: bool, main: bool) {
        let Some(table) = self.table() else { return };
        if !table.filled && !skip {
            table.filled = true;
            let kind = BlockKind::TableCell { table: table.number, row: table.row.unwrap_or(0), column: table.column };
            self.done.push((Paragraph::new(kind), main));
        }
    }

    fn skipping(&self) -> bool {
        self.open.last().is_some_and(|o| o.skip)
    }

    fn text(&mut self, text: &str) {
        match self.open.last() {
            Some(open) if open.name == "style" => self.sheet.add(text),
            Some(open) if open.name == "title" && !open.skip => {
                if self.title.is_empty() {
                    self.title = text.split_whitespace().collect::<Vec<_>>().join(" ");
                }
            }
            Some(open) if open.skip => {}
            _ => self.paragraph_text(text),
        }
    }

    fn paragraph_text(&mut self, text: &str) {
        let preformatted = self.open.last().is_some_and(|o| o.preformatted);
        let mut words = String::with_capacity(text.len());
        let mut after_space = self.paragraph.last().is_none_or(|c| c == ' ' || c == '\n');
        for c in text.chars() {
            let space = matches!(c, ' ' | '\t' | '\r' | '\n' | '\x0c');
            if !space || preformatted {
                words.push(c);
            } else if !after_space {
                words.push(' ');
            }
            after_space = space;
        }
        self.put(&words);
    }

    fn put(&mut self, words: &str) {
        let (look, deleted, inserted) =
            self.open.last().map_or((Type::default(), false, false), |o| (o.look, o.deleted, o.inserted));
        if deleted {
            self.paragraph.pieces.push(Piece::Deleted(words.to_owned()));
        } else {
            self.paragraph.text(words, look, None, inserted);
        }
    }

    /// Ends the paragraph and says what it is by where it stands.
    fn end_paragraph(&mut self) {
        if self.paragraph.pieces.is_empty() {
            return;
        }
        let mut paragraph = std::mem::replace(&mut self.paragraph, Paragraph::new(BlockKind::Paragraph));
        let (mut main, mut in_cell) = (false, false);
        if let Some(open) = self.open.last() {
            (main, paragraph.centered, paragraph.outline) = (open.main, open.centered, open.outline);
            paragraph.kind = open.kind.clone().unwrap_or(BlockKind::Paragraph);
            in_cell = self
                .open
                .iter()
                .rev()
                .find(|o| matches!(o.name.as_str(), "td" | "th" | "table"))
                .is_some_and(|o| o.name != "table");
        }
        if !paragraph.is_blank() {
            if let Some((label, level)) = self.label.take() {
                paragraph.label = Some(label);
                if paragraph.kind == BlockKind::Paragraph {
                    paragraph.kind = BlockKind::ListItem { level };
                }
            }
            let plain = matches!(paragraph.kind, BlockKind::Paragraph | BlockKind::ListItem { .. });
            if in_cell
                && plain
                && let Some(table) = self.table()
            {
                table.filled = true;
                let row = table.row.unwrap_or(0);
                paragraph.kind = BlockKind::TableCell { table: table.number, row, column: table.column };
            }
        }
        self.done.push((paragraph, main));
    }
}
