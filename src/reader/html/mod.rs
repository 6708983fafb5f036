//! Web pages and documents saved as such: the text without menus, scripts, banners and hidden parts.

mod parts;
mod style;
#[cfg(test)]
mod tests;
mod token;
mod walk;

use super::{Limits, ReadError};
use crate::document::Document;
use encoding_rs::Encoding;
use std::borrow::Cow;

/// Where a page says in which encoding it is written.
const HEAD: usize = 4096;

/// Reads a page.
pub fn read(bytes: &[u8], limits: &Limits) -> Result<Document, ReadError> {
    let page = decode(bytes);
    walk::Walker::new(limits).read(&page)
}

/// The page's characters: by byte order mark, by what the page says, as UTF-8 if it is that, else as Windows.
fn decode(bytes: &[u8]) -> Cow<'_, str> {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return encoding.decode(bytes).0;
    }
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(HEAD)]).to_ascii_lowercase();
    let label = ["charset=", "encoding="].iter().find_map(|key| {
        let value = head.split_once(key)?.1.trim_start_matches(['"', '\'', ' ']);
        Encoding::for_label(value.split(['"', '\'', ' ', ';', '>', '/']).next()?.as_bytes())
    });
    // A page that could be read this far is not in UTF-16, whatever it says.
    let declared = label.filter(|e| *e != encoding_rs::UTF_16LE && *e != encoding_rs::UTF_16BE);
    let is_utf8 = || std::str::from_utf8(bytes).is_ok();
    let guess = || if is_utf8() { encoding_rs::UTF_8 } else { encoding_rs::WINDOWS_1252 };
    declared.unwrap_or_else(guess).decode_without_bom_handling(bytes).0
}
