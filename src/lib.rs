//! sro-lint checks the two documents that Massachusetts law demands of every school with a police officer
//! in it against G.L. c. 71, § 37P: the memorandum of understanding (MOU) and the operating procedures (OP).
//!
//! There is one way through the house, and each room has one door on either side:
//!
//! bytes → [`reader`] → [`document`] → [`annotate`] → [`pack`] rules → [`judge`] → [`report`] → [`render`].
//!
//! Readers know nothing of rules, rules nothing of formats, renderers nothing of matching.

pub mod annotate;
pub mod baseline;
pub mod batch;
pub mod check;
pub mod cli;
pub mod comments;
pub mod compare;
pub mod config;
pub mod day;
pub mod document;
pub mod judge;
pub mod likeness;
pub mod lsp;
mod memo;
pub mod nearest;
pub mod pack;
pub mod phrase;
pub mod reader;
pub mod render;
pub mod report;
mod share;
pub mod start;
pub mod transient;
pub mod waiver;
