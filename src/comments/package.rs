//! The package of the copy: most parts copied as they are packed, a few replaced or added.

use super::{BOM, CommentError, wrong};
use crate::reader::Limits;
use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};
use zip::{ZipArchive, ZipWriter, write::SimpleFileOptions};

const TYPES: &str = "[Content_Types].xml";
const COMMENTS_TYPE: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml";
const RELATIONSHIP: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments";
const STRICT_RELATIONSHIP: &str = "http://purl.oclc.org/ooxml/officeDocument/relationships/comments";
const NAMESPACE: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const STRICT_NAMESPACE: &str = "http://purl.oclc.org/ooxml/wordprocessingml/main";

/// A package with the parts that the copy has instead.
pub struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    replaced: BTreeMap<String, String>,
}

impl<'a> Package<'a> {
    /// Opens the package.
    pub fn open(bytes: &'a [u8]) -> Result<Self, CommentError> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| wrong("it is no complete package"))?;
        Ok(Self { archive, replaced: BTreeMap::new() })
    }

    /// A part as text without byte order mark. None if there is no such part.
    pub fn text(&mut self, name: &str) -> Result<Option<String>, CommentError> {
        if let Some(text) = self.replaced.get(name) {
            return Ok(Some(text.clone()));
        }
        let Some(index) = self.index(name) else { return Ok(None) };
        let unreadable = || wrong(&format!("its part {name} cannot be unpacked"));
        let file = self.archive.by_index(index).map_err(|_| unreadable())?;
        let mut bytes = Vec::new();
        let most = Limits::default().inflated_bytes;
        file.take(most + 1).read_to_end(&mut bytes).map_err(|_| unreadable())?;
        if bytes.len() as u64 > most {
            return Err(unreadable());
        }
        let text = String::from_utf8(bytes).map_err(|_| wrong(&format!("its part {name} is not written in UTF-8")))?;
        Ok(Some(text))
    }

    fn index(&self, name: &str) -> Option<usize> {
        let named = |index: &usize| {
            let stored = self.archive.name_for_index(*index).and_then(Result::ok);
            stored.is_some_and(|stored| stored.trim_start_matches('/').eq_ignore_ascii_case(name))
        };
        (0..self.archive.len()).find(named)
    }

    /// The copy has this text for a part.
    pub fn replace(&mut self, name: &str, text: String) {
        self.replaced.insert(name.to_owned(), text);
    }

    /// The first number that no comment and no mark of one uses.
    pub fn next_id(&mut self, main: &str, xml: &str) -> Result<u32, CommentError> {
        let comments = match self.comments_name(main)? {
            Some(name) => self.text(&name)?.unwrap_or_default(),
            None => String::new(),
        };
        let used = [("comment", comments.as_str()), ("commentRangeStart", xml), ("commentReference", xml)];
        Ok(used.iter().flat_map(|(element, xml)| ids(xml, element)).max().map_or(0, |id| id + 1))
    }

