//! Checks who may see or index a feed: `meta` of XHTML, and Bloglines' `access:restriction`.

use super::super::context::Context;
use super::super::schema::{Attr, Child, Kind, Spot};
use super::super::value::one_of;

/// What search engines may be told.
const ROBOTS: &[&str] = &[
    "all",
    "none",
    "index",
    "noindex",
    "follow",
    "nofollow",
    "noarchive",
    "nosnippet",
    "noimageindex",
];

/// The element of XHTML for search engines.
pub(crate) static META: Kind = Kind::empty(
    "HTML 4.01, appendix B.4.1",
    &[
        Attr::required("name", &[name]),
        Attr::required("content", &[content]),
    ],
);

static RESTRICTION: Kind = Kind::empty(
    "Feed Access Control 1.0",
    &[Attr::required("relationship", &[relationship])],
);

/// The element of Feed Access Control.
pub(crate) static ACCESS: &[Child] = &[Child::once("restriction", &RESTRICTION)];

fn name(spot: &Spot<'_>, cx: &mut Context<'_>) {
    let text = spot.text.to_ascii_lowercase();
    one_of(
        &Spot {
            text: &text,
            ..*spot
        },
        cx,
        &["robots"],
    );
}

fn content(spot: &Spot<'_>, cx: &mut Context<'_>) {
    let text = spot.text.to_ascii_lowercase();
    let words: Vec<&str> = text.split(',').map(str::trim).collect();
    // Nothing can be allowed and forbidden at once.
    let is_open = |known: &&&str| !words.contains(&format!("no{known}").as_str());
    let open: Vec<&str> = ROBOTS.iter().filter(is_open).copied().collect();
    for text in &words {
        if !one_of(&Spot { text, ..*spot }, cx, &open) {
            return;
        }
    }
}

fn relationship(spot: &Spot<'_>, cx: &mut Context<'_>) {
    one_of(spot, cx, &["allow", "deny"]);
}
