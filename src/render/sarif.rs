//! SARIF 2.1.0, for code scanning services.
//!
//! Services refuse a whole file for one result without a place, so every result has a file and a line. For a
//! packed document the line is that of the text which `sro-lint text` prints, and the place that a person can
//! find is given as a logical location and in the message.

use super::{Fingerprints, Renderer, json_text, words};
use crate::document::{Document, Span};
use crate::report::{BaselineState, Checked, Diagnostic, InputError, PackReport, Place, Severity, Summary, WaivedBy};
use serde_json::{Value, json};
use std::io::{self, Write};

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

/// The renderer.
#[derive(Default)]
pub struct Sarif {
    packs: Vec<PackReport>,
    results: usize,
    rules: Vec<(String, Value)>,
    errors: Vec<Value>,
}

impl Renderer for Sarif {
    fn begin(&mut self, out: &mut dyn Write, packs: &[PackReport]) -> io::Result<()> {
        self.packs = packs.to_vec();
        write!(out, "{{\n  \"$schema\": \"{SCHEMA}\",\n  \"version\": \"2.1.0\",\n  \"runs\": [\n    {{\n")?;
        write!(out, "      \"columnKind\": \"unicodeCodePoints\",\n      \"results\": [")
    }

    fn document(&mut self, out: &mut dyn Write, checked: &Checked) -> io::Result<()> {
        let mut fingerprints = Fingerprints::new(checked);
        for diagnostic in &checked.report.diagnostics {
            let result = self.result(checked, diagnostic, fingerprints.next(diagnostic));
            let comma = if self.results == 0 { "" } else { "," };
            self.results += 1;
            write!(out, "{comma}\n        {}", json_text::indented(&result, 4)?)?;
        }
        Ok(())
    }

    fn error(&mut self, _: &mut dyn Write, error: &InputError) -> io::Result<()> {
        self.errors.push(json!({
            "level": "error",
            "message": { "text": text(&error.message) },
            "locations": [{ "physicalLocation": { "artifactLocation": { "uri": uri(&error.path) } } }],
        }));
        Ok(())
    }

    fn finish(&mut self, out: &mut dyn Write, _: &Summary) -> io::Result<()> {
        let end = if self.results == 0 { "]" } else { "\n      ]" };
        let rules: Vec<_> = self.rules.iter().map(|(_, rule)| rule).collect();
        let driver = json!({
            "name": env!("CARGO_PKG_NAME"),
            "semanticVersion": env!("CARGO_PKG_VERSION"),
            "rules": rules,
            "properties": { "packs": self.packs },
        });
        let invocation = json!({
            "executionSuccessful": self.errors.is_empty(),
            "toolExecutionNotifications": self.errors,
        });
        writeln!(out, "{end},")?;
        writeln!(out, "      \"tool\": {},", json_text::indented(&json!({ "driver": driver }), 3)?)?;
        writeln!(out, "      \"invocations\": {}", json_text::indented(&[invocation], 3)?)?;
        writeln!(out, "    }}\n  ]\n}}")
    }
}

impl Sarif {
    fn result(&mut self, checked: &Checked, diagnostic: &Diagnostic, fingerprint: String) -> Value {
        let (first, others) = match diagnostic.spans.split_first() {
            Some((first, others)) => (Some(first), others),
            None => (diagnostic.belongs.as_ref(), [].as_slice()),
        };
        let mut result = json!({
            "ruleId": diagnostic.code,
            "ruleIndex": self.rule(diagnostic),
            "level": level(diagnostic.severity),
            "message": { "text": text(&words::paragraph(diagnostic)) },
            "locations": [location(checked, first)],
            "relatedLocations": others.iter().map(|place| location(checked, Some(place))).collect::<Vec<_>>(),
            "partialFingerprints": { "sroLint/v1": fingerprint },
            "properties": {
                "verdict": diagnostic.verdict,
                "confidence": diagnostic.confidence,
                "wholeDocument": diagnostic.spans.is_empty(),
            },
        });
        if let Some(waived) = &diagnostic.waived {
            let kind = if waived.by == WaivedBy::Comment { "inSource" } else { "external" };
            let why = text(&waived.reason);
            result["suppressions"] = json!([{ "kind": kind, "status": "accepted", "justification": why }]);
        }
        if let Some(state) = diagnostic.baseline {
            let known = state == BaselineState::Known;
            result["baselineState"] = json!(if known { "unchanged" } else { "new" });
        }
        result
    }

