//! Extensions that are none of podcasts, and readers with rules of their own.

use super::Example;
use super::Place::{Channel, Entry, Feed, Item};

const ITEM: &str =
    "<item><title>I</title><link>https://e.com/1</link><guid>https://e.com/1</guid></item>";
const CONTENTS: &str = "<media:group><media:content url='https://e.com/a.mp4' isDefault='true'/><media:content url='https://e.com/a.webm'/></media:group>";

pub(super) const EXAMPLES: &[Example] = &[
    (
        "semantics-duplicate",
        Item,
        "<category>a</category><dc:subject>a</dc:subject>",
        "<category>a</category>",
    ),
    (
        "slash-hit-parade",
        Item,
        "<slash:hit_parade>a</slash:hit_parade>",
        "<slash:hit_parade>3,2,1</slash:hit_parade>",
    ),
    (
        "georss-coordinates",
        Item,
        "<georss:point>45</georss:point>",
        "<georss:point>45 70</georss:point>",
    ),
    (
        "georss-comma",
        Item,
        "<georss:point>45,70</georss:point>",
        "<georss:point>45 70</georss:point>",
    ),
    (
        "wfw-comment-rss",
        Item,
        "<wfw:commentRSS>https://e.com/c</wfw:commentRSS>",
        "<wfw:commentRss>https://e.com/c</wfw:commentRss>",
    ),
    (
        "thr-attribute",
        Feed,
        "<link href='https://e.com/' thr:count='1'/>",
        "<link rel='replies' href='https://e.com/' thr:count='1'/>",
    ),
    (
        "thr-when",
        Feed,
        "<link rel='replies' href='https://e.com/' thr:when='2020-01-01T00:00:00Z'/>",
        "<link rel='replies' href='https://e.com/' thr:updated='2020-01-01T00:00:00Z'/>",
    ),
    (
        "history-link-in-entry",
        Entry,
        "<link href='https://e.com/1'/><link rel='next' href='https://e.com/2'/>",
        "<link href='https://e.com/1'/>",
    ),
    (
        "history-complete-links",
        Feed,
        "<fh:complete/><link rel='next' href='https://e.com/2'/>",
        "<fh:complete/>",
    ),
    (
        "history-complete-current",
        Feed,
        "<fh:complete/><link rel='self' href='https://e.com/f'/><link rel='current' href='https://e.com/g'/>",
        "<fh:complete/><link rel='self' href='https://e.com/f'/>",
    ),
    (
        "history-past-end",
        Feed,
        "<link rel='self' href='https://e.com/f'/><link rel='first' href='https://e.com/f'/><link rel='previous' href='https://e.com/2'/>",
        "<link rel='self' href='https://e.com/f'/><link rel='first' href='https://e.com/f'/><link rel='next' href='https://e.com/2'/>",
    ),
    (
        "history-archive-current",
        Feed,
        "<fh:archive/>",
        "<fh:archive/><link rel='self' href='https://e.com/f'/><link rel='current' href='https://e.com/g'/>",
    ),
    (
        "history-archive-alone",
        Feed,
        "<fh:archive/>",
        "<fh:archive/><link rel='self' href='https://e.com/f'/><link rel='prev-archive' href='https://e.com/2'/>",
    ),
    (
        "media-adult",
        Item,
        "<media:adult>true</media:adult>",
        "<media:rating>adult</media:rating>",
    ),
    (
        "media-rating",
        Item,
        "<media:rating>x</media:rating>",
        "<media:rating>nonadult</media:rating>",
    ),
    (
        "media-hash",
        Item,
        "<media:hash>abc</media:hash>",
        "<media:hash>dfdec888b72151965a34b4b59031290a</media:hash>",
    ),
    (
        "media-hash-duplicate",
        Item,
        "{<media:hash>dfdec888b72151965a34b4b59031290a</media:hash>*2}",
        "<media:hash>dfdec888b72151965a34b4b59031290a</media:hash>",
    ),
    (
        "media-credit-role",
        Item,
        "<media:credit role='Producer'>Jane</media:credit>",
        "<media:credit role='producer'>Jane</media:credit>",
    ),
    (
        "media-time",
        Item,
        "<media:text start='+17sec'>a</media:text>",
        "<media:text start='17'>a</media:text>",
    ),
    (
        "media-restriction",
        Item,
        "<media:restriction relationship='deny'>us</media:restriction>",
        "<media:restriction relationship='deny'>all</media:restriction>",
    ),
    (
        "media-restriction-duplicate",
        Item,
        "<media:restriction relationship='deny' type='country'>us</media:restriction><media:restriction relationship='deny' type='country'>de</media:restriction>",
        "<media:restriction relationship='deny' type='country'>us de</media:restriction>",
    ),
    (
        "media-currency",
        Item,
        "<media:price type='rent' price='19.99' currency='euro'/>",
        "<media:price type='rent' price='19.99' currency='EUR'/>",
    ),
    (
        "media-content-address",
        Item,
        "<media:content type='video/mp4'/>",
        "<media:content url='https://e.com/a.mp4' type='video/mp4'/>",
    ),
    (
        "media-group-alone",
        Item,
        "<media:group><media:content url='https://e.com/a.mp4'/></media:group>",
        CONTENTS,
    ),
    (
        "media-group-defaults",
        Item,
        "<media:group>{<media:content url='https://e.com/a.mp4' isDefault='true'/>*2}</media:group>",
        CONTENTS,
    ),
    (
        "profile-format",
        super::Place::File,
        "{}",
        "<rss version='2.0'/>",
    ),
    (
        "google-news-no-id",
        Channel,
        "<item><title>I</title><link>https://e.com/1</link></item>",
        ITEM,
    ),
    (
        "google-news-entry-large",
        Item,
        "<description>{x*1000001}</description>",
        "<description>x</description>",
    ),
    (
        "google-news-feed-large",
        Item,
        "<description>{x*2000001}</description>",
        "<description>x</description>",
    ),
    (
        "google-news-many",
        Channel,
        "{<item><title>I</title></item>*61}",
        ITEM,
    ),
    (
        "govdelivery-no-id",
        Channel,
        "<item><title>I</title><link>https://e.com/1</link></item>",
        ITEM,
    ),
    (
        "govdelivery-no-title",
        Channel,
        "<item><description>D</description><link>https://e.com/1</link><guid>https://e.com/1</guid></item>",
        ITEM,
    ),
    (
        "govdelivery-no-link",
        Channel,
        "<item><title>I</title><guid>https://e.com/1</guid></item>",
        ITEM,
    ),
    (
        "mailchimp-no-date",
        Item,
        "<!-- no <pubDate> -->",
        "<pubDate>Wed, 01 Jan 2020 00:00:00 +0000</pubDate>",
    ),
    (
        "mailchimp-relative",
        Entry,
        "<summary xml:base='https://e.com/' type='html'>&lt;a href='x'>y&lt;/a></summary>",
        "<summary type='html'>&lt;a href='https://e.com/x'>y&lt;/a></summary>",
    ),
];
