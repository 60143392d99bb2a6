//! Elements, texts and attributes of XML in memory.

use std::borrow::Cow;
use std::rc::Rc;

use super::context::Position;
use super::input::advance;
use super::names::Ns;

/// An element with its content.
#[derive(Debug)]
pub(super) struct Element {
    pub(super) ns: Ns,
    /// The name as it is written, with its prefix.
    pub(super) qname: Box<str>,
    pub(super) attributes: Vec<Attribute>,
    pub(super) children: Vec<Node>,
    /// The start of its start tag.
    pub(super) at: Position,
    /// The `xml:base` that is in force, if there is one.
    pub(super) base: Option<Rc<str>>,
    /// The `xml:lang` that is in force, if there is one.
    pub(super) lang: Option<Rc<str>>,
}

/// A part of the content of an element.
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
    /// The number of bytes at its start that stand in the file exactly so.
    pub(super) written: usize,
    /// The line of the file on which it ends.
    pub(super) end: u32,
}

impl Text {
    /// The place of a byte of it, as far as that is known: else its line, or the start of the text.
    pub(super) fn place(&self, offset: usize) -> Position {
        let before = self.text.as_bytes().get(..offset).unwrap_or_default();
        if offset <= self.written {
            return advance(self.at, before);
        }
        self.lines().place(lines(before), &self.text)
    }

    /// Where its lines stand.
    fn lines(&self) -> Lines {
        Lines {
            at: self.at,
            end: Some(self.end),
        }
    }
}

/// Where the lines of a text stand in the feed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lines {
    /// The start of the text.
    at: Position,
    /// The line of the file on which the text ends, where its lines may be those of the file.
    end: Option<u32>,
}

impl Lines {
    /// A text whose lines are not those of the file.
    pub(super) fn none(at: Position) -> Self {
        Lines { at, end: None }
    }

    /// The start of a line of the text, counted from 0. It is the start of the text where its lines are not
    /// those of the file, because of a reference to a line break or a comment with one.
    pub(super) fn place(self, line: u32, text: &str) -> Position {
        // In HTML a carriage return ends a line too. Here, only a reference can stand for one.
        let text = text.as_bytes();
        let is_own = Some(self.at.line.saturating_add(lines(text))) == self.end
            && memchr::memchr(b'\r', text).is_none();
        if line == 0 || !is_own {
            return self.at;
        }
        Position {
            line: self.at.line.saturating_add(line),
            column: 1,
        }
    }
}

/// The number of line ends in a text.
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

/// The part of a name after its prefix.
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

    /// Whether it is the element of a name in a namespace.
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

    /// Where the lines of its text stand.
    pub(super) fn lines(&self) -> Lines {
        let mut texts = self.texts();
        match (texts.next(), texts.next()) {
            (Some(only), None) => only.lines(),
            _ => Lines::none(self.text_at()),
        }
    }

    /// The start of its text.
    pub(super) fn text_at(&self) -> Position {
        self.texts().next().map_or(self.at, |text| text.at)
    }
}
