//! A starting document in Markdown.

use super::Part;

/// Writes the parts. What is a mark of Markdown in a name is a plain character of the name.
pub fn markdown(parts: &[Part]) -> String {
    let blocks = parts.iter().map(|part| match part {
        Part::Heading(level, text) => format!("{} {}", "#".repeat(usize::from(*level)), escape(text)),
        Part::Paragraph(text) => escape(text),
        Part::Item(text) => format!("- {}", escape(text)),
    });
    blocks.collect::<Vec<_>>().join("\n\n") + "\n"
}

/// Blanks in brackets and rules stay as they are: they are what the reader is to see.
fn escape(text: &str) -> String {
    let mut out = String::new();
    for c in text.split_whitespace().collect::<Vec<_>>().join(" ").chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '\\' | '`' | '*' | '#' | '|' | '~' => out.extend(['\\', c]),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}
