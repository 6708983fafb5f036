//! What changed between two documents: verdicts, and provisions reworded, dropped or added.

use crate::document::{BlockKind, Document};
use crate::report::{Checked, Verdict};
use serde::Serialize;
use similar::{Algorithm, ChangeTag, DiffOp, TextDiff, capture_diff_slices};

/// Provisions alike at least this much are one provision reworded.
const ALIKE: f32 = 0.5;
/// Most paragraphs on either side of a change that are compared with each other.
const MOST_PAIRS: usize = 200;

/// Everything that changed.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Comparison {
    /// The older document.
    pub old: String,
    /// The newer document.
    pub new: String,
    /// Requirements whose verdict changed.
    pub verdicts: Vec<VerdictChange>,
    /// Provisions that changed, in the newer document's order.
    pub provisions: Vec<Provision>,
}

/// A requirement whose verdict changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct VerdictChange {
    /// `MOU-7`.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The verdict on the older document, if the requirement was judged there.
    pub old: Option<Verdict>,
    /// The verdict on the newer one.
    pub new: Option<Verdict>,
}

/// What happened to a provision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Change {
    /// It has other words.
    Reworded,
    /// It is gone.
    Dropped,
    /// It is new.
    Added,
}

impl Change {
    /// The word used in every output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Reworded => "reworded",
            Self::Dropped => "dropped",
            Self::Added => "added",
        }
    }
}

/// A provision that changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Provision {
    /// What happened.
    pub change: Change,
    /// Where: in the newer document, or in the older one if it is gone.
    pub place: String,
    /// Its words, the same, taken out and put in.
    pub words: Vec<Words>,
}

/// Some words of a provision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Words {
    /// What happened to them.
    pub tag: Tag,
    /// The words.
    pub text: String,
}

/// What happened to words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Tag {
    /// They stay.
    Same,
    /// They are gone.
    Old,
    /// They are new.
    New,
}

impl Comparison {
    /// Compares two checked documents.
    pub fn new(old: &Checked, new: &Checked) -> Self {
        Self {
            old: old.report.path.clone(),
            new: new.report.path.clone(),
            verdicts: verdicts(old, new),
            provisions: provisions(&old.document, &new.document),
        }
    }

    /// Whether nothing changed.
    pub fn is_empty(&self) -> bool {
        self.verdicts.is_empty() && self.provisions.is_empty()
    }
}

fn verdicts(old: &Checked, new: &Checked) -> Vec<VerdictChange> {
    let find = |checked: &Checked, id: &str| checked.report.requirements.iter().find(|r| r.id == id).map(|r| r.verdict);
    let gone = old.report.requirements.iter().filter(|r| find(new, &r.id).is_none());
    let all = new.report.requirements.iter().chain(gone).map(|r| VerdictChange {
        id: r.id.clone(),
        title: r.title.clone(),
        old: find(old, &r.id),
        new: find(new, &r.id),
    });
    all.filter(|change| change.old != change.new).collect()
}

/// The agreement's paragraphs with their places; marks of lists and numbers are no words of theirs.
fn paragraphs(document: &Document) -> Vec<(String, usize)> {
    let body = document.blocks().iter().filter(|b| b.kind.is_body() && !matches!(b.kind, BlockKind::Hidden));
    let texts = body.map(|block| {
        let words = block.pieces.iter().map(|p| document.slice(*p)).collect::<Vec<_>>().join(" ");
        (words.split_whitespace().collect::<Vec<_>>().join(" "), block.span.start)
    });
    texts.filter(|(text, _)| !text.is_empty()).collect()
}

