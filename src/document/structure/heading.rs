//! Which paragraphs are headings, by number, type and words.

use super::number::{Marker, Style};
use super::shape;
use super::view::View;
use crate::document::{BlockKind, Draft};

/// Most words that a heading found by its look can have.
const LONGEST: usize = 30;

/// What a document as a whole tells about its headings.
pub(super) struct Habits {
    /// Nothing in it is bold, underlined or a declared heading.
    pub plain: bool,
    /// Three questions or more stand as paragraphs of their own.
    pub questions: bool,
    /// The size of most of its type.
    pub body_size: Option<f32>,
}

impl Habits {
    pub fn new(drafts: &[Draft], views: &[View]) -> Self {
        let looks = || drafts.iter().filter(|d| shape::is_running(&d.kind)).map(|d| &d.look);
        let plain = !looks().any(|l| l.bold || l.underlined || l.lead > 0 || l.outline.is_some());
        let question = |(d, v): &(&Draft, &View)| shape::is_running(&d.kind) && v.words.ends_with('?') && v.count <= 20;
        let questions = drafts.iter().zip(views).filter(question).count() >= 3;
        Self { plain, questions, body_size: body_size(drafts, views) }
    }

    /// Whether type is clearly larger than most of the document's.
    pub fn large(&self, draft: &Draft) -> bool {
        draft.look.size.zip(self.body_size).is_some_and(|(size, body)| size > body * 1.1)
    }
}

/// The size that most words are set in.
fn body_size(drafts: &[Draft], views: &[View]) -> Option<f32> {
    let mut sizes: Vec<(f32, usize)> =
        drafts.iter().zip(views).filter_map(|(d, v)| Some((d.look.size?, v.count))).collect();
    sizes.sort_by(|a, b| a.0.total_cmp(&b.0));
    let half = sizes.iter().map(|(_, n)| n).sum::<usize>() / 2;
    let mut so_far = 0;
    let middle = sizes.iter().find(|(_, n)| {
        so_far += n;
        so_far > half
    });
    middle.map(|(size, _)| *size)
}

/// A paragraph with its neighbours in the text.
pub(super) struct Place<'a> {
    pub draft: &'a Draft,
    pub view: &'a View,
    pub previous: Option<(&'a Draft, &'a View)>,
    pub next: Option<(&'a Draft, &'a View)>,
    /// The number fits into a sequence.
    pub member: bool,
}

/// Whether the paragraph is a heading.
pub(super) fn is(place: &Place<'_>, habits: &Habits) -> bool {
    let (draft, view) = (place.draft, place.view);
    if !matches!(draft.kind, BlockKind::Paragraph | BlockKind::ListItem { .. } | BlockKind::Heading { .. }) {
        return false;
    }
    if draft.look.outline.is_some() || matches!(draft.kind, BlockKind::Heading { .. }) {
        return view.count <= 60;
    }
    if view.count > LONGEST || shape::signature(&view.words) || shape::memo_line(&view.words) {
        return false;
    }
    match &view.marker {
        Some(Marker { style: Style::Bullet(_), .. }) => false,
        Some(marker) => numbered(place, marker, habits),
        None => {
            shape::heading_length(view.title())
                && view.count <= 22
                && !before_signature(place)
                && unnumbered(place, habits)
        }
    }
}

/// A line over a signature names a signer.
fn before_signature(place: &Place<'_>) -> bool {
    place.next.is_some_and(|(_, next)| next.words.starts_with("/s/") || next.words.starts_with("____"))
}

fn looks_strong(draft: &Draft, habits: &Habits) -> bool {
    draft.look.bold || draft.look.underlined || habits.large(draft)
}

fn numbered(place: &Place<'_>, marker: &Marker, habits: &Habits) -> bool {
    let (draft, view) = (place.draft, place.view);
    let title = view.title();
    let keyword = matches!(marker.style, Style::Part | Style::Article | Style::Section);
    if title.is_empty() {
        return keyword || (looks_strong(draft, habits) && place.next.is_some());
    }
    if !shape::heading_length(title) {
        return false;
    }
    let stops =
        title.ends_with('.') && !(view.count <= 6 && !shape::sentence_like(title) && looks_strong(draft, habits));
    if stops || (!place.member && !keyword && !shape::caps(title) && !looks_strong(draft, habits)) {
        return false;
    }
    if looks_strong(draft, habits) || shape::caps(title) {
        return true;
    }
    let low = matches!(marker.style, Style::Lower | Style::LowerRoman | Style::ParenDigit | Style::ParenLower)
        || matches!(marker.style, Style::ParenUpper | Style::ParenRoman);
    if low || !title.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()) || shape::ends(title) {
        return false;
    }
    let titled = shape::title_case(title) && !shape::sentence_like(title);
    let short = view.count <= 9 && !shape::sentence_like(title);
    if keyword {
        return marker.closed && (titled || short);
    }
    (titled || short) && leads_to_text(place, marker.style)
}

/// What follows is text or a deeper heading, not the next item of a list.
fn leads_to_text(place: &Place<'_>, style: Style) -> bool {
    let same = |other: Option<(&Draft, &View)>| {
        other.is_some_and(|(_, v)| v.marker.as_ref().is_some_and(|m| m.style == style))
    };
    let item_before = same(place.previous) && place.previous.is_some_and(|(_, v)| v.count > 0);
    !same(place.next) && !item_before && place.next.is_some()
}

fn unnumbered(place: &Place<'_>, habits: &Habits) -> bool {
    let (draft, view) = (place.draft, place.view);
    let title = view.title();
    let Some((next_draft, next)) = place.next else { return false };
    if !title.contains(char::is_alphabetic) || matches!(draft.kind, BlockKind::ListItem { .. }) {
        return false;
    }
    if title.ends_with('?') && habits.questions && view.count <= 20 {
        return !next.words.ends_with('?') || next.count > 20;
    }
    let stops = title.ends_with(['.', '!']);
    if shape::caps(title) && !stops {
        return view.count <= 18;
    }
    if looks_strong(draft, habits) {
        return (!stops && (view.count <= 9 || !shape::sentence_like(title))) || view.count <= 5;
    }
    let text_follows = next_draft.kind == BlockKind::Paragraph && next.count >= 8;
    if let Some(name) = title.strip_suffix(':') {
        return view.count <= 6 && shape::title_case(name) && !shape::sentence_like(name) && text_follows;
    }
    habits.plain && short_line(place, next_draft, next, habits)
}

/// In a text without any type: a short line between paragraphs.
fn short_line(place: &Place<'_>, next_draft: &Draft, next: &View, habits: &Habits) -> bool {
    let view = place.view;
    let title = view.title();
    let alone = place.draft.pieces.len() == 1 && view.count <= 8 && !shape::ends(title) && !shape::goes_on(title);
    let worded = title.starts_with(char::is_uppercase) && !shape::sentence_like(title) && !title.contains(", ");
    let after_text = place.previous.is_none_or(|(_, p)| shape::ends(&p.words) || p.words.ends_with('?') || p.count > 8);
    let leads = next_draft.kind == BlockKind::Paragraph
        && (next.count >= 10 || (habits.questions && next.words.ends_with('?')));
    alone && worded && after_text && leads
}
