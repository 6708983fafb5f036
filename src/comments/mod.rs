//! A copy of a Word file in which every finding is a comment at its words.
//!
//! The copy is the original with insertions: the main part gets the marks of the comments, the part of comments
//! gets their text, and every other part is copied as it is packed. Nothing of the original is taken out.

mod package;
mod remark;
mod runs;
mod splice;
#[cfg(test)]
mod tests;

use crate::document::{Format, Origin, Span};
use crate::report::Checked;
use package::Package;
use remark::Remark;
use runs::Runs;
use std::ops::Range;

/// The byte order mark, which stays where it is.
const BOM: char = '\u{feff}';

/// Why no copy with comments can be made, in a sentence.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CommentError {
    /// The input is of another format.
    #[error("Comments can only be put into a Word .docx file, and this is {0}. Save it as .docx first.")]
    Format(&'static str),
    /// Only heads, feet or notes hold words, and those carry no comments.
    #[error("Comments cannot be put into this file: its body holds no words to put them at.")]
    Empty,
    /// The package is not as Word writes it.
    #[error("Comments cannot be put into this file: {0}. Open it in Word, save it again and retry.")]
    Package(String),
}

/// Makes the copy. `bytes` is the file that was checked.
///
/// # Errors
/// One clear sentence on why this file cannot carry comments.
pub fn annotate(bytes: &[u8], checked: &Checked) -> Result<Vec<u8>, CommentError> {
    let format = checked.document.format();
    if format != Format::Docx {
        return Err(CommentError::Format(format.name()));
    }
    let main = checked.document.origins().parts().first().ok_or_else(|| wrong("it has no main part"))?;
    let mut package = Package::open(bytes)?;
    let stored = package.text(main)?.ok_or_else(|| wrong("its main part is gone"))?;
    let xml = stored.trim_start_matches(BOM);
    let bom = stored.len() - xml.len();
    let runs = Runs::scan(xml)?;
    let remarks = Remark::all(&checked.report);
    if remarks.is_empty() {
        return package.copy();
    }
    let ranges = remarks.iter().map(|remark| {
        let range = place(checked, remark).ok_or(CommentError::Empty)?;
        Ok(range.start.saturating_sub(bom)..range.end.saturating_sub(bom))
    });
    let ranges = ranges.collect::<Result<Vec<_>, CommentError>>()?;
    let first = package.next_id(main, xml)?;
    let marked = splice::mark(xml, &runs, first, &ranges);
    let texts: Vec<String> = remarks.iter().zip(first..).map(|(remark, id)| remark.xml(id)).collect();
    package.add_comments(main, &texts, runs.is_strict())?;
    package.replace(main, format!("{}{marked}", &stored[..bom]));
    package.copy()
}

/// The bytes of the main part that a comment is put at: its words, else the words before them (a note or a page
/// head carries no comments), else the end of the text.
fn place(checked: &Checked, remark: &Remark) -> Option<Range<usize>> {
    let document = &checked.document;
    let origins = document.origins();
    let all = Span::new(0, document.text().len());
    let span = remark.span.unwrap_or(Span::new(all.end, all.end));
    let main = |piece: &&(Span, Origin)| piece.1.part == 0;
    let within: Vec<_> = origins.within(span).iter().filter(main).collect();
    if let (Some(first), Some(last)) = (within.first(), within.last()) {
        let start = raw(first, span.start.max(first.0.start)).0;
        let end = raw(last, span.end.min(last.0.end)).1;
        return Some(start..end.max(start + 1));
    }
    let before = origins.within(Span::new(0, span.end)).iter().rev().find(main);
    let (_, origin) = before.or_else(|| origins.within(all).iter().find(main))?;
    Some(origin.bytes.start as usize..origin.bytes.end as usize)
}

/// Where a character of a piece starts and ends in the part. Only plain text keeps its length; a reference or a
/// tab is taken whole.
fn raw((span, origin): &(Span, Origin), at: usize) -> (usize, usize) {
    let (start, end) = (origin.bytes.start as usize, origin.bytes.end as usize);
    if end - start == span.len() {
        let at = start + (at - span.start);
        return (at, at);
    }
    (start, end)
}

fn wrong(what: &str) -> CommentError {
    CommentError::Package(what.to_owned())
}
