//! `sro-lint explain ID FILE`: what was looked for in one document, what came near and what decided.

use super::super::input;
use super::Page;
use crate::annotate::{Annotated, Class, Language, Polarity, Stance, UnitId};
use crate::check::{Checker, Options};
use crate::document::{Document, Span};
use crate::judge::{self, Found, Hits, Judgement, RuleTrace, Try, Why};
use crate::likeness;
use crate::pack::coverage::written;
use crate::pack::schema::FindingFile;
use crate::pack::{Element, Pack, Requirement, Role, Rule};
use crate::phrase::TermId;
use crate::reader::{self, Limits, Source};
use crate::report::{Kind, Verdict};
use miette::miette;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

/// How many places are shown of one sort.
const SHOWN: usize = 4;
/// How many words are shown that speak for likeness.
const LOUDEST: usize = 5;
/// From how many percent on it is said how likely a contradiction is.
const WORTH_SAYING: u32 = 5;
/// Longest quotation, in characters.
const QUOTED: usize = 300;

pub(super) fn read(path: &Path) -> miette::Result<Document> {
    let limits = Limits::default();
    let name = path.display().to_string();
    let explain = |error: reader::ReadError| miette!("{name}: {error}");
    let bytes = input::file(path, &limits).map_err(explain)?;
    reader::read(Source { name: &name, bytes: &bytes }, &limits).map_err(explain)
}

/// How a finding came about.
pub(super) fn finding(path: &Path, pack: &Arc<Pack>, finding: &FindingFile) -> miette::Result<Page> {
    let options = Options { kind: None, as_of: jiff::Zoned::now().date() };
    let checked = Checker::new(vec![Arc::clone(pack)], options).check(read(path)?, &path.display().to_string());
    let mut page = Page::new(&format!("{}: {}, in {}", finding.id, finding.title, path.display()));
    let found: Vec<_> = checked.report.diagnostics.iter().filter(|d| d.code == finding.id).collect();
    if found.is_empty() {
        page.heading("Nothing in the document raises it.");
    }
    for diagnostic in found {
        page.heading(&diagnostic.message);
        for span in &diagnostic.spans {
            page.item(2, "- ", &quote(&checked.document, span.span()));
        }
    }
    Ok(page)
}

/// How a requirement's verdict came about.
pub(super) fn requirement(path: &Path, pack: &Pack, requirement: &Requirement) -> miette::Result<Page> {
    let document = read(path)?;
    let language = Language::shipped().map_err(|e| miette!("the shipped language file has a fault: {e}"))?;
    let annotated = Annotated::new(&document, language);
    let hits = Hits::all(&annotated, pack.matcher());
    let judgement = judge::judge(&annotated, language, &hits, requirement);
    let traces = judge::trace(&annotated, language, &hits, requirement);
    let mut page = Page::new(&format!("{}: {}, in {}", requirement.id, requirement.title, path.display()));
    let kind = judge::detect_kind(&annotated, hits.likest(&annotated));
    verdict(&mut page, kind, requirement, &judgement);
    let teller = Teller { out: &annotated, hits: &hits, pack };
    for ((element, state), rules) in requirement.elements.iter().zip(&judgement.elements).zip(&traces) {
        let decided: Vec<UnitId> =
            [&state.provided, &state.contradicted, &state.half].into_iter().flatten().map(|f| f.unit).collect();
        teller.element(&mut page, element, state, rules, &decided);
    }
    Ok(page)
}

fn verdict(page: &mut Page, kind: Kind, requirement: &Requirement, judgement: &Judgement) {
    page.0.push('\n');
    let confidence = if judgement.confidence == crate::report::Confidence::Low { ", with low confidence" } else { "" };
    let sure = judgement.chances.map(|c| format!(" ({} % sure)", percent(c.right))).unwrap_or_default();
    page.line(0, &format!("Verdict: {}{confidence}{sure}", judgement.verdict.name()));
    if !requirement.kinds.contains(&kind) {
        let note = "The document is read as";
        let rest = "which does not carry this requirement: it is shown as if it did. In a check it is not judged.";
        page.line(0, &format!("{note} `{}`, {rest}", kind.name()));
    }
    if judgement.verdict == Verdict::Contradicted {
        page.line(0, "One contradiction decides, whatever else is provided.");
    } else if let Some(opposite) = judgement.chances.map(|c| percent(c.contradicted)).filter(|p| *p >= WORTH_SAYING) {
        page.line(0, &format!("That the document says the opposite somewhere is {opposite} % likely."));
    }
}

