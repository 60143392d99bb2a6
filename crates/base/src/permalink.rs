//! Where a post stands on the site: patterns and paths to absolute URLs.

use std::borrow::Cow;
use std::path::{Component, Path};

use chrono::{Datelike, NaiveDateTime};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use url::Url;

use crate::slug;
use crate::text;

/// What the placeholders of a permalink pattern stand for.
pub struct Parts<'a> {
    /// The post's time on the site's calendar: `:year`, `:month`, `:day` and so on.
    pub published: NaiveDateTime,
    /// The slug from front matter or file name: `:title` keeps its case, `:slug` does not.
    pub slug: &'a str,
    /// The file's name without folder and extension: `:name`.
    pub name: &'a str,
    /// The file's path within its content folder, without extension: `:path`, which few have.
    pub path: &'a dyn Fn() -> String,
    pub collection: &'a str,
    pub categories: &'a [String],
}

/// Refuses a pattern that is longer than any address: what it names would be repeated.
pub fn bounded(pattern: &str) -> Result<(), String> {
    const LONGEST: usize = 1_000;
    if pattern.len() > LONGEST {
        return Err(format!("{}…", &pattern[..pattern.floor_char_boundary(40)]));
    }
    Ok(())
}

/// Fills in a pattern. `Err` names a placeholder that does not exist.
pub fn expand(pattern: &str, parts: &Parts<'_>) -> Result<String, String> {
    bounded(pattern)?;
    let mut path = String::with_capacity(pattern.len() + parts.slug.len());
    let mut rest = pattern;
    while let Some(colon) = rest.find(':') {
        path.push_str(&rest[..colon]);
        rest = &rest[colon + 1..];
        let end = rest
            .find(|c: char| !(c.is_ascii_lowercase() || c == '_'))
            .unwrap_or(rest.len());
        // The longest known name wins, so that `:year_archive` is a year and a word.
        let known = (1..=end)
            .rev()
            .find_map(|length| Some((length, placeholder(&rest[..length], parts)?)));
        match known {
            Some((length, value)) => {
                path.extend(utf8_percent_encode(&value, PATH));
                rest = &rest[length..];
                // A post without categories leaves no empty segment.
                if value.is_empty() && path.ends_with('/') {
                    rest = rest.strip_prefix('/').unwrap_or(rest);
                }
            }
            None if end == 0 => path.push(':'),
            None => return Err(rest[..end].to_owned()),
        }
    }
    path.push_str(rest);
    Ok(path)
}

fn placeholder(name: &str, parts: &Parts<'_>) -> Option<String> {
    let day = parts.published;
    let format = match name {
        // Most patterns have these, and reading a format takes its time.
        "year" if (1000..10_000).contains(&day.year()) => return Some(day.year().to_string()),
        "month" => return Some(format!("{:02}", day.month())),
        "day" => return Some(format!("{:02}", day.day())),
        "year" => "%Y",
        "short_year" => "%y",
        "i_month" => "%-m",
        "short_month" => "%b",
        "long_month" => "%B",
        "i_day" => "%-d",
        "y_day" => "%j",
        "week" => "%V",
        "w_year" => "%G",
        "w_day" => "%u",
        "short_day" => "%a",
        "long_day" => "%A",
        "hour" => "%H",
        "minute" => "%M",
        "second" => "%S",
        "title" => return Some(slug::jekyll(parts.slug, true, true)),
        "slug" => return Some(slug::jekyll(parts.slug, false, false)),
        "name" => return Some(slug::jekyll(parts.name, false, false)),
        "path" => return Some((parts.path)()),
        "collection" => return Some(parts.collection.to_owned()),
        "categories" => return Some(unique(parts.categories, |name| name.to_lowercase())),
        "slugified_categories" => {
            return Some(unique(parts.categories, |name| {
                slug::jekyll(name, false, false)
            }));
        }
        "output_ext" => return Some(".html".to_owned()),
        _ => return None,
    };
    Some(day.format(format).to_string())
}

fn unique(names: &[String], map: impl Fn(&str) -> String) -> String {
    let mut path: Vec<String> = Vec::new();
    for name in names {
        let name = map(name);
        if !path.contains(&name) {
            path.push(name);
        }
    }
    path.join("/")
}

/// What a path has as it is (RFC 3986 section 3.3), and `/`.
const PATH: &AsciiSet = &NON_ALPHANUMERIC
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

/// Percent-encodes what may not stand in a path, keeping `/`.
pub fn encode(text: &str) -> String {
    utf8_percent_encode(text, PATH).to_string()
}

/// An id with everything percent-encoded that no id can have: what XML forbids, controls, and
/// blanks at its ends.
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

