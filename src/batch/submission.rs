//! Which files belong to one submission: by the manifest, by folder, or by the beginning of the name.

use super::roster::{Roster, key};
use super::table;
use std::collections::{BTreeMap, HashMap};
use std::path::{Component, Path, PathBuf};

/// Words in a file's name that say what it is, and no longer whose.
const WORDS: [&str; 22] = [
    "mou",
    "moa",
    "op",
    "ops",
    "sop",
    "sops",
    "procedures",
    "procedure",
    "operating",
    "standard",
    "memorandum",
    "memo",
    "agreement",
    "sro",
    "slo",
    "policy",
    "signed",
    "final",
    "draft",
    "copy",
    "general",
    "combined",
];

/// A file of a batch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Its path, below the batch's folder.
    pub path: PathBuf,
    /// Whether it is the member of an archive.
    pub packed: bool,
}

/// The files of one district, by their positions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Submission {
    /// The district's code, empty if not known.
    pub code: String,
    /// The district's name.
    pub district: String,
    /// Positions of its files.
    pub files: Vec<usize>,
}

/// Groups files by folder and name. A roster gives codes and full names, and adds who sent nothing.
pub fn group(files: &[File], roster: Option<&Roster>) -> Vec<Submission> {
    let mut groups: BTreeMap<String, Submission> = BTreeMap::new();
    for (at, file) in files.iter().enumerate() {
        let name = name(file);
        let district = roster.and_then(|r| r.find(&name));
        let group = groups.entry(district.map_or_else(|| key(&name), |d| key(&d.code))).or_insert_with(|| Submission {
            code: district.map(|d| d.code.clone()).unwrap_or_default(),
            district: district.map_or(name, |d| d.name.clone()),
            files: Vec::new(),
        });
        group.files.push(at);
    }
    let mut list: Vec<Submission> = groups.into_values().collect();
    add_absent(&mut list, roster);
    list
}

/// Groups files by a manifest: `district_code,district,path`, paths below the batch's folder.
///
/// # Errors
/// A sentence with the line of the mistake.
pub fn by_manifest(
    manifest: &Path,
    files: &[File],
    roster: Option<&Roster>,
) -> miette::Result<(Vec<Submission>, Vec<usize>)> {
    let shown = manifest.display();
    let places: HashMap<PathBuf, usize> = files.iter().enumerate().map(|(i, f)| (clean(&f.path), i)).collect();
    let mut used: HashMap<usize, u64> = HashMap::new();
    let mut groups: BTreeMap<String, (Submission, u64)> = BTreeMap::new();
    for table::Row { line, fields: [code, district, path] } in
        table::read(manifest, ["district_code", "district", "path"])?
    {
        if code.is_empty() || district.is_empty() || path.is_empty() {
            return Err(miette::miette!("{shown}:{line}: a row needs a code, a district and a path"));
        }
        let Some(at) = places.get(&clean(Path::new(&path))).copied() else {
            return Err(miette::miette!("{shown}:{line}: there is no document “{path}” in the folder"));
        };
        if let Some(first) = used.insert(at, line) {
            return Err(miette::miette!("{shown}:{line}: “{path}” is on line {first} already"));
        }
        let (group, first) = groups.entry(code.clone()).or_insert_with(|| {
            (Submission { code: code.clone(), district: district.clone(), files: Vec::new() }, line)
        });
        if group.district != district {
            let other = &group.district;
            return Err(miette::miette!(
                "{shown}:{line}: code “{code}” is “{district}” here, but “{other}” on line {first}"
            ));
        }
        group.files.push(at);
    }
    let mut list: Vec<Submission> = groups.into_values().map(|(group, _)| group).collect();
    add_absent(&mut list, roster);
    Ok((list, (0..files.len()).filter(|at| !used.contains_key(at)).collect()))
}

/// Districts of the roster that sent nothing.
fn add_absent(list: &mut Vec<Submission>, roster: Option<&Roster>) {
    for district in roster.iter().flat_map(|r| &r.districts) {
        if !list.iter().any(|s| s.code == district.code) {
            let (code, district) = (district.code.clone(), district.name.clone());
            list.push(Submission { code, district, files: Vec::new() });
        }
    }
    list.sort_by(|a, b| (&a.code, &a.district).cmp(&(&b.code, &b.district)));
}

/// Whose a file is: the folder it lies in, or the beginning of its name.
fn name(file: &File) -> String {
    let parts: Vec<String> = file.path.components().map(|c| c.as_os_str().to_string_lossy().into_owned()).collect();
    let parts = match parts.as_slice() {
        // An archive is a folder that holds the folders of districts, or the files of one district.
        [archive, _] if file.packed => return stem(archive).to_owned(),
        [_, inner @ ..] if file.packed => inner,
        parts => parts,
    };
    match parts {
        [folder, _, ..] => folder.clone(),
        [name] => prefix(stem(name)),
        [] => String::new(),
    }
}

fn stem(name: &str) -> &str {
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// The words of a name up to the one that says what the file is.
fn prefix(stem: &str) -> String {
    let mut end = 0;
    let mut start = 0;
    for word in stem.split_inclusive(['_', '-', ' ', '.']) {
        let plain = word.trim_end_matches(['_', '-', ' ', '.']);
        if start > 0 && WORDS.contains(&plain.to_lowercase().as_str()) {
            return stem[..end].to_owned();
        }
        end = start + plain.len();
        start += word.len();
    }
    stem.to_owned()
}

/// A path with no `.` in it.
fn clean(path: &Path) -> PathBuf {
    path.components().filter(|c| *c != Component::CurDir).collect()
}
