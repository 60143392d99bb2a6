#![doc = include_str!("../README.md")]
//!
//! # Inside
//!
//! `input` decodes bytes to UTF-8. `xml` reads tags, as strictly as the specification, with the
//! document types of `dtd`. `stream` builds elements (`tree`), one entry at a time. `schema` checks
//! elements against tables, which each vocabulary has: `rss`, `rdf`, `atom`, and each `extension`.
//! `value` checks texts and attributes, `html` the HTML in entries, `json` JSON Feed, and `profile`
//! what single readers require. `later` lets other threads look at HTML.
//!
//! Every message is a `rule::Rule`, which `docs/checks.md` lists.

#![cfg_attr(not(test), deny(clippy::indexing_slicing))]

mod atom;

mod context;
mod dtd;
mod examples;
mod extension;
mod html;
mod input;
mod item;
mod json;
mod later;
mod names;
mod profile;
mod rdf;
mod registry;
mod report;
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

use self::context::Context;
use self::input::{Input, Syntax};
use self::names::Ns;
use self::rule::rules;
use self::tree::Element;
use self::xml::{Tag, Xml};

pub use self::context::{CheckOptions, Profile, Vocabulary};
pub use feedwright_base::date::Timestamp;
pub use feedwright_base::diagnostic::{Diagnostic, Diagnostics, Location, Severity};

pub use self::registry::{codes, example, explanation, markdown};

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

/// Checks a feed in any vocabulary, and adds a diagnostic for each problem to `diags`, in the file
/// `path`. Returns the vocabulary, where it is known.
///
/// The feed is read once, and one entry at a time. The HTML of the entries before it, up to some megabytes,
/// is looked at on the threads of rayon meanwhile.
///
/// # Errors
///
/// The input cannot be read. A problem of the feed is not an error.
pub fn check_feed(
    input: impl Read,
    path: &Path,
    options: &CheckOptions,
    diags: &mut Diagnostics,
) -> io::Result<Option<Vocabulary>> {
    let mut cx = Context::new(options, path, diags);
    cx.is_anywhere = extension::is_anywhere;
    let Some(input) = Input::open(input, &mut cx)? else {
        return Ok(None);
    };
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

/// Checks a document in XML.
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

/// Finds the vocabulary by the outermost element, and checks the feed by it.
fn vocabulary<R: Read>(root: Element, xml: &mut Xml<R>, cx: &mut Context<'_>) {
    let name = root.name().to_owned();
    let meant = match name.as_str() {
        "rss" => Ns::None,
        "RDF" => Ns::Rdf,
        "feed" | "entry" => Ns::Atom,
        _ => {
            // The rest is not read, not even to see whether it is well-formed.
            no_feed(&root, xml, cx);
            return;
        }
    };
    let uri = own_uri(&root, xml).to_owned();
    // A misspelled namespace of Atom has been reported as such, and is also the wrong one here.
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
        // It is clear which namespace is meant, so that the rest can be checked.
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

/// Reports an outermost element that is that of no feed.
fn no_feed<R: Read>(root: &Element, xml: &Xml<R>, cx: &mut Context<'_>) {
    let mut message = format!("the outermost element is `{}`", root.qname);
    let mut known = ["rss", "RDF", "feed", "entry"].into_iter();
    let meant = known.find(|known| known.eq_ignore_ascii_case(root.name()));
    if let Some(meant) = meant {
        message.push_str(&format!(", and has to be `{meant}`: capitals count in XML"));
        cx.report_with(
            &NO_FEED,
            "XML 1.0, section 1.2",
            root.at,
            message,
            "write it so",
        );
    } else if !xml.before(&format!("<{}", root.qname), root.at, cx) {
        cx.report(&NO_FEED, root.at, message);
    }
}

/// The address of the namespace that the outermost element is in.
fn own_uri<'a, R: Read>(root: &Element, xml: &'a Xml<R>) -> &'a str {
    let prefix = root.qname.split_once(':').map_or("", |(prefix, _)| prefix);
    xml.uri(prefix).unwrap_or_default()
}
