//! The piece table: which bytes of the file hold which characters.

use super::binary::Binary;

/// A run of characters that stand together in the file.
#[derive(Debug, Clone, Copy)]
struct Piece {
    start: u32,
    end: u32,
    /// Where its first character stands in the file.
    offset: u32,
    /// One byte per character instead of two.
    narrow: bool,
}

/// All characters of a document.
#[derive(Debug)]
pub(super) struct Pieces<'a> {
    word: Binary<'a>,
    pieces: Vec<Piece>,
}

impl<'a> Pieces<'a> {
    /// Reads the table from its structure (CLX); `None` if it holds none.
    pub fn new(word: Binary<'a>, clx: Binary<'_>) -> Option<Self> {
        let mut at = 0;
        // Property runs stand before the table.
        while clx.u8(at)? == 1 {
            at += 3 + usize::from(clx.u16(at + 1)?);
        }
        if clx.u8(at)? != 2 {
            return None;
        }
        let length = clx.u32(at + 1)? as usize;
        let table = clx.slice(at + 5, length)?;
        let positions = table.positions(8);
        let data = positions.len() * 4;
        let mut pieces: Vec<Piece> = Vec::new();
        for (i, pair) in positions.windows(2).enumerate() {
            let raw = table.u32(data + i * 8 + 2)?;
            let narrow = raw & 0x4000_0000 != 0;
            let place = raw & 0x3fff_ffff;
            let offset = if narrow { place / 2 } else { place };
            // Pieces that overlap would let a small file hold endless text.
            let start = pair[0].max(pieces.last().map_or(0, |last| last.end));
            if pair[1] > start {
                pieces.push(Piece { start, end: pair[1], offset, narrow });
            }
        }
        Some(Self { word, pieces })
    }

    /// The characters of a stretch, each with its position and its offset in the file.
    pub fn characters(&self, start: u32, end: u32) -> impl Iterator<Item = (u32, u32, u16)> + '_ {
        let first = self.pieces.partition_point(|piece| piece.end <= start);
        let pieces = self.pieces[first..].iter().take_while(move |piece| piece.start < end);
        pieces.flat_map(move |piece| {
            let stretch = start.max(piece.start)..end.min(piece.end);
            stretch.map_while(move |position| self.character(piece, position))
        })
    }

    fn character(&self, piece: &Piece, position: u32) -> Option<(u32, u32, u16)> {
        let from = position - piece.start;
        let width = if piece.narrow { 1 } else { 2 };
        let offset = piece.offset.checked_add(from.checked_mul(width)?)?;
        let unit =
            if piece.narrow { windows(self.word.u8(offset as usize)?) } else { self.word.u16(offset as usize)? };
        Some((position, offset, unit))
    }
}

/// Narrow characters are in Windows' Latin code page.
fn windows(byte: u8) -> u16 {
    if !(0x80..=0x9f).contains(&byte) {
        return u16::from(byte);
    }
    let bytes = [byte];
    let text = encoding_rs::WINDOWS_1252.decode_without_bom_handling(&bytes).0;
    text.encode_utf16().next().unwrap_or(0xfffd)
}
