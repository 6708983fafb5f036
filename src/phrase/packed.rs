//! Matchers as bytes: `build/` makes them, the program carries them and reads them at its start.

use super::Matcher;

impl Matcher {
    /// The matcher as bytes; nothing only if there is no room for them.
    pub fn packed(&self) -> Option<Vec<u8>> {
        postcard::to_allocvec(self).ok()
    }

    /// Reads what [`Matcher::packed`] gave; nothing if it is something else.
    pub fn unpack(bytes: &[u8]) -> Option<Self> {
        let (matcher, rest) = postcard::take_from_bytes(bytes).ok()?;
        rest.is_empty().then_some(matcher)
    }
}

#[cfg(test)]
mod tests {
    use super::super::{MatcherBuilder, Phrase};
    use super::*;

    #[test]
    fn a_matcher_comes_back_from_its_bytes_and_a_cut_one_does_not() {
        let mut builder = MatcherBuilder::default();
        builder.add(&Phrase::parse("take* into custody | arrest* [by] #1-3 ...4 (officers | ____)").unwrap()).unwrap();
        let matcher = builder.build();
        let bytes = matcher.packed().unwrap();
        let again = Matcher::unpack(&bytes).unwrap();
        assert_eq!(again.packed().unwrap(), bytes);
        assert_eq!(again.lexicon().classes("arrested"), matcher.lexicon().classes("arrested"));
        assert_ne!(again.id(), matcher.id());
        assert!(Matcher::unpack(&bytes[..bytes.len() - 1]).is_none());
    }
}
