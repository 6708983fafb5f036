//! A rule pack ready to judge with: the compiled form.

use super::schema::{
    ElementFile, ExampleFile, FindingExample, FindingFile, PackFile, Pattern, PhraseText, RequirementFile, Scope,
};
use super::wording::Wording;
use crate::annotate::Polarity;
use crate::likeness::{LabelId, Likeness};
use crate::phrase::{Matcher, MatcherBuilder, PhraseError, TermId, Uses, Vocabulary};
use crate::report::{Kind, Severity};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// A compiled pattern: phrases are terms of the pack's matcher.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Rule {
    /// Terms that must all be found; polarity is judged at the first.
    pub all: Vec<TermId>,
    /// Terms of which one must be found.
    pub any: Vec<TermId>,
    /// Terms that must not be found.
    pub none: Vec<TermId>,
    /// Term that a heading above must hold.
    pub heading: Option<TermId>,
    /// How far apart.
    pub scope: Scope,
    /// Polarity asked for.
    pub polarity: Option<Polarity>,
    /// Thin evidence.
    pub weak: bool,
    /// A promise, a list of topics or a pointer elsewhere counts, too.
    pub promised: bool,
    /// It is taken over as it is from the pack that is extended, whose examples try it.
    pub inherited: bool,
}

/// What a rule says of its element when it fires.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// It is there.
    Provides,
    /// It is half there.
    Half,
    /// The opposite is there.
    Contradicts,
}

impl Role {
    /// The word in the pack.
    pub fn name(self) -> &'static str {
        match self {
            Self::Provides => "provides",
            Self::Half => "half",
            Self::Contradicts => "contradicts",
        }
    }
}

/// A compiled element.
#[derive(Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Element {
    /// Stable id.
    pub id: String,
    /// What is lacking, in plain words.
    #[serde(default)]
    pub title: String,
    /// Clause to start from.
    #[serde(default)]
    pub starter: Option<String>,
    /// Rules that provide it.
    #[serde(default)]
    pub provides: Vec<Rule>,
    /// Rules that go half way.
    #[serde(default)]
    pub half: Vec<Rule>,
    /// Rules that provide the opposite.
    #[serde(default)]
    pub contradicts: Vec<Rule>,
    /// What a provision of it speaks of: names in plain words, each with its term.
    #[serde(default)]
    pub parts: BTreeMap<String, TermId>,
    /// Its column in the table that gives a second opinion.
    #[serde(skip)]
    pub likeness: Option<LabelId>,
}

impl Element {
    /// All its rules by what they say.
    pub fn rules(&self) -> [(Role, &[Rule]); 3] {
        [(Role::Provides, &self.provides), (Role::Half, &self.half), (Role::Contradicts, &self.contradicts)]
    }
}

/// A compiled requirement.
#[derive(Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Requirement {
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
    /// Severity in force.
    pub severity: Severity,
    /// Term for headings where it belongs.
    #[serde(default)]
    pub belongs: Option<TermId>,
    /// A clause to start from, in our own words.
    #[serde(default)]
    pub starter: Option<String>,
    /// One statement does not provide all of the elements: a second statement is needed.
    #[serde(default)]
    pub distinct: bool,
    /// Its elements.
    #[serde(default)]
    pub elements: Vec<Element>,
    /// The column of what contradicts it in the table that gives a second opinion.
    #[serde(skip)]
    pub opposite: Option<LabelId>,
}

impl Requirement {
    /// All rules of its elements.
    fn rules(&self) -> impl Iterator<Item = &Rule> {
        self.elements.iter().flat_map(Element::rules).flat_map(|(_, rules)| rules)
    }

    /// The phrases that it asks for.
    pub fn terms(&self) -> impl Iterator<Item = TermId> {
        let terms =
            self.rules().flat_map(|rule| rule.all.iter().chain(&rule.any).chain(&rule.none).chain(&rule.heading));
        let parts = self.elements.iter().flat_map(|element| element.parts.values());
        self.belongs.into_iter().chain(terms.chain(parts).copied())
    }
}

