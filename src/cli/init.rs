//! `sro-lint init`: a document to start from.

use super::annotate::new_file;
use super::{CLEAN, say};
use crate::pack;
use crate::render::safe;
use crate::report::Kind;
use crate::start::{self, Parties};
use miette::miette;
use std::path::PathBuf;

/// What to start.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The file to write: .docx (Word) or .md (Markdown)
    #[arg(value_name = "OUT")]
    out: PathBuf,

    /// What to start
    #[arg(long, value_enum, default_value_t = Start::Mou)]
    kind: Start,

    /// Name of the school district
    #[arg(long, value_name = "NAME", value_parser = name)]
    district: Option<String>,

    /// Name of the police department
    #[arg(long, value_name = "NAME", value_parser = name)]
    police: Option<String>,

    /// Name of the school; may repeat
    #[arg(long, value_name = "NAME", value_parser = name)]
    school: Vec<String>,

    /// Replace a file that exists
    #[arg(long)]
    force: bool,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum Start {
    /// Memorandum of understanding
    Mou,
    /// Operating procedures
    Op,
    /// Both in one file
    Combined,
}

/// Writes it.
pub fn run(args: &Args) -> miette::Result<u8> {
    let kind = match args.kind {
        Start::Mou => Kind::Mou,
        Start::Op => Kind::Op,
        Start::Combined => Kind::Combined,
    };
    let parties =
        Parties { district: args.district.clone(), police: args.police.clone(), schools: args.school.clone() };
    let law = pack::load("ma-37p")?;
    let parts = start::draft(&law, kind, &parties);
    let ending = args.out.extension().and_then(|e| e.to_str()).unwrap_or_default().to_lowercase();
    let shown = safe::name(&args.out.display().to_string());
    let bytes = match ending.as_str() {
        "docx" => start::docx(&parts).map_err(|e| miette!("{shown} could not be made: {e}"))?,
        "md" | "markdown" => start::markdown(&parts).into_bytes(),
        _ => return Err(miette!("{shown}: name a file that ends in .docx (Word) or .md (Markdown)")),
    };
    new_file(&args.out, args.force, &bytes)?;
    say::note(&format!("{shown} is written: fill in what stands in [brackets], then run sro-lint on it"));
    Ok(CLEAN)
}

/// A name has words in it.
fn name(text: &str) -> Result<String, String> {
    match text.trim() {
        "" => Err("a name is needed; leave the option out to get a blank".to_owned()),
        text => Ok(text.to_owned()),
    }
}
