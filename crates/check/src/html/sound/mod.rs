//! Reads HTML that is nested as plainly as it can be, without a parser: its elements close in the order
//! in which they open, tags are all written out, and references end in `;`. Most entries are so, and the
//! parser takes ten times as long for them.
//!
//! This is sure of what it reads, or leaves the whole text to the parser: that a text has no syntax errors
//! is found here, and which ones it has is found there. A test compares both.

#[cfg(test)]
mod tests;

use std::borrow::Cow;

use feedwright_base::slice::Slice;

use super::sink::Sink;

/// How many elements may be open at once, how many attributes a tag may have, and how often a parser may
/// have to look for formatting elements. All are far below what [`feedwright_base::html::nesting`] allows.
const DEEPEST: usize = 100;
const MOST_ATTRIBUTES: usize = 40;
const MOST_FORMATTED: usize = 50_000;

/// What a parser does with an element.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    /// It has no content.
    Void,
    /// It has no content, and ends a paragraph.
    Rule,
    /// It stands in a line.
    Phrase,
    /// It stands in a line, and would be opened again where it is not closed.
    Formatting,
    /// The formatting element that does not stand in another one of its kind.
    Link,
    /// It ends a paragraph.
    Block,
    Paragraph,
    Heading,
    List,
    Item,
    Terms,
    Term,
    Table,
    Rows,
    Row,
    Cell,
}

impl Role {
    /// The role of an element. Those that have none here have rules of their own.
    fn of(name: &str) -> Option<Role> {
        Some(match name.as_bytes() {
            b"p" => Role::Paragraph,
            b"a" => Role::Link,
            b"br" | b"img" | b"source" | b"track" | b"wbr" => Role::Void,
            b"b" | b"big" | b"code" | b"em" | b"font" | b"i" | b"s" | b"small" | b"strike"
            | b"strong" | b"tt" | b"u" => Role::Formatting,
            b"li" => Role::Item,
            b"ol" | b"ul" => Role::List,
            b"td" | b"th" => Role::Cell,
            b"tr" => Role::Row,
            b"span" | b"abbr" | b"acronym" | b"audio" | b"bdi" | b"bdo" | b"cite" | b"del"
            | b"dfn" | b"ins" | b"kbd" | b"mark" | b"picture" | b"q" | b"samp" | b"sub"
            | b"sup" | b"time" | b"var" | b"video" => Role::Phrase,
            b"div" | b"address" | b"article" | b"aside" | b"blockquote" | b"center"
            | b"details" | b"figcaption" | b"figure" | b"footer" | b"header" | b"main" | b"nav"
            | b"pre" | b"section" | b"summary" => Role::Block,
            b"h1" | b"h2" | b"h3" | b"h4" | b"h5" | b"h6" => Role::Heading,
            b"hr" => Role::Rule,
            b"dl" => Role::Terms,
            b"dd" | b"dt" => Role::Term,
            b"table" => Role::Table,
            b"tbody" | b"tfoot" | b"thead" => Role::Rows,
            _ => return None,
        })
    }

    fn is_void(self) -> bool {
        matches!(self, Role::Void | Role::Rule)
    }

    /// Whether text that stands directly in it is moved out of it.
    fn takes_no_text(self) -> bool {
        matches!(self, Role::Table | Role::Rows | Role::Row)
    }

    fn is_formatting(self) -> bool {
        matches!(self, Role::Formatting | Role::Link)
    }
}

struct Sound<'a> {
    rest: &'a str,
    open: Vec<(&'a str, Role)>,
    /// How many of the open elements are formatting elements.
    formatting: usize,
    /// How many formatting elements were open at all start tags together.
    formatted: usize,
    attributes: Vec<(&'a str, Cow<'a, str>)>,
    /// The rest where lines were counted last.
    uncounted: &'a str,
    sink: &'a Sink,
}

