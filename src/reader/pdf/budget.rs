//! Bounds on what a PDF unpacks to.
//!
//! The library inflates streams without a limit, so the file is measured before it is opened: every stream is
//! inflated once into a small buffer that is thrown away, and a file past the limit is refused.

use super::super::{Limits, ReadError};
use flate2::{Decompress, FlushDecompress, Status};
use hayro_syntax::object::dict::keys;
use hayro_syntax::object::{Dict, Name};
use memchr::memmem;
use std::borrow::Cow;

/// How often a stream may be packed in packing.
const DEEPEST: usize = 3;
/// Widest row that a stream may declare for its predictor; wider ones only serve to exhaust memory.
const COLUMNS: u64 = 1 << 20;
/// Most colours that a pixel may declare.
const COLORS: u64 = 64;

/// Whether a stream says that it is a picture. Such a stream is never inflated.
pub(super) fn is_picture(dict: &Dict<'_>) -> bool {
    dict.get::<Name<'_>>(keys::SUBTYPE).is_some_and(|name| name.as_ref() == keys::IMAGE)
}

/// Refuses a file whose streams inflate to more than the limit, or that declares tables past all measure.
pub(super) fn check(bytes: &[u8], limits: &Limits) -> Result<(), ReadError> {
    let over = |what, limit| Err(ReadError::TooLarge { what, limit });
    let mut left = limits.inflated_bytes;
    let mut from = 0;
    for at in memmem::find_iter(bytes, b"stream") {
        let dictionary = dictionary(&bytes[from..at]);
        from = at + b"stream".len();
        if bytes[..at].ends_with(b"end") {
            continue;
        }
        if declares_over(&dictionary, b"/Columns", COLUMNS) || declares_over(&dictionary, b"/Colors", COLORS) {
            return over("a row of compressed data", format!("{COLUMNS} values"));
        }
        let counts_objects = is_table(&dictionary) && declares_over(&dictionary, b"/Size", limits.elements as u64);
        if counts_objects || declares_over(&dictionary, b"/Index", limits.elements as u64) {
            return over("its number of objects", limits.elements.to_string());
        }
        if !shows_picture(&dictionary) {
            let inflated = inflated(start_of_data(&bytes[from..]), left, 0);
            left = match left.checked_sub(inflated) {
                Some(left) => left,
                None => return over("what it unpacks to", format!("{} MB", limits.inflated_bytes >> 20)),
            };
        }
    }
    Ok(())
}

/// The dictionary at the end of what stands before a stream, its names spelled out.
fn dictionary(before: &[u8]) -> Cow<'_, [u8]> {
    let dictionary = memmem::rfind(before, b" obj").map_or(before, |at| &before[at..]);
    if !dictionary.contains(&b'#') {
        return Cow::Borrowed(dictionary);
    }
    let mut plain = Vec::with_capacity(dictionary.len());
    let mut rest = dictionary;
    while let Some((&byte, after)) = rest.split_first() {
        let code = after.get(..2).and_then(|hex| u8::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok());
        let (byte, after) = match code {
            Some(code) if byte == b'#' => (code, &after[2..]),
            _ => (byte, after),
        };
        plain.push(byte);
        rest = after;
    }
    Cow::Owned(plain)
}

/// Whether a number after the key, alone or in an array, is over `most`.
fn declares_over(dictionary: &[u8], key: &[u8], most: u64) -> bool {
    memmem::find_iter(dictionary, key).any(|at| {
        let values = dictionary[at + key.len()..].iter();
        let values: Vec<u8> = values.copied().take_while(|b| b.is_ascii_digit() || b" \r\n\t[".contains(b)).collect();
        let numbers = values.split(|b| !b.is_ascii_digit());
        let value = |digits: &[u8]| {
            digits.iter().fold(0_u64, |n, digit| n.saturating_mul(10).saturating_add(u64::from(digit - b'0')))
        };
        numbers.map(value).any(|number| number > most)
    })
}

/// Whether a dictionary can be that of a table of objects: it gives the widths of its fields.
fn is_table(dictionary: &[u8]) -> bool {
    memmem::find_iter(dictionary, b"/W").any(|at| dictionary.get(at + 2).is_some_and(|b| !b.is_ascii_alphabetic()))
}

