//! Bounds on what a reader takes from a file that a stranger made. One setting each.

/// How much of anything a reader accepts before it refuses the file with a clear sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Largest file, bytes.
    pub file_bytes: u64,
    /// Largest decompressed size of one package, bytes.
    pub inflated_bytes: u64,
    /// Largest ratio of decompressed to compressed size of a part over 1 MiB.
    pub ratio: u64,
    /// Deepest nesting of XML or HTML elements, lists or tables.
    pub depth: usize,
    /// Most XML elements or PDF objects in one document.
    pub elements: usize,
    /// Most pages of a PDF.
    pub pages: usize,
    /// Most members of an archive.
    pub members: usize,
    /// Largest unpacked size of a whole archive; its members are unpacked one at a time.
    pub archive_bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            file_bytes: 64 << 20,
            inflated_bytes: 64 << 20,
            ratio: 200,
            depth: 256,
            elements: 4_000_000,
            pages: 3_000,
            members: 4_096,
            archive_bytes: 1 << 30,
        }
    }
}
