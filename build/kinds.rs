//! `rules/kinds.yaml`: what documents are known by.

use crate::terms::Terms;
use crate::{Out, Result};
use serde_yaml::Value;

/// Phrases besides those of the features.
const PHRASES: [&str; 7] =
    ["procedures_part", "not_a_part", "agreement_part", "subject_police", "subject_school", "subject_paper", "both"];

pub fn make(mut rules: Value, out: &Out) -> Result<()> {
    let mut terms = Terms::new(&Value::Null)?;
    for feature in rules.get_mut("features").and_then(Value::as_sequence_mut).into_iter().flatten() {
        terms.replace_in(feature, "phrase")?;
    }
    for name in PHRASES {
        terms.replace_in(&mut rules, name)?;
    }
    out.json("kinds", &rules)?;
    out.matcher("kinds", &terms.build().0)
}
