//! Identity of a file or folder: size, times, device and inode. Equal stamps mean that nothing changed.

use std::collections::HashMap;
use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use feedwright_base::reading;
use serde::{Deserialize, Serialize};

/// How coarse the clocks of file systems may be: FAT counts in steps of two seconds. A file that
/// was written within that time of being read may have been written once more, with the same time.
const TICK: Duration = Duration::from_secs(2);

/// What was found at a path.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Was {
    /// Nothing, or nothing that may be looked at.
    Absent,
    /// A file or folder with this stamp; of a folder, also what lay in it.
    Stamped(Stamp, Option<Content>),
    /// One that had been touched too short a time before: only what is in it tells, and where it
    /// really is.
    Fresh(Content, Real),
}

/// A hash of the bytes of a file, or of the names and kinds of what lies in a folder.
pub(super) type Content = [u8; blake3::OUT_LEN];

/// A hash of where something really is, if links lead there.
pub(super) type Real = Option<[u8; blake3::OUT_LEN]>;

/// What is at a path now, compared with what was there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Now {
    /// The same, to all that can be told without reading it.
    Same,
    /// The same in another stamp.
    Touched(Was),
    /// Something else, with its stamp, or nothing.
    Other(Option<Stamp>),
}

/// Where paths of a folder really are, whatever links they go through.
pub(super) struct Places {
    root: PathBuf,
    /// Folders that lie somewhere else than their names say. Most have none.
    moved: HashMap<PathBuf, PathBuf>,
}

impl Places {
    /// Follows the links among the folders of all these paths, each folder once.
    pub(super) fn of<'a>(root: &Path, paths: impl Iterator<Item = &'a Path>) -> Places {
        let mut places = Places {
            root: root.to_path_buf(),
            moved: HashMap::new(),
        };
        let mut known: HashMap<&Path, bool> = HashMap::new();
        for path in paths {
            if let Some(folder) = path.parent() {
                places.follow(folder, &mut known);
            }
        }
        places
    }

    /// Whether a folder, or one above it, is a link. Those that are get their real places.
    fn follow<'a>(&mut self, folder: &'a Path, known: &mut HashMap<&'a Path, bool>) -> bool {
        if let Some(&is_moved) = known.get(folder) {
            return is_moved;
        }
        let Some(above) = folder.parent() else {
            return false;
        };
        let path = self.root.join(folder);
        let is_up = folder.components().next_back() == Some(Component::ParentDir);
        let is_moved = self.follow(above, known) || is_up || path.is_symlink();
        if is_moved && let Ok(real) = path.canonicalize() {
            self.moved.insert(folder.to_path_buf(), real);
        }
        known.insert(folder, is_moved);
        is_moved
    }

    /// The path of a file or folder from the root.
    pub(super) fn path(&self, inner: impl AsRef<Path>) -> PathBuf {
        self.root.join(inner)
    }

    /// Where what is at a path really is.
    pub(super) fn real(&self, inner: &Path) -> Real {
        self.stamp(inner)?.real
    }

    /// The stamp of what is at a path; `None` where nothing is, or nobody may look.
    pub(super) fn stamp(&self, inner: &Path) -> Option<Stamp> {
        let path = self.root.join(inner);
        let meta = fs::symlink_metadata(&path).ok()?;
        if meta.is_symlink() {
            let real = path.canonicalize().ok()?;
            return Stamp::of(&fs::metadata(&real).ok()?, Some(&real));
        }
        let moved = inner.parent().and_then(|folder| self.moved.get(folder));
        let real = moved
            .zip(inner.file_name())
            .map(|(folder, name)| folder.join(name));
        Stamp::of(&meta, real.as_deref())
    }
}

impl Was {
    /// What is at a path, for a run that began at `start`; `None` where it may have changed since.
    /// Folders are known by what lies in them, too: editors and version control touch those whose
    /// files they replace.
    pub(super) fn of(path: &Path, places: &Places, start: SystemTime) -> Option<Was> {
        let Some(stamp) = places.stamp(path) else {
            return Some(Was::Absent);
        };
        if stamp.is_fresh(start) {
            return None;
        }
        let listed = if stamp.is_folder {
            content(&places.path(path), stamp).ok()
        } else {
            None
        };
        Some(Was::Stamped(stamp, listed))
    }

