//! The namespaces of elements that few entries have. A document declares those that it uses, so that
//! all others stay as they are.

use feedwright_base::text::has;

use crate::{Entry, Feed, Format};

/// The namespaces by their prefixes.
const ALL: [(&str, &str); 4] = [
    (
        "creativeCommons",
        "http://backend.userland.com/creativeCommonsRssModule",
    ),
    ("georss", "http://www.georss.org/georss"),
    ("itunes", "http://www.itunes.com/dtds/podcast-1.0.dtd"),
    ("podcast", "https://podcastindex.org/namespace/1.0"),
];

/// The prefixes that the elements of every document have, or may have.
const OTHERS: [&str; 7] = ["atom", "content", "dc", "fh", "media", "xml", "xmlns"];

/// Whether a prefix stands for a namespace that is not the site's own.
pub fn is_taken(prefix: &str) -> bool {
    OTHERS.contains(&prefix) || ALL.iter().any(|(taken, _)| *taken == prefix)
}

/// The namespaces, by prefix and URI, that a document with these entries declares beside those that
/// all of its format have.
pub(super) fn used<'a>(
    format: Format,
    feed: &'a Feed,
    entries: &[&str],
) -> Vec<(&'a str, &'a str)> {
    // What was published before stays as nothing but bytes, which nobody else can tell of.
    let may_use = |entry: &Entry| {
        let is_kept = entry.summary.is_none();
        is_kept || entry.episode.is_some() || entry.extras.is_some()
    };
    let may_use = feed.show.is_some() || feed.entries.iter().any(|entry| may_use(entry));
    let own = feed.namespaces.iter();
    let own = own.map(|(prefix, uri)| (prefix.as_str(), uri.as_str()));
    let uses = |prefix: &str| {
        let start = format!("<{prefix}:");
        let is_show = format == Format::Rss && feed.show.is_some();
        let is_of_head = is_show && matches!(prefix, "itunes" | "podcast");
        is_of_head || entries.iter().any(|entry| has(entry, &start))
    };
    let all = ALL.into_iter().chain(own).filter(|_| may_use);
    all.filter(|(prefix, _)| uses(prefix)).collect()
}
