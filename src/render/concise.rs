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
        let path = safe::name(&checked.report.path);
        for diagnostic in &checked.report.diagnostics {
            let place = place(checked, diagnostic);
            let (severity, code) = (words::weight(diagnostic), safe::line(&diagnostic.code));
            let why = words::let_be(diagnostic).map(|why| format!(" {why}")).unwrap_or_default();
            let text = safe::line(&format!("{}{why}", diagnostic.message));
            writeln!(out, "{path}{place}: {severity} {code}: {text}")?;
        }
        Ok(())
    }

    fn error(&mut self, out: &mut dyn Write, error: &InputError) -> io::Result<()> {
        if self.list_errors {
            writeln!(out, "{}: not checked: {}", safe::name(&error.path), safe::line(&error.message))?;
        }
        Ok(())
    }

    fn finish(&mut self, out: &mut dyn Write, summary: &Summary) -> io::Result<()> {
        writeln!(out, "{}", words::totals(summary))
    }
}

/// Line and column where they are the file's own, otherwise the place as a person names it. What is missing has
/// the place where it belongs.
fn place(checked: &Checked, diagnostic: &Diagnostic) -> String {
    match diagnostic.spans.first().or(diagnostic.belongs.as_ref()) {
        None => String::new(),
        Some(place) if checked.report.format.is_plain() => format!(":{}:{}", place.line, place.column),
        Some(place) if place.place.is_empty() => String::new(),
        Some(place) => format!(": {}", safe::line(&place.place)),
    }
}

#[cfg(test)]
mod tests {
    use crate::render::OutputFormat;
    use crate::render::sample::{agreement, clean, hostile, options, other, render};

    #[test]
    fn the_whole_report() {
        let documents = [agreement(), hostile(), clean(), other()];
        insta::assert_snapshot!(render(OutputFormat::Concise, options(), &documents), @r#"
        submissions/harborview/mou.docx: VIII. Training for SROs, paragraph 2, page 7: error MOU-7: The agreement names some of the training that the law requires.
        submissions/harborview/mou.docx: VIII. Training for SROs, page 7: error MOU-8: Nothing says who collects and reports the numbers.
        submissions/harborview/mou.docx: II. Roles, paragraph 1, page 1: error MOU-S1: The officer is given a part in school discipline.
        submissions/harborview/mou.docx: VIII. Training for SROs, paragraph 1, page 7: warning DOC-1: A blank was not filled in.
        +cmd|' /C calc'!A1/: :warning::␛[31m.md:3:1: warning DOC-1: Found “: :error: :pwned ␛[2J<script>” here.
        menu.pdf: warning DOC-0: This is no agreement on school resource officers.
        locked␛[31m␊: :error::.docx: not checked: This file is empty.
        4 documents checked: 2 requirements met, 1 partly met, 2 missing, 1 contradicted; 3 errors, 3 warnings; 1 input could not be checked; 3 files that are no documents left out.
        "#);
    }
}
