//! What the page says of each feed: the way to follow it, and behind that the others.

use maud::{Markup, html};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::groups::{Group, name, shown};
use super::{Language, Looks, local};
use crate::{Entry, Feed, Place};

/// How many entries of the site's own feed are shown.
const NEWEST: usize = 5;

/// From how many feeds on a group has a field that filters them: they fill more than a screen.
const LONG: usize = 31;

/// The site's own feed, with its newest entries. Others of a library's user may stand beside it: each
/// has its number, and its title where it is not the only one.
pub(super) fn whole(
    feed: &Feed,
    (number, is_only): (usize, bool),
    looks: &Looks<'_>,
    language: Language<'_>,
) -> Markup {
    let words = language.words;
    let id = format!("site-{number}");
    html! {
        section.site aria-labelledby=(id) {
            div {
                h2 id=(id) {
                    @if is_only { (words.all_news) } @else { (language.text(feed.language.as_deref(), &feed.title)) }
                }
                p.facts { (facts(feed, false, language)) }
            }
            div {
                @if let Some(email) = looks.email.filter(|_| number == 0) {
                    p { a.button href=(email) { (words.by_email) } }
                }
                @if let Some(place) = shown(feed) {
                    h3 { (words.in_a_reader) }
                    p { (words.how) }
                    (address(feed, place, language))
                    details {
                        summary { (words.others) }
                        (others(feed, place, language))
                    }
                }
            }
            @if !feed.entries.is_empty() {
                div {
                    h3 { (words.newest) }
                    ol.posts {
                        @for entry in feed.entries.iter().take(NEWEST) {
                            li { (post(entry, feed, language)) " " (time(entry, language)) }
                        }
                    }
                }
            }
        }
    }
}

/// The feeds of a group, a line each. All that is to be said of one is folded into its line.
pub(super) fn list(
    group: &Group<'_>,
    id: &str,
    heading: &Markup,
    language: Language<'_>,
) -> Markup {
    let words = language.words;
    html! {
        section.feeds aria-labelledby=(id) {
            h2 id=(id) { (heading) }
            @if group.feeds.len() >= LONG {
                p.filter hidden {
                    label for={ (id) "-filter" } { (words.filter) }
                    input id={ (id) "-filter" } type="search" autocomplete="off" spellcheck="false";
                }
            }
            ul.group {
                @for feed in &group.feeds {
                    li { (folded(feed, language)) }
                }
            }
        }
    }
}

/// A feed in a line: what it is of, how much that is, and how to follow it.
fn folded(feed: &Feed, language: Language<'_>) -> Markup {
    html! {
        details {
            summary {
                span.name lang=[language.tag(feed.language.as_deref())] dir="auto" { (name(feed)) }
                " "
                span.facts { (facts(feed, true, language)) }
            }
            @if let Some(entry) = feed.entries.first() {
                p { (post(entry, feed, language)) }
            }
            @if let Some(place) = shown(feed) {
                (address(feed, place, language))
                (others(feed, place, language))
            }
        }
    }
}

/// How many posts there are, and when the last one came. That it is the last one is left to the ear in
/// a list, where it would stand in every line.
fn facts(feed: &Feed, is_in_list: bool, language: Language<'_>) -> Markup {
    let words = language.words;
    let (before, after) = words.last.split_once("{}").unwrap_or_default();
    html! {
        (words.count(feed.entries.len() + feed.older))
        @if let Some(entry) = feed.entries.first() {
            " · "
            span.unseen[is_in_list] { (before) }
            (time(entry, language))
            span.unseen[is_in_list] { (after) }
        }
    }
}

/// The address to copy. It can be taken as a whole without any script; with one there is a button.
fn address(feed: &Feed, place: &Place, language: Language<'_>) -> Markup {
    let words = language.words;
    html! {
        div.address {
            input type="url" readonly aria-label={ (words.address) ": " (name(feed)) } value=(place.url);
            button type="button" hidden data-done=(words.copied) { (words.copy) }
        }
    }
}

/// The formats of a feed, and links that open it in common readers.
fn others(feed: &Feed, place: &Place, language: Language<'_>) -> Markup {
    let words = language.words;
    html! {
        dl.others {
            div {
                dt { (words.formats) }
                @for place in &feed.places {
                    dd {
                        a href=(local(&place.url)) type=(place.format.media_type()) { (place.format.name()) }
                    }
                }
            }
            div {
                dt { (words.open_in) }
                dd { a href={ "feed:" (place.url) } rel="nofollow" { (words.app) } }
                @for (name, link) in readers(place) {
                    dd { a href=(link) rel="nofollow" { (name) } }
                }
            }
        }
    }
}

fn post(entry: &Entry, feed: &Feed, language: Language<'_>) -> Markup {
    let own = entry.language.as_deref().or(feed.language.as_deref());
    html! { a href=(entry.url) lang=[language.tag(own)] dir="auto" { (entry.title) } }
}

fn time(entry: &Entry, language: Language<'_>) -> Markup {
    let day = language.words.day(entry.published);
    html! { time datetime=(entry.published.to_rfc3339()) { (day) } }
}

/// The characters that stay as they are in a part of a query.
const QUERY: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// Common readers on the web, and links that open a feed in them.
fn readers(place: &Place) -> [(&'static str, String); 4] {
    let query = utf8_percent_encode(place.url.as_str(), QUERY);
    [
        (
            "Feedly",
            format!("https://feedly.com/i/subscription/feed/{query}"),
        ),
        (
            "Inoreader",
            format!("https://www.inoreader.com/?add_feed={query}"),
        ),
        ("NewsBlur", format!("https://www.newsblur.com/?url={query}")),
        (
            "The Old Reader",
            format!("https://theoldreader.com/feeds/subscribe?url={query}"),
        ),
    ]
}
