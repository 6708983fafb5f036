//! The words that a document defines for the officer and the parties: `(the "Officer")`, `"Chief" means …`,
//! `is called the Juvenile Officer`.

use regex::Regex;
use std::sync::LazyLock;

/// A word that the document defines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Definition {
    /// The defined word, folded.
    pub term: String,
    /// The words that say what it means, folded.
    pub meaning: String,
}

impl Definition {
    /// Whether the defined word itself names the officer in the schools: "the Trooper", "School Liaison Officer".
    pub fn names_the_officer(&self) -> bool {
        let last = self.term.rsplit(' ').next().unwrap_or_default();
        let other = ["supervis", "command", "police officer", "chief", "hearing", "records", "superior"];
        matches!(
            last,
            "officer"
                | "officers"
                | "trooper"
                | "detective"
                | "deputy"
                | "constable"
                | "sro"
                | "slo"
                | "members"
                | "member"
        ) && !other.iter().any(|o| self.term.contains(o))
    }

    /// Whether the defined word is plainly a thing, whoever stands in its meaning: "School Rules" are no principal.
    pub fn names_a_thing(&self) -> bool {
        const THINGS: &str = "rule rules regulations code handbook policy policies record records information property \
                              grounds premises program services year day hours term plan data discipline matters \
                              incident incidents emergency area event events programme initiative partnership position";
        let last = self.term.rsplit(' ').next().unwrap_or_default();
        THINGS.split_whitespace().any(|thing| thing == last)
    }
}

// To repeat a class of nearly all characters up to a number of times takes milliseconds to compile: how long the words
// around a definition are is counted apart from the expressions.

/// `the School Resource Officer (the "Officer" or "SRO")`, `(hereinafter the officer)`: from the bracket on.
static BRACKETED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r#"\(\s*(?:(?:herein|hereinafter|here-in-after|referred to|collectively|each|together|also|called|individually|jointly|known|as|or|a|an|the|,)\s+)*("[^"()]+"(?:\s*(?:,|or|and|/)\s*(?:the\s+)?"[^"()]+")*|[a-z][a-z -]{1,30})\s*\)"#,
    )
    .ok()
});
/// Signs that do not stand in the words before such a bracket.
const STOPS: [char; 6] = ['(', ')', '.', ';', ':', '"'];

/// `"Assigned Officer" means the sworn member of …`: up to the beginning of what it means.
static MEANS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r#""([^"]+)"(?:\s+or\s+"([^"]+)")?\s+(?:means?|shall mean|refers? to|is|are)\s+([^.;]{3})"#).ok()
});

/// `The officer assigned under it is called the Juvenile Officer and is the school resource officer`: from the verb on.
static CALLED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r#"\s+(?:is|are|shall be|will be)\s+(?:hereinafter\s+)?(?:called|known as|referred to as|referred to herein as|styled)\s+(?:the\s+|an?\s+)?"?([a-z][a-z -]{2,40}?)"?(?:\s+or\s+(?:the\s+)?"?([a-z][a-z -]{2,40}?)"?)?(?:\s+(?:and|in|throughout|under|for|herein)\b|[.,;])"#,
    )
    .ok()
});

/// `This order is issued for the guidance of the SRO (hereinafter the officer)`: bare words count only after these.
static BARE: &[&str] = &["hereinafter", "here-in-after", "referred to as", "called", "known as", "herein"];

/// Finds the definitions in a block's folded text.
pub fn definitions(folded: &str, out: &mut Vec<Definition>) {
    let holds = |words: &[&str]| words.iter().any(|word| folded.contains(word));
    if let Some(regex) = BRACKETED.as_ref().filter(|_| folded.contains('(') && (folded.contains('"') || holds(BARE))) {
        bracketed(regex, folded, out);
    }
    if let Some(regex) = MEANS.as_ref().filter(|_| folded.contains('"')) {
        means(regex, folded, out);
    }
    if let Some(regex) = CALLED.as_ref().filter(|_| holds(&["called", "known as", "referred to", "styled"])) {
        called(regex, folded, out);
    }
}

