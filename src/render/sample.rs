//! Hand-made checked documents for the renderers' tests.

use super::{OutputFormat, RenderOptions, renderer};
use crate::document::{BlockKind, Document, DocumentBuilder, Draft, Format, Span};
use crate::report::{
    Checked, Confidence, Diagnostic, DocumentReport, Evidence, InputError, Kind, PackReport, Place, RequirementReport,
    Severity, Summary, Verdict,
};
use std::sync::Arc;

/// Everything that a renderer writes for these documents and one file that could not be read.
pub fn render(format: OutputFormat, options: RenderOptions, documents: &[Checked]) -> String {
    let (mut renderer, mut out, mut summary) = (renderer(format, options), Vec::new(), Summary::default());
    let packs = [PackReport { id: "ma-37p".into(), version: "2022.1".into() }];
    renderer.begin(&mut out, &packs).unwrap();
    for checked in documents {
        summary.add(&checked.report);
        renderer.document(&mut out, checked).unwrap();
    }
    let error = InputError { path: "locked\u{1b}[31m\n::error::.docx".into(), message: "This file is empty.".into() };
    renderer.error(&mut out, &error).unwrap();
    summary.errors = 1;
    summary.left_out = 3;
    renderer.finish(&mut out, &summary).unwrap();
    String::from_utf8(out).unwrap().replace(env!("CARGO_PKG_VERSION"), "VERSION")
}

/// Plain, 80 columns, failing on errors, everything in the report.
pub fn options() -> RenderOptions {
    RenderOptions { width: 80, color: false, fail_on: Some(Severity::Error), list_errors: true }
}

/// A Word agreement with a verdict of every sort and a paragraph of more than 1,500 characters.
pub fn agreement() -> Checked {
    let document = agreement_text();
    let place = |words: &str| place(&document, words);
    let requirements = vec![
        requirement("MOU-1", "Mission, goals and objectives", Verdict::Met, &[("mission", place("so that students"))]),
        RequirementReport {
            missing_elements: vec!["mptc".into()],
            lacking: vec!["training required by the Municipal Police Training Committee".into()],
            confidence: Confidence::Low,
            ..requirement(
                "MOU-7",
                "Training for SROs",
                Verdict::Partial,
                &[("diversion", place("diversion strategies"))],
            )
        },
        requirement("MOU-8", "Collecting and reporting arrests, citations and court referrals", Verdict::Missing, &[]),
        requirement("MOU-S1", "SROs shall not serve as school disciplinarians", Verdict::Contradicted, &[]),
        requirement("SOP-1", "The SRO uniform", Verdict::NotApplicable, &[]),
        requirement("SOP-2", "Force, arrest, citation and court referral", Verdict::NotApplicable, &[]),
        requirement("SOP-3", "Students’ legal rights", Verdict::NotApplicable, &[]),
    ];
    let partial = Diagnostic {
        spans: vec![place("child and adolescent development"), place("diversion strategies")],
        verdict: Some(Verdict::Partial),
        confidence: Confidence::Low,
        help: Some("Name the training that the Municipal Police Training Committee requires.".into()),
        starter: Some("Every SRO shall hold the certification required by M.G.L. c. 6E, § 3(b).".into()),
        ..diagnostic(
            "MOU-7",
            Severity::Error,
            "Training for SROs",
            "The agreement names some of the training that the law requires.",
        )
    };
    let missing = Diagnostic {
        verdict: Some(Verdict::Missing),
        belongs: Some(place("Training for SROs")),
        help: Some("Say who counts arrests, citations and court referrals, and who reports them.".into()),
        ..diagnostic(
            "MOU-8",
            Severity::Error,
            "Collecting and reporting",
            "Nothing says who collects and reports the numbers.",
        )
    };
    let contradicted = Diagnostic {
        spans: vec![place("assist the deans with the dress code"), place("hand out detention")],
        verdict: Some(Verdict::Contradicted),
        ..diagnostic(
            "MOU-S1",
            Severity::Error,
            "SROs are no disciplinarians",
            "The officer is given a part in school discipline.",
        )
    };
    let blank = Diagnostic {
        spans: vec![place("________")],
        source: None,
        ..diagnostic("DOC-1", Severity::Warning, "Blank left in", "A blank was not filled in.")
    };
    let diagnostics = vec![partial, missing, contradicted, blank];
    checked("submissions/harborview/mou.docx", document, Kind::Mou, requirements, diagnostics)
}

fn agreement_text() -> Document {
    let mut builder = DocumentBuilder::packed(Format::Docx);
    builder.remark("Named .doc, but it is a Word .docx file.");
    builder.page(0, 1);
    heading(&mut builder, "", "Agreement on “School Resource Officers”");
    heading(&mut builder, "I", "Mission");
    paragraph(&mut builder, "The program exists so that students are safe and known by name.");
    heading(&mut builder, "II", "Roles");
    let filler = "The officer greets students at the door and knows the building well. ".repeat(11);
    paragraph(
        &mut builder,
        &format!("{filler}The officer may assist the deans with the dress code when asked. {filler}"),
    );
    paragraph(&mut builder, "On busy days the officer may also hand out detention slips.");
    builder.page(builder.position(), 7);
    heading(&mut builder, "VIII", "Training for SROs");
    paragraph(&mut builder, "The officer reports to ________ during the school day.");
    paragraph(
        &mut builder,
        "Every officer is trained in child and adolescent development, conflict resolution, de-escalation of a crisis, and diversion strategies.",
    );
    builder.finish()
}

