//! Checks the tags of FeedBurner.

use super::super::schema::{Attr, Child, Kind, filled};
use super::super::value::{text, uri};

const SECTION: &str = "FeedBurner namespace";

static URL: Kind = Kind::text(SECTION, &[uri::absolute]);
static PLAIN: Kind = Kind::text(SECTION, &[text::plain]);
static FREE: Kind = Kind::text(SECTION, &[]);
static FLARE: Kind = Kind::text(SECTION, &[text::plain]).with(&[
    Attr::optional("href", &[filled, uri::reference]),
    Attr::optional("src", &[filled, uri::reference]),
]);

/// The elements of the extension in a feed.
pub(crate) static FEED: &[Child] = &[
    Child::once("awareness", &URL),
    Child::once("browserFriendly", &PLAIN),
    Child::once("emailServiceId", &FREE),
    Child::many("feedFlare", &FLARE),
    Child::once("feedburnerHostname", &URL),
];

/// The elements of the extension in an entry.
pub(crate) static ENTRY: &[Child] = &[
    Child::once("awareness", &URL),
    Child::once("origEnclosureLink", &URL),
    Child::once("origLink", &URL),
];
