//! Loads packs by built-in name or from a file, with the packs that they extend.

use super::mistake::{Named, suggestion};
use super::schema::PackFile;
use super::validate::Validator;
use super::{BUILT_IN, BuiltIn, Pack};
use super::{bounds, inherit, locate::Step, merge};
use crate::render::safe;
use miette::{Report, miette};
use std::borrow::Cow;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Longest chain of packs that extend one another.
const CHAIN: usize = 8;

/// A pack as written, with all that it takes over: what a result depends on.
///
/// # Errors
/// As [`load`].
pub fn written(name_or_path: &str) -> Result<PackFile, Report> {
    Source::open(name_or_path, Path::new(name_or_path))?.resolve(&mut Vec::new())
}

/// Loads a pack by built-in name or path.
///
/// # Errors
/// A report that points into the YAML at the mistake.
pub fn load(name_or_path: &str) -> Result<Arc<Pack>, Report> {
    if let Some(built_in) = BuiltIn::named(name_or_path) {
        return built_in.pack().ok_or_else(|| miette!("the rule pack {name_or_path} in sro-lint is broken"));
    }
    let source = Source::open(name_or_path, Path::new(name_or_path))?;
    let file = source.resolve(&mut Vec::new())?;
    // A mistake that can still be found now lies in what an override does to the rules of its base.
    let compiled = Pack::compile(file);
    compiled.map(Arc::new).map_err(|(id, e)| miette!("{}: {id}: {e}", safe::name(&source.name)))
}

/// The text of a pack and where it is from.
struct Source {
    name: String,
    text: Cow<'static, str>,
    /// None for what is in the program.
    path: Option<PathBuf>,
}

impl Source {
    /// Built-in names come first: a file of the same name is had by `./ma-37p`.
    fn open(name: &str, path: &Path) -> Result<Self, Report> {
        if let Some(pack) = BuiltIn::named(name) {
            return Ok(Self { name: pack.name.to_owned(), text: Cow::Borrowed(pack.text), path: None });
        }
        let shown = safe::name(name);
        let text = read(path).map_err(|why| match why {
            Unread::Absent => {
                let known: Vec<&str> = BUILT_IN.iter().map(|pack| pack.name).collect();
                let help = suggestion(name, &known);
                miette!("there is no rule pack `{shown}` in sro-lint and no file of that name ({help})")
            }
            Unread::Because(why) => miette!("the rule pack {shown} could not be read: {why}"),
        })?;
        Ok(Self { name: name.to_owned(), text: Cow::Owned(text), path: Some(path.to_owned()) })
    }

