//! Tests of Apple's tags.

use std::path::Path;

use feedwright_base::date::Timestamp;
use feedwright_base::diagnostic::{Diagnostics, Severity};

use super::super::super::{CheckOptions, check_feed};
use super::*;

/// The rules that a feed breaks, except those that hardly any test is about.
pub(crate) fn found(feed: &str, profile: Option<Profile>) -> Vec<&'static str> {
    let options = CheckOptions {
        now: Timestamp::new(chrono::DateTime::UNIX_EPOCH.fixed_offset()),
        html: true,
        profile,
    };
    let mut diags = Diagnostics::new();
    let result = check_feed(feed.as_bytes(), Path::new("feed.xml"), &options, &mut diags);
    assert!(result.is_ok());
    let usual = [
        "self-missing",
        "rss-guid-missing",
        "encoding-missing",
        "language-missing",
    ];
    diags
        .iter()
        .map(|diagnostic| {
            let message = &diagnostic.message;
            assert!(
                !message.ends_with('.') && !message.contains('\n'),
                "{message}"
            );
            assert!(diagnostic.section.is_some() || diagnostic.severity < Severity::Error);
            diagnostic.code
        })
        .filter(|code| !usual.contains(code))
        .collect()
}

/// A feed of RSS with something in its channel and in its item.
pub(crate) fn rss(channel: &str, item: &str) -> String {
    format!(
        "<rss version=\"2.0\" xmlns:itunes=\"http://www.itunes.com/dtds/podcast-1.0.dtd\" \
         xmlns:podcast=\"https://podcastindex.org/namespace/1.0\" \
         xmlns:media=\"http://search.yahoo.com/mrss/\" \
         xmlns:georss=\"http://www.georss.org/georss\" xmlns:atom=\"http://www.w3.org/2005/Atom\">\
         <channel><title>T</title><link>https://e.com/</link><description>D</description>{channel}\
         <item><title>I</title><description>D</description>{item}</item></channel></rss>"
    )
}

/// Asserts the rules that something in an item breaks.
pub(crate) fn in_item(cases: &[(&str, &[&str])]) {
    for (item, codes) in cases {
        assert_eq!(found(&rss("", item), None), *codes, "{item}");
    }
}

/// Asserts the rules that something in a channel breaks.
pub(crate) fn in_channel(cases: &[(&str, &[&str])]) {
    for (channel, codes) in cases {
        assert_eq!(found(&rss(channel, ""), None), *codes, "{channel}");
    }
}

const WHOLE: &str = "<language>en</language><itunes:category text=\"True Crime\"/>\
    <itunes:explicit>false</itunes:explicit><itunes:image href=\"https://e.com/a.jpg\"/>\
    <itunes:owner><itunes:name>A</itunes:name><itunes:email>a@e.com</itunes:email></itunes:owner>";

/// Asserts the rules that something in a whole channel breaks.
fn in_whole(cases: &[(&str, &[&str])]) {
    for (channel, codes) in cases {
        let feed = rss(&format!("{WHOLE}{channel}"), "");
        assert_eq!(found(&feed, None), *codes, "{channel}");
    }
}

#[test]
fn shows() {
    let long = format!("<itunes:author>{}</itunes:author>", "ä".repeat(256));
    let fits = format!("<itunes:author>{}</itunes:author>", "ä".repeat(255));
    let summary = format!("<itunes:summary>{}</itunes:summary>", "a".repeat(4001));
    in_whole(&[
        ("", &[]),
        (&fits, &[]),
        (&long, &["itunes-too-long"]),
        (&summary, &["itunes-too-long"]),
        (
            "<itunes:explicit>true</itunes:explicit>",
            &["element-duplicate"],
        ),
        (
            "<itunes:block>Yes</itunes:block><itunes:complete>no</itunes:complete>",
            &[],
        ),
        (
            "<itunes:block>Absolutely</itunes:block>",
            &["itunes-no-effect"],
        ),
        ("<itunes:complete/>", &["itunes-no-effect"]),
        ("<itunes:type>serial</itunes:type>", &[]),
        ("<itunes:type>random</itunes:type>", &["value-unknown"]),
        (
            "<itunes:new-feed-url>https://e.com/f</itunes:new-feed-url>",
            &[],
        ),
        (
            "<itunes:new-feed-url>/f</itunes:new-feed-url>",
            &["uri-not-http"],
        ),
        (
            "<itunes:applepodcastsverify>x</itunes:applepodcastsverify>",
            &[],
        ),
        (
            "<itunes:duration>60</itunes:duration>",
            &["element-unknown"],
        ),
        (
            "<itunes:keywords>a, b</itunes:keywords>",
            &["itunes-obsolete"],
        ),
        (
            "<itunes:keywords>a b</itunes:keywords>",
            &["itunes-keywords", "itunes-obsolete"],
        ),
        (
            "<itunes:keywords>a,b,c,d,e,f,g,h,i,j,k,l,m</itunes:keywords>",
            &["itunes-keywords", "itunes-obsolete"],
        ),
    ]);
}

