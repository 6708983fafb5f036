//! From tokens to paragraphs. Groups are a stack of states; nothing recurses.

use super::super::flow::{Mark, Piece, Writer};
use super::super::stream::Flow;
use super::super::{Limits, ReadError};
use super::charset;
use super::state::{Destination, State};
use super::token::{Token, Tokens};
use crate::document::{BlockKind, Document, DocumentBuilder, Format};
use encoding_rs::Encoding;
use std::collections::HashMap;

/// A style of the style sheet, as far as it tells structure.
#[derive(Debug, Clone, Copy, Default)]
struct Style {
    outline: Option<u8>,
    title: bool,
}

/// A comment that waits for the end of the document, where its anchor is known.
#[derive(Debug)]
struct Comment {
    name: String,
    author: Option<String>,
    flow: Flow,
}

/// Reads one file.
pub(super) struct Collector<'a> {
    limits: &'a Limits,
    writer: Writer,
    state: State,
    outer: Vec<State>,
    flows: Vec<Flow>,
    comments: Vec<Comment>,
    author: Option<String>,
    comment_name: String,
    fonts: HashMap<i32, &'static Encoding>,
    encoding: &'static Encoding,
    styles: HashMap<i32, Style>,
    /// Text of a destination that is no paragraph: a style's name, an author.
    words: String,
    /// Bytes of text that wait to be decoded together.
    bytes: Vec<u8>,
    /// Characters still to be passed over after a `\u`.
    stand_ins: i32,
    high_surrogate: Option<u16>,
    tables: u32,
    notes: u32,
    control_words: usize,
}

impl<'a> Collector<'a> {
    pub fn new(limits: &'a Limits) -> Self {
        Self {
            limits,
            writer: Writer::new(DocumentBuilder::packed(Format::Rtf)),
            state: State::default(),
            outer: Vec::new(),
            flows: vec![Flow::new(BlockKind::Paragraph)],
            comments: Vec::new(),
            author: None,
            comment_name: String::new(),
            fonts: HashMap::new(),
            encoding: encoding_rs::WINDOWS_1252,
            styles: HashMap::new(),
            words: String::new(),
            bytes: Vec::new(),
            stand_ins: 0,
            high_surrogate: None,
            tables: 0,
            notes: 0,
            control_words: 0,
        }
    }

    pub fn read(mut self, bytes: &[u8]) -> Result<Document, ReadError> {
        let mut ended = false;
        for token in Tokens::new(bytes) {
            if !matches!(token, Token::Byte(_)) {
                self.flush();
            }
            match token {
                Token::Open => self.open()?,
                Token::Close if self.outer.is_empty() => break,
                Token::Close => {
                    self.close();
                    ended = self.outer.is_empty();
                }
                Token::Word(word, parameter) => self.word(word, parameter)?,
                Token::Symbol(symbol) => self.symbol(symbol),
                Token::Byte(byte) => self.byte(byte),
            }
            if ended {
                break;
            }
        }
        if !ended {
            let detail = "it ends too early, as after a broken download".to_owned();
            return Err(ReadError::Damaged { format: "RTF", detail, program: "Word" });
        }
        Ok(self.finish())
    }

    fn finish(mut self) -> Document {
        self.end_paragraph();
        if let Some(body) = self.flows.pop() {
            body.done.into_iter().for_each(|paragraph| self.writer.paragraph(paragraph));
        }
        self.writer.heads();
        for comment in self.comments {
            self.writer.comment(comment.author, &comment.name, comment.flow.done);
        }
        self.writer.out.finish()
    }

    fn open(&mut self) -> Result<(), ReadError> {
        self.stand_ins = 0;
        if self.outer.len() >= self.limits.depth {
            let limit = self.limits.depth.to_string();
            return Err(ReadError::TooLarge { what: "the depth of its groups", limit });
        }
        self.outer.push(self.state);
        (self.state.ends_flow, self.state.starred, self.state.fresh) = (false, false, true);
        Ok(())
    }

