//! Scans: whether a text shows the marks of one, and what its misread words say.
//!
//! A scanner swaps letters that look alike ("anests", "0fficer", "citatlons") and breaks words. Each unknown
//! word is compared with the words of the trade (`rules/words.txt`, the commonest first) by its skeleton, in
//! which look-alike letters are one. What is shown stays as it is: only the folded text is put right.

use crate::document::Folded;
use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::LazyLock;

/// Share of misread-looking words, in thousandths, from which a text counts as a scan.
const SCAN_PER_MILLE: usize = 4;
/// Fewest misread-looking words of a scan.
const SCAN_WORDS: usize = 3;
/// Fewest letters of a word whose misreading tells that the text is a scan.
const TELLING_WORD: usize = 7;
/// Fewest letters of a word that may be one letter off beyond look-alikes.
const LONG_WORD: usize = 6;

/// Whether the text shows the marks of a scan: figures inside words, lone specks, words that are one look-alike
/// letter away from a word of the trade ("confllct").
pub fn looks_scanned(blocks: &[Folded]) -> bool {
    let (mut words, mut odd) = (0, 0);
    for word in blocks.iter().flat_map(|f| f.text().split_whitespace()) {
        words += 1;
        odd += usize::from(is_odd(word) || is_misread(word));
    }
    odd >= SCAN_WORDS && odd * 1000 >= words * SCAN_PER_MILLE
}

/// Whether a word is no word of the trade but looks just like one. Among some 60 clean documents not one such word
/// of seven letters was found; every scan has dozens in a thousand words.
fn is_misread(word: &str) -> bool {
    let core = word.trim_matches(|c: char| !c.is_alphanumeric());
    let letters = core.len() >= TELLING_WORD && core.bytes().all(|b| b.is_ascii_lowercase());
    letters
        && !is_known(core)
        && BY_SKELETON.get(&skeleton(core)).is_some_and(|like| like.iter().any(|w| differences(core, WORDS[*w]) == 1))
}

/// Letters and figures mixed as no word mixes them ("1ength", "sha11", "l2."), or a lone speck.
fn is_odd(word: &str) -> bool {
    let core = word.trim_matches(|c: char| !c.is_alphanumeric());
    let letters = core.bytes().filter(u8::is_ascii_lowercase).count();
    let digits = core.bytes().filter(u8::is_ascii_digit).count();
    let plain = core.bytes().all(|b| b.is_ascii_alphanumeric());
    let figure_first = core.bytes().next().is_some_and(|b| b.is_ascii_digit());
    // "1st", "10th", "37l", "504s", "8a", "2pm" are words that begin with a number.
    let numbered = figure_first && core.trim_start_matches(|c: char| c.is_ascii_digit()).len() <= 2 && letters <= 2;
    let named = letters <= 2
        && digits >= 1
        && !figure_first
        && core.len() <= 4
        && core.starts_with(['c', 'k', 'r', 'b', 'h', 'a']);
    plain && letters >= 2 && digits >= 1 && digits <= letters && !numbered && !named
        || matches!(word, "~" | "|" | "^" | "`")
}

/// Puts the words that a scanner misread right, for matching only.
pub fn repair(blocks: &mut [Folded]) {
    for folded in blocks {
        let edits = edits(folded.text());
        if !edits.is_empty() {
            *folded = folded.replace(&edits);
        }
    }
}

fn edits(text: &str) -> Vec<(Range<usize>, String)> {
    let words = runs(text);
    let mut edits: Vec<(Range<usize>, String)> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let range = words[at].clone();
        let word = &text[range.clone()];
        at += 1;
        // "guard ian", "questi oning": a word broken in two.
        if let Some(next) = words.get(at).filter(|n| text[range.end..n.start] == *" ") {
            let second = &text[next.clone()];
            let joined = format!("{word}{second}");
            if joined.len() >= LONG_WORD && is_known(&joined) && !(is_known(word) && is_known(second)) {
                edits.push((range.start..next.end, joined));
                at += 1;
                continue;
            }
        }
        if is_known(word) {
            continue;
        }
        if let Some(right) = likeliest(word) {
            edits.push((range, right));
        }
    }
    edits
}

/// Runs of letters and figures.
fn runs(text: &str) -> Vec<Range<usize>> {
    let mut runs = Vec::new();
    let mut start = None;
    for (i, c) in text.char_indices() {
        match (c.is_alphanumeric(), start) {
            (true, None) => start = Some(i),
            (false, Some(s)) => {
                runs.push(s..i);
                start = None;
            }
            _ => {}
        }
    }
    runs.extend(start.map(|s| s..text.len()));
    runs
}

/// The words of the trade, the commonest first.
static WORDS: LazyLock<Vec<&str>> = LazyLock::new(|| include_str!("../../rules/words.txt").lines().collect());
static KNOWN: LazyLock<HashSet<&str>> = LazyLock::new(|| WORDS.iter().copied().collect());
/// Words by skeleton.
static BY_SKELETON: LazyLock<HashMap<String, Vec<usize>>> = LazyLock::new(|| {
    let mut map: HashMap<String, Vec<usize>> = HashMap::new();
    for (rank, word) in WORDS.iter().enumerate() {
        map.entry(skeleton(word)).or_default().push(rank);
    }
    map
});
/// Long words by skeleton with one letter left out.
static BY_NEAR_SKELETON: LazyLock<HashMap<String, Vec<usize>>> = LazyLock::new(|| {
    let mut map: HashMap<String, Vec<usize>> = HashMap::new();
    for (rank, word) in WORDS.iter().enumerate().filter(|(_, w)| w.len() >= LONG_WORD) {
        for near in shortened(&skeleton(word)) {
            map.entry(near).or_default().push(rank);
        }
    }
    map
});

