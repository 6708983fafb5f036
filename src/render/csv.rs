//! A sheet: one row for each requirement, each finding that is no requirement, and each unreadable input.

use super::{Renderer, safe, snippet, words};
use crate::report::{
    Checked, Confidence, Diagnostic, DocumentReport, InputError, PackReport, Place, RequirementReport,
};
use serde::Serialize;
use std::io::{self, Write};

const COLUMNS: [&str; 15] = [
    "path",
    "kind",
    "title",
    "id",
    "requirement",
    "verdict",
    "severity",
    "lacking",
    "confidence",
    "place",
    "words",
    "message",
    "help",
    "source",
    "standing",
];

/// One row; the fields are the columns in their order.
#[derive(Default, Serialize)]
struct Row {
    path: String,
    kind: &'static str,
    title: String,
    id: String,
    requirement: String,
    verdict: &'static str,
    severity: &'static str,
    lacking: String,
    confidence: &'static str,
    place: String,
    words: String,
    message: String,
    help: String,
    source: String,
    standing: String,
}

/// The renderer.
pub struct Csv;

impl Renderer for Csv {
    fn begin(&mut self, out: &mut dyn Write, _: &[PackReport]) -> io::Result<()> {
        write(out, &COLUMNS)
    }

    fn document(&mut self, out: &mut dyn Write, checked: &Checked) -> io::Result<()> {
        let report = &checked.report;
        for requirement in &report.requirements {
            let finding = report.diagnostics.iter().find(|d| d.code == requirement.id);
            write(out, &Row::requirement(report, requirement, finding))?;
        }
        for finding in report.diagnostics.iter().filter(|d| !report.requirements.iter().any(|r| r.id == d.code)) {
            let row = Row { id: cell(&finding.code), requirement: cell(&finding.title), ..Row::of(report) };
            write(out, &row.finding(finding))?;
        }
        Ok(())
    }

    fn error(&mut self, out: &mut dyn Write, error: &InputError) -> io::Result<()> {
        let (path, message) = (guarded(safe::name(&error.path)), cell(&error.message));
        write(out, &Row { path, verdict: "not checked", message, ..Row::default() })
    }
}

impl Row {
    fn of(report: &DocumentReport) -> Self {
        let title = report.title.as_deref().map(cell).unwrap_or_default();
        Self { path: guarded(safe::name(&report.path)), kind: report.kind.name(), title, ..Self::default() }
    }

    fn requirement(report: &DocumentReport, requirement: &RequirementReport, finding: Option<&Diagnostic>) -> Self {
        let evidence: Vec<_> = requirement.evidence.iter().map(|e| &e.span).collect();
        let row = Self {
            id: cell(&requirement.id),
            requirement: cell(&requirement.title),
            verdict: requirement.verdict.name(),
            lacking: cell(&words::lacking(requirement)),
            confidence: confidence(requirement.confidence),
            ..Self::of(report)
        };
        let row = row.places(&evidence);
        match finding {
            Some(finding) => row.finding(finding),
            None => row,
        }
    }

    fn finding(mut self, finding: &Diagnostic) -> Self {
        self.severity = finding.severity.name();
        self.confidence = confidence(finding.confidence);
        self.message = cell(&finding.message);
        self.help = finding.help.as_deref().map(cell).unwrap_or_default();
        self.source = finding.source.as_deref().map(cell).unwrap_or_default();
        self.standing = words::let_be(finding).as_deref().map(cell).unwrap_or_default();
        if finding.spans.is_empty() { self } else { self.places(&finding.spans.iter().collect::<Vec<_>>()) }
    }

    fn places(mut self, places: &[&Place]) -> Self {
        let mut names: Vec<_> = places.iter().map(|p| p.place.as_str()).collect();
        names.dedup();
        self.place = cell(&names.join("; "));
        self.words = cell(&places.iter().map(|p| snippet::words(p)).collect::<Vec<_>>().join(" | "));
        self
    }
}

fn confidence(confidence: Confidence) -> &'static str {
    match confidence {
        Confidence::Low => "low",
        Confidence::High => "high",
    }
}

/// Words as words: what a spreadsheet would take for a formula starts with an apostrophe.
pub fn cell(text: &str) -> String {
    guarded(safe::line(text))
}

fn guarded(text: String) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '|', '%', '＝', '＋', '－', '＠']);
    if formula { format!("'{text}") } else { text }
}

