//! Sections: the tree that headings span.

use super::BlockId;
use super::structure::numeral::ordinal;

/// Index of a section in [`Document::sections`](super::Document::sections); 0 is the root.
pub type SectionId = usize;

/// A heading with what stands under it.
#[derive(Debug, Clone, Default)]
pub struct Section {
    /// The number as rendered, without trailing punctuation: `VIII`, `3.2`, `B`.
    pub number: Option<String>,
    /// The title without its number.
    pub title: String,
    /// Depth: 0 is the root, 1 the outermost headings.
    pub level: u8,
    /// The section that holds this one; the root holds itself.
    pub parent: SectionId,
    /// Sections directly within, in order.
    pub children: Vec<SectionId>,
    /// The heading, or the block whose run-in phrase opens the section.
    pub heading: Option<BlockId>,
    /// Blocks directly in this section, in order, the heading left out.
    pub blocks: Vec<BlockId>,
}

impl Section {
    /// Whether this is its number, in whatever writing: `VIII`, `8`, `3.2`.
    pub fn has_number(&self, number: &str) -> bool {
        let parts = |number: &str| -> Vec<String> {
            let last = number.split_whitespace().last().unwrap_or_default().to_lowercase();
            last.split('.').filter(|p| !p.is_empty()).map(str::to_owned).collect()
        };
        let same = |a: &String, b: &String| a == b || ordinal(a).is_some_and(|n| ordinal(b) == Some(n));
        let (own, asked) = (parts(self.number.as_deref().unwrap_or_default()), parts(number));
        !own.is_empty() && own.len() == asked.len() && own.iter().zip(&asked).all(|(a, b)| same(a, b))
    }

    /// How a person names the section: `VIII. Training for SROs`. The root has no name.
    pub fn label(&self) -> Option<String> {
        match (&self.number, self.title.is_empty()) {
            (Some(number), false) => Some(format!("{number}. {}", self.title)),
            (Some(number), true) if number.contains(' ') => Some(number.clone()),
            (Some(number), true) => Some(format!("Section {number}")),
            (None, false) => Some(self.title.clone()),
            (None, true) => None,
        }
    }
}
