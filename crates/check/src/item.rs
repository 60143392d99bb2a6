//! The table of items of RSS, which live items of podcasts share.

use super::context::Context;
use super::html;
use super::rule::rules;
use super::schema::{Attr, Child, Content, Kind, Spot, filled};
use super::value::{date, email, media_type, number, one_of, text, uri};

rules! {
    GUID_NOT_URL = Error "rss-guid-not-url", "RSS 2.0, section “guid”",
        "A `guid` is said to be a link, which it is unless it says otherwise, and is no URL.",
        "add `isPermaLink=\"false\"`";
    GUID_NOT_LINK = Error "rss-guid-not-link", "RSS 2.0, section “guid”",
        "A `guid` is said to be a link, and is a URI that leads nowhere.",
        "add `isPermaLink=\"false\"`";
    GUID_SHORT = Warning "rss-guid-short", "RSS Profile, section “guid”",
        "A `guid` is a short number, which other feeds have too. Aggregators take their items for one.",
        "use the item's URL, or a `tag:` URI";
    ENCLOSURE_DUPLICATE = Warning "rss-enclosure-duplicate", "RSS Profile, section “enclosure”",
        "An item has more than one enclosure. Many programs take one, and not the same one.",
        "leave one; Media RSS can name the others";
    LENGTH_UNKNOWN = Error "rss-enclosure-length", "RSS Profile, section “enclosure”",
        "The length of an enclosure is `-1`, where an unknown length is 0.",
        "write the number of bytes, or 0";
}

const ITEM: &str = "RSS 2.0, section “Elements of <item>”";

/// The elements of an item, which live items of podcasts have too.
pub(super) static ELEMENTS: &[Child] = &[
    Child::once("title", &ITEM_TITLE),
    Child::once("link", &ITEM_LINK),
    Child::once("description", &ITEM_DESCRIPTION),
    Child::once("author", &AUTHOR),
    Child::many("category", &ITEM_CATEGORY),
    Child::once("comments", &ITEM_LINK),
    Child {
        name: "enclosure",
        once: Some(&ENCLOSURE_DUPLICATE),
        kind: &ENCLOSURE,
    },
    Child::once("guid", &GUID),
    Child::once("pubDate", &DATE),
    Child::once("source", &SOURCE),
];

static ITEM_CATEGORY: Kind =
    Kind::text(ITEM, &[filled, text::plain]).with(&[Attr::optional("domain", &[])]);
static DATE: Kind = Kind::text(ITEM, &[date::rfc822]);
static ITEM_TITLE: Kind = Kind::text(ITEM, &[filled, text::plain]);
static ITEM_LINK: Kind = Kind::text(ITEM, &[uri::absolute]);
static ITEM_DESCRIPTION: Kind = Kind::text(ITEM, &[description]);
static AUTHOR: Kind = Kind::text(ITEM, &[email::named_address]);
static SOURCE: Kind = Kind::text(
    "RSS 2.0, section “<source> sub-element of <item>”",
    &[text::plain],
)
.with(&[Attr::required("url", &[uri::absolute])]);
static ENCLOSURE: Kind = Kind::empty(
    "RSS 2.0, section “<enclosure> sub-element of <item>”",
    &[
        Attr::required("url", &[uri::http]),
        Attr::required("length", &[length]),
        Attr::required("type", &[media_type::media_type]),
    ],
);
static GUID: Kind = Kind {
    text: Content::Text(&[guid, filled]),
    ..Kind::empty(
        "RSS 2.0, section “<guid> sub-element of <item>”",
        &[Attr::optional("isPermaLink", &[is_true_or_false])],
    )
};

/// Checks a description of an item, which is HTML except in RSS 0.91.
fn description(spot: &Spot<'_>, cx: &mut Context<'_>) {
    if cx.has_plain_descriptions {
        text::plain(spot, cx);
    } else {
        html::html(spot, cx);
    }
}

fn is_true_or_false(spot: &Spot<'_>, cx: &mut Context<'_>) {
    one_of(spot, cx, &["true", "false"]);
}

fn guid(spot: &Spot<'_>, cx: &mut Context<'_>) {
    let is_link = spot.element.attribute("isPermaLink").unwrap_or("true") == "true";
    if !is_link {
        if spot.text.len() < 9
            && !spot.text.is_empty()
            && spot.text.bytes().all(|b| b.is_ascii_digit())
        {
            spot.report(cx, &GUID_SHORT, format!("{spot} is “{}”", spot.shown()));
        }
        return;
    }
    let scheme = uri::scheme(spot.text).unwrap_or_default();
    if matches!(scheme.to_ascii_lowercase().as_str(), "tag" | "urn") {
        spot.report(
            cx,
            &GUID_NOT_LINK,
            format!("{spot} is “{}”, which leads nowhere", spot.shown()),
        );
    } else if scheme.is_empty() {
        spot.report(
            cx,
            &GUID_NOT_URL,
            format!("{spot} is “{}”, which is no URL", spot.shown()),
        );
    } else {
        uri::absolute(spot, cx);
    }
}

fn length(spot: &Spot<'_>, cx: &mut Context<'_>) {
    if spot.text == "-1" {
        spot.report(cx, &LENGTH_UNKNOWN, format!("{spot} is -1"));
    } else {
        number::non_negative(spot, cx);
    }
}
