//! A mistake in a pack, as a report that points into its YAML.

use super::locate::{Step, locate};
use crate::nearest::nearest;
use crate::render::safe;
use miette::{Diagnostic, NamedSource, Report, SourceSpan};
use thiserror::Error;

/// Longest line of YAML that a report shows.
const SHOWN: usize = 160;

#[derive(Debug, Error, Diagnostic)]
#[error("{message}")]
struct Mistake {
    message: String,
    #[help]
    help: Option<String>,
    #[source_code]
    yaml: NamedSource<String>,
    #[label("here")]
    span: SourceSpan,
}

/// The text of a pack with its name, for reports.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Named<'a> {
    pub name: &'a str,
    pub text: &'a str,
}

impl Named<'_> {
    /// A mistake that the parser found.
    pub fn parse_error(self, error: &serde_yaml::Error) -> Report {
        let text = error.to_string();
        let (message, help) = reworded(plain(&text));
        match error.location() {
            Some(at) => self.report(message, help, (at.line(), at.column())),
            None => miette::miette!("{}: {}", safe::name(self.name), safe::line(&message)),
        }
    }

    /// A mistake in the value at a path.
    pub fn mistake_at(self, path: &[Step<'_>], message: String, help: Option<String>) -> Report {
        self.report(message, help, locate(self.text, path).unwrap_or((1, 1)))
    }

    /// A mistake at a line and column, from 1.
    pub fn report(self, message: String, help: Option<String>, (line, column): (usize, usize)) -> Report {
        let shown = shown(self.text);
        let start: usize = shown.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
        let rest = shown.get(start..).unwrap_or_default().lines().next().unwrap_or_default();
        let skipped: usize = rest.chars().take(column.saturating_sub(1)).map(char::len_utf8).sum();
        let length = rest.get(skipped..).unwrap_or_default().trim_end().len();
        Report::new(Mistake {
            message: safe::line(&message),
            help: help.map(|h| safe::line(&h)),
            yaml: NamedSource::new(safe::name(self.name), shown).with_language("yaml"),
            span: SourceSpan::new((start + skipped).into(), length),
        })
    }
}

/// A copy with every character in its line and column, but none that a terminal obeys, and no endless line.
fn shown(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.trim_start_matches('\u{feff}').split_inclusive('\n') {
        let body = line.trim_end_matches(['\n', '\r']);
        out.extend(body.chars().take(SHOWN).map(|c| if safe::is_harmful(c) { '\u{fffd}' } else { c }));
        if body.chars().nth(SHOWN).is_some() {
            out.push('…');
        }
        out.push('\n');
    }
    out
}

/// The message without the parser's path before it and its position after it: the report shows both.
fn plain(text: &str) -> &str {
    let text = text.split_once(" at line ").map_or(text, |(message, _)| message);
    match text.split_once(": ") {
        Some((path, message)) if !path.contains(char::is_whitespace) => message,
        _ => text,
    }
}

/// The parser's words for a name that it does not know, in ours, with the name that was probably meant.
fn reworded(message: &str) -> (String, Option<String>) {
    let unknown = |start: &str| message.strip_prefix(start)?.split_once('`');
    let (name, rest, said) = match (unknown("unknown field `"), unknown("unknown variant `")) {
        (Some((name, rest)), _) => (name, rest, format!("there is no field `{name}` here")),
        (_, Some((name, rest))) => (name, rest, format!("`{name}` is none of the values allowed here")),
        _ => return (message.to_owned(), None),
    };
    let known: Vec<&str> = rest.split('`').skip(1).step_by(2).collect();
    (said, Some(suggestion(name, &known)))
}

/// The nearest known name, or all of them.
pub(crate) fn suggestion(name: &str, known: &[&str]) -> String {
    match nearest(name, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None if known.is_empty() => "there is none to choose from".to_owned(),
        None => format!("known here: `{}`", known.join("`, `")),
    }
}
