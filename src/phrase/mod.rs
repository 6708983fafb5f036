//! Phrases: the small language in which packs say what words to look for.
//!
//! | written | reads |
//! |---|---|
//! | `arrest` | that word |
//! | `arrest*` | a word that begins so |
//! | `take* into custody` | words in a row; punctuation between them does not matter |
//! | `arrest* \| summons` | either |
//! | `(police \| patrol) officer` | a choice inside a phrase |
//! | `[directly] to` | a word that may be absent |
//! | `report* ... chief` | up to eight words between; `...3` up to three |
//! | `#` | a number in figures |
//! | `#12+`, `#1-11`, `#12` | a number from 12 up, from 1 to 11, 12 itself, in figures or words |
//! | `____` | a blank to fill in |
//! | `{training}` | the vocabulary entry of that name |
//!
//! Matching runs over words, not characters, in time linear in the text: nothing is tried twice, so a pack from a
//! stranger cannot make it slow.
//!
//! `build/` includes this module, too: what the program looks for by itself is compiled when it is built.

mod bits;
mod grammar;
mod lexicon;
mod matcher;
mod narrow;
pub mod number;
mod packed;
mod parse;
mod room;
mod sets;
mod shared;
mod uses;
mod watch;

pub use lexicon::{Lexicon, WordId};
pub use matcher::{Hit, Matcher, MatcherBuilder, Phrases, Scanner, TermId, Wanted, Words};
pub use parse::{Node, Phrase, PhraseError, Vocabulary};
pub use uses::Uses;
