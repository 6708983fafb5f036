//! Rule packs: the law as data, in `rules/*.yaml`, embedded in the program or loaded from a file.

mod bounds;
mod compile;
mod load;
mod locate;
mod merge;
mod mistake;
pub mod schema;
mod validate;

pub use compile::{Element, Pack, Requirement, Rule};
pub use load::{BUILT_IN, load};
