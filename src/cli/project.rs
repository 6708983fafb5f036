//! What is in force for each input: the command line first, then the configuration found from the file upwards.

use super::walk::{Entry, Found, Source};
use crate::baseline::{Baseline, Change};
use crate::check::{Checker, Options, Provision};
use crate::config::schema::{FailOn, SeverityEntry};
use crate::config::{self, Finder, Settings, Stated, Waiver};
use crate::day::Term;
use crate::document::Document;
use crate::judge::finding::{self, dates::Grain};
use crate::pack::{self, Pack, schema::Check};
use crate::report::{Checked, Kind, PackReport, Severity};
use crate::waiver::{self, Scope};
use jiff::civil::Date;
use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

/// The rule pack in force where none is named.
pub const DEFAULT_PACK: &str = "ma-37p";
/// Instead of a pack's name: the statute of the document's time.
pub const AUTO: &str = "auto";
/// The statute that agreements were made under before the amendment took effect.
const OLDER_PACK: &str = "ma-37p-2018";
/// The first day of the law in force.
const AMENDED: Date = jiff::civil::date(2021, 7, 1);
/// The pack that is always in force.
pub const DOCUMENT_PACK: &str = "document";

/// What the command line says of how documents are checked.
#[derive(Debug, Default, Clone, clap::Args)]
pub struct ProjectArgs {
    /// Rule pack, by built-in name or YAML file; may repeat; auto: the statute of each document's time (default: ma-37p)
    #[arg(long, value_name = "NAME_OR_FILE", help_heading = "Checking")]
    pack: Vec<String>,

    /// What the documents are (default: auto)
    #[arg(long, value_enum, value_name = "KIND", help_heading = "Checking")]
    kind: Option<KindArg>,

    /// The day that dates are judged against (default: today)
    #[arg(long, value_name = "YYYY-MM-DD", help_heading = "Checking")]
    as_of: Option<Date>,

    /// First day of a federal award that the agreement must cover (pack us-cops)
    #[arg(long, value_name = "YYYY-MM-DD", requires = "award_end", help_heading = "Checking")]
    award_start: Option<Date>,

    /// Last day of the award
    #[arg(long, value_name = "YYYY-MM-DD", requires = "award_start", help_heading = "Checking")]
    award_end: Option<Date>,

    /// Name of what comes from standard input; its ending helps to tell the format
    #[arg(long, value_name = "NAME", default_value = "standard input", help_heading = "Checking")]
    pub stdin_filename: String,

    /// Configuration for all inputs (default: .sro-lint.yaml, found from each file upwards)
    #[arg(long, value_name = "FILE", help_heading = "Configuration")]
    config: Option<PathBuf>,

    /// Take no notice of configurations
    #[arg(long, conflicts_with = "config", help_heading = "Configuration")]
    no_config: bool,

    /// Leave out what the configuration excludes even where it is named, as hooks do
    #[arg(long, help_heading = "Configuration")]
    force_exclude: bool,
}

