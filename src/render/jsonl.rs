//! One JSON object per document, one per line, each as soon as it is done.
//!
//! Inputs that could not be checked have no line: they are named on standard error and show in the exit status.

use super::{Renderer, json_text};
use crate::report::Checked;
use std::io::{self, Write};

/// The renderer.
pub struct Jsonl;

impl Renderer for Jsonl {
    fn document(&mut self, out: &mut dyn Write, checked: &Checked) -> io::Result<()> {
        writeln!(out, "{}", json_text::compact(&checked.report)?)
    }
}
