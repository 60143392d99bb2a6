//! Checks texts of the podcast namespace.

use super::super::super::context::Context;
use super::super::super::schema::Spot;
use super::super::super::value::{one_of, uri};
use super::{BLANK, NOT_HTTPS, SLUG, TOO_LONG};

fn at_most(spot: &Spot<'_>, cx: &mut Context<'_>, most: usize) {
    // Counting stops at the limit.
    if spot.text.chars().nth(most).is_some() {
        spot.report(
            cx,
            &TOO_LONG,
            format!("{spot} has more than {most} characters"),
        );
    }
}

pub(super) fn at_most_32(spot: &Spot<'_>, cx: &mut Context<'_>) {
    at_most(spot, cx, 32);
}

pub(super) fn at_most_128(spot: &Spot<'_>, cx: &mut Context<'_>) {
    at_most(spot, cx, 128);
}

pub(super) fn at_most_4000(spot: &Spot<'_>, cx: &mut Context<'_>) {
    at_most(spot, cx, 4000);
}

/// Reports an empty text.
pub(super) fn present(spot: &Spot<'_>, cx: &mut Context<'_>) {
    if spot.text.is_empty() {
        spot.report(cx, &BLANK, format!("{spot} is empty"));
    }
}

pub(super) fn yes_no(spot: &Spot<'_>, cx: &mut Context<'_>) {
    one_of(spot, cx, &["yes", "no"]);
}

pub(super) fn boolean(spot: &Spot<'_>, cx: &mut Context<'_>) {
    one_of(spot, cx, &["true", "false"]);
}

/// Checks an absolute address, which must be `https:` if it is `http:` or `https:`.
pub(super) fn https(spot: &Spot<'_>, cx: &mut Context<'_>) {
    let is_http = uri::scheme(spot.text).is_some_and(|scheme| scheme.eq_ignore_ascii_case("http"));
    if uri::is_absolute(spot, cx) && is_http {
        let message = format!("{spot} is “{}”, which is not `https:`", spot.shown());
        spot.report(cx, &NOT_HTTPS, message);
    }
}

/// Checks a name of a list that grows.
pub(super) fn slug(spot: &Spot<'_>, cx: &mut Context<'_>, known: &[&str]) {
    if !known.contains(&spot.text) {
        let message = format!("{spot} is “{}”, which is not on the list", spot.shown());
        spot.report(cx, &SLUG, message);
    }
}

/// The platforms that may be blocked by name.
#[rustfmt::skip]
pub(super) const SERVICES: &[&str] = &[
    "acast", "amazon", "anchor", "apple", "audible", "audioboom", "backtracks", "bitcoin",
    "blubrry", "buzzsprout", "captivate", "castos", "castopod", "facebook", "fireside", "fyyd",
    "google", "gpodder", "hypercatcher", "kasts", "libsyn", "mastodon", "megafono", "megaphone",
    "omnystudio", "overcast", "paypal", "pinecast", "podbean", "podcastaddict", "podcastguru",
    "podcastindex", "podcasts", "podchaser", "podcloud", "podfriend", "podiant", "podigee",
    "podnews", "podomatic", "podserve", "podverse", "redcircle", "relay", "resonaterecordings",
    "rss", "shoutengine", "simplecast", "slack", "soundcloud", "spotify", "spreaker", "tiktok",
    "transistor", "twitter", "whooshkaa", "youtube", "zencast",
];