/// Reports the problems of the elements of a text to `sink`. Returns nothing where the text may have
/// errors of syntax, and then what was reported does not count.
pub(super) fn read(text: &str, sink: &Sink) -> Option<()> {
    // A parser reads these as other characters.
    if memchr::memchr2(b'\r', 0, text.as_bytes()).is_some() {
        return None;
    }
    let mut sound = Sound {
        rest: text,
        open: Vec::new(),
        formatting: 0,
        formatted: 0,
        attributes: Vec::new(),
        uncounted: text,
        sink,
    };
    while !sound.rest.is_empty() {
        sound.step()?;
    }
    sound.open.is_empty().then_some(())
}

impl<'a> Sound<'a> {
    /// Reads a text and what stands behind it: a tag, a comment or a reference.
    fn step(&mut self) -> Option<()> {
        let end = memchr::memchr2(b'<', b'&', self.rest.as_bytes());
        let (text, rest) = self.rest.split_at_checked(end.unwrap_or(self.rest.len()))?;
        let takes_no_text = self.parent().is_some_and(Role::takes_no_text);
        if takes_no_text && !text.bytes().all(is_blank) {
            return None;
        }
        self.rest = rest;
        match rest.as_bytes() {
            [] => Some(()),
            [b'<', b'/', ..] => self.close(rest.slice(2..)),
            [b'<', b'!', b'-', b'-', ..] => self.comment(rest.slice(4..)),
            [b'<', ..] => self.start(rest.slice(1..)),
            _ if takes_no_text => None,
            _ => {
                (_, self.rest) = reference(rest)?;
                Some(())
            }
        }
    }

    /// Tells the line on which it stands.
    fn place(&mut self) {
        let passed = self.uncounted.len() - self.rest.len();
        let passed = self.uncounted.as_bytes().slice(..passed);
        let lines = memchr::memchr_iter(b'\n', passed).count() as u64;
        self.sink.line.set(self.sink.line.get() + lines);
        self.uncounted = self.rest;
    }

    fn parent(&self) -> Option<Role> {
        self.open.last().map(|(_, role)| *role)
    }

    fn start(&mut self, tag: &'a str) -> Option<()> {
        let (name, rest) = word(tag, |b| b.is_ascii_alphanumeric())?;
        let role = Role::of(name)?;
        if !self.fits(role) {
            return None;
        }
        let rest = self.attributes(rest)?;
        self.rest = match rest.as_bytes() {
            [b'>', ..] => rest.slice(1..),
            [b'/', b'>', ..] if role.is_void() => rest.slice(2..),
            _ => return None,
        };
        if !self.attributes.is_empty() {
            self.place();
            let attributes = self.attributes.iter();
            self.sink
                .attributes(name, attributes.map(|(key, value)| (*key, &**value)));
        }
        self.formatted += self.formatting;
        if !role.is_void() {
            self.formatting += usize::from(role.is_formatting());
            self.open.push((name, role));
        }
        (self.open.len() <= DEEPEST && self.formatted <= MOST_FORMATTED).then_some(())
    }

    /// Whether an element may stand here, so that a parser neither ends nor adds another one.
    fn fits(&self, role: Role) -> bool {
        let parent = self.parent();
        let in_text = !parent.is_some_and(Role::takes_no_text);
        let is_open = |role| self.open.iter().any(|(_, open)| *open == role);
        match role {
            Role::Void | Role::Phrase | Role::Formatting => in_text,
            Role::Link => in_text && !is_open(role),
            Role::Cell => parent == Some(Role::Row),
            Role::Row => matches!(parent, Some(Role::Rows | Role::Table)),
            Role::Rows => parent == Some(Role::Table),
            Role::Heading if parent == Some(role) => false,
            Role::Item if parent != Some(Role::List) => false,
            Role::Term if parent != Some(Role::Terms) => false,
            _ => in_text && !is_open(Role::Paragraph),
        }
    }

