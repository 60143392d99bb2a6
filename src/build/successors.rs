//! Finds the feed that takes the place of a file that no feed has any more.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::sync::Arc;

use feedwright_base::error::Error;
use feedwright_base::permalink::slashed;
use feedwright_feed::emit;
use feedwright_feed::read::Published;
use feedwright_feed::{Entry, Extent, Feed, Format, Place};

use super::left::{Facts, keys};

/// The feeds that may take the place of a file.
pub(super) struct Successors<'a> {
    keys: HashMap<String, String>,
    by_key: HashMap<&'a str, &'a Feed>,
    /// The feeds, and whether nobody had them before.
    feeds: Vec<(&'a Feed, bool)>,
    live: &'a Path,
}

impl<'a> Successors<'a> {
    pub(super) fn of(facts: &Facts<'a>) -> Self {
        let live = facts.state.live.as_path();
        let is_new = |feed: &&Feed| {
            let paths: Vec<&Path> = feed.places.iter().map(|place| &*place.path).collect();
            let is_there = paths.iter().any(|path| live.join(path).exists());
            !is_there && facts.state.feed(&feed.key, &paths).is_none()
        };
        let feeds = facts.feeds.iter();
        let feeds = feeds.filter(|feed| feed.extent != Extent::Archive);
        Successors {
            keys: keys(facts),
            by_key: feeds.clone().map(|feed| (&*feed.key, feed)).collect(),
            feeds: feeds.map(|feed| (feed, is_new(&feed))).collect(),
            live,
        }
    }

    /// The file that takes the place of another one: of the same feed, or of one that has most of its
    /// entries. A feed that was there before has to be of the same taxonomy and to share most of its
    /// own entries, too, and only counts when the file is first left: it may have come while something
    /// was held.
    pub(super) fn find(
        &self,
        file: &str,
        format: Format,
        was_left: bool,
    ) -> Result<Option<String>, Error> {
        let key = self.keys.get(file).map(String::as_str);
        let own = key.and_then(|key| self.by_key.get(key)).copied();
        let feed = match own {
            Some(feed) => Some(feed),
            None => self.heir(file, key, was_left)?,
        };
        Ok(feed.and_then(|feed| Some(slashed(&nearest(feed, format)?.path))))
    }

    /// The feed that has most of the entries of a file; `None` where two are equally like it.
    fn heir(
        &self,
        file: &str,
        key: Option<&str>,
        was_left: bool,
    ) -> Result<Option<&'a Feed>, Error> {
        let Some(published) = Published::read(&self.live.join(file))? else {
            return Ok(None);
        };
        let known: HashSet<&str> = published.entries.iter().map(|entry| &*entry.id).collect();
        let is_known = |entry: &&Arc<Entry>| {
            let id = emit::id(published.format, &entry.id, &entry.aliases, &entry.url);
            known.contains(&*id)
        };
        let candidate = |(feed, is_new): &(&'a Feed, bool)| {
            let shared = feed.entries.iter().filter(is_known).count();
            let is_alike = key.is_some_and(|key| taxonomy(key) == taxonomy(&feed.key));
            let is_like = is_alike && shared * 2 > feed.entries.len();
            let is_such = *is_new || (is_like && !was_left);
            // The more the better, and the fewer others.
            let rank = (*is_new, shared, is_alike, Reverse(feed.entries.len()));
            (is_such && shared * 2 > known.len()).then_some((rank, *feed))
        };
        let mut best: Vec<_> = self.feeds.iter().filter_map(candidate).collect();
        best.sort_by_key(|(rank, _)| Reverse(*rank));
        Ok(match best.as_slice() {
            [(one, _), (other, _), ..] if one == other => None,
            [(_, feed), ..] => Some(feed),
            [] => None,
        })
    }
}

/// The group of feeds that one belongs to.
fn taxonomy(key: &str) -> &str {
    key.split_once('/').map_or("", |(taxonomy, _)| taxonomy)
}

/// The place of a feed in a format, or in the one that is most like it.
fn nearest(feed: &Feed, format: Format) -> Option<&Place> {
    let order = match format {
        Format::Rss => [Format::Rss, Format::Atom, Format::Json],
        Format::Atom => [Format::Atom, Format::Rss, Format::Json],
        Format::Json => [Format::Json, Format::Atom, Format::Rss],
    };
    let of = |format: &Format| feed.places.iter().find(|place| place.format == *format);
    order.iter().find_map(of)
}
