//! The document's title: the lines before its first text.

use super::heading::Habits;
use super::shape;
use super::view::View;
use crate::document::{BlockKind, Draft};

/// The title and the drafts that make it up.
pub(super) struct Title {
    pub words: Option<String>,
    /// Drafts on the title page that are no headings.
    pub page: Vec<usize>,
}

/// Most blocks that a title page is searched for.
const ZONE: usize = 40;

/// Finds the title: a block of title style, else the standing-out lines at the start, else the first heading.
pub(super) fn find(drafts: &[Draft], views: &[View], habits: &Habits) -> Title {
    let mut zone = Zone::default();
    let body = (0..drafts.len()).filter(|i| drafts[*i].kind.is_body()).take(ZONE);
    for i in body {
        if !zone.take(i, drafts, views, habits) {
            break;
        }
    }
    let opens = zone.lines.len() > 1 && zone.lines.last().is_some_and(|i| opens_text(*i, &zone.lines, drafts, views));
    if opens {
        zone.page.retain(|i| Some(i) != zone.lines.last());
        zone.lines.pop();
    }
    let lines = zone.lines.iter().filter(|i| !is_draft_mark(&views[**i].words)).map(|i| views[*i].words.as_str());
    let named = zone.heading.map(|heading| heading_titles(heading, drafts, views)).unwrap_or_default();
    let parts: Vec<&str> = lines.chain(named).collect();
    let words = match (parts.is_empty(), zone.heading) {
        (false, _) => Some(joined(parts.into_iter())),
        (true, Some(heading)) => Some(views[heading].words.clone()),
        (true, None) => views.iter().zip(drafts).find(|(_, d)| d.kind.is_body()).map(|(v, _)| first_words(&v.words)),
    };
    Title { words: words.filter(|w| !w.is_empty()), page: zone.page }
}

/// The blocks before the first text.
#[derive(Default)]
struct Zone {
    /// The title's lines.
    lines: Vec<usize>,
    /// All lines on the title page; they are no headings.
    page: Vec<usize>,
    /// The first declared heading.
    heading: Option<usize>,
    /// Lines like `DATE: …` were met.
    memo: bool,
}

impl Zone {
    /// Looks at the next block; false if the title page ends before it or with it.
    fn take(&mut self, i: usize, drafts: &[Draft], views: &[View], habits: &Habits) -> bool {
        let (draft, view) = (&drafts[i], &views[i]);
        if let Some(level) = draft.look.outline.filter(|_| !draft.look.title) {
            // A heading that only comes before another one of its level, or of a higher one, is a title.
            let next = drafts[i + 1..].iter().find(|d| d.kind.is_body()).and_then(|d| d.look.outline);
            let bare = self.heading.is_none() && view.marker.is_none() && next.is_some_and(|next| next <= level);
            self.heading.get_or_insert(i);
            if bare {
                self.lines.push(i);
                self.page.push(i);
            }
            return bare;
        }
        if ends_zone(draft, view) {
            return false;
        }
        self.memo |= shape::memo_line(&view.words);
        self.page.push(i);
        if is_line(draft, view, habits, self.memo) {
            self.lines.push(i);
        }
        true
    }
}

/// Text, a numbered heading, a table or a list ends the title page.
fn ends_zone(draft: &Draft, view: &View) -> bool {
    let title = draft.look.title || draft.look.centered;
    let numbered = view.marker.as_ref().is_some_and(|m| m.closed);
    let sentence =
        (view.words.ends_with('.') && view.count >= 7) || (view.count >= 12 && shape::sentence_like(&view.words));
    let text = (sentence && !shape::caps(&view.words)) || view.words.ends_with('?');
    let contents = view.words.eq_ignore_ascii_case("contents");
    draft.kind != BlockKind::Paragraph || (numbered && !title) || text || view.count > 30 || contents
}

fn is_line(draft: &Draft, view: &View, habits: &Habits, memo: bool) -> bool {
    let look = &draft.look;
    if look.title {
        return true;
    }
    let words = view.words.as_str();
    let stops = words.ends_with([':', ';', '?']) || (words.ends_with('.') && !shape::caps(words));
    let fine = !shape::memo_line(words) && !words.contains("/s/") && !stops;
    let strong = look.bold || look.underlined || look.centered || shape::caps(words) || habits.large(draft);
    let plain = habits.plain && view.count <= 14 && !shape::signature(words) && words.contains(char::is_alphabetic);
    fine && if memo { strong && view.count <= 9 } else { strong || plain }
}

