//! New and changed entries with their texts: what readers have, and what they would get.
//!
//! A plan names entries and keeps none of their texts, which may be more than fits into memory.
//! Those of the few that somebody wants to look at are taken from the feeds once more.

use std::collections::HashMap;
use std::collections::hash_map::Entry as Slot;
use std::path::{Path, PathBuf};

use crate::emit;
use crate::error::Error;
use crate::feed::{Entry, Feed, Format};
use crate::report::{EntryPreview, Face, FeedPlan, Previews};
use crate::state::published::Published;

/// An entry that was chosen.
struct Chosen<'a> {
    id: &'a str,
    is_new: bool,
    /// As in [`EntryPreview::places`].
    places: Vec<(usize, usize)>,
}

/// Returns the first `most` new and changed entries of a plan. An entry that is new in several
/// feeds is one, with the texts of the first of them.
///
/// # Errors
///
/// A published feed that cannot be read.
pub(super) fn previews(
    feeds: &[Feed],
    plan: &[FeedPlan],
    live: &Path,
    most: usize,
) -> Result<Previews, Error> {
    let (chosen, mut more) = choose(plan, most);
    let places = feeds.iter().flat_map(|feed| {
        let places = feed.places.iter();
        places.map(move |place| (place.path.as_path(), (feed, place.format)))
    });
    let files: Files<'_> = places.collect();
    let mut befores: HashMap<&Path, Option<Published>> = HashMap::new();
    let mut entries = Vec::with_capacity(chosen.len());
    for one in chosen {
        let path = one.places.first();
        let path = path.and_then(|(at, _)| shown(&plan[*at], &files));
        let after = path.and_then(|path| after(&files, path, one.id));
        let (Some(path), Some(after)) = (path, after) else {
            more += 1;
            continue;
        };
        let mut before = None;
        if !one.is_new {
            let old = match befores.entry(path) {
                Slot::Occupied(known) => known.into_mut(),
                Slot::Vacant(place) => place.insert(Published::read(&live.join(path))?),
            };
            before = old.as_ref().and_then(|old| {
                let seen = old.entries.iter().find(|entry| entry.id == one.id)?;
                let (format, seen) = (old.format, seen.clone());
                Some(Face { format, seen })
            });
        }
        entries.push(EntryPreview {
            places: one.places,
            before,
            after,
        });
    }
    Ok(Previews { entries, more })
}

/// The entries to show, in the plan's order, and how many more there are. Nobody reads a new feed.
fn choose(plan: &[FeedPlan], most: usize) -> (Vec<Chosen<'_>>, usize) {
    let mut known: HashMap<(bool, &str), usize> = HashMap::new();
    let mut chosen: Vec<Chosen<'_>> = Vec::new();
    for (at, feed) in plan.iter().enumerate() {
        if feed.difference.first {
            continue;
        }
        let new = feed.difference.new.iter().map(|new| (true, &new.entry));
        let changed = feed.difference.changed.iter();
        let changed = changed.map(|changed| (false, &changed.entry));
        for (number, (is_new, entry)) in new.enumerate().chain(changed.enumerate()) {
            let next = known.len();
            let which = *known.entry((is_new, &entry.id)).or_insert(next);
            if let Some(one) = chosen.get_mut(which) {
                one.places.push((at, number));
            } else if which < most {
                chosen.push(Chosen {
                    id: &entry.id,
                    is_new,
                    places: vec![(at, number)],
                });
            }
        }
    }
    let more = known.len() - chosen.len();
    (chosen, more)
}

/// The feed and the format at every path.
type Files<'a> = HashMap<&'a Path, (&'a Feed, Format)>;

/// The file of a feed whose texts are shown: mailers read RSS.
fn shown<'a>(feed: &'a FeedPlan, files: &Files<'_>) -> Option<&'a Path> {
    let is_rss = |path: &&PathBuf| {
        let file = files.get(path.as_path());
        file.is_some_and(|(_, format)| *format == Format::Rss)
    };
    let path = feed.paths.iter().find(is_rss).or(feed.paths.first());
    path.map(PathBuf::as_path)
}

/// What readers of a file would get of an entry.
fn after(files: &Files<'_>, path: &Path, id: &str) -> Option<Face> {
    let (feed, format) = *files.get(path)?;
    let id_of = |entry: &Entry| emit::id(format, &entry.id, &entry.aliases, &entry.url);
    let entry = feed.entries.iter().find(|entry| id_of(entry) == id)?;
    let seen = Published::of_entry(format, entry)?;
    Some(Face { format, seen })
}
