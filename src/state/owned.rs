//! Which files of the output folder a run may replace.

use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};

use feedwright_feed::emit;
use feedwright_feed::read::Published;
use memchr::memmem;

use super::State;

/// What the output folder holds of a site.
#[derive(Default)]
pub(crate) struct Owned {
    /// The files that earlier runs wrote, where that is recorded; else each file's own word counts.
    pub(crate) written: Option<HashSet<PathBuf>>,
    /// The base URL that tells this site's feeds, where scheduled posts are due: a locked run may have
    /// published them in feeds that no lock lists yet.
    base: Option<String>,
    /// Feeds of another program that were adopted, with hashes of their bytes.
    adopted: BTreeMap<PathBuf, String>,
}

impl State {
    /// What the output folder holds of this site.
    pub(crate) fn owned(&self) -> Owned {
        let Some(lock) = &self.lock else {
            return Owned::default();
        };
        let adopted = lock.feeds.values().flat_map(|feed| &feed.adopted);
        let adopted = adopted.map(|(file, hash)| (PathBuf::from(file), hash.clone()));
        let files = lock.feeds.values().flat_map(|feed| &feed.files);
        let files = files.chain(lock.archives.values().flat_map(|page| &page.files));
        let written = files.map(PathBuf::from).collect();
        Owned {
            // A lock that was only adopted so far says nothing about files.
            written: self.has_published().then_some(written),
            base: (!self.due.is_empty()).then(|| lock.base.clone()),
            adopted: adopted.collect(),
        }
    }
}

impl Owned {
    /// Whether the bytes that lie at a path may be replaced.
    pub(crate) fn may_replace(&self, path: &Path, bytes: &[u8]) -> bool {
        // An empty file holds nobody's words; some editors and full disks leave one.
        if bytes.is_empty() {
            return true;
        }
        let is_written = |written: &HashSet<PathBuf>| written.contains(path);
        let has_base = |base: &String| memmem::find(bytes, base.as_bytes()).is_some();
        let is_known = self.written.as_ref().is_none_or(is_written);
        if (is_known || self.base.as_ref().is_some_and(has_base)) && emit::is_ours(bytes) {
            return true;
        }
        // The lock may be a stranger's: nothing is replaced but a feed, and that very one.
        let adopted = self.adopted.get(path);
        adopted.is_some_and(|hash| *hash == hash_of(bytes)) && Published::parse(bytes).is_ok()
    }
}

/// The hash of a feed's bytes, as a lock has it.
pub(crate) fn hash_of(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex().to_string()
}
