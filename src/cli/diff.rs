//! `sro-lint diff`: what changed between two documents.

use super::color::{self, ColorArgs};
use super::input::Reader;
use super::project::{ProjectArgs, Projects};
use super::{CLEAN, FAILED, FOUND, output, say, walk};
use crate::compare::Comparison;
use crate::render::comparison;
use crate::report::Checked;
use miette::miette;
use std::path::{Path, PathBuf};

/// What is compared.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The older document, or the state's model
    old: PathBuf,

    /// The newer document
    new: PathBuf,

    #[command(flatten)]
    project: ProjectArgs,

    /// Form of the comparison
    #[arg(long, short, value_enum, default_value_t = Format::Pretty, help_heading = "Report")]
    format: Format,

    /// Write the comparison to this file, whole or not at all
    #[arg(long, short, value_name = "FILE", help_heading = "Report")]
    output: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum Format {
    /// For people
    Pretty,
    /// One JSON object
    Json,
    /// One page to read in a browser or on paper
    Html,
}

/// Compares, and gives the exit status: 0 alike, 1 changed, 2 a document could not be read.
pub fn run(args: &Args) -> miette::Result<u8> {
    let paths = [args.old.clone(), args.new.clone()];
    if let Some(folder) = paths.iter().find(|p| p.is_dir()) {
        return Err(miette!("{} is a folder: diff compares two documents", folder.display()));
    }
    let (Some(old), Some(new)) = (checked(args, &args.old)?, checked(args, &args.new)?) else { return Ok(FAILED) };
    let comparison = Comparison::new(&old, &new);
    let mut out = output::open(args.output.as_deref(), &ColorArgs::never()).map_err(say::write_error)?;
    let written = match args.format {
        Format::Pretty => comparison::pretty(&mut out, &comparison, color::width()),
        Format::Json => comparison::json(&mut out, &comparison),
        Format::Html => comparison::html(&mut out, &comparison),
    };
    written.and_then(|()| out.keep()).map_err(say::write_error)?;
    Ok(if comparison.is_empty() { CLEAN } else { FOUND })
}

/// A document with its verdicts; none if it cannot be read, which is said.
fn checked(args: &Args, path: &Path) -> miette::Result<Option<Checked>> {
    let mut found = walk::find(&[path.to_owned()], None);
    let projects = Projects::find(&args.project, None, &mut found)?;
    let (Some(entry), Some((project, place))) = (found.entries.first(), projects.of.first()) else {
        return Err(miette!("{} is left out by the configuration", path.display()));
    };
    let reader = Reader::new(args.project.stdin_filename.clone());
    let done = reader.check(entry, |document, name| projects.list[*project].check(document, name, place).checked);
    Ok(done.inspect_err(say::input_error).ok())
}
