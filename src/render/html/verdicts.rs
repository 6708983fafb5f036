//! What was said: the summary, the checklist and the findings.

use super::escape::escape;
use super::marks::class;
use crate::render::words;
use crate::report::{Diagnostic, DocumentReport, Severity, Verdict};
use std::fmt::Write;

/// Places of a finding that are named.
const NAMED: usize = 5;

/// How a document stands, in one sentence.
pub fn standing(report: &DocumentReport) -> String {
    let count = |verdict| report.requirements.iter().filter(|r| r.verdict == verdict).count();
    let applicable = report.requirements.len() - count(Verdict::NotApplicable);
    if applicable == 0 {
        return "neither an MOU nor operating procedures for school resource officers".to_owned();
    }
    let met = count(Verdict::Met);
    if met == applicable {
        return format!("all {applicable} requirements are met");
    }
    let gaps = [Verdict::Partial, Verdict::Missing, Verdict::Contradicted]
        .into_iter()
        .filter(|v| count(*v) > 0)
        .map(|v| format!("{} {}", count(v), words::verdict(v)))
        .collect::<Vec<_>>();
    format!("{met} of {applicable} requirements are met; {}", gaps.join(", "))
}

/// Name, kind and summary: what a superintendent reads first.
pub fn head(out: &mut String, id: usize, report: &DocumentReport) {
    let _ = writeln!(out, "<h2 id=\"d{id}-name\">{}</h2>", escape(&report.path));
    let title = report.title.as_deref().map(|t| format!(": {}", escape(t))).unwrap_or_default();
    let _ = writeln!(out, "<p class=\"faint\">{}{title}</p>", words::kind(report.kind));
    for remark in &report.remarks {
        let _ = writeln!(out, "<p class=\"remark\">{}</p>", escape(remark));
    }
    let _ = writeln!(
        out,
        "<section class=\"summary\" aria-label=\"Summary\"><p class=\"standing\">{}.</p>",
        words::title(&standing(report))
    );
    let tiles = [
        (Severity::Error, "error", "errors"),
        (Severity::Warning, "warning", "warnings"),
        (Severity::Advice, "piece of advice", "pieces of advice"),
    ];
    let _ = write!(out, "<ul class=\"tiles\">");
    for (severity, one, many) in tiles {
        let n = report.diagnostics.iter().filter(|d| d.counts() && d.severity == severity).count();
        let name = if n == 1 { one } else { many };
        let quiet = if n == 0 { " none" } else { "" };
        let _ = write!(out, "<li class=\"{}{quiet}\"><b>{n}</b> {name}</li>", severity.name());
    }
    let _ = writeln!(out, "</ul>");
    let first: Vec<(usize, &Diagnostic)> =
        report.diagnostics.iter().enumerate().filter(|(_, d)| d.counts() && d.severity == Severity::Error).collect();
    if !first.is_empty() {
        let _ = writeln!(out, "<p>To mend first:</p><ul>");
        for (at, finding) in first.iter().take(12) {
            let verdict = finding.verdict.map(|v| format!(" ({})", words::verdict(v))).unwrap_or_default();
            let title = escape(&words::title(&finding.title));
            let _ = writeln!(out, "<li><a href=\"#d{id}-f{at}\">{title}</a>{verdict}</li>");
        }
        let _ = writeln!(out, "</ul>");
    }
    let _ = writeln!(out, "</section>");
}

