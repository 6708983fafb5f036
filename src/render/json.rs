//! The JSON report: one object, written as the documents come.

use super::{Renderer, json_text};
use crate::report::{Checked, InputError, PackReport, SCHEMA_VERSION, Summary};
use serde_json::json;
use std::io::{self, Write};

/// The renderer.
#[derive(Default)]
pub struct Json {
    documents: usize,
    errors: Vec<InputError>,
}

impl Renderer for Json {
    fn begin(&mut self, out: &mut dyn Write, packs: &[PackReport]) -> io::Result<()> {
        let tool = json!({ "name": env!("CARGO_PKG_NAME"), "version": env!("CARGO_PKG_VERSION") });
        writeln!(out, "{{\n  \"schema_version\": {SCHEMA_VERSION},")?;
        writeln!(out, "  \"tool\": {},", json_text::indented(&tool, 1)?)?;
        writeln!(out, "  \"packs\": {},", json_text::indented(&packs, 1)?)?;
        write!(out, "  \"documents\": [")
    }

    fn document(&mut self, out: &mut dyn Write, checked: &Checked) -> io::Result<()> {
        let comma = if self.documents == 0 { "" } else { "," };
        self.documents += 1;
        write!(out, "{comma}\n    {}", json_text::indented(&checked.report, 2)?)
    }

    fn error(&mut self, _: &mut dyn Write, error: &InputError) -> io::Result<()> {
        self.errors.push(error.clone());
        Ok(())
    }

    fn finish(&mut self, out: &mut dyn Write, summary: &Summary) -> io::Result<()> {
        let end = if self.documents == 0 { "]" } else { "\n  ]" };
        writeln!(out, "{end},\n  \"errors\": {},", json_text::indented(&self.errors, 1)?)?;
        writeln!(out, "  \"summary\": {}\n}}", json_text::indented(summary, 1)?)
    }
}
