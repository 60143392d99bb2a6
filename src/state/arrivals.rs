//! Decides why an entry that subscribers have not seen in a feed is new to it.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use feedwright_base::date::Timestamp;
use feedwright_feed::read::{Published, PublishedEntry, link_key};
use feedwright_site::post::History;
use serde::Serialize;

use super::resent::LostEntries;

/// Why an entry is new to a feed.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Arrival {
    /// It is a new post.
    New,
    /// It is a new post that is older than others in the feed.
    Backdated,
    /// It was public before, and is edited now, or it is newer than other entries that stood in the
    /// feed.
    Entered,
    /// It was public before, was gone, and is back.
    Returned,
    /// It was public before, and nobody touched it, and it is older than all that stood in the
    /// feed.
    Resurfaced,
    /// It was in the feed under another id.
    Resent {
        /// The id that readers know.
        was: String,
    },
}

/// What is known of entries beside the feeds that have them.
pub(crate) struct Memory<'a> {
    /// Looks up what is known of the post of an entry, by the entry's id.
    pub(crate) history: &'a dyn Fn(&str) -> Option<History>,
    /// Whether every post that was public before is known.
    pub(crate) remembers: bool,
    /// The number of entries in a full feed, where there is such a limit.
    pub(crate) most: Option<usize>,
    /// Entries of all feeds whose posts are gone, where no lock is kept and published feeds are
    /// the only record.
    pub(crate) vanished: &'a [&'a PublishedEntry],
}

/// What the arrival of an entry is judged by.
pub(super) struct Arrivals<'a> {
    memory: &'a Memory<'a>,
    /// The published entries by id.
    before: HashMap<&'a str, &'a PublishedEntry>,
    /// The published entries whose posts are gone.
    lost: LostEntries<'a>,
    newest: Option<Timestamp>,
    /// The position of the oldest published entry.
    last: Option<FeedPosition>,
    /// The addresses of published entries.
    links: HashSet<String>,
    /// Whether the one entry that is older than all others may only have filled an empty place.
    has_room: bool,
}

/// The position of an entry in the order of a feed, newest first.
type FeedPosition = (Reverse<Option<Timestamp>>, String);

impl<'a> Arrivals<'a> {
    pub(super) fn new(old: &'a Published, new: &Published, memory: &'a Memory<'a>) -> Self {
        // A post that only left the window is another one than whatever entered it; one that only
        // stays because some file is broken may be what entered.
        let vanished = old
            .entries
            .iter()
            .filter(|entry| (memory.history)(&entry.id).is_none());
        let mut arrivals = Arrivals {
            memory,
            before: old
                .entries
                .iter()
                .map(|entry| (entry.id.as_str(), entry))
                .collect(),
            lost: LostEntries::new(vanished, memory.vanished),
            newest: old.entries.iter().filter_map(|entry| entry.published).max(),
            last: old.entries.iter().map(position).max(),
            links: old.entries.iter().map(|e| link_key(&e.url)).collect(),
            has_room: false,
        };
        let older = new
            .entries
            .iter()
            .filter(|entry| arrivals.is_below(entry) && arrivals.published_before(entry).is_none());
        let older = older.count();
        let is_full = old.entries.len() >= memory.most.unwrap_or(new.entries.len());
        // Without a memory, what is older than all the rest was there before, unless it is alone and
        // there was room for it.
        arrivals.has_room = !memory.remembers && !is_full && older == 1;
        arrivals
    }

    /// The published entry with the id of this one.
    pub(super) fn published_before(&self, entry: &PublishedEntry) -> Option<&'a PublishedEntry> {
        self.before.get(entry.id.as_str()).copied()
    }

    /// Why an entry is new. Each lost entry is found again once.
    pub(super) fn arrival_of(&mut self, entry: &PublishedEntry) -> Arrival {
        let history = (self.memory.history)(&entry.id);
        // What a post is that is known, only its address in this feed may belie.
        let is_known = matches!(history, Some(History::Known { .. }));
        match (self.lost.same_as(entry, is_known), history) {
            (Some(was), _) => Arrival::Resent { was },
            (_, Some(History::Known { returned: true, .. })) => Arrival::Returned,
            (_, Some(History::Known { edited, .. })) => {
                if edited || !self.is_below(entry) || self.has_room {
                    Arrival::Entered
                } else {
                    Arrival::Resurfaced
                }
            }
            _ if self.is_split(entry) => Arrival::New,
            _ if !self.memory.remembers && self.is_below(entry) && !self.has_room => {
                Arrival::Resurfaced
            }
            _ if entry.published < self.newest => Arrival::Backdated,
            _ => Arrival::New,
        }
    }

    /// Whether an entry is older than all that stood in the feed.
    fn is_below(&self, entry: &PublishedEntry) -> bool {
        let last = self.last.as_ref();
        last.is_some_and(|last| position(entry) > *last)
    }

    /// Whether another entry has the same address. Where two entries shared one id, this one was
    /// published before, but readers saw only one of them.
    fn is_split(&self, entry: &PublishedEntry) -> bool {
        self.links.contains(&link_key(&entry.url))
    }
}

fn position(entry: &PublishedEntry) -> FeedPosition {
    (Reverse(entry.published), entry.id.clone())
}
