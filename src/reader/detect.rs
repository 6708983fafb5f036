//! Which format a file is in. The content decides; the name's extension only helps where content is silent.

use super::{Limits, ReadError, Source, container, signature};
use memchr::memmem;

/// How much of a file is looked at for its kind.
const SAMPLE: usize = 64 << 10;

/// What a file is, among the kinds that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// Office Open XML for Word.
    Docx,
    /// OpenDocument text.
    Odt,
    /// OpenDocument text as one XML file.
    FlatOdt,
    /// Portable Document Format.
    Pdf,
    /// Rich Text Format.
    Rtf,
    /// A web page.
    Html,
    /// Word 97–2003.
    Doc,
    /// A ZIP archive of files.
    Archive,
    /// Markdown.
    Markdown,
    /// Plain text.
    Text,
}

impl FileKind {
    fn of_extension(extension: &str) -> Option<Self> {
        Some(match extension {
            "docx" | "docm" | "dotx" | "dotm" => Self::Docx,
            "odt" | "ott" => Self::Odt,
            "fodt" => Self::FlatOdt,
            "pdf" => Self::Pdf,
            "rtf" => Self::Rtf,
            "html" | "htm" | "xhtml" => Self::Html,
            "doc" | "dot" => Self::Doc,
            "zip" => Self::Archive,
            "md" | "markdown" | "mdown" | "mkd" => Self::Markdown,
            "txt" | "text" => Self::Text,
            _ => return None,
        })
    }

    fn sentence_name(self) -> &'static str {
        match self {
            Self::Docx => "a Word (.docx) file",
            Self::Odt | Self::FlatOdt => "an OpenDocument file",
            Self::Pdf => "a PDF file",
            Self::Rtf => "an RTF file",
            Self::Html => "a web page",
            Self::Doc => "a Word 97–2003 (.doc) file",
            Self::Archive => "a ZIP archive",
            Self::Markdown | Self::Text => "a plain text file",
        }
    }
}

/// Whether a file found in a folder has a name that promises a document or an archive of documents.
pub fn known_extension(name: &str) -> bool {
    extension(name).is_some_and(|e| FileKind::of_extension(&e).is_some())
}

/// What a file is.
///
/// # Errors
/// Says what the file is instead, or what is wrong with it.
pub fn detect(source: Source<'_>, limits: &Limits) -> Result<FileKind, ReadError> {
    if source.bytes.is_empty() {
        return Err(ReadError::Empty);
    }
    by_content(source, limits).map_err(|error| match (error, extension(source.name)) {
        (ReadError::Unsupported { what }, Some(e)) if FileKind::of_extension(&e).is_some_and(|k| !k.is_loose()) => {
            ReadError::Unsupported { what: format!("{what} with a .{e} name") }
        }
        (error, _) => error,
    })
}

impl FileKind {
    /// Kinds whose name says nothing about the bytes within.
    fn is_loose(self) -> bool {
        matches!(self, Self::Archive | Self::Markdown | Self::Text)
    }
}

/// The sentence for a file whose extension promises another kind.
pub(super) fn misnamed(name: &str, kind: FileKind) -> Option<String> {
    let extension = extension(name)?;
    let promised = FileKind::of_extension(&extension)?;
    (promised.sentence_name() != kind.sentence_name())
        .then(|| format!("named .{extension}, but it is {}", kind.sentence_name()))
}

fn extension(name: &str) -> Option<String> {
    let file = name.rsplit(['/', '\\']).next()?;
    let (stem, extension) = file.rsplit_once('.')?;
    (!stem.is_empty()).then(|| extension.to_ascii_lowercase())
}

fn by_content(source: Source<'_>, limits: &Limits) -> Result<FileKind, ReadError> {
    let bytes = source.bytes;
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") || bytes.starts_with(b"PK00PK\x03\x04") {
        return container::zip(bytes, limits);
    }
    if bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        return container::ole(bytes);
    }
    if is_pdf(source) {
        return Ok(FileKind::Pdf);
    }
    let head = opening(bytes);
    if head.starts_with("{\\rtf") {
        return Ok(FileKind::Rtf);
    }
    if let Some(what) = signature::foreign(bytes) {
        return Err(ReadError::Unsupported { what: what.to_owned() });
    }
    if !is_text(bytes) {
        let what = if bytes.iter().all(|b| *b == 0) {
            "a file of zero bytes only"
        } else {
            "a file of an unknown kind (no text, but binary data)"
        };
        return Err(ReadError::Unsupported { what: what.to_owned() });
    }
    by_markup(source.name, &head)
}

