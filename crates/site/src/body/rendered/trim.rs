//! Removes from the ends of an article what a theme writes there: by what the pages of the site have in
//! common, and by what is known of the post.

use std::collections::HashSet;

use ego_tree::NodeId;
use feedwright_base::html::elements;
use scraper::{ElementRef, Html};

use crate::post::Post;

use super::find::{letters, same_text};
use crate::theme::words;
use crate::theme::{Theme, is_around};

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
    /// The summary that the author wrote apart from the text.
    summary: Option<&'p str>,
    words: HashSet<u64>,
    source: Option<Source>,
    /// Whether anchors of headings and the like are gone, so that texts are those of the source.
    pub(super) is_clean: bool,
}

/// What is known of a post from its source.
struct Source {
    letters: String,
    /// Those of each block.
    blocks: HashSet<String>,
    /// Whether a line across is the first and the last of it.
    lines: [bool; 2],
}

impl Source {
    fn of(html: &str) -> Self {
        let parts = html.split("</").flat_map(|part| part.split("<br"));
        // What begins with the end of a tag in a line goes on with the block.
        let mut blocks: Vec<String> = Vec::new();
        for part in parts {
            let (end, rest) = part.split_once('>').unwrap_or(("", part));
            match blocks.last_mut() {
                Some(last) if elements::is(end, elements::INLINE) => last.push_str(&letters(rest)),
                _ => blocks.push(letters(rest)),
            }
        }
        Source {
            letters: letters(html),
            blocks: blocks.into_iter().collect(),
            lines: [html.starts_with("<hr"), html.trim_end().ends_with("<hr>")],
        }
    }
}

impl<'p> Facts<'p> {
    pub(super) fn of(post: &'p Post, source: Option<&str>) -> Self {
        let names = post.authors.iter().map(|author| author.name.as_str());
        let terms = post.tags.iter().chain(&post.categories).map(String::as_str);
        // Boxes with the licence name the post again.
        let own = [post.title.as_str(), post.url.as_str()];
        let own = own.into_iter().filter(|_| source.is_some());
        let words = names.chain(terms).chain([BYLINE]).chain(own);
        let words = words.flat_map(words::hashes);
        Facts {
            title: &post.title,
            summary: post.summary.as_deref().filter(|_| source.is_some()),
            words: words.collect(),
            source: source.map(Source::of),
            is_clean: false,
        }
    }

    /// Whether the source has the text of an element, or a block of what stands in it. A word or two may
    /// stand anywhere, and so are the author's only as a block of their own.
    fn has(&self, text: &str) -> bool {
        /// With fewer letters a text is short.
        const SHORT: usize = 30;
        let text = letters(text);
        let is_long = text.len() >= SHORT;
        self.source.as_ref().is_some_and(|source| {
            let mut long = source.blocks.iter().filter(|block| block.len() >= SHORT);
            source.blocks.contains(&text)
                || (is_long && source.letters.contains(&text))
                || (is_long && long.any(|block| text.contains(block.as_str())))
        })
    }

    /// Whether a line across at an end of the article is none of the source.
    fn is_foreign_line(&self, is_end: bool) -> bool {
        let source = self.source.as_ref();
        source.is_some_and(
            |Source {
                 lines: [first, last],
                 ..
             }| !(if is_end { *last } else { *first }),
        )
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
        false if facts.source.is_some() => 0,
        false => heading(&elements, facts).unwrap_or(0),
    };
    for (at, element) in elements.into_iter().enumerate() {
        let is_line = element.value().name() == "hr";
        if at < before
            || (is_line && facts.is_foreign_line(is_end))
            || is_of_theme(&element, theme, facts)
        {
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
            let is_all = if is_end {
                leading(children.rev(), theme, facts, gone, is_end)
            } else {
                leading(children, theme, facts, gone, is_end)
            };
            if is_all {
                gone.push(element.id());
                continue;
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
    if facts.has(&text) {
        return false;
    }
    let is_heading = element.value().name() == "h1" && facts.source.is_none();
    let is_summary = facts
        .summary
        .is_some_and(|summary| same_text(&text, summary));
    if is_heading || is_summary || same_text(&text, facts.title) {
        return true;
    }
    if facts.source.is_some() && facts.is_clean && is_around(element) {
        return true;
    }
    let words: Vec<u64> = words::hashes(&text).collect();
    if words.len() > LONGEST {
        return false;
    }
    if facts.source.is_some() {
        // Whatever it says, the author did not write it.
        let is_known = |word: &u64| facts.words.contains(word) || theme.has_word(*word);
        let is_known =
            || words.iter().all(is_known) || theme.is_repeated(&text) || theme.is_on_many(&text);
        return has(&["time"]) || (facts.is_clean && is_known());
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
