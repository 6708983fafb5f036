//! The words that reports for people share.

use super::safe;
use crate::report::{Confidence, Diagnostic, Kind, RequirementReport, Severity, Summary, Verdict};
use std::fmt::Write;

/// A kind of document in words.
pub fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Mou => "Memorandum of understanding (MOU)",
        Kind::Op => "Operating procedures (OP)",
        Kind::Combined => "Memorandum of understanding with operating procedures (MOU and OP)",
        Kind::Other => "Neither an MOU nor operating procedures for school resource officers",
    }
}

/// A verdict in words.
pub fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Met => "met",
        Verdict::Partial => "partly met",
        Verdict::Missing => "missing",
        Verdict::Contradicted => "contradicted",
        Verdict::NotApplicable => "does not apply",
    }
}

/// A title as the start of a line: packs write it as part of a sentence.
pub fn title(title: &str) -> String {
    let title = safe::line(title);
    let mut chars = title.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// `1 file`, `2 files`.
pub fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// What to say of a requirement after its title: where it is met, what is lacking, where it belongs.
pub fn standing(requirement: &RequirementReport, finding: Option<&Diagnostic>) -> String {
    let mut out = String::new();
    let evidence = requirement.evidence.first().map(|e| e.span.place.as_str()).filter(|p| !p.is_empty());
    match requirement.verdict {
        Verdict::Partial => {
            let _ = write!(out, "Lacking: {}", lacking(requirement));
            if let Some(place) = evidence {
                let _ = write!(out, ". The rest stands in {place}");
            }
        }
        Verdict::Missing => {
            if let Some(place) = finding.and_then(|f| f.belongs.as_ref()).and_then(|p| p.section.as_ref()) {
                let _ = write!(out, "it belongs in {place}");
            }
        }
        Verdict::Contradicted | Verdict::Met | Verdict::NotApplicable => {
            let words = finding.and_then(|f| f.spans.first()).map(|p| p.place.as_str()).filter(|p| !p.is_empty());
            if let Some(place) = words.or(evidence) {
                let _ = write!(out, "in {place}");
            }
        }
    }
    if requirement.confidence == Confidence::Low {
        out.push_str(if out.is_empty() { "" } else { ". " });
        out.push_str("This is not certain: please read it yourself");
    }
    out
}

/// What a requirement that is half there lacks, in words where the pack has them.
pub fn lacking(requirement: &RequirementReport) -> String {
    let names = if requirement.lacking.is_empty() { &requirement.missing_elements } else { &requirement.lacking };
    names.join("; ")
}

/// A finding in one paragraph: what is wrong, where, what to do, and the source.
pub fn paragraph(finding: &Diagnostic) -> String {
    let mut out = finding.message.clone();
    if let Some(place) = finding.spans.first().filter(|p| !p.place.is_empty()) {
        let _ = write!(out, " Where: {}", place.place);
        match finding.spans.len() {
            0 | 1 => out.push('.'),
            n => {
                let _ = write!(out, ", and {}.", count(n - 1, "more place", "more places"));
            }
        }
    }
    if let Some(section) = finding.belongs.as_ref().and_then(|p| p.section.as_ref()) {
        let _ = write!(out, " Where it belongs: {section}.");
    }
    if let Some(help) = &finding.help {
        let _ = write!(out, " What to do: {help}");
    }
    if let Some(source) = &finding.source {
        let _ = write!(out, " Source: {source}");
    }
    if let Some(standing) = let_be(finding) {
        let _ = write!(out, "{} {standing}", if out.ends_with('.') { "" } else { "." });
    }
    out
}

/// Why a finding does not count, in a sentence.
pub fn let_be(finding: &Diagnostic) -> Option<String> {
    if let Some(waived) = &finding.waived {
        let until = waived.until.map(|day| format!(" until {day}")).unwrap_or_default();
        return Some(format!("Waived{until} ({}): {}", waived.source, waived.reason));
    }
    (!finding.counts()).then(|| "Known: the baseline has it.".to_owned())
}

/// The weight of a finding in words, `error` or `waived error`.
pub fn weight(finding: &Diagnostic) -> &'static str {
    match (finding.counts(), finding.waived.is_some(), finding.severity) {
        (true, _, severity) => severity.name(),
        (false, true, Severity::Error) => "waived error",
        (false, true, Severity::Warning) => "waived warning",
        (false, true, Severity::Advice) => "waived advice",
        (false, false, Severity::Error) => "known error",
        (false, false, Severity::Warning) => "known warning",
        (false, false, Severity::Advice) => "known advice",
    }
}

