//! The words of a Word file as `pandoc` reads them, by the construct that they stand in.

use serde_json::Value;
use std::collections::HashMap;
use std::path::Path;
use std::process::Command;

/// `body`, `tables`, `notes` …
pub type Construct = &'static str;
/// What another reader makes of a file; nothing if it cannot read it.
pub type Reading = Option<Vec<(Construct, Words)>>;
/// What describes a picture: our reader counts pictures and leaves them out.
pub const LEFT_OUT: Construct = "(pictures)";
/// How often each word stands in a text.
pub type Words = HashMap<String, usize>;

/// The words of a text: letters and digits, small and without accents of spelling (ligatures, soft hyphens).
pub fn words(text: &str) -> Words {
    let mut words = Words::new();
    let plain: String = text.chars().filter(|c| !matches!(c, '\u{ad}' | '\u{200b}' | '\u{feff}')).collect();
    let plain = plain.replace('ﬁ', "fi").replace('ﬂ', "fl").replace('ﬀ', "ff").replace('ﬃ', "ffi").replace('ﬄ', "ffl");
    for word in plain.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        *words.entry(word.to_lowercase()).or_default() += 1;
    }
    words
}

/// The words of a file by construct; tracked changes are accepted, as our reader does.
pub fn pandoc(file: &Path) -> Reading {
    let mut pandoc = Command::new("pandoc");
    let output = pandoc.args(["-f", "docx", "-t", "json"]).arg(file).output().expect("pandoc");
    let tree: Value = serde_json::from_slice(&output.stdout).ok()?;
    let mut texts: Vec<(Construct, String)> = Vec::new();
    walk(&tree["meta"], "title", &mut texts);
    walk(&tree["blocks"], "body", &mut texts);
    let mut all: Vec<(Construct, Words)> = Vec::new();
    for construct in ["title", "body", "headings", "lists", "tables", "notes", "links", "equations", LEFT_OUT] {
        let text: String = texts.iter().filter(|(of, _)| *of == construct).map(|(_, text)| text.as_str()).collect();
        all.push((construct, words(&text)));
    }
    Some(all)
}

fn walk(node: &Value, construct: Construct, out: &mut Vec<(Construct, String)>) {
    match node {
        Value::Array(items) => items.iter().for_each(|item| walk(item, construct, out)),
        Value::Object(fields) => match (fields.get("t").and_then(Value::as_str), fields.get("c")) {
            (Some(name), content) => element(name, content.unwrap_or(&Value::Null), construct, out),
            (None, _) => fields.values().for_each(|value| walk(value, construct, out)),
        },
        _ => {}
    }
}

fn element(name: &str, content: &Value, construct: Construct, out: &mut Vec<(Construct, String)>) {
    let inner = match (name, construct) {
        // What stands in a table or a note is of the table or the note.
        (name, "tables" | "notes") if name != "Image" => construct,
        ("Table", _) => "tables",
        ("Note", _) => "notes",
        ("Math", _) => "equations",
        ("Image", _) => LEFT_OUT,
        ("Header", _) => "headings",
        ("BulletList" | "OrderedList" | "DefinitionList", _) => "lists",
        ("Link", _) => "links",
        _ => construct,
    };
    let mut say = |text: &str| match out.last_mut() {
        Some((last, words)) if *last == inner => words.push_str(text),
        _ => out.push((inner, text.to_owned())),
    };
    match name {
        "Str" | "MetaString" => say(content.as_str().unwrap_or_default()),
        "Space" | "SoftBreak" | "LineBreak" => say(" "),
        "Code" | "CodeBlock" => say(content[1].as_str().unwrap_or_default()),
        "Math" => say(&without_commands(content[1].as_str().unwrap_or_default())),
        "Image" => walk(&content[1], inner, out),
        "RawInline" | "RawBlock" => {}
        _ => {
            walk(content, inner, out);
            if BLOCKS.contains(&name) {
                // The next words are others, whatever comes between.
                out.push((inner, " ".to_owned()));
            }
        }
    }
}

/// A formula without the words of TeX, which stand in no file: `\frac{a}{b}`.
fn without_commands(formula: &str) -> String {
    let mut plain = String::new();
    let mut command = false;
    for c in formula.chars() {
        command = c == '\\' || command && c.is_ascii_alphabetic();
        plain.push(if command { ' ' } else { c });
    }
    plain
}

/// Elements at whose end a word ends.
const BLOCKS: [&str; 9] = ["Link", "Para", "Plain", "Header", "Table", "Note", "LineBlock", "BlockQuote", "Div"];
