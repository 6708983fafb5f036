//! What was found in a file, kept for the next run: by the file's content, the tool, the packs and the options.

use super::model::FileReport;
use crate::transient::NewFile;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Results of earlier runs in a folder of their own. What goes wrong with it only costs time.
#[derive(Debug, Clone)]
pub struct Cache {
    folder: PathBuf,
    /// What all keys of a run share.
    salt: blake3::Hash,
}

impl Cache {
    /// In this folder; `salt` is everything but the files that results depend on.
    pub fn new(folder: PathBuf, salt: &[u8]) -> Self {
        Self { folder, salt: blake3::hash(&[salt, program().as_bytes()].concat()) }
    }

    /// The folder for caches of this user, if there is one.
    pub fn usual_folder() -> Option<PathBuf> {
        let set = |name: &str| std::env::var_os(name).filter(|v| !v.is_empty()).map(PathBuf::from);
        let cache = set("XDG_CACHE_HOME").or_else(|| set("LOCALAPPDATA"));
        cache.or_else(|| set("HOME").map(|home| home.join(".cache"))).map(|folder| folder.join("sro-lint"))
    }

    /// The key of a file: its bytes, its name (whose ending tells the format) and its place where that counts.
    pub fn key(&self, bytes: &[u8], name: &str) -> String {
        let mut hasher = blake3::Hasher::new();
        hasher.update(self.salt.as_bytes()).update(name.as_bytes()).update(&[0]).update(bytes);
        hasher.finalize().to_hex().to_string()
    }

    /// What an earlier run found.
    pub fn get(&self, key: &str) -> Option<FileReport> {
        serde_json::from_slice(&fs::read(self.path(key)).ok()?).ok()
    }

    /// Keeps what was found: whole or not at all.
    pub fn put(&self, key: &str, report: &FileReport) {
        let _ = self.try_put(&self.path(key), report);
    }

    fn try_put(&self, path: &Path, report: &FileReport) -> std::io::Result<()> {
        let folder = path.parent().unwrap_or(&self.folder);
        fs::create_dir_all(folder)?;
        let mut file = NewFile::new(&tempfile::Builder::new(), folder)?;
        file.write_all(&serde_json::to_vec(report)?)?;
        file.keep(path)
    }

    fn path(&self, key: &str) -> PathBuf {
        let (first, rest) = key.split_at(2.min(key.len()));
        self.folder.join(first).join(format!("{rest}.json"))
    }
}

/// The program's version, and which build of it: another build may judge otherwise.
fn program() -> String {
    let build = std::env::current_exe().and_then(fs::metadata);
    let made = |m: &fs::Metadata| m.modified().ok()?.duration_since(std::time::UNIX_EPOCH).ok();
    let build = build.map(|m| (m.len(), made(&m).map_or(0, |t| t.as_nanos()))).unwrap_or_default();
    format!("{} {} {}", env!("CARGO_PKG_VERSION"), build.0, build.1)
}
