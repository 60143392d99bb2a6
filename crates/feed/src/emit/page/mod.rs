//! The page for people: all feeds, what they are for, and how to follow them.

use std::borrow::Cow;

use maud::{DOCTYPE, Markup, PreEscaped, html};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use url::Url;

use crate::{Entry, Feed, Format, Place};

/// How many entries of the site's own feed are shown.
const NEWEST: usize = 5;

/// How many feeds a group may have before each of them gets a line or two instead of a card:
/// hundreds of cards are more than anybody scrolls through on a phone.
const CARDS: usize = 30;

/// What the page is called and how it looks.
pub struct Looks<'a> {
    pub title: &'a str,
    pub description: &'a str,
    /// A BCP 47 tag: the language of what the site says, which need not be that of the page.
    pub language: Option<&'a str>,
    pub site: &'a str,
    pub site_url: &'a Url,
    pub icon: Option<&'a Url>,
    /// As `#rrggbb`, on white and on black.
    pub color: &'a str,
    pub dark_color: &'a str,
    /// The list of all feeds, where there is one.
    pub opml: Option<&'a Url>,
}

/// Feeds that belong together.
pub(super) struct Group<'a> {
    /// `None` for the site's own feed.
    pub(super) name: Option<Cow<'static, str>>,
    pub(super) feeds: Vec<&'a Feed>,
}

/// The feeds by taxonomy, in their order.
pub(super) fn groups<'a>(feeds: &[&'a Feed]) -> Vec<Group<'a>> {
    let mut groups: Vec<(&str, Group<'_>)> = Vec::new();
    for feed in feeds {
        let taxonomy = feed
            .key
            .split_once('/')
            .map_or("", |(taxonomy, _)| taxonomy);
        if let Some((_, group)) = groups.iter_mut().find(|(known, _)| *known == taxonomy) {
            group.feeds.push(feed);
            continue;
        }
        let group = Group {
            name: name_of(taxonomy),
            feeds: vec![feed],
        };
        groups.push((taxonomy, group));
    }
    groups.into_iter().map(|(_, group)| group).collect()
}

/// What people call the members of a taxonomy.
fn name_of(taxonomy: &str) -> Option<Cow<'static, str>> {
    Some(match taxonomy {
        "" => return None,
        "tags" => "Tags".into(),
        "categories" => "Categories".into(),
        "authors" => "Authors".into(),
        "sections" => "Sections".into(),
        "languages" => "Languages".into(),
        "feeds" => "Topics".into(),
        own => {
            let mut letters = own.chars();
            let first = letters.next().into_iter().flat_map(char::to_uppercase);
            first.chain(letters).collect::<String>().into()
        }
    })
}

/// The format to subscribe to where one is named: Atom says most.
pub(super) fn shown(feed: &Feed) -> Option<&Place> {
    let of = |format| feed.places.iter().find(move |place| place.format == format);
    [Format::Atom, Format::Rss, Format::Json]
        .into_iter()
        .find_map(of)
}

/// The page.
pub fn page(looks: &Looks<'_>, feeds: &[&Feed]) -> Vec<u8> {
    let style = include_str!("page.css")
        .replace("ACCENT", looks.color)
        .replace("DARK", looks.dark_color);
    let lang = looks.language.unwrap_or("en");
    let own = feeds
        .iter()
        .filter(|feed| feed.name.is_none() && feed.key == "site");
    let groups = groups(feeds);
    // A site that says nothing of itself is described by its title, which stands there already.
    let description =
        Some(looks.description).filter(|text| !text.is_empty() && *text != looks.site);
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="generator" content="feedwright";
                @if let Some(description) = description {
                    meta name="description" content=(description);
                }
                title { (looks.title) }
                @if let Some(icon) = looks.icon {
                    link rel="icon" href=(local(icon));
                }
                @for feed in own {
                    @for place in &feed.places {
                        link rel="alternate" type=(place.format.media_type()) title=(feed.title) href=(place.url);
                    }
                }
                style { (PreEscaped(style)) }
            }
            body {
                header {
                    div.brand {
                        @if let Some(icon) = looks.icon {
                            img src=(local(icon)) alt="" width="56" height="56";
                        }
                        h1 lang=(lang) { (looks.title) }
                    }
                    @if let Some(description) = description {
                        p.lead lang=(lang) dir="auto" { (description) }
                    }
                    p.help {
                        "Follow what you care about with a feed reader: copy an address below into one, or "
                        "open it there. New posts come to you, without an account."
                    }
                    (contents(&groups))
                }
                main {
                    @for (number, group) in groups.iter().enumerate() {
                        @match &group.name {
                            None => @for feed in &group.feeds { (whole(feed, lang)) },
                            Some(name) => section.feeds aria-labelledby=(id_of(number)) {
                                h2 id=(id_of(number)) { (name) }
                                @let is_long = group.feeds.len() > CARDS;
                                ul.group.long[is_long] {
                                    @for feed in &group.feeds { li { (short(feed, lang, is_long)) } }
                                }
                            },
                        }
                    }
                }
                footer {
                    @if let Some(opml) = looks.opml {
                        p { a href=(opml.path()) { "All feeds as OPML" } ", to import into a reader at once." }
                    }
                    p {
                        "Back to "
                        a href=(looks.site_url.path()) lang=(lang) dir="auto" { (looks.site) }
                    }
                }
            }
        }
    };
    (page.into_string() + "\n").into_bytes()
}

