//! JSON that may pass through a terminal or a CI log on its way.
//!
//! JSON needs no escape for most characters that a terminal obeys or that turn the reading direction. They are
//! escaped all the same, and so is `##`, by which CI services know their commands in any line: the values that
//! a program reads are unchanged.

use super::safe;
use serde::Serialize;
use serde_json::ser::{CompactFormatter, Formatter, PrettyFormatter, Serializer};
use std::io::{self, Write};

/// Compact JSON in one line.
pub fn compact(value: &impl Serialize) -> io::Result<String> {
    serialize(value, CompactFormatter)
}

/// JSON in lines with two spaces a level, the second line and all after it moved right by `levels`.
pub fn indented(value: &impl Serialize, levels: usize) -> io::Result<String> {
    let text = serialize(value, PrettyFormatter::new())?;
    Ok(text.replace('\n', &format!("\n{}", "  ".repeat(levels))))
}

fn serialize<F: Formatter>(value: &impl Serialize, layout: F) -> io::Result<String> {
    let mut bytes = Vec::new();
    value.serialize(&mut Serializer::with_formatter(&mut bytes, Escaping(layout)))?;
    String::from_utf8(bytes).map_err(io::Error::other)
}

/// A layout with harmful characters escaped.
struct Escaping<F>(F);

macro_rules! pass {
    ($($name:ident($($argument:ident: $kind:ty),*);)*) => {
        $(fn $name<W: ?Sized + Write>(&mut self, writer: &mut W $(, $argument: $kind)*) -> io::Result<()> {
            self.0.$name(writer $(, $argument)*)
        })*
    };
}

impl<F: Formatter> Formatter for Escaping<F> {
    pass! {
        begin_array(); end_array(); begin_array_value(first: bool); end_array_value();
        begin_object(); end_object(); begin_object_key(first: bool); end_object_key();
        begin_object_value(); end_object_value();
    }

    fn write_string_fragment<W: ?Sized + Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        let mut plain = 0;
        let mut previous = '\0';
        for (at, c) in fragment.char_indices() {
            if safe::is_harmful(c) || (c == '#' && previous == '#') {
                writer.write_all(&fragment.as_bytes()[plain..at])?;
                write!(writer, "\\u{:04x}", u32::from(c))?;
                plain = at + c.len_utf8();
            }
            previous = c;
        }
        writer.write_all(&fragment.as_bytes()[plain..])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn harmful_characters_are_escaped_and_come_back() {
        let value = "\u{1b}[2J \u{9b} \u{202e}x ##[error] \u{7f}\u{feff}“§”\n";
        let json = compact(&value).unwrap();
        insta::assert_snapshot!(json, @r#""\u001b[2J \u009b \u202ex #\u0023[error] \u007f\ufeff“§”\n""#);
        assert_eq!(serde_json::from_str::<String>(&json).unwrap(), value);
    }

    proptest::proptest! {
        #[test]
        fn any_text_comes_back(value in "\\PC*|[\\x00-\\xff#\\\\\"]*") {
            let json = compact(&[&value]).unwrap();
            proptest::prop_assert!(!json.contains("##") && !json.chars().any(safe::is_harmful));
            proptest::prop_assert_eq!(serde_json::from_str::<[String; 1]>(&json).unwrap(), [value]);
        }
    }
}