/// Whether the last line over the first text is that text's heading: it has a heading's usual words, or it looks
/// like the headings further down and not like the title.
fn opens_text(line: usize, title: &[usize], drafts: &[Draft], views: &[View]) -> bool {
    const OPENERS: [&str; 15] = [
        "purpose",
        "introduction",
        "preamble",
        "recitals",
        "background",
        "definitions",
        "mission",
        "authority",
        "policy",
        "overview",
        "scope",
        "parties",
        "statement",
        "preface",
        "intent",
    ];
    let next = (line + 1..drafts.len()).find(|i| drafts[*i].kind.is_body());
    let after_contents = title
        .iter()
        .rev()
        .nth(1)
        .is_some_and(|before| drafts[*before..line].iter().any(|d| d.kind == BlockKind::Contents));
    if after_contents || next.is_some_and(|i| views[i].words.ends_with('?')) {
        return true;
    }
    if !next.is_some_and(|i| is_text(&drafts[i], &views[i])) {
        return false;
    }
    let first = views[line].words.split(' ').next().unwrap_or_default().to_lowercase();
    let usual = views[line].count <= 4 && OPENERS.contains(&first.trim_end_matches(|c: char| !c.is_alphabetic()));
    let apart = title.iter().rev().nth(1).is_some_and(|before| before + 1 < line);
    let unlike = apart || title.len() == 2 || look(line, drafts, views) != look(title[0], drafts, views);
    usual || (unlike && alike_later(line, drafts, views))
}

/// What tells one kind of line from another: bold, underlined, centred, capitals, size.
fn look(i: usize, drafts: &[Draft], views: &[View]) -> (bool, bool, bool, bool, Option<u32>) {
    let look = &drafts[i].look;
    (look.bold, look.underlined, look.centered, shape::caps(&views[i].words), look.size.map(f32::to_bits))
}

/// Whether at least two lines further down look the same and stand over text.
fn alike_later(line: usize, drafts: &[Draft], views: &[View]) -> bool {
    let mine = look(line, drafts, views);
    let strong = mine.0 || mine.1 || mine.3;
    let over_text = |i: &usize| drafts.get(i + 1).zip(views.get(i + 1)).is_some_and(|(d, v)| is_text(d, v));
    let alike = |i: &usize| {
        views[*i].marker.is_none() && views[*i].count <= 12 && look(*i, drafts, views) == mine && over_text(i)
    };
    strong && (line + 1..drafts.len()).filter(alike).take(2).count() == 2
}

fn is_text(draft: &Draft, view: &View) -> bool {
    draft.kind == BlockKind::Paragraph && view.count >= 8 && !shape::memo_line(&view.words)
}

/// A stamp, not a title.
fn is_draft_mark(words: &str) -> bool {
    words.get(..5).is_some_and(|start| start.eq_ignore_ascii_case("draft"))
}

/// The first heading if it is the only one of its level, with those directly below it that are, too; and the next
/// one where these only name the department that speaks.
fn heading_titles<'v>(first: usize, drafts: &[Draft], views: &'v [View]) -> Vec<&'v str> {
    let mut levels = [0usize; 256];
    drafts.iter().filter_map(|d| d.look.outline).for_each(|level| levels[usize::from(level)] += 1);
    let mut titles: Vec<&str> = Vec::new();
    let mut speaker = false;
    for (draft, view) in drafts.iter().zip(views).skip(first).filter(|(d, _)| d.kind.is_body()) {
        let Some(level) = draft.look.outline.filter(|_| view.marker.is_none()) else { break };
        if levels[usize::from(level)] > 1 && !speaker {
            break;
        }
        titles.push(&view.words);
        speaker = titles.len() == 1 && names_speaker(view);
    }
    titles
}

fn names_speaker(view: &View) -> bool {
    let names = ["department", "schools", "district", "police", "town", "city", "school"];
    view.count <= 9 && view.words.split(' ').any(|w| names.contains(&w.to_lowercase().trim_matches(',')))
}

/// Title lines in one: with a comma, or with a space where a phrase goes on.
fn joined<'a>(lines: impl Iterator<Item = &'a str>) -> String {
    let mut title = String::new();
    for line in lines {
        let first = line.split(' ').next().unwrap_or_default().to_lowercase();
        let linked = ["and", "between", "among", "for", "of", "with", "by"].contains(&first.as_str());
        if !title.is_empty() {
            let goes_on = linked || shape::goes_on(&title) || title.ends_with(['.', ':', ',', '–', '—', '-']);
            title.push_str(if goes_on { " " } else { ", " });
        }
        title.push_str(line);
    }
    title
}

/// Where nothing looks like a title: the start of the text, if it is short.
fn first_words(words: &str) -> String {
    if shape::word_count(words) <= 20 { words.to_owned() } else { String::new() }
}
