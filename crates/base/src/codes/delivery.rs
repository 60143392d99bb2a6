//! How a server delivers feeds.

use super::{Group, code};

/// What `check --http` and `check --har` find beside what is wrong with the feeds.
pub(super) const GROUP: Group = Group {
    title: "Delivery",
    codes: &[
        code(
            "http-304-etag",
            "The answer 304 has another tag than the feed, or none, so that the next question is asked with the wrong one.",
            "Send the feed's own `ETag` with 304.",
        ),
        code(
            "http-both-ignored",
            "Who asks with the tag and the date of the feed gets all of it again, as most readers do at every visit.",
            "Answer 304 where the tag fits, whatever the date.",
        ),
        code(
            "http-cache-forbidden",
            "`no-store` forbids readers and caches to keep the feed, so that each visit transfers all of it.",
            "Send `Cache-Control: max-age=900`, or `no-cache` where every visit has to be told of changes at once.",
        ),
        code(
            "http-cache-long",
            "The feed may be kept for more than a day without a look at the server, so that new posts come late.",
            "Send `Cache-Control: max-age=900`, or another time below an hour or a few.",
        ),
        code(
            "http-cache-unsaid",
            "Nothing says how long the feed holds. Caches may guess, by a tenth of its age: for a feed of last month, days.",
            "Send `Cache-Control: max-age=900`.",
        ),
        code(
            "http-charset",
            "`Content-Type` names another encoding than the feed. It counts more, so that letters come out wrong.",
            "Name the encoding of the feed in `charset`, or none.",
        ),
        code(
            "http-condition-status",
            "Who asks whether the feed changed gets an error.",
            "Answer 304 or 200.",
        ),
        code(
            "http-cookie",
            "The feed comes with a cookie. Shared caches do not keep such answers, and readers have no use for it.",
            "Send no `Set-Cookie` with feeds.",
        ),
        code(
            "http-cors",
            "Readers that are web pages cannot fetch the feed.",
            "Send `Access-Control-Allow-Origin: *`: a feed is public.",
        ),
        code(
            "http-cut",
            "The answer is shorter than announced, does not end, or has more than 50 MB.",
            "Look why the server stops, or why it sends so much.",
        ),
        code(
            "http-empty",
            "The answer is 200 without a body.",
            "Look at what makes the feed: answer 500 where it fails.",
        ),
        code(
            "http-enclosure-length",
            "A file that an entry names has another length than the feed says. Apps show wrong sizes and times, and some cut it off.",
            "Write the file's number of bytes into the feed.",
        ),
        code(
            "http-enclosure-ranges",
            "The server sends a file in full to who asks for a part. Apple's podcasts need parts, and so does whoever skips.",
            "Serve the file by a server that knows `Range` (206, `Accept-Ranges: bytes`).",
        ),
        code(
            "http-enclosure-status",
            "A file that an entry names is not there.",
            "Put it there, or take it out of the entry.",
        ),
        code(
            "http-enclosure-type",
            "A file is sent with another media type than the feed says.",
            "Make both the type of the file.",
        ),
        code(
            "http-encoding-broken",
            "The answer says that it is compressed, and cannot be unpacked.",
            "Compress once and in one place, and name that in `Content-Encoding`.",
        ),
        code(
            "http-encoding-unasked",
            "The answer is compressed in a way that nobody asked for, which not every reader can read.",
            "Compress only what `Accept-Encoding` of the request names.",
        ),
        code(
            "http-etag-gzip",
            "The tag of the compressed feed is not known to the server, so that whoever takes compressed feeds gets all of it at each visit.",
            "Let the server compare tags without what compressing adds to them.",
        ),
        code(
            "http-etag-ignored",
            "Who asks with the tag of the feed gets all of it again.",
            "Answer 304 to an `If-None-Match` that names the feed's `ETag`.",
        ),
        code(
            "http-etag-malformed",
            "`ETag` is no tag in quotes, which proxies and readers do not take.",
            "Put it in quotes: `ETag: \"…\"`.",
        ),
        code(
            "http-etag-strong",
            "The server takes a weak tag for another one than the strong one. Proxies make tags weak when they compress.",
            "Compare `If-None-Match` weakly: without `W/`.",
        ),
        code(
            "http-etag-unstable",
            "The same feed has another tag at each request, so that each visit transfers all of it.",
            "Make the tag from the content, and the same on all servers.",
        ),
        code(
            "http-head",
            "`HEAD` is answered otherwise than `GET`.",
            "Answer `HEAD` as `GET`, without the body.",
        ),
        code(
            "http-home",
            "The page that the feed gives as its own is not there.",
            "Put the address of the site's page into the feed.",
        ),
        code(
            "http-hub-self",
            "The server names a hub and not the feed's own address, without which nobody can subscribe at the hub.",
            "Send `Link: <…>; rel=\"self\"` as well.",
        ),
        code(
            "http-ipv6",
            "The host has an address in IPv6 at which nobody answers. Readers try it first.",
            "Let the server listen there (`listen [::]:443`), or take the AAAA record away.",
        ),
        code(
            "http-large",
            "The feed is larger than many readers take.",
            "Put fewer entries into it, or no full texts.",
        ),
        code(
            "http-modified-future",
            "`Last-Modified` is later than the server's clock.",
            "Send the time of the last change.",
        ),
        code(
            "http-modified-ignored",
            "Who asks with the date of the feed gets all of it again.",
            "Answer 304 where nothing changed since `If-Modified-Since`.",
        ),
        code(
            "http-modified-malformed",
            "`Last-Modified` is no date as HTTP writes it.",
            "Write it as `Sun, 06 Nov 1994 08:49:37 GMT`.",
        ),
        code(
            "http-modified-unstable",
            "The same feed has another `Last-Modified` at each request: the time of the request, mostly.",
            "Send the time of the newest change of a post.",
        ),
        code(
            "http-page",
            "In place of the feed there is a web page.",
            "Answer 404 for what is not there, and put the feed at its address.",
        ),
        code(
            "http-plain",
            "The feed is sent without encryption, so that anybody on the way can change it.",
            "Serve it by HTTPS, and redirect to that by 301.",
        ),
        code(
            "http-precedence",
            "Who has another version of the same date is told that nothing changed: two changes within a second, or an older copy, stay for ever.",
            "Where `If-None-Match` is given, do not look at `If-Modified-Since`.",
        ),
        code(
            "http-redirect-chain",
            "Several redirects lead to the feed. Each costs a connection, and readers stop after a few.",
            "Lead to the last address at once.",
        ),
        code(
            "http-redirect-downgrade",
            "A redirect leads from an encrypted address to one that is not. Some readers do not follow.",
            "Lead to `https://`.",
        ),
        code(
            "http-redirect-long",
            "There is no feed after more redirects than readers follow.",
            "Lead to the feed at once.",
        ),
        code(
            "http-redirect-loop",
            "A redirect leads back to an address before it.",
            "Look at the rules of the server: often two of them, for `www` or `https`, undo each other.",
        ),
        code(
            "http-redirect-nowhere",
            "A redirect does not say where to.",
            "Send `Location` with an address.",
        ),
        code(
            "http-redirect-temporary",
            "A temporary redirect leads to the feed, so that readers ask the old address for ever.",
            "Use 301 or 308, where the feed has moved for good.",
        ),
        code(
            "http-retry-after",
            "Readers are told to come later, and not when.",
            "Send `Retry-After` with a number of seconds.",
        ),
        code(
            "http-self-differs",
            "The feed gives another address as its own than the one where it is. Readers and hubs may take it for two feeds.",
            "Write the address where it is into the feed, or redirect from the one to the other.",
        ),
        code(
            "http-slow",
            "The feed takes longer than many readers wait.",
            "Serve it from a file or a cache.",
        ),
        code(
            "http-status",
            "There is no feed at the address.",
            "Answer 200, or 301 to where it is; 410 where there is none any more.",
        ),
        code(
            "http-tls",
            "The encryption fails: a certificate that has run out, is for another host, or lacks the one above it.",
            "Renew the certificate, and send the whole chain.",
        ),
        code(
            "http-type-generic",
            "The media type says XML, and not that it is a feed. Browsers show code, and programs have to look inside.",
            "Send that of the format.",
        ),
        code(
            "http-type-html",
            "The feed is sent as a web page. Browsers show its text in one piece, and some readers look for feeds in it.",
            "Send the media type of the format.",
        ),
        code(
            "http-type-missing",
            "The feed has no media type.",
            "Send that of the format.",
        ),
        code(
            "http-type-wrong",
            "The media type is none of a feed, or that of another format.",
            "Send that of the format.",
        ),
        code(
            "http-uncompressed",
            "The feed is sent without compression to who takes it. Text shrinks to a fifth.",
            "Compress feeds by gzip.",
        ),
        code(
            "http-undiscovered",
            "The home page names no feed, so that nobody finds it from there.",
            "Put `<link rel=\"alternate\" type=\"application/rss+xml\" href=\"…\">` into its head.",
        ),
        code(
            "http-unreachable",
            "The server cannot be talked to.",
            "See whether the name, the server and the firewall are right.",
        ),
        code(
            "http-unstable",
            "The feed is another one at each request: often by the time of the request in `lastBuildDate` or `updated`.",
            "Let the content depend on the posts alone.",
        ),
        code(
            "http-validator-missing",
            "The feed has neither `ETag` nor `Last-Modified`, so that each visit transfers all of it.",
            "Send one of them, better both, and answer 304.",
        ),
        code(
            "http-vary-missing",
            "Caches may give the compressed feed to who cannot read it.",
            "Send `Vary: Accept-Encoding`.",
        ),
        code(
            "http-wall",
            "Readers are taken for attackers and get an error or a riddle in place of the feed.",
            "Let everybody at the feeds, whatever their user agent.",
        ),
    ],
};
