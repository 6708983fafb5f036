//! A rule pack ready to judge with: the compiled form.

use super::schema::{ElementFile, FindingFile, PackFile, Pattern, RequirementFile, Scope};
use crate::annotate::Polarity;
use crate::likeness::{LabelId, Likeness};
use crate::phrase::{Matcher, MatcherBuilder, PhraseError, TermId, Vocabulary};
use crate::report::Severity;

/// A compiled pattern: phrases are terms of the pack's matcher.
#[derive(Debug, Clone)]
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
    /// The pattern as written, for explanations.
    pub source: Pattern,
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
#[derive(Debug)]
pub struct Element {
    /// Stable id.
    pub id: String,
    /// What is lacking, in plain words.
    pub title: String,
    /// Clause to start from.
    pub starter: Option<String>,
    /// Rules that provide it.
    pub provides: Vec<Rule>,
    /// Rules that go half way.
    pub half: Vec<Rule>,
    /// Rules that provide the opposite.
    pub contradicts: Vec<Rule>,
    /// Its column in the table that gives a second opinion.
    pub likeness: Option<LabelId>,
}

impl Element {
    /// All its rules by what they say.
    pub fn rules(&self) -> [(Role, &[Rule]); 3] {
        [(Role::Provides, &self.provides), (Role::Half, &self.half), (Role::Contradicts, &self.contradicts)]
    }
}

/// A compiled requirement.
#[derive(Debug)]
pub struct Requirement {
    /// The requirement as written.
    pub file: RequirementFile,
    /// Severity in force.
    pub severity: Severity,
    /// Term for headings where it belongs.
    pub belongs: Option<TermId>,
    /// Its elements.
    pub elements: Vec<Element>,
    /// The column of what contradicts it in the table that gives a second opinion.
    pub opposite: Option<LabelId>,
}

impl Requirement {
    /// The phrases that it asks for.
    pub fn terms(&self) -> impl Iterator<Item = TermId> {
        let rules = self.elements.iter().flat_map(Element::rules).flat_map(|(_, rules)| rules);
        let terms = rules.flat_map(|rule| rule.all.iter().chain(&rule.any).chain(&rule.none).chain(&rule.heading));
        self.belongs.into_iter().chain(terms.copied())
    }
}

/// A compiled pack.
#[derive(Debug)]
pub struct Pack {
    id: String,
    version: String,
    title: String,
    about: String,
    sources: Vec<String>,
    severity: Severity,
    requirements: Vec<Requirement>,
    findings: Vec<FindingFile>,
    matcher: Matcher,
}

impl Pack {
    /// Compiles a pack whose `extends` is already resolved.
    ///
    /// # Errors
    /// The first phrase that uses an unknown or endless vocabulary entry, with its requirement.
    pub fn compile(file: PackFile) -> Result<Self, (String, PhraseError)> {
        let vocabulary: Vocabulary = file.vocabulary.into_iter().map(|(name, phrase)| (name, phrase.0)).collect();
        let severity = file.severity.unwrap_or(Severity::Error);
        let extends =
            file.requirements.iter().flat_map(|r| &r.elements).flat_map(ElementFile::patterns).any(|p| p.inherited);
        let mut compiler = Compiler { builder: MatcherBuilder::new(vocabulary), likeness: file.likeness, extends };
        let mut requirements = Vec::new();
        for requirement in file.requirements {
            let id = requirement.id.clone();
            requirements.push(compiler.requirement(requirement, severity).map_err(|e| (id, e))?);
        }
        Ok(Self {
            id: file.id,
            version: file.version,
            title: file.title,
            about: file.about,
            sources: file.sources,
            severity,
            requirements,
            findings: file.findings,
            matcher: compiler.builder.build(),
        })
    }

    /// Stable name, `ma-37p`.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Version.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// What the pack checks, one line.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// What the pack is for.
    pub fn about(&self) -> &str {
        &self.about
    }

    /// Sources of law.
    pub fn sources(&self) -> &[String] {
        &self.sources
    }

    /// Severity of what does not say its own.
    pub fn severity(&self) -> Severity {
        self.severity
    }

    /// Requirements in the pack's order.
    pub fn requirements(&self) -> &[Requirement] {
        &self.requirements
    }

    /// Findings in the pack's order.
    pub fn findings(&self) -> &[FindingFile] {
        &self.findings
    }

    /// Finds all phrases of the pack.
    pub fn matcher(&self) -> &Matcher {
        &self.matcher
    }
}

struct Compiler {
    builder: MatcherBuilder,
    likeness: Option<Likeness>,
    /// The pack takes over patterns of another.
    extends: bool,
}

impl Compiler {
    fn requirement(&mut self, file: RequirementFile, severity: Severity) -> Result<Requirement, PhraseError> {
        let belongs = match &file.belongs {
            Some(phrase) => {
                let term = self.builder.add(&phrase.0)?;
                self.builder.matters(term);
                Some(term)
            }
            None => None,
        };
        let elements = file.elements.iter().map(|e| self.element(&file.id, e)).collect::<Result<_, _>>()?;
        let contradicts = file.elements.iter().flat_map(|e| &e.contradicts);
        let opposite = self.likeness_for(contradicts).and_then(|table| table.opposite(&file.id));
        Ok(Requirement { severity: file.severity.unwrap_or(severity), belongs, elements, opposite, file })
    }

    fn element(&mut self, requirement: &str, file: &ElementFile) -> Result<Element, PhraseError> {
        Ok(Element {
            id: file.id.clone(),
            title: file.title.clone(),
            starter: file.starter.clone(),
            provides: self.rules(&file.provides)?,
            half: self.rules(&file.half)?,
            contradicts: self.rules(&file.contradicts)?,
            likeness: self.likeness_for(file.patterns()).and_then(|table| table.element(requirement, &file.id)),
        })
    }

    /// The table, where it knows what these patterns are for: it was made for the patterns of the pack that this one
    /// extends, not for those that this one puts in their place.
    fn likeness_for<'p>(&self, mut patterns: impl Iterator<Item = &'p Pattern>) -> Option<Likeness> {
        self.likeness.filter(|_| !self.extends || patterns.all(|pattern| pattern.inherited))
    }

    fn rules(&mut self, patterns: &[Pattern]) -> Result<Vec<Rule>, PhraseError> {
        patterns.iter().map(|p| self.rule(p)).collect()
    }

    fn rule(&mut self, pattern: &Pattern) -> Result<Rule, PhraseError> {
        let mut terms = |phrases: &[super::schema::PhraseText]| -> Result<Vec<TermId>, PhraseError> {
            phrases.iter().map(|p| self.builder.add(&p.0)).collect()
        };
        let rule = Rule {
            all: terms(&pattern.all)?,
            any: terms(&pattern.any)?,
            none: terms(&pattern.none)?,
            heading: terms(pattern.heading.as_slice())?.first().copied(),
            scope: pattern.scope,
            polarity: pattern.polarity.map(Into::into),
            weak: pattern.weak,
            promised: pattern.promised,
            source: pattern.clone(),
        };
        self.note_use(&rule);
        Ok(rule)
    }

    /// A phrase that a rule looks for in the sentence where its other phrases stand matters nowhere else.
    fn note_use(&mut self, rule: &Rule) {
        for term in rule.all.iter().chain(&rule.any).chain(&rule.none) {
            if rule.scope == Scope::Sentence {
                let others = rule.all.iter().copied().filter(|other| other != term).collect();
                self.builder.matters_beside(*term, others);
            } else {
                self.builder.matters(*term);
            }
        }
        rule.heading.iter().for_each(|term| self.builder.matters(*term));
    }
}
