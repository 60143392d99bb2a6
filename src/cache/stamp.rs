//! By what a file or folder is known to be the one that it was, mostly without reading it.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

use crate::reading;

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
    /// One that had been touched too short a time before: only what is in it tells.
    Fresh(Content),
}

/// A hash of the bytes of a file, or of the names and kinds of what lies in a folder.
pub(super) type Content = [u8; blake3::OUT_LEN];

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

impl Was {
    /// What is at a path, for a run that began at `start`; `None` where it may have changed since.
    /// Folders are known by what lies in them, too: editors and version control touch those whose
    /// files they replace.
    pub(super) fn of(path: &Path, start: SystemTime) -> Option<Was> {
        let Some(stamp) = Stamp::of(path) else {
            return Some(Was::Absent);
        };
        if stamp.is_fresh(start) {
            return None;
        }
        let listed = if stamp.is_folder {
            content(path, stamp).ok()
        } else {
            None
        };
        Some(Was::Stamped(stamp, listed))
    }

    /// That with this stamp and content.
    pub(super) fn known(stamp: Stamp, content: Content, start: SystemTime) -> Was {
        if stamp.is_fresh(start) {
            Was::Fresh(content)
        } else {
            Was::Stamped(stamp, stamp.is_folder.then_some(content))
        }
    }

    /// Compares it with what is there for a run that began at `start`.
    pub(super) fn now(&self, path: &Path, start: SystemTime) -> Now {
        let stamp = Stamp::of(path);
        let before = match (self, stamp) {
            (Was::Absent, None) => return Now::Same,
            (Was::Stamped(before, _), Some(stamp)) if *before == stamp => return Now::Same,
            (Was::Stamped(_, Some(content)) | Was::Fresh(content), Some(_)) => content,
            _ => return Now::Other(stamp),
        };
        // The stamp is older than the look at the content: what comes later changes it.
        match stamp.map(|stamp| (stamp, content(path, stamp))) {
            Some((stamp, Ok(now))) if now == *before => match Was::known(stamp, now, start) {
                was if was == *self => Now::Same,
                was => Now::Touched(was),
            },
            _ => Now::Other(stamp),
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
}

impl Stamp {
    /// That of a file or folder; `None` where nothing is, or nobody may look.
    pub(super) fn of(path: &Path) -> Option<Stamp> {
        let meta = fs::metadata(path).ok()?;
        let (changed, place) = changed(&meta);
        Some(Stamp {
            is_folder: meta.is_dir(),
            size: meta.len(),
            modified: nanoseconds(meta.modified().ok()?),
            changed,
            place,
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
