//! Why each rule of a requirement fired or did not: for people who disagree, and for whoever writes the next rule.

use super::Hits;
use super::requirement::accepted;
use super::rule::{Bench, Found, Why};
use crate::annotate::{Annotated, Language, UnitId};
use crate::pack::{Element, Requirement, Role, Rule};

/// One rule with every statement that came into question for it.
#[derive(Debug, Clone)]
pub struct RuleTrace<'p> {
    /// What the rule says when it fires.
    pub role: Role,
    /// Its number among the rules of that role, from 0.
    pub index: usize,
    /// The rule.
    pub rule: &'p Rule,
    /// The statements, in reading order.
    pub tries: Vec<Try>,
}

impl RuleTrace<'_> {
    /// Whether the rule fired anywhere.
    pub fn fired(&self) -> bool {
        self.tries.iter().any(|t| t.result.is_ok())
    }
}

/// One rule at one statement that holds at least one of its phrases.
#[derive(Debug, Clone)]
pub struct Try {
    /// The statement.
    pub unit: UnitId,
    /// What was found, or what kept the rule from firing.
    pub result: Result<Found, Why>,
    /// How many of the phrases wanted are there.
    pub held: usize,
    /// How many phrases are wanted: those of `all`, and one for `any`.
    pub wanted: usize,
}

/// Tries every rule of a requirement; for every element its rules.
pub fn trace<'p>(
    out: &Annotated<'_>,
    language: &Language,
    hits: &Hits,
    requirement: &'p Requirement,
) -> Vec<Vec<RuleTrace<'p>>> {
    let bench = Bench { out, language, hits };
    requirement.elements.iter().map(|element| element_trace(&bench, element)).collect()
}

fn element_trace<'p>(bench: &Bench<'_, '_>, element: &'p Element) -> Vec<RuleTrace<'p>> {
    let rules = element.rules().into_iter();
    let numbered =
        rules.flat_map(|(role, rules)| rules.iter().enumerate().map(move |(index, rule)| (role, index, rule)));
    numbered
        .map(|(role, index, rule)| {
            let tries = (0..bench.out.units.len()).filter_map(|unit| attempt(bench, rule, role, unit)).collect();
            RuleTrace { role, index, rule, tries }
        })
        .collect()
}

fn attempt(bench: &Bench<'_, '_>, rule: &Rule, role: Role, unit: UnitId) -> Option<Try> {
    let holds = |term: &&u32| bench.holds(rule.scope, unit, **term);
    let any_held = rule.any.iter().any(|t| holds(&t));
    let held = rule.all.iter().filter(holds).count() + usize::from(any_held);
    let wanted = rule.all.len() + usize::from(!rule.any.is_empty());
    let under = || rule.heading.is_some_and(|heading| bench.hits.under(bench.out, unit, heading, &rule.none));
    if held == 0 && (wanted > 0 || !under()) {
        return None;
    }
    Some(Try { unit, result: bench.at(rule, unit, accepted(role)), held, wanted })
}
