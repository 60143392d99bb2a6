//! Redirects for old addresses of feeds, in the languages of servers: RFC 9110 sections 15.4.2
//! (301, moved) and 15.5.11 (410, gone).

use std::fmt::Write;

use feedwright_site::config::Host;
use percent_encoding::percent_decode_str;

/// An old address, and the one that takes its place, if any does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Redirect {
    /// Path from the root of the host, percent-encoded.
    pub(crate) from: String,
    /// Where it leads: an absolute URL, or a path from the root. None: it is gone for good.
    pub(crate) to: Option<String>,
}

/// The first line of a file of redirects that is ours. What people put into a file of their own
/// has it not, as it is not to be replaced.
pub(crate) const HEAD: &str = "# generator: feedwright; what is added here is lost\n";

/// The redirects in the language of a host, ordered by old address.
///
/// `name` is that of nginx's variable: of two maps with one name, the later one alone counts.
pub(crate) fn text(redirects: &[Redirect], host: Host, name: &str) -> String {
    let mut redirects: Vec<_> = redirects.iter().collect();
    redirects.sort_by(|one, other| one.from.cmp(&other.from));
    let rules = redirects.into_iter().map(|Redirect { from, to }| {
        let to = to.as_deref().map(safe);
        match host {
            Host::Netlify => netlify(&safe(from), to.as_deref()),
            Host::Nginx => nginx(from, to.as_deref()),
            Host::Apache => apache(from, to.as_deref()),
        }
    });
    let rules: String = rules.collect();
    match host {
        Host::Netlify | Host::Apache => rules,
        Host::Nginx => format!("{}map $uri ${name} {{\n{rules}}}\n", nginx_head(name)),
    }
}

/// How the map is used, for whoever opens it.
fn nginx_head(name: &str) -> String {
    format!(
        "# Include this file in `http`, and put these two lines into `server`:\n\
         #     if (${name} = 410) {{ return 410; }}\n\
         #     if (${name}) {{ return 301 ${name}; }}\n"
    )
}

/// A rule of `_redirects`. A file that is still there is served instead, but on Cloudflare Pages.
/// `301!` would overrule it, on Netlify alone: the others ignore such a line. They ignore one with
/// 410, too, and answer 404. Netlify wants a page for it.
fn netlify(from: &str, to: Option<&str>) -> String {
    match to {
        Some(to) => format!("{from} {to} 301\n"),
        None => format!("{from} /404.html 410\n"),
    }
}

/// An entry of a map. Plain keys of maps ignore case and must be short, regular expressions are
/// exact.
fn nginx(from: &str, to: Option<&str>) -> String {
    let from = expression(from);
    match to {
        Some(to) => format!("    \"~{from}\" \"{to}\";\n"),
        None => format!("    \"~{from}\" 410;\n"),
    }
}

/// A directive of mod_alias. `Redirect` takes along what lies below a path, which is nothing if the
/// path is one of a file; `RedirectMatch` is exact, but encodes its target itself.
fn apache(from: &str, to: Option<&str>) -> String {
    let status = if to.is_some() { 301 } else { 410 };
    let name = from.rsplit('/').next().unwrap_or_default();
    let is_plain = |byte: u8| byte >= b' ' && byte != 0x7f && !b"\"\\$".contains(&byte);
    let (directive, from, to) = match percent_decode_str(from).decode_utf8() {
        Ok(path) if name.contains('.') && path.bytes().all(is_plain) => {
            ("Redirect", path.into_owned(), to.map(str::to_owned))
        }
        _ => ("RedirectMatch", expression(from), to.map(readable)),
    };
    match to {
        Some(to) => format!("{directive} {status} \"{from}\" \"{to}\"\n"),
        None => format!("{directive} {status} \"{from}\"\n"),
    }
}

/// An address in which nothing is left that any host reads as a sign of its own: `*` and `:name`
/// are placeholders of `_redirects`, `$` is one of nginx and Apache, and white space, quotes and
/// backslashes part arguments. What is percent-encoded stays so.
fn safe(address: &str) -> String {
    let (scheme, rest) = match address.split_once("://") {
        Some((scheme @ ("http" | "https"), rest)) => (format!("{scheme}://"), rest),
        _ => (String::new(), address),
    };
    let (host, path) = match rest.split_once('/') {
        Some((host, path)) if !scheme.is_empty() => (format!("{host}/"), path),
        _ => (String::new(), rest),
    };
    let mut safe = scheme;
    // The port is the only thing that has a colon.
    encode(&host, b"-._~:[]/", &mut safe);
    encode(path, b"-._~/!&'()+,;=@?%", &mut safe);
    safe
}

