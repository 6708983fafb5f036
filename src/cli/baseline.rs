//! `sro-lint baseline`: records today's findings, so that later runs fail on new ones only.

use super::color::ColorArgs;
use super::input::Reader;
use super::project::{Done, ProjectArgs, Projects, absolute};
use super::{CLEAN, FAILED, output, pipeline, say, walk};
use crate::baseline::{Baseline, FILE_NAME};
use crate::render::safe;
use crate::report::InputError;
use std::path::{Path, PathBuf};

/// What is recorded.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  sro-lint baseline agreements/           record today's findings in .sro-lint-baseline.json
  sro-lint check agreements/ --baseline .sro-lint-baseline.json
  sro-lint baseline agreements/ --prune   take out what has been mended")]
pub struct Args {
    /// Files and folders whose findings are recorded (default: the working folder)
    #[arg(value_name = "PATH", default_value = ".")]
    paths: Vec<PathBuf>,

    /// The file that is written (default: the configuration's, else .sro-lint-baseline.json)
    #[arg(long, value_name = "FILE", help_heading = "Configuration")]
    baseline: Option<PathBuf>,

    /// Only take out what is gone; record nothing new
    #[arg(long)]
    prune: bool,

    #[command(flatten)]
    project: ProjectArgs,
}

/// Records.
pub fn run(args: &Args) -> miette::Result<u8> {
    let file = file(args)?;
    let mut baseline = match file.exists() {
        true => Baseline::load(&file)?,
        false if args.prune => return Err(Baseline::load(&file).err().unwrap_or_else(|| miette::miette!("changed"))),
        false => Baseline::new(absolute(&file).parent().unwrap_or(Path::new("/"))),
    };
    let mut found = walk::find(&args.paths, None);
    let present = file.exists().then_some(file.as_path());
    let projects = Projects::find_for_baseline(&args.project, present, &mut found)?;
    let mut errors: Vec<InputError> = Vec::new();
    let reader = Reader::new(args.project.stdin_filename.clone());
    let inputs: Vec<_> = found.entries.iter().zip(&projects.of).collect();
    let work = |(entry, (project, place)): &(&walk::Entry, &(usize, PathBuf))| {
        reader.check(entry, |document, name| projects.list[*project].check(document, name, place))
    };
    let mut gone = 0;
    let take = |result: Result<Done, InputError>| {
        match result {
            Err(error) => errors.push(error),
            Ok(done) if args.prune => {
                gone += done.change.gone.len();
                baseline.prune(&done.place, &done.change.gone);
            }
            Ok(done) => baseline.record(&done.place, &done.checked),
        }
        Ok(())
    };
    pipeline::run(None, &inputs, work, take).map_err(say::write_error)?;
    if !errors.is_empty() {
        errors.iter().for_each(say::input_error);
        say::note("nothing was recorded: a baseline holds the findings of all inputs or none");
        return Ok(FAILED);
    }
    forget_absent(&mut baseline);
    let mut out = output::open(Some(&file), &ColorArgs::never()).map_err(say::write_error)?;
    baseline.write(&mut out).and_then(|()| out.keep()).map_err(say::write_error)?;
    let shown = safe::name(&file.display().to_string());
    let taken = if args.prune { format!(", {gone} taken out") } else { String::new() };
    say::note(&format!("{shown}: {} recorded{taken}", baseline.len()));
    Ok(CLEAN)
}

/// Documents that are gone have no findings.
fn forget_absent(baseline: &mut Baseline) {
    let absent: Vec<String> =
        baseline.documents().map(|(name, _)| name.to_owned()).filter(|name| !baseline.is_present(name)).collect();
    absent.iter().for_each(|name| baseline.forget(name));
}

/// The command line's, else that of the configuration for the first path.
fn file(args: &Args) -> miette::Result<PathBuf> {
    if let Some(file) = &args.baseline {
        return Ok(file.clone());
    }
    let path = args.paths.first().map_or(Path::new("."), PathBuf::as_path);
    let config = super::project::file_for(&args.project, path);
    let settings = config.as_deref().map(crate::config::load).transpose()?;
    Ok(settings.and_then(|s| s.baseline).map_or_else(|| PathBuf::from(FILE_NAME), |b| b.value))
}
