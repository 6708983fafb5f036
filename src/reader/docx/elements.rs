//! What each element of a story does.

use super::fields;
use super::paragraph::{After, Mark, NoteKind};
use super::properties::{self, ParagraphProperties};
use super::story::{Frame, Story};
use super::styles::Style;
use super::symbols::symbol;
use super::table::Table;
use super::xml::{Element, Ns, Xml};
use crate::reader::ReadError;

impl Story<'_, '_> {
    /// Acts on a start tag. None if the element has been read to its end.
    pub(super) fn start(&mut self, e: &Element<'_>, xml: &mut Xml<'_>) -> Result<Option<Frame>, ReadError> {
        match e.ns {
            Ns::Word => self.word(e, xml),
            Ns::Compatibility => self.alternate(e, xml),
            Ns::Vml => self.vml(e, xml),
            Ns::Drawing => Ok(Some(match e.local() {
                "txBody" => self.text_box(),
                "p" if self.is_boxed() => self.paragraph(),
                "t" if self.is_boxed() => Frame::Text,
                _ => Frame::Plain,
            })),
            Ns::Math => Ok(Some(match e.local() {
                "r" => self.run_start(),
                "t" => Frame::Text,
                _ => Frame::Plain,
            })),
            Ns::Picture | Ns::Chart | Ns::Diagram => {
                match (e.ns, e.local()) {
                    (Ns::Picture, "pic") => self.leave_out("pictures"),
                    (Ns::Chart, "chart") => self.leave_out("charts"),
                    (Ns::Diagram, "relIds") => self.leave_out("diagrams"),
                    _ => {}
                }
                Ok(Some(Frame::Plain))
            }
            Ns::Other => Ok(Some(Frame::Plain)),
        }
    }

    fn word(&mut self, e: &Element<'_>, xml: &mut Xml<'_>) -> Result<Option<Frame>, ReadError> {
        Ok(Some(match e.local() {
            "r" => self.run_start(),
            "t" => Frame::Text,
            "rPr" => {
                let properties = properties::run(xml)?;
                self.run(&properties);
                return Ok(None);
            }
            "p" => self.paragraph(),
            "pPr" => {
                let properties = properties::paragraph(xml)?;
                self.paragraph_properties(properties);
                return Ok(None);
            }
            "ins" | "moveTo" => {
                self.insertions += 1;
                Frame::Inserted
            }
            "del" | "moveFrom" => {
                self.deletions += 1;
                Frame::Deleted
            }
            "delText" => Frame::DeletedText,
            "tbl" | "tr" | "tc" | "trPr" | "tcPr" => return self.table(e, xml),
            "sdt" => Frame::Control { outer: self.prompt, contents: false },
            "sdtPr" => {
                let control = properties::control(xml)?;
                self.control(control);
                return Ok(None);
            }
            "txbxContent" => self.text_box(),
            "fldChar" | "fldSimple" | "instrText" | "delInstrText" | "ffData" => return self.field(e, xml),
            "sectPr" => {
                let references = properties::section(xml)?;
                self.page_parts.extend(references);
                return Ok(None);
            }
            "tblPr" | "tblGrid" | "tblPrEx" | "sdtEndPr" | "fldData" | "binData" | "pPrChange" | "rPrChange" => {
                xml.skip()?;
                return Ok(None);
            }
            "object" => {
                self.leave_out("embedded objects");
                self.objects += 1;
                Frame::Object
            }
            _ => {
                self.inline(e, xml);
                Frame::Plain
            }
        }))
    }

