//! Bounds on a pack from a stranger: what it holds is counted before any of it is kept.
//!
//! An alias makes a few bytes stand for millions; counting walks through every alias and stops at the bound.

use serde::de::{self, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use std::fmt;

/// Most bytes of a pack's file.
pub(crate) const FILE_BYTES: usize = 1 << 20;
/// Most that a pack may hold once its aliases are filled in: every value counts one, and every byte of text.
const WEIGHT: usize = 4 << 20;
/// Deepest nesting of lists and maps; a pattern inside a requirement is seven deep.
const DEPTH: usize = 16;
/// Most brackets open at a time, in a phrase or out of it: the YAML parser's time grows with their square.
const BRACKETS: usize = 100;
/// Most requirements and findings of a pack.
pub(crate) const RULES: usize = 2_000;
/// Most patterns of a pack.
pub(crate) const PATTERNS: usize = 20_000;

/// Line and column, from 1, where too many brackets are open.
pub(crate) fn too_many_brackets(text: &str) -> Option<(usize, usize)> {
    let mut open = 0_usize;
    for (line, words) in text.lines().enumerate() {
        for (column, sign) in words.chars().enumerate() {
            match sign {
                '[' | '{' => open += 1,
                ']' | '}' => open = open.saturating_sub(1),
                _ => {}
            }
            if open > BRACKETS {
                return Some((line + 1, column + 1));
            }
        }
    }
    None
}

/// Counts what a YAML text holds.
///
/// # Errors
/// The text is no YAML, or holds more than a pack may.
pub(crate) fn check(text: &str) -> Result<(), serde_yaml::Error> {
    let mut weight = 0;
    Count { weight: &mut weight, depth: 0 }.deserialize(serde_yaml::Deserializer::from_str(text))
}

struct Count<'w> {
    weight: &'w mut usize,
    depth: usize,
}

impl Count<'_> {
    fn add<E: de::Error>(self, bytes: usize) -> Result<(), E> {
        *self.weight += 1 + bytes;
        if *self.weight > WEIGHT {
            return Err(E::custom("the pack is too large: its YAML aliases stand for more than 4 MB of rules"));
        }
        Ok(())
    }

    fn inner<E: de::Error>(&mut self) -> Result<Count<'_>, E> {
        if self.depth >= DEPTH {
            return Err(E::custom(format!("lists and maps are nested too deep: {DEPTH} levels are the most")));
        }
        Ok(Count { weight: self.weight, depth: self.depth + 1 })
    }
}

impl<'de> DeserializeSeed<'de> for Count<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Count<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a rule pack")
    }

    fn visit_bool<E: de::Error>(self, _: bool) -> Result<(), E> {
        self.add(0)
    }

    fn visit_i64<E: de::Error>(self, _: i64) -> Result<(), E> {
        self.add(0)
    }

    fn visit_u64<E: de::Error>(self, _: u64) -> Result<(), E> {
        self.add(0)
    }

    fn visit_f64<E: de::Error>(self, _: f64) -> Result<(), E> {
        self.add(0)
    }

    fn visit_none<E: de::Error>(self) -> Result<(), E> {
        self.add(0)
    }

    fn visit_unit<E: de::Error>(self) -> Result<(), E> {
        self.add(0)
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<(), E> {
        self.add(text.len())
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut list: A) -> Result<(), A::Error> {
        while list.next_element_seed(self.inner()?)?.is_some() {}
        self.add(0)
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<(), A::Error> {
        while map.next_key_seed(self.inner()?)?.is_some() {
            map.next_value_seed(self.inner()?)?;
        }
        self.add(0)
    }
}
