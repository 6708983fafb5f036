//! `sro-lint explain`: what a requirement or finding means.

/// What to explain.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Requirement or finding, such as MOU-7 or DOC-1
    pub id: String,

    /// A document: say also how it was judged
    pub file: Option<std::path::PathBuf>,

    /// Rule pack to look in, by built-in name or YAML file; may repeat (default: all built-in packs)
    #[arg(long, value_name = "NAME_OR_FILE")]
    pub pack: Vec<String>,
}

/// Explains.
pub fn run(args: &Args) -> miette::Result<u8> {
    Err(miette::miette!("no requirement is called {:?}", args.id))
}
