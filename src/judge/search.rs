//! Looks for phrases in the sentences of one document, unless they are known from another.

use crate::annotate::{Annotated, BLANK, Break, SymbolId};
use crate::document::Span;
use crate::memo::{Key, Memo};
use crate::phrase::{Hit, Matcher, Phrases, Scanner, Wanted, WordId, Words, number};
use crate::share;
use std::sync::{Arc, LazyLock, OnceLock};

/// The hits in the sentences of this run, in 32 MB at most.
static MEMO: LazyLock<Memo<Hit>> = LazyLock::new(|| Memo::new(32 << 20));

/// With more new sentences than this it pays to narrow the phrases to the document first.
const FEW: usize = 40;

/// A sequence of words, as positions in [`Annotated::tokens`], and which phrases are looked for in it.
pub(super) type Sequence<'s> = (&'s [usize], Wanted);

/// What is looked for in a document.
pub(super) struct Search<'a, 'd> {
    out: &'a Annotated<'d>,
    matcher: &'a Matcher,
    /// Which phrases.
    asked: &'a [bool],
    wanted: Wanted,
    /// What a key begins with: which phrases of which matcher are looked for.
    question: blake3::Hash,
    /// For every symbol the number that it is or is a part of.
    parts: Vec<Option<number::Part>>,
    blank: Option<SymbolId>,
    /// For every symbol the words of the phrases that it satisfies: made when a sentence is new.
    classes: Vec<OnceLock<Vec<WordId>>>,
}

impl<'a, 'd> Search<'a, 'd> {
    pub fn new(out: &'a Annotated<'d>, matcher: &'a Matcher, asked: &'a [bool], wanted: Wanted) -> Self {
        let mut question = blake3::Hasher::new();
        question.update(&matcher.id().to_le_bytes());
        question.update(&asked.iter().map(|asked| u8::from(*asked)).collect::<Vec<u8>>());
        let names = out.symbols.names();
        let parts = names.iter().map(|w| number::part(w)).collect();
        let blank = names.iter().position(|w| w == BLANK).and_then(|id| SymbolId::try_from(id).ok());
        let classes = names.iter().map(|_| OnceLock::new()).collect();
        Self { out, matcher, asked, wanted, question: question.finalize(), parts, blank, classes }
    }

