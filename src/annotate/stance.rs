//! What each unit does: provide, promise, refer, decline, list topics or leave blank.

use super::language::{Cue, Language};
use super::unit::{FoundCue, PlainWords};
use super::{Annotated, BLANK, Break, Class, Stance, SymbolId, UnitId};
use crate::document::BlockKind;
use crate::phrase::{Hit, Scanner, Wanted, WordId};

/// Finds the cues in one reading after another.
struct CueFinder<'l> {
    language: &'l Language,
    scanner: Scanner<'l>,
    /// For every symbol the classes of the language's cues.
    classes: Vec<Vec<WordId>>,
    symbols: Vec<SymbolId>,
    hits: Vec<Hit>,
}

impl<'l> CueFinder<'l> {
    fn new(out: &Annotated<'_>, language: &'l Language) -> Self {
        let classes = out.symbols.names().iter().map(|w| language.cues.lexicon().classes(w)).collect();
        let scanner = language.cues.phrases().scanner();
        Self { language, scanner, classes, symbols: Vec::new(), hits: Vec::new() }
    }

    /// The cues in a reading, in order.
    fn find(&mut self, out: &Annotated<'_>, reading: impl Iterator<Item = usize>) -> Vec<FoundCue> {
        self.symbols.clear();
        self.symbols.extend(reading.map(|t| out.tokens[t].symbol));
        self.hits.clear();
        self.scanner.scan(
            &PlainWords { symbols: &self.symbols, classes: &self.classes },
            Wanted::Everything,
            &mut self.hits,
        );
        self.hits.iter().map(|h| (h.start as usize, h.end as usize, self.language.cue(h.term))).collect()
    }
}

/// Sets class and stance of every unit.
pub(super) fn judge(out: &mut Annotated<'_>, language: &Language) {
    let mut cues = CueFinder::new(out, language);
    let agendas: Vec<bool> =
        out.titles.iter().map(|words| cues.find(out, words.clone()).iter().any(|c| c.2 == Cue::Agenda)).collect();
    let mut reading = Vec::new();
    for id in 0..out.units.len() {
        let lead = out.units[id].reading(&mut reading);
        let found = cues.find(out, reading.iter().copied());
        let listed = out.units[id].titles.iter().any(|t| agendas[*t]);
        let stance = if listed { Stance::Topics } else { stance(out, id, lead, &reading, &found) };
        let legal =
            found.iter().any(|(s, _, c)| *c == Cue::LegalReferences && *s <= lead + 1) && out.units[id].own.len() < 60;
        let unit = &mut out.units[id];
        unit.stance = stance;
        if legal && unit.class == Class::Text {
            unit.class = Class::LegalReferences;
        }
        unit.cues = found;
        if unit.class == Class::Text && is_signature(out, id) {
            out.units[id].class = Class::Signature;
        }
    }
    blank_lists(out);
}

/// A lead-in whose items are all blank leaves its substance blank: "through the following process: ____".
fn blank_lists(out: &mut Annotated<'_>) {
    for id in 0..out.units.len() {
        if !out.units[id].colon || out.units[id].stance != Stance::Provides {
            continue;
        }
        let mut items = out.units[id + 1..].iter().take(40).filter(|u| u.lead_unit == Some(id)).peekable();
        let blank = match items.peek() {
            Some(_) => items.all(|u| u.stance == Stance::Blank),
            None => out.units.get(id + 1).is_some_and(|next| next.stance == Stance::Blank),
        };
        if blank {
            out.units[id].stance = Stance::Blank;
        }
    }
}

