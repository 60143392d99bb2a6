//! Finds files of a site by their names alone, as programs for notes do.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use feedwright_base::permalink::slashed;

use crate::folder::Folder;

/// No folder of notes has more folders in it, or deeper ones.
const MOST: usize = 5_000;
const DEEPEST: usize = 20;

/// The files of a site's folder by name. The folder is looked through when the first is asked for.
pub struct NamedFiles<'a> {
    root: &'a Folder,
    paths: OnceLock<HashMap<PathBuf, PathBuf>>,
}

impl<'a> NamedFiles<'a> {
    pub fn new(root: &'a Folder) -> Self {
        NamedFiles {
            root,
            paths: OnceLock::new(),
        }
    }

    /// The path of a file of this name, from the site's folder, for a text in the file at `from`; `None`
    /// where it lies beside that, or nowhere.
    pub fn find(&self, name: &str, from: &str) -> Option<String> {
        let beside = Path::new(from).with_file_name(name);
        if self.root.has_file(beside) {
            return None;
        }
        if name.contains('/') {
            return self.root.has_file(name).then(|| name.to_owned());
        }
        let paths = self.paths.get_or_init(|| self.all());
        paths.get(Path::new(name)).map(|path| slashed(path))
    }

    /// Of several files of one name, the one with the shortest path counts, and then the first.
    fn all(&self) -> HashMap<PathBuf, PathBuf> {
        let mut paths: HashMap<PathBuf, PathBuf> = HashMap::new();
        let mut folders = vec![(PathBuf::new(), 0)];
        let mut seen = 0;
        while let Some((folder, depth)) = folders.pop() {
            seen += 1;
            if seen > MOST || depth > DEEPEST {
                break;
            }
            for name in self.root.names(&folder) {
                let path = folder.join(&name);
                let is_hidden = name.to_string_lossy().starts_with('.');
                if is_hidden || name.as_os_str() == "node_modules" {
                    continue;
                }
                if path.extension().is_none() && self.root.has_folder(&path) {
                    folders.push((path, depth + 1));
                    continue;
                }
                let rank = |path: &Path| (path.components().count(), path.to_path_buf());
                let known = paths.entry(name).or_insert_with(|| path.clone());
                if rank(&path) < rank(known) {
                    *known = path;
                }
            }
        }
        paths
    }
}
