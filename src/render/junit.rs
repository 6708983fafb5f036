//! JUnit XML: each document a suite, each requirement a test.
//!
//! Findings below `--fail-on` pass, with their text as output: a CI service shows a failed test as a failed job.

use super::{Renderer, safe, words};
use crate::report::{Checked, Diagnostic, InputError, RequirementReport, Severity, Summary, Verdict};
use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};
use std::io::{self, Write};

/// The renderer. JUnit has its totals at the front, so the suites are kept until the end.
pub struct Junit {
    report: Report,
    fail_on: Option<Severity>,
}

impl Junit {
    /// A renderer that lets findings below `fail_on` pass.
    pub fn new(fail_on: Option<Severity>) -> Self {
        Self { report: Report::new(env!("CARGO_PKG_NAME")), fail_on }
    }

    fn requirement(&self, checked: &Checked, requirement: &RequirementReport) -> TestCase {
        let finding = checked.report.diagnostics.iter().find(|d| d.code == requirement.id);
        let name = format!("{} {}", requirement.id, requirement.title);
        match finding {
            Some(finding) => self.finding(&name, finding),
            None if requirement.verdict == Verdict::NotApplicable => case(&name, TestCaseStatus::skipped()),
            None => {
                let mut case = case(&name, TestCaseStatus::success());
                if requirement.verdict.is_gap() {
                    case.set_system_out(words::verdict(requirement.verdict));
                }
                case
            }
        }
    }

    fn finding(&self, name: &str, finding: &Diagnostic) -> TestCase {
        let text = safe::line(&words::paragraph(finding));
        if let Some(why) = words::let_be(finding) {
            let mut status = TestCaseStatus::skipped();
            status.set_message(safe::line(&why)).set_description(text);
            return case(name, status);
        }
        if self.fail_on.is_none_or(|least| finding.severity < least) {
            let mut case = case(name, TestCaseStatus::success());
            case.set_system_out(format!("{}: {text}", finding.severity.name()));
            return case;
        }
        let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
        status.set_type(finding.severity.name()).set_message(safe::line(&finding.message)).set_description(text);
        case(name, status)
    }
}

impl Renderer for Junit {
    fn document(&mut self, _: &mut dyn Write, checked: &Checked) -> io::Result<()> {
        let report = &checked.report;
        let mut suite = TestSuite::new(safe::name(&report.path));
        suite.add_test_cases(report.requirements.iter().map(|r| self.requirement(checked, r)));
        let others = report.diagnostics.iter().filter(|d| !report.requirements.iter().any(|r| r.id == d.code));
        suite.add_test_cases(others.map(|d| self.finding(&format!("{} {}", d.code, d.title), d)));
        for case in &mut suite.test_cases {
            case.set_classname(safe::name(&report.path));
        }
        self.report.add_test_suite(suite);
        Ok(())
    }

    fn error(&mut self, _: &mut dyn Write, error: &InputError) -> io::Result<()> {
        let mut status = TestCaseStatus::non_success(NonSuccessKind::Error);
        status.set_type("not checked").set_message(safe::line(&error.message));
        let mut suite = TestSuite::new(safe::name(&error.path));
        suite.add_test_case(case("could be checked", status));
        self.report.add_test_suite(suite);
        Ok(())
    }

    fn finish(&mut self, out: &mut dyn Write, _: &Summary) -> io::Result<()> {
        // In memory first: the library forgets why the report could not be written.
        out.write_all(self.report.to_string().map_err(io::Error::other)?.as_bytes())
    }
}

fn case(name: &str, status: TestCaseStatus) -> TestCase {
    TestCase::new(safe::line(name), status)
}

#[cfg(test)]
mod tests {
    use crate::render::OutputFormat;
    use crate::render::sample::{agreement, clean, hostile, options, other, render};

