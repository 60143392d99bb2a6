//! Reads the lists of kramdown: their marks may change, and a list of the other kind right below an item
//! belongs to it.

use std::borrow::Cow;
use std::collections::VecDeque;

use feedwright_base::slice::Slice;
use feedwright_base::text;
use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use crate::dialect::Engine;

use super::events::Placed;
use super::items::is_blank_before;
use super::markdown::options;

/// A text in whose lists all items have the same mark, where they have not: for CommonMark another mark
/// begins another list.
pub(super) fn with_one_mark(text: &str) -> Cow<'_, str> {
    if !has_several_marks(text) {
        return Cow::Borrowed(text);
    }
    let mut marks = Vec::new();
    for (event, range) in Parser::new_ext(text, options(false)).into_offset_iter() {
        if matches!(event, Event::Start(Tag::Item)) {
            let item = text.slice(range.start..);
            marks.push(range.start + item.len() - item.trim_start_matches(' ').len());
        }
    }
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for at in marks {
        if at >= done && text.slice(at..).starts_with(['-', '*']) {
            out.push_str(text.slice(done..at));
            // Unlike the others it is nothing but a mark of items.
            out.push('+');
            done = at + 1;
        }
    }
    out.push_str(text.slice(done..));
    Cow::Owned(out)
}

/// Whether an item has another mark than the one before it that is indented as far.
fn has_several_marks(text: &str) -> bool {
    let mut marks: [Option<char>; 16] = [None; 16];
    for line in text::lines(text) {
        let bare = line.trim_start_matches([' ', '>']);
        let Some(mark) = bare.chars().next().filter(|c| "-*+".contains(*c)) else {
            continue;
        };
        let indent = line.len() - bare.len();
        if !bare.slice(1..).starts_with([' ', '\t']) {
            continue;
        }
        let Some(known) = marks.get_mut(indent) else {
            continue;
        };
        if known.is_some_and(|known| known != mark) {
            return true;
        }
        *known = Some(mark);
    }
    false
}

/// Events in which a list of the other kind that begins right below an item belongs to it.
pub(super) fn with_nested_lists<'a>(
    events: impl Iterator<Item = Placed<'a>>,
    text: &'a str,
    engine: Engine,
) -> impl Iterator<Item = Placed<'a>> {
    Nested {
        events,
        text,
        is_on: engine == Engine::Kramdown,
        ahead: VecDeque::new(),
        lists: Vec::new(),
    }
}

struct Nested<'a, I: Iterator<Item = Placed<'a>>> {
    events: I,
    text: &'a str,
    is_on: bool,
    /// Events that were looked at.
    ahead: VecDeque<Placed<'a>>,
    /// The lists that are open.
    lists: Vec<List<'a>>,
}

/// A list, and the ends of the item and of the list around it, if it was moved into them.
struct List<'a> {
    is_ordered: bool,
    outer: Option<[Placed<'a>; 2]>,
}

impl<'a, I: Iterator<Item = Placed<'a>>> Iterator for Nested<'a, I> {
    type Item = Placed<'a>;

    fn next(&mut self) -> Option<Placed<'a>> {
        let event = self.ahead.pop_front().or_else(|| self.events.next())?;
        if !self.is_on {
            return Some(event);
        }
        match &event.0 {
            Event::Start(Tag::List(first)) => self.lists.push(List {
                is_ordered: first.is_some(),
                outer: None,
            }),
            Event::End(TagEnd::Item) => {
                if let Some(list) = self.moved(&event) {
                    return Some(list);
                }
            }
            Event::End(TagEnd::List(_)) => {
                let list = self.lists.pop()?;
                if let Some([item, outer]) = list.outer {
                    self.leave(item, outer);
                }
            }
            _ => {}
        }
        Some(event)
    }
}

impl<'a, I: Iterator<Item = Placed<'a>>> Nested<'a, I> {
    /// The beginning of the list that follows the one whose item ends here, if it belongs to the item.
    fn moved(&mut self, item: &Placed<'a>) -> Option<Placed<'a>> {
        let list = self.lists.last()?;
        let is_ordered = list.is_ordered;
        let around = self
            .lists
            .len()
            .checked_sub(2)
            .and_then(|at| self.lists.get(at));
        // The list around it goes on.
        let is_inner =
            list.outer.is_some() && around.is_some_and(|list| list.is_ordered != is_ordered);
        let is_other = self.follows(1, !is_ordered);
        if !is_other || is_inner {
            return None;
        }
        let end = self.ahead.pop_front()?;
        self.lists.push(List {
            is_ordered: !is_ordered,
            outer: Some([item.clone(), end]),
        });
        self.ahead.pop_front()
    }

    /// Goes on in the list around one that was moved, or ends it.
    fn leave(&mut self, item: Placed<'a>, list: Placed<'a>) {
        let is_ordered = self.lists.last().is_some_and(|list| list.is_ordered);
        if self.follows(0, is_ordered) {
            self.ahead.pop_front();
            self.ahead.push_front(item);
        } else {
            self.ahead.push_front(list);
            self.ahead.push_front(item);
        }
    }

    /// Whether a list begins right below, so many events ahead, behind the end of another.
    fn follows(&mut self, at: usize, is_ordered: bool) -> bool {
        while self.ahead.len() <= at {
            let Some(event) = self.events.next() else {
                return false;
            };
            self.ahead.push_back(event);
        }
        let is_end = |event: &Placed<'_>| matches!(event.0, Event::End(TagEnd::List(_)));
        let is_behind = at == 0 || self.ahead.front().is_some_and(is_end);
        self.ahead
            .get(at)
            .is_some_and(|(event, range)| match event {
                Event::Start(Tag::List(first)) => {
                    is_behind
                        && first.is_some() == is_ordered
                        && !is_blank_before(self.text, range.start)
                }
                _ => false,
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_become_one() {
        let check =
            |text: &str, expected: &str| assert_eq!(with_one_mark(text), expected, "{text}");
        check("- a\n* b\n", "+ a\n+ b\n");
        check(
            "- a\n  * b\n  - c\n\n* * *\n",
            "+ a\n  + b\n  + c\n\n* * *\n",
        );
        check("- a\n  * b\n- c\n", "- a\n  * b\n- c\n");
        check("```\n- a\n* b\n```\n", "```\n- a\n* b\n```\n");
    }
}
