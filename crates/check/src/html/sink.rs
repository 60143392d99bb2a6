//! Collects the problems of HTML, of its elements and attributes, and parses it as browsers do where it
//! may have others.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

use feedwright_base::html::elements;
use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::tokenizer::TokenizerOpts;
use html5ever::tree_builder::TreeBuilderOpts;
use html5ever::{Attribute, ParseOpts, QualName, local_name, ns, parse_fragment};

use super::super::rule::Rule;
use super::super::schema::shown;
use super::{
    DANGEROUS, HTML_BROKEN, HTML_DANGEROUS, HTML_HANDLER, HTML_RELATIVE, HTML_STYLE, HTML_UNKNOWN,
    MOST, address, errors, sound, style,
};

/// A problem in a text.
pub(super) struct Problem {
    pub(super) rule: &'static Rule,
    pub(super) line: u64,
    pub(super) what: String,
}

/// The problems of HTML; those of relative addresses break the rule `relative`. `None` is HTML that no
/// parser is given, because it is nested too deep.
pub(super) fn look(text: &str, relative: Option<&'static Rule>) -> Option<Sink> {
    let sink = Sink::new(relative);
    if sound::read(text, &sink).is_some() {
        return Some(sink);
    }
    let is_excessive = feedwright_base::html::nesting::is_excessive(text);
    (!is_excessive).then(|| parse(text, Sink::new(relative)))
}

/// Parses HTML.
pub(super) fn parse(text: &str, sink: Sink) -> Sink {
    let options = ParseOpts {
        // Exact errors of the tokenizer cost half of all time. They are about characters, which the
        // reader of XML has checked.
        tokenizer: TokenizerOpts {
            exact_errors: false,
            discard_bom: false,
            ..TokenizerOpts::default()
        },
        tree_builder: TreeBuilderOpts {
            exact_errors: true,
            scripting_enabled: false,
            ..TreeBuilderOpts::default()
        },
    };
    let context = QualName::new(None, ns!(html), local_name!("div"));
    parse_fragment(sink, options, context, Vec::new(), false).one(text)
}

/// A sink for the parser, which checks elements as they are made and keeps no tree.
pub(super) struct Sink {
    pub(super) line: Cell<u64>,
    pub(super) problems: RefCell<Vec<Problem>>,
    /// The number of problems, including those that are not kept.
    pub(super) count: Cell<usize>,
    /// Whether there is a relative address.
    pub(super) is_relative: Cell<bool>,
    /// The number of syntax errors.
    pub(super) broken: Cell<usize>,
    relative: Option<&'static Rule>,
}

impl Sink {
    pub(super) fn new(relative: Option<&'static Rule>) -> Self {
        Sink {
            line: Cell::new(1),
            problems: RefCell::default(),
            count: Cell::new(0),
            is_relative: Cell::new(false),
            broken: Cell::new(0),
            relative,
        }
    }

    fn report(&self, rule: &'static Rule, what: String) {
        if std::ptr::eq(rule, &HTML_RELATIVE) {
            self.is_relative.set(true);
        }
        self.count.set(self.count.get() + 1);
        let mut problems = self.problems.borrow_mut();
        // One more is kept than is reported, to give its rule to the message about the others.
        if problems.len() > MOST {
            return;
        }
        problems.push(Problem {
            rule,
            line: self.line.get(),
            what,
        });
    }

    /// Checks an element.
    fn element(&self, name: &QualName, attributes: &[Attribute]) {
        let tag: &str = &name.local;
        if name.ns != ns!(html) && !matches!(tag, "svg" | "math") {
            // The outermost `svg` or `math` has been reported.
            return;
        }
        if name.ns != ns!(html) || !elements::is(tag, elements::HTML) {
            self.report(&HTML_UNKNOWN, format!("has the element `{}`", shown(tag)));
            return;
        }
        if DANGEROUS.contains(&tag) {
            self.report(&HTML_DANGEROUS, format!("has the element `{tag}`"));
            return;
        }
        self.attributes(tag, attributes.iter().map(|a| (&*a.name.local, &*a.value)));
    }

    /// Checks the attributes of an element of HTML.
    pub(super) fn attributes<'a>(
        &self,
        tag: &str,
        attributes: impl Iterator<Item = (&'a str, &'a str)>,
    ) {
        for (key, value) in attributes {
            if key.starts_with("on") {
                self.report(&HTML_HANDLER, format!("has the attribute `{}`", shown(key)));
            } else if key == "style" {
                for bad in style::suspicious(value) {
                    self.report(&HTML_STYLE, format!("has the style “{}”", shown(&bad)));
                }
            } else {
                for (rule, what) in address::problems(tag, key, value, self.relative) {
                    self.report(rule, what);
                }
            }
        }
    }

    /// Checks a comment.
    pub(super) fn comment(&self, text: &str) {
        // Old versions of Internet Explorer ran what it names.
        if text.starts_with("?import") {
            self.report(&HTML_DANGEROUS, "has `<?import`".to_owned());
        }
    }
}

/// An element, as far as the parser needs it.
pub(super) struct Node {
    name: QualName,
    /// Whether HTML may stand in it although it is MathML.
    takes_html: bool,
}

impl TreeSink for Sink {
    type Handle = Rc<Node>;
    type Output = Self;
    type ElemName<'a> = &'a QualName;

    fn finish(self) -> Self {
        self
    }

    fn parse_error(&self, message: Cow<'static, str>) {
        let count = self.broken.get() + 1;
        self.broken.set(count);
        if count == 1 {
            self.report(
                &HTML_BROKEN,
                format!("is broken: {}", errors::explained(&message)),
            );
        }
    }

    fn get_document(&self) -> Rc<Node> {
        node(QualName::new(None, ns!(), local_name!("")), false)
    }

    fn elem_name<'a>(&'a self, target: &'a Rc<Node>) -> &'a QualName {
        &target.name
    }

    fn create_element(
        &self,
        name: QualName,
        attributes: Vec<Attribute>,
        flags: ElementFlags,
    ) -> Rc<Node> {
        // The parser makes an `html` element of its own to put the fragment in.
        if name.local != local_name!("html") {
            self.element(&name, &attributes);
        }
        node(name, flags.mathml_annotation_xml_integration_point)
    }

    fn create_comment(&self, text: StrTendril) -> Rc<Node> {
        self.comment(&text);
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
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn get_template_contents(&self, target: &Rc<Node>) -> Rc<Node> {
        Rc::clone(target)
    }

    fn same_node(&self, one: &Rc<Node>, other: &Rc<Node>) -> bool {
        Rc::ptr_eq(one, other)
    }

    fn set_quirks_mode(&self, _mode: QuirksMode) {}

    fn append_before_sibling(&self, _sibling: &Rc<Node>, _new: NodeOrText<Rc<Node>>) {}

    fn add_attrs_if_missing(&self, _target: &Rc<Node>, _attributes: Vec<Attribute>) {}

    fn remove_from_parent(&self, _target: &Rc<Node>) {}

    fn reparent_children(&self, _node: &Rc<Node>, _new: &Rc<Node>) {}

    fn is_mathml_annotation_xml_integration_point(&self, node: &Rc<Node>) -> bool {
        node.takes_html
    }

    fn set_current_line(&self, line: u64) {
        self.line.set(line);
    }
}

fn node(name: QualName, takes_html: bool) -> Rc<Node> {
    Rc::new(Node { name, takes_html })
}
