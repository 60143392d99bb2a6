//! Percent-encodes paths, ids and URLs, and decodes them.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use url::Url;

use crate::slice::Slice;
use crate::text;

/// The characters to encode in a path: all but those that RFC 3986 section 3.3 allows, and `/`.
pub(super) const PATH: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b'!')
    .remove(b'$')
    .remove(b'&')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b'+')
    .remove(b',')
    .remove(b';')
    .remove(b'=')
    .remove(b':')
    .remove(b'@')
    .remove(b'/');

/// Percent-encodes the characters that a path may not contain, keeping `/`.
pub fn encode(text: &str) -> String {
    utf8_percent_encode(text, PATH).to_string()
}

/// An id with the characters percent-encoded that no id can contain: those that XML forbids,
/// control characters, and whitespace at its ends.
pub fn encode_id(id: &str) -> Cow<'_, str> {
    let inner = id.trim();
    let start = id.len() - id.trim_start().len();
    let is_possible = |(at, c): (usize, char)| {
        let mut bytes = [0; 4];
        let is_legal = matches!(text::clean(c.encode_utf8(&mut bytes)), Cow::Borrowed(_));
        is_legal && !c.is_control() && (start..start + inner.len()).contains(&at)
    };
    if id.char_indices().all(is_possible) {
        return Cow::Borrowed(id);
    }
    let mut out = String::with_capacity(id.len() + 8);
    for (at, c) in id.char_indices() {
        if is_possible((at, c)) {
            out.push(c);
        } else {
            let mut bytes = [0; 4];
            let encoded = utf8_percent_encode(c.encode_utf8(&mut bytes), NON_ALPHANUMERIC);
            out.extend(encoded);
        }
    }
    Cow::Owned(out)
}

/// Decodes percent-encoding; `None` where the result is not UTF-8.
pub fn decode(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let byte = match (byte, hex_pair(bytes, at + 1)) {
            (b'%', Some(byte)) => {
                at += 2;
                byte
            }
            (byte, _) => byte,
        };
        decoded.push(byte);
        at += 1;
    }
    String::from_utf8(decoded).ok()
}

/// The IRI of a URL (RFC 3987 section 3.2), with characters beyond ASCII unencoded. `None` where
/// some of them are not letters or digits and might be invisible.
pub fn iri(url: &str) -> Option<String> {
    let ascii = |byte: u8| byte < 0x80;
    let mut parts = url.split('%');
    let mut bytes = parts.next()?.as_bytes().to_vec();
    for part in parts {
        match hex_pair(part.as_bytes(), 0) {
            Some(byte) if !ascii(byte) => {
                bytes.push(byte);
                bytes.extend_from_slice(part.as_bytes().slice(2..));
            }
            _ => {
                bytes.push(b'%');
                bytes.extend_from_slice(part.as_bytes());
            }
        }
    }
    let iri = String::from_utf8(bytes).ok()?;
    let is_letter = |c: char| c.is_ascii() || c.is_alphanumeric();
    iri.chars().all(is_letter).then_some(iri)
}

fn hex_pair(bytes: &[u8], at: usize) -> Option<u8> {
    let digit = |at: usize| char::from(*bytes.get(at)?).to_digit(16);
    u8::try_from(digit(at)? * 16 + digit(at + 1)?).ok()
}

/// The same URL with everything encoded that RFC 3986 does not allow unencoded, and the hex
/// digits of encodings in upper case: what feed validators and id comparison want. `None` where it
/// does not allow the host.
pub fn strict(url: &Url) -> Option<Url> {
    let text = url.as_str();
    let is_special = |byte: u8| matches!(byte, b'%' | b'#') || is_refused(byte);
    if !text.bytes().any(is_special) {
        return Some(url.clone());
    }
    let authority_end = text.find("://").map_or(0, |at| {
        text.slice(at + 3..)
            .find(['/', '?', '#'])
            .map_or(text.len(), |end| at + 3 + end)
    });
    let (head, tail) = text.split_at(authority_end);
    // Nothing can be encoded in the name of a host, and only numbers of version 6 have brackets.
    let is_wrong = |byte: u8| is_refused(byte) && !matches!(byte, b'[' | b']');
    if head.bytes().any(is_wrong) {
        return None;
    }
    let mut strict = String::with_capacity(text.len());
    strict.push_str(head);
    let bytes = tail.as_bytes();
    let mut at = 0;
    let mut in_fragment = false;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'%' => match hex_pair(bytes, at + 1) {
                Some(value) => {
                    strict.push_str(&format!("%{value:02X}"));
                    at += 2;
                }
                None => strict.push_str("%25"),
            },
            // A fragment begins once.
            b'#' if in_fragment => strict.push_str("%23"),
            b'#' => {
                in_fragment = true;
                strict.push('#');
            }
            _ if is_refused(byte) => strict.push_str(&format!("%{byte:02X}")),
            _ => strict.push(char::from(byte)),
        }
        at += 1;
    }
    Url::parse(&strict).ok()
}

/// Whether RFC 3986 forbids a byte after the authority although the URL Standard allows it.
fn is_refused(byte: u8) -> bool {
    matches!(
        byte,
        b'[' | b']' | b'{' | b'}' | b'|' | b'\\' | b'^' | b'`' | b'"' | b'<' | b'>' | b' '
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn ids_can_stand_in_feeds() {
        for (id, expected) in [
            ("tag:example.gov,2021:/a b/ü", "tag:example.gov,2021:/a b/ü"),
            ("tag:\u{1}\u{fffe}\u{85}", "tag:%01%EF%BF%BE%C2%85"),
            (" a \u{a0}", "%20a%20%C2%A0"),
        ] {
            assert_eq!(encode_id(id), expected, "{id:?}");
        }
    }

    proptest! {
        /// What needs no encoding is not parsed again.
        #[test]
        fn strict_urls_are_as_they_would_be_parsed(
            link in "((https?|mailto|tel|irc|xmpp|sip|geo|ftp|news|webcal):)?([/\\.:@?#%\\\\]|[a-z0-9 ]{1,3}|ü|\\[|%2[ef]|\\.\\.){0,9}"
        ) {
            if let Ok(url) = Url::parse("https://example.gov/blog/").expect("a URL").join(&link) {
                let strict = strict(&url);
                let again = strict.as_ref().and_then(|url| Url::parse(url.as_str()).ok());
                prop_assert_eq!(again, strict);
            }
        }
    }
}
