//! `sro-lint rules`: the packs and what they ask for.

/// What to list and how.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Rule pack, by built-in name or YAML file; may repeat (default: all built-in packs)
    #[arg(long, value_name = "NAME_OR_FILE")]
    pub pack: Vec<String>,

    /// Form of the list
    #[arg(long, short, value_enum, default_value_t = ListFormat::Pretty)]
    pub format: ListFormat,
}

/// Form of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum ListFormat {
    /// For people
    Pretty,
    /// One JSON object
    Json,
    /// A page in Markdown
    Markdown,
}

/// Lists.
pub fn run(args: &Args) -> miette::Result<u8> {
    Err(miette::miette!("nothing to list as {:?}", args.format))
}
