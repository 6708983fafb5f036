//! `sro-lint text`: the text that the places of a report point into.

use super::{CLEAN, color::ColorArgs, input, output, say};
use crate::reader::{self, Limits, Source};
use crate::render::safe;
use miette::miette;
use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;

/// What to print.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The document; `-` reads standard input
    file: PathBuf,

    /// Write the text to this file, whole or not at all
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// Prints the text, byte for byte, so that the offsets of a report fit; a terminal gets a harmless copy.
pub fn run(args: &Args) -> miette::Result<u8> {
    let limits = Limits::default();
    let name = args.file.display().to_string();
    let explain = |error: reader::ReadError| miette!("{name}: {error}");
    let bytes = input::file(&args.file, &limits).map_err(explain)?;
    let document = reader::read(Source { name: &name, bytes: &bytes }, &limits).map_err(explain)?;
    let mut out = output::open(args.output.as_deref(), &ColorArgs::never()).map_err(say::write_error)?;
    let text = if args.output.is_none() && io::stdout().is_terminal() {
        safe::text(document.text())
    } else {
        document.text().into()
    };
    out.write_all(text.as_bytes()).and_then(|()| out.keep()).map_err(say::write_error)?;
    Ok(CLEAN)
}
