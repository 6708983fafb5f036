//! What goes to standard error: one clear sentence at a time.
//!
//! Where standard error cannot be written either, nobody is there to be told, so failures here are let go.

use super::color;
use crate::render::safe;
use crate::report::InputError;
use miette::{GraphicalReportHandler, GraphicalTheme, NarratableReportHandler};
use std::io::{self, Write};

/// An input that could not be checked.
pub fn input_error(error: &InputError) {
    line("error", &format!("{}: {}", safe::name(&error.path), safe::line(&error.message)));
}

/// Something worth knowing.
pub fn note(text: &str) {
    line("note", &safe::name(text));
}

/// A failure to write the report, as the sentence for the user.
pub fn write_error(error: io::Error) -> miette::Report {
    miette::miette!("the report could not be written: {}", super::output::reason(&error))
}

/// Why the run could not be done.
pub fn failure(report: &miette::Report) {
    let mut text = String::new();
    let drawn = if report.source_code().is_none() {
        line("error", &safe::line(&report.to_string()));
        return;
    } else if anstream::AutoStream::choice(&io::stderr()) == anstream::ColorChoice::Never {
        NarratableReportHandler::new().render_report(&mut text, report.as_ref())
    } else {
        let handler = GraphicalReportHandler::new_themed(GraphicalTheme::unicode());
        handler.with_width(color::width()).render_report(&mut text, report.as_ref())
    };
    match drawn {
        Ok(()) => drop(io::stderr().lock().write_all(text.as_bytes())),
        Err(_) => line("error", &safe::line(&report.to_string())),
    }
}

/// The same in one line, with file and line number, for where only one line is shown.
pub fn one_line(report: &miette::Report) -> String {
    let label = report.labels().and_then(|mut labels| labels.next());
    let place = label.zip(report.source_code()).and_then(|(label, source)| {
        let contents = source.read_span(label.inner(), 0, 0).ok()?;
        Some(format!("{}, line {}: ", contents.name().unwrap_or_default(), contents.line() + 1))
    });
    let help = report.help().map(|help| format!(" ({help})")).unwrap_or_default();
    safe::line(&format!("{}{report}{help}", place.unwrap_or_default()))
}

fn line(label: &str, text: &str) {
    let _ = writeln!(io::stderr().lock(), "{label}: {text}");
}
