//! Colour and width of what is shown.

use anstream::{AutoStream, ColorChoice};
use std::io;

/// Widths between which reports are laid out: prose wider than this is hard to read.
const WIDTHS: (usize, usize) = (40, 120);
/// The width where there is no terminal.
const WIDTH: usize = 80;

/// Whether to colour.
#[derive(Debug, clap::Args)]
pub struct ColorArgs {
    /// When to colour and draw; without colour everything is said in words (NO_COLOR and CLICOLOR_FORCE count too)
    #[arg(long, value_enum, default_value_t = When::Auto, value_name = "WHEN", help_heading = "Report")]
    color: When,

    /// The same as `--color never`
    #[arg(long, conflicts_with = "color", help_heading = "Report")]
    no_color: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum When {
    /// On a terminal
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

impl ColorArgs {
    /// For output that never has colour.
    pub fn never() -> Self {
        Self { color: When::Never, no_color: true }
    }

    /// Whether the report is to be coloured; one that goes to a file only if that is asked for.
    pub fn enabled(&self, to_file: bool) -> bool {
        match (self.no_color, self.color) {
            (true, _) | (_, When::Never) => false,
            (_, When::Always) => true,
            (_, When::Auto) => !to_file && AutoStream::choice(&io::stdout()) != ColorChoice::Never,
        }
    }
}

/// Columns to fill: `COLUMNS` if it is set, else the terminal's, within reason.
pub fn width() -> usize {
    let columns = std::env::var("COLUMNS").ok().and_then(|c| c.trim().parse::<usize>().ok()).filter(|c| *c > 0);
    let terminal = || terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    columns.or_else(terminal).unwrap_or(WIDTH).clamp(WIDTHS.0, WIDTHS.1)
}
