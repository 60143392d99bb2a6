//! Checks replies (RFC 4685).

use super::super::rule::rules;
use super::super::schema::{Attr, Child, Kind};
use super::super::value::{media_type, number, uri};

rules! {
    REPLIES_ATTRIBUTE = Error "thr-attribute", "RFC 4685, section 4",
        "`thr:count` or `thr:updated` stands on a link that does not lead to replies.",
        "put it on the link with `rel=\"replies\"`";
    REPLIES_WHEN = Error "thr-when", "RFC 4685, section 4",
        "`thr:when` was in drafts of the specification; it is `thr:updated` now.",
        "write `thr:updated`";
}

const SECTION: &str = "RFC 4685, section 3";

static IN_REPLY_TO: Kind = Kind::empty(
    SECTION,
    &[
        Attr::required("ref", &[uri::canonical]),
        Attr::optional("href", &[uri::iri_reference]),
        Attr::optional("source", &[uri::iri_reference]),
        Attr::optional("type", &[media_type::media_type]),
    ],
);

static TOTAL: Kind = Kind::text("RFC 4685, section 5", &[number::non_negative]);

/// The elements of the extension in a feed.
pub(crate) static FEED: &[Child] = &[Child::many("in-reply-to", &IN_REPLY_TO)];

/// The elements of the extension in an entry.
pub(crate) static ENTRY: &[Child] = &[
    Child::many("in-reply-to", &IN_REPLY_TO),
    Child::once("total", &TOTAL),
];
