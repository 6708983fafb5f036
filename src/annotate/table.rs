//! Tables: which cells name a row or a column, and which of them provide.

use super::{Annotated, Class, Language, TitleId, UnitId};
use crate::document::BlockKind;
use std::collections::BTreeMap;
use std::ops::Range;

/// Longest cell that is taken for a row's label, in words.
const LONGEST_LABEL: usize = 25;
/// Longest cell of a heading row, in words.
const LONGEST_HEADER: usize = 8;
/// Columns of the widest table whose heads are compared with each other.
const MOST_COLUMNS: usize = 12;
/// A middle column whose cells have on average so many words says something and names nothing.
const SAYS_SOMETHING: usize = 5;

/// Where a unit stands in a table.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Place {
    table: u32,
    row: u32,
    column: u32,
}

fn place(out: &Annotated<'_>, id: UnitId) -> Option<Place> {
    match out.document.block(out.units[id].block).kind {
        BlockKind::TableCell { table, row, column } => Some(Place { table, row, column }),
        _ => None,
    }
}

/// Gives the cells of all tables their labels.
pub(super) fn connect(out: &mut Annotated<'_>, language: &Language) {
    let mut start = 0;
    while start < out.units.len() {
        let Some(first) = place(out, start) else {
            start += 1;
            continue;
        };
        let same = |id: &UnitId| place(out, *id).is_some_and(|p| p.table == first.table);
        let end = (start..out.units.len()).find(|id| !same(id)).unwrap_or(out.units.len());
        let saying = saying_columns(out, start..end);
        rows(out, language, start..end, &saying);
        start = end;
    }
}

/// The middle columns that say something: "Topic | What the officer does | Weight".
fn saying_columns(out: &Annotated<'_>, table: Range<UnitId>) -> Vec<u32> {
    let mut cells: BTreeMap<(u32, u32), usize> = BTreeMap::new();
    for id in table.clone() {
        if let Some(at) = place(out, id) {
            *cells.entry((at.column, at.row)).or_default() += out.units[id].own.len();
        }
    }
    let last = cells.keys().map(|(column, _)| *column).max().unwrap_or(0);
    let average = |column: u32| {
        let body: Vec<usize> = cells.iter().filter(|((c, r), _)| *c == column && *r > 0).map(|(_, n)| *n).collect();
        body.iter().sum::<usize>().checked_div(body.len()).unwrap_or(0)
    };
    // A number before them is no name: then the first of them is the row's name.
    let named = |column: u32| {
        (0..column).any(|c| {
            table.clone().any(|id| place(out, id).is_some_and(|p| p.column == c && p.row > 0) && names(out, id))
        })
    };
    (1..last).filter(|c| average(*c) >= SAYS_SOMETHING && named(*c) && !quotes(out, &table, *c)).collect()
}

/// Whether a cell has a word that is no number.
fn names(out: &Annotated<'_>, id: UnitId) -> bool {
    out.units[id].own.clone().any(|t| out.word(t).len() > 1 && !out.word(t).starts_with(|c: char| c.is_ascii_digit()))
}

/// Whether a column only repeats what the law asks for.
fn quotes(out: &Annotated<'_>, table: &Range<UnitId>, column: u32) -> bool {
    let of_law = |word: &str| {
        [
            "law",
            "statut",
            "requir",
            "component",
            "element",
            "item",
            "topic",
            "subject",
            "standard",
            "question",
            "chapter",
            "text",
        ]
        .iter()
        .any(|w| word.starts_with(w))
    };
    table
        .clone()
        .filter(|id| place(out, *id).is_some_and(|p| p.row == 0 && p.column == column))
        .any(|id| out.units[id].own.clone().any(|t| of_law(out.word(t))))
}