/// The bracket follows on 3 to 160 characters that are the meaning.
fn bracketed(regex: &Regex, folded: &str, out: &mut Vec<Definition>) {
    for found in regex.captures_iter(folded) {
        let (Some(all), Some(terms)) = (found.get(0), found.get(1)) else { continue };
        let before = after_last(&folded[..all.start()], &STOPS);
        let trimmed = before.trim_end();
        let trimmed = last_chars(trimmed.strip_suffix(',').unwrap_or(trimmed), 160);
        let meaning = if has_chars(trimmed, 3) { trimmed } else { first_chars(before, 3) };
        let quoted: Vec<&str> = terms.as_str().split('"').skip(1).step_by(2).collect();
        if !has_chars(meaning, 3) || !quoted.iter().all(|term| is_term(term)) {
            continue;
        }
        quoted.iter().for_each(|term| push(out, term, meaning));
        if quoted.is_empty() && BARE.iter().any(|b| meaning.contains(b) || all.as_str().contains(b)) {
            push(out, terms.as_str(), meaning);
        }
    }
}

/// The meaning is up to 160 characters.
fn means(regex: &Regex, folded: &str, out: &mut Vec<Definition>) {
    let mut at = 0;
    while let Some(found) = regex.captures_at(folded, at) {
        let (Some(all), Some(meaning)) = (found.get(0), found.get(3)) else { return };
        let terms = [found.get(1), found.get(2)].into_iter().flatten().map(|term| term.as_str());
        if !terms.clone().all(is_term) {
            // The next quote may begin what this one does not.
            at = all.start() + 1;
            continue;
        }
        at = meaning.start();
        let meaning = sentence(folded, at, 160);
        terms.for_each(|term| push(out, term, meaning));
        at += meaning.len();
    }
}

/// The meaning is 3 to 120 characters before and up to 100 after it.
fn called(regex: &Regex, folded: &str, out: &mut Vec<Definition>) {
    let (mut at, mut end) = (0, 0);
    while let Some(found) = regex.captures_at(folded, at) {
        let Some(all) = found.get(0) else { return };
        let before = last_chars(after_last(&folded[end..all.start()], &['.', ';']), 120);
        if !has_chars(before, 3) {
            at = all.start() + all.as_str().chars().next().map_or(1, char::len_utf8);
            continue;
        }
        let after = if all.as_str().ends_with(['.', ',', ';']) { "" } else { sentence(folded, all.end(), 100) };
        let meaning = format!("{before} {after}");
        for term in [found.get(1), found.get(2)].into_iter().flatten() {
            push(out, term.as_str(), &meaning);
        }
        end = all.end() + after.len();
        at = end;
    }
}

/// Whether a quoted word is of the length of one that is defined.
fn is_term(term: &str) -> bool {
    has_chars(term, 2) && !has_chars(term, 49)
}

fn has_chars(text: &str, least: usize) -> bool {
    text.chars().nth(least - 1).is_some()
}

fn first_chars(text: &str, most: usize) -> &str {
    text.char_indices().nth(most).map_or(text, |(at, _)| &text[..at])
}

fn last_chars(text: &str, most: usize) -> &str {
    text.char_indices().rev().nth(most - 1).map_or(text, |(at, _)| &text[at..])
}

/// What stands behind the last of some signs.
fn after_last<'t>(text: &'t str, signs: &[char]) -> &'t str {
    text.rfind(signs).map_or(text, |at| &text[at + 1..])
}

/// So many characters of a sentence at most.
fn sentence(text: &str, from: usize, most: usize) -> &str {
    let some = first_chars(&text[from..], most);
    some.find(['.', ';']).map_or(some, |end| &some[..end])
}

