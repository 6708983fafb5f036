//! Temporary.
use sro_lint::reader::{Limits, Source, read};
fn main() {
    let mut args = std::env::args().skip(1);
    let mode = args.next().unwrap();
    for path in args {
        let bytes = std::fs::read(&path).unwrap();
        match read(Source { name: &path, bytes: &bytes }, &Limits::default()) {
            Ok(d) => {
                if mode == "text" {
                    println!("{}", d.text());
                } else if mode == "write" {
                    std::fs::write(format!("{path}.out"), d.text()).unwrap();
                } else {
                    for b in d.blocks() {
                        println!(
                            "{:?} label={:?} look={:?} p{:?} :: {}",
                            b.kind,
                            b.label,
                            b.look,
                            d.page(b.span.start),
                            d.slice(b.span).chars().take(90).collect::<String>()
                        );
                    }
                    println!(
                        "{:?} {:?} changes {:#?} placeholders {:?}",
                        d.remarks(),
                        d.left_out(),
                        d.changes(),
                        d.placeholders().iter().map(|s| d.slice(*s)).collect::<Vec<_>>()
                    );
                }
            }
            Err(e) => println!("{path}: {e}"),
        }
    }
}
