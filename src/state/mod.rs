//! What was promised before this run: the ids and dates that readers know, the windows of feeds,
//! the files that are ours.
//!
//! It is loaded once, at the edge, from the lock or from the feeds now published. [`identify()`],
//! `select`, the guard and kept entries ask it, nothing else does; [`State::successor`] is what
//! the run leaves behind.

pub(crate) mod adopt;
pub(crate) mod compare;
pub(crate) mod guard;
mod identify;
pub(crate) mod kept;
pub(crate) mod lock;
mod matching;
pub(crate) mod published;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::path::{Path, PathBuf};

use crate::config::{Config, StateKind};
use crate::date::Timestamp;
use crate::error::Error;
use crate::feed::{Entry, Format};
use crate::permalink::slashed;

pub(crate) use self::identify::{Site, identify};
pub(crate) use self::lock::{FeedRecord, Lock, Position, Record};

use self::published::{Published, Seen};

/// What was promised before this run.
pub(crate) struct State {
    kind: StateKind,
    /// The lock as it was read, where there is one.
    lock: Option<Lock>,
    /// What was promised of posts.
    pub(crate) records: Vec<Record>,
    /// What was promised of feeds, by key.
    feeds: BTreeMap<String, FeedRecord>,
    /// Where the feeds are that subscribers have now.
    pub(crate) live: PathBuf,
    /// The entries now published, by id, where they are all that is known.
    seen: HashMap<String, (Format, Seen)>,
}

impl State {
    /// What the lock promises, where one is kept; for commands that publish nothing.
    pub(crate) fn of_lock(config: &Config) -> Result<Self, Error> {
        let mut state = State {
            kind: config.state,
            lock: None,
            records: Vec::new(),
            feeds: BTreeMap::new(),
            live: config.feeds.output.clone(),
            seen: HashMap::new(),
        };
        if config.state == StateKind::Lock
            && let Some(lock) = Lock::read(&config.root)?
        {
            state.records = lock.posts.values().cloned().collect();
            state.feeds = lock.feeds.clone();
            state.lock = Some(lock);
        }
        Ok(state)
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
        match config.state {
            StateKind::None | StateKind::Lock => {}
            StateKind::Published => {
                if published.is_none() {
                    return Err(Error::new(
                        "`state: published` needs the feeds that are published: fetch them into a \
                         folder and name it by `--published DIR`",
                    ));
                }
                let feeds = published::feeds_below(&state.live, &paths(&state.live))?;
                if feeds.is_empty() && !first {
                    return Err(Error::new(format!(
                        "{} holds no feed of this site, so nobody can tell what subscribers \
                         know: fetch the published feeds to the same paths below it; where \
                         none are published yet, add `--accept-resend` this once",
                        state.live.display()
                    )));
                }
                state.learn(&feeds, config);
            }
        }
        Ok(state)
    }

    /// Takes what published feeds tell.
    fn learn(&mut self, feeds: &BTreeMap<PathBuf, Published>, config: &Config) {
        let all: Vec<&Published> = feeds.values().collect();
        let told = adopt::told(&all, &config.site.url).into_iter();
        self.records = told
            .filter(|told| told.dated)
            .map(|told| told.record)
            .collect();
        for (path, feed) in feeds {
            let key = slashed(path);
            let last = feed.entries.last();
            let limit = config.feeds.limit;
            // Nobody can tell whether what is older was there before, so that it does not come up.
            let oldest = last.and_then(|entry| {
                Some(Position {
                    published: entry.published?,
                    id: entry.id.clone(),
                })
            });
            let record = FeedRecord {
                id: feed.head.get("id").cloned().unwrap_or_default(),
                files: BTreeSet::from([key.clone()]),
                language: feed.head.get("language").cloned(),
                limit: limit.unwrap_or(0),
                oldest,
                key: key.clone(),
            };
            self.feeds.insert(key, record);
        }
        // JSON says everything without escaping, so it comes last and counts.
        for format in Format::ALL {
            let of_format = all.iter().filter(|feed| feed.format == format);
            for entry in of_format.flat_map(|feed| &feed.entries) {
                self.seen.insert(entry.id.clone(), (format, entry.clone()));
            }
        }
    }

