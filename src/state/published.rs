//! Reads from the published feeds what was promised, where no lock is kept.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::path::PathBuf;

use feedwright_base::permalink::{self, slashed};
use feedwright_feed::read::{Published, PublishedEntry};
use feedwright_feed::{Format, order};
use feedwright_site::config::Config;

use super::adopt;
use super::records::{FeedRecord, Position, Record};

/// What published feeds tell.
#[derive(Default)]
pub(super) struct PublishedFeeds {
    /// The records of posts.
    pub(super) posts: Vec<Record>,
    /// By file.
    pub(super) feeds: BTreeMap<String, FeedRecord>,
    /// Where all entries stand, newest first, by file.
    pub(super) standing: HashMap<String, Vec<Position>>,
    /// Entries by id.
    pub(super) entries: HashMap<String, (Format, PublishedEntry)>,
    /// All files, those of feeds that have moved included.
    pub(super) files: BTreeSet<PathBuf>,
}

impl PublishedFeeds {
    /// What these feeds tell, by the paths of their files.
    pub(super) fn of(feeds: &BTreeMap<PathBuf, Published>, config: &Config) -> Self {
        let files = feeds.keys().cloned().collect();
        let feeds = current(feeds, config);
        let all: Vec<&Published> = feeds.values().copied().collect();
        let mut known = PublishedFeeds {
            files,
            posts: adopt::old_entries(&all, &config.site.url)
                .into_iter()
                .filter(|entry| entry.dated)
                .map(|entry| entry.record)
                .collect(),
            ..PublishedFeeds::default()
        };
        for (path, feed) in feeds {
            let key = slashed(path);
            known.standing.insert(key.clone(), positions(feed));
            let record = FeedRecord {
                id: feed.head.id.clone().unwrap_or_default(),
                files: BTreeSet::from([key.clone()]),
                adopted: BTreeMap::new(),
                guid: feed.head.guid.clone(),
                language: feed.head.language.clone(),
                limit: config.feeds.limit.unwrap_or(0),
                oldest: None,
                beyond: BTreeSet::new(),
                key: key.clone(),
            };
            known.feeds.insert(key, record);
        }
        // JSON says everything without escaping, so it comes last and counts.
        for format in Format::ALL {
            let of_format = all.iter().filter(|feed| feed.format == format);
            for entry in of_format.flat_map(|feed| &feed.entries) {
                known
                    .entries
                    .insert(entry.id.clone(), (format, entry.clone()));
            }
        }
        known
    }
}

/// The feeds that have not moved. What has moved stays as it was, and says nothing of what is true
/// now.
fn current<'a>(
    feeds: &'a BTreeMap<PathBuf, Published>,
    config: &Config,
) -> BTreeMap<&'a PathBuf, &'a Published> {
    let address = |path: &PathBuf| {
        let path = permalink::encode(&slashed(path));
        let url = permalink::on_site(&config.site.url, &path).ok()?;
        Some(String::from(url))
    };
    let addresses: HashSet<String> = feeds.keys().filter_map(address).collect();
    let has_moved = |path: &PathBuf, feed: &Published| {
        let link = feed.head.self_link.as_ref();
        link.is_some_and(|link| addresses.contains(link) && address(path).as_ref() != Some(link))
    };
    let current = feeds.iter().filter(|(path, feed)| !has_moved(path, feed));
    current.collect()
}

/// Where the dated entries of a feed stand, newest first.
fn positions(feed: &Published) -> Vec<Position> {
    let positions = feed.entries.iter().filter_map(|entry| {
        Some(Position {
            published: entry.published?,
            id: entry.id.clone(),
        })
    });
    let mut positions: Vec<Position> = positions.collect();
    positions.sort_by(|a, b| order(a.published, &a.id).cmp(&order(b.published, &b.id)));
    positions
}