/// Nothing that is weighed is quite sure.
fn percent(chance: f32) -> u32 {
    ((chance * 100.0) as u32).min(99)
}

fn state_name(state: &judge::ElementState) -> &'static str {
    match state {
        s if !s.contradicted.is_empty() => "contradicted",
        s if !s.provided.is_empty() => "provided",
        s if !s.half.is_empty() => "half there",
        _ => "not found",
    }
}

struct Teller<'a, 'd> {
    pack: &'a Pack,
    out: &'a Annotated<'d>,
    hits: &'a Hits,
}

impl Teller<'_, '_> {
    fn element(
        &self,
        page: &mut Page,
        element: &Element,
        found: &judge::ElementState,
        rules: &[RuleTrace<'_>],
        decided: &[UnitId],
    ) {
        let state = state_name(found);
        let likely = found.chance.map(|c| format!("; all in all {} % likely", percent(c))).unwrap_or_default();
        page.heading(&format!("{} ({}): {state}{likely}", element.title, element.id));
        for (roles, title, counted) in [
            (&[Role::Contradicts][..], "These words provide the opposite:", &found.contradicted),
            (&[Role::Provides], "These words provide it:", &found.provided),
            (&[Role::Half, Role::Provides], "These words go half way:", &found.half),
        ] {
            self.fired(page, rules.iter().filter(|r| roles.contains(&r.role)), title, counted);
        }
        self.alike(page, &found.provided, "provide it");
        self.alike(page, &found.contradicted, "say the opposite");
        self.unlike(page, found);
        let lacking = judge::lacking(self.out, self.hits, element, found);
        if !lacking.is_empty() {
            page.line(2, &format!("What comes nearest to it does not speak of {}.", lacking.join(" and ")));
        }
        if state == "not found" || state == "half there" {
            page.line(2, "Looked for any of:");
            for rule in rules.iter().filter(|r| r.role == Role::Provides) {
                page.item(4, "- ", &written(self.pack, rule.rule));
            }
        }
        self.near(page, rules, decided);
    }

    /// What only the second opinion found.
    fn alike(&self, page: &mut Page, found: &[Found], do_what: &str) {
        for (found, label) in found.iter().filter_map(|f| Some((f, f.alike?))) {
            page.line(
                2,
                &format!("No pattern knows these words, but they are like clauses that {do_what}. Please look:"),
            );
            page.item(4, "- ", &quote(self.out.document, found.span));
            let words = likeness::loudest(self.out, found.unit, label, LOUDEST);
            page.line(6, &format!("most of all by: {}", words.join(", ")));
        }
    }

    /// What only the rules found.
    fn unlike(&self, page: &mut Page, found: &judge::ElementState) {
        let mut unlike: Vec<&Found> = found.unlike.iter().chain(&found.unlike_opposite).collect();
        unlike.sort_by_key(|f| f.unit);
        unlike.dedup_by_key(|f| f.unit);
        if !unlike.is_empty() {
            page.line(2, "These words fit a pattern, but all in all too little speaks for it. They do not count:");
        }
        for found in unlike.into_iter().take(SHOWN) {
            page.item(4, "- ", &quote(self.out.document, found.span));
        }
    }

    /// Where rules found something that counts.
    fn fired<'t>(
        &self,
        page: &mut Page,
        rules: impl Iterator<Item = &'t RuleTrace<'t>>,
        title: &str,
        counted: &[Found],
    ) {
        let mut found: Vec<(&Found, &Rule)> =
            rules.flat_map(|r| r.tries.iter().filter_map(|t| Some((t.result.as_ref().ok()?, r.rule)))).collect();
        found.retain(|(f, _)| counted.iter().any(|c| c.unit == f.unit));
        found.sort_by_key(|(f, rule)| (f.unit, rule.weak));
        found.dedup_by_key(|(f, _)| f.unit);
        if found.is_empty() {
            return;
        }
        page.line(2, title);
        let more = found.len().saturating_sub(SHOWN);
        for (found, rule) in found.into_iter().take(SHOWN) {
            page.item(4, "- ", &quote(self.out.document, found.span));
            let mut by = format!("by {}", written(self.pack, rule));
            if rule.weak {
                by.push_str(", which is thin evidence");
            }
            if found.blank {
                by.push_str("; but its substance is left blank");
            }
            page.line(6, &by);
        }
        if more > 0 {
            page.line(4, &format!("and {more} more"));
        }
    }

