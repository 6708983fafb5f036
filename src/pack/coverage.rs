//! What the examples of a pack leave untried, and patterns that say the same thing twice.
//!
//! A pattern that never fires loads, runs and reports success: only an example shows that it can do its work.

use super::schema::ExampleFile;
use super::{Element, Pack, Requirement, Role, Rule};
use crate::judge::RuleTrace;
use crate::phrase::{Node, Phrase, TermId};
use crate::report::Verdict;
use std::collections::HashSet;

/// Which rules of a requirement the examples made fire.
pub struct Coverage<'p> {
    pack: &'p Pack,
    requirement: &'p Requirement,
    fired: HashSet<(usize, Role, usize)>,
    verdicts: HashSet<Verdict>,
}

impl<'p> Coverage<'p> {
    /// Nothing has fired yet.
    pub fn new(pack: &'p Pack, requirement: &'p Requirement) -> Self {
        Self { pack, requirement, fired: HashSet::new(), verdicts: HashSet::new() }
    }

    /// Takes in what fired in one example.
    pub fn add(&mut self, example: &ExampleFile, traces: &[Vec<RuleTrace<'_>>]) {
        self.verdicts.insert(example.verdict);
        for (element, rules) in traces.iter().enumerate() {
            self.fired.extend(rules.iter().filter(|r| r.fired()).map(|r| (element, r.role, r.index)));
        }
    }

    /// What no example tries, one line each.
    pub fn gaps(&self) -> Vec<String> {
        let id = &self.requirement.id;
        if self.pack.examples(self.requirement).is_empty() {
            return vec![format!("{id}: it has no example")];
        }
        let mut gaps = Vec::new();
        if !self.verdicts.contains(&Verdict::Met) {
            gaps.push(format!("{id}: no example meets it"));
        }
        if self.verdicts.iter().all(|v| *v == Verdict::Met) {
            gaps.push(format!("{id}: every example meets it"));
        }
        for (e, element) in self.requirement.elements.iter().enumerate() {
            for (role, rules) in element.rules() {
                let silent = |n: &usize| !self.fired.contains(&(e, role, *n)) && !rules[*n].inherited;
                let silent: Vec<usize> = (0..rules.len()).filter(silent).collect();
                if role == Role::Provides && silent.len() == rules.len() {
                    gaps.push(format!("{id}/{}: no example provides this element", element.id));
                } else {
                    gaps.extend(silent.iter().map(|n| {
                        let name = pattern_name(id, element, role, *n);
                        format!("{name}: no example makes this pattern fire: {}", written(self.pack, &rules[*n]))
                    }));
                }
            }
        }
        gaps
    }
}

fn pattern_name(id: &str, element: &Element, role: Role, index: usize) -> String {
    format!("{id}/{}, {} {}", element.id, role.name(), index + 1)
}

/// A pattern in one line, as it is written in a pack.
pub fn written(pack: &Pack, rule: &Rule) -> String {
    let quoted = |term: &TermId| format!("\"{}\"", pack.phrase(*term));
    let list = |terms: &[TermId]| terms.iter().map(quoted).collect::<Vec<_>>().join(", ");
    let mut parts = Vec::new();
    for (key, terms) in [("all", &rule.all), ("any", &rule.any), ("none", &rule.none)] {
        if !terms.is_empty() {
            parts.push(format!("{key}: [{}]", list(terms)));
        }
    }
    if let Some(heading) = &rule.heading {
        parts.push(format!("heading: {}", quoted(heading)));
    }
    match (rule.all.as_slice(), parts.len()) {
        ([one], 1) => quoted(one),
        _ => parts.join(", "),
    }
}

/// Patterns of one element that add nothing to another of the same kind, one line each.
pub fn duplicates(pack: &Pack, requirement: &Requirement) -> Vec<String> {
    let mut found = Vec::new();
    for element in &requirement.elements {
        for (role, rules) in element.rules() {
            let name = |n: usize| pattern_name(&requirement.id, element, role, n);
            // Each phrase is read once, not once for every other.
            let rules: Vec<_> = rules.iter().map(|rule| (rule, sole_phrase(pack, rule))).collect();
            for (n, rule) in rules.iter().enumerate() {
                for (m, other) in rules.iter().enumerate().skip(n + 1) {
                    found.extend(likeness(pack, rule, other).map(|why| format!("{} and {}: {why}", name(n), m + 1)));
                }
            }
        }
    }
    found
}

/// A pattern with its [`sole_phrase`].
type Read<'p> = (&'p Rule, Option<Vec<Vec<Node>>>);

fn likeness(pack: &Pack, (one, a): &Read<'_>, (other, b): &Read<'_>) -> Option<String> {
    if one == other {
        return Some(format!("the same pattern twice: {}", written(pack, one)));
    }
    let (a, b) = (a.as_ref()?, b.as_ref()?);
    if one.polarity != other.polarity || one.weak != other.weak {
        return None;
    }
    let inside = |inner: &[Vec<Node>], outer: &[Vec<Node>]| {
        let within = |i: &Vec<Node>, o: &Vec<Node>| !i.is_empty() && o.windows(i.len()).any(|w| w == i.as_slice());
        inner.iter().any(|i| outer.iter().any(|o| within(i, o)))
    };
    (inside(a, b) || inside(b, a))
        .then(|| format!("one holds the other: {} and {}", written(pack, one), written(pack, other)))
}

/// Longest phrase that is written out to be compared.
const COMPARED_BYTES: usize = 2_000;
/// Most alternatives that a phrase is written out into.
const ALTERNATIVES: usize = 200;

/// A phrase's alternatives with the choices inside them written out.
fn flat(choices: &[Vec<Node>]) -> Vec<Vec<Node>> {
    choices.iter().flat_map(|choice| written_out(choice)).take(ALTERNATIVES).collect()
}

fn written_out(nodes: &[Node]) -> Vec<Vec<Node>> {
    let mut all = vec![Vec::new()];
    for node in nodes {
        let parts = match node {
            Node::Choice(choices) => flat(choices),
            other => vec![vec![other.clone()]],
        };
        let joined = all.iter().flat_map(|start| parts.iter().map(move |part| [&start[..], part].concat()));
        all = joined.take(ALTERNATIVES).collect();
    }
    all
}

/// The phrase of a pattern that has nothing else, written out, if it is short enough to be compared.
fn sole_phrase(pack: &Pack, rule: &Rule) -> Option<Vec<Vec<Node>>> {
    match rule.all.as_slice() {
        [one] if rule.any.is_empty() && rule.none.is_empty() && rule.heading.is_none() => {
            let phrase = Some(pack.phrase(*one)).filter(|phrase| phrase.len() <= COMPARED_BYTES)?;
            Some(flat(&Phrase::parse(phrase).ok()?.choices))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Found by fuzzing: writing out a pattern of tens of thousands of letters took ten seconds.
    #[test]
    fn a_pattern_of_thousands_of_words_is_not_written_out() {
        let long = "(sro | officer*) ...2 (wear* | dress*) ".repeat(1000);
        let yaml = format!(
            "id: test\nversion: \"1\"\ntitle: test\nrequirements:\n  - {{ id: T-1, title: test, kinds: [op], source: test, \
             explain: test, elements: [{{ id: uniform, title: uniform, provides: [\"{long}\", \"sro ... wear*\"] }}] }}\n"
        );
        let pack = Pack::compile(serde_yaml::from_str(&yaml).expect("yaml")).expect("pack");
        assert_eq!(duplicates(&pack, &pack.requirements()[0]), Vec::<String>::new());
    }
}
