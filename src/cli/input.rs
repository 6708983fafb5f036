//! From an input on the command line to a checked document, or to the sentence that says why not.

use super::guard;
use super::walk::{Entry, Source};
use crate::document::Document;
use crate::reader::{
    self, Limits, ReadError,
    archive::{self, Archive},
    pdf,
};
use crate::report::InputError;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// Reads and checks inputs.
pub struct Reader {
    limits: Limits,
    stdin_name: String,
    ocr: bool,
    /// The archive that was read last: its members come one after the other.
    archive: Mutex<Option<(PathBuf, Arc<Archive>)>>,
}

impl Reader {
    /// With the name that standard input goes by.
    pub fn new(stdin_name: String) -> Self {
        Self { limits: Limits::default(), stdin_name, ocr: false, archive: Mutex::default() }
    }

    /// Reads scans by the OCR programs of the machine.
    pub fn with_ocr(self, ocr: bool) -> Self {
        Self { ocr, ..self }
    }

    /// Reads one input and does `work` on it. A fault of the program itself is an error of this input only.
    pub fn check<T>(&self, entry: &Entry, work: impl FnOnce(Document, &str) -> T) -> Result<T, InputError> {
        self.with_bytes(entry, |bytes, name| {
            let document = self.document(name, bytes).map_err(|e| e.to_string())?;
            Ok(work(document, name))
        })
    }

    /// Gets the bytes of one input and does `work` on them, with the same defence.
    pub fn with_bytes<T>(
        &self,
        entry: &Entry,
        work: impl FnOnce(&[u8], &str) -> Result<T, String>,
    ) -> Result<T, InputError> {
        let name = self.name(entry);
        let done = guard::guarded(|| work(&self.bytes(entry)?, &name));
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
            Source::File | Source::Member(..) | Source::Unusable(_) => entry.path.display().to_string(),
        }
    }

    fn bytes(&self, entry: &Entry) -> Result<Vec<u8>, String> {
        let bytes = match &entry.source {
            Source::Unusable(why) => return Err(why.clone()),
            Source::Stdin | Source::File => file(&entry.path, &self.limits),
            Source::Member(path, at) => self.archive(path).and_then(|archive| match archive.members.get(*at) {
                Some(member) => member.read(&self.limits),
                None => Err(ReadError::Io("the archive has changed".to_owned())),
            }),
        };
        bytes.map_err(|e| e.to_string())
    }

    /// The document in some bytes.
    ///
    /// # Errors
    /// They are no document.
    pub fn document(&self, name: &str, bytes: &[u8]) -> Result<Document, ReadError> {
        match reader::read(reader::Source { name, bytes }, &self.limits) {
            Err(ReadError::Scan | ReadError::NoLetters) if self.ocr => pdf::read_by_ocr(bytes, &self.limits),
            result => result,
        }
    }

    fn archive(&self, path: &Path) -> Result<Arc<Archive>, ReadError> {
        let mut last = self.archive.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((of, archive)) = last.as_ref()
            && of == path
        {
            return Ok(Arc::clone(archive));
        }
        let archive = Arc::new(archive::open(file(path, &self.limits)?, &self.limits)?);
        *last = Some((path.to_owned(), Arc::clone(&archive)));
        Ok(archive)
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
        _ if is_locked(error) => "another program has it open: close it there and try again".to_owned(),
        io::ErrorKind::NotFound => "there is no file of this name".to_owned(),
        io::ErrorKind::PermissionDenied => "you may not read it".to_owned(),
        io::ErrorKind::IsADirectory => "it is a folder".to_owned(),
        _ => {
            let text = error.to_string();
            text.split(" (os error").next().unwrap_or(&text).to_lowercase()
        }
    }
}

/// Whether another program keeps a file to itself, as Word does on Windows. On Unix a lock binds only those who ask for it.
fn is_locked(error: &io::Error) -> bool {
    const SHARING_VIOLATION: i32 = 32;
    const LOCK_VIOLATION: i32 = 33;
    let on_windows = cfg!(windows) && matches!(error.raw_os_error(), Some(SHARING_VIOLATION | LOCK_VIOLATION));
    on_windows || matches!(error.kind(), io::ErrorKind::ResourceBusy | io::ErrorKind::ExecutableFileBusy)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_another_program_keeps_to_itself_is_told_with_what_to_do() {
        let said = reason(&io::Error::from(io::ErrorKind::ResourceBusy));
        assert_eq!(said, "another program has it open: close it there and try again");
    }
}
