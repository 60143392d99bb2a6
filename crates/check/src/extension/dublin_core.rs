//! Checks Dublin Core (RSS 1.0 module “dc”; DCMI Metadata Terms).

use super::super::context::Context;
use super::super::names::Ns;
use super::super::rule::rules;
use super::super::schema::{Child, Kind};
use super::super::tree::Element;
use super::super::value::{date, language, text};

rules! {
    SEMANTICS = Warning "semantics-duplicate", "RSS Profile, section “Extending RSS”",
        "An extension says the same as an element of the feed's own vocabulary. Which one counts \
         differs between readers.",
        "leave the element of the vocabulary itself";
}

const DC: &str = "Dublin Core Metadata Element Set 1.1";
const DCTERMS: &str = "DCMI Metadata Terms";

static TEXT: Kind = Kind::text(DC, &[]);
static PLAIN: Kind = Kind::text(DC, &[text::plain]);
static DATE: Kind = Kind::text(DC, &[date::w3c]);
static LANGUAGE: Kind = Kind::text(DC, &[language::tag]);
static TERM_DATE: Kind = Kind::text(DCTERMS, &[date::w3c]);

/// The elements of Dublin Core 1.1.
pub(crate) static ELEMENTS: &[Child] = &[
    Child::once("title", &TEXT),
    Child::many("creator", &TEXT),
    Child::many("subject", &TEXT),
    Child::once("description", &TEXT),
    Child::many("publisher", &TEXT),
    Child::many("contributor", &TEXT),
    Child::once("date", &DATE),
    Child::once("type", &TEXT),
    Child::once("format", &TEXT),
    Child::many("identifier", &TEXT),
    Child::once("source", &TEXT),
    Child::once("language", &LANGUAGE),
    Child::many("relation", &TEXT),
    Child::many("coverage", &TEXT),
    Child::once("rights", &PLAIN),
];

/// The elements that may be repeated in entries.
pub(crate) static ENTRY: &[Child] = &[Child::many("date", &DATE)];

/// The newer terms that are dates. The others are not checked.
pub(crate) static TERMS: &[Child] = &[
    Child::once("created", &TERM_DATE),
    Child::once("issued", &TERM_DATE),
    Child::once("modified", &TERM_DATE),
];

/// Elements of a channel of RSS, and the elements of extensions that mean the same.
const CHANNEL: &[(&str, Ns, &str)] = &[
    ("managingEditor", Ns::Dc, "creator"),
    ("webMaster", Ns::Dc, "publisher"),
    ("category", Ns::Dc, "subject"),
    ("pubDate", Ns::Dc, "date"),
    ("language", Ns::Dc, "language"),
    ("copyright", Ns::Dc, "rights"),
    ("lastBuildDate", Ns::DcTerms, "modified"),
    ("generator", Ns::Admin, "generatorAgent"),
];

const ITEM: &[(&str, Ns, &str)] = &[
    ("author", Ns::Dc, "creator"),
    ("category", Ns::Dc, "subject"),
    ("pubDate", Ns::Dc, "date"),
    ("source", Ns::Dc, "source"),
    ("guid", Ns::Atom, "id"),
    ("pubDate", Ns::Atom, "published"),
];

/// Reports elements in a channel of RSS that mean the same.
pub(crate) fn channel(element: &Element, cx: &mut Context<'_>) {
    twice(element, CHANNEL, cx);
}

/// Reports elements in an item of RSS that mean the same.
pub(crate) fn item(element: &Element, cx: &mut Context<'_>) {
    twice(element, ITEM, cx);
}

fn twice(element: &Element, pairs: &[(&str, Ns, &str)], cx: &mut Context<'_>) {
    for (core, ns, name) in pairs {
        if element.child(Ns::None, core).is_some()
            && let Some(second) = element.child(*ns, name)
        {
            cx.report(
                &SEMANTICS,
                second.at,
                format!("`{}` says the same as `{core}`", second.qname),
            );
        }
    }
    if element.child(Ns::Cc, "license").is_some()
        && let Some(second) = element.child(Ns::CreativeCommons, "license")
    {
        cx.report(
            &SEMANTICS,
            second.at,
            format!("`{}` says the same as `cc:license`", second.qname),
        );
    }
}