    fn close(&mut self) {
        self.stand_ins = 0;
        if self.state.ends_flow {
            self.end_flow();
        }
        let Some(outer) = self.outer.pop() else { return };
        if outer.destination != self.state.destination {
            self.end_destination();
        }
        self.state = outer;
        self.state.fresh = false;
    }

    /// What was collected in a group that is no text.
    fn end_destination(&mut self) {
        match self.state.destination {
            Destination::Author => self.author = Some(self.take_words()).filter(|name| !name.is_empty()),
            Destination::AnchorName => self.comment_name = self.take_words(),
            Destination::AnchorStart => {
                let mark = Piece::Start(Mark::Comment(self.take_words()));
                self.piece(mark);
            }
            Destination::AnchorEnd => {
                let mark = Piece::End(Mark::Comment(self.take_words()));
                self.piece(mark);
            }
            Destination::Label => {
                let label: String = self.take_words().chars().map(charset::visible).collect();
                if let Some(flow) = self.flows.last_mut() {
                    flow.open.label = Some(label).filter(|label| !label.is_empty());
                }
            }
            _ => {}
        }
    }

    fn take_words(&mut self) -> String {
        std::mem::take(&mut self.words).trim().to_owned()
    }

    fn word(&mut self, word: &str, parameter: Option<i32>) -> Result<(), ReadError> {
        self.control_words += 1;
        if self.control_words > self.limits.elements {
            let limit = self.limits.elements.to_string();
            return Err(ReadError::TooLarge { what: "the number of its control words", limit });
        }
        if self.stand_ins > 0 && word != "u" {
            self.stand_ins -= 1;
            return Ok(());
        }
        let (fresh, starred) = (self.state.fresh, self.state.starred);
        (self.state.fresh, self.state.starred) = (false, false);
        if self.state.destination == Destination::Skip {
            return Ok(());
        }
        if (fresh || starred) && self.destination(word) {
            return Ok(());
        }
        match self.state.destination {
            Destination::Fonts => self.font(word, parameter),
            Destination::Styles if word == "s" => self.state.paragraph.style = parameter,
            _ => {}
        }
        if self.state.set(word, parameter) || self.text_word(word, parameter) {
            return Ok(());
        }
        if starred {
            self.state.destination = Destination::Skip;
        }
        Ok(())
    }

    /// Takes a word that opens a destination; `false` if it opens none.
    fn destination(&mut self, word: &str) -> bool {
        let kind = match word {
            "footnote" => Some(BlockKind::Footnote),
            "header" | "headerl" | "headerr" | "headerf" => Some(BlockKind::PageHeader),
            "footer" | "footerl" | "footerr" | "footerf" => Some(BlockKind::PageFooter),
            "shptxt" | "dptxbxtext" => Some(BlockKind::TextBox),
            "annotation" => Some(BlockKind::Comment { author: None, anchor: None }),
            _ => None,
        };
        if let Some(kind) = kind {
            self.state.plain();
            self.state.ends_flow = true;
            self.state.paragraph = Default::default();
            let mut flow = Flow::new(kind);
            if flow.kind == BlockKind::Footnote {
                self.notes += 1;
                flow.open.label = Some(self.notes.to_string());
            }
            self.flows.push(flow);
            return true;
        }
        self.state.destination = match word {
            "fonttbl" => Destination::Fonts,
            "stylesheet" => Destination::Styles,
            "listtext" | "pntext" => Destination::Label,
            "atnauthor" => Destination::Author,
            "atrfstart" => Destination::AnchorStart,
            "atrfend" => Destination::AnchorEnd,
            "atnref" => Destination::AnchorName,
            "pict" => return self.skip(Some("pictures")),
            "objdata" => return self.skip(Some("embedded objects")),
            "nonshppict" | "colortbl" | "listtable" | "listoverridetable" | "revtbl" | "info" | "fldinst" | "xe"
            | "tc" | "tcn" | "txe" | "rxe" | "sp" | "shprslt" | "nonesttables" | "ftnsep" | "ftnsepc" | "ftncn"
            | "aftnsep" | "aftnsepc" | "aftncn" | "pgdsctbl" | "private" | "template" | "filetbl" | "upr" => {
                return self.skip(None);
            }
            "shpinst" | "nesttableprops" | "ud" => return true,
            _ => return false,
        };
        self.words.clear();
        true
    }

