//! `sro-lint completions`: what a shell needs to complete the command line.

use super::{CLEAN, Cli, color::ColorArgs, output, say};
use clap::CommandFactory;
use std::io::Write;

/// Which shell.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The shell
    shell: clap_complete::Shell,
}

/// Prints the script.
pub fn run(args: &Args) -> miette::Result<u8> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), env!("CARGO_PKG_NAME"), &mut script);
    let mut out = output::open(None, &ColorArgs::never()).map_err(say::write_error)?;
    out.write_all(&script).and_then(|()| out.keep()).map_err(say::write_error)?;
    Ok(CLEAN)
}
