//! The elements of a feed, one entry at a time.

use std::borrow::Cow;
use std::rc::Rc;

use super::context::Position;
use super::input::advance;
use super::names::Ns;

/// An element with all that is in it.
#[derive(Debug)]
pub(super) struct Element {
    pub(super) ns: Ns,
    /// The name as it is written, with its prefix.
    pub(super) qname: Box<str>,
    pub(super) attributes: Vec<Attribute>,
    pub(super) children: Vec<Node>,
    /// Where its tag begins.
    pub(super) at: Position,
    /// What `xml:base` is here, where the file gives one.
    pub(super) base: Option<Rc<str>>,
    /// What `xml:lang` is here, where the file gives one.
    pub(super) lang: Option<Rc<str>>,
}

/// What is in an element.
#[derive(Debug)]
pub(super) enum Node {
    Element(Element),
    Text(Text),
}

/// Characters, with all references resolved.
#[derive(Debug)]
pub(super) struct Text {
    pub(super) text: String,
    pub(super) at: Position,
    /// Whether it has hexadecimal references, which is how RSS writes `<` and `&` in plain text.
    pub(super) has_hex: bool,
    /// How many of its first bytes stand in the file as they are.
    pub(super) written: usize,
    /// The line of the file on which it ends.
    pub(super) end: u32,
}

impl Text {
    /// Where a byte of it stands, as far as that is known: the line, or all of it.
    pub(super) fn place(&self, offset: usize) -> Position {
        let before = self.text.as_bytes().get(..offset).unwrap_or_default();
        if offset <= self.written {
            return advance(self.at, before);
        }
        self.line(lines(before))
    }

    /// Where a line of it begins, counted from 0. Where its lines are not those of the file, because
    /// a reference is one, or a comment has some, that is where all of it begins.
    fn line(&self, line: u32) -> Position {
        // To HTML a carriage return, which only a reference can be here, ends a line too.
        let is_own = self.at.line.saturating_add(lines(self.text.as_bytes())) == self.end
            && memchr::memchr(b'\r', self.text.as_bytes()).is_none();
        if line == 0 || !is_own {
            return self.at;
        }
        Position {
            line: self.at.line.saturating_add(line),
            column: 1,
        }
    }
}

/// How many lines end in a text.
fn lines(text: &[u8]) -> u32 {
    u32::try_from(memchr::memchr_iter(b'\n', text).count()).unwrap_or(u32::MAX)
}

/// An attribute.
#[derive(Debug)]
pub(super) struct Attribute {
    pub(super) ns: Ns,
    /// The name as it is written, with its prefix.
    pub(super) qname: Box<str>,
    pub(super) value: String,
    pub(super) at: Position,
}

/// What follows the prefix of a name.
fn local(qname: &str) -> &str {
    qname.split_once(':').map_or(qname, |(_, local)| local)
}

impl Attribute {
    /// The name without a prefix.
    pub(super) fn name(&self) -> &str {
        local(&self.qname)
    }
}

impl Element {
    /// The name without a prefix.
    pub(super) fn name(&self) -> &str {
        local(&self.qname)
    }

    /// Whether it is a certain element.
    pub(super) fn is(&self, ns: Ns, name: &str) -> bool {
        self.ns == ns && self.name() == name
    }

    /// The elements in it.
    pub(super) fn elements(&self) -> impl Iterator<Item = &Element> {
        self.children.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// The texts that stand directly in it.
    pub(super) fn texts(&self) -> impl Iterator<Item = &Text> {
        self.children.iter().filter_map(|node| match node {
            Node::Text(text) => Some(text),
            Node::Element(_) => None,
        })
    }

    /// The elements in it of one name.
    pub(super) fn all<'a>(&'a self, ns: Ns, name: &'a str) -> impl Iterator<Item = &'a Element> {
        self.elements().filter(move |element| element.is(ns, name))
    }

    /// The first element in it of one name.
    pub(super) fn child(&self, ns: Ns, name: &str) -> Option<&Element> {
        self.elements().find(|element| element.is(ns, name))
    }

    /// The value of an attribute without a prefix.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attribute_of(Ns::None, name).map(|a| a.value.as_str())
    }

    /// An attribute.
    pub(super) fn attribute_of(&self, ns: Ns, name: &str) -> Option<&Attribute> {
        self.attributes
            .iter()
            .find(|attribute| attribute.ns == ns && attribute.name() == name)
    }

    /// The text that stands directly in it.
    pub(super) fn text(&self) -> Cow<'_, str> {
        let mut texts = self.texts();
        match (texts.next(), texts.next()) {
            (None, _) => Cow::Borrowed(""),
            (Some(only), None) => Cow::Borrowed(&only.text),
            (Some(_), Some(_)) => Cow::Owned(self.texts().map(|t| t.text.as_str()).collect()),
        }
    }

    /// Where a line of its text begins, counted from 0, or all of it.
    pub(super) fn line_at(&self, line: u32) -> Position {
        let mut texts = self.texts();
        match (texts.next(), texts.next()) {
            (Some(only), None) => only.line(line),
            _ => self.text_at(),
        }
    }

    /// Where its text begins.
    pub(super) fn text_at(&self) -> Position {
        self.texts().next().map_or(self.at, |text| text.at)
    }
}
