//! Checks Dave Winer's namespace “source”: Markdown, accounts, blogrolls.

use super::super::rule::rules;
use super::super::schema::{Attr, Child, Kind, filled};
use super::super::value::{date, uri};

rules! {}

const SECTION: &str = "Source namespace";

static URL: Kind = Kind::text(SECTION, &[uri::absolute]);
static TEXT: Kind = Kind::text(SECTION, &[]);
static DATE: Kind = Kind::text(SECTION, &[date::rfc822]);
static ACCOUNT: Kind = Kind::text(SECTION, &[filled]).with(&[Attr::required("service", &[filled])]);
static LIKES: Kind = Kind::empty(SECTION, &[Attr::required("server", &[uri::http])]);
static ARCHIVE: Kind = Kind::ANYTHING;

/// The elements of the extension in a feed.
pub(crate) static FEED: &[Child] = &[
    Child::many("account", &ACCOUNT),
    Child::once("archive", &ARCHIVE),
    Child::once("blogroll", &URL),
    Child::once("cloud", &TEXT),
    Child::once("likes", &LIKES),
    Child::once("localTime", &TEXT),
    Child::many("self", &URL),
];

/// The elements of the extension in an entry.
pub(crate) static ENTRY: &[Child] = &[
    Child::once("markdown", &TEXT),
    Child::many("outline", &Kind::ANYTHING),
    Child::once("linkShort", &URL),
    Child::once("linkFull", &URL),
    Child::once("linkJson", &URL),
    Child::once("inReplyTo", &URL),
    Child::once("whenLastEdited", &DATE),
];
