//! The tokens of HTML.
//!
//! html5ever was looked at first. Its tokenizer compares every attribute of a tag with every other one and its
//! tree builder reopens every unclosed element in every paragraph, so a small hostile page keeps either busy for
//! hours; neither can be stopped from outside. This one is linear in the length of the page.

use std::borrow::Cow;

/// Attributes beyond this many in one tag are not looked at.
const MOST_ATTRIBUTES: usize = 64;

/// What stands next in a page.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    Open(Tag<'a>),
    Close(String),
    /// Characters with entities resolved.
    Text(Cow<'a, str>),
}

/// An opening tag, its name in lower case.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Tag<'a> {
    pub name: String,
    attributes: Vec<(&'a str, &'a str)>,
}

impl Tag<'_> {
    /// The value of an attribute; empty if it has none.
    pub fn get(&self, name: &str) -> Option<Cow<'_, str>> {
        let (_, value) = self.attributes.iter().find(|(n, _)| n.eq_ignore_ascii_case(name))?;
        Some(resolve(value))
    }

    /// The value of an attribute that is a number.
    pub fn number(&self, name: &str) -> Option<u32> {
        self.get(name)?.trim().parse().ok()
    }
}

/// Cuts a page into tokens. What stands in scripts, styles and the like is one text.
#[derive(Debug)]
pub(super) struct Tokens<'a> {
    rest: &'a str,
    /// The element whose content is characters only, up to its end tag.
    raw: Option<&'static str>,
}

/// Elements whose content is no markup.
const RAW: [&str; 8] = ["script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"];

impl<'a> Tokens<'a> {
    pub fn new(page: &'a str) -> Self {
        Self { rest: page, raw: None }
    }

    fn take(&mut self, length: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at(length);
        self.rest = rest;
        taken
    }

    /// The content of a raw element.
    fn raw(&mut self, name: &str) -> Token<'a> {
        let bytes = self.rest.as_bytes();
        let ends = |at: &usize| {
            bytes.get(at + 2..at + 2 + name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes()))
        };
        let end = memchr::memmem::find_iter(bytes, b"</").find(ends).unwrap_or(bytes.len());
        let text = self.take(end);
        Token::Text(if name == "title" || name == "textarea" { resolve(text) } else { Cow::Borrowed(text) })
    }

    /// After `<`: a tag, or `None` for a comment and the like, which are passed over.
    fn markup(&mut self) -> Option<Token<'a>> {
        if let Some(comment) = self.rest.strip_prefix("<!--") {
            let end = comment.find("-->").map_or(self.rest.len(), |at| at + 7);
            self.take(end);
            return None;
        }
        let closing = self.rest.starts_with("</");
        let name_at = 1 + usize::from(closing);
        if !self.rest[name_at..].starts_with(|c: char| c.is_ascii_alphabetic()) {
            let end = memchr::memchr(b'>', self.rest.as_bytes()).map_or(self.rest.len(), |at| at + 1);
            self.take(end);
            return None;
        }
        let name_end = self.rest[name_at..].find(|c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>'));
        let name_end = name_end.map_or(self.rest.len(), |at| name_at + at);
        let name = self.take(name_end)[name_at..].to_ascii_lowercase();
        let attributes = self.attributes();
        if closing {
            return Some(Token::Close(name));
        }
        self.raw = RAW.into_iter().find(|raw| *raw == name);
        Some(Token::Open(Tag { name, attributes }))
    }

    /// Attributes up to and with the tag's `>`.
    fn attributes(&mut self) -> Vec<(&'a str, &'a str)> {
        let mut attributes = Vec::new();
        loop {
            self.rest = self.rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
            if let Some(rest) = self.rest.strip_prefix('>') {
                self.rest = rest;
                return attributes;
            }
            if self.rest.is_empty() {
                return attributes;
            }
            let ends = |c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>' | '=');
            // A name may start with a stray `=`.
            let first = self.rest.chars().next().map_or(0, char::len_utf8);
            let name_end = self.rest[first..].find(ends).map_or(self.rest.len(), |at| first + at);
            let name = self.take(name_end);
            let value = self.value();
            if attributes.len() < MOST_ATTRIBUTES {
                attributes.push((name, value));
            }
        }
    }

    fn value(&mut self) -> &'a str {
        let Some(value) = self.rest.trim_start().strip_prefix('=') else { return "" };
        self.rest = value.trim_start();
        let Some(quote) = self.rest.chars().next().filter(|c| matches!(c, '"' | '\'')) else {
            let end = self.rest.find(|c: char| c.is_ascii_whitespace() || c == '>').unwrap_or(self.rest.len());
            return self.take(end);
        };
        self.rest = &self.rest[1..];
        let end = self.rest.find(quote).unwrap_or(self.rest.len());
        let value = self.take(end);
        self.rest = self.rest.strip_prefix(quote).unwrap_or(self.rest);
        value
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        if let Some(name) = self.raw.take() {
            return Some(self.raw(name));
        }
        loop {
            if self.rest.is_empty() {
                return None;
            }
            if is_markup(self.rest) {
                if let Some(token) = self.markup() {
                    return Some(token);
                }
                continue;
            }
            let bytes = self.rest.as_bytes();
            let end = memchr::memchr_iter(b'<', bytes).find(|at| is_markup(&self.rest[*at..]));
            let text = self.take(end.unwrap_or(bytes.len()));
            return Some(Token::Text(resolve(text)));
        }
    }
}

