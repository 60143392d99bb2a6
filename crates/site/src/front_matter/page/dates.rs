//! Finds when a page says that it was published.

use feedwright_base::date;

use super::json_ld::Found;
use super::scan::{Entry, Heading, Scan, Time};
use super::{meta, property};

/// Names of metadata that say when a page was published, the most used first.
pub(super) const DATES: [&str; 18] = [
    "article:published_time",
    "article:published",
    "og:published_time",
    "og:article:published_time",
    "datepublished",
    "date",
    "pubdate",
    "publish-date",
    "publish_date",
    "published_time",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date.created",
    "dcterms.created",
    "dc.date",
    "dcterms.date",
    "citation_publication_date",
    "parsely-pub-date",
];

/// The place of a date that is written in words.
const IN_WORDS: &str = "date in words";

/// The other places that say when a page was published, behind the first of which metadata rank.
const PLACES: [&str; 7] = [
    "json-ld datePublished",
    "itemprop datePublished",
    "h-entry dt-published",
    "json-ld dateCreated",
    "itemprop dateCreated",
    "time",
    IN_WORDS,
];

/// The fields that say when a page was published, the surest first.
pub fn published() -> Vec<String> {
    let place = |place: &&str| (*place).to_owned();
    let first = PLACES.iter().take(1).map(place);
    let metas = DATES.iter().map(|name| format!("meta {name}"));
    let rest = PLACES.iter().skip(1).map(place);
    first.chain(metas).chain(rest).collect()
}

/// Whether a field says when a page was published.
pub(super) fn is_published(key: &str) -> bool {
    match key.strip_prefix("meta ") {
        Some(name) => DATES.contains(&name),
        None => PLACES.contains(&key),
    }
}

/// A time of a post stands so few words before its heading or behind it.
const NEAR: usize = 60;

/// What a page says of when it was published and changed.
pub(super) struct Dates {
    /// The names of the places where it says so, and the dates as they are written.
    pub(super) stated: Vec<(String, String)>,
    /// Whether it shows a date to its readers.
    pub(super) is_shown: bool,
}

impl Dates {
    /// Those of a page that shows this entry, if it marks one. A page that lists posts says nothing of
    /// itself, but for what its head says.
    pub(super) fn of(scan: &Scan, found: &Found, entry: Option<&Entry>) -> Self {
        let mut stated = in_head(scan, found);
        let is_list = matches!(found, Found::Several | Found::Other)
            || (entry.is_none() && !scan.entries.is_empty());
        if let Some(entry) = entry {
            let properties = entry.properties.iter().filter(|(name, _)| is_date(name));
            stated.extend(properties.map(|(name, says)| (property(entry, name), says.clone())));
        }
        let time = time(scan).filter(|_| !is_list);
        let is_marked = |key: &str| key.starts_with("h-entry") || key.starts_with("itemprop");
        let published = |key: &str| !is_update(key);
        let mut keys = stated.iter().map(|(key, _)| key.as_str());
        let is_shown = time.is_some() || keys.any(|key| is_marked(key) && published(key));
        let is_stated = stated.iter().any(|(key, _)| published(key));
        if let Some(time) = time.filter(|_| !is_stated) {
            let key = if time.in_words { IN_WORDS } else { "time" };
            stated.push((key.to_owned(), time.datetime.clone()));
        }
        // Some themes write the first of all days where a page has none.
        stated.retain(|(_, text)| !text.starts_with("0001-01-01"));
        Dates {
            stated: precise(stated),
            is_shown,
        }
    }
}

/// What linked data and metadata say.
fn in_head(scan: &Scan, found: &Found) -> Vec<(String, String)> {
    let mut stated = Vec::new();
    if let Found::Post(properties) = found {
        for (name, value) in properties.iter().filter(|(name, _)| is_date(name)) {
            let text = value.as_filled_text();
            stated.extend(text.map(|text| (format!("json-ld {name}"), text)));
        }
    }
    for name in DATES {
        let says = meta(scan, name);
        stated.extend(says.map(|says| (format!("meta {name}"), says.to_owned())));
    }
    stated
}

/// These dates without those that are only the day of another one.
fn precise(mut stated: Vec<(String, String)>) -> Vec<(String, String)> {
    let moments: Vec<String> = stated.iter().map(|(_, text)| text.clone()).collect();
    stated.retain(|(_, text)| {
        let is_told = |other: &String| {
            other.len() > text.len() && other.starts_with(text.as_str()) && has_zone(other)
        };
        !moments.iter().any(is_told)
    });
    stated
}

/// Whether a property is a date.
pub(super) fn is_date(name: &str) -> bool {
    name.starts_with("dt-") || name.starts_with("date")
}

/// Whether the name of a field says that it is the date of a change.
fn is_update(key: &str) -> bool {
    let key = key.to_ascii_lowercase();
    key.contains("modified") || key.contains("update")
}

/// The time that is shown beside the heading of a post: before the first part of a list and the
/// like. Without one, the only time of the page. What is written in words counts beside the heading
/// alone.
fn time(scan: &Scan) -> Option<&Time> {
    let own = || {
        let times = scan.times.iter();
        times.filter(|time| !time.is_update && !scan.is_listed(time))
    };
    // A text may begin with its title once more.
    let near: Vec<&Time> = match scan.headings.first() {
        Some(heading) => own().filter(|time| is_near(time, heading, scan)).collect(),
        None => Vec::new(),
    };
    let mut ranked = near.iter().filter(|time| !time.in_words);
    let marked = ranked.clone().find(|time| time.is_marked);
    if let Some(time) = marked.or(ranked.next()) {
        return Some(time);
    }
    // A page that says more than when it was published and changed lists others.
    let mut moments: Vec<&Time> = own().filter(|time| !time.in_words).collect();
    moments.sort_unstable_by_key(|time| time.datetime.as_str());
    moments.dedup_by_key(|time| time.datetime.as_str());
    match moments.as_slice() {
        [] => near.first().copied(),
        [first] | [first, _] => Some(first),
        _ => None,
    }
}

/// Whether a time stands beside a heading, and no part of a list or section between them.
fn is_near(time: &Time, heading: &Heading, scan: &Scan) -> bool {
    let (first, last) = (time.at.min(heading.at), time.at.max(heading.at));
    let between = first + 1..=last;
    let is_divided = scan.parts.iter().any(|part| between.contains(part));
    !time.is_apart && last - first <= NEAR && !is_divided
}

/// Whether a date says its zone.
fn has_zone(text: &str) -> bool {
    date::parse(text, None).is_ok_and(|written| written.zone.is_some())
}
