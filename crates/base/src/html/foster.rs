//! Counting what a parser moves out of tables.
//!
//! What stands in a table outside of its cells is put in front of the table, for which sanitizers
//! look through all siblings each time: a megabyte of it took twenty seconds. Comments, quotes
//! and scripts can hide a cell from any guard that reads tags, so the parser itself is asked,
//! with a tree that keeps nothing: that takes as long as the text is.

use std::borrow::Cow;
use std::cell::Cell;
use std::rc::Rc;

use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::tree_builder::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::{Attribute, ParseOpts, QualName, local_name, ns, parse_fragment};

use crate::slice::Slice;

/// How often something may be moved. Broken tables of real posts move some dozens of things.
const MOST_MOVED: usize = 2_000;

/// Whether more is moved out of tables than in any post. Only texts with that many tags behind
/// the first table can do so, and only they are parsed.
pub fn is_excessive(html: &str) -> bool {
    let is_table = |at: &usize| {
        html.as_bytes()
            .get(at + 1..at + 6)
            .is_some_and(|name| name.eq_ignore_ascii_case(b"table"))
    };
    let first = memchr::memchr_iter(b'<', html.as_bytes()).find(is_table);
    let Some(first) = first else {
        return false;
    };
    // Each tag can move itself and the text behind it.
    let tags = memchr::memchr_iter(b'<', html.as_bytes().slice(first..));
    if tags.take(MOST_MOVED / 2).count() < MOST_MOVED / 2 {
        return false;
    }
    let context = QualName::new(None, ns!(html), local_name!("div"));
    let moved = parse_fragment(
        Sink::default(),
        ParseOpts::default(),
        context,
        Vec::new(),
        false,
    )
    .one(html);
    moved > MOST_MOVED
}

/// A tree that keeps nothing but the names of what is open.
#[derive(Default)]
struct Sink {
    moved: Cell<usize>,
}

struct Node {
    name: QualName,
    is_integration_point: bool,
}

fn node(name: QualName, is_integration_point: bool) -> Rc<Node> {
    Rc::new(Node {
        name,
        is_integration_point,
    })
}

impl Sink {
    fn moves(&self) {
        self.moved.set(self.moved.get() + 1);
    }
}

impl TreeSink for Sink {
    type Handle = Rc<Node>;
    type Output = usize;
    type ElemName<'a> = &'a QualName;

    fn finish(self) -> usize {
        self.moved.get()
    }

    fn parse_error(&self, _message: Cow<'static, str>) {}

    fn get_document(&self) -> Rc<Node> {
        node(QualName::new(None, ns!(), local_name!("")), false)
    }

    fn elem_name<'a>(&'a self, target: &'a Rc<Node>) -> &'a QualName {
        &target.name
    }

    fn create_element(
        &self,
        name: QualName,
        _attributes: Vec<Attribute>,
        flags: ElementFlags,
    ) -> Rc<Node> {
        node(name, flags.mathml_annotation_xml_integration_point)
    }

    fn create_comment(&self, _text: StrTendril) -> Rc<Node> {
        self.get_document()
    }

    fn create_pi(&self, _target: StrTendril, _data: StrTendril) -> Rc<Node> {
        self.get_document()
    }

    fn append(&self, _parent: &Rc<Node>, _child: NodeOrText<Rc<Node>>) {}

    fn append_based_on_parent_node(
        &self,
        _element: &Rc<Node>,
        _previous: &Rc<Node>,
        _child: NodeOrText<Rc<Node>>,
    ) {
        self.moves();
    }

    fn append_before_sibling(&self, _sibling: &Rc<Node>, _child: NodeOrText<Rc<Node>>) {
        self.moves();
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn get_template_contents(&self, target: &Rc<Node>) -> Rc<Node> {
        Rc::clone(target)
    }

    fn same_node(&self, one: &Rc<Node>, other: &Rc<Node>) -> bool {
        Rc::ptr_eq(one, other)
    }

    fn set_quirks_mode(&self, _mode: QuirksMode) {}

    fn add_attrs_if_missing(&self, _target: &Rc<Node>, _attributes: Vec<Attribute>) {}

    fn remove_from_parent(&self, _target: &Rc<Node>) {}

    fn reparent_children(&self, _node: &Rc<Node>, _new_parent: &Rc<Node>) {}

    fn is_mathml_annotation_xml_integration_point(&self, target: &Rc<Node>) -> bool {
        target.is_integration_point
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_moved_is_counted_in_any_disguise() {
        for html in [
            "<table>".to_owned() + &"a<b></b>".repeat(3_000),
            "<TABLE>".to_owned() + &"<img>".repeat(3_000),
            "<table><tr>".to_owned() + &"x<tr>".repeat(3_000),
            "<table>x</table>".repeat(3_000),
            "<table><!--<td>-->".to_owned() + &"<div>a</div>".repeat(3_000),
            "<table><!--<td>-->x<!--<td>-->".repeat(3_000),
            "<table><script><td></script>".to_owned() + &"<div>a</div>".repeat(3_000),
            "<table title='<td>'>".to_owned() + &"<div>a</div>".repeat(3_000),
        ] {
            assert!(is_excessive(&html), "{}…", &html[..20]);
        }
    }

    #[test]
    fn real_tables_move_little() {
        for html in [
            "<table>".to_owned() + &"<tr>\n<td><b>a</b> <!-- x -->b</td></tr>\n".repeat(3_000),
            "<table><caption>a<tr><td>b</table>".repeat(3_000),
            "<table>".to_owned() + &"<tr><td><svg><path/></svg>".repeat(3_000),
            "<table><br><br><tr><td>a</table>".repeat(500),
            "<p>a <i>b</i>".repeat(3_000),
        ] {
            assert!(!is_excessive(&html), "{}…", &html[..20]);
        }
    }
}
