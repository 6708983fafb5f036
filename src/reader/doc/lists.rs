//! Automatic numbering of a Word 97–2003 document.

use super::super::numeral::Numeral;
use super::binary::Binary;
use std::collections::HashMap;

/// Levels of a list.
const LEVELS: usize = 9;

/// One level of a list.
#[derive(Debug, Clone, Default)]
struct Level {
    start: u32,
    /// Word's number for the form; 23 is a bullet, 255 nothing.
    form: u8,
    /// All numbers in this label are written as 1, 2, 3.
    legal: bool,
    /// The label, with the characters 0 to 8 standing for the numbers of those levels.
    pattern: Vec<char>,
}

/// A use of a list, which may start it anew.
#[derive(Debug, Default)]
struct Use {
    list: i32,
    starts: [Option<u32>; LEVELS],
}

/// All lists of a document and where their numbers stand.
#[derive(Debug, Default)]
pub(super) struct Lists {
    levels: HashMap<i32, Vec<Level>>,
    uses: Vec<Use>,
    numbers: HashMap<i32, [Option<u32>; LEVELS]>,
    started: HashMap<usize, bool>,
}

impl Lists {
    /// Reads the lists (their levels follow them in the table stream) and their uses.
    pub fn new(table: Binary<'_>, lists: Option<(usize, usize)>, uses: Binary<'_>) -> Self {
        let mut all = Self::default();
        if let Some((at, length)) = lists.filter(|(_, length)| *length > 0) {
            let _ = all.read_lists(table, at, length);
        }
        let _ = all.read_uses(uses);
        all
    }

    /// As many as can be read; `None` says that the rest could not.
    fn read_lists(&mut self, table: Binary<'_>, at: usize, length: usize) -> Option<()> {
        let count = usize::from(table.u16(at)?);
        let mut next = at + length;
        for i in 0..count {
            let list = table.slice(at + 2 + i * 28, 28)?;
            let simple = list.u8(26)? & 1 != 0;
            let mut levels = Vec::new();
            for _ in 0..if simple { 1 } else { LEVELS } {
                let (level, length) = level(table, next)?;
                levels.push(level);
                next += length;
            }
            self.levels.insert(list.i32(0)?, levels);
        }
        Some(())
    }

    fn read_uses(&mut self, uses: Binary<'_>) -> Option<()> {
        let count = uses.u32(0)? as usize;
        let mut next = 4 + count.checked_mul(16)?;
        for i in 0..count {
            let at = 4 + i * 16;
            self.uses.push(Use { list: uses.i32(at)?, ..Use::default() });
            let overrides = uses.u8(at + 12)?;
            next += 4;
            for _ in 0..overrides {
                let (start, flags) = (uses.u32(next)?, uses.u32(next + 4)?);
                next += 8;
                if flags & 0x20 != 0 {
                    next += level(uses, next)?.1;
                }
                let starts = &mut self.uses.last_mut()?.starts;
                if let Some(slot) = starts.get_mut((flags & 0xf) as usize).filter(|_| flags & 0x10 != 0) {
                    *slot = Some(start);
                }
            }
        }
        Some(())
    }

    /// Counts an item of a use (from 1) at a level and gives its label.
    pub fn label(&mut self, number: u16, level: u8) -> Option<String> {
        let at = usize::from(number).checked_sub(1)?;
        let used = self.uses.get(at)?;
        let levels = self.levels.get(&used.list)?;
        let depth = usize::from(level).min(levels.len().checked_sub(1)?);
        let numbers = self.numbers.entry(used.list).or_default();
        if !std::mem::replace(self.started.entry(at).or_default(), true) && used.starts.iter().any(Option::is_some) {
            *numbers = [None; LEVELS];
        }
        let start = |i: usize| used.starts[i].or(levels.get(i).map(|l| l.start)).unwrap_or(1);
        numbers[depth] = Some(numbers[depth].map_or(start(depth), |n| n.saturating_add(1)));
        numbers[depth + 1..].fill(None);
        for (i, number) in numbers.iter_mut().enumerate().take(depth) {
            number.get_or_insert(start(i));
        }
        Some(render(levels, depth, numbers))
    }
}

/// A level and how many bytes it takes.
fn level(bytes: Binary<'_>, at: usize) -> Option<(Level, usize)> {
    let fixed = bytes.slice(at, 28)?;
    let lists = usize::from(fixed.u8(24)?) + usize::from(fixed.u8(25)?);
    let characters = usize::from(bytes.u16(at + 28 + lists)?);
    let pattern = bytes.text(at + 28 + lists + 2, characters)?.chars().collect();
    let legal = fixed.u8(5)? & 0b100 != 0;
    let level = Level { start: fixed.u32(0)?, form: fixed.u8(4)?, legal, pattern };
    Some((level, 28 + lists + 2 + characters * 2))
}

fn render(levels: &[Level], depth: usize, numbers: &[Option<u32>; LEVELS]) -> String {
    let level = &levels[depth];
    if level.form == 23 {
        return level.pattern.iter().map(|c| if matches!(c, '\u{e000}'..='\u{f8ff}') { '•' } else { *c }).collect();
    }
    let mut label = String::new();
    for c in &level.pattern {
        let shown = usize::try_from(u32::from(*c)).ok().filter(|i| *i < LEVELS);
        match shown {
            Some(i) => {
                let form = if level.legal { 0 } else { levels.get(i).map_or(0, |l| l.form) };
                label.push_str(&written(form, numbers[i].unwrap_or(1)));
            }
            None => label.push(*c),
        }
    }
    label.trim().to_owned()
}

fn written(form: u8, number: u32) -> String {
    match form {
        1 => Numeral::Roman { upper: true }.write(number),
        2 => Numeral::Roman { upper: false }.write(number),
        3 => Numeral::Letter { upper: true }.write(number),
        4 => Numeral::Letter { upper: false }.write(number),
        22 => format!("{number:02}"),
        255 => String::new(),
        _ => number.to_string(),
    }
}
