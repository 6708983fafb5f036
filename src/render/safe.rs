//! Text of strangers, made safe for a terminal and for the log of a CI job.
//!
//! Words of a document and names of files may hold anything: sequences that recolour or rewrite a terminal,
//! marks that turn the reading direction around, lines that a CI service takes for its own commands. All of
//! them are made visible, none is obeyed, and nothing is silently dropped.

use std::borrow::Cow;

/// One line: white space of any kind, line ends too, becomes a single space.
pub fn line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    append_line(&mut out, text);
    out.truncate(out.trim_end_matches(' ').len());
    out
}

/// The name of a file: like a line, but every space counts.
pub fn name(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    path.chars().for_each(|c| push(&mut out, c));
    out
}

/// Adds to a line: what is added is as safe as if the line had been made safe as a whole.
pub fn append_line(out: &mut String, text: &str) {
    for c in text.chars() {
        if !c.is_whitespace() || is_control_separator(c) {
            push(out, c);
        } else if !out.is_empty() && !out.ends_with(' ') {
            out.push(' ');
        }
    }
}

/// Several lines: line ends and tabs stay, everything else that a terminal could obey is made visible.
pub fn text(text: &str) -> Cow<'_, str> {
    if is_safe(text) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\n' | '\t' => out.push(c),
            '\r' if chars.peek() == Some(&'\n') => {}
            _ => push(&mut out, c),
        }
    }
    Cow::Owned(out)
}

/// Whether a character could make a terminal or a reader see something other than what is there.
pub fn is_harmful(c: char) -> bool {
    c.is_control()
        || is_direction(c)
        || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fdd0}'..='\u{fdef}' | '\u{fffe}' | '\u{ffff}')
}

/// Marks that reorder text: an agreement may be made to read differently from what it says.
fn is_direction(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// White space to Unicode, but a control character to a terminal (vertical tab, form feed, next line).
fn is_control_separator(c: char) -> bool {
    matches!(c, '\u{b}' | '\u{c}' | '\u{85}' | '\u{1c}'..='\u{1f}')
}

fn is_safe(text: &str) -> bool {
    !text.contains("::") && !text.contains("##") && !text.chars().any(|c| is_harmful(c) && c != '\n' && c != '\t')
}

/// Adds a character in a form that cannot be obeyed.
fn push(out: &mut String, c: char) {
    match c {
        '\0'..='\u{1f}' => out.push(char::from_u32(0x2400 + u32::from(c)).unwrap_or('\u{fffd}')),
        '\u{7f}' => out.push('\u{2421}'),
        _ if is_harmful(c) => out.push_str(&format!("<U+{:04X}>", u32::from(c))),
        _ => {
            // GitHub reads `::name` at the start of a line and `##[name` anywhere, Azure `##vso[name`.
            let command = (out.ends_with("::") && c.is_ascii_alphabetic())
                || (out.ends_with("##") && (c.is_ascii_alphabetic() || c == '['));
            if command && let Some(mark) = out.pop() {
                out.push(' ');
                out.push(mark);
            }
            out.push(c);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escape_sequences_are_shown_and_not_obeyed() {
        assert_eq!(line("a\u{1b}[31mred\u{1b}]8;;http://x\u{7}"), "a␛[31mred␛]8;;http://x␇");
        assert_eq!(line("\u{9b}2J\u{7f}"), "<U+009B>2J␡");
    }

    #[test]
    fn marks_that_turn_the_direction_are_shown() {
        assert_eq!(line("pay \u{202e}001\u{202c} now"), "pay <U+202E>001<U+202C> now");
    }

    #[test]
    fn no_line_is_a_command_of_a_ci_service() {
        assert_eq!(line("::error::x"), ": :error: :x");
        assert_eq!(line("##[group]x ##vso[task]"), "# #[group]x # #vso[task]");
        assert_eq!(line("## Training :: here"), "## Training :: here");
    }

    #[test]
    fn a_line_is_one_line() {
        assert_eq!(line("  a\r\n\tb\u{a0}c  "), "a b c");
        assert_eq!(line("a\u{c}b"), "a␌b");
    }

    #[test]
    fn a_name_keeps_its_spaces() {
        assert_eq!(name("a  b\n::c\t.docx"), "a  b␊: :c␉.docx");
    }

    #[test]
    fn text_keeps_its_lines() {
        assert_eq!(text("a\n\tb\r\nc"), "a\n\tb\nc");
        assert_eq!(text("a\rb"), "a␍b");
        assert!(matches!(text("plain “quotes” § é"), Cow::Borrowed(_)));
    }

    proptest::proptest! {
        #[test]
        fn nothing_harmful_is_left(input in "\\PC*|[\\x00-\\x9f\\u{202a}-\\u{202e}:#a\\[]*") {
            let safe = line(&input);
            proptest::prop_assert!(!safe.chars().any(is_harmful), "{safe:?}");
            proptest::prop_assert!(!safe.contains("::e") && !safe.contains("##["), "{safe:?}");
            proptest::prop_assert!(!name(&input).chars().any(is_harmful));
            proptest::prop_assert!(!text(&input).chars().any(|c| is_harmful(c) && c != '\n' && c != '\t'));
        }
    }
}
