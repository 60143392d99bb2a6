//! What subscribers of one feed see of a run: what is new, what changed, what is gone.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use feedwright_base::date::Timestamp;
use feedwright_feed::emit;
use feedwright_feed::read::{Field, HeadField, Published, PublishedEntry, link_key, title_key};
use feedwright_feed::{Entry, Feed, Format};
use feedwright_site::post::History;
use serde::Serialize;

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
    pub(crate) fn of(seen: &PublishedEntry) -> Self {
        EntryName {
            id: seen.id.clone(),
            title: seen.title.as_str().to_owned(),
            url: seen.url.clone(),
            published: seen.published,
            enclosure: seen.enclosure.as_str().to_owned(),
        }
    }
}

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

/// What is known of entries beside the feeds that have them.
pub(crate) struct Memory<'a> {
    /// What is known of the post of an entry, by the id of that.
    pub(crate) history: &'a dyn Fn(&str) -> Option<History>,
    /// Whether that is all there was.
    pub(crate) remembers: bool,
    /// How many entries a feed has that is full, where that can be said.
    pub(crate) most: Option<usize>,
    /// Entries of all feeds whose posts are gone, where published feeds are all that tells.
    pub(crate) vanished: &'a [&'a PublishedEntry],
}

/// What subscribers of a feed see.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Difference {
    /// Whether nobody can have subscribed to it yet.
    pub first: bool,
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

    /// Compares the feed that subscribers have with the one that they are to get.
    pub(crate) fn of(old: &Published, new: &Published, memory: &Memory<'_>) -> Self {
        let Memory {
            history,
            remembers,
            most,
            ..
        } = *memory;
        let before: HashMap<&str, &PublishedEntry> = old
            .entries
            .iter()
            .map(|entry| (entry.id.as_str(), entry))
            .collect();
        let now: HashSet<&str> = new.entries.iter().map(|entry| entry.id.as_str()).collect();
        let dropped: Vec<&PublishedEntry> = old
            .entries
            .iter()
            .filter(|entry| !now.contains(entry.id.as_str()))
            .collect();
        // A post that only left the window is another one than whatever entered it; one that only
        // stays because some file is broken may be what entered.
        let vanished = old
            .entries
            .iter()
            .filter(|entry| history(&entry.id).is_none());
        let mut lost = Lost::new(vanished, memory.vanished);
        let newest = old.entries.iter().filter_map(|entry| entry.published).max();
        let position = |entry: &PublishedEntry| (Reverse(entry.published), entry.id.clone());
        let last = old.entries.iter().map(position).max();
        // What comes after the last entry is older than all that stood in the feed.
        let is_below =
            |entry: &PublishedEntry| last.as_ref().is_some_and(|last| position(entry) > *last);
        let older = new
            .entries
            .iter()
            .filter(|entry| is_below(entry) && !before.contains_key(entry.id.as_str()));
        let older = older.count();
        // Two entries that had one id: the other one was there, but no reader could tell.
        let links: HashSet<String> = old.entries.iter().map(|e| link_key(&e.url)).collect();
        let is_split = |entry: &PublishedEntry| links.contains(&link_key(&entry.url));
        let is_full = old.entries.len() >= most.unwrap_or(new.entries.len());
        // Without a memory, what is older than all the rest was there before, unless it is alone and
        // there was room for it.
        let has_room = !remembers && !is_full && older == 1;
        let mut difference = Difference {
            had: old.entries.len(),
            newest,
            head: head(old, new),
            ..Difference::default()
        };
        for entry in &new.entries {
            let Some(known) = before.get(entry.id.as_str()) else {
                let history = history(&entry.id);
                // What a post is that is known, only its address in this feed may belie.
                let is_known = matches!(history, Some(History::Known { .. }));
                let arrival = match (lost.same_as(entry, is_known), history) {
                    (Some(was), _) => Arrival::Resent { was },
                    (_, Some(History::Known { returned: true, .. })) => Arrival::Returned,
                    (_, Some(History::Known { edited, .. })) => {
                        if edited || !is_below(entry) || has_room {
                            Arrival::Entered
                        } else {
                            Arrival::Resurfaced
                        }
                    }
                    _ if is_split(entry) => Arrival::New,
                    _ if !remembers && is_below(entry) && !has_room => Arrival::Resurfaced,
                    _ if entry.published < newest => Arrival::Backdated,
                    _ => Arrival::New,
                };
                difference.new.push(NewEntry {
                    entry: EntryName::of(entry),
                    arrival,
                });
                continue;
            };
            let fields = known.differences(entry);
            if fields.is_empty() {
                difference.unchanged += 1;
                continue;
            }
            let was = |is_changed: bool, was: &str| is_changed.then(|| was.to_owned());
            difference.changed.push(ChangedEntry {
                was_at: was(known.url != entry.url, &known.url),
                published_was: known.published.filter(|was| Some(*was) != entry.published),
                enclosure_was: was(
                    known.enclosure.as_str() != entry.enclosure.as_str(),
                    known.enclosure.as_str(),
                ),
                entry: EntryName::of(entry),
                fields,
            });
        }
        let resent: HashSet<&str> = difference
            .new
            .iter()
            .filter_map(|new| match &new.arrival {
                Arrival::Resent { was } => Some(was.as_str()),
                _ => None,
            })
            .collect();
        difference.dropped = dropped
            .into_iter()
            .filter(|entry| !resent.contains(entry.id.as_str()))
            .map(EntryName::of)
            .collect();
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

/// Entries whose posts are gone, to be found again under other ids.
struct Lost<'a> {
    entries: Vec<Option<&'a PublishedEntry>>,
    links: HashMap<String, Vec<usize>>,
    /// By title and day.
    titles: HashMap<String, Vec<usize>>,
    words: Vec<HashSet<String>>,
}

