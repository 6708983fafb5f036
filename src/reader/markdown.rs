//! Markdown: CommonMark with tables, footnotes, task lists and front matter. Spans point into the file itself.

mod block;
mod html;

use super::{Limits, ReadError, encoding};
use crate::document::{BlockKind, Document, DocumentBuilder, Draft, Format, Look, Span};
use block::Open;
use pulldown_cmark::{CowStr, Event, HeadingLevel, MetadataBlockKind, Options, Parser, Tag, TagEnd};
use std::ops::Range;

/// Reads a Markdown file.
///
/// # Errors
/// The file is empty, blank or too large.
pub fn read(bytes: &[u8], limits: &Limits) -> Result<Document, ReadError> {
    let decoded = encoding::decode(bytes, limits)?;
    let text = decoded.text;
    let mut reader = Reader::new(&text);
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    for (event, range) in Parser::new_ext(&text[start..], options()).into_offset_iter() {
        reader.event(event, range.start + start..range.end + start);
    }
    let (drafts, title, pictures) = reader.finish();
    let mut builder = DocumentBuilder::over(Format::Markdown, text);
    drafts.into_iter().for_each(|draft| builder.block(draft));
    if let Some(title) = title {
        builder.title(&title);
    }
    (0..pictures).for_each(|_| builder.left_out("pictures"));
    if let Some(remark) = decoded.remark {
        builder.remark(remark);
    }
    Ok(builder.finish())
}

fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
}

/// An open list: the number of its next item, if it counts.
struct List {
    next: Option<u64>,
}

/// Where in a table the reader stands.
#[derive(Default)]
struct Table {
    count: u32,
    row: u32,
    column: u32,
}

struct Reader<'t> {
    text: &'t str,
    drafts: Vec<Draft>,
    open: Option<Open>,
    lists: Vec<List>,
    /// The marker that the next block of an item takes.
    label: Option<String>,
    /// Where the present list item starts, until its first block takes its place.
    item_start: Option<usize>,
    footnote: Option<String>,
    table: Table,
    bold: usize,
    italic: usize,
    pictures: usize,
    picture_depth: usize,
    metadata: bool,
    title: Option<String>,
}