fn stance(out: &Annotated<'_>, id: UnitId, lead: usize, reading: &[usize], cues: &[FoundCue]) -> Stance {
    let unit = &out.units[id];
    let own_words = reading.len() - lead;
    let cues: Vec<FoundCue> = cues.iter().filter(|cue| !is_of_itself(out, reading, cues, cue)).copied().collect();
    let has = |cue: Cue| cues.iter().any(|(_, end, c)| *c == cue && *end > lead);
    let lead_has = |cue: Cue| cues.iter().any(|(_, end, c)| *c == cue && *end <= lead);
    let lead_stance = unit.lead_unit.map(|l| out.units[l].stance);
    if unit.class == Class::Unticked || lead_stance == Some(Stance::Unchosen) {
        return Stance::Unchosen;
    }
    if lead_stance == Some(Stance::Topics) && out.units[id].class != Class::Label {
        return Stance::Topics;
    }
    if has(Cue::Topics) || lead_has(Cue::Agenda) || quotes_law(out, id) {
        return Stance::Topics;
    }
    if has(Cue::Past) {
        return Stance::Past;
    }
    if only_blank(out, id) || is_reserved(out, id) || ends_blank(out, id) {
        return Stance::Blank;
    }
    if has(Cue::Promise) {
        return Stance::Promises;
    }
    if has(Cue::Reference) && own_words.min(words_after_colon(out, id)) <= reference_bound(&cues, lead) {
        return Stance::Refers;
    }
    if has(Cue::Decline) && !has(Cue::Right) || lead_has(Cue::Decline) && lead_stance == Some(Stance::Declines) {
        return Stance::Declines;
    }
    Stance::Provides
}

/// Whether a cue only seems to speak of another paper: "under this agreement the officer deals with crime", "subject to
/// the orders of the sergeant".
fn is_of_itself(out: &Annotated<'_>, reading: &[usize], cues: &[FoundCue], (start, end, cue): &FoundCue) -> bool {
    let mut itself = cues.iter().filter(|(_, _, c)| *c == Cue::NoPaper);
    let held = |(from, to, c): &FoundCue| *c == Cue::NoTopics && from < end && start < to;
    match cue {
        Cue::Topics if cues.iter().any(held) => true,
        Cue::Reference => itself.any(|(from, to, _)| from < end && start < to),
        // "This order specifies …" lists topics; "under this order the officer deals with …" does not.
        Cue::Topics => itself.any(|(from, to, _)| from < end && start < to && stands_under(out, reading, *from)),
        _ => false,
    }
}

/// Whether "under" or its like stands before a word of a reading.
fn stands_under(out: &Annotated<'_>, reading: &[usize], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|i| reading.get(i)).map_or("", |t| out.word(*t));
    matches!(before, "under" | "by" | "in")
}

/// How many words a unit has after its name for what follows: "Sharing of information: see Rule 1.12". A sentence
/// with a verb before the colon says something of its own.
fn words_after_colon(out: &Annotated<'_>, id: UnitId) -> usize {
    const VERBS: &[&str] = &["is", "are", "be", "shall", "will", "must", "may", "should", "can", "has", "have", "does"];
    let own = out.units[id].own.clone();
    let colon = own.clone().rev().find(|t| out.tokens[*t].before == Break::Colon && *t > own.start);
    match colon {
        Some(colon) if !(own.start..colon).any(|t| VERBS.contains(&out.word(t))) => own.end - colon,
        _ => own.len(),
    }
}

/// Whether a unit says no more than what the law says, in its words: `Section 37P lists: "training for SROs".`
fn quotes_law(out: &Annotated<'_>, id: UnitId) -> bool {
    const LAW: &[&str] = &["section", "statute", "law", "laws", "chapter", "act", "37p", "legislature"];
    // "Section 8 is replaced by: …" amends an agreement and quotes no law.
    const AMENDS: &[&str] =
        &["amended", "added", "adding", "replaced", "inserted", "inserting", "substituted", "place", "read"];
    // "In accordance with section 37P(d), "annually the superintendent shall …"" takes the law's words for its own.
    const ADOPTS: &[&str] = &["accordance", "pursuant", "compliance", "agree", "agrees"];
    let unit = &out.units[id];
    let slice = out.document.slice(unit.span);
    let mut marks = slice.match_indices(['"', '\u{201c}', '\u{201d}']).map(|(at, _)| at);
    let Some(opens) = marks.next() else { return false };
    // The closing mark may stand after the unit's last word.
    let closes = marks.next().unwrap_or(slice.len());
    let before = |t: &usize| out.tokens[*t].span.start < unit.span.start + opens;
    let said = unit.own.clone().filter(before).count();
    let ends = slice[closes..].chars().all(|c| !c.is_alphanumeric());
    let says = |words: &[&str]| unit.own.clone().take(said).any(|t| words.contains(&out.word(t)));
    ends && unit.own.len() >= 2 * said && says(LAW) && !says(AMENDS) && !says(ADOPTS)
}

