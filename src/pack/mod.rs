//! Rule packs: the law as data, in `rules/*.yaml`, embedded in the program or loaded from a file.

pub(crate) mod bounds;
mod compile;
pub mod coverage;
pub mod examples;
mod load;
pub(crate) mod locate;
mod merge;
pub(crate) mod mistake;
pub mod page;
pub mod schema;
mod validate;

pub use compile::{Element, Pack, Requirement, Role, Rule};
pub use load::{BUILT_IN, load, written};
