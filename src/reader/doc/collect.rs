//! From characters and their properties to paragraphs.

use super::super::Limits;
use super::super::flow::{Paragraph, Piece, Writer};
use super::super::stream::Flow;
use super::binary::Binary;
use super::header::{Header, Story, Structure};
use super::lists::Lists;
use super::pieces::Pieces;
use super::properties::{Character, ParagraphProperties, merged_cells};
use super::runs::{self, Run, Runs};
use super::styles::{self, Style};
use crate::document::{BlockKind, Document, DocumentBuilder, Format};
use std::ops::Range;

/// Notes or comments: where each is marked in the body and where its words stand.
#[derive(Debug, Default)]
struct Asides {
    marks: Vec<u32>,
    texts: Vec<(u32, u32)>,
}

/// Collects a document.
pub(super) struct Collector<'a> {
    header: Header<'a>,
    table: Binary<'a>,
    pieces: &'a Pieces<'a>,
    characters: Vec<Run<'a>>,
    paragraphs: Vec<Run<'a>>,
    styles: Vec<Style>,
    lists: Lists,
    writer: Writer,
    tables: u32,
    limits: &'a Limits,
    /// Characters that may still be read, so that stories named twice end.
    left: usize,
    /// Bytes of the file for which `look` holds.
    run: Range<u32>,
    look: Character,
}

impl<'a> Collector<'a> {
    pub fn new(
        header: Header<'a>,
        word: Binary<'a>,
        table: Binary<'a>,
        pieces: &'a Pieces<'a>,
        limits: &'a Limits,
    ) -> Self {
        let structure = |which| header.structure(table, which);
        Self {
            header,
            table,
            pieces,
            characters: runs::read(word, structure(Structure::CharacterPages), Runs::Characters),
            paragraphs: runs::read(word, structure(Structure::ParagraphPages), Runs::Paragraphs),
            styles: styles::read(structure(Structure::Styles)),
            lists: Lists::new(table, header.place(Structure::Lists), list_uses(header, table)),
            writer: Writer::new(DocumentBuilder::packed(Format::Doc)),
            tables: 0,
            limits,
            left: word.0.len().saturating_mul(2),
            run: 0..0,
            look: Character::default(),
        }
    }

    /// The body with its notes, boxes, running heads, comments.
    pub fn document(mut self) -> Document {
        let footnotes = self.asides(Structure::FootnoteMarks, 2, Structure::FootnoteTexts, Story::Footnotes);
        let endnotes = self.asides(Structure::EndnoteMarks, 2, Structure::EndnoteTexts, Story::Endnotes);
        let (start, end) = self.header.story(Story::Main);
        let body = self.flow(BlockKind::Paragraph, start, end, &[footnotes, endnotes]);
        self.write(body);
        let (start, end) = self.header.story(Story::Boxes);
        let boxes = self.flow(BlockKind::TextBox, start, end, &[]);
        self.write(boxes);
        self.heads();
        self.comments();
        self.writer.out.finish()
    }

    fn write(&mut self, paragraphs: Vec<Paragraph>) {
        paragraphs.into_iter().for_each(|paragraph| self.writer.paragraph(paragraph));
    }

    fn asides(&self, marks: Structure, size: usize, texts: Structure, story: Story) -> Asides {
        let base = self.header.story(story).0;
        let marks = self.header.structure(self.table, marks).positions(size);
        let ends = self.header.structure(self.table, texts).positions(0);
        let text = |pair: &[u32]| (base.saturating_add(pair[0]), base.saturating_add(pair[1]));
        Asides { texts: ends.windows(2).map(text).take(marks.len().saturating_sub(1)).collect(), marks }
    }

