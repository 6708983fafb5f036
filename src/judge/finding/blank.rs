//! Blanks and instructions left in.

use super::{Finding, Scene, has_word, signatures};
use crate::annotate::BLANK;
use crate::document::{Folded, Span};
use crate::pack::Pack;

/// One finding with every blank; those of the signature lines are another finding's.
pub fn find(scene: &Scene<'_, '_>) -> Vec<Finding> {
    let spans = all(scene);
    if spans.is_empty() {
        return Vec::new();
    }
    let message = match spans.len() {
        1 => "A blank or a drafting instruction is still here.".to_owned(),
        n => format!("{n} blanks or drafting instructions are still here."),
    };
    vec![Finding::new(message, spans)]
}

/// The blanks in the starter clauses of the packs in force, "[the supervisor, by position]", folded. Brackets with
/// other words in them may be an editor's; these are our own.
pub fn of_starters<'p>(packs: impl Iterator<Item = &'p Pack>) -> Vec<String> {
    let requirements = packs.flat_map(Pack::requirements);
    let starters = requirements.flat_map(|r| {
        let elements = r.elements.iter().filter_map(|e| e.starter.as_ref());
        r.starter.iter().chain(elements)
    });
    let mut blanks = Vec::new();
    for starter in starters {
        let folded = Folded::new(starter, &[Span::new(0, starter.len())]);
        for inner in folded.text().split('[').skip(1) {
            blanks.extend(inner.split_once(']').map(|(words, _)| format!("[{words}]")));
        }
    }
    blanks.sort_unstable();
    blanks.dedup();
    blanks
}

/// Where the blanks of starter clauses are still in the text.
fn starters(scene: &Scene<'_, '_>) -> Vec<Span> {
    let mut spans = Vec::new();
    for (_, _, folded) in scene.body().filter(|(_, _, folded)| folded.text().contains('[')) {
        for blank in scene.starters {
            let found = folded.text().match_indices(blank.as_str());
            spans.extend(found.map(|(at, words)| folded.span(at..at + words.len())));
        }
    }
    spans
}

/// Every blank in order.
fn all(scene: &Scene<'_, '_>) -> Vec<Span> {
    let document = scene.document();
    let mut spans: Vec<Span> = Vec::new();
    for (at, token) in scene.out.tokens.iter().enumerate() {
        let slice = document.slice(token.span);
        if scene.out.word(at) != BLANK || is_numeral(scene, at, slice) {
            continue;
        }
        let rule = slice.chars().all(|c| c == '_' || c.is_whitespace());
        if rule && (signatures::is_signature_line(scene, token.span) || signatures::is_signed(scene, token.span)) {
            continue;
        }
        match spans.last_mut() {
            Some(last) if document.slice(Span::new(last.end, token.span.start.max(last.end))).trim().is_empty() => {
                *last = last.cover(token.span);
            }
            _ => spans.push(token.span),
        }
    }
    for span in &mut spans {
        *span = with_brackets(document.text(), *span);
    }
    let more = starters(scene);
    spans.retain(|span| !more.iter().any(|starter| starter.contains(*span)));
    spans.extend(more);
    spans.sort_unstable();
    spans
}

/// The words of an instruction with the brackets around them.
fn with_brackets(text: &str, span: Span) -> Span {
    let start = if text[..span.start].ends_with('[') { span.start - 1 } else { span.start };
    let open = text[start..span.end].matches('[').count() > text[start..span.end].matches(']').count();
    let close = text[span.end..].char_indices().take(3).find(|(_, c)| *c == ']').map(|(i, _)| span.end + i + 1);
    Span::new(start, if open { close.unwrap_or(span.end) } else { span.end })
}

/// "Title XX" is a number, "XX hours" is a blank.
fn is_numeral(scene: &Scene<'_, '_>, at: usize, slice: &str) -> bool {
    let before = at.checked_sub(1).map_or("", |i| scene.out.word(i));
    slice == "xx" || slice.bytes().all(|b| b == b'X') && has_word(before, scene.words("numbered"))
}
