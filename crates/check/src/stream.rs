//! Reads a feed one entry at a time, and keeps everything else in it until its end.

use std::collections::HashSet;
use std::io::Read;

use feedwright_base::chars::is_space;

use super::context::Context;
use super::input::MOST_SEEN;
use super::syntax::TOO_LARGE;
use super::tree::{Element, Node, Text};
use super::xml::{Tag, Xml};

/// The largest amount of memory for one entry, and for everything outside of entries, in bytes.
const MOST: usize = 128 * 1024 * 1024;

/// A function that gets each entry, and the element around it as far as it has been read.
pub(super) type OnEntry<'a> = &'a mut dyn FnMut(Element, &Element, &mut Context<'_>);

/// Reads a feed from its outermost element on. `scope` is the name of the element that holds the
/// entries; without it, they stand in the outermost element itself. Returns the outermost element
/// without the entries, and whether the file ended with all elements closed.
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

/// Reads the content of an element whose start tag has been read. Returns the element, and whether
/// it is closed.
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

/// Adds the text before a tag to the element around it, unless it is white space between elements.
/// Returns the memory that it needs.
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

/// A set of texts, up to a limit of memory.
#[derive(Default)]
pub(super) struct Seen(HashSet<u128>);

impl Seen {
    /// Adds a text. Returns whether it is new.
    pub(super) fn is_new(&mut self, text: &str) -> bool {
        let key = digest(text);
        if self.0.len() < MOST_SEEN {
            self.0.insert(key)
        } else {
            !self.0.contains(&key)
        }
    }

    /// Whether a text is in the set.
    pub(super) fn has(&self, text: &str) -> bool {
        self.0.contains(&digest(text))
    }
}

/// The hash of a text, which stands for it in the set.
fn digest(text: &str) -> u128 {
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&blake3::hash(text.as_bytes()).as_bytes()[..16]);
    u128::from_le_bytes(bytes)
}
