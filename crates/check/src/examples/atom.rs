//! Atom.

use super::Example;
use super::Place::{Entry, Feed};

const SELF: &str = "<link rel='self' href='https://e.com/f'/>";
const ID: &str = "<id>tag:e.com,2020:1</id>";
const TWO: &str = "<entry><id>tag:e.com,2020:1</id><title>I</title><updated>2020-01-01T00:00:00Z</updated><link href='https://e.com/1'/><summary>S</summary></entry><entry><id>tag:e.com,2020:2</id><title>J</title><updated>2020-01-02T00:00:00Z</updated><link href='https://e.com/2'/><summary>S</summary></entry>";
const DIV: &str =
    "<summary type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>x</div></summary>";

pub(super) const EXAMPLES: &[Example] = &[
    (
        "atom-author-missing",
        Feed,
        "<!-- no <author> -->",
        "<author><name>Jane</name></author>",
    ),
    (
        "atom-content-missing",
        Entry,
        "<!-- no <link> --><summary>S</summary>",
        "<link href='https://e.com/1'/><summary>S</summary>",
    ),
    (
        "atom-summary-missing",
        Entry,
        "<content src='https://e.com/a.png' type='image/png'/>",
        "<content src='https://e.com/a.png' type='image/png'/><summary>S</summary>",
    ),
    (
        "atom-text-missing",
        Entry,
        "<!-- no <summary> -->",
        "<summary>S</summary>",
    ),
    ("atom-id-empty", Entry, "<id/>", ID),
    (
        "atom-id-duplicate",
        Feed,
        "{<entry><id>tag:e.com,2020:1</id><title>I</title><updated>2020-01-01T00:00:00Z</updated><link href='https://e.com/1'/><summary>S</summary></entry>*2}",
        TWO,
    ),
    (
        "atom-id-same",
        Feed,
        "{<entry><id>tag:e.com,2020:1</id><title>I</title><updated>2020-01-01T00:00:00Z</updated><link href='https://e.com/1'/><summary>S</summary></entry>*10}",
        TWO,
    ),
    (
        "atom-updated-duplicate",
        Feed,
        "<entry><id>tag:e.com,2020:1</id><title>I</title><updated>2020-01-01T00:00:00Z</updated><link href='https://e.com/1'/><summary>S</summary></entry><entry><id>tag:e.com,2020:2</id><title>J</title><updated>2020-01-01T00:00:00Z</updated><link href='https://e.com/2'/><summary>S</summary></entry>",
        TWO,
    ),
    (
        "atom-metadata-misplaced",
        Feed,
        "<entry><id>tag:e.com,2020:1</id><title>I</title><updated>2020-01-01T00:00:00Z</updated><link href='https://e.com/1'/><summary>S</summary></entry><rights>R</rights>",
        "<rights>R</rights><entry><id>tag:e.com,2020:1</id><title>I</title><updated>2020-01-01T00:00:00Z</updated><link href='https://e.com/1'/><summary>S</summary></entry>",
    ),
    (
        "atom-prefixed",
        Feed,
        "<atom:rights xmlns:atom='http://www.w3.org/2005/Atom'>R</atom:rights>",
        "<rights>R</rights>",
    ),
    (
        "atom-source-missing",
        Entry,
        "<source/>",
        "<source><id>tag:e.com,2020:s</id><title>S</title><updated>2020-01-01T00:00:00Z</updated></source>",
    ),
    (
        "atom-link-rel",
        Feed,
        "<link rel='nonsense' href='https://e.com/'/>",
        "<link rel='related' href='https://e.com/'/>",
    ),
    (
        "attribute-blank",
        Feed,
        "<link title='' href='https://e.com/'/>",
        "<link title='Home' href='https://e.com/'/>",
    ),
    (
        "atom-link-text",
        Feed,
        "<link href='https://e.com/'>Home</link>",
        "<link title='Home' href='https://e.com/'/>",
    ),
    (
        "atom-link-duplicate",
        Feed,
        "<link href='https://e.com/'/><link href='https://e.com/fr/'/>",
        "<link href='https://e.com/'/><link href='https://e.com/fr/' hreflang='fr'/>",
    ),
    ("self-missing", Feed, "<!-- no <link> -->", SELF),
    ("self-relative", Feed, "<link rel='self' href='/f'/>", SELF),
    (
        "self-type",
        Feed,
        "<link rel='self' href='https://e.com/f' type='text/html'/>",
        "<link rel='self' href='https://e.com/f' type='application/atom+xml'/>",
    ),
    (
        "atom-text-type",
        Entry,
        "<summary type='text/plain'>x</summary>",
        "<summary type='text'>x</summary>",
    ),
    (
        "atom-content-type",
        Entry,
        "<content type='multipart/mixed'>x</content>",
        "<content type='text/plain'>x</content>",
    ),
    (
        "atom-content-type-missing",
        Entry,
        "<summary>S</summary><content src='https://e.com/a.png'/>",
        "<summary>S</summary><content src='https://e.com/a.png' type='image/png'/>",
    ),
    (
        "atom-content-base64",
        Entry,
        "<summary>S</summary><content type='image/png'>?</content>",
        "<summary>S</summary><content type='image/png'>iVBORw0KGgo=</content>",
    ),
    (
        "atom-xhtml-div",
        Entry,
        "<summary type='xhtml'>x</summary>",
        DIV,
    ),
    (
        "atom-xhtml-namespace",
        Entry,
        "<summary type='xhtml'><div xmlns=''>x</div></summary>",
        DIV,
    ),
    (
        "atom-xhtml-escaped",
        Entry,
        "<summary type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>&lt;b>x&lt;/b></div></summary>",
        "<summary type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><b>x</b></div></summary>",
    ),
    (
        "atom-html-fragment",
        Entry,
        "<content type='text/html'>x</content>",
        "<content type='html'>x</content>",
    ),
];
