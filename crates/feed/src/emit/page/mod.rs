//! The page for people: all feeds, what they are for, and how to follow them.

mod feeds;
mod groups;
mod policy;
mod texts;
mod words;

use maud::{DOCTYPE, Markup, PreEscaped, html};
use url::Url;

use crate::Feed;

pub(super) use self::groups::{groups, shown};
pub(super) use self::words::Words;

use self::feeds::{list, whole};
use self::groups::{Group, sorted};
use self::policy::{policy, script};

/// What the page says of the site, and how it looks. [`Looks::new`] knows what every page needs; all
/// else can be set afterwards.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Looks<'a> {
    /// The name of the site, which leads to its home page.
    pub site: &'a str,
    /// The home page.
    pub site_url: &'a Url,
    /// What the page is called; where nothing is given, “Follow” and the name of the site, in the
    /// language of the page.
    pub title: Option<&'a str>,
    /// A sentence below the title.
    pub description: Option<&'a str>,
    /// A BCP 47 tag: the language of what the site says. The page speaks it, if its words are known in
    /// it, and English otherwise.
    pub language: Option<&'a str>,
    /// A small square image before the name of the site, and in the tab of the browser. The page asks
    /// no other server for anything, so that it has to be on the site's own, as the logo has to be.
    pub icon: Option<&'a Url>,
    /// An image that has the name of the site in it, in place of icon and name.
    pub logo: Option<&'a Url>,
    /// The color of links on white, as `#rrggbb`.
    pub color: &'a str,
    /// The color of links on black.
    pub dark_color: &'a str,
    /// Where people sign up for news by e-mail. It is shown before everything else.
    pub email: Option<&'a Url>,
    /// The list of all feeds, where there is one.
    pub opml: Option<&'a Url>,
}

impl<'a> Looks<'a> {
    /// A blue that can be read on white.
    pub const COLOR: &'static str = "#005ea2";
    /// A blue that can be read on black.
    pub const DARK_COLOR: &'static str = "#73b3e7";

    /// The page of a site with this name and this home page, in English and blue.
    pub fn new(site: &'a str, site_url: &'a Url) -> Self {
        Looks {
            site,
            site_url,
            title: None,
            description: None,
            language: None,
            icon: None,
            logo: None,
            color: Self::COLOR,
            dark_color: Self::DARK_COLOR,
            email: None,
            opml: None,
        }
    }
}

/// In what languages the page and the texts of the site are.
#[derive(Clone, Copy)]
struct Language<'a> {
    words: &'static Words,
    /// That of the page: the site's own tag, if the page speaks it.
    page: &'a str,
    /// That of the site.
    site: &'a str,
}

impl<'a> Language<'a> {
    fn of(site: Option<&'a str>) -> Self {
        let words = Words::of(site);
        let page = site.filter(|tag| Words::known(tag).is_some());
        let page = page.unwrap_or(words.tag);
        Language {
            words,
            page,
            site: site.unwrap_or(page),
        }
    }

    /// What has to be said of a text in a language of its own, or else in the site's: nothing, if the
    /// page is in the same one.
    fn tag<'t>(&self, own: Option<&'t str>) -> Option<&'t str>
    where
        'a: 't,
    {
        Some(own.unwrap_or(self.site)).filter(|tag| !tag.eq_ignore_ascii_case(self.page))
    }

    /// A text of the site within those of the page.
    fn text(&self, own: Option<&str>, text: &str) -> Markup {
        html! { span lang=[self.tag(own)] dir="auto" { (text) } }
    }
}

/// The page.
pub fn page(looks: &Looks<'_>, feeds: &[&Feed]) -> Vec<u8> {
    let language = Language::of(looks.language);
    let groups = sorted(groups(feeds, language.words));
    let first = groups.iter().position(|group| group.name.is_some());
    let page = html! {
        (DOCTYPE)
        html lang=(language.page) dir=[language.words.is_rtl.then_some("rtl")] {
            (head(looks, feeds, language))
            body {
                header { (masthead(looks, language)) }
                main {
                    h1 { (title(looks, language)) }
                    @if let Some(description) = description(looks) {
                        p.lead { (language.text(None, description)) }
                    }
                    (contents(&groups, language))
                    @for (number, group) in groups.iter().enumerate() {
                        @match group.heading(language) {
                            None => @for (at, feed) in group.feeds.iter().enumerate() {
                                @let is_only = group.feeds.len() == 1;
                                (whole(feed, (at, is_only), looks, language))
                            },
                            Some(heading) => {
                                @if first == Some(number) { p.choose { (language.words.choose) } }
                                (list(group, &id_of(number), &heading, language))
                            },
                        }
                    }
                    @if let Some(opml) = looks.opml {
                        p.opml { a href=(local(opml)) { (language.words.opml) } }
                    }
                }
                p.unseen role="status" {}
                script { (PreEscaped(script())) }
            }
        }
    };
    (page.into_string() + "\n").into_bytes()
}

/// What browsers are told before they show anything: the policy first.
fn head(looks: &Looks<'_>, feeds: &[&Feed], language: Language<'_>) -> Markup {
    let style = include_str!("page.css")
        .replace("ACCENT", looks.color)
        .replace("DARK", looks.dark_color);
    let own = feeds
        .iter()
        .filter(|feed| feed.name.is_none() && feed.key == "site");
    html! {
        head {
            meta charset="utf-8";
            meta http-equiv="Content-Security-Policy" content=(policy(&style));
            meta name="viewport" content="width=device-width, initial-scale=1";
            meta name="generator" content="feedwright";
            @if let Some(description) = description(looks) {
                meta name="description" content=(description);
            }
            title {
                @match looks.title {
                    Some(title) => (title),
                    None => (language.words.follow.replace("{}", looks.site)),
                }
            }
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
    }
}

/// The way back to the site.
fn masthead(looks: &Looks<'_>, language: Language<'_>) -> Markup {
    html! {
        a href=(local(looks.site_url)) {
            @if let Some(logo) = looks.logo {
                img src=(local(logo)) alt=(looks.site) lang=[language.tag(None)];
            } @else {
                @if let Some(icon) = looks.icon {
                    img src=(local(icon)) alt="" width="40" height="40";
                }
                (language.text(None, looks.site))
            }
        }
    }
}

fn title(looks: &Looks<'_>, language: Language<'_>) -> Markup {
    if let Some(title) = looks.title {
        return language.text(None, title);
    }
    let (before, after) = language.words.follow.split_once("{}").unwrap_or_default();
    html! { (before) (language.text(None, looks.site)) (after) }
}

/// A site that says nothing of itself is described by its title, which stands there already.
fn description<'a>(looks: &Looks<'a>) -> Option<&'a str> {
    let description = looks.description?;
    (!description.is_empty() && description != looks.site).then_some(description)
}

/// The number tells groups apart: a name of the site's own may hold what an id must not.
fn id_of(number: usize) -> String {
    format!("group-{number}")
}

/// Links to the groups, where there are several: the first may fill many screens.
fn contents(groups: &[Group<'_>], language: Language<'_>) -> Markup {
    let named: Vec<_> = groups
        .iter()
        .enumerate()
        .filter_map(|(number, group)| Some((number, group.heading(language)?)))
        .collect();
    if named.len() < 2 {
        return html! {};
    }
    html! {
        nav aria-label=(language.words.contents) {
            ul {
                @for (number, name) in named {
                    li { a href={ "#" (id_of(number)) } { (name) } }
                }
            }
        }
    }
}

/// An address on the site's own server, from its root on.
fn local(url: &Url) -> &str {
    &url[url::Position::BeforePath..url::Position::AfterQuery]
}
