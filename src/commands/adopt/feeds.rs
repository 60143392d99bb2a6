//! Takes from old feeds what they say of the feeds that take their places: ids, and where they ended.

use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};

use feedwright_base::diagnostic::Diagnostics;
use feedwright_base::error::Error;
use feedwright_base::permalink::slashed;
use feedwright_feed::emit;
use feedwright_feed::podcast::guid;
use feedwright_feed::read::read_bytes;
use feedwright_feed::{Format, is_id, order};
use feedwright_site::config::Config;
use feedwright_site::post::Post;
use url::Url;

use super::{Adoption, OldFeed, Sides, left};
use crate::select::{self, Memory, Selection};
use crate::state::adopt::OldEntry;
use crate::state::{FeedRecord, Lock, Position, Record, State, hash_of};

/// What there is to take from.
struct Source<'a> {
    feeds: &'a [OldFeed],
    old_entries: &'a [OldEntry],
    /// The numbers of feeds that are surely the one in question.
    same: &'a HashSet<usize>,
}

/// Takes what old feeds say of each feed that these posts make. `main` are the numbers of those that
/// are surely the site's own.
pub(super) fn take_feeds(
    posts: &[Post],
    feeds: &[OldFeed],
    main: &HashSet<usize>,
    sides: &Sides<'_>,
    lock: &mut Lock,
    adoption: &mut Adoption,
    config: &Config,
) -> Result<(), Error> {
    let memory = Memory {
        state: sides.state,
        fill_up: false,
        is_whole: true,
    };
    let selections = select::select(posts, config, &memory, &mut Diagnostics::new());
    let none = HashSet::new();
    let mut own = HashSet::new();
    for selection in &selections {
        let is_main = selection.name.is_none();
        let source = Source {
            feeds,
            old_entries: sides.old_entries,
            same: if is_main { main } else { &none },
        };
        let same = take_feed(selection, &source, config, sides.state, lock, adoption)?;
        if is_main {
            own.extend(same);
        }
    }
    take_guid(feeds, lock, config);
    adoption.apart = left::apart(posts, sides.old_entries, &own, &selections);
    Ok(())
}

/// Takes the UUID by which directories know a podcast, from wherever its feed lay: what the feed says,
/// or what its address makes.
fn take_guid(feeds: &[OldFeed], lock: &mut Lock, config: &Config) {
    let [podcast] = config.podcasts.as_slice() else {
        return;
    };
    let mut rss = feeds.iter().filter(|old| old.feed.format == Format::Rss);
    let Some(old) = rss.next().filter(|_| rss.next().is_none()) else {
        return;
    };
    let head = &old.feed.head;
    let of_address = || {
        let address = head.self_link.as_deref()?;
        Some(guid(&Url::parse(address).ok()?))
    };
    let record = lock.feeds.entry(podcast.key.clone());
    let record = record.or_insert_with(|| FeedRecord {
        key: podcast.key.clone(),
        limit: podcast.limit.unwrap_or(0),
        ..FeedRecord::default()
    });
    if record.guid.is_none() {
        record.guid = head.guid.clone().or_else(of_address);
    }
}

/// Takes what feeds say of the one that a selection becomes: its id, where it ended, and that the
/// file may be replaced. Returns their numbers.
fn take_feed(
    selection: &Selection,
    source: &Source<'_>,
    config: &Config,
    state: &State,
    lock: &mut Lock,
    adoption: &mut Adoption,
) -> Result<HashSet<usize>, Error> {
    let (feeds, old_entries) = (source.feeds, source.old_entries);
    let mut adopted = BTreeMap::new();
    let mut same = source.same.clone();
    for place in &selection.places {
        let is_at = |old: &OldFeed| old.address.as_deref() == Some(place.url.path());
        let here = read_if_one_of(&config.feeds.output.join(&place.path), feeds)?;
        for (number, old) in feeds.iter().enumerate() {
            let is_here = here.as_ref() == Some(&old.bytes);
            if is_here && !emit::is_ours(&old.bytes) {
                adopted.insert(slashed(&place.path), hash_of(&old.bytes));
            }
            if is_here || is_at(old) {
                same.insert(number);
            }
        }
    }
    if same.is_empty() {
        return Ok(same);
    }
    let known = state.feed(&selection.key, &[]).cloned();
    let mut record = known.unwrap_or_else(|| FeedRecord {
        key: selection.key.clone(),
        limit: config.limit(&selection.key).unwrap_or(0),
        oldest: last_entry(&same, feeds, old_entries),
        ..FeedRecord::default()
    });
    let mut olds: Vec<&OldFeed> = same
        .iter()
        .filter_map(|number| feeds.get(*number))
        .collect();
    olds.sort_by_key(|old| (old.feed.newest(), &old.name));
    for old in olds {
        if let Some(id) = old.feed.head.id.as_ref().filter(|id| is_id(id)) {
            adoption.feeds.push((old.name.clone(), id.clone()));
            record.id.clone_from(id);
        }
        if old.feed.head.guid.is_some() {
            record.guid.clone_from(&old.feed.head.guid);
        }
    }
    let replaceable = adopted.keys().map(PathBuf::from);
    adoption.replaceable.extend(replaceable);
    record.adopted = adopted;
    lock.feeds.insert(record.key.clone(), record);
    Ok(same)
}

/// The bytes of a file, if it may be one of these feeds by its size.
fn read_if_one_of(file: &Path, feeds: &[OldFeed]) -> Result<Option<Vec<u8>>, Error> {
    let size = file.metadata().map(|meta| meta.len()).ok();
    let is_like = |old: &OldFeed| size == Some(old.bytes.len() as u64);
    match feeds.iter().any(is_like) {
        true => read_bytes(file),
        false => Ok(None),
    }
}

/// The entries that stand where their dates put them, newest first. What stands above newer ones was
/// pinned there, and says nothing of where the feed ends; a feed of mostly such has another order.
fn in_time<'r>(entries: &[&'r Record]) -> Vec<&'r Record> {
    let mut newest_below = None;
    let mut found: Vec<&Record> = entries
        .iter()
        .rev()
        .copied()
        .filter(|entry| {
            let is_pinned = newest_below.is_some_and(|newest| entry.published < newest);
            newest_below = newest_below.max(Some(entry.published));
            !is_pinned
        })
        .collect();
    if found.len() * 2 <= entries.len() {
        found = entries.to_vec();
    }
    found
}

/// The last entry of what readers get: of the feeds that have the newest entry, the one that ends
/// first. Further pages are read by nobody.
fn last_entry(
    same: &HashSet<usize>,
    feeds: &[OldFeed],
    old_entries: &[OldEntry],
) -> Option<Position> {
    let newest = |number: &usize| feeds.get(*number)?.feed.newest();
    let first = same.iter().filter_map(newest).max()?;
    let current = same.iter().filter(|number| newest(number) == Some(first));
    let ends = current.filter_map(|number| {
        let own = old_entries
            .iter()
            .filter(|old_entry| old_entry.dated && old_entry.feeds.contains(number));
        let own: Vec<&Record> = own.map(|old_entry| &old_entry.record).collect();
        in_time(&own)
            .into_iter()
            .max_by(|a, b| order(a.published, &a.id).cmp(&order(b.published, &b.id)))
    });
    let end = ends.min_by(|a, b| order(a.published, &a.id).cmp(&order(b.published, &b.id)))?;
    Some(Position {
        published: end.published,
        id: end.id.clone(),
    })
}
