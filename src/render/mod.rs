//! Renderers: what was said about documents, in the form that a person or a program wants.
//!
//! A renderer gets one document after the other and writes what it can at once, so that a run over thousands
//! of files holds a few of them. It knows nothing of rules: it shows the [report](crate::report).

pub mod comparison;
mod concise;
mod csv;
mod fingerprint;
mod github;
mod gitlab;
pub(crate) mod html;
mod json;
mod json_text;
mod jsonl;
mod junit;
mod markdown;
mod pretty;
pub mod safe;
#[cfg(test)]
pub(crate) mod sample;
mod sarif;
mod snippet;
pub(crate) mod words;

pub use csv::cell;
pub use fingerprint::{Fingerprints, digest};
pub use json::JsonReport;

use crate::report::{Checked, InputError, PackReport, Severity, Summary};
use std::io::{self, Write};

/// The form of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum OutputFormat {
    /// For people: a checklist, the findings with the words they rest on, and totals
    Pretty,
    /// One line for each finding
    Concise,
    /// One JSON object
    Json,
    /// One JSON object per document, one per line
    Jsonl,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// Annotations in a GitHub workflow
    Github,
    /// GitLab's code quality report
    Gitlab,
    /// JUnit XML, each requirement a test
    Junit,
    /// A page for the summary of a CI job
    Markdown,
    /// One page to read in a browser or on paper, with the document beside the findings
    Html,
    /// A sheet with one row for each requirement and finding
    Csv,
}

/// What a renderer is told.
#[derive(Debug, Clone, Copy)]
pub struct RenderOptions {
    /// Columns to fill.
    pub width: usize,
    /// Whether to colour and draw.
    pub color: bool,
    /// The lowest severity that fails the run; `None` if nothing does.
    pub fail_on: Option<Severity>,
    /// Whether a report for people lists the inputs that could not be read (they are on standard error already
    /// when the report goes to the screen).
    pub list_errors: bool,
}

/// Writes a report as the documents come.
pub trait Renderer {
    /// Before the first document.
    ///
    /// # Errors
    /// The report could not be written.
    fn begin(&mut self, out: &mut dyn Write, packs: &[PackReport]) -> io::Result<()> {
        let _ = (out, packs);
        Ok(())
    }

    /// One document.
    ///
    /// # Errors
    /// The report could not be written.
    fn document(&mut self, out: &mut dyn Write, checked: &Checked) -> io::Result<()>;

    /// An input that could not be checked.
    ///
    /// # Errors
    /// The report could not be written.
    fn error(&mut self, out: &mut dyn Write, error: &InputError) -> io::Result<()> {
        let _ = (out, error);
        Ok(())
    }

    /// After the last document.
    ///
    /// # Errors
    /// The report could not be written.
    fn finish(&mut self, out: &mut dyn Write, summary: &Summary) -> io::Result<()> {
        let _ = (out, summary);
        Ok(())
    }
}

/// The renderer of a format.
pub fn renderer(format: OutputFormat, options: RenderOptions) -> Box<dyn Renderer> {
    match format {
        OutputFormat::Pretty => Box::new(pretty::Pretty::new(options)),
        OutputFormat::Concise => Box::new(concise::Concise { list_errors: options.list_errors }),
        OutputFormat::Json => Box::new(json::Json::default()),
        OutputFormat::Jsonl => Box::new(jsonl::Jsonl),
        OutputFormat::Sarif => Box::new(sarif::Sarif::default()),
        OutputFormat::Github => Box::new(github::Github),
        OutputFormat::Gitlab => Box::new(gitlab::Gitlab::default()),
        OutputFormat::Junit => Box::new(junit::Junit::new(options.fail_on)),
        OutputFormat::Markdown => Box::new(markdown::Markdown::default()),
        OutputFormat::Html => Box::new(html::Html::default()),
        OutputFormat::Csv => Box::new(csv::Csv),
    }
}
