//! Which properties hold for which bytes of the file: pages of runs (FKPs).

use super::binary::Binary;

/// Bytes of one page.
const PAGE: usize = 512;

/// What a page of runs describes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Runs {
    Characters,
    Paragraphs,
}

/// A run of bytes with its list of changes; paragraphs have their style before it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Run<'a> {
    pub start: u32,
    pub end: u32,
    pub list: Binary<'a>,
}

/// All runs of one sort by the pages that a table in the table stream names, in the order of the file.
pub(super) fn read<'a>(word: Binary<'a>, table: Binary<'_>, of: Runs) -> Vec<Run<'a>> {
    let pages = table.positions(4);
    let numbers = pages.len() * 4;
    let mut runs = Vec::new();
    for i in 0..pages.len().saturating_sub(1) {
        let Some(number) = table.u32(numbers + i * 4) else { break };
        let at = (number & 0x3f_ffff) as usize * PAGE;
        if let Some(page) = word.slice(at, PAGE) {
            runs.extend(read_page(page, of));
        }
    }
    runs.sort_by_key(|run| run.start);
    runs
}

fn read_page(page: Binary<'_>, of: Runs) -> impl Iterator<Item = Run<'_>> {
    let count = usize::from(page.u8(PAGE - 1).unwrap_or(0));
    let width = if of == Runs::Characters { 1 } else { 13 };
    (0..count).filter_map(move |i| {
        let (start, end) = (page.u32(i * 4)?, page.u32(i * 4 + 4)?);
        let place = usize::from(page.u8((count + 1) * 4 + i * width)?) * 2;
        let list = if place == 0 { Binary(&[]) } else { list(page, place, of)? };
        (start < end).then_some(Run { start, end, list })
    })
}

fn list(page: Binary<'_>, at: usize, of: Runs) -> Option<Binary<'_>> {
    let count = usize::from(page.u8(at)?);
    match (of, count) {
        (Runs::Characters, _) => page.slice(at + 1, count),
        // Counted in words; an even number of bytes is counted after a zero.
        (Runs::Paragraphs, 0) => page.slice(at + 2, usize::from(page.u8(at + 1)?) * 2),
        (Runs::Paragraphs, _) => page.slice(at + 1, count * 2 - 1),
    }
}

/// The run that a byte of the file stands in.
pub(super) fn find<'r, 'a>(runs: &'r [Run<'a>], offset: u32) -> Option<&'r Run<'a>> {
    let after = runs.partition_point(|run| run.start <= offset);
    runs.get(after.checked_sub(1)?).filter(|run| offset < run.end)
}
