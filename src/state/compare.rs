//! What subscribers of one feed see of a run: what is new, what changed, what is gone.

use std::collections::HashSet;
use std::sync::Arc;

use feedwright_base::date::Timestamp;
use feedwright_feed::emit;
use feedwright_feed::read::{Field, HeadField, Published, PublishedEntry};
use feedwright_feed::{Entry, Feed, Format};
use feedwright_site::post::History;
use serde::Serialize;

use super::arrivals::{Arrival, Arrivals, Memory};

/// An entry as reports name it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct EntryName {
    /// The id that readers know it by.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its permalink.
    pub url: String,
    /// When it was published, by its own feed.
    pub published: Option<Timestamp>,
    /// The audio or other file that belongs to it, with type and length.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub enclosure: String,
}

impl EntryName {
    pub(crate) fn of(entry: &PublishedEntry) -> Self {
        EntryName {
            id: entry.id.clone(),
            title: entry.title.as_str().to_owned(),
            url: entry.url.clone(),
            published: entry.published,
            enclosure: entry.enclosure.as_str().to_owned(),
        }
    }
}

/// An entry that readers have not seen in this feed, at least not under this id.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct NewEntry {
    /// The entry.
    #[serde(flatten)]
    pub entry: EntryName,
    /// Why it is new.
    pub arrival: Arrival,
}

/// An entry that readers know and that is different now.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ChangedEntry {
    /// The entry.
    #[serde(flatten)]
    pub entry: EntryName,
    /// What changed of it.
    pub fields: Vec<Field>,
    /// What its address was, where that changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub was_at: Option<String>,
    /// What its date was, where that changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published_was: Option<Timestamp>,
    /// What its file was, where that changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enclosure_was: Option<String>,
}

/// Something of a feed itself that is different now.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct HeadChange {
    /// What it is.
    pub what: HeadField,
    /// What it was.
    pub was: String,
    /// What it is.
    pub is: String,
}

/// A value of a feed as reports show it.
pub(crate) fn or_none(text: &str) -> &str {
    if text.is_empty() { "none" } else { text }
}

/// What subscribers of a feed see.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Difference {
    /// Whether nobody can have subscribed to it yet.
    pub first: bool,
    /// Whether no file is there to compare with, so that its subscribers are taken to know the entries of
    /// posts that the lock knows.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub by_lock: bool,
    /// Whether it takes the place of a feed whose ids were adopted.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub adopted: bool,
    /// Whether what subscribers have was written by another program, in whose words every entry
    /// is another one.
    pub foreign: bool,
    /// Entries that they have not seen.
    pub new: Vec<NewEntry>,
    /// Entries that changed.
    pub changed: Vec<ChangedEntry>,
    /// Entries that are not in it any more.
    pub dropped: Vec<EntryName>,
    /// How many entries stay as they are.
    pub unchanged: usize,
    /// What changes of the feed itself.
    pub head: Vec<HeadChange>,
    /// How many entries it had.
    pub had: usize,
    /// The newest entry that it had.
    pub newest: Option<Timestamp>,
}

impl Difference {
    /// That of a feed which nobody has seen.
    pub(crate) fn first(feed: &Feed, format: Format) -> Self {
        let name = |entry: &Arc<Entry>| EntryName {
            id: emit::id(format, &entry.id, &entry.aliases, &entry.url),
            title: entry.title.clone(),
            url: entry.url.to_string(),
            published: Some(entry.published),
            enclosure: entry
                .attachments
                .first()
                .map(|file| file.url.to_string())
                .unwrap_or_default(),
        };
        Difference {
            first: true,
            new: feed
                .entries
                .iter()
                .map(|entry| NewEntry {
                    entry: name(entry),
                    arrival: Arrival::New,
                })
                .collect(),
            ..Difference::default()
        }
    }

