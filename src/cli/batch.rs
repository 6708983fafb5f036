//! `sro-lint batch`: the submissions of many districts in, one table out.

mod gather;
mod screen;

use super::color::ColorArgs;
use super::project::{ProjectArgs, absolute};
use super::{CLEAN, FAILED, FOUND, output, say};
use crate::batch::judge::{heaviest, mark_duplicates};
use crate::batch::letters::{self, Template};
use crate::batch::model::{BatchReport, SubmissionReport};
use crate::batch::roster::Roster;
use crate::batch::{csv, dashboard, previous, workbook};
use crate::config::schema::FailOn;
use crate::render::safe;
use gather::Gatherer;
use std::io::{self, Write};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

/// What is reviewed and how.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The folder with the submissions: a folder for each district, or files that begin with the district's name
    #[arg(value_name = "FOLDER")]
    folder: PathBuf,

    /// Which file is whose: CSV `district_code,district,path`, paths below FOLDER
    #[arg(long, value_name = "FILE", help_heading = "Submissions")]
    manifest: Option<PathBuf>,

    /// Every district that has to file: CSV `district_code,district`
    #[arg(long, value_name = "FILE", help_heading = "Submissions")]
    roster: Option<PathBuf>,

    /// Last year's folder or JSON report: findings are marked new, kept or resolved
    #[arg(long, value_name = "FOLDER_OR_JSON", help_heading = "Submissions")]
    previous: Option<PathBuf>,

    #[command(flatten)]
    project: ProjectArgs,

    /// Read scanned PDF files by OCR (needs the programs pdftoppm and tesseract; letters may be wrong)
    #[arg(long, help_heading = "Checking")]
    ocr: bool,

    /// Lowest severity that makes the exit status 1 (default: error)
    #[arg(long, value_enum, value_name = "SEVERITY", help_heading = "Checking")]
    fail_on: Option<FailOn>,

    /// How many files are read at a time (default: one per processor)
    #[arg(long, short, value_name = "N", help_heading = "Checking")]
    jobs: Option<NonZeroUsize>,

    /// Where results are kept for the next run (default: the user's cache folder)
    #[arg(long, value_name = "DIR", help_heading = "Checking")]
    cache_dir: Option<PathBuf>,

    /// Read every file anew and keep nothing
    #[arg(long, conflicts_with_all = ["cache_dir", "resume"], help_heading = "Checking")]
    no_cache: bool,

    /// Go on with a run that was broken off, and say how much of it was done
    #[arg(long, help_heading = "Checking")]
    resume: bool,

    /// Form of the report
    #[arg(long, short, value_enum, default_value_t = BatchFormat::Pretty, help_heading = "Report")]
    format: BatchFormat,

    /// Write the report to this file, whole or not at all
    #[arg(long, short, value_name = "FILE", help_heading = "Report")]
    output: Option<PathBuf>,

    /// Write a workbook too
    #[arg(long, value_name = "FILE", help_heading = "Report")]
    xlsx: Option<PathBuf>,

    /// Write a letter to each district into this folder
    #[arg(long, value_name = "DIR", help_heading = "Report")]
    letters: Option<PathBuf>,

    /// The letters' text, with fields such as {district} and {findings}
    #[arg(long, value_name = "FILE", requires = "letters", help_heading = "Report")]
    letter_template: Option<PathBuf>,

    /// Say which files were left out
    #[arg(long, short, help_heading = "Report")]
    verbose: bool,

    #[command(flatten)]
    color: ColorArgs,
}

/// The form of a batch's report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum BatchFormat {
    /// For people: a few lines for each district as it is done, and totals
    Pretty,
    /// The table: one row for each district, one column for each requirement
    Csv,
    /// One JSON object, which `--previous` takes next year
    Json,
    /// A dashboard in one file
    Html,
}

