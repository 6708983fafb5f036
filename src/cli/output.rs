//! Where a report goes: standard output, or a file that appears whole or not at all.

use super::color::ColorArgs;
use crate::transient::NewFile;
use anstream::AutoStream;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// An open report.
pub enum Output {
    /// To standard output, or to something else that is no ordinary file.
    Stream(BufWriter<UntilClosed<Box<dyn Write>>>),
    /// To a file beside the one to be written, which takes its place at the end.
    File(BufWriter<NewFile>, PathBuf),
}

/// Why something could not be written, in a few words.
pub fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such folder".to_owned(),
        io::ErrorKind::PermissionDenied => "you may not write there".to_owned(),
        io::ErrorKind::StorageFull => "the disk is full".to_owned(),
        _ => super::input::reason(error),
    }
}

/// Opens the report.
///
/// # Errors
/// The file cannot be made.
pub fn open(path: Option<&Path>, color: &ColorArgs) -> io::Result<Output> {
    let Some(path) = path else {
        let stdout = io::stdout();
        let stream: Box<dyn Write> =
            if color.enabled(false) { Box::new(AutoStream::always(stdout)) } else { Box::new(stdout) };
        return Ok(Output::Stream(BufWriter::new(UntilClosed::new(stream))));
    };
    // A link is kept and what it leads to is replaced.
    let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let present = fs::metadata(&path).ok();
    if present.as_ref().is_some_and(|m| !m.is_file()) {
        // A pipe or a device cannot be replaced, only written to.
        let device: Box<dyn Write> = Box::new(File::options().write(true).open(&path)?);
        return Ok(Output::Stream(BufWriter::new(UntilClosed::new(device))));
    }
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let file = NewFile::new(&builder(present.map(|m| m.permissions())), folder)?;
    Ok(Output::File(BufWriter::new(file), path))
}

/// The new file gets the old one's permissions, or those of any new file.
fn builder<'a>(present: Option<fs::Permissions>) -> tempfile::Builder<'a, 'a> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".sro-lint-");
    if let Some(permissions) = present.or_else(ordinary) {
        builder.permissions(permissions);
    }
    builder
}

#[cfg(unix)]
fn ordinary() -> Option<fs::Permissions> {
    use std::os::unix::fs::PermissionsExt;
    Some(fs::Permissions::from_mode(0o666))
}

#[cfg(not(unix))]
fn ordinary() -> Option<fs::Permissions> {
    None
}

impl Output {
    /// The report is complete: only now does it take the place of an older one.
    ///
    /// # Errors
    /// What was written could not be stored.
    pub fn keep(&mut self) -> io::Result<()> {
        self.flush()?;
        let Self::File(..) = self else { return Ok(()) };
        let done = Self::Stream(BufWriter::new(UntilClosed::new(Box::new(io::sink()))));
        if let Self::File(writer, path) = std::mem::replace(self, done) {
            let file = writer.into_inner().map_err(io::IntoInnerError::into_error)?;
            file.keep(&path)?;
        }
        Ok(())
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Stream(stream) => stream.write(bytes),
            Self::File(file, _) => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Stream(stream) => stream.flush(),
            Self::File(file, _) => file.flush(),
        }
    }
}

/// A stream whose reader may go away (`| head`): from then on nothing is written, and nothing is wrong. The run
/// goes on, because its exit status is still wanted.
pub struct UntilClosed<W> {
    inner: W,
    closed: bool,
}

impl<W: Write> UntilClosed<W> {
    fn new(inner: W) -> Self {
        Self { inner, closed: false }
    }

    fn unless_closed<T>(&mut self, instead: T, act: impl FnOnce(&mut W) -> io::Result<T>) -> io::Result<T> {
        if self.closed {
            return Ok(instead);
        }
        match act(&mut self.inner) {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                self.closed = true;
                Ok(instead)
            }
            result => result,
        }
    }
}

impl<W: Write> Write for UntilClosed<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.unless_closed(bytes.len(), |inner| inner.write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.unless_closed((), Write::flush)
    }
}
