//! `sro-lint man`: manual pages.

use super::{CLEAN, Cli, color::ColorArgs, output, say};
use clap::CommandFactory;
use std::io::Write;
use std::path::PathBuf;

/// Where to.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Write a page for every command into this folder (default: print the main page)
    #[arg(long, value_name = "FOLDER")]
    output_dir: Option<PathBuf>,
}

/// Prints or writes the pages.
pub fn run(args: &Args) -> miette::Result<u8> {
    let mut command = Cli::command();
    if let Some(folder) = &args.output_dir {
        std::fs::create_dir_all(folder)
            .and_then(|()| clap_mangen::generate_to(command, folder))
            .map_err(say::write_error)?;
        return Ok(CLEAN);
    }
    command.build();
    let mut page = Vec::new();
    clap_mangen::Man::new(command).render(&mut page).map_err(say::write_error)?;
    let mut out = output::open(None, &ColorArgs::never()).map_err(say::write_error)?;
    out.write_all(&page).and_then(|()| out.keep()).map_err(say::write_error)?;
    Ok(CLEAN)
}