impl<'a> Lost<'a> {
    /// Those of the feed itself, and those of others, as long as they are few.
    fn new(
        entries: impl Iterator<Item = &'a PublishedEntry>,
        others: &[&'a PublishedEntry],
    ) -> Self {
        let mut entries: Vec<&PublishedEntry> = entries.collect();
        if entries.len() + others.len() <= MANY {
            let ids: HashSet<&str> = entries.iter().map(|entry| &*entry.id).collect();
            let others = others.iter().filter(|entry| !ids.contains(&*entry.id));
            entries.extend(others.copied());
        }
        let mut lost = Lost {
            links: HashMap::new(),
            titles: HashMap::new(),
            // Of many that are gone at once, addresses and titles tell enough.
            words: if entries.len() > MANY {
                Vec::new()
            } else {
                entries.iter().map(|entry| words(entry)).collect()
            },
            entries: entries.iter().copied().map(Some).collect(),
        };
        for (at, entry) in entries.iter().enumerate() {
            if !entry.url.is_empty() {
                let links = lost.links.entry(link_key(&entry.url)).or_default();
                links.push(at);
            }
            for title in titles(entry) {
                lost.titles.entry(title).or_default().push(at);
            }
        }
        lost
    }

    /// The id that an entry had, if it is one of the lost ones to a person: by its address, or, if
    /// that is asked, by title and day or by what it says.
    fn same_as(&mut self, entry: &PublishedEntry, by_link_alone: bool) -> Option<String> {
        if self.entries.is_empty() {
            return None;
        }
        let is_lost = |at: &&usize| self.entries[**at].is_some();
        let link = (!entry.url.is_empty()).then(|| link_key(&entry.url));
        let by_link = link.and_then(|link| self.links.get(&link)?.iter().find(is_lost).copied());
        let by_title = || {
            let titles = titles(entry);
            let mut same = titles.iter().filter_map(|title| self.titles.get(title));
            same.find_map(|all| all.iter().find(is_lost).copied())
        };
        let by_words = || {
            let own = words(entry);
            let is_same = |(at, other): (usize, &HashSet<String>)| {
                let lost = self.entries[at]?;
                (is_near(lost, entry) && is_same_text(&own, other)).then_some(at)
            };
            self.words.iter().enumerate().find_map(is_same)
        };
        let found = match by_link_alone {
            true => by_link?,
            false => by_link.or_else(by_title).or_else(by_words)?,
        };
        self.entries[found].take().map(|lost| lost.id.clone())
    }
}

/// The title with the day, on the calendars that a feed may have it on.
fn titles(entry: &PublishedEntry) -> Vec<String> {
    let Some(published) = entry.published else {
        return Vec::new();
    };
    let title = title_key(entry.title.as_str());
    let days = BTreeSet::from([published.day(), published.with_zone(chrono_tz::UTC).day()]);
    days.iter().map(|day| format!("{day} {title}")).collect()
}

fn words(entry: &PublishedEntry) -> HashSet<String> {
    let content = match entry.content.as_str() {
        "" => &entry.summary,
        content => content,
    };
    feedwright_base::text::plain(content)
        .split_whitespace()
        .map(str::to_lowercase)
        .collect()
}

/// Whether two entries are of one week: what comes regularly says much the same each time.
fn is_near(one: &PublishedEntry, other: &PublishedEntry) -> bool {
    let (Some(day), Some(other)) = (one.published, other.published) else {
        return false;
    };
    (day.day() - other.day()).num_days().abs() < 7
}

/// Whether most words of two texts are the same: of a post that was renamed and edited.
fn is_same_text(one: &HashSet<String>, other: &HashSet<String>) -> bool {
    let common = one.intersection(other).count();
    let all = one.len() + other.len() - common;
    common >= ENOUGH && common * 2 > all
}

/// How many different words two texts must share to be taken for one.
const ENOUGH: usize = 12;

/// How many entries are compared word by word.
const MANY: usize = 200;