    fn skip(&mut self, what: Option<&'static str>) -> bool {
        if let Some(what) = what {
            self.writer.out.left_out(what);
        }
        self.state.destination = Destination::Skip;
        true
    }

    fn font(&mut self, word: &str, parameter: Option<i32>) {
        let encoding = match word {
            "fcharset" => parameter.and_then(charset::of_charset),
            "cpg" => parameter.map(charset::of_code_page),
            _ => None,
        };
        if let Some(encoding) = encoding {
            self.fonts.insert(self.state.font, encoding);
        }
    }

    /// Takes a word that stands for text or ends a paragraph; `false` if it is none.
    fn text_word(&mut self, word: &str, parameter: Option<i32>) -> bool {
        let text = match word {
            "tab" => "\t",
            "line" | "lbr" => "\n",
            "emdash" => "—",
            "endash" => "–",
            "lquote" => "‘",
            "rquote" => "’",
            "ldblquote" => "“",
            "rdblquote" => "”",
            "bullet" => "•",
            "emspace" | "enspace" | "qmspace" => " ",
            "u" => {
                self.unicode(parameter.unwrap_or(0));
                return true;
            }
            "ansi" => return true,
            "mac" => {
                self.encoding = encoding_rs::MACINTOSH;
                return true;
            }
            "ansicpg" => {
                self.encoding = charset::of_code_page(parameter.unwrap_or(1252));
                return true;
            }
            _ => return self.structure(word),
        };
        self.text(text);
        true
    }

    /// Takes a word that ends a paragraph, a cell or a row, or defines cells.
    fn structure(&mut self, word: &str) -> bool {
        if self.state.destination != Destination::Text {
            return false;
        }
        match word {
            "par" | "sect" | "page" | "column" => self.end_paragraph(),
            "cell" | "nestcell" => {
                let depth = if word == "cell" { 1 } else { self.state.paragraph.table.max(2) };
                self.state.paragraph.table = depth;
                self.end_paragraph();
                if let Some(flow) = self.flows.last_mut() {
                    flow.end_cell();
                }
            }
            "row" | "nestrow" => {
                let Some(flow) = self.flows.last_mut() else { return true };
                let depth = if word == "row" { 1 } else { flow.tables.len().max(2) };
                flow.set_depth(depth, &mut self.tables);
                flow.end_row();
            }
            "trowd" | "clmrg" | "clvmrg" | "cellx" => self.cell_definition(word),
            _ => return false,
        }
        true
    }

    fn cell_definition(&mut self, word: &str) {
        let Some(flow) = self.flows.last_mut() else { return };
        if flow.tables.is_empty() {
            flow.set_depth(1, &mut self.tables);
        }
        let Some(table) = flow.tables.last_mut() else { return };
        match word {
            "trowd" => table.merged.clear(),
            "cellx" => {
                if table.merged.len() < 1000 {
                    table.merged.push(table.merging);
                }
                table.merging = false;
            }
            _ => table.merging = true,
        }
    }

    fn symbol(&mut self, symbol: u8) {
        if symbol == b'*' {
            self.state.starred = true;
            return;
        }
        if self.stand_ins > 0 {
            self.stand_ins -= 1;
            return;
        }
        self.state.fresh = false;
        match symbol {
            b'~' => self.text("\u{a0}"),
            b'-' => self.text("\u{ad}"),
            b'_' => self.text("\u{2011}"),
            b'{' | b'}' | b'\\' => self.byte(symbol),
            b'\n' | b'\r' if self.state.destination == Destination::Text => self.end_paragraph(),
            _ => {}
        }
    }

    fn byte(&mut self, byte: u8) {
        self.state.fresh = false;
        if self.stand_ins > 0 {
            self.stand_ins -= 1;
        } else if self.state.destination != Destination::Skip {
            self.bytes.push(byte);
        }
    }

