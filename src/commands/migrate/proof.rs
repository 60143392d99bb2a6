//! What each kind of reader would be sent, by the way in which it knows entries.

use std::collections::HashSet;

use feedwright_base::date::Timestamp;
use feedwright_feed::read::{Published, PublishedEntry, title_key};
use serde::Serialize;
use url::Url;

use crate::state::compare::EntryName;

/// How a reader knows an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Knows {
    /// By its id, as GovDelivery and most readers do.
    Id,
    /// By its link.
    Link,
    /// By its title and date.
    TitleAndDate,
    /// Not at all: whatever is dated after the last mail is sent, as Mailchimp does. The last mail
    /// is taken to have been the newest old entry.
    Date,
}

/// What one kind of reader would be sent.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Reader {
    /// How it knows entries.
    pub by: Knows,
    /// Posts that were public before the move.
    pub again: Vec<EntryName>,
    /// Posts that were not.
    pub new: Vec<EntryName>,
}

/// An entry of the new feed.
pub(super) struct Entry {
    pub(super) published: PublishedEntry,
    /// Whether its post was public before the move.
    pub(super) is_old: bool,
}

/// What readers of old feeds of one format would be sent by the new one.
pub(super) fn readers(old: &[&Published], new: &[Entry]) -> Vec<Reader> {
    let newest = old.iter().filter_map(|feed| feed.newest()).max();
    let unseen = |by: Knows, key: &dyn Fn(&PublishedEntry) -> String| {
        let entries = old.iter().flat_map(|feed| &feed.entries);
        let known: HashSet<String> = entries.map(key).collect();
        sent(by, new, &|entry| !known.contains(&key(entry)))
    };
    vec![
        unseen(Knows::Id, &|entry| entry.id.clone()),
        unseen(Knows::Link, &link),
        unseen(Knows::TitleAndDate, &title_and_date),
        sent(Knows::Date, new, &|entry| entry.published > newest),
    ]
}

fn sent(by: Knows, new: &[Entry], is_sent: &dyn Fn(&PublishedEntry) -> bool) -> Reader {
    let sent = new.iter().filter(|entry| is_sent(&entry.published));
    let (again, new): (Vec<&Entry>, Vec<&Entry>) = sent.partition(|entry| entry.is_old);
    let names = |entries: Vec<&Entry>| {
        let names = entries.iter().map(|entry| EntryName::of(&entry.published));
        names.collect()
    };
    Reader {
        by,
        again: names(again),
        new: names(new),
    }
}

/// The link as software that opens it sees it.
fn link(entry: &PublishedEntry) -> String {
    Url::parse(&entry.url).map_or_else(|_| entry.url.clone(), String::from)
}

fn title_and_date(entry: &PublishedEntry) -> String {
    let date = entry.published.map(Timestamp::epoch).unwrap_or_default();
    format!("{date} {}", title_key(entry.title.as_str()))
}
