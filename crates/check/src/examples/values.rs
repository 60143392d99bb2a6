//! Values and HTML.

use super::Example;
use super::Place::{Channel, Entry, Feed, Html, Item};

const DATE: &str = "<pubDate>Wed, 01 Jan 2020 00:00:00 +0000</pubDate>";
const AUTHOR: &str = "<author>jane@e.com (Jane)</author>";
const LINK: &str = "<link>https://e.com/1</link>";
const ENCLOSURE: &str = "<enclosure url='https://e.com/a.mp3' length='1' type='audio/mpeg'/>";
const TAG: &str = "<id>tag:e.com,2020:1</id>";

pub(super) const EXAMPLES: &[Example] = &[
    (
        "value-unknown",
        Item,
        "<guid isPermaLink='yes'>https://e.com/1</guid>",
        "<guid isPermaLink='true'>https://e.com/1</guid>",
    ),
    (
        "xml-space",
        Channel,
        "<ttl xml:space='keep'>5</ttl>",
        "<ttl xml:space='preserve'>5</ttl>",
    ),
    (
        "country-invalid",
        Item,
        "<media:restriction relationship='allow' type='country'>us xx</media:restriction>",
        "<media:restriction relationship='allow' type='country'>us de</media:restriction>",
    ),
    (
        "date-rfc3339",
        Entry,
        "<published>2020-01-01</published>",
        "<published>2020-01-01T00:00:00Z</published>",
    ),
    (
        "date-w3c",
        Item,
        "<dc:date>1.1.2020</dc:date>",
        "<dc:date>2020-01-01</dc:date>",
    ),
    ("date-rfc822", Item, "<pubDate>2020-01-01</pubDate>", DATE),
    (
        "date-weekday",
        Item,
        "<pubDate>Mon, 01 Jan 2020 00:00:00 +0000</pubDate>",
        DATE,
    ),
    (
        "date-obsolete",
        Item,
        "<pubDate>1 Jan 20 00:00 GMT</pubDate>",
        DATE,
    ),
    (
        "date-implausible",
        Item,
        "<pubDate>01 Jan 2120 00:00:00 +0000</pubDate>",
        DATE,
    ),
    ("email-invalid", Item, "<author>Jane</author>", AUTHOR),
    (
        "email-form",
        Item,
        "<author>Jane &lt;jane@e.com&gt;</author>",
        AUTHOR,
    ),
    ("email-no-name", Item, "<author>jane@e.com</author>", AUTHOR),
    (
        "name-has-email",
        Feed,
        "<author><name>Jane &lt;jane@e.com></name></author>",
        "<author><name>Jane</name><email>jane@e.com</email></author>",
    ),
    (
        "language-invalid",
        Channel,
        "<language>english</language>",
        "<language>en</language>",
    ),
    (
        "media-type-invalid",
        Item,
        "<enclosure url='https://e.com/a.mp3' length='1' type='mp3'/>",
        ENCLOSURE,
    ),
    (
        "number-invalid",
        Channel,
        "<ttl>soon</ttl>",
        "<ttl>60</ttl>",
    ),
    (
        "latitude-invalid",
        Item,
        "<geo:lat>91</geo:lat>",
        "<geo:lat>45</geo:lat>",
    ),
    (
        "longitude-invalid",
        Item,
        "<geo:long>70 W</geo:long>",
        "<geo:long>-70</geo:long>",
    ),
    (
        "text-html",
        Channel,
        "<copyright>&lt;b>x&lt;/b></copyright>",
        "<copyright>x</copyright>",
    ),
    (
        "text-html-undeclared",
        Feed,
        "<rights>&lt;b>x&lt;/b></rights>",
        "<rights type='html'>&lt;b>x&lt;/b></rights>",
    ),
    (
        "text-character-data",
        Channel,
        "<copyright>Vec&lt;T></copyright>",
        "<copyright>Vec of T</copyright>",
    ),
    ("uri-invalid", Item, "<link>http://a:b:c/</link>", LINK),
    ("uri-relative", Item, "<link>/1</link>", LINK),
    (
        "uri-character",
        Item,
        "<link>https://e.com/a b</link>",
        "<link>https://e.com/a%20b</link>",
    ),
    (
        "uri-not-ascii",
        Item,
        "<link>https://e.com/é</link>",
        "<link>https://e.com/%C3%A9</link>",
    ),
    ("uri-host", Item, "<link>https:/e.com/1</link>", LINK),
    (
        "uri-not-http",
        Item,
        "<enclosure url='ftp://e.com/a.mp3' length='1' type='audio/mpeg'/>",
        ENCLOSURE,
    ),
    ("uri-scheme", Item, "<link>nonsense:x</link>", LINK),
    (
        "uri-not-canonical",
        Entry,
        "<id>HTTP://e.com</id>",
        "<id>http://e.com/</id>",
    ),
    ("tag-uri-invalid", Entry, "<id>tag:e.com:1</id>", TAG),
    ("tag-uri-case", Entry, "<id>tag:E.com,2020:1</id>", TAG),
    (
        "urn-invalid",
        Entry,
        "<id>urn:x</id>",
        "<id>urn:isbn:0451450523</id>",
    ),
    (
        "uuid-invalid",
        Entry,
        "<id>urn:uuid:x</id>",
        "<id>urn:uuid:60a76c80-d399-4d9b-b93c-0003939e0af6</id>",
    ),
    (
        "uri-same-document",
        Feed,
        "<link xml:base='https://e.com/b' href=''/>",
        "<link href='https://e.com/b'/>",
    ),
    ("html-broken", Html, "<p>a <b>b</p>", "<p>a <b>b</b></p>"),
    ("html-unknown", Html, "<x-y>a</x-y>", "<p>a</p>"),
    ("html-dangerous", Html, "<script>1</script>", "<p>1</p>"),
    ("html-handler", Html, "<p onclick='x'>a</p>", "<p>a</p>"),
    (
        "html-script-link",
        Html,
        "<a href='javascript:x'>a</a>",
        "<a href='https://e.com/x'>a</a>",
    ),
    (
        "html-style",
        Html,
        "<p style='position: fixed'>a</p>",
        "<p style='color: red'>a</p>",
    ),
    (
        "html-relative",
        Html,
        "<a href='/x'>a</a>",
        "<a href='https://e.com/x'>a</a>",
    ),
    (
        "html-relative-base",
        Entry,
        "<summary type='html'>&lt;a href='x'>a&lt;/a></summary>",
        "<summary type='html' xml:base='https://e.com/'>&lt;a href='x'>a&lt;/a></summary>",
    ),
    (
        "html-url-character",
        Html,
        "<a href='https://e.com/a b'>a</a>",
        "<a href='https://e.com/a%20b'>a</a>",
    ),
    ("html-too-deep", Html, "{<div>*1000}", "<div>a</div>"),
];
