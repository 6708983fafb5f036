//! Running headers, footers and page numbers: lines at the edge of the page that come again and again.

use super::region::{Kind, Region};
use std::collections::{BTreeMap, HashSet};

/// How many lines at an edge are looked at.
const DEEP: usize = 4;
/// How far a line that comes again may move up or down, in points.
const DRIFT: f32 = 8.0;
/// The share of the page's height at each edge in which furniture stands.
const EDGE: f32 = 0.2;

/// A page in regions.
#[derive(Debug, Clone, Default)]
pub(super) struct Laid {
    pub height: f32,
    pub regions: Vec<Region>,
}

/// A running header or footer, once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Furniture {
    pub text: String,
    /// The page, from 0, on which it is first.
    pub page: usize,
    pub is_header: bool,
}

/// A line near an edge: where it is, how it reads with its numbers left out.
#[derive(Debug, Clone)]
struct Edge {
    region: usize,
    line: usize,
    y: f32,
    key: String,
}

/// Takes running headers, footers and page numbers out of the pages.
pub(super) fn take(pages: &mut [Laid]) -> Vec<Furniture> {
    let mut found = Vec::new();
    let mut seen = HashSet::new();
    for is_header in [true, false] {
        let edges: Vec<Vec<Edge>> = pages.iter().map(|page| edge(page, is_header)).collect();
        let mut places: BTreeMap<&str, Vec<(usize, f32)>> = BTreeMap::new();
        for (page, lines) in edges.iter().enumerate() {
            lines.iter().for_each(|line| places.entry(&line.key).or_default().push((page, line.y)));
        }
        let mut gone: Vec<Vec<(usize, usize)>> = Vec::new();
        for (page, lines) in edges.iter().enumerate() {
            let comes_again = |edge: &Edge| {
                let other = |(p, y): &&(usize, f32)| *p != page && (y - edge.y).abs() <= DRIFT;
                let again = places.get(edge.key.as_str()).map_or(0, |all| all.iter().filter(other).count());
                again >= if pages.len() > 4 { 2 } else { 1 }
            };
            let mut taken = Vec::new();
            for line in lines {
                let text = &pages[page].regions[line.region].lines[line.line];
                let is_number = || taken.is_empty() && is_page_number(&text.text, page, pages.len());
                let is_noise = || !taken.is_empty() && line.key.is_empty();
                if !(text.furniture || comes_again(line) || is_noise() || is_number()) {
                    break;
                }
                taken.push((line.region, line.line));
                if seen.insert((is_header, line.key.clone())) && !line.key.is_empty() {
                    found.push(Furniture { text: text.text.clone(), page, is_header });
                }
            }
            gone.push(taken);
        }
        for (page, gone) in pages.iter_mut().zip(gone) {
            remove(page, gone);
        }
    }
    take_declared(pages, &mut seen, &mut found);
    found
}

/// Takes out what the file itself declares to be furniture, wherever it stands.
fn take_declared(pages: &mut [Laid], seen: &mut HashSet<(bool, String)>, found: &mut Vec<Furniture>) {
    for (number, page) in pages.iter_mut().enumerate() {
        let middle = page.height / 2.0;
        for line in page.regions.iter().flat_map(|r| &r.lines).filter(|line| line.furniture) {
            let is_header = line.y < middle;
            if seen.insert((is_header, key(&line.text))) {
                found.push(Furniture { text: line.text.clone(), page: number, is_header });
            }
        }
        page.regions.iter_mut().for_each(|region| region.retain(|line| !line.furniture));
        page.regions.retain(|region| !region.lines.is_empty());
    }
}

fn remove(page: &mut Laid, gone: Vec<(usize, usize)>) {
    let gone: HashSet<(usize, usize)> = gone.into_iter().collect();
    for (r, region) in page.regions.iter_mut().enumerate() {
        let mut at = 0;
        region.retain(|_| {
            at += 1;
            !gone.contains(&(r, at - 1))
        });
    }
    page.regions.retain(|region| !region.lines.is_empty());
}

/// The outermost lines of a page, from the edge inwards.
fn edge(page: &Laid, is_header: bool) -> Vec<Edge> {
    let mut lines: Vec<Edge> = Vec::new();
    for (r, region) in page.regions.iter().enumerate().filter(|(_, region)| region.kind != Kind::Aside) {
        for (l, line) in region.lines.iter().enumerate() {
            let inside = if is_header { line.y <= EDGE * page.height } else { line.y >= (1.0 - EDGE) * page.height };
            if inside {
                lines.push(Edge { region: r, line: l, y: line.y, key: key(&line.text) });
            }
        }
    }
    lines.sort_by(|a, b| if is_header { a.y.total_cmp(&b.y) } else { b.y.total_cmp(&a.y) });
    lines.truncate(DEEP);
    lines
}

/// A line with its numbers and punctuation left out, so that `Page 2 of 9` reads like `Page 3 of 9`.
fn key(text: &str) -> String {
    let mut key = String::new();
    for c in text.chars() {
        if c.is_numeric() {
            if !key.ends_with('#') {
                key.push('#');
            }
        } else if c.is_alphabetic() {
            key.extend(c.to_lowercase());
        }
    }
    key
}

/// Whether a line at the edge is the number of the page and nothing else.
fn is_page_number(text: &str, page: usize, pages: usize) -> bool {
    let words: Vec<String> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let is_number = |s: &str| s.len() <= 4 && s.bytes().all(|b| b.is_ascii_digit());
    match words.as_slice() {
        ["page" | "p" | "pg", n] => is_number(n),
        ["page" | "p" | "pg", n, "of", all] => is_number(n) && is_number(all),
        [n, "of", all] => n.parse() == Ok(page + 1) && all.parse() == Ok(pages),
        [n] => n.parse() == Ok(page + 1),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::line::Line;
    use super::*;

    fn page(texts: &[(f32, &str)]) -> Laid {
        let line = |(y, text): &(f32, &str)| Line { text: (*text).to_owned(), y: *y, size: 10.0, ..Line::default() };
        Laid { height: 800.0, regions: vec![Region::new(Kind::Body, texts.iter().map(line).collect())] }
    }

    fn texts(pages: &[Laid]) -> Vec<&str> {
        pages.iter().flat_map(|p| &p.regions).flat_map(|r| &r.lines).map(|l| l.text.as_str()).collect()
    }

    #[test]
    fn what_comes_again_at_the_edge_is_taken_out_once() {
        let mut pages = [
            page(&[(40.0, "Fernhill Schools, rev. 3"), (90.0, "Body one."), (770.0, "Page 1 of 2")]),
            page(&[(40.0, "Fernhill Schools, rev. 3"), (90.0, "Body two."), (770.0, "Page 2 of 2")]),
        ];
        let found = take(&mut pages);
        assert_eq!(texts(&pages), ["Body one.", "Body two."]);
        let said: Vec<_> = found.iter().map(|f| (f.text.as_str(), f.is_header)).collect();
        assert_eq!(said, [("Fernhill Schools, rev. 3", true), ("Page 1 of 2", false)]);
    }

    #[test]
    fn the_only_line_of_a_page_and_a_year_are_no_page_numbers() {
        let mut pages = [page(&[(90.0, "Agreement"), (770.0, "2026")])];
        assert!(take(&mut pages).is_empty());
        let mut pages = [page(&[(90.0, "Agreement"), (770.0, "- 1 -")])];
        assert_eq!(take(&mut pages).len(), 1);
    }
}
