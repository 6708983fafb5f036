//! The words that are marked in the document: evidence of what is met, and findings.

use crate::document::{BlockId, Document, Span};
use crate::report::{Checked, Diagnostic, Verdict};
use std::collections::HashMap;

/// A marked span, with links both ways.
#[derive(Debug, Clone)]
pub struct Mark {
    /// The words.
    pub span: Span,
    /// Its name on the page.
    pub id: String,
    /// What it links back to.
    pub back: String,
    /// Requirement or finding.
    pub code: String,
    /// `met`, `error`, `warning` or `advice`.
    pub class: &'static str,
}

/// All marks of a document.
#[derive(Debug, Default)]
pub struct Marks {
    list: Vec<Mark>,
    by_block: HashMap<BlockId, Vec<usize>>,
}

impl Marks {
    /// The marks of the document with this number on the page.
    pub fn new(number: usize, checked: &Checked) -> Self {
        let (report, document) = (&checked.report, &checked.document);
        let mut marks = Self::default();
        let met = report
            .requirements
            .iter()
            .enumerate()
            .filter(|(_, r)| matches!(r.verdict, Verdict::Met | Verdict::Partial));
        for (at, requirement) in met {
            for (n, evidence) in requirement.evidence.iter().enumerate() {
                let id = format!("d{number}-r{at}-e{n}");
                let back = format!("d{number}-r{at}");
                marks.add(
                    document,
                    Mark { span: evidence.span.span(), id, back, code: requirement.id.clone(), class: "met" },
                );
            }
        }
        for (at, finding) in report.diagnostics.iter().enumerate() {
            for (n, place) in finding.spans.iter().chain(&finding.belongs).enumerate() {
                let (id, back) = (format!("d{number}-f{at}-p{n}"), format!("d{number}-f{at}"));
                marks.add(
                    document,
                    Mark { span: place.span(), id, back, code: finding.code.clone(), class: class(finding) },
                );
            }
        }
        marks
    }

    fn add(&mut self, document: &Document, mark: Mark) {
        let Some(first) = document.block_at(mark.span.start) else { return };
        let within = |id: &BlockId| *id == first || document.block(*id).span.start < mark.span.end;
        for id in (first..document.blocks().len()).take_while(within) {
            self.by_block.entry(id).or_default().push(self.list.len());
        }
        self.list.push(mark);
    }

    /// The marks in a block, in the order of their words.
    pub fn of(&self, block: BlockId) -> Vec<&Mark> {
        let mut marks: Vec<&Mark> =
            self.by_block.get(&block).into_iter().flatten().filter_map(|at| self.list.get(*at)).collect();
        marks.sort_by_key(|m| (m.span.start, m.span.end));
        marks
    }
}

/// The class of a finding.
pub fn class(finding: &Diagnostic) -> &'static str {
    if finding.counts() { finding.severity.name() } else { "waived" }
}
