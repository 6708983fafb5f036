//! A paragraph while it is read: it is handed on whole, because how it looks and whether it stays is known
//! only at its end.

use super::properties::TypeLook;
use super::styles::StyleId;
use crate::document::{BlockKind, Look, Origin};
use std::ops::Range;

/// What happened at a place in a paragraph.
#[derive(Debug)]
pub(super) enum Mark {
    /// Words deleted here.
    Deleted(String),
    /// Words inserted, ending here.
    Inserted(Range<usize>),
    /// A page starts.
    Page(u32),
    /// The words that a comment is put at start.
    CommentStart(String),
    /// They end.
    CommentEnd(String),
}

/// Which notes a reference goes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum NoteKind {
    Footnote,
    Endnote,
}

/// What follows a paragraph.
#[derive(Debug)]
pub(super) enum After {
    /// A paragraph of a text box that is anchored in it.
    Boxed(Box<Paragraph>),
    /// A note that it refers to.
    Note(NoteKind, String),
}

/// A paragraph's words with their places, look and marks.
#[derive(Debug)]
pub(super) struct Paragraph {
    pub(super) kind: BlockKind,
    pub(super) text: String,
    pub(super) pieces: Vec<(Range<usize>, Origin)>,
    /// Ascending by place in the text.
    pub(super) marks: Vec<(usize, Mark)>,
    /// Prompts that controls still show, each with the number of its control.
    pub(super) prompts: Vec<(Range<usize>, u32)>,
    pub(super) after: Vec<After>,
    pub(super) shape: Shape,
    seen: Seen,
}

/// What a paragraph's properties and style say.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Shape {
    pub(super) style: Option<StyleId>,
    pub(super) outline: Option<u8>,
    pub(super) is_title: bool,
    pub(super) is_contents: bool,
    pub(super) is_dotted: bool,
    pub(super) is_centered: bool,
    /// List and level from its own properties; the list alone may come from the style.
    pub(super) list: Option<i64>,
    pub(super) level: Option<u8>,
    pub(super) ends_section: bool,
    /// Its mark is hidden or deleted.
    pub(super) mark_hidden: bool,
    pub(super) mark_deleted: bool,
    /// It stands for a table cell without words.
    pub(super) is_empty_cell: bool,
}

/// How the words seen so far look.
#[derive(Debug, Clone, Copy)]
struct Seen {
    words: bool,
    bold: bool,
    italic: bool,
    underlined: bool,
    size: Option<f32>,
    lead: usize,
    leading: bool,
}

impl Default for Seen {
    fn default() -> Self {
        Self { words: false, bold: true, italic: true, underlined: true, size: None, lead: 0, leading: true }
    }
}

impl Default for Paragraph {
    fn default() -> Self {
        Self {
            kind: BlockKind::Paragraph,
            text: String::new(),
            pieces: Vec::new(),
            marks: Vec::new(),
            prompts: Vec::new(),
            after: Vec::new(),
            shape: Shape::default(),
            seen: Seen::default(),
        }
    }
}

impl Paragraph {
    /// Adds words.
    pub(super) fn push(&mut self, text: &str, origin: Origin, look: TypeLook) -> Range<usize> {
        let range = self.text.len()..self.text.len() + text.len();
        self.text.push_str(text);
        self.pieces.push((range.clone(), origin));
        if text.contains(|c: char| !c.is_whitespace()) {
            self.see(look, range.end);
        }
        range
    }

    fn see(&mut self, look: TypeLook, end: usize) {
        let seen = &mut self.seen;
        let (bold, underlined) = (look.bold.unwrap_or(false), look.underlined.unwrap_or(false));
        seen.words = true;
        seen.bold &= bold;
        seen.underlined &= underlined;
        seen.italic &= look.italic.unwrap_or(false);
        seen.size = match (seen.size, look.size) {
            (Some(a), Some(b)) => Some(a.max(b)),
            (a, b) => a.or(b),
        };
        seen.leading &= bold || underlined;
        if seen.leading {
            seen.lead = end;
        }
    }

