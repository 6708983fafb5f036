//! Little-endian numbers in a stream, never past its end.

/// A stream's bytes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Binary<'a>(pub &'a [u8]);

impl<'a> Binary<'a> {
    pub fn u8(self, at: usize) -> Option<u8> {
        self.0.get(at).copied()
    }

    pub fn u16(self, at: usize) -> Option<u16> {
        Some(u16::from_le_bytes(self.0.get(at..at.checked_add(2)?)?.try_into().ok()?))
    }

    pub fn u32(self, at: usize) -> Option<u32> {
        Some(u32::from_le_bytes(self.0.get(at..at.checked_add(4)?)?.try_into().ok()?))
    }

    pub fn i32(self, at: usize) -> Option<i32> {
        self.u32(at).map(u32::cast_signed)
    }

    pub fn slice(self, at: usize, length: usize) -> Option<Binary<'a>> {
        self.0.get(at..at.checked_add(length)?).map(Self)
    }

    /// UTF-16 characters.
    pub fn text(self, at: usize, characters: usize) -> Option<String> {
        let bytes = self.slice(at, characters.checked_mul(2)?)?;
        let units = bytes.0.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
        Some(char::decode_utf16(units).map(|c| c.unwrap_or('\u{fffd}')).collect())
    }

    /// The character positions of a table of positions with data of `size` bytes each (a PLC).
    pub fn positions(self, size: usize) -> Vec<u32> {
        let count = self.0.len().saturating_sub(4) / (4 + size);
        (0..=count).filter_map(|i| self.u32(i * 4)).collect()
    }
}
