//! Why a file could not be read, in sentences that a person who knows Word understands.

use thiserror::Error;

/// Why a file could not be read. The message says what is wrong and what to do; the caller names the file.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ReadError {
    /// No byte in it.
    #[error("This file is empty. Check that it was saved or downloaded completely, and try again.")]
    Empty,
    /// Password protection.
    #[error("This file is protected by a password: open it {program}, remove the password, save, and try again.")]
    Protected {
        /// "in Word", "in a PDF reader".
        program: &'static str,
    },
    /// A format that no reader takes.
    #[error(
        "This is {what}, which sro-lint does not read. It reads Word (.docx and .doc), PDF, OpenDocument (.odt), RTF, HTML, Markdown and plain text: open the agreement in its program, save it as .docx, and try again."
    )]
    Unsupported {
        /// "a picture (PNG)", "a spreadsheet".
        what: String,
    },
    /// The format is right and the content broken.
    #[error("This {format} file is damaged ({detail}): open it in {program}, save it again, and try that copy.")]
    Damaged {
        /// "Word", "PDF".
        format: &'static str,
        /// What exactly is wrong.
        detail: String,
        /// "Word", "a PDF reader".
        program: &'static str,
    },
    /// An archive where a document should be.
    #[error("This is a ZIP archive inside another archive, which is not opened: unpack it, and check its files.")]
    NestedArchive,
    /// A PDF without text.
    #[error(
        "This PDF is a scan: it holds pictures of pages and no text. Run it through OCR first, for instance with `ocrmypdf in.pdf out.pdf`, or try again with --ocr."
    )]
    Scan,
    /// A PDF whose fonts do not say which letter each shape is.
    #[error(
        "The text in this PDF cannot be read as letters: its fonts do not say which letter each shape is. Run it through OCR first, for instance with `ocrmypdf --force-ocr in.pdf out.pdf`, or try again with --ocr."
    )]
    NoLetters,
    /// A program that OCR needs is missing.
    #[error(
        "Reading a scan needs the program `{program}`, which is not on this machine. Install pdftoppm (from poppler) and tesseract: `apt install poppler-utils tesseract-ocr`, `brew install poppler tesseract`; or run the file through OCR elsewhere and try that copy."
    )]
    OcrMissing {
        /// Its name.
        program: String,
    },
    /// OCR was tried and did not work.
    #[error(
        "This scan could not be read by OCR ({detail}). Run it through OCR first, for instance with `ocrmypdf in.pdf out.pdf`, and try that copy."
    )]
    OcrFailed {
        /// What went wrong.
        detail: String,
    },
    /// Past a limit.
    #[error("This file is too large to check safely: {what} is over the limit of {limit}.")]
    TooLarge {
        /// "its size", "the depth of its XML".
        what: &'static str,
        /// The limit with its unit.
        limit: String,
    },
    /// Read, but with nothing in it.
    #[error("This file holds no text. If it shows text on screen, that text is a picture: run it through OCR first.")]
    NoText,
    /// The operating system would not give it.
    #[error("This file could not be opened ({0}). Check the name and that you may read it.")]
    Io(String),
}