/// A Markdown page with every trick that a hostile document could play on a reader of the report.
pub fn hostile() -> Checked {
    let text = "# =HYPERLINK(\"http://x\")\n\n::error::pwned ##[error] \u{1b}]0;title\u{7}\u{1b}[2J <script>alert('x')</script> `a`|b **c** @team\u{202e}desrever\u{202c} ]]> & -1\n";
    let mut builder = DocumentBuilder::over(Format::Markdown, text.into());
    let end = text.find("\n\n").unwrap();
    builder.block(Draft::new(BlockKind::Heading { level: 1 }, Span::new(2, end)));
    builder.block(Draft::new(BlockKind::Paragraph, Span::new(end + 2, text.len() - 1)));
    let document = builder.finish();
    let all = Place::new(&document, Span::new(end + 2, text.len() - 1));
    let diagnostic = Diagnostic {
        spans: vec![all],
        help: Some("Write <it> *plainly*, 100%.".into()),
        ..diagnostic("DOC-1", Severity::Warning, "Blank left in", "Found “::error::pwned \u{1b}[2J<script>” here.")
    };
    let requirement = requirement("MOU-1", "Mission", Verdict::Missing, &[]);
    checked("+cmd|' /C calc'!A1/::warning::\u{1b}[31m.md", document, Kind::Mou, vec![requirement], vec![diagnostic])
}

/// A page that is no agreement.
pub fn other() -> Checked {
    let mut builder = DocumentBuilder::packed(Format::Pdf);
    paragraph(&mut builder, "Lunch menu");
    let diagnostic =
        diagnostic("DOC-0", Severity::Warning, "No agreement", "This is no agreement on school resource officers.");
    checked("menu.pdf", builder.finish(), Kind::Other, Vec::new(), vec![diagnostic])
}

/// A page with nothing to say about.
pub fn clean() -> Checked {
    let mut builder = DocumentBuilder::packed(Format::Odt);
    paragraph(&mut builder, "Operating procedures of the Harborview police");
    let requirement = requirement("SOP-1", "The SRO uniform", Verdict::Met, &[]);
    checked("op.odt", builder.finish(), Kind::Op, vec![requirement], Vec::new())
}

/// One finding on a paragraph that stands after some others.
pub fn page(before: &str, number: &str, words: &str) -> Checked {
    let mut builder = DocumentBuilder::packed(Format::Docx);
    before.lines().for_each(|line| paragraph(&mut builder, line));
    heading(&mut builder, number, "Roles");
    paragraph(&mut builder, words);
    let document = builder.finish();
    let finding = diagnostic("MOU-S1", Severity::Error, "Discipline", "The officer is given a part in discipline.");
    let finding = Diagnostic { spans: vec![place(&document, words)], ..finding };
    checked("page.docx", document, Kind::Mou, Vec::new(), vec![finding])
}

fn heading(builder: &mut DocumentBuilder, number: &str, title: &str) {
    builder.open(BlockKind::Paragraph);
    if let Some(look) = builder.look() {
        look.outline = Some(1);
    }
    builder.label(number);
    builder.push(title, None);
    builder.close();
}

fn paragraph(builder: &mut DocumentBuilder, text: &str) {
    builder.open(BlockKind::Paragraph);
    builder.push(text.trim_end(), None);
    builder.close();
}

fn place(document: &Document, words: &str) -> Place {
    let start = document.text().find(words).unwrap();
    Place::new(document, Span::new(start, start + words.len()))
}

fn requirement(id: &str, title: &str, verdict: Verdict, evidence: &[(&str, Place)]) -> RequirementReport {
    let evidence = evidence.iter().map(|(e, span)| Evidence { element: (*e).into(), span: span.clone() }).collect();
    RequirementReport {
        id: id.into(),
        title: title.into(),
        pack: "ma-37p".into(),
        verdict,
        missing_elements: Vec::new(),
        lacking: Vec::new(),
        confidence: Confidence::High,
        evidence,
    }
}

fn diagnostic(code: &str, severity: Severity, title: &str, message: &str) -> Diagnostic {
    Diagnostic {
        code: code.into(),
        severity,
        message: message.into(),
        help: None,
        source: Some("M.G.L. c. 71, § 37P(b)".into()),
        spans: Vec::new(),
        title: title.into(),
        starter: None,
        verdict: None,
        confidence: Confidence::High,
        belongs: None,
        waived: None,
        baseline: None,
    }
}

fn checked(
    path: &str,
    document: Document,
    kind: Kind,
    requirements: Vec<RequirementReport>,
    diagnostics: Vec<Diagnostic>,
) -> Checked {
    let report = DocumentReport {
        path: path.into(),
        format: document.format(),
        kind,
        title: document.title().map(str::to_owned),
        requirements,
        diagnostics,
        remarks: document.remarks().to_vec(),
    };
    Checked { report, document: Arc::new(document) }
}
