//! A rule pack as it is written: the serde form. Values are checked while they are read, so that a mistake is
//! reported at its line.

use crate::annotate::Polarity;
use crate::day::Term;
use crate::likeness::Likeness;
use crate::phrase::Phrase;
use crate::report::{Kind, Severity, Verdict};
use schemars::JsonSchema;
use serde::de::{self, Deserializer, MapAccess, Visitor};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

/// A phrase of the small language in [`crate::phrase`], checked when it is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PhraseText(pub Arc<Phrase>);

impl<'de> Deserialize<'de> for PhraseText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(PhraseVisitor)
    }
}

/// Checks the phrase while the parser still stands at it.
struct PhraseVisitor;

impl Visitor<'_> for PhraseVisitor {
    type Value = PhraseText;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a phrase")
    }

    fn visit_str<E: de::Error>(self, source: &str) -> Result<PhraseText, E> {
        Phrase::parse(source).map(|phrase| PhraseText(Arc::new(phrase))).map_err(E::custom)
    }
}

impl Serialize for PhraseText {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0.source)
    }
}

impl JsonSchema for PhraseText {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Phrase".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "description": "Words to look for: `arrest* | take* into custody`" })
    }
}

/// A rule pack.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PackFile {
    /// Stable name, `ma-37p`.
    pub id: String,
    /// Version of the pack.
    pub version: String,
    /// What the pack checks, one line.
    pub title: String,
    /// What the pack is for, a few sentences.
    #[serde(default)]
    pub about: String,
    /// A built-in pack or a file beside this one whose rules this pack takes over and changes.
    #[serde(default)]
    pub extends: Option<String>,
    /// Sources of law, with their names.
    #[serde(default)]
    pub sources: Vec<String>,
    /// Severity of findings unless a requirement says otherwise.
    #[serde(default)]
    pub severity: Option<Severity>,
    /// A table shipped with the program that gives a second opinion on the elements of this pack.
    #[serde(default)]
    pub likeness: Option<Likeness>,
    /// Named phrases that all rules of the pack may use as `{name}`.
    #[serde(default)]
    pub vocabulary: BTreeMap<String, PhraseText>,
    /// What the documents must contain.
    #[serde(default)]
    pub requirements: Vec<RequirementFile>,
    /// What must not be left in any document.
    #[serde(default)]
    pub findings: Vec<FindingFile>,
    /// What this pack takes out of the one that it extends: `MOU-3`, or one element of it, `MOU-3/process`.
    #[serde(default)]
    pub drop: Vec<String>,
}

/// A requirement: one item of the law. In a pack that extends another, only what differs is given.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RequirementFile {
    /// Stable id, `MOU-7`.
    pub id: String,
    /// Title, close to the law's words.
    #[serde(default)]
    pub title: String,
    /// Kinds of document that carry it.
    #[serde(default)]
    pub kinds: Vec<Kind>,
    /// Section of law or of a model.
    #[serde(default)]
    pub source: String,
    /// What it means and how a verdict comes about.
    #[serde(default)]
    pub explain: String,
    /// Severity of its findings.
    #[serde(default)]
    pub severity: Option<Severity>,
    /// Headings under which it belongs, to say where something missing should go.
    #[serde(default)]
    pub belongs: Option<PhraseText>,
    /// A clause to start from, in our own words.
    #[serde(default)]
    pub starter: Option<String>,
    /// One statement does not provide all of the elements: a second statement is needed.
    #[serde(default)]
    pub distinct: bool,
    /// The things that the item's own words name.
    #[serde(default)]
    pub elements: Vec<ElementFile>,
    /// Texts with the verdict that they must get.
    #[serde(default)]
    pub examples: Vec<ExampleFile>,
}

