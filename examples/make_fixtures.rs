//! Makes the Word files in `fixtures/made` from the agreements in `fixtures/complete`: each as it is, and the
//! agreement with one defect at a time. Run `cargo run --example make_fixtures` after changing them.

use sro_lint::start::{Part, docx};
use std::fs;
use std::path::Path;

/// A defect: name of the file, the heading or words that it is found by, and the words put in their place.
type Defect = (&'static str, &'static str, &'static str);

/// Each takes the paragraph that holds the words and gives it other words; none: the paragraph goes.
const DEFECTS: [Defect; 5] = [
    ("training-emptied", "shall complete at least sixteen hours", ""),
    (
        "supervisor-blank",
        "The SRO reports to the Community Services Lieutenant.",
        "The SRO reports to ________ [identify position]. The SRO and each principal meet every week. The Chief and \
         the Superintendent meet in October, January and April.",
    ),
    (
        "training-denied",
        "shall complete at least sixteen hours",
        "The SRO is not required to complete training in child and adolescent development, conflict resolution, \
         diversion strategies or de-escalation tactics.",
    ),
    (
        "seniority",
        "The Chief of Police posts the position.",
        "The Chief of Police posts the position. The officer with the greatest seniority who applies shall be \
         chosen, and nothing else is considered.",
    ),
    (
        "disciplinarian",
        "shall not serve as a school disciplinarian",
        "D. The SRO shall serve as a school disciplinarian, shall enforce school rules, and shall assign detention \
         to students who break them.",
    ),
];

fn main() -> std::io::Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let made = root.join("made");
    fs::create_dir_all(&made)?;
    for name in ["harborview-mou", "harborview-op"] {
        let parts = parts(&fs::read_to_string(root.join("complete").join(name).with_extension("md"))?);
        fs::write(made.join(name).with_extension("docx"), docx(&parts)?)?;
        if name.ends_with("mou") {
            for (defect, words, instead) in DEFECTS {
                let path = made.join(format!("{name}-{defect}.docx"));
                fs::write(path, docx(&with_defect(&parts, words, instead)?)?)?;
            }
        }
    }
    Ok(())
}

/// The blocks of a plain Markdown page.
fn parts(markdown: &str) -> Vec<Part> {
    let lines = markdown.lines().filter(|line| !line.trim().is_empty());
    let part = |line: &str| match (line.trim_start_matches('#'), line.strip_prefix("- ")) {
        (_, Some(item)) => Part::Item(item.to_owned()),
        (text, None) if text.len() < line.len() => {
            Part::Heading(u8::try_from(line.len() - text.len()).unwrap_or(3).min(3), text.trim().to_owned())
        }
        (text, None) => Part::Paragraph(text.trim().to_owned()),
    };
    lines.map(part).collect()
}

fn with_defect(parts: &[Part], words: &str, instead: &str) -> std::io::Result<Vec<Part>> {
    let mut parts = parts.to_vec();
    let holds = |part: &Part| matches!(part, Part::Paragraph(text) if text.contains(words));
    let at = parts.iter().position(holds);
    let at = at.ok_or_else(|| std::io::Error::other(format!("no paragraph says “{words}”")))?;
    match instead {
        "" => drop(parts.remove(at)),
        _ => parts[at] = Part::Paragraph(instead.to_owned()),
    }
    Ok(parts)
}