/// Percent-encodes all bytes but letters, digits and those that are kept. A percent sign is kept
/// where it stands for a byte.
fn encode(text: &str, kept: &[u8], encoded: &mut String) {
    let bytes = text.as_bytes();
    for (at, &byte) in bytes.iter().enumerate() {
        let is_escape = |pair: &[u8]| pair.iter().take(2).all(u8::is_ascii_hexdigit);
        let stays = match byte {
            b'%' => bytes.get(at + 1..at + 3).is_some_and(is_escape),
            _ => byte.is_ascii_alphanumeric() || kept.contains(&byte),
        };
        if stays && byte.is_ascii() {
            encoded.push(char::from(byte));
        } else {
            // Writing to memory does not fail.
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
}

/// An address with blanks and characters beyond ASCII as they are, where they can be.
fn readable(address: &str) -> String {
    let mut readable = String::with_capacity(address.len());
    for (at, part) in address.split('/').enumerate() {
        if at > 0 {
            readable.push('/');
        }
        match percent_decode_str(part).decode_utf8() {
            Ok(text) if text.chars().all(is_plain) => {
                readable.push_str(&text);
            }
            _ => readable.push_str(part),
        }
    }
    readable
}

/// Whether a character means nothing to Apache between quotes.
fn is_plain(c: char) -> bool {
    c.is_ascii_alphanumeric() || " -._~:@!'()+,;=".contains(c) || (!c.is_ascii() && !c.is_control())
}

/// The regular expression of a path that was percent-encoded, which servers compare with the path
/// decoded. All signs are written by their number, so that none means anything.
fn expression(path: &str) -> String {
    let mut expression = "^".to_owned();
    for byte in percent_decode_str(path) {
        match byte {
            b'/' | b'-' | b'_' => expression.push(char::from(byte)),
            b'.' => expression.push_str("\\."),
            _ if byte.is_ascii_alphanumeric() => expression.push(char::from(byte)),
            // Writing to memory does not fail.
            _ => {
                let _ = write!(expression, "\\x{byte:02X}");
            }
        }
    }
    expression.push('$');
    expression
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAME: &str = "feed_moved";

    fn redirect(from: &str, to: Option<&str>) -> Redirect {
        Redirect {
            from: from.to_owned(),
            to: to.map(str::to_owned),
        }
    }

    /// An address, and its rule for each host.
    const RULES: [(&str, Option<&str>, [&str; 3]); 10] = [
        (
            "/tags/old/rss.xml",
            Some("https://www.example.gov/tags/new/rss.xml"),
            [
                "/tags/old/rss.xml https://www.example.gov/tags/new/rss.xml 301",
                r#""~^/tags/old/rss\.xml$" "https://www.example.gov/tags/new/rss.xml";"#,
                r#"Redirect 301 "/tags/old/rss.xml" "https://www.example.gov/tags/new/rss.xml""#,
            ],
        ),
        (
            "/gone.xml",
            None,
            [
                "/gone.xml /404.html 410",
                r#""~^/gone\.xml$" 410;"#,
                r#"Redirect 410 "/gone.xml""#,
            ],
        ),
        // A folder's address is that of nothing below it.
        (
            "/feed/",
            Some("/feed/caf%C3%A9%20au.xml"),
            [
                "/feed/ /feed/caf%C3%A9%20au.xml 301",
                r#""~^/feed/$" "/feed/caf%C3%A9%20au.xml";"#,
                r#"RedirectMatch 301 "^/feed/$" "/feed/café au.xml""#,
            ],
        ),
        (
            "/caf%C3%A9%20+.xml",
            Some("https://[::1]:8443/a%20b/%E2%82%AC.xml"),
            [
                "/caf%C3%A9%20+.xml https://[::1]:8443/a%20b/%E2%82%AC.xml 301",
                r#""~^/caf\xC3\xA9\x20\x2B\.xml$" "https://[::1]:8443/a%20b/%E2%82%AC.xml";"#,
                r#"Redirect 301 "/café +.xml" "https://[::1]:8443/a%20b/%E2%82%AC.xml""#,
            ],
        ),
        // Bytes that are no text.
        (
            "/%FF.xml",
            None,
            [
                "/%FF.xml /404.html 410",
                r#""~^/\xFF\.xml$" 410;"#,
                r#"RedirectMatch 410 "^/\xFF\.xml$""#,
            ],
        ),
        // A line's end, written out or not.
        (
            "/a%0Aevil.xml",
            Some("/b\r\n/evil /x 200"),
            [
                "/a%0Aevil.xml /b%0D%0A/evil%20/x%20200 301",
                r#""~^/a\x0Aevil\.xml$" "/b%0D%0A/evil%20/x%20200";"#,
                r#"RedirectMatch 301 "^/a\x0Aevil\.xml$" "/b%0D%0A/evil /x 200""#,
            ],
        ),
        (
            "/a.xml\n/evil /x 200",
            None,
            [
                "/a.xml%0A/evil%20/x%20200 /404.html 410",
                r#""~^/a\.xml\x0A/evil\x20/x\x20200$" 410;"#,
                r#"RedirectMatch 410 "^/a\.xml\x0A/evil\x20/x\x20200$""#,
            ],
        ),
        // Placeholders and wildcards.
        (
            "/*/:name.xml",
            Some("https://www.example.gov/:splat/$1/${PATH}/%{HOST}"),
            [
                "/%2A/%3Aname.xml \
                 https://www.example.gov/%3Asplat/%241/%24%7BPATH%7D/%25%7BHOST%7D 301",
                "\"~^/\\x2A/\\x3Aname\\.xml$\" \
                 \"https://www.example.gov/%3Asplat/%241/%24%7BPATH%7D/%25%7BHOST%7D\";",
                "Redirect 301 \"/*/:name.xml\" \
                 \"https://www.example.gov/%3Asplat/%241/%24%7BPATH%7D/%25%7BHOST%7D\"",
            ],
        ),
        // Quotes, backslashes, ends of directives and comments.
        (
            "/\"; } # \\${X}.xml",
            Some("/\"; } return 200 \\"),
            [
                "/%22;%20%7D%20%23%20%5C%24%7BX%7D.xml /%22;%20%7D%20return%20200%20%5C 301",
                r#""~^/\x22\x3B\x20\x7D\x20\x23\x20\x5C\x24\x7BX\x7D\.xml$" "/%22;%20%7D%20return%20200%20%5C";"#,
                r#"RedirectMatch 301 "^/\x22\x3B\x20\x7D\x20\x23\x20\x5C\x24\x7BX\x7D\.xml$" "/%22;%20%7D%20return%20200%20%5C""#,
            ],
        ),
        // A percent sign that is none.
        (
            "/100%.xml",
            Some("/100%25.xml?a=%zz"),
            [
                "/100%25.xml /100%25.xml?a=%25zz 301",
                r#""~^/100\x25\.xml$" "/100%25.xml?a=%25zz";"#,
                r#"Redirect 301 "/100%.xml" "/100%25.xml?a=%25zz""#,
            ],
        ),
    ];

    #[test]
    fn each_address_is_one_rule_for_each_host() {
        for (from, to, rules) in RULES {
            let redirects = [redirect(from, to)];
            let [netlify, nginx, apache] = rules;
            assert_eq!(
                text(&redirects, Host::Netlify, NAME),
                format!("{netlify}\n")
            );
            let map = format!(
                "{}map $uri $feed_moved {{\n    {nginx}\n}}\n",
                nginx_head(NAME)
            );
            assert_eq!(text(&redirects, Host::Nginx, NAME), map);
            assert_eq!(text(&redirects, Host::Apache, NAME), format!("{apache}\n"));
        }
    }

    #[test]
    fn rules_are_ordered_by_old_address() {
        let redirects = [redirect("/b.xml", None), redirect("/a.xml", Some("/c.xml"))];
        assert_eq!(
            text(&redirects, Host::Netlify, NAME),
            "/a.xml /c.xml 301\n/b.xml /404.html 410\n"
        );
    }

    #[test]
    fn a_map_without_entries_is_still_one() {
        assert!(text(&[], Host::Nginx, NAME).ends_with("map $uri $feed_moved {\n}\n"));
        assert_eq!(text(&[], Host::Apache, NAME), "");
    }
}
