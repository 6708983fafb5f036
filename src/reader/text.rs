//! Plain text: paragraphs from lines that are wrapped by hand, tables drawn with dashes, pages and their heads.
//! For UTF-8 the document's text is the file itself, so that spans point into the file.

mod lines;
mod paragraph;
mod table;

use super::{Limits, ReadError, encoding};
use crate::document::structure::furniture::{self, Furniture};
use crate::document::{BlockKind, Document, DocumentBuilder, Draft, Format};
use lines::Line;

/// Reads a plain text file.
///
/// # Errors
/// The file is empty, blank or too large.
pub fn read(bytes: &[u8], limits: &Limits) -> Result<Document, ReadError> {
    let decoded = encoding::decode(bytes, limits)?;
    let text = decoded.text;
    let lines = lines::split(&text);
    let tables = table::find(&text, &lines);
    let found = page_furniture(&text, &lines, &tables);
    let mut drafts = furniture_drafts(&lines, &found);
    for table in &tables {
        drafts.extend(table.drafts());
    }
    let covered = covered(&lines, &tables, &found);
    drafts.extend(paragraph::drafts(&text, &lines, &covered));
    // A cell and its neighbour, a paragraph and the page head inside it: by where they start.
    drafts.sort_by_key(|draft| draft.span.start);
    let pages = pages(&lines, &found);
    let mut builder = DocumentBuilder::over(Format::Text, text);
    drafts.into_iter().for_each(|draft| builder.block(draft));
    pages.into_iter().for_each(|(at, page)| builder.page(at, page));
    if let Some(remark) = decoded.remark {
        builder.remark(remark);
    }
    Ok(builder.finish())
}

/// Furniture is looked for outside of tables, whose rules are their own.
fn page_furniture(text: &str, lines: &[Line], tables: &[table::Table]) -> Vec<Option<Furniture>> {
    let mut words: Vec<furniture::Line<'_>> = lines
        .iter()
        .map(|line| furniture::Line { words: &text[line.words.start..line.words.end], after_break: line.after_break })
        .collect();
    for line in tables.iter().flat_map(|t| t.lines.clone()) {
        words[line].words = "";
    }
    furniture::find(&words)
}

fn furniture_drafts(lines: &[Line], found: &[Option<Furniture>]) -> Vec<Draft> {
    let kind = |furniture| match furniture {
        Furniture::Header(_) => Some(BlockKind::PageHeader),
        Furniture::Footer(_) => Some(BlockKind::PageFooter),
        Furniture::Rule => None,
    };
    let drafts = lines.iter().zip(found).filter_map(|(line, f)| Some(Draft::new(kind((*f)?)?, line.words)));
    drafts.collect()
}

/// Which lines are no running text.
fn covered(lines: &[Line], tables: &[table::Table], found: &[Option<Furniture>]) -> Vec<bool> {
    let mut covered: Vec<bool> = found.iter().map(Option::is_some).collect();
    for line in tables.iter().flat_map(|t| t.lines.clone()) {
        covered[line] = true;
    }
    debug_assert_eq!(covered.len(), lines.len());
    covered
}

/// Where pages start: at form feeds, else at heads with a number, else after feet with one.
fn pages(lines: &[Line], found: &[Option<Furniture>]) -> Vec<(usize, u32)> {
    let breaks = lines.iter().filter(|line| line.after_break).map(|line| line.span.start);
    let by_breaks: Vec<(usize, u32)> = std::iter::once(0).chain(breaks).zip(1..).collect();
    if by_breaks.len() > 1 {
        return by_breaks;
    }
    let heads = |(line, f): (&Line, &Option<Furniture>)| match f {
        Some(Furniture::Header(Some(page))) => Some((line.span.start, *page)),
        _ => None,
    };
    let feet = |(line, f): (&Line, &Option<Furniture>)| match f {
        Some(Furniture::Footer(Some(page))) => Some((line.span.end, page.saturating_add(1))),
        _ => None,
    };
    let by_heads: Vec<(usize, u32)> = lines.iter().zip(found).filter_map(heads).collect();
    let starts = if by_heads.is_empty() { lines.iter().zip(found).filter_map(feet).collect() } else { by_heads };
    let Some(first) = starts.first().map(|(_, page)| *page) else { return Vec::new() };
    let before = (first > 1).then(|| (0, first - 1));
    let end = lines.iter().rev().find(|line| !line.is_blank()).map_or(0, |line| line.span.end);
    before.into_iter().chain(starts.into_iter().filter(|(at, _)| *at < end)).collect()
}
