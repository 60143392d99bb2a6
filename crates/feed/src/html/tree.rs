//! Elements of a tree of HTML that are taken out of it, or become others.

use ego_tree::NodeId;
use html5ever::{LocalName, QualName, ns};
use scraper::node::{Element, Text};
use scraper::{Html, Node};

/// Turns frames, which no reader shows, into links to what they would show, removes pictures
/// without a source, gives the others an empty text, and takes links out of links. Says whether
/// anything changed.
pub(super) fn without_frames(tree: &mut Html) -> bool {
    let mut changed = false;
    for id in ids(tree, &["a", "iframe", "img"]) {
        let Some(element) = element(tree, id) else {
            continue;
        };
        let has = |name| element.attr(name).is_some();
        match element.name() {
            // Only a cell of a table lets links stand in another one.
            "a" if is_in_link(tree, id) => unwrap(tree, id),
            "iframe" => frame(tree, id),
            "img" if !has("src") && !has("srcset") => remove(tree, id),
            "img" if !has("alt") => set(tree, id, "alt", ""),
            _ => continue,
        }
        changed = true;
    }
    changed
}

/// Takes out headings and paragraphs that show nothing: what they held is gone, or a tangle of tags
/// made them. Says whether there were any.
pub(super) fn without_blanks(tree: &mut Html) -> bool {
    const NAMES: [&str; 7] = ["h1", "h2", "h3", "h4", "h5", "h6", "p"];
    let mut changed = false;
    for id in ids(tree, &NAMES) {
        if is_blank(tree, id) {
            remove(tree, id);
            changed = true;
        }
    }
    changed
}

/// Whether an element shows nothing, and no link leads into it.
fn is_blank(tree: &Html, id: NodeId) -> bool {
    const SHOWN: [&str; 6] = ["audio", "hr", "img", "input", "math", "video"];
    let within = tree
        .tree
        .get(id)
        .into_iter()
        .flat_map(|node| node.descendants());
    within.map(|node| node.value()).all(|value| match value {
        Node::Text(text) => text.chars().all(|c| c.is_ascii_whitespace()),
        Node::Element(element) => !SHOWN.contains(&element.name()) && element.id().is_none(),
        _ => true,
    })
}

/// A frame becomes a link whose text is the frame's title, and in a link that text alone.
fn frame(tree: &mut Html, id: NodeId) {
    let shown = element(tree, id).and_then(|frame| {
        let src = frame.attr("src")?.to_owned();
        let title = frame.attr("title").filter(|title| !title.trim().is_empty());
        Some((title.unwrap_or(&src).to_owned(), src))
    });
    match shown {
        Some((text, _)) if is_in_link(tree, id) => {
            become_element(tree, id, "a", &[], &text);
            unwrap(tree, id);
        }
        Some((text, src)) => become_element(tree, id, "a", &[("href", &src)], &text),
        None => remove(tree, id),
    }
}

fn is_in_link(tree: &Html, id: NodeId) -> bool {
    let outer = tree
        .tree
        .get(id)
        .into_iter()
        .flat_map(|node| node.ancestors());
    outer
        .filter_map(|node| node.value().as_element())
        .any(|element| element.name() == "a")
}

/// The elements of these names, the outer before the inner.
pub(super) fn ids(tree: &Html, names: &[&str]) -> Vec<NodeId> {
    let elements = tree.root_element().descendants().filter(|node| {
        let element = node.value().as_element();
        element.is_some_and(|element| names.contains(&element.name()))
    });
    elements.map(|node| node.id()).collect()
}

/// The element of a node.
pub(super) fn element(tree: &Html, id: NodeId) -> Option<&Element> {
    tree.tree.get(id)?.value().as_element()
}

/// Gives an element an attribute.
pub(super) fn set(tree: &mut Html, id: NodeId, name: &str, value: &str) {
    if let Some(mut node) = tree.tree.get_mut(id)
        && let Node::Element(element) = node.value()
    {
        element.attrs.insert(attribute(name), value.into());
    }
}

/// Takes an attribute from an element, and returns its value.
pub(super) fn unset(tree: &mut Html, id: NodeId, name: &str) -> Option<String> {
    let mut node = tree.tree.get_mut(id)?;
    let Node::Element(element) = node.value() else {
        return None;
    };
    let value = element.attrs.shift_remove(&attribute(name))?;
    Some(value.to_string())
}

/// Takes a node with all that is in it out of its tree.
pub(super) fn remove(tree: &mut Html, id: NodeId) {
    if let Some(mut node) = tree.tree.get_mut(id) {
        node.detach();
    }
}

/// Makes another element of one, with these attributes and a text as all of its content.
pub(super) fn become_element(
    tree: &mut Html,
    id: NodeId,
    name: &str,
    attributes: &[(&str, &str)],
    text: &str,
) {
    let Some(mut node) = tree.tree.get_mut(id) else {
        return;
    };
    while let Some(mut child) = node.first_child() {
        child.detach();
    }
    if let Node::Element(element) = node.value() {
        element.name = QualName::new(None, ns!(html), LocalName::from(name));
        let attributes = attributes.iter();
        element.attrs = attributes
            .map(|(name, value)| (attribute(name), (*value).into()))
            .collect();
    }
    node.append(Node::Text(Text { text: text.into() }));
}

/// Puts what is in an element in its place.
fn unwrap(tree: &mut Html, id: NodeId) {
    let Some(mut node) = tree.tree.get_mut(id) else {
        return;
    };
    while let Some(child) = node.first_child().map(|child| child.id()) {
        node.insert_id_before(child);
    }
    node.detach();
}

fn attribute(name: &str) -> QualName {
    QualName::new(None, ns!(), LocalName::from(name))
}
