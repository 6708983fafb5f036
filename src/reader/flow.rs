//! Paragraphs as a reader collects them: stretches of text with their type, and marks between them.
//!
//! Notes and boxes stand in the middle of a paragraph, so a paragraph is collected whole, written into the
//! document, and followed by what stood in it.

use crate::document::{BlockKind, DocumentBuilder, Origin, Span};
use std::collections::{BTreeMap, HashSet};

/// How characters look.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Type {
    pub bold: bool,
    pub underlined: bool,
    pub italic: bool,
    /// In points.
    pub size: Option<f32>,
}

/// Part of a paragraph.
#[derive(Debug, Clone)]
pub(super) enum Piece {
    Text {
        text: String,
        look: Type,
        origin: Option<Origin>,
        inserted: bool,
    },
    /// Words that a tracked change deletes.
    Deleted(String),
    /// The page of this number starts here.
    Page(u32),
    /// A comment's or a placeholder's stretch starts here.
    Start(Mark),
    /// It ends here.
    End(Mark),
}

/// What a marked stretch is for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Mark {
    /// The words that a comment of this name is put at.
    Comment(String),
    /// A form control that still shows its prompt.
    Placeholder,
}

/// A paragraph being collected.
#[derive(Debug, Clone)]
pub(super) struct Paragraph {
    pub kind: BlockKind,
    pub label: Option<String>,
    pub outline: Option<u8>,
    pub centered: bool,
    pub title: bool,
    pub pieces: Vec<Piece>,
}

impl Paragraph {
    pub fn new(kind: BlockKind) -> Self {
        Self { kind, label: None, outline: None, centered: false, title: false, pieces: Vec::new() }
    }

    /// Adds text, to the last piece where look and place go on.
    pub fn text(&mut self, new: &str, new_look: Type, new_origin: Option<Origin>, new_inserted: bool) {
        if new.is_empty() {
            return;
        }
        if let Some(Piece::Text { text, look, origin, inserted }) = self.pieces.last_mut()
            && (*look, *inserted) == (new_look, new_inserted)
            && join(origin, new_origin.as_ref())
        {
            return text.push_str(new);
        }
        let text = new.to_owned();
        self.pieces.push(Piece::Text { text, look: new_look, origin: new_origin, inserted: new_inserted });
    }

    /// Whether it has no words.
    pub fn is_blank(&self) -> bool {
        self.texts().all(|(text, _)| text.trim().is_empty())
    }

    /// The last character, if any.
    pub fn last(&self) -> Option<char> {
        self.pieces.iter().rev().find_map(|piece| match piece {
            Piece::Text { text, .. } => text.chars().next_back(),
            _ => None,
        })
    }

    /// Its words.
    pub fn words(&self) -> String {
        self.texts().map(|(text, _)| text).collect()
    }

    fn texts(&self) -> impl Iterator<Item = (&str, Type)> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Text { text, look, .. } => Some((text.as_str(), *look)),
            _ => None,
        })
    }

    /// Bytes at the start that are bold or underlined while the rest is not.
    fn lead(&self) -> usize {
        let mut lead = 0;
        for (text, look) in self.texts() {
            if !look.bold && !look.underlined && !text.trim().is_empty() {
                return lead;
            }
            lead += text.len();
        }
        0
    }
}

/// Extends a place by the one that follows it at once; `false` if it does not.
fn join(place: &mut Option<Origin>, next: Option<&Origin>) -> bool {
    match (place, next) {
        (None, None) => true,
        (Some(a), Some(b))
            if (a.part, a.paragraph, a.run, a.bytes.end) == (b.part, b.paragraph, b.run, b.bytes.start) =>
        {
            a.bytes.end = b.bytes.end;
            true
        }
        _ => false,
    }
}

/// Writes paragraphs into a document and remembers what spans paragraphs.
#[derive(Debug)]
pub(super) struct Writer {
    pub out: DocumentBuilder,
    starts: BTreeMap<Mark, usize>,
    anchors: BTreeMap<String, Span>,
    /// Running heads; every section repeats them.
    heads: Vec<Paragraph>,
    known_heads: HashSet<String>,
}

impl Writer {
    pub fn new(out: DocumentBuilder) -> Self {
        Self { out, starts: BTreeMap::new(), anchors: BTreeMap::new(), heads: Vec::new(), known_heads: HashSet::new() }
    }

    /// Keeps a paragraph of a running head for [`Self::heads`], unless it is known.
    pub fn head(&mut self, paragraph: Paragraph) {
        if self.known_heads.insert(paragraph.words()) {
            self.heads.push(paragraph);
        }
    }

    /// Writes the running heads, once the body is written.
    pub fn heads(&mut self) {
        for head in std::mem::take(&mut self.heads) {
            self.paragraph(head);
        }
    }

    /// Writes a paragraph as a block.
    pub fn paragraph(&mut self, paragraph: Paragraph) {
        let worded = !paragraph.is_blank();
        if !worded && !matches!(paragraph.kind, BlockKind::TableCell { .. }) {
            paragraph.pieces.into_iter().filter(|p| !matches!(p, Piece::Text { .. })).for_each(|p| self.piece(p));
            return;
        }
        self.out.open(paragraph.kind.clone());
        if worded {
            self.out.label(paragraph.label.as_deref().unwrap_or_default());
        }
        if let Some(look) = self.out.look() {
            let all = |of: fn(Type) -> bool| paragraph.texts().all(|(text, t)| of(t) || text.trim().is_empty());
            look.bold = worded && all(|t| t.bold);
            look.underlined = worded && all(|t| t.underlined);
            look.italic = worded && all(|t| t.italic);
            look.size = paragraph.texts().filter_map(|(_, t)| t.size).reduce(f32::max);
            look.lead = paragraph.lead();
            look.centered = paragraph.centered;
            look.title = paragraph.title;
            look.outline = paragraph.outline;
        }
        for piece in paragraph.pieces {
            self.piece(piece);
        }
        self.out.close();
    }

    fn piece(&mut self, piece: Piece) {
        let at = self.out.position();
        match piece {
            Piece::Text { text, origin, inserted, .. } => {
                self.out.push(&text, origin);
                if inserted {
                    self.out.inserted(Span::new(at, self.out.position()));
                }
            }
            Piece::Deleted(text) => self.out.deleted(&text),
            Piece::Page(number) => self.out.page(at, number),
            Piece::Start(mark) => {
                self.starts.insert(mark, at);
            }
            Piece::End(mark) => self.end(mark, at),
        }
    }

    fn end(&mut self, mark: Mark, at: usize) {
        let Some(start) = self.starts.remove(&mark) else { return };
        let span = Span::new(start.min(at), at);
        match mark {
            Mark::Comment(name) => {
                self.anchors.insert(name, span);
            }
            Mark::Placeholder => self.out.placeholder(span),
        }
    }

    /// Writes a comment; its anchor must have ended before.
    pub fn comment(&mut self, author: Option<String>, name: &str, paragraphs: Vec<Paragraph>) {
        let anchor = self.anchors.remove(name).filter(|span| !span.is_empty());
        for mut paragraph in paragraphs {
            paragraph.kind = BlockKind::Comment { author: author.clone(), anchor };
            self.paragraph(paragraph);
        }
    }
}