/// Every row of a table, under its heading row if it has one.
fn rows(out: &mut Annotated<'_>, language: &Language, table: Range<UnitId>, saying: &[u32]) {
    let mut headers: Vec<(u32, TitleId)> = Vec::new();
    let mut leading: Vec<(u32, UnitId)> = Vec::new();
    let mut start = table.start;
    while start < table.end {
        let row = place(out, start).map(|p| p.row);
        let end = (start..table.end).find(|id| place(out, *id).map(|p| p.row) != row).unwrap_or(table.end);
        let columns: Vec<u32> = (start..end).filter_map(|id| place(out, id)).map(|p| p.column).collect();
        if columns.iter().max() != columns.iter().min() {
            if !headers.is_empty() {
                under(out, start..end, &headers);
            }
            label_row(out, start..end, saying, &leading);
            if row == Some(0) && is_header(out, start..end) {
                headers = head(out, start..end);
            }
            if row == Some(0) {
                leading = opposed(out, language, start..end);
                for (_, head) in &leading {
                    (out.units[*head].class, out.units[*head].lead_unit) = (Class::Label, None);
                }
            }
        }
        start = end;
    }
}

/// Whether no cell of a row has two statements.
fn one_each(out: &Annotated<'_>, row: &Range<UnitId>) -> bool {
    row.clone().skip(1).all(|id| place(out, id) != place(out, id - 1))
}

/// Whether a first row of three cells or more names the columns: short cells, no sentences.
fn is_header(out: &Annotated<'_>, row: Range<UnitId>) -> bool {
    let short = |id: UnitId| out.units[id].own.len() <= LONGEST_HEADER;
    row.len() >= 3 && one_each(out, &row) && row.clone().all(short)
}

/// The heads of two columns of which one denies what the other affirms with a verb: "The SRO does | The SRO does not".
/// They lead into their cells.
fn opposed(out: &Annotated<'_>, language: &Language, row: Range<UnitId>) -> Vec<(u32, UnitId)> {
    let words = |id: UnitId| -> Vec<&str> { out.units[id].own.clone().map(|t| out.word(t)).collect() };
    let denies = |word: &&str| language.negation.contains(*word);
    let short = |id: &UnitId| (1..=LONGEST_HEADER).contains(&out.units[*id].own.len());
    if !one_each(out, &row) || row.len() > MOST_COLUMNS {
        return Vec::new();
    }
    let heads: Vec<UnitId> = row.filter(short).collect();
    for denied in heads.iter().filter(|id| words(**id).iter().any(denies)) {
        let said: Vec<&str> = words(*denied).into_iter().filter(|word| !denies(word)).collect();
        let verb = said.iter().any(|word| language.modals.contains(*word));
        let affirmed = heads.iter().find(|id| *id != denied && verb && words(**id) == said);
        if let Some(affirmed) = affirmed {
            return [*affirmed, *denied].into_iter().filter_map(|id| Some((place(out, id)?.column, id))).collect();
        }
    }
    Vec::new()
}

/// The names of the columns.
fn head(out: &mut Annotated<'_>, row: Range<UnitId>) -> Vec<(u32, TitleId)> {
    let mut named = Vec::new();
    for id in row {
        let Some(at) = place(out, id) else { continue };
        named.push((at.column, out.titles.len()));
        out.titles.push(out.units[id].own.clone());
    }
    named
}

/// A cell stands under the name of its column.
fn under(out: &mut Annotated<'_>, row: Range<UnitId>, headers: &[(u32, TitleId)]) {
    for id in row {
        let column = place(out, id).map(|p| p.column);
        let own = headers.iter().filter(|(c, _)| Some(*c) == column).map(|(_, title)| *title);
        out.units[id].titles.extend(own);
    }
}

