//! Which words of the pack's lists a document holds at all: the lists are long, and most of their words stand nowhere.

use crate::annotate::Annotated;
use std::collections::HashSet;

/// The distinct words of a document's folded text.
#[derive(Debug)]
pub struct Spoken<'a>(HashSet<&'a str>);

impl<'a> Spoken<'a> {
    /// The words of a document.
    pub fn of(out: &'a Annotated<'_>) -> Self {
        Self(out.folded.iter().flat_map(|folded| words(folded.text())).collect())
    }

    /// Whether all words of a phrase stand in the document, if perhaps not together.
    fn may_hold(&self, phrase: &str) -> bool {
        words(phrase).all(|word| self.0.contains(word))
    }

    /// The phrases of a list that may stand in the document as whole words.
    pub fn among<'w>(&self, list: &'w [String]) -> Vec<&'w str> {
        list.iter().map(String::as_str).filter(|phrase| self.may_hold(phrase)).collect()
    }
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::Language;
    use crate::reader::{Limits, Source, read};

    #[test]
    fn a_phrase_is_left_out_only_if_one_of_its_words_stands_nowhere() {
        let source = Source { name: "t.md", bytes: b"/s/ The chief's deputy, signed: by hand." };
        let document = read(source, &Limits::default()).expect("document");
        let out = Annotated::new(&document, Language::shipped().expect("language"));
        let list = ["/s/", "deputy chief", "signed by", "chiefs", "(signed)", "designed", ":"].map(str::to_owned);
        assert_eq!(Spoken::of(&out).among(&list), ["/s/", "deputy chief", "signed by", "(signed)", ":"]);
    }
}
