//! Lists typed by hand: items, and how deep they are nested.

use super::Role;
use super::number::Style;
use super::view::View;
use crate::document::{Block, BlockKind};

/// Makes list items of the paragraphs that are, each one level deeper than the style that it stands under.
pub(super) fn levels(blocks: &mut [Block], views: &[View], roles: &[Role]) {
    let mut open: Vec<Style> = Vec::new();
    for (block, (view, role)) in blocks.iter_mut().zip(views.iter().zip(roles)) {
        match role {
            Role::Heading | Role::Text => open.clear(),
            Role::Item | Role::RunIn(_) if block.kind == BlockKind::Paragraph => {
                let Some(marker) = &view.marker else { continue };
                match open.iter().position(|style| *style == marker.style) {
                    Some(at) => open.truncate(at + 1),
                    None => open.push(marker.style),
                }
                block.kind = BlockKind::ListItem { level: u8::try_from(open.len() - 1).unwrap_or(u8::MAX) };
            }
            _ => {}
        }
    }
}
