//! How deep a heading stands: by its declared level, its numbering and its look, alike within a document.

use super::number::Style;

/// What tells a heading's level.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Class {
    /// The level that the format declares.
    pub declared: Option<u8>,
    /// How its number is written.
    pub style: Option<Style>,
    /// Its number is the first of its kind: `A`, `1`, `I`.
    pub first: bool,
    /// How much it stands out: larger is stronger.
    pub strength: u8,
    /// A question of a list of questions and answers.
    pub question: bool,
    /// A phrase at the start of a paragraph.
    pub run_in: bool,
}

/// One open level: its first heading, and every way of numbering met at it.
struct Level {
    class: Class,
    styles: Vec<Style>,
    /// The last heading at this level has no number.
    bare: bool,
}

impl Level {
    fn rank(&self) -> u8 {
        self.styles.iter().map(|s| s.rank()).min().unwrap_or(u8::MAX)
    }
}

/// Where a heading goes.
enum Place {
    /// To the level with this index.
    Beside(usize),
    /// Below the first so many levels.
    Under(usize),
}

/// The open headings from the outermost to the present one.
#[derive(Default)]
pub(super) struct Levels {
    open: Vec<Level>,
}

/// Deepest level that is told apart.
const DEEPEST: usize = 9;

impl Levels {
    /// Takes the next heading and gives its depth, from 1.
    pub fn place(&mut self, class: Class) -> usize {
        let place = match class {
            Class { declared: Some(level), .. } => self.declared(level),
            Class { run_in: true, .. } => self.run_in(class),
            Class { style: Some(style), .. } => self.numbered(class, style),
            _ => self.unnumbered(class),
        };
        match place {
            Place::Beside(at) => {
                self.open.truncate(at + 1);
                let level = &mut self.open[at];
                level.bare = class.style.is_none();
                if class.style.is_some_and(|style| !level.styles.contains(&style)) {
                    level.styles.extend(class.style);
                }
            }
            Place::Under(len) => {
                self.open.truncate(len.min(DEEPEST - 1));
                let bare = class.style.is_none();
                self.open.push(Level { class, styles: class.style.into_iter().collect(), bare });
            }
        }
        self.open.len()
    }

    /// A list item is beside a run-in heading that is numbered alike: it ends that one's section.
    /// Gives how many levels stay open.
    pub fn item(&mut self, style: Style) -> usize {
        if let Some(at) = self.open.iter().rposition(|l| l.class.run_in && l.styles.contains(&style)) {
            self.open.truncate(at);
        }
        self.open.len()
    }

    fn declared(&self, level: u8) -> Place {
        let outer = |l: &Level| l.class.declared.is_some_and(|d| d < level);
        Place::Under(self.open.iter().take_while(|l| outer(l)).count())
    }

    fn run_in(&self, class: Class) -> Place {
        let alike = |l: &Level| l.class.run_in && l.class.style == class.style;
        if let Some(at) = self.open.iter().rposition(alike) {
            return Place::Beside(at);
        }
        let rank = class.style.map_or(u8::MAX, Style::rank);
        Place::Under(self.without_last(|l| l.class.run_in && l.rank() > rank))
    }

    fn numbered(&self, class: Class, style: Style) -> Place {
        if let Some(at) = self.open.iter().rposition(|l| !l.class.run_in && l.styles.contains(&style)) {
            return if self.restarts(at, class) { self.under_last() } else { Place::Beside(at) };
        }
        let left = |l: &Level| {
            let bare = l.styles.is_empty();
            // A new count of letters or digits opens below; only a `PART` or `ARTICLE` stands above at once.
            let above = matches!(style, Style::Part | Style::Article | Style::Section) || !class.first;
            let weaker = l.class.strength <= class.strength;
            let deeper =
                if bare { l.class.strength < class.strength } else { above && weaker && l.rank() > style.rank() };
            l.class.run_in || l.class.question || (l.class.declared.is_none() && deeper)
        };
        let keep = self.without_last(left);
        let beside =
            |l: &Level| l.class.declared.is_none() && l.styles.is_empty() && l.class.strength == class.strength;
        match keep.checked_sub(1).filter(|at| beside(&self.open[*at])) {
            Some(at) => Place::Beside(at),
            None => Place::Under(keep),
        }
    }

