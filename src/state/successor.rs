//! Makes the lock that a run leaves behind, and says what is new in it.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::path::{Path, PathBuf};

use feedwright_feed::Feed;
use feedwright_site::config::{Config, StateKind};

use super::lock::{self, Lock, LockText};
use super::records::{ArchiveRecord, FeedRecord, HeldRecord, Record};
use super::{LeftRecords, State};

impl State {
    /// What is promised from now on; `None` where no lock is kept, or nothing changes in it.
    pub(crate) fn successor(
        &self,
        records: Vec<Record>,
        feeds: &[FeedRecord],
        archives: &[ArchiveRecord],
        (held, left): (&BTreeSet<HeldRecord>, &LeftRecords),
        pruned: &HashSet<PathBuf>,
        config: &Config,
    ) -> Option<Lock> {
        if self.kind != StateKind::Lock {
            return None;
        }
        let records = records.into_iter();
        let (scheduled, posts) = records
            .map(|record| (record.id.clone(), record))
            .partition(|(_, record): &(_, Record)| record.scheduled.is_some());
        let mut next = Lock {
            posts,
            scheduled,
            held: held.clone(),
            left: left.clone(),
            feeds: self.feeds_after(feeds, pruned),
            archives: self.archives_after(archives, pruned),
            ..Lock::of(config)
        };
        if let Some(lock) = &self.lock {
            next.pings.clone_from(&lock.pings);
        }
        let is_pending = next.posts.values().any(|record| record.pending);
        (is_pending || self.is_other(&next)).then_some(next)
    }

    /// The records of feeds, with the files of earlier ones: what was written stays ours until it is
    /// removed.
    fn feeds_after(
        &self,
        feeds: &[FeedRecord],
        pruned: &HashSet<PathBuf>,
    ) -> BTreeMap<String, FeedRecord> {
        let mut next = BTreeMap::new();
        let current: HashSet<&String> = feeds.iter().flat_map(|feed| &feed.files).collect();
        for before in self.feeds().values() {
            let files: BTreeSet<String> = before
                .files
                .iter()
                .filter(|file| !current.contains(file) && !pruned.contains(Path::new(file)))
                .cloned()
                .collect();
            if !files.is_empty() {
                let record = FeedRecord {
                    files,
                    ..before.clone()
                };
                next.insert(record.key.clone(), record);
            }
        }
        for feed in feeds {
            let mut feed = feed.clone();
            if let Some(before) = next.remove(&feed.key) {
                feed.files.extend(before.files);
            }
            next.insert(feed.key.clone(), feed);
        }
        next
    }

    /// The records of archive pages. Of an archive that is not wanted any more the files stay ours,
    /// too.
    fn archives_after(
        &self,
        archives: &[ArchiveRecord],
        pruned: &HashSet<PathBuf>,
    ) -> BTreeMap<(String, usize), ArchiveRecord> {
        let mut next = BTreeMap::new();
        let before = self.lock.iter().flat_map(|lock| &lock.archives);
        for (place, page) in before {
            let mut page = page.clone();
            page.files.retain(|file| !pruned.contains(Path::new(file)));
            if !page.files.is_empty() {
                next.insert(place.clone(), page);
            }
        }
        for page in archives {
            let place = (page.key.clone(), page.page);
            let mut page = page.clone();
            if let Some(before) = next.remove(&place) {
                page.files.extend(before.files);
            }
            next.insert(place, page);
        }
        next
    }

    /// The text of the lock that says what is promised from now on.
    pub(crate) fn text_of(&self, next: &Lock) -> LockText<'_> {
        match &self.part {
            Some(part) => part.text_with(next),
            None => next.to_text(),
        }
    }

    /// The keys of the feeds that show scheduled posts whose date has come.
    pub(crate) fn feeds_with_due(&self, feeds: &[Feed]) -> HashSet<String> {
        let has_due = |feed: &&Feed| {
            let mut entries = feed.entries.iter();
            entries.any(|entry| self.due.contains(&entry.id))
        };
        let feeds = feeds.iter().filter(has_due);
        feeds.map(|feed| feed.key.clone()).collect()
    }

    /// What a lock says that the one before did not, in words, but for what follows from scheduled
    /// posts whose date has come: `with_due` are the feeds that show them.
    pub(crate) fn news(&self, next: &Lock, with_due: &HashSet<String>) -> Vec<String> {
        let Some(before) = &self.lock else {
            return vec![format!("there is no {} yet", lock::FILE)];
        };
        let mut news = Vec::new();
        for (id, record) in &next.posts {
            match before.posts.get(id) {
                None => news.push(format!("{} is new", record.path)),
                Some(known) if known != record && record.gone => {
                    news.push(format!("{} is gone", record.path));
                }
                Some(known) if known != record => news.push(format!("{} changed", record.path)),
                Some(_) => {}
            }
        }
        for record in next.scheduled.values() {
            if before.scheduled.get(&record.id) != Some(record) {
                news.push(format!("{} is scheduled", record.path));
            }
        }
        for record in before.scheduled.values() {
            if !next.scheduled.contains_key(&record.id) {
                news.push(format!("{} is not scheduled any more", record.path));
            }
        }
        let is_told = |key: &String| !with_due.contains(key);
        for (key, record) in next.feeds.iter().filter(|(key, _)| is_told(key)) {
            if before.feeds.get(key) != Some(record) {
                news.push(format!("the feed `{key}` changed"));
            }
        }
        let archives = next.archives.iter();
        for ((key, number), page) in archives.filter(|((key, _), _)| is_told(key)) {
            if before.archives.get(&(key.clone(), *number)) != Some(page) {
                news.push(format!("the archive of the feed `{key}` changed"));
            }
        }
        if before.held != next.held {
            news.push("what is held changed".to_owned());
        }
        if before.left != next.left {
            news.push("the feeds that have moved or are gone changed".to_owned());
        }
        if (&before.base, &before.zone) != (&next.base, &next.zone) {
            news.push("the base URL or the zone changed".to_owned());
        }
        news
    }
}