    /// Whether every post that was public before is known.
    pub(crate) fn remembers(&self) -> bool {
        self.kind == StateKind::Lock && self.lock.is_some()
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

    /// What was promised of a feed.
    pub(crate) fn feed(&self, key: &str, files: &[&Path]) -> Option<&FeedRecord> {
        self.feeds.get(key).or_else(|| {
            let mut files = files.iter().map(|path| slashed(path));
            // The one with an id says more.
            let found: Vec<&FeedRecord> = files
                .by_ref()
                .filter_map(|path| self.feeds.get(&path))
                .collect();
            let with_id = found.iter().find(|record| !record.id.is_empty());
            with_id.or(found.first()).copied()
        })
    }

    /// All files that earlier runs wrote; `None` where nobody wrote that down.
    pub(crate) fn owned(&self) -> Option<HashSet<PathBuf>> {
        // A lock that was only adopted so far says nothing about files.
        let lock = self
            .lock
            .as_ref()
            .filter(|lock| lock.feeds.values().any(|feed| !feed.files.is_empty()))?;
        let files = lock.feeds.values().flat_map(|feed| &feed.files);
        Some(files.map(PathBuf::from).collect())
    }

    /// When a post was published whose file no longer says so: by its path, else by its body.
    pub(crate) fn promised(&self) -> Promised {
        let mut promised = Promised::default();
        for record in &self.records {
            // Another post may stand where one was.
            if !record.gone {
                promised.paths.insert(record.path.clone(), record.published);
            }
            if let Some(content) = &record.content {
                let body = content.body().to_owned();
                promised
                    .bodies
                    .entry(body)
                    .and_modify(|date| *date = None)
                    .or_insert(Some(record.published));
            }
        }
        promised
    }

    /// The time at which an entry last changed, where its published version is all that tells.
    pub(crate) fn settle(&self, entry: &mut Entry, given: bool, now: Timestamp) {
        let Some((format, seen)) = self.seen.get(&entry.id) else {
            return;
        };
        // What it looks like now in the very format that it was read from; dates and addresses
        // are no content.
        let now_seen = Published::of_entry(*format, entry);
        let is_same = now_seen.is_some_and(|now| {
            let differences = now.differences(seen);
            let content = differences
                .iter()
                .filter(|name| !matches!(**name, "link" | "date published" | "date updated"));
            content.count() == 0
        });
        if !given {
            let updated = if is_same { seen.updated } else { Some(now) };
            entry.updated = updated.unwrap_or(entry.published).max(entry.published);
        }
    }

    /// What is promised from now on; `None` where no lock is kept, or nothing changes in it.
    pub(crate) fn successor(
        &self,
        records: &[Record],
        feeds: &[FeedRecord],
        pruned: &HashSet<String>,
        config: &Config,
    ) -> Option<Successor> {
        if self.kind != StateKind::Lock {
            return None;
        }
        let mut next = Lock {
            base: config.site.url.to_string(),
            zone: config.site.zone_name(),
            posts: records
                .iter()
                .map(|record| (record.id.clone(), record.clone()))
                .collect(),
            feeds: BTreeMap::new(),
        };
        // What was written stays ours until it is removed.
        let current: HashSet<&String> = feeds.iter().flat_map(|feed| &feed.files).collect();
        for before in self.feeds.values() {
            let files: BTreeSet<String> = before
                .files
                .iter()
                .filter(|file| !current.contains(file) && !pruned.contains(*file))
                .cloned()
                .collect();
            if !files.is_empty() {
                let record = FeedRecord {
                    files,
                    ..before.clone()
                };
                next.feeds.insert(record.key.clone(), record);
            }
        }
        for feed in feeds {
            let mut feed = feed.clone();
            if let Some(before) = next.feeds.remove(&feed.key) {
                feed.files.extend(before.files);
            }
            next.feeds.insert(feed.key.clone(), feed);
        }
        // While feeds come out, it stands what may not have been seen; then it is as good as done.
        let is_pending = next.posts.values().any(|record| record.pending);
        if !is_pending && self.lock.as_ref() == Some(&next) {
            return None;
        }
        let before = next.to_text();
        Some(Successor {
            news: self.news(&next),
            after: lock::confirmed(&before),
            before,
        })
    }

    /// The lock as it is, to be changed.
    pub(crate) fn lock_to_change(&self, config: &Config) -> Lock {
        self.lock.clone().unwrap_or_else(|| Lock {
            base: config.site.url.to_string(),
            zone: config.site.zone_name(),
            ..Lock::default()
        })
    }

    /// Whether a lock says something else than the one that is there.
    pub(crate) fn is_other(&self, lock: &Lock) -> bool {
        self.lock.as_ref() != Some(lock)
    }

    /// What a lock says that the one before did not, in words.
    fn news(&self, next: &Lock) -> Vec<String> {
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
        for (key, record) in &next.feeds {
            if before.feeds.get(key) != Some(record) {
                news.push(format!("the feed `{key}` changed"));
            }
        }
        if (&before.base, &before.zone) != (&next.base, &next.zone) {
            news.push("the base URL or the zone changed".to_owned());
        }
        news
    }
}

/// The lock that a run leaves.
pub(crate) struct Successor {
    /// Its text before the feeds come out.
    pub(crate) before: String,
    /// Its text when they are out.
    pub(crate) after: String,
    /// What it says that the one before did not.
    pub(crate) news: Vec<String>,
}

/// When posts were published.
#[derive(Debug, Default)]
pub(crate) struct Promised {
    paths: HashMap<String, Timestamp>,
    /// `None` where several posts have the same body.
    bodies: HashMap<String, Option<Timestamp>>,
}

impl Promised {
    pub(crate) fn date(&self, path: &Path, body: &str) -> Option<Timestamp> {
        let by_path = self.paths.get(&slashed(path)).copied();
        by_path.or_else(|| self.bodies.get(body).copied().flatten())
    }
}
