//! `sro-lint explain`: what a requirement or finding means.

mod trace;

use super::color::{self, ColorArgs};
use super::project::{self, AUTO, DEFAULT_PACK, DOCUMENT_PACK};
use super::{CLEAN, output, say};
use crate::nearest::nearest;
use crate::pack::schema::{ExampleFile, FindingFile};
use crate::pack::{self, BUILT_IN, Pack, Requirement};
use crate::render::safe;
use crate::report::{Kind, Severity, Verdict};
use miette::miette;
use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::Arc;

/// What to explain.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Requirement or finding, such as MOU-7 or DOC-1
    pub id: String,

    /// A document: say also how it was judged
    pub file: Option<PathBuf>,

    /// Rule pack to look in, by built-in name or YAML file; may repeat; auto: the statute of the document's time (default: all built-in packs)
    #[arg(long, value_name = "NAME_OR_FILE")]
    pub pack: Vec<String>,
}

/// Explains.
pub fn run(args: &Args) -> miette::Result<u8> {
    let packs = packs(&in_force(args)?)?;
    let rule = find(&packs, &args.id)?;
    let mut text = match (&args.file, rule) {
        (None, Rule::Requirement(pack, requirement)) => requirement_page(pack, requirement),
        (None, Rule::Finding(pack, finding)) => finding_page(pack, finding),
        (Some(path), Rule::Requirement(pack, requirement)) => trace::requirement(path, pack, requirement)?,
        (Some(path), Rule::Finding(pack, finding)) => trace::finding(path, pack, finding)?,
    };
    text.0.push('\n');
    let mut out = output::open(None, &ColorArgs::never()).map_err(say::write_error)?;
    out.write_all(text.0.as_bytes()).and_then(|()| out.keep()).map_err(|e: io::Error| say::write_error(e))?;
    Ok(CLEAN)
}

/// The packs named, for `auto` the statute of the document's time; the pack that is always in force is with it.
fn in_force(args: &Args) -> miette::Result<Vec<String>> {
    if !args.pack.iter().any(|name| name == AUTO) {
        return Ok(args.pack.clone());
    }
    let statute = match &args.file {
        Some(path) => project::statute(&trace::read(path)?, jiff::Zoned::now().date()).0,
        None => DEFAULT_PACK,
    };
    let names = args.pack.iter().map(|name| if name == AUTO { statute } else { name });
    Ok(names.chain([DOCUMENT_PACK]).map(str::to_owned).collect())
}

/// The packs named, or all built-in ones.
pub fn packs(names: &[String]) -> miette::Result<Vec<Arc<Pack>>> {
    if names.is_empty() {
        return BUILT_IN.iter().map(|known| pack::load(known.name)).collect();
    }
    names.iter().map(|name| pack::load(name)).collect()
}

#[derive(Clone, Copy)]
enum Rule<'p> {
    Requirement(&'p Arc<Pack>, &'p Requirement),
    Finding(&'p Arc<Pack>, &'p FindingFile),
}

fn find<'p>(packs: &'p [Arc<Pack>], id: &str) -> miette::Result<Rule<'p>> {
    let requirements = packs.iter().flat_map(|p| p.requirements().iter().map(move |r| Rule::Requirement(p, r)));
    let findings = packs.iter().flat_map(|p| p.findings().iter().map(move |f| Rule::Finding(p, f)));
    let all: Vec<Rule<'p>> = requirements.chain(findings).collect();
    if let Some(rule) = all.iter().find(|r| r.id().eq_ignore_ascii_case(id)) {
        return Ok(*rule);
    }
    let near = nearest(&id.to_uppercase(), all.iter().map(|r| r.id()));
    let hint = near.map_or_else(|| "`sro-lint rules` lists them all".to_owned(), |n| format!("did you mean {n}?"));
    Err(miette!("no requirement or finding is called {id}; {hint}"))
}

impl<'p> Rule<'p> {
    fn id(&self) -> &'p str {
        match self {
            Self::Requirement(_, requirement) => &requirement.id,
            Self::Finding(_, finding) => &finding.id,
        }
    }
}

/// Text laid out in paragraphs that fit the width; everything in it is harmless to a terminal.
pub(super) struct Page(pub String);

impl Page {
    pub(super) fn new(title: &str) -> Self {
        let mut page = Self(String::new());
        page.line(0, title);
        page
    }

