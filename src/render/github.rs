//! GitHub workflow commands: annotations at the lines of a pull request.

use super::{Renderer, safe, words};
use crate::report::{Checked, Diagnostic, InputError, Severity};
use std::io::{self, Write};

/// The renderer.
pub struct Github;

impl Renderer for Github {
    fn document(&mut self, out: &mut dyn Write, checked: &Checked) -> io::Result<()> {
        for diagnostic in &checked.report.diagnostics {
            let title = property(&format!("{} {}", diagnostic.code, diagnostic.title));
            // GitHub knows files by their path in the repository.
            let path = property(checked.report.path.trim_start_matches("./"));
            // What does not count is told, and marks nothing as wrong.
            let command = if diagnostic.counts() { command(diagnostic.severity) } else { "notice" };
            let text = data(&words::paragraph(diagnostic));
            writeln!(out, "::{command} file={path}{},title={title}::{text}", lines(checked, diagnostic))?;
        }
        Ok(())
    }

    fn error(&mut self, out: &mut dyn Write, error: &InputError) -> io::Result<()> {
        let path = property(&error.path);
        writeln!(out, "::error file={path},title=Could not be checked::{}", data(&error.message))
    }
}

fn command(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Advice => "notice",
    }
}

/// Lines and columns, where they are the file's own.
fn lines(checked: &Checked, diagnostic: &Diagnostic) -> String {
    let place = diagnostic.spans.first().or(diagnostic.belongs.as_ref());
    match place.filter(|_| checked.report.format.is_plain()) {
        None => String::new(),
        Some(place) => {
            let (end, end_column) = checked.document.line_column(place.end);
            let columns = format!(",col={},endColumn={end_column}", place.column);
            // GitHub takes columns only where start and end are on one line.
            let columns = if end == place.line { columns } else { String::new() };
            format!(",line={},endLine={end}{columns}", place.line)
        }
    }
}

/// Line ends would have to be escaped too, but safe text has none.
fn data(text: &str) -> String {
    safe::line(text).replace('%', "%25")
}

fn property(text: &str) -> String {
    safe::name(text).replace('%', "%25").replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use crate::render::OutputFormat;
    use crate::render::sample::{agreement, clean, hostile, options, other, render};

    #[test]
    fn findings_are_annotations_and_nothing_else_is_a_command() {
        let report = render(OutputFormat::Github, options(), &[agreement(), hostile(), clean(), other()]);
        for line in report.lines() {
            let text = line.strip_prefix("::").unwrap();
            assert_eq!(text.matches("::").count(), 1, "{line}");
            assert!(!line.contains("##["), "{line}");
        }
        insta::assert_snapshot!(report, @r#"
        ::error file=submissions/harborview/mou.docx,title=MOU-7 Training for SROs::The agreement names some of the training that the law requires. Where: VIII. Training for SROs, paragraph 2, page 7, and 1 more place. What to do: Name the training that the Municipal Police Training Committee requires. Source: M.G.L. c. 71, § 37P(b)
        ::error file=submissions/harborview/mou.docx,title=MOU-8 Collecting and reporting::Nothing says who collects and reports the numbers. Where it belongs: VIII. Training for SROs. What to do: Say who counts arrests, citations and court referrals, and who reports them. Source: M.G.L. c. 71, § 37P(b)
        ::error file=submissions/harborview/mou.docx,title=MOU-S1 SROs are no disciplinarians::The officer is given a part in school discipline. Where: II. Roles, paragraph 1, page 1, and 1 more place. Source: M.G.L. c. 71, § 37P(b)
        ::warning file=submissions/harborview/mou.docx,title=DOC-1 Blank left in::A blank was not filled in. Where: VIII. Training for SROs, paragraph 1, page 7.
        ::warning file=+cmd|' /C calc'!A1/%3A %3Awarning%3A%3A␛[31m.md,line=3,endLine=3,col=1,endColumn=105,title=DOC-1 Blank left in::Found “: :error: :pwned ␛[2J<script>” here. Where: =HYPERLINK("http://x"), paragraph 1. What to do: Write <it> *plainly*, 100%25. Source: M.G.L. c. 71, § 37P(b)
        ::warning file=menu.pdf,title=DOC-0 No agreement::This is no agreement on school resource officers. Source: M.G.L. c. 71, § 37P(b)
        ::error file=locked␛[31m␊%3A %3Aerror%3A%3A.docx,title=Could not be checked::This file is empty.
        "#);
    }
}
