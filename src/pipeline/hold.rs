//! Taking out of feeds what the guard holds, and putting back what was published of it.

use std::collections::HashSet;
use std::path::Path;

use crate::config::Config;
use crate::error::Error;
use crate::feed::{Aliases, Extent, Feed, Format};
use crate::state::guard::Hold;
use crate::state::kept::Lost;
use crate::state::{FeedRecord, HeldKind};

use super::documents::Kept;
use super::{ended, keep};

/// What holding entries made of feeds.
#[derive(Default)]
pub(super) struct Changed {
    /// The feeds that have other entries now.
    pub(super) feeds: Vec<Feed>,
    /// Feeds that nobody has yet, and that would have nothing else than what is held.
    pub(super) dropped: Vec<Feed>,
}

/// Makes feeds as if what is held had not happened.
///
/// # Errors
///
/// A published file that cannot be read.
pub(super) fn hold(
    feeds: &mut Vec<Feed>,
    records: &mut Vec<FeedRecord>,
    holds: &[Hold],
    live: &Path,
    config: &Config,
    kept: &mut Kept,
) -> Result<Changed, Error> {
    let held: HashSet<&str> = holds.iter().map(|hold| hold.id.as_str()).collect();
    let lost: Vec<Lost> = holds
        .iter()
        .filter(|hold| hold.kind != HeldKind::Resurfaced)
        .flat_map(|hold| published(hold, config))
        .collect();
    let mut changed = Changed::default();
    let mut dropped = Vec::new();
    for (at, feed) in feeds.iter_mut().enumerate() {
        let stays = feed
            .entries
            .iter()
            .filter(|entry| !held.contains(&*entry.id));
        let stays: Vec<_> = stays.cloned().collect();
        if stays.len() == feed.entries.len() {
            continue;
        }
        let mut places = feed.places.iter();
        let is_first = !places.any(|place| live.join(&place.path).exists());
        if is_first && stays.is_empty() {
            dropped.push(at);
            continue;
        }
        // A feed that has no entry left is as new as what it would have, whenever that was changed.
        let newest = feed.entries.iter().map(|entry| entry.published).max();
        feed.updated = newest.unwrap_or(feed.updated);
        feed.entries = stays;
        // Archive pages come after the feeds and have no records of this kind.
        let mut of_archive = FeedRecord::default();
        let record = match records.get_mut(at) {
            Some(record) if feed.extent != Extent::Archive => record,
            _ => &mut of_archive,
        };
        keep(feed, record, None, &lost, live, config, kept)?;
        ended(feed, record, false);
        changed.feeds.push(feed.clone());
    }
    for at in dropped.into_iter().rev() {
        changed.dropped.push(feeds.remove(at));
        if at < records.len() {
            records.remove(at);
        }
    }
    Ok(changed)
}

/// What published entries a hold is about.
fn published<'a>(hold: &'a Hold, config: &'a Config) -> impl Iterator<Item = Lost> + 'a {
    hold.published.iter().map(|id| {
        let mut aliases = Aliases::default();
        for format in Format::ALL {
            aliases.set(format, Some(id.clone()));
        }
        Lost {
            // It stands where the held entry would stand, as far as the feed knows.
            id: hold.id.clone(),
            aliases,
            url: config.site.url.clone(),
            stays: true,
        }
    })
}