/// The number tells groups apart: a name of the site's own may hold what an id must not.
fn id_of(number: usize) -> String {
    format!("group-{number}")
}

/// Links to the groups, where there are several: the first may fill many screens.
fn contents(groups: &[Group<'_>]) -> Markup {
    let named: Vec<_> = groups
        .iter()
        .enumerate()
        .filter_map(|(number, group)| Some((number, group.name.as_ref()?)))
        .collect();
    if named.len() < 2 {
        return html! {};
    }
    html! {
        nav aria-label="On this page" {
            ul {
                @for (number, name) in named {
                    li { a href={ "#" (id_of(number)) } { (name) } }
                }
            }
        }
    }
}

/// The site's own feed, with its newest entries.
fn whole(feed: &Feed, lang: &str) -> Markup {
    html! {
        section.site aria-labelledby="site" {
            h2 #site lang=(lang) dir="auto" { (feed.title) }
            div {
                h3 { "Copy an address into your reader" }
                div.addresses {
                    @for place in &feed.places {
                        @let id = place.format.as_str();
                        div {
                            label for=(id) { (place.format.name()) }
                            input #(id) type="url" readonly value=(place.url);
                        }
                    }
                }
                div.open {
                    h3 { "Or open the feed with" }
                    (readers(feed))
                }
            }
            @if !feed.entries.is_empty() {
                div {
                    h3 { "Newest posts" }
                    ol.posts {
                        @for entry in feed.entries.iter().take(NEWEST) {
                            li { (post(entry, lang)) }
                        }
                    }
                }
            }
        }
    }
}

/// Another feed, with its newest entry; in a long list that is folded away.
fn short(feed: &Feed, lang: &str, is_long: bool) -> Markup {
    let title = feed.name.as_deref().unwrap_or(&feed.title);
    let newest = html! {
        @if let Some(entry) = feed.entries.first() {
            p.newest { (post(entry, lang)) }
        }
    };
    html! {
        h3 lang=(lang) dir="auto" { (title) }
        @if !is_long { (newest) }
        ul.links {
            @for place in &feed.places {
                li {
                    a href=(place.url.path()) type=(place.format.media_type())
                        aria-label={ (place.format.name()) ": " (title) } { (place.format.name()) }
                }
            }
        }
        details {
            summary {
                @if is_long { "More" } @else { "Open in a reader" }
                // Whoever hears the page goes from one such line to the next, and must tell them
                // apart.
                span.unseen lang=(lang) { ": " (title) }
            }
            @if is_long { (newest) }
            (readers(feed))
        }
    }
}

fn post(entry: &Entry, lang: &str) -> Markup {
    let day = entry.published.day();
    html! {
        a href=(entry.url) lang=(entry.language.as_deref().unwrap_or(lang)) dir="auto" { (entry.title) }
        " "
        time datetime=(entry.published.to_rfc3339()) { (day.format("%-d %B %Y")) }
    }
}

/// An address on the site's own server, from its root on.
fn local(url: &Url) -> &str {
    &url[url::Position::BeforePath..url::Position::AfterQuery]
}

/// The characters that stay as they are in a part of a query.
const QUERY: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// Links that open a feed in common readers.
fn readers(feed: &Feed) -> Markup {
    let Some(place) = shown(feed) else {
        return html! {};
    };
    let query = utf8_percent_encode(place.url.as_str(), QUERY).to_string();
    let links = [
        ("An app on this device", format!("feed:{}", place.url)),
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
    ];
    html! {
        ul.links {
            @for (name, link) in &links {
                li { a href=(link) rel="nofollow" { (name) } }
            }
        }
    }
}
