//! References to parts that this document does not have.

use super::numbering::{Numbering, Target};
use super::{Finding, Scene, has_word};
use crate::document::{BlockKind, Span};
use regex::Regex;
use std::sync::LazyLock;

/// `Section V.A.`, `Articles 3, 5 and 8`, `paragraph 11`, `Part Two`. A letter must be a capital.
static REFERENCE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let words = "One|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten|Eleven|Twelve|Thirteen|Fourteen|Fifteen";
    let inner = r"(?:[.-](?:[0-9]{1,2}|[A-Z]|[ivx]{1,4})\b|\([a-zA-Z0-9]{1,4}\))*";
    let number = format!(r"(?:[0-9]{{1,2}}[A-Z]?|[IVX]{{1,5}}|[A-Z]|{words})\b{inner}");
    let kinds = r"[Ss]ections?|SECTIONS?|[Aa]rticles?|ARTICLES?|[Pp]aragraphs?|[Ss]ubsections?|Parts?";
    Regex::new(&format!(r"\b(?:{kinds})\s+({number}(?:(?:\s*,\s*|\s*,?\s+(?:and|or)\s+){number})*)")).ok()
});

/// `Appendix B`, `Exhibit 2`.
static APPENDIX: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"\b(?:Appendix|Exhibit|Attachment|Annex|Schedule)\s+(?:[A-Z]|[0-9]{1,2})\b").ok());

/// One finding for each reference.
pub fn find(scene: &Scene<'_, '_>) -> Vec<Finding> {
    let mut out = Vec::new();
    let mut numbering = None;
    let Some(regex) = REFERENCE.as_ref() else { return out };
    for (_, block, _) in scene.body().filter(|(_, b, _)| !matches!(b.kind, BlockKind::Heading { .. })) {
        let text = scene.document().slice(block.span);
        for found in regex.captures_iter(text) {
            let (Some(all), Some(list)) = (found.get(0), found.get(1)) else { continue };
            let own = block.pieces.first().map_or(0, |p| p.start - block.span.start);
            if all.start() <= own
                || goes_on(&text[all.end()..])
                || is_of_another_paper(scene, text, all.start(), all.end())
            {
                continue;
            }
            let numbering = numbering.get_or_insert_with(|| Numbering::new(scene));
            for number in list.as_str().split([',', ' ', '\n']).filter(|n| !matches!(*n, "" | "and" | "or")) {
                let target = numbering.find(scene, number);
                if target == Target::There {
                    continue;
                }
                let span = Span::new(block.span.start + all.start(), block.span.start + all.end());
                out.push(Finding::new(message(all.as_str(), number, target), vec![span]));
            }
        }
    }
    out.extend(appendices(scene));
    out
}

/// References to an appendix with which no line of this document begins.
fn appendices(scene: &Scene<'_, '_>) -> Vec<Finding> {
    let Some(regex) = APPENDIX.as_ref() else { return Vec::new() };
    let text = scene.document().text();
    let name = |words: &str| words.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let begins = |line: &str| line.trim_start_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let lines: Vec<String> = text.lines().map(begins).filter(|l| APPENDICES.iter().any(|a| l.starts_with(a))).collect();
    let mut out = Vec::new();
    for (_, block, _) in scene.body() {
        let text = scene.document().slice(block.span);
        for found in regex.find_iter(text) {
            let own = name(found.as_str());
            let there =
                lines.iter().any(|l| l.strip_prefix(&own).is_some_and(|r| !r.starts_with(char::is_alphanumeric)));
            if there || goes_on(&text[found.end()..]) || is_of_another_paper(scene, text, found.start(), found.end()) {
                continue;
            }
            let words = found.as_str().split_whitespace().collect::<Vec<_>>().join(" ");
            let span = Span::new(block.span.start + found.start(), block.span.start + found.end());
            out.push(Finding::new(format!("\u{201c}{words}\u{201d} is not in this document."), vec![span]));
        }
    }
    out
}

/// How a line that opens an appendix begins.
const APPENDICES: &[&str] = &["appendix", "exhibit", "attachment", "annex", "schedule"];

/// Whether the number goes on where the expression stopped: `12.212`, `71-B`.
fn goes_on(after: &str) -> bool {
    let mut chars = after.chars();
    matches!((chars.next(), chars.next()), (Some('.' | '-' | '('), Some(c)) if c.is_alphanumeric())
}

fn message(reference: &str, number: &str, target: Target) -> String {
    let reference = reference.split_whitespace().collect::<Vec<_>>().join(" ");
    match target {
        Target::NoInner => {
            let outer = number.split(['.', '(', '-']).next().unwrap_or(number);
            format!(
                "\u{201c}{reference}\u{201d} points to a part that this document does not have: {outer} has no such part."
            )
        }
        _ => format!("\u{201c}{reference}\u{201d} points to a part that this document does not have."),
    }
}

/// Whether a reference is to a law or another paper: "of" something that is not this paper, or the sentence
/// speaks of one.
fn is_of_another_paper(scene: &Scene<'_, '_>, text: &str, start: usize, end: usize) -> bool {
    let after = text[end..].to_lowercase();
    let after = after.trim_start_matches(['.', ')', ' ', '\n', ',']);
    if after.starts_with("of this") || after.starts_with("of the present") || after.starts_with("hereof") {
        return false;
    }
    let follows = ["of ", "to the ", "in the "].iter().any(|w| after.starts_with(w));
    let from = text[..start].rfind(". ").map_or(0, |i| i + 1);
    let before = text[from..start].to_lowercase();
    let rest: String = after.split(". ").next().unwrap_or_default().chars().take(80).collect();
    follows || has_word(&before, scene.words("other_papers")) || has_word(&rest, scene.words("other_papers_after"))
}
