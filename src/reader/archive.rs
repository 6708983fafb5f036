//! ZIP archives of documents, as portals hand them out. Members are read from memory one at a time and never
//! written anywhere, so that a member's name is only ever shown.

use super::{Limits, ReadError, detect, package};
use std::io::{Cursor, Read};
use std::sync::Arc;
use zip::ZipArchive;

/// The documents in an archive.
#[derive(Debug)]
pub struct Archive {
    /// Members that promise to be documents, sorted by name.
    pub members: Vec<Member>,
    /// The names of files of other kinds.
    pub left_out: Vec<String>,
}

/// A file in an archive, not yet unpacked.
#[derive(Debug, Clone)]
pub struct Member {
    /// The name to show, with forward slashes; clean of steps upward, roots and control characters.
    pub name: String,
    archive: ZipArchive<Cursor<Arc<[u8]>>>,
    index: usize,
}

/// Lists the documents in an archive. Nothing is unpacked yet.
///
/// # Errors
/// A damaged archive, or one with too many or too large members.
pub fn open(bytes: impl Into<Arc<[u8]>>, limits: &Limits) -> Result<Archive, ReadError> {
    let bytes: Arc<[u8]> = bytes.into();
    package::check_members(&bytes, limits, "the number of files in the archive")?;
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| damaged("its directory cannot be read"))?;
    let (mut members, mut left_out, mut total) = (Vec::new(), Vec::new(), 0u64);
    for index in 0..archive.len() {
        let Ok(file) = archive.by_index_raw(index) else {
            left_out.push(format!("member {}", index + 1));
            continue;
        };
        let name = shown_name(&file.name().unwrap_or_default());
        if !file.is_file() || is_clutter(&name) {
            continue;
        }
        if !detect::known_extension(&name) {
            drop(file);
            left_out.push(name);
            continue;
        }
        total = total.saturating_add(file.size());
        drop(file);
        members.push(Member { name, archive: archive.clone(), index });
    }
    if total > limits.archive_bytes {
        let limit = package::megabytes(limits.archive_bytes);
        return Err(ReadError::TooLarge { what: "the unpacked size of the archive", limit });
    }
    members.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(Archive { members, left_out })
}

impl Member {
    /// Unpacks the member.
    ///
    /// # Errors
    /// A password, damage, or a member past the limits.
    pub fn read(&self, limits: &Limits) -> Result<Vec<u8>, ReadError> {
        let mut archive = self.archive.clone();
        let file = archive.by_index_raw(self.index).map_err(|_| damaged("this member cannot be found"))?;
        if file.encrypted() {
            return Err(ReadError::Protected { program: "with a ZIP program" });
        }
        // What the directory declares bounds the work; a member that holds more than it declares is refused.
        let (declared, room) = (file.size(), package::room(file.compressed_size(), limits));
        drop(file);
        if declared > room {
            return Err(package::too_packed(limits));
        }
        if declared > limits.file_bytes {
            let limit = package::megabytes(limits.file_bytes);
            return Err(ReadError::TooLarge { what: "its unpacked size", limit });
        }
        let file = archive.by_index(self.index).map_err(|_| damaged("this member is packed in an unusual way"))?;
        let mut bytes = Vec::new();
        file.take(declared.saturating_add(1))
            .read_to_end(&mut bytes)
            .map_err(|_| damaged("this member cannot be unpacked"))?;
        if bytes.len() as u64 > declared {
            return Err(damaged("this member is larger than it says"));
        }
        Ok(bytes)
    }
}

fn damaged(detail: &str) -> ReadError {
    ReadError::Damaged { format: "ZIP", detail: detail.to_owned(), program: "a ZIP program" }
}

/// A member's name as it is shown: never absolute, never upward, nothing that a terminal obeys.
fn shown_name(name: &str) -> String {
    let clean: String = name.chars().map(|c| if is_harmless(c) { c } else { '\u{fffd}' }).collect();
    let is_step = |part: &&str| !matches!(*part, "" | "." | "..") && !part.ends_with(':');
    clean.split(['/', '\\']).filter(is_step).collect::<Vec<_>>().join("/")
}

