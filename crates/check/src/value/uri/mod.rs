//! Checks URIs and IRIs: absolute ones, relative ones, and ids.

mod normal_form;
mod schemes;
mod syntax;
mod tag_and_urn;

use iri_string::types::IriReferenceStr;

use super::super::context::Context;
use super::super::rule::rules;
use super::super::spot::Spot;

pub(crate) use self::normal_form::normal_form;
use self::syntax::{Wanted, check};
use self::tag_and_urn::is_tag;

rules! {
    URI_INVALID = Error "uri-invalid", "RFC 3986, section 4.1",
        "A value has to be a URI, and is none.",
        "write the address as a browser shows it";
    URI_RELATIVE = Error "uri-relative", "RFC 3986, section 4.3",
        "A value has to be an absolute URI, with its scheme.",
        "write the whole address, such as `https://example.org/post`";
    URI_CHARACTER = Error "uri-character", "RFC 3986, section 2",
        "A character stands in a URI that has to be percent-encoded.",
        "percent-encode it: a blank is `%20`";
    URI_NOT_ASCII = Error "uri-not-ascii", "RFC 3986, section 2; RFC 3987, section 3.1",
        "A URI has letters beyond ASCII, which RSS does not allow.",
        "percent-encode them, and write a host name in its `xn--` form";
    URI_HOST = Error "uri-host", "RFC 9110, section 4.2",
        "An `http:` address has no host.",
        "write two slashes and the host after the scheme";
    URI_NOT_HTTP = Error "uri-not-http", "",
        "A value has to be an `http:` or `https:` address, and is none.",
        "write the whole address of the file";
    URI_SCHEME = Warning "uri-scheme", "RFC 7595; IANA registry “URI Schemes”",
        "The scheme of a URI is not registered. Readers will not know what to do with it.",
        "use a registered scheme; for ids, `tag:` or `urn:uuid:`";
    URI_NOT_CANONICAL = Warning "uri-not-canonical", "RFC 4287, section 4.2.6.1",
        "An id is not written in its normal form. Programs that normalize it see another id.",
        "write scheme and host in lower case, no default port, `/` after the host, and upper-case percent-encoding";
    TAG_INVALID = Error "tag-uri-invalid", "RFC 4151, section 2.1",
        "A `tag:` URI is not well-formed.",
        "write it as `tag:example.org,2021-12-13:name`, with a domain or address that was yours on that day";
    TAG_CASE = Warning "tag-uri-case", "RFC 4151, section 2.1",
        "The domain or address of a `tag:` URI has capitals. Ids that differ in case alone are not the same.",
        "write it in lower case";
    URN_INVALID = Error "urn-invalid", "RFC 8141, section 2",
        "A `urn:` URI is not well-formed.",
        "write it as `urn:namespace:name`";
    UUID_INVALID = Error "uuid-invalid", "RFC 9562, section 4",
        "A `urn:uuid:` URI has no UUID.",
        "write 32 hexadecimal digits in groups of 8, 4, 4, 4 and 12";
    SAME_DOCUMENT = Warning "uri-same-document", "RFC 3986, section 4.4",
        "With its `xml:base`, an address means the document it stands in. Programs differ there.",
        "write the whole address";
}

/// The scheme of an absolute URI.
pub(crate) fn scheme(text: &str) -> Option<&str> {
    let (scheme, _) = text.split_once(':')?;
    let mut chars = scheme.chars();
    let fits = chars.next().is_some_and(|c| c.is_ascii_alphabetic())
        && chars.all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    fits.then_some(scheme)
}

/// Whether a text is an absolute IRI, or a `tag:` or `urn:` URI that keeps to its form.
pub(crate) fn is_iri(text: &str) -> bool {
    match scheme(text) {
        Some("tag") => is_tag(text),
        _ => IriReferenceStr::new(text).is_ok(),
    }
}

