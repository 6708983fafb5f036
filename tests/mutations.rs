//! A complete document, changed in one thing at a time, and the verdict that must follow.
//!
//! Every requirement's provisions in `fixtures/complete` are dropped, emptied, promised, quoted, moved, retyped and
//! turned into their opposite: some four hundred documents that nobody had to write.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout, clippy::print_stderr)] // In a test a panic is the report.

use docx_rs::{Delete, Docx, Insert, Paragraph, Run};
use sro_lint::check::{Checker, Options};
use sro_lint::reader::{self, Limits, Source};
use sro_lint::report::Verdict;
use std::io::Cursor;

const MOU: &str = include_str!("../fixtures/complete/harborview-mou.md");
const OP: &str = include_str!("../fixtures/complete/harborview-op.md");

/// A requirement's provisions: the openings of the paragraphs that hold them, and their opposite.
struct Provisions {
    id: &'static str,
    document: &'static str,
    /// What the law calls it, as a heading would.
    topic: &'static str,
    paragraphs: &'static [&'static str],
    opposite: &'static str,
}

/// MOU-2 is not among them: every section of an agreement says what somebody does.
const PROVISIONS: &[Provisions] = &[
    Provisions {
        id: "MOU-1",
        document: MOU,
        topic: "Mission statement, goals and objectives",
        paragraphs: &["The mission of the SRO", "The goals of the program", "- fewer", "- a quick", "- students and"],
        opposite: "",
    },
    Provisions {
        id: "MOU-3",
        document: MOU,
        topic: "Process for selecting SROs",
        paragraphs: &["The Chief of Police posts"],
        opposite: "The Chief gives the post to the applicant with the longest service, and nothing else is considered.",
    },
    Provisions {
        id: "MOU-4",
        document: MOU,
        topic: "Mechanisms to incorporate SROs into the school environment",
        paragraphs: &["The principal introduces", "A. The SRO answers", "- students and families"],
        opposite: "The SRO shall not be a member of the school's safety team and shall not attend its meetings.",
    },
    Provisions {
        id: "MOU-5",
        document: MOU,
        topic: "Information sharing between SROs, school staff and other partners",
        paragraphs: &["A. The principal tells", "B. The SRO informs", "C. Neither the District"],
        opposite: "The District gives the SRO each student's immigration status and citizenship as a matter of course, \
                   and the SRO passes them on to federal agencies.",
    },
    Provisions {
        id: "MOU-6",
        document: MOU,
        topic: "Organizational structure of the SRO program",
        paragraphs: &["The SRO reports to the Community", "B. The Police Department pays"],
        opposite: "",
    },
    Provisions {
        id: "MOU-7",
        document: MOU,
        topic: "Training for SROs",
        paragraphs: &["Each year the SRO shall complete"],
        opposite: "The SRO need not attend training in child development, conflict resolution, diversion or \
                   de-escalation.",
    },
    Provisions {
        id: "MOU-8",
        document: MOU,
        topic: "Collecting and reporting school-based arrests, citations and court referrals",
        paragraphs: &["The records clerk"],
        opposite: "Neither party has a duty to collect or to report the school-based arrests, citations and court \
                   referrals of students.",
    },
    Provisions {
        id: "MOU-S1",
        document: MOU,
        topic: "Statement on school discipline",
        paragraphs: &["D. The SRO shall not serve"],
        opposite: "The SRO shall help the deans to enforce the dress code and the telephone rules.",
    },
    Provisions {
        id: "MOU-S2",
        document: MOU,
        topic: "Statement on police powers",
        paragraphs: &["E. The SRO shall not use police powers"],
        opposite: "A student who disrupts a class or swears at a teacher shall be arrested or cited by the SRO.",
    },
    Provisions {
        id: "SOP-1",
        document: OP,
        topic: "The SRO uniform",
        paragraphs: &["The school resource officer (the"],
        opposite: "",
    },
    Provisions {
        id: "SOP-2",
        document: OP,
        topic: "Use of police force, arrest, citation and court referral on school property",
        paragraphs: &["2.1", "2.2", "2.3", "2.4"],
        opposite: "",
    },
    Provisions {
        id: "SOP-3",
        document: OP,
        topic: "Students' legal rights",
        paragraphs: &["3.1", "3.2", "3.3", "3.4"],
        opposite: "The SRO questions and searches students without notice to parents or administrators.",
    },
    Provisions {
        id: "SOP-4",
        document: OP,
        topic: "Chain of command",
        paragraphs: &["4.1", "4.2", "7.1"],
        opposite: "",
    },
    Provisions {
        id: "SOP-5",
        document: OP,
        topic: "Performance evaluation standards",
        paragraphs: &["5.1", "5.2", "5.3"],
        opposite: "The SRO's performance in the schools shall not be evaluated.",
    },
    Provisions {
        id: "SOP-6",
        document: OP,
        topic: "Protocols for diverting and referring at-risk students",
        paragraphs: &["6.1", "6.2", "6.3", "2.4"],
        opposite: "The SRO shall not divert a student from court and shall not refer students to services.",
    },
    Provisions {
        id: "SOP-7",
        document: OP,
        topic: "Information sharing between the SRO, school staff and parents",
        paragraphs: &["7.1", "7.2"],
        opposite: "",
    },
];

