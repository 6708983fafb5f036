//! The parts of a page: its main part, what belongs to the site, and what word processors mark in pages.

use super::style::{Declared, Element};
use super::token::Tag;
use crate::document::BlockKind;

/// Elements whose content is no text of the document.
const LEFT_OUT: [&str; 24] = [
    "script", "style", "template", "noscript", "nav", "aside", "footer", "button", "select", "datalist", "textarea",
    "iframe", "noembed", "noframes", "object", "applet", "svg", "math", "canvas", "video", "audio", "map", "rt",
    "dialog",
];

/// Roles of parts that are no text of the document.
const ROLES: [&str; 9] =
    ["navigation", "banner", "contentinfo", "search", "complementary", "dialog", "alertdialog", "menu", "menubar"];

/// Words in class names of such parts.
const CLASSES: [&str; 9] =
    ["cookie", "cookies", "gdpr", "breadcrumb", "breadcrumbs", "navbar", "navigation", "sidebar", "menu"];

/// Whether an element is the page's main part.
pub(super) fn is_main(tag: &Tag<'_>) -> bool {
    matches!(tag.name.as_str(), "main" | "article") || tag.get("role").is_some_and(|role| role == "main")
}

/// Whether an element is part of the site and not of the document.
pub(super) fn is_furniture(tag: &Tag<'_>, class: &str, in_main: bool) -> bool {
    let name = tag.name.as_str();
    if matches!(name, "html" | "body" | "main" | "article") {
        return false;
    }
    let is = |attribute: &str, value: &str| tag.get(attribute).is_some_and(|found| found.eq_ignore_ascii_case(value));
    let id = tag.get("id").unwrap_or_default();
    let mut words = class.split(|c: char| !c.is_alphanumeric()).chain(id.split(|c: char| !c.is_alphanumeric()));
    LEFT_OUT.contains(&name) && !(name == "dialog" && tag.get("open").is_some())
        || name == "header" && !in_main
        || tag.get("hidden").is_some()
        || is("aria-hidden", "true")
        || tag.get("role").is_some_and(|role| ROLES.contains(&role.as_ref()))
        || words.any(|word| CLASSES.iter().any(|class| word.eq_ignore_ascii_case(class)))
}

/// Notes, comments and running heads, as Word and LibreOffice mark them in pages.
pub(super) fn special_kind(tag: &Tag<'_>, declared: &Declared) -> Option<BlockKind> {
    let id = tag.get("id").unwrap_or_default();
    let title = tag.get("title").unwrap_or_default();
    let is_note = tag.name == "div" && (id.starts_with("sdfootnote") || id.starts_with("sdendnote"));
    match declared.element {
        Some(Element::Note) => Some(BlockKind::Footnote),
        Some(Element::Comment) => Some(BlockKind::Comment { author: None, anchor: None }),
        Some(Element::Header) => Some(BlockKind::PageHeader),
        Some(Element::Footer) => Some(BlockKind::PageFooter),
        None if is_note => Some(BlockKind::Footnote),
        None if tag.name == "div" && title == "header" => Some(BlockKind::PageHeader),
        None if tag.name == "div" && title == "footer" => Some(BlockKind::PageFooter),
        None => None,
    }
}
