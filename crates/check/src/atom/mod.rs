//! Checks Atom 1.0 (RFC 4287).

mod link;
mod text;

use std::io::Read;

use super::context::{Context, Position};
use super::extension;
use super::input::MOST_SEEN;
use super::names::Ns;
use super::profile;
use super::rule::{Rule, rules};
use super::schema::{Attr, Child, Kind, Need, Spot, Table, exact, filled, shown, walk};
use super::stream::{Seen, stream};
use super::tree::Element;
use super::value::{date, email, text as plain, uri};
use super::xml::Xml;

pub(super) use self::link::own;
pub(super) use self::text::within;
use super::extension::links::relation;

rules! {
    AUTHOR_MISSING = Error "atom-author-missing", "RFC 4287, section 4.1.2",
        "An entry has no author, and neither its source nor the feed has one.",
        "add `<author><name>…</name></author>` to the entry, or to the feed";
    CONTENT_MISSING = Error "atom-content-missing", "RFC 4287, section 4.1.2",
        "An entry has neither `content` nor a link to a page of its own.",
        "add a link with `rel=\"alternate\"`, or `content`";
    SUMMARY_MISSING = Error "atom-summary-missing", "RFC 4287, section 4.1.2",
        "The content of an entry lies elsewhere or is no text, and there is no summary of it.",
        "add `summary`";
    TEXT_MISSING = Warning "atom-text-missing", "RFC 4287, section 4.1.1.1",
        "An entry has neither `summary` nor `content`. Readers have nothing to show.",
        "add `summary`";
    ID_EMPTY = Error "atom-id-empty", "RFC 4287, section 4.2.6",
        "An id is empty. Readers cannot tell what they have shown from what is new.",
        "write an address that never changes: the permalink, or a `tag:` or `urn:uuid:` URI";
    ID_DUPLICATE = Warning "atom-id-duplicate", "RFC 4287, section 4.1.1",
        "Two entries have one id. Most readers show one of them.",
        "give each entry an id of its own";
    ID_SAME = Error "atom-id-same", "RFC 4287, section 4.2.6",
        "All entries have the same id. Readers show one of them.",
        "give each entry an id of its own";
    UPDATED_DUPLICATE = Warning "atom-updated-duplicate", "RFC 4287, section 4.2.15",
        "Two entries were updated at the same instant. Readers that order by it do so at random.",
        "let each entry have its own: the time of day, or at least another second";
    METADATA_MISPLACED = Error "atom-metadata-misplaced", "RFC 4287, section 4.1.1 and appendix B",
        "Something about the feed itself stands after an entry.",
        "put it before the first entry";
    PREFIXED = Note "atom-prefixed", "RFC 4287, section 1.2",
        "A prefix is declared for Atom or XHTML in an Atom feed. Any prefix is right, and some old readers look for names without one.",
        "declare them as the default namespace, each where it is used";
    SOURCE_MISSING = Warning "atom-source-missing", "RFC 4287, section 4.2.11",
        "The source of an entry does not say which feed it was.",
        "add `id`, `title` and `updated` of that feed";
}

static ID: Kind = Kind::text("RFC 4287, section 4.2.6", &[id, exact, uri::canonical]);
static DATE: Kind = Kind::text("RFC 4287, section 3.3", &[exact, date::rfc3339]);
static IMAGE: Kind = Kind::text(
    "RFC 4287, section 4.2.5",
    &[filled, exact, uri::iri_reference],
);
static GENERATOR: Kind = Kind::text("RFC 4287, section 4.2.4", &[filled, plain::plain]).with(&[
    Attr::optional("uri", &[uri::iri_reference]),
    Attr::optional("version", &[]),
]);
static CATEGORY: Kind = Kind::empty(
    "RFC 4287, section 4.2.2",
    &[
        Attr::required("term", &[filled]),
        Attr::optional("scheme", &[uri::iri]),
        Attr::optional("label", &[plain::plain]),
    ],
);
static NAME: Kind = Kind::text(PERSON_SECTION, &[filled, plain::plain, email::no_address]);
static EMAIL: Kind = Kind::text(PERSON_SECTION, &[email::address]);
static URI: Kind = Kind::text(PERSON_SECTION, &[filled, exact, uri::iri_reference]);
const PERSON_SECTION: &str = "RFC 4287, section 3.2";
static PERSON: Kind = Kind::elements(
    PERSON_SECTION,
    &[
        &[(
            Ns::Atom,
            &[
                Child::once("name", &NAME),
                Child::once("email", &EMAIL),
                Child::once("uri", &URI),
            ],
        )],
        FOREIGN,
    ],
)
.needing(&[Need::required("name").of(Ns::Atom)]);
static TEXT: Kind = Kind::ANYTHING.ruled(&[text::construct]);
static CONTENT: Kind = Kind::ANYTHING.ruled(&[text::content]);
static LINK: Kind = Kind::ANYTHING.ruled(&[link::link]);

