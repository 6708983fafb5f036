//! A rule pack: its text as JSON, its rules with numbers for phrases, the matcher that finds these, and what no check
//! needs by itself.

use crate::terms::Terms;
use crate::{Out, Result, merge, read};
use serde_yaml::{Mapping, Value};
use std::path::Path;

/// The lists of an element's patterns.
const PATTERNS: [&str; 3] = ["provides", "half", "contradicts"];

pub fn make(name: &str, own: Value, out: &Out) -> Result<()> {
    out.json(name, &own)?;
    let (mut pack, base) = whole(own)?;
    let mut terms = Terms::new(pack.get("vocabulary").unwrap_or(&Value::Null))?;
    let severity = pack.get("severity").cloned().unwrap_or_else(|| "error".into());
    for requirement in items(&mut pack, "requirements") {
        let before = base.as_ref().and_then(|base| same(base, "requirements", requirement));
        ready_requirement(requirement, before, &mut terms, &severity)?;
    }
    let examples = [examples(&mut pack, "requirements"), examples(&mut pack, "findings")];
    let map = pack.as_mapping_mut().ok_or("it is no map")?;
    ["vocabulary", "extends", "drop"].into_iter().for_each(|key| drop(map.remove(key)));
    map.insert("severity".into(), severity);

    let (matcher, phrases) = terms.build();
    out.matcher(name, &matcher)?;
    out.json(&format!("{name}.rules"), &pack)?;
    let [requirements, findings] = examples;
    let wording: [(Value, Value); 3] = [
        ("phrases".into(), phrases.into()),
        ("requirements".into(), requirements.into()),
        ("findings".into(), findings.into()),
    ];
    out.json(&format!("{name}.wording"), &Mapping::from_iter(wording))
}

/// A pack with what it extends filled in, and the pack that it extends.
fn whole(own: Value) -> Result<(Value, Option<Value>)> {
    let Some(base) = own.get("extends").and_then(Value::as_str) else { return Ok((own, None)) };
    let (base, _) = whole(read(&Path::new("rules").join(base).with_extension("yaml"))?)?;
    Ok((merge::merge(base.clone(), own), Some(base)))
}

fn ready_requirement(requirement: &mut Value, base: Option<&Value>, terms: &mut Terms, severity: &Value) -> Result<()> {
    terms.replace_in(requirement, "belongs")?;
    let map = requirement.as_mapping_mut().ok_or("a requirement is no map")?;
    map.entry("severity".into()).or_insert_with(|| severity.clone());
    for element in items(requirement, "elements") {
        let base = base.and_then(|base| same(base, "elements", element));
        for list in PATTERNS {
            let before = base.and_then(|base| base.get(list)?.as_sequence()).map_or(&[][..], Vec::as_slice);
            for pattern in items(element, list) {
                let inherited = before.iter().any(|before| filled(before) == filled(pattern));
                *pattern = ready_pattern(pattern, inherited, terms)?;
            }
        }
        let mut parts: Vec<_> =
            element.get_mut("parts").and_then(Value::as_mapping_mut).into_iter().flatten().collect();
        parts.sort_by(|a, b| a.0.as_str().cmp(&b.0.as_str()));
        parts.into_iter().try_for_each(|(_, phrase)| terms.replace(phrase))?;
    }
    Ok(())
}

/// A pattern with numbers for phrases; it says whether it is taken over from the pack that is extended.
fn ready_pattern(written: &Value, inherited: bool, terms: &mut Terms) -> Result<Value> {
    let mut pattern = filled(written);
    for list in ["all", "any", "none", "heading"] {
        terms.replace_in(&mut pattern, list)?;
    }
    if inherited {
        pattern.as_mapping_mut().ok_or("a pattern is no map")?.insert("inherited".into(), true.into());
    }
    Ok(pattern)
}

/// A bare phrase is a pattern with that one phrase.
fn filled(pattern: &Value) -> Value {
    match pattern {
        Value::String(_) => {
            Value::Mapping(Mapping::from_iter([("all".into(), Value::Sequence(vec![pattern.clone()]))]))
        }
        whole => whole.clone(),
    }
}

/// Takes out the examples of a list of rules, by the rules' ids.
fn examples(pack: &mut Value, list: &str) -> Mapping {
    let of_rule = |rule: &mut Value| {
        let examples = rule.as_mapping_mut()?.remove("examples")?;
        Some((rule.get("id")?.clone(), examples))
    };
    items(pack, list).filter_map(of_rule).collect()
}

fn items<'v>(map: &'v mut Value, list: &str) -> impl Iterator<Item = &'v mut Value> {
    map.get_mut(list).and_then(Value::as_sequence_mut).into_iter().flatten()
}

/// What has the same id in a list of another map.
fn same<'v>(other: &'v Value, list: &str, item: &Value) -> Option<&'v Value> {
    other.get(list)?.as_sequence()?.iter().find(|other| other.get("id") == item.get("id"))
}
