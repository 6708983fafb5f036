//! The header of a Word 97–2003 document (FIB): where everything stands.

use super::binary::Binary;

/// Stories in the order of their characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Story {
    Main,
    Footnotes,
    Headers,
    Comments,
    Endnotes,
    Boxes,
}

/// The structures of the table stream that are read, by their place in the header.
#[derive(Debug, Clone, Copy)]
pub(super) enum Structure {
    Styles = 1,
    FootnoteMarks = 2,
    FootnoteTexts = 3,
    CommentMarks = 4,
    CommentTexts = 5,
    HeaderTexts = 11,
    CharacterPages = 12,
    ParagraphPages = 13,
    Pieces = 33,
    CommentAuthors = 36,
    EndnoteMarks = 46,
    EndnoteTexts = 47,
    Lists = 73,
    ListUses = 74,
}

/// The header.
#[derive(Debug, Clone, Copy)]
pub(super) struct Header<'a> {
    word: Binary<'a>,
}

impl<'a> Header<'a> {
    /// The header of a `WordDocument` stream, if it is one of Word's.
    pub fn new(word: Binary<'a>) -> Option<Self> {
        (matches!(word.u16(0)?, 0xa5ec | 0xa5dc) && word.0.len() >= 154).then_some(Self { word })
    }

    /// Word 6 and 95 write another header.
    pub fn is_old(self) -> bool {
        self.word.u16(2).is_none_or(|version| version < 0x00c1)
    }

    pub fn is_encrypted(self) -> bool {
        self.word.u16(10).is_some_and(|flags| flags & 0x0100 != 0)
    }

    /// The name of the stream that holds the tables.
    pub fn table_stream(self) -> &'static str {
        if self.word.u16(10).is_some_and(|flags| flags & 0x0200 != 0) { "1Table" } else { "0Table" }
    }

    /// First and last character position of a story.
    pub fn story(self, story: Story) -> (u32, u32) {
        // Lengths stand at these places; between headers and comments is one that Word no longer uses.
        const LENGTHS: [(usize, Option<Story>); 7] = [
            (76, Some(Story::Main)),
            (80, Some(Story::Footnotes)),
            (84, Some(Story::Headers)),
            (88, None),
            (92, Some(Story::Comments)),
            (96, Some(Story::Endnotes)),
            (100, Some(Story::Boxes)),
        ];
        let mut start = 0u32;
        for (at, found) in LENGTHS {
            let length = self.word.i32(at).and_then(|n| u32::try_from(n).ok()).unwrap_or(0);
            let end = start.saturating_add(length);
            if found == Some(story) {
                return (start, end);
            }
            start = end;
        }
        (start, start)
    }

    /// Offset and length of a structure in the table stream.
    pub fn place(self, structure: Structure) -> Option<(usize, usize)> {
        let at = 154 + 8 * structure as usize;
        Some((self.word.u32(at)? as usize, self.word.u32(at + 4)? as usize))
    }

    /// A structure in the table stream; empty if there is none.
    pub fn structure<'t>(self, table: Binary<'t>, structure: Structure) -> Binary<'t> {
        self.place(structure).and_then(|(at, length)| table.slice(at, length)).unwrap_or(Binary(&[]))
    }
}
