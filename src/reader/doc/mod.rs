//! Word 97–2003 (`.doc`): the piece table, the runs of properties, styles, lists and stories.
//!
//! office_oxide 0.1.16 was measured beside it on LibreOffice's .doc of 52 files of the corpus: word recall .987 in the
//! mean against .992 here (what is missing in both are numbers that only pandoc shows), and 1.000 for both on the 16
//! labelled documents. But a comment's words, which must not count, stand in its text like any other's, and it is
//! a 5 MB office suite with unsafe code, where this needs `cfb` only.

mod binary;
mod collect;
mod header;
mod lists;
mod pieces;
mod properties;
mod runs;
mod styles;
#[cfg(test)]
mod tests;

use super::{Limits, ReadError};
use crate::document::Document;
use binary::Binary;
use header::{Header, Structure};
use std::io::{Cursor, Read};

/// Reads a Word 97–2003 document.
pub fn read(bytes: &[u8], limits: &Limits) -> Result<Document, ReadError> {
    let mut file = cfb::CompoundFile::open(Cursor::new(bytes)).map_err(|_| damaged("its directory cannot be read"))?;
    let mut stream = |name: &str| {
        let mut content = Vec::new();
        let stream = file.open_stream(name).ok()?;
        // A stream is never longer than its file, whatever its directory says.
        stream.take(bytes.len() as u64).read_to_end(&mut content).ok()?;
        Some(content)
    };
    let word = stream("WordDocument").ok_or_else(|| damaged("its text cannot be found"))?;
    let header = Header::new(Binary(&word)).ok_or_else(|| damaged("its header cannot be read"))?;
    if header.is_encrypted() {
        return Err(ReadError::Protected { program: "in Word" });
    }
    if header.is_old() {
        return Err(ReadError::Unsupported { what: "a document of Word 6 or 95".to_owned() });
    }
    let table = stream(header.table_stream()).ok_or_else(|| damaged("its tables cannot be found"))?;
    let table = Binary(&table);
    let pieces = pieces::Pieces::new(Binary(&word), header.structure(table, Structure::Pieces))
        .ok_or_else(|| damaged("the places of its text cannot be read"))?;
    Ok(collect::Collector::new(header, Binary(&word), table, &pieces, limits).document())
}

fn damaged(detail: &str) -> ReadError {
    ReadError::Damaged { format: "Word 97–2003", detail: detail.to_owned(), program: "Word" }
}