    /// Whether a first number does not go on with the count of a level, but opens one of its own below: the
    /// heading is weaker, or deeper ones or an unnumbered one have come since.
    fn restarts(&self, at: usize, class: Class) -> bool {
        let level = &self.open[at];
        let deeper = self.open[at + 1..].iter().any(|l| !l.class.run_in);
        class.first && (class.strength < level.class.strength || deeper || level.bare)
    }

    fn under_last(&self) -> Place {
        Place::Under(self.without_last(|l| l.class.run_in))
    }

    fn unnumbered(&self, class: Class) -> Place {
        let floor = self.open.iter().rposition(|l| l.class.declared.is_some()).map_or(0, |at| at + 1);
        let alike =
            |l: &Level| !l.class.run_in && l.class.question == class.question && l.class.strength <= class.strength;
        match self.open[floor..].iter().position(alike) {
            Some(at) => Place::Beside(floor + at),
            None => Place::Under(self.without_last(|l| l.class.run_in || (l.class.question && !class.question))),
        }
    }

    /// How many levels are left when the last ones that fit are taken away.
    fn without_last(&self, leaves: impl Fn(&Level) -> bool) -> usize {
        self.open.len() - self.open.iter().rev().take_while(|l| leaves(l)).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn depths(classes: &[Class]) -> Vec<usize> {
        let mut levels = Levels::default();
        classes.iter().map(|c| levels.place(*c)).collect()
    }

    fn style(style: Style) -> Class {
        Class { style: Some(style), ..Class::default() }
    }

    #[test]
    fn roman_letters_and_digits_nest_and_come_back() {
        let (roman, upper, digit) = (style(Style::Roman), style(Style::Upper), style(Style::Decimal(1)));
        assert_eq!(depths(&[roman, upper, upper, digit, digit, upper, roman]), [1, 2, 2, 3, 3, 2, 1]);
    }

    #[test]
    fn letters_that_start_under_digits_are_below_them() {
        let digit = Class { strength: 5, ..style(Style::Decimal(1)) };
        let upper = Class { first: true, ..style(Style::Upper) };
        assert_eq!(depths(&[digit, upper, style(Style::Upper), digit]), [1, 2, 2, 1]);
    }

    #[test]
    fn a_count_that_starts_again_is_below_what_came_last() {
        let first = Class { first: true, ..style(Style::Decimal(1)) };
        let (next, upper, bare) = (style(Style::Decimal(1)), style(Style::Upper), Class::default());
        let letter = Class { first: true, ..upper };
        assert_eq!(depths(&[first, next, letter, first, next, upper, next]), [1, 1, 2, 3, 3, 2, 1]);
        assert_eq!(depths(&[first, next, bare, first, next]), [1, 1, 1, 2, 2]);
    }

    #[test]
    fn decimals_nest_by_their_dots() {
        let decimal = |depth| style(Style::Decimal(depth));
        assert_eq!(depths(&[decimal(1), decimal(2), decimal(3), decimal(2), decimal(1)]), [1, 2, 3, 2, 1]);
    }

    #[test]
    fn an_unnumbered_heading_like_the_numbered_ones_is_beside_them() {
        let bold = Class { strength: 4, ..Class::default() };
        assert_eq!(depths(&[bold, Class { strength: 4, ..style(Style::Roman) }, bold]), [1, 1, 1]);
    }

    #[test]
    fn what_is_found_by_look_stands_under_what_is_declared() {
        let declared = Class { declared: Some(2), ..Class::default() };
        let bold = Class { strength: 2, ..Class::default() };
        assert_eq!(depths(&[declared, bold, bold, declared]), [1, 2, 2, 1]);
    }
}