/// What a pack says, its phrases being terms of a matcher: `build/` writes it so for the packs in the program.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Rules {
    id: String,
    version: String,
    title: String,
    #[serde(default)]
    about: String,
    #[serde(default)]
    sources: Vec<String>,
    severity: Severity,
    #[serde(default)]
    likeness: Option<Likeness>,
    #[serde(default)]
    requirements: Vec<Requirement>,
    /// Without their examples.
    #[serde(default)]
    findings: Vec<FindingFile>,
}

/// A compiled pack.
#[derive(Debug)]
pub struct Pack {
    rules: Rules,
    matcher: Matcher,
    wording: OnceLock<Wording>,
    /// The wording as it lies in the program, where it is not read yet.
    unread: &'static str,
}

impl Pack {
    /// Compiles a pack whose `extends` is already resolved.
    ///
    /// # Errors
    /// The first phrase that uses an unknown or endless vocabulary entry, with its requirement.
    pub fn compile(file: PackFile) -> Result<Self, (String, PhraseError)> {
        let vocabulary: Vocabulary = file.vocabulary.into_iter().map(|(name, phrase)| (name, phrase.0)).collect();
        let severity = file.severity.unwrap_or(Severity::Error);
        let mut compiler = Compiler { builder: MatcherBuilder::new(vocabulary), wording: Wording::default() };
        let mut requirements = Vec::new();
        for requirement in file.requirements {
            let id = requirement.id.clone();
            requirements.push(compiler.requirement(requirement, severity).map_err(|e| (id, e))?);
        }
        let mut findings = file.findings;
        for finding in &mut findings {
            compiler.wording.take_finding(&finding.id, std::mem::take(&mut finding.examples));
        }
        let rules = Rules {
            id: file.id,
            version: file.version,
            title: file.title,
            about: file.about,
            sources: file.sources,
            severity,
            likeness: file.likeness,
            requirements,
            findings,
        };
        Ok(Self::new(rules, compiler.builder.build(), OnceLock::from(compiler.wording), ""))
    }

    /// A pack that was compiled when the program was built; `unread` is its wording.
    pub(super) fn ready(rules: Rules, matcher: Matcher, unread: &'static str) -> Self {
        Self::new(rules, matcher, OnceLock::new(), unread)
    }

    fn new(mut rules: Rules, matcher: Matcher, wording: OnceLock<Wording>, unread: &'static str) -> Self {
        rules.give_columns();
        let uses = rules.uses(&matcher);
        let matcher = matcher.with_uses(uses);
        Self { rules, matcher, wording, unread }
    }

    /// Stable name, `ma-37p`.
    pub fn id(&self) -> &str {
        &self.rules.id
    }

    /// Version.
    pub fn version(&self) -> &str {
        &self.rules.version
    }

    /// What the pack checks, one line.
    pub fn title(&self) -> &str {
        &self.rules.title
    }

    /// What the pack is for.
    pub fn about(&self) -> &str {
        &self.rules.about
    }

    /// Sources of law.
    pub fn sources(&self) -> &[String] {
        &self.rules.sources
    }

    /// Severity of what does not say its own.
    pub fn severity(&self) -> Severity {
        self.rules.severity
    }

    /// Requirements in the pack's order.
    pub fn requirements(&self) -> &[Requirement] {
        &self.rules.requirements
    }

    /// Findings in the pack's order, without their examples.
    pub fn findings(&self) -> &[FindingFile] {
        &self.rules.findings
    }

    /// Finds all phrases of the pack.
    pub fn matcher(&self) -> &Matcher {
        &self.matcher
    }

    /// A phrase as written.
    pub fn phrase(&self, term: TermId) -> &str {
        self.wording().phrase(term)
    }

    /// The texts that a requirement carries, with the verdicts that they must get.
    pub fn examples(&self, requirement: &Requirement) -> &[ExampleFile] {
        self.wording().of_requirement(&requirement.id)
    }

    /// The texts that a finding carries.
    pub fn finding_examples(&self, finding: &FindingFile) -> &[FindingExample] {
        self.wording().of_finding(&finding.id)
    }

    /// Read when it is first asked for: no check does.
    fn wording(&self) -> &Wording {
        self.wording.get_or_init(|| Wording::read(self.unread))
    }
}

