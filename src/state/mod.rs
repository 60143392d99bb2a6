//! What was promised before this run: the ids and dates that readers know, the windows of feeds,
//! the files that are ours.
//!
//! It is loaded once, at the edge, from the lock or from the feeds now published. [`identify()`],
//! `select`, the guard and kept entries ask it, nothing else does; [`State::successor`] is what
//! the run leaves behind.

pub(crate) mod adopt;
pub(crate) mod alarm;
pub(crate) mod arrivals;
mod causes;
pub(crate) mod compare;
mod evidence;
mod findings;
pub(crate) mod guard;
pub(crate) mod held;
mod identify;
mod ids;
pub(crate) mod kept;
pub(crate) mod left;
mod likeness;
pub(crate) mod lock;
mod matching;
mod next_records;
mod owned;
pub(crate) mod plan;
mod published;
mod records;
mod resent;
mod shadowed;
mod successor;
mod surroundings;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use feedwright_base::date::Timestamp;
use feedwright_base::error::Error;
use feedwright_base::permalink::slashed;
use feedwright_feed::read::{self, Field, Published, PublishedEntry};
use feedwright_feed::{Entry, Format};
use feedwright_site::config::{Config, StateKind};

pub(crate) use self::held::{Accepted, HeldKind};
pub(crate) use self::identify::{Doubt, Site, identify};
pub(crate) use self::left::{LeftRecord, LeftRecords};
pub(crate) use self::likeness::last_part;
pub(crate) use self::lock::{Lock, LockPart, LockText};
pub(crate) use self::owned::{Owned, hash_of};
use self::published::PublishedFeeds;
#[cfg(feature = "ping")]
pub(crate) use self::records::PingRecord;
pub(crate) use self::records::{ArchiveRecord, FeedRecord, HeldRecord, Position, Record};

/// What was promised before this run.
pub(crate) struct State {
    kind: StateKind,
    /// The lock as it was read, where there is one.
    lock: Option<Lock>,
    /// The ids of the posts that the lock has as scheduled and whose date has come.
    due: BTreeSet<String>,
    /// The rest of the lock, where only a part of it was read.
    part: Option<LockPart>,
    /// What published feeds tell, where no lock is kept and they are the only record.
    published: PublishedFeeds,
    /// The folder of the feeds that subscribers have now.
    pub(crate) live: PathBuf,
    /// The dates of publication, by file; built when the first post without a date is met.
    promised: OnceLock<HashMap<String, Timestamp>>,
}

impl State {
    /// The state by the lock, where one is kept; for commands that publish nothing.
    pub(crate) fn of_lock(config: &Config) -> Result<Self, Error> {
        let mut lock = match config.state {
            StateKind::Lock => Lock::read(config)?,
            StateKind::Published | StateKind::None => None,
        };
        let now = config.present.now();
        let due = lock.as_mut().map(|lock| lock.promise_due(now));
        Ok(State {
            kind: config.state,
            lock,
            due: due.unwrap_or_default(),
            part: None,
            published: PublishedFeeds::default(),
            live: config.feeds.output.clone(),
            promised: OnceLock::new(),
        })
    }

    /// The state by a lock that is not written yet.
    pub(crate) fn with_lock(config: &Config, lock: Lock) -> Self {
        State {
            kind: config.state,
            lock: Some(lock),
            due: BTreeSet::new(),
            part: None,
            published: PublishedFeeds::default(),
            live: config.feeds.output.clone(),
            promised: OnceLock::new(),
        }
    }

    /// The state by a part of a lock.
    pub(crate) fn of_part(config: &Config, lock: Lock, part: LockPart) -> Self {
        State {
            part: Some(part),
            ..State::with_lock(config, lock)
        }
    }

    /// The records of all posts.
    pub(crate) fn records(&self) -> Vec<&Record> {
        match &self.lock {
            Some(lock) => lock.posts.values().collect(),
            None => self.published.posts.iter().collect(),
        }
    }

    /// The lock's record of the post with an id.
    pub(crate) fn record(&self, id: &str) -> Option<&Record> {
        self.lock.as_ref()?.posts.get(id)
    }

    /// The records of all feeds, by key.
    fn feeds(&self) -> &BTreeMap<String, FeedRecord> {
        self.lock
            .as_ref()
            .map_or(&self.published.feeds, |lock| &lock.feeds)
    }

