//! New and changed entries with their texts: what readers have, and what they would get.
//!
//! A plan names entries and keeps none of their texts, which may be more than fits into memory.
//! Those of the few that somebody wants to look at are taken from the feeds once more.

use std::collections::HashMap;
use std::collections::hash_map::Entry as Slot;
use std::path::{Path, PathBuf};

use feedwright_base::error::Error;
use feedwright_feed::emit;
use feedwright_feed::read::Published;
use feedwright_feed::{Entry, Feed, Format};

use crate::report::{EntryPreview, Face, Previews};
use crate::state::plan::FeedPlan;

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
pub(crate) fn previews(
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
        let feed = one.places.first().map(|(at, _)| &plan[*at]);
        let Some((path, format, entry)) = feed.and_then(|feed| found(&files, feed, one.id)) else {
            more += 1;
            continue;
        };
        let Some(now) = Published::of_entry(format, entry) else {
            more += 1;
            continue;
        };
        let after = Face { format, entry: now };
        let mut before = None;
        if !one.is_new {
            let old = match befores.entry(path) {
                Slot::Occupied(known) => known.into_mut(),
                Slot::Vacant(place) => place.insert(Published::read(&live.join(path))?),
            };
            let id = id_of(format, entry);
            before = old.as_ref().and_then(|old| {
                let published = old.entries.iter().find(|entry| entry.id == id)?;
                Some(Face {
                    format: old.format,
                    entry: published.clone(),
                })
            });
        }
        entries.push(EntryPreview {
            is_new: one.is_new,
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

/// The entry that a plan names, and the file whose texts of it are shown: mailers read RSS.
fn found<'a>(
    files: &Files<'a>,
    plan: &'a FeedPlan,
    id: &str,
) -> Option<(&'a Path, Format, &'a Entry)> {
    // Formats in which subscribers see the same are one plan, with the ids of the first of them.
    let first = plan.paths.first()?;
    let (feed, format) = *files.get(first.as_path())?;
    let entry = feed
        .entries
        .iter()
        .find(|entry| id_of(format, entry) == id)?;
    let is_rss = |path: &&PathBuf| {
        let file = files.get(path.as_path());
        file.is_some_and(|(_, format)| *format == Format::Rss)
    };
    let path = plan.paths.iter().find(is_rss).unwrap_or(first);
    let (_, format) = *files.get(path.as_path())?;
    Some((path, format, entry))
}

/// What readers of a format know an entry by.
fn id_of(format: Format, entry: &Entry) -> String {
    emit::id(format, &entry.id, &entry.aliases, &entry.url)
}
