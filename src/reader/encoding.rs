//! From bytes to text, for the plain formats.

use super::{Limits, ReadError};
use encoding_rs::{Encoding, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// A decoded file.
pub(crate) struct Decoded {
    /// The file's text; for UTF-8 it is the file itself, byte order mark included.
    pub text: String,
    /// What a person should know when the text is not the file byte for byte.
    pub remark: Option<String>,
}

/// Decodes UTF-8 as it stands, UTF-16 by its mark or by its zero bytes, and anything else as Windows-1252.
pub(crate) fn decode(bytes: &[u8], limits: &Limits) -> Result<Decoded, ReadError> {
    if bytes.is_empty() {
        return Err(ReadError::Empty);
    }
    if bytes.len() as u64 > limits.file_bytes {
        return Err(ReadError::TooLarge { what: "its size", limit: format!("{} MB", limits.file_bytes >> 20) });
    }
    let decoded = match (utf16(bytes), std::str::from_utf8(bytes)) {
        (Some(encoding), _) => other(bytes, encoding),
        (None, Ok(text)) => Decoded { text: text.to_owned(), remark: None },
        (None, Err(_)) => other(bytes, WINDOWS_1252),
    };
    let blank = |c: char| c.is_whitespace() || c == '\u{feff}' || c == '\0';
    if decoded.text.chars().all(blank) { Err(ReadError::NoText) } else { Ok(decoded) }
}

/// UTF-16 by its byte order mark, or by zeros in nearly every second byte of the start.
fn utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    match bytes {
        [0xff, 0xfe, ..] => return Some(UTF_16LE),
        [0xfe, 0xff, ..] => return Some(UTF_16BE),
        _ => {}
    }
    let start = &bytes[..bytes.len().min(1024)];
    let zeros = |offset: usize| start.iter().skip(offset).step_by(2).filter(|b| **b == 0).count();
    let (even, odd, most) = (zeros(0), zeros(1), start.len() / 2 * 9 / 10);
    match most {
        0 => None,
        _ if odd >= most && even == 0 => Some(UTF_16LE),
        _ if even >= most && odd == 0 => Some(UTF_16BE),
        _ => None,
    }
}

fn other(bytes: &[u8], encoding: &'static Encoding) -> Decoded {
    let (text, _, _) = encoding.decode(bytes);
    let remark = format!("Read as {}; positions count in the text converted to UTF-8.", encoding.name());
    Decoded { text: text.into_owned(), remark: Some(remark) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8]) -> String {
        decode(bytes, &Limits::default()).expect("decodes").text
    }

    #[test]
    fn utf8_is_kept_byte_for_byte_with_its_mark() {
        assert_eq!(text("\u{feff}§ 37P".as_bytes()), "\u{feff}§ 37P");
    }

    #[test]
    fn utf16_is_known_by_its_mark_or_by_its_zero_bytes() {
        let little: Vec<u8> = "The SRO".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = "\u{feff}The SRO".encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(text(&little), "The SRO");
        assert_eq!(text(&big), "The SRO");
    }

    #[test]
    fn windows_1252_quotes_are_decoded_with_a_remark() {
        let decoded = decode(b"The \x93Officer\x94 \xa7 37P", &Limits::default()).expect("decodes");
        assert_eq!(decoded.text, "The “Officer” § 37P");
        assert!(decoded.remark.is_some());
    }

    #[test]
    fn nothing_and_nothing_but_blanks_are_refused() {
        assert_eq!(decode(b"", &Limits::default()).err(), Some(ReadError::Empty));
        assert_eq!(decode(b" \n\t", &Limits::default()).err(), Some(ReadError::NoText));
    }
}