    /// Loads what was promised. `published` is the folder with the feeds that subscribers have, by
    /// default the one that feeds are written to; `paths` tells which files below a folder may
    /// be feeds of this site; `first` allows that there are none yet.
    ///
    /// # Errors
    ///
    /// A lock that cannot be read, and published feeds that are needed and are not there.
    pub(crate) fn load(
        config: &Config,
        published: Option<&Path>,
        paths: &dyn Fn(&Path) -> Vec<PathBuf>,
        first: bool,
    ) -> Result<Self, Error> {
        let live = published.unwrap_or(&config.feeds.output).to_path_buf();
        if let Some(folder) = published.filter(|folder| !folder.is_dir()) {
            return Err(Error::new(format!(
                "there is no folder {} with published feeds: fetch them first",
                folder.display()
            )));
        }
        let mut state = State {
            live,
            ..State::of_lock(config)?
        };
        let feeds = match published {
            Some(folder) => read::feeds_below(folder, &paths(folder))?,
            None => BTreeMap::new(),
        };
        if config.state != StateKind::Published {
            if published.is_some_and(has_files) && !first {
                state.has_main_feeds(config)?;
            }
            return Ok(state);
        }
        if published.is_none() {
            return Err(Error::new(
                "`state: published` needs the feeds that are published: fetch them into a folder \
                 and name it by `--published DIR`",
            ));
        }
        if feeds.is_empty() && !first {
            return Err(Error::new(format!(
                "{} holds no feed of this site, so nobody can tell what subscribers know: fetch \
                 the published feeds to the same paths below it; where none are published yet, \
                 add `--accept-resend` this once",
                state.live.display()
            )));
        }
        if !first {
            state.has_main_feeds(config)?;
        }
        state.published = PublishedFeeds::of(&feeds, config);
        Ok(state)
    }

    /// Makes sure that the site's own feeds are among those that are published.
    fn has_main_feeds(&self, config: &Config) -> Result<(), Error> {
        let formats = config.feeds.formats.iter();
        let mut files = formats.map(|paths| self.live.join(paths.site_file()));
        match files.find(|path| !path.is_file()) {
            None => Ok(()),
            Some(path) => Err(Error::new(format!(
                "{} is missing, so nobody can tell what its subscribers know: fetch the published \
                 feeds to the same paths below {}; where this one is not published yet, add \
                 `--accept-resend` this once",
                path.display(),
                self.live.display()
            ))),
        }
    }

    /// Whether every post that was public before is known.
    pub(crate) fn remembers(&self) -> bool {
        self.kind == StateKind::Lock && self.lock.is_some()
    }

    /// Whether feeds of this site have been published before, as far as is known.
    pub(crate) fn has_published(&self) -> bool {
        self.feeds().values().any(|feed| !feed.files.is_empty())
    }

    /// What was held when the last run ended.
    pub(crate) fn held(&self) -> Option<&BTreeSet<HeldRecord>> {
        self.lock.as_ref().map(|lock| &lock.held)
    }

    /// The files that were left when the last run ended, as far as that was written down.
    pub(crate) fn left(&self) -> Option<&LeftRecords> {
        self.lock.as_ref().map(|lock| &lock.left)
    }

    /// The published files, where no lock is kept and they are the only record.
    pub(crate) fn published_files(&self) -> impl Iterator<Item = &PathBuf> {
        self.published.files.iter()
    }

    /// The files of archive pages.
    pub(crate) fn archive_files(&self) -> HashSet<&str> {
        let pages = self.lock.iter().flat_map(|lock| lock.archives.values());
        pages
            .flat_map(|page| page.files.iter().map(String::as_str))
            .collect()
    }

    /// The entries of published feeds by id, where no lock is kept and they are the only record.
    pub(crate) fn published_entries(&self) -> Vec<(Format, &PublishedEntry)> {
        let entries = self.published.entries.values();
        let mut entries: Vec<(Format, &PublishedEntry)> =
            entries.map(|(format, seen)| (*format, seen)).collect();
        entries.sort_by(|(_, a), (_, b)| a.id.cmp(&b.id));
        entries
    }

    /// The key of the feed that each file belongs to, as far as the lock knows.
    pub(crate) fn keys(&self) -> HashMap<&str, &str> {
        let lock = self.lock.iter().flat_map(|lock| lock.feeds.values());
        let files = lock.flat_map(|feed| feed.files.iter().map(|file| (&**file, &*feed.key)));
        files.collect()
    }

    /// Whether only a part of the lock was read.
    pub(crate) fn is_part(&self) -> bool {
        self.part.is_some()
    }

    /// Whether there should be a lock and is none.
    pub(crate) fn is_missing(&self) -> bool {
        self.kind == StateKind::Lock && self.lock.is_none()
    }