    /// That with this stamp and content.
    pub(super) fn known(stamp: Stamp, content: Content, start: SystemTime) -> Was {
        if stamp.is_fresh(start) {
            Was::Fresh(content, stamp.real)
        } else {
            Was::Stamped(stamp, stamp.is_folder.then_some(content))
        }
    }

    /// Compares it with what is there for a run that began at `start`.
    pub(super) fn now(&self, path: &Path, places: &Places, start: SystemTime) -> Now {
        let stamp = places.stamp(path);
        let before = match (self, stamp) {
            (Was::Absent, None) => return Now::Same,
            (Was::Stamped(before, _), Some(stamp)) if *before == stamp => return Now::Same,
            (Was::Stamped(_, Some(content)) | Was::Fresh(content, _), Some(stamp))
                if self.is_where(stamp) =>
            {
                content
            }
            _ => return Now::Other(stamp),
        };
        // The stamp is older than the look at the content: what comes later changes it.
        match stamp.map(|stamp| (stamp, content(&places.path(path), stamp))) {
            Some((stamp, Ok(now))) if now == *before => match Was::known(stamp, now, start) {
                was if was == *self => Now::Same,
                was => Now::Touched(was),
            },
            _ => Now::Other(stamp),
        }
    }

    /// Whether it was where this stamp says: a link that leads elsewhere now is another question
    /// than a file with another text.
    pub(super) fn is_where(&self, stamp: Stamp) -> bool {
        match self {
            Was::Stamped(Stamp { real, .. }, _) | Was::Fresh(_, real) => *real == stamp.real,
            Was::Absent => false,
        }
    }
}

/// The content of a file or folder.
pub(super) fn content(path: &Path, stamp: Stamp) -> io::Result<Content> {
    if !stamp.is_folder {
        // A pipe would be waited for.
        if !path.is_file() {
            return Err(io::ErrorKind::Unsupported.into());
        }
        let mut hasher = blake3::Hasher::new();
        hasher.update_reader(reading::open(path, reading::LARGEST)?)?;
        return Ok(*hasher.finalize().as_bytes());
    }
    let mut names: Vec<(OsString, u8)> = fs::read_dir(path)?
        .map(|entry| {
            let entry = entry?;
            let kind = entry.file_type()?;
            let kind = u8::from(kind.is_dir()) + 2 * u8::from(kind.is_symlink());
            Ok((entry.file_name(), kind))
        })
        .collect::<io::Result<_>>()?;
    names.sort_unstable();
    let mut hasher = blake3::Hasher::new();
    for (name, kind) in &names {
        hasher.update(name.as_encoded_bytes());
        // No name has a zero in it.
        hasher.update(&[0, *kind]);
    }
    Ok(*hasher.finalize().as_bytes())
}

/// What the file system says of a file or folder. Times are nanoseconds since the epoch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Stamp {
    is_folder: bool,
    size: u64,
    modified: u64,
    /// When anything was last done to it, its times set back included; 0 where nobody tells.
    changed: u64,
    /// Where it lies on the disk, where somebody tells.
    place: (u64, u64),
    real: Real,
}

impl Stamp {
    fn of(meta: &fs::Metadata, real: Option<&Path>) -> Option<Stamp> {
        let (changed, place) = changed(meta);
        Some(Stamp {
            is_folder: meta.is_dir(),
            size: meta.len(),
            modified: nanoseconds(meta.modified().ok()?),
            changed,
            place,
            real: real.map(|real| *blake3::hash(real.as_os_str().as_encoded_bytes()).as_bytes()),
        })
    }

    /// Whether it may have become another file since a run began, and still look the same.
    pub(super) fn is_fresh(self, start: SystemTime) -> bool {
        self.changed > nanoseconds(start) || self.modified >= nanoseconds(start - TICK)
    }
}

#[cfg(unix)]
fn changed(meta: &fs::Metadata) -> (u64, (u64, u64)) {
    use std::os::unix::fs::MetadataExt;

    let seconds = u64::try_from(meta.ctime()).unwrap_or(0);
    let nanoseconds = u64::try_from(meta.ctime_nsec()).unwrap_or(0);
    let changed = seconds.saturating_mul(1_000_000_000) + nanoseconds;
    (changed, (meta.dev(), meta.ino()))
}

#[cfg(not(unix))]
fn changed(_: &fs::Metadata) -> (u64, (u64, u64)) {
    (0, (0, 0))
}

fn nanoseconds(time: SystemTime) -> u64 {
    let since = time.duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_nanos()).unwrap_or(u64::MAX)
}
