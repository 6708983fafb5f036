//! Checks on a pack that need more than one value: ids given twice, names that lead nowhere, phrases that grow.

use super::bounds::{PATTERNS, RULES};
use super::locate::Step::{self, Index, Key};
use super::mistake::{Named, suggestion};
use super::schema::{ElementFile, PackFile, Pattern, PhraseText, RequirementFile};
use crate::phrase::{MatcherBuilder, PhraseError};
use crate::report::Verdict;
use miette::Report;
use std::collections::HashSet;

/// A pack as written, and the same with what it extends filled in.
pub(super) struct Validator<'a> {
    pub source: Named<'a>,
    pub own: &'a PackFile,
    pub whole: &'a PackFile,
}

impl<'a> Validator<'a> {
    /// The first mistake.
    pub fn check(&self) -> Result<(), Report> {
        self.sizes()?;
        self.ids()?;
        for (i, requirement) in self.own.requirements.iter().enumerate() {
            let path = [Key("requirements"), Index(i)];
            let whole = self.whole.requirements.iter().find(|r| r.id == requirement.id).unwrap_or(requirement);
            self.requirement(&path, whole)?;
            self.examples(&path, requirement, whole)?;
        }
        for (i, finding) in self.own.findings.iter().enumerate() {
            let whole = self.whole.findings.iter().find(|f| f.id == finding.id).unwrap_or(finding);
            let fields = [("title", &whole.title), ("source", &whole.source), ("explain", &whole.explain)];
            self.filled(&[Key("findings"), Index(i)], &whole.id, &fields)?;
        }
        self.phrases()
    }

    fn sizes(&self) -> Result<(), Report> {
        let rules = self.whole.requirements.len() + self.whole.findings.len();
        if rules > RULES {
            let message = format!("the pack has {rules} requirements and findings: {RULES} are the most");
            return Err(self.source.mistake_at(&[Key("requirements")], message, None));
        }
        let elements = self.whole.requirements.iter().flat_map(|r| &r.elements);
        let patterns: usize = elements.map(|e| e.provides.len() + e.half.len() + e.contradicts.len()).sum();
        if patterns > PATTERNS {
            let message = format!("the pack has {patterns} patterns: {PATTERNS} are the most");
            return Err(self.source.mistake_at(&[Key("requirements")], message, None));
        }
        Ok(())
    }

    fn ids(&self) -> Result<(), Report> {
        let mut seen = HashSet::new();
        for (i, requirement) in self.own.requirements.iter().enumerate() {
            let path = [Key("requirements"), Index(i)];
            self.id(&path, &requirement.id, &mut seen)?;
            let mut elements = HashSet::new();
            for (j, element) in requirement.elements.iter().enumerate() {
                self.id(&[path[0], path[1], Key("elements"), Index(j)], &element.id, &mut elements)?;
            }
        }
        for (i, finding) in self.own.findings.iter().enumerate() {
            self.id(&[Key("findings"), Index(i)], &finding.id, &mut seen)?;
        }
        Ok(())
    }