    /// Running heads: six separators, then six stories for each section.
    fn heads(&mut self) {
        let base = self.header.story(Story::Headers).0;
        let ends = self.header.structure(self.table, Structure::HeaderTexts).positions(0);
        for (i, pair) in ends.windows(2).enumerate().skip(6) {
            let kind = if matches!(i % 6, 0 | 1 | 4) { BlockKind::PageHeader } else { BlockKind::PageFooter };
            let head = self.flow(kind, base.saturating_add(pair[0]), base.saturating_add(pair[1]), &[]);
            head.into_iter().for_each(|paragraph| self.writer.head(paragraph));
        }
        self.writer.heads();
    }

    fn comments(&mut self) {
        const MARK: usize = 30;
        let comments = self.asides(Structure::CommentMarks, MARK, Structure::CommentTexts, Story::Comments);
        let marks = self.header.structure(self.table, Structure::CommentMarks);
        let authors = authors(self.header.structure(self.table, Structure::CommentAuthors));
        let data = comments.marks.len() * 4;
        for (i, (start, end)) in comments.texts.into_iter().enumerate() {
            let author = marks.u16(data + i * MARK + 20).and_then(|at| authors.get(usize::from(at)).cloned());
            let kind = BlockKind::Comment { author: None, anchor: None };
            let words = self.flow(kind, start, end, &[]);
            self.writer.comment(author, "", words);
        }
    }

    /// The paragraphs of a stretch of characters; each aside follows the paragraph that it is marked in.
    fn flow(&mut self, kind: BlockKind, start: u32, end: u32, asides: &[Asides]) -> Vec<Paragraph> {
        let mut flow = Flow::new(kind);
        let mut next = vec![0; asides.len()];
        let mut text = Text::default();
        let pieces = self.pieces;
        for (position, offset, unit) in pieces.characters(start, end).take(self.left) {
            self.left = self.left.saturating_sub(1);
            let character = self.character(offset);
            match unit {
                0x0d | 0x07 | 0x0c | 0x0e => {
                    text.flush(&mut flow);
                    self.end_paragraph(&mut flow, unit, offset);
                    for (asides, next) in asides.iter().zip(&mut next) {
                        self.take_asides(&mut flow, asides, next, position);
                    }
                }
                _ => text.take(unit, character, &mut flow, &mut self.writer),
            }
        }
        text.flush(&mut flow);
        flow.end_paragraph(flow.kind.clone());
        flow.done
    }

    fn take_asides(&mut self, flow: &mut Flow, asides: &Asides, next: &mut usize, position: u32) {
        while let (Some(mark), Some((start, end))) = (asides.marks.get(*next), asides.texts.get(*next))
            && *mark <= position
        {
            *next += 1;
            let mut note = self.flow(BlockKind::Footnote, *start, *end, &[]);
            if let Some(first) = note.first_mut() {
                first.label = Some(next.to_string());
            }
            flow.done.append(&mut note);
        }
    }

    /// The properties of a character. They hold to the end of its run, which is asked for once.
    fn character(&mut self, offset: u32) -> Character {
        if !self.run.contains(&offset) {
            let style = self.paragraph(offset).1.character;
            let run = runs::find(&self.characters, offset);
            let paragraph = runs::find(&self.paragraphs, offset);
            let bounds =
                |run: Option<&Run<'_>>| run.map_or((offset, offset.saturating_add(1)), |run| (run.start, run.end));
            let (a, b) = (bounds(run), bounds(paragraph));
            self.run = a.0.max(b.0)..a.1.min(b.1);
            self.look = run.map_or(style, |run| style.apply(run.list, &style));
        }
        self.look
    }

    /// The properties of the paragraph that a byte of the file stands in, its style, and its own list of changes.
    fn paragraph(&self, offset: u32) -> (ParagraphProperties, Style, Binary<'a>) {
        let list = runs::find(&self.paragraphs, offset).map_or(Binary(&[]), |run| run.list);
        let number = list.u16(0).unwrap_or(0);
        let style = self.styles.get(usize::from(number)).copied().unwrap_or_default();
        let own = list.slice(2, list.0.len().saturating_sub(2)).unwrap_or(Binary(&[]));
        (ParagraphProperties { style: number, ..style.paragraph.apply(own) }, style, own)
    }

