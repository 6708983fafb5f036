//! The document's title: the lines before its first text.

use super::heading::Habits;
use super::shape;
use super::view::View;
use crate::document::{BlockKind, Draft};

/// The title and the drafts that make it up.
pub(super) struct Title {
    pub words: Option<String>,
    /// Drafts that are title lines and therefore no headings.
    pub lines: Vec<usize>,
}

/// Most lines that a title page is searched for.
const ZONE: usize = 40;

/// Finds the title: a block of title style, else the standing-out lines at the start, else the first heading.
pub(super) fn find(drafts: &[Draft], views: &[View], habits: &Habits) -> Title {
    let mut lines: Vec<usize> = Vec::new();
    let mut heading = None;
    let mut memo = false;
    for (i, (draft, view)) in drafts.iter().zip(views).enumerate().filter(|(_, (d, _))| d.kind.is_body()).take(ZONE) {
        if let Some(level) = draft.look.outline.filter(|_| !draft.look.title) {
            // A heading that only comes before another one of its level, or of a higher one, is a title.
            let next = drafts[i + 1..].iter().find(|d| d.kind.is_body()).and_then(|d| d.look.outline);
            let bare = heading.is_none() && view.marker.is_none() && next.is_some_and(|next| next <= level);
            heading.get_or_insert(i);
            if bare {
                lines.push(i);
                continue;
            }
            break;
        }
        if ends_zone(draft, view) {
            break;
        }
        memo |= shape::memo_line(&view.words);
        if is_line(draft, view, habits, memo) {
            lines.push(i);
        }
    }
    let last_is_heading = lines.len() > 1 && lines.last().is_some_and(|i| opens_text(*i, drafts, views));
    if last_is_heading {
        lines.pop();
    }
    let words = match (lines.is_empty(), heading) {
        (false, _) => Some(joined(lines.iter().map(|i| views[*i].words.as_str()))),
        (true, Some(heading)) => Some(heading_title(heading, drafts, views)),
        (true, None) => views.iter().zip(drafts).find(|(_, d)| d.kind.is_body()).map(|(v, _)| first_words(&v.words)),
    };
    Title { words: words.filter(|w| !w.is_empty()), lines }
}

/// Text, a numbered heading, a table or a list ends the title page.
fn ends_zone(draft: &Draft, view: &View) -> bool {
    let title = draft.look.title || draft.look.centered;
    let numbered = view.marker.as_ref().is_some_and(|m| m.closed);
    let text = view.count >= 12
        && (view.words.ends_with('.') || shape::sentence_like(&view.words))
        && !shape::caps(&view.words);
    let contents = view.words.eq_ignore_ascii_case("contents");
    draft.kind != BlockKind::Paragraph || (numbered && !title) || text || view.count > 30 || contents
}

fn is_line(draft: &Draft, view: &View, habits: &Habits, memo: bool) -> bool {
    let look = &draft.look;
    if look.title {
        return true;
    }
    let words = view.words.as_str();
    let fine = !shape::memo_line(words) && !words.contains("/s/") && !words.ends_with(['.', ':', ';', '?']);
    let strong = look.bold || look.underlined || look.centered || shape::caps(words) || habits.large(draft);
    let plain = habits.plain && view.count <= 14 && !shape::signature(words) && words.contains(char::is_alphabetic);
    fine && if memo { strong && view.count <= 9 } else { strong || plain }
}

/// Whether the last line over the first text is that text's heading: it has a heading's usual words, and text
/// follows it directly.
fn opens_text(line: usize, drafts: &[Draft], views: &[View]) -> bool {
    const OPENERS: [&str; 16] = [
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
        "general",
        "statement",
        "preface",
        "intent",
    ];
    let next = (line + 1..drafts.len()).find(|i| drafts[*i].kind.is_body());
    let text = next.is_some_and(|i| drafts[i].kind == BlockKind::Paragraph && views[i].count >= 8);
    let first = views[line].words.split(' ').next().unwrap_or_default().to_lowercase();
    text && views[line].count <= 4 && OPENERS.contains(&first.trim_end_matches(|c: char| !c.is_alphabetic()))
}

/// The first heading, and the next one where the first only names the department that speaks.
fn heading_title(at: usize, drafts: &[Draft], views: &[View]) -> String {
    let first = views[at].words.as_str();
    let names = ["department", "schools", "district", "police", "town", "city"];
    let speaker = views[at].count <= 6 && first.split(' ').any(|w| names.contains(&w.to_lowercase().as_str()));
    let next = (at + 1..drafts.len()).find(|i| drafts[*i].kind.is_body());
    let second = next.filter(|i| speaker && drafts[*i].look.outline.is_some() && views[*i].marker.is_none());
    joined([Some(first), second.map(|i| views[i].words.as_str())].into_iter().flatten())
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
