//! Small Word packages in memory, and what the reader makes of them in short form.

use crate::document::{BlockKind, Document};
use crate::reader::{Limits, ReadError, docx};
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

pub const NAMESPACES: &str = concat!(
    "xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main' ",
    "xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships' ",
    "xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006' ",
    "xmlns:v='urn:schemas-microsoft-com:vml' ",
    "xmlns:wps='http://schemas.microsoft.com/office/word/2010/wordprocessingShape' ",
    "xmlns:pic='http://schemas.openxmlformats.org/drawingml/2006/picture'",
);
const TYPES: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// A package in the making.
pub struct Package {
    parts: Vec<(String, Vec<u8>)>,
    relationships: String,
}

impl Package {
    /// A package whose main part has this body.
    pub fn new(body: &str) -> Self {
        let document = format!("<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>");
        let root = format!(
            "<Relationships><Relationship Id='rId1' Type='{TYPES}/officeDocument' Target='word/document.xml'/></Relationships>"
        );
        Self {
            parts: vec![
                ("_rels/.rels".to_owned(), root.into_bytes()),
                ("word/document.xml".to_owned(), document.into_bytes()),
            ],
            relationships: String::new(),
        }
    }

    /// Adds a part that the main part refers to as `kind`; `{}` in its text stands for the namespaces.
    pub fn with(mut self, kind: &str, xml: &str) -> Self {
        let id = format!("{kind}1");
        self.relationships += &format!("<Relationship Id='{id}' Type='{TYPES}/{kind}' Target='{kind}.xml'/>");
        self.raw(&format!("word/{kind}.xml"), xml.replace("{}", NAMESPACES).as_bytes())
    }

    /// Puts a part in as it is, in place of one of the same name.
    pub fn raw(mut self, name: &str, bytes: &[u8]) -> Self {
        self.parts.retain(|(old, _)| old != name);
        self.parts.push((name.to_owned(), bytes.to_vec()));
        self
    }

    /// Takes a part out.
    pub fn without(mut self, name: &str) -> Self {
        self.parts.retain(|(old, _)| old != name);
        self
    }

    /// The package's bytes.
    pub fn zip(mut self) -> Vec<u8> {
        if !self.relationships.is_empty() {
            let list = format!("<Relationships>{}</Relationships>", self.relationships);
            self.parts.push(("word/_rels/document.xml.rels".to_owned(), list.into_bytes()));
        }
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in &self.parts {
            let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
            zip.start_file(name.as_str(), options).expect("a part");
            zip.write_all(bytes).expect("its bytes");
        }
        zip.finish().expect("a package").into_inner()
    }

    /// Reads the package.
    pub fn try_read(self) -> Result<Document, ReadError> {
        docx::read(&self.zip(), &Limits::default())
    }

    /// Reads the package, which is fit to be read.
    pub fn read(self) -> Document {
        self.try_read().expect("a document")
    }
}

/// Reads a document with this body.
pub fn read(body: &str) -> Document {
    Package::new(body).read()
}

/// A paragraph of one run.
pub fn p(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

/// The document's blocks in short form: kind and text.
pub fn blocks(document: &Document) -> Vec<String> {
    let short = |kind: &BlockKind| match kind {
        BlockKind::Heading { level } => format!("h{level}"),
        BlockKind::Paragraph => "p".to_owned(),
        BlockKind::ListItem { level } => format!("li{level}"),
        BlockKind::TableCell { table, row, column } => format!("cell {table}.{row}.{column}"),
        BlockKind::Footnote => "note".to_owned(),
        BlockKind::TextBox => "box".to_owned(),
        BlockKind::PageHeader => "header".to_owned(),
        BlockKind::PageFooter => "footer".to_owned(),
        BlockKind::Comment { author, .. } => format!("comment by {}", author.as_deref().unwrap_or("?")),
        BlockKind::Contents => "contents".to_owned(),
        BlockKind::Hidden => "hidden".to_owned(),
    };
    document.blocks().iter().map(|block| format!("{}: {}", short(&block.kind), document.slice(block.span))).collect()
}