/// Namespaces whose elements may stand in persons.
static FOREIGN: Table = &[(Ns::Xhtml, &[Child::many("div", &Kind::ANYTHING)])];

const FEED_SECTION: &str = "RFC 4287, section 4.1.1";
const ENTRY_SECTION: &str = "RFC 4287, section 4.1.2";

static HEAD: &[Child] = &[
    Child::many("author", &PERSON),
    Child::many("category", &CATEGORY),
    Child::many("contributor", &PERSON),
    Child::once("generator", &GENERATOR),
    Child::once("icon", &IMAGE),
    Child::once("id", &ID),
    Child::many("link", &LINK),
    Child::once("logo", &IMAGE),
    Child::once("rights", &TEXT),
    Child::once("subtitle", &TEXT),
    Child::once("title", &TEXT),
    Child::once("updated", &DATE),
];

static FEED: Kind = Kind::elements(FEED_SECTION, &[&[(Ns::Atom, HEAD)], extension::FEED, BOTH])
    .with(INDEX)
    .needing(&[
        Need::required("id").of(Ns::Atom),
        Need::required("title").of(Ns::Atom),
        Need::required("updated").of(Ns::Atom),
    ])
    .ruled(&[head, extension::feed, profile::feed]);

static SOURCE: Kind = Kind::elements(
    "RFC 4287, section 4.2.11",
    &[&[(Ns::Atom, HEAD)], extension::FEED, BOTH],
)
.needing(&[
    Need {
        ns: Ns::Atom,
        name: "id",
        rule: &SOURCE_MISSING,
    },
    Need {
        ns: Ns::Atom,
        name: "title",
        rule: &SOURCE_MISSING,
    },
    Need {
        ns: Ns::Atom,
        name: "updated",
        rule: &SOURCE_MISSING,
    },
])
.ruled(&[link::alternates, extension::history::feed]);

static ENTRY: Kind = Kind::elements(
    ENTRY_SECTION,
    &[
        &[(
            Ns::Atom,
            &[
                Child::many("author", &PERSON),
                Child::many("category", &CATEGORY),
                Child::once("content", &CONTENT),
                Child::many("contributor", &PERSON),
                Child::once("id", &ID),
                Child::many("link", &LINK),
                Child::once("published", &DATE),
                Child::once("rights", &TEXT),
                Child::once("source", &SOURCE),
                Child::once("summary", &TEXT),
                Child::once("title", &TEXT),
                Child::once("updated", &DATE),
            ],
        )],
        extension::ENTRY,
        BOTH,
    ],
)
.needing(&[
    Need::required("id").of(Ns::Atom),
    Need::required("title").of(Ns::Atom),
    Need::required("updated").of(Ns::Atom),
])
.ruled(&[body, link::alternates, extension::entry, profile::entry]);

/// An attribute that keeps search engines from indexing a feed.
const INDEX: &[Attr] = &[Attr::optional("index", &[]).of(Ns::Known)];

/// Elements that may stand in feeds and entries, of the Atom Publishing Protocol (RFC 5023) and
/// others.
static BOTH: Table = &[
    (
        Ns::App,
        &[
            Child::once("edited", &DATE),
            Child::once("control", &Kind::ANYTHING),
            Child::once("collection", &Kind::ANYTHING),
        ],
    ),
    (
        Ns::Xhtml,
        &[
            Child::many("div", &Kind::ANYTHING),
            Child::many("meta", &extension::robots::META),
        ],
    ),
];

/// The elements of Atom that may stand in a channel of RSS.
pub(super) static IN_CHANNEL: &[Child] = HEAD;

/// The elements of Atom that may stand in an item of RSS.
pub(super) static IN_ITEM: &[Child] = &[
    Child::once("author", &PERSON),
    Child::many("category", &CATEGORY),
    Child::many("content", &CONTENT),
    Child::many("contributor", &PERSON),
    Child::once("id", &ID),
    Child::many("link", &LINK),
    Child::once("published", &DATE),
    Child::once("summary", &TEXT),
    Child::once("title", &TEXT),
    Child::once("updated", &DATE),
];

/// What the checks of a whole feed need to know of its entries.
#[derive(Default)]
struct Entries {
    count: usize,
    first: Option<Position>,
    last: Option<Position>,
    ids: Seen,
    duplicates: usize,
    updated: Seen,
    /// The places of entries without an author, until it is known that the feed has one.
    authorless: Vec<Position>,
}

