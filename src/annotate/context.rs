//! What leads into a unit: a list's lead-in, a row's label, the question that it answers.

use super::{Annotated, BLANK, Break, Class, Language, TitleId, UnitId, table};
use crate::document::BlockKind;
use std::ops::Range;

/// Longest lead that a unit takes over, in words.
const LONGEST_LEAD: usize = 60;

/// Longest words that are taken for a caption.
const LONGEST_CAPTION: usize = 6;

/// Gives every unit its lead, its row label, its question and its caption.
pub(super) fn connect(out: &mut Annotated<'_>, language: &Language) {
    table::connect(out, language);
    topics(out);
    lists(out);
    questions(out);
    captions(out, language);
    for id in 0..out.units.len() {
        let lead = leads(out, id);
        out.units[id].lead = lead;
    }
}

/// The leads of a unit, outermost first, as long as they are short enough to read together.
fn leads(out: &Annotated<'_>, id: UnitId) -> Vec<Range<usize>> {
    let mut chain = Vec::new();
    let mut total = 0;
    let mut at = out.units[id].lead_unit;
    while let Some(lead) = at {
        let own = out.units[lead].own.clone();
        total += own.len();
        if total > LONGEST_LEAD || chain.len() == 4 {
            break;
        }
        chain.push(own);
        at = out.units[lead].lead_unit.filter(|next| *next < lead);
    }
    chain.reverse();
    // "## Who supervises the officer?": a heading that asks leads into the answers under it.
    let last = out.units[id].titles.last().copied();
    let asked = out.units[id].question.or_else(|| last.filter(|t| asks(out, &out.titles[*t])));
    if let Some(title) = asked.map(|t| out.titles[t].clone())
        && total + title.len() <= LONGEST_LEAD
    {
        chain.insert(0, title);
    }
    chain
}

/// Whether a question mark follows the words.
pub(super) fn asks(out: &Annotated<'_>, words: &Range<usize>) -> bool {
    let end = words.clone().next_back().map_or(0, |t| out.tokens[t].span.end);
    out.document.text().get(end..).is_some_and(|t| t.starts_with('?'))
}

/// Most words of a topic in front of its statements.
const LONGEST_TOPIC: usize = 3;

/// "Searching. With a warrant, or …": a few words with a full stop, no verb among them that is known, name what
/// the rest of the block is about.
fn topics(out: &mut Annotated<'_>) {
    let mut start = 0;
    while start < out.units.len() {
        let block = out.units[start].block;
        let end = (start..out.units.len()).find(|id| out.units[*id].block != block).unwrap_or(out.units.len());
        if end > start + 1 && is_topic(out, start) {
            let title = out.titles.len();
            out.titles.push(out.units[start].own.clone());
            for id in start + 1..end {
                out.units[id].titles.push(title);
                out.units[id].lead_unit = out.units[id].lead_unit.or(Some(start));
            }
        }
        start = end;
    }
}

fn is_topic(out: &Annotated<'_>, id: UnitId) -> bool {
    let unit = &out.units[id];
    let plain = |word: &str| {
        !matches!(
            word,
            "no" | "not" | "never" | "off" | "none" | "yes" | "is" | "are" | "may" | "shall" | "must" | BLANK
        )
    };
    let apart = out.document.slice(unit.span).trim_end().ends_with(['.', '?']);
    unit.class == Class::Text
        && apart
        && unit.own.len() <= LONGEST_TOPIC
        && unit.own.clone().all(|t| plain(out.word(t)))
}

/// List items: the sentence before the list, or the item before a deeper one, leads into them.
fn lists(out: &mut Annotated<'_>) {
    // For every list level the last unit at that level; below all the sentence before the list.
    let mut above: Option<UnitId> = None;
    let mut levels: Vec<(u8, UnitId)> = Vec::new();
    let mut section = usize::MAX;
    for id in 0..out.units.len() {
        let unit = out.units[id].clone();
        let first_in_block = id == 0 || out.units[id - 1].block != unit.block;
        if unit.section != section && out.document.block(unit.block).kind != BlockKind::Footnote {
            section = unit.section;
            above = None;
            levels.clear();
        }
        match out.document.block(unit.block).kind {
            BlockKind::ListItem { level } => {
                if first_in_block {
                    levels.retain(|(l, _)| *l < level);
                }
                let lead = levels.last().map(|(_, id)| *id).filter(|l| *l != id).or(above);
                if first_in_block || out.units[id].lead_unit.is_none() {
                    out.units[id].lead_unit = out.units[id].lead_unit.or(lead);
                }
                if unit.colon || first_in_block {
                    levels.retain(|(l, _)| *l < level);
                    if unit.colon {
                        levels.push((level, id));
                    }
                }
            }
            BlockKind::Paragraph | BlockKind::TextBox | BlockKind::TableCell { .. } => {
                levels.clear();
                let cell = matches!(out.document.block(unit.block).kind, BlockKind::TableCell { .. });
                let leads = unit.colon || ends_as_lead(out, id) || is_unended(out, id);
                above = leads.then_some(id);
                if cell && !leads && unit.class == Class::Label {
                    above = None;
                }
            }
            _ => {}
        }
    }
}