fn push(out: &mut Vec<Definition>, term: &str, meaning: &str) {
    let clean = |t: &str| t.trim().trim_matches([',', '.', '"']).trim().trim_start_matches("the ").to_owned();
    let (term, meaning) = (clean(term), clean(meaning));
    if term.len() >= 2 && term.split(' ').count() <= 5 && !meaning.is_empty() {
        out.push(Definition { term, meaning });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(text: &str) -> Vec<(String, String)> {
        let mut out = Vec::new();
        definitions(text, &mut out);
        out.into_iter().map(|d| (d.term, d.meaning)).collect()
    }

    #[test]
    fn the_usual_ways_to_define_a_word_are_read() {
        assert_eq!(find(r#"the school resource officer (the "officer" or "sro") serves"#)[0].0, "officer");
        assert_eq!(
            find(r#""assigned officer" means the sworn member of the police department."#)[0].0,
            "assigned officer"
        );
        assert_eq!(find("guidance of the school resource officer (hereinafter the officer) who")[0].0, "officer");
        assert_eq!(
            find(
                "the officer assigned under it is called the juvenile officer and is the school resource officer of it."
            )[0]
            .0,
            "juvenile officer"
        );
        let terms = find(r#"the school resource officer is called the "campus partner" or the "partner"."#);
        assert_eq!(terms.iter().map(|t| t.0.as_str()).collect::<Vec<_>>(), ["campus partner", "partner"]);
        assert!(find("a summons (or citation) is given").is_empty());
    }

    /// The expressions with all that is counted, which take nine milliseconds to compile.
    const WHOLE: [&str; 3] = [
        r#"([^().;:"]{3,160}?),?\s*\(\s*(?:(?:herein|hereinafter|here-in-after|referred to|collectively|each|together|also|called|individually|jointly|known|as|or|a|an|the|,)\s+)*("[^"()]{2,48}"(?:\s*(?:,|or|and|/)\s*(?:the\s+)?"[^"()]{2,48}")*|[a-z][a-z -]{1,30})\s*\)"#,
        r#""([^"]{2,48})"(?:\s+or\s+"([^"]{2,48})")?\s+(?:means?|shall mean|refers? to|is|are)\s+([^.;]{3,160})"#,
        r#"([^.;]{3,120}?)\s+(?:is|are|shall be|will be)\s+(?:hereinafter\s+)?(?:called|known as|referred to as|referred to herein as|styled)\s+(?:the\s+|an?\s+)?"?([a-z][a-z -]{2,40}?)"?(?:\s+or\s+(?:the\s+)?"?([a-z][a-z -]{2,40}?)"?)?(?:\s+(?:and|in|throughout|under|for|herein)\b([^.;]{0,100})|[.,;])"#,
    ];

    fn at_length(expressions: &[Regex; 3], folded: &str) -> Vec<Definition> {
        let mut out = Vec::new();
        let [bracketed, means, called] = expressions;
        let group = |found: &regex::Captures<'_>, i| found.get(i).map_or(String::new(), |m| m.as_str().to_owned());
        for found in bracketed.captures_iter(folded) {
            let terms = group(&found, 2);
            if terms.contains('"') {
                terms.split('"').skip(1).step_by(2).for_each(|term| push(&mut out, term, &group(&found, 1)));
            } else if BARE.iter().any(|b| found[0].contains(b)) {
                push(&mut out, &terms, &group(&found, 1));
            }
        }
        for found in means.captures_iter(folded) {
            [1, 2].into_iter().filter(|i| found.get(*i).is_some()).for_each(|i| push(&mut out, &found[i], &found[3]));
        }
        for found in called.captures_iter(folded) {
            let meaning = format!("{} {}", &found[1], group(&found, 4));
            [2, 3].into_iter().filter(|i| found.get(*i).is_some()).for_each(|i| push(&mut out, &found[i], &meaning));
        }
        out
    }

    /// Every text that pieces of definitions make in three steps, some of them too long, some cut short.
    #[test]
    fn what_is_counted_apart_is_found_as_in_one_expression() {
        let long = "the officer, é ".repeat(14);
        let pieces = [
            "a (the \"officer\") and ",
            "é, (\"o\" or \"sro\"), ",
            "hereinafter (an officer) ",
            "\"sro\" means ab. ",
            "\"sro\" or the \"",
            "\" is  the man; ",
            "he is called the officer in ",
            "x is known as a \"dean\", ",
            " (",
            ". ",
            &long,
        ];
        let expressions = WHOLE.map(|pattern| Regex::new(pattern).expect("pattern"));
        let count = pieces.len();
        let mut found = 0;
        for n in 0..count.pow(3) {
            let text: String = (0..3).map(|step| pieces[n / count.pow(step) % count]).collect();
            let mut out = Vec::new();
            definitions(&text, &mut out);
            assert_eq!(out, at_length(&expressions, &text), "{text}");
            found += out.len();
        }
        assert!(found > 1_000, "{found}");
    }

    #[test]
    fn a_thing_is_told_from_an_actor() {
        let named = |term: &str| Definition { term: term.to_owned(), meaning: "the principal".to_owned() };
        assert!(named("school rules").names_a_thing());
        assert!(!named("head of school").names_a_thing());
    }
}
