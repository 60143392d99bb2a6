//! Removes from an article what a theme puts around its text.

use std::ops::Range;

use ego_tree::NodeId;
use scraper::{ElementRef, Html};

use super::chrome::{ANCHORS, AROUND, CHROME, CHROME_IDS, MORE_AROUND, MORE_CHROME, NEVER};
use super::find::{has_media, same_text};
use crate::theme::words::Outline;

/// Removes from an article what is not the post's own text: navigation, sharing, comments,
/// scripts, the repeated title, line numbers.
pub(super) fn clean(page: &mut Html, article: NodeId, outline: &Outline, title: &str) {
    let mut gone = Vec::new();
    if let Some(article) = page.tree.get(article).and_then(ElementRef::wrap) {
        let within = outline.range(article.id());
        let around = Around {
            article,
            outline,
            body: match outline.has_source() {
                true => outline.body(&within),
                false => texts(&article, outline),
            },
        };
        around.collect(title, &mut gone);
    }
    for id in gone {
        remove(page, id, article);
    }
}

/// From the first text of an article to the last, by what elements are, where no source says it.
fn texts(article: &ElementRef<'_>, outline: &Outline) -> Option<Range<usize>> {
    /// How many words a text has at least.
    const FEWEST: usize = 4;
    let is_around = |element: &ElementRef<'_>| {
        let value = element.value();
        let is_named = |class: &str| {
            let class = class.to_ascii_lowercase();
            let lists = [&CHROME[..], &MORE_CHROME, &AROUND, &MORE_AROUND];
            lists.iter().any(|list| list.contains(&class.as_str()))
        };
        matches!(value.name(), "header" | "footer" | "nav" | "aside" | "form")
            || value.classes().any(is_named)
    };
    let mut body: Option<Range<usize>> = None;
    let mut open: Vec<ElementRef<'_>> = article.child_elements().collect();
    while let Some(element) = open.pop() {
        if is_around(&element) {
            continue;
        }
        let name = element.value().name();
        let is_text = matches!(
            name,
            "p" | "pre"
                | "table"
                | "blockquote"
                | "figure"
                | "ul"
                | "ol"
                | "dl"
                | "h2"
                | "h3"
                | "h4"
        );
        let range = outline.range(element.id());
        if !is_text {
            open.extend(element.child_elements());
        } else if range.len() >= FEWEST {
            let (start, end) = body.map_or((range.start, range.end), |body| (body.start, body.end));
            body = Some(start.min(range.start)..end.max(range.end));
        }
    }
    body
}

struct Around<'a> {
    article: ElementRef<'a>,
    outline: &'a Outline,
    body: Option<Range<usize>>,
}

impl<'a> Around<'a> {
    fn collect(&self, title: &str, gone: &mut Vec<NodeId>) {
        let repeated = self
            .article
            .descendent_elements()
            .filter(|element| matches!(element.value().name(), "h1" | "h2"))
            .take(1)
            .find(|heading| same_text(&text_of(heading), title));
        gone.extend(repeated.map(|heading| heading.id()));
        let mut open: Vec<ElementRef<'a>> = self.article.child_elements().collect();
        while let Some(element) = open.pop() {
            if self.is_chrome(&element) {
                gone.push(element.id());
            } else {
                open.extend(element.child_elements());
            }
        }
    }

    fn is_chrome(&self, element: &ElementRef<'_>) -> bool {
        let value = element.value();
        let name = value.name();
        let is_heading = name.len() == 2 && name.starts_with('h') && name != "hr";
        let classes: Vec<String> = value.classes().map(str::to_ascii_lowercase).collect();
        let has = |names: &[&str]| classes.iter().any(|class| names.contains(&class.as_str()));
        if NEVER.contains(&name) || (!is_heading && (has(&CHROME) || has(&MORE_CHROME))) {
            return true;
        }
        let id = value.id().unwrap_or_default().to_ascii_lowercase();
        if !is_heading && name != "section" && CHROME_IDS.contains(&id.as_str()) {
            return true;
        }
        if matches!(
            value.attr("role").unwrap_or_default(),
            "navigation" | "search" | "banner" | "doc-toc" | "toolbar"
        ) {
            return true;
        }
        if is_gutter(element) || is_self_link(element, has(&ANCHORS)) {
            return true;
        }
        if is_hidden(element) && !has(&["katex-html"]) && !self.outline.is_authors(element.id()) {
            return true;
        }
        let is_around = matches!(name, "header" | "footer" | "time")
            || has(&AROUND)
            || has(&MORE_AROUND)
            || is_edit_link(element)
            || (name == "a"
                && value
                    .attr("rel")
                    .is_some_and(|rel| rel.split(' ').any(|rel| matches!(rel, "prev" | "next"))));
        is_around && !is_heading && self.stands_around(element)
    }

