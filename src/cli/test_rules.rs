//! `sro-lint test-rules`: the examples that rules carry.

/// Which packs.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Rule packs, by built-in name or YAML file
    #[arg(required = true, value_name = "PACK")]
    pub packs: Vec<String>,
}

/// Runs the examples; the status is 1 if one is judged wrong.
pub fn run(args: &Args) -> miette::Result<u8> {
    Err(miette::miette!("no examples in {}", args.packs.join(", ")))
}
