//! Damages real files at random and looks for panics, hangs, memory and unsound places.
//!
//! `cargo run --release --example fuzz -- READER SECONDS [--seed N] [--only NUMBER]`
//!
//! READER is docx, odt, pdf, doc, rtf, html, markdown, text, zip or pack. Inputs that fail are kept in `target/fuzz`;
//! `--only` runs the input of one number again, for one that ended the program itself.
#![allow(clippy::print_stdout, clippy::print_stderr, clippy::expect_used, clippy::panic, clippy::exit, missing_docs)]

#[path = "../tests/support/fuzz/mod.rs"]
mod fuzz;

use fuzz::{Fuzzer, seeds, target::Target};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// Processor time after which an input counts as slow.
const SLOW: Duration = Duration::from_secs(2);
/// Time after which an input counts as hanging, on a machine that does other things, too.
const HANGS: Duration = Duration::from_secs(300);

/// The number of the input on its way, and when the fuzzer turned to it, in seconds from the start.
static NUMBER: AtomicU64 = AtomicU64::new(0);
static SINCE: AtomicU64 = AtomicU64::new(0);
/// Where the last panic was.
static PLACE: Mutex<String> = Mutex::new(String::new());

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let (Some(target), Some(seconds)) =
        (args.first().and_then(|name| Target::named(name)), args.get(1).and_then(|s| s.parse().ok()))
    else {
        eprintln!("usage: fuzz READER SECONDS [--seed N] [--only NUMBER]");
        std::process::exit(2);
    };
    let option = |name: &str| args.iter().position(|a| a == name).and_then(|at| args.get(at + 1)?.parse::<u64>().ok());
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/fuzz");
    std::fs::create_dir_all(&kept).expect("a folder for what fails");
    let fuzzer = Fuzzer::new(target, all_seeds(target, &kept), kept.clone());
    std::panic::set_hook(Box::new(|info| {
        *PLACE.lock().expect("one thread") = info.location().map(ToString::to_string).unwrap_or_default();
    }));
    let run = Run { fuzzer, target, kept };
    match option("--only") {
        Some(number) => drop(run.one(number)),
        None => run.all(Duration::from_secs(seconds), option("--seed").unwrap_or(1)),
    }
}

struct Run {
    fuzzer: Fuzzer,
    target: Target,
    kept: PathBuf,
}

impl Run {
    fn all(&self, time: Duration, seed: u64) {
        let begun = Instant::now();
        let name = self.target.name;
        std::thread::spawn(move || watch(begun, name));
        // Runs of different seeds share no input.
        let first = seed << 32;
        let (mut count, mut told, mut failed, mut slowest) = (0, Duration::ZERO, 0, Duration::ZERO);
        while begun.elapsed() < time {
            let number = first + count;
            NUMBER.store(number, Ordering::Relaxed);
            SINCE.store(begun.elapsed().as_secs(), Ordering::Relaxed);
            // A stack overflow or the end of memory kills the program: what it did then must be known.
            let _ = std::fs::write(self.kept.join(format!("{name}.last")), number.to_string());
            let (fine, took) = self.one(number);
            failed += u64::from(!fine);
            slowest = slowest.max(took);
            count += 1;
            if begun.elapsed() > told + Duration::from_secs(60) {
                told = begun.elapsed();
                println!("{name}: {} s, {}", told.as_secs(), figures(count, failed, slowest));
            }
        }
        println!("{name}: done after {} s, {}", time.as_secs(), figures(count, failed, slowest));
        std::process::exit(i32::from(failed > 0));
    }

    /// Runs one input; whether it was fine, and the processor time that it took.
    fn one(&self, number: u64) -> (bool, Duration) {
        let bytes = self.fuzzer.input(number);
        let before = processor_time();
        let result = self.fuzzer.run(&bytes);
        let took = processor_time().saturating_sub(before);
        let what = match result {
            Err(why) => Some(format!("FAILED at {}: {why}", PLACE.lock().expect("one thread"))),
            Ok(()) if took > SLOW => Some(format!("SLOW: {took:.1?}")),
            Ok(()) => None,
        };
        if let Some(what) = &what {
            let file = self.kept.join(format!("{}-{number}.{}", self.target.name, self.target.extensions[0]));
            let _ = std::fs::write(&file, &bytes);
            println!("{} {number}: {what} ({}, {} bytes)", self.target.name, file.display(), bytes.len());
        }
        (what.is_none(), took)
    }
}

/// Ends the program when one input takes too long.
fn watch(begun: Instant, name: &str) {
    loop {
        std::thread::sleep(Duration::from_secs(5));
        if begun.elapsed().as_secs() > SINCE.load(Ordering::Relaxed) + HANGS.as_secs() {
            println!("{name} {}: HANGS (run again with --only)", NUMBER.load(Ordering::Relaxed));
            std::process::exit(3);
        }
    }
}

/// Files of the repository, of the shared corpus, and Word files that LibreOffice has converted.
fn all_seeds(target: Target, kept: &Path) -> Vec<Vec<u8>> {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let shared = std::env::var_os("SRO_LINT_SHARED").map_or_else(beside, PathBuf::from);
    let mut seeds = seeds::fixtures(target);
    match target.name {
        "docx" | "pdf" => {
            seeds.extend(seeds::files(&[shared.join("corpus"), shared.join("labelled")], target.extensions))
        }
        "odt" | "doc" | "rtf" | "html" => {
            let folder = kept.join("seeds");
            let done = || seeds::files(std::slice::from_ref(&folder), target.extensions);
            if done().is_empty() {
                convert(&shared.join("labelled"), &folder, target.extensions[0]);
            }
            seeds.extend(done());
        }
        _ => {}
    }
    println!("{}: {} seeds", target.name, seeds.len());
    seeds
}

fn convert(from: &Path, to: &Path, extension: &str) {
    let entries = std::fs::read_dir(from).into_iter().flatten().flatten().map(|entry| entry.path());
    let files: Vec<PathBuf> = entries.filter(|path| path.extension().is_some_and(|e| e == "docx")).collect();
    let profile = format!("-env:UserInstallation=file:///tmp/sro-lint-fuzz-{extension}");
    let mut soffice = Command::new("soffice");
    soffice.args([&profile, "--headless", "--convert-to", extension, "--outdir"]).arg(to).args(files);
    if !soffice.output().is_ok_and(|output| output.status.success()) {
        println!("LibreOffice is not there: fewer seeds for {extension}");
    }
}

/// Processor time of this thread: on a busy machine the clock on the wall says little.
fn processor_time() -> Duration {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    stat.split(' ').next().and_then(|n| n.parse().ok()).map_or(Duration::ZERO, Duration::from_nanos)
}

fn figures(count: u64, failed: u64, slowest: Duration) -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or("unknown").trim();
    let cpu = processor_time().as_secs();
    format!("{cpu} s of processor, {count} inputs, {failed} failed, slowest {slowest:.1?}, peak memory {peak}")
}
