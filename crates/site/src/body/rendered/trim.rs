//! Removes from the ends of an article what a theme writes there, where no source tells it from the
//! text: by what the pages of the site have in common, and by what is known of the post.

use std::collections::HashSet;

use ego_tree::NodeId;
use scraper::{ElementRef, Html};

use crate::post::Post;

use super::find::same_text;
use crate::theme::Theme;
use crate::theme::words;

/// Words of lines that name when and by whom a post was written. Those of other languages are known
/// by standing on every page.
const BYLINE: &str = "a about ago and article at author authors by categories category comments date day days \
    edit filed from hour hours in last length less min mins minute minutes modified month months of on \
    post posted posts published read reading share tag tagged tags the time topics under updated \
    views week weeks words written year years jan feb mar apr may jun jul aug sep sept oct nov dec \
    january february march april june july august september october november december mon tue wed \
    thu fri sat sun monday tuesday wednesday thursday friday saturday sunday am pm utc gmt";

/// A line of this kind has at most so many words.
const LONGEST: usize = 40;

/// What is known of a post.
pub(super) struct Facts<'p> {
    title: &'p str,
    words: HashSet<u64>,
}

impl<'p> Facts<'p> {
    pub(super) fn of(post: &'p Post) -> Self {
        let names = post.authors.iter().map(|author| author.name.as_str());
        let terms = post.tags.iter().chain(&post.categories).map(String::as_str);
        let words = names.chain(terms).chain([BYLINE]).flat_map(words::hashes);
        Facts {
            title: &post.title,
            words: words.collect(),
        }
    }
}

/// Removes what stands at both ends of an article and is not its text.
pub(super) fn trim(page: &mut Html, article: NodeId, theme: &Theme, facts: &Facts<'_>) {
    let mut gone = Vec::new();
    if let Some(article) = page.tree.get(article).and_then(ElementRef::wrap) {
        let children: Vec<ElementRef<'_>> = article.child_elements().collect();
        if has_only_elements(&article) {
            leading(children.iter().copied(), theme, facts, &mut gone, false);
            leading(
                children.iter().rev().copied(),
                theme,
                facts,
                &mut gone,
                true,
            );
        }
    }
    // Posts of one sentence may all have the same one.
    let is_left = page
        .tree
        .get(article)
        .and_then(ElementRef::wrap)
        .is_some_and(|article| {
            article.descendants().any(|node| {
                let is_gone = node.ancestors().any(|outer| gone.contains(&outer.id()));
                let shows = node
                    .value()
                    .as_text()
                    .is_some_and(|text| !text.trim().is_empty());
                !is_gone
                    && (shows
                        || node
                            .value()
                            .as_element()
                            .is_some_and(|element| element.name() == "img"))
            })
        });
    for id in gone.into_iter().filter(|_| is_left) {
        if let Some(mut node) = page.tree.get_mut(id) {
            node.detach();
        }
    }
}

/// Collects elements that are not the text, up to the first that is. Returns whether all are not.
fn leading<'a>(
    elements: impl Iterator<Item = ElementRef<'a>>,
    theme: &Theme,
    facts: &Facts<'_>,
    gone: &mut Vec<NodeId>,
    is_end: bool,
) -> bool {
    let elements: Vec<ElementRef<'a>> = elements.collect();
    // What stands before the title is no text, such as a picture that all posts have.
    let before = match is_end {
        true => 0,
        false => heading(&elements, facts).unwrap_or(0),
    };
    for (at, element) in elements.into_iter().enumerate() {
        if at < before || is_of_theme(&element, theme, facts) {
            gone.push(element.id());
            continue;
        }
        // The first text may stand in one element with what is before it.
        let name = element.value().name();
        if matches!(
            name,
            "article" | "div" | "footer" | "header" | "main" | "section"
        ) && has_only_elements(&element)
        {
            let children: Vec<ElementRef<'_>> = element.child_elements().collect();
            let children = children.into_iter();
            if is_end {
                leading(children.rev(), theme, facts, gone, is_end);
            } else {
                leading(children, theme, facts, gone, is_end);
            }
        }
        return false;
    }
    true
}

/// Which of the first elements is the title.
fn heading(elements: &[ElementRef<'_>], facts: &Facts<'_>) -> Option<usize> {
    /// More than a picture and a line about the post no theme has before a title.
    const FIRST: usize = 4;
    let is_title = |element: &ElementRef<'_>| {
        let text: String = element.text().collect();
        element.value().name() == "h1" && same_text(&text, facts.title)
    };
    elements.iter().take(FIRST).position(is_title)
}

/// Whether no text stands directly in an element.
fn has_only_elements(element: &ElementRef<'_>) -> bool {
    let mut texts = element
        .children()
        .filter_map(|child| child.value().as_text());
    texts.all(|text| text.trim().is_empty())
}

/// Whether an element is the theme's: the title again, a line with the date and the author, tags, or
/// what stands on most pages.
fn is_of_theme(element: &ElementRef<'_>, theme: &Theme, facts: &Facts<'_>) -> bool {
    let has = |names: &[&str]| {
        let own = names.contains(&element.value().name());
        own || element
            .descendent_elements()
            .any(|inner| names.contains(&inner.value().name()))
    };
    let text: String = element.text().flat_map(|text| [text, " "]).collect();
    if text.trim().is_empty() {
        return !has(&[
            "img", "picture", "video", "audio", "iframe", "hr", "table", "object",
        ]) && element.value().name() != "hr";
    }
    if has(&[
        "pre",
        "table",
        "figure",
        "video",
        "audio",
        "iframe",
        "blockquote",
    ]) {
        return false;
    }
    if element.value().name() == "h1" || same_text(&text, facts.title) {
        return true;
    }
    let words: Vec<u64> = words::hashes(&text).collect();
    if words.len() > LONGEST {
        return false;
    }
    let is_known = words.iter().all(|word| facts.words.contains(word));
    is_known || (theme.is_repeated(&text) && is_marked(element))
}

/// Whether an element is no bare paragraph, which an author may have begun each post with.
fn is_marked(element: &ElementRef<'_>) -> bool {
    let value = element.value();
    value.classes().next().is_some()
        || !matches!(value.name(), "p" | "h1" | "h2" | "h3" | "h4" | "ul" | "ol")
}
