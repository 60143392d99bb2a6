//! Feeds to the bytes of their files.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

use rayon::prelude::*;

use crate::emit;
use crate::error::Error;
use crate::feed::{Entry, Feed, Format, Place};

/// The bytes of entries that stay as they are, by id and file.
pub(super) type Kept = HashMap<String, HashMap<PathBuf, Box<str>>>;

/// Emits every feed in every format, one format after the other, so that the bytes of entries are
/// held for one format only and those of feeds no longer than `each` needs them. What it makes of
/// them comes with the feed's index, in the order of feeds and then of formats.
pub(super) fn documents<T: Send>(
    feeds: &[Feed],
    kept: &Kept,
    each: impl Fn(&Feed, &Place, &[u8]) -> Result<T, Error> + Sync,
) -> Result<Vec<(usize, T)>, Error> {
    let entries = each_once(feeds);
    let mut done: Vec<(usize, T)> = Vec::new();
    for format in Format::ALL {
        let bytes: HashMap<usize, Box<str>> = entries
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

/// The entries of feeds. Feeds share what they have in common; one that is too large may have some
/// of its own, which are shorter.
pub(super) fn each_once(feeds: &[Feed]) -> Vec<&Arc<Entry>> {
    let all = feeds.iter().flat_map(|feed| &feed.entries);
    let by_place: HashMap<usize, &Arc<Entry>> = all.map(|entry| (place_of(entry), entry)).collect();
    by_place.into_values().collect()
}

/// Where an entry is in memory: two entries of one post are not the same.
pub(super) fn place_of(entry: &Arc<Entry>) -> usize {
    Arc::as_ptr(entry).addr()
}

fn document(feed: &Feed, place: &Place, bytes: &HashMap<usize, Box<str>>, kept: &Kept) -> Vec<u8> {
    let parts: Vec<&str> = feed
        .entries
        .iter()
        .filter_map(|entry| match kept.get(&entry.id) {
            // What is kept of another file has nothing to be made of here.
            Some(files) => files.get(&place.path),
            None => bytes.get(&place_of(entry)),
        })
        .map(|bytes| &**bytes)
        .collect();
    emit::document(place.format, feed, place, &parts)
}
