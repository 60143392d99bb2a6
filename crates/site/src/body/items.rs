//! Decides which texts of items and of elements of HTML are paragraphs. CommonMark asks the whole list;
//! kramdown and Python's Markdown ask each item.

use std::iter::Peekable;
use std::ops::Range;

use feedwright_base::slice::Slice;
use pulldown_cmark::{Event, Tag, TagEnd};

use crate::dialect::{BodyStyle, Engine, PythonLists};

use super::events::Placed;
use super::inner_markdown::BARE;

/// Events in which the first text of an item is a paragraph only where the engine has it so.
pub(super) fn with_items<'a>(
    events: impl Iterator<Item = Placed<'a>>,
    text: &'a str,
    style: &BodyStyle,
) -> impl Iterator<Item = Placed<'a>> {
    let engine = style.engine;
    Items {
        events: events.peekable(),
        text,
        engine,
        counts_from_one: engine == Engine::Kramdown || style.python_lists == PythonLists::Lazy,
        lists: Vec::new(),
        is_bare: false,
    }
}

struct Items<'a, I: Iterator<Item = Placed<'a>>> {
    events: Peekable<I>,
    text: &'a str,
    engine: Engine,
    /// Whether numbers of items do not count.
    counts_from_one: bool,
    /// The lists that are open.
    lists: Vec<List>,
    /// Whether the paragraph that is open is shown without its tags.
    is_bare: bool,
}

/// What was seen of a list.
struct List {
    end: usize,
    /// Whether no item was seen yet.
    is_new: bool,
    /// Whether each item that was seen began with a paragraph.
    has_paragraphs: bool,
}

impl<'a, I: Iterator<Item = Placed<'a>>> Iterator for Items<'a, I> {
    type Item = Placed<'a>;

    fn next(&mut self) -> Option<Placed<'a>> {
        let (event, range) = self.events.next()?;
        if !matches!(self.engine, Engine::Kramdown | Engine::Python) {
            return Some((event, range));
        }
        match &event {
            Event::Start(Tag::List(first)) => {
                self.lists.push(List {
                    end: range.end,
                    is_new: true,
                    has_paragraphs: true,
                });
                if self.counts_from_one && first.is_some() {
                    return Some((Event::Start(Tag::List(Some(1))), range));
                }
            }
            Event::End(TagEnd::List(_)) => {
                self.lists.pop();
            }
            Event::Start(Tag::Item) => self.begin(&range),
            Event::Start(Tag::Paragraph) if self.text.slice(range.start..).starts_with(BARE) => {
                self.is_bare = true;
                return self.next();
            }
            Event::Text(text) if self.is_bare && text.starts_with(BARE) => {
                let text = text.slice(BARE.len()..).to_owned();
                return Some((Event::Text(text.into()), range));
            }
            Event::End(TagEnd::Paragraph) if self.is_bare => {
                self.is_bare = false;
                return self.next();
            }
            _ => {}
        }
        Some((event, range))
    }
}

impl<'a, I: Iterator<Item = Placed<'a>>> Items<'a, I> {
    /// Takes the tags away from the paragraph that an item begins with, if it is none.
    fn begin(&mut self, item: &Range<usize>) {
        let Some(list) = self.lists.last_mut() else {
            return;
        };
        let first = self.events.peek().and_then(|(event, range)| match event {
            Event::Start(Tag::Paragraph) => Some(range.end),
            _ => None,
        });
        let is_paragraph = first.is_some_and(|end| list.marks(self.text, self.engine, item, end));
        list.has_paragraphs &= is_paragraph;
        list.is_new = false;
        self.is_bare = first.is_some() && !is_paragraph;
        if self.is_bare {
            self.events.next();
        }
    }
}

