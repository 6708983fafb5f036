//! `sro-lint lsp`: findings while an agreement is written.

use super::project::{Project, ProjectArgs, absolute, file_for};
use super::{CLEAN, guard, say};
use crate::config;
use crate::lsp::{self, Check};
use crate::reader::{self, Limits, Source};
use crate::report::Checked;
use std::cell::RefCell;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;

/// How to check.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    project: ProjectArgs,
}

/// Serves an editor over standard input and output until it says goodbye.
pub fn run(args: &Args) -> miette::Result<u8> {
    let projects = Workspace { args: &args.project, projects: RefCell::default() };
    lsp::serve(&projects).map_err(|e| miette::miette!("the conversation with the editor broke off: {e}"))?;
    Ok(CLEAN)
}

/// A project, or why there is none.
type Loaded = Result<Rc<Project>, String>;

/// Projects by configuration. They are read once: an editor starts the server anew when they change.
struct Workspace<'a> {
    args: &'a ProjectArgs,
    projects: RefCell<HashMap<Option<PathBuf>, Loaded>>,
}

impl Workspace<'_> {
    fn project(&self, path: &Path) -> Loaded {
        let file = file_for(self.args, path);
        let make = || {
            let settings = file.as_deref().map(config::load).transpose()?.unwrap_or_default();
            Project::new(self.args, None, settings)
        };
        let mut projects = self.projects.borrow_mut();
        let project = projects.entry(file.clone());
        project.or_insert_with(|| make().map(Rc::new).map_err(|report| say::one_line(&report))).clone()
    }
}

impl Check for Workspace<'_> {
    fn check(&self, path: &Path, text: &str) -> Result<Checked, String> {
        let project = self.project(path)?;
        let name = path.display().to_string();
        let source = Source { name: &name, bytes: text.as_bytes() };
        let checked = guard::guarded(|| {
            let document = reader::read(source, &Limits::default()).map_err(|e| e.to_string())?;
            Ok(project.check(document, &name, &absolute(path)).checked)
        });
        checked.unwrap_or_else(|panic| Err(format!("sro-lint itself failed ({panic}): please report it.")))
    }

    fn explain(&self, path: &Path, code: &str) -> Option<String> {
        let project = self.project(path).ok()?;
        let mut packs = project.packs().iter();
        packs.find_map(|pack| explanation(pack, code))
    }
}

fn explanation(pack: &Arc<crate::pack::Pack>, code: &str) -> Option<String> {
    let requirement = pack.requirements().iter().find(|r| r.id == code).map(|r| r.explain.clone());
    requirement.or_else(|| pack.findings().iter().find(|f| f.id == code).map(|f| f.explain.clone()))
}
