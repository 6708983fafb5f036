//! Where the characters of a packed document came from.

use super::Span;
use std::ops::Range;

/// A run of text in a part of a packed file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// Index into [`OriginMap::parts`].
    pub part: u16,
    /// Byte range of the raw (still escaped) characters in the part as stored, after decompression.
    pub bytes: Range<u32>,
    /// Ordinal of the paragraph in the part, from 0.
    pub paragraph: u32,
    /// Ordinal of the run in the paragraph, from 0.
    pub run: u32,
}

/// For every character of the text its [`Origin`], where it has one (rendered numbers have none).
#[derive(Debug, Clone, Default)]
pub struct OriginMap {
    parts: Vec<String>,
    pieces: Vec<(Span, Origin)>,
}

impl OriginMap {
    /// Names of the parts (`word/document.xml`) that origins point into.
    pub fn parts(&self) -> &[String] {
        &self.parts
    }

    /// The pieces that overlap a span, in order.
    pub fn within(&self, span: Span) -> &[(Span, Origin)] {
        let from = self.pieces.partition_point(|(s, _)| s.end <= span.start);
        let to = self.pieces.partition_point(|(s, _)| s.start < span.end);
        &self.pieces[from..to.max(from)]
    }

    pub(super) fn part(&mut self, name: &str) -> u16 {
        let at = self.parts.iter().position(|p| p == name).unwrap_or_else(|| {
            self.parts.push(name.to_owned());
            self.parts.len() - 1
        });
        u16::try_from(at).unwrap_or(u16::MAX)
    }

    pub(super) fn push(&mut self, span: Span, origin: Origin) {
        self.pieces.push((span, origin));
    }
}
