//! One page to read in a browser or on paper: a summary, the checklist, the findings and the document itself
//! with the words that they rest on marked. It needs no script and loads nothing.

mod document;
mod escape;
mod marks;
mod verdicts;

use super::{Renderer, words};
use crate::report::{Checked, InputError, PackReport, Summary};
pub(crate) use escape::escape;
use marks::Marks;
use std::fmt::Write as _;
use std::io::{self, Write};

const STYLE: &str = include_str!("page.css");

/// The renderer. The list of documents comes first on the page, so documents wait until all are known.
#[derive(Default)]
pub struct Html {
    packs: Vec<PackReport>,
    /// A line for each document in the list.
    list: String,
    documents: String,
    errors: Vec<InputError>,
    count: usize,
}

impl Renderer for Html {
    fn begin(&mut self, _: &mut dyn Write, packs: &[PackReport]) -> io::Result<()> {
        self.packs = packs.to_vec();
        Ok(())
    }

    fn document(&mut self, _: &mut dyn Write, checked: &Checked) -> io::Result<()> {
        self.count += 1;
        let marks = Marks::new(self.count, checked);
        let report = &checked.report;
        let (id, path) = (self.count, escape(&report.path));
        let standing = escape(&verdicts::standing(report));
        let _ = writeln!(self.list, "<li><a href=\"#d{id}\">{path}</a>: {standing}</li>");
        let out = &mut self.documents;
        let _ = writeln!(out, "<article id=\"d{id}\" aria-labelledby=\"d{id}-name\">");
        verdicts::head(out, id, report);
        let _ = writeln!(out, "<div class=\"sides\"><div class=\"said\">");
        verdicts::checklist(out, id, report);
        verdicts::findings(out, id, report);
        let _ = writeln!(out, "</div>");
        document::document(out, id, &checked.document, &marks);
        let _ = writeln!(out, "</div></article>");
        Ok(())
    }

    fn error(&mut self, _: &mut dyn Write, error: &InputError) -> io::Result<()> {
        self.errors.push(error.clone());
        Ok(())
    }

    fn finish(&mut self, out: &mut dyn Write, summary: &Summary) -> io::Result<()> {
        page(out, "School resource officer agreements: what was found", |out| {
            let rules = self.packs.iter().map(|p| format!("{} {}", p.id, p.version)).collect::<Vec<_>>().join(", ");
            writeln!(out, "<header><h1>School resource officer agreements</h1>")?;
            writeln!(
                out,
                "<p>{} <span class=\"faint\">Rules: {}</span></p>",
                escape(&words::totals(summary)),
                escape(&rules)
            )?;
            if self.count + self.errors.len() > 1 {
                writeln!(out, "<nav aria-label=\"Documents\"><ol>{}</ol></nav>", self.list)?;
            }
            if !self.errors.is_empty() {
                writeln!(out, "<h2>Not checked</h2><ul>")?;
                for error in &self.errors {
                    writeln!(out, "<li><b>{}</b>: {}</li>", escape(&error.path), escape(&error.message))?;
                }
                writeln!(out, "</ul>")?;
            }
            writeln!(out, "{FILTERS}</header><main>\n{}</main>", self.documents)
        })
    }
}

const FILTERS: &str = r#"<fieldset class="filters"><legend>Show</legend>
<label><input type="checkbox" id="show-error" checked> errors</label>
<label><input type="checkbox" id="show-warning" checked> warnings</label>
<label><input type="checkbox" id="show-advice" checked> advice</label>
<label><input type="checkbox" id="show-met" checked> what is met</label>
<label><input type="checkbox" id="show-document" checked> the document</label>
</fieldset>"#;

/// A whole page around its content. Nothing is fetched, run or sent, whatever the content is.
///
/// # Errors
/// The page could not be written.
pub fn page(
    out: &mut dyn Write,
    title: &str,
    content: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> io::Result<()> {
    writeln!(
        out,
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <title>{}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>",
        escape(title)
    )?;
    content(out)?;
    writeln!(
        out,
        "<footer class=\"faint\">sro-lint {}. It reads the text and gives no legal advice.</footer>\n</body>\n</html>",
        env!("CARGO_PKG_VERSION")
    )
}

#[cfg(test)]
mod tests;