/// A list of ids with runs drawn together: `MOU-1 to MOU-8, MOU-S1, MOU-S2`.
pub fn ids<'a>(ids: impl IntoIterator<Item = &'a str>) -> String {
    let split = |id: &'a str| {
        let at = id.trim_end_matches(|c: char| c.is_ascii_digit()).len();
        (&id[..at], id[at..].parse::<u32>().ok())
    };
    let mut runs: Vec<(&str, &str, usize)> = Vec::new();
    for id in ids {
        if let Some((_, last, length)) = runs.last_mut()
            && let ((stem, Some(number)), (last_stem, Some(last_number))) = (split(id), split(last))
            && stem == last_stem
            && last_number.checked_add(1) == Some(number)
        {
            *last = id;
            *length += 1;
        } else {
            runs.push((id, id, 1));
        }
    }
    let named = runs.iter().map(|(first, last, length)| match length {
        1 => (*first).to_owned(),
        2 => format!("{first}, {last}"),
        _ => format!("{first} to {last}"),
    });
    named.collect::<Vec<_>>().join(", ")
}

/// The totals of a run in one line.
pub fn totals(summary: &Summary) -> String {
    let mut out = format!("{} checked", count(summary.documents, "document", "documents"));
    if summary.met + summary.partial + summary.missing + summary.contradicted > 0 {
        let _ = write!(
            out,
            ": {} met, {} partly met, {} missing, {} contradicted",
            count(summary.met, "requirement", "requirements"),
            summary.partial,
            summary.missing,
            summary.contradicted
        );
    }
    if summary.documents > 0 {
        let _ = write!(out, "; {}", findings(summary));
    }
    if summary.errors > 0 {
        let _ = write!(out, "; {} could not be checked", count(summary.errors, "input", "inputs"));
    }
    if summary.left_out > 0 {
        let left_out = count(summary.left_out, "file that is no document", "files that are no documents");
        let _ = write!(out, "; {left_out} left out");
    }
    out.push('.');
    out
}

fn findings(summary: &Summary) -> String {
    let weights = [
        (summary.error_findings, "error", "errors"),
        (summary.warning_findings, "warning", "warnings"),
        (summary.advice_findings, "piece of advice", "pieces of advice"),
    ];
    let parts: Vec<_> = weights.iter().filter(|(n, ..)| *n > 0).map(|(n, one, many)| count(*n, one, many)).collect();
    let mut out = if parts.is_empty() { "nothing found".to_owned() } else { parts.join(", ") };
    for (number, word) in [(summary.waived_findings, "waived"), (summary.known_findings, "known from the baseline")] {
        if number > 0 {
            let _ = write!(out, ", {number} {word}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_of_ids_are_drawn_together() {
        assert_eq!(ids(["SOP-1", "SOP-2", "SOP-3", "SOP-7"]), "SOP-1 to SOP-3, SOP-7");
        assert_eq!(ids(["MOU-8", "MOU-S1", "MOU-S2"]), "MOU-8, MOU-S1, MOU-S2");
        assert_eq!(ids(["US-A", "US-B"]), "US-A, US-B");
        assert_eq!(ids([]), "");
    }

    #[test]
    fn totals_name_only_what_there_is() {
        let mut summary = Summary { documents: 1, ..Summary::default() };
        assert_eq!(totals(&summary), "1 document checked; nothing found.");
        summary = Summary { errors: 1, left_out: 2, ..Summary::default() };
        assert_eq!(
            totals(&summary),
            "0 documents checked; 1 input could not be checked; 2 files that are no documents left out."
        );
    }
}