impl List {
    /// Whether the first text of an item, up to `end`, is a paragraph.
    fn marks(&self, text: &str, engine: Engine, item: &Range<usize>, end: usize) -> bool {
        let is_last = filled(text, item.end) == filled(text, self.end);
        let is_alone = filled(text, end) == filled(text, item.end);
        // A blank line behind the list itself is none of the item.
        let is_apart = is_blank_behind(text, end) && !(is_last && is_alone);
        match engine {
            Engine::Python => {
                (is_apart && !is_code_behind(text, item.start, end))
                    || (!is_last && is_blank_behind(text, item.end))
                    || (!self.is_new && is_blank_before(text, item.start))
            }
            // kramdown has the last item as all the others.
            _ => is_apart || (is_last && !self.is_new && self.has_paragraphs),
        }
    }
}

/// Blanks, and the signs of quotes around a list.
fn is_filler(c: char) -> bool {
    c.is_whitespace() || c == '>'
}

/// Where the last line before a place ends that is not blank.
pub(super) fn filled(text: &str, at: usize) -> usize {
    text.slice(..at).trim_end_matches(is_filler).len()
}

/// Whether a blank line follows the last line that is filled before a place.
fn is_blank_behind(text: &str, at: usize) -> bool {
    let mut lines = text.slice(filled(text, at)..).split('\n');
    let _rest_of_line = lines.next();
    lines.next().is_some_and(|line| line.chars().all(is_filler))
}

/// Whether what follows the first text of an item is code, which is indented by two levels.
fn is_code_behind(text: &str, item: usize, end: usize) -> bool {
    let column = item - text.slice(..item).rfind('\n').map_or(0, |line| line + 1);
    let mut lines = text.slice(filled(text, end)..).split('\n').skip(1);
    let next = lines.find(|line| !line.trim().is_empty());
    next.is_some_and(|line| line.len() - line.trim_start_matches(' ').len() >= column + 8)
}

/// Whether the line before that of a place is blank.
pub(super) fn is_blank_before(text: &str, at: usize) -> bool {
    let mut lines = text.slice(..at).rsplit('\n');
    let _start_of_line = lines.next();
    lines.next().is_some_and(|line| line.chars().all(is_filler))
}

#[cfg(test)]
mod tests {
    use feedwright_feed::Html;
    use feedwright_feed::html::Base;
    use pulldown_cmark::Parser;
    use url::Url;

    use super::*;

    fn check(engine: Engine, text: &str, expected: &str) {
        let style = BodyStyle {
            engine,
            ..BodyStyle::default()
        };
        let events = with_items(Parser::new(text).into_offset_iter(), text, &style);
        let url = Url::parse("https://e.org/").expect("a URL");
        let base = Base {
            url: &url,
            prefix: "",
            files: None,
        };
        let html = Html::of_markdown(events.map(|(event, _)| event), text.len(), &base);
        let found = html.expect("shallow").as_str().replace('\n', "");
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn items_of_kramdown() {
        let check = |text: &str, expected: &str| check(Engine::Kramdown, text, expected);
        check(
            "* a\n\n* b\n* c\n\ntext",
            "<ul><li><p>a</p></li><li>b</li><li>c</li></ul><p>text</p>",
        );
        check(
            "* a\n* b\n\n* c\n* d",
            "<ul><li>a</li><li><p>b</p></li><li>c</li><li>d</li></ul>",
        );
        check(
            "1. x\n2. y\n\n   z\n3. w",
            "<ol><li>x</li><li><p>y</p><p>z</p></li><li>w</li></ol>",
        );
        check(
            "* a\n\n* b\n\ntext",
            "<ul><li><p>a</p></li><li><p>b</p></li></ul><p>text</p>",
        );
        check(
            "* a\n  * b\n\n* c",
            "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>",
        );
        check(
            "> * a\n>\n> * b",
            "<blockquote><ul><li><p>a</p></li><li><p>b</p></li></ul></blockquote>",
        );
    }

    #[test]
    fn items_of_python() {
        let check = |text: &str, expected: &str| check(Engine::Python, text, expected);
        check(
            "* a\n\n* b\n* c\n",
            "<ul><li><p>a</p></li><li><p>b</p></li><li>c</li></ul>",
        );
        check(
            "* a\n    * b\n\n* c",
            "<ul><li><p>a</p><ul><li>b</li></ul></li><li><p>c</p></li></ul>",
        );
    }
}
