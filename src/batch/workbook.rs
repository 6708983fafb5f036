//! The workbook: the table, every finding, what could not be read, and counts.

use super::model::{BatchReport, Cell, Finding, LABELS, SubmissionReport};
use crate::render::safe;
use crate::report::Severity;
use rust_xlsxwriter::{Color, Format, FormatAlign, Workbook, Worksheet, XlsxError};

/// The longest text that a cell may hold, in characters; the format allows 32,767.
const LONGEST: usize = 8_000;

/// The workbook's bytes. All text is written as text, never as a formula or a link.
///
/// # Errors
/// A sheet is over the limits of the format.
pub fn bytes(report: &BatchReport) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    table(workbook.add_worksheet().set_name("Districts")?, report)?;
    findings(workbook.add_worksheet().set_name("Findings")?, report)?;
    unreadable(workbook.add_worksheet().set_name("Unreadable")?, report)?;
    counts(workbook.add_worksheet().set_name("Counts")?, report)?;
    workbook.save_to_buffer()
}

/// A sheet that is written row by row below a frozen header with filters.
struct Sheet<'a> {
    sheet: &'a mut Worksheet,
    row: u32,
    columns: u16,
}

impl<'a> Sheet<'a> {
    fn new(sheet: &'a mut Worksheet, head: &[(&str, f64)], frozen: u16) -> Result<Self, XlsxError> {
        let format = Format::new().set_bold().set_background_color(Color::RGB(0x1F_3A5F)).set_font_color(Color::White);
        let format = format.set_text_wrap().set_align(FormatAlign::VerticalCenter);
        let mut columns = 0;
        for (name, width) in head {
            sheet.write_string_with_format(0, columns, text(name), &format)?;
            sheet.set_column_width(columns, *width)?;
            columns += 1;
        }
        sheet.set_freeze_panes(1, frozen)?;
        // On paper the names stand on every page.
        sheet.set_landscape().set_repeat_rows(0, 0)?;
        if let Some(last) = frozen.checked_sub(1) {
            sheet.set_repeat_columns(0, last)?;
        }
        Ok(Self { sheet, row: 0, columns })
    }

    fn row(&mut self, cells: &[&str]) -> Result<(), XlsxError> {
        self.row += 1;
        for (column, cell) in (0..).zip(cells) {
            self.sheet.write_string(self.row, column, text(cell))?;
        }
        Ok(())
    }

    fn finish(self) -> Result<(), XlsxError> {
        self.sheet.autofilter(0, 0, self.row, self.columns.saturating_sub(1))?;
        Ok(())
    }
}

fn table(sheet: &mut Worksheet, report: &BatchReport) -> Result<(), XlsxError> {
    let mut head = vec![("Code", 10.0), ("District", 28.0)];
    head.extend(report.requirements.iter().map(|c| (c.id.as_str(), 13.0)));
    head.extend([
        ("Not handed in", 30.0),
        ("Files", 7.0),
        ("Unreadable", 10.0),
        ("Findings", 9.0),
        ("Duplicates", 60.0),
    ]);
    let mut sheet = Sheet::new(sheet, &head, 2)?;
    for submission in &report.submissions {
        sheet.row(&[&submission.code, &submission.district])?;
        let mut column = 2;
        for cell in &submission.cells {
            sheet.sheet.write_string_with_format(sheet.row, column, cell.label(), &look(cell))?;
            column += 1;
        }
        sheet.sheet.write_string(sheet.row, column, text(&submission.not_handed_in.join("; ")))?;
        let numbers = [submission.documents.len(), submission.errors.len(), submission.open().count()];
        for number in numbers {
            column += 1;
            sheet.sheet.write_number(sheet.row, column, number as f64)?;
        }
        sheet.sheet.write_string(sheet.row, column + 1, text(&submission.duplicates.join("; ")))?;
    }
    sheet.finish()
}

