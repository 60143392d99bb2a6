//! A feed, one entry at a time: what stands in it otherwise is kept until its end.

use std::collections::HashSet;
use std::io::Read;

use feedwright_base::chars::is_space;

use super::context::Context;
use super::input::MOST_SEEN;
use super::syntax::TOO_LARGE;
use super::tree::{Element, Node, Text};
use super::xml::{Tag, Xml};

/// How much memory one entry may need, or all that is no entry.
const MOST: usize = 128 * 1024 * 1024;

/// What an entry is given to, with what stands around it before it.
pub(super) type OnEntry<'a> = &'a mut dyn FnMut(Element, &Element, &mut Context<'_>);

/// Reads from an outermost element on. `scope` is the name of the element in it that holds the
/// entries; without it, they stand in the outermost element itself. Returns that element without
/// its entries, and whether the file ended as it should.
pub(super) fn stream<R: Read>(
    xml: &mut Xml<R>,
    root: Element,
    scope: Option<&str>,
    is_entry: &dyn Fn(&Element) -> bool,
    cx: &mut Context<'_>,
    on_entry: OnEntry<'_>,
) -> (Element, bool) {
    let mut outer = root;
    let mut inner: Option<Element> = None;
    let mut seen_scope = scope.is_none();
    let mut size = 0usize;
    loop {
        if size > MOST {
            xml.refuse(cx, &TOO_LARGE, "what is no entry is too large");
        }
        let before = xml.weight;
        let tag = xml.next(cx);
        let at_scope = scope.is_none() || inner.is_some();
        let holder = inner.as_mut().unwrap_or(&mut outer);
        match tag {
            Tag::Start(element) => {
                size += keep_text(holder, xml, false);
                if at_scope && is_entry(&element) {
                    let (entry, is_whole) = subtree(xml, element, cx);
                    if is_whole {
                        on_entry(entry, holder, cx);
                    }
                    continue;
                }
                if !seen_scope && scope == Some(element.name()) {
                    seen_scope = true;
                    inner = Some(element);
                    continue;
                }
                let (child, _) = subtree(xml, element, cx);
                size += xml.weight - before;
                holder.children.push(Node::Element(child));
            }
            Tag::End => {
                keep_text(holder, xml, true);
                match inner.take() {
                    Some(element) => outer.children.push(Node::Element(element)),
                    None => break,
                }
            }
            Tag::Over => break,
        }
    }
    if let Some(element) = inner {
        outer.children.push(Node::Element(element));
    }
    // Only the end of the file is to come.
    xml.skip(cx);
    (outer, xml.is_whole)
}

/// Reads an element whose start tag has been read, with all that is in it, and whether it is
/// closed.
fn subtree<R: Read>(xml: &mut Xml<R>, start: Element, cx: &mut Context<'_>) -> (Element, bool) {
    let before = xml.weight;
    let mut open: Vec<Element> = Vec::new();
    let mut current = start;
    loop {
        let tag = xml.next(cx);
        if xml.weight - before > MOST {
            xml.refuse(cx, &TOO_LARGE, "an entry is too large");
        }
        match tag {
            Tag::Start(element) => {
                keep_text(&mut current, xml, false);
                open.push(std::mem::replace(&mut current, element));
            }
            Tag::End => {
                keep_text(&mut current, xml, true);
                match open.pop() {
                    Some(outer) => {
                        let done = std::mem::replace(&mut current, outer);
                        current.children.push(Node::Element(done));
                    }
                    None => return (current, true),
                }
            }
            Tag::Over => {
                while let Some(outer) = open.pop() {
                    let done = std::mem::replace(&mut current, outer);
                    current.children.push(Node::Element(done));
                }
                return (current, false);
            }
        }
    }
}

/// Puts the text before a tag into the element that it stands in. White space between elements
/// says nothing. Returns how much memory that needs.
fn keep_text<R: Read>(element: &mut Element, xml: &mut Xml<R>, at_end: bool) -> usize {
    if xml.text.is_empty() {
        return 0;
    }
    let is_layout = !at_end || !element.children.is_empty();
    if is_layout && xml.text.chars().all(is_space) {
        return 0;
    }
    let weight = xml.text.len() + size_of::<Node>();
    element.children.push(Node::Text(Text {
        text: std::mem::take(&mut xml.text),
        at: xml.text_at,
        has_hex: xml.text_has_hex,
        written: xml.text_written,
        end: xml.text_end,
    }));
    weight
}

/// Texts that have been seen before, as far as memory allows.
#[derive(Default)]
pub(super) struct Seen(HashSet<u128>);

impl Seen {
    /// Whether a text is a new one.
    pub(super) fn is_new(&mut self, text: &str) -> bool {
        let key = digest(text);
        if self.0.len() < MOST_SEEN {
            self.0.insert(key)
        } else {
            !self.0.contains(&key)
        }
    }

    /// Whether a text has been seen.
    pub(super) fn has(&self, text: &str) -> bool {
        self.0.contains(&digest(text))
    }
}

/// What two texts are told apart by, without keeping them.
fn digest(text: &str) -> u128 {
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&blake3::hash(text.as_bytes()).as_bytes()[..16]);
    u128::from_le_bytes(bytes)
}
