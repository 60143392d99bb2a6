//! Requirements of Google News, as its Publisher Center documents them.

use super::super::context::{Context, Position};
use super::super::rule::rules;
use super::super::tree::{Element, Node};
use super::first;

rules! {
    NO_ID = Error "google-news-no-id", "Google News Publisher Center, “Technical feed requirements”",
        "An entry has no id, which Google News requires.",
        "add `guid` in RSS, `id` in Atom";
    ENTRY_LARGE = Error "google-news-entry-large", "Google News Publisher Center, “Technical feed requirements”",
        "An entry has more than 1 MB, which Google News does not take.",
        "shorten it";
    FEED_LARGE = Error "google-news-feed-large", "Google News Publisher Center, “Technical feed requirements”",
        "The feed has more than 2 MB, which Google News does not take.",
        "limit the number of entries";
    MANY = Warning "google-news-many", "Google News Publisher Center, “Technical feed requirements”",
        "The feed has more entries than Google News reads at once. Those beyond are not read where \
         all are new.",
        "limit the feed to 60 entries";
}

/// The largest entry, in bytes.
const LARGEST_ENTRY: usize = 1_000_000;

/// The largest feed, in bytes.
const LARGEST_FEED: usize = 2_000_000;

/// The number of entries that are read at once.
const MOST: usize = 60;

/// Checks an entry.
pub(super) fn entry(entry: &Element, cx: &mut Context<'_>) {
    if first(entry, &["guid", "id"]).is_none() {
        cx.report(&NO_ID, entry.at, "the entry has no id");
    }
    let size = size(entry);
    if size > LARGEST_ENTRY {
        cx.report(
            &ENTRY_LARGE,
            entry.at,
            format!("the entry has {size} bytes"),
        );
    }
}

/// Checks a feed as a whole.
pub(super) fn whole(at: Position, entries: usize, bytes: usize, cx: &mut Context<'_>) {
    if bytes > LARGEST_FEED {
        cx.report(&FEED_LARGE, at, format!("the feed has {bytes} bytes"));
    }
    if entries > MOST {
        cx.report(&MANY, at, format!("the feed has {entries} entries"));
    }
}

/// The bytes of all texts in an element.
fn size(element: &Element) -> usize {
    element
        .children
        .iter()
        .map(|node| match node {
            Node::Element(child) => size(child),
            Node::Text(text) => text.text.len(),
        })
        .sum()
}