fn write(out: &mut dyn Write, row: &impl Serialize) -> io::Result<()> {
    let mut writer = csv::WriterBuilder::new().has_headers(false).from_writer(out);
    writer.serialize(row)?;
    writer.flush()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::OutputFormat;
    use crate::render::sample::{agreement, clean, hostile, options, other, render};

    #[test]
    fn a_row_for_every_requirement_and_finding() {
        let documents = [agreement(), hostile(), clean(), other()];
        insta::assert_snapshot!(render(OutputFormat::Csv, options(), &documents), @r#"
        path,kind,title,id,requirement,verdict,severity,lacking,confidence,place,words,message,help,source,standing
        submissions/harborview/mou.docx,mou,Agreement on “School Resource Officers”,MOU-1,"Mission, goals and objectives",met,,,high,"I. Mission, paragraph 1, page 1",so that students,,,,
        submissions/harborview/mou.docx,mou,Agreement on “School Resource Officers”,MOU-7,Training for SROs,partial,error,training required by the Municipal Police Training Committee,low,"VIII. Training for SROs, paragraph 2, page 7",child and adolescent development | diversion strategies,The agreement names some of the training that the law requires.,Name the training that the Municipal Police Training Committee requires.,"M.G.L. c. 71, § 37P(b)",
        submissions/harborview/mou.docx,mou,Agreement on “School Resource Officers”,MOU-8,"Collecting and reporting arrests, citations and court referrals",missing,error,,high,,,Nothing says who collects and reports the numbers.,"Say who counts arrests, citations and court referrals, and who reports them.","M.G.L. c. 71, § 37P(b)",
        submissions/harborview/mou.docx,mou,Agreement on “School Resource Officers”,MOU-S1,SROs shall not serve as school disciplinarians,contradicted,error,,high,"II. Roles, paragraph 1, page 1; II. Roles, paragraph 2, page 1",assist the deans with the dress code | hand out detention,The officer is given a part in school discipline.,,"M.G.L. c. 71, § 37P(b)",
        submissions/harborview/mou.docx,mou,Agreement on “School Resource Officers”,SOP-1,The SRO uniform,not-applicable,,,high,,,,,,
        submissions/harborview/mou.docx,mou,Agreement on “School Resource Officers”,SOP-2,"Force, arrest, citation and court referral",not-applicable,,,high,,,,,,
        submissions/harborview/mou.docx,mou,Agreement on “School Resource Officers”,SOP-3,Students’ legal rights,not-applicable,,,high,,,,,,
        submissions/harborview/mou.docx,mou,Agreement on “School Resource Officers”,DOC-1,Blank left in,,warning,,high,"VIII. Training for SROs, paragraph 1, page 7",________,A blank was not filled in.,,,
        '+cmd|' /C calc'!A1/: :warning::␛[31m.md,mou,"'=HYPERLINK(""http://x"")",MOU-1,Mission,missing,,,high,,,,,,
        '+cmd|' /C calc'!A1/: :warning::␛[31m.md,mou,"'=HYPERLINK(""http://x"")",DOC-1,Blank left in,,warning,,high,"'=HYPERLINK(""http://x""), paragraph 1",: :error: :pwned # #[error] ␛]0;title␇␛[2J <script>alert('x')</script> `a`|b **c** @team<U+202E>desrever<U+202C> ]]> & -1,Found “: :error: :pwned ␛[2J<script>” here.,"Write <it> *plainly*, 100%.","M.G.L. c. 71, § 37P(b)",
        op.odt,op,Operating procedures of the Harborview police,SOP-1,The SRO uniform,met,,,high,,,,,,
        menu.pdf,other,Lunch menu,DOC-0,No agreement,,warning,,high,,,This is no agreement on school resource officers.,,"M.G.L. c. 71, § 37P(b)",
        locked␛[31m␊: :error::.docx,,,,,not checked,,,,,,This file is empty.,,,
        "#);
    }

    #[test]
    fn no_cell_is_a_formula() {
        let report = render(OutputFormat::Csv, options(), &[hostile()]);
        let mut rows = csv::Reader::from_reader(report.as_bytes());
        for row in rows.records() {
            for cell in &row.unwrap() {
                assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{cell:?}");
            }
        }
        assert_eq!(cell(" =1+1"), "'=1+1");
        assert_eq!(cell("\u{200b}=1"), "\u{200b}=1");
    }
}
