//! Relationships: how the parts of a package refer to each other.

use super::part::Part;
use super::xml::{Budget, Token, Xml};
use crate::reader::ReadError;

/// A reference from one part to another.
#[derive(Debug)]
pub(super) struct Relationship {
    /// The id that the referring part uses (`rId7`).
    pub(super) id: String,
    /// Last word of the type's URI (`footnotes`): the same in Transitional and Strict.
    pub(super) kind: String,
    /// Full name of the target part.
    pub(super) target: String,
}

impl Relationship {
    /// Reads the list of relationships of the part `of`. Targets outside the package are left out.
    pub(super) fn list(part: &Part, of: &str, budget: &Budget) -> Result<Vec<Self>, ReadError> {
        let mut xml = Xml::new(part, budget);
        let mut list = Vec::new();
        loop {
            match xml.next()? {
                Token::Start(e) if e.local() == "Relationship" => {
                    let external = e.attr("TargetMode").is_some_and(|mode| mode.eq_ignore_ascii_case("external"));
                    if let (false, Some(kind), Some(target)) = (external, e.attr("Type"), e.attr("Target")) {
                        let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
                        let id = e.attr("Id").unwrap_or_default().into_owned();
                        list.push(Self { id, kind, target: resolve(of, &target) });
                    }
                }
                Token::Eof => return Ok(list),
                _ => {}
            }
        }
    }
}

/// Name of the part that lists the relationships of the part `of`.
pub(super) fn relationships_name(of: &str) -> String {
    let (folder, file) = of.rsplit_once('/').unwrap_or(("", of));
    let slash = if folder.is_empty() { "" } else { "/" };
    format!("{folder}{slash}_rels/{file}.rels")
}

/// Name of a part beside the part `of`.
pub(super) fn beside(of: &str, file: &str) -> String {
    resolve(of, file)
}

/// The full name of a target as written in the relationships of `of`: absolute, or relative to its folder.
fn resolve(of: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    let folder = if target.starts_with('/') { "" } else { of.rsplit_once('/').map_or("", |(folder, _)| folder) };
    let mut path: Vec<&str> = Vec::new();
    for step in folder.split('/').chain(target.split('/')) {
        match step {
            "" | "." => {}
            ".." => {
                path.pop();
            }
            step => path.push(step),
        }
    }
    path.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_absolute_or_relative_to_the_referring_part() {
        assert_eq!(resolve("word/document.xml", "styles.xml"), "word/styles.xml");
        assert_eq!(resolve("word/document.xml", "/word/styles.xml"), "word/styles.xml");
        assert_eq!(resolve("word/document.xml", "../custom\\notes.xml"), "custom/notes.xml");
        assert_eq!(resolve("", "./word/document.xml"), "word/document.xml");
        assert_eq!(resolve("", "../../../etc/passwd"), "etc/passwd");
    }

    #[test]
    fn relationships_stand_in_a_folder_beside_their_part() {
        assert_eq!(relationships_name(""), "_rels/.rels");
        assert_eq!(relationships_name("word/document.xml"), "word/_rels/document.xml.rels");
    }
}