#[test]
fn what_a_show_has_to_have() {
    in_channel(&[
        (
            "<itunes:title>T</itunes:title>",
            &[
                "itunes-required",
                "itunes-required",
                "itunes-required",
                "itunes-required",
                "itunes-owner",
            ],
        ),
        ("", &[]),
    ]);
    let owner = WHOLE.replace("<itunes:email>a@e.com</itunes:email>", "");
    assert_eq!(found(&rss(&owner, ""), None), ["element-missing"]);
    let email = WHOLE.replace("a@e.com", "me");
    assert_eq!(found(&rss(&email, ""), None), ["email-invalid"]);
}

#[test]
fn categories() {
    in_whole(&[
        ("<itunes:category text=\"Health &amp; Fitness\"/>", &[]),
        (
            "<itunes:category text=\"health &amp; fitness\"/>",
            &["itunes-category"],
        ),
        (
            "<itunes:category text=\"News &amp; Politics\"/>",
            &["itunes-category-obsolete"],
        ),
        ("<itunes:category/>", &["attribute-missing"]),
        (
            "<itunes:category text=\"Arts\"><itunes:category text=\"Books\"/></itunes:category>",
            &[],
        ),
        (
            "<itunes:category text=\"Arts\"><itunes:category text=\"Literature\"/></itunes:category>",
            &["itunes-category-obsolete"],
        ),
        (
            "<itunes:category text=\"Arts\"><itunes:category text=\"Golf\"/></itunes:category>",
            &["itunes-category"],
        ),
        (
            "<itunes:category text=\"Nonsense\"><itunes:category text=\"Golf\"/></itunes:category>",
            &["itunes-category", "itunes-category"],
        ),
    ]);
}

#[test]
fn episodes() {
    in_item(&[
        ("<itunes:explicit>True</itunes:explicit>", &[]),
        (
            "<itunes:explicit>clean</itunes:explicit>",
            &["itunes-explicit"],
        ),
        (
            "<itunes:explicit> true </itunes:explicit>",
            &["itunes-explicit"],
        ),
        ("<itunes:image href=\"/a.jpg\"/>", &["uri-not-http"]),
        ("<itunes:image/>", &["attribute-missing"]),
        (
            "<itunes:image>https://e.com/a.jpg</itunes:image>",
            &["attribute-missing", "element-text"],
        ),
        (
            "<itunes:episode>1</itunes:episode><itunes:season>2</itunes:season>",
            &[],
        ),
        ("<itunes:episode>0</itunes:episode>", &["number-invalid"]),
        ("<itunes:episodeType>bonus</itunes:episodeType>", &[]),
        (
            "<itunes:episodeType>Bonus</itunes:episodeType>",
            &["value-unknown"],
        ),
        (
            "<itunes:order>3</itunes:order><itunes:isClosedCaptioned>Yes</itunes:isClosedCaptioned>",
            &[],
        ),
        (
            "<itunes:subtitle>&lt;b&gt;a&lt;/b&gt;</itunes:subtitle>",
            &["text-html"],
        ),
        ("<itunes:nonsense/>", &["element-unknown"]),
        (
            "<itunes:duration>1:00:60</itunes:duration>",
            &["itunes-duration"],
        ),
    ]);
}

#[test]
fn durations() {
    for text in ["0", "1801", "7:04", "90:00", "1:02:03", "001:02:03"] {
        assert!(is_duration(text), "{text}");
    }
    for text in [
        "",
        ":",
        "1:2",
        "1:60",
        "-1",
        "1.5",
        "1:02:03:04",
        "1:0２",
        "1h",
        "1:02:",
    ] {
        assert!(!is_duration(text), "{text}");
    }
}

#[test]
fn enclosures_that_apple_takes() {
    let enclosure = |url: &str| {
        let item = format!(
            "<itunes:title>T</itunes:title><enclosure url=\"{url}\" length=\"1\" type=\"a/b\"/>"
        );
        found(&rss("", &item), None)
    };
    assert!(enclosure("https://e.com/a.MP3?b=c.wav").is_empty());
    assert_eq!(enclosure("https://e.com/a.wmv"), ["itunes-format"]);
    assert_eq!(enclosure("https://e.com/a"), ["itunes-format"]);
    in_item(&[(
        "<enclosure url=\"https://e.com/a.wmv\" length=\"1\" type=\"a/b\"/>",
        &[],
    )]);
}

#[test]
fn encodings() {
    let feed = |name: &str| {
        format!(
            "<?xml version=\"1.0\" encoding=\"{name}\"?>{}",
            rss(WHOLE, "")
        )
    };
    assert!(found(&feed("utf-8"), None).is_empty());
    assert!(found(&feed("iso-8859-1"), None).contains(&"itunes-not-utf8"));
}
