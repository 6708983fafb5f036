//! Names for files that are no documents of a kind that is read, by the bytes they start with.

/// Offset, bytes, and what a person calls such a file.
type Signature = (usize, &'static [u8], &'static str);

const SIGNATURES: &[Signature] = &[
    (0, b"\x89PNG\r\n\x1a\n", "a picture (PNG)"),
    (0, b"\xff\xd8\xff", "a picture (JPEG)"),
    (0, b"GIF87a", "a picture (GIF)"),
    (0, b"GIF89a", "a picture (GIF)"),
    (0, b"II*\0", "a picture (TIFF)"),
    (0, b"MM\0*", "a picture (TIFF)"),
    (0, b"II+\0", "a picture (TIFF)"),
    (8, b"WEBP", "a picture (WebP)"),
    (4, b"ftypheic", "a picture (HEIC)"),
    (4, b"ftypheix", "a picture (HEIC)"),
    (4, b"ftypmif1", "a picture (HEIC)"),
    (4, b"ftypmsf1", "a picture (HEIC)"),
    (4, b"ftypavif", "a picture (AVIF)"),
    (4, b"ftyp", "a video"),
    (4, b"moov", "a video"),
    (0, b"\x1aE\xdf\xa3", "a video"),
    (8, b"AVI ", "a video"),
    (8, b"WAVE", "a sound recording"),
    (0, b"ID3", "a sound recording"),
    (0, b"OggS", "a sound recording"),
    (0, b"fLaC", "a sound recording"),
    (0, b"8BPS", "a picture (Photoshop)"),
    (0, b"\0\0\x01\0", "a picture (icon)"),
    (0, b"\xd7\xcd\xc6\x9a", "a picture (WMF)"),
    (40, b" EMF", "a picture (EMF)"),
    (0, b"\0\0\0\x0cjP  ", "a picture (JPEG 2000)"),
    (0, b"AT&TFORM", "a scan (DjVu)"),
    (0, b"\x1f\x8b", "a gzip archive"),
    (0, b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (0, b"Rar!\x1a\x07", "a RAR archive"),
    (0, b"BZh", "a bzip2 archive"),
    (0, b"\xfd7zXZ\0", "an xz archive"),
    (0, b"\x28\xb5\x2f\xfd", "a Zstandard archive"),
    (0, b"MSCF\0\0\0\0", "a cabinet archive"),
    (257, b"ustar", "a tar archive"),
    (0, b"\x7fELF", "a program"),
    (0, b"\xca\xfe\xba\xbe", "a program"),
    (0, b"\xcf\xfa\xed\xfe", "a program"),
    (0, b"\xce\xfa\xed\xfe", "a program"),
    (0, b"\0asm", "a program"),
    (0, b"L\0\0\0\x01\x14\x02\0", "a shortcut to a file (.lnk)"),
    (0, b"SQLite format 3\0", "a database (SQLite)"),
    (4, b"Standard Jet DB", "a database (Access)"),
    (4, b"Standard ACE DB", "a database (Access)"),
    (0, b"!BDN", "an Outlook data file"),
    (0, b"\xe4\x52\x5c\x7b\x8c\xd8\xa7\x4d", "a OneNote section"),
    (0, b"bplist00", "a property list"),
    (0, b"\xffWPC", "a WordPerfect document"),
    (0, b"\xdb\xa5", "a document of Word 2"),
    (0, b"\x31\xbe\0\0", "a document of Microsoft Write or Word for DOS"),
    (0, b"\xfe\x37\0", "a document of an early Word for Macintosh"),
    (0, b"%!PS", "a PostScript file"),
    (0, b"ITSF", "a help file"),
    (0, b"\0\x01\0\0\0", "a font"),
    (0, b"OTTO", "a font"),
    (0, b"wOFF", "a font"),
    (0, b"wOF2", "a font"),
];

/// What a person calls the file, if it is of a known foreign kind.
pub(super) fn foreign(bytes: &[u8]) -> Option<&'static str> {
    let starts = |(at, magic, _): &&Signature| bytes.get(*at..).is_some_and(|rest| rest.starts_with(magic));
    if let Some((_, _, name)) = SIGNATURES.iter().find(starts) {
        return Some(name);
    }
    // Two letters are too few to go by; the fields behind them must fit.
    if bytes.starts_with(b"MZ") && bytes.contains(&0) {
        return Some("a program");
    }
    let declared = bytes.get(2..6).map(|b| u32::from_le_bytes([b[0], b[1], b[2], b[3]]) as usize);
    if bytes.starts_with(b"BM") && bytes.get(6..10) == Some(&[0; 4]) && declared.is_some_and(|n| n <= bytes.len()) {
        return Some("a picture (BMP)");
    }
    None
}
