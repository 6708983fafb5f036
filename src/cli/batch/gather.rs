//! Reads the files of a batch, from the cache where nothing changed, and unites them by district.

use super::Args;
use crate::batch::cache::Cache;
use crate::batch::model::{BatchReport, Column, FileReport, SubmissionReport, Unread};
use crate::batch::roster::Roster;
use crate::batch::submission::{self, File, Submission};
use crate::batch::{judge, part};
use crate::cli::input::Reader;
use crate::cli::project::{Project, absolute, file_for};
use crate::cli::walk::{self, Entry, Source};
use crate::cli::{pipeline, say};
use crate::config;
use crate::report::{InputError, PackReport};
use indicatif::{ProgressBar, ProgressStyle};
use std::io;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

/// What the progress bar shows.
const BAR: &str = "{bar:30} {pos}/{len} files, {eta} left  {wide_msg}";

/// Reads batches with one project.
pub struct Gatherer<'a> {
    args: &'a Args,
    roster: Option<&'a Roster>,
    /// What is in force for all files.
    pub project: Project,
    columns: Vec<Column>,
    reader: Reader,
    cache: Option<Cache>,
    cached: AtomicUsize,
}

impl<'a> Gatherer<'a> {
    /// With the configuration that holds for the folder.
    pub fn new(args: &'a Args, roster: Option<&'a Roster>) -> miette::Result<Self> {
        if !args.folder.is_dir() {
            return Err(miette::miette!("{}: there is no folder of this name", args.folder.display()));
        }
        let file = file_for(&args.project, &args.folder);
        let settings = file.as_deref().map(config::load).transpose()?.unwrap_or_default();
        let project = Project::new(&args.project, None, settings)?;
        let folder = args.cache_dir.clone().or_else(Cache::usual_folder).filter(|_| !args.no_cache);
        let mut salt = project.salt()?;
        salt.push(u8::from(args.ocr));
        Ok(Self {
            columns: part::columns(project.packs()),
            cache: folder.map(|folder| Cache::new(folder, &salt)),
            reader: Reader::new(args.project.stdin_filename.clone()).with_ocr(args.ocr),
            cached: AtomicUsize::new(0),
            args,
            roster,
            project,
        })
    }

    /// A report without submissions.
    pub fn report(&self) -> BatchReport {
        let pack =
            |p: &std::sync::Arc<crate::pack::Pack>| PackReport { id: p.id().into(), version: p.version().into() };
        let packs: Vec<PackReport> = self.project.packs().iter().map(pack).collect();
        BatchReport::new(&packs, self.columns.clone())
    }

    /// The day of the review in words.
    pub fn date(&self) -> String {
        self.project.as_of.strftime("%B %-d, %Y").to_string()
    }

    /// Reads a folder; `see` gets every submission in order as soon as it is done.
    pub fn gather(
        &self,
        folder: &Path,
        manifest: Option<&Path>,
        mut see: impl FnMut(&SubmissionReport) -> io::Result<()>,
    ) -> miette::Result<Vec<SubmissionReport>> {
        let entries = self.entries(folder);
        let below = |e: &Entry| e.path.strip_prefix(folder).unwrap_or(&e.path).to_owned();
        let file = |e: &Entry| File { path: below(e), packed: matches!(e.source, Source::Member(..)) };
        let files: Vec<File> = entries.iter().map(file).collect();
        let groups = match manifest {
            None => submission::group(&files, self.roster),
            Some(manifest) => {
                let (groups, rest) = submission::by_manifest(manifest, &files, self.roster)?;
                for at in rest {
                    say::note(&format!("not in the manifest, and left out: {}", entries[at].path.display()));
                }
                groups
            }
        };
        if groups.is_empty() {
            return Err(miette::miette!("{}: there is no document in this folder", folder.display()));
        }
        let items: Vec<&Entry> = groups.iter().flat_map(|g| &g.files).map(|at| &entries[*at]).collect();
        let bar = ProgressBar::new(items.len() as u64);
        bar.set_style(ProgressStyle::with_template(BAR).unwrap_or_else(|_| ProgressStyle::default_bar()));
        let mut line = Line { columns: &self.columns, groups: groups.into_iter(), now: None, done: Vec::new() };
        let mut tell = |done: &SubmissionReport| bar.suspend(|| see(done));
        let take = |result: Result<FileReport, InputError>| {
            bar.inc(1);
            line.take(result, &mut tell)
        };
        pipeline::run(self.args.jobs, &items, |entry| self.file(entry), take).map_err(say::write_error)?;
        line.finish(&mut tell).map_err(say::write_error)?;
        bar.finish_and_clear();
        if self.args.resume {
            let cached = self.cached.load(Ordering::Relaxed);
            say::note(&format!("{cached} of {} files were done in an earlier run", items.len()));
        }
        Ok(line.done)
    }

