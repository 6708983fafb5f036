//! The file of a baseline.

use super::{Baseline, Recorded};
use crate::render::safe;
use miette::{Report, miette};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read, Write};
use std::path::Path;

/// The version of the file.
const VERSION: u64 = 1;
/// Most bytes of a baseline.
const BYTES: u64 = 64 << 20;

#[derive(Serialize, Deserialize)]
struct BaselineFile {
    version: u64,
    documents: BTreeMap<String, Vec<Recorded>>,
}

impl Baseline {
    /// Reads a baseline.
    ///
    /// # Errors
    /// It cannot be read, is broken or of another version; the report says what to do.
    pub fn load(path: &Path) -> Result<Self, Report> {
        let shown = safe::name(&path.display().to_string());
        let unreadable = |e: io::Error| match e.kind() {
            io::ErrorKind::NotFound => {
                miette!("there is no baseline {shown}: record one with `sro-lint baseline --baseline {shown}`")
            }
            kind => miette!("the baseline {shown} could not be read: {kind}"),
        };
        let mut text = Vec::new();
        File::open(path).and_then(|f| f.take(BYTES + 1).read_to_end(&mut text)).map_err(unreadable)?;
        let again = format!(
            "Bring it back from version control, or record it anew: delete {shown}, then run `sro-lint baseline`."
        );
        if text.len() as u64 > BYTES {
            return Err(miette!("{shown} is too large for a baseline. {again}"));
        }
        let broken = |e: serde_json::Error| {
            let (what, line) = (safe::line(&e.to_string()), e.line());
            match line {
                0 => miette!("{shown} is no baseline ({what}). {again}"),
                line => miette!("{shown}, line {line}, is no baseline ({what}). {again}"),
            }
        };
        let value: serde_json::Value = serde_json::from_slice(&text).map_err(broken)?;
        match value.get("version").and_then(serde_json::Value::as_u64) {
            Some(VERSION) => {}
            Some(other) => {
                return Err(miette!(
                    "{shown} is a baseline of version {other}, and this sro-lint knows version {VERSION}. Use the \
                     sro-lint that wrote it, or record it anew: delete {shown}, then run `sro-lint baseline`."
                ));
            }
            None => return Err(miette!("{shown} is no baseline: it names no version. {again}")),
        }
        let file: BaselineFile = serde_json::from_value(value).map_err(broken)?;
        let folder = path.canonicalize().map_err(unreadable)?.parent().unwrap_or(Path::new("/")).to_owned();
        Ok(Self { folder, documents: file.documents })
    }

    /// Writes the baseline.
    ///
    /// # Errors
    /// It could not be written.
    pub fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        let file = BaselineFile { version: VERSION, documents: self.documents.clone() };
        serde_json::to_writer_pretty(&mut *out, &file)?;
        writeln!(out)
    }
}
