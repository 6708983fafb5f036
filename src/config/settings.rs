//! What is in force: the configuration with everything that it extends, each value with the place that states it.

use super::schema::{ConfigFile, FailOn, PathGlob, SeverityEntry};
use crate::day::Term;
use crate::report::Kind;
use globset::GlobMatcher;
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A line of a configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct At {
    /// The file.
    pub file: Arc<PathBuf>,
    /// The line, from 1.
    pub line: usize,
}

impl fmt::Display for At {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.file.display(), self.line)
    }
}

/// A value and the line that states it.
#[derive(Debug, Clone)]
pub struct Stated<T> {
    /// The value.
    pub value: T,
    /// The line.
    pub at: At,
}

/// Paths below a folder.
#[derive(Debug, Clone)]
pub struct Paths {
    /// As written.
    pub glob: PathGlob,
    matcher: GlobMatcher,
    folder: PathBuf,
}

impl Paths {
    /// Paths relative to a folder, which is absolute. A pattern that cannot be compiled was refused when it was read.
    pub(super) fn new(glob: PathGlob, folder: &Path) -> Option<Self> {
        let matcher = glob.compile().ok()?;
        Some(Self { glob, matcher, folder: folder.to_owned() })
    }

    /// Whether an absolute path is one of them.
    pub fn contain(&self, path: &Path) -> bool {
        path.strip_prefix(&self.folder).is_ok_and(|relative| self.matcher.is_match(relative))
    }

    /// The folder that they are relative to.
    pub fn folder(&self) -> &Path {
        &self.folder
    }
}

/// A waiver of the configuration.
#[derive(Debug, Clone)]
pub struct Waiver {
    /// The requirement or finding.
    pub code: String,
    /// The documents.
    pub paths: Paths,
    /// The section.
    pub section: Option<String>,
    /// Why.
    pub reason: String,
    /// The last day on which it holds.
    pub until: Option<Date>,
}

/// What is in force.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// The files that say so, the nearest first.
    pub files: Vec<Arc<PathBuf>>,
    /// Rule packs, by built-in name or path.
    pub packs: Option<Stated<Vec<String>>>,
    /// Kinds of documents, the first that fits decides.
    pub kinds: Vec<Stated<(Paths, Kind)>>,
    /// Severities by requirement or finding.
    pub severities: BTreeMap<String, Stated<SeverityEntry>>,
    /// Paths left out.
    pub exclude: Vec<Stated<Paths>>,
    /// Lowest severity that fails.
    pub fail_on: Option<Stated<FailOn>>,
    /// Term of a federal award.
    pub award: Option<Stated<Term>>,
    /// Path of the baseline.
    pub baseline: Option<Stated<PathBuf>>,
    /// Waivers.
    pub waivers: Vec<Stated<Waiver>>,
}

impl Settings {
    /// Whether a path is left out.
    pub fn excludes(&self, path: &Path) -> bool {
        // A folder is left out with everything in it.
        path.ancestors().any(|path| self.exclude.iter().any(|e| e.value.contain(path)))
    }

    /// What a document is said to be.
    pub fn kind(&self, path: &Path) -> Option<Kind> {
        self.kinds.iter().find(|k| k.value.0.contain(path)).map(|k| k.value.1)
    }

    /// Takes over a file; what nearer files state stays. `line` gives the line of a value in the file.
    pub(super) fn take(&mut self, config: ConfigFile, file: &Arc<PathBuf>, folder: &Path, lines: &Lines<'_>) {
        let at = |line| At { file: Arc::clone(file), line };
        self.files.push(Arc::clone(file));
        if let (None, Some(packs)) = (&self.packs, config.packs) {
            let value = packs.into_iter().map(|name| pack(name, folder)).collect();
            self.packs = Some(Stated { value, at: at(lines.key("packs")) });
        }
        for (i, entry) in config.kinds.into_iter().enumerate() {
            let paths = Paths::new(entry.path, folder);
            let stated = paths.map(|p| Stated { value: (p, entry.kind.into()), at: at(lines.item("kinds", i)) });
            self.kinds.extend(stated);
        }
        for (code, value) in config.severities {
            let line = lines.entry("severities", &code);
            self.severities.entry(code).or_insert_with(|| Stated { value, at: at(line) });
        }
        for (i, glob) in config.exclude.into_iter().enumerate() {
            let paths = Paths::new(glob, folder);
            self.exclude.extend(paths.map(|value| Stated { value, at: at(lines.item("exclude", i)) }));
        }
        if let (None, Some(value)) = (&self.fail_on, config.fail_on) {
            self.fail_on = Some(Stated { value, at: at(lines.key("fail-on")) });
        }
        if let (None, Some(value)) = (&self.award, config.award) {
            self.award = Some(Stated { value, at: at(lines.key("award")) });
        }
        if let (None, Some(path)) = (&self.baseline, config.baseline) {
            self.baseline = Some(Stated { value: folder.join(path), at: at(lines.key("baseline")) });
        }
        for (i, entry) in config.waivers.into_iter().enumerate() {
            let Some(paths) = Paths::new(entry.path, folder) else { continue };
            let until = entry.until.map(|day| day.0);
            let value = Waiver { code: entry.code, paths, section: entry.section, reason: entry.reason.0, until };
            self.waivers.push(Stated { value, at: at(lines.item("waivers", i)) });
        }
    }
}

/// Files are relative to the configuration; what is neither is left for the loader of packs to refuse.
fn pack(name: String, folder: &Path) -> String {
    if name == "auto" || crate::pack::BUILT_IN.iter().any(|known| known.name == name) {
        return name;
    }
    folder.join(&name).display().to_string()
}

/// Finds the lines of values.
pub(super) struct Lines<'a>(pub &'a str);

impl Lines<'_> {
    fn at(&self, path: &[crate::pack::locate::Step<'_>]) -> usize {
        crate::pack::locate::locate(self.0, path).map_or(1, |(line, _)| line)
    }

    fn key(&self, key: &str) -> usize {
        self.at(&[crate::pack::locate::Step::Key(key)])
    }

    fn item(&self, key: &str, index: usize) -> usize {
        use crate::pack::locate::Step::{Index, Key};
        self.at(&[Key(key), Index(index)])
    }

    fn entry(&self, key: &str, name: &str) -> usize {
        use crate::pack::locate::Step::Key;
        self.at(&[Key(key), Key(name)])
    }
}