fn is_known(word: &str) -> bool {
    word.bytes().all(|b| b.is_ascii_digit()) || KNOWN.contains(word) || is_form_of_known(word)
}

/// Whether the word is another form of a known one: "prescribed" of "prescribes".
fn is_form_of_known(word: &str) -> bool {
    const ENDINGS: [&str; 7] = ["s", "es", "ed", "d", "ing", "ly", "e"];
    let stems = ENDINGS.iter().filter_map(|end| word.strip_suffix(end)).filter(|stem| stem.len() > 3);
    stems
        .into_iter()
        .any(|stem| KNOWN.contains(stem) || ENDINGS.iter().any(|end| KNOWN.contains(format!("{stem}{end}").as_str())))
}

/// The known word that a misread one most likely is.
fn likeliest(word: &str) -> Option<String> {
    let len = word.chars().count();
    if len < 2 {
        return None;
    }
    // "groiinds": two strokes for one "u".
    let shapes = [skeleton(word), skeleton(&word.replace("ii", "u")), skeleton(&word.replace("ü", "ti"))];
    let best = |ranks: &mut dyn Iterator<Item = usize>, bound: usize| {
        ranks
            .map(|rank| (differences(word, WORDS[rank]), rank))
            .filter(|(d, _)| *d <= bound)
            .min()
            .map(|(_, rank)| WORDS[rank].to_owned())
    };
    let same = shapes.iter().flat_map(|s| BY_SKELETON.get(s).into_iter().flatten()).copied();
    // A short word is put right only if it has a figure in it or no other reading.
    if let Some(right) = best(&mut { same }, if len <= 3 { 1 } else { len.div_ceil(2) }) {
        return Some(right);
    }
    if len < LONG_WORD - 1 {
        return None;
    }
    let shape = &shapes[0];
    let mut near: Vec<usize> = BY_NEAR_SKELETON.get(shape).into_iter().flatten().copied().collect();
    for short in shortened(shape) {
        near.extend(BY_NEAR_SKELETON.get(&short).into_iter().flatten());
        near.extend(BY_SKELETON.get(&short).into_iter().flatten().filter(|r| WORDS[**r].len() >= LONG_WORD - 1));
    }
    best(&mut near.into_iter(), len.div_ceil(3))
}

/// A word with look-alike letters made one; broad letters are two strokes, so that "rn" reads as "m".
fn skeleton(word: &str) -> String {
    let mut out = String::with_capacity(word.len() + 4);
    for c in word.chars() {
        match c {
            'i' | 'l' | '1' | 'j' | 't' | 'f' | '|' => out.push('i'),
            'c' | 'e' | 'o' | '0' | 'q' => out.push('o'),
            's' | '5' | '$' => out.push('s'),
            'b' | 'h' | '6' => out.push('h'),
            'n' | 'u' | 'v' | 'r' => out.push('n'),
            'm' | 'w' => out.push_str("nn"),
            'g' | '9' => out.push('g'),
            'z' | '2' => out.push('z'),
            other => out.push(other),
        }
    }
    out
}

/// A skeleton with each of its letters left out in turn.
fn shortened(shape: &str) -> Vec<String> {
    shape
        .char_indices()
        .map(|(i, c)| {
            let mut short = shape.to_owned();
            short.replace_range(i..i + c.len_utf8(), "");
            short
        })
        .collect()
}

/// In how many letters two words differ (edits).
fn differences(a: &str, b: &str) -> usize {
    crate::nearest::distance(a, b)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Span;

    fn repaired(text: &str) -> String {
        let mut blocks = [Folded::new(text, &[Span::new(0, text.len())])];
        repair(&mut blocks);
        blocks[0].text().to_owned()
    }

    #[test]
    fn misread_words_are_put_right() {
        assert_eq!(repaired("the anests and citatlons of studcnts"), "the arrests and citations of students");
        assert_eq!(
            repaired("prescribed unifonn, sha11 vvear, Juveni1e Court"),
            "prescribed uniform, shall wear, juvenile court"
        );
        assert_eq!(repaired("arresls, citaiions and uscs of forcc"), "arrests, citations and uses of force");
        assert_eq!(repaired("school groiinds, a soiight frorn"), "school grounds, a sought from");
        assert_eq!(repaired("the parent or guard ian, includ ing"), "the parent or guardian, including");
    }

    #[test]
    fn known_words_and_numbers_stay() {
        assert_eq!(repaired("603 cmr 23.00 and section 37p, the court"), "603 cmr 23.00 and section 37p, the court");
    }

    #[test]
    fn a_clean_text_is_no_scan() {
        let clean =
            "The SRO meets the principal on the 1st and 15th of each month under section 37L and 504s.".repeat(5);
        assert!(!looks_scanned(&[Folded::new(&clean, &[Span::new(0, clean.len())])]));
        let scan = "The 0fficer sha11 report to tbe Sergeant at 1east once; citatlons arc 1isted.".repeat(5);
        assert!(looks_scanned(&[Folded::new(&scan, &[Span::new(0, scan.len())])]));
        let scan = "Training in confllct resolution; citatlons and arrests; the superlntendent.";
        assert!(looks_scanned(&[Folded::new(scan, &[Span::new(0, scan.len())])]));
    }
}
