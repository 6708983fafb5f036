//! Structure from looks: which blocks are headings, which lines are contents or running heads, which short
//! lines are one wrapped paragraph; and the tree of sections that follows.

mod contents;
pub(crate) mod furniture;
mod heading;
mod levels;
mod lists;
pub(crate) mod number;
pub(super) mod numeral;
mod run_in;
mod sequence;
pub(crate) mod shape;
mod title;
mod tree;
mod view;
mod wrap;

use super::{Block, BlockKind, Draft, Section, Span};
use heading::{Habits, Place};
use levels::Class;
use number::Style;
use tree::Step;
use view::View;

/// What [`arrange`] makes of the readers' drafts.
pub(super) struct Arranged {
    pub title: Option<String>,
    pub blocks: Vec<Block>,
    pub sections: Vec<Section>,
}

/// What a draft turns out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Text,
    Heading,
    /// A paragraph whose words up to this byte are a heading.
    RunIn(usize),
    Item,
}

/// Finds headings, builds the section tree and picks the title.
pub(super) fn arrange(text: &str, mut drafts: Vec<Draft>, pages: &[(usize, u32)]) -> Arranged {
    furniture::mark(text, &mut drafts, pages);
    let mut drafts = wrap::join(text, drafts);
    let mut views: Vec<View> = drafts.iter().map(|draft| View::new(text, draft)).collect();
    contents::mark(text, &mut drafts, &views);
    let habits = Habits::new(&drafts, &views);
    let title = title::find(&drafts, &views, &habits);
    let roles = roles(&mut drafts, &mut views, &habits, &title.page);
    let steps = drafts.iter().zip(&views).zip(&roles).map(|((d, v), r)| step(d, v, *r, &habits)).collect();
    let mut blocks: Vec<Block> =
        drafts.into_iter().zip(&views).zip(&roles).map(|((d, v), r)| block(text, d, v, *r)).collect();
    lists::levels(&mut blocks, &views, &roles);
    let sections = tree::build(&mut blocks, steps);
    Arranged { title: title.words, blocks, sections }
}

fn roles(drafts: &mut [Draft], views: &mut [View], habits: &Habits, title: &[usize]) -> Vec<Role> {
    let mut open: Vec<bool> = drafts.iter().map(|d| shape::is_running(&d.kind)).collect();
    for line in title {
        open[*line] = false;
        drafts[*line].kind = BlockKind::Paragraph;
    }
    let member = sequence::resolve(views, |i| open[i]);
    let around = neighbours(drafts);
    let at = |i: Option<usize>| i.map(|i| (&drafts[i], &views[i]));
    let is_heading = |i: usize| {
        // What stands on the title page is no text before a heading.
        let (previous, next) = (at(around[i].0.filter(|p| open[*p])), at(around[i].1));
        let place = Place { draft: &drafts[i], view: &views[i], previous, next, member: member[i] };
        open[i] && heading::is(&place, habits)
    };
    let headings: Vec<bool> = (0..drafts.len()).map(is_heading).collect();
    let run_in = run_in::find(views, |i| open[i] && !headings[i], &member, habits.questions);
    let role = |i: usize| match (headings[i], run_in[i], &drafts[i].kind) {
        (true, ..) => Role::Heading,
        (_, end, _) if end > 0 => Role::RunIn(end),
        (_, _, BlockKind::ListItem { .. }) => Role::Item,
        _ if open[i] && views[i].marker.is_some() && member[i] => Role::Item,
        _ => Role::Text,
    };
    (0..drafts.len()).map(role).collect()
}

/// For every draft the body blocks before and after it.
fn neighbours(drafts: &[Draft]) -> Vec<(Option<usize>, Option<usize>)> {
    let mut around = vec![(None, None); drafts.len()];
    let mut last = None;
    for (i, draft) in drafts.iter().enumerate() {
        around[i].0 = last;
        last = if draft.kind.is_body() { Some(i) } else { last };
    }
    let mut next = None;
    for (i, draft) in drafts.iter().enumerate().rev() {
        around[i].1 = next;
        next = if draft.kind.is_body() { Some(i) } else { next };
    }
    around
}

/// What the draft does to the tree of sections.
fn step(draft: &Draft, view: &View, role: Role, habits: &Habits) -> Step {
    let style = view.marker.as_ref().map(|m| m.style);
    let number = view.marker.as_ref().map(|m| m.number.clone()).filter(|n| !n.is_empty());
    let number = number.or_else(|| draft.label.as_ref().map(|l| l.trim_end_matches(['.', ':', ')']).to_owned()));
    let name = |words: &str| words.trim_end_matches([' ', ':', '.', '—', '–']).to_owned();
    match role {
        Role::Heading => {
            let declared = draft.look.outline.or(match draft.kind {
                BlockKind::Heading { level } => Some(level),
                _ => None,
            });
            let question = declared.is_none() && style.is_none() && view.words.ends_with('?');
            let strength = strength(draft, view, habits);
            let first = view.marker.as_ref().is_some_and(|m| m.ordinal == 1);
            let class = Class { declared, style, first, strength, question, run_in: false };
            Step::Open(class, number, name(view.title()))
        }
        Role::RunIn(end) => {
            let number = number.filter(|_| !matches!(style, Some(Style::Bullet(_))));
            let class = Class { style, run_in: true, ..Class::default() };
            Step::Open(class, number, name(&view.words[view.title_at..end]))
        }
        Role::Item => style.map_or(Step::Stay, Step::Item),
        Role::Text => Step::Stay,
    }
}

fn strength(draft: &Draft, view: &View, habits: &Habits) -> u8 {
    let look = &draft.look;
    u8::from(look.centered)
        + 2 * u8::from(shape::caps(view.title()))
        + 3 * u8::from(look.bold || look.underlined)
        + 6 * u8::from(habits.large(draft))
}

/// The block of a draft, its typed number taken out of its words.
fn block(text: &str, mut draft: Draft, view: &View, role: Role) -> Block {
    if role != Role::Text && draft.label.is_none() && view.title_at > 0 {
        let marker = view.marker.as_ref().map_or(0, |m| m.len);
        draft.label = view.words.get(..marker).map(str::to_owned);
        view::cut(text, &mut draft.pieces, view::signs(&view.words[..marker]));
    }
    let mut block = draft.into_block();
    match role {
        Role::Heading => block.kind = BlockKind::Heading { level: 1 },
        Role::RunIn(end) => {
            let signs = view::signs(&view.words[view.title_at..end]);
            let start = block.pieces.first().map(|p| p.start);
            let end = view::position(text, &block.pieces, signs);
            block.run_in = start.zip(end).map(|(start, end)| Span::new(start, end.max(start)));
        }
        Role::Item | Role::Text => {}
    }
    block
}
