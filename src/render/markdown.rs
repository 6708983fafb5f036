//! Markdown for the summary of a CI job.

use super::{Renderer, safe, words};
use crate::report::{Checked, Diagnostic, DocumentReport, InputError, RequirementReport, Summary, Verdict};
use std::io::{self, Write};

/// The renderer.
#[derive(Default)]
pub struct Markdown {
    errors: Vec<InputError>,
}

impl Renderer for Markdown {
    fn begin(&mut self, out: &mut dyn Write, _: &[crate::report::PackReport]) -> io::Result<()> {
        writeln!(out, "# School resource officer agreements: {}\n", env!("CARGO_PKG_NAME"))
    }

    fn document(&mut self, out: &mut dyn Write, checked: &Checked) -> io::Result<()> {
        let report = &checked.report;
        writeln!(out, "## {}\n", escape(&report.path))?;
        writeln!(out, "{}{}\n", words::kind(report.kind), title(report))?;
        for remark in &report.remarks {
            writeln!(out, "> {}\n", escape(remark))?;
        }
        table(out, report)?;
        for finding in &report.diagnostics {
            item(out, finding)?;
        }
        if report.diagnostics.is_empty() { Ok(()) } else { writeln!(out) }
    }

    fn error(&mut self, _: &mut dyn Write, error: &InputError) -> io::Result<()> {
        self.errors.push(error.clone());
        Ok(())
    }

    fn finish(&mut self, out: &mut dyn Write, summary: &Summary) -> io::Result<()> {
        if !self.errors.is_empty() {
            writeln!(out, "## Not checked\n")?;
            for error in &self.errors {
                writeln!(out, "- **{}**: {}", escape(&error.path), escape(&error.message))?;
            }
            writeln!(out)?;
        }
        writeln!(out, "**{}**", words::totals(summary))
    }
}

fn title(report: &DocumentReport) -> String {
    report.title.as_deref().map(|t| format!(": {}", escape(t))).unwrap_or_default()
}

fn table(out: &mut dyn Write, report: &DocumentReport) -> io::Result<()> {
    let applicable: Vec<_> = report.requirements.iter().filter(|r| r.verdict != Verdict::NotApplicable).collect();
    if !applicable.is_empty() {
        writeln!(out, "| Requirement | | Verdict | |\n|---|---|---|---|")?;
        for requirement in &applicable {
            row(out, report, requirement)?;
        }
        writeln!(out)?;
    }
    let apart = report.requirements.iter().filter(|r| r.verdict == Verdict::NotApplicable);
    let apart = words::ids(apart.map(|r| r.id.as_str()));
    if apart.is_empty() {
        return Ok(());
    }
    writeln!(out, "Does not apply to a document of this kind: {}.\n", escape(&apart))
}

fn row(out: &mut dyn Write, report: &DocumentReport, requirement: &RequirementReport) -> io::Result<()> {
    let finding = report.diagnostics.iter().find(|d| d.code == requirement.id);
    let (id, title) = (escape(&requirement.id), escape(&words::title(&requirement.title)));
    let verdict = words::verdict(requirement.verdict);
    let standing = escape(&words::standing(requirement, finding));
    writeln!(out, "| {id} | {title} | {} {verdict} | {standing} |", mark(requirement.verdict))
}

fn mark(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Met => "✅",
        Verdict::Partial => "🟡",
        Verdict::Missing => "❌",
        Verdict::Contradicted => "⛔",
        Verdict::NotApplicable => "",
    }
}

fn item(out: &mut dyn Write, finding: &Diagnostic) -> io::Result<()> {
    let (severity, code) = (words::weight(finding), escape(&finding.code));
    writeln!(
        out,
        "- **{severity}: {code} {}.** {}",
        escape(&words::title(&finding.title)),
        escape(&words::paragraph(finding))
    )
}

