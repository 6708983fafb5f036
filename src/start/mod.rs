//! A document to start from: all sections that the law in force asks for, each with a starter clause from the
//! rule pack, and visible blanks for what only the district and the police know.

mod docx;
mod markdown;

pub use docx::docx;
pub use markdown::markdown;

use crate::pack::{Pack, Requirement};
use crate::report::Kind;
use std::fmt::Write;

/// A paragraph of the document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// A heading; level 1 is the title.
    Heading(u8, String),
    /// Running text.
    Paragraph(String),
    /// An item of a list.
    Item(String),
}

/// Who makes the agreement; what is not known becomes a blank.
#[derive(Debug, Clone, Default)]
pub struct Parties {
    /// The school district.
    pub district: Option<String>,
    /// The police department.
    pub police: Option<String>,
    /// The schools that the officer serves.
    pub schools: Vec<String>,
}

impl Parties {
    fn district(&self) -> &str {
        self.district.as_deref().unwrap_or("[insert the name of the school district]")
    }

    fn police(&self) -> &str {
        self.police.as_deref().unwrap_or("[insert the name of the police department]")
    }

    fn schools(&self) -> String {
        match self.schools.split_last() {
            None => "[insert the name of the school]".to_owned(),
            Some((one, [])) => one.clone(),
            Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
        }
    }
}

/// The document's parts in order.
pub fn draft(pack: &Pack, kind: Kind, parties: &Parties) -> Vec<Part> {
    let (district, police, schools) = (parties.district(), parties.police(), parties.schools());
    let name = match kind {
        Kind::Op => "School Resource Officer Operating Procedures",
        Kind::Combined => "School Resource Officer Memorandum of Understanding and Operating Procedures",
        Kind::Mou | Kind::Other => "School Resource Officer Memorandum of Understanding",
    };
    let of = if kind == Kind::Op { "of" } else { "between" };
    let (what, concerns, it_takes, it_is) = match kind {
        Kind::Op => ("These operating procedures of the", "concern", "These procedures take", "are"),
        Kind::Combined => (
            "This memorandum of understanding with its operating procedures of the",
            "concerns",
            "This agreement takes",
            "is",
        ),
        Kind::Mou | Kind::Other => {
            ("This memorandum of understanding of the", "concerns", "This agreement takes", "is")
        }
    };
    let mut parts = vec![
        Part::Heading(1, format!("{name} {of} the {district} and the {police}")),
        Part::Paragraph(format!(
            "{what} {district} (the “District”) and the {police} (the “Police Department”) {concerns} the school \
             resource officer (the “SRO”) at {schools}. The law behind it is section 37P of chapter 71 of the \
             General Laws."
        )),
    ];
    let mut number = 0;
    for requirement in pack.requirements().iter().filter(|r| r.kinds.contains(&kind)) {
        number += 1;
        parts.push(Part::Heading(2, format!("{number}. {}", heading(requirement))));
        parts.extend(requirement.starter.as_ref().map(|starter| Part::Paragraph(starter.trim().to_owned())));
    }
    parts.push(Part::Heading(2, format!("{}. Term", number + 1)));
    parts.push(Part::Paragraph(format!(
        "{it_takes} effect on [date] and {it_is} reviewed each year by the Chief of Police and the Superintendent."
    )));
    let signers: &[&str] =
        if kind == Kind::Op { &["Chief of Police"] } else { &["Superintendent of Schools", "Chief of Police"] };
    parts.extend(
        signers
            .iter()
            .map(|office| Part::Paragraph(format!("______________________ {office}          Date: ______________"))),
    );
    parts
}

/// The law's title, without what follows its first clause, as a heading.
fn heading(requirement: &Requirement) -> String {
    let title = requirement.title.split(", including").next().unwrap_or_default();
    let title = title.split(", which").next().unwrap_or(title);
    let mut out = String::new();
    let mut chars = title.chars();
    if let Some(first) = chars.next() {
        let _ = write!(out, "{}{}", first.to_uppercase(), chars.as_str());
    }
    out
}