    /// Adds comments to the part of comments, which is made if there is none.
    pub fn add_comments(&mut self, main: &str, comments: &[String], strict: bool) -> Result<(), CommentError> {
        let namespace = if strict { STRICT_NAMESPACE } else { NAMESPACE };
        let more = comments.concat().replace(r#"xmlns:w="{ns}""#, &format!(r#"xmlns:w="{namespace}""#));
        if let Some(name) = self.comments_name(main)?
            && let Some(part) = self.text(&name)?
        {
            self.replace(&name, append(&part, &more).ok_or_else(|| wrong("its comments are damaged"))?);
            return Ok(());
        }
        let (folder, file) = main.rsplit_once('/').map_or(("", main), |(folder, file)| (folder, file));
        let slash = if folder.is_empty() { "" } else { "/" };
        let stem = (0..).map(|n| if n == 0 { "comments".to_owned() } else { format!("comments{n}") });
        let free =
            stem.map(|stem| format!("{stem}.xml")).find(|f| self.index(&format!("{folder}{slash}{f}")).is_none());
        let target = free.unwrap_or_default();
        let name = format!("{folder}{slash}{target}");
        let head = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#;
        self.replace(&name, format!("{head}\n<w:comments xmlns:w=\"{namespace}\">{more}</w:comments>"));
        let kind = if strict { STRICT_RELATIONSHIP } else { RELATIONSHIP };
        self.relate(&format!("{folder}{slash}_rels/{file}.rels"), kind, &target)?;
        let types = self.text(TYPES)?.ok_or_else(|| wrong("it has no list of content types"))?;
        let entry = format!(r#"<Override PartName="/{name}" ContentType="{COMMENTS_TYPE}"/>"#);
        let entry = with_prefix(&types, entry);
        self.replace(TYPES, append(&types, &entry).ok_or_else(|| wrong("its content types are damaged"))?);
        Ok(())
    }

    fn relate(&mut self, list: &str, kind: &str, target: &str) -> Result<(), CommentError> {
        let empty =
            r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>"#;
        let text = self.text(list)?.unwrap_or_else(|| empty.to_owned());
        let free = (1..).map(|n| format!("sroLint{n}")).find(|id| !text.contains(&format!("\"{id}\"")));
        let id = free.unwrap_or_default();
        let entry = format!(r#"<Relationship Id="{id}" Type="{kind}" Target="{target}"/>"#);
        let entry = with_prefix(&text, entry);
        self.replace(list, append(&text, &entry).ok_or_else(|| wrong("its relationships are damaged"))?);
        Ok(())
    }

    /// The part of comments that the main part refers to.
    fn comments_name(&mut self, main: &str) -> Result<Option<String>, CommentError> {
        let (folder, file) = main.rsplit_once('/').map_or(("", main), |(folder, file)| (folder, file));
        let slash = if folder.is_empty() { "" } else { "/" };
        let list = self.text(&format!("{folder}{slash}_rels/{file}.rels"))?.unwrap_or_default();
        let target = attributes(&list, "Relationship").find_map(|of| {
            let kind = of("Type")?;
            (kind == RELATIONSHIP || kind == STRICT_RELATIONSHIP).then(|| of("Target")).flatten()
        });
        let name = target.map(|target| match target.strip_prefix('/') {
            Some(name) => name.to_owned(),
            None => format!("{folder}{slash}{target}"),
        });
        Ok(name.filter(|name| self.index(name).is_some()))
    }

    /// Writes the copy: parts in their order, those that are new at the end.
    pub fn copy(mut self) -> Result<Vec<u8>, CommentError> {
        let failed = |error: zip::result::ZipError| wrong(&format!("its package cannot be copied ({error})"));
        let mut out = ZipWriter::new(Cursor::new(Vec::new()));
        for index in 0..self.archive.len() {
            let file = self.archive.by_index_raw(index).map_err(failed)?;
            let name = file.name().map_err(|_| wrong("it holds a part without a name"))?.into_owned();
            let key = self.replaced.keys().find(|k| k.eq_ignore_ascii_case(name.trim_start_matches('/'))).cloned();
            match key.and_then(|key| self.replaced.remove(&key)) {
                Some(text) => write(&mut out, &name, &text)?,
                None => out.raw_copy_file(file).map_err(failed)?,
            }
        }
        for (name, text) in &self.replaced {
            write(&mut out, name, text)?;
        }
        out.finish().map(Cursor::into_inner).map_err(failed)
    }
}

fn write(out: &mut ZipWriter<Cursor<Vec<u8>>>, name: &str, text: &str) -> Result<(), CommentError> {
    let started = out.start_file(name, SimpleFileOptions::default());
    let failed = |error: &dyn std::fmt::Display| wrong(&format!("its package cannot be copied ({error})"));
    started.map_err(|e| failed(&e))?;
    out.write_all(text.as_bytes()).map_err(|e| failed(&e))
}

/// Adds to the end of the content of a part's root.
fn append(part: &str, more: &str) -> Option<String> {
    let end = part.rfind('>')?;
    let open = part[..=end].rfind('<')?;
    let tag = &part[open..=end];
    if tag.starts_with("</") {
        return Some(format!("{}{more}{}", &part[..open], &part[open..]));
    }
    let name: String = tag.strip_suffix("/>")?[1..].chars().take_while(|c| !c.is_whitespace()).collect();
    Some(format!("{}>{more}</{name}>{}", &part[..end - 1], &part[end + 1..]))
}

/// An entry with the prefix that the root of its list has.
fn with_prefix(list: &str, entry: String) -> String {
    let root = list.rfind('<').map(|at| list[at..].trim_start_matches(['<', '/'])).unwrap_or_default();
    match root.split_once(':') {
        Some((prefix, _)) if prefix.chars().all(char::is_alphanumeric) => format!("<{prefix}:{}", &entry[1..]),
        _ => entry,
    }
}

/// The ids of all elements of a name.
fn ids<'x>(xml: &'x str, element: &'x str) -> impl Iterator<Item = u32> + 'x {
    attributes(xml, element).filter_map(|of| of("id")?.parse().ok())
}

/// For all elements of a local name a way to ask for an attribute by its local name.
fn attributes<'x>(xml: &'x str, element: &'x str) -> impl Iterator<Item = Box<dyn Fn(&str) -> Option<String> + 'x>> {
    let mut reader = quick_xml::Reader::from_str(xml.trim_start_matches(BOM));
    std::iter::from_fn(move || {
        loop {
            match reader.read_event() {
                Ok(quick_xml::events::Event::Start(e) | quick_xml::events::Event::Empty(e))
                    if e.local_name().into_inner() == element =>
                {
                    let ask = move |name: &str| {
                        let mut all = e.attributes();
                        let found = all.with_checks(false).flatten().find(|a| a.key.local_name().into_inner() == name);
                        found.map(|a| a.value.into_owned())
                    };
                    return Some(Box::new(ask) as Box<dyn Fn(&str) -> Option<String> + 'x>);
                }
                Ok(quick_xml::events::Event::Eof) | Err(_) => return None,
                Ok(_) => {}
            }
        }
    })
}
