//! Turns the rules, which people write as YAML, into JSON for the program to read at its start: that is several times
//! faster. What they say is checked by tests.

use std::error::Error;
use std::path::Path;

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=rules");
    let out = std::env::var("OUT_DIR")?;
    for entry in std::fs::read_dir("rules")? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "yaml") {
            let name = path.file_stem().unwrap_or_default();
            std::fs::write(Path::new(&out).join(name).with_extension("json"), json(&path)?)?;
        }
    }
    Ok(())
}

fn json(path: &Path) -> Result<String, Box<dyn Error>> {
    let rules: serde_yaml::Value =
        serde_yaml::from_str(&std::fs::read_to_string(path)?).map_err(|e| format!("{}: {e}", path.display()))?;
    Ok(serde_json::to_string(&rules)?)
}
