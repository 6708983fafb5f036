//! The tree of sections that headings span.

use super::levels::{Class, Levels};
use super::number::Style;
use crate::document::{Block, BlockKind, Section};

/// What a block does to the tree.
#[derive(Debug, Clone, Default)]
pub(super) enum Step {
    /// It belongs to the open section.
    #[default]
    Stay,
    /// It opens a section with this number and title.
    Open(Class, Option<String>, String),
    /// It is an item numbered like this.
    Item(Style),
}

/// Builds the sections and tells every block its own.
pub(super) fn build(blocks: &mut [Block], steps: Vec<Step>) -> Vec<Section> {
    let mut sections = vec![Section::default()];
    // The open sections, the root left out.
    let mut path: Vec<usize> = Vec::new();
    let mut levels = Levels::default();
    for (id, (block, step)) in blocks.iter_mut().zip(steps).enumerate() {
        if !block.kind.is_body() {
            // What is hidden is no part of a section, but it stands in one.
            if block.kind == BlockKind::Hidden {
                block.section = path.last().copied().unwrap_or(0);
            }
            continue;
        }
        match step {
            Step::Stay => {}
            Step::Item(style) => path.truncate(levels.item(style)),
            Step::Open(class, number, title) => {
                let depth = levels.place(class);
                path.truncate(depth - 1);
                let parent = path.last().copied().unwrap_or(0);
                let level = u8::try_from(depth).unwrap_or(u8::MAX);
                path.push(sections.len());
                let child = sections.len();
                sections[parent].children.push(child);
                sections.push(Section { number, title, level, parent, heading: Some(id), ..Section::default() });
                if let BlockKind::Heading { level: shown } = &mut block.kind {
                    *shown = class.declared.unwrap_or(level);
                }
            }
        }
        block.section = path.last().copied().unwrap_or(0);
        if !matches!(block.kind, BlockKind::Heading { .. }) {
            sections[block.section].blocks.push(id);
        }
    }
    sections
}
