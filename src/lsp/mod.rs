//! The language server for Markdown agreements: findings as one types, what a requirement means where its words
//! stand, and a starter clause for what is missing.

mod action;
mod diagnostic;
mod hover;
mod position;
mod server;

pub use server::serve;

use crate::report::Checked;
use std::path::Path;

/// What the server needs to know how to do.
pub trait Check {
    /// Checks the text of a file as it is in the editor.
    ///
    /// # Errors
    /// It could not be checked, for this reason.
    fn check(&self, path: &Path, text: &str) -> Result<Checked, String>;

    /// What a requirement or finding means.
    fn explain(&self, path: &Path, code: &str) -> Option<String>;
}
