//! Tiny PDF files for tests.

/// A page under construction; `y` counts from the top as in the reader.
#[derive(Debug, Default, Clone)]
pub(super) struct Sheet {
    content: String,
}

impl Sheet {
    /// Adds text in Helvetica.
    pub fn text(self, x: f32, y: f32, size: f32, text: &str) -> Self {
        self.show("F1", x, y, size, &format!("({})", text.replace('(', "\\(").replace(')', "\\)")))
    }

    /// Adds text in Helvetica Bold.
    pub fn bold(self, x: f32, y: f32, size: f32, text: &str) -> Self {
        self.show("F2", x, y, size, &format!("({text})"))
    }

    /// Adds lines at a distance of 1.2 times their size.
    pub fn lines(mut self, x: f32, y: f32, size: f32, lines: &[&str]) -> Self {
        for (i, line) in lines.iter().enumerate() {
            self = self.text(x, y + i as f32 * size * 1.2, size, line);
        }
        self
    }

    /// Adds a string operand in a font of the page.
    pub fn show(mut self, font: &str, x: f32, y: f32, size: f32, operand: &str) -> Self {
        self.content += &format!("BT /{font} {size} Tf {x} {} Td {operand} Tj ET\n", 792.0 - y);
        self
    }

    /// Adds a rule.
    pub fn rule(mut self, x0: f32, y0: f32, x1: f32, y1: f32) -> Self {
        self.content += &format!("{x0} {} m {x1} {} l S\n", 792.0 - y0, 792.0 - y1);
        self
    }

    /// Adds raw operators.
    pub fn raw(mut self, operators: &str) -> Self {
        self.content += operators;
        self
    }
}

/// A file of pages in Helvetica, Helvetica Bold and a font (`F3`) that does not say what its shapes are.
pub(super) fn pdf(sheets: &[Sheet]) -> Vec<u8> {
    with(sheets, &[], "")
}

/// A file with more objects, from `1000 0 R` on, which pages call `X1`, and with more entries in its trailer.
pub(super) fn with(sheets: &[Sheet], more: &[String], trailer: &str) -> Vec<u8> {
    let kids: Vec<String> = (0..sheets.len()).map(|i| format!("{} 0 R", 10 + 2 * i)).collect();
    let mut objects = vec![
        (1, "<</Type/Catalog/Pages 2 0 R>>".to_owned()),
        (2, format!("<</Type/Pages/Kids[{}]/Count {}>>", kids.join(" "), kids.len())),
        (3, "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>".to_owned()),
        (4, "<</Type/Font/Subtype/Type1/BaseFont/Helvetica-Bold/Encoding/WinAnsiEncoding>>".to_owned()),
        (5, "<</Type/Font/Subtype/Type3/FontBBox[0 0 1 1]/FontMatrix[.001 0 0 .001 0 0]/CharProcs<<>>/Encoding<</Differences[128/g1/g2]>>/FirstChar 128/LastChar 129/Widths[600 600]>>".to_owned()),
    ];
    objects.extend(more.iter().enumerate().map(|(i, object)| (1000 + i, object.clone())));
    for (i, sheet) in sheets.iter().enumerate() {
        let fonts = "/Resources<</Font<</F1 3 0 R/F2 4 0 R/F3 5 0 R>>/XObject<</X1 1000 0 R>>>>";
        objects.push((
            10 + 2 * i,
            format!("<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]{fonts}/Contents {} 0 R>>", 11 + 2 * i),
        ));
        objects.push((11 + 2 * i, format!("<</Length {}>>stream\n{}\nendstream", sheet.content.len(), sheet.content)));
    }
    let mut file = "%PDF-1.7\n".to_owned();
    let mut table = String::new();
    for (number, object) in &objects {
        table += &format!("{number} 1\n{:010} 00000 n \n", file.len());
        file += &format!("{number} 0 obj\n{object}\nendobj\n");
    }
    let start = file.len();
    file += &format!(
        "xref\n{table}trailer\n<</Root 1 0 R/Size {}{trailer}>>\nstartxref\n{start}\n%%EOF\n",
        1000 + more.len()
    );
    file.into_bytes()
}