    #[test]
    fn requirements_are_tests() {
        let documents = [agreement(), hostile(), clean(), other()];
        insta::assert_snapshot!(render(OutputFormat::Junit, options(), &documents), @r#"
        <?xml version="1.0" encoding="UTF-8"?>
        <testsuites name="sro-lint" tests="13" skipped="3" failures="3" errors="1">
            <testsuite name="submissions/harborview/mou.docx" tests="8" skipped="3" errors="0" failures="3">
                <testcase name="MOU-1 Mission, goals and objectives" classname="submissions/harborview/mou.docx"/>
                <testcase name="MOU-7 Training for SROs" classname="submissions/harborview/mou.docx">
                    <failure message="The agreement names some of the training that the law requires." type="error">The agreement names some of the training that the law requires. Where: VIII. Training for SROs, paragraph 2, page 7, and 1 more place. What to do: Name the training that the Municipal Police Training Committee requires. Source: M.G.L. c. 71, § 37P(b)</failure>
                </testcase>
                <testcase name="MOU-8 Collecting and reporting arrests, citations and court referrals" classname="submissions/harborview/mou.docx">
                    <failure message="Nothing says who collects and reports the numbers." type="error">Nothing says who collects and reports the numbers. Where it belongs: VIII. Training for SROs. What to do: Say who counts arrests, citations and court referrals, and who reports them. Source: M.G.L. c. 71, § 37P(b)</failure>
                </testcase>
                <testcase name="MOU-S1 SROs shall not serve as school disciplinarians" classname="submissions/harborview/mou.docx">
                    <failure message="The officer is given a part in school discipline." type="error">The officer is given a part in school discipline. Where: II. Roles, paragraph 1, page 1, and 1 more place. Source: M.G.L. c. 71, § 37P(b)</failure>
                </testcase>
                <testcase name="SOP-1 The SRO uniform" classname="submissions/harborview/mou.docx">
                    <skipped/>
                </testcase>
                <testcase name="SOP-2 Force, arrest, citation and court referral" classname="submissions/harborview/mou.docx">
                    <skipped/>
                </testcase>
                <testcase name="SOP-3 Students’ legal rights" classname="submissions/harborview/mou.docx">
                    <skipped/>
                </testcase>
                <testcase name="DOC-1 Blank left in" classname="submissions/harborview/mou.docx">
                    <system-out>warning: A blank was not filled in. Where: VIII. Training for SROs, paragraph 1, page 7.</system-out>
                </testcase>
            </testsuite>
            <testsuite name="+cmd|&apos; /C calc&apos;!A1/: :warning::␛[31m.md" tests="2" skipped="0" errors="0" failures="0">
                <testcase name="MOU-1 Mission" classname="+cmd|&apos; /C calc&apos;!A1/: :warning::␛[31m.md">
                    <system-out>missing</system-out>
                </testcase>
                <testcase name="DOC-1 Blank left in" classname="+cmd|&apos; /C calc&apos;!A1/: :warning::␛[31m.md">
                    <system-out>warning: Found “: :error: :pwned ␛[2J&lt;script&gt;” here. Where: =HYPERLINK(&quot;http://x&quot;), paragraph 1. What to do: Write &lt;it&gt; *plainly*, 100%. Source: M.G.L. c. 71, § 37P(b)</system-out>
                </testcase>
            </testsuite>
            <testsuite name="op.odt" tests="1" skipped="0" errors="0" failures="0">
                <testcase name="SOP-1 The SRO uniform" classname="op.odt"/>
            </testsuite>
            <testsuite name="menu.pdf" tests="1" skipped="0" errors="0" failures="0">
                <testcase name="DOC-0 No agreement" classname="menu.pdf">
                    <system-out>warning: This is no agreement on school resource officers. Source: M.G.L. c. 71, § 37P(b)</system-out>
                </testcase>
            </testsuite>
            <testsuite name="locked␛[31m␊: :error::.docx" tests="1" skipped="0" errors="1" failures="0">
                <testcase name="could be checked">
                    <error message="This file is empty." type="not checked"/>
                </testcase>
            </testsuite>
        </testsuites>
        "#);
    }
}
