//! The package: a zip archive of parts that refer to each other by relationships.

use super::damaged;
use super::part::Part;
use super::relationships::{Relationship, relationships_name};
use super::xml::Budget;
use crate::reader::{Limits, ReadError};
use std::collections::HashMap;
use std::io::{Cursor, Read};
use zip::ZipArchive;
use zip::result::ZipError;

/// First bytes of an OLE container: a legacy `.doc`, or a `.docx` under a password.
const OLE: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
/// A part this small may be compressed as well as it likes.
const RATIO_FREE: u64 = 1 << 20;

/// An opened package.
pub(super) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// Archive index by normalized name.
    names: HashMap<String, usize>,
    inflated: u64,
    limits: &'a Limits,
    budget: &'a Budget,
}

impl<'a> Package<'a> {
    /// Opens the archive and lists its parts.
    pub(super) fn open(bytes: &'a [u8], limits: &'a Limits, budget: &'a Budget) -> Result<Self, ReadError> {
        if bytes.is_empty() {
            return Err(ReadError::Empty);
        }
        if bytes.len() as u64 > limits.file_bytes {
            return Err(ReadError::TooLarge { what: "its size", limit: megabytes(limits.file_bytes) });
        }
        if bytes.starts_with(OLE) {
            return Err(container(bytes));
        }
        // Counted before the archive is opened, because opening it takes memory for every member.
        if memchr::memmem::find_iter(bytes, b"PK\x01\x02").nth(limits.members).is_some() {
            return Err(ReadError::TooLarge { what: "the number of its parts", limit: limits.members.to_string() });
        }
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken_archive(&error))?;
        let mut names = HashMap::new();
        for index in 0..archive.len() {
            if let Some(Ok(name)) = archive.name_for_index(index) {
                names.entry(normalized(&name)).or_insert(index);
            }
        }
        Ok(Self { archive, names, inflated: 0, limits, budget })
    }

    /// Whether there is a part of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.names.contains_key(&normalized(name))
    }

    /// Inflates and decodes a part; none if the package has no such part.
    pub(super) fn part(&mut self, name: &str) -> Result<Option<Part>, ReadError> {
        let Some(&index) = self.names.get(&normalized(name)) else { return Ok(None) };
        let left = self.limits.inflated_bytes.saturating_sub(self.inflated);
        let mut file = self.archive.by_index(index).map_err(|error| broken_member(&error, name))?;
        if file.encrypted() {
            return Err(ReadError::Protected { program: "with the program that packed it" });
        }
        let stored = match file.name() {
            Ok(name) => name.into_owned(),
            Err(error) => return Err(broken_member(&error, name)),
        };
        let packed = file.compressed_size().max(1);
        let most = left.min(packed.saturating_mul(self.limits.ratio).max(RATIO_FREE));
        let mut bytes = Vec::with_capacity(usize::try_from(file.size().min(most)).unwrap_or(0));
        (&mut file).take(most + 1).read_to_end(&mut bytes).map_err(|error| broken_content(&error, &stored))?;
        let size = bytes.len() as u64;
        if size > left {
            let limit = megabytes(self.limits.inflated_bytes);
            return Err(ReadError::TooLarge { what: "its decompressed size", limit });
        }
        if size > most {
            let limit = format!("{} to 1", self.limits.ratio);
            return Err(ReadError::TooLarge { what: "the ratio at which it is compressed", limit });
        }
        self.inflated += size;
        Part::decode(stored, bytes).map(Some)
    }

    /// The relationships of a part (`""`: of the package); none if there is no list of them.
    pub(super) fn relationships(&mut self, of: &str) -> Result<Vec<Relationship>, ReadError> {
        let budget = self.budget;
        match self.part(&relationships_name(of))? {
            Some(list) => Relationship::list(&list, of, budget),
            None => Ok(Vec::new()),
        }
    }
}

/// Part names are compared without case, and some writers use backslashes.
fn normalized(name: &str) -> String {
    name.trim_start_matches(['/', '\\']).replace('\\', "/").to_lowercase()
}

/// An OLE container names its streams in UTF-16; Word keeps an encrypted package under one name.
fn container(bytes: &[u8]) -> ReadError {
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    match memchr::memmem::find(bytes, &name) {
        Some(_) => ReadError::Protected { program: "in Word" },
        None => ReadError::Unsupported { what: "a Word 97–2003 document (.doc)".to_owned() },
    }
}

fn broken_archive(error: &ZipError) -> ReadError {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => ReadError::Protected { program: "in Word" },
        _ => damaged("it is no complete zip archive, as every .docx is".to_owned()),
    }
}

fn broken_member(error: &ZipError, name: &str) -> ReadError {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) | ZipError::InvalidPassword => {
            ReadError::Protected { program: "with the program that packed it" }
        }
        _ => damaged(format!("its part {name} cannot be unpacked: {error}")),
    }
}

fn broken_content(error: &std::io::Error, name: &str) -> ReadError {
    damaged(format!("its part {name} cannot be unpacked: {error}"))
}

fn megabytes(bytes: u64) -> String {
    format!("{} MB", bytes >> 20)
}
