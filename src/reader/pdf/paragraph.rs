//! Lines to paragraphs.

use super::label::{is_bullet, is_enumerator};
use super::line::Line;
use super::region::{Kind, Region};

/// A paragraph: lines that belong together, with the page of each.
#[derive(Debug, Clone)]
pub(super) struct Paragraph {
    pub kind: Kind,
    /// Lines with the page, from 0, that each stands on.
    pub lines: Vec<(usize, Line)>,
    /// Whether every line stands in the middle of its column.
    pub centered: bool,
    /// Where the column ends.
    right: f32,
    /// Whether a column or page starts with it.
    opens: bool,
}

impl Paragraph {
    fn new(page: usize, line: Line, region: &Region) -> Self {
        let centered = is_centered(&line, region);
        Self { kind: region.kind, lines: vec![(page, line)], centered, right: region.right, opens: false }
    }

    fn last(&self) -> Option<&Line> {
        self.lines.last().map(|(_, line)| line)
    }

    /// The marker at its start, or the number where the line shows it set apart. Numbers in running text and of
    /// headings are left to the document's own search for structure.
    pub fn label(&self) -> Option<&str> {
        let first = &self.lines.first()?.1;
        let word = first.text.split(' ').next()?;
        let has_words = word.len() < first.text.len() || self.lines.len() > 1;
        let hangs = self.lines.get(1).is_some_and(|(_, second)| second.x0 > first.x0 + 0.5 * first.size);
        let tabbed = first.tab > 0.6 * first.size;
        let counts = is_enumerator(word) && (hangs || tabbed) && !first.bold;
        let repeats = first.text[word.len()..].trim_start().starts_with(word);
        (has_words && !repeats && (is_bullet(word) || counts)).then_some(word)
    }
}

/// The paragraphs of a page's regions.
pub(super) fn paragraphs(page: usize, regions: Vec<Region>) -> Vec<Paragraph> {
    let mut out: Vec<Paragraph> = Vec::new();
    let usual = pitch(regions.iter().map(|region| region.lines.as_slice()));
    for region in regions {
        // A few lines do not show their own distance: then the page's counts.
        let own = pitch(std::iter::once(region.lines.as_slice()));
        let pitch = if region.lines.len() < 6 && usual > 0.0 { own.min(usual).max(0.9 * usual) } else { own };
        let from = out.len();
        for line in &region.lines {
            let open = out.len() > from;
            match out.last_mut() {
                Some(paragraph) if open && continues(paragraph, line, &region, pitch) => {
                    paragraph.centered =
                        is_centered(line, &region) && (paragraph.centered || paragraph.lines.len() == 1);
                    paragraph.lines.push((page, line.clone()));
                }
                _ => out.push(Paragraph { opens: !open, ..Paragraph::new(page, line.clone(), &region) }),
            }
        }
    }
    out
}

/// Joins paragraphs that a page or column break has parted.
pub(super) fn join(paragraphs: Vec<Paragraph>) -> Vec<Paragraph> {
    let mut out: Vec<Paragraph> = Vec::new();
    for paragraph in paragraphs {
        match out.last_mut() {
            Some(before) if is_broken(before, &paragraph) => {
                before.centered = false;
                before.lines.extend(paragraph.lines);
            }
            _ => out.push(paragraph),
        }
    }
    out
}

/// Whether `after` plainly goes on with the sentence that `before` breaks off.
fn is_broken(before: &Paragraph, after: &Paragraph) -> bool {
    let (Some(last), Some((_, next))) = (before.last(), after.lines.first()) else { return false };
    if !after.opens || is_dashed_number(&next.text) {
        return false;
    }
    let same_look = (last.size - next.size).abs() < 0.08 * last.size && last.bold == next.bold;
    if before.kind != Kind::Body || after.kind != Kind::Body || !same_look || after.label().is_some() {
        return false;
    }
    let ends = last.text.trim_end_matches(['"', '\'', '”', '’', ')']).ends_with(['.', '!', '?', ':', ';']);
    let hyphen = last.text.ends_with('-') && next.text.starts_with(char::is_alphabetic);
    let goes_on = next.text.starts_with(char::is_lowercase) || hyphen;
    // A full last line without an end breaks off too, unless it may be a heading.
    let breaks_off = before.lines.len() > 1 && !last.bold && last.x1 > before.right - 4.0 * last.size;
    !ends && !before.centered && !after.centered && (goes_on || breaks_off)
}

