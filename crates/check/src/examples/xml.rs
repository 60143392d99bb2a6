//! Files, encodings, XML, and the rules of all elements and attributes.

use super::Example;
use super::Place::{Channel, Entry, Feed, File, Item};

const RSS: &str = "<rss version='2.0'/>";
const ATOM: &str = "<feed xmlns='http://www.w3.org/2005/Atom'/>";
const UTF_8: &str = "<?xml version='1.0' encoding='utf-8'?><rss version='2.0'/>";
const RATING: &str = "<media:rating>nonadult</media:rating>";

pub(super) const EXAMPLES: &[Example] = &[
    ("no-feed", File, "<html/>", RSS),
    ("namespace-missing", File, "<feed/>", ATOM),
    (
        "namespace-wrong",
        File,
        "<feed xmlns='https://e.com/'/>",
        ATOM,
    ),
    (
        "namespace-obsolete",
        File,
        "<feed xmlns='http://purl.org/atom/ns#'/>",
        ATOM,
    ),
    (
        "encoding-unknown",
        File,
        "<?xml version='1.0' encoding='nonsense'?><rss version='2.0'/>",
        UTF_8,
    ),
    (
        "encoding-invalid",
        File,
        r"<?xml version='1.0' encoding='utf-8'?><rss version='2.0\xff'/>",
        UTF_8,
    ),
    (
        "encoding-obscure",
        File,
        "<?xml version='1.0' encoding='koi8-u'?><rss version='2.0'/>",
        UTF_8,
    ),
    (
        "encoding-nonstandard",
        File,
        "<?xml version='1.0' encoding='iso-8859-1'?><rss version='2.0'/>",
        UTF_8,
    ),
    ("encoding-missing", File, RSS, UTF_8),
    ("json-encoding", File, r"\xff\xfe{\x00}\x00", "{}"),
    ("json-bom", File, r"\xef\xbb\xbf{}", "{}"),
    (
        "xml-syntax",
        Channel,
        "<category>a",
        "<category>a</category>",
    ),
    (
        "xml-character",
        Channel,
        "<category>&#1;</category>",
        "<category>a</category>",
    ),
    (
        "xml-entity",
        Channel,
        "<category>a&nbsp;b</category>",
        "<category>a&#160;b</category>",
    ),
    (
        "xml-prefix",
        Channel,
        "<x:y/>",
        "<x:y xmlns:x='https://e.com/ns'/>",
    ),
    (
        "xml-version",
        File,
        "<?xml version='1.1' encoding='utf-8'?><rss version='2.0'/>",
        UTF_8,
    ),
    (
        "xml-too-deep",
        Channel,
        "{<x>*300}",
        "<category>a</category>",
    ),
    (
        "xml-too-large",
        Item,
        "<source url='https://e.com/f'>{x*10000001}</source>",
        "<source url='https://e.com/f'>x</source>",
    ),
    (
        "xml-doctype",
        File,
        "<!DOCTYPE rss SYSTEM 'https://e.com/rss.dtd'><rss version='2.0'/>",
        RSS,
    ),
    (
        "namespace-unknown",
        Channel,
        "<a:b xmlns:a='https://e.com/ns'/>",
        "<dc:rights>R</dc:rights>",
    ),
    (
        "namespace-misspelled",
        Channel,
        "<media:rating xmlns:media='http://search.yahoo.com/mrss'>nonadult</media:rating>",
        "<media:rating xmlns:media='http://search.yahoo.com/mrss/'>nonadult</media:rating>",
    ),
    (
        "namespace-prefix",
        Channel,
        "<m:rating xmlns:m='http://search.yahoo.com/mrss/'>nonadult</m:rating>",
        RATING,
    ),
    (
        "namespace-address",
        Channel,
        "<media:rating xmlns:media='https://e.com/'>nonadult</media:rating>",
        RATING,
    ),
    (
        "xml-declaration",
        File,
        "<!-- first --><?xml version='1.0' encoding='utf-8'?><rss version='2.0'/>",
        UTF_8,
    ),
    (
        "namespace-invalid",
        Channel,
        "<a:b xmlns:a='not a uri'/>",
        "<a:b xmlns:a='https://e.com/ns'/>",
    ),
    (
        "namespace-prefix-reserved",
        Channel,
        "<media:section xmlns:media='http://purl.org/rss/1.0/modules/slash/'>a</media:section>",
        RATING,
    ),
    (
        "element-unknown",
        Channel,
        "<tilte>T</tilte>",
        "<category>T</category>",
    ),
    (
        "element-duplicate",
        Channel,
        "<ttl>5</ttl><ttl>6</ttl>",
        "<ttl>5</ttl>",
    ),
    (
        "element-missing",
        Channel,
        "<!-- no <title> -->",
        "<title>T</title>",
    ),
    ("element-text", Channel, "text", "<category>text</category>"),
    ("element-blank", Channel, "<title/>", "<title>T</title>"),
    (
        "element-place",
        Channel,
        "<image><url>https://e.com/a.png</url><title>T</title><link>https://e.com/</link><atom:id>x:y</atom:id></image>",
        "<image><url>https://e.com/a.png</url><title>T</title><link>https://e.com/</link></image>",
    ),
    (
        "text-markup",
        Item,
        "<description>a <em>b</em></description>",
        "<description>a &lt;em>b&lt;/em></description>",
    ),
    (
        "element-no-namespace",
        Channel,
        "<x:a xmlns:x='https://e.com/'><b/></x:a>",
        "<x:a xmlns:x='https://e.com/'><x:b/></x:a>",
    ),
    (
        "element-vocabulary",
        Feed,
        "<a xmlns=''/>",
        "<a xmlns='https://e.com/ns'/>",
    ),
    (
        "xhtml-misplaced",
        Feed,
        "<p xmlns='http://www.w3.org/1999/xhtml'>x</p>",
        "<subtitle type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>x</div></subtitle>",
    ),
    (
        "attribute-unknown",
        Channel,
        "<ttl unit='h'>5</ttl>",
        "<ttl>5</ttl>",
    ),
    (
        "attribute-extension",
        Channel,
        "<ttl x:unit='h' xmlns:x='https://e.com/ns'>5</ttl>",
        "<ttl>5</ttl>",
    ),
    (
        "attribute-missing",
        Item,
        "<source>S</source>",
        "<source url='https://e.com/f'>S</source>",
    ),
    (
        "whitespace",
        Entry,
        "<published> 2020-01-01T00:00:00Z</published>",
        "<published>2020-01-01T00:00:00Z</published>",
    ),
    (
        "characters-broken",
        Item,
        "<description>it&#x92;s</description>",
        "<description>it’s</description>",
    ),
];
