//! The configuration as it is written: the serde form. Values are checked while they are read, so that a mistake
//! is reported at its line.

use crate::day::{Day, Term};
use crate::report::{Kind, Severity};
use schemars::JsonSchema;
use serde::de::{self, Deserializer};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A configuration of sro-lint, `.sro-lint.yaml`.
#[derive(Debug, Clone, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ConfigFile {
    /// A configuration that this one builds upon; its path is relative to this file.
    #[serde(default)]
    pub extends: Option<String>,
    /// Rule packs in force, by built-in name or file; paths are relative to this file.
    #[serde(default)]
    pub packs: Option<Vec<String>>,
    /// What the documents at some paths are; the first entry that fits decides.
    #[serde(default)]
    pub kinds: Vec<KindEntry>,
    /// Severity of findings, by requirement or finding.
    #[serde(default)]
    pub severities: BTreeMap<String, SeverityEntry>,
    /// Paths that are left out of folders that are checked.
    #[serde(default)]
    pub exclude: Vec<PathGlob>,
    /// Lowest severity that makes the exit status 1.
    #[serde(default)]
    pub fail_on: Option<FailOn>,
    /// The term of a federal award that the agreements must cover: what `--award-start` and `--award-end` say.
    #[serde(default)]
    pub award: Option<Term>,
    /// A baseline; its path is relative to this file.
    #[serde(default)]
    pub baseline: Option<String>,
    /// Findings that are let be, each with its reason.
    #[serde(default)]
    pub waivers: Vec<WaiverEntry>,
}

/// What the documents at some paths are.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct KindEntry {
    /// The paths, relative to this file: `procedures/**`.
    pub path: PathGlob,
    /// What the documents there are.
    pub kind: DocumentKind,
}

/// What a document may be said to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum DocumentKind {
    /// Memorandum of understanding.
    Mou,
    /// Operating procedures.
    Op,
    /// Both in one file.
    Combined,
}

impl From<DocumentKind> for Kind {
    fn from(kind: DocumentKind) -> Self {
        match kind {
            DocumentKind::Mou => Self::Mou,
            DocumentKind::Op => Self::Op,
            DocumentKind::Combined => Self::Combined,
        }
    }
}

/// A severity, or `off`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum SeverityEntry {
    /// The law's demand is not met.
    Error,
    /// Something to mend.
    Warning,
    /// Good practice.
    Advice,
    /// No finding at all.
    Off,
}

impl SeverityEntry {
    /// The severity; `None` for `off`.
    pub fn severity(self) -> Option<Severity> {
        match self {
            Self::Error => Some(Severity::Error),
            Self::Warning => Some(Severity::Warning),
            Self::Advice => Some(Severity::Advice),
            Self::Off => None,
        }
    }

    /// The word for it.
    pub fn name(self) -> &'static str {
        self.severity().map_or("off", Severity::name)
    }
}

/// The lowest severity that fails a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, JsonSchema, clap::ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum FailOn {
    /// Errors only
    Error,
    /// Warnings and errors
    Warning,
    /// Any finding
    Advice,
    /// Nothing
    Never,
}

impl FailOn {
    /// The severity; `None` for `never`.
    pub fn severity(self) -> Option<Severity> {
        match self {
            Self::Error => Some(Severity::Error),
            Self::Warning => Some(Severity::Warning),
            Self::Advice => Some(Severity::Advice),
            Self::Never => None,
        }
    }

    /// The word for it.
    pub fn name(self) -> &'static str {
        self.severity().map_or("never", Severity::name)
    }
}

/// A finding that is let be.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WaiverEntry {
    /// The requirement or finding, `MOU-7`.
    pub code: String,
    /// The documents, relative to this file: `agreements/harborview.md`.
    pub path: PathGlob,
    /// The section of the document, by its title or with its number; all sections if it is not said.
    #[serde(default)]
    pub section: Option<String>,
    /// Why.
    pub reason: Reason,
    /// The last day on which the waiver holds.
    #[serde(default)]
    pub until: Option<Day>,
}

/// Paths, with `*`, `?`, `**`, `[…]` and `{…,…}`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(transparent)]
pub struct PathGlob(pub String);

impl PathGlob {
    /// The compiled form. A `*` stays within one folder.
    ///
    /// # Errors
    /// The pattern is malformed.
    pub fn compile(&self) -> Result<globset::GlobMatcher, globset::Error> {
        let glob = globset::GlobBuilder::new(&self.0).literal_separator(true).build();
        glob.map(|glob| glob.compile_matcher())
    }

    /// Whether it names one path only.
    pub fn is_literal(&self) -> bool {
        !self.0.contains(['*', '?', '[', '{'])
    }
}

/// Why something is let be: never empty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(transparent)]
pub struct Reason(#[schemars(length(min = 1))] pub String);

impl<'de> Deserialize<'de> for Reason {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let reason = String::deserialize(deserializer)?.trim().to_owned();
        if reason.is_empty() {
            return Err(de::Error::custom("a waiver needs a reason"));
        }
        Ok(Self(reason))
    }
}
