//! The runs of the main part: where marks can stand and where a run can be split.

use super::{CommentError, wrong};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::ops::Range;

const TRANSITIONAL: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const STRICT: &str = "http://purl.oclc.org/ooxml/wordprocessingml/main";

/// A run that stands in no other run. What is nested in it (a text box) is one with it.
#[derive(Debug, Clone)]
pub struct Run {
    /// The whole element, or the form control that marks stay outside of.
    pub range: Range<usize>,
    /// Its properties, as written.
    pub properties: Range<usize>,
    /// What stands in it after the properties; nothing for one that is not split.
    pub children: Vec<Child>,
}

/// An element directly in a run.
#[derive(Debug, Clone)]
pub struct Child {
    /// The whole element.
    pub range: Range<usize>,
    /// Name with its prefix.
    pub name: String,
    /// Where its start tag ends.
    pub opened: usize,
    /// Whether its blanks are kept.
    pub keeps_blanks: bool,
    /// Its content, where that is nothing but text.
    pub text: Option<Range<usize>>,
}

/// All runs in order.
#[derive(Debug)]
pub struct Runs {
    list: Vec<Run>,
    /// The prefix of Word's elements with its colon.
    pub prefix: String,
    strict: bool,
}

impl Runs {
    /// Finds the runs.
    pub fn scan(xml: &str) -> Result<Self, CommentError> {
        let mut scan = Scan::default();
        let mut reader = Reader::from_str(xml);
        loop {
            let at = position(&reader);
            let event = reader.read_event().map_err(|error| wrong(&format!("its XML is broken ({error})")))?;
            let end = position(&reader);
            match event {
                Event::Start(start) => scan.open(&start, at..end, false)?,
                Event::Empty(start) => scan.open(&start, at..end, true)?,
                Event::End(_) => scan.close(at, end),
                Event::CData(_) | Event::Comment(_) | Event::PI(_) => scan.not_plain(),
                Event::Eof => break,
                _ => {}
            }
        }
        let (prefix, strict) = scan.prefix.ok_or_else(|| wrong("its main part is empty"))?;
        Ok(Self { list: scan.done, prefix, strict })
    }

    /// Whether the file is of the Strict kind, whose names of relationships differ.
    pub fn is_strict(&self) -> bool {
        self.strict
    }

    /// The namespace of Word's elements.
    pub fn namespace(&self) -> &'static str {
        if self.strict { STRICT } else { TRANSITIONAL }
    }

    /// The run that holds a byte, or the next one, or the last one.
    pub fn at(&self, offset: usize) -> Option<&Run> {
        let at = self.list.partition_point(|run| run.range.end <= offset);
        self.list.get(at).or(self.list.last())
    }
}

/// A form control among the runs of a paragraph.
struct Control {
    start: usize,
    depth: usize,
    /// The first of its runs.
    first: usize,
    /// It shows a prompt or holds plain text only: what stands in it goes with the next entry, and marks with it.
    whole: bool,
}

#[derive(Default)]
struct Scan {
    prefix: Option<(String, bool)>,
    depth: usize,
    /// The depth of the open paragraph.
    paragraph: Option<usize>,
    controls: Vec<Control>,
    /// The open run and the depth of what stands directly in it.
    open: Option<(Run, usize)>,
    done: Vec<Run>,
}

impl Scan {
    fn open(&mut self, start: &BytesStart<'_>, at: Range<usize>, empty: bool) -> Result<(), CommentError> {
        let name = start.name().into_inner();
        if self.prefix.is_none() {
            self.prefix = Some(prefix(start)?);
        }
        let own = self.prefix.as_ref().map_or("", |(prefix, _)| prefix.as_str());
        let local = name.strip_prefix(own).unwrap_or_default();
        self.depth += 1;
        match &mut self.open {
            None if local == "r" && !empty => {
                let run = Run { range: at.clone(), properties: at.end..at.end, children: Vec::new() };
                self.open = Some((run, self.depth + 1));
            }
            Some((run, depth)) if *depth == self.depth => {
                let keeps_blanks = start.attributes_raw().contains("xml:space");
                let text = (!empty && matches!(local, "t" | "delText")).then_some(at.end..at.end);
                let name = name.to_owned();
                run.children.push(Child { range: at.clone(), name, opened: at.end, keeps_blanks, text });
            }
            Some(_) => self.not_plain(),
            None => self.outside(local, at.start, empty),
        }
        if empty {
            self.close(at.end, at.end);
        }
        Ok(())
    }

    /// A start tag that stands in no run.
    fn outside(&mut self, local: &str, start: usize, empty: bool) {
        match local {
            "p" if !empty => self.paragraph = Some(self.depth),
            "sdt" if !empty && self.paragraph.is_some() => {
                self.controls.push(Control { start, depth: self.depth, first: self.done.len(), whole: false });
            }
            "showingPlcHdr" | "text" => {
                if let Some(control) = self.controls.last_mut() {
                    control.whole = true;
                }
            }
            _ => {}
        }
    }

    fn close(&mut self, at: usize, end: usize) {
        if self.paragraph == Some(self.depth) {
            self.paragraph = None;
        }
        if let Some(control) = self.controls.pop_if(|control| control.depth == self.depth)
            && control.whole
        {
            for run in &mut self.done[control.first..] {
                run.range = control.start..end;
                run.children.clear();
            }
        }
        if let Some((run, depth)) = &mut self.open {
            let only = run.children.len() == 1;
            if self.depth == *depth
                && let Some(child) = run.children.last_mut()
            {
                child.range.end = end;
                if let Some(text) = &mut child.text {
                    text.end = at;
                }
                let properties = child.name.rsplit(':').next() == Some("rPr");
                if properties && only {
                    run.properties = child.range.clone();
                    run.children.clear();
                }
            } else if self.depth + 1 == *depth {
                run.range.end = end;
                self.done.extend(self.open.take().map(|(run, _)| run));
            }
        }
        self.depth = self.depth.saturating_sub(1);
    }

    /// The open text holds more than text: it is not split.
    fn not_plain(&mut self) {
        if let Some((run, _)) = &mut self.open
            && let Some(child) = run.children.last_mut()
        {
            child.text = None;
        }
    }
}

/// The prefix that the root binds to Word's vocabulary, with its colon, and whether that is the Strict one.
fn prefix(root: &BytesStart<'_>) -> Result<(String, bool), CommentError> {
    for attribute in root.attributes().with_checks(false).flatten() {
        let key = attribute.key.into_inner();
        let strict = match attribute.value.trim() {
            TRANSITIONAL => false,
            STRICT => true,
            _ => continue,
        };
        if let Some(prefix) = key.strip_prefix("xmlns:") {
            return Ok((format!("{prefix}:"), strict));
        }
        if key == "xmlns" {
            return Ok((String::new(), strict));
        }
    }
    Err(wrong("its main part names Word's vocabulary in an unusual way"))
}

fn position(reader: &Reader<&[u8]>) -> usize {
    usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX)
}
