//! Feeds that break the rules of values.

use super::super::{SUMMARY, atom, rss};
use super::Cases;

/// Words and dates.
pub(super) fn dates(cases: &mut Cases) {
    cases.add("value-unknown", rss("", "<guid isPermaLink='yes'>x</guid>"));
    cases.add("xml-space", rss("<ttl xml:space='keep'>5</ttl>", ""));
    cases.add(
        "date-rfc3339",
        atom("", "<published>2020-01-01</published>"),
    );
    cases.add("date-w3c", rss("", "<dc:date>1.1.2020</dc:date>"));
    cases.add("date-rfc822", rss("", "<pubDate>2020-01-01</pubDate>"));
    cases.add(
        "date-weekday",
        rss("", "<pubDate>Mon, 01 Jan 2020 00:00:00 +0000</pubDate>"),
    );
    cases.add(
        "date-obsolete",
        rss("", "<pubDate>1 Jan 20 00:00 GMT</pubDate>"),
    );
    cases.add(
        "date-implausible",
        rss("", "<pubDate>01 Jan 2120 00:00:00 +0000</pubDate>"),
    );
}

/// Addresses of people, languages, numbers and plain texts.
pub(super) fn texts(cases: &mut Cases) {
    cases.add("email-invalid", rss("", "<author>Jane</author>"));
    cases.add(
        "email-form",
        rss("", "<author>Jane &lt;j@e.com&gt;</author>"),
    );
    cases.add("email-no-name", rss("", "<author>j@e.com</author>"));
    cases.add(
        "name-has-email",
        atom("<author><name>J &lt;j@e.com></name></author>", SUMMARY),
    );
    cases.add(
        "language-invalid",
        rss("", "<dc:language>english</dc:language>"),
    );
    cases.add(
        "media-type-invalid",
        rss(
            "",
            "<enclosure url='http://e.com/a' length='1' type='mp3'/>",
        ),
    );
    cases.add("number-invalid", rss("<ttl>soon</ttl>", ""));
    cases.add("latitude-invalid", rss("", "<geo:lat>91</geo:lat>"));
    cases.add("longitude-invalid", rss("", "<geo:long>x</geo:long>"));
    cases.add(
        "text-html",
        rss("<copyright>&lt;b>x&lt;/b></copyright>", ""),
    );
    cases.add(
        "text-html-undeclared",
        atom("<rights>&lt;b>x&lt;/b></rights>", SUMMARY),
    );
    cases.add(
        "text-character-data",
        rss("<copyright>Vec&lt;T></copyright>", ""),
    );
}

/// URIs and IRIs.
pub(super) fn uris(cases: &mut Cases) {
    cases.add(
        "uri-invalid",
        rss("", "<link>http://[x/</link>").replace("[x", "a:b:c"),
    );
    cases.add("uri-relative", rss("", "<link>/1</link>"));
    cases.add("uri-character", rss("", "<link>https://e.com/a b</link>"));
    cases.add("uri-not-ascii", rss("", "<link>https://e.com/é</link>"));
    cases.add("uri-host", rss("", "<link>https:/e.com/</link>"));
    cases.add(
        "uri-not-http",
        rss("", "<enclosure url='ftp://e.com/a' length='1' type='a/b'/>"),
    );
    cases.add("uri-scheme", rss("", "<link>nonsense:x</link>"));
    cases.add(
        "uri-not-canonical",
        atom("", SUMMARY).replace("tag:e.com,2020:1", "HTTP://e.com"),
    );
    cases.add(
        "tag-uri-invalid",
        atom("", SUMMARY).replace("tag:e.com,2020:1", "tag:e.com:1"),
    );
    cases.add(
        "tag-uri-case",
        atom("", SUMMARY).replace("tag:e.com,2020:1", "tag:E.com,2020:1"),
    );
    cases.add(
        "urn-invalid",
        atom("", SUMMARY).replace("tag:e.com,2020:1", "urn:x"),
    );
    cases.add(
        "uuid-invalid",
        atom("", SUMMARY).replace("tag:e.com,2020:1", "urn:uuid:x"),
    );
    cases.add(
        "uri-same-document",
        atom("<link xml:base='https://e.com/b' href=''/>", SUMMARY),
    );
}
