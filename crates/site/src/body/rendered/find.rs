//! Which element of a page is the article.

use std::sync::LazyLock;

use ego_tree::NodeId;
use feedwright_base::text;
use scraper::{ElementRef, Html, Selector};

use super::Finder;
use crate::theme::words::Outline;

/// Where articles stand, the surest place first.
const PLACES: [&str; 25] = [
    ".h-entry .e-content",
    ".e-content",
    "[itemprop=articleBody]",
    ".post-content",
    ".entry-content",
    ".article-content",
    ".article-body",
    ".post-body",
    ".post__content",
    ".article__content",
    ".blog-post-content",
    ".markdown-body",
    ".theme-doc-markdown",
    ".markdown",
    ".prose",
    "article .content",
    "article",
    "[itemprop=blogPost]",
    ".h-entry",
    ".post",
    "main",
    "[role=main]",
    "#main-content",
    "#content",
    ".content",
];

static SELECTORS: LazyLock<Vec<Selector>> = LazyLock::new(|| {
    PLACES
        .iter()
        .filter_map(|place| Selector::parse(place).ok())
        .collect()
});

/// Elements that hold others without a meaning of their own.
const CONTAINERS: [&str; 6] = ["div", "section", "article", "main", "td", "body"];

/// With fewer runs of words a post cannot be told from what stands around it.
const FEWEST: usize = 6;

/// The article of a page: the element that a selector names, else the smallest that holds the
/// post's own words, else what stands where articles of the site do, else the first of the usual
/// places.
///
/// `None` means that there is none, or that the page holds less than half of the post's words:
/// then it is another page, or an old one.
pub(super) fn find(
    page: &Html,
    outline: &Outline,
    wording: usize,
    finder: Finder<'_>,
    title: &str,
) -> Option<NodeId> {
    if let Some(selector) = finder.selector {
        return best(page.select(selector), outline, title).map(|element| element.id());
    }
    let place = finder.theme.article(page, |id| outline.range(id).len());
    if wording >= FEWEST {
        return smallest(page, outline, wording, place).map(|element| element.id());
    }
    if place.is_some() {
        return place;
    }
    SELECTORS
        .iter()
        .find_map(|selector| best(page.select(selector), outline, title))
        .map(|element| element.id())
}

/// Of several elements, the one with most of the post's words, else the one that shows its
/// title, else the longest. Cards of related posts match the same selectors.
fn best<'a>(
    found: impl Iterator<Item = ElementRef<'a>>,
    outline: &Outline,
    title: &str,
) -> Option<ElementRef<'a>> {
    let heading = |element: &ElementRef<'_>| {
        element
            .descendent_elements()
            .filter(|inner| inner.value().name() == "h1")
            .any(|inner| same_text(&inner.text().collect::<String>(), title))
    };
    found
        .filter(|element| !outline.range(element.id()).is_empty() || has_media(element))
        .enumerate()
        .max_by_key(|(at, element)| {
            let range = outline.range(element.id());
            let covered = outline.covered(&range);
            (
                covered,
                heading(element),
                range.len(),
                std::cmp::Reverse(*at),
            )
        })
        .map(|(_, element)| element)
}

/// The innermost element that has all of the post's words which the page has.
///
/// What stands at the place where the site has its articles is taken if it holds them, too.
fn smallest<'a>(
    page: &'a Html,
    outline: &Outline,
    wording: usize,
    place: Option<NodeId>,
) -> Option<ElementRef<'a>> {
    let mut element = page.root_element();
    let mut range = outline.range(element.id());
    let all = outline.covered(&range);
    if all * 2 < wording {
        return None;
    }
    // A phrase of the post may stand in a menu by accident.
    let enough = all - (all / 200).max(2).min(all / 4);
    let place = place.filter(|id| outline.covered(&outline.range(*id)) >= enough);
    if let Some(place) = place
        .and_then(|id| page.tree.get(id))
        .and_then(ElementRef::wrap)
    {
        return Some(place);
    }
    loop {
        let inner = element.child_elements().find_map(|child| {
            let inner = outline.range(child.id());
            // An only child holds as many.
            let holds = inner == range || outline.covered(&inner) >= enough;
            holds.then_some((child, inner))
        });
        match inner {
            Some((child, inner)) => (element, range) = (child, inner),
            None => break,
        }
    }
    Some(widened(element, outline, range.len()))
}

/// What holds the words may be a paragraph or a column: pictures stand beside it. So the usual
/// place around it is taken, if that holds little else, or else the container it stands in.
fn widened<'a>(element: ElementRef<'a>, outline: &Outline, words: usize) -> ElementRef<'a> {
    let around =
        || std::iter::once(element).chain(element.ancestors().filter_map(ElementRef::wrap));
    let usual = around().find(|outer| {
        let is_usual = SELECTORS.iter().any(|selector| selector.matches(outer));
        is_usual && outline.range(outer.id()).len() <= words + words / 4 + 60
    });
    usual
        .or_else(|| around().find(|outer| CONTAINERS.contains(&outer.value().name())))
        .unwrap_or(element)
}

/// Whether an element shows something that is no text.
pub(super) fn has_media(element: &ElementRef<'_>) -> bool {
    element.descendent_elements().any(|inner| {
        matches!(
            inner.value().name(),
            "img" | "picture" | "video" | "audio" | "iframe" | "table" | "hr" | "br" | "source"
        )
    })
}

/// Whether two texts are the same but for white space, case and the form of quotes and dashes.
pub(super) fn same_text(one: &str, other: &str) -> bool {
    letters(one) == letters(other)
}

/// What two texts have in common that are the same but for these.
pub(super) fn letters(text: &str) -> String {
    let text = text::plain(text);
    let letters = text.chars();
    let letters = letters.filter(|c| c.is_alphanumeric() || "+#$%&<>=@".contains(*c));
    letters.flat_map(char::to_lowercase).collect()
}
