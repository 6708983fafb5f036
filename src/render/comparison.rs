//! What changed between two documents, for a terminal, a program or a browser.

use super::html::{escape, page};
use super::{safe, words};
use crate::compare::{Comparison, Provision, Tag};
use crate::report::{SCHEMA_VERSION, Verdict};
use std::io::{self, Write};

/// As JSON.
///
/// # Errors
/// It could not be written.
pub fn json(out: &mut dyn Write, comparison: &Comparison) -> io::Result<()> {
    let report = serde_json::json!({ "schema_version": SCHEMA_VERSION, "comparison": comparison });
    serde_json::to_writer_pretty(&mut *out, &report)?;
    writeln!(out)
}

/// For a terminal: words that went in `[-…-]`, words that came in `{+…+}`, so that no colour is needed.
///
/// # Errors
/// It could not be written.
pub fn pretty(out: &mut dyn Write, comparison: &Comparison, width: usize) -> io::Result<()> {
    writeln!(out, "{} → {}\n", safe::line(&comparison.old), safe::line(&comparison.new))?;
    if comparison.is_empty() {
        return writeln!(out, "Nothing changed.");
    }
    if comparison.verdicts.is_empty() {
        writeln!(out, "No verdict changed.")?;
    }
    for change in &comparison.verdicts {
        let (old, new) = (verdict(change.old), verdict(change.new));
        writeln!(out, "{}: {old} → {new}  {}", safe::line(&change.id), words::title(&change.title))?;
    }
    let fill = textwrap::Options::new(width.max(20)).initial_indent("  ").subsequent_indent("  ");
    for provision in &comparison.provisions {
        let text: String = provision
            .words
            .iter()
            .map(|w| match w.tag {
                Tag::Same => w.text.clone(),
                Tag::Old => format!("[-{}-]", w.text),
                Tag::New => format!("{{+{}+}}", w.text),
            })
            .collect();
        let text = textwrap::fill(&safe::line(&text), &fill);
        writeln!(out, "\n{}: {}\n{text}", provision.change.name(), safe::line(&provision.place))?;
    }
    Ok(())
}

/// As a page for a browser.
///
/// # Errors
/// It could not be written.
pub fn html(out: &mut dyn Write, comparison: &Comparison) -> io::Result<()> {
    page(out, "School resource officer agreements: what changed", |out| {
        let (old, new) = (escape(&comparison.old), escape(&comparison.new));
        writeln!(out, "<header><h1>What changed</h1><p>From {old} to {new}</p></header><main>")?;
        if comparison.is_empty() {
            writeln!(out, "<p>Nothing changed.</p>")?;
        }
        if comparison.verdicts.is_empty() && !comparison.is_empty() {
            writeln!(out, "<p>No verdict changed.</p>")?;
        }
        if !comparison.verdicts.is_empty() {
            writeln!(
                out,
                "<h2>Verdicts</h2><table><thead><tr><th scope=\"col\">Requirement</th><th scope=\"col\">Before</th><th scope=\"col\">Now</th></tr></thead><tbody>"
            )?;
            for change in &comparison.verdicts {
                let (old, new) = (verdict(change.old), verdict(change.new));
                let (id, title) = (escape(&change.id), escape(&words::title(&change.title)));
                writeln!(
                    out,
                    "<tr><th scope=\"row\"><span class=\"code\">{id}</span> {title}</th><td>{old}</td><td>{new}</td></tr>"
                )?;
            }
            writeln!(out, "</tbody></table>")?;
        }
        if !comparison.provisions.is_empty() {
            writeln!(out, "<h2>Provisions</h2>")?;
        }
        for provision in &comparison.provisions {
            let (change, place) = (provision.change.name(), escape(&provision.place));
            writeln!(
                out,
                "<section class=\"finding\"><h3>{} <span class=\"faint\">{place}</span></h3><p>{}</p></section>",
                words::title(change),
                marked(provision)
            )?;
        }
        writeln!(out, "</main>")
    })
}

fn marked(provision: &Provision) -> String {
    let words = provision.words.iter().map(|w| (w.tag, escape(&w.text)));
    words
        .map(|(tag, text)| match tag {
            Tag::Same => text,
            Tag::Old => format!("<del>{text}</del>"),
            Tag::New => format!("<ins>{text}</ins>"),
        })
        .collect()
}

fn verdict(verdict: Option<Verdict>) -> &'static str {
    verdict.map_or("not judged", words::verdict)
}
