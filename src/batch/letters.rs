//! A letter to each district, as a Word file, from a template that a reviewer may edit.
//!
//! A template is plain text: one paragraph per line, `# ` before a heading, fields in braces. A field that is a list
//! stands on a line of its own.

use super::model::{Finding, SubmissionReport};
use super::roster::key;
use crate::nearest;
use crate::render::{safe, words};
use crate::report::Kind;
use docx_rs::{Docx, LineSpacing, Paragraph, Run, RunFonts, SpecialIndentType};
use std::collections::HashSet;
use std::io::{self, Cursor};
use std::path::Path;

/// The template where none is named.
const TEMPLATE: &str = include_str!("letter.md");
/// Fields within a line.
const WORDS: [&str; 4] = ["district", "code", "date", "summary"];
/// Fields that are a list, on a line of their own.
const LISTS: [&str; 3] = ["findings", "not_handed_in", "documents"];
/// Fields without which a letter says nothing.
const NEEDED: [&str; 2] = ["district", "findings"];

/// What an item of a list begins with.
const BULLET: &str = "• ";

/// A template whose fields are all known.
#[derive(Debug, Clone)]
pub struct Template {
    lines: Vec<String>,
}

impl Template {
    /// The template in a file, or the usual one.
    ///
    /// # Errors
    /// The file cannot be read, or a sentence with the line of a field that does not exist or is lacking.
    pub fn load(path: Option<&Path>) -> miette::Result<Self> {
        let Some(path) = path else { return Self::parse(TEMPLATE).map_err(|(_, why)| miette::miette!("{why}")) };
        let shown = path.display();
        let bytes = std::fs::read(path).map_err(|e| miette::miette!("{shown}: could not be read: {e}"))?;
        let text = String::from_utf8(bytes).map_err(|_| miette::miette!("{shown}: not UTF-8 text"))?;
        Self::parse(&text).map_err(|(line, why)| miette::miette!("{shown}:{line}: {why}"))
    }

    /// Reads a template.
    ///
    /// # Errors
    /// The line and what is wrong there.
    pub fn parse(text: &str) -> Result<Self, (usize, String)> {
        let lines: Vec<String> = text.trim_start_matches('\u{feff}').lines().map(|l| l.trim().to_owned()).collect();
        let mut seen = HashSet::new();
        for (at, line) in lines.iter().enumerate() {
            for field in fields(line).map_err(|why| (at + 1, why))? {
                let list = LISTS.contains(&field);
                if !list && !WORDS.contains(&field) {
                    let known: Vec<&str> = WORDS.into_iter().chain(LISTS).collect();
                    let near = nearest::nearest(field, known.iter().copied());
                    let near = near.map(|n| format!(" (perhaps {{{n}}}?)")).unwrap_or_default();
                    let known = known.join("}, {");
                    return Err((at + 1, format!("there is no field {{{field}}}{near}; the fields are {{{known}}}")));
                }
                if list && line.len() != field.len() + 2 {
                    return Err((at + 1, format!("{{{field}}} is a list and needs a line of its own")));
                }
                seen.insert(field.to_owned());
            }
        }
        match NEEDED.iter().find(|field| !seen.contains(**field)) {
            Some(field) => Err((lines.len().max(1), format!("the template lacks the field {{{field}}}"))),
            None => Ok(Self { lines }),
        }
    }

    /// The letter to a district, as the bytes of a Word file.
    ///
    /// # Errors
    /// The file could not be put together.
    pub fn letter(&self, submission: &SubmissionReport, date: &str) -> io::Result<Vec<u8>> {
        let mut docx = Docx::new().default_fonts(RunFonts::new().ascii("Georgia").hi_ansi("Georgia"));
        for line in self.paragraphs(submission, date) {
            let run = Run::new().add_text(&line.text);
            let run = if line.heading { run.bold().size(30) } else { run.size(22) };
            let paragraph = Paragraph::new().add_run(run).line_spacing(LineSpacing::new().after(140));
            docx = docx.add_paragraph(match line.text.starts_with(BULLET) {
                true => paragraph.indent(Some(300), Some(SpecialIndentType::Hanging(220)), None, None),
                false => paragraph,
            });
        }
        let mut bytes = Cursor::new(Vec::new());
        docx.build().pack(&mut bytes).map_err(io::Error::other)?;
        Ok(bytes.into_inner())
    }

    fn paragraphs(&self, submission: &SubmissionReport, date: &str) -> Vec<Line> {
        let mut out = Vec::new();
        for line in self.lines.iter().filter(|l| !l.is_empty()) {
            if let Some(list) = LISTS.iter().find(|field| *line == format!("{{{field}}}")) {
                out.extend(list_of(list, submission).iter().map(|text| Line::new(text, false)));
                continue;
            }
            let (text, heading) = line.strip_prefix("# ").map_or((line.as_str(), false), |text| (text, true));
            // Fields are filled one after the other from the template alone: braces in a value are only braces.
            let mut filled = String::new();
            let mut rest = text;
            while let Some((before, after)) = rest.split_once('{') {
                let (field, after) = after.split_once('}').unwrap_or((after, ""));
                filled.push_str(before);
                filled.push_str(&word_of(field, submission, date));
                rest = after;
            }
            filled.push_str(rest);
            out.push(Line::new(&filled, heading));
        }
        out
    }
}

