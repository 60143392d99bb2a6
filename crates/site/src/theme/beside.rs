//! Finds what an author wrote beside the element that holds most of a post: a standfirst, a film, a
//! correction below.

use ego_tree::NodeId;
use scraper::{ElementRef, Html};

use super::words;
use super::{ASIDE, PARAGRAPH, Theme, blocks_in};

/// Words in classes and ids of what themes put beside a text.
const AROUND: [&str; 29] = [
    "-next",
    "-prev",
    "author",
    "banner",
    "bio",
    "breadcrumb",
    "comment",
    "cookie",
    "footer",
    "header",
    "license",
    "copyright",
    "menu",
    "meta",
    "nav",
    "newsletter",
    "pager",
    "pagination",
    "popular",
    "prevnext",
    "promo",
    "recent",
    "related",
    "share",
    "sidebar",
    "signup",
    "social",
    "subscribe",
    "widget",
];

/// An article, and what in it is not the author's.
pub(crate) struct Whole {
    pub(crate) article: NodeId,
    pub(crate) foreign: Vec<NodeId>,
}

impl Theme {
    /// An element that holds most of a post, with what the post has beside it. What stands there on
    /// most pages, or says the summary again, is the theme's.
    pub(crate) fn whole(&self, page: &Html, found: NodeId, summary: Option<&str>) -> Whole {
        let mut whole = Whole {
            article: found,
            foreign: Vec::new(),
        };
        let mut inner = page.tree.get(found).and_then(ElementRef::wrap);
        let mut pending = Vec::new();
        while let Some(element) =
            inner.filter(|element| !self.places.is_empty() && !is_outermost(element))
        {
            let Some(outer) = element.parent().and_then(ElementRef::wrap) else {
                break;
            };
            if outer.value().name() == "body" {
                break;
            }
            let siblings = outer
                .child_elements()
                .filter(|sibling| sibling.id() != element.id());
            let (own, others): (Vec<_>, Vec<_>) =
                siblings.partition(|sibling| self.is_own(sibling, summary));
            pending.extend(others.iter().map(|other| other.id()));
            if !own.is_empty() {
                whole.article = outer.id();
                whole.foreign.append(&mut pending);
            }
            inner = Some(outer);
        }
        whole
    }

    /// Whether an element holds something of the author: a paragraph that other pages do not have, a
    /// film, a sound, or a picture with a caption.
    fn is_own(&self, element: &ElementRef<'_>, summary: Option<&str>) -> bool {
        if is_around(element) {
            return false;
        }
        let mut inner = std::iter::once(*element).chain(element.descendent_elements());
        let is_shown = |inner: &ElementRef<'_>| {
            let names = ["audio", "video", "iframe", "figcaption"];
            names.contains(&inner.value().name()) && !is_within_around(inner, element)
        };
        if inner.any(|inner| is_shown(&inner)) {
            return true;
        }
        let summary: Vec<u64> = summary
            .map(|text| words::hashes(text).collect())
            .unwrap_or_default();
        blocks_in(element).into_iter().any(|(block, own)| {
            let is_repeated = self
                .pattern(&own)
                .is_some_and(|pattern| self.patterns.contains(&pattern));
            let is_summary = !own.is_empty() && summary.starts_with(&own);
            own.len() >= PARAGRAPH
                && !is_repeated
                && !is_summary
                && block.value().name() != "h1"
                && !is_within_around(&block, element)
        })
    }
}

/// Whether an element is the whole of what a page is about.
fn is_outermost(element: &ElementRef<'_>) -> bool {
    matches!(element.value().name(), "article" | "main" | "body")
        || element.value().attr("role") == Some("main")
}

/// Whether an element, by what it is or is called, stands around a text.
pub(crate) fn is_around(element: &ElementRef<'_>) -> bool {
    let value = element.value();
    let is_named = |name: &str| {
        let name = name.to_ascii_lowercase();
        AROUND.iter().any(|word| name.contains(word))
    };
    let names = [value.attr("class"), value.attr("id")];
    ASIDE.contains(&value.name())
        || value.name() == "header"
        || value.name() == "dialog"
        || names.into_iter().flatten().any(is_named)
}

/// Whether an element stands in one that stands around a text, within another one.
fn is_within_around(element: &ElementRef<'_>, within: &ElementRef<'_>) -> bool {
    std::iter::once(*element)
        .chain(element.ancestors().filter_map(ElementRef::wrap))
        .take_while(|outer| outer.id() != within.id())
        .any(|outer| is_around(&outer))
}
