//! The lines that mend a delivery, for common servers and hosts.

use feedwright_feed::Format;

use super::super::dialogue::Headers;
use super::media_type::types;

/// A program or a host that delivers feeds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Server {
    Nginx,
    Apache,
    Caddy,
    Netlify,
    Cloudflare,
    S3,
}

use Server::{Apache, Caddy, Cloudflare, Netlify, Nginx, S3};

impl Server {
    /// Who answers, by its own words.
    pub(super) fn of(headers: &Headers) -> Option<Self> {
        let name = headers
            .get("server")
            .unwrap_or_default()
            .to_ascii_lowercase();
        let known = [
            ("cloudflare", Cloudflare),
            ("netlify", Netlify),
            ("amazons3", S3),
            ("nginx", Nginx),
            ("openresty", Nginx),
            ("apache", Apache),
            ("litespeed", Apache),
            ("caddy", Caddy),
        ];
        let known = known.into_iter().find(|(word, _)| name.contains(word));
        known.map(|(_, server)| server)
    }

    fn name(self) -> &'static str {
        match self {
            Nginx => "nginx",
            Apache => "Apache",
            Caddy => "Caddy",
            Netlify => "Netlify (`_headers`)",
            Cloudflare => "Cloudflare",
            S3 => "S3",
        }
    }
}

