//! `--annotate`: a copy of the Word file with the findings as comments.

use super::input;
use crate::comments;
use crate::reader::Limits;
use crate::render::safe;
use crate::report::Checked;
use miette::miette;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Where the copy goes.
#[derive(Debug, Default, Clone, clap::Args)]
pub struct AnnotateArgs {
    /// Write a copy of the one Word file that is checked, with every finding as a comment at its words
    #[arg(long, value_name = "OUT.docx", help_heading = "Report")]
    annotate: Option<PathBuf>,

    /// Let --annotate replace a file that exists
    #[arg(long, requires = "annotate", help_heading = "Report")]
    force: bool,
}

/// A copy to be made.
#[derive(Debug)]
pub struct Copy {
    input: PathBuf,
    output: PathBuf,
    force: bool,
}

impl AnnotateArgs {
    /// The copy that is asked for, if the call makes sense: nothing has been read yet.
    ///
    /// # Errors
    /// More or less than one file, or an output that is the input or exists already.
    pub fn copy(&self, inputs: &[PathBuf]) -> miette::Result<Option<Copy>> {
        let Some(output) = &self.annotate else { return Ok(None) };
        let input = match inputs {
            [input] if input.as_os_str() != "-" && !input.is_dir() => input,
            _ => return Err(miette!("--annotate goes with one Word file: name that file only")),
        };
        let same =
            |a: &Path, b: &Path| a == b || a.canonicalize().is_ok_and(|a| b.canonicalize().is_ok_and(|b| a == b));
        if same(input, output) {
            return Err(miette!("--annotate never overwrites the file that is checked: give another name"));
        }
        refuse_present(output, self.force)?;
        Ok(Some(Copy { input: input.clone(), output: output.clone(), force: self.force }))
    }
}

impl Copy {
    /// Makes the copy, whole or not at all.
    ///
    /// # Errors
    /// The file is no Word file or has changed, or the copy cannot be written.
    pub fn write(&self, checked: &Checked) -> miette::Result<()> {
        let limits = Limits::default();
        let name = safe::name(&self.input.display().to_string());
        let bytes = input::file(&self.input, &limits).map_err(|e| miette!("{name}: {e}"))?;
        // The places of findings are places in the bytes that were checked.
        let now = crate::reader::read(crate::reader::Source { name: &name, bytes: &bytes }, &limits);
        if !now.is_ok_and(|now| now.text() == checked.document.text()) {
            return Err(miette!("{name}: this file changed while it was checked: please try again"));
        }
        let copy = comments::annotate(&bytes, checked).map_err(|e| miette!("{name}: {e}"))?;
        new_file(&self.output, self.force, &copy)
    }
}

/// Writes a file that appears whole or not at all.
///
/// # Errors
/// It exists and is not to be replaced, or it cannot be written.
pub fn new_file(path: &Path, force: bool, bytes: &[u8]) -> miette::Result<()> {
    refuse_present(path, force)?;
    let failed = |error| {
        miette!("{} could not be written: {}", safe::name(&path.display().to_string()), super::output::reason(&error))
    };
    let mut out = super::output::open(Some(path), &super::color::ColorArgs::never()).map_err(failed)?;
    out.write_all(bytes).and_then(|()| out.keep()).map_err(failed)
}

fn refuse_present(path: &Path, force: bool) -> miette::Result<()> {
    if !force && path.symlink_metadata().is_ok() {
        let name = safe::name(&path.display().to_string());
        return Err(miette!("{name} exists already: give another name, or --force to replace it"));
    }
    Ok(())
}
