//! A finding in sentences, each with a label: for screen readers, files, and terminals without colour.

use super::PLACES;
use crate::render::{safe, snippet, words};
use crate::report::{Checked, Confidence, Diagnostic, Place};

/// The label of what to do.
pub const TO_DO: &str = "What to do";
/// The label of the words themselves.
const WORDS: &str = "The words";
/// Words shorter than this are also shown with what stands around them.
const SHORT: usize = 60;
/// How much of the paragraph is shown on either side of short words, in bytes.
const AROUND: usize = 120;

/// The labelled paragraphs of a finding.
pub fn paragraphs(checked: &Checked, finding: &Diagnostic) -> Vec<(&'static str, String)> {
    let label = match finding.severity {
        crate::report::Severity::Error => "Error",
        crate::report::Severity::Warning => "Warning",
        crate::report::Severity::Advice => "Advice",
    };
    let mut out = vec![(label, format!("{}, {}", safe::line(&finding.code), words::title(&finding.title)))];
    out.push(("What is wrong", safe::line(&finding.message)));
    for place in finding.spans.iter().take(PLACES) {
        for (label, text) in where_and_words(checked, place) {
            // Words of the same paragraph have their place and passage said once.
            if label == WORDS || !out.iter().any(|(l, t)| *l == label && *t == text) {
                out.push((label, text));
            }
        }
    }
    if let Some(more) = finding.spans.len().checked_sub(PLACES).filter(|n| *n > 0) {
        out.push(("Where else", format!("{more} more places")));
    }
    out.extend(advice(finding));
    out
}

fn where_and_words(checked: &Checked, place: &Place) -> Vec<(&'static str, String)> {
    let mut out = vec![("Where", snippet::place_name(place))];
    let words = snippet::words(place);
    if !words.is_empty() {
        out.push((WORDS, format!("“{words}”")));
    }
    if words.len() < SHORT {
        let passage = snippet::passage(&checked.document, place, AROUND);
        if passage != words && !passage.is_empty() {
            out.push(("In the passage", format!("“{passage}”")));
        }
    }
    out
}

/// What to do, where it belongs, a clause to start from, the source, and how sure the verdict is.
pub fn advice(finding: &Diagnostic) -> Vec<(&'static str, String)> {
    let mut out = Vec::new();
    if let Some(why) = words::let_be(finding) {
        out.push(("It does not count", safe::line(&why)));
    }
    let help = finding.help.as_deref().map(safe::line);
    if let Some(help) = &help {
        out.push((TO_DO, help.clone()));
    }
    if let Some(section) = finding.belongs.as_ref().and_then(|p| p.section.as_ref()) {
        out.push(("Where it belongs", safe::line(section)));
    }
    if let Some(starter) = finding.starter.as_deref().map(safe::line)
        && !help.is_some_and(|help| help.contains(&starter))
    {
        out.push(("A clause to start from", format!("“{starter}”")));
    }
    if let Some(source) = &finding.source {
        out.push(("Source", safe::line(source)));
    }
    if finding.confidence == Confidence::Low {
        out.push(("How sure", "not certain, a person should read this part".to_owned()));
    }
    out
}
