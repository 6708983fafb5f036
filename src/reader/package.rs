//! Zip packages in memory: parts by name, with a bound on everything that is inflated.

use super::{Limits, ReadError};
use std::collections::HashMap;
use std::io::{Cursor, Read};
use zip::ZipArchive;
use zip::result::ZipError;

/// A part smaller than this may be packed at any ratio: a page of blanks is no bomb.
const RATIO_FREE: u64 = 1 << 20;

/// A zip file whose parts are read by name.
pub(super) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// Archive index by normalized name.
    names: HashMap<String, usize>,
    inflated: u64,
    limits: &'a Limits,
    /// Makes the error of a damaged file of the package's format from what is wrong with it.
    damaged: fn(String) -> ReadError,
}

impl<'a> Package<'a> {
    /// Opens the archive and lists its parts.
    pub fn open(bytes: &'a [u8], limits: &'a Limits, damaged: fn(String) -> ReadError) -> Result<Self, ReadError> {
        check_members(bytes, limits, "the number of its parts")?;
        let archive = ZipArchive::new(Cursor::new(bytes))
            .map_err(|_| damaged("it is no complete zip archive, as it should be".to_owned()))?;
        let mut names = HashMap::new();
        for index in 0..archive.len() {
            if let Some(Ok(name)) = archive.name_for_index(index) {
                names.entry(normalized(&name)).or_insert(index);
            }
        }
        Ok(Self { archive, names, inflated: 0, limits, damaged })
    }

    /// The names of all parts in lower case, in no order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.names.keys().map(String::as_str)
    }

    /// Whether there is a part of this name.
    pub fn has(&self, name: &str) -> bool {
        self.names.contains_key(&normalized(name))
    }

    /// A part's name as stored and its bytes; `None` if there is no such part.
    pub fn part(&mut self, name: &str) -> Result<Option<(String, Vec<u8>)>, ReadError> {
        let Some(&index) = self.names.get(&normalized(name)) else { return Ok(None) };
        let damaged = self.damaged;
        let broken = |error: &dyn std::fmt::Display| damaged(format!("its part {name} cannot be unpacked: {error}"));
        let mut file = self.archive.by_index(index).map_err(|error| match error {
            ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) | ZipError::InvalidPassword => {
                ReadError::Protected { program: "with the program that packed it" }
            }
            error => broken(&error),
        })?;
        let stored = file.name().map_err(|error| broken(&error))?.into_owned();
        let left = self.limits.inflated_bytes.saturating_sub(self.inflated);
        let most = left.min(room(file.compressed_size(), self.limits));
        let mut bytes = Vec::with_capacity(usize::try_from(file.size().min(most)).unwrap_or(0));
        (&mut file).take(most + 1).read_to_end(&mut bytes).map_err(|error| broken(&error))?;
        let size = bytes.len() as u64;
        if size > left {
            let limit = megabytes(self.limits.inflated_bytes);
            return Err(ReadError::TooLarge { what: "its decompressed size", limit });
        }
        if size > most {
            return Err(too_packed(self.limits));
        }
        self.inflated += size;
        Ok(Some((stored, bytes)))
    }
}

/// Refuses an archive of too many members before it is opened, because opening takes memory for every member.
pub(super) fn check_members(bytes: &[u8], limits: &Limits, what: &'static str) -> Result<(), ReadError> {
    match memchr::memmem::find_iter(bytes, b"PK\x01\x02").nth(limits.members) {
        Some(_) => Err(ReadError::TooLarge { what, limit: limits.members.to_string() }),
        None => Ok(()),
    }
}

/// How many bytes a part of this packed size may inflate to.
pub(super) fn room(packed: u64, limits: &Limits) -> u64 {
    packed.max(1).saturating_mul(limits.ratio).max(RATIO_FREE)
}

/// The error of a part that inflates past its room.
pub(super) fn too_packed(limits: &Limits) -> ReadError {
    let limit = format!("{} to 1", limits.ratio);
    ReadError::TooLarge { what: "the ratio at which it is compressed", limit }
}

/// A size as people say it.
pub(super) fn megabytes(bytes: u64) -> String {
    format!("{} MB", bytes >> 20)
}

/// Part names are compared without case, and some writers use backslashes.
fn normalized(name: &str) -> String {
    name.trim_start_matches(['/', '\\']).replace('\\', "/").to_lowercase()
}