    /// Statements with all the words but in the wrong way, then those with at least half of them.
    fn near(&self, page: &mut Page, rules: &[RuleTrace<'_>], decided: &[UnitId]) {
        let mut best: BTreeMap<UnitId, (&Try, &RuleTrace<'_>, Why)> = BTreeMap::new();
        for rule in rules.iter().filter(|r| r.role != Role::Contradicts) {
            for attempt in &rule.tries {
                let Err(why) = attempt.result else { continue };
                let enough = attempt.held == attempt.wanted || attempt.wanted > 1 && attempt.held * 2 >= attempt.wanted;
                if !enough || decided.contains(&attempt.unit) {
                    continue;
                }
                let known = best.get(&attempt.unit).map(|(t, ..)| nearness(t));
                if known.is_none_or(|known| nearness(attempt) > known) {
                    best.insert(attempt.unit, (attempt, rule, why));
                }
            }
        }
        let mut near: Vec<_> = best.into_values().collect();
        near.sort_by_key(|(attempt, ..)| (std::cmp::Reverse(nearness(attempt)), attempt.unit));
        if near.is_empty() {
            return;
        }
        page.line(2, "Came near:");
        for (attempt, rule, why) in near.into_iter().take(SHOWN) {
            page.item(4, "- ", &quote(self.out.document, self.out.units[attempt.unit].span));
            page.line(
                6,
                &format!("but it {}; for {}", reason(why, self.pack, rule.rule), written(self.pack, rule.rule)),
            );
        }
    }
}

/// The share of the phrases wanted, in percent; all of them in the wrong way come first.
fn nearness(attempt: &Try) -> usize {
    attempt.held * 100 / attempt.wanted.max(1)
}

/// What keeps a rule from firing at a statement, as what the statement does.
fn reason(why: Why, pack: &Pack, rule: &Rule) -> String {
    let phrase = |term: TermId| format!("“{}”", pack.phrase(term));
    match why {
        Why::Class(Class::Question) => "is a question".to_owned(),
        Why::Class(Class::Label) => "is the label of a row".to_owned(),
        Why::Class(Class::LegalReferences) => "is a line of legal references".to_owned(),
        Why::Class(Class::Signature) => "belongs to a signature".to_owned(),
        Why::Class(_) => "is no running text".to_owned(),
        Why::Stance(Stance::Promises) => "puts it off to a later time or another paper".to_owned(),
        Why::Stance(Stance::Refers) => "only says where else it stands".to_owned(),
        Why::Stance(Stance::Declines) => "leaves it to somebody's choice".to_owned(),
        Why::Stance(Stance::Topics) => "lists what another paper is to contain".to_owned(),
        Why::Stance(Stance::Past) => "tells what was once or never came to be".to_owned(),
        Why::Stance(Stance::Struck) => "is struck out by an amendment further on".to_owned(),
        Why::Stance(_) => "provides nothing of its own".to_owned(),
        Why::Heading => {
            format!("stands under no heading with {}", rule.heading.map_or_else(String::new, phrase))
        }
        Why::KeptOut(term) => format!("holds {}, which this pattern keeps out", phrase(term)),
        Why::Lacks(term) => format!("lacks {}", phrase(term)),
        Why::LacksAny => "has none of the phrases of which one is wanted".to_owned(),
        Why::Polarity if rule.polarity == Some(Polarity::Denied) => "does not forbid or deny it".to_owned(),
        Why::Polarity => "denies or forbids it".to_owned(),
        Why::OnlyLead => "has the words only in what leads into it".to_owned(),
        Why::Short => "is too short to say something by its heading alone".to_owned(),
    }
}

fn quote(document: &Document, span: Span) -> String {
    let text = document.slice(span);
    let short: String = text.chars().take(QUOTED).collect();
    let dots = if short.len() < text.len() { " …" } else { "" };
    format!("{}: “{short}{dots}”", document.place_name(span.start))
}
