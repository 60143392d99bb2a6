//! Old feeds, and the new ones that take their places.

use std::collections::{BTreeMap, HashSet};

use feedwright_base::permalink;
use feedwright_base::slug;
use feedwright_feed::read::link_key;
use feedwright_feed::{Format, Place};
use feedwright_site::post::Post;
use serde::Serialize;
use url::Url;

use crate::commands::old_feeds::OldFeed;
use crate::select::Selection;
use crate::state::adopt::OldEntry;

/// An old feed, and what takes its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FeedMove {
    /// Its file.
    pub name: String,
    /// Its format.
    pub format: Format,
    /// Its old address: a path from the root of its host, where that is known.
    pub old: Option<String>,
    /// How many entries it has.
    pub entries: usize,
    /// Whether it is the site's own, or a further page of that.
    pub is_main: bool,
    /// The address of the feed that takes its place, absolute; none where there is no such feed.
    pub new: Option<String>,
    /// Whether that is at the same path.
    pub is_same: bool,
}

/// The feeds that are the site's own, one for each format: of all feeds the one nearest to the
/// root, with the most entries; and of the other formats those that have the same entries.
pub(super) fn mains(feeds: &[OldFeed]) -> BTreeMap<Format, usize> {
    let rank = |number: &usize| {
        let old = feeds.get(*number)?;
        let address = old.address.clone().unwrap_or_default();
        let depth = parts(&address).count();
        // What people are subscribed to counts before an export of the same.
        let is_export = old.feed.others.is_some();
        Some((
            is_export,
            depth,
            usize::MAX - old.feed.entries.len(),
            address,
        ))
    };
    let mut numbers: Vec<usize> = (0..feeds.len()).collect();
    numbers.sort_by_key(rank);
    let mut mains = BTreeMap::new();
    let mut own: HashSet<String> = HashSet::new();
    for number in numbers {
        let Some(old) = feeds.get(number) else {
            continue;
        };
        let entries = old.feed.entries.iter();
        let links: HashSet<String> = entries.map(|entry| link_key(&entry.url)).collect();
        if mains.is_empty() {
            own.clone_from(&links);
        }
        let common = own.intersection(&links).count();
        if common * 2 >= own.len().min(links.len()) && common > 0 {
            mains.entry(old.feed.format).or_insert(number);
        }
    }
    mains
}

/// The paths at which the new feeds would stand at the very addresses of the old ones: those that
/// can be files of the site.
pub(super) fn paths(
    feeds: &[OldFeed],
    mains: &BTreeMap<Format, usize>,
    base: &Url,
) -> BTreeMap<Format, String> {
    let path = |number: usize| {
        let address = feeds.get(number)?.address.as_deref()?;
        let below = address.strip_prefix(base.path().trim_end_matches('/'))?;
        let name = below.rsplit('/').next()?;
        let is_file = below.starts_with('/') && name.contains('.') && !name.ends_with(".html");
        is_file.then(|| below.to_owned())
    };
    let paths = mains.iter();
    paths
        .filter_map(|(format, number)| Some((*format, path(*number)?)))
        .collect()
}

/// What takes the place of each old feed.
pub(super) fn moves(
    feeds: &[OldFeed],
    mains: &BTreeMap<Format, usize>,
    old_entries: &[OldEntry],
    selections: &[Selection],
    posts: &[Post],
) -> Vec<FeedMove> {
    let all = feeds;
    let feeds = feeds.iter().enumerate();
    feeds
        .map(|(number, old)| {
            // An export stands for the feed that may lie beside it.
            let is_main = mains.values().any(|main| {
                let same = all.get(*main).filter(|_| old.address.is_some());
                *main == number || same.is_some_and(|same| same.address == old.address)
            });
            let ids = old_entries
                .iter()
                .filter(|old_entry| old_entry.feeds.contains(&number));
            let ids: HashSet<&str> = ids.map(|old_entry| old_entry.record.id.as_str()).collect();
            let selection = selections.iter().find(|selection| match is_main {
                true => selection.name.is_none(),
                false => is_of(selection, old, &ids, posts),
            });
            let place = selection.and_then(|selection| place(selection, old.feed.format));
            let is_same =
                place.is_some_and(|place| Some(place.url.path()) == old.address.as_deref());
            FeedMove {
                name: old.name.clone(),
                format: old.feed.format,
                old: old.address.clone(),
                entries: old.feed.entries.len(),
                is_main,
                new: place.map(|place| place.url.to_string()),
                is_same,
            }
        })
        .collect()
}

/// The file of a feed in a format, or else in any.
fn place(selection: &Selection, format: Format) -> Option<&Place> {
    let places = &selection.places;
    let of_format = places.iter().find(|place| place.format == format);
    of_format.or(places.first())
}

/// Whether a selection becomes a feed like an old one: at the same path, or of a tag of the same name
/// with a post in common.
fn is_of(selection: &Selection, old: &OldFeed, ids: &HashSet<&str>, posts: &[Post]) -> bool {
    let Some(address) = old.address.as_deref() else {
        return false;
    };
    let is_at = |place: &Place| place.url.path() == address;
    if selection.places.iter().any(is_at) {
        return true;
    }
    let Some((_, slug)) = selection.key.rsplit_once('/') else {
        return false;
    };
    let mut own = selection.posts.iter().filter_map(|at| posts.get(*at));
    let is_named = term(address).is_some_and(|term| slug::tag(&term) == slug);
    is_named && own.any(|post| ids.contains(post.id.as_str()))
}

/// What a feed is of, by its address: the last part that is no usual name of a feed.
fn term(address: &str) -> Option<String> {
    const USUAL: [&str; 4] = ["feed", "rss", "atom", "index"];
    let parts: Vec<&str> = parts(address).collect();
    let names = parts.iter().rev().map(|part| {
        let name = part.split_once('.').map_or(*part, |(name, _)| name);
        permalink::decode(name).unwrap_or_default()
    });
    let mut names = names.filter(|name| !USUAL.contains(&name.as_str()));
    names.next()
}

fn parts(address: &str) -> impl Iterator<Item = &str> {
    address.split('/').filter(|part| !part.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_feed_is_of() {
        for (address, expected) in [
            ("/tags/open-data/index.xml", Some("open-data")),
            ("/category/news/feed/", Some("news")),
            ("/feed/by_tag/caf%C3%A9.xml", Some("café")),
            ("/feed.xml", None),
            ("/", None),
        ] {
            assert_eq!(term(address).as_deref(), expected, "{address}");
        }
    }
}
