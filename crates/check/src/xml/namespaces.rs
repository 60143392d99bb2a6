//! Keeps the declarations of namespaces that are in force, and finds the namespace of a name.

use std::collections::HashMap;
use std::io::Read;
use std::rc::Rc;

use super::super::context::{Context, Position};
use super::super::input::MOST_SEEN;
use super::super::names::{self, Ns, Uri};
use super::super::syntax::{
    NAMESPACE_ADDRESS, NAMESPACE_INVALID, NAMESPACE_MISSPELLED, NAMESPACE_PREFIX,
    NAMESPACE_UNKNOWN, PREFIX, PREFIX_RESERVED, SYNTAX,
};
use super::super::tree::Attribute;
use super::super::value::uri;
use super::Xml;

/// A declaration of a namespace.
struct Scope {
    prefix: Rc<str>,
    uri: Box<str>,
    ns: Ns,
}

/// The declarations of namespaces that are in force.
#[derive(Default)]
pub(super) struct Scopes {
    all: Vec<Scope>,
    /// The indexes of the declarations of each prefix, the innermost last: a tag may declare a
    /// million prefixes.
    of: HashMap<Rc<str>, Vec<usize>>,
}

impl Scopes {
    pub(super) fn push(&mut self, prefix: &str, uri: &str, ns: Ns) {
        let prefix: Rc<str> = prefix.into();
        let at = self.all.len();
        self.of.entry(Rc::clone(&prefix)).or_default().push(at);
        self.all.push(Scope {
            prefix,
            uri: uri.into(),
            ns,
        });
    }

    /// The number of declarations.
    pub(super) fn len(&self) -> usize {
        self.all.len()
    }

    /// Drops the declarations after the first ones.
    pub(super) fn truncate(&mut self, length: usize) {
        for scope in self.all.drain(length..) {
            if let Some(places) = self.of.get_mut(&scope.prefix) {
                places.pop();
                if places.is_empty() {
                    self.of.remove(&scope.prefix);
                }
            }
        }
    }

    /// The declarations of a prefix, the innermost first.
    fn of(&self, prefix: &str) -> impl Iterator<Item = &Scope> {
        let places = self.of.get(prefix).into_iter().flatten().rev();
        places.filter_map(|at| self.all.get(*at))
    }
}

impl<R: Read> Xml<R> {
    /// Adds the namespaces that a tag declares.
    pub(super) fn declare(&mut self, attributes: &[Attribute], cx: &mut Context<'_>) {
        for attribute in attributes.iter().filter(|a| a.ns == Ns::Xmlns) {
            let prefix = attribute.qname.strip_prefix("xmlns:").unwrap_or_default();
            let uri = attribute.value.as_str();
            // Namespaces in XML 1.0, section 3.
            let is_reserved = match (prefix, uri) {
                ("xmlns", _) | (_, "http://www.w3.org/2000/xmlns/") => true,
                ("xml", _) | (_, "http://www.w3.org/XML/1998/namespace") => {
                    (prefix, uri) != ("xml", "http://www.w3.org/XML/1998/namespace")
                }
                _ => uri.is_empty() && !prefix.is_empty(),
            };
            if is_reserved {
                let message = format!("`{}` cannot be declared so", attribute.qname);
                cx.report(&SYNTAX, attribute.at, message);
            }
            let ns = self.declared(prefix, uri, attribute.at, cx);
            self.scopes.push(prefix, uri, ns);
        }
    }

    /// The namespace that a declaration means. Reports what readers may not understand in it.
    fn declared(&mut self, prefix: &str, uri: &str, at: Position, cx: &mut Context<'_>) -> Ns {
        // A declaration that is repeated, as on every entry, is checked once.
        let known = self.scopes.of(prefix).find(|scope| *scope.uri == *uri);
        if let Some(scope) = known {
            return scope.ns;
        }
        cx.is_rss090 |= names::RSS_090.contains(&uri);
        let ns = match names::namespace(uri) {
            Uri::Exact(ns) => ns,
            Uri::Nearly(ns, right) => {
                cx.report(
                    &NAMESPACE_MISSPELLED,
                    at,
                    format!("the namespace `{uri}` is not `{right}`"),
                );
                ns
            }
            Uri::Unknown => {
                if !uri::is_iri(uri) {
                    let message = format!("the namespace `{uri}` is no URI");
                    cx.report(&NAMESPACE_INVALID, at, message);
                    return Ns::Other;
                }
                match names::usual_uri(prefix).filter(|_| !prefix.is_empty()) {
                    Some(usual) => cx.report(
                        &NAMESPACE_ADDRESS,
                        at,
                        format!("the prefix `{prefix}` usually stands for `{usual}`"),
                    ),
                    None => cx.report(
                        &NAMESPACE_UNKNOWN,
                        at,
                        format!("the namespace `{uri}` is not known in feeds"),
                    ),
                }
                return Ns::Other;
            }
        };
        let is_listed = self.prefixed.len() < MOST_SEEN;
        if matches!(ns, Ns::Atom | Ns::Xhtml) && !prefix.is_empty() && is_listed {
            self.prefixed.push(at);
        }
        let mut usual = names::usual_prefixes(uri).peekable();
        let Some(first) = usual.peek().copied().filter(|_| !prefix.is_empty()) else {
            return ns;
        };
        if usual.any(|usual| usual == prefix) {
            return ns;
        }
        let message = format!("the prefix of `{uri}` is `{prefix}`, and usually `{first}`");
        // Some programs go by the prefix, and would take it for another extension.
        let rule = match names::usual_uri(prefix) {
            Some(_) => &PREFIX_RESERVED,
            None => &NAMESPACE_PREFIX,
        };
        cx.report(rule, at, message);
        ns
    }

    /// The namespace of the name of an element or an attribute.
    pub(super) fn namespace(
        &self,
        qname: &str,
        is_element: bool,
        at: Position,
        cx: &mut Context<'_>,
    ) -> Ns {
        let prefix = match qname.split_once(':') {
            None if !is_element => return Ns::None,
            None => "",
            Some(("xml", _)) => return Ns::Xml,
            Some((prefix, _)) => prefix,
        };
        match self.scopes.of(prefix).next() {
            Some(scope) => scope.ns,
            None if prefix.is_empty() => Ns::None,
            None => {
                cx.report(
                    &PREFIX,
                    at,
                    format!("the prefix of `{qname}` is not declared"),
                );
                names::usual_uri(prefix).map_or(Ns::Other, |uri| match names::namespace(uri) {
                    Uri::Exact(ns) => ns,
                    _ => Ns::Other,
                })
            }
        }
    }

    /// Takes an address for the namespace that is meant by it, from here on.
    pub(crate) fn take_for(&mut self, uri: &str, ns: Ns) {
        if uri.is_empty() {
            self.scopes.push("", "", ns);
        }
        let scopes = self.scopes.all.iter_mut();
        for scope in scopes.filter(|scope| *scope.uri == *uri) {
            scope.ns = ns;
        }
    }

    /// The URI that a prefix stands for here.
    pub(crate) fn uri(&self, prefix: &str) -> Option<&str> {
        if prefix == "xml" {
            return Some("http://www.w3.org/XML/1998/namespace");
        }
        let scope = self.scopes.of(prefix).next()?;
        Some(&scope.uri)
    }
}