impl<'t> Reader<'t> {
    fn new(text: &'t str) -> Self {
        Self {
            text,
            drafts: Vec::new(),
            open: None,
            lists: Vec::new(),
            label: None,
            item_start: None,
            footnote: None,
            table: Table::default(),
            bold: 0,
            italic: 0,
            pictures: 0,
            picture_depth: 0,
            metadata: false,
            title: None,
        }
    }

    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag, &range),
            Event::Text(words) if self.metadata => self.front_matter(&words, &range),
            Event::Text(_) => self.words(range),
            Event::Code(words) => self.code(&words, &range),
            Event::InlineHtml(html) => self.inline_html(&html, range),
            Event::TaskListMarker(ticked) => self.box_to_tick(ticked),
            Event::Html(_)
            | Event::SoftBreak
            | Event::HardBreak
            | Event::Rule
            | Event::FootnoteReference(_)
            | Event::InlineMath(_)
            | Event::DisplayMath(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        match tag {
            Tag::Paragraph | Tag::CodeBlock(_) => self.open(self.running_kind(), range.start),
            Tag::HtmlBlock => self.html(&range),
            Tag::Heading { level, .. } => self.open_heading(level, range.start),
            Tag::List(next) => {
                self.close();
                self.lists.push(List { next });
            }
            Tag::Item => self.item(&range),
            Tag::FootnoteDefinition(name) => {
                self.close();
                self.label = Some(name.to_string());
                self.footnote = Some(name.to_string());
            }
            Tag::TableHead => self.table = Table { row: 0, column: 0, ..self.table },
            Tag::TableCell => self.open_cell(range.start),
            Tag::Strong => self.bold += 1,
            Tag::Emphasis => self.italic += 1,
            Tag::Image { .. } => {
                self.pictures += 1;
                self.picture_depth += 1;
            }
            Tag::MetadataBlock(MetadataBlockKind::YamlStyle) => self.metadata = true,
            Tag::Table(_) => self.close(),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, range: &Range<usize>) {
        match tag {
            TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::CodeBlock | TagEnd::HtmlBlock | TagEnd::Item => {
                self.close();
            }
            TagEnd::List(_) => {
                self.close();
                self.lists.pop();
            }
            TagEnd::FootnoteDefinition => {
                self.close();
                self.footnote = None;
                self.label = None;
            }
            TagEnd::TableHead | TagEnd::TableRow => {
                self.table.row += 1;
                self.table.column = 0;
            }
            TagEnd::TableCell => {
                self.close_cell(range);
                self.table.column += 1;
            }
            TagEnd::Table => self.table.count += 1,
            TagEnd::Strong => self.bold = self.bold.saturating_sub(1),
            TagEnd::Emphasis => self.italic = self.italic.saturating_sub(1),
            TagEnd::Image => self.picture_depth = self.picture_depth.saturating_sub(1),
            TagEnd::MetadataBlock(_) => self.metadata = false,
            _ => {}
        }
    }

    fn running_kind(&self) -> BlockKind {
        if self.footnote.is_some() {
            return BlockKind::Footnote;
        }
        match self.lists.len() {
            0 => BlockKind::Paragraph,
            depth => BlockKind::ListItem { level: u8::try_from(depth - 1).unwrap_or(u8::MAX) },
        }
    }

    fn open(&mut self, kind: BlockKind, start: usize) {
        self.close();
        let start = self.item_start.take().unwrap_or(start);
        self.open = Some(Open::new(kind, start, self.label.take()));
    }

    fn open_heading(&mut self, level: HeadingLevel, start: usize) {
        self.open(self.running_kind(), start);
        if let Some(open) = &mut self.open {
            open.outline = Some(level as u8);
        }
    }

    fn open_cell(&mut self, start: usize) {
        let Table { count, row, column } = self.table;
        self.open(BlockKind::TableCell { table: count, row, column }, start);
    }

    /// An item's marker is rendered as the page would show it: lists count on from their first number.
    fn item(&mut self, range: &Range<usize>) {
        self.close();
        let Some(list) = self.lists.last_mut() else { return };
        self.item_start = Some(range.start);
        self.label = Some(match &mut list.next {
            None => "•".to_owned(),
            Some(number) => {
                let shown = *number;
                *number = number.saturating_add(1);
                let marker = &self.text[range.clone()];
                let close = marker.trim_start_matches(|c: char| c.is_ascii_digit()).starts_with(')');
                format!("{shown}{}", if close { ')' } else { '.' })
            }
        });
    }

    /// `- [x]`: the box is the item's marker.
    fn box_to_tick(&mut self, ticked: bool) {
        let marker = if ticked { "[x]" } else { "[ ]" }.to_owned();
        match &mut self.open {
            Some(open) => open.label = Some(marker),
            None => self.label = Some(marker),
        }
    }

    fn words(&mut self, range: Range<usize>) {
        if self.picture_depth > 0 || range.is_empty() {
            return;
        }
        if self.open.is_none() {
            self.open(self.running_kind(), range.start);
        }
        if let Some(open) = &mut self.open {
            open.push(Span::new(range.start, range.end), self.bold > 0, self.italic > 0);
        }
    }

    /// A code span's range has its backticks in it; the words are what lies between.
    fn code(&mut self, words: &CowStr<'_>, range: &Range<usize>) {
        let slice = &self.text[range.clone()];
        let ticks = slice.len() - slice.trim_start_matches('`').len();
        let inner = slice.get(ticks..slice.len().saturating_sub(ticks)).unwrap_or_default();
        if !words.trim().is_empty() {
            self.words(range.start + ticks..range.start + ticks + inner.len());
        }
    }

    /// A block of HTML, taken whole: its lines arrive one by one, and a comment may run over several.
    fn html(&mut self, range: &Range<usize>) {
        self.close();
        for part in html::parts(self.text, range.clone()) {
            match part {
                html::Part::Words(span) => self.words(span.start..span.end),
                html::Part::Comment(span) => self.drafts.push(Draft::new(BlockKind::Hidden, span)),
            }
        }
    }

    fn inline_html(&mut self, html: &str, range: Range<usize>) {
        if html.starts_with("<!--") {
            self.drafts.push(Draft::new(BlockKind::Hidden, Span::new(range.start, range.end)));
        }
    }

    fn front_matter(&mut self, words: &str, range: &Range<usize>) {
        self.drafts.push(Draft::new(BlockKind::Hidden, Span::new(range.start, range.end)));
        let title = words.lines().find_map(|line| line.strip_prefix("title:"));
        if let Some(title) = title {
            self.title = Some(title.trim().trim_matches(['"', '\'']).to_owned());
        }
    }

    fn close(&mut self) {
        if let Some(draft) = self.open.take().and_then(|open| open.close(self.text)) {
            self.drafts.push(draft);
        }
    }

    /// A cell is kept when it is empty: a row with a label and no entry tells something.
    fn close_cell(&mut self, range: &Range<usize>) {
        let Some(open) = self.open.take() else { return };
        let kind = open.kind.clone();
        self.drafts.push(open.close(self.text).unwrap_or_else(|| {
            let span = Span::new(range.start, range.start);
            Draft { pieces: Vec::new(), look: Look::default(), ..Draft::new(kind, span) }
        }));
    }

    /// The drafts in the order in which they start: a comment inside a paragraph comes after it.
    fn finish(mut self) -> (Vec<Draft>, Option<String>, usize) {
        self.close();
        self.drafts.sort_by_key(|draft| draft.span.start);
        (self.drafts, self.title, self.pictures)
    }
}
