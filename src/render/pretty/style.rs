//! The colours of the report, or none.

use crate::report::{Severity, Verdict};
use anstyle::{AnsiColor, Style};

/// Styles by what they mean.
#[derive(Debug, Clone, Copy, Default)]
pub struct Styles {
    /// Names and totals.
    pub bold: Style,
    /// What matters less.
    pub dim: Style,
    /// All is well.
    pub good: Style,
    /// To be looked at.
    pub warning: Style,
    /// The law's demand is not met.
    pub error: Style,
}

impl Styles {
    /// Colours, or plain characters.
    pub fn new(color: bool) -> Self {
        if !color {
            return Self::default();
        }
        Self {
            bold: Style::new().bold(),
            dim: Style::new().dimmed(),
            good: AnsiColor::Green.on_default(),
            warning: AnsiColor::Yellow.on_default(),
            error: AnsiColor::Red.on_default().bold(),
        }
    }

    /// The style of a finding.
    pub fn severity(&self, severity: Severity) -> Style {
        match severity {
            Severity::Error => self.error,
            Severity::Warning => self.warning,
            Severity::Advice => self.bold,
        }
    }

    /// The style of a verdict; a gap that only weighs as advice is no alarm.
    pub fn of(&self, verdict: Verdict, severity: Option<Severity>) -> Style {
        match (verdict, severity) {
            (Verdict::Met, _) => self.good,
            (Verdict::NotApplicable, _) | (_, Some(Severity::Advice)) => self.dim,
            (Verdict::Partial, _) | (_, Some(Severity::Warning)) => self.warning,
            (Verdict::Missing | Verdict::Contradicted, _) => self.error,
        }
    }
}
