//! A site's folder, and what was asked of it.
//!
//! Whatever a run takes from the site's folder it asks for here or in `source`, and both write
//! down which paths it looked at: those that are there and those that are not. As long as none of
//! these is another one, no run can come to anything else.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::SystemTime;

use feedwright_base::sync::lock;

use crate::records::Records;

/// Where a folder ends, whatever links in it say. Nothing outside is looked at, not even whether it
/// is there: whoever may add links to the folder would be told.
#[derive(Debug, Clone)]
pub struct Edge {
    /// The folder as it was named.
    named: PathBuf,
    /// The folder without links; `None` where there is none.
    real: Option<PathBuf>,
}

/// What is at a path of a folder.
#[derive(Debug)]
pub enum Found {
    /// Something in the folder; its path has no links in it.
    Inside(PathBuf),
    /// A link that leads out of the folder.
    Outside,
    /// Nothing.
    Absent,
}

impl Edge {
    pub fn of(folder: &Path) -> Self {
        Edge {
            named: folder.to_path_buf(),
            real: folder.canonicalize().ok(),
        }
    }

    /// What is at a path, which begins with the folder's own.
    ///
    /// # Errors
    ///
    /// What cannot be looked at.
    pub fn find(&self, path: &Path) -> io::Result<Found> {
        use ErrorKind::{InvalidFilename, NotADirectory, NotFound};

        /// As many links as Linux follows.
        const MOST: usize = 40;
        let Some(edge) = &self.real else {
            return Ok(Found::Absent);
        };
        let inner = path.strip_prefix(edge).or(path.strip_prefix(&self.named));
        let Ok(inner) = inner else {
            return Ok(Found::Outside);
        };
        let mut real = edge.clone();
        let mut ahead: Vec<OsString> = parts(inner);
        let (mut links, mut is_there) = (0, true);
        while let Some(part) = ahead.pop() {
            match Path::new(&part).components().next() {
                Some(Component::CurDir) | None => continue,
                Some(Component::ParentDir) => {
                    real.pop();
                }
                Some(_) => real.push(&part),
            }
            // Who climbs above the folder may come back to it, and must not turn aside.
            if !(real.starts_with(edge) || edge.starts_with(&real)) {
                return Ok(Found::Outside);
            }
            match real.symlink_metadata() {
                Ok(meta) if meta.is_symlink() => {
                    links += 1;
                    if links > MOST {
                        return Ok(Found::Absent);
                    }
                    let target = real.read_link()?;
                    real.pop();
                    ahead.extend(parts(&target));
                }
                Ok(_) => {}
                Err(error)
                    if matches!(error.kind(), NotFound | NotADirectory | InvalidFilename) =>
                {
                    is_there = false;
                }
                Err(error) => return Err(error),
            }
        }
        Ok(match real.starts_with(edge) {
            true if is_there => Found::Inside(real),
            true => Found::Absent,
            false => Found::Outside,
        })
    }

    /// What is there inside; `None` also for what cannot be looked at.
    pub fn inside(&self, path: &Path) -> Option<PathBuf> {
        match self.find(path) {
            Ok(Found::Inside(real)) => Some(real),
            _ => None,
        }
    }
}

/// The parts of a path, the last one first.
fn parts(path: &Path) -> Vec<OsString> {
    let parts = path.components().rev();
    parts.map(|part| part.as_os_str().to_owned()).collect()
}

/// A site's folder.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
    edge: Edge,
    opened: SystemTime,
    asked: Mutex<Vec<PathBuf>>,
    found: Mutex<Vec<PathBuf>>,
    leftovers: Mutex<Vec<PathBuf>>,
    records: Mutex<Arc<Records>>,
}

impl Folder {
    pub fn new(path: &Path) -> Self {
        Folder {
            path: path.to_path_buf(),
            edge: Edge::of(path),
            opened: SystemTime::now(),
            asked: Mutex::default(),
            found: Mutex::default(),
            leftovers: Mutex::default(),
            records: Mutex::default(),
        }
    }

    /// The folder itself. Whoever goes on from here on his own writes down what he looks at, by
    /// [`Folder::ask`].
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Where it ends.
    pub fn edge(&self) -> &Edge {
        &self.edge
    }

    /// When the first question may have been asked.
    pub fn opened(&self) -> SystemTime {
        self.opened
    }

    /// Where a path of the site is, which is written down.
    pub fn ask(&self, inner: impl AsRef<Path>) -> PathBuf {
        lock(&self.asked).push(inner.as_ref().to_path_buf());
        self.path.join(inner)
    }

    /// Writes down all paths of a list.
    pub fn ask_all<'a>(&self, inner: impl Iterator<Item = &'a Path>) {
        lock(&self.asked).extend(inner.map(Path::to_path_buf));
    }

    /// Writes down the files that were found to be posts, perhaps: each is read for its own sake.
    pub fn find_all<'a>(&self, inner: impl Iterator<Item = &'a Path>) {
        lock(&self.found).extend(inner.map(Path::to_path_buf));
    }

    /// Writes down where the posts stand that are records.
    pub fn set_records(&self, records: Records) {
        *lock(&self.records) = Arc::new(records);
    }

    /// Where the posts stand that are records.
    pub fn records(&self) -> Arc<Records> {
        Arc::clone(&lock(&self.records))
    }

    /// Writes down a temporary file that a run of ours left among the posts when it was killed.
    pub fn note_leftover(&self, inner: &Path) {
        lock(&self.leftovers).push(self.path.join(inner));
    }

    /// The temporary files that earlier runs left.
    pub fn leftovers(&self) -> Vec<PathBuf> {
        lock(&self.leftovers).clone()
    }

    /// What is at a path of the site, which is written down.
    ///
    /// # Errors
    ///
    /// What cannot be looked at.
    pub fn find(&self, inner: impl AsRef<Path>) -> io::Result<Found> {
        self.edge.find(&self.ask(inner))
    }

    /// What is there inside the site; `None` also for what cannot be looked at.
    pub fn inside(&self, inner: impl AsRef<Path>) -> Option<PathBuf> {
        self.edge.inside(&self.ask(inner))
    }

    /// Whether a file is there.
    pub fn has_file(&self, inner: impl AsRef<Path>) -> bool {
        self.inside(inner).is_some_and(|real| real.is_file())
    }

    /// Whether a folder is there.
    pub fn has_folder(&self, inner: impl AsRef<Path>) -> bool {
        self.inside(inner).is_some_and(|real| real.is_dir())
    }

    /// The size of a file in bytes; `None` where there is none.
    pub fn size(&self, inner: impl AsRef<Path>) -> Option<u64> {
        let meta = self.inside(inner)?.metadata().ok()?;
        meta.is_file().then_some(meta.len())
    }

    /// The names of what lies in a folder, in any order; none where there is no such folder.
    pub fn names(&self, inner: impl AsRef<Path>) -> Vec<PathBuf> {
        let entries = self.inside(inner).and_then(|real| fs::read_dir(real).ok());
        let names = entries.into_iter().flatten().flatten();
        names.map(|entry| entry.file_name().into()).collect()
    }

    /// All paths that were asked for so far by name, each once, relative to the folder where they
    /// lie in it.
    pub fn all_asked(&self) -> BTreeSet<PathBuf> {
        lock(&self.asked).iter().cloned().collect()
    }

    /// All files that were found so far, and not by name.
    pub fn all_found(&self) -> Vec<PathBuf> {
        lock(&self.found).clone()
    }
}
