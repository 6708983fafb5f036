//! Splits a block's folded text into sentences, and sentences with lists in them into items.

use crate::document::{Document, Folded};
use std::ops::Range;

/// A stretch of a block that is read as one statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stretch {
    /// Byte range in the folded text.
    pub range: Range<usize>,
    /// The stretch of this block that leads into it (the words before "(a)"), if it is an item.
    pub lead: Option<usize>,
    /// Whether it ends with a question mark.
    pub question: bool,
}

/// Abbreviations after which a full stop ends no sentence.
const ABBREVIATIONS: &[&str] = &[
    "no", "nos", "g.l", "m.g.l", "c", "ch", "sec", "secs", "art", "arts", "u.s.c", "c.f.r", "u.s", "dr", "mr", "mrs",
    "ms", "st", "inc", "e.g", "i.e", "etc", "vs", "v", "jr", "sr", "sgt", "lt", "capt", "det", "ofc", "dept", "p",
    "pp", "para", "approx", "gen", "stat", "mass", "supt", "ext", "tel", "rev", "cf", "al", "n", "g.o", "r.s.o", "cmr",
];

/// The sentences of a block from a byte of its folded text on, lists inside a sentence split into their items.
pub fn stretches(document: &Document, folded: &Folded, from: usize) -> Vec<Stretch> {
    let mut out = Vec::new();
    for range in sentences(document, folded, from).into_iter().flat_map(|range| bounded(folded.text(), range)) {
        let question = is_question(&folded.text()[range.clone()]);
        split_items(folded.text(), range, question, &mut out);
    }
    out
}

/// Most bytes of a sentence: what a stranger's file has without a full stop is cut, so that work and memory grow with
/// its length and no faster.
const LONGEST: usize = 8_000;

/// A sentence, cut at spaces where it is too long.
fn bounded(text: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut start = range.start;
    while range.end - start > LONGEST {
        let middle = text.floor_char_boundary(start + LONGEST);
        let cut = text[start..middle].rfind(' ').map_or(middle, |at| start + at + 1);
        parts.push(start..cut);
        start = cut;
    }
    parts.push(start..range.end);
    parts
}

/// Words that begin a question.
const ASKING: &[&str] = &[
    "who", "whom", "whose", "what", "when", "where", "why", "which", "how", "can", "could", "may", "might", "will",
    "would", "shall", "should", "must", "do", "does", "did", "is", "are", "was", "were", "has", "have", "had",
];

/// Whether a sentence asks: "Kept the agreement?" on a list of what is looked at does not.
fn is_question(sentence: &str) -> bool {
    let ends = sentence.trim_end_matches(['"', ')', ' ']).ends_with('?');
    ends && sentence
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .take(8)
        .any(|w| ASKING.contains(&w))
}

fn sentences(document: &Document, folded: &Folded, from: usize) -> Vec<Range<usize>> {
    let text = folded.text();
    let bytes = text.as_bytes();
    let mut out = Vec::new();
    let mut start = from;
    for at in memchr::memchr3_iter(b'.', b'?', b'!', bytes) {
        if at < start {
            continue;
        }
        let mut end = at + 1;
        while matches!(bytes.get(end), Some(b'"' | b')' | b'\'' | b']' | b'.' | b'?' | b'!')) {
            end += 1;
        }
        let next = text[end..].trim_start();
        let apart = end < bytes.len() && bytes[end] == b' ';
        if !apart || next.is_empty() || bytes[at] == b'.' && is_abbreviation(&text[start..at], next) {
            continue;
        }
        let next_at = folded.span(text.len() - next.len()..text.len()).start;
        if begins_sentence(document, next_at) {
            out.push(start..end);
            start = text.len() - next.len();
        }
    }
    if !text[start..].trim().is_empty() {
        out.push(start..text.len());
    }
    out
}

fn is_abbreviation(before: &str, next: &str) -> bool {
    let word = before.rsplit([' ', '(', '"', '-']).next().unwrap_or_default();
    let rest = before.trim_end_matches(word).trim_end();
    // "You may say no." ends a sentence, "Order No. 5" does not; an answer "No." goes with the words that explain it,
    // not with the next question.
    let asks_on = || next.find(['.', '?', '!']).is_some_and(|at| next[at..].starts_with('?'));
    if word == "no" && !next.starts_with(|c: char| c.is_ascii_digit()) && (!rest.is_empty() || asks_on()) {
        return false;
    }
    // A lone letter or numeral at the very beginning is the item's number.
    let numeral = word.bytes().any(|b| b.is_ascii_digit()) || word.bytes().all(|b| b"ivxlc".contains(&b));
    let number = rest.is_empty() && word.len() <= 4 && numeral;
    let initial = word.len() == 1 && word.bytes().all(|b| b.is_ascii_alphabetic()) && word != "i";
    number || initial || ABBREVIATIONS.contains(&word)
}

/// Whether the character at a document offset can begin a sentence: a capital, figure, quote or bracket.
fn begins_sentence(document: &Document, offset: usize) -> bool {
    let c = document.text().get(offset..).and_then(|t| t.chars().next()).unwrap_or(' ');
    !(c.is_lowercase() || matches!(c, ',' | ';' | ':' | ')'))
}

