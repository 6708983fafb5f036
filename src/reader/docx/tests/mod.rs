//! Tests of the Word reader on packages made in memory.

mod bounds;
mod changes;
mod fixture;
mod look;
mod notes;
mod numbering;
mod package;
mod places;
mod text;
