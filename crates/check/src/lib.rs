//! Checks any feed: RSS 0.9x, 1.0 and 2.0, Atom 1.0, JSON Feed 1.0 and 1.1.
//!
//! Bytes become UTF-8 (`input`), UTF-8 becomes tags (`xml`, as strict as the specification), tags
//! become elements, one entry at a time (`stream`, `tree`), and elements are held against tables
//! (`schema`), one file for each vocabulary: `rss`, `rdf`, `atom`, and what `extension`s add.
//! `value` knows what texts have to be, `html` looks into the HTML of entries.
//!
//! Every message is a `rule::Rule`, which `docs/checks.md` lists.

mod atom;

mod context;
mod dtd;
mod extension;
mod html;
mod input;
mod item;
mod json;
mod names;
mod profile;
mod rdf;
mod registry;
mod rss;
mod rule;
mod schema;
mod spot;
mod stream;
mod syntax;
#[cfg(test)]
mod tests;
mod tree;
mod value;
mod xml;

use std::io::{self, Read};
use std::path::Path;

use feedwright_base::diagnostic::Diagnostics;

use self::context::Context;
use self::input::{Input, Syntax};
use self::names::Ns;
use self::rule::rules;
use self::tree::Element;
use self::xml::{Tag, Xml};

pub use self::context::{CheckOptions, Profile, Vocabulary};

pub use self::registry::{codes, explanation, markdown};

rules! {
    NO_FEED = Error "no-feed", "",
        "The file is no feed: neither RSS nor Atom nor JSON Feed.",
        "check that the right file was given; a web page often names its feed in `<link rel=\"alternate\">`";
    NAMESPACE_MISSING = Error "namespace-missing", "RFC 4287, section 2",
        "The outermost element of Atom or RSS 1.0 is in no namespace.",
        "add `xmlns=\"http://www.w3.org/2005/Atom\"`";
    NAMESPACE_WRONG = Error "namespace-wrong", "RFC 4287, section 2; RSS 2.0, section “Extending RSS”",
        "The outermost element is in a namespace that is not that of its vocabulary.",
        "declare the right namespace: none for RSS 2.0, `http://www.w3.org/2005/Atom` for Atom";
    NAMESPACE_OBSOLETE = Error "namespace-obsolete", "RFC 4287, section 2",
        "The feed is written in a draft of Atom that was given up in 2005.",
        "write Atom 1.0, whose namespace is `http://www.w3.org/2005/Atom`";
}

/// Checks a feed, whatever it is written in, and adds what is wrong to `diags`, under the name
/// `path`. Returns the vocabulary, where it is known.
///
/// The feed is read once and held an entry at a time.
///
/// # Errors
///
/// The input cannot be read. A feed that is wrong is no error.
pub fn check_feed(
    input: impl Read,
    path: &Path,
    options: &CheckOptions,
    diags: &mut Diagnostics,
) -> io::Result<Option<Vocabulary>> {
    let mut cx = Context::new(options, path, diags);
    cx.is_anywhere = extension::is_anywhere;
    let input = Input::open(input, &mut cx)?;
    match input.syntax {
        Syntax::Xml => document(&mut Xml::new(input), &mut cx),
        Syntax::Json => {
            let fault = input.fault();
            json::feed(input, &mut cx);
            if let Some(at) = fault.take() {
                let message = "a byte here is not in UTF-8";
                cx.report(&input::ENCODING_INVALID, at, message);
            }
        }
    }
    let vocabulary = cx.vocabulary;
    cx.finish();
    Ok(vocabulary)
}

fn document<R: Read>(xml: &mut Xml<R>, cx: &mut Context<'_>) {
    let root = loop {
        match xml.next(cx) {
            Tag::Start(root) => break root,
            Tag::End => {}
            Tag::Over => return,
        }
    };
    vocabulary(root, xml, cx);
}

fn vocabulary<R: Read>(root: Element, xml: &mut Xml<R>, cx: &mut Context<'_>) {
    let name = root.name().to_owned();
    let meant = match name.as_str() {
        "rss" => Ns::None,
        "RDF" => Ns::Rdf,
        "feed" | "entry" => Ns::Atom,
        _ => {
            let message = format!("the outermost element is `{}`", root.qname);
            // What it is well-formed as is not asked.
            cx.report(&NO_FEED, root.at, message);
            return;
        }
    };
    let uri = own_uri(&root, xml).to_owned();
    // What is only almost the namespace of Atom has been told as such, and is wrong here.
    let is_almost = meant == Ns::Atom && names::namespace(&uri) != names::Uri::Exact(Ns::Atom);
    if root.ns != meant || is_almost {
        let is_draft = uri == "http://purl.org/atom/ns#";
        let rule = match root.ns {
            Ns::None => &NAMESPACE_MISSING,
            _ if is_draft => &NAMESPACE_OBSOLETE,
            _ => &NAMESPACE_WRONG,
        };
        let message = if uri.is_empty() {
            format!("`{}` is in no namespace", root.qname)
        } else {
            format!("`{}` is in the namespace `{uri}`", root.qname)
        };
        cx.report(rule, root.at, message);
        if is_draft {
            return xml.skip(cx);
        }
        // What is meant is clear, and the rest can be looked at.
        xml.take_for(&uri, meant);
    }
    let root = Element { ns: meant, ..root };
    match name.as_str() {
        "rss" => rss::rss(root, xml, cx),
        "RDF" => {
            cx.vocabulary = Some(Vocabulary::Rdf);
            rdf::rdf(root, xml, cx);
        }
        _ => {
            cx.vocabulary = Some(Vocabulary::Atom);
            match name.as_str() {
                "entry" => atom::entry(root, xml, cx),
                _ => atom::feed(root, xml, cx),
            }
        }
    }
}

/// The namespace that an outermost element is in, by its address.
fn own_uri<'a, R: Read>(root: &Element, xml: &'a Xml<R>) -> &'a str {
    let prefix = root.qname.split_once(':').map_or("", |(prefix, _)| prefix);
    xml.uri(prefix).unwrap_or_default()
}