/// How long a unit may be to say no more than where else its substance stands: the pointers and a few words.
fn reference_bound(cues: &[FoundCue], lead: usize) -> usize {
    let mut covered = 0;
    let mut until = 0;
    for (start, end, _) in cues.iter().filter(|(_, end, c)| *c == Cue::Reference && *end > lead) {
        covered += end.saturating_sub(until.max(*start));
        until = until.max(*end);
    }
    covered + 8
}

/// Whether nothing but blanks, brackets and a few filler words stand in a unit.
fn only_blank(out: &Annotated<'_>, id: UnitId) -> bool {
    let unit = &out.units[id];
    let blanks = unit.own.clone().filter(|t| out.word(*t) == BLANK).count();
    blanks > 0 && unit.own.len() - blanks <= 1
}

/// Most words of a statement that only holds a place: "To be scheduled with the principal."
const PLACE_HOLDER: usize = 6;

/// Whether a part of the document is only kept free: "Reserved.", "To be scheduled."
fn is_reserved(out: &Annotated<'_>, id: UnitId) -> bool {
    let own: Vec<&str> = out.units[id].own.clone().take(PLACE_HOLDER + 1).map(|t| out.word(t)).collect();
    match own[..] {
        ["reserved"] => true,
        ["to", "be", done, ..] => own.len() <= PLACE_HOLDER && done.ends_with("ed"),
        _ => false,
    }
}

/// Whether a statement announces its substance and leaves it blank: "as follows: ____".
fn ends_blank(out: &Annotated<'_>, id: UnitId) -> bool {
    let own = out.units[id].own.clone();
    let blanks = own.clone().rev().take_while(|t| out.word(*t) == BLANK).count();
    blanks > 0 && blanks < own.len() && out.tokens[own.end - blanks].before == Break::Colon
}

