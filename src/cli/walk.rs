//! Which inputs a command line names: files as they are, folders with the documents in them.

use super::input;
use crate::reader::{self, FileKind, Limits, archive, known_extension};
use std::collections::HashSet;
use std::path::{Path, PathBuf};
use walkdir::{DirEntry, WalkDir};

/// Folders of programs, not of agreements.
const FOREIGN: [&str; 2] = ["node_modules", "target"];

/// One input.
#[derive(Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its path as given or found.
    pub path: PathBuf,
    /// How to get at it.
    pub source: Source,
    /// Whether the command line names it, rather than a folder above.
    pub named: bool,
}

/// How to get at an input.
#[derive(Debug, PartialEq, Eq)]
pub enum Source {
    /// It is a file.
    File,
    /// It comes from standard input.
    Stdin,
    /// It is the member of a ZIP archive at this position among its documents.
    Member(PathBuf, usize),
    /// It cannot be read at all, for this reason.
    Unusable(String),
}

/// The inputs in the order given, folders sorted by name, nothing twice.
#[derive(Debug, Default)]
pub struct Found {
    /// What is to be read.
    pub entries: Vec<Entry>,
    /// Files in folders that are no documents.
    pub left_out: Vec<PathBuf>,
    /// What the configuration leaves out.
    pub excluded: Vec<PathBuf>,
}

/// Finds the inputs. `report` is the file that the report goes to: it is no input.
pub fn find(paths: &[PathBuf], report: Option<&Path>) -> Found {
    let report = report.and_then(|p| p.canonicalize().ok());
    let mut found = Found::default();
    for path in paths {
        if path.as_os_str() == "-" {
            found.entries.push(Entry { path: path.clone(), source: Source::Stdin, named: true });
        } else if path.is_dir() {
            folder(path, report.as_deref(), &mut found);
        } else {
            found.entries.push(Entry { path: path.clone(), source: Source::File, named: true });
        }
    }
    unpack(&mut found);
    let mut seen = HashSet::new();
    found.entries.retain(|entry| seen.insert((entry.path.clone(), entry.source.position())));
    found
}

/// Puts the documents in ZIP archives in the archives' place.
fn unpack(found: &mut Found) {
    for entry in std::mem::take(&mut found.entries) {
        let is_zip = entry.path.extension().is_some_and(|e| e.eq_ignore_ascii_case("zip"));
        match (is_zip && entry.source == Source::File).then(|| members(&entry.path)) {
            None | Some(Ok(None)) => found.entries.push(entry),
            Some(Err(why)) => found.entries.push(Entry { source: Source::Unusable(why), ..entry }),
            Some(Ok(Some(archive))) => {
                found.left_out.extend(archive.left_out.iter().map(|name| entry.path.join(name)));
                if archive.members.is_empty() {
                    let why = "There is no document in this archive.".to_owned();
                    found.entries.push(Entry { source: Source::Unusable(why), ..entry });
                    continue;
                }
                for (at, member) in archive.members.iter().enumerate() {
                    let source = Source::Member(entry.path.clone(), at);
                    found.entries.push(Entry { path: entry.path.join(&member.name), source, named: entry.named });
                }
            }
        }
    }
}

/// The documents in a ZIP archive; none if the file is no archive, whatever its name.
fn members(path: &Path) -> Result<Option<archive::Archive>, String> {
    let limits = Limits::default();
    let bytes = input::file(path, &limits).map_err(|e| e.to_string())?;
    let source = reader::Source { name: &path.to_string_lossy(), bytes: &bytes };
    match reader::detect(source, &limits) {
        Ok(FileKind::Archive) => archive::open(bytes, &limits).map(Some).map_err(|e| e.to_string()),
        _ => Ok(None),
    }
}

impl Source {
    /// Two members of an archive may go by one name.
    fn position(&self) -> Option<usize> {
        match self {
            Self::Member(_, at) => Some(*at),
            _ => None,
        }
    }
}

