//! Where inputs start from: real files of the format.

use super::parts::{Part, rezip};
use super::target::Target;
use std::path::{Path, PathBuf};

/// Larger files are left out: a fuzzer lives from many small inputs.
const LARGEST: u64 = 300_000;
/// What is in the repository.
const HERE: [&str; 7] = [
    "fixtures/formats",
    "fixtures/made",
    "fixtures/complete",
    "fixtures/labelled",
    "rules",
    "tests/packs",
    "docs/examples",
];
/// Settings, to be damaged like rule packs.
const SETTINGS: &str = "packs: [ma-37p, document]\nkind: auto\nfail-on: warning\nkinds:\n  - path: \"policies/*\"\n    kind: op\n\
    severities:\n  DOC-3: warning\nexclude: [\"archive/**\", \"*.tmp\"]\nwaivers:\n  - code: MOU-4\n    path: \"east/*.docx\"\n    \
    reason: covered by the policy manual\n    until: 2027-06-30\n";

/// The files of the repository in this format.
pub fn fixtures(target: Target) -> Vec<Vec<u8>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = HERE.map(|folder| root.join(folder));
    match target.name {
        "zip" => archives(&folders),
        "pack" => files(&folders, target.extensions).into_iter().chain([SETTINGS.into()]).collect(),
        _ => files(&folders, target.extensions),
    }
}

/// The files below some folders whose names end so.
pub fn files(folders: &[PathBuf], extensions: &[&str]) -> Vec<Vec<u8>> {
    named(folders, extensions).into_iter().map(|(_, content)| content).collect()
}

fn named(folders: &[PathBuf], extensions: &[&str]) -> Vec<Part> {
    let walk = |folder| walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().flatten();
    let fits = |path: &Path| path.extension().is_some_and(|e| extensions.iter().any(|known| e == *known));
    let small = |entry: &walkdir::DirEntry| entry.metadata().is_ok_and(|m| m.is_file() && m.len() <= LARGEST);
    let entries = folders.iter().flat_map(walk).filter(|entry| fits(entry.path()) && small(entry));
    let read = |entry: walkdir::DirEntry| {
        Some((entry.file_name().to_string_lossy().into_owned(), std::fs::read(entry.path()).ok()?))
    };
    entries.filter_map(read).collect()
}

/// Archives as a portal hands them out: a few documents of several formats in folders.
fn archives(folders: &[PathBuf]) -> Vec<Vec<u8>> {
    let documents = named(folders, &["docx", "md", "txt", "odt", "rtf", "doc", "html"]);
    let small: Vec<Part> = documents.into_iter().filter(|(_, content)| content.len() < 40_000).collect();
    let folder = |(at, (name, content)): (usize, &Part)| (format!("district {at}/{name}"), content.clone());
    let pack = |parts: &[Part]| rezip(&parts.iter().enumerate().map(folder).collect::<Vec<_>>());
    small.chunks(4).map(pack).collect()
}
