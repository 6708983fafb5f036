//! One line for each finding: for `grep`, for editors that jump to `file:line:column`, for a quick look.

use super::{Renderer, safe, words};
use crate::report::{Checked, Diagnostic, InputError, Summary};
use std::io::{self, Write};

/// The renderer.
pub struct Concise {
    /// Whether the inputs that could not be read are part of the report.
    pub list_errors: bool,
}

impl Renderer for Concise {
    fn document(&mut self, out: &mut dyn Write, checked: &Checked) -> io::Result<()> {
        let path = safe::line(&checked.report.path);
        for diagnostic in &checked.report.diagnostics {
            let place = place(checked, diagnostic);
            let (severity, code) = (diagnostic.severity.name(), safe::line(&diagnostic.code));
            writeln!(out, "{path}{place}: {severity} {code}: {}", safe::line(&diagnostic.message))?;
        }
        Ok(())
    }

    fn error(&mut self, out: &mut dyn Write, error: &InputError) -> io::Result<()> {
        if self.list_errors {
            writeln!(out, "{}: not checked: {}", safe::line(&error.path), safe::line(&error.message))?;
        }
        Ok(())
    }

    fn finish(&mut self, out: &mut dyn Write, summary: &Summary) -> io::Result<()> {
        writeln!(out, "{}", words::totals(summary))
    }
}

/// Line and column where they are the file's own, otherwise the place as a person names it.
fn place(checked: &Checked, diagnostic: &Diagnostic) -> String {
    match diagnostic.spans.first() {
        None => String::new(),
        Some(place) if checked.report.format.is_plain() => format!(":{}:{}", place.line, place.column),
        Some(place) if place.place.is_empty() => String::new(),
        Some(place) => format!(": {}", safe::line(&place.place)),
    }
}