/// The checklist of requirements.
pub fn checklist(out: &mut String, id: usize, report: &DocumentReport) {
    if report.requirements.iter().all(|r| r.verdict == Verdict::NotApplicable) {
        return;
    }
    let _ = writeln!(
        out,
        "<section><h3>Checklist</h3><table class=\"checklist\"><thead><tr><th scope=\"col\">Requirement</th>\
         <th scope=\"col\">Verdict</th></tr></thead><tbody>"
    );
    for (at, requirement) in report.requirements.iter().enumerate().filter(|(_, r)| r.verdict != Verdict::NotApplicable)
    {
        let found = report.diagnostics.iter().enumerate().find(|(_, d)| d.code == requirement.id);
        let (code, title) = (escape(&requirement.id), escape(&words::title(&requirement.title)));
        let standing = escape(&words::standing(requirement, found.map(|(_, d)| d)));
        let link = match (found, requirement.evidence.is_empty()) {
            (Some((n, _)), _) => format!("<a href=\"#d{id}-f{n}\">{standing}</a>"),
            (None, false) => format!("<a href=\"#d{id}-r{at}-e0\">{standing}</a>"),
            (None, true) => standing,
        };
        let (verdict, mark) = (requirement.verdict.name(), mark(requirement.verdict));
        let _ = writeln!(
            out,
            "<tr id=\"d{id}-r{at}\" class=\"{verdict}\"><th scope=\"row\"><span class=\"code\">{code}</span> {title}</th>\
             <td><b class=\"verdict\"><span aria-hidden=\"true\">{mark}</span> {}</b> <span class=\"where\">{link}</span></td></tr>",
            words::verdict(requirement.verdict)
        );
    }
    let _ = writeln!(out, "</tbody></table>");
    let apart = report.requirements.iter().filter(|r| r.verdict == Verdict::NotApplicable);
    let apart = words::ids(apart.map(|r| r.id.as_str()));
    if !apart.is_empty() {
        let _ = writeln!(out, "<p class=\"faint\">Does not apply to a document of this kind: {}.</p>", escape(&apart));
    }
    let _ = writeln!(out, "</section>");
}

fn mark(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Met => "✓",
        Verdict::Partial => "◐",
        Verdict::Missing => "✗",
        Verdict::Contradicted => "⊘",
        Verdict::NotApplicable => "",
    }
}

/// The findings with links to their words.
pub fn findings(out: &mut String, id: usize, report: &DocumentReport) {
    let _ = writeln!(out, "<section><h3>Findings</h3>");
    if report.diagnostics.is_empty() {
        let _ = writeln!(out, "<p>Nothing was found.</p>");
    }
    for (at, finding) in report.diagnostics.iter().enumerate() {
        let (class, code) = (class(finding), escape(&finding.code));
        let _ = writeln!(
            out,
            "<section class=\"finding {class}\" id=\"d{id}-f{at}\" tabindex=\"-1\"><h4><span class=\"weight\">{}</span> \
             {} <span class=\"code\">{code}</span></h4><p>{}</p>",
            words::weight(finding),
            escape(&words::title(&finding.title)),
            escape(&finding.message)
        );
        places(out, id, at, finding);
        let parts = [("What to do", &finding.help), ("Source", &finding.source)];
        for (name, text) in parts.iter().filter_map(|(name, text)| Some((name, text.as_ref()?))) {
            let _ = writeln!(out, "<p><b>{name}:</b> {}</p>", escape(text));
        }
        if let Some(starter) = &finding.starter {
            let _ = writeln!(out, "<p><b>A clause to start from:</b></p><blockquote>{}</blockquote>", escape(starter));
        }
        if let Some(let_be) = words::let_be(finding) {
            let _ = writeln!(out, "<p class=\"faint\">{}</p>", escape(&let_be));
        }
        let _ = writeln!(out, "</section>");
    }
    let _ = writeln!(out, "</section>");
}

fn places(out: &mut String, id: usize, at: usize, finding: &Diagnostic) {
    let place = |n: usize, name: &str| {
        format!("<a href=\"#d{id}-f{at}-p{n}\">{}</a>", escape(if name.is_empty() { "in the text" } else { name }))
    };
    // Past the first few, places are only numbered: thirty names of sections tell nobody anything.
    let name = |n: usize, place: &str| if n < NAMED { place.to_owned() } else { (n + 1).to_string() };
    let links: Vec<String> = finding.spans.iter().enumerate().map(|(n, p)| place(n, &name(n, &p.place))).collect();
    if !links.is_empty() {
        let _ = writeln!(out, "<p><b>Where:</b> {}</p>", links.join("; "));
    }
    if let Some(belongs) = &finding.belongs {
        let link = place(finding.spans.len(), belongs.section.as_deref().unwrap_or(&belongs.place));
        let _ = writeln!(out, "<p><b>Where it belongs:</b> {link}</p>");
    }
}
