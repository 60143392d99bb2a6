//! Each rule, broken once.

use std::collections::BTreeSet;
use std::path::Path;

use feedwright_base::date::Timestamp;
use feedwright_base::diagnostic::Severity;

use super::*;

/// All that is wrong with a feed, as `code line:column message`.
fn check(feed: &[u8], profile: Option<Profile>) -> Vec<String> {
    let options = CheckOptions {
        now: Timestamp::from_epoch(1_700_000_000).unwrap(),
        html: true,
        profile,
    };
    let mut diags = Diagnostics::new();
    check_feed(feed, Path::new("feed"), &options, &mut diags).unwrap();
    diags.sort();
    diags
        .iter()
        .map(|diagnostic| {
            let at = diagnostic.location.as_ref().unwrap();
            format!(
                "{} {}:{} {}",
                diagnostic.code, at.line, at.column, diagnostic.message
            )
        })
        .collect()
}

fn codes(feed: &[u8], profile: Option<Profile>) -> BTreeSet<String> {
    check(feed, profile)
        .iter()
        .map(|line| line.split(' ').next().unwrap_or_default().to_owned())
        .collect()
}

const NAMESPACES: &str = "xmlns:atom='http://www.w3.org/2005/Atom' \
    xmlns:content='http://purl.org/rss/1.0/modules/content/' \
    xmlns:dc='http://purl.org/dc/elements/1.1/' \
    xmlns:slash='http://purl.org/rss/1.0/modules/slash/' \
    xmlns:georss='http://www.georss.org/georss' \
    xmlns:geo='http://www.w3.org/2003/01/geo/wgs84_pos#' \
    xmlns:wfw='http://wellformedweb.org/CommentAPI/'";

/// A feed of RSS with something in its channel and in its item.
fn rss(channel: &str, item: &str) -> String {
    format!(
        "<?xml version='1.0' encoding='utf-8'?><rss version='2.0' {NAMESPACES}><channel>\
         <title>T</title><link>https://e.com/</link><description>D</description>\
         <language>en</language><atom:link rel='self' href='https://e.com/f'/>{channel}\
         <item><title>I</title><guid>https://e.com/1</guid>{item}</item></channel></rss>"
    )
}

/// A feed of Atom with something in it and in its entry.
fn atom(feed: &str, entry: &str) -> String {
    format!(
        "<?xml version='1.0' encoding='utf-8'?><feed xmlns='http://www.w3.org/2005/Atom' \
         xmlns:thr='http://purl.org/syndication/thread/1.0' \
         xmlns:fh='http://purl.org/syndication/history/1.0'>\
         <id>tag:e.com,2020:f</id><title>T</title><updated>2020-01-01T00:00:00Z</updated>\
         <author><name>A</name></author><link rel='self' href='https://e.com/f'/>{feed}\
         <entry><id>tag:e.com,2020:1</id><title>I</title>\
         <updated>2020-01-01T00:00:00Z</updated><link href='https://e.com/1'/>{entry}</entry>\
         </feed>"
    )
}

/// A feed of RSS 1.0 with an item.
fn rdf(item: &str) -> String {
    format!(
        "<?xml version='1.0' encoding='utf-8'?>\
         <rdf:RDF xmlns='http://purl.org/rss/1.0/' xmlns:dc='http://purl.org/dc/elements/1.1/' \
         xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>\
         <channel rdf:about='https://e.com/'><title>T</title><link>https://e.com/</link>\
         <description>D</description><items><rdf:Seq/></items></channel>{item}</rdf:RDF>"
    )
}

/// A JSON feed with something in it and in its item.
fn json(feed: &str, item: &str) -> String {
    format!(
        r#"{{"version": "https://jsonfeed.org/version/1.1", "title": "T",
             "feed_url": "https://e.com/f", "home_page_url": "https://e.com/"{feed},
             "items": [{{"id": "1", "content_text": "x"{item}}}]}}"#
    )
}

const SUMMARY: &str = "<summary>S</summary>";

