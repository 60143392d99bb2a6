//! Checks `atom:link`, in Atom and in RSS (RFC 4287, section 4.2.7).

use std::collections::HashSet;

use super::super::context::Context;
use super::super::extension::links::relation;
use super::super::extension::{history, threading};
use super::super::names::Ns;
use super::super::rule::rules;
use super::super::schema::{Attr, Kind, Spot, attributes, exact, shown};
use super::super::tree::Element;
use super::super::value::{date, language, media_type, number, text, uri};

rules! {
    RELATION = Warning "atom-link-rel", "RFC 4287, section 4.2.7.2; IANA registry “Link Relations”",
        "The relation of a link is neither registered nor a URI. Readers do not know what it means.",
        "use a registered relation, or a URI of your own";
    ATTRIBUTE_BLANK = Warning "attribute-blank", "",
        "An attribute is empty that is there to say something.",
        "fill it, or remove it";
    NOT_EMPTY = Warning "atom-link-text", "RFC 4287, section 4.2.7",
        "Text stands in a link, where nobody looks for it.",
        "write `<link … />`";
    ALTERNATE_DUPLICATE = Error "atom-link-duplicate", "RFC 4287, sections 4.1.1 and 4.1.2",
        "Two links with `rel=\"alternate\"` have the same type and language.",
        "leave one of them, or say how they differ";
    SELF_MISSING = Warning "self-missing", "RFC 4287, section 4.1.1; RSS Profile, section “atom:link”",
        "The feed does not say its own address, which readers keep when they move or copy it.",
        "add `<link rel=\"self\" href=\"https://…\"/>`; in RSS `<atom:link …>`, with `xmlns:atom=\"http://www.w3.org/2005/Atom\"`";
    SELF_RELATIVE = Warning "self-relative", "RFC 4287, section 4.2.7.2",
        "The feed gives its own address as a relative one, which nobody can follow who has only the feed.",
        "write the whole address";
    SELF_TYPE = Warning "self-type", "RFC 4287, section 4.2.7.3",
        "The type of the feed's own address is not that of a feed.",
        "write `type=\"application/atom+xml\"`, or `application/rss+xml` for RSS";
}

/// The relations that are registered with the IANA and may stand in feeds.
const RELATIONS: &[&str] = &[
    "about",
    "acl",
    "alternate",
    "amphtml",
    "appendix",
    "apple-touch-icon",
    "apple-touch-startup-image",
    "archives",
    "author",
    "blocked-by",
    "bookmark",
    "c2pa-manifest",
    "canonical",
    "chapter",
    "cite-as",
    "collection",
    "compression-dictionary",
    "contents",
    "convertedfrom",
    "copyright",
    "create-form",
    "current",
    "deprecation",
    "describedby",
    "describes",
    "disclosure",
    "dns-prefetch",
    "duplicate",
    "edit",
    "edit-form",
    "edit-media",
    "enclosure",
    "external",
    "first",
    "geofeed",
    "glossary",
    "help",
    "hosts",
    "hub",
    "icon",
    "ice-server",
    "index",
    "intervalafter",
    "intervalbefore",
    "intervalcontains",
    "intervaldisjoint",
    "intervalduring",
    "intervalequals",
    "intervalfinishedby",
    "intervalfinishes",
    "intervalin",
    "intervalmeets",
    "intervalmetby",
    "intervaloverlappedby",
    "intervaloverlaps",
    "intervalstartedby",
    "intervalstarts",
    "item",
    "last",
    "latest-version",
    "license",
    "linkset",
    "lrdd",
    "manifest",
    "mask-icon",
    "me",
    "media-feed",
    "memento",
    "micropub",
    "modulepreload",
    "monitor",
    "monitor-group",
    "next",
    "next-archive",
    "nofollow",
    "noopener",
    "noreferrer",
    "opener",
    "openid2.local_id",
    "openid2.provider",
    "original",
    "p3pv1",
    "payment",
    "pingback",
    "preconnect",
    "predecessor-version",
    "prefetch",
    "preload",
    "prerender",
    "prev",
    "preview",
    "previous",
    "prev-archive",
    "privacy-policy",
    "profile",
    "publication",
    "related",
    "replies",
    "restconf",
    "ruleinput",
    "search",
    "section",
    "self",
    "service",
    "service-desc",
    "service-doc",
    "service-meta",
    "sip-trunking-capability",
    "sponsored",
    "start",
    "status",
    "stylesheet",
    "subsection",
    "successor-version",
    "sunset",
    "tag",
    "terms-of-service",
    "timegate",
    "timemap",
    "type",
    "ugc",
    "up",
    "version-history",
    "via",
    "webmention",
    "working-copy",
    "working-copy-of",
];

/// Reports an empty attribute.
pub(super) fn filled_attribute(spot: &Spot<'_>, cx: &mut Context<'_>) {
    if spot.text.is_empty() {
        spot.report(cx, &ATTRIBUTE_BLANK, format!("{spot} is empty"));
    }
}

fn rel(spot: &Spot<'_>, cx: &mut Context<'_>) {
    filled_attribute(spot, cx);
    let rel = relation(spot.element);
    if !rel.is_empty() && !RELATIONS.contains(&rel) && uri::scheme(rel).is_none() {
        spot.report(
            cx,
            &RELATION,
            format!("the relation “{}” is not registered", shown(rel)),
        );
    }
}