    fn rule(&mut self, diagnostic: &Diagnostic) -> usize {
        if let Some(at) = self.rules.iter().position(|(id, _)| *id == diagnostic.code) {
            return at;
        }
        let mut rule = json!({
            "id": diagnostic.code,
            "shortDescription": { "text": text(&diagnostic.title) },
            "defaultConfiguration": { "level": level(diagnostic.severity) },
            "help": { "text": format!("`sro-lint explain {}` says what is asked for and why.", diagnostic.code) },
        });
        if let Some(source) = &diagnostic.source {
            rule["fullDescription"] = json!({ "text": text(&format!("{} ({source})", diagnostic.title)) });
        }
        self.rules.push((diagnostic.code.clone(), rule));
        self.rules.len() - 1
    }
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Advice => "note",
    }
}

fn location(checked: &Checked, place: Option<&Place>) -> Value {
    let artifact = json!({ "uri": uri(&checked.report.path) });
    let Some(place) = place else {
        return json!({ "physicalLocation": { "artifactLocation": artifact, "region": { "startLine": 1 } } });
    };
    let mut location = json!({
        "physicalLocation": { "artifactLocation": artifact, "region": region(checked, place) },
        "logicalLocations": logical(&checked.document, place),
    });
    if !place.place.is_empty() {
        location["message"] = json!({ "text": text(&place.place) });
    }
    location
}

fn region(checked: &Checked, place: &Place) -> Value {
    if !checked.report.format.is_plain() {
        return json!({ "startLine": place.line, "snippet": { "text": place.text } });
    }
    let (end_line, end_column) = checked.document.line_column(place.end);
    json!({
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": end_line,
        "endColumn": end_column,
        "snippet": { "text": place.text },
    })
}

/// The section that the words stand in, and the sections around it.
fn logical(document: &Document, place: &Place) -> Vec<Value> {
    let Some(block) = document.block_at(Span::new(place.start, place.end).start) else { return Vec::new() };
    let path = document.section_path(document.block(block).section);
    let names: Vec<_> = path.into_iter().filter_map(|id| document.section(id).label()).collect();
    let Some(name) = names.last() else { return Vec::new() };
    vec![json!({ "name": name, "fullyQualifiedName": names.join(" / "), "kind": "section" })]
}

/// Plain text: SARIF reads `[words](target)` in a message as a link, and a document may hold just that.
fn text(text: &str) -> String {
    text.replace("](", "] (")
}

