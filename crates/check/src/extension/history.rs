//! Checks feeds in pages and archives (RFC 5005).

use std::collections::HashSet;

use super::super::context::Context;
use super::super::names::Ns;
use super::super::rule::rules;
use super::super::schema::{Child, Kind};
use super::super::tree::Element;

rules! {
    LINK_IN_ENTRY = Warning "history-link-in-entry", "RFC 5005, section 2",
        "A link between the documents of a feed stands in an entry.",
        "put it into the feed itself";
    COMPLETE_LINKS = Error "history-complete-links", "RFC 5005, section 2",
        "A feed that is said to be complete links to more of itself.",
        "remove `fh:complete`, or the link";
    COMPLETE_CURRENT = Error "history-complete-current", "RFC 5005, section 2",
        "A feed that is said to be complete names another document as its current one.",
        "remove `fh:complete`, or let `current` be the address of the feed";
    PAST_END = Error "history-past-end", "RFC 5005, section 3",
        "The first page links to one before it, or the last page to one after it.",
        "remove that link";
    ARCHIVE_NO_CURRENT = Warning "history-archive-current", "RFC 5005, section 4",
        "An archive does not say where the current feed is.",
        "add a link with `rel=\"current\"`";
    ARCHIVE_ALONE = Warning "history-archive-alone", "RFC 5005, section 4",
        "An archive links to no other archive.",
        "add links with `rel=\"prev-archive\"` and `rel=\"next-archive\"`, or `fh:complete`";
}

static MARK: Kind = Kind::elements("RFC 5005", &[]);

/// The elements of the extension in a feed.
pub(crate) static ELEMENTS: &[Child] = &[
    Child::once("archive", &MARK),
    Child::once("complete", &MARK),
];

/// Relations between the documents of one feed.
pub(crate) const RELATIONS: &[&str] = &[
    "current",
    "first",
    "last",
    "next",
    "next-archive",
    "prev-archive",
    "previous",
];

/// Checks the links between the documents of a feed.
pub(crate) fn feed(element: &Element, cx: &mut Context<'_>) {
    let links: Vec<(&str, &str, &Element)> = element
        .all(Ns::Atom, "link")
        .map(|link| {
            let rel = super::links::relation(link);
            (rel, link.attribute("href").unwrap_or_default(), link)
        })
        .collect();
    let own = links.iter().find(|(rel, ..)| *rel == "self");
    let own = own.map(|(_, href, _)| *href);
    let relations: HashSet<&str> = links.iter().map(|(rel, ..)| *rel).collect();
    let has = |wanted: &[&str]| wanted.iter().any(|rel| relations.contains(rel));
    let is_complete = element.child(Ns::History, "complete").is_some();
    for (rel, href, link) in &links {
        if is_complete && RELATIONS.contains(rel) {
            if *rel != "current" {
                let message = format!("a complete feed has a link `{rel}`");
                cx.report(&COMPLETE_LINKS, link.at, message);
            } else if own.is_some_and(|own| own != *href) {
                let message = "a complete feed names another document as its current one";
                cx.report(&COMPLETE_CURRENT, link.at, message);
            }
        }
        let beyond = match *rel {
            "first" => "previous",
            "last" => "next",
            _ => continue,
        };
        if own == Some(*href) && has(&[beyond]) {
            cx.report(
                &PAST_END,
                link.at,
                format!("this is the {rel} document, and has a link `{beyond}`"),
            );
        }
    }
    if let Some(archive) = element
        .child(Ns::History, "archive")
        .filter(|_| !is_complete)
    {
        if !has(&["prev-archive", "next-archive"]) {
            cx.report(
                &ARCHIVE_ALONE,
                archive.at,
                "the archive links to no other archive",
            );
        }
        if !has(&["current"]) {
            let message = "the archive does not link to the current feed";
            cx.report(&ARCHIVE_NO_CURRENT, archive.at, message);
        }
    }
}
