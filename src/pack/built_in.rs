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
    /// The pack, once somebody has asked for it; kept to the end.
    read: OnceLock<Option<Arc<Pack>>>,
}

macro_rules! built_in {
    ($name:literal) => {
        BuiltIn {
            name: $name,
            text: include_str!(concat!(env!("OUT_DIR"), "/", $name, ".json")),
            rules: include_str!(concat!(env!("OUT_DIR"), "/", $name, ".rules.json")),
            matcher: include_bytes!(concat!(env!("OUT_DIR"), "/", $name, ".matcher")),
            wording: include_str!(concat!(env!("OUT_DIR"), "/", $name, ".wording.json")),
            read: OnceLock::new(),
        }
    };
}

/// The packs in the program.
pub static BUILT_IN: [BuiltIn; 5] = [
    built_in!("ma-37p"),
    built_in!("ma-37p-2018"),
    built_in!("ma-model-2022"),
    built_in!("us-cops"),
    built_in!("document"),
];

impl BuiltIn {
    /// The pack of a name.
    pub(super) fn named(name: &str) -> Option<&'static Self> {
        BUILT_IN.iter().find(|pack| pack.name == name)
    }

    /// The pack; nothing only if it is broken, which a test rules out.
    pub(super) fn pack(&self) -> Option<Arc<Pack>> {
        let read = || {
            let rules: Rules = serde_json::from_str(self.rules).ok()?;
            Some(Arc::new(Pack::ready(rules, Matcher::unpack(self.matcher)?, self.wording)))
        };
        self.read.get_or_init(read).clone()
    }
}
