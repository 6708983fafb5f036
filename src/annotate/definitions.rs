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

/// `the School Resource Officer (the "Officer" or "SRO")`, `(hereinafter the officer)`.
static BRACKETED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r#"([^().;:"]{3,160}?),?\s*\(\s*(?:(?:herein|hereinafter|here-in-after|referred to|collectively|each|together|also|called|individually|jointly|known|as|or|a|an|the|,)\s+)*("[^"()]{2,48}"(?:\s*(?:,|or|and|/)\s*(?:the\s+)?"[^"()]{2,48}")*|[a-z][a-z -]{1,30})\s*\)"#,
    )
    .ok()
});

/// `"Assigned Officer" means the sworn member of …`.
static MEANS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r#""([^"]{2,48})"(?:\s+or\s+"([^"]{2,48})")?\s+(?:means?|shall mean|refers? to|is|are)\s+([^.;]{3,160})"#,
    )
    .ok()
});

/// `The officer assigned under it is called the Juvenile Officer and is the school resource officer`.
static CALLED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r#"([^.;]{3,120}?)\s+(?:is|are|shall be|will be)\s+(?:hereinafter\s+)?(?:called|known as|referred to as|referred to herein as|styled)\s+(?:the\s+|an?\s+)?"?([a-z][a-z -]{2,40}?)"?(?:\s+or\s+(?:the\s+)?"?([a-z][a-z -]{2,40}?)"?)?(?:\s+(?:and|in|throughout|under|for|herein)\b([^.;]{0,100})|[.,;])"#,
    )
    .ok()
});

/// `This order is issued for the guidance of the SRO (hereinafter the officer)`: bare words count only after these.
static BARE: &[&str] = &["hereinafter", "here-in-after", "referred to as", "called", "known as", "herein"];

/// Finds the definitions in a block's folded text.
pub fn definitions(folded: &str, out: &mut Vec<Definition>) {
    let names = |words: &[&str]| words.iter().any(|word| folded.contains(word));
    if let Some(regex) = BRACKETED.as_ref().filter(|_| folded.contains('(') && (folded.contains('"') || names(BARE))) {
        for found in regex.captures_iter(folded) {
            let (Some(all), Some(meaning), Some(terms)) = (found.get(0), found.get(1), found.get(2)) else { continue };
            if terms.as_str().contains('"') {
                for term in terms.as_str().split('"').skip(1).step_by(2) {
                    push(out, term, meaning.as_str());
                }
            } else if BARE.iter().any(|b| all.as_str().contains(b)) {
                push(out, terms.as_str(), meaning.as_str());
            }
        }
    }
    if let Some(regex) = MEANS.as_ref().filter(|_| folded.contains('"')) {
        for found in regex.captures_iter(folded) {
            let meaning = found.get(3).map_or("", |m| m.as_str());
            for term in [found.get(1), found.get(2)].into_iter().flatten() {
                push(out, term.as_str(), meaning);
            }
        }
    }
    if let Some(regex) = CALLED.as_ref().filter(|_| names(&["called", "known as", "referred to", "styled"])) {
        for found in regex.captures_iter(folded) {
            let group = |i| found.get(i).map_or("", |m: regex::Match<'_>| m.as_str());
            let meaning = format!("{} {}", group(1), group(4));
            for term in [group(2), group(3)].into_iter().filter(|t| !t.is_empty()) {
                push(out, term, &meaning);
            }
        }
    }
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

    #[test]
    fn a_thing_is_told_from_an_actor() {
        let named = |term: &str| Definition { term: term.to_owned(), meaning: "the principal".to_owned() };
        assert!(named("school rules").names_a_thing());
        assert!(!named("head of school").names_a_thing());
    }
}
