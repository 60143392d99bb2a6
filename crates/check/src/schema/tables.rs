//! The parts of a table: kinds of elements, and what may and must stand in them.

use super::super::context::Context;
use super::super::names::Ns;
use super::super::rule::Rule;
use super::super::spot::Value;
use super::super::tree::Element;
use super::{ELEMENT_DUPLICATE, ELEMENT_MISSING, ELEMENT_RECOMMENDED};

/// Elements that may stand in another one, by namespace.
pub(crate) type Table = &'static [(Ns, &'static [Child])];

/// A kind of element: what it may hold, and what it must.
pub(crate) struct Kind {
    /// The section that specifies it.
    pub(crate) section: &'static str,
    pub(crate) text: Content,
    pub(crate) attributes: &'static [Attr],
    /// Tables of elements: several where extensions add to a vocabulary.
    pub(crate) children: &'static [Table],
    /// Elements that must stand in it.
    pub(crate) needs: &'static [Need],
    /// Checks beyond what a table can express.
    pub(crate) rules: &'static [Check],
}

impl Kind {
    /// An element that may hold anything, which is not checked.
    pub(crate) const ANYTHING: Kind = Kind {
        section: "",
        text: Content::Anything,
        attributes: &[],
        children: &[],
        needs: &[],
        rules: &[],
    };

    /// An element that holds text and nothing else.
    pub(crate) const fn text(section: &'static str, values: &'static [Value]) -> Kind {
        Kind {
            section,
            text: Content::Text(values),
            attributes: &[],
            children: &[],
            needs: &[],
            rules: &[],
        }
    }

    /// An element that holds elements.
    pub(crate) const fn elements(section: &'static str, children: &'static [Table]) -> Kind {
        Kind {
            section,
            text: Content::Elements,
            attributes: &[],
            children,
            needs: &[],
            rules: &[],
        }
    }

    /// An empty element with attributes.
    pub(crate) const fn empty(section: &'static str, attributes: &'static [Attr]) -> Kind {
        Kind {
            section,
            text: Content::Elements,
            attributes,
            children: &[],
            needs: &[],
            rules: &[],
        }
    }

    /// The same with attributes.
    pub(crate) const fn with(self, attributes: &'static [Attr]) -> Kind {
        Kind { attributes, ..self }
    }

    /// The same with elements that have to be there.
    pub(crate) const fn needing(self, needs: &'static [Need]) -> Kind {
        Kind { needs, ..self }
    }

    /// The same with checks beyond what a table can express.
    pub(crate) const fn ruled(self, rules: &'static [Check]) -> Kind {
        Kind { rules, ..self }
    }

    /// The element of a name that may stand in it.
    pub(super) fn child(&self, ns: Ns, name: &str) -> Option<&'static Child> {
        let tables = self.children.iter().flat_map(|table| table.iter());
        tables
            .filter(|(of, _)| *of == ns)
            .flat_map(|(_, children)| *children)
            .find(|child| child.name == name)
    }

    /// Whether elements of a namespace may stand in it.
    pub(super) fn knows(&self, ns: Ns) -> bool {
        self.children
            .iter()
            .any(|table| table.iter().any(|(of, _)| *of == ns))
    }
}

/// The content of an element.
pub(crate) enum Content {
    /// Elements; no text.
    Elements,
    /// Text; no elements.
    Text(&'static [Value]),
    /// Anything that its own checks allow.
    Anything,
}

/// A check of an element as a whole.
pub(crate) type Check = fn(&Element, &mut Context<'_>);

/// An attribute that an element may have.
pub(crate) struct Attr {
    pub(crate) ns: Ns,
    pub(crate) name: &'static str,
    pub(crate) is_required: bool,
    pub(crate) values: &'static [Value],
}

impl Attr {
    pub(crate) const fn required(name: &'static str, values: &'static [Value]) -> Attr {
        Attr {
            ns: Ns::None,
            name,
            is_required: true,
            values,
        }
    }

    pub(crate) const fn optional(name: &'static str, values: &'static [Value]) -> Attr {
        Attr {
            is_required: false,
            ..Attr::required(name, values)
        }
    }

    /// The same in a namespace.
    pub(crate) const fn of(self, ns: Ns) -> Attr {
        Attr { ns, ..self }
    }
}

/// An element that may stand in another one.
pub(crate) struct Child {
    pub(crate) name: &'static str,
    /// The rule that is broken where it stands there twice; `None` where it may.
    pub(crate) once: Option<&'static Rule>,
    pub(crate) kind: &'static Kind,
}

impl Child {
    pub(crate) const fn once(name: &'static str, kind: &'static Kind) -> Child {
        Child {
            name,
            once: Some(&ELEMENT_DUPLICATE),
            kind,
        }
    }

    pub(crate) const fn many(name: &'static str, kind: &'static Kind) -> Child {
        Child {
            name,
            once: None,
            kind,
        }
    }
}

/// An element that must or should stand in another one.
pub(crate) struct Need {
    pub(crate) ns: Ns,
    pub(crate) name: &'static str,
    pub(crate) rule: &'static Rule,
}

impl Need {
    pub(crate) const fn required(name: &'static str) -> Need {
        Need {
            ns: Ns::None,
            name,
            rule: &ELEMENT_MISSING,
        }
    }

    pub(crate) const fn recommended(name: &'static str) -> Need {
        Need {
            rule: &ELEMENT_RECOMMENDED,
            ..Need::required(name)
        }
    }

    /// The same in a namespace.
    pub(crate) const fn of(self, ns: Ns) -> Need {
        Need { ns, ..self }
    }
}
