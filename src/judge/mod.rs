//! Judging: rules over an annotated document, verdicts out.

mod confidence;
mod evidence;
pub mod finding;
mod kind;
mod requirement;
mod rule;
mod search;
mod second_opinion;
mod trace;

pub use evidence::{Hits, Reading};
pub use kind::{Grounds as KindGrounds, detect as detect_kind};
pub use requirement::{ElementState, Judgement, by_rules, judge, refers};
pub use rule::{Found, Why};
pub use trace::{RuleTrace, Try, trace};
