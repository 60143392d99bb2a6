//! Identifiers: URIs and IRIs, absolute or not, `tag:` and `urn:`.

use iri_string::types::{IriReferenceStr, IriStr, UriStr};

use super::super::context::Context;
use super::super::rule::{Rule, rules};
use super::super::spot::Spot;

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

/// Schemes of the IANA registry that links and ids in feeds have.
const SCHEMES: &[&str] = &[
    "aaa",
    "aaas",
    "about",
    "acap",
    "acct",
    "acr",
    "adiumxtra",
    "afp",
    "aim",
    "apt",
    "at",
    "attachment",
    "bitcoin",
    "blob",
    "cap",
    "chrome",
    "cid",
    "coap",
    "coaps",
    "content",
    "crid",
    "cvs",
    "dav",
    "data",
    "dict",
    "did",
    "dns",
    "doi",
    "drm",
    "dtn",
    "ed2k",
    "facetime",
    "fax",
    "feed",
    "file",
    "finger",
    "fish",
    "ftp",
    "gemini",
    "geo",
    "git",
    "gizmoproject",
    "go",
    "gopher",
    "gtalk",
    "h323",
    "hcp",
    "http",
    "https",
    "iax",
    "icap",
    "im",
    "imap",
    "info",
    "ipfs",
    "ipn",
    "ipns",
    "ipp",
    "ipps",
    "irc",
    "irc6",
    "ircs",
    "iris",
    "iris.beep",
    "iris.lwz",
    "iris.xpc",
    "iris.xpcs",
    "itms",
    "jabber",
    "jar",
    "ldap",
    "ldaps",
    "lastfm",
    "magnet",
    "mailserver",
    "mailto",
    "maps",
    "market",
    "matrix",
    "message",
    "mid",
    "mms",
    "modem",
    "ms-help",
    "msnim",
    "msrp",
    "msrps",
    "mtqp",
    "mumble",
    "mupdate",
    "mvn",
    "news",
    "nfs",
    "ni",
    "nih",
    "nntp",
    "notes",
    "opaquelocktoken",
    "openpgp4fpr",
    "oid",
    "pack",
    "palm",
    "payto",
    "pkcs11",
    "pop",
    "pres",
    "prospero",
    "proxy",
    "psyc",
    "query",
    "reload",
    "resource",
    "rmi",
    "rsync",
    "rtmp",
    "rtsp",
    "rtsps",
    "secondlife",
    "service",
    "session",
    "sftp",
    "sgn",
    "shttp",
    "sieve",
    "simpleledger",
    "sip",
    "sips",
    "skype",
    "sms",
    "smb",
    "snmp",
    "soap.beep",
    "soap.beeps",
    "soldat",
    "spotify",
    "ssh",
    "steam",
    "stun",
    "stuns",
    "submit",
    "svn",
    "tag",
    "teamspeak",
    "tel",
    "telnet",
    "tftp",
    "thismessage",
    "tip",
    "tn3270",
    "turn",
    "turns",
    "tv",
    "udp",
    "unreal",
    "urn",
    "ut2004",
    "vemmi",
    "ventrilo",
    "view-source",
    "vnc",
    "wais",
    "webcal",
    "ws",
    "wss",
    "wtai",
    "wyciwyg",
    "xcon",
    "xcon-userid",
    "xfire",
    "xmlrpc.beep",
    "xmlrpc.beeps",
    "xmpp",
    "xri",
    "ymsgr",
    "z39.50",
    "z39.50r",
    "z39.50s",
];

/// What a value has to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Wanted {
    is_absolute: bool,
    is_ascii: bool,
}

/// The first character that no URI has.
fn stray(text: &str) -> Option<char> {
    text.chars().find(|c| {
        c.is_ascii_control()
            || matches!(
                c,
                ' ' | '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}'
            )
    })
}

/// The scheme of an absolute URI.
pub(crate) fn scheme(text: &str) -> Option<&str> {
    let (scheme, _) = text.split_once(':')?;
    let mut chars = scheme.chars();
    let fits = chars.next().is_some_and(|c| c.is_ascii_alphabetic())
        && chars.all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    fits.then_some(scheme)
}

