//! Where links of a page lead: to a tag, to an author, or to another page.

use feedwright_base::html::tokens::{Tag, attribute};

/// Parts of addresses behind which the name of a tag stands.
const TAG_FOLDERS: [&str; 8] = [
    "tag",
    "tags",
    "topic",
    "topics",
    "category",
    "categories",
    "label",
    "labels",
];

/// Parts of addresses behind which the name of an author stands.
const AUTHOR_FOLDERS: [&str; 8] = [
    "author",
    "authors",
    "people",
    "team",
    "user",
    "users",
    "profile",
    "contributors",
];

/// Whether a link leads to another page that is no list of a tag. `own` is the last part of the page's
/// own address.
pub(super) fn leads_away(tag: &Tag, canonical: Option<&str>, own: &str) -> bool {
    let href = attribute(tag, "href").unwrap_or_default();
    let name = |url: &str| {
        let path = url.split(['?', '#']).next().unwrap_or_default();
        let path = path.trim_end_matches("index.html").trim_end_matches('/');
        let name = path.rsplit('/').next().unwrap_or_default();
        name.trim_end_matches(".html").to_owned()
    };
    let is_own = canonical.is_some_and(|own| own.ends_with(href) && href.len() > 1)
        || (!own.is_empty() && name(href) == name(own));
    !href.is_empty()
        && !href.starts_with(['#', '?'])
        && !is_own
        && !is_tag_link(tag, true)
        && !has_word(attribute(tag, "rel"), "author")
        && !href.split('/').any(|part| AUTHOR_FOLDERS.contains(&part))
        && !href.starts_with("mailto:")
}

/// Whether a link leads to the first page of a site.
pub(super) fn leads_home(href: &str) -> bool {
    let href = href.split(['?', '#']).next().unwrap_or_default();
    let path = match href.split_once("://") {
        Some((_, rest)) => rest
            .split_once('/')
            .map_or("/", |(_, path)| if path.is_empty() { "/" } else { path }),
        None => href,
    };
    let path = path.trim_end_matches("index.html");
    matches!(path, "/" | "./")
        || (path.starts_with("../") && path.split('/').all(|part| matches!(part, ".." | "")))
}

/// Whether the class of an element says that it is a title.
pub(super) fn has_title_class(tag: &Tag) -> bool {
    attribute(tag, "class").is_some_and(|class| class.to_ascii_lowercase().contains("title"))
}

/// How many words a text has; where a script has no blanks, every character is one.
pub(super) fn units(text: &str) -> usize {
    let dense = text
        .chars()
        .filter(|c| matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'));
    text.split_whitespace().count() + dense.count()
}

/// Whether a list of words has one.
pub(super) fn has_word(list: Option<&str>, word: &str) -> bool {
    list.is_some_and(|list| {
        list.split_whitespace()
            .any(|one| one.eq_ignore_ascii_case(word))
    })
}

/// Whether a link leads to a tag of the page that it stands in, or to another list of pages.
/// `is_listed` says whether it stands where pages list their tags.
pub(super) fn is_tag_link(tag: &Tag, is_listed: bool) -> bool {
    if has_word(attribute(tag, "rel"), "tag") {
        return true;
    }
    let href = attribute(tag, "href").unwrap_or_default();
    let path = href.split(['?', '#']).next().unwrap_or_default();
    let path = path.trim_end_matches("index.html").trim_end_matches('/');
    let mut parts = path.rsplit('/');
    let (name, folder) = (parts.next(), parts.next());
    let is_folder = |name: Option<&str>| name.is_some_and(|name| TAG_FOLDERS.contains(&name));
    // Some sites have all tags on one page.
    let is_tag = is_folder(folder) || (is_folder(name) && href.contains('#'));
    is_tag && (is_listed || attribute(tag, "class").is_some_and(names_tags))
}

/// Whether an element is a place where pages list their tags.
pub(super) fn lists_tags(tag: &Tag) -> bool {
    matches!(&*tag.name, "header" | "footer" | "nav")
        || attribute(tag, "class").is_some_and(names_tags)
}

/// Whether a class says that something is a tag, or has some.
fn names_tags(class: &str) -> bool {
    let words = class.split(|c: char| !c.is_ascii_alphanumeric());
    words.map(str::to_ascii_lowercase).any(|word| {
        [
            "tag", "categor", "topic", "meta", "taxonom", "label", "term",
        ]
        .iter()
        .any(|name| word.starts_with(name))
    })
}
