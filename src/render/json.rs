//! The JSON report: one object, written as the documents come.

use super::{Renderer, json_text};
use crate::report::{Checked, DocumentReport, InputError, PackReport, SCHEMA_VERSION, Summary};
use serde_json::json;
use std::io::{self, Write};

/// The whole report, for its schema: it is written piece by piece.
#[derive(serde::Serialize, schemars::JsonSchema)]
#[schemars(title = "Report of sro-lint")]
pub struct JsonReport {
    /// The version of the report's form.
    schema_version: u32,
    /// The program.
    tool: Tool,
    /// The rule packs in force.
    packs: Vec<PackReport>,
    /// What was checked.
    documents: Vec<DocumentReport>,
    /// What could not be checked.
    errors: Vec<InputError>,
    /// Counts.
    summary: Summary,
}

/// The program that made a report.
#[derive(serde::Serialize, schemars::JsonSchema)]
pub struct Tool {
    /// `sro-lint`.
    name: String,
    /// Its version.
    version: String,
}

/// The renderer.
#[derive(Default)]
pub struct Json {
    documents: usize,
    errors: Vec<InputError>,
}

impl Renderer for Json {
    fn begin(&mut self, out: &mut dyn Write, packs: &[PackReport]) -> io::Result<()> {
        let tool = json!({ "name": env!("CARGO_PKG_NAME"), "version": env!("CARGO_PKG_VERSION") });
        writeln!(out, "{{\n  \"schema_version\": {SCHEMA_VERSION},")?;
        writeln!(out, "  \"tool\": {},", json_text::indented(&tool, 1)?)?;
        writeln!(out, "  \"packs\": {},", json_text::indented(&packs, 1)?)?;
        write!(out, "  \"documents\": [")
    }

    fn document(&mut self, out: &mut dyn Write, checked: &Checked) -> io::Result<()> {
        let comma = if self.documents == 0 { "" } else { "," };
        self.documents += 1;
        write!(out, "{comma}\n    {}", json_text::indented(&checked.report, 2)?)
    }

    fn error(&mut self, _: &mut dyn Write, error: &InputError) -> io::Result<()> {
        self.errors.push(error.clone());
        Ok(())
    }

    fn finish(&mut self, out: &mut dyn Write, summary: &Summary) -> io::Result<()> {
        let end = if self.documents == 0 { "]" } else { "\n  ]" };
        writeln!(out, "{end},\n  \"errors\": {},", json_text::indented(&self.errors, 1)?)?;
        writeln!(out, "  \"summary\": {}\n}}", json_text::indented(summary, 1)?)
    }
}

#[cfg(test)]
mod tests {
    use crate::render::OutputFormat;
    use crate::render::sample::{hostile, options, page, render};

    #[test]
    fn the_whole_report() {
        let documents = [page("", "II", "Officers hand out detention."), hostile()];
        insta::assert_snapshot!(render(OutputFormat::Json, options(), &documents), @r#"
        {
          "schema_version": 1,
          "tool": {
            "name": "sro-lint",
            "version": "VERSION"
          },
          "packs": [
            {
              "id": "ma-37p",
              "version": "2022.1"
            }
          ],
          "documents": [
            {
              "path": "page.docx",
              "format": "docx",
              "kind": "mou",
              "title": "Roles",
              "requirements": [],
              "diagnostics": [
                {
                  "code": "MOU-S1",
                  "severity": "error",
                  "message": "The officer is given a part in discipline.",
                  "help": null,
                  "source": "M.G.L. c. 71, § 37P(b)",
                  "spans": [
                    {
                      "section": "II. Roles",
                      "line": 3,
                      "column": 1,
                      "page": null,
                      "start": 10,
                      "end": 38,
                      "text": "Officers hand out detention.",
                      "place": "II. Roles, paragraph 1"
                    }
                  ],
                  "title": "Discipline",
                  "starter": null,
                  "verdict": null,
                  "confidence": "high",
                  "belongs": null
                }
              ]
            },
            {
              "path": "+cmd|' /C calc'!A1/::warning::\u001b[31m.md",
              "format": "markdown",
              "kind": "mou",
              "title": "=HYPERLINK(\"http://x\")",
              "requirements": [
                {
                  "id": "MOU-1",
                  "title": "Mission",
                  "pack": "ma-37p",
                  "verdict": "missing",
                  "missing_elements": [],
                  "confidence": "high",
                  "evidence": []
                }
              ],
              "diagnostics": [
                {
                  "code": "DOC-1",
                  "severity": "warning",
                  "message": "Found “::error::pwned \u001b[2J<script>” here.",
                  "help": "Write <it> *plainly*, 100%.",
                  "source": "M.G.L. c. 71, § 37P(b)",
                  "spans": [
                    {
                      "section": "=HYPERLINK(\"http://x\")",
                      "line": 3,
                      "column": 1,
                      "page": null,
                      "start": 26,
                      "end": 134,
                      "text": "::error::pwned #\u0023[error] \u001b]0;title\u0007\u001b[2J <script>alert('x')</script> `a`|b **c** @team\u202edesrever\u202c ]]> & -1",
                      "place": "=HYPERLINK(\"http://x\"), paragraph 1"
                    }
                  ],
                  "title": "Blank left in",
                  "starter": null,
                  "verdict": null,
                  "confidence": "high",
                  "belongs": null
                }
              ]
            }
          ],
          "errors": [
            {
              "path": "locked\u001b[31m\n::error::.docx",
              "message": "This file is empty."
            }
          ],
          "summary": {
            "documents": 2,
            "errors": 1,
            "met": 0,
            "partial": 0,
            "missing": 1,
            "contradicted": 0,
            "error_findings": 1,
            "warning_findings": 1,
            "advice_findings": 0,
            "left_out": 3
          }
        }
        "#);
    }
}
