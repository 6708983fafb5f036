//! The command line: one file per command.

mod annotate;
mod baseline;
mod batch;
mod check;
mod color;
mod completions;
mod config;
mod diff;
mod explain;
mod guard;
mod init;
mod input;
mod interrupt;
mod lsp;
mod man;
mod output;
mod pipeline;
mod project;
mod rules;
mod say;
mod schema;
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

/// What stands below the options.
const AFTER: &str = "\
Examples:
  sro-lint mou.docx procedures.pdf          check two files
  sro-lint check agreements/ --format json  check a folder, for another program
  sro-lint explain MOU-7                    what the requirement means and where it comes from
  sro-lint baseline agreements/             let today's findings be, fail on new ones only
  sro-lint config agreements/mou.md         what is in force there and which file says so

Exit status:
  0  nothing found at or above --fail-on
  1  something found
  2  at least one input could not be checked, or the call was wrong";

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
    after_help = AFTER
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
    /// Check the submissions of many districts: a table, a workbook, a dashboard, letters
    Batch(batch::Args),
    /// Write a document to start from
    Init(init::Args),
    /// Say what changed between two documents: verdicts and provisions
    Diff(diff::Args),
    /// Record today's findings, so that later runs fail on new ones only
    Baseline(baseline::Args),
    /// Print the configuration that is in force for a path, and which file says so
    Config(config::Args),
    /// Print the JSON Schema of the configuration, of rule packs or of the report
    Schema(schema::Args),
    /// Print what a shell needs to complete the command line
    Completions(completions::Args),
    /// Print or write manual pages
    Man(man::Args),
    /// Check Markdown agreements in an editor: a language server on standard input and output
    Lsp(lsp::Args),
}

/// Runs the program.
pub fn main() -> ExitCode {
    guard::install();
    interrupt::install();
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
        Command::Batch(args) => batch::run(&args),
        Command::Init(args) => init::run(&args),
        Command::Diff(args) => diff::run(&args),
        Command::Baseline(args) => baseline::run(&args),
        Command::Config(args) => config::run(&args),
        Command::Schema(args) => schema::run(&args),
        Command::Completions(args) => completions::run(&args),
        Command::Man(args) => man::run(&args),
        Command::Lsp(args) => lsp::run(&args),
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
