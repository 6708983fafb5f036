//! Tracked changes of an OpenDocument text: a list at the front, and marks in the text that point into it.

use super::super::ReadError;
use super::super::flow::Piece;
use super::super::xml::{Item, Tag, Xml};
use super::walk::Walker;

impl Walker<'_> {
    /// Reads the list of tracked changes; what was deleted stands there and nowhere else.
    pub(super) fn tracked_changes(&mut self, xml: &mut Xml<'_>) -> Result<(), ReadError> {
        let (mut depth, mut id) = (1usize, String::new());
        while depth > 0 {
            match xml.next()? {
                Some(Item::Start(tag)) => {
                    depth += 1;
                    match tag.name.as_str() {
                        "text:changed-region" => {
                            id = tag.get("xml:id").or(tag.get("text:id")).unwrap_or_default().to_owned();
                        }
                        "text:insertion" => drop(self.changes.insert(id.clone(), None)),
                        "text:deletion" => drop(self.changes.insert(id.clone(), Some(String::new()))),
                        "office:change-info" | "office:annotation" => {
                            xml.skip()?;
                            depth -= 1;
                        }
                        "text:p" | "text:h" => self.deleted_words(&id, "\n"),
                        "text:s" | "text:tab" | "text:line-break" => self.deleted_words(&id, " "),
                        _ => {}
                    }
                }
                Some(Item::End) => depth -= 1,
                Some(Item::Text(text, _)) => self.deleted_words(&id, &text),
                None => break,
            }
        }
        Ok(())
    }

    fn deleted_words(&mut self, id: &str, text: &str) {
        if let Some(Some(words)) = self.changes.get_mut(id)
            && !(words.is_empty() && text == "\n")
        {
            words.push_str(text);
        }
    }

    pub(super) fn change(&mut self, tag: &Tag) {
        let Some(change) = tag.get("text:change-id").and_then(|id| self.changes.get(id)) else { return };
        match (tag.name.as_str(), change) {
            ("text:change", Some(words)) => {
                let piece = Piece::Deleted(words.trim().to_owned());
                self.mark(piece);
            }
            ("text:change-start", None) => self.inserting += 1,
            ("text:change-end", None) => self.inserting = self.inserting.saturating_sub(1),
            _ => {}
        }
    }
}
