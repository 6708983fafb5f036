//! Files and folders that live only while the program writes something, and go with it: also when Ctrl-C or a
//! signal ends it halfway, which runs no destructor.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use tempfile::{Builder, NamedTempFile, TempDir};

/// All that would be left behind now.
static ALIVE: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

fn alive() -> MutexGuard<'static, BTreeSet<PathBuf>> {
    ALIVE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Removes everything that is in the making, and keeps anything new from being made as long as the result lives:
/// for the last moment of a program that was told to end.
pub fn sweep() -> impl Drop {
    let mut alive = alive();
    for path in std::mem::take(&mut *alive) {
        // What cannot be removed now is beyond help.
        let _ = fs::remove_file(&path).or_else(|_| fs::remove_dir_all(&path));
    }
    alive
}

/// A file that gets its name once it is complete.
#[derive(Debug)]
pub struct NewFile(Option<NamedTempFile>);

impl NewFile {
    /// A new file in the folder where it is to stay.
    ///
    /// # Errors
    /// It cannot be made.
    pub fn new(builder: &Builder<'_, '_>, folder: &Path) -> io::Result<Self> {
        let mut alive = alive();
        let file = builder.tempfile_in(folder)?;
        alive.insert(file.path().to_owned());
        Ok(Self(Some(file)))
    }

    /// Gives the complete file its name, in place of an older one.
    ///
    /// # Errors
    /// It cannot have that name.
    pub fn keep(mut self, path: &Path) -> io::Result<()> {
        let Some(file) = self.0.take() else { return Ok(()) };
        let mut alive = alive();
        alive.remove(file.path());
        file.persist(path).map(drop).map_err(|e| e.error)
    }

    fn file(&mut self) -> io::Result<&mut NamedTempFile> {
        self.0.as_mut().ok_or_else(|| io::Error::other("the file was closed"))
    }
}

impl Write for NewFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file()?.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file()?.flush()
    }
}

impl Drop for NewFile {
    fn drop(&mut self) {
        // Gone first, forgotten then: in between a sweep finds nothing to do.
        let path = self.0.take().map(|file| file.path().to_owned());
        path.map(|path| alive().remove(&path));
    }
}

/// A folder for the files of other programs.
#[derive(Debug)]
pub struct Folder(Option<TempDir>, PathBuf);

impl Folder {
    /// A new folder among the machine's temporary ones.
    ///
    /// # Errors
    /// It cannot be made.
    pub fn new() -> io::Result<Self> {
        let mut alive = alive();
        let folder = tempfile::tempdir()?;
        alive.insert(folder.path().to_owned());
        let path = folder.path().to_owned();
        Ok(Self(Some(folder), path))
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.1
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        drop(self.0.take());
        alive().remove(&self.1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect()
    }

    #[test]
    fn a_draft_is_there_under_its_name_or_not_at_all() {
        let folder = tempfile::tempdir().unwrap();
        let draft = || NewFile::new(&Builder::new(), folder.path()).unwrap();
        let mut kept = draft();
        kept.write_all(b"words").unwrap();
        drop(draft());
        kept.keep(&folder.path().join("report")).unwrap();
        assert_eq!(names(folder.path()), ["report"]);
    }
}
