//! Paragraphs to the document.

use super::furniture::Furniture;
use super::label::is_bullet;
use super::page::Note;
use super::paragraph::Paragraph;
use super::region::Kind;
use super::tables::{Cell, Tables};
use crate::document::{BlockKind, Document, DocumentBuilder, Format};
use std::collections::HashSet;

/// What a PDF holds besides its text.
#[derive(Debug, Default)]
pub(super) struct Extras {
    pub pictures: usize,
    /// Pages, from 0, that could not be read.
    pub unreadable: Vec<usize>,
    /// Comments with the page, from 0, that they stand on.
    pub notes: Vec<(usize, Note)>,
}

/// Makes the document.
pub(super) fn document(paragraphs: Vec<Paragraph>, furniture: &[Furniture], pages: usize, extras: Extras) -> Document {
    let mut emitter = Emitter {
        builder: DocumentBuilder::packed(Format::Pdf),
        page: 0,
        compounds: compounds(&paragraphs),
        tables: Tables::new(&paragraphs),
    };
    emitter.builder.page(0, 1);
    let mut headers = furniture.iter().filter(|f| f.is_header).peekable();
    for paragraph in &paragraphs {
        let page = paragraph.lines.first().map_or(0, |(page, _)| *page);
        while let Some(header) = headers.next_if(|header| header.page <= page) {
            emitter.furniture(header);
        }
        emitter.paragraph(paragraph);
    }
    headers.for_each(|header| emitter.furniture(header));
    emitter.builder.close();
    for footer in furniture.iter().filter(|f| !f.is_header) {
        emitter.furniture(footer);
    }
    for (_, note) in &extras.notes {
        emitter.builder.open(BlockKind::Comment { author: note.author.clone(), anchor: None });
        emitter.builder.push(&note.text, None);
    }
    emitter.turn_to(pages.saturating_sub(1));
    (0..extras.pictures).for_each(|_| emitter.builder.left_out("pictures"));
    for page in &extras.unreadable {
        emitter.builder.remark(format!("page {} could not be read", page + 1));
    }
    emitter.builder.finish()
}

/// Words that the document itself writes with a hyphen, folded to lower case.
fn compounds(paragraphs: &[Paragraph]) -> HashSet<String> {
    let words = paragraphs.iter().flat_map(|p| &p.lines).flat_map(|(_, line)| line.text.split_whitespace());
    words.filter(|word| word.trim_end_matches('-').contains('-')).map(bare).collect()
}

fn bare(word: &str) -> String {
    word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()
}

struct Emitter {
    builder: DocumentBuilder,
    /// The page, from 0, that the text has come to.
    page: usize,
    compounds: HashSet<String>,
    tables: Tables,
}

impl Emitter {
    fn turn_to(&mut self, page: usize) {
        while self.page < page {
            self.page += 1;
            let number = u32::try_from(self.page + 1).unwrap_or(u32::MAX);
            let at = self.builder.position();
            self.builder.page(at, number);
        }
    }

    fn furniture(&mut self, furniture: &Furniture) {
        let kind = if furniture.is_header { BlockKind::PageHeader } else { BlockKind::PageFooter };
        self.builder.open(kind);
        self.builder.push(&furniture.text, None);
        self.builder.close();
    }

    fn paragraph(&mut self, paragraph: &Paragraph) {
        let Some((page, first)) = paragraph.lines.first() else { return };
        self.builder.close();
        let label = paragraph.label();
        let Some(kind) = self.kind(paragraph, label) else { return };
        self.turn_to(*page);
        self.builder.open(kind);
        if let Some(look) = self.builder.look() {
            let lines = || paragraph.lines.iter().map(|(_, line)| line);
            look.bold = lines().all(|line| line.bold);
            look.italic = lines().all(|line| line.italic);
            look.underlined = lines().all(|line| line.underlined);
            look.centered = paragraph.centered;
            look.size = lines().map(|line| line.size).reduce(f32::max).map(|size| (size * 10.0).round() / 10.0);
            if !look.bold && !look.underlined && first.lead < first.text.len() {
                look.lead = first.lead.saturating_sub(label.map_or(0, |label| label.len() + 1));
            }
        }
        let skip = label.map_or(0, |label| label.len());
        if let Some(label) = label {
            self.builder.label(label);
        }
        self.lines(paragraph, skip);
    }

    /// What the paragraph is; `None` if it is to be left out.
    fn kind(&self, paragraph: &Paragraph, label: Option<&str>) -> Option<BlockKind> {
        Some(match paragraph.kind {
            Kind::Cell { .. } => {
                let Cell { table, row, column } = self.tables.cell(paragraph)?;
                BlockKind::TableCell { table, row, column }
            }
            Kind::Aside => BlockKind::TextBox,
            Kind::Body => match label {
                Some(label) => BlockKind::ListItem { level: level(label) },
                None => BlockKind::Paragraph,
            },
        })
    }

    /// Pushes the lines; a line end stays only where a word may be hyphenated over it.
    fn lines(&mut self, paragraph: &Paragraph, skip: usize) {
        for (i, (page, line)) in paragraph.lines.iter().enumerate() {
            self.turn_to(*page);
            let text = if i == 0 { line.text[skip..].trim_start() } else { line.text.as_str() };
            self.builder.push(text, None);
            let Some((_, next)) = paragraph.lines.get(i + 1) else { break };
            let joint = self.joint(text, &next.text);
            self.builder.push(joint, None);
        }
    }

    /// What stands between two lines.
    fn joint(&self, text: &str, next: &str) -> &'static str {
        if text.is_empty() {
            return "";
        }
        let (Some(last), Some(first)) = (text.split_whitespace().next_back(), next.split_whitespace().next()) else {
            return " ";
        };
        if !last.ends_with(['-', '\u{ad}', '\u{ac}', '\u{2010}']) || last.chars().count() < 2 {
            return " ";
        }
        // A hyphen that belongs to the word is no hyphenation.
        let whole = bare(&format!("{last}{first}"));
        if self.compounds.contains(&whole) || !first.starts_with(|c: char| c.is_lowercase()) { "" } else { "\n" }
    }
}

/// How deep the kind of label usually stands.
fn level(label: &str) -> u8 {
    match label.chars().next() {
        Some('o' | '○' | '◦') if is_bullet(label) => 1,
        Some('▪' | '■' | '‣') => 2,
        _ => 0,
    }
}
