//! Findings about waivers themselves.

use super::{INVALID, LAPSED, UNUSED};
use crate::config::{Stated, Waiver};
use crate::document::{BlockKind, Document, DocumentBuilder, Draft, Format, Span};
use crate::nearest::nearest;
use crate::report::{Checked, Confidence, Diagnostic, DocumentReport, Kind, Place, Severity};
use jiff::civil::Date;
use std::path::Path;
use std::sync::Arc;

/// What is wrong with a waiver.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// It cannot be understood, for this reason.
    Invalid(String),
    /// Its last day is over.
    Lapsed(String, Date),
    /// Nothing of this code is left to be waived, and perhaps another code was meant.
    Unused(String, Option<String>),
}

impl Fault {
    /// The code that waives nothing, with the known one that it is most like if it is none itself.
    pub(super) fn unused<'a>(code: &str, known: impl Iterator<Item = &'a str>) -> Self {
        let near = nearest(code, known).filter(|near| *near != code).map(str::to_owned);
        Self::Unused(code.to_owned(), near)
    }

    /// The finding at a place.
    pub(super) fn at(self, place: Option<Place>) -> Diagnostic {
        let (code, severity, title, message, help) = match self {
            Self::Invalid(what) => (INVALID, Severity::Error, "Waiver not understood", what, None),
            Self::Lapsed(code, day) => {
                let message = format!("The waiver of {code} ended on {day}.");
                let help = format!("Mend what {code} asks for, or decide anew and write the new day.");
                (LAPSED, Severity::Warning, "Waiver lapsed", message, Some(help))
            }
            Self::Unused(code, near) => {
                let message = format!("This waiver of {code} waives nothing.");
                let help = near.map_or_else(|| "Take it out.".to_owned(), |near| format!("Was {near} meant?"));
                (UNUSED, Severity::Warning, "Waiver without use", message, Some(help))
            }
        };
        Diagnostic {
            code: code.to_owned(),
            severity,
            message,
            help,
            source: None,
            spans: place.into_iter().collect(),
            title: title.to_owned(),
            starter: None,
            verdict: None,
            confidence: Confidence::High,
            belongs: None,
            waived: None,
            baseline: None,
        }
    }
}

/// The findings about the waivers of a configuration, as a report about that file.
///
/// # Errors
/// The file can no longer be read.
pub fn of_configuration(file: &Path, faults: &[(&Stated<Waiver>, Fault)]) -> std::io::Result<Checked> {
    let document = Arc::new(lines(std::fs::read_to_string(file)?));
    let diagnostics = faults.iter().map(|(waiver, fault)| {
        let block = document.blocks().iter().find(|b| document.line_column(b.span.start).0 >= waiver.at.line);
        fault.clone().at(block.map(|b| Place { place: String::new(), ..Place::new(&document, b.span) }))
    });
    let report = DocumentReport {
        path: file.display().to_string(),
        format: Format::Text,
        kind: Kind::Other,
        title: Some("Configuration of sro-lint".to_owned()),
        requirements: Vec::new(),
        diagnostics: diagnostics.collect(),
        remarks: Vec::new(),
    };
    Ok(Checked { report, document })
}

/// The file as a document whose lines are blocks and which has no structure.
fn lines(text: String) -> Document {
    let mut drafts = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let words = line.trim();
        let start = at + line.len() - line.trim_start().len();
        if !words.is_empty() {
            drafts.push(Draft::new(BlockKind::Hidden, Span::new(start, start + words.len())));
        }
        at += line.len();
    }
    let mut builder = DocumentBuilder::over(Format::Text, text);
    drafts.into_iter().for_each(|draft| builder.block(draft));
    builder.finish()
}
