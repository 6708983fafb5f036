//! Reads a configuration with everything that it extends.

use super::schema::{ConfigFile, PathGlob};
use super::settings::{Lines, Settings};
use crate::pack::locate::Step;
use crate::pack::mistake::{Named, suggestion};
use crate::pack::{self, bounds};
use crate::render::safe;
use miette::{Report, miette};
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Longest chain of configurations that extend one another.
const CHAIN: usize = 8;
/// Most bytes of a configuration.
const BYTES: usize = 256 << 10;
/// Most entries of a list: the line of each is looked up.
const ENTRIES: usize = 500;

/// Reads a configuration. `name` is how messages and reports call the file.
///
/// # Errors
/// A report that points into the YAML at the mistake.
pub fn load(name: &Path) -> Result<Settings, Report> {
    let mut settings = Settings::default();
    let mut seen: Vec<PathBuf> = Vec::new();
    let mut next = Some(name.to_owned());
    let mut extended: Option<(PathBuf, String)> = None;
    while let Some(name) = next.take() {
        // A mistake about the extended file is shown where it is named.
        let mistake = |message: String| match &extended {
            Some((by, text)) => {
                let by = by.display().to_string();
                Named { name: &by, text }.mistake_at(&[Step::Key("extends")], message, None)
            }
            None => miette!("{message}"),
        };
        let shown = safe::name(&name.display().to_string());
        let path = name.canonicalize().map_err(|e| mistake(format!("{shown} could not be read: {}", reason(&e))))?;
        if seen.contains(&path) {
            return Err(mistake(format!("{shown} extends this configuration in turn: they go round in a circle")));
        }
        if seen.len() >= CHAIN {
            return Err(mistake(format!("more than {CHAIN} configurations extend one another")));
        }
        let text = read(&path).map_err(|why| mistake(format!("{shown} could not be read: {why}")))?;
        let config = parse(&shown, &text)?;
        let folder = path.parent().unwrap_or(Path::new("/")).to_owned();
        next = config.extends.as_ref().map(|base| beside(&name, base));
        settings.take(config, &Arc::new(name.clone()), &folder, &Lines(&text));
        seen.push(path);
        extended = Some((name, text));
    }
    Ok(settings)
}

/// A path relative to the folder of a file.
fn beside(file: &Path, path: &str) -> PathBuf {
    let path =
        file.parent().filter(|p| !p.as_os_str().is_empty()).map_or_else(|| path.into(), |folder| folder.join(path));
    path.canonicalize().map_or(path, |path| shorter(&path))
}

/// A path relative to the working folder where it lies in it: short, and the same on every machine.
pub fn shorter(path: &Path) -> PathBuf {
    let here = std::env::current_dir().and_then(|dir| dir.canonicalize()).unwrap_or_default();
    path.strip_prefix(here).map_or_else(|_| path.to_owned(), Path::to_owned)
}

fn read(path: &Path) -> Result<String, String> {
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(|e| reason(&e))?;
    file.take(BYTES as u64 + 1).read_to_end(&mut bytes).map_err(|e| reason(&e))?;
    if bytes.len() > BYTES {
        return Err(format!("it is larger than {} KB, which is the most for a configuration", BYTES >> 10));
    }
    String::from_utf8(bytes).map_err(|_| "it is no text in UTF-8".to_owned())
}

fn reason(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "there is no file of this name".to_owned(),
        std::io::ErrorKind::IsADirectory => "it is a folder".to_owned(),
        kind => kind.to_string(),
    }
}

fn parse(name: &str, text: &str) -> Result<ConfigFile, Report> {
    let named = Named { name, text };
    if let Some(place) = bounds::too_many_brackets(text) {
        return Err(named.report("too many brackets are open here".to_owned(), None, place));
    }
    // A key given twice is only seen by reading plain values.
    let plain = bounds::check(text).and_then(|()| serde_yaml::from_str::<serde_yaml::Value>(text));
    if plain.map_err(|e| named.parse_error(&e))?.is_null() {
        return Ok(ConfigFile::default());
    }
    let config: ConfigFile = serde_yaml::from_str(text).map_err(|e| named.parse_error(&e))?;
    let lengths = [
        ("kinds", config.kinds.len()),
        ("severities", config.severities.len()),
        ("exclude", config.exclude.len()),
        ("waivers", config.waivers.len()),
    ];
    match lengths.iter().find(|(_, length)| *length > ENTRIES) {
        Some((key, _)) => Err(named.mistake_at(&[Step::Key(key)], format!("more than {ENTRIES} entries"), None)),
        None => {
            patterns(named, &config)?;
            known_codes(named, config)
        }
    }
}

/// Patterns of paths are checked one by one: the parser would show the list and not the item.
fn patterns(named: Named<'_>, config: &ConfigFile) -> Result<(), Report> {
    let check = |glob: &PathGlob, path: &[Step<'_>]| {
        let wrong = |e: globset::Error| format!("`{}` is no pattern of paths: {}", safe::line(&glob.0), e.kind());
        glob.compile().map(drop).map_err(|e| named.mistake_at(path, wrong(e), None))
    };
    for (i, glob) in config.exclude.iter().enumerate() {
        check(glob, &[Step::Key("exclude"), Step::Index(i)])?;
    }
    for (i, entry) in config.kinds.iter().enumerate() {
        check(&entry.path, &[Step::Key("kinds"), Step::Index(i), Step::Key("path")])?;
    }
    for (i, entry) in config.waivers.iter().enumerate() {
        check(&entry.path, &[Step::Key("waivers"), Step::Index(i), Step::Key("path")])?;
    }
    Ok(())
}

/// A severity or a waiver of a requirement that no pack has is a slip that would never be noticed.
fn known_codes(named: Named<'_>, config: ConfigFile) -> Result<ConfigFile, Report> {
    // Packs of one's own are not read here: with one in force any code may be meant.
    let own = config.packs.iter().flatten().any(|name| !pack::BUILT_IN.iter().any(|known| known.name == *name));
    if own || config.extends.is_some() || (config.severities.is_empty() && config.waivers.is_empty()) {
        return Ok(config);
    }
    let packs = pack::BUILT_IN.iter().map(|known| pack::load(known.name)).collect::<Result<Vec<_>, _>>()?;
    let requirements = packs.iter().flat_map(|p| p.requirements()).map(|r| r.id.as_str());
    let findings = packs.iter().flat_map(|p| p.findings()).map(|f| f.id.as_str());
    let known: Vec<&str> = requirements.chain(findings).chain(crate::waiver::CODES).collect();
    let unknown = |code: &str, path: &[Step<'_>]| {
        let message = format!("no rule pack has a requirement or finding `{}`", safe::line(code));
        named.mistake_at(path, message, Some(suggestion(code, &known)))
    };
    if let Some(code) = config.severities.keys().find(|code| !known.contains(&code.as_str())) {
        return Err(unknown(code, &[Step::Key("severities"), Step::Key(code)]));
    }
    match config.waivers.iter().enumerate().find(|(_, w)| !known.contains(&w.code.as_str())) {
        Some((i, waiver)) => Err(unknown(&waiver.code, &[Step::Key("waivers"), Step::Index(i), Step::Key("code")])),
        None => Ok(config),
    }
}

#[cfg(test)]
mod tests;