fn folder(root: &Path, report: Option<&Path>, found: &mut Found) {
    let before = found.entries.len();
    // Links to folders are not followed: what they lead to is checked where it is, and no loop can trap us.
    let walk = WalkDir::new(root).sort_by_file_name().into_iter().filter_entry(|e| e.depth() == 0 || is_ours(e));
    for entry in walk {
        match entry {
            Ok(entry) if entry.path().is_dir() => {}
            Ok(entry) if report.is_some_and(|r| entry.path().canonicalize().is_ok_and(|p| p == r)) => {}
            Ok(entry) if entry.path().is_file() && is_document(entry.path()) => {
                found.entries.push(Entry { path: entry.into_path(), source: Source::File, named: false });
            }
            Ok(entry) => found.left_out.push(entry.into_path()),
            Err(error) => {
                let path = error.path().unwrap_or(root).to_owned();
                let why = error.io_error().map_or_else(|| error.to_string(), input::reason);
                let why = format!("This folder could not be opened ({why}), so what is in it was not checked.");
                found.entries.push(Entry { path, source: Source::Unusable(why), named: false });
            }
        }
    }
    if found.entries.len() == before {
        let why = "There is no document in this folder. sro-lint looks for Word (.docx), PDF, OpenDocument (.odt), \
                   RTF, HTML, Markdown and plain text files.";
        found.entries.push(Entry { path: root.to_owned(), source: Source::Unusable(why.to_owned()), named: false });
    }
}

/// Leaves out what people do not see (hidden files and folders), Word's lock files and the folders of programs.
fn is_ours(entry: &DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    let foreign = entry.file_type().is_dir() && FOREIGN.contains(&name.as_ref());
    !name.starts_with('.') && !name.starts_with("~$") && !foreign
}

/// In a folder the name decides; a file named on the command line is read whatever its name.
fn is_document(path: &Path) -> bool {
    known_extension(&path.to_string_lossy())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn tree(files: &[&str]) -> tempfile::TempDir {
        let dir = tempfile::tempdir().unwrap();
        for file in files {
            let path = dir.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "x").unwrap();
        }
        dir
    }

    fn names(dir: &tempfile::TempDir, paths: &[PathBuf]) -> Vec<String> {
        paths.iter().map(|p| p.strip_prefix(dir.path()).unwrap().display().to_string()).collect()
    }

    fn entries(dir: &tempfile::TempDir, found: &Found) -> Vec<String> {
        names(dir, &found.entries.iter().map(|e| e.path.clone()).collect::<Vec<_>>())
    }

    #[test]
    fn a_folder_is_walked_in_order_without_what_is_not_ours() {
        let dir = tree(&[
            "b/mou.docx",
            "a/op.PDF",
            "a/~$op.docx",
            ".git/x.md",
            "node_modules/readme.md",
            "target/doc.html",
            "c/picture.png",
            "c/notes",
            ".hidden.txt",
        ]);
        let found = find(&[dir.path().to_owned()], None);
        assert_eq!(entries(&dir, &found), ["a/op.PDF", "b/mou.docx"]);
        assert_eq!(names(&dir, &found.left_out), ["c/notes", "c/picture.png"]);
    }

    #[test]
    fn what_is_named_is_read_whatever_its_name_and_once() {
        let dir = tree(&["picture.png", "mou.md"]);
        let [picture, mou] = ["picture.png", "mou.md"].map(|n| dir.path().join(n));
        let found = find(&[picture, mou.clone(), dir.path().to_owned(), mou, "-".into()], None);
        let paths: Vec<_> = found.entries.iter().map(|e| e.path.file_name().unwrap().to_str().unwrap()).collect();
        assert_eq!(paths, ["picture.png", "mou.md", "-"]);
        assert_eq!(found.entries[2].source, Source::Stdin);
    }

    #[test]
    fn the_report_of_the_last_run_is_no_input() {
        let dir = tree(&["mou.md", "report.md"]);
        let found = find(&[dir.path().to_owned()], Some(&dir.path().join("report.md")));
        assert_eq!(entries(&dir, &found), ["mou.md"]);
    }

    #[test]
    fn a_folder_without_documents_does_not_pass_for_clean() {
        let dir = tree(&["picture.png"]);
        let found = find(&[dir.path().to_owned()], None);
        assert!(matches!(&found.entries[..], [Entry { source: Source::Unusable(_), .. }]));
    }

    #[cfg(unix)]
    #[test]
    fn links_are_followed_to_files_and_never_in_circles() {
        use std::os::unix::fs::symlink;
        let dir = tree(&["a/mou.md"]);
        symlink(dir.path(), dir.path().join("a/loop")).unwrap();
        symlink(dir.path().join("a/mou.md"), dir.path().join("link.md")).unwrap();
        symlink("nowhere", dir.path().join("broken.md")).unwrap();
        let found = find(&[dir.path().to_owned()], None);
        assert_eq!(entries(&dir, &found), ["a/mou.md", "link.md"]);
        assert_eq!(names(&dir, &found.left_out), ["broken.md"]);
    }
}
