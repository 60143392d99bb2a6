//! Checks extensions that are one address each: licenses, trackbacks, comments, tools.

use super::super::context::{Context, Vocabulary};
use super::super::names::Ns;
use super::super::rule::rules;
use super::super::schema::{ATTRIBUTE_MISSING, Attr, Child, Kind, Spot};
use super::super::tree::Element;
use super::super::value::uri;

rules! {
    COMMENT_RSS = Warning "wfw-comment-rss", "CommentAPI, section “wfw:commentRss”",
        "`wfw:commentRSS` is written as an early version of the specification had it by mistake.",
        "write `wfw:commentRss`";
}

/// Checks an address, which is the text of an element, or in RDF its `rdf:resource`.
fn address(spot: &Spot<'_>, cx: &mut Context<'_>) {
    let is_resource = spot.element.attribute_of(Ns::Rdf, "resource").is_some();
    if cx.vocabulary != Some(Vocabulary::Rdf) {
        uri::absolute(spot, cx);
    } else if !is_resource {
        let message = format!("{spot} has no `rdf:resource`, which is its place in RSS 1.0");
        cx.report_of(&ATTRIBUTE_MISSING, spot.section, spot.at, message);
    }
}

fn misspelled(spot: &Spot<'_>, cx: &mut Context<'_>) {
    spot.report(cx, &COMMENT_RSS, format!("{spot} is `wfw:commentRss` now"));
    uri::absolute(spot, cx);
}

const RESOURCE: &[Attr] = &[Attr::optional("resource", &[uri::absolute]).of(Ns::Rdf)];

static LICENSE_KIND: Kind = Kind::text("creativeCommons RSS module", &[uri::absolute]);
static BLOG: Kind = Kind::text("blogChannel RSS module", &[uri::absolute]);
static PING: Kind = Kind::text("TrackBack RSS module", &[address]).with(RESOURCE);
static TOOL: Kind = Kind::text("RSS 1.0 module “admin”", &[]).with(RESOURCE);
static COMMENT: Kind = Kind::text("CommentAPI", &[uri::absolute]);
static OLD_COMMENT: Kind = Kind::text("CommentAPI", &[misspelled]);

pub(crate) static LICENSE: &[Child] = &[Child::many("license", &LICENSE_KIND)];

pub(crate) static BLOG_CHANNEL: &[Child] = &[
    Child::once("blogRoll", &BLOG),
    Child::once("mySubscriptions", &BLOG),
    Child::once("blink", &BLOG),
    Child::once("changes", &BLOG),
];

pub(crate) static TRACKBACK: &[Child] = &[Child::once("ping", &PING), Child::many("about", &PING)];

pub(crate) static ADMIN: &[Child] = &[
    Child::once("generatorAgent", &TOOL),
    Child::once("errorReportsTo", &TOOL),
];

pub(crate) static WFW: &[Child] = &[
    Child::once("comment", &COMMENT),
    Child::once("commentRss", &COMMENT),
    Child::once("commentRSS", &OLD_COMMENT),
];

/// The relation of a link, which is `alternate` by default.
pub(crate) fn relation(link: &Element) -> &str {
    let rel = link.attribute("rel").unwrap_or("alternate");
    rel.strip_prefix("http://www.iana.org/assignments/relation/")
        .unwrap_or(rel)
}
