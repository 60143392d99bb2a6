//! The tables of the extensions of RSS and Atom, each with a file of its own.

pub(super) mod content;
pub(super) mod dublin_core;
pub(super) mod feedburner;
pub(super) mod feedsync;
pub(super) mod georss;
pub(super) mod history;
pub(super) mod itunes;
pub(super) mod links;
pub(super) mod media;
pub(super) mod opensearch;
pub(super) mod podcast;
pub(super) mod robots;
pub(super) mod slash;
pub(super) mod source;
pub(super) mod syndication;
pub(super) mod threading;

use super::context::Context;
use super::names::Ns;
use super::rule::Rule;
use super::schema::{Child, Table};
use super::tree::Element;

/// The elements of extensions in a feed: in `channel` of RSS and `feed` of Atom.
pub(super) static FEED: Table = &[
    (Ns::Dc, dublin_core::ELEMENTS),
    (Ns::DcTerms, dublin_core::TERMS),
    (Ns::Sy, syndication::ELEMENTS),
    (Ns::Itunes, itunes::FEED),
    (Ns::Podcast, podcast::FEED),
    (Ns::Media, media::ELEMENTS),
    (Ns::GeoRss, georss::ELEMENTS),
    (Ns::Geo, georss::GEO),
    (Ns::GeoUrl, georss::DEGREES),
    (Ns::Icbm, georss::DEGREES),
    (Ns::History, history::ELEMENTS),
    (Ns::Thr, threading::FEED),
    (Ns::Source, source::FEED),
    (Ns::CreativeCommons, links::LICENSE),
    (Ns::BlogChannel, links::BLOG_CHANNEL),
    (Ns::Admin, links::ADMIN),
    (Ns::OpenSearch, opensearch::ELEMENTS),
    (Ns::Access, robots::ACCESS),
    (Ns::Feedburner, feedburner::FEED),
    (Ns::FeedSync, feedsync::FEED),
];

/// The elements of extensions in an entry: in `item` of RSS and `entry` of Atom.
pub(super) static ENTRY: Table = &[
    (Ns::Dc, dublin_core::ENTRY),
    (Ns::Dc, dublin_core::ELEMENTS),
    (Ns::DcTerms, dublin_core::TERMS),
    (Ns::Slash, slash::ELEMENTS),
    (Ns::Itunes, itunes::ENTRY),
    (Ns::Podcast, podcast::ENTRY),
    (Ns::Media, media::ELEMENTS),
    (Ns::Media, media::ENTRY),
    (Ns::GeoRss, georss::ELEMENTS),
    (Ns::Geo, georss::GEO),
    (Ns::GeoUrl, georss::DEGREES),
    (Ns::Icbm, georss::DEGREES),
    (Ns::Thr, threading::ENTRY),
    (Ns::Source, source::ENTRY),
    (Ns::CreativeCommons, links::LICENSE),
    (Ns::Trackback, links::TRACKBACK),
    (Ns::Wfw, links::WFW),
    (Ns::Feedburner, feedburner::ENTRY),
    (Ns::FeedSync, feedsync::ENTRY),
    (Ns::OpenSearch, opensearch::ELEMENTS),
];

/// Whether an element is often found in wrong places, and is reported as misplaced rather than
/// unknown.
pub(super) fn is_anywhere(ns: Ns, name: &str) -> bool {
    let has = |children: &[Child]| children.iter().any(|child| child.name == name);
    match ns {
        Ns::Dc => has(dublin_core::ELEMENTS) && !matches!(name, "creator" | "subject" | "date"),
        Ns::GeoRss => has(georss::ELEMENTS),
        Ns::Geo => has(georss::GEO),
        Ns::Atom => matches!(
            name,
            "author"
                | "category"
                | "content"
                | "contributor"
                | "generator"
                | "icon"
                | "id"
                | "link"
                | "logo"
                | "published"
                | "rights"
                | "subtitle"
                | "summary"
                | "title"
                | "updated"
        ),
        _ => false,
    }
}

/// Checks a feed as a whole by the rules of extensions.
pub(super) fn feed(element: &Element, cx: &mut Context<'_>) {
    itunes::feed(element, cx);
    podcast::feed(element, cx);
    history::feed(element, cx);
}

/// Checks an entry as a whole by the rules of extensions.
pub(super) fn entry(element: &Element, cx: &mut Context<'_>) {
    itunes::entry(element, cx);
    podcast::entry(element, cx);
    media::entry(element, cx);
}

/// All rules of extensions.
pub(super) fn rules() -> Vec<&'static [&'static Rule]> {
    vec![
        dublin_core::RULES,
        georss::RULES,
        history::RULES,
        itunes::RULES,
        links::RULES,
        media::RULES,
        podcast::RULES,
        slash::RULES,
        source::RULES,
        syndication::RULES,
        threading::RULES,
    ]
}