/// Lines of a signature block: `/s/ …`, `Chief of Police`, `Date: …`.
fn is_signature(out: &Annotated<'_>, id: UnitId) -> bool {
    let unit = &out.units[id];
    if !matches!(out.document.block(unit.block).kind, BlockKind::Paragraph | BlockKind::TableCell { .. }) {
        return false;
    }
    let slice = out.document.slice(unit.span);
    unit.own.len() <= 14 && (slice.contains("/s/") || slice.trim_start().starts_with("Date:"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reader::{Limits, markdown};

    fn last(text: &str) -> (Class, Stance) {
        let document = markdown::read(text.as_bytes(), &Limits::default()).expect("reads");
        let out = Annotated::new(&document, Language::shipped().expect("language"));
        out.units.last().map(|u| (u.class, u.stance)).expect("a unit")
    }

    #[test]
    fn the_document_itself_is_no_other_paper() {
        for text in [
            "Under this Agreement the officer deals with crime.",
            "Under this Memorandum the SRO reports to the Lieutenant.",
            "SROs are subject to the orders of the Day Sergeant.",
        ] {
            assert_eq!(last(text), (Class::Text, Stance::Provides), "{text}");
        }
        assert_eq!(last("Searches are governed by General Order 5.").1, Stance::Refers);
        assert_eq!(last("Interviews are conducted in the manner laid down in Rule 4.09.").1, Stance::Refers);
        assert_eq!(last("Searches are conducted in the manner of a customs post.").1, Stance::Provides);
        assert_eq!(last("The rules on searching will follow in a separate message.").1, Stance::Promises);
        assert_eq!(last("The officer will follow in a separate cruiser.").1, Stance::Provides);
    }

    #[test]
    fn empty_boxes_are_choices_left_open_unless_all_of_many_are_empty() {
        let list =
            |boxes: &[&str]| boxes.iter().map(|b| format!("{b} Parent called before the search\n")).collect::<String>();
        assert_eq!(last(&list(&["- [ ]"; 3])).0, Class::Unticked);
        assert_eq!(last(&list(&["- [x]", "- [ ]", "- [ ]", "- [ ]", "- [ ]", "- [ ]"])).0, Class::Unticked);
        assert_eq!(last(&list(&["- [ ]"; 6])), (Class::Text, Stance::Provides));
    }

    #[test]
    fn a_place_that_is_kept_free_is_blank() {
        assert_eq!(last("Reserved.").1, Stance::Blank);
        assert_eq!(last("To be scheduled.").1, Stance::Blank);
        assert_eq!(last("To be kept by the principal in a locked drawer of the office.").1, Stance::Provides);
    }

    #[test]
    fn what_a_statement_does_is_told_by_its_cues() {
        let stance = |text| last(text).1;
        assert_eq!(stance("The SRO shares information with staff as follows: ____"), Stance::Blank);
        assert_eq!(
            stance("The uniform shall be as stated in the Department's Rule 1.12, which governs all members."),
            Stance::Refers
        );
        assert_eq!(stance("Sharing of information: as set out in the Department's Rule 1.12."), Stance::Refers);
        assert_eq!(stance("The SRO wears this: the uniform described in Rule 3, with a badge."), Stance::Provides);
        assert_eq!(stance("Section 37P lists: \"training for school resource officers\"."), Stance::Topics);
        let adopted =
            "In accordance with section 37P(d), \"the superintendent shall report to the department by August 1\".";
        assert_eq!(stance(adopted), Stance::Provides);
        let course = "She gives sixteen hours to study, and it will include the calming of people in crisis.";
        assert_eq!(stance(course), Stance::Provides);
        assert_eq!(stance("A policy is due in May; it will include the rules on searches."), Stance::Topics);
        assert_eq!(stance("The SRO need not attend."), Stance::Declines);
        assert_eq!(stance("Whether either of us sends the figures is up to each of us."), Stance::Declines);
        assert_eq!(stance("The pilot of 2018, since ended, sent officers to courses."), Stance::Past);
        assert_eq!(stance("Had the bill been enacted, the clerk would have been obliged to count."), Stance::Past);
        assert_eq!(stance("Since 2019 the SRO has met the principal every Monday."), Stance::Provides);
        assert_eq!(stance("## Index of forthcoming orders\n\nUniform of the officer"), Stance::Topics);
        assert_eq!(stance("A student need not answer an officer."), Stance::Provides);
        assert_eq!(stance("Names to be supplied once the Assistant Director is hired."), Stance::Promises);
        assert_eq!(stance("Rules on how they work together will be drawn up by the Chief."), Stance::Promises);
    }

    #[test]
    fn an_amendment_quotes_what_it_puts_in() {
        let new = "Section 8 is replaced by: \"The SRO shall be trained in the law of evidence and in restraint.\"";
        assert_eq!(last(new).1, Stance::Provides);
        let law = "Section 37P says: \"The SRO shall be trained in the law of evidence and in restraint.\"";
        assert_eq!(last(law).1, Stance::Topics);
    }

    #[test]
    fn questions_that_nobody_answers_are_statements() {
        assert_eq!(last("They ask: Was the officer fair? Did the officer keep the agreement?").0, Class::Text);
        assert_eq!(last("Is there a uniform? Yes.").0, Class::Text);
        assert_eq!(last("Is there a uniform?").0, Class::Question);
    }

    #[test]
    fn a_few_words_with_a_full_stop_name_what_the_block_is_about() {
        let document = markdown::read(b"Searching. On a warrant, or with consent.", &Limits::default()).expect("reads");
        let out = Annotated::new(&document, Language::shipped().expect("language"));
        let reading: Vec<String> = out.units[1].lead.iter().map(|l| out.words(l.clone())).collect();
        assert_eq!(reading, ["searching"]);
        assert!(!out.units[1].titles.is_empty());
    }
}
