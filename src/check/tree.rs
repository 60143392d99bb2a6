//! The elements of a feed, one entry at a time.

use std::borrow::Cow;
use std::rc::Rc;

use super::context::Position;
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

    /// Where its text begins.
    pub(super) fn text_at(&self) -> Position {
        self.texts().next().map_or(self.at, |text| text.at)
    }
}
