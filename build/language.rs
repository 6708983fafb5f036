//! `rules/language.yaml`: the words of the trade, as two matchers.

use crate::terms::Terms;
use crate::{Out, Result};
use serde_yaml::{Mapping, Value};

/// The lists of `cues`, in the order in which the phrases of the matcher stand.
const CUES: [&str; 10] = [
    "promise",
    "reference",
    "no_paper",
    "decline",
    "right",
    "topics",
    "no_topics",
    "agenda",
    "past",
    "legal_references",
];

pub fn make(mut rules: Value, out: &Out) -> Result<()> {
    let map = rules.as_mapping_mut().ok_or("it is no map")?;
    let paper = map.remove("paper").ok_or("there is no `paper`")?;
    let vocabulary = Value::Mapping(Mapping::from_iter([("paper".into(), paper)]));

    let mut actors = Terms::new(&vocabulary)?;
    let mut named: Vec<_> = map.get_mut("actors").and_then(Value::as_mapping_mut).into_iter().flatten().collect();
    named.sort_by(|a, b| a.0.as_str().cmp(&b.0.as_str()));
    named.into_iter().try_for_each(|(_, phrases)| actors.replace(phrases))?;
    actors.replace_in(&mut rules, "plain_officer")?;

    let mut cues = Terms::new(&vocabulary)?;
    let lists = rules.get_mut("cues").ok_or("there are no `cues`")?;
    CUES.iter().try_for_each(|name| cues.replace_in(lists, name))?;
    cues.replace_in(&mut rules, "negation_phrases")?;
    cues.replace_in(&mut rules, "not_negation")?;

    out.json("language", &rules)?;
    out.matcher("actors", &actors.build().0)?;
    out.matcher("cues", &cues.build().0)
}