    /// Whether an element stands before or behind the post's text and is not part of it.
    fn stands_around(&self, element: &ElementRef<'_>) -> bool {
        let of_notes = element.value().attr("role") == Some("doc-endnotes")
            || element.value().classes().any(|class| class == "footnotes");
        let of_quote = element
            .ancestors()
            .filter_map(ElementRef::wrap)
            .take_while(|outer| outer.id() != self.article.id())
            .any(|outer| matches!(outer.value().name(), "blockquote" | "figure"));
        if of_notes || of_quote || self.outline.is_authors(element.id()) {
            return false;
        }
        let range = self.outline.range(element.id());
        self.body
            .as_ref()
            .is_none_or(|body| range.end <= body.start || range.start >= body.end)
    }
}

fn text_of(element: &ElementRef<'_>) -> String {
    element.text().collect()
}

fn is_hidden(element: &ElementRef<'_>) -> bool {
    let value = element.value();
    let style = value.attr("style").unwrap_or_default();
    value.attr("aria-hidden") == Some("true")
        || value.attr("hidden").is_some()
        || style
            .replace(' ', "")
            .to_ascii_lowercase()
            .contains("display:none")
}

/// Whether an element holds the numbers of lines of code.
fn is_gutter(element: &ElementRef<'_>) -> bool {
    let value = element.value();
    let has = |name: &str| value.classes().any(|class| class == name);
    match value.name() {
        "td" => {
            has("gutter")
                || (has("lntd")
                    && element
                        .prev_siblings()
                        .all(|node| !node.value().is_element()))
        }
        // Some mark lines themselves with the name.
        "span" | "div" => {
            let is_number = |text: &str| {
                text.chars()
                    .all(|c| c.is_ascii_digit() || c.is_whitespace())
            };
            let cannot_be_copied = || {
                let style = value.attr("style").unwrap_or_default();
                style.replace(' ', "").contains("user-select:none")
            };
            let is_marked = has("line-number") || has("ln") || cannot_be_copied();
            has("line-numbers") || (is_marked && element.text().all(is_number))
        }
        _ => false,
    }
}

/// Whether a link only leads to the heading that it stands in.
fn is_self_link(element: &ElementRef<'_>, is_named: bool) -> bool {
    let value = element.value();
    if value.name() != "a" || !value.attr("href").is_some_and(|href| href.contains('#')) {
        return false;
    }
    let in_heading = element
        .ancestors()
        .filter_map(ElementRef::wrap)
        .any(|outer| {
            matches!(
                outer.value().name(),
                "h1" | "h2" | "h3" | "h4" | "h5" | "h6"
            )
        });
    let text = text_of(element);
    let text = text.trim().to_lowercase();
    // An author may link a word of a heading, too.
    let is_meant = is_named || value.attr("aria-label").is_some() || value.attr("title").is_some();
    let says_nothing = !text.contains(char::is_alphanumeric)
        || (is_meant && matches!(text.as_str(), "link" | "permalink" | "anchor"))
        || text.starts_with("permalink to ")
        || text.starts_with("direct link to ");
    says_nothing && (in_heading || is_named)
}

fn is_edit_link(element: &ElementRef<'_>) -> bool {
    element.value().name() == "a" && {
        let text = text_of(element).trim().to_lowercase();
        [
            "edit this page",
            "edit this post",
            "edit on github",
            "improve this page",
            "suggest an edit",
        ]
        .iter()
        .any(|start| text.starts_with(start))
    }
}

/// Removes an element, and the elements around it that become empty.
fn remove(page: &mut Html, id: NodeId, article: NodeId) {
    let mut id = id;
    loop {
        let Some(mut node) = page.tree.get_mut(id) else {
            return;
        };
        let parent = node.parent().map(|parent| parent.id());
        node.detach();
        let Some(parent) = parent.filter(|parent| *parent != article) else {
            return;
        };
        let Some(outer) = page.tree.get(parent).and_then(ElementRef::wrap) else {
            return;
        };
        let may_go = matches!(
            outer.value().name(),
            "div" | "span" | "section" | "header" | "footer" | "aside" | "ul" | "li" | "p"
        );
        let is_empty = || !has_media(&outer) && outer.text().all(|text| text.trim().is_empty());
        if !may_go || !is_empty() {
            return;
        }
        id = parent;
    }
}
