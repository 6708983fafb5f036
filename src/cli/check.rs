//! `sro-lint check`: files and folders in, a report out.

use super::annotate::{AnnotateArgs, Copy};
use super::color::ColorArgs;
use super::input::Reader;
use super::project::{Done, ProjectArgs, Projects};
use super::watch::Watch;
use super::{CLEAN, FAILED, FOUND, color, output, pipeline, say, walk};
use crate::config::schema::FailOn;
use crate::document::ChangeKind;
use crate::render::{self, OutputFormat, RenderOptions};
use crate::report::{Checked, InputError, Severity, Summary};
use std::io::{self, Write};
use std::num::NonZeroUsize;
use std::path::PathBuf;

/// What is checked and how.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  sro-lint check agreements/                                 every agreement in a folder
  sro-lint check mou.docx --kind mou --fail-on warning       warnings fail, too
  sro-lint check agreements/ -f sarif -o report.sarif        for code scanning
  sro-lint check agreements/ --baseline .sro-lint-baseline.json
  pandoc old.wpd -t markdown | sro-lint check - --stdin-filename old.md")]
pub struct Args {
    /// Files and folders; `-` reads standard input
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,

    #[command(flatten)]
    project: ProjectArgs,

    /// Lowest severity that makes the exit status 1 (default: error)
    #[arg(long, value_enum, value_name = "SEVERITY", help_heading = "Checking")]
    fail_on: Option<FailOn>,

    /// Let findings be that this file has: see `sro-lint baseline`
    #[arg(long, value_name = "FILE", help_heading = "Configuration")]
    baseline: Option<PathBuf>,

    /// How many files are read at a time (default: one per processor)
    #[arg(long, short, value_name = "N", help_heading = "Checking")]
    jobs: Option<NonZeroUsize>,

    /// Form of the report
    #[arg(long, short, value_enum, default_value_t = OutputFormat::Pretty, help_heading = "Report")]
    format: OutputFormat,

    /// Write the report to this file, whole or not at all
    #[arg(long, short, value_name = "FILE", help_heading = "Report")]
    output: Option<PathBuf>,

    /// Read scanned PDF files by OCR (needs the programs pdftoppm and tesseract; letters may be wrong)
    #[arg(long, help_heading = "Checking")]
    ocr: bool,

    /// Say which files were left out, and what was left out of those that were read
    #[arg(long, short, help_heading = "Report")]
    verbose: bool,

    #[command(flatten)]
    annotate: AnnotateArgs,

    #[command(flatten)]
    color: ColorArgs,
}

/// Checks, reports, and gives the exit status.
pub fn run(args: &Args) -> miette::Result<u8> {
    std::thread::spawn(crate::check::prepare);
    let copy = args.annotate.copy(&args.paths)?;
    let mut found = walk::find(&args.paths, args.output.as_deref());
    let projects = Projects::find(&args.project, args.baseline.as_deref(), &mut found)?;
    if args.verbose {
        let note = |what: &str, path: &PathBuf| say::note(&format!("left out, {what}: {}", path.display()));
        found.left_out.iter().for_each(|path| note("no document", path));
        found.excluded.iter().for_each(|path| note("excluded by the configuration", path));
    }
    let out = output::open(args.output.as_deref(), &args.color).map_err(say::write_error)?;
    let options = RenderOptions {
        width: color::width(),
        color: args.color.enabled(args.output.is_some()),
        fail_on: projects.list.iter().filter_map(|p| p.fail_on(args.fail_on)).min(),
        list_errors: args.output.is_some(),
    };
    let mut run = Run::new(args, &projects, options, out);
    run.copy = copy;
    run.summary.left_out = found.left_out.len();
    run.write(&found.entries).map_err(say::write_error)?;
    let status = run.status();
    run.copied?;
    Ok(status)
}

/// One run: the renderer, where it writes, and what was counted so far.
struct Run<'a> {
    args: &'a Args,
    projects: &'a Projects,
    renderer: Box<dyn render::Renderer>,
    out: output::Output,
    watch: Watch<'a>,
    copy: Option<Copy>,
    /// Whether the copy with comments was made.
    copied: miette::Result<()>,
    failing: bool,
    summary: Summary,
    errors: Vec<InputError>,
}

impl<'a> Run<'a> {
    fn new(args: &'a Args, projects: &'a Projects, options: RenderOptions, out: output::Output) -> Self {
        Self {
            args,
            projects,
            renderer: render::renderer(args.format, options),
            out,
            watch: Watch::new(projects, &args.paths),
            copy: None,
            copied: Ok(()),
            failing: false,
            summary: Summary::default(),
            errors: Vec::new(),
        }
    }

    fn write(&mut self, entries: &[walk::Entry]) -> io::Result<()> {
        let projects = self.projects;
        self.renderer.begin(&mut self.out, &projects.packs())?;
        let reader = Reader::new(self.args.project.stdin_filename.clone()).with_ocr(self.args.ocr);
        let inputs: Vec<_> = entries.iter().zip(&projects.of).collect();
        let work = |(entry, (project, place)): &(&walk::Entry, &(usize, PathBuf))| {
            let check = |document, name: &str| projects.list[*project].check(document, name, place);
            reader.check(entry, check).map(|done| (*project, done))
        };
        pipeline::run(self.args.jobs, &inputs, work, |result| self.take(result))?;
        for (project, checked) in self.watch.finish() {
            // The report is about a configuration: it is no document that was checked.
            self.document(project, &checked)?;
            self.summary.documents -= 1;
        }
        self.renderer.finish(&mut self.out, &self.summary)?;
        self.out.flush()?;
        self.errors.iter().for_each(say::input_error);
        self.watch.tell();
        self.out.keep()
    }

    fn take(&mut self, result: Result<(usize, Done), InputError>) -> io::Result<()> {
        match result {
            Ok((project, done)) => {
                self.watch.see(project, &done);
                if self.args.verbose {
                    tell_reading(&done.checked);
                }
                if let Some(copy) = &self.copy {
                    self.copied = copy.write(&done.checked);
                }
                self.document(project, &done.checked)
            }
            Err(error) => {
                self.summary.errors += 1;
                self.renderer.error(&mut self.out, &error)?;
                self.errors.push(error);
                Ok(())
            }
        }
    }

    fn document(&mut self, project: usize, checked: &Checked) -> io::Result<()> {
        self.summary.add(&checked.report);
        let least: Option<Severity> = self.projects.list[project].fail_on(self.args.fail_on);
        self.failing |= least.is_some_and(|least| checked.report.fails(least));
        self.renderer.document(&mut self.out, checked)?;
        self.out.flush()
    }

    fn status(&self) -> u8 {
        match (self.summary.errors, self.failing) {
            (1.., _) => FAILED,
            (0, true) => FOUND,
            (0, false) => CLEAN,
        }
    }
}

/// Tells what the reader left out and what a person should know about how the file was read.
fn tell_reading(checked: &Checked) {
    let path = &checked.report.path;
    for (what, count) in checked.document.left_out() {
        say::note(&format!("{path}: left out: {count} {what}"));
    }
    let deletions = checked.document.changes().iter().filter(|change| change.kind == ChangeKind::Deleted).count();
    if deletions > 0 {
        say::note(&format!("{path}: left out: {deletions} tracked deletions"));
    }
    checked.report.remarks.iter().for_each(|remark| say::note(&format!("{path}: {remark}")));
}
