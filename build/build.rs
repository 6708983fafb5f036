//! Makes ready what the program reads at its start: the rules, which people write as YAML, become JSON, and the phrases
//! in them matchers. To read the YAML and compile its phrases takes many times as long as to read what is made here.
//! What the rules say is checked by tests.

// Included as they are, with parts that only the program needs.
#[allow(dead_code, unreachable_pub)]
#[path = "../src/nearest.rs"]
mod nearest;
#[allow(dead_code, unused_imports, unreachable_pub)]
#[path = "../src/phrase/mod.rs"]
mod phrase;

mod kinds;
mod language;
#[path = "../src/pack/merge.rs"]
mod merge;
mod pack;
mod terms;

use serde::Serialize;
use serde_yaml::Value;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

/// What is made or why not.
type Result<T> = std::result::Result<T, Box<dyn Error>>;

fn main() -> Result<()> {
    for source in ["rules", "build", "src/phrase", "src/nearest.rs", "src/pack/merge.rs"] {
        println!("cargo::rerun-if-changed={source}");
    }
    let out = Out(PathBuf::from(std::env::var("OUT_DIR")?));
    for entry in fs::read_dir("rules")? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "yaml") {
            make(&path, &out).map_err(|why| format!("{}: {why}", path.display()))?;
        }
    }
    Ok(())
}

fn make(path: &Path, out: &Out) -> Result<()> {
    let rules = read(path)?;
    let name = path.file_stem().and_then(|name| name.to_str()).ok_or("no name")?;
    match name {
        "kinds" => kinds::make(rules, out),
        "language" => language::make(rules, out),
        "weights" => out.json("weights", &rules),
        _ => pack::make(name, rules, out),
    }
}

fn read(path: &Path) -> Result<Value> {
    Ok(serde_yaml::from_str(&fs::read_to_string(path)?)?)
}

/// The folder for what is made.
struct Out(PathBuf);

impl Out {
    fn json(&self, name: &str, value: &impl Serialize) -> Result<()> {
        Ok(fs::write(self.0.join(format!("{name}.json")), serde_json::to_vec(value)?)?)
    }

    fn matcher(&self, name: &str, matcher: &phrase::Matcher) -> Result<()> {
        Ok(fs::write(self.0.join(format!("{name}.matcher")), matcher.packed().ok_or("a matcher cannot be packed")?)?)
    }
}
