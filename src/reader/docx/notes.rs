//! Stories beside the body: foot- and endnotes, comments, headers and footers.

use super::emitter::Emitter;
use super::paragraph::{After, NoteKind};
use super::part::Part;
use super::story::{Out, Shared, Story};
use super::xml::{Budget, Token, Xml};
use crate::document::BlockKind;
use crate::reader::ReadError;
use std::collections::{BTreeMap, HashMap};

/// What a story left out, by name.
pub(super) type LeftOut = BTreeMap<&'static str, usize>;

/// Notes by kind and id.
pub(super) type Notes = HashMap<(NoteKind, String), Vec<After>>;

/// One item of a part that holds several.
struct Item {
    id: String,
    author: Option<String>,
    kept: Vec<After>,
}

/// Reads a part of foot- or endnotes.
pub(super) fn notes(
    part: &Part,
    index: u16,
    kind: NoteKind,
    shared: &Shared<'_>,
    budget: &Budget,
) -> Result<(Notes, LeftOut), ReadError> {
    let name = if kind == NoteKind::Footnote { "footnote" } else { "endnote" };
    let (items, left_out) = items(part, index, name, BlockKind::Footnote, shared, budget)?;
    Ok((items.into_iter().map(|item| ((kind, item.id), item.kept)).collect(), left_out))
}

/// Reads the comments and puts them at the end of the document.
pub(super) fn comments(
    part: &Part,
    emitter: &mut Emitter<'_>,
    shared: &Shared<'_>,
    budget: &Budget,
) -> Result<(), ReadError> {
    let index = emitter.part(part.name());
    let kind = BlockKind::Comment { author: None, anchor: None };
    let (items, left_out) = items(part, index, "comment", kind, shared, budget)?;
    for Item { id, author, kept } in items {
        emitter.comment(&id, author, kept);
    }
    emitter.left_out(left_out);
    Ok(())
}

/// Reads a header or footer into the document.
pub(super) fn page_part<'c>(
    part: &Part,
    is_header: bool,
    emitter: &mut Emitter<'c>,
    shared: &Shared<'c>,
    budget: &Budget,
) -> Result<(), ReadError> {
    let index = emitter.part(part.name());
    let kind = if is_header { BlockKind::PageHeader } else { BlockKind::PageFooter };
    let mut xml = Xml::new(part, budget);
    let mut story = Story::new(shared, Out::Emit(emitter), index, kind);
    story.read(&mut xml)?;
    let left_out = story.left_out();
    emitter.left_out(left_out);
    Ok(())
}

fn items(
    part: &Part,
    index: u16,
    name: &str,
    kind: BlockKind,
    shared: &Shared<'_>,
    budget: &Budget,
) -> Result<(Vec<Item>, LeftOut), ReadError> {
    let mut xml = Xml::new(part, budget);
    let mut story = Story::new(shared, Out::Keep(Vec::new()), index, kind);
    let mut items = Vec::new();
    loop {
        match xml.next()? {
            Token::Start(e) if e.local() == name => {
                let id = e.attr("id").unwrap_or_default().into_owned();
                let author = e.attr("author").map(|author| author.trim().to_owned()).filter(|name| !name.is_empty());
                // The lines that part notes from the body have no words of their own.
                if e.attr("type").is_some_and(|kind| kind != "normal") {
                    drop(e);
                    xml.skip()?;
                    continue;
                }
                drop(e);
                story.read(&mut xml)?;
                items.push(Item { id, author, kept: story.take() });
            }
            Token::Eof => return Ok((items, story.left_out())),
            _ => {}
        }
    }
}
