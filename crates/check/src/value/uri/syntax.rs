//! Checks the syntax of a URI or IRI, by its scheme.

use std::borrow::Cow;

use feedwright_base::slice::Slice;
use iri_string::types::{IriReferenceStr, IriStr};

use super::super::super::context::Context;
use super::super::super::rule::Rule;
use super::super::super::spot::Spot;
use super::schemes::SCHEMES;
use super::tag_and_urn::{is_tag, is_urn, is_uuid};
use super::{
    TAG_CASE, TAG_INVALID, URI_CHARACTER, URI_HOST, URI_INVALID, URI_NOT_ASCII, URI_RELATIVE,
    URI_SCHEME, URN_INVALID, UUID_INVALID, is_percent_encoded, scheme,
};

/// The kind of URI that a value has to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Wanted {
    pub(super) is_absolute: bool,
    pub(super) is_ascii: bool,
}

/// What is wrong with an identifier: the broken rule and the end of its message.
type Fault = (&'static Rule, Cow<'static, str>);

/// Reports what is wrong with an identifier. Returns whether it can be used.
pub(super) fn check(spot: &Spot<'_>, cx: &mut Context<'_>, wanted: Wanted) -> bool {
    let text = spot.text;
    let mut report = |(rule, what): Fault| {
        spot.report(cx, rule, format!("{spot} is “{}”, {what}", spot.shown()));
    };
    let scheme = scheme(text).map(str::to_ascii_lowercase);
    let scheme = scheme.as_deref();
    let fault = of_name(text, scheme);
    if scheme == Some("tag") && fault.is_none() && has_capitals(text) {
        report((&TAG_CASE, "with capitals before the comma".into()));
    }
    let fault = fault
        .or_else(|| of_characters(text))
        .or_else(|| of_kind(text, wanted))
        .or_else(|| of_scheme(text, scheme));
    let is_usable = fault.is_none();
    if let Some(fault) = fault {
        report(fault);
    }
    is_usable
}

/// What is wrong with a `tag:` or `urn:` URI.
fn of_name(text: &str, scheme: Option<&str>) -> Option<Fault> {
    match scheme {
        Some("tag") if !is_tag(text) => Some((&TAG_INVALID, "which is no `tag:` URI".into())),
        Some("urn") => {
            let rest = text.slice(4..);
            let is_uuid_urn = rest
                .get(..5)
                .is_some_and(|start| start.eq_ignore_ascii_case("uuid:"));
            match is_uuid_urn {
                true if !is_uuid(rest.slice(5..)) => {
                    Some((&UUID_INVALID, "which has no UUID".into()))
                }
                false if !is_urn(rest) => Some((&URN_INVALID, "which is no `urn:` URI".into())),
                _ => None,
            }
        }
        _ => None,
    }
}

/// Whether the authority of a `tag:` URI has capitals.
fn has_capitals(tag: &str) -> bool {
    let authority = tag.split(',').next().unwrap_or_default();
    authority.bytes().any(|b| b.is_ascii_uppercase())
}

/// What is wrong with the characters of a URI or IRI.
fn of_characters(text: &str) -> Option<Fault> {
    if let Some(c) = stray(text) {
        let code = u32::from(c);
        let what = format!("which has U+{code:04X} in it, in addresses `%{code:02X}`");
        return Some((&URI_CHARACTER, what.into()));
    }
    if IriReferenceStr::new(text).is_ok() {
        return None;
    }
    Some(if text.contains(['[', ']']) {
        (&URI_CHARACTER, "which has brackets in it".into())
    } else if !is_percent_encoded(text) {
        let what = "which has `%` without two hexadecimal digits";
        (&URI_CHARACTER, what.into())
    } else if text.matches('#').count() > 1 {
        (&URI_INVALID, "which has `#` twice".into())
    } else {
        (&URI_INVALID, "which is no URI".into())
    })
}

/// What is wrong where a URI has to be absolute or in ASCII.
fn of_kind(text: &str, wanted: Wanted) -> Option<Fault> {
    if wanted.is_absolute && IriStr::new(text).is_err() {
        return Some((&URI_RELATIVE, "which is not absolute".into()));
    }
    if wanted.is_ascii && !text.is_ascii() {
        return Some((&URI_NOT_ASCII, "which has letters beyond ASCII".into()));
    }
    None
}

/// What is wrong with the scheme, or with the host that it needs.
fn of_scheme(text: &str, scheme: Option<&str>) -> Option<Fault> {
    match scheme {
        Some("http" | "https" | "ftp") => {
            let rest = text.split_once(':').map_or("", |(_, rest)| rest);
            let host = rest.strip_prefix("//").unwrap_or_default();
            let is_empty = host.is_empty() || host.starts_with(['/', '?', '#']);
            is_empty.then(|| (&URI_HOST, "which has no host".into()))
        }
        Some(scheme) if !SCHEMES.contains(&scheme) => {
            let what = format!("and the scheme `{scheme}` is not registered");
            Some((&URI_SCHEME, what.into()))
        }
        _ => None,
    }
}

/// The first character that is not allowed in any URI.
fn stray(text: &str) -> Option<char> {
    text.chars().find(|c| {
        c.is_ascii_control()
            || matches!(
                c,
                ' ' | '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}'
            )
    })
}