/// An element of a requirement.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ElementFile {
    /// Stable id, `de-escalation`.
    pub id: String,
    /// What is lacking when it is lacking, in plain words: "training in de-escalation".
    #[serde(default)]
    pub title: String,
    /// Patterns of which one must be found.
    #[serde(default)]
    pub provides: Vec<Pattern>,
    /// Patterns of provisions that go half way: alone they leave the element lacking, the verdict partial.
    #[serde(default)]
    pub half: Vec<Pattern>,
    /// Patterns that provide the opposite.
    #[serde(default)]
    pub contradicts: Vec<Pattern>,
    /// What a provision of it speaks of, by names in plain words, with a phrase for each: `citations: "citation* | ticket*"`.
    /// Statements that speak of fewer of them less likely provide it; weighed only where there is a second opinion.
    #[serde(default)]
    pub parts: BTreeMap<String, PhraseText>,
    /// A clause to start from for this element alone.
    #[serde(default)]
    pub starter: Option<String>,
}

impl ElementFile {
    /// All its patterns.
    pub fn patterns(&self) -> impl Iterator<Item = &Pattern> {
        self.provides.iter().chain(&self.half).chain(&self.contradicts)
    }
}

/// An example that a rule carries as its own test.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExampleFile {
    /// A short document in Markdown.
    pub text: String,
    /// The verdict that it must get.
    pub verdict: Verdict,
    /// The elements that must be named as missing.
    #[serde(default)]
    pub missing: Vec<String>,
}

/// How far the phrases of a pattern may stand apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Scope {
    /// In one statement: a sentence, or a list item or cell with the words that lead into it.
    #[default]
    Sentence,
    /// In one paragraph.
    Paragraph,
    /// In one section.
    Section,
}

/// Words that provide, or contradict, an element.
///
/// A bare string is a pattern with that one phrase.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Pattern {
    /// Phrases that must all be found; the first is the one that polarity is judged at.
    pub all: Vec<PhraseText>,
    /// Phrases of which one must be found too.
    pub any: Vec<PhraseText>,
    /// Phrases that must not be found, neither in the statement nor in the heading that `heading` asks for: "Force
    /// and arrest" says of no sentence under it which of the two it is about.
    pub none: Vec<PhraseText>,
    /// A phrase that a heading, row label or question above must hold.
    pub heading: Option<PhraseText>,
    /// How far apart.
    pub scope: Scope,
    /// Whether the first phrase must be affirmed or denied; either if not said.
    pub polarity: Option<PolarityFile>,
    /// Evidence of this pattern is thin: a person should look.
    pub weak: bool,
    /// A sentence that only promises, lists topics or points elsewhere counts, too.
    pub promised: bool,
    /// It is taken over as it is from the pack that is extended, whose examples try it.
    #[serde(skip)]
    pub inherited: bool,
}

/// See [`Polarity`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum PolarityFile {
    /// It is so.
    Affirmed,
    /// It is denied or forbidden.
    Denied,
}

impl From<PolarityFile> for Polarity {
    fn from(value: PolarityFile) -> Self {
        match value {
            PolarityFile::Affirmed => Self::Affirmed,
            PolarityFile::Denied => Self::Denied,
        }
    }
}

impl JsonSchema for Pattern {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Pattern".into()
    }
    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let (phrase, fields) = (generator.subschema_for::<PhraseText>(), generator.subschema_for::<PatternFields>());
        schemars::json_schema!({ "description": "Words that provide, or contradict, an element.", "anyOf": [phrase, fields] })
    }
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct PatternFields {
    #[serde(default)]
    all: Vec<PhraseText>,
    #[serde(default)]
    any: Vec<PhraseText>,
    #[serde(default)]
    none: Vec<PhraseText>,
    #[serde(default)]
    heading: Option<PhraseText>,
    #[serde(default)]
    scope: Scope,
    #[serde(default)]
    polarity: Option<PolarityFile>,
    #[serde(default)]
    weak: bool,
    #[serde(default)]
    promised: bool,
}

impl<'de> Deserialize<'de> for Pattern {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(PatternVisitor)
    }
}

struct PatternVisitor;