/// Words of a document as nothing but words: no markup, no link, no HTML, no mention.
fn escape(text: &str) -> String {
    let mut out = String::new();
    let text = safe::line(text);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '@' => out.push_str("&#64;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '#' | '!' | '$' | '^' => out.extend(['\\', c]),
            // Addresses and emoji codes; a colon before a space is only a colon.
            ':' if chars.peek().is_some_and(|next| *next != ' ') => out.extend(['\\', c]),
            '=' | '+' | '-' if out.is_empty() => out.extend(['\\', c]),
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::OutputFormat;
    use crate::render::sample::{agreement, clean, hostile, options, other, render};

    #[test]
    fn a_summary_of_a_job() {
        let documents = [agreement(), hostile(), clean(), other()];
        insta::assert_snapshot!(render(OutputFormat::Markdown, options(), &documents), @r#"
        # School resource officer agreements: sro-lint

        ## submissions/harborview/mou.docx

        Memorandum of understanding (MOU): Agreement on “School Resource Officers”

        > Named .doc, but it is a Word .docx file.

        | Requirement | | Verdict | |
        |---|---|---|---|
        | MOU-1 | Mission, goals and objectives | ✅ met | in I. Mission, paragraph 1, page 1 |
        | MOU-7 | Training for SROs | 🟡 partly met | Lacking: training required by the Municipal Police Training Committee. The rest stands in VIII. Training for SROs, paragraph 2, page 7. This is not certain: please read it yourself |
        | MOU-8 | Collecting and reporting arrests, citations and court referrals | ❌ missing | it belongs in VIII. Training for SROs |
        | MOU-S1 | SROs shall not serve as school disciplinarians | ⛔ contradicted | in II. Roles, paragraph 1, page 1 |

        Does not apply to a document of this kind: SOP-1 to SOP-3.

        - **error: MOU-7 Training for SROs.** The agreement names some of the training that the law requires. Where: VIII. Training for SROs, paragraph 2, page 7, and 1 more place. What to do: Name the training that the Municipal Police Training Committee requires. Source: M.G.L. c. 71, § 37P(b)
        - **error: MOU-8 Collecting and reporting.** Nothing says who collects and reports the numbers. Where it belongs: VIII. Training for SROs. What to do: Say who counts arrests, citations and court referrals, and who reports them. Source: M.G.L. c. 71, § 37P(b)
        - **error: MOU-S1 SROs are no disciplinarians.** The officer is given a part in school discipline. Where: II. Roles, paragraph 1, page 1, and 1 more place. Source: M.G.L. c. 71, § 37P(b)
        - **warning: DOC-1 Blank left in.** A blank was not filled in. Where: VIII. Training for SROs, paragraph 1, page 7.

        ## \+cmd\|' /C calc'\!A1/: \:warning\:\:␛\[31m.md

        Memorandum of understanding (MOU): \=HYPERLINK("http\://x")

        | Requirement | | Verdict | |
        |---|---|---|---|
        | MOU-1 | Mission | ❌ missing |  |

        - **warning: DOC-1 Blank left in.** Found “: \:error: \:pwned ␛\[2J&lt;script&gt;” here. Where: =HYPERLINK("http\://x"), paragraph 1. What to do: Write &lt;it&gt; \*plainly\*, 100%. Source: M.G.L. c. 71, § 37P(b)

        ## op.odt

        Operating procedures (OP): Operating procedures of the Harborview police

        | Requirement | | Verdict | |
        |---|---|---|---|
        | SOP-1 | The SRO uniform | ✅ met |  |

        ## menu.pdf

        Neither an MOU nor operating procedures for school resource officers: Lunch menu

        - **warning: DOC-0 No agreement.** This is no agreement on school resource officers. Source: M.G.L. c. 71, § 37P(b)

        ## Not checked

        - **locked␛\[31m : \:error\:\:.docx**: This file is empty.

        **4 documents checked: 2 requirements met, 1 partly met, 2 missing, 1 contradicted; 3 errors, 3 warnings; 1 input could not be checked; 3 files that are no documents left out.**
        "#);
    }

    #[test]
    fn words_of_a_document_never_become_markup() {
        let hostile =
            "# [a](javascript:x) ![i](http://x) <img src=x onerror=y> **b** `c` | @d ~~e~~ &lt; $x$ https://f";
        let escaped = escape(hostile);
        let events = pulldown_cmark::Parser::new_ext(&escaped, pulldown_cmark::Options::all());
        let mut text = String::new();
        for event in events {
            if let pulldown_cmark::Event::Text(words) = event {
                text.push_str(&words);
            }
        }
        assert_eq!(text, hostile);
    }
}
