//! Prints the kind of each file with the grounds for it, one JSON object a line, for `scripts/train-kinds.py`:
//! `cargo run --example kinds -- FILE…`.
#![allow(clippy::print_stdout, clippy::expect_used, missing_docs)]

use serde_json::json;
use sro_lint::annotate::{Annotated, Language};
use sro_lint::judge::{self, KindGrounds};
use sro_lint::likeness::Likest;
use sro_lint::reader::{self, Limits, Source};

fn main() {
    let language = Language::shipped().expect("language");
    for name in std::env::args().skip(1) {
        let bytes = std::fs::read(&name).expect("file");
        match reader::read(Source { name: &name, bytes: &bytes }, &Limits::default()) {
            Ok(document) => {
                let annotated = Annotated::new(&document, language);
                let likest = Likest::of(&annotated);
                let grounds = KindGrounds::of(&annotated, &likest).expect("kinds");
                let kind = judge::detect_kind(&annotated, &likest).name();
                println!("{}", json!({ "file": name, "kind": kind, "grounds": grounds }));
            }
            Err(error) => println!("{}", json!({ "file": name, "error": error.to_string() })),
        }
    }
}