    fn entries(&self, folder: &Path) -> Vec<Entry> {
        let mut found = walk::find(&[folder.to_owned()], self.args.output.as_deref());
        let kept = |path: &Path| !super::is_own(self.args, path) && !self.project.settings.excludes(&absolute(path));
        found.entries.retain(|entry| entry.path != folder && kept(&entry.path));
        if self.args.verbose {
            found.left_out.iter().for_each(|path| say::note(&format!("left out: {}", path.display())));
        }
        found.entries
    }

    fn file(&self, entry: &Entry) -> Result<FileReport, InputError> {
        self.reader.with_bytes(entry, |bytes, name| {
            let place = absolute(&entry.path);
            // What a configuration says may depend on the place of a file; else only the ending of its name counts.
            let known_by = match self.project.settings.files.is_empty() {
                true => name.rsplit_once('.').map_or("", |(_, ending)| ending).to_owned(),
                false => place.display().to_string(),
            };
            let key = self.cache.as_ref().map(|cache| (cache, cache.key(bytes, &known_by)));
            if let Some(report) = key.as_ref().and_then(|(cache, key)| cache.get(key)) {
                self.cached.fetch_add(1, Ordering::Relaxed);
                return Ok(FileReport { path: name.to_owned(), ..report });
            }
            let document = self.reader.document(name, bytes).map_err(|e| e.to_string())?;
            let (done, provisions) = self.project.check_part(document, name, &place);
            let report = part::file_report(&done.checked, provisions);
            if let Some((cache, key)) = key {
                cache.put(&key, &report);
            }
            Ok(report)
        })
    }
}

/// Puts the files, which come in order, into their submissions.
struct Line<'a> {
    columns: &'a [Column],
    groups: std::vec::IntoIter<Submission>,
    now: Option<(Submission, Vec<FileReport>, Vec<Unread>)>,
    done: Vec<SubmissionReport>,
}

impl Line<'_> {
    fn take(
        &mut self,
        result: Result<FileReport, InputError>,
        see: &mut dyn FnMut(&SubmissionReport) -> io::Result<()>,
    ) -> io::Result<()> {
        while self.now.is_none() {
            let Some(group) = self.groups.next() else { return Ok(()) };
            self.now = Some((group, Vec::new(), Vec::new()));
            self.close(see)?;
        }
        if let Some((_, documents, errors)) = &mut self.now {
            match result {
                Ok(report) => documents.push(report),
                Err(error) => errors.push(error.into()),
            }
        }
        self.close(see)
    }

    /// Unites the submission at hand if all its files are there.
    fn close(&mut self, see: &mut dyn FnMut(&SubmissionReport) -> io::Result<()>) -> io::Result<()> {
        let whole = |(group, documents, errors): &mut (Submission, Vec<FileReport>, Vec<Unread>)| {
            documents.len() + errors.len() == group.files.len()
        };
        if let Some((group, documents, errors)) = self.now.take_if(whole) {
            let report = judge::unite(self.columns, group.code, group.district, documents, errors);
            see(&report)?;
            self.done.push(report);
        }
        Ok(())
    }

    /// The submissions without files that come after the last file.
    fn finish(&mut self, see: &mut dyn FnMut(&SubmissionReport) -> io::Result<()>) -> io::Result<()> {
        while let Some(group) = self.groups.next() {
            self.now = Some((group, Vec::new(), Vec::new()));
            self.close(see)?;
        }
        Ok(())
    }
}
