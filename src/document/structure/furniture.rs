//! Running heads, running feet, page numbers and the rules drawn above them.

use crate::document::{BlockKind, Draft};
use regex::Regex;
use std::collections::HashMap;
use std::sync::LazyLock;

/// What a line of page furniture is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Furniture {
    /// A line at the top of a page, with the page number that it shows.
    Header(Option<u32>),
    /// A line at the foot of a page, with the page number that it shows.
    Footer(Option<u32>),
    /// A rule of dashes or dots.
    Rule,
}

/// A line as the search sees it: its words, and whether a page break stands before it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Line<'t> {
    pub words: &'t str,
    pub after_break: bool,
}

/// Longest line that can be furniture, bytes.
const LONGEST: usize = 120;

#[allow(clippy::expect_used, reason = "a constant pattern, tried by every test")]
static PAGE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(?:pa[gq][ef]|pg\.?|p\.)\s*([0-9lIoO]{1,4})(?:\s*(?:of|/)\s*[0-9lIoO]{1,4})?\b")
        .expect("pattern")
});

/// Says for every line whether it is furniture. Blank lines are none.
pub(crate) fn find(lines: &[Line<'_>]) -> Vec<Option<Furniture>> {
    let mut found: Vec<Option<Furniture>> = lines.iter().map(|line| rule(line.words)).collect();
    let numbers: Vec<Option<Numbered>> = lines.iter().map(|line| numbered(line.words)).collect();
    page_numbers(lines, &numbers, &mut found);
    bare_numbers(lines, &mut found);
    running_lines(lines, &mut found);
    found
}

/// Marks paragraphs that are furniture.
pub(super) fn mark(text: &str, drafts: &mut [Draft], pages: &[(usize, u32)]) {
    let mut end = 0;
    let mut lines = Vec::with_capacity(drafts.len());
    for draft in drafts.iter() {
        let at = |offset| pages.partition_point(|(start, _)| *start <= offset);
        let plain = draft.kind == BlockKind::Paragraph && draft.look.outline.is_none();
        let words = text.get(draft.span.start..draft.span.end).filter(|w| plain && w.len() <= LONGEST);
        // A block that is no candidate still parts its neighbours, as a line of no interest.
        lines.push(Line { words: words.map_or("(", str::trim), after_break: at(end) < at(draft.span.start) });
        end = draft.span.start;
    }
    for (draft, found) in drafts.iter_mut().zip(find(&lines)) {
        match found {
            Some(Furniture::Header(_)) => draft.kind = BlockKind::PageHeader,
            Some(Furniture::Footer(_) | Furniture::Rule) => draft.kind = BlockKind::PageFooter,
            None => {}
        }
    }
}

fn rule(words: &str) -> Option<Furniture> {
    if words.starts_with(|c: char| c.is_alphanumeric()) {
        return None;
    }
    let signs = words.chars().filter(|c| matches!(c, '-' | '.' | '=' | '*' | '–' | '—' | '─')).count();
    let others = words.chars().any(|c| c.is_alphanumeric() || c == '_' || c == '+');
    (signs >= 5 && !others).then_some(Furniture::Rule)
}

/// A line with a page number in it.
struct Numbered {
    page: u32,
    /// Nothing else stands in the line.
    alone: bool,
    /// What else stands in it, as far as scanners leave it alike from page to page.
    key: String,
}

fn numbered(words: &str) -> Option<Numbered> {
    if words.len() > LONGEST || !words.bytes().any(|b| b.is_ascii_digit() || b == b'l') {
        return None;
    }
    let dashed = words.trim_matches(|c: char| !c.is_alphanumeric());
    if words.contains('-') && !dashed.is_empty() && dashed.len() <= 4 && dashed.bytes().all(|b| b.is_ascii_digit()) {
        return page_of(dashed).map(|page| Numbered { page, alone: true, key: "-#-".to_owned() });
    }
    let hit = PAGE.captures(words)?;
    let whole = hit.get(0)?;
    let page = page_of(&plain(hit.get(1)?.as_str()))?;
    let rest = |part: &str| !part.contains(char::is_alphanumeric);
    let (before, after) = (rest(&words[..whole.start()]), rest(&words[whole.end()..]));
    (before || after).then(|| Numbered { page, alone: before && after, key: key(words) })
}

fn plain(number: &str) -> String {
    number.replace(['l', 'I'], "1").replace(['o', 'O'], "0")
}

/// A line without what changes from page to page: numbers, punctuation and letters that scanners confuse.
fn key(words: &str) -> String {
    let fold = |c: char| match c {
        'l' | 'i' | '1' | '|' | 'I' => Some('i'),
        'o' | '0' | 'O' => Some('o'),
        _ if c.is_ascii_digit() => Some('#'),
        _ if c.is_alphabetic() => c.to_lowercase().next(),
        _ => None,
    };
    words
        .split_whitespace()
        .map(|w| w.chars().filter_map(fold).collect::<String>())
        .filter(|w| !w.is_empty())
        .take(2)
        .collect::<Vec<_>>()
        .join(" ")
}

/// `page 2 of 4` alone, or in a line that comes back with another number, or set off by a wide gap.
fn page_numbers(lines: &[Line<'_>], numbers: &[Option<Numbered>], found: &mut [Option<Furniture>]) {
    let mut seen: HashMap<&str, usize> = HashMap::new();
    for number in numbers.iter().flatten() {
        *seen.entry(number.key.as_str()).or_default() += 1;
    }
    let mut feet: HashMap<&str, bool> = HashMap::new();
    let mut worded = 0;
    for (i, number) in numbers.iter().enumerate() {
        worded += usize::from(!lines[i].words.is_empty());
        let Some(number) = number else { continue };
        let again = seen.get(number.key.as_str()).is_some_and(|n| *n > 1);
        let gap = lines[i].words.contains("  ") && number.page > 1;
        if number.alone || again || gap {
            // A series that starts with 1 below the first lines stands at the feet of pages.
            let foot = *feet.entry(&number.key).or_insert(number.page == 1 && worded > 5);
            let page = Some(number.page);
            found[i] =
                Some(if foot || number.key == "-#-" { Furniture::Footer(page) } else { Furniture::Header(page) });
        }
    }
}

/// Numbers alone in their lines are page numbers if they count on.
fn bare_numbers(lines: &[Line<'_>], found: &mut [Option<Furniture>]) {
    let bare = |words: &str| page_of(words).filter(|_| words.len() <= 4);
    let all: Vec<(usize, u32)> = lines.iter().enumerate().filter_map(|(i, l)| Some((i, bare(l.words)?))).collect();
    let counting = all.len() >= 2 && all.windows(2).all(|w| w[1].1 == w[0].1 + 1);
    if counting {
        all.iter().for_each(|(i, page)| found[*i] = Some(Furniture::Footer(Some(*page))));
    }
}

/// Lines beside a page break that come back at other page breaks.
fn running_lines(lines: &[Line<'_>], found: &mut [Option<Furniture>]) {
    let beside = beside_breaks(lines, found);
    let mut seen: HashMap<String, usize> = HashMap::new();
    for (i, side) in &beside {
        *seen.entry(side.key(lines[*i].words)).or_default() += 1;
    }
    for (i, side) in &beside {
        let again = seen.get(&side.key(lines[*i].words)).is_some_and(|n| *n > 1);
        if again && found[*i].is_none() {
            found[*i] = Some(match side {
                Side::First => Furniture::Header(trailing_number(lines[*i].words)),
                Side::Head => Furniture::Header(None),
                Side::Foot => Furniture::Footer(None),
            });
        }
    }
}

/// Where a line stands beside a page break.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    /// Directly after a rule or form feed: its start must come back.
    First,
    /// Soon after: all of it must come back.
    Head,
    /// Soon before: all of it must come back.
    Foot,
}

impl Side {
    fn key(self, words: &str) -> String {
        match self {
            Self::First => format!("first {}", key(words)),
            Self::Head | Self::Foot => words.chars().filter(|c| c.is_alphabetic()).collect(),
        }
    }
}

fn beside_breaks(lines: &[Line<'_>], found: &[Option<Furniture>]) -> Vec<(usize, Side)> {
    let mut beside = Vec::new();
    let candidate = |i: usize| {
        let words = lines[i].words;
        found[i].is_none() && words.len() <= LONGEST && words.chars().filter(|c| c.is_alphabetic()).count() > 2
    };
    let worded: Vec<usize> = (0..lines.len()).filter(|i| !lines[*i].words.is_empty()).collect();
    for (at, &i) in worded.iter().enumerate() {
        let breaks_before = lines[i].after_break;
        let previous = at.checked_sub(1).map(|p| worded[p]);
        let first = breaks_before || previous.is_some_and(|p| found[p] == Some(Furniture::Rule));
        let near = |p: Option<&usize>| {
            p.is_some_and(|p| found[*p].is_some_and(|f| f != Furniture::Rule) || lines[*p].after_break)
        };
        if !candidate(i) {
            continue;
        }
        let fits = |words: &str| words.contains("  ") || words.ends_with(|c: char| c.is_ascii_digit());
        if first && fits(lines[i].words) {
            beside.push((i, Side::First));
        } else if first || near(previous.as_ref()) {
            beside.push((i, Side::Head));
        } else if near(worded.get(at + 1)) {
            beside.push((i, Side::Foot));
        }
    }
    beside
}

/// Pages count from 1: "Page 0" is no page number.
fn page_of(figures: &str) -> Option<u32> {
    figures.parse().ok().filter(|page| *page > 0)
}

fn trailing_number(words: &str) -> Option<u32> {
    words.rsplit(char::is_whitespace).next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find_in(text: &str) -> Vec<&str> {
        let lines: Vec<Line<'_>> = text.lines().map(|l| Line { words: l.trim(), after_break: false }).collect();
        let found = find(&lines);
        lines.iter().zip(found).filter(|(_, f)| f.is_some()).map(|(l, _)| l.words).collect()
    }

    #[test]
    fn heads_with_changing_numbers_are_found_though_misread() {
        let text = "body one\n\n- - - - - -\nMERROW P.D.   G.O. 88    PAGE 2 OF 4\n\nbody two\n\n- - - - - -\n\
                    MERROW P,D.   G.O. 88    PAGF 3 OF 4\nbody three";
        assert_eq!(find_in(text).len(), 4);
    }

    #[test]
    fn a_sentence_that_names_a_page_is_no_furniture() {
        assert!(find_in("as shown on page 11 of the draft\nwhich the chief brought to page 12 and\nmore").is_empty());
    }

    #[test]
    fn dashed_page_numbers_and_heads_beside_them_are_found() {
        let text = ".     - 1 -\n\nTIDE DEPT / POLICE DEPT      page 2 of 4  , ~\n\nbody";
        assert_eq!(find_in(text).len(), 2);
    }

    /// Found by the fuzzer in the text reader: "Page 0" made a page of that number.
    #[test]
    fn a_page_zero_is_no_page_number() {
        assert!(find_in("Page 0 of 4\nbody\n\nPage 0 of 4\nmore").is_empty());
        assert!(find_in("- 0 -\nbody").is_empty());
    }

    #[test]
    fn a_head_under_a_rule_is_found_by_its_start() {
        let text = "a\n- - - - - -\nG.O. 26-11   P.D.   uniform   2\nb\n- - - - - -\nG.O. 26-11   P.D.   rights   3\nc";
        assert_eq!(find_in(text).len(), 4);
    }
}
