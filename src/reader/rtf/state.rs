//! What a group of RTF inherits and a group's end restores.

use super::super::flow::Type;

/// Where the text of a group goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Destination {
    /// Into the paragraph.
    Text,
    /// Nowhere.
    Skip,
    /// Into the paragraph's label.
    Label,
    /// The font table.
    Fonts,
    /// The style sheet.
    Styles,
    /// The name of the next comment's author.
    Author,
    /// The number of the comment whose words start here.
    AnchorStart,
    /// … end here.
    AnchorEnd,
    /// The number of the comment itself.
    AnchorName,
}

/// The properties in force.
#[derive(Debug, Clone, Copy)]
pub(super) struct State {
    pub destination: Destination,
    pub look: Type,
    pub hidden: bool,
    pub deleted: bool,
    pub inserted: bool,
    pub font: i32,
    /// How many characters stand in for one `\u` character.
    pub stand_ins: i32,
    /// Whether the group's closing ends a flow of its own (a note, a box, a header).
    pub ends_flow: bool,
    /// Whether a `\*` has just said that unknown words make the group skippable.
    pub starred: bool,
    /// Whether nothing but a `\*` has stood in the group yet.
    pub fresh: bool,
    pub paragraph: ParagraphState,
}

/// The properties of a paragraph, which `\pard` resets.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct ParagraphState {
    pub style: Option<i32>,
    pub outline: Option<u8>,
    pub centered: bool,
    /// Depth of tables; 0 is outside.
    pub table: usize,
    pub list: bool,
    pub level: u8,
}

impl Default for State {
    fn default() -> Self {
        Self {
            destination: Destination::Text,
            look: Type::default(),
            hidden: false,
            deleted: false,
            inserted: false,
            font: -1,
            stand_ins: 1,
            ends_flow: false,
            starred: false,
            fresh: false,
            paragraph: ParagraphState::default(),
        }
    }
}

impl State {
    /// `\plain`.
    pub fn plain(&mut self) {
        (self.look, self.hidden, self.deleted, self.inserted) = (Type::default(), false, false, false);
    }

    /// Takes a word that sets a property; `false` if it sets none.
    pub fn set(&mut self, word: &str, parameter: Option<i32>) -> bool {
        let on = parameter != Some(0);
        let number = parameter.unwrap_or(0);
        match word {
            "plain" => self.plain(),
            "b" => self.look.bold = on,
            "i" => self.look.italic = on,
            "ulnone" => self.look.underlined = false,
            "ul" | "uld" | "uldash" | "uldashd" | "uldashdd" | "uldb" | "ulth" | "ulw" | "ulwave" | "ulhwave"
            | "ulthd" | "ulldash" | "ulthdash" | "ululdbwave" => self.look.underlined = on,
            "fs" => self.look.size = Some(f32::from(u16::try_from(number).unwrap_or(24)) / 2.0),
            "v" => self.hidden = on,
            "deleted" => self.deleted = on,
            "revised" => self.inserted = on,
            "f" => self.font = number,
            "uc" => self.stand_ins = number.clamp(0, 16),
            "pard" => self.paragraph = ParagraphState::default(),
            "s" => self.paragraph.style = parameter,
            "outlinelevel" => self.paragraph.outline = u8::try_from(number).ok().filter(|n| *n < 9).map(|n| n + 1),
            "qc" => self.paragraph.centered = true,
            "ql" | "qr" | "qj" => self.paragraph.centered = false,
            "intbl" => self.paragraph.table = self.paragraph.table.max(1),
            "itap" => self.paragraph.table = usize::try_from(number).unwrap_or(0).min(32),
            "ls" => self.paragraph.list = number > 0,
            "ilvl" => self.paragraph.level = u8::try_from(number).unwrap_or(0).min(9),
            _ => return false,
        }
        true
    }
}
