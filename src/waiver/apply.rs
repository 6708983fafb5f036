//! Which findings of a document its waivers cover.

use super::comment::{self, Written};
use super::finding::Fault;
use crate::config::{Stated, Waiver};
use crate::document::{BlockKind, Document, SectionId, Span};
use crate::report::{Checked, Diagnostic, Place, Waived, WaivedBy};
use jiff::civil::Date;

/// What waivers are judged by.
#[derive(Clone, Copy)]
pub struct Scope<'a> {
    /// Waivers of the configuration for this document.
    pub waivers: &'a [&'a Stated<Waiver>],
    /// The day.
    pub as_of: Date,
    /// Whether another pack has a code: a waiver of it is no mistake because this run does not judge it.
    pub elsewhere: &'a dyn Fn(&str) -> bool,
}

/// What became of the waivers of the configuration.
#[derive(Debug, Default)]
pub struct Applied {
    /// For each whether it waives something in this document.
    pub used: Vec<bool>,
}

/// Marks what is waived in the report and adds findings about the comments that lapsed, waive nothing, or
/// cannot be understood.
pub fn apply(checked: &mut Checked, scope: Scope<'_>) -> Applied {
    let document = &checked.document;
    let (comments, mut faults) = comments(checked);
    let configured = scope.waivers.iter().map(|w| Candidate::of_configuration(w));
    let mut candidates: Vec<Candidate> = configured.chain(comments).collect();
    for diagnostic in &mut checked.report.diagnostics {
        diagnostic.waived = waive(diagnostic, document, &mut candidates, scope.as_of);
    }
    let used = candidates.iter().take(scope.waivers.len()).map(|c| c.used).collect();
    for candidate in candidates {
        let known = || checked.report.requirements.iter().map(|r| r.id.as_str());
        let Some(span) = candidate.comment else { continue };
        if candidate.lapsed(scope.as_of) {
            faults.extend(candidate.until.map(|day| (span, Fault::Lapsed(candidate.code.clone(), day))));
        } else if !candidate.used && !(scope.elsewhere)(&candidate.code) {
            faults.push((span, Fault::unused(&candidate.code, known())));
        }
    }
    let findings = faults.into_iter().map(|(span, fault)| fault.at(Some(Place::new(document, span))));
    checked.report.diagnostics.extend(findings);
    Applied { used }
}

/// A waiver of one code, wherever it is written.
struct Candidate {
    code: String,
    cover: Cover,
    reason: String,
    until: Option<Date>,
    source: String,
    comment: Option<Span>,
    used: bool,
}

/// What part of a document a waiver is for.
enum Cover {
    Everything,
    Within(SectionId),
    Named(String),
}

impl Candidate {
    fn of_configuration(waiver: &Stated<Waiver>) -> Self {
        let value = &waiver.value;
        let cover = value.section.as_deref().map_or(Cover::Everything, |name| Cover::Named(plain(name)));
        Self {
            code: value.code.clone(),
            cover,
            reason: value.reason.clone(),
            until: value.until,
            source: waiver.at.to_string(),
            comment: None,
            used: false,
        }
    }

    fn lapsed(&self, as_of: Date) -> bool {
        self.until.is_some_and(|day| day < as_of)
    }

    fn covers(&self, document: &Document, place: &Place) -> bool {
        let Some(section) = document.block_at(place.start).map(|id| document.block(id).section) else { return false };
        let mut path = document.section_path(section).into_iter();
        match &self.cover {
            Cover::Everything | Cover::Within(0) => true,
            Cover::Within(section) => path.any(|id| id == *section),
            Cover::Named(name) => path.map(|id| document.section(id)).any(|section| {
                plain(&section.title) == *name || section.label().is_some_and(|label| plain(&label) == *name)
            }),
        }
    }

    /// What is missing stands nowhere: a comment about it may stand anywhere, and a named section is the one that it
    /// belongs in.
    fn covers_missing(&self, document: &Document, belongs: Option<&Place>) -> bool {
        match (&self.cover, belongs) {
            (Cover::Named(_), Some(place)) => self.covers(document, place),
            _ => true,
        }
    }
}

/// The waivers in comments, and the comments that were meant to be some.
fn comments(checked: &Checked) -> (Vec<Candidate>, Vec<(Span, Fault)>) {
    let (mut candidates, mut faults) = (Vec::new(), Vec::new());
    let document = &checked.document;
    for block in document.blocks().iter().filter(|b| b.kind == BlockKind::Hidden) {
        match comment::parse(document.slice(block.span)) {
            None => {}
            Some(Err(what)) => faults.push((block.span, Fault::Invalid(what))),
            Some(Ok(Written { codes, until, reason })) => candidates.extend(codes.into_iter().map(|code| Candidate {
                code,
                cover: Cover::Within(block.section),
                reason: reason.clone(),
                until,
                source: format!("{}:{}", checked.report.path, document.line_column(block.span.start).0),
                comment: Some(block.span),
                used: false,
            })),
        }
    }
    (candidates, faults)
}

/// A finding is waived if every one of its places is: a new place of the same fault is a new decision.
fn waive(diagnostic: &Diagnostic, document: &Document, all: &mut [Candidate], as_of: Date) -> Option<Waived> {
    let mut candidates: Vec<_> = all.iter_mut().filter(|c| c.code == diagnostic.code && !c.lapsed(as_of)).collect();
    let mut first = None;
    let mut whole = true;
    if diagnostic.spans.is_empty() {
        let belongs = diagnostic.belongs.as_ref();
        first = candidates.iter().position(|c| c.covers_missing(document, belongs));
        whole = first.is_some();
    }
    for place in &diagnostic.spans {
        let found = candidates.iter().position(|c| c.covers(document, place));
        whole &= found.is_some();
        first = first.or(found);
        found.and_then(|i| candidates.get_mut(i)).into_iter().for_each(|c| c.used = true);
    }
    let candidate = candidates.get_mut(first?)?;
    candidate.used = true;
    whole.then(|| Waived {
        reason: candidate.reason.clone(),
        until: candidate.until,
        by: if candidate.comment.is_some() { WaivedBy::Comment } else { WaivedBy::Configuration },
        source: candidate.source.clone(),
    })
}

/// Lower-case words: numbers, case and punctuation of a title are often written in another way.
fn plain(title: &str) -> String {
    let words = title.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests;