/// Says what is wrong with an identifier; whether it can be used.
fn check(spot: &Spot<'_>, cx: &mut Context<'_>, wanted: Wanted) -> bool {
    let text = spot.text;
    let bad = |cx: &mut Context<'_>, rule: &'static Rule, what: &str| {
        spot.report(cx, rule, format!("{spot} is “{}”, {what}", spot.shown()));
        false
    };
    let scheme = scheme(text).map(str::to_ascii_lowercase);
    match scheme.as_deref() {
        Some("tag") if !is_tag(text) => return bad(cx, &TAG_INVALID, "which is no `tag:` URI"),
        Some("tag") => {
            let authority = text.split(',').next().unwrap_or_default();
            if authority.bytes().any(|b| b.is_ascii_uppercase()) {
                bad(cx, &TAG_CASE, "with capitals before the comma");
            }
        }
        Some("urn") => {
            let rest = &text[4..];
            if rest
                .get(..5)
                .is_some_and(|start| start.eq_ignore_ascii_case("uuid:"))
            {
                if !is_uuid(&rest[5..]) {
                    return bad(cx, &UUID_INVALID, "which has no UUID");
                }
            } else if !is_urn(rest) {
                return bad(cx, &URN_INVALID, "which is no `urn:` URI");
            }
        }
        _ => {}
    }
    if let Some(c) = stray(text) {
        let code = u32::from(c);
        let what = format!("which has U+{code:04X} in it, in addresses `%{code:02X}`");
        return bad(cx, &URI_CHARACTER, &what);
    }
    if IriReferenceStr::new(text).is_err() {
        if text.contains(['[', ']']) {
            return bad(cx, &URI_CHARACTER, "which has brackets in it");
        }
        if !is_percent_encoded(text) {
            return bad(
                cx,
                &URI_CHARACTER,
                "which has `%` without two hexadecimal digits",
            );
        }
        if text.matches('#').count() > 1 {
            return bad(cx, &URI_INVALID, "which has `#` twice");
        }
        return bad(cx, &URI_INVALID, "which is no URI");
    }
    if wanted.is_absolute && IriStr::new(text).is_err() {
        return bad(cx, &URI_RELATIVE, "which is not absolute");
    }
    if wanted.is_ascii && !text.is_ascii() {
        return bad(cx, &URI_NOT_ASCII, "which has letters beyond ASCII");
    }
    match scheme.as_deref() {
        Some("http" | "https" | "ftp") => {
            let rest = text.split_once(':').map_or("", |(_, rest)| rest);
            let host = rest.strip_prefix("//").unwrap_or_default();
            if host.is_empty() || host.starts_with(['/', '?', '#']) {
                return bad(cx, &URI_HOST, "which has no host");
            }
            true
        }
        Some(scheme) if !SCHEMES.contains(&scheme) => {
            let what = format!("and the scheme `{scheme}` is not registered");
            bad(cx, &URI_SCHEME, &what)
        }
        _ => true,
    }
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

/// RFC 4151, section 2.1.
fn is_tag(text: &str) -> bool {
    let Some((entity, specific)) = text
        .strip_prefix("tag:")
        .and_then(|rest| rest.split_once(':'))
    else {
        return false;
    };
    let Some((authority, date)) = entity.split_once(',') else {
        return false;
    };
    let is_label = |label: &str| {
        !label.is_empty()
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b == b'-')
    };
    let (user, domain) = match authority.split_once('@') {
        Some((user, domain)) => (Some(user), domain),
        None => (None, authority),
    };
    let user_fits = user.is_none_or(|user| {
        !user.is_empty()
            && user
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b"-._".contains(&b))
    });
    let fragments = specific.matches('#').count();
    user_fits
        && domain.split('.').all(is_label)
        && is_tag_date(date)
        && fragments <= 1
        && specific
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@/?%#".contains(&b))
}

/// A year, a month or a day.
fn is_tag_date(date: &str) -> bool {
    let mut parts = date.split('-');
    let number = |part: Option<&str>, length: usize| {
        let part = part?;
        let fits = part.len() == length && part.bytes().all(|b| b.is_ascii_digit());
        fits.then(|| part.parse::<u32>().ok()).flatten()
    };
    let Some(year) = number(parts.next(), 4) else {
        return false;
    };
    let (month, day) = (parts.next(), parts.next());
    let year = i32::try_from(year).unwrap_or_default();
    let month = match month {
        None => return true,
        month => number(month, 2),
    };
    let day = match day {
        None => Some(1),
        day => number(day, 2),
    };
    parts.next().is_none()
        && month
            .zip(day)
            .is_some_and(|(month, day)| chrono::NaiveDate::from_ymd_opt(year, month, day).is_some())
}