/// A line of one server. `PATH` and `TYPE` stand for those of the feed.
type Line = (Server, &'static str);

/// What gives a feed its media type.
const TYPE: &[Line] = &[
    (Nginx, "location = PATH { types {} default_type TYPE; }"),
    (
        Apache,
        "Header set Content-Type TYPE \"expr=%{REQUEST_URI} == 'PATH'\"",
    ),
    (Caddy, "header PATH Content-Type TYPE"),
    (Netlify, "PATH: Content-Type: TYPE"),
    (Cloudflare, "in _headers, below PATH: Content-Type: TYPE"),
    (S3, "aws s3 cp FILE s3://BUCKETPATH --content-type TYPE"),
];

/// What says how long a feed holds.
const LIFETIME: &[Line] = &[
    (Nginx, "location = PATH { expires 15m; }"),
    (
        Apache,
        "Header set Cache-Control max-age=900 \"expr=%{REQUEST_URI} == 'PATH'\"",
    ),
    (Caddy, "header PATH Cache-Control max-age=900"),
    (Netlify, "PATH: Cache-Control: max-age=900"),
    (
        Cloudflare,
        "in _headers, below PATH: Cache-Control: max-age=900",
    ),
    (
        S3,
        "aws s3 cp FILE s3://BUCKETPATH --cache-control max-age=900",
    ),
];

const REDIRECT: &[Line] = &[
    (Nginx, "location = OLD { return 301 PATH; }"),
    (Apache, "Redirect permanent OLD PATH"),
    (Caddy, "redir OLD PATH permanent"),
    (Netlify, "in _redirects: OLD PATH 301!"),
    (Cloudflare, "in _redirects: OLD PATH 301"),
];

const COMPRESSION: &[Line] = &[
    (
        Nginx,
        "gzip on; gzip_vary on; gzip_types application/rss+xml application/atom+xml \
         application/feed+json application/json application/xml text/xml;",
    ),
    (
        Apache,
        "AddOutputFilterByType DEFLATE application/rss+xml application/atom+xml \
         application/feed+json application/json application/xml text/xml",
    ),
    (Caddy, "encode zstd gzip"),
    (
        S3,
        "compress objects automatically, in CloudFront before it",
    ),
];

const VALIDATORS: &[Line] = &[
    (Nginx, "etag on;"),
    (Apache, "FileETag MTime Size"),
    (Caddy, "file_server"),
];

/// The lines by what is wrong.
static LINES: &[(&str, &[Line])] = &[
    ("http-type-missing", TYPE),
    ("http-type-html", TYPE),
    ("http-type-wrong", TYPE),
    ("http-type-generic", TYPE),
    ("http-cache-forbidden", LIFETIME),
    ("http-cache-long", LIFETIME),
    ("http-cache-unsaid", LIFETIME),
    ("http-redirect-temporary", REDIRECT),
    ("http-redirect-chain", REDIRECT),
    ("http-uncompressed", COMPRESSION),
    ("http-validator-missing", VALIDATORS),
    ("http-etag-unstable", VALIDATORS),
    (
        "http-charset",
        &[(Nginx, "charset off;"), (Apache, "AddDefaultCharset Off")],
    ),
    (
        "http-vary-missing",
        &[
            (Nginx, "gzip_vary on;"),
            (Apache, "Header merge Vary Accept-Encoding"),
            (Caddy, "header PATH +Vary Accept-Encoding"),
        ],
    ),
    (
        "http-etag-gzip",
        &[(
            Apache,
            "RequestHeader edit If-None-Match '^((W/)?\".*)-gzip\"$' '$1-gzip\", $1\"', or since 2.4.58 \
             DeflateAlterETag NoChange",
        )],
    ),
    (
        "http-modified-ignored",
        &[(Nginx, "if_modified_since before;")],
    ),
    (
        "http-cookie",
        &[
            (Nginx, "location = PATH { proxy_hide_header Set-Cookie; }"),
            (
                Apache,
                "Header unset Set-Cookie \"expr=%{REQUEST_URI} == 'PATH'\"",
            ),
            (Caddy, "header PATH -Set-Cookie"),
        ],
    ),
    (
        "http-cors",
        &[
            (
                Nginx,
                "location = PATH { add_header Access-Control-Allow-Origin *; }",
            ),
            (
                Apache,
                "Header set Access-Control-Allow-Origin * \"expr=%{REQUEST_URI} == 'PATH'\"",
            ),
            (Caddy, "header PATH Access-Control-Allow-Origin *"),
            (Netlify, "PATH: Access-Control-Allow-Origin: *"),
            (
                Cloudflare,
                "in _headers, below PATH: Access-Control-Allow-Origin: *",
            ),
            (
                S3,
                "AllowedOrigins [\"*\"], in the bucket's CORS configuration",
            ),
        ],
    ),
    (
        "http-plain",
        &[
            (Nginx, "return 301 https://$host$request_uri;"),
            (Apache, "Redirect permanent / https://HOST/"),
            (Netlify, "Force HTTPS, in the settings of the domain"),
            (Cloudflare, "Always Use HTTPS, in SSL/TLS"),
            (S3, "Redirect HTTP to HTTPS, in CloudFront before it"),
        ],
    ),
    (
        "http-wall",
        &[(
            Cloudflare,
            "a custom rule of the WAF: http.request.uri.path eq \"PATH\", action Skip",
        )],
    ),
    (
        "http-enclosure-ranges",
        &[(Nginx, "proxy_force_ranges on;")],
    ),
    (
        "http-retry-after",
        &[
            (Nginx, "add_header Retry-After 600 always;"),
            (
                Apache,
                "Header always set Retry-After 600 \"expr=%{REQUEST_STATUS} == 503\"",
            ),
        ],
    ),
];

/// The line of a server that mends something, or the lines of all, where nobody knows which it is.
pub(super) fn lines(
    code: &str,
    server: Option<Server>,
    (old, path): (&str, &str),
    format: Option<Format>,
) -> String {
    let found = LINES.iter().find(|(known, _)| *known == code);
    let lines = found.map_or(&[][..], |(_, lines)| lines).iter();
    let wanted = lines.filter(|(of, _)| server.is_none_or(|server| server == *of));
    let media_type = format.map_or(&[][..], types).first().copied();
    let text: Vec<String> = wanted
        .map(|(server, line)| {
            let line = line
                .replace("OLD", old)
                .replace("TYPE", media_type.unwrap_or("application/rss+xml"))
                .replace("PATH", path);
            format!("{}: `{line}`", server.name())
        })
        .collect();
    if text.is_empty() {
        return String::new();
    }
    format!("; {}", text.join(", "))
}
