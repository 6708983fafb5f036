//! `sro-lint check`: files and folders in, a report out.

use super::color::ColorArgs;
use super::input::Reader;
use super::{CLEAN, FAILED, FOUND, color, output, pipeline, say, walk};
use crate::check::{Checker, Options};
use crate::pack;
use crate::render::{self, OutputFormat, RenderOptions};
use crate::report::{Checked, InputError, Kind, PackReport, Severity, Summary};
use std::io::{self, Write};
use std::num::NonZeroUsize;
use std::path::PathBuf;

/// The rule pack in force where none is named.
const DEFAULT_PACK: &str = "ma-37p";
/// The pack that is always in force.
const DOCUMENT_PACK: &str = "document";

/// What is checked and how.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Files and folders; `-` reads standard input
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,

    /// Rule pack, by built-in name or YAML file; may repeat (default: ma-37p)
    #[arg(long, value_name = "NAME_OR_FILE", help_heading = "Checking")]
    pack: Vec<String>,

    /// What the documents are
    #[arg(long, value_enum, default_value_t = KindArg::Auto, help_heading = "Checking")]
    kind: KindArg,

    /// The day that dates are judged against (default: today)
    #[arg(long, value_name = "YYYY-MM-DD", help_heading = "Checking")]
    as_of: Option<jiff::civil::Date>,

    /// Lowest severity that makes the exit status 1
    #[arg(long, value_enum, default_value_t = FailOn::Error, value_name = "SEVERITY", help_heading = "Checking")]
    fail_on: FailOn,

    /// Name of what comes from standard input; its ending helps to tell the format
    #[arg(long, value_name = "NAME", default_value = "standard input", help_heading = "Checking")]
    stdin_filename: String,

    /// How many files are read at a time (default: one per processor)
    #[arg(long, short, value_name = "N", help_heading = "Checking")]
    jobs: Option<NonZeroUsize>,

    /// Form of the report
    #[arg(long, short, value_enum, default_value_t = OutputFormat::Pretty, help_heading = "Report")]
    format: OutputFormat,

    /// Write the report to this file, whole or not at all
    #[arg(long, short, value_name = "FILE", help_heading = "Report")]
    output: Option<PathBuf>,

    /// Say which files were left out
    #[arg(long, short, help_heading = "Report")]
    verbose: bool,

    #[command(flatten)]
    color: ColorArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum KindArg {
    /// Found from the text
    Auto,
    /// Memorandum of understanding
    Mou,
    /// Operating procedures
    Op,
    /// Both in one file
    Combined,
}

impl KindArg {
    fn kind(self) -> Option<Kind> {
        match self {
            Self::Auto => None,
            Self::Mou => Some(Kind::Mou),
            Self::Op => Some(Kind::Op),
            Self::Combined => Some(Kind::Combined),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum FailOn {
    /// Errors only
    Error,
    /// Warnings and errors
    Warning,
    /// Any finding
    Advice,
    /// Nothing
    Never,
}

impl FailOn {
    fn severity(self) -> Option<Severity> {
        match self {
            Self::Error => Some(Severity::Error),
            Self::Warning => Some(Severity::Warning),
            Self::Advice => Some(Severity::Advice),
            Self::Never => None,
        }
    }
}

/// Checks, reports, and gives the exit status.
pub fn run(args: &Args) -> miette::Result<u8> {
    let checker = checker(args)?;
    let found = walk::find(&args.paths, args.output.as_deref());
    if args.verbose {
        found.left_out.iter().for_each(|path| say::note(&format!("left out, no document: {}", path.display())));
    }
    let out = output::open(args.output.as_deref(), &args.color).map_err(say::write_error)?;
    let options = RenderOptions {
        width: color::width(),
        color: args.color.enabled(args.output.is_some()),
        fail_on: args.fail_on.severity(),
        list_errors: args.output.is_some(),
    };
    let mut run = Run::new(args.format, options, out);
    run.summary.left_out = found.left_out.len();
    run.write(&checker, &found.entries, args).map_err(say::write_error)?;
    Ok(run.status())
}

fn checker(args: &Args) -> miette::Result<Checker> {
    let mut names: Vec<&str> = args.pack.iter().map(String::as_str).collect();
    if names.is_empty() {
        names.push(DEFAULT_PACK);
    }
    if !names.contains(&DOCUMENT_PACK) {
        names.push(DOCUMENT_PACK);
    }
    let packs = names.into_iter().map(pack::load).collect::<miette::Result<Vec<_>>>()?;
    let as_of = args.as_of.unwrap_or_else(|| jiff::Zoned::now().date());
    Ok(Checker::new(packs, Options { kind: args.kind.kind(), as_of }))
}

/// One run: the renderer, where it writes, and what was counted so far.
struct Run {
    renderer: Box<dyn render::Renderer>,
    out: output::Output,
    fail_on: Option<Severity>,
    failing: bool,
    summary: Summary,
    errors: Vec<InputError>,
}

impl Run {
    fn new(format: OutputFormat, options: RenderOptions, out: output::Output) -> Self {
        Self {
            renderer: render::renderer(format, options),
            out,
            fail_on: options.fail_on,
            failing: false,
            summary: Summary::default(),
            errors: Vec::new(),
        }
    }

    fn write(&mut self, checker: &Checker, entries: &[walk::Entry], args: &Args) -> io::Result<()> {
        let packs = checker.packs().iter();
        let packs: Vec<_> =
            packs.map(|p| PackReport { id: p.id().to_owned(), version: p.version().to_owned() }).collect();
        self.renderer.begin(&mut self.out, &packs)?;
        let reader = Reader::new(args.stdin_filename.clone());
        pipeline::run(args.jobs, entries, |entry| reader.check(checker, entry), |result| self.take(result))?;
        self.renderer.finish(&mut self.out, &self.summary)?;
        self.out.flush()?;
        self.errors.iter().for_each(say::input_error);
        self.out.keep()
    }

    fn take(&mut self, result: Result<Checked, InputError>) -> io::Result<()> {
        match result {
            Ok(checked) => {
                self.summary.add(&checked.report);
                self.failing |= self.fail_on.is_some_and(|least| checked.report.fails(least));
                self.renderer.document(&mut self.out, &checked)?;
                self.out.flush()
            }
            Err(error) => {
                self.summary.errors += 1;
                self.renderer.error(&mut self.out, &error)?;
                self.errors.push(error);
                Ok(())
            }
        }
    }

    fn status(&self) -> u8 {
        match (self.summary.errors, self.failing) {
            (1.., _) => FAILED,
            (0, true) => FOUND,
            (0, false) => CLEAN,
        }
    }
}