    /// `\u` gives UTF-16, signed, with stand-ins for programs that know no Unicode.
    fn unicode(&mut self, number: i32) {
        self.stand_ins = self.state.stand_ins;
        let unit = (number & 0xffff) as u16;
        let units: &[u16] = match self.high_surrogate.take() {
            Some(high) => &[high, unit],
            None if (0xd800..0xdc00).contains(&unit) => {
                self.high_surrogate = Some(unit);
                return;
            }
            None => &[unit],
        };
        for c in char::decode_utf16(units.iter().copied()).flatten() {
            self.text(c.encode_utf8(&mut [0; 4]));
        }
    }

    /// Decodes the bytes that have gathered; bytes of one character may stand in several tokens.
    fn flush(&mut self) {
        if self.bytes.is_empty() {
            return;
        }
        let bytes = std::mem::take(&mut self.bytes);
        let encoding = self.fonts.get(&self.state.font).copied().unwrap_or(self.encoding);
        let text = encoding.decode_without_bom_handling(&bytes).0;
        match self.state.destination {
            Destination::Styles => self.style_name(&text),
            _ => self.text(&text),
        }
    }

    fn style_name(&mut self, text: &str) {
        self.words.push_str(text);
        let Some((name, _)) = self.words.split_once(';') else { return };
        let name = name.trim().to_ascii_lowercase();
        let level = name.strip_prefix("heading ").and_then(|n| n.parse().ok()).filter(|n| (1..=9).contains(n));
        let style = Style { outline: level.or(self.state.paragraph.outline), title: name == "title" };
        self.styles.insert(self.state.paragraph.style.unwrap_or(0), style);
        self.words.clear();
    }

    fn text(&mut self, text: &str) {
        match self.state.destination {
            Destination::Text if self.state.hidden => {
                self.writer.out.left_out("hidden words");
            }
            Destination::Text if self.state.deleted => self.deleted(text),
            Destination::Text => {
                let (look, inserted) = (self.state.look, self.state.inserted);
                if let Some(flow) = self.flows.last_mut() {
                    let text: String = text.chars().map(charset::visible).collect();
                    flow.open.text(&text, look, None, inserted);
                }
            }
            Destination::Skip | Destination::Fonts => {}
            _ => self.words.push_str(text),
        }
    }

    fn deleted(&mut self, text: &str) {
        let Some(flow) = self.flows.last_mut() else { return };
        match flow.open.pieces.last_mut() {
            Some(Piece::Deleted(words)) => words.push_str(text),
            _ => flow.open.pieces.push(Piece::Deleted(text.to_owned())),
        }
    }

    fn piece(&mut self, piece: Piece) {
        if let Some(flow) = self.flows.last_mut() {
            flow.open.pieces.push(piece);
        }
    }

    fn end_paragraph(&mut self) {
        let state = self.state.paragraph;
        let Some(flow) = self.flows.last_mut() else { return };
        flow.set_depth(state.table, &mut self.tables);
        let style = state.style.and_then(|style| self.styles.get(&style)).copied().unwrap_or_default();
        flow.open.outline = state.outline.or(style.outline);
        flow.open.title = style.title;
        flow.open.centered = state.centered;
        let kind = match (flow.tables.last(), &flow.kind) {
            (Some(table), _) => BlockKind::TableCell { table: table.number, row: table.row, column: table.column },
            (None, BlockKind::Paragraph) if flow.open.label.is_some() || state.list => {
                BlockKind::ListItem { level: state.level }
            }
            (None, kind) => kind.clone(),
        };
        flow.end_paragraph(kind);
    }

    /// A note, box, header or comment is complete.
    fn end_flow(&mut self) {
        self.end_paragraph();
        let Some(flow) = self.flows.pop() else { return };
        match &flow.kind {
            BlockKind::Comment { .. } => {
                let name = std::mem::take(&mut self.comment_name);
                self.comments.push(Comment { name, author: self.author.take(), flow });
            }
            BlockKind::PageHeader | BlockKind::PageFooter => {
                flow.done.into_iter().for_each(|head| self.writer.head(head));
            }
            _ => {
                if let Some(outer) = self.flows.last_mut() {
                    outer.pending.extend(flow.done);
                }
            }
        }
    }
}