/// A path as a URI: relative paths stay relative, everything unusual is escaped.
fn uri(path: &str) -> String {
    let path = if cfg!(windows) { path.replace('\\', "/") } else { path.to_owned() };
    let mut uri = String::new();
    if path.starts_with('/') {
        uri.push_str("file://");
    }
    for byte in path.trim_start_matches("./").bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'_' | b'-' | b'~' => uri.push(char::from(byte)),
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::OutputFormat;
    use crate::render::sample::{agreement, clean, hostile, options, other, page, render};

    const OFFICIAL: &str = include_str!("../../tests/data/sarif-2.1.0.schema.json");

    fn sarif(documents: &[Checked]) -> Value {
        serde_json::from_str(&render(OutputFormat::Sarif, options(), documents)).unwrap()
    }

    #[test]
    fn the_official_schema_takes_every_report() {
        // The official pattern for a language is no valid regular expression; we write no language.
        let schema = serde_json::from_str(&OFFICIAL.replace("{2}]?$", "{2}$")).unwrap();
        let schema = jsonschema::validator_for(&schema).unwrap();
        for documents in [vec![agreement(), hostile(), other(), clean()], vec![], vec![clean()]] {
            let errors: Vec<_> = schema.iter_errors(&sarif(&documents)).map(|e| e.to_string()).collect();
            assert!(errors.is_empty(), "{errors:#?}");
        }
    }

    #[test]
    fn every_result_has_a_file_and_a_line() {
        let report = sarif(&[agreement(), hostile(), other()]);
        let results = report["runs"][0]["results"].as_array().unwrap();
        assert_eq!(results.len(), 6);
        for result in results {
            let place = &result["locations"][0]["physicalLocation"];
            assert!(place["artifactLocation"]["uri"].as_str().is_some_and(|uri| !uri.is_empty()));
            assert!(place["region"]["startLine"].as_u64().is_some_and(|line| line > 0));
        }
    }

    #[test]
    fn paths_are_uris() {
        assert_eq!(uri("./a b/ü#1.docx"), "a%20b/%C3%BC%231.docx");
        assert_eq!(uri("/tmp/x.md"), "file:///tmp/x.md");
        assert_eq!(uri("javascript:alert(1)"), "javascript%3Aalert%281%29");
    }

    #[test]
    fn the_whole_report() {
        insta::assert_snapshot!(render(OutputFormat::Sarif, options(), &[page("", "II", "Officers hand out detention."), hostile()]), @r#"
        {
          "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
          "version": "2.1.0",
          "runs": [
            {
              "columnKind": "unicodeCodePoints",
              "results": [
                {
                  "ruleId": "MOU-S1",
                  "ruleIndex": 0,
                  "level": "error",
                  "message": {
                    "text": "The officer is given a part in discipline. Where: II. Roles, paragraph 1. Source: M.G.L. c. 71, § 37P(b)"
                  },
                  "locations": [
                    {
                      "physicalLocation": {
                        "artifactLocation": {
                          "uri": "page.docx"
                        },
                        "region": {
                          "startLine": 3,
                          "snippet": {
                            "text": "Officers hand out detention."
                          }
                        }
                      },
                      "logicalLocations": [
                        {
                          "name": "II. Roles",
                          "fullyQualifiedName": "II. Roles",
                          "kind": "section"
                        }
                      ],
                      "message": {
                        "text": "II. Roles, paragraph 1"
                      }
                    }
                  ],
                  "relatedLocations": [],
                  "partialFingerprints": {
                    "sroLint/v1": "3d864cf5aee4446e88edc74d332b2538"
                  },
                  "properties": {
                    "verdict": null,
                    "confidence": "high",
                    "wholeDocument": false
                  }
                },
                {
                  "ruleId": "DOC-1",
                  "ruleIndex": 1,
                  "level": "warning",
                  "message": {
                    "text": "Found “::error::pwned \u001b[2J<script>” here. Where: =HYPERLINK(\"http://x\"), paragraph 1. What to do: Write <it> *plainly*, 100%. Source: M.G.L. c. 71, § 37P(b)"
                  },
                  "locations": [
                    {
                      "physicalLocation": {
                        "artifactLocation": {
                          "uri": "%2Bcmd%7C%27%20/C%20calc%27%21A1/%3A%3Awarning%3A%3A%1B%5B31m.md"
                        },
                        "region": {
                          "startLine": 3,
                          "startColumn": 1,
                          "endLine": 3,
                          "endColumn": 105,
                          "snippet": {
                            "text": "::error::pwned #\u0023[error] \u001b]0;title\u0007\u001b[2J <script>alert('x')</script> `a`|b **c** @team\u202edesrever\u202c ]]> & -1"
                          }
                        }
                      },
                      "logicalLocations": [
                        {
                          "name": "=HYPERLINK(\"http://x\")",
                          "fullyQualifiedName": "=HYPERLINK(\"http://x\")",
                          "kind": "section"
                        }
                      ],
                      "message": {
                        "text": "=HYPERLINK(\"http://x\"), paragraph 1"
                      }
                    }
                  ],
                  "relatedLocations": [],
                  "partialFingerprints": {
                    "sroLint/v1": "9474a8e88b5698141622608638961d97"
                  },
                  "properties": {
                    "verdict": null,
                    "confidence": "high",
                    "wholeDocument": false
                  }
                }
              ],
              "tool": {
                "driver": {
                  "name": "sro-lint",
                  "semanticVersion": "VERSION",
                  "rules": [
                    {
                      "id": "MOU-S1",
                      "shortDescription": {
                        "text": "Discipline"
                      },
                      "defaultConfiguration": {
                        "level": "error"
                      },
                      "help": {
                        "text": "`sro-lint explain MOU-S1` says what is asked for and why."
                      },
                      "fullDescription": {
                        "text": "Discipline (M.G.L. c. 71, § 37P(b))"
                      }
                    },
                    {
                      "id": "DOC-1",
                      "shortDescription": {
                        "text": "Blank left in"
                      },
                      "defaultConfiguration": {
                        "level": "warning"
                      },
                      "help": {
                        "text": "`sro-lint explain DOC-1` says what is asked for and why."
                      },
                      "fullDescription": {
                        "text": "Blank left in (M.G.L. c. 71, § 37P(b))"
                      }
                    }
                  ],
                  "properties": {
                    "packs": [
                      {
                        "id": "ma-37p",
                        "version": "2022.1"
                      }
                    ]
                  }
                }
              },
              "invocations": [
                {
                  "executionSuccessful": false,
                  "toolExecutionNotifications": [
                    {
                      "level": "error",
                      "message": {
                        "text": "This file is empty."
                      },
                      "locations": [
                        {
                          "physicalLocation": {
                            "artifactLocation": {
                              "uri": "locked%1B%5B31m%0A%3A%3Aerror%3A%3A.docx"
                            }
                          }
                        }
                      ]
                    }
                  ]
                }
              ]
            }
          ]
        }
        "#);
    }
}
