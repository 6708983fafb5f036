//! Structure from looks: which blocks are headings, which lines are contents or running heads, which short
//! lines are one wrapped paragraph; and the tree of sections that follows.

pub(crate) mod furniture;
pub(crate) mod number;
pub(crate) mod shape;

use super::{Block, BlockKind, Draft, Section, Span};

/// What [`arrange`] makes of the readers' drafts.
pub(super) struct Arranged {
    pub title: Option<String>,
    pub blocks: Vec<Block>,
    pub sections: Vec<Section>,
}

/// Finds headings, builds the section tree and picks the title.
pub(super) fn arrange(text: &str, drafts: Vec<Draft>) -> Arranged {
    let mut blocks: Vec<Block> = drafts.into_iter().map(Draft::into_block).collect();
    for block in &mut blocks {
        if let (BlockKind::Paragraph | BlockKind::ListItem { .. }, Some(level)) = (&block.kind, block.look.outline) {
            block.kind = BlockKind::Heading { level };
        }
    }
    let sections = tree(text, &mut blocks);
    let title = blocks.iter().find(|b| b.kind.is_body()).map(|b| words(text, &b.pieces));
    Arranged { title, blocks, sections }
}

fn tree(text: &str, blocks: &mut [Block]) -> Vec<Section> {
    let mut sections = vec![Section::default()];
    let mut current = 0;
    for (id, block) in blocks.iter_mut().enumerate() {
        if let BlockKind::Heading { level } = block.kind {
            let mut parent = current;
            while parent != 0 && sections[parent].level >= level {
                parent = sections[parent].parent;
            }
            let section = Section {
                number: block.label.clone(),
                title: words(text, &block.pieces),
                level,
                parent,
                heading: Some(id),
                ..Section::default()
            };
            current = sections.len();
            sections[parent].children.push(current);
            sections.push(section);
        } else if block.kind.is_body() {
            sections[current].blocks.push(id);
        }
        block.section = if block.kind.is_body() { current } else { 0 };
    }
    sections
}

fn words(text: &str, pieces: &[Span]) -> String {
    let joined: String = pieces.iter().map(|p| &text[p.start..p.end]).collect();
    joined.split_whitespace().collect::<Vec<_>>().join(" ")
}
