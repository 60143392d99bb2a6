//! A feed, one entry at a time: what stands in it otherwise is kept until its end.

use std::io::Read;

use super::context::Context;
use super::tree::{Element, Node, Text};
use super::xml::{self, TOO_LARGE, Tag, Xml};

/// How many bytes of text and tags one entry may hold, or all that is no entry.
const MOST: usize = 64 * 1024 * 1024;

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
        let tag = xml.next(cx);
        let at_scope = scope.is_none() || inner.is_some();
        let holder = inner.as_mut().unwrap_or(&mut outer);
        match tag {
            Tag::Start(element) => {
                keep_text(holder, xml, false);
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
                let before = xml.taken;
                let (child, _) = subtree(xml, element, cx);
                size += xml.taken - before;
                if size > MOST {
                    xml.refuse(
                        cx,
                        &TOO_LARGE,
                        "what stands before the entries is too large",
                    );
                }
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
    while !matches!(xml.next(cx), Tag::Over) {}
    (outer, xml.is_whole)
}

/// Reads an element whose start tag has been read, with all that is in it, and whether it is
/// closed.
fn subtree<R: Read>(xml: &mut Xml<R>, start: Element, cx: &mut Context<'_>) -> (Element, bool) {
    let before = xml.taken;
    let mut open: Vec<Element> = Vec::new();
    let mut current = start;
    loop {
        let tag = xml.next(cx);
        if xml.taken - before > MOST {
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
/// says nothing.
fn keep_text<R: Read>(element: &mut Element, xml: &mut Xml<R>, at_end: bool) {
    if xml.text.is_empty() {
        return;
    }
    let is_layout = !at_end || !element.children.is_empty();
    if is_layout && xml.text.chars().all(xml::is_space) {
        return;
    }
    element.children.push(Node::Text(Text {
        text: std::mem::take(&mut xml.text),
        at: xml.text_at,
        has_hex: xml.text_has_hex,
    }));
}

/// What two texts are told apart by, without keeping them.
pub(super) fn digest(text: &str) -> u128 {
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&blake3::hash(text.as_bytes()).as_bytes()[..16]);
    u128::from_le_bytes(bytes)
}