impl ProjectArgs {
    fn award(&self) -> miette::Result<Option<Term>> {
        let days = self.award_start.zip(self.award_end);
        let term = days.map(|(start, end)| Term::new(start, end)).transpose();
        term.map_err(|why| miette::miette!("the award's term is wrong: {why} (--award-start, --award-end)"))
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum KindArg {
    /// Found from the text
    Auto,
    /// Memorandum of understanding
    Mou,
    /// Operating procedures
    Op,
    /// Both in one file
    Combined,
}

impl KindArg {
    fn kind(self) -> Option<Kind> {
        match self {
            Self::Auto => None,
            Self::Mou => Some(Kind::Mou),
            Self::Op => Some(Kind::Op),
            Self::Combined => Some(Kind::Combined),
        }
    }
}

/// What a checked document says of its project.
#[derive(Debug)]
pub struct Done {
    /// The document.
    pub checked: Checked,
    /// Where it lies, absolute.
    pub place: PathBuf,
    /// Waivers of the configuration that are for this document, and whether each waives something in it.
    pub waivers: Vec<(usize, bool)>,
    /// What changed since the baseline.
    pub change: Change,
}

/// A configuration ready to check with.
pub struct Project {
    /// What is in force.
    pub settings: Settings,
    /// The day.
    pub as_of: Date,
    /// The baseline, if there is one.
    pub baseline: Option<Baseline>,
    checker: Checker,
    /// For documents made under the older statute, where the pack is left to the document's date.
    older: Option<Checker>,
    auto: bool,
    /// Codes of packs that are not in force; found when a waiver is first asked about, for it takes all packs.
    elsewhere: OnceLock<HashSet<String>>,
    names: Vec<String>,
    forced: Option<Kind>,
    award: Option<Term>,
}

impl Project {
    /// A project from what the command line and the configuration say.
    ///
    /// # Errors
    /// A pack or the baseline cannot be loaded.
    pub fn new(args: &ProjectArgs, baseline: Option<&Path>, settings: Settings) -> miette::Result<Self> {
        let configured = settings.packs.as_ref().map(|p| p.value.clone());
        let mut names = if args.pack.is_empty() { configured.unwrap_or_default() } else { args.pack.clone() };
        if names.is_empty() {
            names.push(DEFAULT_PACK.to_owned());
        }
        if !names.iter().any(|name| name == DOCUMENT_PACK) {
            names.push(DOCUMENT_PACK.to_owned());
        }
        let load = |auto: &str| {
            let names = names.iter().map(|name| if name == AUTO { auto } else { name });
            names.map(pack::load).collect::<miette::Result<Vec<_>>>()
        };
        let packs = load(DEFAULT_PACK)?;
        let older = if names.iter().any(|name| name == AUTO) { Some(load(OLDER_PACK)?) } else { None };
        let baseline = baseline.or(settings.baseline.as_ref().map(|b| b.value.as_path()));
        let as_of = args.as_of.unwrap_or_else(|| jiff::Zoned::now().date());
        let compared = packs.iter().flat_map(|p| p.findings()).any(|f| f.check == Check::AwardTerm);
        if args.award_start.is_some() && !compared {
            return Err(miette::miette!("no rule pack in force looks at an award: add --pack us-cops"));
        }
        let award = args.award()?.or(settings.award.as_ref().map(|a| a.value));
        let options = Options { kind: args.kind.and_then(KindArg::kind), as_of };
        Ok(Self {
            baseline: baseline.map(Baseline::load).transpose()?,
            checker: Checker::new(packs, options.clone()).with_award(award),
            older: older.map(|packs| Checker::new(packs, options).with_award(award)),
            award,
            auto: args.kind == Some(KindArg::Auto),
            settings,
            as_of,
            elsewhere: OnceLock::new(),
            forced: args.kind.and_then(KindArg::kind),
            names,
        })
    }

    /// The packs in force.
    pub fn packs(&self) -> &[Arc<Pack>] {
        self.checker.packs()
    }

    /// Everything but the files themselves that results depend on.
    ///
    /// # Errors
    /// A pack or a configuration is gone.
    pub fn salt(&self) -> miette::Result<Vec<u8>> {
        let packs = self.names.iter().map(|name| pack::written(name)).collect::<miette::Result<Vec<_>>>()?;
        let kind = self.forced.map_or("", Kind::name);
        let options = (packs, self.as_of.to_string(), kind, self.auto, self.award);
        let mut salt = serde_json::to_vec(&options).map_err(|e| miette::miette!("a rule pack: {e}"))?;
        for file in &self.settings.files {
            salt.extend(std::fs::read(file.as_path()).map_err(|e| miette::miette!("{}: {e}", file.display()))?);
        }
        Ok(salt)
    }

    /// The severity that fails, unless the command line says otherwise.
    pub fn fail_on(&self, args: Option<FailOn>) -> Option<Severity> {
        args.or(self.settings.fail_on.as_ref().map(|f| f.value)).unwrap_or(FailOn::Error).severity()
    }

    /// Checks a document: rules, then waivers, severities and the baseline.
    pub fn check(&self, mut document: Document, name: &str, place: &Path) -> Done {
        let checker = self.checker_for(&mut document);
        self.finish(checker.check_as(document, name, self.kind(place)), place)
    }

    /// Checks a document that is one of several of a submission.
    pub fn check_part(&self, mut document: Document, name: &str, place: &Path) -> (Done, Vec<Provision>) {
        let mut provisions = Vec::new();
        let checker = self.checker_for(&mut document);
        let checked = checker.check_part(document, name, self.kind(place), &mut |p| provisions.push(p));
        (self.finish(checked, place), provisions)
    }

    fn kind(&self, place: &Path) -> Option<Kind> {
        if self.auto { None } else { self.settings.kind(place) }
    }

    fn finish(&self, mut checked: Checked, place: &Path) -> Done {
        let own: Vec<(usize, &Stated<Waiver>)> =
            self.settings.waivers.iter().enumerate().filter(|(_, w)| w.value.paths.contain(place)).collect();
        let waivers: Vec<&Stated<Waiver>> = own.iter().map(|(_, w)| *w).collect();
        let scope = Scope { waivers: &waivers, as_of: self.as_of, elsewhere: &|code| self.is_elsewhere(code) };
        let applied = waiver::apply(&mut checked, scope);
        self.weigh(&mut checked);
        let change = self.baseline.as_ref().map(|b| b.mark(place, &mut checked)).unwrap_or_default();
        let waivers = own.iter().map(|(i, _)| *i).zip(applied.used).collect();
        Done { checked, place: place.to_owned(), waivers, change }
    }

    /// The checker for a document; where its date decides, a remark says so.
    fn checker_for(&self, document: &mut Document) -> &Checker {
        let Some(older) = &self.older else { return &self.checker };
        let (pack, remark) = statute(document, self.as_of);
        document.add_remark(remark);
        if pack == OLDER_PACK { older } else { &self.checker }
    }

    /// Gives findings the severities of the configuration.
    pub fn weigh(&self, checked: &mut Checked) {
        let entry = |code: &str| self.settings.severities.get(code).map(|s| s.value);
        checked.report.diagnostics.retain_mut(|diagnostic| {
            match entry(&diagnostic.code).map(SeverityEntry::severity) {
                Some(None) => false,
                Some(Some(severity)) => {
                    diagnostic.severity = severity;
                    true
                }
                None => true,
            }
        });
    }

    /// Whether this run does not judge a code that another pack has.
    pub fn is_elsewhere(&self, code: &str) -> bool {
        self.elsewhere.get_or_init(|| elsewhere(self.checker.packs())).contains(code)
    }
}

/// The pack with the statute of a document's time, and a sentence that says why.
pub fn statute(document: &Document, as_of: Date) -> (&'static str, String) {
    let dates = finding::dates::find(&document.text().to_lowercase());
    // A school year may stand in the name of a program or a form.
    let days = dates.iter().filter(|d| d.grain != Grain::SchoolYear && d.date <= as_of);
    match days.map(|d| d.date).max() {
        Some(date) if date < AMENDED => {
            (OLDER_PACK, format!("Judged by {OLDER_PACK}: the latest date in it is {date}, before {AMENDED}."))
        }
        Some(date) => (DEFAULT_PACK, format!("Judged by {DEFAULT_PACK}: the latest date in it is {date}.")),
        None => (DEFAULT_PACK, format!("Judged by {DEFAULT_PACK}: no date was found in it.")),
    }
}

/// Codes of the built-in packs that no pack in force has.
fn elsewhere(packs: &[Arc<Pack>]) -> HashSet<String> {
    let codes = |pack: &Pack| -> Vec<String> {
        let requirements = pack.requirements().iter().map(|r| &r.id);
        requirements.chain(pack.findings().iter().map(|f| &f.id)).cloned().collect()
    };
    let mut elsewhere = HashSet::new();
    for other in pack::BUILT_IN.iter().filter(|other| !packs.iter().any(|p| p.id() == other.name)) {
        // What is in the program compiles: a test sees to it.
        elsewhere.extend(pack::load(other.name).iter().flat_map(|pack| codes(pack)));
    }
    for code in packs.iter().flat_map(|pack| codes(pack)) {
        elsewhere.remove(&code);
    }
    elsewhere
}

/// The projects of a run.
pub struct Projects {
    /// Each with its configuration, none for where there is none.
    pub list: Vec<Project>,
    /// For each input its project and its place.
    pub of: Vec<(usize, PathBuf)>,
}

impl Projects {
    /// Finds the project of every input and takes what is excluded out of `found`.
    ///
    /// # Errors
    /// A configuration, a pack or the baseline is wrong.
    pub fn find(args: &ProjectArgs, baseline: Option<&Path>, found: &mut Found) -> miette::Result<Self> {
        Self::gather(args, found, |settings| Project::new(args, baseline, settings))
    }

    /// The same with this baseline or none, whatever configurations say: it may be about to be written.
    ///
    /// # Errors
    /// As above.
    pub fn find_for_baseline(args: &ProjectArgs, baseline: Option<&Path>, found: &mut Found) -> miette::Result<Self> {
        Self::gather(args, found, |mut settings| {
            settings.baseline = None;
            Project::new(args, baseline, settings)
        })
    }

    fn gather(
        args: &ProjectArgs,
        found: &mut Found,
        project: impl Fn(Settings) -> miette::Result<Project>,
    ) -> miette::Result<Self> {
        let (mut finder, mut files, mut list) = (Finder::default(), Vec::new(), Vec::new());
        let (mut of, mut kept) = (Vec::new(), Vec::new());
        for entry in std::mem::take(&mut found.entries) {
            let place = place(&entry, &args.stdin_filename);
            let file = file(args, &mut finder, &place);
            let index = match files.iter().position(|f| *f == file) {
                Some(index) => index,
                None => {
                    let settings = file.as_deref().map(config::load).transpose()?.unwrap_or_default();
                    list.push(project(settings)?);
                    files.push(file);
                    list.len() - 1
                }
            };
            let excluded = (!entry.named || args.force_exclude)
                && list.get(index).is_some_and(|p: &Project| p.settings.excludes(&place));
            if excluded {
                found.excluded.push(entry.path);
            } else {
                of.push((index, place));
                kept.push(entry);
            }
        }
        found.entries = kept;
        if list.is_empty() {
            list.push(project(Settings::default())?);
        }
        Ok(Self { list, of })
    }

    /// All packs, each once.
    pub fn packs(&self) -> Vec<PackReport> {
        let mut packs: Vec<PackReport> = Vec::new();
        for pack in
            self.list.iter().flat_map(|p| p.checker.packs().iter().chain(p.older.iter().flat_map(Checker::packs)))
        {
            let report = PackReport { id: pack.id().to_owned(), version: pack.version().to_owned() };
            if !packs.contains(&report) {
                packs.push(report);
            }
        }
        packs
    }
}

/// The configuration for a place, named so that messages are short.
fn file(args: &ProjectArgs, finder: &mut Finder, place: &Path) -> Option<PathBuf> {
    match (&args.config, args.no_config) {
        (Some(file), _) => Some(file.clone()),
        (None, true) => None,
        (None, false) => finder.of(place).map(|file| config::shorter(&file)),
    }
}

/// The configuration that holds for a path that may be a folder.
pub fn file_for(args: &ProjectArgs, path: &Path) -> Option<PathBuf> {
    let place = if path.is_dir() { absolute(path).join("any") } else { absolute(path) };
    file(args, &mut Finder::default(), &place)
}

fn place(entry: &Entry, stdin: &str) -> PathBuf {
    match entry.source {
        Source::Stdin => absolute(Path::new(stdin)),
        Source::File | Source::Member(..) | Source::Unusable(_) => absolute(&entry.path),
    }
}

/// An absolute path; links in its folders are followed, the file itself may be one.
pub fn absolute(path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    if path.is_dir() {
        return path.canonicalize().unwrap_or(path);
    }
    match (path.parent().and_then(|folder| folder.canonicalize().ok()), path.file_name()) {
        (Some(folder), Some(name)) => folder.join(name),
        _ => path,
    }
}
