//! The normal form of URIs and IRIs.

use feedwright_base::slice::Slice;
use iri_string::types::{IriStr, UriStr};

use super::scheme;

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
    let written = normal.slice(start..end).to_owned();
    if let Some((host, given)) = written.rsplit_once(':')
        && (given.is_empty() || given == port)
        && !host.ends_with(':')
    {
        normal.replace_range(start + host.len()..end, "");
        end = start + host.len();
    }
    if !normal.slice(end..).starts_with('/') {
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
}