/// Feeds, and the code that each is about.
fn cases() -> Vec<(&'static str, Vec<u8>)> {
    let mut cases: Vec<(&'static str, Vec<u8>)> = Vec::new();
    let mut add = |code: &'static str, feed: String| cases.push((code, feed.into_bytes()));
    // Files, encodings, XML.
    add("no-feed", "<html/>".into());
    add("namespace-missing", "<feed/>".into());
    add("namespace-wrong", "<feed xmlns='https://e.com/'/>".into());
    add(
        "namespace-obsolete",
        "<feed xmlns='http://purl.org/atom/ns#'/>".into(),
    );
    add(
        "encoding-unknown",
        "<?xml version='1.0' encoding='nonsense'?><rss/>".into(),
    );
    add(
        "encoding-obscure",
        "<?xml version='1.0' encoding='koi8-u'?><rss/>".into(),
    );
    add(
        "encoding-nonstandard",
        "<?xml version='1.0' encoding='iso-8859-1'?><rss/>".into(),
    );
    add("encoding-missing", "<rss/>".into());
    add("json-bom", "\u{feff}{}".into());
    add("xml-syntax", rss("<a>", ""));
    add("xml-character", rss("<category>\u{1}</category>", ""));
    add("xml-entity", rss("<category>&nbsp;</category>", ""));
    add("xml-prefix", rss("<x:y/>", ""));
    add("xml-version", "<?xml version='1.1'?><rss/>".into());
    add("xml-too-deep", rss(&"<x>".repeat(300), ""));
    add(
        "xml-too-large",
        rss("", &format!("<source>{}</source>", "x".repeat(10_000_001))),
    );
    add("xml-doctype", "<!DOCTYPE rss SYSTEM 'x'><rss/>".into());
    add(
        "namespace-unknown",
        rss("<a xmlns='https://e.com/ns'/>", ""),
    );
    add(
        "namespace-misspelled",
        rss("<a xmlns='http://search.yahoo.com/mrss'/>", ""),
    );
    add(
        "namespace-prefix",
        rss("<m:rating xmlns:m='http://search.yahoo.com/mrss/'/>", ""),
    );
    add("namespace-invalid", rss("<a xmlns='not a uri'/>", ""));
    add(
        "namespace-prefix-reserved",
        rss(
            "<a:x xmlns:media='http://purl.org/rss/1.0/modules/slash/' xmlns:a='https://e.com/'/>",
            "",
        ),
    );
    add("xml-declaration", format!(" {}", rss("", "")));
    add(
        "namespace-address",
        rss("<media:a xmlns:media='https://e.com/'/>", ""),
    );
    // Elements and attributes.
    add("element-unknown", rss("<tilte/>", ""));
    add("element-duplicate", rss("<title>U</title>", ""));
    add("element-missing", "<rss version='2.0'/>".into());
    add("element-text", rss("text", ""));
    add("element-blank", rss("<generator/>", "<category/>"));
    add(
        "element-place",
        rss("<a xmlns='https://e.com/'/><image><atom:id/></image>", ""),
    );
    add(
        "element-no-namespace",
        rss("<x xmlns='https://e.com/'><a xmlns=''/></x>", ""),
    );
    add("element-vocabulary", atom("<a xmlns=''/>", SUMMARY));
    add(
        "xhtml-misplaced",
        atom("<p xmlns='http://www.w3.org/1999/xhtml'/>", SUMMARY),
    );
    add("attribute-unknown", rss("<ttl unit='h'>5</ttl>", ""));
    add(
        "attribute-extension",
        rss("<ttl xmlns:x='https://e.com/' x:y='1'>5</ttl>", ""),
    );
    add("attribute-missing", rss("", "<source>S</source>"));
    add(
        "whitespace",
        atom("", "<published> 2020-01-01T00:00:00Z</published>"),
    );
    add(
        "characters-broken",
        rss("", "<description>it\u{92}s</description>"),
    );
    // Values.
    add("value-unknown", rss("", "<guid isPermaLink='yes'>x</guid>"));
    add("xml-space", rss("<ttl xml:space='keep'>5</ttl>", ""));
    add(
        "date-rfc3339",
        atom("", "<published>2020-01-01</published>"),
    );
    add("date-w3c", rss("", "<dc:date>1.1.2020</dc:date>"));
    add("date-rfc822", rss("", "<pubDate>2020-01-01</pubDate>"));
    add(
        "date-weekday",
        rss("", "<pubDate>Mon, 01 Jan 2020 00:00:00 +0000</pubDate>"),
    );
    add(
        "date-obsolete",
        rss("", "<pubDate>1 Jan 20 00:00 GMT</pubDate>"),
    );
    add(
        "date-implausible",
        rss("", "<pubDate>01 Jan 2120 00:00:00 +0000</pubDate>"),
    );
    add("email-invalid", rss("", "<author>Jane</author>"));
    add(
        "email-form",
        rss("", "<author>Jane &lt;j@e.com&gt;</author>"),
    );
    add("email-no-name", rss("", "<author>j@e.com</author>"));
    add(
        "name-has-email",
        atom("<author><name>J &lt;j@e.com></name></author>", SUMMARY),
    );
    add(
        "language-invalid",
        rss("", "<dc:language>english</dc:language>"),
    );
    add(
        "media-type-invalid",
        rss(
            "",
            "<enclosure url='http://e.com/a' length='1' type='mp3'/>",
        ),
    );
    add("number-invalid", rss("<ttl>soon</ttl>", ""));
    add("latitude-invalid", rss("", "<geo:lat>91</geo:lat>"));
    add("longitude-invalid", rss("", "<geo:long>x</geo:long>"));
    add(
        "text-html",
        rss("<copyright>&lt;b>x&lt;/b></copyright>", ""),
    );
    add(
        "text-html-undeclared",
        atom("<rights>&lt;b>x&lt;/b></rights>", SUMMARY),
    );
    add(
        "text-character-data",
        rss("<copyright>Vec&lt;T></copyright>", ""),
    );
    add(
        "uri-invalid",
        rss("", "<link>http://[x/</link>").replace("[x", "a:b:c"),
    );
    add("uri-relative", rss("", "<link>/1</link>"));
    add("uri-character", rss("", "<link>https://e.com/a b</link>"));
    add("uri-not-ascii", rss("", "<link>https://e.com/é</link>"));
    add("uri-host", rss("", "<link>https:/e.com/</link>"));
    add(
        "uri-not-http",
        rss("", "<enclosure url='ftp://e.com/a' length='1' type='a/b'/>"),
    );
    add("uri-scheme", rss("", "<link>nonsense:x</link>"));
    add(
        "uri-not-canonical",
        atom("", SUMMARY).replace("tag:e.com,2020:1", "HTTP://e.com"),
    );
    add(
        "tag-uri-invalid",
        atom("", SUMMARY).replace("tag:e.com,2020:1", "tag:e.com:1"),
    );
    add(
        "tag-uri-case",
        atom("", SUMMARY).replace("tag:e.com,2020:1", "tag:E.com,2020:1"),
    );
    add(
        "urn-invalid",
        atom("", SUMMARY).replace("tag:e.com,2020:1", "urn:x"),
    );
    add(
        "uuid-invalid",
        atom("", SUMMARY).replace("tag:e.com,2020:1", "urn:uuid:x"),
    );
    add(
        "uri-same-document",
        atom("<link xml:base='https://e.com/b' href=''/>", SUMMARY),
    );
    // HTML.
    let html = |text: &str| {
        rss(
            "",
            &format!("<description><![CDATA[{text}]]></description>"),
        )
    };
    add("html-broken", html("<p>a <b>b</p>"));
    add("html-unknown", html("<x-y>a</x-y>"));
    add("html-dangerous", html("<script>1</script>"));
    add("html-handler", html("<p onclick='x'>a</p>"));
    add("html-script-link", html("<a href=' java\tscript:x'>a</a>"));
    add("html-style", html("<p style='position: fixed'>a</p>"));
    add("html-relative", html("<a href='/x'>a</a>"));
    add("html-url-character", html("<a href='x y'>a</a>"));
    add("html-too-deep", html(&"<div>".repeat(1000)));
    add(
        "html-relative-base",
        atom("", "<summary type='html'>&lt;a href='x'>a&lt;/a></summary>"),
    );
    // RSS.
    add(
        "text-markup",
        rss("", "<description>a <em>b</em></description>"),
    );
    add(
        "rss-version",
        rss("", "").replace("version='2.0'", "version='3.0'"),
    );
    let doctype = |system: &str| {
        format!(
            "<!DOCTYPE rss PUBLIC '-//Netscape Communications//DTD RSS 0.91//EN' '{system}'><rss version='0.92'/>"
        )
    };
    add(
        "rss-doctype-version",
        doctype("http://www.rssboard.org/rss-0.91.dtd"),
    );
    add(
        "rss-doctype-gone",
        doctype("http://my.netscape.com/publish/formats/rss-0.91.dtd"),
    );
    add(
        "rss-item-empty",
        rss("<item><guid>https://e.com/2</guid></item>", ""),
    );
    add(
        "rss-item-misplaced",
        rss("<item><title>J</title></item><ttl>5</ttl>", ""),
    );
    add("rss-guid-missing", rss("<item><title>J</title></item>", ""));
    add(
        "rss-guid-duplicate",
        rss(
            "<item><title>J</title><guid>https://e.com/1</guid></item>",
            "",
        ),
    );
    add(
        "rss-guid-not-url",
        rss("<item><title>J</title><guid>one</guid></item>", ""),
    );
    add(
        "rss-guid-not-link",
        rss(
            "<item><title>J</title><guid>tag:e.com,2020:1</guid></item>",
            "",
        ),
    );
    add(
        "rss-guid-short",
        rss(
            "<item><title>J</title><guid isPermaLink='false'>17</guid></item>",
            "",
        ),
    );
    let enclosure =
        |length: &str| format!("<enclosure url='http://e.com/a' length='{length}' type='a/b'/>");
    add(
        "rss-enclosure-duplicate",
        rss("", &enclosure("1").repeat(2)),
    );
    add("rss-enclosure-length", rss("", &enclosure("-1")));
    let image = |more: &str| {
        rss(
            &format!(
                "<image><url>https://e.com/a.bmp</url><title>X</title><link>https://e.com/x</link>{more}</image>"
            ),
            "",
        )
    };
    add("rss-image-title", image(""));
    add("rss-image-link", image(""));
    add("rss-image-format", image(""));
    add("rss-image-width", image("<width>200</width>"));
    add("rss-image-height", image("<height>0</height>"));
    add(
        "rss-hour",
        rss("<skipHours><hour>25</hour></skipHours>", ""),
    );
    add(
        "rss-hour-24",
        rss("<skipHours><hour>24</hour></skipHours>", ""),
    );
    add("rss-day", rss("<skipDays><day>Mo</day></skipDays>", ""));
    add(
        "rss-skip-many",
        rss(
            &format!("<skipDays>{}</skipDays>", "<day>Monday</day>".repeat(8)),
            "",
        ),
    );
    add(
        "rss-skip-duplicate",
        rss("<skipHours><hour>1</hour><hour>1</hour></skipHours>", ""),
    );
    add("rss-text-input", rss("<textInput/>", ""));
    add(
        "rss-form-name",
        rss("<textInput><name>1x</name></textInput>", ""),
    );
    add(
        "rss-content-order",
        rss("", "<content:encoded>x</content:encoded>"),
    );
    add(
        "rss-slash-date",
        rss("", "<slash:comments>1</slash:comments>"),
    );
    add(
        "rss-body-duplicate",
        rss("", "<atom:content>x</atom:content>"),
    );
    add(
        "language-missing",
        rss("", "").replace("<language>en</language>", ""),
    );
    // RSS on RDF.
    let item =
        "<item rdf:about='https://e.com/1'><title>I</title><link>https://e.com/1</link></item>";
    add("rdf-about-duplicate", rdf(&item.repeat(2)));
    add(
        "rdf-about-missing",
        rdf("<item><title>I</title><link>https://e.com/1</link></item>"),
    );
    add(
        "rdf-syntax",
        rdf(&item.replace("<title>I", "<dc:source>x<dc:y/></dc:source><title>I")),
    );
    // Atom.
    add(
        "atom-author-missing",
        atom("", SUMMARY).replace("<author><name>A</name></author>", ""),
    );
    add(
        "atom-content-missing",
        atom("", SUMMARY).replace("<link href='https://e.com/1'/>", ""),
    );
    add(
        "atom-summary-missing",
        atom("", "<content src='https://e.com/a' type='a/b'/>"),
    );
    add("atom-text-missing", atom("", ""));
    let entry = "<entry><id>tag:e.com,2020:1</id><title>I</title><updated>2020-01-01T00:00:00Z</updated><summary>S</summary><link href='https://e.com/1'/></entry>";
    add("atom-id-duplicate", atom(entry, SUMMARY));
    add("atom-id-same", atom(&entry.repeat(10), SUMMARY));
    add("atom-updated-duplicate", atom(entry, SUMMARY));
    add(
        "atom-metadata-misplaced",
        atom(&format!("{entry}<rights>R</rights>"), SUMMARY),
    );
    add(
        "atom-prefixed",
        atom("", SUMMARY).replace(
            "xmlns:thr",
            "xmlns:atom='http://www.w3.org/2005/Atom' xmlns:thr",
        ),
    );
    add("atom-source-missing", atom("", "<source/>"));
    add(
        "atom-link-rel",
        atom("<link rel='nonsense' href='https://e.com/'/>", SUMMARY),
    );
    add(
        "attribute-blank",
        atom("<link title='' href='https://e.com/'/>", SUMMARY),
    );
    add(
        "atom-link-text",
        atom("<link href='https://e.com/'>x</link>", SUMMARY),
    );
    add(
        "atom-link-duplicate",
        atom(&"<link href='https://e.com/'/>".repeat(2), SUMMARY),
    );
    add(
        "self-missing",
        atom("", SUMMARY).replace("rel='self'", "rel='via'"),
    );
    add(
        "self-relative",
        atom("", SUMMARY).replace("https://e.com/f", "/f"),
    );
    add(
        "self-type",
        atom("", SUMMARY).replace("rel='self'", "rel='self' type='text/html'"),
    );
    add(
        "atom-text-type",
        atom("", "<summary type='text/plain'>x</summary>"),
    );
    add(
        "atom-content-type",
        atom("", "<content type='multipart/x'>x</content>"),
    );
    add(
        "atom-content-type-missing",
        atom("", "<summary>S</summary><content src='https://e.com/a'/>"),
    );
    add(
        "atom-content-base64",
        atom(
            "",
            "<summary>S</summary><content type='image/png'>?</content>",
        ),
    );
    add(
        "atom-xhtml-div",
        atom("", "<summary type='xhtml'>x</summary>"),
    );
    add(
        "atom-xhtml-namespace",
        atom("", "<summary type='xhtml'><div xmlns=''>x</div></summary>"),
    );
    add(
        "atom-xhtml-escaped",
        atom(
            "",
            "<summary type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>&lt;b>x&lt;/b></div></summary>",
        ),
    );
    add(
        "atom-html-fragment",
        atom("", "<content type='text/html'>x</content>"),
    );
    // JSON Feed.
    add("json-syntax", "{".into());
    add(
        "json-too-large",
        json(
            "",
            &format!(", \"summary\": \"{}\"", "x".repeat(64 * 1024 * 1024)),
        ),
    );
    add(
        "json-key-duplicate",
        json(
            ", \"icon\": \"https://e.com/\", \"icon\": \"https://e.com/\"",
            "",
        ),
    );
    add("json-version", json("", "").replace("1.1", "9"));
    add(
        "json-key-missing",
        "{\"version\": \"https://jsonfeed.org/version/1.1\"}".into(),
    );
    add(
        "json-key-recommended",
        json("", "").replace("feed_url", "next_url"),
    );
    add("json-key-unknown", json(", \"titel\": \"T\"", ""));
    add(
        "json-key-deprecated",
        json(", \"author\": {\"name\": \"A\"}", ""),
    );
    add("json-type", json("", ", \"tags\": \"a\""));
    add("json-blank", json("", ", \"summary\": \"\""));
    add("json-id-number", json("", "").replace("\"1\"", "1"));
    add(
        "json-id-duplicate",
        json("", "}, {\"id\": \"1\", \"content_text\": \"y\""),
    );
    add(
        "json-content-missing",
        json("", "").replace("content_text", "summary"),
    );
    add(
        "json-next-same",
        json(", \"next_url\": \"https://e.com/f\"", ""),
    );
    add("json-author-empty", json("", ", \"authors\": [{}]"));
    // Extensions.
    add(
        "semantics-duplicate",
        rss("", "<category>a</category><dc:subject>a</dc:subject>"),
    );
    add(
        "slash-hit-parade",
        rss("", "<slash:hit_parade>a</slash:hit_parade>"),
    );
    add(
        "georss-coordinates",
        rss("", "<georss:point>45</georss:point>"),
    );
    add(
        "georss-comma",
        rss("", "<georss:point>45,70</georss:point>"),
    );
    add(
        "wfw-comment-rss",
        rss("", "<wfw:commentRSS>https://e.com/c</wfw:commentRSS>"),
    );
    add(
        "thr-attribute",
        atom("<link href='https://e.com/' thr:count='1'/>", SUMMARY),
    );
    add(
        "thr-when",
        atom(
            "<link rel='replies' href='https://e.com/' thr:when='x'/>",
            SUMMARY,
        ),
    );
    add(
        "history-link-in-entry",
        atom(
            "",
            "<summary>S</summary><link rel='next' href='https://e.com/2'/>",
        ),
    );
    add(
        "history-complete-links",
        atom(
            "<fh:complete/><link rel='next' href='https://e.com/2'/>",
            SUMMARY,
        ),
    );
    add(
        "history-complete-current",
        atom(
            "<fh:complete/><link rel='current' href='https://e.com/2'/>",
            SUMMARY,
        ),
    );
    add(
        "history-past-end",
        atom(
            "<link rel='first' href='https://e.com/f'/><link rel='previous' href='https://e.com/2'/>",
            SUMMARY,
        ),
    );
    add("history-archive-current", atom("<fh:archive/>", SUMMARY));
    add("history-archive-alone", atom("<fh:archive/>", SUMMARY));
    cases.push((
        "encoding-invalid",
        b"<?xml version='1.0' encoding='utf-8'?><rss>\xff</rss>".to_vec(),
    ));
    cases
}

/// Feeds for somebody, and the code that each is about.
fn profiles() -> Vec<(Profile, &'static str, String)> {
    let bare = "<item><description>x</description></item>";
    vec![
        (Profile::Govdelivery, "profile-format", json("", "")),
        (Profile::Govdelivery, "govdelivery-no-id", rss(bare, "")),
        (Profile::Govdelivery, "govdelivery-no-title", rss(bare, "")),
        (Profile::Govdelivery, "govdelivery-no-link", rss("", "")),
        (Profile::Mailchimp, "mailchimp-no-date", rss("", "")),
        (
            Profile::Mailchimp,
            "mailchimp-relative",
            atom(
                "",
                "<summary xml:base='https://e.com/' type='html'>&lt;a href='x'>y&lt;/a></summary>",
            ),
        ),
        (Profile::GoogleNews, "google-news-no-id", rss(bare, "")),
        (
            Profile::GoogleNews,
            "google-news-entry-large",
            rss(
                "",
                &format!("<description>{}</description>", "x".repeat(1_000_001)),
            ),
        ),
        (
            Profile::GoogleNews,
            "google-news-feed-large",
            rss(
                "",
                &format!("<description>{}</description>", "x".repeat(2_000_001)),
            ),
        ),
        (
            Profile::GoogleNews,
            "google-news-many",
            rss(&bare.repeat(60), ""),
        ),
    ]
}

#[test]
fn every_rule_is_broken_once() {
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    for (code, feed) in cases() {
        let found = codes(&feed, None);
        let start = String::from_utf8_lossy(&feed[..feed.len().min(900)]).into_owned();
        assert!(
            found.contains(code),
            "{code} is not among {found:?}: {start}"
        );
        seen.insert(code);
    }
    for (profile, code, feed) in profiles() {
        let found = codes(feed.as_bytes(), Some(profile));
        assert!(
            found.contains(code),
            "{code} is not among {found:?}: {feed:.900}"
        );
        assert!(
            !codes(feed.as_bytes(), None).contains(code),
            "{code} belongs to a profile"
        );
        seen.insert(code);
    }
    // These have tables of their own.
    let elsewhere = [
        "itunes-",
        "podcast-",
        "media-",
        "apple-",
        "psp-",
        "country-invalid",
        "element-recommended",
    ];
    let left: Vec<&str> = super::codes()
        .into_iter()
        .filter(|code| !seen.contains(code))
        .filter(|code| {
            *code == "media-type-invalid" || !elsewhere.iter().any(|p| code.starts_with(p))
        })
        .collect();
    assert!(left.is_empty(), "no case breaks {left:?}");
}

#[test]
fn right_feeds_are_silent() {
    let item =
        "<item rdf:about='https://e.com/1'><title>I</title><link>https://e.com/1</link></item>";
    for feed in [
        rss(
            "",
            "<description>D &amp;amp; E</description><pubDate>Wed, 01 Jan 2020 00:00:00 +0545</pubDate>",
        ),
        atom("", SUMMARY),
        rdf(item),
        json(
            "",
            ", \"date_published\": \"2020-01-01T00:00:00.25+01:00\", \"_own\": {\"x\": [1]}",
        ),
    ] {
        assert_eq!(check(feed.as_bytes(), None), Vec::<String>::new(), "{feed}");
    }
}

#[test]
fn places_are_those_of_editors() {
    let feed = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\r\n<rss version=\"2.0\">\n <channel>\n  \
                <title>é</title><tïtle x=\"&lt;\"/>\n  <ttl>\n   soon</ttl></channel>\n</rss>\n";
    let found = check(feed.as_bytes(), None);
    assert!(
        found.contains(
            &"element-unknown 4:19 `tïtle` cannot stand in `channel`; `title` can".to_owned()
        ),
        "{found:?}"
    );
    assert!(
        found.contains(
            &"number-invalid 5:3 `ttl` is “soon”, and not a whole number from 1".to_owned()
        ),
        "{found:?}"
    );
    let json = "{\"version\": \"https://jsonfeed.org/version/1.1\",\n \"title\": 3, \"items\": []}";
    assert!(
        check(json.as_bytes(), None)
            .contains(&"json-type 2:11 `title` is a number, and not a text".to_owned()),
        "{:?}",
        check(json.as_bytes(), None)
    );
}

#[test]
fn lines_of_html_are_those_of_the_file() {
    let feed = rss(
        "",
        "<description>&lt;p>a&lt;/p>\n&lt;p>b\n&lt;script>c&lt;/script>&lt;/p></description>",
    );
    let found = check(feed.as_bytes(), None);
    assert_eq!(
        found,
        ["html-dangerous 3:1 the HTML of `description` has the element `script`"]
    );
}

#[test]
fn encodings_are_read() {
    let text = "<?xml version='1.0' encoding='NAME'?><rss version='2.0'><channel><title>Ä€</title>\
                <link>https://e.com/</link><description>D</description></channel></rss>";
    for (name, encoding) in [
        ("utf-16", encoding_rs::UTF_16LE),
        ("windows-1252", encoding_rs::WINDOWS_1252),
        ("shift_jis", encoding_rs::SHIFT_JIS),
    ] {
        let text = text.replace("NAME", name).replace(
            if name == "shift_jis" { "Ä€" } else { "" },
            if name == "shift_jis" { "あ" } else { "" },
        );
        let bytes = if encoding == encoding_rs::UTF_16LE {
            let units = text.encode_utf16().flat_map(u16::to_le_bytes);
            [0xff, 0xfe].into_iter().chain(units).collect()
        } else {
            encoding.encode(&text).0.into_owned()
        };
        let found = codes(&bytes, None);
        for code in [
            "encoding-invalid",
            "encoding-unknown",
            "xml-syntax",
            "characters-broken",
            "no-feed",
        ] {
            assert!(!found.contains(code), "{name}: {found:?}");
        }
    }
    let lies = text.replace("NAME", "us-ascii");
    assert!(codes(lies.as_bytes(), None).contains("encoding-invalid"));
}

#[test]
fn places_in_texts_are_those_of_the_file() {
    for (text, expected) in [
        ("a\r\nb\u{fffd}", "2:2"),
        ("<![CDATA[\n\n&amp;\u{fffd}]]>", "3:6"),
        // Behind a reference only the line is known.
        ("a &amp;\n\n&amp;\u{fffd}", "3:1"),
        // Where lines are none in the file, the place is that of the whole.
        ("&#10;&#10;&#10;\u{fffd}", "1:48"),
        ("a\r\r\r\r\u{fffd}", "1:48"),
    ] {
        let feed = format!(
            "<rss version='2.0'><channel><item><description>{text}</description></item></channel></rss>"
        );
        let found = check(feed.as_bytes(), None);
        let broken = found
            .iter()
            .find(|line| line.starts_with("characters-broken"));
        let broken = broken.unwrap_or_else(|| panic!("{text}: {found:?}"));
        assert!(
            broken.contains(&format!(" {expected} ")),
            "{text}: {broken}"
        );
    }
}

#[test]
fn many_problems_are_counted() {
    let feed = rss(&"<x/>".repeat(1500), "");
    let found = check(feed.as_bytes(), None);
    let count = found
        .iter()
        .filter(|line| line.starts_with("element-unknown"))
        .count();
    assert_eq!(count, 1000);
    assert!(
        found
            .iter()
            .any(|line| line.contains("500 more problems `element-unknown`"))
    );
}

#[test]
fn bombs_are_refused() {
    let lol = "<!DOCTYPE rss [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>\
               <!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;'><!ENTITY d '&c;&c;&c;&c;&c;&c;&c;&c;'>\
               <!ENTITY e '&d;&d;&d;&d;&d;&d;&d;&d;'><!ENTITY f '&e;&e;&e;&e;&e;&e;&e;&e;'>\
               <!ENTITY g '&f;&f;&f;&f;&f;&f;&f;&f;'><!ENTITY h '&g;&g;&g;&g;&g;&g;&g;&g;'>]>\
               <rss version='2.0'><channel><title>&h;</title></channel></rss>";
    assert!(codes(lol.as_bytes(), None).contains("xml-too-large"));
    // Many references to an entity of allowed size are no way around.
    let entity = "x".repeat(60_000);
    let many = "<title>&a;</title>".repeat(2000);
    let feed = format!(
        "<!DOCTYPE rss [<!ENTITY a '{entity}'>]><rss version='2.0'><channel>{many}</channel></rss>"
    );
    assert!(codes(feed.as_bytes(), None).contains("xml-too-large"));
    let deep = "[".repeat(100_000);
    assert!(codes(deep.as_bytes(), None).contains("json-syntax"));
}

/// What is wrong with the XML of a feed.
fn faults(feed: &[u8]) -> Vec<String> {
    let mut found = check(feed, None);
    found.retain(|line| {
        let is_fault = line.starts_with("xml-") || line.starts_with("encoding-invalid");
        is_fault && !line.starts_with("xml-doctype")
    });
    found
}

#[test]
fn xml_is_as_strict_as_its_specification() {
    let wrong: &[&[u8]] = &[
        b"\xef\xbb\xbf\xef\xbb\xbf<rss/>",
        b"<!doctype rss><rss/>",
        b"<!DOCTYPErss><rss/>",
        b"<?xml xml version='1.0'?><rss/>",
        b"<?xml version='&#49;.0'?><rss/>",
        b"<?xml version='1.0' encoding='a b'?><rss/>",
        b"<?a:b?><rss/>",
        b"<?a?b?><rss/>",
        b"<rss>&a:b;</rss>",
        b"<rss a='1' a='1'/>",
        b"<rss xmlns:a='u:x' xmlns:b='u:x' a:c='' b:c=''/>",
        b"<rss xmlns:a='http://www.w3.org/XML/1998/namespace'/>",
        b"<rss xmlns='http://www.w3.org/XML/1998/namespace'/>",
        b"<rss xmlns='http://www.w3.org/2000/xmlns/'/>",
        b"<rss xmlns:xmlns='u:x'/>",
        b"<xmlns:rss/>",
        b"<!DOCTYPE rss [<!ELEMENT>]><rss/>",
        b"<!DOCTYPE rss [<!ENTITY a '<b>'>]><rss>&a;</rss>",
        b"<!DOCTYPE rss [<!ENTITY a '</b><b>'>]><rss><b>&a;</b></rss>",
        b"<!DOCTYPE rss [<!ENTITY a '&#60;b>'>]><rss>&a;</rss>",
        b"<!DOCTYPE rss [<!ENTITY a '&#38;'>]><rss>&a;</rss>",
        b"<!DOCTYPE rss [<!ENTITY a ']]>'>]><rss>&a;</rss>",
        b"<!DOCTYPE rss [<!ENTITY a '<?xml version=\"1.0\"?>'>]><rss>&a;</rss>",
        b"<!DOCTYPE rss [<!ENTITY a '<b/>'>]><rss b='&a;'/>",
        b"<!DOCTYPE rss [<!ENTITY a SYSTEM 'x'>]><rss b='&a;'/>",
        b"<!DOCTYPE rss [<!NOTATION n SYSTEM 'x'><!ENTITY a SYSTEM 'x' NDATA n>]><rss>&a;</rss>",
        b"<?xml version='1.0' standalone='yes'?><!DOCTYPE rss SYSTEM 'x'><rss>&a;</rss>",
        b"<?xml version='1.0' encoding='windows-1252'?><rss>\x81</rss>",
        b"\xef\xbb\xbf<?xml version='1.0' encoding='utf-16'?><rss/>",
        b"\xff\xfe<\0?\0x\0m\0l\0 \0v\0e\0r\0s\0i\0o\0n\0=\0'\x001\0.\x000\0'\0 \0e\0n\0c\0o\0d\0\
          i\0n\0g\0=\0'\0u\0t\0f\0-\x001\x006\0b\0e\0'\0?\0>\0<\0a\0/\0>\0",
        b"<\0r\0s\0s\0/\0>\0",
    ];
    for feed in wrong {
        assert!(
            !faults(feed).is_empty(),
            "{}",
            String::from_utf8_lossy(feed)
        );
    }
    let right: &[&[u8]] = &[
        b"\xef\xbb\xbf<?xml version='1.0'?><rss/>",
        b"<rss a='1' xmlns:a='u:x' xmlns:b='u:y' a:a='' b:a=''/>",
        b"<rss xmlns:a='http://purl.org/dc/elements/1.1/' xmlns:b='http://purl.org/dc/elements/1.1' a:c='' b:c=''/>",
        b"<rss xmlns:xml='http://www.w3.org/XML/1998/namespace'/>",
        b"<!DOCTYPE rss [<!ENTITY a '<b>&c;</b>'><!ENTITY c 'd&#38;amp;<!-- -->'>]><rss>&a;</rss>",
        b"<!DOCTYPE rss [<!ENTITY % a '<!ENTITY b \"c\">'> %a;]><rss>&b;</rss>",
        b"<!DOCTYPE rss [<!ATTLIST rss xmlns:a CDATA 'u:x'>]><rss a:b=''/>",
        b"<!DOCTYPE rss SYSTEM 'x'><rss>&a;</rss>",
        b"<?xml version='1.0' encoding='iso-8859-1'?><rss>\x81</rss>",
    ];
    for feed in right {
        let found = faults(feed);
        assert!(
            found.is_empty(),
            "{}: {found:?}",
            String::from_utf8_lossy(feed)
        );
    }
}

#[test]
fn the_text_of_entities_is_reported_where_they_stand() {
    let feed = b"<!DOCTYPE rss [<!ENTITY a 'x\n<b></c>'>]>\n<rss>&a;</rss>";
    let found = faults(feed);
    assert_eq!(found, ["xml-syntax 3:6 `</c>` stands where `</b>` should"]);
}

#[test]
fn what_grows_with_its_square_is_bounded() {
    let many =
        |count: usize, make: &dyn Fn(usize) -> String| -> String { (0..count).map(make).collect() };
    let attributes = many(50_000, &|i| format!(" a{i}=''"));
    let prefixes = many(50_000, &|i| format!(" xmlns:a{i}='u:{i}'"));
    let elements = many(50_000, &|i| format!("<a{i}:b/>"));
    let defaults = many(50_000, &|i| format!(" a{i} CDATA ''"));
    let links = "<link rel='first' href='u:a'/>".repeat(50_000);
    let hreflangs = many(50_000, &|i| format!("<link hreflang='x{i}' href='u:a'/>"));
    let keys = many(100_000, &|i| format!("\"k{i}\":1,"));
    let wide = format!("&lt;b{}>", many(100_000, &|i| format!(" a{i}=b")));
    for feed in [
        format!("<rss{attributes}/>"),
        format!("<rss{prefixes}>{elements}</rss>"),
        format!("<!DOCTYPE rss [<!ATTLIST a{defaults}>]><rss/>"),
        atom(&links, ""),
        atom(&hreflangs, ""),
        rss("", &format!("<description>{wide}</description>")),
        rss("", &"<x/>".repeat(100_000)),
        rss(&"<item/><category/>".repeat(20_000), ""),
        format!("{{{keys}\"version\":1}}"),
    ] {
        check(feed.as_bytes(), None);
    }
}

#[test]
fn what_needs_much_memory_is_refused() {
    let text = "x".repeat(20_000_000);
    let name = "x".repeat(2_000);
    for feed in [
        format!("<rss a='{text}'/>"),
        format!("<{name}/>"),
        format!("<rss {name}=''/>"),
        rss(&"<x/>".repeat(600_000), ""),
        rss("", &"<x/>".repeat(600_000)),
    ] {
        assert!(codes(feed.as_bytes(), None).contains("xml-too-large"));
    }
    let key = "x".repeat(70_000_000);
    for feed in [
        format!("{{\"{key}\":1}}"),
        format!("{{\"a\":[{}1]}}", "1,".repeat(600_000)),
    ] {
        let found = codes(feed.as_bytes(), None);
        assert!(found.contains("json-too-large"), "{found:?}");
    }
}

#[test]
fn messages_are_short() {
    let name = "é".repeat(490);
    let feed = rss("", &format!("<{name} {name}=''><{name}/></{name}>"));
    for line in check(feed.as_bytes(), None) {
        assert!(line.chars().count() < 1100, "{line}");
    }
}

#[test]
fn meaning_and_remedy_are_sentences() {
    for code in super::codes() {
        let rule = explanation(code).unwrap();
        assert!(rule.meaning.ends_with('.'), "{code}");
        assert!(!rule.help.is_empty() && !rule.help.ends_with('.'), "{code}");
        assert!(rule.severity >= Severity::Note);
    }
}
