//! One JSON object per document, one per line, each as soon as it is done.
//!
//! Inputs that could not be checked have no line: they are named on standard error and show in the exit status.

use super::{Renderer, json_text};
use crate::report::Checked;
use std::io::{self, Write};

/// The renderer.
pub struct Jsonl;

impl Renderer for Jsonl {
    fn document(&mut self, out: &mut dyn Write, checked: &Checked) -> io::Result<()> {
        writeln!(out, "{}", json_text::compact(&checked.report)?)
    }
}

#[cfg(test)]
mod tests {
    use crate::render::OutputFormat;
    use crate::render::sample::{hostile, options, page, render};

    #[test]
    fn the_whole_report() {
        let documents = [page("", "II", "Officers hand out detention."), hostile()];
        insta::assert_snapshot!(render(OutputFormat::Jsonl, options(), &documents), @r#"
        {"path":"page.docx","format":"docx","kind":"mou","title":"Roles","requirements":[],"diagnostics":[{"code":"MOU-S1","severity":"error","message":"The officer is given a part in discipline.","help":null,"source":"M.G.L. c. 71, § 37P(b)","spans":[{"section":"II. Roles","line":3,"column":1,"page":null,"start":10,"end":38,"text":"Officers hand out detention.","place":"II. Roles, paragraph 1"}],"title":"Discipline","starter":null,"verdict":null,"confidence":"high","belongs":null}]}
        {"path":"+cmd|' /C calc'!A1/::warning::\u001b[31m.md","format":"markdown","kind":"mou","title":"=HYPERLINK(\"http://x\")","requirements":[{"id":"MOU-1","title":"Mission","pack":"ma-37p","verdict":"missing","missing_elements":[],"confidence":"high","evidence":[]}],"diagnostics":[{"code":"DOC-1","severity":"warning","message":"Found “::error::pwned \u001b[2J<script>” here.","help":"Write <it> *plainly*, 100%.","source":"M.G.L. c. 71, § 37P(b)","spans":[{"section":"=HYPERLINK(\"http://x\")","line":3,"column":1,"page":null,"start":26,"end":134,"text":"::error::pwned #\u0023[error] \u001b]0;title\u0007\u001b[2J <script>alert('x')</script> `a`|b **c** @team\u202edesrever\u202c ]]> & -1","place":"=HYPERLINK(\"http://x\"), paragraph 1"}],"title":"Blank left in","starter":null,"verdict":null,"confidence":"high","belongs":null}]}
        "#);
    }
}
