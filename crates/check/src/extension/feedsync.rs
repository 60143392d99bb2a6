//! Checks FeedSync 1.0, by which several programs keep one feed.

use super::super::context::Context;
use super::super::names::Ns;
use super::super::schema::{ATTRIBUTE_MISSING, Attr, Child, Kind, Need, Spot, filled};
use super::super::tree::Element;
use super::super::value::{VALUE_UNKNOWN, date, number, one_of, text, uri};

const SECTION: &str = "FeedSync 1.0, section 2";

static SHARING: Kind = Kind::elements(
    SECTION,
    &[&[(Ns::FeedSync, &[Child::many("related", &RELATED)])]],
)
.with(&[
    Attr::optional("since", &[date::rfc3339]),
    Attr::optional("until", &[date::rfc3339]),
    Attr::optional("expires", &[date::rfc3339]),
])
.ruled(&[period]);

static RELATED: Kind = Kind::empty(
    SECTION,
    &[
        Attr::required("link", &[uri::absolute]),
        Attr::optional("title", &[filled, text::plain]),
        Attr::required("type", &[kind]),
    ],
);

static SYNC: Kind = Kind::elements(
    SECTION,
    &[&[(
        Ns::FeedSync,
        &[
            Child::many("history", &HISTORY),
            Child::once("conflicts", &Kind::ANYTHING),
        ],
    )]],
)
.with(&[
    Attr::required("id", &[name]),
    Attr::required("updates", &[count]),
    Attr::optional("deleted", &[flag]),
    Attr::optional("noconflicts", &[flag]),
])
.needing(&[Need::required("history").of(Ns::FeedSync)]);

static HISTORY: Kind = Kind::empty(
    SECTION,
    &[
        Attr::required("sequence", &[count]),
        Attr::optional("when", &[date::rfc3339]),
        Attr::optional("by", &[name]),
    ],
)
.ruled(&[who_or_when]);

/// The elements of the extension in a feed.
pub(crate) static FEED: &[Child] = &[Child::once("sharing", &SHARING)];

/// The elements of the extension in an entry.
pub(crate) static ENTRY: &[Child] = &[Child::once("sync", &SYNC)];

fn kind(spot: &Spot<'_>, cx: &mut Context<'_>) {
    one_of(spot, cx, &["complete", "aggregated"]);
}

fn flag(spot: &Spot<'_>, cx: &mut Context<'_>) {
    one_of(spot, cx, &["true", "false"]);
}

/// Checks a number from 1 to 2³¹ - 1.
fn count(spot: &Spot<'_>, cx: &mut Context<'_>) {
    if number::parse(spot.text).is_none_or(|count| !(1..=i64::from(i32::MAX)).contains(&count)) {
        let message = format!(
            "{spot} is “{}”, and not from 1 to {}",
            spot.shown(),
            i32::MAX
        );
        spot.report(cx, &number::NUMBER, message);
    }
}

/// Checks a name as in a URN (RFC 2141, section 2.2).
fn name(spot: &Spot<'_>, cx: &mut Context<'_>) {
    let is_right = |c: char| c.is_ascii_alphanumeric() || "()+,-.:=@;$_!*'/?#%".contains(c);
    if spot.text.is_empty() || !spot.text.chars().all(is_right) {
        let message = format!("{spot} is “{}”, and no name as in a URN", spot.shown());
        spot.report(cx, &VALUE_UNKNOWN, message);
    }
}

/// Checks that a period has a beginning and an end, in this order.
fn period(sharing: &Element, cx: &mut Context<'_>) {
    match (sharing.attribute("since"), sharing.attribute("until")) {
        (Some(_), None) | (None, Some(_)) => {
            let message = format!("`{}` has one of `since` and `until`", sharing.qname);
            cx.report_of(&ATTRIBUTE_MISSING, SECTION, sharing.at, message);
        }
        (Some(since), Some(until)) if since > until => {
            let message = format!("`{}` has `since` after `until`", sharing.qname);
            cx.report_of(&VALUE_UNKNOWN, SECTION, sharing.at, message);
        }
        _ => {}
    }
}

/// Checks that a change says who made it, or when.
fn who_or_when(history: &Element, cx: &mut Context<'_>) {
    if history.attribute("by").is_none() && history.attribute("when").is_none() {
        let message = format!("`{}` has neither `by` nor `when`", history.qname);
        cx.report_of(&ATTRIBUTE_MISSING, SECTION, history.at, message);
    }
}