impl Provisions {
    fn holds(&self, paragraph: &str) -> bool {
        self.paragraphs.iter().any(|opening| paragraph.starts_with(opening))
    }

    /// The provisions' own text, one paragraph or list item each.
    fn text(&self) -> Vec<&'static str> {
        paragraphs(self.document).filter(|p| self.holds(p)).collect()
    }

    /// The document with something else where the first provision stood, and nothing where the others did.
    fn with(&self, first: &str) -> String {
        let mut first = Some(first);
        let kept = paragraphs(self.document)
            .filter_map(|p| if self.holds(p) { first.take().map(str::to_string) } else { Some(p.to_string()) });
        kept.filter(|p| !p.is_empty()).collect::<Vec<_>>().join("\n\n")
    }

    /// The document without them and without the headings that would be left over nothing.
    fn dropped(&self) -> String {
        let mut out: Vec<&str> = Vec::new();
        for paragraph in paragraphs(self.document).filter(|p| !self.holds(p)).chain(["# End"]) {
            while paragraph.starts_with('#') && out.last().is_some_and(|p| p.starts_with("## ")) {
                out.pop();
            }
            out.push(paragraph);
        }
        out.pop();
        out.join("\n\n")
    }
}

/// A document's paragraphs; the items of a list are one each.
fn paragraphs(document: &'static str) -> impl Iterator<Item = &'static str> {
    document.split("\n\n").flat_map(|p| if p.starts_with("- ") { p.split('\n').collect() } else { vec![p] })
}

/// What a change does to the verdict, and the changed document.
struct Mutation {
    name: &'static str,
    wanted: Verdict,
    file: &'static str,
    bytes: Vec<u8>,
}

fn mutations(p: &Provisions) -> Vec<Mutation> {
    let markdown = |name, wanted, text: String| Mutation { name, wanted, file: "a.md", bytes: text.into_bytes() };
    let topic = p.topic;
    let joined = p.text().iter().map(|t| t.trim_start_matches("- ")).collect::<Vec<_>>().join(" ");
    let dropped = p.dropped();
    let missing = Verdict::Missing;
    let met = Verdict::Met;
    let mut all = vec![
        markdown("dropped", missing, dropped.clone()),
        markdown("emptied", missing, p.with("")),
        markdown("a placeholder", missing, p.with("[Insert text here]")),
        markdown("promised", missing, p.with(&format!("{topic} will be set out in a document to be written later."))),
        markdown("elsewhere", missing, p.with(&format!("{topic}: as stated in the Department's Rule 1.12."))),
        markdown("in a contents list", missing, with_contents(&dropped, topic)),
        markdown("in a comment", missing, format!("{dropped}\n\n<!-- {joined} -->")),
        markdown("a quotation of the law", missing, format!("{dropped}\n\nSection 37P lists: \"{topic}\".")),
        markdown("under another heading", met, format!("{dropped}\n\n## Miscellaneous\n\n{}", p.text().join("\n\n"))),
        markdown("in a footnote", met, format!("{dropped}\n\nSee the note.[^n]\n\n[^n]: {joined}")),
        markdown("in a table", met, format!("{dropped}\n\n| Item | Provision |\n|---|---|\n| {topic} | {joined} |")),
        markdown("in curly quotes", met, p.document.replace('\'', "\u{2019}")),
        Mutation { name: "as a scan", wanted: met, file: "a.txt", bytes: scanned(p.document).into_bytes() },
        Mutation { name: "hard wrapped", wanted: met, file: "a.txt", bytes: wrapped(p.document).into_bytes() },
        Mutation { name: "in Word", wanted: met, file: "a.docx", bytes: word(p, Tracked::No) },
        Mutation { name: "inserted in Word", wanted: met, file: "a.docx", bytes: word(p, Tracked::Inserted) },
        Mutation { name: "deleted in Word", wanted: missing, file: "a.docx", bytes: word(p, Tracked::Deleted) },
    ];
    if !p.opposite.is_empty() {
        let contradicted = Verdict::Contradicted;
        all.push(markdown("its opposite", contradicted, p.with(p.opposite)));
        all.push(markdown("its opposite far from it", contradicted, format!("{}\n\n{}", p.document, p.opposite)));
    }
    all
}

fn with_contents(document: &str, topic: &str) -> String {
    let lines: Vec<String> = ["Mission", topic, "Terms", "Signatures"]
        .iter()
        .enumerate()
        .map(|(i, line)| format!("{}. {line} ........ {}", i + 1, i + 2))
        .collect();
    document.replacen("\n\n", &format!("\n\n## Contents\n\n{}\n\n", lines.join("\n\n")), 1)
}

/// The marks of Markdown taken out, as an export to plain text does.
fn plain(document: &str) -> String {
    document.lines().map(|line| line.trim_start_matches(['#', ' '])).collect::<Vec<_>>().join("\n")
}

/// One wrong character in every fifth long word, as a scanner reads it, and the furniture of a page between.
fn scanned(document: &str) -> String {
    let mut long = 0;
    let misread = |word: &str| {
        if word.len() < 8 || word.contains(|c: char| !c.is_alphabetic()) {
            return word.to_string();
        }
        long += 1;
        match long % 5 {
            0 => word.chars().rev().collect::<String>().replacen('i', "l", 1).chars().rev().collect(),
            _ => word.to_string(),
        }
    };
    let words: Vec<String> = plain(document).split(' ').map(misread).collect();
    let text = words.join(" ");
    let lines: Vec<&str> = text.split("\n\n").collect();
    lines.chunks(8).map(|page| page.join("\n\n")).collect::<Vec<_>>().join("\n\nPage 1 of 4\n\n\u{c}")
}

/// Lines of sixty characters with hyphens where a word does not fit.
fn wrapped(document: &str) -> String {
    let wrap = |paragraph: &str| {
        let (mut lines, mut line) = (Vec::new(), String::new());
        for word in paragraph.split_whitespace() {
            let room = 60_usize.saturating_sub(line.len() + 1);
            if word.len() > room {
                let splits = word.len() > 9 && room > 5 && word.bytes().all(|b| b.is_ascii_lowercase());
                let (head, tail) = if splits { word.split_at(4) } else { ("", word) };
                if splits {
                    line.push_str(&format!(" {head}-"));
                }
                lines.push(std::mem::replace(&mut line, tail.to_string()));
                continue;
            }
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
        lines.push(line);
        lines.join("\n")
    };
    plain(document).split("\n\n").map(wrap).collect::<Vec<_>>().join("\n\n")
}

#[derive(Clone, Copy)]
enum Tracked {
    No,
    Inserted,
    Deleted,
}

/// The document as a Word file whose headings are only bold, the provisions tracked or not.
fn word(p: &Provisions, tracked: Tracked) -> Vec<u8> {
    let paragraph = |text: &str| {
        let run = Run::new().add_text(text.trim_start_matches(['#', '-', ' ']));
        match tracked {
            Tracked::Deleted if p.holds(text) => {
                let run = Run::new().add_delete_text(text);
                Paragraph::new().add_delete(Delete::new().author("A").date("2026-01-01T00:00:00Z").add_run(run))
            }
            Tracked::Inserted if p.holds(text) => {
                Paragraph::new().add_insert(Insert::new(run).author("A").date("2026-01-01T00:00:00Z"))
            }
            _ => Paragraph::new().add_run(if text.starts_with('#') { run.bold() } else { run }),
        }
    };
    let docx = paragraphs(p.document).fold(Docx::new(), |docx, text| docx.add_paragraph(paragraph(text)));
    let mut bytes = Cursor::new(Vec::new());
    docx.build().pack(&mut bytes).unwrap();
    bytes.into_inner()
}

#[test]
fn a_changed_document_gets_the_verdict_that_follows() {
    let pack = sro_lint::pack::load("ma-37p").unwrap();
    let checker = Checker::new(vec![pack], Options { kind: None, as_of: jiff::civil::date(2026, 11, 22) });
    let mut wrong = Vec::new();
    let mut count = 0;
    for provisions in PROVISIONS {
        assert!(!provisions.text().is_empty(), "{} has no provisions", provisions.id);
        for mutation in mutations(provisions) {
            let source = Source { name: mutation.file, bytes: &mutation.bytes };
            let document = reader::read(source, &Limits::default()).unwrap();
            let report = checker.check(document, mutation.file).report;
            let found = report.requirements.iter().find(|r| r.id == provisions.id).unwrap();
            count += 1;
            if found.verdict != mutation.wanted {
                let (id, name, wanted) = (provisions.id, mutation.name, mutation.wanted);
                let words: Vec<&str> = found.evidence.iter().map(|e| e.span.text.as_str()).collect();
                let (verdict, words) = (found.verdict, words.join("” “"));
                wrong.push(format!("{id} {name}: {wanted:?} wanted, {verdict:?} found: “{words}”"));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {count} wrong:\n{}", wrong.len(), wrong.join("\n"));
}
