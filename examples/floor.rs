//! Compares the whole check with the floor (inflate and tokenise the same Word files) in one run.
//!
//! `cargo run --release --example floor -- FILE.docx…`
#![allow(clippy::print_stdout, clippy::expect_used, missing_docs)]

use sro_lint::check::{Checker, Options};
use sro_lint::reader::{self, Limits, Source};
use std::io::{Cursor, Read};
use std::sync::LazyLock;
use std::time::{Duration, Instant};

/// How often everything is done; the fastest round counts.
const ROUNDS: usize = 7;

/// Shortest time of one round.
const ROUND: Duration = Duration::from_millis(200);

static BEGUN: LazyLock<Instant> = LazyLock::new(Instant::now);

fn main() {
    let files: Vec<Vec<u8>> = std::env::args().skip(1).filter_map(|name| std::fs::read(name).ok()).collect();
    let packs = ["ma-37p", "document"].map(|name| sro_lint::pack::load(name).expect("a built-in pack")).to_vec();
    let checker = Checker::new(packs, Options { kind: None, as_of: jiff::civil::date(2026, 11, 21) });
    let limits = Limits::default();
    let floor = fastest(|| files.iter().for_each(|bytes| floor(bytes)));
    let read = fastest(|| {
        files.iter().for_each(|bytes| {
            let _ = reader::read(Source { name: "a.docx", bytes }, &limits);
        });
    });
    let check = fastest(|| {
        for bytes in &files {
            if let Ok(document) = reader::read(Source { name: "a.docx", bytes }, &limits) {
                std::hint::black_box(checker.check(document, "a.docx"));
            }
        }
    });
    let ratio = |time: Duration| time.as_secs_f64() / floor.as_secs_f64();
    let ms = |time: Duration| time.as_secs_f64() * 1e3;
    println!("{} files; floor {:.1} ms", files.len(), ms(floor));
    println!("read        {:.1} ms, {:.2} × floor", ms(read), ratio(read));
    println!("whole check {:.1} ms, {:.2} × floor", ms(check), ratio(check));
}

fn fastest(mut work: impl FnMut()) -> Duration {
    let mut best = Duration::MAX;
    for _ in 0..ROUNDS {
        let (start, mut times) = (clock(), 0);
        // The system's clock may tick slowly: a round is long beside its tick.
        let taken = loop {
            work();
            times += 1;
            let taken = clock() - start;
            if taken >= ROUND {
                break taken / times;
            }
        };
        best = best.min(taken);
    }
    best
}

/// Processor time of this thread where the system tells it: on a busy machine the clock on the wall says little.
fn clock() -> Duration {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    stat.split(' ').next().and_then(|n| n.parse().ok()).map_or_else(|| BEGUN.elapsed(), Duration::from_nanos)
}

/// Inflates every XML part and tokenises it, nothing else.
fn floor(bytes: &[u8]) {
    let Ok(mut archive) = zip::ZipArchive::new(Cursor::new(bytes)) else { return };
    for index in 0..archive.len() {
        let Ok(mut part) = archive.by_index(index) else { continue };
        let is_xml = part.name().is_ok_and(|name| name.ends_with(".xml") || name.ends_with(".rels"));
        if !is_xml {
            continue;
        }
        let mut text = String::new();
        if part.read_to_string(&mut text).is_ok() {
            let mut reader = quick_xml::Reader::from_str(&text);
            while let Ok(event) = reader.read_event() {
                if matches!(event, quick_xml::events::Event::Eof) {
                    break;
                }
            }
        }
    }
}
