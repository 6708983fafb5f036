//! Markers and numbers at the start of a paragraph.

/// Whether a word is a bullet.
pub(super) fn is_bullet(word: &str) -> bool {
    let mut chars = word.chars();
    let (first, second) = (chars.next(), chars.next());
    second.is_none() && first.is_some_and(|c| "•●○◦▪■□▫◆◇❖➢➤►▶‣⁃✓✔☐☑☒·∙–—-*".contains(c))
}

/// Whether a word is a number or letter that counts paragraphs: `(a)`, `iv.`, `3.`, `2.1`, `B)`.
pub(super) fn is_enumerator(word: &str) -> bool {
    let inner = word.trim_start_matches('(').trim_end_matches(['.', ')', ':']);
    let closed = word.ends_with(['.', ')']);
    let levels: Vec<&str> = inner.split('.').collect();
    let is_number = |s: &str| !s.is_empty() && s.len() <= 3 && s.bytes().all(|b| b.is_ascii_digit());
    match levels.as_slice() {
        [one] if closed => is_number(one) || is_letters(one),
        [first, rest @ ..] if rest.len() <= 5 => {
            !word.starts_with('(')
                && (is_number(first) || is_letters(first))
                && !rest.is_empty()
                && rest.iter().all(|level| is_number(level))
        }
        _ => false,
    }
}

/// One letter (also doubled, `aa`) or a Roman number.
fn is_letters(s: &str) -> bool {
    let one_case = s.chars().all(|c| c.is_ascii_lowercase()) || s.chars().all(|c| c.is_ascii_uppercase());
    let bytes = s.as_bytes();
    let doubled = matches!(bytes, [a, b] if a == b);
    let roman = s.len() <= 5 && s.chars().all(|c| "ivxIVX".contains(c));
    !s.is_empty() && one_case && s.bytes().all(|b| b.is_ascii_alphabetic()) && (s.len() == 1 || doubled || roman)
}

/// Whether a word can stand as the label of the words after it.
pub(super) fn is_label(word: &str) -> bool {
    is_bullet(word) || is_enumerator(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bullets_and_numbers_are_labels_and_words_are_not() {
        for label in ["•", "–", "(a)", "b)", "iv.", "XII.", "3.", "(12)", "2.1", "10.2.3.", "A.", "(aa)"] {
            assert!(is_label(label), "{label}");
        }
        for word in ["the", "SRO", "mix.", "2026", "(SRO)", "a", "I", "3", "et.", "71,", "603", ""] {
            assert!(!is_label(word), "{word}");
        }
    }
}
