//! Reading a text from left to right.

use super::Refusal;
use super::parse::EXAMPLE;
use crate::slice::Slice;

/// A text and what of it is still to be read.
pub(super) struct Reader<'a> {
    pub(super) whole: &'a str,
    pub(super) rest: &'a str,
    pub(super) note: Option<&'static str>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Reader {
            whole: shortened(text),
            rest: text,
            note: None,
        }
    }

    pub(super) fn word_is(&mut self, word: &str) -> bool {
        let end = self.word_end();
        let found = self.rest.slice(..end).eq_ignore_ascii_case(word);
        if found {
            self.rest = self.rest.slice(end..);
        }
        found
    }

    pub(super) fn word_end(&self) -> usize {
        self.rest
            .find(|c: char| !c.is_ascii_alphabetic())
            .unwrap_or(self.rest.len())
    }

    pub(super) fn spaces(&mut self) {
        self.rest = self.rest.trim_start();
    }

    pub(super) fn eat(&mut self, c: char) -> bool {
        match self.rest.strip_prefix(c) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    pub(super) fn one_of(&mut self, chars: &[char]) -> Option<char> {
        let c = self.rest.chars().next().filter(|c| chars.contains(c))?;
        self.rest = self.rest.slice(c.len_utf8()..);
        Some(c)
    }

    pub(super) fn digits(&mut self) -> &'a str {
        let end = self
            .rest
            .find(|c: char| !c.is_ascii_digit())
            .unwrap_or(self.rest.len());
        let (digits, rest) = self.rest.split_at(end);
        self.rest = rest;
        digits
    }

    /// One to `most` digits.
    pub(super) fn number_of(&mut self, most: usize) -> Result<u32, Refusal> {
        let digits = self.digits();
        if digits.is_empty() || digits.len() > most {
            return Err(self.unreadable());
        }
        self.number(digits)
    }

    pub(super) fn number<T: std::str::FromStr>(&self, digits: &str) -> Result<T, Refusal> {
        digits.parse().map_err(|_| self.unreadable())
    }

    pub(super) fn unreadable(&self) -> Refusal {
        Refusal::new(
            "date-unreadable",
            format!("`{}` is not a date that can be read", self.whole),
            EXAMPLE,
        )
    }
}

/// As much of a text as a message can show.
fn shortened(text: &str) -> &str {
    text.char_indices()
        .nth(80)
        .map_or(text, |(end, _)| text.slice(..end))
}
