//! The table as CSV: one row per district, one column per requirement.

use super::model::BatchReport;
use crate::render::cell;
use std::io::{self, Write};

/// Writes the table.
///
/// # Errors
/// It could not be written.
pub fn write(report: &BatchReport, out: &mut dyn Write) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    let ids = report.requirements.iter().map(|c| cell(&c.id));
    let head = ["district_code", "district"].map(str::to_owned).into_iter().chain(ids);
    writer
        .write_record(head.chain(["not_handed_in", "files", "unreadable", "findings", "duplicates"].map(Into::into)))?;
    for submission in &report.submissions {
        let mut row = vec![cell(&submission.code), cell(&submission.district)];
        row.extend(submission.cells.iter().map(|c| c.label().to_owned()));
        row.push(cell(&submission.not_handed_in.join("; ")));
        row.push(submission.documents.len().to_string());
        row.push(submission.errors.len().to_string());
        row.push(submission.open().count().to_string());
        row.push(cell(&submission.duplicates.join("; ")));
        writer.write_record(row)?;
    }
    writer.flush()
}
