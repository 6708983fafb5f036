//! From an input on the command line to a checked document, or to the sentence that says why not.

use super::guard;
use super::walk::{Entry, Source};
use crate::document::Document;
use crate::reader::{self, Limits, ReadError};
use crate::report::InputError;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// Reads and checks inputs.
pub struct Reader {
    limits: Limits,
    stdin_name: String,
}

impl Reader {
    /// With the name that standard input goes by.
    pub fn new(stdin_name: String) -> Self {
        Self { limits: Limits::default(), stdin_name }
    }

    /// Reads one input and does `work` on it. A fault of the program itself is an error of this input only.
    pub fn check<T>(&self, entry: &Entry, work: impl FnOnce(Document, &str) -> T) -> Result<T, InputError> {
        let name = self.name(entry);
        let done = guard::guarded(|| Ok(work(self.read(entry, &name)?, &name)));
        let result: Result<T, String> = done.unwrap_or_else(|panic| {
            Err(format!(
                "This file made sro-lint itself fail ({panic}). That is a fault of the program: please report it."
            ))
        });
        result.map_err(|message| InputError { path: name, message })
    }

    fn name(&self, entry: &Entry) -> String {
        match &entry.source {
            Source::Stdin => self.stdin_name.clone(),
            Source::File | Source::Unusable(_) => entry.path.display().to_string(),
        }
    }

    fn read(&self, entry: &Entry, name: &str) -> Result<Document, String> {
        let bytes = match &entry.source {
            Source::Unusable(why) => return Err(why.clone()),
            Source::Stdin | Source::File => file(&entry.path, &self.limits),
        };
        let bytes = bytes.map_err(|e| e.to_string())?;
        reader::read(reader::Source { name, bytes: &bytes }, &self.limits).map_err(|e| e.to_string())
    }
}

/// The bytes of a file; `-` is standard input.
///
/// # Errors
/// It cannot be opened or is over the limit.
pub fn file(path: &Path, limits: &Limits) -> Result<Vec<u8>, ReadError> {
    if path.as_os_str() == "-" {
        return bytes(io::stdin().lock(), limits);
    }
    bytes(File::open(path).map_err(|e| ReadError::Io(reason(&e)))?, limits)
}

/// The bytes of a stream that may have no end.
fn bytes(stream: impl Read, limits: &Limits) -> Result<Vec<u8>, ReadError> {
    let mut bytes = Vec::new();
    let read = stream.take(limits.file_bytes + 1).read_to_end(&mut bytes);
    read.map_err(|e| ReadError::Io(reason(&e)))?;
    if bytes.len() as u64 > limits.file_bytes {
        return Err(ReadError::TooLarge { what: "its size", limit: format!("{} MB", limits.file_bytes >> 20) });
    }
    Ok(bytes)
}

/// What the operating system says, without its number.
pub fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no file of this name".to_owned(),
        io::ErrorKind::PermissionDenied => "you may not read it".to_owned(),
        io::ErrorKind::IsADirectory => "it is a folder".to_owned(),
        _ => {
            let text = error.to_string();
            text.split(" (os error").next().unwrap_or(&text).to_lowercase()
        }
    }
}
