//! `sro-lint test-rules`: the examples that rules carry.

use super::color::ColorArgs;
use super::{CLEAN, FOUND, output, say};
use crate::pack::examples::{self, Outcome, Ran, Results};
use crate::pack::{self, Pack};
use crate::render::safe;
use std::io::{self, Write};

/// Which packs.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Rule packs, by built-in name or YAML file
    #[arg(required = true, value_name = "PACK")]
    pub packs: Vec<String>,

    /// Do not ask that every pattern has an example that makes it fire
    #[arg(long)]
    pub no_coverage: bool,
}

/// Runs the examples; the status is 1 if one is judged wrong, or a rule, element or pattern is not tried.
pub fn run(args: &Args) -> miette::Result<u8> {
    // A mistake in the last pack is told before the examples of the first are run.
    let packs = args.packs.iter().map(|name| pack::load(name)).collect::<miette::Result<Vec<_>>>()?;
    let mut out = output::open(None, &ColorArgs::never()).map_err(say::write_error)?;
    let mut failed = false;
    for pack in packs {
        let results = examples::run(&pack);
        failed |= results.count(Outcome::Right) < results.ran.len();
        failed |= !args.no_coverage && !results.uncovered.is_empty();
        write(&mut out, &pack, &results, args.no_coverage).map_err(say::write_error)?;
    }
    out.keep().map_err(say::write_error)?;
    Ok(if failed { FOUND } else { CLEAN })
}

fn write(out: &mut impl Write, pack: &Pack, results: &Results, no_coverage: bool) -> io::Result<()> {
    for ran in results.ran.iter().filter(|r| r.outcome != Outcome::Right) {
        writeln!(out, "{}", line(ran))?;
    }
    let uncovered = if no_coverage { &[][..] } else { &results.uncovered };
    for gap in uncovered {
        writeln!(out, "uncovered: {}", safe::line(gap))?;
    }
    for pair in &results.duplicates {
        writeln!(out, "near-duplicate: {}", safe::line(pair))?;
    }
    writeln!(out, "{}", totals(pack, results, uncovered.len()))
}

fn line(ran: &Ran) -> String {
    let text = safe::line(&ran.text);
    let short: String = text.chars().take(90).collect();
    let dots = if short.len() < text.len() { "…" } else { "" };
    let said = safe::line(&ran.said);
    format!("{}: {}, example {}: {said}: “{short}{dots}”", ran.outcome.name(), safe::line(&ran.rule), ran.number)
}

fn totals(pack: &Pack, results: &Results, uncovered: usize) -> String {
    let mut parts = vec![format!("{} of {} examples right", results.count(Outcome::Right), results.ran.len())];
    let wrong = [Outcome::Missed, Outcome::Noisy, Outcome::WrongVerdict, Outcome::WrongElements, Outcome::Unreadable];
    let counts = wrong.iter().map(|o| (results.count(*o), o.name()));
    let coverage = [(uncovered, "uncovered"), (results.duplicates.len(), "near-duplicate")];
    parts.extend(counts.chain(coverage).filter(|(n, _)| *n > 0).map(|(n, name)| format!("{n} {name}")));
    format!("{} {}: {}", safe::line(pack.id()), safe::line(pack.version()), parts.join(", "))
}
