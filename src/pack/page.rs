//! A pack as a page of Markdown, for `docs/rules/`.

use super::schema::{ExampleFile, FindingFile};
use super::{Pack, Requirement};
use crate::report::Verdict;
use std::fmt::Write;

/// Examples of each sort on a page.
const SHOWN: usize = 3;

/// The page of a pack.
pub fn markdown(pack: &Pack) -> String {
    let mut out = format!("# {}\n\nPack `{}`, version {}.\n", pack.title(), pack.id(), pack.version());
    // Writing to a string cannot fail.
    let _ = page(&mut out, pack);
    out
}

fn page(out: &mut String, pack: &Pack) -> std::fmt::Result {
    if !pack.about().is_empty() {
        writeln!(out, "\n{}", pack.about().trim())?;
    }
    if !pack.sources().is_empty() {
        writeln!(out, "\n## Sources\n")?;
        pack.sources().iter().try_for_each(|s| writeln!(out, "- {s}"))?;
    }
    writeln!(out, "\n| id | what | severity |\n|---|---|---|")?;
    for r in pack.requirements() {
        writeln!(out, "| [{0}](#{1}) | {2} | {3} |", r.id, anchor(&r.id), cell(&r.title), r.severity.name())?;
    }
    for f in pack.findings() {
        let severity = f.severity.unwrap_or(pack.severity()).name();
        writeln!(out, "| [{0}](#{1}) | {2} | {severity} |", f.id, anchor(&f.id), cell(&f.title))?;
    }
    pack.requirements().iter().try_for_each(|r| requirement(out, pack, r))?;
    pack.findings().iter().try_for_each(|f| finding(out, pack, f))
}

/// Headings are the ids alone, so that links to them stay when a title changes.
fn anchor(id: &str) -> String {
    id.to_lowercase().replace('.', "")
}

fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}

fn requirement(out: &mut String, pack: &Pack, requirement: &Requirement) -> std::fmt::Result {
    let kinds: Vec<String> = requirement.kinds.iter().map(|k| format!("`{}`", k.name())).collect();
    writeln!(out, "\n## {}\n\n**{}**\n\n{}\n", requirement.id, requirement.title, requirement.explain.trim())?;
    writeln!(
        out,
        "- Source: {}\n- Carried by: {}\n- Severity: {}",
        requirement.source,
        kinds.join(", "),
        requirement.severity.name()
    )?;
    writeln!(out, "\nWhat must be there:\n")?;
    for element in &requirement.elements {
        writeln!(out, "- `{}`: {}", element.id, element.title)?;
    }
    if let Some(starter) = &requirement.starter {
        writeln!(out, "\nA clause to start from:\n")?;
        quote(out, starter)?;
    }
    let with = |met: bool| pack.examples(requirement).iter().filter(move |e| (e.verdict == Verdict::Met) == met);
    examples(out, "Words that meet it", with(true))?;
    examples(out, "Words that do not", with(false))
}

fn examples<'e>(out: &mut String, title: &str, all: impl Iterator<Item = &'e ExampleFile>) -> std::fmt::Result {
    let shown: Vec<_> = all.take(SHOWN).collect();
    if shown.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n{title}:")?;
    for example in shown {
        let missing: Vec<String> = example.missing.iter().map(|m| format!("`{m}`")).collect();
        match (example.verdict, missing.is_empty()) {
            (Verdict::Met, _) => writeln!(out)?,
            (verdict, true) => writeln!(out, "\n{}:\n", verdict.name())?,
            (verdict, false) => writeln!(out, "\n{}, {} missing:\n", verdict.name(), missing.join(", "))?,
        }
        quote(out, &example.text)?;
    }
    Ok(())
}

fn finding(out: &mut String, pack: &Pack, finding: &FindingFile) -> std::fmt::Result {
    writeln!(out, "\n## {}\n\n**{}**\n\n{}\n", finding.id, finding.title, finding.explain.trim())?;
    writeln!(out, "- Source: {}\n- What to do: {}", finding.source, finding.help.trim())?;
    for (title, raised) in [("Words that raise it", true), ("Words that do not", false)] {
        let shown: Vec<_> = pack.finding_examples(finding).iter().filter(|e| e.raised == raised).take(SHOWN).collect();
        if !shown.is_empty() {
            writeln!(out, "\n{title}:")?;
        }
        for example in shown {
            writeln!(out)?;
            quote(out, &example.shown())?;
        }
    }
    Ok(())
}

fn quote(out: &mut String, text: &str) -> std::fmt::Result {
    text.trim().lines().try_for_each(|line| writeln!(out, "{}", format!("> {line}").trim_end()))
}
