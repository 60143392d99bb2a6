//! Finds the published entries whose posts are gone again under other ids: what would be sent twice.

use std::collections::{BTreeSet, HashMap, HashSet};

use feedwright_feed::read::{PublishedEntry, link_key, title_key};

/// How many different words two texts must share to be taken for one.
const ENOUGH: usize = 12;

/// How many entries are compared word by word.
const MANY: usize = 200;

/// Entries whose posts are gone, to be found again under other ids.
pub(super) struct LostEntries<'a> {
    /// `None` for those that were found again.
    entries: Vec<Option<&'a PublishedEntry>>,
    /// Indices by address.
    links: HashMap<String, Vec<usize>>,
    /// Indices by title and day.
    titles: HashMap<String, Vec<usize>>,
    /// The words of each entry; empty where there are too many entries to compare them.
    words: Vec<HashSet<String>>,
}

impl<'a> LostEntries<'a> {
    /// The entries that vanished from the feed itself and, as long as they are few, from others.
    pub(super) fn new(
        entries: impl Iterator<Item = &'a PublishedEntry>,
        others: &[&'a PublishedEntry],
    ) -> Self {
        let mut entries: Vec<&PublishedEntry> = entries.collect();
        if entries.len() + others.len() <= MANY {
            let ids: HashSet<&str> = entries.iter().map(|entry| &*entry.id).collect();
            let others = others.iter().filter(|entry| !ids.contains(&*entry.id));
            entries.extend(others.copied());
        }
        let mut lost = LostEntries {
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

    /// The id that an entry had, if a person would say that it is one of the lost ones: by its
    /// address or, unless `by_link_alone`, by title and day or by its text. The lost entry is taken,
    /// so that no other entry is found to be the same.
    pub(super) fn same_as(
        &mut self,
        entry: &PublishedEntry,
        by_link_alone: bool,
    ) -> Option<String> {
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

/// The different words of an entry's text.
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
