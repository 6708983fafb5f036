//! What `extends` does: a pack's own words laid over those of the pack that it extends. `build/` includes this, too.

use serde_yaml::{Mapping, Value};

/// Lists whose items are known by their `id`.
const BY_ID: [&str; 3] = ["requirements", "findings", "elements"];

/// Lays a pack over its base. What `drop` names is taken out first, so that a requirement that is dropped and
/// given anew is replaced as a whole.
pub fn merge(mut base: Value, own: Value) -> Value {
    let dropped: Vec<String> = own
        .get("drop")
        .and_then(Value::as_sequence)
        .map_or_else(Vec::new, |ids| ids.iter().filter_map(Value::as_str).map(str::to_owned).collect());
    for id in &dropped {
        drop_rule(&mut base, id);
    }
    let mut merged = over(Some(base), own, None);
    if let Value::Mapping(map) = &mut merged {
        map.remove("extends");
        map.remove("drop");
    }
    merged
}

/// Takes out a rule (`MOU-3`) or an element of one (`MOU-3/process`).
fn drop_rule(base: &mut Value, id: &str) {
    for list in ["requirements", "findings"] {
        let Some(Value::Sequence(rules)) = base.get_mut(list) else { continue };
        rules.retain(|rule| id_of(rule) != Some(id));
        let Some((rule, element)) = id.split_once('/') else { continue };
        let Some(rule) = rules.iter_mut().find(|r| id_of(r) == Some(rule)) else { continue };
        if let Some(Value::Sequence(elements)) = rule.get_mut("elements") {
            elements.retain(|e| id_of(e) != Some(element));
        }
    }
}

fn over(base: Option<Value>, own: Value, key: Option<&str>) -> Value {
    match (base, own) {
        (Some(Value::Mapping(base)), Value::Mapping(own)) => Value::Mapping(maps(base, own)),
        (Some(Value::Sequence(base)), Value::Sequence(own)) if key.is_some_and(|k| BY_ID.contains(&k)) => {
            Value::Sequence(by_id(base, own))
        }
        (_, own) => own,
    }
}

fn maps(mut base: Mapping, own: Mapping) -> Mapping {
    for (key, value) in own {
        let before = base.remove(&key);
        let value = over(before, value, key.as_str());
        base.insert(key, value);
    }
    base
}

fn by_id(mut base: Vec<Value>, own: Vec<Value>) -> Vec<Value> {
    for item in own {
        let place = base.iter().position(|b| id_of(b).is_some() && id_of(b) == id_of(&item));
        match place {
            Some(at) => {
                let before = std::mem::take(&mut base[at]);
                base[at] = over(Some(before), item, None);
            }
            None => base.push(item),
        }
    }
    base
}

fn id_of(item: &Value) -> Option<&str> {
    item.get("id").and_then(Value::as_str)
}