    /// Remembers that the words of a range, which were pushed last, are inserted.
    pub(super) fn inserted(&mut self, range: Range<usize>) {
        if let Some((at, Mark::Inserted(last))) = self.marks.last_mut()
            && last.end == range.start
        {
            last.end = range.end;
            *at = range.end;
        } else {
            self.marks.push((range.end, Mark::Inserted(range)));
        }
    }

    /// Remembers deleted words.
    pub(super) fn deleted(&mut self, text: &str) {
        let here = self.text.len();
        match self.marks.last_mut() {
            Some((at, Mark::Deleted(last))) if *at == here => last.push_str(text),
            _ => self.marks.push((here, Mark::Deleted(text.to_owned()))),
        }
    }

    /// Remembers that the words of a range are the prompt of a control.
    pub(super) fn prompt(&mut self, range: Range<usize>, control: u32) {
        match self.prompts.last_mut() {
            Some((last, same)) if *same == control && last.end == range.start => last.end = range.end,
            _ => self.prompts.push((range, control)),
        }
    }

    /// Remembers what happens at the present place.
    pub(super) fn mark(&mut self, mark: Mark) {
        self.marks.push((self.text.len(), mark));
    }

    /// Whether it holds a word.
    pub(super) fn has_words(&self) -> bool {
        self.seen.words
    }

    /// Whether nothing at all would be lost with it.
    pub(super) fn is_blank(&self) -> bool {
        self.text.is_empty() && self.marks.is_empty() && self.after.is_empty()
    }

    /// How it looks.
    pub(super) fn look(&self) -> Look {
        let Seen { words, bold, italic, underlined, size, lead, leading } = self.seen;
        let lead = if leading { 0 } else { self.text.get(..lead).unwrap_or_default().trim_end().len() };
        Look {
            bold: words && bold,
            italic: words && italic,
            underlined: words && underlined,
            centered: self.shape.is_centered,
            size,
            outline: self.shape.outline.filter(|level| *level > 0),
            title: self.shape.is_title,
            lead,
        }
    }

    /// Whether it is a line of a table of contents: by its style or field, or because it looks like one.
    pub(super) fn is_contents(&self) -> bool {
        self.shape.is_contents || is_contents_line(&self.text, self.shape.is_dotted)
    }

    /// Empties it and keeps its memory for the next one.
    pub(super) fn clear(&mut self) {
        self.kind = BlockKind::Paragraph;
        self.text.clear();
        self.pieces.clear();
        self.marks.clear();
        self.prompts.clear();
        self.after.clear();
        self.shape = Shape::default();
        self.seen = Seen::default();
    }
}

/// A short line that ends in a page number after dots, typed or drawn by a tab stop.
fn is_contents_line(text: &str, dotted: bool) -> bool {
    let line = text.trim();
    let stem = line.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, 'i' | 'v' | 'x'));
    if line.len() > 300 || stem.len() == line.len() || !stem.contains(char::is_alphabetic) {
        return false;
    }
    let title = stem.trim_end_matches(['.', '…', '·', ' ', '\t', '\u{a0}']);
    let gap = &stem[title.len()..];
    let dots: usize = gap.chars().map(|c| if c == '…' { 3 } else { usize::from(matches!(c, '.' | '·')) }).sum();
    dots >= 4 || (dotted && gap.contains('\t'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contents_lines_end_in_dots_and_a_page_number() {
        assert!(is_contents_line("Selection of officers ........ 4", false));
        assert!(is_contents_line("Preface . . . . . iv", false));
        assert!(is_contents_line("Training\t12", true));
        assert!(!is_contents_line("Training\t12", false));
        assert!(!is_contents_line("The officer shall report to ......", false));
        assert!(!is_contents_line("See Section 12", true));
    }
}