/// Captions in running text: "Mission: to keep …", "PURPOSE. This agreement …", "Goals of the program:" over a
/// list. What follows in the paragraph, or in the list, stands under them as under a heading.
fn captions(out: &mut Annotated<'_>, language: &Language) {
    let mut over_lists: Vec<Option<TitleId>> = vec![None; out.units.len()];
    let mut running: Option<TitleId> = None;
    // A caption that is a paragraph of its own, over the items after it.
    let mut above: Option<TitleId> = None;
    for id in 0..out.units.len() {
        let item = matches!(out.document.block(out.units[id].block).kind, BlockKind::ListItem { .. });
        if id == 0 || out.units[id - 1].block != out.units[id].block {
            running = above.filter(|_| item);
            above = running;
        }
        let lead = out.units[id].lead_unit.filter(|lead| *lead < id).and_then(|lead| over_lists[lead]);
        out.units[id].titles.extend(lead.or(running));
        if let Some(range) = caption(out, language, id) {
            let whole = range == out.units[id].own;
            let title = out.titles.len();
            out.titles.push(range);
            if whole {
                over_lists[id] = Some(title).filter(|_| out.units[id].colon);
            } else {
                out.units[id].titles.push(title);
            }
            running = Some(title);
            above = if whole && !item { Some(title) } else { above };
        }
    }
}

/// The words of a unit before its colon, or the whole of a short one, if they are a name and no statement.
fn caption(out: &Annotated<'_>, language: &Language, id: UnitId) -> Option<Range<usize>> {
    let unit = &out.units[id];
    let own = unit.own.clone();
    let colon = own.clone().skip(1).take(LONGEST_CAPTION).find(|t| out.tokens[*t].before == Break::Colon);
    let end = colon.or((own.len() <= LONGEST_CAPTION).then_some(own.end))?;
    let range = own.start..end;
    let states = range.clone().any(|t| language.modals.contains(out.word(t)));
    (unit.class == Class::Text && !range.is_empty() && !states).then_some(range)
}

/// Whether a sentence without a colon plainly leads into a list: "… the following".
fn ends_as_lead(out: &Annotated<'_>, id: UnitId) -> bool {
    let own = &out.units[id].own;
    own.clone()
        .rev()
        .take(4)
        .any(|t| matches!(out.word(t), "following" | "follow" | "below" | "to" | "include" | "includes"))
        && own.len() > 2
}

/// Whether a statement has no end of its own: "An SRO shall be trained in" over a list goes on in its items.
fn is_unended(out: &Annotated<'_>, id: UnitId) -> bool {
    let unit = &out.units[id];
    let ended = out.document.slice(unit.span).trim_end().ends_with(['.', '?', '!', ';', ')', '"', '\u{201d}']);
    unit.class == Class::Text && !ended && unit.own.len() > 1
}

/// "They ask: Was the officer fair? Did the officer keep the agreement?": questions one after the other in a block
/// are not answered there but say what is asked.
fn unanswered(out: &mut Annotated<'_>) {
    let asks = |out: &Annotated<'_>, id: UnitId| out.units[id].class == Class::Question;
    let pairs: Vec<UnitId> = (1..out.units.len())
        .filter(|id| asks(out, *id) && asks(out, *id - 1) && out.units[*id].block == out.units[*id - 1].block)
        .collect();
    for id in pairs {
        out.units[id].class = Class::Text;
        out.units[id - 1].class = Class::Text;
    }
}

/// A question leads into the first sentences after it in the same block or the next.
fn questions(out: &mut Annotated<'_>) {
    let mut question: Option<UnitId> = None;
    unanswered(out);
    for id in 0..out.units.len() {
        if out.units[id].class == Class::Question {
            question = Some(id);
        } else if let Some(q) = question {
            let near = out.units[id].block <= out.units[q].block + 1 && out.units[id].section == out.units[q].section;
            if near && out.units[id].lead_unit.is_none() {
                out.units[id].lead_unit = Some(q);
            } else if !near {
                question = None;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::annotate::{Annotated, Language};
    use crate::reader::{Limits, Source, read};

    /// The captions and headings over every unit.
    fn titles(text: &str) -> Vec<String> {
        let document = read(Source { name: "t.txt", bytes: text.as_bytes() }, &Limits::default()).expect("document");
        let out = Annotated::new(&document, Language::shipped().expect("language"));
        let words = |unit: &crate::annotate::Unit| {
            unit.titles.iter().map(|t| out.words(out.titles[*t].clone())).collect::<Vec<_>>().join(" / ")
        };
        out.units.iter().map(words).collect()
    }

    #[test]
    fn a_caption_in_running_text_stands_over_what_follows_it() {
        let text = "We wrote this in June, and we mean all of it. Purpose: to keep every pupil of the town safe. \
                    It does so gently. Aims. To have fewer quarrels at the gate in the morning.";
        assert_eq!(titles(text), ["", "purpose", "purpose", "purpose", "aims"]);
    }

    #[test]
    fn a_caption_over_a_list_stands_over_its_items() {
        let text = "We wrote this in June, and we mean all of it.\n\nGoals and aims\n\n- fewer quarrels at the gate\n\
                    - a visit to every class of the school\n\nHe is paid by the town and by nobody else.\n";
        assert_eq!(titles(text)[2..], ["goals and aims", "goals and aims", ""]);
    }

    #[test]
    fn a_short_statement_is_no_caption() {
        assert_eq!(titles("He is paid. The town keeps the car in good order all year."), ["", ""]);
    }
}
