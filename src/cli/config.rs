//! `sro-lint config`: what is in force for a path and which file says so.

use super::project::{ProjectArgs, file_for};
use super::{CLEAN, color::ColorArgs, output, say};
use crate::config::{self, Settings};
use crate::render::safe;
use std::fmt::{Display, Write as _};
use std::io::Write as _;
use std::path::PathBuf;

/// Which path.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The file or folder (default: the working folder)
    #[arg(default_value = ".")]
    path: PathBuf,

    /// This configuration instead of the one that is found
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
}

/// Prints what is in force.
pub fn run(args: &Args) -> miette::Result<u8> {
    let file = args.config.clone().or_else(|| file_for(&ProjectArgs::default(), &args.path));
    let settings = file.as_deref().map(config::load).transpose()?.unwrap_or_default();
    let mut out = output::open(None, &ColorArgs::never()).map_err(say::write_error)?;
    out.write_all(page(&settings).as_bytes()).and_then(|()| out.keep()).map_err(say::write_error)?;
    Ok(CLEAN)
}

/// The settings as a configuration, each value with the line that states it as a comment.
fn page(settings: &Settings) -> String {
    let mut out = String::new();
    match settings.files.as_slice() {
        [] => out.push_str("# No .sro-lint.yaml here or above: this is what holds without one.\n"),
        files => files.iter().for_each(|file| line(&mut out, &format!("# {}", file.display()), None::<&str>)),
    }
    match &settings.packs {
        None => line(&mut out, "packs: [ma-37p]", Some("default")),
        Some(packs) => {
            line(&mut out, "packs:", Some(&packs.at));
            packs.value.iter().for_each(|name| line(&mut out, &format!("  - {}", quoted(name)), None::<&str>));
        }
    }
    match &settings.fail_on {
        None => line(&mut out, "fail-on: error", Some("default")),
        Some(fail_on) => line(&mut out, &format!("fail-on: {}", fail_on.value.name()), Some(&fail_on.at)),
    }
    if let Some(award) = &settings.award {
        let (start, end) = (award.value.start.0, award.value.end.0);
        line(&mut out, &format!("award: {{ start: {start}, end: {end} }}"), Some(&award.at));
    }
    if let Some(baseline) = &settings.baseline {
        line(&mut out, &format!("baseline: {}", quoted(&baseline.value.display().to_string())), Some(&baseline.at));
    }
    list(&mut out, "kinds:", &settings.kinds, |(paths, kind)| {
        format!("{{ path: {}, kind: {} }}", quoted(&paths.glob.0), kind.name())
    });
    if !settings.severities.is_empty() {
        line(&mut out, "severities:", None::<&str>);
    }
    for (code, severity) in &settings.severities {
        line(&mut out, &format!("  {}: {}", quoted(code), quoted(severity.value.name())), Some(&severity.at));
    }
    list(&mut out, "exclude:", &settings.exclude, |paths| quoted(&paths.glob.0));
    list(&mut out, "waivers:", &settings.waivers, |waiver| {
        let mut text = format!("{{ code: {}, path: {}", quoted(&waiver.code), quoted(&waiver.paths.glob.0));
        for (key, value) in [
            ("section", waiver.section.clone()),
            ("reason", Some(waiver.reason.clone())),
            ("until", waiver.until.map(|day| day.to_string())),
        ] {
            if let Some(value) = value {
                let _ = write!(text, ", {key}: {}", quoted(&value));
            }
        }
        text + " }"
    });
    out
}

fn list<T>(out: &mut String, key: &str, values: &[config::Stated<T>], text: impl Fn(&T) -> String) {
    if !values.is_empty() {
        line(out, key, None::<&str>);
    }
    for stated in values {
        line(out, &format!("  - {}", text(&stated.value)), Some(&stated.at));
    }
}

fn line(out: &mut String, text: &str, said_by: Option<impl Display>) {
    out.push_str(&safe::name(text));
    if let Some(said_by) = said_by {
        let _ = write!(out, "  # {}", safe::name(&said_by.to_string()));
    }
    out.push('\n');
}

/// Plain words as they are, everything else in quotation marks: YAML takes JSON's strings.
fn quoted(text: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./".contains(c);
    let word = text.starts_with(|c: char| c.is_ascii_alphabetic()) && text.chars().all(plain);
    if word && text != "off" { text.to_owned() } else { serde_json::Value::from(text).to_string() }
}