    fn named(&self) -> Named<'_> {
        Named { name: &self.name, text: &self.text }
    }

    /// The pack with everything that it extends filled in. `chain` holds the packs that led here.
    fn resolve(&self, chain: &mut Vec<String>) -> Result<PackFile, Report> {
        let own = self.parse()?;
        let whole = match &own.extends {
            Some(base) => Some(self.extended(base, &own, chain)?),
            None => None,
        };
        // What is in the program was checked by its tests.
        if self.path.is_some() {
            let whole = whole.as_ref().unwrap_or(&own);
            Validator { source: self.named(), own: &own, whole }.check()?;
        }
        Ok(whole.unwrap_or(own))
    }

    fn parse(&self) -> Result<PackFile, Report> {
        if self.path.is_some()
            && let Some(place) = bounds::too_many_brackets(&self.text)
        {
            let message = "too many brackets are open here".to_owned();
            return Err(self.named().report(
                message,
                Some("does each `[` and `{` have its partner?".to_owned()),
                place,
            ));
        }
        let result = match self.path {
            None => serde_json::from_str(&self.text).map_err(serde::de::Error::custom),
            Some(_) => bounds::check(&self.text)
                // A key given twice is only seen by reading plain values.
                .and_then(|()| serde_yaml::from_str::<serde_yaml::Value>(&self.text))
                .and_then(|_| serde_yaml::from_str(&self.text)),
        };
        result.map_err(|e| self.named().parse_error(&e))
    }

    fn extended(&self, base: &str, own: &PackFile, chain: &mut Vec<String>) -> Result<PackFile, Report> {
        let mistake = |message: String| self.named().mistake_at(&[Step::Key("extends")], message, None);
        chain.push(self.identity());
        let source = self.beside(base).map_err(|e| mistake(e.to_string()))?;
        if chain.contains(&source.identity()) {
            return Err(mistake(format!("`{base}` extends this pack in turn: the packs go round in a circle")));
        }
        if chain.len() >= CHAIN {
            return Err(mistake(format!("more than {CHAIN} packs extend one another")));
        }
        let base = source.resolve(chain)?;
        for (i, id) in own.drop.iter().enumerate() {
            if let Some(help) = unknown_drop(&base, id) {
                let path = [Step::Key("drop"), Step::Index(i)];
                let message = format!("`{}` has no rule `{id}` to drop", source.name);
                return Err(self.named().mistake_at(&path, message, Some(help)));
            }
        }
        let value = |e: serde_yaml::Error| self.named().parse_error(&e);
        let own = match self.path {
            None => serde_json::from_str(&self.text).map_err(serde::de::Error::custom),
            Some(_) => serde_yaml::from_str(&self.text),
        };
        let own = own.map_err(value)?;
        let merged = merge::merge(serde_yaml::to_value(&base).map_err(value)?, own);
        let mut whole = serde_yaml::from_value(merged).map_err(value)?;
        inherit::mark_inherited(&base, &mut whole);
        Ok(whole)
    }

    /// A built-in pack, or a file in this file's folder and in no other.
    fn beside(&self, base: &str) -> Result<Self, Report> {
        let name = Path::new(base);
        let here = self.path.as_deref().and_then(Path::parent);
        if name.file_name() != Some(name.as_os_str()) {
            return Err(miette!("`extends` takes the name of a built-in pack or of a file in the same folder"));
        }
        Self::open(base, &here.map_or_else(|| name.to_owned(), |folder| folder.join(name)))
    }

    fn identity(&self) -> String {
        match &self.path {
            None => format!("built-in {}", self.name),
            Some(path) => path.canonicalize().unwrap_or_else(|_| path.clone()).display().to_string(),
        }
    }
}

/// A hint if an id, or `id/element`, is not in a pack.
fn unknown_drop(base: &PackFile, id: &str) -> Option<String> {
    let requirements = base.requirements.iter().map(|r| r.id.as_str());
    let known: Vec<&str> = requirements.chain(base.findings.iter().map(|f| f.id.as_str())).collect();
    let Some((rule, element)) = id.split_once('/') else {
        return (!known.contains(&id)).then(|| suggestion(id, &known));
    };
    let Some(requirement) = base.requirements.iter().find(|r| r.id == rule) else {
        return Some(suggestion(rule, &known));
    };
    let elements: Vec<&str> = requirement.elements.iter().map(|e| e.id.as_str()).collect();
    (!elements.contains(&element)).then(|| suggestion(element, &elements))
}

enum Unread {
    Absent,
    Because(String),
}

/// The text of a file that may have no end.
fn read(path: &Path) -> Result<String, Unread> {
    let because = |e: std::io::Error| match e.kind() {
        std::io::ErrorKind::NotFound => Unread::Absent,
        std::io::ErrorKind::IsADirectory => Unread::Because("it is a folder".to_owned()),
        std::io::ErrorKind::PermissionDenied => Unread::Because("you may not read it".to_owned()),
        kind => Unread::Because(kind.to_string()),
    };
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(because)?;
    file.take(bounds::FILE_BYTES as u64 + 1).read_to_end(&mut bytes).map_err(because)?;
    if bytes.len() > bounds::FILE_BYTES {
        return Err(Unread::Because("it is larger than 1 MB, which is the most for a pack".to_owned()));
    }
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Unread::Because("it is empty".to_owned()));
    }
    String::from_utf8(bytes).map_err(|_| Unread::Because("it is no text in UTF-8".to_owned()))
}

#[cfg(test)]
mod tests;
