//! Waivers: findings that somebody has decided to let be, with the reason, for all of time or up to a day.
//!
//! A waiver stands in the configuration or in a comment of the document. What is waived stays in the report.

mod apply;
mod comment;
mod finding;

pub use apply::{Applied, Scope, apply};
pub use finding::{Fault, of_configuration};

/// The findings about waivers themselves.
pub const CODES: [&str; 3] = [INVALID, LAPSED, UNUSED];

const INVALID: &str = "WAIVER-INVALID";
const LAPSED: &str = "WAIVER-LAPSED";
const UNUSED: &str = "WAIVER-UNUSED";
