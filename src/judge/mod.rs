//! Judging: rules over an annotated document, verdicts out.

mod confidence;
mod evidence;
pub mod finding;
mod grounds;
mod kind;
mod requirement;
mod rule;
mod search;
mod trace;
mod weighing;

pub use evidence::{Hits, Reading};
pub use grounds::{Grounds, OF_CONTRADICTION, OF_PROVISION, lacking};
pub use kind::{Grounds as KindGrounds, detect as detect_kind};
pub use requirement::{Chances, ElementState, Judgement, by_rules, grounds, judge, refers};
pub use rule::{Found, Why};
pub use trace::{RuleTrace, Try, trace};