    fn id<'i>(&self, path: &[Step<'_>], id: &'i str, seen: &mut HashSet<&'i str>) -> Result<(), Report> {
        let path = [path, &[Key("id")]].concat();
        let fits = !id.is_empty() && id.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c));
        if !fits {
            let message = format!("the id `{id}` must be made of letters, digits, `-`, `_` and `.`");
            return Err(self.source.mistake_at(&path, message, None));
        }
        if !seen.insert(id) {
            return Err(self.source.mistake_at(&path, format!("the id `{id}` is given twice"), None));
        }
        Ok(())
    }

    /// What every requirement must say, here or in the pack that is extended.
    fn requirement(&self, path: &[Step<'_>], whole: &RequirementFile) -> Result<(), Report> {
        let fields = [("title", &whole.title), ("source", &whole.source), ("explain", &whole.explain)];
        self.filled(path, &whole.id, &fields)?;
        let missing = match (whole.kinds.is_empty(), whole.elements.is_empty()) {
            (true, _) => "the kinds of document that carry it: `kinds: [mou, op, combined]`, as it may be",
            (_, true) => "`elements`: at least one thing to look for",
            _ => return whole.elements.iter().try_for_each(|e| self.element(path, &whole.id, e)),
        };
        Err(self.source.mistake_at(path, format!("`{}` lacks {missing}", whole.id), None))
    }

    fn element(&self, path: &[Step<'_>], id: &str, element: &ElementFile) -> Result<(), Report> {
        let lacks = match (element.title.is_empty(), element.provides.is_empty()) {
            (true, _) => "`title`: what is lacking, in plain words",
            (_, true) => "`provides`: the patterns that provide it",
            _ => return Ok(()),
        };
        let own = self.own.requirements.iter().find(|r| r.id == id);
        let place = own.and_then(|r| r.elements.iter().position(|e| e.id == element.id));
        let path = [path, &place.map_or_else(Vec::new, |j| vec![Key("elements"), Index(j)])].concat();
        Err(self.source.mistake_at(&path, format!("the element `{}` of `{id}` lacks {lacks}", element.id), None))
    }

    fn filled(&self, path: &[Step<'_>], id: &str, fields: &[(&str, &String)]) -> Result<(), Report> {
        match fields.iter().find(|(_, value)| value.trim().is_empty()) {
            Some((name, _)) => Err(self.source.mistake_at(path, format!("`{id}` lacks `{name}`"), None)),
            None => Ok(()),
        }
    }

    fn examples(&self, path: &[Step<'_>], own: &RequirementFile, whole: &RequirementFile) -> Result<(), Report> {
        let elements: Vec<&str> = whole.elements.iter().map(|e| e.id.as_str()).collect();
        for (k, example) in own.examples.iter().enumerate() {
            let path = [path, &[Key("examples"), Index(k)]].concat();
            let unknown = example.missing.iter().position(|m| !elements.contains(&m.as_str()));
            if let Some(m) = unknown {
                let name = &example.missing[m];
                let path = [&path[..], &[Key("missing"), Index(m)]].concat();
                let message = format!("`{}` has no element `{name}`", whole.id);
                return Err(self.source.mistake_at(&path, message, Some(suggestion(name, &elements))));
            }
            let message = match example.verdict {
                Verdict::NotApplicable => {
                    "an example cannot ask for `not-applicable`: the kind of document decides that"
                }
                verdict if verdict != Verdict::Partial && !example.missing.is_empty() => {
                    "only an example with the verdict `partial` has missing elements"
                }
                _ => continue,
            };
            return Err(self.source.mistake_at(&[&path[..], &[Key("verdict")]].concat(), message.to_owned(), None));
        }
        Ok(())
    }

    fn phrases(&self) -> Result<(), Report> {
        let vocabulary = self.whole.vocabulary.iter().map(|(name, p)| (name.clone(), p.0.clone())).collect();
        let mut phrases = Phrases { source: self.source, builder: MatcherBuilder::new(vocabulary) };
        for (name, phrase) in &self.own.vocabulary {
            phrases.add(&[Key("vocabulary"), Key(name)], phrase)?;
        }
        for (i, requirement) in self.own.requirements.iter().enumerate() {
            let path = [Key("requirements"), Index(i)];
            if let Some(belongs) = &requirement.belongs {
                phrases.add(&[path[0], path[1], Key("belongs")], belongs)?;
            }
            for (j, element) in requirement.elements.iter().enumerate() {
                let lists =
                    [("provides", &element.provides), ("half", &element.half), ("contradicts", &element.contradicts)];
                for (list, patterns) in lists {
                    for (k, pattern) in patterns.iter().enumerate() {
                        let path = [path[0], path[1], Key("elements"), Index(j), Key(list), Index(k)];
                        phrases.pattern(&path, pattern)?;
                    }
                }
                for (name, part) in &element.parts {
                    let path = [path[0], path[1], Key("elements"), Index(j), Key("parts"), Key(name)];
                    phrases.add(&path, part)?;
                }
            }
        }
        Ok(())
    }
}

/// Tries every phrase with the vocabulary filled in.
struct Phrases<'a> {
    source: Named<'a>,
    builder: MatcherBuilder,
}

impl Phrases<'_> {
    fn pattern(&mut self, path: &[Step<'_>], pattern: &Pattern) -> Result<(), Report> {
        for (list, phrases) in [("all", &pattern.all), ("any", &pattern.any), ("none", &pattern.none)] {
            for (m, phrase) in phrases.iter().enumerate() {
                self.add(&[path, &[Key(list), Index(m)]].concat(), phrase)?;
            }
        }
        pattern.heading.iter().try_for_each(|phrase| self.add(&[path, &[Key("heading")]].concat(), phrase))
    }

    fn add(&mut self, path: &[Step<'_>], phrase: &PhraseText) -> Result<(), Report> {
        let Err(error) = self.builder.add(&phrase.0) else { return Ok(()) };
        let (message, help) = match &error {
            PhraseError::Entry { name, .. } => {
                let known: Vec<&str> = self.builder.vocabulary().keys().map(String::as_str).collect();
                (format!("there is no vocabulary entry `{name}`"), Some(suggestion(name, &known)))
            }
            other => (other.to_string(), None),
        };
        Err(self.source.mistake_at(path, message, help))
    }
}
