//! A part of the package, decoded to text.

use super::damaged;
use crate::reader::ReadError;

/// How a part's characters are stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Encoding {
    Utf8,
    Utf16 { big_endian: bool },
}

/// A part with its text.
#[derive(Debug)]
pub(super) struct Part {
    name: String,
    text: String,
    encoding: Encoding,
    /// Bytes of the byte order mark, as stored.
    bom: usize,
}

impl Part {
    /// Decodes a part. XML in a package is UTF-8 or UTF-16, with or without a byte order mark.
    pub(super) fn decode(name: String, mut bytes: Vec<u8>) -> Result<Self, ReadError> {
        let (encoding, bom) = match bytes.as_slice() {
            [0xef, 0xbb, 0xbf, ..] => (Encoding::Utf8, 3),
            [0xff, 0xfe, ..] => (Encoding::Utf16 { big_endian: false }, 2),
            [0xfe, 0xff, ..] => (Encoding::Utf16 { big_endian: true }, 2),
            [b'<', 0, ..] => (Encoding::Utf16 { big_endian: false }, 0),
            [0, b'<', ..] => (Encoding::Utf16 { big_endian: true }, 0),
            _ => (Encoding::Utf8, 0),
        };
        let text = match encoding {
            Encoding::Utf8 => {
                bytes.drain(..bom);
                String::from_utf8(bytes).ok()
            }
            Encoding::Utf16 { big_endian } => wide(&bytes[bom..], big_endian),
        };
        match text {
            Some(text) => Ok(Self { name, text, encoding, bom }),
            None => Err(damaged(format!("{name} holds characters that are neither UTF-8 nor UTF-16"))),
        }
    }

    /// The part's name in the package, as stored.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// The part's text without its byte order mark.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Bytes of the byte order mark: places in the stored part are shifted by it.
    pub(super) fn bom(&self) -> usize {
        self.bom
    }

    /// Whether every character is stored in two or four bytes.
    pub(super) fn is_wide(&self) -> bool {
        self.encoding != Encoding::Utf8
    }
}

fn wide(bytes: &[u8], big_endian: bool) -> Option<String> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let units = pairs.iter().map(|pair| if big_endian { u16::from_be_bytes(*pair) } else { u16::from_le_bytes(*pair) });
    rest.is_empty().then(|| char::decode_utf16(units).collect::<Result<String, _>>().ok())?
}
