//! Which configuration holds for a file: the nearest one in its folder and the folders above.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

/// The name of a configuration.
pub const FILE_NAME: &str = ".sro-lint.yaml";

/// Finds configurations, each folder looked into once.
#[derive(Debug, Default)]
pub struct Finder {
    folders: HashMap<PathBuf, Option<PathBuf>>,
}

impl Finder {
    /// The configuration for an absolute path of a file.
    pub fn of(&mut self, path: &Path) -> Option<PathBuf> {
        let mut walked = Vec::new();
        let mut found = None;
        for folder in path.ancestors().skip(1) {
            if let Some(known) = self.folders.get(folder) {
                found.clone_from(known);
                break;
            }
            walked.push(folder.to_owned());
            let candidate = folder.join(FILE_NAME);
            if candidate.is_file() {
                found = Some(candidate);
                break;
            }
        }
        for folder in walked {
            self.folders.insert(folder, found.clone());
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn the_nearest_configuration_holds() {
        let dir = tempfile::tempdir().unwrap();
        let at = |name: &str| dir.path().join(name);
        fs::create_dir_all(at("a/b/c")).unwrap();
        fs::create_dir_all(at("d")).unwrap();
        fs::write(at(FILE_NAME), "").unwrap();
        fs::write(at("a/b").join(FILE_NAME), "").unwrap();
        let mut finder = Finder::default();
        assert_eq!(finder.of(&at("a/b/c/mou.md")), Some(at("a/b").join(FILE_NAME)));
        assert_eq!(finder.of(&at("a/mou.md")), Some(at(FILE_NAME)));
        assert_eq!(finder.of(&at("d/mou.md")), Some(at(FILE_NAME)));
    }
}