/// PDF allows junk before its header; a text that only speaks of one has no header at a line's start.
fn is_pdf(source: Source<'_>) -> bool {
    let head = &source.bytes[..source.bytes.len().min(1024)];
    let Some(at) = memmem::find(head, b"%PDF-") else { return false };
    let line_start = at == 0 || matches!(head[at - 1], b'\n' | b'\r' | 0 | 0xbf);
    line_start || extension(source.name).as_deref() == Some("pdf") || memchr::memchr(0, source.bytes).is_some()
}

/// The first characters of a text file, lower case, without byte order mark and leading white space.
fn opening(bytes: &[u8]) -> String {
    let sample = &bytes[..bytes.len().min(4096)];
    let text: String = match sample {
        [0xff, 0xfe, rest @ ..] => encoding_rs::UTF_16LE.decode_without_bom_handling(rest).0.into_owned(),
        [0xfe, 0xff, rest @ ..] => encoding_rs::UTF_16BE.decode_without_bom_handling(rest).0.into_owned(),
        _ => String::from_utf8_lossy(sample).replace('\0', ""),
    };
    text.trim_start_matches('\u{feff}').trim_start().to_ascii_lowercase()
}

fn by_markup(name: &str, head: &str) -> Result<FileKind, ReadError> {
    let extension = extension(name).unwrap_or_default();
    let hinted = FileKind::of_extension(&extension);
    let unsupported = |what: &str| Err(ReadError::Unsupported { what: what.to_owned() });
    if head.starts_with("mime-version:") || head.contains("\ncontent-type: multipart/related") {
        return unsupported("a web archive (MHT)");
    }
    if head.starts_with("received: ") || head.starts_with("return-path: ") || extension == "eml" {
        return unsupported("an e-mail message");
    }
    let page = skip_prolog(head);
    if page.starts_with("<!doctype html") || page.starts_with("<html") || hinted == Some(FileKind::Html) {
        return Ok(FileKind::Html);
    }
    if page.starts_with("<office:document") && page.contains("opendocument.text") {
        return Ok(FileKind::FlatOdt);
    }
    if page.starts_with("<svg") {
        return unsupported("a picture (SVG)");
    }
    if page.contains("progid=\"word.document\"")
        || page.starts_with("<w:worddocument")
        || page.starts_with("<pkg:package")
    {
        return unsupported("a Word document as a single XML file");
    }
    match hinted {
        Some(kind @ (FileKind::Markdown | FileKind::Text)) => Ok(kind),
        _ if head.starts_with("<?xml") => unsupported("an XML data file"),
        _ if ["<head", "<body", "<meta", "<title"].iter().any(|tag| page.starts_with(tag)) => Ok(FileKind::Html),
        _ if looks_like_markdown(head) => Ok(FileKind::Markdown),
        _ => Ok(FileKind::Text),
    }
}

/// Past an XML declaration and comments, to the first element or the document type.
fn skip_prolog(head: &str) -> &str {
    let mut rest = head;
    loop {
        let end = match rest {
            _ if rest.starts_with("<!--") => "-->",
            _ if rest.starts_with("<?xml") => "?>",
            _ => return rest,
        };
        let Some((_, after)) = rest.split_once(end) else { return rest };
        rest = after.trim_start();
    }
}

/// Front matter or two marks that nobody types in plain prose.
fn looks_like_markdown(head: &str) -> bool {
    let mark = |line: &str| {
        let hashes = line.len() - line.trim_start_matches('#').len();
        (1..=6).contains(&hashes) && line[hashes..].starts_with(' ')
            || line.starts_with("```")
            || line.starts_with("|--")
            || line.starts_with("| --")
            || line.contains("](")
            || line.matches("**").count() >= 2
    };
    head.starts_with("---\n") || head.lines().filter(|line| mark(line)).take(2).count() == 2
}

/// Whether bytes read as characters: few control characters, and no zero bytes but those of UTF-16.
fn is_text(bytes: &[u8]) -> bool {
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    if sample.starts_with(b"\xff\xfe") || sample.starts_with(b"\xfe\xff") || looks_like_utf16(sample) {
        return true;
    }
    let control = |b: &u8| *b < 0x20 && !matches!(*b, b'\t' | b'\n' | b'\r' | 0x0b | 0x0c | 0x1a | 0x1b);
    let controls = sample.iter().filter(|b| control(b)).count();
    let zeros = memchr::memchr_iter(0, sample).count();
    zeros * 1000 <= sample.len() && controls * 50 <= sample.len()
}