    fn end_paragraph(&mut self, flow: &mut Flow, unit: u16, offset: u32) {
        let (properties, style, own) = self.paragraph(offset);
        let depth = properties.tables().min(self.limits.depth);
        flow.set_depth(depth, &mut self.tables);
        if properties.ends_row && depth > 0 {
            if let Some(table) = flow.tables.last_mut() {
                table.merged = merged_cells(own);
            }
            // The mark of a row is a paragraph without words.
            flow.open.pieces.clear();
            flow.end_row();
            return;
        }
        flow.open.outline = properties.outline;
        flow.open.centered = properties.centered;
        flow.open.title = style.title;
        let mut kind = match flow.tables.last() {
            Some(table) => BlockKind::TableCell { table: table.number, row: table.row, column: table.column },
            None if style.contents && flow.kind == BlockKind::Paragraph => BlockKind::Contents,
            None => flow.kind.clone(),
        };
        let list = properties.list.filter(|list| *list > 0 && !flow.open.is_blank());
        if let Some(list) = list {
            flow.open.label = self.lists.label(list, properties.level).filter(|label| !label.is_empty());
            if kind == BlockKind::Paragraph {
                kind = BlockKind::ListItem { level: properties.level };
            }
        }
        flow.end_paragraph(kind);
        if depth > 0 && (unit == 0x07 || properties.ends_inner_cell) {
            flow.end_cell();
        }
    }
}

/// Uses of lists say their own length, which the header's may be short of.
fn list_uses<'a>(header: Header<'a>, table: Binary<'a>) -> Binary<'a> {
    let place = header.place(Structure::ListUses).filter(|(_, length)| *length > 0);
    place.and_then(|(at, _)| table.slice(at, table.0.len().checked_sub(at)?)).unwrap_or(Binary(&[]))
}

fn authors(names: Binary<'_>) -> Vec<String> {
    let mut authors = Vec::new();
    let mut at = 0;
    while let Some(length) = names.u16(at).map(usize::from) {
        let Some(name) = names.text(at + 2, length) else { break };
        authors.push(name);
        at += 2 + length * 2;
    }
    authors
}

/// Characters on their way into a paragraph.
#[derive(Debug, Default)]
struct Text {
    units: Vec<u16>,
    look: Character,
    /// For each open field whether its instruction is being passed over.
    fields: Vec<bool>,
    /// How many of them are.
    instructions: usize,
}

impl Text {
    fn take(&mut self, unit: u16, look: Character, flow: &mut Flow, writer: &mut Writer) {
        match unit {
            0x13 => {
                self.fields.push(true);
                self.instructions += 1;
            }
            0x14 => {
                if let Some(field) = self.fields.last_mut() {
                    self.instructions -= usize::from(std::mem::take(field));
                }
            }
            0x15 => self.instructions -= usize::from(self.fields.pop().unwrap_or(false)),
            _ if self.instructions > 0 => {}
            0x01 | 0x08 if look.special => writer.out.left_out("pictures"),
            _ if look.hidden => writer.out.left_out("hidden words"),
            _ => {
                if look != self.look {
                    self.flush(flow);
                    self.look = look;
                }
                match unit {
                    0x0b => self.units.push(u16::from(b'\n')),
                    0x1e => self.units.push(0x2011),
                    0x1f => self.units.push(0x00ad),
                    0x09 => self.units.push(unit),
                    0x28 if look.special => self.units.push(0x2022),
                    0xf000..=0xf0ff => self.units.push(0x2022),
                    0..0x20 => {}
                    _ => self.units.push(unit),
                }
            }
        }
    }

    fn flush(&mut self, flow: &mut Flow) {
        let text: String = char::decode_utf16(self.units.drain(..)).map(|c| c.unwrap_or('\u{fffd}')).collect();
        if text.is_empty() {
            return;
        }
        if self.look.deleted {
            flow.open.pieces.push(Piece::Deleted(text));
        } else {
            flow.open.text(&text, self.look.look, None, self.look.inserted);
        }
    }
}
