//! A finding drawn by miette: the words underlined in the lines where they stand.
//!
//! miette shows source code: one long line a paragraph, with line numbers and columns. So it gets the wrapped
//! lines of each paragraph as a source of its own, named by the place, and its line numbers, which would count
//! lines of our wrapping, are taken out again.

use super::{PLACES, plain};
use crate::render::{safe, snippet};
use crate::report::{Checked, Diagnostic, Severity, Verdict};
use miette::{
    GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents, SourceCode, SourceSpan,
    SpanContents,
};
use std::fmt;
use unicode_width::UnicodeWidthStr;

/// Characters that no safe text holds stand for miette's lines until the line numbers are gone.
const MARKERS: [(char, char); 4] = [('\u{fdd0}', '│'), ('\u{fdd1}', '·'), ('\u{fdd2}', '╭'), ('\u{fdd3}', '╰')];
/// Lines of different snippets are this far apart, so that miette does not join them.
const APART: usize = 1_000;
/// What miette puts between the middle of the marked words and their label.
const STEM: usize = 4;

/// Draws a finding.
pub fn draw(checked: &Checked, finding: &Diagnostic, width: usize) -> Result<String, fmt::Error> {
    let handler = GraphicalReportHandler::new_themed(theme())
        .with_width(width)
        .with_links(false)
        .without_primary_span_start()
        .without_syntax_highlighting()
        .with_word_separator(textwrap::WordSeparator::AsciiSpace)
        .with_word_splitter(textwrap::WordSplitter::NoHyphenation);
    let mut drawn = String::new();
    handler.render_report(&mut drawn, &Shown::new(checked, finding, width.saturating_sub(6)))?;
    Ok(drawn.lines().map(|line| without_number(line) + "\n").collect())
}

fn theme() -> GraphicalTheme {
    let mut theme = GraphicalTheme::unicode();
    theme.styles.linum = GraphicalTheme::none().styles.linum;
    theme.styles.highlights.truncate(1);
    let c = &mut theme.characters;
    [c.vbar, c.vbar_break, c.ltop, c.lbot] = MARKERS.map(|(marker, _)| marker);
    c.error = "✗".to_owned();
    c.warning = "!".to_owned();
    c.advice = "i".to_owned();
    theme
}

/// Takes the line number, or the room for it, from the front of a line of a snippet.
fn without_number(line: &str) -> String {
    let is_marker = |c: char| MARKERS.iter().any(|(marker, _)| *marker == c);
    let front = line.find(is_marker).unwrap_or(0);
    let (number, rest) = line.split_at(front);
    let gutter = !number.is_empty() && number.chars().all(|c| c == ' ' || c.is_ascii_digit());
    let mut out = if gutter { "  ".to_owned() } else { number.to_owned() };
    out.extend(rest.chars().map(|c| MARKERS.iter().find(|(marker, _)| *marker == c).map_or(c, |(_, real)| *real)));
    out.truncate(out.trim_end().len());
    out
}

/// A finding as miette wants it.
#[derive(Debug)]
struct Shown {
    message: String,
    severity: Severity,
    help: String,
    labels: Vec<LabeledSpan>,
    source: Excerpts,
}

impl Shown {
    fn new(checked: &Checked, finding: &Diagnostic, width: usize) -> Self {
        let shown = finding.spans.get(..PLACES.min(finding.spans.len())).unwrap_or_default();
        let (source, labels) = excerpts(snippet::snippets(&checked.document, shown, width), width, label(finding));
        Self { message: safe::line(&finding.message), severity: finding.severity, help: help(finding), labels, source }
    }
}

/// What the underlined words are to the finding, where that is not plain.
fn label(finding: &Diagnostic) -> Option<&'static str> {
    (finding.verdict == Some(Verdict::Contradicted)).then_some("this provides the opposite")
}

fn help(finding: &Diagnostic) -> String {
    let mut parts = Vec::new();
    if let Some(more) = finding.spans.len().checked_sub(PLACES).filter(|n| *n > 0) {
        parts.push(format!("The same stands in {more} more places."));
    }
    for (label, text) in plain::advice(finding) {
        // miette itself says "help".
        parts.push(if label == plain::TO_DO { text } else { format!("{label}: {text}") });
    }
    parts.join("\n")
}

/// Puts the snippets one after the other, with a label for each stretch of marked words on each line.
fn excerpts(
    snippets: Vec<snippet::Snippet>,
    width: usize,
    label: Option<&'static str>,
) -> (Excerpts, Vec<LabeledSpan>) {
    let (mut excerpts, mut labels) = (Excerpts::default(), Vec::new());
    let mut base = 0;
    for snippet in snippets {
        let (mut text, mut marks) = (String::new(), Vec::new());
        for line in snippet.lines {
            for mark in &line.marks {
                let middle = line.text.get(..mark.start + mark.len() / 2).unwrap_or_default().width();
                let fits = |label: &&str| middle + STEM + label.len() <= width;
                marks.push((base + text.len() + mark.start, mark.len(), label.filter(fits)));
            }
            text.push_str(&line.text);
            text.push('\n');
        }
        let last = marks.len().saturating_sub(1);
        labels.extend(marks.into_iter().enumerate().map(|(i, (start, length, label))| {
            LabeledSpan::new(label.filter(|_| i == last).map(str::to_owned), start, length)
        }));
        let length = text.len();
        excerpts.0.push(Excerpt { place: clip(&snippet.place, width), start: base, text });
        base += length;
    }
    (excerpts, labels)
}

/// A name that fits on its line.
fn clip(name: &str, width: usize) -> String {
    let first = snippet::wrap(name, width.saturating_sub(2)).into_iter().next().unwrap_or_default();
    let cut = if first.end < name.len() { " …" } else { "" };
    format!("{}{cut}", name.get(first).unwrap_or_default())
}

#[derive(Debug)]
struct Excerpt {
    place: String,
    start: usize,
    text: String,
}

/// The snippets of a finding as one source: whatever part of a snippet is asked for, all of it is shown.
#[derive(Debug, Default)]
struct Excerpts(Vec<Excerpt>);

impl SourceCode for Excerpts {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        _: usize,
        _: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let at = self.0.partition_point(|e| e.start <= span.offset()).saturating_sub(1);
        let excerpt = self.0.get(at).ok_or(MietteError::OutOfBounds)?;
        if span.offset() + span.len() > excerpt.start + excerpt.text.len() {
            return Err(MietteError::OutOfBounds);
        }
        let whole = SourceSpan::from((excerpt.start, excerpt.text.len()));
        let count = excerpt.text.lines().count();
        let line = (at + 1) * APART;
        let data = excerpt.text.as_bytes();
        Ok(Box::new(MietteSpanContents::new_named(excerpt.place.clone(), data, whole, line, 0, count)))
    }
}

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Shown {}

impl miette::Diagnostic for Shown {
    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.severity {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
            Severity::Advice => miette::Severity::Advice,
        })
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        (!self.help.is_empty()).then(|| Box::new(&self.help) as Box<dyn fmt::Display + 'a>)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        (!self.labels.is_empty()).then(|| Box::new(self.labels.iter().cloned()) as Box<_>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.source)
    }
}
