//! The packs in the program, as `build/` has made them ready.

use super::Pack;
use super::compile::Rules;
use crate::phrase::Matcher;
use std::sync::{Arc, OnceLock};

/// A pack in the program.
#[derive(Debug)]
pub struct BuiltIn {
    /// Its name.
    pub name: &'static str,
    /// The pack as written, as JSON.
    pub(super) text: &'static str,
    /// Its rules, with what they take over, with terms of its matcher for phrases.
    rules: &'static str,
    matcher: &'static [u8],
    /// Its phrases as written and its examples.
    wording: &'static str,
}

macro_rules! built_in {
    ($name:literal) => {
        BuiltIn {
            name: $name,
            text: include_str!(concat!(env!("OUT_DIR"), "/", $name, ".json")),
            rules: include_str!(concat!(env!("OUT_DIR"), "/", $name, ".rules.json")),
            matcher: include_bytes!(concat!(env!("OUT_DIR"), "/", $name, ".matcher")),
            wording: include_str!(concat!(env!("OUT_DIR"), "/", $name, ".wording.json")),
        }
    };
}

const COUNT: usize = 5;

/// The packs in the program.
pub static BUILT_IN: [BuiltIn; COUNT] = [
    built_in!("ma-37p"),
    built_in!("ma-37p-2018"),
    built_in!("ma-model-2022"),
    built_in!("us-cops"),
    built_in!("document"),
];

/// The packs as far as they have been asked for: each is read once, and kept to the end.
static READ: [OnceLock<Option<Arc<Pack>>>; COUNT] = [const { OnceLock::new() }; COUNT];

impl BuiltIn {
    /// The pack of a name.
    pub(super) fn named(name: &str) -> Option<&'static Self> {
        BUILT_IN.iter().find(|pack| pack.name == name)
    }

    /// The pack; nothing only if it is broken, which a test rules out.
    pub(super) fn pack(&self) -> Option<Arc<Pack>> {
        let at = BUILT_IN.iter().position(|pack| pack.name == self.name)?;
        READ[at].get_or_init(|| self.read().map(Arc::new)).clone()
    }

    fn read(&self) -> Option<Pack> {
        let rules: Rules = serde_json::from_str(self.rules).ok()?;
        Some(Pack::ready(rules, Matcher::unpack(self.matcher)?, self.wording))
    }
}
