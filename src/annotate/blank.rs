//! Blanks: rules of underscores, bracketed instructions, prompts of form controls and "TBD" read as one blank.

use super::token::{BLANK, Symbols, Token};
use crate::document::{Document, Folded, Span};

/// Words that begin an instruction in brackets: "[insert name]", "[NOTE: some districts may …]".
const INSTRUCTIONS: &[&str] = &[
    "insert",
    "identify",
    "note",
    "pending",
    "reserved pending",
    "staff note",
    "drafter",
    "editor",
    "counsel to",
    "counsel:",
    "or in cases",
    "or, in the case",
    "the recommended",
    "name of",
    "name the",
    "specify",
    "describe",
    "list",
    "enter",
    "fill",
    "choose",
    "select",
    "add ",
    "if applicable",
    "optional",
    "date",
    "number of",
    "title of",
    "position",
    "tbd",
    "to be",
    "blank",
    "district name",
    "town",
    "delete",
    "include",
    "provide",
    "your ",
    "drafting",
    "comment",
];

/// The bracketed instructions in a folded text, outermost brackets only, as spans in the document.
pub fn instructions(folded: &Folded) -> Vec<Span> {
    let text = folded.text();
    let mut found = Vec::new();
    let mut depth = 0usize;
    let mut start = 0;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'[' => {
                if depth == 0 {
                    start = at;
                }
                depth += 1;
            }
            b']' if depth > 0 => {
                depth -= 1;
                if depth == 0 && is_instruction(&text[start + 1..at]) {
                    found.push(folded.span(start..at + 1));
                }
            }
            _ => {}
        }
    }
    found
}

/// Whether the words in a pair of brackets tell a drafter what to put there.
fn is_instruction(inner: &str) -> bool {
    let inner = inner.trim_start();
    INSTRUCTIONS.iter().any(|i| inner.starts_with(i)) || inner.contains("____")
}

/// Makes one blank of every instruction, form prompt and "TBD" among the words.
pub fn mark(document: &Document, folded: &Folded, symbols: &mut Symbols, tokens: &mut Vec<Token>) {
    let mut spans = if folded.text().contains('[') { instructions(folded) } else { Vec::new() };
    let (first, last) = match (tokens.first(), tokens.last()) {
        (Some(first), Some(last)) => (first.span.start, last.span.end),
        _ => return,
    };
    spans.extend(document.placeholders().iter().filter(|p| p.start < last && p.end > first));
    let blank = symbols.intern(BLANK);
    let to_come: Vec<u32> = ["tbd", "tba", "xx", "xxx", "xxxx"].iter().map(|w| symbols.intern(w)).collect();
    let mut kept: Vec<Token> = Vec::with_capacity(tokens.len());
    for token in tokens.drain(..) {
        let inside = spans.iter().any(|s| s.contains(token.span)) || to_come.contains(&token.symbol);
        let symbol = if inside { blank } else { token.symbol };
        match kept.last_mut() {
            Some(previous) if symbol == blank && previous.symbol == blank => {
                previous.span = previous.span.cover(token.span);
            }
            _ => kept.push(Token { symbol, ..token }),
        }
    }
    *tokens = kept;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instructions_are_told_from_other_brackets() {
        let text = "reports to [identify supervisor by position]. [Or in cases such as: to ____ [identify]]. He [the chief] acts.";
        let folded = Folded::new(text, &[Span::new(0, text.len())]);
        let found: Vec<&str> = instructions(&folded).iter().map(|s| &text[s.start..s.end]).collect();
        assert_eq!(found, ["[identify supervisor by position]", "[Or in cases such as: to ____ [identify]]"]);
    }
}