/// Colours that are told apart without red and green, with the word in every cell.
fn look(cell: &Cell) -> Format {
    let (back, fore) = match cell.label() {
        "met" => (0xD5_EDDB, 0x14_5A32),
        "partial" => (0xFF_F1C9, 0x7A_5200),
        "missing" => (0xF8_D2CD, 0x7B_1E14),
        "contradicted" => (0x9C_2A1E, 0xFF_FFFF),
        "not-applicable" => (0xEE_EEEE, 0x55_5555),
        _ => (0xD6_D9E8, 0x2B_2F55),
    };
    Format::new().set_background_color(Color::RGB(back)).set_font_color(Color::RGB(fore))
}

fn findings(sheet: &mut Worksheet, report: &BatchReport) -> Result<(), XlsxError> {
    let head = [
        ("Code", 10.0),
        ("District", 24.0),
        ("Item", 9.0),
        ("Requirement", 40.0),
        ("Verdict", 13.0),
        ("Severity", 10.0),
        ("Since last year", 12.0),
        ("File", 36.0),
        ("Where", 36.0),
        ("Words", 60.0),
        ("What is wrong", 60.0),
        ("Law", 28.0),
        ("Let be", 8.0),
    ];
    let mut sheet = Sheet::new(sheet, &head, 0)?;
    for submission in &report.submissions {
        for finding in &submission.findings {
            sheet.row(&cells(submission, finding))?;
        }
    }
    sheet.finish()
}

fn cells<'a>(submission: &'a SubmissionReport, finding: &'a Finding) -> [&'a str; 13] {
    [
        &submission.code,
        &submission.district,
        &finding.code,
        &finding.title,
        if finding.verdict.is_some() { submission.label(finding) } else { "" },
        finding.severity.name(),
        finding.since.map_or("", |s| s.name()),
        &finding.file,
        &finding.place,
        &finding.words,
        &finding.message,
        finding.source.as_deref().unwrap_or_default(),
        if finding.waived { "yes" } else { "" },
    ]
}

fn unreadable(sheet: &mut Worksheet, report: &BatchReport) -> Result<(), XlsxError> {
    let mut sheet = Sheet::new(sheet, &[("Code", 10.0), ("District", 24.0), ("File", 48.0), ("Why", 90.0)], 0)?;
    for submission in &report.submissions {
        for error in &submission.errors {
            sheet.row(&[&submission.code, &submission.district, &error.path, &error.message])?;
        }
    }
    sheet.finish()
}

fn counts(sheet: &mut Worksheet, report: &BatchReport) -> Result<(), XlsxError> {
    let mut head = vec![("Item", 9.0), ("Requirement", 60.0)];
    head.extend(LABELS.map(|label| (label, 14.0)));
    let mut sheet = Sheet::new(sheet, &head, 0)?;
    for (at, column) in report.requirements.iter().enumerate() {
        sheet.row(&[&column.id, &column.title])?;
        for (place, label) in (2..).zip(LABELS) {
            sheet.sheet.write_number(sheet.row, place, report.count(at, label) as f64)?;
        }
    }
    let submissions = &report.submissions;
    let open =
        |severity| submissions.iter().flat_map(SubmissionReport::open).filter(|f| f.severity == severity).count();
    let totals = [
        ("Districts", submissions.len()),
        ("Complete", submissions.iter().filter(|s| s.is_complete()).count()),
        ("Sent nothing", submissions.iter().filter(|s| s.documents.is_empty() && s.errors.is_empty()).count()),
        ("Files read", submissions.iter().map(|s| s.documents.len()).sum()),
        ("Files not readable", submissions.iter().map(|s| s.errors.len()).sum()),
        ("Errors", open(Severity::Error)),
        ("Warnings", open(Severity::Warning)),
        ("Advice", open(Severity::Advice)),
    ];
    for (name, count) in totals {
        sheet.row(&["", name])?;
        sheet.sheet.write_number(sheet.row, 2, count as f64)?;
    }
    sheet.finish()
}

/// Text as text: one line, nothing that a program obeys, not too long for a cell.
fn text(text: &str) -> String {
    safe::line(text).chars().take(LONGEST).collect()
}
