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

/// The words of a reworded provision, neighbours of one sort drawn together.
fn words(old: &str, new: &str) -> Vec<Words> {
    let mut out: Vec<Words> = Vec::new();
    for change in TextDiff::from_words(old, new).iter_all_changes() {
        let tag = match change.tag() {
            ChangeTag::Equal => Tag::Same,
            ChangeTag::Delete => Tag::Old,
            ChangeTag::Insert => Tag::New,
        };
        match out.last_mut() {
            Some(last) if last.tag == tag => last.text.push_str(change.value()),
            _ => out.push(Words { tag, text: change.value().to_owned() }),
        }
    }
    out
}