/// Neither a control character nor one that turns the direction of what follows.
fn is_harmless(c: char) -> bool {
    !c.is_control()
        && !matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// What programs leave behind: hidden files, Word's lock files, a Mac's second set of files.
fn is_clutter(name: &str) -> bool {
    let is_left_behind = |part: &str| part.starts_with('.') || part.starts_with("~$") || part == "__MACOSX";
    name.is_empty() || name.split('/').any(is_left_behind)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{damage, pack};
    use super::*;
    use proptest::prelude::*;

    fn names(bytes: &[u8]) -> Vec<String> {
        let archive = open(bytes, &Limits::default()).expect("archive");
        archive.members.into_iter().map(|m| m.name).collect()
    }

    #[test]
    fn members_are_sorted_and_read_one_by_one() {
        let bytes = pack(&[("b/mou.md", b"# B"), ("a/mou.txt", b"A"), ("notes.xyz", b"?")]);
        let archive = open(&bytes[..], &Limits::default()).expect("archive");
        assert_eq!(archive.left_out, ["notes.xyz"]);
        let read: Vec<_> = archive.members.iter().map(|m| (m.name.as_str(), m.read(&Limits::default()))).collect();
        assert_eq!(read, [("a/mou.txt", Ok(b"A".to_vec())), ("b/mou.md", Ok(b"# B".to_vec()))]);
    }

    #[test]
    fn names_never_become_paths() {
        assert_eq!(shown_name("../../etc/mou.txt"), "etc/mou.txt");
        assert_eq!(shown_name("C:\\docs\\..\\mou.docx"), "docs/mou.docx");
        assert_eq!(shown_name("/root//mou.md"), "root/mou.md");
        assert_eq!(shown_name("a\u{1b}[31m\u{202e}b.md"), "a\u{fffd}[31m\u{fffd}b.md");
    }

    #[test]
    fn clutter_is_skipped_in_silence() {
        let bytes = pack(&[("__MACOSX/._mou.docx", b"x"), ("d/~$mou.docx", b"x"), (".git/a.md", b"x"), ("c.md", b"c")]);
        assert_eq!(names(&bytes), ["c.md"]);
        assert_eq!(open(&bytes[..], &Limits::default()).expect("archive").left_out.len(), 0);
    }

    #[test]
    fn a_bomb_is_refused_before_it_is_unpacked() {
        let bytes = pack(&[("bomb.txt", &vec![b' '; 8 << 20])]);
        let archive = open(&bytes[..], &Limits::default()).expect("archive");
        assert!(matches!(archive.members[0].read(&Limits::default()), Err(ReadError::TooLarge { .. })));
        let small = Limits { archive_bytes: 1 << 20, ..Limits::default() };
        assert!(matches!(open(&bytes[..], &small), Err(ReadError::TooLarge { .. })));
        let few = Limits { members: 0, ..Limits::default() };
        assert!(matches!(open(&bytes[..], &few), Err(ReadError::TooLarge { .. })));
    }

    proptest! {
        #[test]
        fn no_damage_makes_the_archive_panic(edits in proptest::collection::vec(any::<(usize, u8, u8)>(), 1..12)) {
            let bytes = damage(&pack(&[("b/mou.md", b"# B"), ("a/mou.txt", &[b'a'; 300])]), &edits);
            for member in open(&bytes[..], &Limits::default()).map(|a| a.members).unwrap_or_default() {
                prop_assert!(member.read(&Limits::default()).map_or(0, |b| b.len()) < 2 << 20);
            }
        }
    }

    #[test]
    fn an_encrypted_member_is_named_as_protected() {
        let mut bytes = pack(&[("mou.txt", b"words")]);
        // The encryption flag in the local header and in the directory.
        bytes[6] |= 1;
        let directory = memchr::memmem::find(&bytes, b"PK\x01\x02").expect("directory");
        bytes[directory + 8] |= 1;
        let archive = open(&bytes[..], &Limits::default()).expect("archive");
        let protected = ReadError::Protected { program: "with a ZIP program" };
        assert_eq!(archive.members[0].read(&Limits::default()), Err(protected));
    }
}