fn href(spot: &Spot<'_>, cx: &mut Context<'_>) {
    exact(spot, cx);
    uri::iri_reference(spot, cx);
    // The feed's own address means the document on purpose.
    let base = spot.element.base.as_deref();
    let Some(base) = base.filter(|_| relation(spot.element) != "self") else {
        return;
    };
    let base = base.split('#').next().unwrap_or_default();
    let joined = url::Url::parse(base).and_then(|base| base.join(spot.text));
    if joined.is_ok_and(|joined| joined.as_str().split('#').next() == Some(base)) {
        spot.report(
            cx,
            &uri::SAME_DOCUMENT,
            format!("{spot} is “{}”, which means the base itself", spot.shown()),
        );
    }
}

static KIND: Kind = Kind::empty(
    "RFC 4287, section 4.2.7",
    &[
        Attr::required("href", &[href]),
        Attr::optional("rel", &[rel]),
        Attr::optional("type", &[media_type::media_type]),
        Attr::optional("hreflang", &[language::tag]),
        Attr::optional("title", &[filled_attribute, text::plain]),
        Attr::optional("length", &[number::non_negative]),
        Attr::optional("count", &[number::non_negative]).of(Ns::Thr),
        Attr::optional("updated", &[date::rfc3339]).of(Ns::Thr),
        Attr::optional("when", &[]).of(Ns::Thr),
        Attr::optional("type", &[]).of(Ns::Rdf),
        Attr::optional("resource", &[]).of(Ns::Rdf),
    ],
);

/// Checks a link.
pub(super) fn link(element: &Element, cx: &mut Context<'_>) {
    // The content of a link is undefined, and readers ignore it.
    attributes(element, &KIND, cx);
    if let Some(text) = element.texts().find(|text| !text.text.trim().is_empty()) {
        cx.report(
            &NOT_EMPTY,
            text.at,
            format!(
                "text stands in `{}`: “{}”",
                element.qname,
                shown(text.text.trim())
            ),
        );
    }
    let rel = relation(element);
    if let Some(kind) = element
        .attribute_of(Ns::None, "type")
        .filter(|_| rel == "self")
    {
        let essence = kind.value.split(';').next().unwrap_or_default().trim();
        let feeds = [
            "application/atom+xml",
            "application/rss+xml",
            "application/rdf+xml",
            "application/xml",
            "text/xml",
        ];
        if feedwright_base::media_type::is_media_type(&kind.value) && !feeds[..3].contains(&essence)
        {
            cx.report(
                &SELF_TYPE,
                kind.at,
                format!(
                    "the type of the feed's own address is `{}`",
                    shown(&kind.value)
                ),
            );
        }
    }
    for attribute in element.attributes.iter().filter(|a| a.ns == Ns::Thr) {
        if attribute.name() == "when" {
            cx.report(
                &threading::REPLIES_WHEN,
                attribute.at,
                format!("`{}` is no longer in use", attribute.qname),
            );
        } else if rel != "replies" {
            cx.report(
                &threading::REPLIES_ATTRIBUTE,
                attribute.at,
                format!("`{}` stands on a link `{}`", attribute.qname, shown(rel)),
            );
        }
    }
}

/// Reports links of a feed or an entry that have the same type and language, or that belong into
/// the feed.
pub(super) fn alternates(element: &Element, cx: &mut Context<'_>) {
    let mut seen: HashSet<(&str, &str)> = HashSet::new();
    for link in element.all(Ns::Atom, "link") {
        let rel = relation(link);
        if element.name() == "entry" && history::RELATIONS.contains(&rel) {
            cx.report(
                &history::LINK_IN_ENTRY,
                link.at,
                format!("a link `{rel}` stands in an entry"),
            );
        }
        if rel != "alternate" {
            continue;
        }
        let key = (
            link.attribute("type").unwrap_or_default(),
            link.attribute("hreflang").unwrap_or_default(),
        );
        if !seen.insert(key) {
            cx.report(
                &ALTERNATE_DUPLICATE,
                link.at,
                "a link `alternate` before has the same type and language",
            );
        }
    }
}

/// Checks the link to the feed itself.
pub(crate) fn own(feed: &Element, cx: &mut Context<'_>) {
    let mut links = feed
        .all(Ns::Atom, "link")
        .filter(|link| relation(link) == "self")
        .peekable();
    if links.peek().is_none() {
        cx.report(
            &SELF_MISSING,
            feed.at,
            format!("`{}` has no link `self`", feed.qname),
        );
    }
    for link in links {
        let Some(href) = link.attribute_of(Ns::None, "href") else {
            continue;
        };
        let has_base = link
            .base
            .as_deref()
            .is_some_and(|base| uri::scheme(base).is_some());
        // With nothing in it, the link means its base, and the home page of a host is no feed.
        let is_home = link
            .base
            .as_deref()
            .and_then(|base| url::Url::parse(base).ok())
            .is_some_and(|base| base.path() == "/" && base.query().is_none());
        let is_nothing = href.value.trim().is_empty() && is_home;
        if uri::scheme(href.value.trim()).is_none() && (!has_base || is_nothing) {
            cx.report(
                &SELF_RELATIVE,
                href.at,
                format!("the feed's own address is “{}”", shown(&href.value)),
            );
        }
    }
}