    /// Single characters, breaks, references and marks within a run.
    fn inline(&mut self, e: &Element<'_>, xml: &mut Xml<'_>) {
        let character = match e.local() {
            "tab" | "ptab" => "\t",
            "cr" => "\n",
            "br" if e.attr("type").as_deref() == Some("page") => {
                if self.deletions == 0
                    && let Some(pages) = &mut self.pages
                {
                    let page = pages.asked();
                    self.place.paragraph.mark(Mark::Page(page));
                }
                "\n"
            }
            "br" => "\n",
            "noBreakHyphen" => "\u{2011}",
            "softHyphen" => "\u{ad}",
            "sym" => {
                let code = e.attr("char").and_then(|code| u32::from_str_radix(&code, 16).ok()).unwrap_or(0);
                let place = xml.place(e);
                let shown = symbol(&e.attr("font").unwrap_or_default(), code);
                return self.push(shown.encode_utf8(&mut [0; 4]), place);
            }
            "lastRenderedPageBreak" => return self.rendered_page(),
            "footnoteReference" => return self.note(NoteKind::Footnote, e),
            "endnoteReference" => return self.note(NoteKind::Endnote, e),
            "commentRangeStart" => return self.comment(e, Mark::CommentStart),
            "commentRangeEnd" => return self.comment(e, Mark::CommentEnd),
            "altChunk" => return self.leave_out("embedded documents"),
            "subDoc" => return self.leave_out("linked documents"),
            _ => return,
        };
        let place = xml.place(e);
        self.push(character, place);
    }

    fn rendered_page(&mut self) {
        let shown = self.deletions == 0 && !self.is_boxed();
        if let Some(page) = self.pages.as_mut().filter(|_| shown).and_then(super::table::Pages::rendered) {
            self.place.paragraph.mark(Mark::Page(page));
        }
    }

    fn note(&mut self, kind: NoteKind, e: &Element<'_>) {
        if let (0, Some(id)) = (self.deletions, e.attr("id")) {
            self.place.paragraph.after.push(After::Note(kind, id.into_owned()));
        }
    }

    fn comment(&mut self, e: &Element<'_>, mark: fn(String) -> Mark) {
        if let Some(id) = e.attr("id") {
            self.place.paragraph.mark(mark(id.into_owned()));
        }
    }

    fn run_start(&mut self) -> Frame {
        self.open_run();
        Frame::Plain
    }

    fn paragraph(&mut self) -> Frame {
        self.open_paragraph();
        Frame::Paragraph
    }

    fn text_box(&mut self) -> Frame {
        self.open_box();
        Frame::TextBox
    }

    fn paragraph_properties(&mut self, mut properties: ParagraphProperties) {
        self.shape(&properties);
        if let Some(references) = properties.section.take() {
            self.page_parts.extend(references);
        }
    }

    /// Works out what a paragraph looks like from its properties and its style.
    pub(super) fn shape(&mut self, properties: &ParagraphProperties) {
        let styles = self.shared.styles;
        let id = properties.style.as_deref();
        let known = styles.paragraph(id);
        let mut builtin = Style::default();
        if let Some(id) = id.filter(|id| !styles.has(id)) {
            // A file may use a built-in style without defining it.
            builtin.named(id);
        }
        let style = known.map_or(&builtin, |at| styles.get(at));
        self.place.base = style.look.or(styles.default_look());
        self.place.look = self.place.base;
        let shape = &mut self.place.paragraph.shape;
        shape.style = known;
        shape.outline = properties.outline.or(builtin.outline).or(style.outline);
        shape.is_title = style.is_title || builtin.is_title;
        shape.is_contents |= style.is_contents || builtin.is_contents;
        shape.is_dotted = properties.dotted || style.dotted;
        shape.is_centered = properties.centered.or(style.centered).unwrap_or(styles.default_centered());
        shape.list = properties.list;
        shape.level = properties.level;
        shape.ends_section = properties.section.is_some();
        shape.mark_hidden = properties.mark.look.hidden == Some(true);
        shape.mark_deleted = properties.mark.deleted;
    }