    /// The phrases in each of some sequences of words. What is found does not depend on what was known before, but for
    /// phrases that do not matter, which no rule that can fire there asks for.
    pub fn hits(&self, sequences: &[Sequence<'_>]) -> Vec<Arc<[Hit]>> {
        let keys: Vec<Key> = sequences.iter().map(|sequence| self.key(*sequence)).collect();
        let mut hits: Vec<Option<Arc<[Hit]>>> = keys.iter().map(|key| MEMO.known(key)).collect();
        let new: Vec<usize> = (0..hits.len()).filter(|at| hits[*at].is_none()).collect();
        let narrowed = (new.len() > FEW).then(|| self.narrowed());
        let phrases = narrowed.as_ref().unwrap_or(self.matcher.phrases());
        let scan =
            |scanner: &mut Scanner<'_>, at: &usize| MEMO.recall(keys[*at], || self.scan(scanner, sequences[*at]));
        let found = share::map(&new, || phrases.scanner(), scan);
        new.into_iter().zip(found).for_each(|(at, found)| hits[at] = Some(found));
        hits.into_iter().flatten().collect()
    }

    fn scan(&self, scanner: &mut Scanner<'_>, (tokens, wanted): Sequence<'_>) -> Vec<Hit> {
        let mut hits = Vec::new();
        scanner.scan(&TokenWords { search: self, tokens }, wanted, &mut hits);
        // What is not narrowed finds also what nobody asked for.
        hits.retain(|hit| self.asked[hit.term as usize]);
        hits
    }

    /// All that the hits in a sequence of words depend on.
    fn key(&self, (tokens, wanted): Sequence<'_>) -> Key {
        let words = TokenWords { search: self, tokens };
        let mut bytes = Vec::with_capacity(8 * words.len());
        for (at, token) in words.tokens.iter().enumerate() {
            bytes.extend_from_slice(self.out.word(*token).as_bytes());
            // No word holds these bytes; what stands before a number says whether it is one of its own.
            let number = self.parts[words.symbol(at) as usize].is_some();
            bytes.push(if number { u8::from(words.joined(at)) + 2 * u8::from(words.in_brackets(at)) } else { 4 });
        }
        let mut key = blake3::Hasher::new();
        key.update(self.question.as_bytes());
        key.update(&[u8::from(wanted == Wanted::Everything)]);
        *key.update(&bytes).finalize().as_bytes()
    }

    fn classes(&self, symbol: SymbolId) -> &[WordId] {
        let word = || self.matcher.lexicon().classes(self.out.symbols.name(symbol));
        self.classes[symbol as usize].get_or_init(word)
    }

    /// The phrases narrowed to the document.
    fn narrowed(&self) -> Phrases {
        self.matcher.phrases().narrowed(&self.common(), self.asked, self.wanted)
    }

    /// How often each word that the phrases look for stands in the document.
    fn common(&self) -> Vec<u32> {
        let mut common = vec![0; self.matcher.lexicon().len()];
        for token in &self.out.tokens {
            self.classes(token.symbol).iter().for_each(|class| common[*class as usize] += 1);
        }
        common
    }
}

struct TokenWords<'a, 'd> {
    search: &'a Search<'a, 'd>,
    tokens: &'a [usize],
}

impl Words for TokenWords<'_, '_> {
    fn len(&self) -> usize {
        self.tokens.len()
    }
    fn classes(&self, at: usize) -> &[WordId] {
        self.search.classes(self.symbol(at))
    }
    fn is_number(&self, at: usize) -> bool {
        self.search.out.word(self.tokens[at]).bytes().all(|b| b.is_ascii_digit())
    }
    fn amount(&self, at: usize) -> Option<(u32, usize)> {
        // The 30 of "7:30", the 5 of "12.5" and the "four" of "twenty-four" are no numbers of their own.
        let part = |at: usize| if at < self.tokens.len() { self.search.parts[self.symbol(at) as usize] } else { None };
        let first = part(at)?;
        let inner = match at.checked_sub(1).and_then(part) {
            Some(number::Part::Figures(_)) => self.joined(at),
            Some(number::Part::Tens(_)) => matches!(first, number::Part::Ones(1..10)),
            Some(number::Part::Hundred) => true,
            _ => false,
        };
        let (value, words) = if inner { None } else { number::read(|i| part(at + i)) }?;
        // "sixteen (16)" is one number: the words prevail.
        let again = at + words;
        let repeated = if self.in_brackets(again) { number::read(|i| part(again + i)) } else { None };
        Some((value, words + repeated.map_or(0, |(_, words)| words)))
    }
    fn is_blank(&self, at: usize) -> bool {
        Some(self.symbol(at)) == self.search.blank
    }
}

impl TokenWords<'_, '_> {
    /// The symbol of a word.
    fn symbol(&self, at: usize) -> SymbolId {
        self.search.out.tokens[self.tokens[at]].symbol
    }

    /// Whether a bracket stands before a word.
    fn in_brackets(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|t| self.search.out.tokens[*t].before == Break::Bracket)
    }

