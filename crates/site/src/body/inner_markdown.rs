//! Decides which elements of HTML hold Markdown: those that kramdown and Python's Markdown are told to
//! read by `markdown="1"`, and all where the site has it so.

use feedwright_base::html::elements;
use feedwright_base::slice::Slice;
use feedwright_feed::html::LOST;

use crate::dialect::InnerMarkdown;

/// What a paragraph begins with that is shown without its tags: the text of an element such as a cell.
pub(super) const BARE: &str = "\u{f8c8}\u{f8c8} ";

const _: () = assert!(LOST == '\u{f8c8}');

/// What stands in an element that holds Markdown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Inner {
    Blocks,
    /// Text in one line, without paragraphs.
    Line,
}

/// What the site's own engine reads in an element, by its opening tag; `None` where that is HTML.
pub(super) fn inner(tag: &str, name: &str, rule: InnerMarkdown) -> Option<Inner> {
    if rule == InnerMarkdown::Off || elements::is(name, elements::INLINE) {
        return None;
    }
    let of = |name| match rule {
        InnerMarkdown::Python => Some(of_python(name)),
        _ => of_kramdown(name),
    };
    match (attribute(tag), rule) {
        (Some("1"), _) | (Some(""), InnerMarkdown::Python) => of(name),
        (Some("block"), _) => Some(Inner::Blocks),
        (Some("span"), _) => Some(Inner::Line),
        (None, InnerMarkdown::KramdownInAll) => of(name),
        _ => None,
    }
}

/// The value of the attribute `markdown` of a tag.
fn attribute(tag: &str) -> Option<&str> {
    let at = tag.find(" markdown")?;
    let rest = tag.slice(at + " markdown".len()..);
    let Some(value) = rest.trim_start().strip_prefix('=') else {
        return rest.starts_with([' ', '>']).then_some("");
    };
    let value = value.trim_start();
    match value.chars().next()? {
        quote @ ('"' | '\'') => value.slice(1..).split(quote).next(),
        _ => value.split([' ', '>']).next(),
    }
}

/// What `markdown="1"` means to kramdown.
fn of_kramdown(name: &str) -> Option<Inner> {
    const BLOCKS: [&str; 25] = [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "dd",
        "details",
        "div",
        "dl",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "header",
        "hgroup",
        "li",
        "main",
        "map",
        "menu",
        "nav",
        "object",
        "section",
        "summary",
        "td",
    ];
    const LINES: [&str; 11] = [
        "caption", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "legend", "p", "th",
    ];
    let has = |names: &[&str]| names.iter().any(|own| own.eq_ignore_ascii_case(name));
    match () {
        () if has(&BLOCKS) => Some(Inner::Blocks),
        () if has(&LINES) => Some(Inner::Line),
        () => None,
    }
}

/// What `markdown="1"` means to Python's Markdown.
fn of_python(name: &str) -> Inner {
    const LINES: [&str; 15] = [
        "address", "dd", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "legend", "li", "p", "summary",
        "td", "th",
    ];
    match LINES.iter().any(|own| own.eq_ignore_ascii_case(name)) {
        true => Inner::Line,
        false => Inner::Blocks,
    }
}