    /// Whether subscribers of two formats see the same.
    pub(crate) fn is_alike(&self, other: &Difference) -> bool {
        let new = |all: &Difference| -> Vec<(String, bool)> {
            let is_resent = |new: &NewEntry| matches!(new.arrival, Arrival::Resent { .. });
            let name = |new: &NewEntry| (new.entry.url.clone(), is_resent(new));
            all.new.iter().map(name).collect()
        };
        let changed = |all: &Difference| -> Vec<String> {
            let changed = all.changed.iter();
            changed.map(|entry| entry.entry.url.clone()).collect()
        };
        let dropped = |all: &Difference| -> Vec<String> {
            all.dropped.iter().map(|entry| entry.url.clone()).collect()
        };
        let head = |all: &Difference| {
            all.head
                .iter()
                .filter(|c| c.what != HeadField::SelfLink)
                .count()
        };
        self.first == other.first
            && self.unchanged == other.unchanged
            && new(self) == new(other)
            && changed(self) == changed(other)
            && dropped(self) == dropped(other)
            && head(self) == head(other)
    }

    /// That of a feed which stays as it is, with this many entries.
    pub(crate) fn none(entries: usize) -> Self {
        Difference {
            unchanged: entries,
            had: entries,
            ..Difference::default()
        }
    }

    /// That of a feed which the lock knows and of which no file is there.
    pub(crate) fn by_lock(new: &Published, adopted: bool, memory: &Memory<'_>) -> Self {
        let is_known = |entry: &PublishedEntry| {
            let history = (memory.history)(&entry.id);
            matches!(history, Some(History::Known { .. }))
        };
        let mut old = new.clone();
        old.entries.retain(is_known);
        Difference {
            by_lock: true,
            adopted,
            ..Difference::of(&old, new, memory)
        }
    }

    /// Compares the feed that subscribers have with the one that they are to get.
    pub(crate) fn of(old: &Published, new: &Published, memory: &Memory<'_>) -> Self {
        let mut arrivals = Arrivals::new(old, new, memory);
        let mut difference = Difference {
            had: old.entries.len(),
            newest: old.entries.iter().filter_map(|entry| entry.published).max(),
            head: head(old, new),
            ..Difference::default()
        };
        for entry in &new.entries {
            let Some(known) = arrivals.published_before(entry) else {
                difference.new.push(NewEntry {
                    entry: EntryName::of(entry),
                    arrival: arrivals.arrival_of(entry),
                });
                continue;
            };
            match change(known, entry) {
                Some(changed) => difference.changed.push(changed),
                None => difference.unchanged += 1,
            }
        }
        difference.dropped = dropped(old, new, &difference.new);
        difference
    }

    /// Whether subscribers see anything at all.
    pub fn is_nothing(&self) -> bool {
        self.new.is_empty()
            && self.changed.is_empty()
            && self.dropped.is_empty()
            && self.head.is_empty()
    }
}

/// What changed of an entry that readers know; `None` where nothing did.
fn change(known: &PublishedEntry, entry: &PublishedEntry) -> Option<ChangedEntry> {
    let fields = known.differences(entry);
    if fields.is_empty() {
        return None;
    }
    let was = |is_changed: bool, was: &str| is_changed.then(|| was.to_owned());
    Some(ChangedEntry {
        was_at: was(known.url != entry.url, &known.url),
        published_was: known.published.filter(|was| Some(*was) != entry.published),
        enclosure_was: was(
            known.enclosure.as_str() != entry.enclosure.as_str(),
            known.enclosure.as_str(),
        ),
        entry: EntryName::of(entry),
        fields,
    })
}

/// The entries that are in the feed no more, neither under their own ids nor resent under others.
fn dropped(old: &Published, new: &Published, arrived: &[NewEntry]) -> Vec<EntryName> {
    let now: HashSet<&str> = new.entries.iter().map(|entry| entry.id.as_str()).collect();
    let resent = arrived.iter().filter_map(|new| match &new.arrival {
        Arrival::Resent { was } => Some(was.as_str()),
        _ => None,
    });
    let resent: HashSet<&str> = resent.collect();
    let is_there = |id: &str| now.contains(id) || resent.contains(id);
    old.entries
        .iter()
        .filter(|entry| !is_there(&entry.id))
        .map(EntryName::of)
        .collect()
}

/// What changes of the feed itself.
fn head(old: &Published, new: &Published) -> Vec<HeadChange> {
    let mut changes = Vec::new();
    for what in HeadField::ALL {
        let (was, is) = (old.head.get(what), new.head.get(what));
        if was != is {
            changes.push(HeadChange {
                what,
                was: was.unwrap_or_default().to_owned(),
                is: is.unwrap_or_default().to_owned(),
            });
        }
    }
    changes
}
