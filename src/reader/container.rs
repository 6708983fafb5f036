//! What a zip or OLE container holds.

use super::package::Package;
use super::{FileKind, Limits, ReadError};
use std::io::Cursor;

const OPEN_DOCUMENT: &str = "application/vnd.oasis.opendocument.";

/// What a zip file is: a Word or OpenDocument text, some other program's file, or an archive of files.
pub(super) fn zip(bytes: &[u8], limits: &Limits) -> Result<FileKind, ReadError> {
    let mut package = Package::open(bytes, limits, damaged).map_err(|error| match error {
        ReadError::Damaged { .. } => broken_zip(bytes),
        error => error,
    })?;
    if package.names().next().is_none() {
        return Err(ReadError::Unsupported { what: "an empty ZIP archive".to_owned() });
    }
    if package.has("mimetype") {
        let mime = package.part("mimetype")?.unwrap_or_default().1;
        if let Some(kind) = by_media_type(String::from_utf8_lossy(&mime).trim()) {
            return kind;
        }
    }
    if let Some((_, types)) = package.part("[Content_Types].xml")? {
        // A part in UTF-16 reads the same once the zero bytes are gone: only ASCII names are looked for.
        let types: Vec<u8> = types.into_iter().filter(|b| *b != 0).collect();
        return by_content_types(&String::from_utf8_lossy(&types));
    }
    let has = |prefix: &str| package.names().any(|name| name.starts_with(prefix));
    if has("_rels/.rels") && has("word/") || package.has("word/document.xml") {
        return Ok(FileKind::Docx);
    }
    if package.has("content.xml") && package.has("META-INF/manifest.xml") {
        return Ok(FileKind::Odt);
    }
    let what = if package.names().any(|name| name.ends_with(".iwa")) || package.has("index.apxl") {
        "an Apple Pages, Numbers or Keynote file"
    } else if package.has("META-INF/MANIFEST.MF") || package.has("AndroidManifest.xml") {
        "a program"
    } else {
        return Ok(FileKind::Archive);
    };
    Err(ReadError::Unsupported { what: what.to_owned() })
}

fn by_media_type(mime: &str) -> Option<Result<FileKind, ReadError>> {
    let what = if mime == "application/epub+zip" {
        "an e-book (EPUB)"
    } else if mime.starts_with("application/vnd.sun.xml.") {
        "an OpenOffice 1 document"
    } else {
        let name = mime.strip_prefix(OPEN_DOCUMENT)?;
        match name.split('-').next().unwrap_or(name) {
            "text" => return Some(Ok(FileKind::Odt)),
            "spreadsheet" => "a spreadsheet (OpenDocument)",
            "presentation" => "a presentation (OpenDocument)",
            _ => "an OpenDocument drawing, chart or database",
        }
    };
    Some(Err(ReadError::Unsupported { what: what.to_owned() }))
}

/// A Word document may hold spreadsheets, so the main part's type is what counts.
fn by_content_types(types: &str) -> Result<FileKind, ReadError> {
    const MAIN: &[(&str, &str)] = &[
        ("spreadsheetml.sheet.main", "a spreadsheet (Excel)"),
        ("spreadsheetml.template.main", "a spreadsheet (Excel)"),
        ("ms-excel.", "a spreadsheet (Excel)"),
        ("presentationml.presentation.main", "a presentation (PowerPoint)"),
        ("presentationml.slideshow.main", "a presentation (PowerPoint)"),
        ("presentationml.template.main", "a presentation (PowerPoint)"),
        ("ms-powerpoint.", "a presentation (PowerPoint)"),
        ("ms-visio.", "a Visio drawing"),
        ("ms-package.xps", "an XPS document"),
        ("oxps", "an XPS document"),
    ];
    const WORD: &[&str] = &["wordprocessingml.document.main", "wordprocessingml.template.main", "ms-word.document."];
    if !WORD.iter().any(|word| types.contains(word))
        && let Some((_, what)) = MAIN.iter().find(|(mark, _)| types.contains(mark))
    {
        return Err(ReadError::Unsupported { what: (*what).to_owned() });
    }
    Ok(FileKind::Docx)
}

fn damaged(detail: String) -> ReadError {
    ReadError::Damaged { format: "ZIP", detail, program: "a ZIP program" }
}

fn broken_zip(bytes: &[u8]) -> ReadError {
    let head = &bytes[..bytes.len().min(64 << 10)];
    let holds = |mark: &[u8]| memchr::memmem::find(head, mark).is_some();
    let (format, program) = if holds(b"[Content_Types].xml") || holds(b"word/") || holds(b"_rels/") {
        ("Word", "Word")
    } else if holds(b"mimetypeapplication/vnd.oasis") {
        ("OpenDocument", "LibreOffice")
    } else {
        ("ZIP", "a ZIP program")
    };
    ReadError::Damaged { format, detail: "it ends too early, as after a broken download".to_owned(), program }
}

/// What an OLE container is: a Word 97–2003 document, a protected file, or some other program's file.
pub(super) fn ole(bytes: &[u8]) -> Result<FileKind, ReadError> {
    const STREAMS: &[(&str, &str)] = &[
        ("Workbook", "a spreadsheet (Excel 97–2003)"),
        ("Book", "a spreadsheet (Excel 5)"),
        ("PowerPoint Document", "a presentation (PowerPoint 97–2003)"),
        ("VisioDocument", "a Visio drawing"),
        ("Quill", "a Publisher document"),
        ("MatOST", "a Microsoft Works document"),
        ("MN0", "a Microsoft Works document"),
        ("HwpSummaryInformation", "a Hangul document"),
        ("__nameid_version1.0", "an e-mail message (Outlook)"),
        ("__properties_version1.0", "an e-mail message (Outlook)"),
    ];
    let Ok(file) = cfb::CompoundFile::open(Cursor::new(bytes)) else {
        let detail = "its inner directory cannot be read".to_owned();
        return Err(ReadError::Damaged { format: "Word 97–2003 (.doc)", detail, program: "Word" });
    };
    let has = |name: &str| file.exists(name);
    if has("EncryptedPackage") || has("EncryptionInfo") {
        return Err(ReadError::Protected { program: "in Word" });
    }
    if has("WordDocument") {
        return Ok(FileKind::Doc);
    }
    let known = STREAMS.iter().find(|(name, _)| has(name) || has(&format!("\u{5}{name}")));
    let what = known.map_or("a file of an unknown Windows program", |(_, what)| what);
    Err(ReadError::Unsupported { what: what.to_owned() })
}
