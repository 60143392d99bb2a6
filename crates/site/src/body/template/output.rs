//! The text that is being made.

use std::borrow::Cow;
use std::collections::BTreeSet;

use feedwright_base::slice::Slice;
use feedwright_feed::html::LOST;

use super::super::fills::Fills;
use super::markup::Markup;
use super::{LONGEST_TEXT, Resolved};

/// How many different pieces of template code are named as left out.
const MOST_NAMED: usize = 20;

/// The resolved text so far, and what was left out of it.
#[derive(Default)]
pub(super) struct Output {
    pub(super) text: String,
    pub(super) dropped: BTreeSet<String>,
    /// What the marks in the text stand for.
    pub(super) fills: Fills,
}

impl Output {
    pub(super) fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Adds a text that stands for a tag, unless tags have made the whole too long already.
    pub(super) fn substitute(&mut self, text: &str) -> bool {
        let fits = self.text.len() + text.len() <= LONGEST_TEXT;
        if fits {
            self.text.push_str(text);
        }
        fits
    }

    /// Names what is left out. A link that it was part of is none any more.
    pub(super) fn leave_out(&mut self, shown: String) {
        if self.is_in_link() {
            self.text.push(LOST);
        }
        if self.dropped.len() < MOST_NAMED {
            self.dropped.insert(shown);
        } else {
            self.dropped.insert("…".to_owned());
        }
    }

    /// Whether the text so far ends inside the destination of a link.
    fn is_in_link(&self) -> bool {
        // Longer destinations than that are none.
        const REACH: usize = 2_000;
        let from = self.text.len().saturating_sub(REACH);
        let near = self.text.slice(self.text.ceil_char_boundary(from)..);
        let line = near.rfind(['\n', '>']).map_or(0, |at| at + 1);
        let line = near.slice(line..);
        let markdown = line
            .rfind("](")
            .is_some_and(|at| !line.slice(at + 2..).contains([')', ' ']));
        let html = ["href=", "src="].iter().any(|name| {
            line.rfind(name).is_some_and(|at| {
                let value = line.slice(at + name.len()..);
                match value.chars().next() {
                    Some(quote @ ('"' | '\'')) => !value.slice(1..).contains(quote),
                    _ => value.is_empty(),
                }
            })
        });
        markdown || html
    }

    /// What the current line begins with, if nothing but blanks and marks of quotes stands there.
    fn line_start(&self) -> Option<String> {
        let line = self.text.rfind('\n').map_or(0, |at| at + 1);
        let start = self.text.slice(line..);
        // No list or quote nests as deeply as that, and every line of a block repeats it.
        const LONGEST_START: usize = 100;
        let is_plain = start.chars().all(|c| matches!(c, ' ' | '\t' | '>'));
        (is_plain && start.len() <= LONGEST_START).then(|| start.to_owned())
    }

    /// Adds lines as a block of their own, in the list item or quote that the tag stands in, with
    /// blank lines around it.
    pub(super) fn block(&mut self, lines: &str) {
        if self.text.len() + lines.len() > LONGEST_TEXT {
            return;
        }
        let start = match self.line_start() {
            Some(start) => start,
            None => {
                self.push("\n\n");
                String::new()
            }
        };
        let bare = start.trim_end();
        for (at, line) in lines.split('\n').enumerate() {
            if at > 0 {
                self.push("\n");
                self.push(if line.is_empty() { bare } else { &start });
            }
            self.push(line);
        }
        self.push("\n");
        self.push(bare);
        self.push("\n");
        self.push(&start);
    }

    /// Adds the words of a tag behind what is kept of it: on a line of their own where nothing else
    /// stands on it, else behind a blank.
    pub(super) fn words(&mut self, words: &[&str], markup: Markup) {
        if words.is_empty() {
            return;
        }
        let words: Vec<String> = words.iter().map(|word| markup.words(word)).collect();
        let words = words.join(" ");
        if self.line_start().is_some() {
            self.block(&format!("\n{words}"));
        } else {
            self.substitute(&format!(" {words}"));
        }
    }

    /// Adds HTML as it is, whatever it is that stands around it.
    pub(super) fn html(&mut self, html: String) {
        let mark = self.fills.add(html);
        self.push(&mark);
    }

    pub(super) fn finish<'a>(self) -> Resolved<'a> {
        Resolved {
            text: Cow::Owned(self.text),
            dropped: self.dropped,
            fills: self.fills,
        }
    }
}

/// A name as a message shows it: never longer than anyone reads.
pub(super) fn short(name: &str) -> String {
    name.chars().take(40).collect()
}