    /// Reads the attributes of a tag. Returns the rest from the end of the tag on.
    fn attributes(&mut self, tag: &'a str) -> Option<&'a str> {
        self.attributes.clear();
        let mut rest = tag;
        loop {
            let blanks = rest.bytes().position(|b| !is_blank(b))?;
            let trimmed = rest.slice(blanks..);
            if matches!(trimmed.as_bytes(), [b'>' | b'/', ..]) {
                return Some(trimmed);
            }
            if blanks == 0 || self.attributes.len() == MOST_ATTRIBUTES {
                return None;
            }
            let is_key =
                |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-_:".contains(&b);
            let (key, after) = word(trimmed, is_key)?;
            let (raw, after) = match after.as_bytes() {
                [b'=', quote @ (b'"' | b'\''), value @ ..] => {
                    let end = memchr::memchr(*quote, value)?;
                    (after.slice(2..end + 2), after.slice(end + 3..))
                }
                [b'=', ..] => return None,
                _ => ("", after),
            };
            if self.attributes.iter().any(|(other, _)| *other == key) {
                return None;
            }
            self.attributes.push((key, value(raw)?));
            rest = after;
        }
    }

    fn close(&mut self, tag: &'a str) -> Option<()> {
        let (name, rest) = word(tag, |b| b.is_ascii_alphanumeric())?;
        let (open, role) = self.open.pop()?;
        self.formatting -= usize::from(role.is_formatting());
        self.rest = closed(rest)?;
        (open == name).then_some(())
    }

    fn comment(&mut self, comment: &'a str) -> Option<()> {
        let (text, rest) = comment.split_once("--")?;
        if text.contains(['<', '>']) || text.starts_with('-') || text.ends_with('-') {
            return None;
        }
        self.rest = closed(rest)?;
        self.place();
        self.sink.comment(text);
        Some(())
    }
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n' | b'\t')
}

/// The rest behind the end of a tag or a comment.
fn closed(text: &str) -> Option<&str> {
    matches!(text.as_bytes(), [b'>', ..]).then(|| text.slice(1..))
}

/// The word of such bytes, of which the first is a small letter, at the start of a text, and the rest.
fn word(text: &str, is_part: impl Fn(u8) -> bool) -> Option<(&str, &str)> {
    let end = text.bytes().position(|b| !is_part(b))?;
    let begins = matches!(text.as_bytes(), [b'a'..=b'z', ..]);
    begins.then(|| text.split_at_checked(end))?
}

/// The value of an attribute, with references resolved.
fn value(raw: &str) -> Option<Cow<'_, str>> {
    if memchr::memchr2(b'&', b'<', raw.as_bytes()).is_none() {
        return Some(Cow::Borrowed(raw));
    }
    let mut value = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(end) = memchr::memchr2(b'&', b'<', rest.as_bytes()) {
        value.push_str(rest.slice(..end));
        let (text, after) = reference(rest.slice(end..))?;
        value.push_str(&text);
        rest = after;
    }
    value.push_str(rest);
    Some(Cow::Owned(value))
}

/// What the reference at the start of a text stands for, and the rest. A `&` that begins none stands for
/// itself.
fn reference(text: &str) -> Option<(Cow<'_, str>, &str)> {
    let [b'&', ..] = text.as_bytes() else {
        return None;
    };
    let after = text.slice(1..);
    let first = after.bytes().next()?;
    if !first.is_ascii_alphanumeric() && first != b'#' {
        return Some((Cow::Borrowed("&"), after));
    }
    let length = after
        .bytes()
        .skip(1)
        .position(|b| !b.is_ascii_alphanumeric())?;
    let (whole, rest) = text.split_at_checked(length + 3)?;
    let meant = html_escape::decode_html_entities(whole);
    // A parser takes numbers of other characters for errors.
    let is_plain =
        |c: char| matches!(c, ' '..='~' | '\u{a0}'..='\u{d7ff}' | '\u{e000}'..='\u{fdcf}');
    let is_sound =
        whole.ends_with(';') && meant != whole && (first != b'#' || meant.chars().all(is_plain));
    is_sound.then_some((meant, rest))
}
