//! Opens and closes elements: start tags with their namespaces, `xml:base` and `xml:lang`.

use std::collections::HashSet;
use std::io::Read;
use std::rc::Rc;

use feedwright_base::chars;

use super::super::context::{Context, Position};
use super::super::input::advance;
use super::super::names::Ns;
use super::super::syntax::{TOO_DEEP, TOO_LARGE};
use super::super::tree::{Attribute, Element};
use super::{Tag, Xml};

/// The largest depth of elements, as in libxml2.
const DEEPEST: usize = 256;

/// The largest number of bytes in a name. Each message about a tag repeats its name.
const LONGEST_NAME: usize = 1000;

/// The largest number of bytes in a joined `xml:base`. Each nested element may lengthen it.
const LONGEST_BASE: usize = 10_000;

/// The memory that an element and an attribute need besides their texts, roughly, in bytes.
const ELEMENT: usize = 256;
const ATTRIBUTE: usize = 96;

/// An element that is open.
pub(super) struct Open {
    pub(super) qname: Box<str>,
    /// The line on which it begins.
    pub(super) line: u32,
    /// The number of declarations of namespaces that were in force before it.
    pub(super) scopes: usize,
    base: Option<Rc<str>>,
    lang: Option<Rc<str>>,
}

impl<R: Read> Xml<R> {
    /// Reads a start tag, whose name is the first `name` bytes of its content.
    pub(super) fn start(
        &mut self,
        content: &str,
        name: usize,
        start: Position,
        inside: Position,
        cx: &mut Context<'_>,
    ) -> Option<Tag> {
        if !self.takes_element(start, cx) {
            return None;
        }
        let (qname, rest) = content.split_at(name);
        if !self.legal(content, inside, cx) {
            return None;
        }
        if !chars::is_qname(qname) {
            let message = format!("`{qname}` is not the name of an element");
            self.stop(cx, start, message);
            return None;
        }
        let rest_at = advance(inside, qname.as_bytes());
        let attributes = self.attributes(rest, rest_at, cx);
        let attributes = attributes.and_then(|mut found| {
            self.default(qname, start, &mut found)?;
            Ok(found)
        });
        let attributes = match attributes {
            Ok(attributes) => attributes,
            Err((at, message)) => {
                self.stop(cx, at, message);
                return None;
            }
        };
        self.weight += ELEMENT + ATTRIBUTE * attributes.len();
        let is_long = |name: &str| name.len() > LONGEST_NAME;
        if is_long(qname) || attributes.iter().any(|a| is_long(&a.qname)) {
            let message = format!("a name has more than {LONGEST_NAME} bytes");
            cx.report(&TOO_LARGE, start, message);
            self.is_over = true;
            return None;
        }
        self.open(qname, attributes, start, cx)
    }

    /// Whether an element may begin here: there is one outermost element, and a limit of depth.
    fn takes_element(&mut self, start: Position, cx: &mut Context<'_>) -> bool {
        if self.is_outside() && self.seen_root {
            self.stop(cx, start, "a second outermost element begins");
            return false;
        }
        self.seen_root = true;
        if self.open.len() >= DEEPEST {
            let message = format!("elements are nested more than {DEEPEST} deep");
            cx.report(&TOO_DEEP, start, message);
            self.is_over = true;
            return false;
        }
        true
    }

    /// Opens an element: its names get their namespaces, and `xml:base` and `xml:lang` are passed
    /// on from the element around it.
    fn open(
        &mut self,
        qname: &str,
        attributes: Vec<Attribute>,
        start: Position,
        cx: &mut Context<'_>,
    ) -> Option<Tag> {
        let outer = self.open.last();
        let mut open = Open {
            qname: qname.into(),
            line: start.line,
            scopes: self.scopes.len(),
            base: outer.and_then(|outer| outer.base.clone()),
            lang: outer.and_then(|outer| outer.lang.clone()),
        };
        self.declare(&attributes, cx);
        let mut element = Element {
            ns: self.namespace(qname, true, start, cx),
            qname: qname.into(),
            attributes: Vec::new(),
            children: Vec::new(),
            at: start,
            base: None,
            lang: None,
        };
        let mut seen: HashSet<(String, String)> = HashSet::new();
        for mut attribute in attributes {
            if attribute.ns == Ns::Xmlns {
                continue;
            }
            attribute.ns = self.namespace(&attribute.qname, false, attribute.at, cx);
            match (attribute.ns, attribute.name()) {
                (Ns::Xml, "base") => open.base = Some(join(open.base.as_deref(), &attribute.value)),
                (Ns::Xml, "lang") => open.lang = Some(attribute.value.as_str().into()),
                _ => {}
            }
            let name = attribute.qname.split_once(':');
            // Two prefixes may stand for one namespace.
            if let Some(uri) = name.and_then(|(prefix, _)| self.uri(prefix))
                && !seen.insert((uri.to_owned(), attribute.name().to_owned()))
            {
                let message = format!("the attribute `{}` stands twice", attribute.qname);
                self.stop(cx, attribute.at, message);
                return None;
            }
            element.attributes.push(attribute);
        }
        element.base.clone_from(&open.base);
        element.lang.clone_from(&open.lang);
        self.open.push(open);
        Some(Tag::Start(element))
    }

    /// Closes the innermost element.
    pub(super) fn close(&mut self, start: Position, cx: &mut Context<'_>) -> Option<Tag> {
        let Some(open) = self.open.pop() else {
            self.stop(cx, start, "an end tag closes nothing");
            return None;
        };
        self.scopes.truncate(open.scopes);
        Some(Tag::End)
    }
}

/// Joins an `xml:base` with the one of the element around it.
fn join(outer: Option<&str>, inner: &str) -> Rc<str> {
    let is_short = |outer: &&str| outer.len() + inner.len() <= LONGEST_BASE;
    let base = outer
        .filter(is_short)
        .and_then(|outer| url::Url::parse(outer).ok());
    match base.and_then(|base| base.join(inner).ok()) {
        Some(joined) => joined.as_str().into(),
        None => inner.into(),
    }
}