/// Whether a dictionary is a picture's and cannot serve as anything else.
fn shows_picture(dictionary: &[u8]) -> bool {
    let has = |needle: &[u8]| memmem::find(dictionary, needle).is_some();
    has(b"/Image") && !has(b"/First") && !is_table(dictionary)
}

fn start_of_data(data: &[u8]) -> &[u8] {
    data.strip_prefix(b"\r\n").or_else(|| data.strip_prefix(b"\n")).or_else(|| data.strip_prefix(b"\r")).unwrap_or(data)
}

/// How many bytes the data inflates to, with what is packed inside the packing; the count stops past `most`.
fn inflated(data: &[u8], most: u64, depth: usize) -> u64 {
    let mut head = Vec::new();
    let zlib = is_zlib(data) && inflate(data, true, 1, &mut |_| {}) > 0;
    let total = inflate(data, zlib, most, &mut |chunk| {
        if head.is_empty() {
            head.extend_from_slice(&chunk[..chunk.len().min(2)]);
        }
    });
    if total > most || depth == DEEPEST || !is_zlib(&head) {
        return total;
    }
    let mut inner = Vec::new();
    inflate(data, zlib, most, &mut |chunk| inner.extend_from_slice(chunk));
    total + inflated(&inner, most - total, depth + 1)
}

fn is_zlib(data: &[u8]) -> bool {
    matches!(data, [a, b, ..] if a & 0x0f == 8 && (u16::from(*a) << 8 | u16::from(*b)) % 31 == 0)
}

/// Inflates chunk by chunk until the data ends, fails, or more than `most` bytes came out.
fn inflate(data: &[u8], zlib: bool, most: u64, take: &mut dyn FnMut(&[u8])) -> u64 {
    let mut buffer = [0; 1 << 14];
    let mut inflater = Decompress::new(zlib);
    loop {
        let (read, written) = (inflater.total_in(), inflater.total_out());
        let Some(rest) = usize::try_from(read).ok().and_then(|read| data.get(read..)) else { return written };
        let status = inflater.decompress(rest, &mut buffer, FlushDecompress::None);
        let total = inflater.total_out();
        let chunk = usize::try_from(total - written).unwrap_or(0).min(buffer.len());
        take(&buffer[..chunk]);
        let stuck = total == written && inflater.total_in() == read;
        if total > most || stuck || !matches!(status, Ok(Status::Ok)) {
            return total;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::{Compression, write::ZlibEncoder};
    use std::io::Write;

    fn stream(inflated: usize, times: usize) -> Vec<u8> {
        let mut data = vec![b' '; inflated];
        for _ in 0..times {
            let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
            encoder.write_all(&data).expect("memory");
            data = encoder.finish().expect("memory");
        }
        [b"%PDF-1.4\n1 0 obj <</Filter/FlateDecode>> stream\n".as_slice(), &data, b"\nendstream endobj"].concat()
    }

    #[test]
    fn a_stream_that_inflates_past_the_limit_is_refused() {
        let limits = Limits { inflated_bytes: 1 << 20, ..Limits::default() };
        assert_eq!(check(&stream(1 << 19, 1), &limits), Ok(()));
        let Err(ReadError::TooLarge { limit, .. }) = check(&stream(1 << 21, 1), &limits) else { panic!("refused") };
        assert_eq!(limit, "1 MB");
    }

    #[test]
    fn a_bomb_in_a_bomb_is_refused() {
        let limits = Limits { inflated_bytes: 1 << 20, ..Limits::default() };
        let bomb = stream(1 << 22, 2);
        assert!(bomb.len() < 1 << 10, "{}", bomb.len());
        assert!(check(&bomb, &limits).is_err());
    }

    #[test]
    fn absurd_tables_are_refused_however_they_are_spelled() {
        for dictionary in
            ["/Columns 99999999999", "/Col#75mns 99999999999", "/W[0 0 0]/Size 4294967295", "/Index[0 4294967295]"]
        {
            let file = format!("%PDF-1.7\n1 0 obj <<{dictionary}>> stream\nendstream endobj");
            assert!(check(file.as_bytes(), &Limits::default()).is_err(), "{dictionary}");
        }
        assert_eq!(check(b"1 0 obj <</Params<</Size 99999999>>>> stream\nendstream", &Limits::default()), Ok(()));
    }
}