    /// The base URL and the zone of the run before.
    pub(crate) fn site_before(&self) -> Option<(&str, &str)> {
        let lock = self.lock.as_ref()?;
        Some((&lock.base, &lock.zone))
    }

    /// The record of a feed: by its key, or else by its files.
    pub(crate) fn feed(&self, key: &str, files: &[&Path]) -> Option<&FeedRecord> {
        let feeds = self.feeds();
        feeds.get(key).or_else(|| {
            let found = files.iter().filter_map(|path| feeds.get(&slashed(path)));
            // The one with an id says more.
            found.max_by_key(|record| !record.id.is_empty())
        })
    }

    /// The UUID by which directories know the podcast that a feed is: that of its own record, of the one
    /// that had its files, or of the podcast that is called otherwise now, where there is but one such.
    pub(crate) fn guid(&self, key: &str, files: &[&Path], config: &Config) -> Option<&str> {
        let own = self
            .feed(key, files)
            .and_then(|record| record.guid.as_deref());
        let files: Vec<String> = files.iter().map(|path| slashed(path)).collect();
        let others = || {
            let all = self.feeds().values();
            all.filter(|record| record.guid.is_some() && config.podcast(&record.key).is_none())
        };
        let same = || others().find(|record| files.iter().any(|file| record.files.contains(file)));
        let renamed = || {
            let podcasts = config.podcasts.iter();
            let new = podcasts.filter(|podcast| !self.feeds().contains_key(&podcast.key));
            let mut gone = others();
            let only = gone.next().filter(|_| gone.next().is_none());
            only.filter(|_| new.count() == 1)
        };
        own.or_else(|| same().or_else(renamed)?.guid.as_deref())
    }

    /// The keys of the feeds that the lock knows, and whether each was adopted and never written.
    pub(crate) fn known_feeds(&self) -> HashMap<&str, bool> {
        let feeds = self.lock.iter().flat_map(|lock| lock.feeds.values());
        let known = feeds.map(|feed| (feed.key.as_str(), feed.files.is_empty()));
        known.collect()
    }

    /// The positions of a feed's entries, newest first, if published feeds are the only record.
    pub(crate) fn standing(&self, feed: &FeedRecord) -> Option<&[Position]> {
        self.published.standing.get(&feed.key).map(Vec::as_slice)
    }

    /// The archive pages of a feed, the oldest first.
    pub(crate) fn archive(&self, key: &str) -> Vec<&ArchiveRecord> {
        let all = self.lock.iter().flat_map(|lock| lock.archives.values());
        all.filter(|record| record.key == key).collect()
    }

    /// The date that was promised for the post of a file, for one that names none any more. `None` for
    /// a file that was no post: it is none now either, whatever it looks like.
    pub(crate) fn promised(&self, path: &Path) -> Option<Timestamp> {
        let promised = self.promised.get_or_init(|| {
            let public = self.records().into_iter().filter(|record| !record.gone);
            let dates = public.map(|record| (record.path.clone(), record.published));
            dates.collect()
        });
        promised.get(&slashed(path)).copied()
    }

    /// Sets the time at which an entry last changed, where its published version is the only record,
    /// and returns whether it changed now.
    pub(crate) fn settle(&self, entry: &mut Entry, given: bool, now: Timestamp) -> bool {
        let Some((format, seen)) = self.published.entries.get(&entry.id) else {
            return false;
        };
        // What it looks like now in the very format that it was read from; dates and addresses
        // are no content.
        let now_seen = Published::of_entry(*format, entry);
        let is_same = now_seen.is_some_and(|now| {
            let differences = now.differences(seen);
            let content = differences
                .iter()
                .filter(|field| !matches!(field, Field::Link | Field::Published | Field::Updated));
            content.count() == 0
        });
        if !given {
            let updated = if is_same { seen.updated } else { Some(now) };
            entry.updated = updated.unwrap_or(entry.published).max(entry.published);
        }
        !given && !is_same
    }

    /// The lock as it is, to be changed.
    pub(crate) fn lock_to_change(&self, config: &Config) -> Lock {
        self.lock.clone().unwrap_or_else(|| Lock::of(config))
    }

    /// Whether a lock differs from the one that was read.
    pub(crate) fn is_other(&self, lock: &Lock) -> bool {
        self.lock.as_ref() != Some(lock)
    }
}

/// Whether a folder has anything in it. With an empty one, nothing is to be compared.
fn has_files(folder: &Path) -> bool {
    std::fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some())
}
