//! What styles say about looks: `style="…"` and rules for classes, as word processors export them.

use std::collections::HashMap;

/// Rules beyond this many are not looked at.
const MOST_RULES: usize = 5000;

/// Classes of one element beyond this many are not looked at.
const MOST_CLASSES: usize = 32;

/// What one set of declarations says; `None` leaves it as it is.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Declared {
    pub bold: Option<bool>,
    pub underlined: Option<bool>,
    pub italic: Option<bool>,
    pub centered: Option<bool>,
    pub size: Option<f32>,
    pub hidden: bool,
    /// Word's mark for what an element is: `footnote`, `comment`, `header`.
    pub element: Option<Element>,
    /// No list marker, or one of this form.
    pub marker: Option<Marker>,
}

/// The parts that Word marks in a saved page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Element {
    Note,
    Comment,
    Header,
    Footer,
}

/// A list marker.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Marker {
    None,
    Bullet,
    /// By the sample that HTML's `type` attribute uses.
    Number(&'static str),
}

impl Declared {
    /// From `name: value; …`.
    pub fn parse(text: &str) -> Self {
        let mut declared = Self::default();
        for declaration in text.split(';') {
            if let Some((name, value)) = declaration.split_once(':') {
                let value = value.trim().to_ascii_lowercase();
                declared.take(&name.trim().to_ascii_lowercase(), value.trim_end_matches("!important").trim());
            }
        }
        declared
    }

    fn take(&mut self, name: &str, value: &str) {
        match name {
            "font-weight" => self.bold = Some(matches!(value, "bold" | "bolder" | "600" | "700" | "800" | "900")),
            "text-decoration" | "text-decoration-line" => self.underlined = Some(value.contains("underline")),
            "font-style" => self.italic = Some(value == "italic" || value == "oblique"),
            "text-align" => self.centered = Some(value == "center"),
            "font-size" => self.size = value.strip_suffix("pt").and_then(|points| points.trim().parse().ok()),
            "display" => self.hidden |= value == "none",
            "visibility" => self.hidden |= value == "hidden" || value == "collapse",
            "mso-hide" => self.hidden |= value == "all",
            "mso-element" => {
                self.element = match value {
                    "footnote" | "endnote" => Some(Element::Note),
                    "comment" => Some(Element::Comment),
                    "header" => Some(Element::Header),
                    "footer" => Some(Element::Footer),
                    _ => None,
                }
            }
            "list-style-type" | "list-style" => {
                self.marker = match value.split_ascii_whitespace().next().unwrap_or_default() {
                    "none" => Some(Marker::None),
                    "disc" | "circle" | "square" => Some(Marker::Bullet),
                    "decimal" => Some(Marker::Number("1")),
                    "lower-alpha" | "lower-latin" => Some(Marker::Number("a")),
                    "upper-alpha" | "upper-latin" => Some(Marker::Number("A")),
                    "lower-roman" => Some(Marker::Number("i")),
                    "upper-roman" => Some(Marker::Number("I")),
                    _ => None,
                }
            }
            _ => {}
        }
    }

    /// With what a stronger set of declarations adds.
    pub fn and(self, stronger: Self) -> Self {
        Self {
            bold: stronger.bold.or(self.bold),
            underlined: stronger.underlined.or(self.underlined),
            italic: stronger.italic.or(self.italic),
            centered: stronger.centered.or(self.centered),
            size: stronger.size.or(self.size),
            hidden: self.hidden || stronger.hidden,
            element: stronger.element.or(self.element),
            marker: stronger.marker.or(self.marker),
        }
    }
}

/// Rules for classes.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    /// By `element.class` or `.class`.
    rules: HashMap<String, Declared>,
}

impl Sheet {
    /// Takes in a `<style>` element. Only selectors of one class, with or without an element, are looked at.
    pub fn add(&mut self, css: &str) {
        let css = css.replace("<!--", " ").replace("-->", " ");
        let mut rest = css.as_str();
        while let Some((selectors, after)) = rest.split_once('{') {
            let Some((body, next)) = after.split_once('}') else { return };
            rest = next;
            for selector in selectors.rsplit("*/").next().unwrap_or_default().split(',') {
                let Some((element, class)) = selector.trim().split_once('.') else { continue };
                let simple = |text: &str| text.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
                if simple(element) && simple(class) && self.rules.len() < MOST_RULES {
                    let declared = Declared::parse(body);
                    let known = self.rules.entry(format!("{}.{class}", element.to_ascii_lowercase())).or_default();
                    *known = known.and(declared);
                }
            }
        }
    }

    /// What the classes of an element say.
    pub fn classes(&self, element: &str, names: &str) -> Declared {
        let rule = |key: String| self.rules.get(&key).copied().unwrap_or_default();
        let rules = names.split_ascii_whitespace().take(MOST_CLASSES);
        let rules = rules.map(|name| rule(format!(".{name}")).and(rule(format!("{element}.{name}"))));
        rules.fold(Declared::default(), Declared::and)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn class_rules_give_looks() {
        let mut sheet = Sheet::default();
        sheet.add("/* x */ .c1, p.c2 { font-weight: 700 ; text-align:center } .c3 > b { font-weight:bold } .gone{display:none}");
        let both = Declared { bold: Some(true), centered: Some(true), ..Declared::default() };
        assert_eq!((sheet.classes("h2", "c1 other"), sheet.classes("p", "c2")), (both, both));
        assert_eq!((sheet.classes("p", "c3"), sheet.classes("td", "c2")), Default::default());
        assert!(sheet.classes("p", "gone").hidden);
    }
}