/// Latin text in UTF-16 has a zero in every second byte and hardly any in the others.
fn looks_like_utf16(sample: &[u8]) -> bool {
    let zeros = |from: usize| sample.iter().skip(from).step_by(2).filter(|b| **b == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let half = sample.len() / 2;
    half > 1 && (even * 10 > half * 7 && odd * 10 < half || odd * 10 > half * 7 && even * 10 < half)
}

#[cfg(test)]
mod tests {
    use super::super::testing;
    use super::*;
    use proptest::prelude::*;
    use std::io::{Cursor, Write};

    fn kind(name: &str, bytes: &[u8]) -> Result<FileKind, String> {
        detect(Source { name, bytes }, &Limits::default()).map_err(|e| match e {
            ReadError::Unsupported { what } => what,
            other => other.to_string(),
        })
    }

    fn pack(files: &[(&str, &str)]) -> Vec<u8> {
        testing::pack(&files.iter().map(|(name, text)| (*name, text.as_bytes())).collect::<Vec<_>>())
    }

    fn ole(stream: &str) -> Vec<u8> {
        let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).expect("create");
        file.create_stream(stream).expect("stream").write_all(b"data").expect("write");
        file.flush().expect("flush");
        file.into_inner().into_inner()
    }

    #[test]
    fn zip_packages_are_told_apart_by_what_they_hold() {
        let types = |main: &str| {
            pack(&[("[Content_Types].xml", &format!("<Types><Override ContentType=\"{main}\"/></Types>"))])
        };
        let word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";
        let excel = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml";
        assert_eq!(kind("a.docx", &types(word)), Ok(FileKind::Docx));
        assert_eq!(
            kind("a.docm", &types("application/vnd.ms-word.document.macroEnabled.main+xml")),
            Ok(FileKind::Docx)
        );
        assert_eq!(kind("a.xlsx", &types(excel)), Err("a spreadsheet (Excel)".to_owned()));
        assert_eq!(kind("a.docx", &types(excel)), Err("a spreadsheet (Excel) with a .docx name".to_owned()));
        let open = |mime: &str| pack(&[("mimetype", mime), ("content.xml", "<a/>")]);
        assert_eq!(kind("a", &open("application/vnd.oasis.opendocument.text")), Ok(FileKind::Odt));
        assert_eq!(kind("a", &open("application/vnd.oasis.opendocument.text-template")), Ok(FileKind::Odt));
        assert_eq!(
            kind("a", &open("application/vnd.oasis.opendocument.spreadsheet")),
            Err("a spreadsheet (OpenDocument)".to_owned())
        );
        assert_eq!(kind("a", &open("application/epub+zip")), Err("an e-book (EPUB)".to_owned()));
        assert_eq!(kind("a", &pack(&[("word/document.xml", "")])), Ok(FileKind::Docx));
        assert_eq!(kind("a.zip", &pack(&[("mou.docx", "")])), Ok(FileKind::Archive));
        assert_eq!(
            kind("a", &pack(&[("Index/Document.iwa", "")])),
            Err("an Apple Pages, Numbers or Keynote file".to_owned())
        );
    }

    #[test]
    fn a_cut_off_word_file_says_that_it_is_cut_off() {
        let whole = pack(&[("[Content_Types].xml", "<Types/>"), ("word/document.xml", "<w/>")]);
        let message = kind("a.docx", &whole[..60]).expect_err("cut off");
        assert!(message.starts_with("This Word file is damaged (it ends too early"), "{message}");
    }

    #[test]
    fn ole_files_are_told_apart_by_their_streams() {
        assert_eq!(kind("a.doc", &ole("WordDocument")), Ok(FileKind::Doc));
        assert_eq!(kind("a.xls", &ole("Workbook")), Err("a spreadsheet (Excel 97–2003)".to_owned()));
        assert_eq!(kind("a.msg", &ole("__nameid_version1.0")), Err("an e-mail message (Outlook)".to_owned()));
        let message = kind("a.docx", &ole("EncryptedPackage")).expect_err("protected");
        assert!(message.starts_with("This file is protected by a password: open it in Word"), "{message}");
    }

    #[test]
    fn pictures_programs_and_rubbish_are_named() {
        assert_eq!(kind("a.docx", b"\x89PNG\r\n\x1a\n\0\0"), Err("a picture (PNG) with a .docx name".to_owned()));
        assert_eq!(kind("a.png", b"\x89PNG\r\n\x1a\n\0\0"), Err("a picture (PNG)".to_owned()));
        assert_eq!(kind("a", b"\0\0\0\x18ftypheic"), Err("a picture (HEIC)".to_owned()));
        assert_eq!(kind("a", b"MZ\x90\0"), Err("a program".to_owned()));
        assert_eq!(kind("a", b"Rar!\x1a\x07\0"), Err("a RAR archive".to_owned()));
        assert_eq!(kind("a", &[0; 64]), Err("a file of zero bytes only".to_owned()));
        let rubbish: Vec<u8> = (0..4096u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
        assert_eq!(
            kind("a.doc", &rubbish),
            Err("a file of an unknown kind (no text, but binary data) with a .doc name".to_owned())
        );
        assert!(kind("a.docx", b"").expect_err("empty").starts_with("This file is empty"));
    }

    #[test]
    fn text_formats_are_told_apart() {
        assert_eq!(kind("a.docx", b"%PDF-1.7\n"), Ok(FileKind::Pdf));
        assert_eq!(kind("a.txt", b"About %PDF- headers"), Ok(FileKind::Text));
        assert_eq!(kind("a.doc", b"{\\rtf1\\ansi"), Ok(FileKind::Rtf));
        assert_eq!(kind("a.doc", b"<?xml version=\"1.0\"?><!-- x --><html xmlns:o=''>"), Ok(FileKind::Html));
        assert_eq!(kind("a.md", b"<h1 align=center>Title</h1>"), Ok(FileKind::Markdown));
        assert_eq!(
            kind("a.mht", b"From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;"),
            Err("a web archive (MHT)".to_owned())
        );
        assert_eq!(kind("a.unknown", b"MEMORANDUM OF UNDERSTANDING"), Ok(FileKind::Text));
        assert_eq!(kind("-", b"# Agreement\n\n## Purpose\n\nThe SRO"), Ok(FileKind::Markdown));
        assert_eq!(kind("a.txt", b"# Agreement\n\n## Purpose\n\nThe SRO"), Ok(FileKind::Text));
        assert_eq!(kind("a", b"\xff\xfeM\0O\0U\0"), Ok(FileKind::Text));
        assert_eq!(kind("a", b"M\0O\0U\0 \0"), Ok(FileKind::Text));
        assert_eq!(kind("a", b"na\xefve \x93quotes\x94"), Ok(FileKind::Text));
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(
            start in proptest::sample::select(vec![&b"PK\x03\x04"[..], b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"{\\rtf", b"<html>", b"<?xml ?><office:document opendocument.text", b""]),
            rest in proptest::collection::vec(any::<u8>(), 0..700),
        ) {
            let bytes = [start, &rest].concat();
            testing::check(super::super::read(Source { name: "a.docx", bytes: &bytes }, &testing::small_limits()));
        }
    }

    #[test]
    fn a_file_past_the_size_limit_is_refused_unread() {
        let small = Limits { file_bytes: 3, ..Limits::default() };
        let refused = super::super::read(Source { name: "a.txt", bytes: b"four" }, &small).expect_err("refused");
        assert!(matches!(refused, ReadError::TooLarge { what: "its size", .. }));
    }

    #[test]
    fn a_lying_extension_is_said() {
        let says = |name, kind| misnamed(name, kind);
        assert_eq!(says("x/mou.docx", FileKind::Pdf).as_deref(), Some("named .docx, but it is a PDF file"));
        assert_eq!(says("mou.docm", FileKind::Docx), None);
        assert_eq!(says("mou.md", FileKind::Text), None);
        assert_eq!(says("mou.final", FileKind::Docx), None);
    }

    #[test]
    fn folders_are_searched_for_known_extensions() {
        assert!(known_extension("a/MOU.DOCX") && known_extension("b.zip") && known_extension("c.markdown"));
        assert!(
            !known_extension("a.png")
                && !known_extension("docx")
                && !known_extension(".md")
                && !known_extension("x.y/z")
        );
    }
}