/// A paragraph of a letter.
struct Line {
    text: String,
    heading: bool,
}

impl Line {
    fn new(text: &str, heading: bool) -> Self {
        Self { text: safe::line(text), heading }
    }
}

fn fields(line: &str) -> Result<Vec<&str>, String> {
    let mut found = Vec::new();
    let mut rest = line;
    while let Some((_, after)) = rest.split_once('{') {
        let (field, after) = after.split_once('}').ok_or("a “{” without its “}”")?;
        found.push(field);
        rest = after;
    }
    Ok(found)
}

fn word_of(field: &str, submission: &SubmissionReport, date: &str) -> String {
    match field {
        "district" => submission.district.clone(),
        "code" => submission.code.clone(),
        "date" => date.to_owned(),
        _ => summary(submission),
    }
}

fn summary(submission: &SubmissionReport) -> String {
    let gaps = submission.cells.iter().filter(|c| c.verdict.is_gap()).count();
    match gaps {
        _ if submission.documents.is_empty() && submission.errors.is_empty() => "We have received nothing yet.".into(),
        0 if submission.is_complete() => "Every item that the law asks for is there. Congratulations!".into(),
        0 => "No item is missing in what we could read.".into(),
        1 => "One item that the law asks for needs your attention.".into(),
        n => format!("{n} items that the law asks for need your attention."),
    }
}

fn list_of(field: &str, submission: &SubmissionReport) -> Vec<String> {
    match field {
        "findings" => findings(submission),
        "not_handed_in" => submission.not_handed_in.iter().map(|what| format!("Not handed in: {what}.")).collect(),
        _ => {
            let read = submission.documents.iter().map(|d| format!("{BULLET}{}{}", file(&d.path), note(d.kind)));
            let unread = submission
                .errors
                .iter()
                .map(|e| format!("{BULLET}{}: could not be read. {}", file(&e.path), e.message));
            let lines: Vec<String> = read.chain(unread).collect();
            if lines.is_empty() { vec![format!("{BULLET}nothing")] } else { lines }
        }
    }
}

/// A district that sent minutes should learn why they do not count.
fn note(kind: Kind) -> &'static str {
    if kind == Kind::Other { " (neither a memorandum of understanding nor operating procedures)" } else { "" }
}

/// What is wrong in the documents, then what a document that is not there would have to hold.
fn findings(submission: &SubmissionReport) -> Vec<String> {
    let open = submission.open().filter(|f| f.verdict.is_some());
    let (absent, present): (Vec<&Finding>, Vec<&Finding>) = open.partition(|f| submission.absent(f).is_some());
    let mut lines: Vec<String> = present.into_iter().map(finding).collect();
    if !absent.is_empty() {
        lines.push("These items belong in a document that was not handed in or could not be read:".to_owned());
    }
    lines.extend(absent.into_iter().map(|f| format!("{BULLET}{}{}", head(f), law(f))));
    lines
}

fn head(finding: &Finding) -> String {
    format!("{} {}", finding.code, words::title(&finding.title))
}

fn law(finding: &Finding) -> String {
    finding.source.as_ref().map(|source| format!(" ({source})")).unwrap_or_default()
}

fn finding(finding: &Finding) -> String {
    let mut line = format!("{BULLET}{}: {}", head(finding), finding.message);
    let place = [file(&finding.file), finding.place.as_str()].into_iter().filter(|p| !p.is_empty()).collect::<Vec<_>>();
    if !place.is_empty() {
        line.push_str(&format!(" Where: {}.", place.join(", ")));
    }
    if !finding.words.is_empty() {
        line.push_str(&format!(" The words: “{}”", finding.words.replace(" | ", "” and “")));
    }
    line + &law(finding)
}

/// The file's own name: the folders above it are the reviewer's.
fn file(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

/// Writes a letter for each submission into a folder; `save` writes one file, whole or not at all.
///
/// # Errors
/// A file could not be written.
pub fn write(
    folder: &Path,
    template: &Template,
    submissions: &[SubmissionReport],
    date: &str,
    mut save: impl FnMut(&Path, &[u8]) -> io::Result<()>,
) -> io::Result<()> {
    std::fs::create_dir_all(folder)?;
    let mut used = HashSet::new();
    for submission in submissions {
        save(&folder.join(file_name(submission, &mut used)), &template.letter(submission, date)?)?;
    }
    Ok(())
}

/// A name that leads nowhere else and that no other letter has.
fn file_name(submission: &SubmissionReport, used: &mut HashSet<String>) -> String {
    let words = submission.name();
    let words: Vec<String> = words.split(|c: char| !c.is_alphanumeric()).map(key).filter(|w| !w.is_empty()).collect();
    let stem: String = words.join("-").chars().take(80).collect();
    let stem = if stem.is_empty() { "district".to_owned() } else { stem };
    let mut name = stem.clone();
    let mut number = 1;
    while !used.insert(name.clone()) {
        number += 1;
        name = format!("{stem}-{number}");
    }
    format!("{name}.docx")
}
