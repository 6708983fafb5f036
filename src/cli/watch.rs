//! What only shows when a run is over: waivers of the configuration that lapsed or waived nothing in any document,
//! and what the baseline has of documents that are gone.

use super::project::{Done, Project, Projects, absolute};
use super::say;
use crate::baseline::Recorded;
use crate::config::{Stated, Waiver};
use crate::render::safe;
use crate::report::Checked;
use crate::waiver::{Fault, of_configuration};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// Most findings that are named one by one as gone.
const NAMED: usize = 20;

/// What was seen in a run.
pub struct Watch<'a> {
    projects: &'a Projects,
    /// The folders that were checked, absolute.
    folders: Vec<PathBuf>,
    /// For each project and waiver: whether it met its document, and whether it waived something.
    waivers: Vec<Vec<(bool, bool)>>,
    gone: Vec<(String, Recorded)>,
}

impl<'a> Watch<'a> {
    /// For a run over these inputs.
    pub fn new(projects: &'a Projects, inputs: &[PathBuf]) -> Self {
        let folders = inputs.iter().filter(|p| p.is_dir()).map(|p| absolute(p)).collect();
        let waivers = projects.list.iter().map(|p| vec![(false, false); p.settings.waivers.len()]).collect();
        Self { projects, folders, waivers, gone: Vec::new() }
    }

    /// A document was checked.
    pub fn see(&mut self, project: usize, done: &Done) {
        for (waiver, used) in &done.waivers {
            if let Some(seen) = self.waivers[project].get_mut(*waiver) {
                *seen = (true, seen.1 | used);
            }
        }
        let path = &done.checked.report.path;
        self.gone.extend(done.change.gone.iter().map(|recorded| (path.clone(), recorded.clone())));
    }

    /// Findings about the waivers of configurations, each configuration as a report of its own.
    pub fn finish(&self) -> Vec<(usize, Checked)> {
        let mut reports = Vec::new();
        for (at, project) in self.projects.list.iter().enumerate() {
            let mut files: BTreeMap<&PathBuf, Vec<(&Stated<Waiver>, Fault)>> = BTreeMap::new();
            for (waiver, seen) in project.settings.waivers.iter().zip(&self.waivers[at]) {
                let fault = self.fault(project, waiver, *seen);
                files.entry(&waiver.at.file).or_default().extend(fault.map(|f| (waiver, f)));
            }
            for (file, faults) in files.into_iter().filter(|(_, faults)| !faults.is_empty()) {
                // A configuration that was read a moment ago and is gone now has no waivers to be told of.
                let Ok(mut checked) = of_configuration(file, &faults) else { continue };
                project.weigh(&mut checked);
                reports.push((at, checked));
            }
        }
        reports
    }

    fn fault(&self, project: &Project, waiver: &Stated<Waiver>, (met, used): (bool, bool)) -> Option<Fault> {
        let value = &waiver.value;
        // A pattern is only done with when the whole folder that it is for was checked.
        let whole = || self.folders.iter().any(|folder| value.paths.folder().starts_with(folder));
        let seen = if value.paths.glob.is_literal() { met || whole() } else { whole() };
        match value.until.filter(|day| *day < project.as_of) {
            Some(day) if met || seen => Some(Fault::Lapsed(value.code.clone(), day)),
            None if seen && !used && !project.is_elsewhere(&value.code) => {
                Some(Fault::Unused(value.code.clone(), None))
            }
            _ => None,
        }
    }

    /// Tells what the baseline has and the documents have not.
    pub fn tell(&self) {
        for (path, recorded) in self.gone.iter().take(NAMED) {
            let section = recorded.section.as_deref().map(|s| format!(" in {}", safe::line(s))).unwrap_or_default();
            let words = recorded.words.as_deref().map(|w| format!(" (“{}”)", safe::line(w))).unwrap_or_default();
            say::note(&format!("in the baseline and gone: {path}: {}{section}{words}", safe::line(&recorded.code)));
        }
        let mut gone = self.gone.len();
        for project in &self.projects.list {
            let absent = project.baseline.iter().flat_map(|b| b.documents().filter(|(name, _)| !b.is_present(name)));
            for (name, recorded) in absent {
                gone += recorded.len();
                say::note(&format!("in the baseline and gone: the document {name}"));
            }
        }
        if gone > 0 {
            say::note(&format!("{gone} recorded and gone; `sro-lint baseline --prune` takes them out of the baseline"));
        }
    }
}