    /// Whether a word stands right behind a point, comma or colon that stands right behind the word before it.
    fn joined(&self, at: usize) -> bool {
        let span = |at: usize| -> Option<Span> { Some(self.search.out.tokens[*self.tokens.get(at)?].span) };
        let before = at.checked_sub(1).and_then(span);
        before.zip(span(at)).is_some_and(|(before, this)| {
            this.start == before.end + 1
                && self.search.out.document.text().get(before.end..).is_some_and(|t| t.starts_with(['.', ',', ':']))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::Language;
    use crate::judge::Hits;
    use crate::reader::{Limits, Source, read};

    /// Every hit of every sentence, with a matcher that has been asked before or one that has not.
    fn hits(text: &str, matcher: &Matcher) -> Vec<Vec<Hit>> {
        let document = read(Source { name: "t.md", bytes: text.as_bytes() }, &Limits::default()).expect("document");
        let out = Annotated::new(&document, Language::shipped().expect("language"));
        Hits::all(&out, matcher).units.iter().map(|unit| unit.hits.to_vec()).collect()
    }

    #[test]
    fn a_sentence_that_recurs_has_the_hits_that_it_had() {
        let again = crate::pack::load("ma-37p").expect("a pack");
        let first = crate::pack::load("rules/ma-37p.yaml").expect("a pack of its own");
        assert_ne!(first.matcher().id(), again.matcher().id());
        let text = include_str!("../../fixtures/complete/harborview-mou.md");
        let (half, _) = text.split_at(text[..text.len() / 2].rfind("\n\n").expect("a paragraph"));
        hits(half, again.matcher());
        let (fresh, recalled) = (hits(text, first.matcher()), hits(text, again.matcher()));
        assert_eq!(fresh, recalled);
    }

    #[test]
    fn verdicts_do_not_depend_on_what_was_known_before() {
        let agreement = include_str!("../../fixtures/complete/harborview-mou.md");
        let text = [agreement, include_str!("../../fixtures/complete/harborview-op.md")].join("\n");
        let document = read(Source { name: "t.md", bytes: text.as_bytes() }, &Limits::default()).expect("document");
        let language = Language::shipped().expect("language");
        let out = Annotated::new(&document, language);
        let verdicts = |pack: &crate::pack::Pack| -> Vec<_> {
            let hits = Hits::of_requirements(&out, pack.matcher(), pack.requirements().iter());
            pack.requirements().iter().map(|r| crate::judge::by_rules(&out, language, &hits, r)).collect()
        };
        let pack = || crate::pack::load("rules/ma-37p.yaml").expect("a pack of its own");
        let (at_once, in_parts) = (pack(), pack());
        // Few new sentences at a time: they are looked at with phrases that are not narrowed.
        let mut asked = vec![false; in_parts.matcher().len()];
        let terms = in_parts.requirements().iter().flat_map(crate::pack::Requirement::terms);
        terms.for_each(|term| asked[term as usize] = true);
        let search = Search::new(&out, in_parts.matcher(), &asked, Wanted::WhatMatters);
        let (mut tokens, mut found) = (Vec::new(), 0);
        for unit in &out.units {
            unit.reading(&mut tokens);
            found += search.hits(&[(&tokens, Wanted::WhatMatters)])[0].len();
        }
        assert!(found > 50 && out.units.len() > FEW, "{found} {}", out.units.len());
        let shown = |pack| format!("{:?}", verdicts(pack));
        assert_eq!(shown(&at_once), shown(&in_parts));
    }

    #[test]
    fn figures_are_told_apart_by_what_stands_before_them() {
        let pack = crate::pack::load("ma-37p").expect("a pack");
        let key = |text: &str| {
            let document =
                read(Source { name: "t.txt", bytes: text.as_bytes() }, &Limits::default()).expect("document");
            let out = Annotated::new(&document, Language::shipped().expect("language"));
            let asked = vec![true; pack.matcher().len()];
            let search = Search::new(&out, pack.matcher(), &asked, Wanted::Everything);
            let tokens: Vec<usize> = (0..out.tokens.len()).collect();
            search.key((&tokens, Wanted::Everything))
        };
        assert_eq!(key("They train for 12 hours."), key("They  train for 12 hours!"));
        assert_ne!(key("They train for 7:30 hours."), key("They train for 7 30 hours."));
        assert_ne!(key("They train for sixteen (16) hours."), key("They train for sixteen 16 hours."));
    }
}