/// The reverse of percent-encoding, where that gives UTF-8.
pub fn decode(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let byte = match (bytes[at], hex_pair(bytes, at + 1)) {
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

/// The IRI of a URL (RFC 3987 section 3.2): characters beyond ASCII stand for themselves. `None`
/// where some of them could not be told from nothing.
pub fn iri(url: &str) -> Option<String> {
    let ascii = |byte: u8| byte < 0x80;
    let mut parts = url.split('%');
    let mut bytes = parts.next()?.as_bytes().to_vec();
    for part in parts {
        match hex_pair(part.as_bytes(), 0) {
            Some(byte) if !ascii(byte) => {
                bytes.push(byte);
                bytes.extend_from_slice(&part.as_bytes()[2..]);
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

/// As [`on_site`], for paths of all kinds.
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

/// Whether a path is nothing but letters, digits and hyphens between single slashes, as most are:
/// it means itself. A full stop may stand within a segment.
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
        text[at + 3..]
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
    while at < bytes.len() {
        let byte = bytes[at];
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

/// Whether RFC 3986 allows a byte nowhere behind the authority, though URLs have it there.
fn is_refused(byte: u8) -> bool {
    matches!(
        byte,
        b'[' | b']' | b'{' | b'}' | b'|' | b'\\' | b'^' | b'`' | b'"' | b'<' | b'>' | b' '
    )
}

/// The slug and date of a file name such as `2021-12-13-title.md`: year, month and day as
/// written, and what follows them. Jekyll's rule, which other generators share.
pub fn dated_name(stem: &str) -> Option<(&str, &str)> {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let year = digits(stem);
    let rest = stem.get(year..)?.strip_prefix('-')?;
    let month = digits(rest);
    let rest = rest.get(month..)?.strip_prefix('-')?;
    let day = digits(rest);
    let slug = rest.get(day..)?.strip_prefix('-')?;
    let fits = (2..=4).contains(&year) && (1..=2).contains(&month) && (1..=2).contains(&day);
    fits.then(|| (&stem[..stem.len() - slug.len() - 1], slug))
}

/// The day that a text begins with, in the one shape `2021-12-13`; whether the calendar has it
/// is for the dates to say.
pub fn iso_day(text: &str) -> Option<&str> {
    let day = text.get(..10)?;
    let is_day = day.bytes().enumerate().all(|(at, byte)| match at {
        4 | 7 => byte == b'-',
        _ => byte.is_ascii_digit(),
    });
    is_day.then_some(day)
}

/// A path with `/` between its parts on every system.
pub fn slashed(path: &Path) -> String {
    let parts = path.components().map(|part| match part {
        // What joins the parts stands before the first one too.
        Component::RootDir => Cow::Borrowed(""),
        part => part.as_os_str().to_string_lossy(),
    });
    parts.collect::<Vec<_>>().join("/")
}

/// Whether nobody else can reach an address.
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
    fn ids_can_stand_in_feeds() {
        for (id, expected) in [
            ("tag:example.gov,2021:/a b/ü", "tag:example.gov,2021:/a b/ü"),
            ("tag:\u{1}\u{fffe}\u{85}", "tag:%01%EF%BF%BE%C2%85"),
            (" a \u{a0}", "%20a%20%C2%A0"),
        ] {
            assert_eq!(encode_id(id), expected, "{id:?}");
        }
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

        /// What needs no encoding is not parsed again.
        #[test]
        fn strict_urls_are_as_they_would_be_parsed(
            link in "((https?|mailto|tel|irc|xmpp|sip|geo|ftp|news|webcal):)?([/\\.:@?#%\\\\]|[a-z0-9 ]{1,3}|ü|\\[|%2[ef]|\\.\\.){0,9}"
        ) {
            if let Ok(url) = base("https://example.gov/blog/").join(&link) {
                let strict = strict(&url);
                let again = strict.as_ref().and_then(|url| Url::parse(url.as_str()).ok());
                prop_assert_eq!(again, strict);
            }
        }
    }

    #[test]
    fn patterns() {
        let categories = ["News".to_owned(), "A b".to_owned()];
        let parts = Parts {
            published: chrono::NaiveDate::from_ymd_opt(2021, 3, 5)
                .and_then(|day| day.and_hms_opt(9, 7, 1))
                .expect("a time"),
            slug: "Hello-World",
            name: "2021-03-05-Hello-World",
            path: &|| "x/Hello".to_owned(),
            collection: "posts",
            categories: &categories,
        };
        let check = |pattern: &str, expected: &str| {
            let found = expand(pattern, &parts).unwrap_or_else(|name| format!("no :{name}"));
            assert_eq!(found, expected, "{pattern}");
        };
        check(
            "/:categories/:year/:month/:day/:title:output_ext",
            "/news/a%20b/2021/03/05/Hello-World.html",
        );
        check("/:slugified_categories/:slug/", "/news/a-b/hello-world/");
        check("/:short_year/:i_month/:i_day/:y_day", "/21/3/5/064");
        check(
            "/:w_year/W:week/:short_day/:long_day/:w_day",
            "/2021/W09/Fri/Friday/5",
        );
        check(
            "/:hour:minute:second/:short_month-:long_month",
            "/090701/Mar-March",
        );
        check(
            "/:collection/:path/:name",
            "/posts/x/Hello/2021-03-05-hello-world",
        );
        check("/a:/b", "/a:/b");
        check("/:nonsense/", "no :nonsense");
    }

    #[test]
    fn dated_names() {
        assert_eq!(dated_name("2022-6-16-tmf"), Some(("2022-6-16", "tmf")));
        assert_eq!(dated_name("2022-06-16-"), Some(("2022-06-16", "")));
        assert_eq!(dated_name("2022-06-16"), None);
        assert_eq!(dated_name("20220-06-16-x"), None);
        assert_eq!(dated_name("about"), None);
    }
}
