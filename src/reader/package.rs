//! Zip packages in memory: parts by name, with a bound on everything that is inflated.

use super::{Limits, ReadError};
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// A part smaller than this may be packed at any ratio: a page of blanks is no bomb.
const RATIO_FREE: u64 = 1 << 20;

/// A zip file whose parts are read by name.
pub(super) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    names: Vec<String>,
    /// Bytes that may still be inflated.
    left: u64,
    limits: Limits,
}

impl<'a> Package<'a> {
    /// Opens a zip file; `None` if its directory cannot be read.
    pub fn open(bytes: &'a [u8], limits: &Limits) -> Option<Self> {
        let archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
        let name = |i| archive.name_for_index(i).and_then(Result::ok).unwrap_or_default().replace('\\', "/");
        let names = (0..archive.len()).map(name).collect();
        Some(Self { archive, names, left: limits.inflated_bytes, limits: limits.clone() })
    }

    /// The names of all parts as stored, with forward slashes.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// Whether there is a part of this name, in any case.
    pub fn has(&self, name: &str) -> bool {
        self.index(name).is_some()
    }

    /// A part's bytes; `None` if there is no such part.
    pub fn part(&mut self, name: &str, format: &'static str) -> Result<Option<Vec<u8>>, ReadError> {
        let Some(index) = self.index(name) else { return Ok(None) };
        let damaged = |detail: String| ReadError::Damaged { format, detail, program: "its own program" };
        let member = self.archive.by_index(index).map_err(|_| damaged(format!("its part {name} cannot be opened")))?;
        let packed = member.compressed_size();
        let room = room(packed, &self.limits).min(self.left);
        let mut bytes = Vec::new();
        let read = member.take(room + 1).read_to_end(&mut bytes);
        if bytes.len() as u64 > room {
            return Err(too_large(&self.limits));
        }
        read.map_err(|_| damaged(format!("its part {name} cannot be unpacked")))?;
        self.left -= bytes.len() as u64;
        Ok(Some(bytes))
    }

    fn index(&self, name: &str) -> Option<usize> {
        let exact = self.names.iter().position(|n| n == name);
        exact.or_else(|| self.names.iter().position(|n| n.trim_start_matches('/').eq_ignore_ascii_case(name)))
    }
}

/// How many bytes a part of this packed size may inflate to.
pub(super) fn room(packed: u64, limits: &Limits) -> u64 {
    packed.saturating_mul(limits.ratio).max(RATIO_FREE).min(limits.inflated_bytes)
}

/// The error of a part that inflates past its room.
pub(super) fn too_large(limits: &Limits) -> ReadError {
    let limit = format!("{} MB or {} times its packed size", limits.inflated_bytes >> 20, limits.ratio);
    ReadError::TooLarge { what: "its unpacked size", limit }
}
