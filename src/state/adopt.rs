//! What feeds of any program tell of posts, to be promised from now on.

use std::collections::{BTreeMap, HashMap, HashSet};

use url::Url;

use crate::check::invariants::is_id;
use crate::date::Timestamp;
use crate::emit;
use crate::feed::{Aliases, Format};

use super::lock::Record;
use super::published::{Published, Seen, link_key, title_key};

/// What feeds tell of one post.
pub(crate) struct Told {
    pub(crate) record: Record,
    /// Whether they say when it was published; the record's date stands for nothing else.
    pub(crate) dated: bool,
}

/// What is told of each entry, however many feeds and formats have it. Two entries with one id stay
/// two.
pub(crate) fn told(feeds: &[&Published], base: &Url) -> Vec<Told> {
    let hosts = hosts(feeds, base);
    let mut groups: Vec<Vec<(Format, &Seen)>> = Vec::new();
    let mut known: HashMap<(String, String), usize> = HashMap::new();
    for feed in feeds {
        // What no feed may have, no promise can be made of.
        for entry in feed.entries.iter().filter(|entry| is_id(&entry.id)) {
            let key = (link_key(&entry.url), title_key(entry.title()));
            let at = *known.entry(key).or_insert(groups.len());
            if at == groups.len() {
                groups.push(Vec::new());
            }
            groups[at].push((feed.format, entry));
        }
    }
    groups
        .iter()
        .filter_map(|group| of_entry(group, base, &hosts))
        .collect()
}

/// The hosts whose pages are the site's: its own, and those that the feeds say they are of.
fn hosts(feeds: &[&Published], base: &Url) -> HashSet<String> {
    let heads = feeds.iter().flat_map(|feed| {
        let links = [feed.head.get("site"), feed.head.get("self link")];
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

fn host(url: &Url) -> Option<String> {
    let host = url.host_str()?;
    Some(host.strip_prefix("www.").unwrap_or(host).to_owned())
}

/// The record of one entry. The formats that call it otherwise keep their own ids.
fn of_entry(group: &[(Format, &Seen)], base: &Url, hosts: &HashSet<String>) -> Option<Told> {
    let (_, first) = group.first()?;
    let of = |format: Format| group.iter().find(|(of, _)| *of == format).map(|(_, e)| *e);
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
    let dates: Vec<Timestamp> = group.iter().filter_map(|(_, e)| e.published).collect();
    let published = of(Format::Json)
        .or(of(Format::Atom))
        .and_then(|entry| entry.published)
        .or(dates.first().copied());
    let dated = published.is_some();
    let published = published.or_else(|| Timestamp::from_epoch(0))?;
    let updated = group.iter().filter_map(|(_, entry)| entry.updated).max();
    // A link to a page of another site says nothing about this one's.
    let is_here = host(&url).is_some_and(|host| hosts.contains(&host));
    let path = url.path().strip_prefix(base.path());
    let path = path.or(Some(url.path().trim_start_matches('/')));
    let path = path.filter(|_| is_here);
    let record = Record {
        id: main.id.clone(),
        aliases,
        path: String::new(),
        url: path.map_or_else(|| main.url.clone(), |path| format!("/{path}")),
        title: main.title().trim().to_owned(),
        published,
        given: None,
        updated: updated.filter(|updated| *updated > published),
        content: None,
        gone: false,
        hidden: false,
        latest: None,
        like: BTreeMap::new(),
        pending: false,
    };
    Some(Told { record, dated })
}
