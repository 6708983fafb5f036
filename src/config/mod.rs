//! The configuration: what a repository says about how its agreements are checked.
//!
//! A file `.sro-lint.yaml` holds for the folder that it lies in and all folders below, up to the next such file.

mod find;
mod load;
pub mod schema;
mod settings;

pub use find::{FILE_NAME, Finder};
pub use load::{load, shorter};
pub use settings::{At, Settings, Stated, Waiver};
