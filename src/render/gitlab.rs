//! GitLab's code quality report.

use super::{Fingerprints, Renderer, fingerprint, json_text, words};
use crate::report::{Checked, InputError, Severity, Summary};
use serde_json::{Value, json};
use std::io::{self, Write};

/// The renderer.
#[derive(Default)]
pub struct Gitlab {
    entries: usize,
}

impl Renderer for Gitlab {
    fn begin(&mut self, out: &mut dyn Write, _: &[crate::report::PackReport]) -> io::Result<()> {
        write!(out, "[")
    }

    fn document(&mut self, out: &mut dyn Write, checked: &Checked) -> io::Result<()> {
        let mut fingerprints = Fingerprints::new(checked);
        let path = &checked.report.path;
        for diagnostic in &checked.report.diagnostics {
            // GitLab wants a fingerprint that is unique in the whole report.
            let fingerprint = fingerprint::digest(&[path, &fingerprints.next(diagnostic)]);
            let place = diagnostic.spans.first().or(diagnostic.belongs.as_ref());
            let description = format!("{}: {}", diagnostic.code, words::paragraph(diagnostic));
            let severity = if diagnostic.counts() { severity(diagnostic.severity) } else { "info" };
            let line = place.map_or(1, |p| p.line);
            self.entry(out, &entry(path, line, &diagnostic.code, severity, &description, &fingerprint))?;
        }
        Ok(())
    }

    fn error(&mut self, out: &mut dyn Write, error: &InputError) -> io::Result<()> {
        let fingerprint = fingerprint::digest(&[&error.path, "not-checked"]);
        self.entry(out, &entry(&error.path, 1, "not-checked", "blocker", &error.message, &fingerprint))
    }

    fn finish(&mut self, out: &mut dyn Write, _: &Summary) -> io::Result<()> {
        writeln!(out, "{}]", if self.entries == 0 { "" } else { "\n" })
    }
}

impl Gitlab {
    fn entry(&mut self, out: &mut dyn Write, entry: &Value) -> io::Result<()> {
        let comma = if self.entries == 0 { "" } else { "," };
        self.entries += 1;
        write!(out, "{comma}\n  {}", json_text::indented(entry, 1)?)
    }
}

fn entry(path: &str, line: usize, check: &str, severity: &str, description: &str, fingerprint: &str) -> Value {
    json!({
        "description": description,
        "check_name": check,
        "fingerprint": fingerprint,
        "severity": severity,
        "location": { "path": path.trim_start_matches("./"), "lines": { "begin": line } },
    })
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "major",
        Severity::Warning => "minor",
        Severity::Advice => "info",
    }
}

#[cfg(test)]
mod tests {
    use crate::render::OutputFormat;
    use crate::render::sample::{hostile, options, other, render};
    use std::collections::HashSet;

    #[test]
    fn every_entry_has_what_gitlab_asks_for() {
        let report = render(OutputFormat::Gitlab, options(), &[hostile(), other()]);
        let entries: Vec<serde_json::Value> = serde_json::from_str(&report).unwrap();
        let fingerprints: HashSet<_> = entries.iter().map(|e| e["fingerprint"].as_str().unwrap()).collect();
        assert_eq!(fingerprints.len(), entries.len());
        insta::assert_snapshot!(report, @r#"
        [
          {
            "description": "DOC-1: Found “::error::pwned \u001b[2J<script>” here. Where: =HYPERLINK(\"http://x\"), paragraph 1. What to do: Write <it> *plainly*, 100%. Source: M.G.L. c. 71, § 37P(b)",
            "check_name": "DOC-1",
            "fingerprint": "9083a7aabd0d783d17ebe1919ec43f3f",
            "severity": "minor",
            "location": {
              "path": "+cmd|' /C calc'!A1/::warning::\u001b[31m.md",
              "lines": {
                "begin": 3
              }
            }
          },
          {
            "description": "DOC-0: This is no agreement on school resource officers. Source: M.G.L. c. 71, § 37P(b)",
            "check_name": "DOC-0",
            "fingerprint": "84b66d8d9bf4a0398e3912103d5f1b30",
            "severity": "minor",
            "location": {
              "path": "menu.pdf",
              "lines": {
                "begin": 1
              }
            }
          },
          {
            "description": "This file is empty.",
            "check_name": "not-checked",
            "fingerprint": "af0d02d569d84c8f744f5edb6cefa43b",
            "severity": "blocker",
            "location": {
              "path": "locked\u001b[31m\n::error::.docx",
              "lines": {
                "begin": 1
              }
            }
          }
        ]
        "#);
    }

    #[test]
    fn a_run_without_documents_is_still_a_list() {
        let report = render(OutputFormat::Gitlab, options(), &[]);
        assert_eq!(serde_json::from_str::<Vec<serde_json::Value>>(&report).unwrap().len(), 1);
    }
}
