//! Small CSV files of a reviewer, the manifest and the roster: every mistake gets a sentence with its line.

use crate::reader::Limits;
use std::io::Read;
use std::path::Path;

/// One row: the line it stands on and its fields in the order of the columns asked for.
pub struct Row<const N: usize> {
    /// From 1.
    pub line: u64,
    /// The fields, without white space around them.
    pub fields: [String; N],
}

/// Reads a CSV file that must have exactly these columns, in any order.
///
/// # Errors
/// A sentence with the line of the mistake.
pub fn read<const N: usize>(path: &Path, columns: [&str; N]) -> miette::Result<Vec<Row<N>>> {
    let shown = path.display();
    let most = Limits::default().file_bytes;
    let mut bytes = Vec::new();
    let read = std::fs::File::open(path).and_then(|file| file.take(most + 1).read_to_end(&mut bytes));
    read.map_err(|e| miette::miette!("{shown}: could not be read: {e}"))?;
    if bytes.len() as u64 > most {
        return Err(miette::miette!("{shown}: too large for a list of districts"));
    }
    let text = std::str::from_utf8(&bytes).map_err(|e| {
        let line = 1 + memchr::memchr_iter(b'\n', &bytes[..e.valid_up_to()]).count();
        miette::miette!("{shown}:{line}: not UTF-8: save the file as “CSV UTF-8” and try again")
    })?;
    rows(text.trim_start_matches('\u{feff}'), columns).map_err(|(line, why)| miette::miette!("{shown}:{line}: {why}"))
}

fn rows<const N: usize>(text: &str, columns: [&str; N]) -> Result<Vec<Row<N>>, (u64, String)> {
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(text.as_bytes());
    let wanted = columns.join(", ");
    let header = reader.headers().map_err(|e| fault(&e))?.clone();
    if let Some(unknown) = header.iter().find(|name| !columns.contains(name)) {
        let hint = if unknown.contains([';', '\t']) { ", with commas between them" } else { "" };
        return Err((1, format!("unknown column “{unknown}”; the columns are {wanted}{hint}")));
    }
    let mut at = [0; N];
    for (place, column) in at.iter_mut().zip(columns) {
        let mut found = header.iter().enumerate().filter(|(_, name)| *name == column).map(|(i, _)| i);
        *place = found.next().ok_or_else(|| (1, format!("no column “{column}”; the columns are {wanted}")))?;
        if found.next().is_some() {
            return Err((1, format!("two columns “{column}”")));
        }
    }
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|e| fault(&e))?;
        let line = record.position().map_or(0, csv::Position::line);
        rows.push(Row { line, fields: at.map(|i| record.get(i).unwrap_or_default().to_owned()) });
    }
    Ok(rows)
}

fn fault(error: &csv::Error) -> (u64, String) {
    match error.kind() {
        csv::ErrorKind::UnequalLengths { pos, expected_len, len } => {
            (pos.as_ref().map_or(0, csv::Position::line), format!("{len} fields where the header has {expected_len}"))
        }
        _ => (error.position().map_or(0, csv::Position::line), "not a row of a CSV file".to_owned()),
    }
}
