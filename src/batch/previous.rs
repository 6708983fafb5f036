//! Year over year: which findings are new, kept or resolved.

use super::model::{BatchReport, Finding, Since, SubmissionReport};
use super::roster::key;
use std::collections::{HashMap, HashSet};
use std::path::Path;

/// Loads last year's JSON report of `sro-lint batch`.
///
/// # Errors
/// The file cannot be read or is something else.
pub fn load(path: &Path) -> miette::Result<BatchReport> {
    let shown = path.display();
    let bytes = std::fs::read(path).map_err(|e| miette::miette!("{shown}: could not be read: {e}"))?;
    serde_json::from_slice(&bytes)
        .map_err(|e| miette::miette!("{shown}:{}: no JSON report of `sro-lint batch`: {e}", e.line()))
}

/// Marks every finding and adds what is resolved.
pub fn mark(now: &mut [SubmissionReport], before: &BatchReport) {
    let of: HashMap<String, &SubmissionReport> = before.submissions.iter().map(|s| (district(s), s)).collect();
    for submission in now {
        let Some(last) = of.get(&district(submission)) else {
            submission.findings.iter_mut().for_each(|f| f.since = Some(Since::New));
            continue;
        };
        let known: HashSet<_> = last.findings.iter().filter(|f| !is_gone(f)).map(identity).collect();
        for finding in &mut submission.findings {
            let since = if known.contains(&identity(finding)) { Since::Kept } else { Since::New };
            finding.since = Some(since);
        }
        let present: HashSet<_> = submission.findings.iter().map(identity).collect();
        let resolved: Vec<Finding> = last
            .findings
            .iter()
            .filter(|f| !is_gone(f) && !present.contains(&identity(f)))
            .map(|f| Finding { since: Some(Since::Resolved), ..f.clone() })
            .collect();
        submission.findings.extend(resolved);
        let texts: HashMap<&str, &str> = last.documents.iter().map(|d| (d.text.as_str(), d.path.as_str())).collect();
        for document in &submission.documents {
            if let Some(path) = texts.get(document.text.as_str()) {
                submission.duplicates.push(format!("{} says the same as last year's {path}", document.path));
            }
        }
    }
}

fn is_gone(finding: &Finding) -> bool {
    finding.since == Some(Since::Resolved)
}

fn identity(finding: &Finding) -> (String, String) {
    (finding.code.clone(), finding.fingerprint.clone())
}

fn district(submission: &SubmissionReport) -> String {
    key(if submission.code.is_empty() { &submission.district } else { &submission.code })
}
