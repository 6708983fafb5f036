//! What a comment says.

use crate::document::Span;
use crate::render::{safe, words};
use crate::report::{Diagnostic, DocumentReport, Place};

/// Who the comments are by.
const AUTHOR: &str = "sro-lint";

/// Most places of one finding that get a comment each.
const MOST_PLACES: usize = 50;

/// A comment: paragraphs of plain text, and the words that it is put at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// The words; none: the end of the text.
    pub span: Option<Span>,
    paragraphs: Vec<String>,
}

impl Remark {
    /// The comments of all findings that count.
    pub fn all(report: &DocumentReport) -> Vec<Self> {
        report.diagnostics.iter().filter(|d| d.counts()).flat_map(Self::of).collect()
    }

    fn of(finding: &Diagnostic) -> Vec<Self> {
        let places: Vec<&Place> = finding.spans.iter().take(MOST_PLACES).collect();
        let first = places.first().copied().or(finding.belongs.as_ref());
        let mut remarks = vec![Self { span: first.map(Place::span), paragraphs: full(finding) }];
        let again = format!("{} (explained in its first comment)", heading(finding));
        remarks.extend(places.iter().skip(1).map(|p| Self { span: Some(p.span()), paragraphs: vec![again.clone()] }));
        remarks
    }

    /// The comment as an element of the part of comments. It carries no date, so that the same input gives the
    /// same copy.
    pub fn xml(&self, id: u32) -> String {
        let mut out = format!(r#"<w:comment xmlns:w="{{ns}}" w:id="{id}" w:author="{AUTHOR}" w:initials="SL">"#);
        for (at, text) in self.paragraphs.iter().enumerate() {
            let bold = if at == 0 { "<w:rPr><w:b/></w:rPr>" } else { "" };
            let mark = if at == 0 { "<w:r><w:annotationRef/></w:r>" } else { "" };
            let text = escape(text);
            out += &format!(r#"<w:p>{mark}<w:r>{bold}<w:t xml:space="preserve">{text}</w:t></w:r></w:p>"#);
        }
        out + "</w:comment>"
    }
}

fn heading(finding: &Diagnostic) -> String {
    format!("{}: {} {}", words::title(words::weight(finding)), finding.code, words::title(&finding.title))
}

fn full(finding: &Diagnostic) -> Vec<String> {
    let mut paragraphs = vec![heading(finding), finding.message.clone()];
    paragraphs.extend(finding.help.as_ref().map(|help| format!("What to do: {help}")));
    if let Some(starter) = &finding.starter {
        paragraphs.push(format!("A clause to start from: “{}”", starter.trim()));
    }
    paragraphs.extend(finding.source.as_ref().map(|source| format!("Law or practice: {source}")));
    paragraphs
}

/// Plain text in XML: nothing acts, nothing that XML forbids is left.
fn escape(text: &str) -> String {
    quick_xml::escape::escape(safe::line(text)).into_owned()
}