    fn table(&mut self, e: &Element<'_>, xml: &mut Xml<'_>) -> Result<Option<Frame>, ReadError> {
        let page = self.page();
        match (e.local(), self.place.tables.last_mut()) {
            ("tbl", outer) => {
                if let Some(outer) = outer {
                    outer.cell_used = true;
                }
                if !self.place.paragraph.text.is_empty() {
                    self.flush();
                }
                let number = self.shared.tables.get();
                self.shared.tables.set(number + 1);
                self.place.tables.push(Table::new(number));
                return Ok(Some(Frame::Table));
            }
            ("tr", Some(table)) => {
                table.open_row(page);
                return Ok(Some(Frame::Row { deleted: false }));
            }
            ("tc", Some(table)) => {
                let page = table.open_cell();
                self.go_to(page);
                return Ok(Some(Frame::Cell { deleted: false }));
            }
            ("trPr", Some(table)) => {
                let shape = properties::shape(xml)?;
                table.pass_over(shape.before);
                if let Some(Frame::Row { deleted: deleted @ false }) = self.frames.last_mut() {
                    *deleted = shape.deleted;
                    self.deletions += usize::from(shape.deleted);
                }
            }
            ("tcPr", Some(table)) => {
                let shape = properties::shape(xml)?;
                table.span = shape.span;
                if let Some(Frame::Cell { deleted: deleted @ false }) = self.frames.last_mut() {
                    *deleted = shape.deleted;
                    self.deletions += usize::from(shape.deleted);
                }
            }
            (_, None) | (_, Some(_)) => return Ok(Some(Frame::Plain)),
        }
        Ok(None)
    }

    fn control(&mut self, control: properties::Control) {
        let number = if control.prompts && self.prompt.is_none() { Some(self.next_prompt()) } else { self.prompt };
        if let Some(Frame::Control { contents, .. }) = self.frames.last_mut() {
            self.prompt = number;
            if control.contents && !*contents {
                *contents = true;
                self.contents += 1;
            }
        }
    }

    fn field(&mut self, e: &Element<'_>, xml: &mut Xml<'_>) -> Result<Option<Frame>, ReadError> {
        Ok(Some(match e.local() {
            "fldSimple" => {
                self.place.fields.begin();
                self.place.fields.code(&e.attr("instr").unwrap_or_default());
                self.separate_field();
                Frame::SimpleField
            }
            "ffData" => {
                let form = fields::form(xml)?;
                self.place.fields.set_form(form);
                return Ok(None);
            }
            "fldChar" => {
                match e.attr("fldCharType").as_deref() {
                    Some("begin") => self.place.fields.begin(),
                    Some("separate") => self.separate_field(),
                    Some("end") => self.close_field(e, xml),
                    _ => {}
                }
                Frame::Plain
            }
            _ => Frame::Code,
        }))
    }

    /// Alternate content: the first choice that gives text, and the fallback only if none did.
    fn alternate(&mut self, e: &Element<'_>, xml: &mut Xml<'_>) -> Result<Option<Frame>, ReadError> {
        let (before, counted) = match self.frames.last() {
            Some(Frame::Alternate { seen, counted }) => (*seen, *counted),
            _ => (self.seen, self.counted),
        };
        Ok(match e.local() {
            "AlternateContent" => Some(Frame::Alternate { seen: self.seen, counted: self.counted }),
            "Choice" | "Fallback" if self.seen > before => {
                xml.skip()?;
                None
            }
            "Choice" | "Fallback" if self.counted > counted => {
                self.hush();
                Some(Frame::Quiet)
            }
            _ => Some(Frame::Plain),
        })
    }

    fn vml(&mut self, e: &Element<'_>, xml: &mut Xml<'_>) -> Result<Option<Frame>, ReadError> {
        match e.local() {
            // WordArt, which watermarks are made of.
            "textpath" => {
                if let Some(words) = e.attr("string").filter(|words| !words.trim().is_empty()) {
                    let place = xml.place(e);
                    self.open_box();
                    self.open_paragraph();
                    self.push(&words, place);
                    self.close_box();
                }
            }
            "imagedata" if self.objects == 0 => self.leave_out("pictures"),
            _ => {}
        }
        Ok(Some(Frame::Plain))
    }
}