fn provisions(old: &Document, new: &Document) -> Vec<Provision> {
    let (before, after) = (paragraphs(old), paragraphs(new));
    let texts = |list: &[(String, usize)]| list.iter().map(|(text, _)| text.clone()).collect::<Vec<_>>();
    let dropped = |(text, at): &(String, usize)| whole(Change::Dropped, Tag::Old, text, old.place_name(*at));
    let added = |(text, at): &(String, usize)| whole(Change::Added, Tag::New, text, new.place_name(*at));
    let mut out = Vec::new();
    for op in capture_diff_slices(Algorithm::Myers, &texts(&before), &texts(&after)) {
        if matches!(op, DiffOp::Equal { .. }) {
            continue;
        }
        let (olds, news) = (&before[op.old_range()], &after[op.new_range()]);
        // Paragraphs are paired in order: the first old one that is alike enough, and none before it later.
        let mut from = 0;
        for paragraph in news {
            let alike =
                olds.iter().enumerate().skip(from).take(MOST_PAIRS).find(|(_, o)| ratio(&o.0, &paragraph.0) >= ALIKE);
            let Some((at, same)) = alike else {
                out.push(added(paragraph));
                continue;
            };
            out.extend(olds[from..at].iter().map(dropped));
            from = at + 1;
            let words = words(&same.0, &paragraph.0);
            out.push(Provision { change: Change::Reworded, place: new.place_name(paragraph.1), words });
        }
        out.extend(olds[from..].iter().map(dropped));
    }
    out
}

fn ratio(old: &str, new: &str) -> f32 {
    TextDiff::from_words(old, new).ratio()
}

fn whole(change: Change, tag: Tag, text: &str, place: String) -> Provision {
    Provision { change, place, words: vec![Words { tag, text: text.to_owned() }] }
}

/// The words of a reworded provision: a stretch that changed is one stretch, also where a space stayed in it.
fn words(old: &str, new: &str) -> Vec<Words> {
    let (mut out, mut gone, mut come) = (Vec::new(), String::new(), String::new());
    let mut space = String::new();
    let diff = TextDiff::from_words(old, new);
    for change in diff.iter_all_changes() {
        let text = change.value();
        if change.tag() == ChangeTag::Equal {
            if text.trim().is_empty() && !(gone.is_empty() && come.is_empty()) {
                space.push_str(text);
                continue;
            }
            flush(&mut out, &mut gone, &mut come);
            push(&mut out, Tag::Same, &std::mem::take(&mut space));
            push(&mut out, Tag::Same, text);
            continue;
        }
        let kept = std::mem::take(&mut space);
        gone.push_str(&kept);
        come.push_str(&kept);
        if change.tag() == ChangeTag::Delete { gone.push_str(text) } else { come.push_str(text) }
    }
    flush(&mut out, &mut gone, &mut come);
    push(&mut out, Tag::Same, &space);
    out
}

fn flush(out: &mut Vec<Words>, gone: &mut String, come: &mut String) {
    push(out, Tag::Old, &std::mem::take(gone));
    push(out, Tag::New, &std::mem::take(come));
}

fn push(out: &mut Vec<Words>, tag: Tag, text: &str) {
    match out.last_mut() {
        _ if text.is_empty() => {}
        Some(last) if last.tag == tag => last.text.push_str(text),
        _ => out.push(Words { tag, text: text.to_owned() }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(old: &str, new: &str) -> String {
        let show = |w: Words| match w.tag {
            Tag::Same => w.text,
            Tag::Old => format!("[-{}-]", w.text),
            Tag::New => format!("{{+{}+}}", w.text),
        };
        words(old, new).into_iter().map(show).collect()
    }

    /// Every word stood in brackets of its own.
    #[test]
    fn a_stretch_that_changed_is_one_stretch() {
        let (old, new) =
            ("He reports to [the supervisor, by position]. It ends.", "He reports to the patrol lieutenant. It ends.");
        insta::assert_snapshot!(marked(old, new), @"He reports to [-[the supervisor, by position].-]{+the patrol lieutenant.+} It ends.");
        insta::assert_snapshot!(marked("one two three", "one three"), @"one [-two -]three");
        insta::assert_snapshot!(marked("one two", "one two three"), @"one two{+ three+}");
    }
}