/// Checks a feed from its outermost element on.
pub(super) fn feed<R: Read>(root: Element, xml: &mut Xml<R>, cx: &mut Context<'_>) {
    let mut entries = Entries::default();
    let is_entry = |element: &Element| element.is(Ns::Atom, "entry");
    let (feed, is_whole) = stream(xml, root, None, &is_entry, cx, &mut |entry, _, cx| {
        walk(&entry, &ENTRY, cx);
        entries.add(&entry, cx);
    });
    if !is_whole {
        return;
    }
    prefixed(xml, cx);
    profile::whole(feed.at, entries.count, xml.taken, cx);
    walk(&feed, &FEED, cx);
    if let Some(first) = entries.first {
        for late in feed.elements().filter(|element| element.at > first) {
            if late.ns == Ns::Atom {
                cx.report(
                    &METADATA_MISPLACED,
                    late.at,
                    format!("`{}` stands after an entry", late.qname),
                );
            }
        }
    }
    if feed.child(Ns::Atom, "author").is_none() {
        for at in &entries.authorless {
            cx.report(
                &AUTHOR_MISSING,
                *at,
                "neither the entry nor the feed has an `author`",
            );
        }
    }
    if entries.count > 9 && entries.duplicates + 1 == entries.count {
        let message = format!("all {} entries have the same id", entries.count);
        cx.report(&ID_SAME, entries.last.unwrap_or(feed.at), message);
    }
}

/// Checks a document that is an entry alone.
pub(super) fn entry<R: Read>(root: Element, xml: &mut Xml<R>, cx: &mut Context<'_>) {
    let (entry, is_whole) = stream(xml, root, None, &|_| false, cx, &mut |_, _, _| {});
    if !is_whole {
        return;
    }
    prefixed(xml, cx);
    walk(&entry, &ENTRY, cx);
    if !has_author(&entry) {
        cx.report(&AUTHOR_MISSING, entry.at, "the entry has no `author`");
    }
}

fn id(spot: &Spot<'_>, cx: &mut Context<'_>) {
    if spot.text.is_empty() {
        spot.report(cx, &ID_EMPTY, format!("{spot} is empty"));
    }
}

fn prefixed<R: Read>(xml: &Xml<R>, cx: &mut Context<'_>) {
    for at in &xml.prefixed {
        cx.report(&PREFIXED, *at, "Atom or XHTML get a prefix");
    }
}

fn has_author(entry: &Element) -> bool {
    entry.child(Ns::Atom, "author").is_some()
        || entry
            .child(Ns::Atom, "source")
            .is_some_and(|source| source.child(Ns::Atom, "author").is_some())
}

impl Entries {
    fn add(&mut self, entry: &Element, cx: &mut Context<'_>) {
        self.count += 1;
        self.first.get_or_insert(entry.at);
        self.last = Some(entry.at);
        if self.authorless.len() < MOST_SEEN && !has_author(entry) {
            self.authorless.push(entry.at);
        }
        if let Some(id) = entry.child(Ns::Atom, "id")
            && !id.text().trim().is_empty()
            && !self.ids.is_new(id.text().trim())
        {
            self.duplicates += 1;
            let message = format!(
                "the id “{}” is that of an entry before",
                shown(id.text().trim())
            );
            cx.report(&ID_DUPLICATE, id.at, message);
        }
        if let Some(updated) = entry.child(Ns::Atom, "updated")
            && !updated.text().trim().is_empty()
            && !self.updated.is_new(updated.text().trim())
        {
            let message = format!(
                "another entry was updated at {} too",
                shown(updated.text().trim())
            );
            cx.report(&UPDATED_DUPLICATE, updated.at, message);
        }
    }
}

/// Checks how the elements of a feed fit together.
fn head(feed: &Element, cx: &mut Context<'_>) {
    link::alternates(feed, cx);
    own(feed, cx);
}

/// Checks how the elements of an entry fit together.
fn body(entry: &Element, cx: &mut Context<'_>) {
    let summary = entry.child(Ns::Atom, "summary");
    let report = |cx: &mut Context<'_>, rule: &'static Rule, message: &str| {
        cx.report(rule, entry.at, message);
    };
    match entry.child(Ns::Atom, "content") {
        None => {
            if summary.is_none() {
                report(
                    cx,
                    &TEXT_MISSING,
                    "the entry has neither `summary` nor `content`",
                );
            }
            let has_page = entry
                .all(Ns::Atom, "link")
                .any(|link| relation(link) == "alternate");
            if !has_page {
                report(
                    cx,
                    &CONTENT_MISSING,
                    "the entry has neither `content` nor a link `alternate`",
                );
            }
        }
        Some(content) if summary.is_none() => {
            if content.attribute("src").is_some() {
                report(
                    cx,
                    &SUMMARY_MISSING,
                    "the content lies elsewhere, and `summary` is missing",
                );
            } else if text::is_binary(content.attribute("type").unwrap_or("text")) {
                report(
                    cx,
                    &SUMMARY_MISSING,
                    "the content is no text, and `summary` is missing",
                );
            }
        }
        Some(_) => {}
    }
}

/// All rules of Atom.
pub(super) fn rules() -> Vec<&'static [&'static Rule]> {
    vec![RULES, link::RULES, text::RULES]
}
