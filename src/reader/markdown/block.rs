//! A Markdown block while it is being read.

use crate::document::{BlockKind, Draft, Look, Span};

/// Words and their emphasis, collected until the block ends.
pub(super) struct Open {
    pub kind: BlockKind,
    pub outline: Option<u8>,
    start: usize,
    pub label: Option<String>,
    pieces: Vec<Span>,
    bold: Emphasis,
    italic: Emphasis,
}

impl Open {
    pub fn new(kind: BlockKind, start: usize, label: Option<String>) -> Self {
        let (bold, italic) = (Emphasis::default(), Emphasis::default());
        Self { kind, outline: None, start, label, pieces: Vec::new(), bold, italic }
    }

    pub fn push(&mut self, span: Span, bold: bool, italic: bool) {
        self.bold.add(span, bold);
        self.italic.add(span, italic);
        match self.pieces.last_mut() {
            Some(last) if last.end == span.start => last.end = span.end,
            _ => self.pieces.push(span),
        }
    }

    /// The draft, unless the block holds no word.
    pub fn close(mut self, text: &str) -> Option<Draft> {
        self.trim(text);
        let end = self.pieces.last()?.end;
        let italic_lead = self.italic.lead > 0 && self.italic_phrase_ends(text);
        let look = Look {
            bold: self.bold.everywhere(),
            italic: self.italic.everywhere(),
            outline: self.outline,
            lead: if italic_lead { self.italic.lead() } else { self.bold.lead() },
            ..Look::default()
        };
        let start = self.start.min(self.pieces.first()?.start);
        Some(Draft { kind: self.kind, span: Span::new(start, end), pieces: self.pieces, label: self.label, look })
    }

    /// Italics at the start are a run-in heading only if they end like one; often they just stress a word.
    fn italic_phrase_ends(&self, text: &str) -> bool {
        let mut left = self.italic.lead;
        self.pieces.iter().any(|piece| {
            let inside = left <= piece.len();
            let ends = inside && text.get(..piece.start + left).is_some_and(|t| t.ends_with(['.', ':', '?']));
            left = left.saturating_sub(piece.len());
            ends
        })
    }

    fn trim(&mut self, text: &str) {
        while let Some(last) = self.pieces.last_mut() {
            let kept = text[last.start..last.end].trim_end().len();
            last.end = last.start + kept;
            if kept > 0 {
                break;
            }
            self.pieces.pop();
        }
    }
}

/// How far an emphasis reaches from the start of a block.
#[derive(Default)]
struct Emphasis {
    lead: usize,
    broken: bool,
}

impl Emphasis {
    fn add(&mut self, span: Span, on: bool) {
        if on && !self.broken {
            self.lead += span.len();
        } else if !on {
            self.broken = true;
        }
    }

    fn everywhere(&self) -> bool {
        !self.broken && self.lead > 0
    }

    fn lead(&self) -> usize {
        if self.broken { self.lead } else { 0 }
    }
}
