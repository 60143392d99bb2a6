//! What feeds of any program tell of posts, to be promised from now on.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use feedwright_base::date::Timestamp;
use feedwright_feed::emit;
use feedwright_feed::read::{Published, PublishedEntry, link_key, title_key};
use feedwright_feed::{Aliases, Format, is_id};
use url::Url;

use super::records::Record;

/// What feeds tell of one post.
pub(crate) struct OldEntry {
    pub(crate) record: Record,
    /// Whether they say when it was published; the record's date stands for nothing else.
    pub(crate) dated: bool,
    /// Its link.
    pub(crate) address: String,
    /// The numbers of the feeds that have it.
    pub(crate) feeds: BTreeSet<usize>,
    /// Its ids in feeds that call it otherwise than newer ones of their format, with the numbers of
    /// these.
    pub(crate) others: Vec<(usize, String)>,
}

/// What is told of each entry, however many feeds, formats and pages have it. Two entries of one
/// feed with one id stay two. Where feeds say different things of an entry, the newest feed counts.
pub(crate) fn old_entries(feeds: &[&Published], base: &Url) -> Vec<OldEntry> {
    let hosts = hosts(feeds, base);
    let mut numbers: Vec<usize> = (0..feeds.len()).collect();
    numbers.sort_by_key(|&number| Reverse(feeds[number].newest()));
    let mut groups = Groups::default();
    for number in numbers {
        groups.add(number, feeds[number]);
    }
    let groups = groups.all.iter();
    groups
        .filter_map(|group| of_entry(group, base, &hosts))
        .collect()
}

/// Entries of feeds, those of one post together, those of the newest feed first.
#[derive(Default)]
struct Groups<'a> {
    all: Vec<Vec<Part<'a>>>,
    /// Where the group is of an address and a title.
    by_link: HashMap<(String, String), usize>,
    /// Where the group is of an id, as feeds of a format have it.
    by_id: HashMap<(Format, &'a str), usize>,
}

/// What one feed says of an entry.
struct Part<'a> {
    /// The number of the feed.
    feed: usize,
    format: Format,
    entry: &'a PublishedEntry,
}

impl<'a> Groups<'a> {
    fn add(&mut self, number: usize, feed: &'a Published) {
        let mut count: HashMap<&str, usize> = HashMap::new();
        for entry in &feed.entries {
            *count.entry(&entry.id).or_default() += 1;
        }
        let mut ids = Vec::new();
        // What no feed may have, no promise can be made of.
        for entry in feed.entries.iter().filter(|entry| is_id(&entry.id)) {
            let link = (link_key(&entry.url), title_key(entry.title.as_str()));
            let id = (feed.format, entry.id.as_str());
            let is_one = count.get(entry.id.as_str()) == Some(&1);
            let known = self.by_id.get(&id).filter(|_| is_one);
            let known = known.or_else(|| self.by_link.get(&link)).copied();
            let at = known.unwrap_or_else(|| {
                self.all.push(Vec::new());
                self.all.len() - 1
            });
            if let Some(group) = self.all.get_mut(at) {
                group.push(Part {
                    feed: number,
                    format: feed.format,
                    entry,
                });
            }
            self.by_link.entry(link).or_insert(at);
            if is_one {
                ids.push((id, at));
            }
        }
        for (id, at) in ids {
            self.by_id.entry(id).or_insert(at);
        }
    }
}

/// The hosts whose pages are the site's: its own, and those that the feeds say they are of.
fn hosts(feeds: &[&Published], base: &Url) -> HashSet<String> {
    let heads = feeds.iter().flat_map(|feed| {
        let links = [&feed.head.site, &feed.head.self_link];
        links
            .into_iter()
            .flatten()
            .filter_map(|link| Url::parse(link).ok())
    });
    heads
        .chain([base.clone()])
        .filter_map(|url| host(&url))
        .collect()
}

/// The host of an address, as sites with and without `www.` share it.
pub(crate) fn host(url: &Url) -> Option<String> {
    let host = url.host_str()?;
    Some(host.strip_prefix("www.").unwrap_or(host).to_owned())
}

/// The first version of an entry in a format.
fn of_format<'a>(group: &[Part<'a>], format: Format) -> Option<&'a PublishedEntry> {
    let part = group.iter().find(|part| part.format == format);
    part.map(|part| part.entry)
}

/// When an entry was published, as far as its feeds say.
fn published(group: &[Part<'_>]) -> Option<Timestamp> {
    let published = |entry: &PublishedEntry| entry.published.filter(|date| date.is_lasting());
    let mut dates = group.iter().filter_map(|part| published(part.entry));
    of_format(group, Format::Json)
        .or(of_format(group, Format::Atom))
        .and_then(published)
        .or_else(|| dates.next())
}

/// The record of one entry. The formats that call it otherwise keep their own ids.
fn of_entry(group: &[Part<'_>], base: &Url, hosts: &HashSet<String>) -> Option<OldEntry> {
    let first = group.first()?.entry;
    let of = |format: Format| of_format(group, format);
    // An Atom id may be made of another one, but no other id of it.
    let main = of(Format::Json).or(of(Format::Rss)).unwrap_or(first);
    let url = Url::parse(&main.url).unwrap_or_else(|_| base.clone());
    let mut aliases = Aliases::default();
    for format in Format::ALL {
        let Some(entry) = of(format) else { continue };
        if emit::id(format, &main.id, &Aliases::default(), &url) != entry.id {
            aliases.set(format, Some(entry.id.clone()));
        }
    }
    let others = group.iter().filter_map(|part| {
        let id = &part.entry.id;
        let is_other = of(part.format).is_some_and(|kept| kept.id != *id);
        is_other.then(|| (part.feed, id.clone()))
    });
    let published = published(group);
    let dated = published.is_some();
    let published = published.or_else(|| Timestamp::from_epoch(0))?;
    let updated = group.iter().filter_map(|part| part.entry.updated);
    let updated = updated.filter(|date| date.is_lasting()).max();
    // A link to a page of another site says nothing about this one's.
    let here = |url: &Url| {
        let is_here = host(url).is_some_and(|host| hosts.contains(&host));
        let path = url.path().strip_prefix(base.path());
        let path = path.unwrap_or(url.path().trim_start_matches('/'));
        is_here.then(|| format!("/{path}"))
    };
    let path = here(&url);
    let links: BTreeSet<&str> = group.iter().map(|part| &*part.entry.url).collect();
    let elsewhere = links.into_iter().filter(|link| *link != main.url);
    let elsewhere = elsewhere.filter_map(|link| here(&Url::parse(link).ok()?));
    let record = Record {
        id: main.id.clone(),
        aliases,
        path: String::new(),
        url: path.unwrap_or_else(|| main.url.clone()),
        title: main.title.as_str().to_owned(),
        published,
        given: None,
        updated: updated.filter(|updated| *updated > published),
        content: None,
        gone: false,
        hidden: false,
        scheduled: None,
        latest: None,
        like: BTreeMap::new(),
        elsewhere: elsewhere.collect(),
        pending: false,
    };
    Some(OldEntry {
        record,
        dated,
        address: main.url.clone(),
        feeds: group.iter().map(|part| part.feed).collect(),
        others: others.collect(),
    })
}