/// Pushes a sentence, or its lead-in and its items where it holds a list: `(a) …; (b) …` or `…; …; …`.
fn split_items(text: &str, range: Range<usize>, question: bool, out: &mut Vec<Stretch>) {
    let markers = markers(&text[range.clone()]);
    let push = |out: &mut Vec<Stretch>, part: Range<usize>, lead| {
        if text[part.clone()].chars().any(char::is_alphanumeric) || text[part.clone()].contains("__") {
            out.push(Stretch { range: part, lead, question });
        }
    };
    if markers.len() < 2 {
        let lead = out.len();
        let mut first = true;
        for part in semicolons(text, range) {
            push(out, part, (!first).then_some(lead));
            first = false;
        }
        return;
    }
    let starts: Vec<usize> = markers.iter().map(|m| range.start + m.start).collect();
    let first = out.len();
    for part in semicolons(text, range.start..starts[0]) {
        push(out, part, None);
    }
    let lead = (out.len() > first).then(|| out.len() - 1);
    for (i, marker) in markers.iter().enumerate() {
        let from = range.start + marker.end;
        let to = starts.get(i + 1).copied().unwrap_or(range.end);
        push(out, from..to.max(from), lead);
    }
}

/// The parts of a sentence between semicolons.
fn semicolons(text: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut start = range.start;
    for at in memchr::memchr_iter(b';', &text.as_bytes()[range.clone()]) {
        parts.push(start..range.start + at);
        start = range.start + at + 1;
    }
    parts.push(start..range.end);
    parts
}

/// `(a)`, `(iv)`, `(2)` or `2)` in ascending order from the first of its kind.
fn markers(text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut found: Vec<(Range<usize>, &str)> = Vec::new();
    for close in memchr::memchr_iter(b')', bytes) {
        let open = text[..close].trim_end_matches(|c: char| c.is_ascii_alphanumeric()).len();
        let name = &text[open..close];
        let bracketed = open > 0 && matches!(bytes[open - 1], b'(' | b'{');
        let start = if bracketed { open - 1 } else { open };
        // `99.31(a)(1)` and `section 3(b)` are citations, not items.
        let apart = start == 0 || bytes[start - 1] == b' ';
        let spaced = bytes.get(close + 1).is_none_or(|b| *b == b' ');
        if apart && spaced && bracketed && name.len() <= 4 && is_marker(name) {
            found.push((start..close + 1, name));
        }
    }
    let first = found.iter().position(|(_, name)| matches!(*name, "a" | "i" | "1"));
    match first {
        Some(first) if found.get(first + 1).is_some_and(|(_, n)| matches!(*n, "b" | "ii" | "2")) => {
            found.drain(..first);
            found.into_iter().map(|(range, _)| range).collect()
        }
        _ => Vec::new(),
    }
}

fn is_marker(name: &str) -> bool {
    let digits = name.bytes().all(|b| b.is_ascii_digit());
    let letter = name.len() == 1 && name.bytes().all(|b| b.is_ascii_lowercase());
    let roman = name.bytes().all(|b| matches!(b, b'i' | b'v' | b'x'));
    !name.is_empty() && (digits || letter || roman)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{BlockKind, DocumentBuilder, Format};

    fn parts(text: &str) -> Vec<(String, Option<usize>)> {
        let mut builder = DocumentBuilder::packed(Format::Docx);
        builder.open(BlockKind::Paragraph);
        builder.push(text, None);
        let document = builder.finish();
        let folded = Folded::new(document.text(), &document.blocks()[0].pieces);
        stretches(&document, &folded, 0)
            .into_iter()
            .map(|s| (folded.text()[s.range].trim().to_owned(), s.lead))
            .collect()
    }

    #[test]
    fn a_sentence_without_an_end_is_cut_at_spaces() {
        let text = "the officer trains ".repeat(2_000);
        let parts = bounded(&text, 0..text.len());
        assert!(parts.len() > 3 && parts.iter().all(|p| p.len() <= LONGEST));
        assert_eq!(parts.iter().map(|p| &text[p.clone()]).collect::<String>(), text);
    }

    #[test]
    fn abbreviations_and_citations_end_no_sentence() {
        assert_eq!(
            parts("Under G.L. c. 71, § 37P the Chief acts. See 34 C.F.R. § 99.31(a)(1)(i)(B). He decides.").len(),
            3
        );
        assert_eq!(parts("A. Guiding rule. The least is best.").len(), 2);
        assert_eq!(parts("Order No. 5 applies. You may say no. No. That is all. No. Is there more?").len(), 5);
        assert_eq!(parts("iv. The rule. Aims. The least is best.").len(), 3);
    }

    #[test]
    fn brackets_after_letters_of_any_alphabet_are_read() {
        assert_eq!(parts("ب) one; é) two.").len(), 2);
    }

    #[test]
    fn only_the_last_clause_before_a_list_leads_into_it() {
        assert_eq!(
            parts("Whereas the town has officers; whereas the goals are (a) peace; and (b) quiet.")[1..],
            [
                ("whereas the goals are".to_owned(), None),
                ("peace; and".to_owned(), Some(1)),
                ("quiet.".to_owned(), Some(1))
            ]
        );
    }

    #[test]
    fn a_list_in_a_sentence_gives_items_with_their_lead() {
        assert_eq!(
            parts("The officer shall not (a) punish; (b) enforce rules, or (c) counsel."),
            [
                ("the officer shall not".to_owned(), None),
                ("punish;".to_owned(), Some(0)),
                ("enforce rules, or".to_owned(), Some(0)),
                ("counsel.".to_owned(), Some(0)),
            ]
        );
    }

    #[test]
    fn a_question_asks_with_a_word_that_asks() {
        assert!(is_question("what does the officer wear?"));
        assert!(is_question("if a parent comes, may she stay?"));
        assert!(!is_question("kept the agreement?"));
        assert!(!is_question("the officer asks."));
    }
}
