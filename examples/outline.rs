//! Prints what the readers make of a file: its title, sections and blocks. An aid for development.
#![allow(clippy::print_stdout, clippy::print_stderr, clippy::use_debug, reason = "this program's work is to print")]

use sro_lint::document::{Block, BlockKind, Document};
use sro_lint::reader::{Limits, ReadError, Source, read};

fn main() {
    for path in std::env::args().skip(1) {
        println!("=== {path}");
        match open(&path) {
            Ok(document) => outline(&document),
            Err(error) => eprintln!("{error}"),
        }
    }
}

fn open(path: &str) -> Result<Document, ReadError> {
    let bytes = std::fs::read(path).map_err(|e| ReadError::Io(e.to_string()))?;
    read(Source { name: path, bytes: &bytes }, &Limits::default())
}

fn outline(document: &Document) {
    println!("title: {:?}  pages: {:?}  remarks: {:?}", document.title(), document.page_count(), document.remarks());
    let mut section = 0;
    for block in document.blocks() {
        if block.section != section && block.kind.is_body() {
            section = block.section;
            heading(document, section);
        }
        println!("{}  {}", "  ".repeat(usize::from(document.section(section).level)), line(document, block));
    }
}

fn heading(document: &Document, id: usize) {
    let section = document.section(id);
    let label = section.label().unwrap_or_else(|| "(root)".to_owned());
    println!("{}§{} {label}", "  ".repeat(usize::from(section.level)), section.level);
}

fn line(document: &Document, block: &Block) -> String {
    let kind = match &block.kind {
        BlockKind::Heading { level } => format!("H{level}"),
        BlockKind::Paragraph => "p".to_owned(),
        BlockKind::ListItem { level } => format!("li{level}"),
        BlockKind::TableCell { table, row, column } => format!("t{table}[{row},{column}]"),
        BlockKind::Comment { .. } => "comment".to_owned(),
        other => format!("{other:?}").to_lowercase(),
    };
    let words: Vec<&str> = block.pieces.iter().map(|p| document.slice(*p)).collect();
    let words: String = words.join("¦").chars().take(110).collect();
    let label = block.label.as_deref().map(|l| format!("[{l}] ")).unwrap_or_default();
    let run_in = block.run_in.map(|r| format!("{{{}}} ", document.slice(r))).unwrap_or_default();
    format!("{kind} {label}{run_in}{}", words.replace('\n', "⏎"))
}