/// The usual distance between two lines, in heights of the type.
fn pitch<'r>(regions: impl Iterator<Item = &'r [Line]>) -> f32 {
    let steps = regions.flat_map(|lines| lines.windows(2).map(|pair| (pair[1].y - pair[0].y) / pair[1].size.max(1.0)));
    let mut steps: Vec<f32> = steps.filter(|step| *step > 0.5).collect();
    steps.sort_by(f32::total_cmp);
    // The lower quarter: gaps between paragraphs must not count as usual where paragraphs are short.
    steps.get(steps.len() / 4).copied().unwrap_or(0.0)
}

fn is_centered(line: &Line, region: &Region) -> bool {
    line.x0 - region.left > 2.0 * line.size && is_even(line, region)
}

/// Whether a line leaves as much room before it as after it.
fn is_even(line: &Line, region: &Region) -> bool {
    ((line.x0 - region.left) - (region.right - line.x1)).abs() < 1.5 * line.size
}

/// Whether a line goes on with the paragraph above it.
fn continues(paragraph: &Paragraph, line: &Line, region: &Region, pitch: f32) -> bool {
    let Some(last) = paragraph.last() else { return false };
    let em = last.size;
    let step = line.y - last.y;
    if step > (1.18 * pitch).min(2.6) * em || step < -0.5 * em || (last.size - line.size).abs() > 0.08 * em {
        return false;
    }
    if is_dashed_number(&line.text) {
        return false;
    }
    let word = line.text.split(' ').next().unwrap_or_default();
    if last.text.ends_with('-') && word.starts_with(char::is_alphabetic) {
        return true;
    }
    if is_centered(line, region) && (paragraph.centered || paragraph.lines.len() == 1 && is_even(last, region)) {
        return last.bold == line.bold;
    }
    let fits = last.x1 + 0.3 * em + line.first_word < region.right - 0.5 * em;
    let looks_alike = last.bold == line.bold || !fits && (paragraph.lines.len() > 1 || !last.bold);
    if (fits && !is_unfinished(last, line, region)) || !looks_alike || is_bullet(word) {
        return false;
    }
    let ended = last.text.ends_with(['.', ';', ':', ',', '?', '!'])
        || last.text.ends_with(" and")
        || last.text.ends_with(" or");
    if is_enumerator(word) && ended {
        return false;
    }
    keeps_indent(paragraph, line, em)
}

/// A page number in the text of a scan: `- 2 -`.
fn is_dashed_number(text: &str) -> bool {
    let number = text.trim_matches(|c: char| !c.is_alphanumeric());
    text.contains(['-', '–']) && (1..=3).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit())
}

/// Whether a line that had room for the next word still plainly goes on: typewriters and scans have no exact
/// right margin.
fn is_unfinished(last: &Line, next: &Line, region: &Region) -> bool {
    let ended = last.text.ends_with(['.', '!', '?', ':', ';', '"', '”']);
    let is_caps = |text: &str| !text.contains(char::is_lowercase);
    let nearly_full = region.right - last.x1 < 0.2 * (region.right - region.left);
    let lower = next.text.starts_with(char::is_lowercase) && !last.text.ends_with([':', ';']);
    let has_words = next.text.contains(char::is_alphabetic);
    let goes_on = !next.text.starts_with(|c: char| c.is_uppercase() || c.is_numeric());
    lower || (!ended && has_words && is_caps(&last.text) == is_caps(&next.text) && (goes_on || nearly_full))
}

/// Whether a line starts where lines of the paragraph start.
fn keeps_indent(paragraph: &Paragraph, line: &Line, em: f32) -> bool {
    let Some(last) = paragraph.last() else { return false };
    let moved = line.x0 - last.x0;
    match paragraph.lines.len() {
        // The first line may be indented, or hang out if it has a label.
        1 => moved < 0.6 * em && moved > -5.0 * em || paragraph.label().is_some() || starts_label(last),
        _ => moved.abs() < 0.6 * em,
    }
}

fn starts_label(line: &Line) -> bool {
    line.text.split(' ').next().is_some_and(|word| is_bullet(word) || is_enumerator(word))
}
