//! Where a value stands in a YAML text: the parser is sent down to it once more and made to stop there.
//!
//! Mistakes that only show when the whole pack is known (an element that no requirement has) thus get the
//! parser's own position, and a pack without mistakes pays nothing for it.

use serde::de::{self, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::fmt;

/// One step down into a YAML text.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Step<'a> {
    /// The value of a key.
    Key(&'a str),
    /// An item of a list.
    Index(usize),
}

/// Line and column, from 1, of the value that a path leads to, or of the last value on the way to it.
pub(crate) fn locate(text: &str, path: &[Step<'_>]) -> Option<(usize, usize)> {
    let error = Seek(path).deserialize(serde_yaml::Deserializer::from_str(text)).err()?;
    error.location().map(|l| (l.line(), l.column()))
}

#[derive(Clone, Copy)]
struct Seek<'p>(&'p [Step<'p>]);

impl Seek<'_> {
    fn stop<T, E: de::Error>() -> Result<T, E> {
        Err(E::custom("here"))
    }
}

impl<'de> DeserializeSeed<'de> for Seek<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

/// What is no list and no map is not expected, which is where the search is to end.
impl<'de> Visitor<'de> for Seek<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a list or a map")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        let [Step::Index(index), rest @ ..] = self.0 else { return Self::stop() };
        for _ in 0..*index {
            list.next_element::<IgnoredAny>()?;
        }
        list.next_element_seed(Seek(rest))?;
        Self::stop()
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let [Step::Key(wanted), rest @ ..] = self.0 else { return Self::stop() };
        while let Some(key) = map.next_key::<String>()? {
            if key == *wanted {
                return map.next_value_seed(Seek(rest));
            }
            map.next_value::<IgnoredAny>()?;
        }
        Self::stop()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_leads_to_its_value_or_as_near_as_it_goes() {
        let text = "a: 1\nlist:\n  - x\n  - name: é\n    inner: [1, \"two\"]\n";
        let at = |path: &[Step<'_>]| locate(text, path);
        let second = [Step::Key("list"), Step::Index(1)];
        assert_eq!(at(&second), Some((4, 5)));
        assert_eq!(at(&[second[0], second[1], Step::Key("inner"), Step::Index(1)]), Some((5, 16)));
        assert_eq!(at(&[Step::Key("a"), Step::Key("b")]), Some((1, 4)));
        assert_eq!(at(&[second[0], Step::Index(0), Step::Index(3)]), Some((3, 5)));
    }
}