impl Rules {
    /// Gives elements and requirements their columns in the table, where it knows what their patterns are for: it was
    /// made for the patterns of the pack that this one may extend, not for those that this one puts in their place.
    fn give_columns(&mut self) {
        let Some(table) = self.likeness else { return };
        let extends = self.requirements.iter().flat_map(Requirement::rules).any(|rule| rule.inherited);
        let known = |rules: &[Rule]| !extends || rules.iter().all(|rule| rule.inherited);
        for requirement in &mut self.requirements {
            for element in &mut requirement.elements {
                if element.rules().iter().all(|(_, rules)| known(rules)) {
                    element.likeness = table.element(&requirement.id, &element.id);
                }
            }
            if requirement.elements.iter().all(|element| known(&element.contradicts)) {
                requirement.opposite = table.opposite(&requirement.id);
            }
        }
    }

    /// Where the phrases matter.
    fn uses(&self, matcher: &Matcher) -> Uses {
        let mut uses = Uses::new(matcher.len());
        for requirement in &self.requirements {
            requirement.belongs.iter().for_each(|term| uses.anywhere(*term));
            requirement.rules().for_each(|rule| note_use(&mut uses, rule));
            requirement.elements.iter().flat_map(|e| e.parts.values()).for_each(|term| uses.anywhere(*term));
        }
        uses
    }
}

/// A phrase that a rule looks for in the sentence where its other phrases stand matters nowhere else.
fn note_use(uses: &mut Uses, rule: &Rule) {
    for term in rule.all.iter().chain(&rule.any).chain(&rule.none) {
        if rule.scope == Scope::Sentence {
            uses.beside(*term, rule.all.iter().copied().filter(|other| other != term).collect());
        } else {
            uses.anywhere(*term);
        }
    }
    rule.heading.iter().for_each(|term| uses.anywhere(*term));
}

/// Compiles the phrases of a pack from a file. The order in which they come is that of `build/pack.rs`.
struct Compiler {
    builder: MatcherBuilder,
    wording: Wording,
}

impl Compiler {
    fn requirement(&mut self, file: RequirementFile, severity: Severity) -> Result<Requirement, PhraseError> {
        let belongs = file.belongs.as_ref().map(|phrase| self.term(phrase)).transpose()?;
        let elements = file.elements.into_iter().map(|e| self.element(e)).collect::<Result<_, _>>()?;
        self.wording.take_requirement(&file.id, file.examples);
        Ok(Requirement {
            id: file.id,
            title: file.title,
            kinds: file.kinds,
            source: file.source,
            explain: file.explain,
            severity: file.severity.unwrap_or(severity),
            belongs,
            starter: file.starter,
            distinct: file.distinct,
            elements,
            opposite: None,
        })
    }

    fn element(&mut self, file: ElementFile) -> Result<Element, PhraseError> {
        Ok(Element {
            id: file.id,
            title: file.title,
            starter: file.starter,
            provides: self.rules(&file.provides)?,
            half: self.rules(&file.half)?,
            contradicts: self.rules(&file.contradicts)?,
            parts: file
                .parts
                .iter()
                .map(|(name, part)| Ok((name.clone(), self.term(part)?)))
                .collect::<Result<_, _>>()?,
            likeness: None,
        })
    }

    fn rules(&mut self, patterns: &[Pattern]) -> Result<Vec<Rule>, PhraseError> {
        patterns.iter().map(|p| self.rule(p)).collect()
    }

    fn rule(&mut self, pattern: &Pattern) -> Result<Rule, PhraseError> {
        Ok(Rule {
            all: self.terms(&pattern.all)?,
            any: self.terms(&pattern.any)?,
            none: self.terms(&pattern.none)?,
            heading: pattern.heading.as_ref().map(|phrase| self.term(phrase)).transpose()?,
            scope: pattern.scope,
            polarity: pattern.polarity.map(Into::into),
            weak: pattern.weak,
            promised: pattern.promised,
            inherited: pattern.inherited,
        })
    }

    fn terms(&mut self, phrases: &[PhraseText]) -> Result<Vec<TermId>, PhraseError> {
        phrases.iter().map(|phrase| self.term(phrase)).collect()
    }

    fn term(&mut self, phrase: &PhraseText) -> Result<TermId, PhraseError> {
        let term = self.builder.add(&phrase.0)?;
        self.wording.take_phrase(term, &phrase.0.source);
        Ok(term)
    }
}
