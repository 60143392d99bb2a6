//! Checks results of a search in a feed (OpenSearch 1.1, section “OpenSearch response elements”).

use encoding_rs::Encoding;

use super::super::context::Context;
use super::super::schema::{Attr, Child, Kind, Spot, filled};
use super::super::value::{VALUE_UNKNOWN, language, number, one_of, text, uri};

const SECTION: &str = "OpenSearch 1.1, section “OpenSearch response elements”";
const QUERY_SECTION: &str = "OpenSearch 1.1, section “OpenSearch Query element”";

/// The roles of a query that have no prefix.
const ROLES: &[&str] = &[
    "request",
    "example",
    "related",
    "correction",
    "subset",
    "superset",
];

static COUNT: Kind = Kind::text(SECTION, &[filled, number::non_negative]);
static INDEX: Kind = Kind::text(SECTION, &[filled, number::integer]);
static QUERY: Kind = Kind::empty(
    QUERY_SECTION,
    &[
        Attr::required("role", &[role]),
        Attr::optional("title", &[text::plain, title]),
        Attr::optional("totalResults", &[number::non_negative]),
        Attr::optional("searchTerms", &[uri::percent_encoded]),
        Attr::optional("count", &[number::non_negative]),
        Attr::optional("startIndex", &[number::integer]),
        Attr::optional("startPage", &[number::integer]),
        Attr::optional("language", &[spoken]),
        Attr::optional("inputEncoding", &[encoding]),
        Attr::optional("outputEncoding", &[encoding]),
    ],
);

/// The elements of the extension, in a feed and in an entry. Of others it has only `link`, which was
/// in drafts.
pub(crate) static ELEMENTS: &[Child] = &[
    Child::once("totalResults", &COUNT),
    Child::once("startIndex", &INDEX),
    Child::once("itemsPerPage", &COUNT),
    Child::many("Query", &QUERY),
];

/// Reports a title of more than 256 characters.
fn title(spot: &Spot<'_>, cx: &mut Context<'_>) {
    let length = spot.text.chars().count();
    if length > 256 {
        let message = format!("{spot} has {length} characters, and may have 256");
        spot.report(cx, &VALUE_UNKNOWN, message);
    }
}

fn role(spot: &Spot<'_>, cx: &mut Context<'_>) {
    if !spot.text.contains(':') {
        one_of(spot, cx, ROLES);
    }
}

fn spoken(spot: &Spot<'_>, cx: &mut Context<'_>) {
    if spot.text != "*" {
        language::tag(spot, cx);
    }
}

fn encoding(spot: &Spot<'_>, cx: &mut Context<'_>) {
    if Encoding::for_label(spot.text.as_bytes()).is_none() {
        let message = format!("{spot} is “{}”, and no encoding", spot.shown());
        spot.report(cx, &VALUE_UNKNOWN, message);
    }
}