    /// A heading after an empty line.
    pub(super) fn heading(&mut self, text: &str) {
        self.0.push('\n');
        self.line(0, text);
    }

    /// A paragraph, indented.
    pub(super) fn line(&mut self, indent: usize, text: &str) {
        self.item(indent, "", text);
    }

    /// A paragraph after a mark, its further lines under its first word.
    pub(super) fn item(&mut self, indent: usize, mark: &str, text: &str) {
        let first = format!("{}{mark}", " ".repeat(indent));
        let rest = " ".repeat(indent + mark.chars().count());
        let options = textwrap::Options::new(color::width()).initial_indent(&first).subsequent_indent(&rest);
        self.0.push_str(&textwrap::fill(&safe::line(text), options));
        self.0.push('\n');
    }
}

fn requirement_page(pack: &Pack, requirement: &Requirement) -> Page {
    let mut page = Page::new(&format!("{}: {}", requirement.id, requirement.title));
    about(&mut page, pack, requirement.severity, &requirement.source, &requirement.explain);
    page.line(0, &format!("Carried by: {}", kinds(&requirement.kinds)));
    page.heading("What must be there");
    for element in &requirement.elements {
        page.item(2, "- ", &format!("{} ({})", element.title, element.id));
    }
    if let Some(starter) = &requirement.starter {
        page.heading("A clause to start from");
        page.line(2, starter);
    }
    let with =
        |verdicts: &[Verdict]| pack.examples(requirement).iter().filter(|e| verdicts.contains(&e.verdict)).collect();
    examples(&mut page, "Words that meet it", with(&[Verdict::Met]));
    examples(&mut page, "Words that do not", with(&[Verdict::Partial, Verdict::Missing, Verdict::Contradicted]));
    page
}

/// How many examples of each sort are shown.
const SHOWN: usize = 6;

fn examples(page: &mut Page, title: &str, mut examples: Vec<&ExampleFile>) {
    if examples.is_empty() {
        return;
    }
    page.heading(title);
    // The shortest say it most plainly; their order in the pack stays.
    let mut lengths: Vec<usize> = examples.iter().map(|e| e.text.len()).collect();
    lengths.sort_unstable();
    let longest = lengths.get(SHOWN - 1).copied().unwrap_or(usize::MAX);
    examples.retain(|e| e.text.len() <= longest);
    for example in examples.into_iter().take(SHOWN) {
        let why = match (example.verdict, example.missing.as_slice()) {
            (Verdict::Met, _) => String::new(),
            (verdict, []) => format!(" [{}]", verdict.name()),
            (verdict, missing) => format!(" [{}: {} missing]", verdict.name(), missing.join(", ")),
        };
        page.item(2, "- ", &format!("{}{why}", example.text));
    }
}

fn finding_page(pack: &Pack, finding: &FindingFile) -> Page {
    let mut page = Page::new(&format!("{}: {}", finding.id, finding.title));
    about(&mut page, pack, finding.severity.unwrap_or(pack.severity()), &finding.source, &finding.explain);
    page.heading("What to do");
    page.line(2, &finding.help);
    for (title, raised) in [("Words that raise it", true), ("Words that do not", false)] {
        let examples: Vec<_> =
            pack.finding_examples(finding).iter().filter(|e| e.raised == raised).take(SHOWN).collect();
        if !examples.is_empty() {
            page.heading(title);
            examples.iter().for_each(|e| page.item(2, "- ", &e.shown()));
        }
    }
    page
}

fn about(page: &mut Page, pack: &Pack, severity: Severity, source: &str, explain: &str) {
    page.0.push('\n');
    page.line(2, explain);
    page.0.push('\n');
    page.line(0, &format!("Source: {source}"));
    page.line(0, &format!("Pack: {} {}", pack.id(), pack.version()));
    page.line(0, &format!("Severity: {}", severity.name()));
}

/// Kinds of document in words.
pub(super) fn kinds(kinds: &[Kind]) -> String {
    let name = |kind: &Kind| match kind {
        Kind::Mou => "memorandum of understanding",
        Kind::Op => "operating procedures",
        Kind::Combined => "both in one file",
        Kind::Other => "other documents",
    };
    kinds.iter().map(name).collect::<Vec<_>>().join(", ")
}
