//! Repairs an article: sets the sources of images that a script would load, and takes code out of
//! the tables that show line numbers.

use ego_tree::NodeId;
use scraper::{ElementRef, Html, Node};

/// Sets the sources of images that a script would load, and takes code out of the tables that show
/// line numbers.
pub(super) fn mend(page: &mut Html, article: NodeId) {
    let mut pictures = Vec::new();
    let mut tables = Vec::new();
    if let Some(article) = page.tree.get(article).and_then(ElementRef::wrap) {
        for element in article.descendent_elements() {
            match element.value().name() {
                "img" | "source" => pictures.push(element.id()),
                "table" => tables.extend(code_in(&element).map(|code| (element.id(), code))),
                _ => {}
            }
        }
    }
    for id in pictures {
        load(page, id);
    }
    for (table, code) in tables {
        let in_code = page.tree.get(table).is_some_and(|table| {
            table
                .ancestors()
                .any(|outer| matches!(outer.value(), Node::Element(outer) if outer.name() == "pre"))
        });
        let children: Vec<NodeId> = match page.tree.get(code) {
            Some(code) if in_code => code.children().map(|child| child.id()).collect(),
            _ => vec![code],
        };
        if let Some(mut table) = page.tree.get_mut(table) {
            for child in children {
                table.insert_id_before(child);
            }
            table.detach();
        }
    }
}

/// The code in a table that a highlighter made to show line numbers.
fn code_in(table: &ElementRef<'_>) -> Option<NodeId> {
    let highlights = std::iter::once(*table)
        .chain(table.ancestors().filter_map(ElementRef::wrap).take(6))
        .flat_map(|element| element.value().classes())
        .any(|class| {
            matches!(
                class,
                "rouge-table" | "highlighttable" | "lntable" | "highlight" | "chroma"
            )
        });
    let block = table
        .descendent_elements()
        .filter(|element| element.value().name() == "pre")
        .last()?;
    highlights.then_some(block.id())
}

/// Gives a picture the source that a script would have given it.
fn load(page: &mut Html, id: NodeId) {
    let Some(mut node) = page.tree.get_mut(id) else {
        return;
    };
    let Node::Element(element) = node.value() else {
        return;
    };
    for (name, later) in [
        ("src", &["data-src", "data-lazy-src", "data-original"][..]),
        ("srcset", &["data-srcset", "data-lazy-srcset"]),
    ] {
        let waits = element
            .attr(name)
            .is_none_or(|now| now.trim().is_empty() || now.trim().starts_with("data:"));
        let found = element
            .attrs
            .iter()
            .find(|(key, _)| later.contains(&&*key.local))
            .map(|(key, value)| (key.clone(), value.clone()));
        if let Some((mut key, value)) = found.filter(|_| waits) {
            key.local = name.into();
            element.attrs.insert(key, value);
        }
    }
}
