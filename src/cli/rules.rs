//! `sro-lint rules`: the packs and what they ask for.

use super::color::ColorArgs;
use super::explain::{kinds, packs};
use super::{CLEAN, output, say};
use crate::pack::{Pack, page};
use crate::render::safe;
use crate::report::SCHEMA_VERSION;
use miette::miette;
use serde_json::{Value, json};
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What to list and how.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Rule pack, by built-in name or YAML file; may repeat (default: all built-in packs)
    #[arg(long, value_name = "NAME_OR_FILE")]
    pub pack: Vec<String>,

    /// Form of the list
    #[arg(long, short, value_enum, default_value_t = ListFormat::Pretty)]
    pub format: ListFormat,

    /// With `--format markdown`: write one page per pack, PACK.md, into this folder
    #[arg(long, value_name = "FOLDER")]
    pub output_dir: Option<PathBuf>,
}

/// Form of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum ListFormat {
    /// For people
    Pretty,
    /// One JSON object
    Json,
    /// A page in Markdown
    Markdown,
}

/// Lists.
pub fn run(args: &Args) -> miette::Result<u8> {
    let packs = packs(&args.pack)?;
    if let Some(folder) = &args.output_dir {
        if args.format != ListFormat::Markdown {
            return Err(miette!("--output-dir goes with --format markdown"));
        }
        return pages(&packs, folder).map_err(say::write_error);
    }
    let mut out = output::open(None, &ColorArgs::never()).map_err(say::write_error)?;
    write(&mut out, &packs, args.format).and_then(|()| out.keep()).map_err(say::write_error)?;
    Ok(CLEAN)
}

fn pages(packs: &[Arc<Pack>], folder: &Path) -> io::Result<u8> {
    fs::create_dir_all(folder)?;
    for pack in packs {
        // Only the letters of a stranger's pack id make the name of a file.
        let name: String = pack.id().chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
        let mut out = output::open(Some(&folder.join(format!("{name}.md"))), &ColorArgs::never())?;
        out.write_all(safe::text(&page::markdown(pack)).as_bytes())?;
        out.keep()?;
    }
    Ok(CLEAN)
}

fn write(out: &mut impl Write, packs: &[Arc<Pack>], format: ListFormat) -> io::Result<()> {
    match format {
        ListFormat::Pretty => packs.iter().try_for_each(|pack| pretty(out, pack)),
        ListFormat::Markdown => {
            packs.iter().try_for_each(|pack| out.write_all(safe::text(&page::markdown(pack)).as_bytes()))
        }
        ListFormat::Json => {
            let packs: Vec<Value> = packs.iter().map(|pack| listed(pack)).collect();
            let list = json!({ "schema_version": SCHEMA_VERSION, "packs": packs });
            writeln!(out, "{list:#}")
        }
    }
}

fn pretty(out: &mut impl Write, pack: &Pack) -> io::Result<()> {
    writeln!(out, "{} {}: {}", safe::line(pack.id()), safe::line(pack.version()), safe::line(pack.title()))?;
    let ids = pack.requirements().iter().map(|r| &r.id).chain(pack.findings().iter().map(|f| &f.id));
    let width = ids.map(|id| id.chars().count()).max().unwrap_or(0);
    let mut row = |id: &str, severity: &str, title: &str| {
        writeln!(out, "  {:width$}  {severity:7}  {}", safe::line(id), safe::line(title))
    };
    for requirement in pack.requirements() {
        row(&requirement.id, requirement.severity.name(), &requirement.title)?;
    }
    for finding in pack.findings() {
        row(&finding.id, finding.severity.unwrap_or(pack.severity()).name(), &finding.title)?;
    }
    writeln!(out)
}

fn listed(pack: &Pack) -> Value {
    let requirements = pack.requirements().iter().map(|r| {
        let elements = r.elements.iter().map(|e| json!({ "id": e.id, "title": e.title }));
        json!({
            "id": r.id, "title": r.title, "kinds": r.kinds, "carried_by": kinds(&r.kinds),
            "source": r.source, "severity": r.severity, "explain": r.explain.trim(),
            "starter": r.starter, "elements": elements.collect::<Vec<_>>(),
        })
    });
    let findings = pack.findings().iter().map(|f| {
        json!({
            "id": f.id, "title": f.title, "source": f.source, "severity": f.severity.unwrap_or(pack.severity()),
            "explain": f.explain.trim(), "help": f.help.trim(),
        })
    });
    json!({
        "id": pack.id(), "version": pack.version(), "title": pack.title(), "about": pack.about().trim(),
        "sources": pack.sources(), "requirements": requirements.collect::<Vec<_>>(),
        "findings": findings.collect::<Vec<_>>(),
    })
}
