//! Prints the kind of each file with the scores behind it: `cargo run --example kinds -- FILE…`.
#![allow(clippy::print_stdout, clippy::expect_used, missing_docs)]

use sro_lint::annotate::{Annotated, Language};
use sro_lint::judge;
use sro_lint::likeness::Likest;
use sro_lint::reader::{self, Limits, Source};

fn main() {
    let language = Language::shipped().expect("language");
    for name in std::env::args().skip(1) {
        let bytes = std::fs::read(&name).expect("file");
        match reader::read(Source { name: &name, bytes: &bytes }, &Limits::default()) {
            Ok(document) => {
                let annotated = Annotated::new(&document, language);
                let sro = annotated.tokens.iter().filter(|t| annotated.symbols.name(t.symbol) == "sro").count();
                let (mou, op, other) = judge::kind_scores(&annotated);
                let likest = Likest::of(&annotated);
                let (of_mou, of_op) = judge::kind_substance(&likest);
                let kind = judge::detect_kind(&annotated, &likest).name();
                let per_mille = sro * 1000 / annotated.tokens.len().max(1);
                println!(
                    "{kind:<9} mou {mou:>3} op {op:>3} other {other:>3} elements {of_mou:>2} {of_op:>2} sro {sro:>3} ({per_mille} ‰) {name}"
                );
            }
            Err(error) => println!("{name}: {error}"),
        }
    }
}
