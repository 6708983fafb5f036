//! Loads packs by built-in name or from a file.

use super::Pack;
use super::schema::PackFile;
use miette::{IntoDiagnostic, Report, WrapErr, miette};
use std::sync::Arc;

/// The packs in the program: name and text.
pub const BUILT_IN: &[(&str, &str)] =
    &[("ma-37p", include_str!("../../rules/ma-37p.yaml")), ("document", include_str!("../../rules/document.yaml"))];

/// Loads a pack by built-in name or path.
///
/// # Errors
/// A report that points into the YAML at the mistake.
pub fn load(name_or_path: &str) -> Result<Arc<Pack>, Report> {
    let text = match BUILT_IN.iter().find(|(name, _)| *name == name_or_path) {
        Some((_, text)) => (*text).to_owned(),
        None => std::fs::read_to_string(name_or_path).into_diagnostic().wrap_err_with(|| {
            format!("There is no pack `{name_or_path}` in sro-lint and no file of that name could be read")
        })?,
    };
    let file: PackFile = serde_yaml::from_str(&text).map_err(|e| miette!("{name_or_path}: {e}"))?;
    let pack = Pack::compile(file).map_err(|(id, e)| miette!("{name_or_path}: {id}: {e}"))?;
    Ok(Arc::new(pack))
}
