//! Pictures inside content streams, taken out before the library sees them.
//!
//! Where such a picture ends can only be guessed. The library guesses by reading on, at every picture after it
//! again: a damaged file makes that take for ever.

use memchr::memmem;
use std::borrow::Cow;

/// How far after `BI` the data of a picture starts at the latest.
const ENTRIES: usize = 4_096;
/// How many bytes after `EI` must look like content.
const AHEAD: usize = 12;

/// The content with its pictures blanked out, and how many there were. What follows a string without an end
/// is cut off.
pub(super) fn without_pictures(content: &[u8]) -> (Cow<'_, [u8]>, usize) {
    if memmem::find(content, b"BI").is_none() {
        return (Cow::Borrowed(content), 0);
    }
    let mut plain = content.to_vec();
    let (mut at, mut pictures, mut ends_are_plain) = (0, 0, true);
    while let Some(byte) = content.get(at) {
        let next = match byte {
            b'(' => after_string(content, at),
            b'<' if content.get(at + 1) == Some(&b'<') => Some(at + 2),
            b'<' => memchr::memchr(b'>', &content[at..]).map(|end| at + end + 1),
            b'%' => Some(memchr::memchr2(b'\n', b'\r', &content[at..]).map_or(content.len(), |end| at + end)),
            b'/' => Some(after_word(content, at + 1)),
            byte if is_regular(*byte) => {
                let end = after_word(content, at);
                Some(if &content[at..end] == b"BI" {
                    pictures += 1;
                    let end = after_picture(content, end, &mut ends_are_plain);
                    plain[at..end].fill(b' ');
                    end
                } else {
                    end
                })
            }
            _ => Some(at + 1),
        };
        let Some(next) = next else {
            plain.truncate(at);
            break;
        };
        at = next;
    }
    (Cow::Owned(plain), pictures)
}

fn is_regular(byte: u8) -> bool {
    !byte.is_ascii_whitespace() && byte != 0 && !b"()<>[]{}/%".contains(&byte)
}

fn after_word(content: &[u8], at: usize) -> usize {
    content[at..].iter().position(|byte| !is_regular(*byte)).map_or(content.len(), |length| at + length)
}

fn after_string(content: &[u8], start: usize) -> Option<usize> {
    let (mut depth, mut at) = (0_usize, start);
    loop {
        match content.get(at)? {
            b'\\' => at += 1,
            b'(' => depth += 1,
            b')' if depth == 1 => return Some(at + 1),
            b')' => depth -= 1,
            _ => {}
        }
        at += 1;
    }
}

/// Where the picture ends whose entries start at `from`. `ends_are_plain` is unset once no end is left that has
/// white space around it and content after it.
fn after_picture(content: &[u8], from: usize, ends_are_plain: &mut bool) -> usize {
    let entries = &content[from..content.len().min(from + ENTRIES)];
    let alone = |at: usize| {
        let before = at.checked_sub(1).and_then(|before| content.get(before));
        !before.is_some_and(|b| is_regular(*b)) && !content.get(at + 2).is_some_and(|b| is_regular(*b))
    };
    let Some(data) = memmem::find_iter(entries, b"ID").map(|at| from + at).find(|at| alone(*at)) else { return from };
    let data = data + 2;
    let ends = || memmem::find_iter(&content[data..], b"EI").map(|at| data + at);
    let reads_on =
        |at: usize| content[at + 2..].iter().take(AHEAD).all(|b| b.is_ascii_graphic() || b.is_ascii_whitespace());
    let plain = if *ends_are_plain { ends().find(|at| alone(*at) && reads_on(*at)) } else { None };
    *ends_are_plain &= plain.is_some();
    plain.or_else(|| ends().next()).map_or(content.len(), |at| at + 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(content: &[u8]) -> (String, usize) {
        let (plain, pictures) = without_pictures(content);
        (String::from_utf8_lossy(&plain).split_whitespace().collect::<Vec<_>>().join(" "), pictures)
    }

    #[test]
    fn pictures_are_blanked_out_and_strings_are_kept() {
        let content = b"BT (BI ) Tj ET\nBI /W 1 /H 1 ID \x00EI\xff x EI\nBT <42> Tj ET % BI\n/BI gs";
        assert_eq!(plain(content), ("BT (BI ) Tj ET BT <42> Tj ET % BI /BI gs".to_owned(), 1));
    }

    #[test]
    fn pictures_without_an_end_take_the_rest() {
        assert_eq!(plain(b"q BI /W 1 ID \x00\x01\x02"), ("q".to_owned(), 1));
        assert_eq!(plain(b"q BI Q (open"), ("q Q".to_owned(), 1));
    }

    #[test]
    fn many_broken_pictures_take_no_time() {
        let content = b"BI /W 1 /H 1 ID \x00\xff EI\xff ".repeat(20_000);
        assert_eq!(without_pictures(&content).1, 20_000);
    }
}