/// Reviews, reports, and gives the exit status.
pub fn run(args: &Args) -> miette::Result<u8> {
    let roster = args.roster.as_deref().map(Roster::load).transpose()?;
    let template = args.letters.as_ref().map(|_| Template::load(args.letter_template.as_deref())).transpose()?;
    let gatherer = Gatherer::new(args, roster.as_ref())?;
    let before = args.previous.as_deref().map(|path| last_year(&gatherer, path)).transpose()?;
    let live = args.format == BatchFormat::Pretty && args.output.is_none();
    let mut out = output::open(None, &args.color).map_err(say::write_error)?;
    let mut report = gatherer.report();
    report.submissions = gatherer.gather(&args.folder, args.manifest.as_deref(), |submission| {
        if !live {
            return Ok(());
        }
        out.write_all(screen::lines(submission).as_bytes())?;
        out.flush()
    })?;
    mark_duplicates(&mut report.submissions);
    if let Some(before) = &before {
        previous::mark(&mut report.submissions, before);
    }
    tell(args, &report.submissions);
    write(args, &report, live.then_some(&mut out), before.is_some())?;
    if let (Some(folder), Some(template)) = (&args.letters, &template) {
        letters::write(folder, template, &report.submissions, &gatherer.date(), save).map_err(not_written(folder))?;
    }
    let least = gatherer.project.fail_on(args.fail_on);
    let failing = report.submissions.iter().any(|s| least.is_some_and(|least| heaviest(s) >= Some(least)));
    Ok(match report.submissions.iter().any(|s| !s.errors.is_empty()) {
        true => FAILED,
        false if failing => FOUND,
        false => CLEAN,
    })
}

fn last_year(gatherer: &Gatherer<'_>, path: &Path) -> miette::Result<BatchReport> {
    if !path.is_dir() {
        return previous::load(path);
    }
    let mut report = gatherer.report();
    report.submissions = gatherer.gather(path, None, |_| Ok(()))?;
    Ok(report)
}

/// What goes to standard error whatever the form of the report.
fn tell(args: &Args, submissions: &[SubmissionReport]) {
    for submission in submissions {
        for error in &submission.errors {
            say::note(&format!("not checked: {}: {}", error.path, error.message));
        }
        if args.roster.is_some() && submission.code.is_empty() {
            say::note(&format!("not on the roster: {}", submission.district));
        }
    }
}

/// Writes the report and the workbook. Files are only opened now: a run that is broken off leaves the old ones.
fn write(args: &Args, report: &BatchReport, live: Option<&mut output::Output>, compared: bool) -> miette::Result<()> {
    if let Some(out) = live {
        let totals = screen::totals(report, compared);
        out.write_all(totals.as_bytes()).and_then(|()| out.keep()).map_err(say::write_error)?;
    } else {
        let failed = not_written(args.output.as_deref().unwrap_or(Path::new("the report")));
        report_to(args, report, compared).map_err(failed)?;
    }
    if let Some(path) = &args.xlsx {
        let bytes = workbook::bytes(report).map_err(io::Error::other);
        bytes.and_then(|bytes| save(path, &bytes)).map_err(not_written(path))?;
    }
    Ok(())
}

fn report_to(args: &Args, report: &BatchReport, compared: bool) -> io::Result<()> {
    let mut out = output::open(args.output.as_deref(), &args.color)?;
    match args.format {
        BatchFormat::Pretty => {
            report.submissions.iter().try_for_each(|s| out.write_all(screen::lines(s).as_bytes()))?;
            out.write_all(screen::totals(report, compared).as_bytes())?;
        }
        BatchFormat::Csv => csv::write(report, &mut out)?,
        BatchFormat::Json => {
            serde_json::to_writer_pretty(&mut out, report)?;
            writeln!(out)?;
        }
        BatchFormat::Html => dashboard::write(report, &mut out)?,
    }
    out.keep()
}

/// A file that appears whole or not at all.
fn save(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut out = output::open(Some(path), &ColorArgs::never())?;
    out.write_all(bytes)?;
    out.keep()
}

/// A run has several outputs: which one failed.
fn not_written(path: &Path) -> impl Fn(io::Error) -> miette::Report {
    move |error| {
        let name = safe::name(&path.display().to_string());
        miette::miette!("{name} could not be written: {}", output::reason(&error))
    }
}

/// Whether a path lies in a folder that the run itself writes.
fn is_own(args: &Args, path: &Path) -> bool {
    let within = |own: &Option<PathBuf>| own.as_ref().is_some_and(|own| absolute(path).starts_with(absolute(own)));
    within(&args.letters) || within(&args.output) || within(&args.manifest) || within(&args.roster)
}