fn is_uuid(text: &str) -> bool {
    let groups: Vec<&str> = text.split('-').collect();
    let lengths: Vec<usize> = groups.iter().map(|group| group.len()).collect();
    lengths == [8, 4, 4, 4, 12]
        && groups
            .iter()
            .all(|group| group.bytes().all(|b| b.is_ascii_hexdigit()))
}

/// What follows `urn:` (RFC 8141, section 2).
fn is_urn(rest: &str) -> bool {
    let Some((nid, nss)) = rest.split_once(':') else {
        return false;
    };
    let edge = |b: Option<u8>| b.is_some_and(|b| b.is_ascii_alphanumeric());
    (2..=32).contains(&nid.len())
        && edge(nid.bytes().next())
        && edge(nid.bytes().last())
        && nid.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
        && !nss.is_empty()
        && !nss.starts_with('/')
        && is_percent_encoded(nss)
        && nss
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@/?#%".contains(&b))
}

/// A URI or a relative reference, in ASCII.
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

/// An absolute URI, in ASCII.
pub(crate) fn absolute(spot: &Spot<'_>, cx: &mut Context<'_>) {
    is_absolute(spot, cx);
}

/// An absolute URI in ASCII; whether it is one.
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

/// An IRI or a relative reference.
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

/// An absolute IRI.
pub(crate) fn iri(spot: &Spot<'_>, cx: &mut Context<'_>) {
    is_absolute_iri(spot, cx);
}

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

/// An absolute IRI in its normal form, as ids of Atom should be.
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

/// An `http:` or `https:` address with a host.
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

/// The normal form of an absolute IRI (RFC 3986, section 6.2; RFC 3987, section 5.3).
pub(crate) fn normal_form(text: &str) -> Option<String> {
    // Percent-encoded letters stay so where the whole is in ASCII.
    let mut normal = match UriStr::new(text) {
        Ok(uri) => uri.normalize().to_string(),
        Err(_) => IriStr::new(text).ok()?.normalize().to_string(),
    };
    let scheme = scheme(&normal)?.to_owned();
    let port = match scheme.as_str() {
        "http" => "80",
        "https" => "443",
        "ftp" => "21",
        _ => return Some(normal),
    };
    let start = scheme.len() + 3;
    for empty in [":@", "@"] {
        if normal.get(start..)?.starts_with(empty) {
            normal.replace_range(start..start + empty.len(), "");
        }
    }
    let authority = normal.get(start..)?;
    let length = authority.find(['/', '?', '#']).unwrap_or(authority.len());
    let mut end = start + length;
    let written = normal[start..end].to_owned();
    if let Some((host, given)) = written.rsplit_once(':')
        && (given.is_empty() || given == port)
        && !host.ends_with(':')
    {
        normal.replace_range(start + host.len()..end, "");
        end = start + host.len();
    }
    if !normal[end..].starts_with('/') {
        normal.insert(end, '/');
    }
    Some(normal)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn normal_forms() {
        for (text, normal) in [
            ("https://e.com/a", "https://e.com/a"),
            ("HTTPS://E.com:443", "https://e.com/"),
            ("http://e.com:80/a/../b", "http://e.com/b"),
            ("http://e.com/%c3%a9%7e", "http://e.com/%C3%A9~"),
            ("http://e.com?x", "http://e.com/?x"),
            ("http://e.com:/", "http://e.com/"),
            ("http://e.com:8080/", "http://e.com:8080/"),
            ("tag:e.com,2021:x", "tag:e.com,2021:x"),
            ("urn:uuid:A", "urn:uuid:A"),
            ("http://[::1]/", "http://[::1]/"),
        ] {
            assert_eq!(normal_form(text).as_deref(), Some(normal), "{text}");
        }
    }

    #[test]
    fn tags() {
        for text in [
            "tag:e.com,2021:x",
            "tag:me@e.com,2021-12:",
            "tag:E.com,2021:x",
            "tag:e.com,2021-12-13:a/b?c#d",
        ] {
            assert!(is_tag(text), "{text}");
        }
        for text in [
            "tag:e.com:x",
            "tag:,2021:x",
            "tag:e.com,21:x",
            "tag:e.com,2021-13:x",
            "tag:e.com,2021-02-30:x",
            "tag:e.com,2021:x#y#z",
            "tag:e_com,2021:x",
            "tag:e.com,2021",
        ] {
            assert!(!is_tag(text), "{text}");
        }
    }
}