/// Whether each `%` begins a percent-encoded byte.
fn is_percent_encoded(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.iter().enumerate().all(|(at, byte)| {
        *byte != b'%'
            || bytes
                .get(at + 1..at + 3)
                .is_some_and(|two| two.iter().all(u8::is_ascii_hexdigit))
    })
}

/// Checks a URI or a relative reference, in ASCII.
pub(crate) fn reference(spot: &Spot<'_>, cx: &mut Context<'_>) {
    check(
        spot,
        cx,
        Wanted {
            is_absolute: false,
            is_ascii: true,
        },
    );
}

/// Checks an absolute URI, in ASCII.
pub(crate) fn absolute(spot: &Spot<'_>, cx: &mut Context<'_>) {
    is_absolute(spot, cx);
}

/// Checks an absolute URI, in ASCII. Returns whether it is one.
pub(crate) fn is_absolute(spot: &Spot<'_>, cx: &mut Context<'_>) -> bool {
    check(
        spot,
        cx,
        Wanted {
            is_absolute: true,
            is_ascii: true,
        },
    )
}

/// Checks an IRI or a relative reference.
pub(crate) fn iri_reference(spot: &Spot<'_>, cx: &mut Context<'_>) {
    check(
        spot,
        cx,
        Wanted {
            is_absolute: false,
            is_ascii: false,
        },
    );
}

/// Checks an absolute IRI.
pub(crate) fn iri(spot: &Spot<'_>, cx: &mut Context<'_>) {
    is_absolute_iri(spot, cx);
}

/// Checks an absolute IRI. Returns whether it is one.
fn is_absolute_iri(spot: &Spot<'_>, cx: &mut Context<'_>) -> bool {
    check(
        spot,
        cx,
        Wanted {
            is_absolute: true,
            is_ascii: false,
        },
    )
}

/// Checks an absolute IRI in its normal form, as ids of Atom should be.
pub(crate) fn canonical(spot: &Spot<'_>, cx: &mut Context<'_>) {
    if !is_absolute_iri(spot, cx) {
        return;
    }
    if let Some(normal) = normal_form(spot.text).filter(|normal| normal != spot.text) {
        spot.report(
            cx,
            &URI_NOT_CANONICAL,
            format!("{spot} is “{}”, normally `{normal}`", spot.shown()),
        );
    }
}

/// Checks a text that is percent-encoded, as a part of an address.
pub(crate) fn percent_encoded(spot: &Spot<'_>, cx: &mut Context<'_>) {
    let stray = spot.text.chars().find(|c| {
        !(c.is_ascii_alphanumeric() || c.is_ascii_whitespace() || "-._~%+/".contains(*c))
    });
    let broken = stray.or((!is_percent_encoded(spot.text)).then_some('%'));
    if let Some(c) = broken {
        let message = format!("{spot} is “{}”, with a bare `{c}`", spot.shown());
        spot.report(cx, &URI_CHARACTER, message);
    }
}

/// Checks an `http:` or `https:` address with a host.
pub(crate) fn http(spot: &Spot<'_>, cx: &mut Context<'_>) {
    let is_http = scheme(spot.text)
        .is_some_and(|scheme| matches!(scheme.to_ascii_lowercase().as_str(), "http" | "https"));
    if !is_http {
        spot.report(
            cx,
            &URI_NOT_HTTP,
            format!("{spot} is “{}”, which is no web address", spot.shown()),
        );
        return;
    }
    let authority = spot.text.split_once("//").map_or("", |(_, rest)| {
        rest.split(['/', '?', '#']).next().unwrap_or_default()
    });
    let host = authority.rsplit('@').next().unwrap_or_default();
    if host.is_empty() || host.starts_with(':') {
        spot.report(
            cx,
            &URI_NOT_HTTP,
            format!("{spot} is “{}”, which has no host", spot.shown()),
        );
    } else {
        is_absolute(spot, cx);
    }
}