/// Cells: the short cells before the last one label the others. Number cells ("1.") are labels, too.
fn label_row(out: &mut Annotated<'_>, row: Range<UnitId>, saying: &[u32], leading: &[(u32, UnitId)]) {
    let mut label: Option<UnitId> = None;
    let mut titles = Vec::new();
    let column = |out: &Annotated<'_>, id: UnitId| place(out, id).map_or(0, |p| p.column);
    let heads = row.clone().next().and_then(|id| place(out, id)).is_some_and(|p| p.row == 0);
    let last_column = row.clone().map(|id| column(out, id)).max().unwrap_or(0);
    for id in row {
        let at = column(out, id);
        let words = out.units[id].own.len();
        let says = saying.contains(&at) && !heads;
        if let Some((_, head)) = leading.iter().find(|(column, _)| *column == at) {
            out.units[id].titles.extend(&titles);
            out.units[id].lead_unit = out.units[id].lead_unit.or(Some(*head));
        } else if at < last_column && words <= LONGEST_LABEL && !says {
            out.units[id].class = Class::Label;
            titles.push(out.titles.len());
            out.titles.push(out.units[id].own.clone());
            out.units[id].lead_unit = label;
            label = Some(id);
        } else {
            out.units[id].titles.extend(&titles);
            if out.units[id].lead_unit.is_none() {
                out.units[id].lead_unit = label;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::annotate::{Annotated, Class, Language};
    use crate::reader::{Limits, Source, read};

    /// What provides in a table, each with the titles over it.
    fn provisions(text: &str) -> Vec<String> {
        let document = read(Source { name: "t.md", bytes: text.as_bytes() }, &Limits::default()).expect("document");
        let out = Annotated::new(&document, Language::shipped().expect("language"));
        let shown = |unit: &crate::annotate::Unit| {
            let over: Vec<String> = unit.titles.iter().map(|t| out.words(out.titles[*t].clone())).collect();
            format!("{}: {}", over.join(" / "), out.words(unit.own.clone()))
        };
        out.units.iter().filter(|u| u.class == Class::Text).map(shown).collect()
    }

    #[test]
    fn a_middle_column_of_statements_provides_and_stands_under_its_name() {
        let table = "| Area | What we rate | Weight |\n|---|---|---|\n\
                     | Manner | The officer is kind and on time each day | 40 |\n\
                     | Skill | The officer calms a quarrel without force | 60 |\n";
        let found = provisions(table);
        assert!(found.contains(&"what we rate / manner: sro is kind and on time each day".to_owned()), "{found:?}");
        assert!(found.contains(&"weight / skill: 60".to_owned()), "{found:?}");
    }

    #[test]
    fn opposed_heads_of_two_columns_lead_into_their_cells() {
        let table = "| The SRO does | The SRO never does |\n|---|---|\n\
                     | Greets the vans | Hands out a detention |\n\
                     | Eats with a homeroom | Takes a phone away |\n";
        let document = read(Source { name: "t.md", bytes: table.as_bytes() }, &Limits::default()).expect("document");
        let out = Annotated::new(&document, Language::shipped().expect("language"));
        let mut tokens = Vec::new();
        let readings: Vec<String> = out.units[2..]
            .iter()
            .map(|unit| {
                unit.reading(&mut tokens);
                tokens.iter().map(|token| out.word(*token)).collect::<Vec<_>>().join(" ")
            })
            .collect();
        assert_eq!(readings[0], "the sro does greets the vans");
        assert_eq!(readings[3], "the sro never does takes a phone away");
    }

    #[test]
    fn heads_without_a_verb_are_conditions_and_deny_nothing() {
        let table = "| On duty | Not on duty |\n|---|---|\n\
                     | The SRO wears the uniform | The SRO reports to the Lieutenant |\n";
        let found = provisions(table);
        assert!(
            found.contains(&"the sro wears the uniform: the sro reports to the lieutenant".to_owned()),
            "{found:?}"
        );
    }

    #[test]
    fn a_column_that_repeats_the_law_names_the_row() {
        let table = "| No. | The law requires | Ours |\n|---|---|---|\n\
                     | 1 | To whom the officer reports, and how they work together | The sergeant |\n\
                     | 2 | The uniform that the officer wears at school | A polo shirt |\n";
        let found = provisions(table);
        assert!(
            found.iter().all(|f| f.ends_with("the sergeant") || f.ends_with("a polo shirt") || f.ends_with("ours")),
            "{found:?}"
        );
    }
}
