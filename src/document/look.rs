//! How a block looks, as far as looks tell structure.

/// What a reader saw of a block's type. Readers fill in what their format knows.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Look {
    /// Every word is bold.
    pub bold: bool,
    /// Every word is underlined.
    pub underlined: bool,
    /// Every word is italic.
    pub italic: bool,
    /// Centred on the line.
    pub centered: bool,
    /// Height in points of the largest type, where known.
    pub size: Option<f32>,
    /// Outline level that the format itself declares (heading style, `#`, `<h2>`): 1 is the outermost.
    pub outline: Option<u8>,
    /// Declared to be the document's title by its style.
    pub title: bool,
    /// Bytes at the start of the block's words that are bold or underlined while the rest is not; 0 if none.
    pub lead: usize,
}
