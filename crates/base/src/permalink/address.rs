//! Makes absolute URLs of paths, and keeps them on the site.

use url::Url;

use super::encoding::{decode, strict};

/// Why a permalink names no page of the site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outside {
    /// It has `..` or an encoded form of it.
    Climbs,
    /// It is a URL of another site.
    OtherSite,
    /// It cannot be a URL at all.
    NoUrl,
}

/// The absolute URL of a path on the site, or of a URL that lies on it.
///
/// `base` ends with a slash. The path counts from there, with or without its own slash, as
/// generators count it. The URL is percent-encoded once and normalized once.
pub fn on_site(base: &Url, path: &str) -> Result<Url, Outside> {
    if is_plain(path) {
        let mut url = base.clone();
        url.set_query(None);
        url.set_fragment(None);
        let folder = base.path().trim_end_matches('/');
        url.set_path(&[folder, "/", path.trim_start_matches('/')].concat());
        return Ok(url);
    }
    any_on_site(base, path)
}

/// The slow path of [`on_site`], for paths of all kinds.
fn any_on_site(base: &Url, path: &str) -> Result<Url, Outside> {
    // A URL parser would drop these in silence.
    let path = path.trim();
    let path = if path.contains(char::is_control) {
        &*path.replace(char::is_control, "")
    } else {
        path
    };
    if path.contains("://") || path.starts_with("//") || path.starts_with('\\') {
        let url = base.join(path).map_err(|_| Outside::NoUrl)?;
        let inside = url.origin() == base.origin() && url.path().starts_with(base.path());
        return if inside {
            strict(&url).ok_or(Outside::NoUrl)
        } else {
            Err(Outside::OtherSite)
        };
    }
    let climbs = |path: &str| {
        let mut segments = path.split(['/', '\\', '?', '#']);
        path.contains("..") && segments.any(|segment| segment == "..")
    };
    if climbs(path) || (path.contains('%') && decode(path).is_some_and(|path| climbs(&path))) {
        return Err(Outside::Climbs);
    }
    let mut full = base.path().trim_end_matches('/').to_owned();
    for (at, segment) in path.split('/').enumerate() {
        // Empty and `.` segments in the middle vanish, as in every generator; a slash at the
        // end stays.
        if (segment.is_empty() || segment == ".")
            && !(at > 0 && path.ends_with('/') && full.ends_with('/'))
        {
            continue;
        }
        full.push('/');
        full.push_str(segment);
    }
    if path.ends_with('/') || full.is_empty() || path.is_empty() {
        full.push('/');
    }
    if full.contains(['?', '#', '\\']) {
        full = full.replace('?', "%3F").replace('#', "%23");
        full = full.replace('\\', "%5C");
    }
    let mut url = base.clone();
    url.set_query(None);
    url.set_fragment(None);
    url.set_path(&full);
    if !url.path().starts_with(base.path().trim_end_matches('/')) {
        return Err(Outside::Climbs);
    }
    strict(&url).ok_or(Outside::NoUrl)
}

/// Whether a path consists of letters, digits and hyphens between single slashes, so that it needs
/// neither encoding nor normalization, as most do. A segment may contain a full stop.
fn is_plain(path: &str) -> bool {
    let mut before = b'/';
    let mut is_first = true;
    let are_plain = path.bytes().all(|byte| {
        let is_plain = match byte {
            b'/' => is_first || before != b'/',
            b'.' => before != b'/',
            _ => byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'),
        };
        (before, is_first) = (byte, false);
        is_plain
    });
    are_plain && !path.is_empty()
}

/// The URL of a path from the site's root or of an absolute http URL.
pub fn absolute(text: &str, base: &Url) -> Option<Url> {
    let text = text.trim();
    if text.starts_with("http://") || text.starts_with("https://") {
        return strict(&Url::parse(text).ok()?);
    }
    if text.starts_with("//") || text.contains("://") {
        return strict(
            &base
                .join(text)
                .ok()
                .filter(|url| url.scheme().starts_with("http"))?,
        );
    }
    on_site(base, text).ok()
}

/// Whether an address is only reachable from the machine itself.
pub fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(url::Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(url::Host::Ipv4(address)) => address.is_loopback() || address.is_unspecified(),
        Some(url::Host::Ipv6(address)) => address.is_loopback() || address.is_unspecified(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn base(url: &str) -> Url {
        Url::parse(url).expect("a URL")
    }

    #[test]
    fn paths_on_the_site() {
        let check = |path: &str, expected: &str| {
            let found = on_site(&base("https://example.gov/blog/"), path);
            let found = found.map_or_else(|e| format!("{e:?}"), |url| url.to_string());
            assert_eq!(found, expected, "{path}");
        };
        check("/a/b/", "https://example.gov/blog/a/b/");
        check("a/b", "https://example.gov/blog/a/b");
        check("//", "NoUrl");
        check("/", "https://example.gov/blog/");
        check("", "https://example.gov/blog/");
        check("/a//b/./c.html", "https://example.gov/blog/a/b/c.html");
        check("/a b/ü/", "https://example.gov/blog/a%20b/%C3%BC/");
        check("/a%20b/%c3%bc", "https://example.gov/blog/a%20b/%C3%BC");
        check("/100%/", "https://example.gov/blog/100%25/");
        check("/a?b#c", "https://example.gov/blog/a%3Fb%23c");
        check("/a|b[c]{d}", "https://example.gov/blog/a%7Cb%5Bc%5D%7Bd%7D");
        check("/../../etc/passwd", "Climbs");
        check("/a/%2e%2E/b", "Climbs");
        check("/a/..\\b", "Climbs");
        check("/.\t./.\t./etc", "Climbs");
        check("/a/..b", "https://example.gov/blog/a/..b");
        check("https://example.gov/blog/x", "https://example.gov/blog/x");
        check("https://example.gov/other", "OtherSite");
        check("https://evil.example/x", "OtherSite");
        check("//evil.example/x", "OtherSite");
        check(
            "javascript:alert(1)",
            "https://example.gov/blog/javascript:alert(1)",
        );
    }

    proptest! {
        #[test]
        fn plain_paths_mean_themselves(path in "[/.a-zA-Z0-9_-]{0,9}", below in any::<bool>()) {
            let base = base(if below { "https://example.gov/blog/" } else { "https://example.gov/" });
            prop_assert_eq!(on_site(&base, &path), any_on_site(&base, &path));
        }
    }
}
