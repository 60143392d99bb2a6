//! By what a file is known to be the one that it was, without reading it.

use std::fs;
use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

/// How coarse the clocks of file systems may be: FAT counts in steps of two seconds. A file that
/// was written within that time of being read may have been written once more, with the same time.
const TICK: Duration = Duration::from_secs(2);

/// What the file system says of a file or folder. Times are nanoseconds since the epoch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Stamp {
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
