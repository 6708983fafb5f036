//! Annotates every Word file of a folder, with findings forced by judging each as a memorandum and as procedures:
//! `cargo run --example annotate_all -- FOLDER OUT`. Says which files could not carry comments and why, and which
//! parts of a copy differ from the original.
#![allow(clippy::print_stdout, clippy::expect_used, missing_docs)]

use rayon::prelude::*;
use sro_lint::check::{Checker, Options};
use sro_lint::comments::annotate;
use sro_lint::pack::load;
use sro_lint::reader::{Limits, Source, read};
use sro_lint::report::Kind;
use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};

fn main() {
    let mut args = std::env::args().skip(1).map(PathBuf::from);
    let (folder, out) = (args.next().expect("a folder"), args.next().expect("a folder to write to"));
    std::fs::create_dir_all(&out).expect("the folder to write to");
    let entries = std::fs::read_dir(folder).expect("the folder").flatten().map(|e| e.path());
    let mut files: Vec<PathBuf> = entries.filter(|p| p.extension().is_some_and(|e| e != "json")).collect();
    files.sort();
    let options = Options { kind: Some(Kind::Combined), as_of: jiff::civil::date(2026, 1, 1) };
    let packs = ["ma-37p", "document"].map(|name| load(name).expect("a pack of our own")).to_vec();
    let checker = Checker::new(packs, options);
    let lines: Vec<String> = files.par_iter().map(|path| one(&checker, path, &out)).collect();
    for line in lines {
        println!("{line}");
    }
}

fn one(checker: &Checker, path: &Path, out: &Path) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let bytes = std::fs::read(path).expect("the file");
    let document = match read(Source { name: &name, bytes: &bytes }, &Limits::default()) {
        Ok(document) => document,
        Err(error) => return format!("unread\t{name}\t{error}"),
    };
    let checked = checker.check_as(document, &name, None);
    let findings = checked.report.diagnostics.len();
    match annotate(&bytes, &checked) {
        Err(error) => format!("refused\t{name}\t{findings} findings\t{error}"),
        Ok(copy) => {
            std::fs::write(out.join(&name), &copy).expect("the copy");
            let (old, new) = (parts(&bytes), parts(&copy));
            let changed =
                new.iter().filter(|(part, bytes)| old.get(*part) != Some(bytes)).map(|(part, _)| part.as_str());
            let gone = old.keys().filter(|part| !new.contains_key(*part)).count();
            format!("copied\t{name}\t{findings} findings\t{gone} gone\t{}", changed.collect::<Vec<_>>().join(" "))
        }
    }
}

fn parts(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).expect("a package");
    let mut parts = BTreeMap::new();
    for index in 0..zip.len() {
        let mut file = zip.by_index(index).expect("a part");
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).expect("the part's bytes");
        parts.insert(file.name().expect("a name").into_owned(), bytes);
    }
    parts
}
