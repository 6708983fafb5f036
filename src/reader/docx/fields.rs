//! Fields: their results are shown, their codes are not.

use super::properties;
use super::xml::Xml;
use crate::reader::ReadError;

/// A form field of Word 97's kind, whose state stands beside the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Form {
    CheckBox(bool),
    /// The entry chosen.
    List(String),
}

/// A field that has begun and not ended.
#[derive(Debug, Default)]
pub(super) struct Field {
    in_code: bool,
    is_contents: bool,
    code: String,
    pub(super) form: Option<Form>,
    /// Paragraph and place in its text where the result starts.
    pub(super) result: Option<(u32, usize)>,
}

impl Field {
    /// The first word of its code: `TOC`, `PAGE`, `FORMTEXT`.
    pub(super) fn is(&self, name: &str) -> bool {
        self.code.split_whitespace().next().is_some_and(|first| first.eq_ignore_ascii_case(name))
    }
}

/// The fields that are open at one place, outermost first.
#[derive(Debug, Default)]
pub(super) struct Fields {
    open: Vec<Field>,
    /// How many of them are in their code, and how many make a table of contents.
    in_code: usize,
    in_contents: usize,
}

impl Fields {
    /// A field begins with its code.
    pub(super) fn begin(&mut self) {
        self.open.push(Field { in_code: true, ..Field::default() });
        self.in_code += 1;
    }

    /// The field that began last is a form field.
    pub(super) fn set_form(&mut self, form: Option<Form>) {
        if let Some(field) = self.open.last_mut() {
            field.form = form;
        }
    }

    /// A piece of the code; only its start is of interest.
    pub(super) fn code(&mut self, text: &str) {
        if let Some(field) = self.open.last_mut()
            && field.code.len() < 64
        {
            field.code.push_str(text);
        }
    }

    /// The code ends and the result begins.
    pub(super) fn separate(&mut self, paragraph: u32, at: usize) {
        let Some(field) = self.open.last_mut().filter(|field| field.in_code) else { return };
        field.in_code = false;
        field.result = Some((paragraph, at));
        field.is_contents = ["TOC", "TOA", "INDEX"].iter().any(|name| field.is(name));
        self.in_code -= 1;
        self.in_contents += usize::from(field.is_contents);
    }

    /// The innermost field ends.
    pub(super) fn end(&mut self) -> Option<Field> {
        let field = self.open.pop()?;
        self.in_code -= usize::from(field.in_code);
        self.in_contents -= usize::from(field.is_contents);
        Some(field)
    }

    /// A code does not run on into the next paragraph: a field that never ends must not hide the rest.
    pub(super) fn paragraph_ends(&mut self) {
        while self.in_code > 0 {
            self.end();
        }
    }

    /// Whether text stands in results only.
    pub(super) fn is_visible(&self) -> bool {
        self.in_code == 0
    }

    /// Whether text stands in a table of contents.
    pub(super) fn is_contents(&self) -> bool {
        self.in_contents > 0
    }
}

/// Reads a `w:ffData` whose start tag came last.
pub(super) fn form(xml: &mut Xml<'_>) -> Result<Option<Form>, ReadError> {
    let mut form = None;
    while let Some(e) = properties::child(xml)? {
        match e.local() {
            "checkBox" => form = Some(check_box(xml)?),
            "ddList" => form = list(xml)?,
            _ => {
                drop(e);
                xml.skip()?;
            }
        }
    }
    Ok(form)
}

fn check_box(xml: &mut Xml<'_>) -> Result<Form, ReadError> {
    let (mut default, mut checked) = (false, None);
    while let Some(e) = properties::child(xml)? {
        match e.local() {
            "default" => default = e.is_on(),
            "checked" => checked = Some(e.is_on()),
            _ => {}
        }
        drop(e);
        xml.skip()?;
    }
    Ok(Form::CheckBox(checked.unwrap_or(default)))
}

fn list(xml: &mut Xml<'_>) -> Result<Option<Form>, ReadError> {
    let (mut default, mut chosen, mut entries) = (0, None, Vec::new());
    while let Some(e) = properties::child(xml)? {
        match e.local() {
            "default" => default = e.number().unwrap_or(0),
            "result" => chosen = e.number(),
            "listEntry" => entries.push(e.val().unwrap_or_default().into_owned()),
            _ => {}
        }
        drop(e);
        xml.skip()?;
    }
    let at = usize::try_from(chosen.unwrap_or(default)).unwrap_or(0);
    Ok(entries.into_iter().nth(at).map(Form::List))
}
