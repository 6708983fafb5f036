//! The report for people: who reads it knows Word and agreements, and need not know terminals.
//!
//! For each document: its name, what it is, a checklist of its requirements, then the findings. In colour the
//! findings are drawn with the lines around the words ([`graphic`]); without colour, which is also how a screen
//! reader and a file get it, everything is said in sentences ([`plain`]).

mod checklist;
mod graphic;
mod plain;
mod style;
#[cfg(test)]
mod tests;

use super::{RenderOptions, Renderer, safe, words};
use crate::report::{Checked, Diagnostic, DocumentReport, InputError, Summary};
use std::io::{self, Write};
use style::Styles;

/// Most places that are shown for one finding; the others are counted.
const PLACES: usize = 5;

/// Most bytes of a title that are shown.
const TITLE: usize = 200;

/// The renderer.
pub struct Pretty {
    width: usize,
    styles: Styles,
    color: bool,
    errors: Option<Vec<InputError>>,
}

impl Pretty {
    /// A renderer for this width, in colour or in words.
    pub fn new(options: RenderOptions) -> Self {
        Self {
            width: options.width,
            styles: Styles::new(options.color),
            color: options.color,
            errors: options.list_errors.then(Vec::new),
        }
    }

    fn heading(&self, out: &mut dyn Write, report: &DocumentReport) -> io::Result<()> {
        let Styles { bold, dim, .. } = self.styles;
        writeln!(out, "{bold}{}{bold:#}", safe::name(&report.path))?;
        self.fill(out, words::kind(report.kind), "", "")?;
        if let Some(title) = report.title.as_deref().map(short).filter(|t| !t.is_empty()) {
            self.fill(out, &title, "Title: ", "       ")?;
        }
        for remark in &report.remarks {
            write!(out, "{dim}")?;
            self.fill(out, &safe::line(remark), "Note: ", "      ")?;
            write!(out, "{dim:#}")?;
        }
        writeln!(out)
    }

    fn fill(&self, out: &mut dyn Write, text: &str, first: &str, rest: &str) -> io::Result<()> {
        let options = textwrap::Options::new(self.width)
            .initial_indent(first)
            .subsequent_indent(rest)
            .word_separator(textwrap::WordSeparator::AsciiSpace)
            .word_splitter(textwrap::WordSplitter::NoHyphenation);
        writeln!(out, "{}", textwrap::fill(text, options))
    }

    fn finding(&self, out: &mut dyn Write, checked: &Checked, at: usize, finding: &Diagnostic) -> io::Result<()> {
        if self.color {
            let style = self.styles.severity(finding.severity);
            let severity = words::weight(finding);
            let (code, title) = (safe::line(&finding.code), words::title(&finding.title));
            self.fill(out, &format!("{style}{severity}: {code} {title}{style:#}"), "", "  ")?;
            write!(out, "{}", graphic::draw(checked, finding, self.width).map_err(io::Error::other)?)
        } else {
            writeln!(out, "Finding {} of {}", at + 1, checked.report.diagnostics.len())?;
            for (label, text) in plain::paragraphs(checked, finding) {
                self.fill(out, &text, &format!("  {label}: "), "    ")?;
            }
            Ok(())
        }
    }
}

/// A title that is no more than a few lines, even if the document has none and its first paragraph serves.
fn short(title: &str) -> String {
    let end = title.floor_char_boundary(TITLE);
    let cut = if end < title.len() { " …" } else { "" };
    format!("{}{cut}", safe::line(title.get(..end).unwrap_or_default()))
}

impl Renderer for Pretty {
    fn document(&mut self, out: &mut dyn Write, checked: &Checked) -> io::Result<()> {
        self.heading(out, &checked.report)?;
        for entry in checklist::entries(&checked.report, &self.styles, self.color) {
            self.fill(out, &entry.text, &entry.first, &entry.rest)?;
        }
        if !checked.report.requirements.is_empty() {
            writeln!(out)?;
        }
        for (at, finding) in checked.report.diagnostics.iter().enumerate() {
            self.finding(out, checked, at, finding)?;
            writeln!(out)?;
        }
        Ok(())
    }

    fn error(&mut self, _: &mut dyn Write, error: &InputError) -> io::Result<()> {
        if let Some(errors) = &mut self.errors {
            errors.push(error.clone());
        }
        Ok(())
    }

    fn finish(&mut self, out: &mut dyn Write, summary: &Summary) -> io::Result<()> {
        let bold = self.styles.bold;
        let totals = textwrap::fill(&words::totals(summary), self.width);
        writeln!(out, "{bold}{totals}{bold:#}")?;
        for error in self.errors.iter().flatten() {
            let text = format!("{}: {}", safe::name(&error.path), safe::line(&error.message));
            self.fill(out, &text, "Not checked: ", "  ")?;
        }
        Ok(())
    }
}
