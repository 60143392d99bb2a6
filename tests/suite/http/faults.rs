//! What can be wrong with a delivery: one row, one fault.

use super::server::{Answering, Asked, LENGTH, MODIFIED, Reply, good, page, rss};

/// Where a feed is asked for, how it is answered, and what is to be found.
pub type Fault = (&'static str, Answering, &'static [&'static str]);

/// A good answer to all but the feed, of which a function says the answer.
macro_rules! feed {
    (|$asked:ident| $answer:expr) => {
        |$asked: &Asked| {
            if $asked.path == "/feed.xml" {
                $answer
            } else {
                good($asked)
            }
        }
    };
}

/// Redirects by their paths, and good answers otherwise.
macro_rules! redirects {
    ($($from:literal $status:literal $to:literal),+) => {
        |asked: &Asked| match asked.path.as_str() {
            $($from => Reply::new($status, "").with("Location", $to),)+
            _ => good(asked),
        }
    };
}

fn json(asked: &Asked) -> Reply {
    match asked.path.as_str() {
        "/feed.json" => good(asked).without("Access-Control-Allow-Origin"),
        _ => good(asked),
    }
}

fn is_conditional(asked: &Asked) -> bool {
    asked.get("if-none-match").is_some() || asked.get("if-modified-since").is_some()
}

/// The feed with another text in it.
fn changed(asked: &Asked, from: &str, to: &str) -> Reply {
    let mut reply = good(asked);
    let text = String::from_utf8(reply.body).expect("a text");
    reply.body = text.replace(from, to).into_bytes();
    reply
}

/// Apache with mod_deflate: the tag has an ending that is not known any more.
fn gzip_tags(asked: &Asked) -> Reply {
    let reply = match asked.get("if-none-match") {
        Some(tag) if tag.contains("-gzip") => {
            good(&asked.without("if-none-match").without("if-modified-since"))
        }
        _ => good(asked),
    };
    let is_gzip = reply.get("content-encoding").is_some();
    reply.with("ETag", if is_gzip { "\"v1-gzip\"" } else { "\"v1\"" })
}

fn big(asked: &Asked) -> Reply {
    let mut reply = good(asked);
    if reply.status == 200 {
        reply.body.extend(vec![b' '; 6_000_000]);
    }
    reply
}

fn reader_refused(asked: &Asked) -> Reply {
    if asked.is_of("Feedly") {
        return Reply::new(403, "No.");
    }
    good(asked)
}

fn all_but_browsers_refused(asked: &Asked) -> Reply {
    if asked.is_of("Firefox") {
        return good(asked);
    }
    Reply::new(403, "No.")
}

/// Faults that a HAR file has as well.
pub const RECORDED: &[Fault] = &[
    (
        "/old",
        redirects!("/old" 302 "/feed.xml"),
        &["http-redirect-temporary"],
    ),
    (
        "/a",
        redirects!("/a" 301 "/b", "/b" 308 "/feed.xml"),
        &["http-redirect-chain"],
    ),
    (
        "/a",
        redirects!("/a" 301 "/b", "/b" 301 "/a"),
        &["http-redirect-loop"],
    ),
    (
        "/a",
        redirects!(
            "/a" 301 "/b", "/b" 301 "/c", "/c" 301 "/d", "/d" 301 "/e", "/e" 301 "/f", "/f" 301 "/g"
        ),
        &["http-redirect-long"],
    ),
    (
        "/feed.xml",
        feed!(|_asked| Reply::new(301, "")),
        &["http-redirect-nowhere"],
    ),
    ("/none.xml", good, &["http-status"]),
    (
        "/feed.xml",
        feed!(|_asked| Reply::new(410, "")),
        &["http-status"],
    ),
    (
        "/feed.xml",
        feed!(|_asked| Reply::new(204, "")),
        &["http-status"],
    ),
    (
        "/feed.xml",
        feed!(|_asked| Reply::new(503, "")),
        &["http-retry-after", "http-status"],
    ),
    (
        "/feed.xml",
        feed!(|_asked| Reply::new(429, "").with("Retry-After", "soon")),
        &["http-retry-after", "http-status"],
    ),
    (
        "/feed.xml",
        feed!(|_asked| Reply::new(429, "").with("Retry-After", "60")),
        &["http-status"],
    ),
    (
        "/feed.xml",
        feed!(|_asked| Reply::new(200, "").with("Content-Type", "application/rss+xml")),
        &["http-empty"],
    ),
    (
        "/feed.xml",
        feed!(|_asked| Reply::new(200, page(""))),
        &["http-page"],
    ),
    (
        "/feed.xml",
        feed!(|asked| match asked.method.as_str() {
            "HEAD" => Reply::new(405, ""),
            _ => good(asked),
        }),
        &["http-head"],
    ),
    (
        "/feed.xml",
        feed!(|asked| match asked.method.as_str() {
            "HEAD" => good(asked).with("Content-Type", "text/plain"),
            _ => good(asked),
        }),
        &["http-head"],
    ),
    (
        "/feed.xml",
        feed!(|asked| good(asked).without("Content-Type")),
        &["http-type-missing"],
    ),
    (
        "/feed.xml",
        feed!(|asked| good(asked).with("Content-Type", "text/html")),
        &["http-type-html"],
    ),
    (
        "/feed.xml",
        feed!(|asked| good(asked).with("Content-Type", "text/plain")),
        &["http-type-wrong"],
    ),
    (
        "/feed.xml",
        feed!(|asked| good(asked).with("Content-Type", "application/atom+xml")),
        &["http-type-wrong"],
    ),
    (
        "/feed.xml",
        feed!(|asked| good(asked).with("Content-Type", "text/xml")),
        &["http-type-generic"],
    ),
    (
        "/feed.xml",
        feed!(|asked| good(asked).with("Content-Type", "application/rss+xml; charset=ISO-8859-1")),
        &["http-charset"],
    ),
    (
        "/feed.xml",
        feed!(
            |asked| good(&asked.without("if-modified-since").without("if-none-match"))
                .without("ETag")
                .without("Last-Modified")
        ),
        &["http-validator-missing"],
    ),
    (
        "/feed.xml",
        feed!(|asked| match asked.get("if-none-match") {
            Some(tag) if tag.contains("v1") => {
                let mut same = good(&asked.without("if-none-match"));
                same.status = 304;
                same.with("ETag", "v1")
            }
            _ => good(asked).with("ETag", "v1"),
        }),
        &["http-etag-malformed"],
    ),
    (
        "/feed.xml",
        feed!(|asked| match asked.get("if-modified-since") {
            None => good(&asked.without("if-none-match")),
            Some(_) => good(asked),
        }),
        &["http-etag-ignored"],
    ),
    (
        "/feed.xml",
        feed!(|asked| gzip_tags(asked)),
        &["http-etag-gzip"],
    ),
    (
        "/feed.xml",
        feed!(|asked| good(&asked.without("if-none-match"))
            .without("Last-Modified")
            .with("ETag", &format!("\"{}\"", asked.before))),
        &["http-etag-unstable"],
    ),
    (
        "/feed.xml",
        feed!(|asked| match asked.get("if-none-match") {
            Some(tag) if tag.starts_with("W/") => good(&asked.without("if-none-match")),
            _ => good(asked),
        }),
        &["http-etag-strong"],
    ),
    (
        "/feed.xml",
        feed!(|asked| {
            let asked = asked.without("if-none-match").without("if-modified-since");
            changed(&asked, "News –", &format!("News {} –", asked.before))
        }),
        &["http-unstable"],
    ),
    (
        "/feed.xml",
        feed!(|asked| {
            let mut reply = good(&asked.without("if-none-match"));
            if asked.get("if-modified-since") == Some("2024-12-31") {
                reply.status = 304;
            }
            reply.without("ETag").with("Last-Modified", "2024-12-31")
        }),
        &["http-modified-malformed"],
    ),
    (
        "/feed.xml",
        feed!(|asked| {
            let later = "Fri, 03 Jan 2025 00:00:00 GMT";
            let mut reply = good(&asked.without("if-none-match"));
            if asked.get("if-modified-since") == Some(later) {
                reply.status = 304;
            }
            reply.without("ETag").with("Last-Modified", later)
        }),
        &["http-modified-future"],
    ),
    (
        "/feed.xml",
        feed!(|asked| good(&asked.without("if-modified-since"))),
        &["http-modified-ignored"],
    ),
    (
        "/feed.xml",
        feed!(|asked| {
            let time = format!("Tue, 31 Dec 2024 08:00:{:02} GMT", asked.before);
            good(&asked.without("if-modified-since").without("if-none-match"))
                .without("ETag")
                .with("Last-Modified", &time)
        }),
        &["http-modified-unstable"],
    ),
    (
        "/feed.xml",
        feed!(
            |asked| match (asked.get("if-none-match"), asked.get("if-modified-since")) {
                (Some(_), Some(_)) =>
                    good(&asked.without("if-none-match").without("if-modified-since")),
                _ => good(asked),
            }
        ),
        &["http-both-ignored"],
    ),
    (
        "/feed.xml",
        feed!(|asked| match asked.get("if-modified-since") {
            Some(MODIFIED) => good(&asked.without("if-none-match")),
            _ => good(asked),
        }),
        &["http-precedence"],
    ),
    (
        "/feed.xml",
        feed!(|asked| match good(asked) {
            reply if reply.status == 304 => reply.without("ETag"),
            reply => reply,
        }),
        &["http-304-etag"],
    ),
    (
        "/feed.xml",
        feed!(|asked| if is_conditional(asked) {
            Reply::new(500, "")
        } else {
            good(asked)
        }),
        &["http-condition-status"],
    ),
    (
        "/feed.xml",
        feed!(|asked| good(asked).with("Cache-Control", "private, no-store")),
        &["http-cache-forbidden"],
    ),
    (
        "/feed.xml",
        feed!(|asked| good(asked).with("Cache-Control", "public, max-age=604800")),
        &["http-cache-long"],
    ),
    (
        "/feed.xml",
        feed!(|asked| good(asked)
            .without("Cache-Control")
            .with("Expires", "Wed, 08 Jan 2025 00:00:00 GMT")),
        &["http-cache-long"],
    ),
    (
        "/feed.xml",
        feed!(|asked| good(asked).without("Cache-Control")),
        &["http-cache-unsaid"],
    ),
    (
        "/feed.xml",
        feed!(|asked| good(asked).with("Set-Cookie", "a=b")),
        &["http-cookie"],
    ),
    (
        "/feed.xml",
        feed!(|asked| good(&asked.without("accept-encoding"))),
        &["http-uncompressed"],
    ),
    (
        "/feed.xml",
        feed!(|asked| good(asked).without("Vary")),
        &["http-vary-missing"],
    ),
    (
        "/feed.xml",
        feed!(|asked| match good(asked) {
            reply if reply.status == 200 => reply.with("Content-Encoding", "gzip"),
            reply => reply,
        }),
        &["http-encoding-unasked"],
    ),
    (
        "/feed.xml",
        feed!(|asked| changed(asked, &format!("\"{LENGTH}\""), "\"12\"")),
        &["http-enclosure-length"],
    ),
    (
        "/feed.xml",
        feed!(|asked| changed(asked, "audio/mpeg", "audio/ogg")),
        &["http-enclosure-type"],
    ),
    (
        "/feed.xml",
        feed!(|asked| changed(asked, "/a.mp3", "/b.mp3")),
        &["http-enclosure-status"],
    ),
    (
        "/feed.xml",
        |asked| match asked.path.as_str() {
            "/a.mp3" => good(&asked.without("range")),
            _ => good(asked),
        },
        &["http-enclosure-ranges"],
    ),
    (
        "/feed.xml",
        feed!(|asked| reader_refused(asked)),
        &["http-wall"],
    ),
    (
        "/feed.xml",
        feed!(|asked| all_but_browsers_refused(asked)),
        &["http-wall"],
    ),
    (
        "/feed.xml",
        feed!(|_asked| Reply::new(200, page("<title>Just a moment...</title>"))),
        &["http-wall"],
    ),
    ("/feed.json", json, &["http-cors"]),
    (
        "/feed.xml",
        feed!(|asked| good(asked).with("Link", "<https://hub.example/>; rel=\"hub\"")),
        &["http-hub-self"],
    ),
    (
        "/feed.xml",
        feed!(|asked| changed(asked, "/feed.xml\"", "/rss.xml\"")),
        &["http-self-differs"],
    ),
    (
        "/feed.xml",
        |asked| match asked.path.as_str() {
            "/" => Reply::new(404, "There is nothing."),
            _ => good(asked),
        },
        &["http-home"],
    ),
    (
        "/feed.xml",
        |asked| match asked.path.as_str() {
            "/" => Reply::new(200, page("")).with("Content-Type", "text/html"),
            _ => good(asked),
        },
        &["http-undiscovered"],
    ),
    ("/feed.xml", feed!(|asked| big(asked)), &["http-large"]),
];

/// Faults of which a HAR file says nothing.
pub const LIVE: &[Fault] = &[
    (
        "/feed.xml",
        feed!(|asked| {
            let mut reply = good(asked);
            reply.excess = 100;
            reply
        }),
        &["http-cut"],
    ),
    (
        "/feed.xml",
        feed!(|asked| {
            let mut reply = good(asked);
            if reply.get("content-encoding").is_some() {
                reply.sent = Some(rss(&asked.base).into_bytes());
            }
            reply
        }),
        &["http-encoding-broken"],
    ),
];
