//! Feeds to the bytes of their files.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

use feedwright_base::error::Error;
use feedwright_feed::emit;
use feedwright_feed::{Entry, Feed, Format, Place};
use rayon::prelude::*;

/// The bytes of entries that stay as they are, by id and file.
pub(crate) type Kept = HashMap<String, HashMap<PathBuf, Box<str>>>;

/// Emits every feed in every format, one format after the other, so that the bytes of entries that
/// feeds share are held for one format only, and those of feeds no longer than `each` needs them. What it makes of
/// them comes with the feed's index, in the order of feeds and then of formats.
pub(crate) fn documents<T: Send>(
    feeds: &[Feed],
    kept: &Kept,
    each: impl Fn(&Feed, &Place, &[u8]) -> Result<T, Error> + Sync,
) -> Result<Vec<(usize, T)>, Error> {
    let shared = shared(feeds);
    let mut done: Vec<(usize, T)> = Vec::new();
    for format in Format::ALL {
        let bytes: HashMap<usize, Box<str>> = shared
            .par_iter()
            .map(|entry| (place_of(entry), emit::entry(format, entry)))
            .collect();
        let made: Vec<(usize, T)> = feeds
            .par_iter()
            .enumerate()
            .flat_map_iter(|(at, feed)| feed.places.iter().map(move |place| (at, feed, place)))
            .filter(|(_, _, place)| place.format == format)
            .map(|(at, feed, place)| {
                let document = document(feed, place, &bytes, kept);
                Ok((at, each(feed, place, &document)?))
            })
            .collect::<Result<_, Error>>()?;
        done.extend(made);
    }
    // The sort is stable: formats keep their order within a feed.
    done.sort_by_key(|(at, _)| *at);
    Ok(done)
}

/// The entries of feeds, with the number of feeds that hold each.
pub(crate) fn each_once(feeds: &[Feed]) -> Vec<(&Arc<Entry>, usize)> {
    let mut entries: HashMap<usize, (&Arc<Entry>, usize)> = HashMap::new();
    for entry in feeds.iter().flat_map(|feed| &feed.entries) {
        entries.entry(place_of(entry)).or_insert((entry, 0)).1 += 1;
    }
    entries.into_values().collect()
}

/// Those whose bytes are worth holding, as several feeds have them.
fn shared(feeds: &[Feed]) -> Vec<&Arc<Entry>> {
    let all = each_once(feeds).into_iter();
    all.filter(|(_, feeds)| *feeds > 1)
        .map(|(entry, _)| entry)
        .collect()
}

/// Where an entry is in memory: two entries of one post are not the same.
pub(crate) fn place_of(entry: &Arc<Entry>) -> usize {
    Arc::as_ptr(entry).addr()
}

fn document(feed: &Feed, place: &Place, shared: &HashMap<usize, Box<str>>, kept: &Kept) -> Vec<u8> {
    // `None` where the bytes are held already, or are those of another file.
    let own: Vec<Option<Box<str>>> = feed
        .entries
        .iter()
        .map(|entry| {
            let is_own = !kept.contains_key(&entry.id) && !shared.contains_key(&place_of(entry));
            is_own.then(|| emit::entry(place.format, entry))
        })
        .collect();
    let parts: Vec<&str> = feed
        .entries
        .iter()
        .zip(&own)
        .filter_map(|(entry, own)| match (own, kept.get(&entry.id)) {
            (Some(own), _) => Some(own),
            // What is kept of another file has nothing to be made of here.
            (None, Some(files)) => files.get(&place.path),
            (None, None) => shared.get(&place_of(entry)),
        })
        .map(|bytes| &**bytes)
        .collect();
    emit::document(place.format, feed, place, &parts)
}
