//! The command line: one file per command.

mod baseline;
mod check;
mod color;
mod explain;
mod guard;
mod input;
mod output;
mod pipeline;
mod project;
mod rules;
mod say;
mod test_rules;
mod text;
mod walk;
mod watch;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// Nothing found at or above `--fail-on`.
const CLEAN: u8 = 0;
/// Something found.
const FOUND: u8 = 1;
/// At least one input could not be checked, or the call was wrong.
const FAILED: u8 = 2;

/// Checks school resource officer agreements and operating procedures against Massachusetts law.
///
/// sro-lint reads memoranda of understanding (MOU) and operating procedures (OP) in Word, PDF, OpenDocument,
/// RTF, HTML, Markdown and plain text, and says, item by item, what G.L. c. 71, § 37P asks for, what is there,
/// what is missing and where to look. It works offline and sends nothing anywhere.
#[derive(Debug, Parser)]
#[command(
    version,
    args_conflicts_with_subcommands = true,
    subcommand_negates_reqs = true,
    max_term_width = 100,
    after_help = "Exit status: 0 nothing found at or above --fail-on, 1 something found, 2 at least one input could \
                  not be checked or the call was wrong.\n\nExample: sro-lint mou.docx procedures.docx"
)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    check: check::Args,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Check files and folders (this is also what `sro-lint PATH…` does)
    Check(check::Args),
    /// Say what a requirement or finding means, with its source in law and examples
    Explain(explain::Args),
    /// List the rule packs and their requirements
    Rules(rules::Args),
    /// Run the examples that the rules of a pack carry
    TestRules(test_rules::Args),
    /// Print the text of a document as sro-lint reads it
    Text(text::Args),
    /// Record today's findings, so that later runs fail on new ones only
    Baseline(baseline::Args),
}

/// Runs the program.
pub fn main() -> ExitCode {
    guard::install();
    ExitCode::from(run())
}

fn run() -> u8 {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version are no errors; where they cannot be printed, nobody is there to read why.
            let _ = error.print();
            return u8::try_from(error.exit_code()).unwrap_or(FAILED);
        }
    };
    let result = match cli.command.unwrap_or(Command::Check(cli.check)) {
        Command::Check(args) => check::run(&args),
        Command::Explain(args) => explain::run(&args),
        Command::Rules(args) => rules::run(&args),
        Command::TestRules(args) => test_rules::run(&args),
        Command::Text(args) => text::run(&args),
        Command::Baseline(args) => baseline::run(&args),
    };
    result.unwrap_or_else(|report| {
        say::failure(&report);
        FAILED
    })
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_well_formed() {
        super::Cli::command().debug_assert();
    }
}
