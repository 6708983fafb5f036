//! Rule packs: the law as data, in `rules/*.yaml`, embedded in the program or loaded from a file.

pub(crate) mod bounds;
mod built_in;
mod compile;
pub mod coverage;
pub mod examples;
mod inherit;
mod load;
pub(crate) mod locate;
mod merge;
pub(crate) mod mistake;
pub mod page;
pub mod schema;
mod validate;
mod wording;

pub use built_in::{BUILT_IN, BuiltIn};
pub use compile::{Element, Pack, Requirement, Role, Rule};
pub use load::{load, written};
