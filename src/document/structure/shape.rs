//! What a short text looks like, apart from its type: capitals, titles, signatures, sentences.

use crate::document::{BlockKind, Span};

/// Whether a block is running text that may start with a number typed by hand.
pub(super) fn is_running(kind: &BlockKind) -> bool {
    matches!(kind, BlockKind::Paragraph | BlockKind::ListItem { .. } | BlockKind::Heading { .. })
}

/// Whether a text is written in capitals. Scanners read I as `l`, so that letter counts for neither side.
pub(crate) fn caps(text: &str) -> bool {
    let (mut upper, mut lower) = (0, 0);
    for c in text.chars().filter(|c| c.is_alphabetic() && *c != 'l') {
        if c.is_lowercase() { lower += 1 } else { upper += 1 }
    }
    upper >= 2 && upper + lower >= 3 && lower * 8 <= upper
}

/// How many words a text has.
pub(crate) fn word_count(text: &str) -> usize {
    text.split_whitespace().filter(|w| w.contains(char::is_alphanumeric)).count()
}

/// Whether the words that matter start with capitals, as titles do.
pub(crate) fn title_case(text: &str) -> bool {
    const SMALL: [&str; 27] = [
        "a",
        "an",
        "and",
        "as",
        "at",
        "between",
        "but",
        "by",
        "during",
        "for",
        "from",
        "in",
        "including",
        "into",
        "of",
        "on",
        "or",
        "other",
        "over",
        "the",
        "their",
        "this",
        "to",
        "under",
        "upon",
        "with",
        "without",
    ];
    let (mut all, mut capital) = (0, 0);
    for word in text.split(|c: char| c.is_whitespace() || matches!(c, '-' | '/' | '(' | ')')) {
        let Some(first) = word.chars().find(|c| c.is_alphanumeric()) else { continue };
        if first.is_alphabetic() && !SMALL.contains(&word.trim_matches(|c: char| !c.is_alphanumeric())) {
            all += 1;
            capital += usize::from(first.is_uppercase());
        }
    }
    all > 0 && capital * 4 >= all * 3
}

/// Whether a text has a verb that titles do not have: it is a sentence or the start of one.
pub(crate) fn sentence_like(text: &str) -> bool {
    const VERBS: [&str; 15] = [
        "shall", "must", "will", "may", "is", "are", "was", "were", "has", "have", "had", "should", "can", "agree",
        "agrees",
    ];
    text.split_whitespace().any(|w| VERBS.contains(&w.trim_matches(|c: char| !c.is_alphanumeric())))
}

/// Whether a text ends as a sentence, clause or item ends.
pub(crate) fn ends(text: &str) -> bool {
    let text = text.trim_end_matches(['"', '\'', '”', '’', ')', ']', '~', '|', ' ']);
    text.ends_with(['.', '!', '?', ':', ';'])
}

/// Whether a text goes on in the next line: a hyphen, a comma or a word that cannot end a phrase.
pub(crate) fn goes_on(text: &str) -> bool {
    const OPEN: [&str; 22] = [
        "a", "an", "and", "as", "at", "between", "by", "for", "from", "his", "in", "into", "its", "of", "on", "or",
        "that", "the", "their", "to", "under", "with",
    ];
    let text = text.trim_end_matches(['~', '|', ' ']);
    let last = text.rsplit(char::is_whitespace).next().unwrap_or_default();
    text.ends_with(['-', ',', '\u{ac}', '\u{ad}', '(']) || OPEN.iter().any(|w| w.eq_ignore_ascii_case(last))
}

/// Whether a text is part of a signature or of a form to be filled in: no heading, whatever its look.
pub(crate) fn signature(text: &str) -> bool {
    const STARTS: [&str; 11] =
        ["date:", "dated", "by:", "by order of", "name:", "title:", "signed", "signature", "s/", "x__", "approved:"];
    let text = text.trim();
    let starts = |start: &str| text.get(..start.len()).is_some_and(|t| t.eq_ignore_ascii_case(start));
    text.contains("/s/") || text.contains("___") || STARTS.iter().any(|s| starts(s)) || date(text)
}

/// A date that stands alone.
fn date(text: &str) -> bool {
    const MONTHS: &str = "january february march april may june july august september october november december";
    if text.len() > 40 {
        return false;
    }
    let first = text.split_whitespace().next().unwrap_or_default();
    let month = MONTHS.split(' ').any(|m| m.eq_ignore_ascii_case(first));
    month && text.chars().filter(char::is_ascii_digit).count() >= 4 && text.split_whitespace().count() <= 3
}

/// Whether the line names something and gives it: `TO: all sergeants`, `DATE: August 26`.
pub(crate) fn memo_line(text: &str) -> bool {
    const NAMES: &str = "to,from,cc,date,re,subject,file,distribution,effective,effective date,issued by,issued,\
        date issued,issue date,rescinds,reference,references,page,legal ref.,cross ref.,present,absent,via,revised";
    // Scanners read I as l and O as 0.
    let straight = |c: char| match c.to_ascii_lowercase() {
        'l' => 'i',
        '0' => 'o',
        c => c,
    };
    let Some(colon) = text.bytes().take(24).position(|b| b == b':') else { return false };
    let name = text[..colon].trim();
    let named = |n: &str| n.len() == name.len() && n.chars().map(straight).eq(name.chars().map(straight));
    !text[colon + 1..].trim().is_empty() && NAMES.split(',').any(named)
}

/// A line without specks that a scanner read as signs: a bar, tilde or dot apart at its edge.
pub(crate) fn without_specks(text: &str, span: Span) -> Span {
    let mut words = &text[span.start..span.end];
    if let Some(rest) = words.strip_prefix("| ") {
        words = rest.trim_start();
    }
    let start = span.end - words.len();
    while let Some((rest, last)) = words.rsplit_once(char::is_whitespace)
        && matches!(last, "|" | "~" | "'" | "," | "." | "")
    {
        words = rest;
    }
    Span::new(start, start + words.len())
}

/// Whether a heading could be put this way at all: short, and not ending like a clause.
pub(crate) fn heading_length(text: &str) -> bool {
    let words = word_count(text);
    (1..=30).contains(&words) && text.len() <= 250 && !text.trim_end().ends_with([',', ';'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capitals_survive_a_scanner() {
        for text in ["UNlFORM", "QUESTlONlNG", "PURPO5E", "USE 0F F0RCE", "COUNT OF ARRESTS"] {
            assert!(caps(text), "{text}");
        }
        assert!(!caps("Chief of Police") && !caps("12") && !caps("The SRO"));
    }

    #[test]
    fn titles_have_capitals_where_it_matters() {
        assert!(title_case("Points of Contact for Sharing Student Information"));
        assert!(!title_case("the school resource officer uniform"));
    }

    #[test]
    fn signature_lines_are_known() {
        for text in ["/s/ A. Chief", "By order of:", "s/ Wendell", "October 4, 2021", "Date: June 1", "Name: ______"] {
            assert!(signature(text), "{text}");
        }
        assert!(!signature("Superintendent's Duties"));
    }
}
