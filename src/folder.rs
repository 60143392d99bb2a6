//! A site's folder, and what was asked of it.
//!
//! Whatever a run takes from the site's folder it asks for here or in `source`, and both write
//! down which paths it looked at: those that are there and those that are not. As long as none of
//! these is another one, no run can come to anything else.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

/// A site's folder.
#[derive(Debug)]
pub(crate) struct Folder {
    path: PathBuf,
    opened: SystemTime,
    asked: Mutex<Vec<PathBuf>>,
    found: Mutex<Vec<PathBuf>>,
    leftovers: Mutex<Vec<PathBuf>>,
}

impl Folder {
    pub(crate) fn new(path: &Path) -> Self {
        Folder {
            path: path.to_path_buf(),
            opened: SystemTime::now(),
            asked: Mutex::default(),
            found: Mutex::default(),
            leftovers: Mutex::default(),
        }
    }

    /// The folder itself. Whoever goes on from here on his own writes down what he looks at, by
    /// [`Folder::ask`].
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// When the first question may have been asked.
    pub(crate) fn opened(&self) -> SystemTime {
        self.opened
    }

    /// Where a path of the site is, which is written down.
    pub(crate) fn ask(&self, inner: impl AsRef<Path>) -> PathBuf {
        lock(&self.asked).push(inner.as_ref().to_path_buf());
        self.path.join(inner)
    }

    /// Writes down all paths of a list.
    pub(crate) fn ask_all<'a>(&self, inner: impl Iterator<Item = &'a Path>) {
        lock(&self.asked).extend(inner.map(Path::to_path_buf));
    }

    /// Writes down the files that were found to be posts, perhaps: each is read for its own sake.
    pub(crate) fn find_all<'a>(&self, inner: impl Iterator<Item = &'a Path>) {
        lock(&self.found).extend(inner.map(Path::to_path_buf));
    }

    /// Writes down a temporary file that a run of ours left among the posts when it was killed.
    pub(crate) fn note_leftover(&self, inner: &Path) {
        lock(&self.leftovers).push(self.path.join(inner));
    }

    /// The temporary files that earlier runs left.
    pub(crate) fn leftovers(&self) -> Vec<PathBuf> {
        lock(&self.leftovers).clone()
    }

    /// Whether a file is there.
    pub(crate) fn has_file(&self, inner: impl AsRef<Path>) -> bool {
        self.ask(inner).is_file()
    }

    /// Whether a folder is there.
    pub(crate) fn has_folder(&self, inner: impl AsRef<Path>) -> bool {
        self.ask(inner).is_dir()
    }

    /// The size of a file in bytes; `None` where there is none.
    pub(crate) fn size(&self, inner: impl AsRef<Path>) -> Option<u64> {
        let meta = self.ask(inner).metadata().ok()?;
        meta.is_file().then_some(meta.len())
    }

    /// The names of what lies in a folder, in any order; none where there is no such folder.
    pub(crate) fn names(&self, inner: impl AsRef<Path>) -> Vec<PathBuf> {
        let Ok(entries) = fs::read_dir(self.ask(inner)) else {
            return Vec::new();
        };
        let names = entries.flatten().map(|entry| entry.file_name().into());
        names.collect()
    }

    /// All paths that were asked for so far by name, each once, relative to the folder where they
    /// lie in it.
    pub(crate) fn all_asked(&self) -> BTreeSet<PathBuf> {
        lock(&self.asked).iter().cloned().collect()
    }

    /// All files that were found so far, and not by name.
    pub(crate) fn all_found(&self) -> Vec<PathBuf> {
        lock(&self.found).clone()
    }
}

/// Locks what is never left half done: a panic elsewhere does not make it wrong.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
