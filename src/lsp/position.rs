//! Positions: an editor counts lines from 0 and UTF-16 units, a report counts bytes.

use crate::document::Span;
use lsp_types::{Position, Range};

/// The text of a file with the places where its lines start.
#[derive(Debug, Clone, Default)]
pub struct Lines {
    text: String,
    starts: Vec<usize>,
}

impl Lines {
    /// Of a text.
    pub fn new(text: String) -> Self {
        let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { text, starts }
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The position of a byte.
    pub fn position(&self, offset: usize) -> Position {
        let offset = self.text.floor_char_boundary(offset);
        let line = self.starts.partition_point(|start| *start <= offset).saturating_sub(1);
        let start = self.starts.get(line).copied().unwrap_or(0);
        let units = self.text.get(start..offset).unwrap_or_default().encode_utf16().count();
        Position::new(number(line), number(units))
    }

    /// The byte at a position; a position after the end of a line is its end.
    pub fn offset(&self, position: Position) -> usize {
        let Some(start) = usize::try_from(position.line).ok().and_then(|line| self.starts.get(line)) else {
            return self.text.len();
        };
        let mut units = 0;
        let mut offset = *start;
        for c in self.text.get(*start..).unwrap_or_default().chars() {
            if units >= position.character || c == '\n' {
                break;
            }
            units += number(c.len_utf16());
            offset += c.len_utf8();
        }
        offset
    }

    /// The range of a span.
    pub fn range(&self, span: Span) -> Range {
        Range::new(self.position(span.start), self.position(span.end))
    }
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_count_utf16_units() {
        let lines = Lines::new("a\n🚸é“x”\nend".to_owned());
        let x = lines.text().find('x').unwrap();
        assert_eq!(lines.position(x), Position::new(1, 4));
        assert_eq!(lines.offset(Position::new(1, 4)), x);
        assert_eq!(lines.offset(Position::new(0, 99)), 1);
        assert_eq!(lines.offset(Position::new(9, 0)), lines.text().len());
    }

    proptest::proptest! {
        #[test]
        fn every_character_goes_to_its_position_and_back(text in "[a🚸é\n]{0,40}") {
            let lines = Lines::new(text.clone());
            for (at, _) in text.char_indices() {
                proptest::prop_assert_eq!(lines.offset(lines.position(at)), at);
            }
        }
    }
}
