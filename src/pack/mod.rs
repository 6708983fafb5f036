//! Rule packs: the law as data, in `rules/*.yaml`, embedded in the program or loaded from a file.

mod compile;
mod load;
pub mod schema;

pub use compile::{Element, Pack, Requirement, Rule};
pub use load::{BUILT_IN, load};