/// Whether a tag, comment or declaration starts here; a bare `<` is text.
fn is_markup(rest: &str) -> bool {
    let mut bytes = rest.bytes();
    bytes.next() == Some(b'<')
        && bytes.next().is_some_and(|b| b.is_ascii_alphabetic() || matches!(b, b'/' | b'!' | b'?'))
}

/// Names that pages use for characters; the rest of HTML's two thousand stay as they are written.
const NAMES: &[(&str, char)] = &[
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("nbsp", '\u{a0}'),
    ("shy", '\u{ad}'),
    ("ensp", ' '),
    ("emsp", ' '),
    ("thinsp", ' '),
    ("zwnj", '\u{200c}'),
    ("zwj", '\u{200d}'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("sbquo", '‚'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("bdquo", '„'),
    ("laquo", '«'),
    ("raquo", '»'),
    ("ndash", '–'),
    ("mdash", '—'),
    ("hellip", '…'),
    ("bull", '•'),
    ("middot", '·'),
    ("sect", '§'),
    ("para", '¶'),
    ("copy", '©'),
    ("reg", '®'),
    ("trade", '™'),
    ("deg", '°'),
    ("plusmn", '±'),
    ("times", '×'),
    ("divide", '÷'),
    ("frac12", '½'),
    ("frac14", '¼'),
    ("frac34", '¾'),
    ("cent", '¢'),
    ("pound", '£'),
    ("euro", '€'),
    ("dagger", '†'),
    ("Dagger", '‡'),
    ("prime", '′'),
    ("Prime", '″'),
    ("larr", '←'),
    ("rarr", '→'),
    ("check", '✓'),
    ("minus", '−'),
    ("iexcl", '¡'),
    ("iquest", '¿'),
    ("ordf", 'ª'),
    ("ordm", 'º'),
    ("agrave", 'à'),
    ("aacute", 'á'),
    ("acirc", 'â'),
    ("atilde", 'ã'),
    ("auml", 'ä'),
    ("aring", 'å'),
    ("aelig", 'æ'),
    ("ccedil", 'ç'),
    ("egrave", 'è'),
    ("eacute", 'é'),
    ("ecirc", 'ê'),
    ("euml", 'ë'),
    ("igrave", 'ì'),
    ("iacute", 'í'),
    ("icirc", 'î'),
    ("iuml", 'ï'),
    ("ntilde", 'ñ'),
    ("ograve", 'ò'),
    ("oacute", 'ó'),
    ("ocirc", 'ô'),
    ("otilde", 'õ'),
    ("ouml", 'ö'),
    ("oslash", 'ø'),
    ("oelig", 'œ'),
    ("szlig", 'ß'),
    ("ugrave", 'ù'),
    ("uacute", 'ú'),
    ("ucirc", 'û'),
    ("uuml", 'ü'),
    ("Agrave", 'À'),
    ("Aacute", 'Á'),
    ("Ccedil", 'Ç'),
    ("Eacute", 'É'),
    ("Ntilde", 'Ñ'),
    ("Oacute", 'Ó'),
    ("Ouml", 'Ö'),
    ("Uacute", 'Ú'),
    ("Uuml", 'Ü'),
];

/// Text with its entities resolved.
fn resolve(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        match entity(rest) {
            Some((c, length)) => {
                out.push(c);
                rest = &rest[length..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// The character of the entity that the text starts with, and the entity's length.
fn entity(text: &str) -> Option<(char, usize)> {
    let name = &text[1..];
    let ends = |is: fn(&u8) -> bool| name.bytes().take(32).take_while(is).count();
    let closed = |length: usize| 1 + length + usize::from(name[length..].starts_with(';'));
    if let Some(number) = name.strip_prefix('#') {
        let hex = number.starts_with(['x', 'X']);
        let digits = &number[usize::from(hex)..];
        let length =
            digits.bytes().take(8).take_while(|b| if hex { b.is_ascii_hexdigit() } else { b.is_ascii_digit() }).count();
        let code = u32::from_str_radix(digits.get(..length)?, if hex { 16 } else { 10 }).ok()?;
        return Some((numbered(code), closed(1 + usize::from(hex) + length)));
    }
    let length = ends(u8::is_ascii_alphanumeric);
    let (_, c) = NAMES.iter().find(|(n, _)| *n == &name[..length])?;
    Some((*c, closed(length)))
}

/// Numbers 128 to 159 mean what Windows means by them, in pages as in browsers.
fn numbered(code: u32) -> char {
    match u8::try_from(code) {
        Ok(byte @ 0x80..=0x9f) => {
            let bytes = [byte];
            encoding_rs::WINDOWS_1252.decode_without_bom_handling(&bytes).0.chars().next().unwrap_or('\u{fffd}')
        }
        _ => char::from_u32(code).filter(|c| *c != '\0').unwrap_or('\u{fffd}'),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(page: &str) -> String {
        let show = |token| match token {
            Token::Open(tag) => format!("<{} {:?}>", tag.name, tag.attributes),
            Token::Close(name) => format!("</{name}>"),
            Token::Text(text) => format!("{text:?}"),
        };
        Tokens::new(page).map(show).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn tags_attributes_comments_and_raw_text_are_cut() {
        insta::assert_snapshot!(tokens("<!DOCTYPE html><P Class=x id = 'a>b' hidden>1 < 2<!-- <b> --><br/></p ><SCRIPT>if (a<b) '</p>'</script>z"), @r#"
        <p [("Class", "x"), ("id", "a>b"), ("hidden", "")]>
        "1 < 2"
        <br []>
        </p>
        <script []>
        "if (a<b) '</p>'"
        </script>
        "z"
        "#);
    }

    #[test]
    fn entities_are_resolved_once() {
        assert_eq!(
            resolve("&amp;lt; &sect;&nbsp;37P&#8212;&#x201C;&#146;&rsquo s &unknown; & &"),
            "&lt; §\u{a0}37P—“’’ s &unknown; & &"
        );
    }

    #[test]
    fn endings_in_the_middle_are_the_end() {
        for cut in ["<", "</", "<p", "<p a", "<p a=", "<p a='x", "<!--", "<!", "&", "&#", "&#x", "<script>x", "é<é"] {
            let _ = tokens(cut);
        }
    }
}
