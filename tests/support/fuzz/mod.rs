//! The fuzzer: inputs made from real files by damage, and what must hold for each. Shared by the example that runs
//! it for long and by the test that runs it for short.

mod mutate;
mod parts;
pub mod random;
pub mod seeds;
mod sound;
pub mod target;

use random::Random;
use sro_lint::check::{Checker, Options};
use sro_lint::reader::{self, FileKind, Limits, Source, archive};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use target::Target;

/// Makes inputs for one target and checks what becomes of them.
pub struct Fuzzer {
    target: Target,
    seeds: Vec<Vec<u8>>,
    checker: Checker,
    /// Where rules and settings are put, which are read from files.
    file: PathBuf,
}

impl Fuzzer {
    /// Starts from these files; `scratch` is a folder for what must lie in a file.
    pub fn new(target: Target, seeds: Vec<Vec<u8>>, scratch: PathBuf) -> Self {
        assert!(!seeds.is_empty(), "no seeds for {}", target.name);
        let packs = ["ma-37p", "document"].map(|name| sro_lint::pack::load(name).expect("a built-in pack")).to_vec();
        let options = Options { kind: None, as_of: jiff::civil::date(2026, 11, 21) };
        Self {
            target,
            seeds,
            checker: Checker::new(packs, options),
            file: scratch.join(format!("{}.yaml", target.name)),
        }
    }

    /// The input of this number: the same for the same seeds, whatever came before.
    pub fn input(&self, number: u64) -> Vec<u8> {
        let mut random = Random::new(number);
        let mut bytes = random.pick(&self.seeds).clone();
        let within = !random.once_in(4);
        if within && self.target.is_zip() && bytes.starts_with(b"PK") {
            bytes = parts::mutate_zip(&mut random, &bytes, &self.seeds, self.target.words);
        } else if within && self.target.name == "pdf" {
            parts::mutate_stream(&mut random, &mut bytes, self.target.words);
        }
        if !within || random.once_in(8) || !(self.target.is_zip() || self.target.name == "pdf") {
            mutate::mutate(&mut random, &mut bytes, &self.seeds, self.target.words);
        }
        bytes
    }

    /// Runs an input through everything. An error is a fault of the program.
    pub fn run(&self, bytes: &[u8]) -> Result<(), String> {
        let done = catch_unwind(AssertUnwindSafe(|| match self.target.name {
            "pack" => self.rules(bytes),
            "zip" => self.archive(bytes),
            _ => self.document(bytes, &format!("a.{}", self.target.extensions[0])),
        }));
        done.map_err(|why| {
            let text = why.downcast_ref::<&str>().map(|s| (*s).to_owned());
            text.or_else(|| why.downcast_ref::<String>().cloned()).unwrap_or_default()
        })
    }

    fn document(&self, bytes: &[u8], name: &str) {
        match reader::read(Source { name, bytes }, &Limits::default()) {
            Ok(document) => {
                let plain = document.format().is_plain();
                sound::document(&document, bytes, if plain { self.target } else { Target { name: "", ..self.target } });
                sound::report(&self.checker.check(document, name));
            }
            Err(error) => assert!(error.to_string().ends_with('.'), "no sentence: {error}"),
        }
    }

    fn archive(&self, bytes: &[u8]) {
        let limits = Limits::default();
        let source = Source { name: "a.zip", bytes };
        if reader::detect(source, &limits) != Ok(FileKind::Archive) {
            return;
        }
        let Ok(archive) = archive::open(bytes, &limits) else { return };
        for member in archive.members {
            assert!(!member.name.chars().any(sro_lint::render::safe::is_harmful), "{:?}", member.name);
            assert!(
                !member.name.starts_with('/') && !member.name.split('/').any(|step| step == ".."),
                "{:?}",
                member.name
            );
            if let Ok(bytes) = member.read(&limits) {
                self.document(&bytes, &member.name);
            }
        }
    }

    /// The same bytes as a rule pack, whose examples are run, and as settings.
    fn rules(&self, bytes: &[u8]) {
        std::fs::write(&self.file, bytes).expect("a place for the file");
        if let Ok(pack) = sro_lint::pack::load(&self.file.to_string_lossy()) {
            let _ = sro_lint::pack::examples::run(&pack);
        }
        let _ = sro_lint::config::load(&self.file);
    }
}
