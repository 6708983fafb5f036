//! `sro-lint schema`: JSON Schemas of what sro-lint reads and writes, made from the types themselves.

use super::{CLEAN, color::ColorArgs, output, say};
use crate::config::schema::ConfigFile;
use crate::pack::schema::PackFile;
use crate::render::JsonReport;
use std::io::Write;

/// Which schema.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// What the schema is of
    subject: Subject,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Subject {
    /// `.sro-lint.yaml`
    Config,
    /// A rule pack
    Pack,
    /// `--format json`
    Report,
}

/// Prints the schema.
pub fn run(args: &Args) -> miette::Result<u8> {
    let mut out = output::open(None, &ColorArgs::never()).map_err(say::write_error)?;
    let text = schema(args.subject).map_err(|e| miette::miette!("the schema could not be made: {e}"))?;
    out.write_all(text.as_bytes()).and_then(|()| out.keep()).map_err(say::write_error)?;
    Ok(CLEAN)
}

fn schema(subject: Subject) -> serde_json::Result<String> {
    let schema = match subject {
        Subject::Config => schemars::schema_for!(ConfigFile),
        Subject::Pack => schemars::schema_for!(PackFile),
        // What sro-lint writes has every field that is not left out on purpose.
        Subject::Report => schemars::generate::SchemaSettings::draft2020_12()
            .for_serialize()
            .into_generator()
            .into_root_schema_for::<JsonReport>(),
    };
    Ok(serde_json::to_string_pretty(&schema)? + "\n")
}