impl<'de> Visitor<'de> for PatternVisitor {
    type Value = Pattern;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(
            "a phrase, or a map with `all`, `any`, `none`, `heading`, `scope`, `polarity`, `weak`, `promised`",
        )
    }

    fn visit_str<E: de::Error>(self, source: &str) -> Result<Pattern, E> {
        Ok(Pattern {
            all: vec![PhraseVisitor.visit_str(source)?],
            any: Vec::new(),
            none: Vec::new(),
            heading: None,
            scope: Scope::Sentence,
            polarity: None,
            weak: false,
            promised: false,
            inherited: false,
        })
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Pattern, A::Error> {
        let f = PatternFields::deserialize(de::value::MapAccessDeserializer::new(map))?;
        if f.all.is_empty() && f.any.is_empty() && f.heading.is_none() {
            return Err(de::Error::custom("a pattern needs `all`, `any` or `heading`"));
        }
        let PatternFields { all, any, none, heading, scope, polarity, weak, promised } = f;
        Ok(Pattern { all, any, none, heading, scope, polarity, weak, promised, inherited: false })
    }
}

/// A finding about the document's own health.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FindingFile {
    /// Stable id, `DOC-1`.
    pub id: String,
    /// Title.
    #[serde(default)]
    pub title: String,
    /// The check behind it.
    pub check: Check,
    /// Severity.
    #[serde(default)]
    pub severity: Option<Severity>,
    /// Where the demand comes from.
    #[serde(default)]
    pub source: String,
    /// What it means.
    #[serde(default)]
    pub explain: String,
    /// What to do.
    #[serde(default)]
    pub help: String,
    /// Word lists that the check works with, by name; each check says which it knows.
    #[serde(default)]
    pub words: BTreeMap<String, Vec<String>>,
    /// Known mistakes, for checks that look for them.
    #[serde(default)]
    pub mistakes: Vec<MistakeFile>,
    /// Texts that must raise it (`true`) or must not (`false`).
    #[serde(default)]
    pub examples: Vec<FindingExample>,
}

/// A known mistake: how it looks and what is meant.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MistakeFile {
    /// A regular expression over lower-case text with plain quotes and dashes.
    pub pattern: PatternText,
    /// What is wrong, one sentence.
    pub says: String,
    /// Whether it holds for a scan too, where characters are misread.
    #[serde(default)]
    pub scans: bool,
}

/// A regular expression of bounded size, checked when it is read.
#[derive(Debug, Clone)]
pub struct PatternText(pub regex::Regex);

/// Bytes that a compiled expression may take.
const REGEX_BYTES: usize = 1 << 20;

impl<'de> Deserialize<'de> for PatternText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let source = String::deserialize(deserializer)?;
        regex::RegexBuilder::new(&source).size_limit(REGEX_BYTES).build().map(Self).map_err(de::Error::custom)
    }
}

impl Serialize for PatternText {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0.as_str())
    }
}

impl JsonSchema for PatternText {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "RegularExpression".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "format": "regex" })
    }
}

/// An example of a finding.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FindingExample {
    /// A short document in Markdown.
    pub text: String,
    /// Whether it must be raised.
    pub raised: bool,
    /// The kind to judge it as; `mou` if not said.
    #[serde(default)]
    pub kind: Option<Kind>,
    /// The term of the award that it is judged against, for checks that compare the two.
    #[serde(default)]
    pub award: Option<Term>,
}

impl FindingExample {
    /// The text as a reader is shown it, with what it is compared with.
    pub fn shown(&self) -> String {
        let award = |term: Term| format!(" (the award runs from {} to {})", term.start.0, term.end.0);
        format!("{}{}", self.text.trim(), self.award.map(award).unwrap_or_default())
    }
}

/// The checks that the engine knows for findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Check {
    /// Not an agreement or procedure of this field at all.
    Unrelated,
    /// A blank or instruction left in.
    Blank,
    /// Not signed or not dated.
    Unsigned,
    /// A cross-reference to a part that is not there.
    CrossReference,
    /// Another district's or department's name left in.
    ForeignName,
    /// Out of date.
    OutOfDate,
    /// The agreement's term does not cover that of a federal award.
    AwardTerm,
    /// Tracked changes, comments, "DRAFT".
    NotFinal,
    /// A heading, or a row's label, with nothing under it.
    Empty,
    /// A legal citation that is malformed or known wrong.
    Citation,
    /// A number in words and the figures beside it that disagree.
    NumberWords,
    /// Two different numbers of training hours a year.
    TrainingHours,
    /// Two different dates for the yearly report.
    ReportDate,
    /// Two different supervisors of the officer.
    Supervisors,
    /// Two defined names for the officer.
    OfficerNames,
}
