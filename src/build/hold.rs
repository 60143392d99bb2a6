//! Taking out of feeds what the guard holds, and putting back what was published of it.

use std::collections::HashSet;
use std::path::Path;
use std::sync::Arc;

use feedwright_base::error::Error;
use feedwright_feed::emit;
use feedwright_feed::{Aliases, Entry, Extent, Feed, Format};
use feedwright_site::config::{Config, StateKind};

use crate::state::guard::Hold;
use crate::state::kept::{Lost, PublishedEntry};
use crate::state::{FeedRecord, HeldKind};

use super::lost::{ended, keep};
use super::serialize::Kept;

/// The feeds that are different because entries are held.
#[derive(Default)]
pub(crate) struct Changed {
    /// The feeds that have other entries now.
    pub(crate) feeds: Vec<Feed>,
    /// New feeds that are not written, because all of their entries are held.
    pub(crate) dropped: Vec<Feed>,
}

/// Makes feeds as if what is held had not happened. `vanished` are published entries whose posts are
/// gone, where no lock is kept and published feeds are the only record.
///
/// # Errors
///
/// A published file that cannot be read.
pub(crate) fn hold(
    feeds: &mut Vec<Feed>,
    records: &mut Vec<FeedRecord>,
    holds: &[Hold],
    vanished: &[&PublishedEntry],
    live: &Path,
    config: &Config,
    kept: &mut Kept,
) -> Result<Changed, Error> {
    let held = HeldEntries::new(holds, config);
    let mut changed = Changed::default();
    let mut dropped = Vec::new();
    for (at, feed) in feeds.iter_mut().enumerate() {
        let stays = held.others_of(feed);
        let has_held = stays.len() < feed.entries.len();
        let lost = if has_held { &held.lost } else { &held.resent };
        if !has_held && lost.is_empty() {
            continue;
        }
        let mut places = feed.places.iter();
        let is_first = !places.any(|place| live.join(&place.path).exists());
        if is_first && stays.is_empty() {
            dropped.push(at);
            continue;
        }
        if has_held {
            // Without any entry it is as new as what it would have, whenever that was changed.
            let newest = feed.entries.iter().map(|entry| entry.published).max();
            feed.updated = newest.unwrap_or(feed.updated);
        }
        let would_resurface = held.would_resurface_in(feed);
        let count = stays.len();
        feed.entries = stays;
        let mut lost = not_there(lost, feed);
        if would_resurface {
            // The feed goes on to tell that they were not its newest.
            let vanished = vanished.iter();
            lost.extend(vanished.map(|entry| lost_entry(&entry.id, &entry.id, config)));
        }
        // Archive pages come after the feeds and have no records of this kind.
        let mut of_archive = FeedRecord::default();
        let record = match records.get_mut(at) {
            Some(record) if feed.extent != Extent::Archive => record,
            _ => &mut of_archive,
        };
        keep(feed, record, None, &lost, live, config, kept)?;
        if has_held || feed.entries.len() > count {
            ended(feed, record, false);
            changed.feeds.push(feed.clone());
        }
    }
    for at in dropped.into_iter().rev() {
        changed.dropped.push(feeds.remove(at));
        if at < records.len() {
            records.remove(at);
        }
    }
    Ok(changed)
}

/// What is held, in all feeds.
struct HeldEntries<'a> {
    /// The ids of the entries as they would be.
    ids: HashSet<&'a str>,
    /// The ids of those that would come up as new.
    resurfaced: HashSet<&'a str>,
    /// The published entries that feeds keep in their places.
    lost: Vec<Lost>,
    /// The published entries that feeds without any held entry keep, too.
    resent: Vec<Lost>,
}

impl<'a> HeldEntries<'a> {
    fn new(holds: &'a [Hold], config: &Config) -> Self {
        let of_kind = |kind: HeldKind| holds.iter().filter(move |hold| hold.kind == kind);
        let published = |hold: &Hold| -> Vec<Lost> { published(hold, config).collect() };
        // Where published feeds are all that tells of the entries of posts that would be sent again,
        // all that have them keep them.
        let is_all = config.state == StateKind::Published;
        let resent = of_kind(HeldKind::Resent).filter(|_| is_all);
        HeldEntries {
            ids: holds.iter().map(|hold| hold.id.as_str()).collect(),
            resurfaced: of_kind(HeldKind::Resurfaced)
                .map(|hold| hold.id.as_str())
                .collect(),
            lost: holds.iter().flat_map(published).collect(),
            resent: resent.flat_map(published).collect(),
        }
    }

    /// The entries of a feed that are not held.
    fn others_of(&self, feed: &Feed) -> Vec<Arc<Entry>> {
        let entries = feed.entries.iter();
        let others = entries.filter(|entry| !self.ids.contains(&*entry.id));
        others.cloned().collect()
    }

    fn would_resurface_in(&self, feed: &Feed) -> bool {
        let mut entries = feed.entries.iter();
        entries.any(|entry| self.resurfaced.contains(&*entry.id))
    }
}

/// The lost entries that a feed does not have already, under whatever id: it may have kept one for
/// another reason.
fn not_there(lost: &[Lost], feed: &Feed) -> Vec<Lost> {
    let formats = || feed.places.iter().map(|place| place.format);
    let entries = feed.entries.iter();
    let there: HashSet<String> = entries
        .flat_map(|entry| {
            formats().map(|format| emit::id(format, &entry.id, &entry.aliases, &entry.url))
        })
        .collect();
    let is_there = |lost: &Lost| {
        let mut ids = formats().map(|format| emit::id(format, &lost.id, &lost.aliases, &lost.url));
        ids.any(|id| there.contains(&id))
    };
    lost.iter()
        .filter(|lost| !is_there(lost))
        .cloned()
        .collect()
}

/// The published entries that a hold keeps. They take the place of the held entry in the feed.
fn published<'a>(hold: &'a Hold, config: &'a Config) -> impl Iterator<Item = Lost> + 'a {
    let ids = hold.published.iter();
    ids.map(|id| lost_entry(&hold.id, id, config))
}

/// The entry of a post that every format knows by one id.
fn lost_entry(post: &str, id: &str, config: &Config) -> Lost {
    let mut aliases = Aliases::default();
    for format in Format::ALL {
        aliases.set(format, Some(id.to_owned()));
    }
    Lost {
        id: post.to_owned(),
        aliases,
        url: config.site.url.clone(),
        stays: true,
    }
}
