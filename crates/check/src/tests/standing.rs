//! Namespaces that are in use, and extensions that are small.

use std::collections::BTreeSet;

use super::{SUMMARY, atom, codes, json, rss};

fn none() -> BTreeSet<String> {
    BTreeSet::new()
}

fn in_channel(namespace: &str, text: &str) -> BTreeSet<String> {
    let feed = rss(text, "").replacen("xmlns:atom", &format!("{namespace} xmlns:atom"), 1);
    codes(feed.as_bytes(), None)
}

#[test]
fn namespaces_in_use_are_known() {
    for (prefix, uri) in [
        ("cc", "http://creativecommons.org/ns#"),
        ("prism", "http://prismstandard.org/namespaces/basic/2.0/"),
        ("prism", "http://prismstandard.org/namespaces/basic/3.0/"),
        ("rsl", "https://rslstandard.org/rsl"),
        ("arxiv", "http://arxiv.org/schemas/atom"),
        (
            "pingback",
            "http://madskills.com/public/xml/rss/module/pingback/",
        ),
        ("activity", "http://activitystrea.ms/spec/1.0/"),
        ("as", "https://www.w3.org/ns/activitystreams"),
        ("poco", "http://portablecontacts.net/spec/1.0"),
        ("mastodon", "http://mastodon.social/schema/1.0"),
        ("snf", "http://www.smartnews.be/snf"),
    ] {
        let namespace = format!("xmlns:{prefix}='{uri}'");
        let found = in_channel(&namespace, &format!("<{prefix}:x>y</{prefix}:x>"));
        assert_eq!(found, none(), "{uri}");
    }
}

#[test]
fn rss_090_has_two_addresses() {
    for uri in super::super::names::RSS_090 {
        let feed = format!(
            "<?xml version='1.0' encoding='utf-8'?>\
             <rdf:RDF xmlns='{uri}' xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>\
             <channel><title>T</title><link>https://e.com/</link><description>D</description>\
             </channel><item><title>I</title><link>https://e.com/1</link></item></rdf:RDF>"
        );
        assert_eq!(codes(feed.as_bytes(), None), none(), "{uri}");
    }
}

#[test]
fn results_of_a_search() {
    let of = |text: &str| {
        in_channel(
            "xmlns:opensearch='http://a9.com/-/spec/opensearch/1.1/'",
            text,
        )
    };
    let right = "<opensearch:totalResults>5</opensearch:totalResults>\
                 <opensearch:startIndex>1</opensearch:startIndex>\
                 <opensearch:Query role='request' searchTerms='a%20b' language='*'/>";
    assert_eq!(of(right), none());
    for (text, code) in [
        (
            "<opensearch:totalResults>x</opensearch:totalResults>",
            "number-invalid",
        ),
        (
            "<opensearch:itemsPerPage>-1</opensearch:itemsPerPage>",
            "number-invalid",
        ),
        ("<opensearch:Query/>", "attribute-missing"),
        ("<opensearch:Query role='nope'/>", "value-unknown"),
        (
            "<opensearch:Query role='request' searchTerms='%'/>",
            "uri-character",
        ),
        (
            "<opensearch:Query role='request' inputEncoding='x'/>",
            "value-unknown",
        ),
    ] {
        assert_eq!(of(text), BTreeSet::from([code.to_owned()]), "{text}");
    }
}

#[test]
fn tags_of_feedburner() {
    let of = |text: &str| {
        in_channel(
            "xmlns:feedburner='http://rssnamespace.org/feedburner/ext/1.0'",
            text,
        )
    };
    assert_eq!(
        of(
            "<feedburner:info uri='a'/><feedburner:awareness>https://e.com/a</feedburner:awareness>"
        ),
        none()
    );
    for (text, code) in [
        (
            "<feedburner:awareness>/a</feedburner:awareness>",
            "uri-relative",
        ),
        (
            "<feedburner:feedFlare href='a b'>A</feedburner:feedFlare>",
            "uri-character",
        ),
        (
            "<feedburner:emailServiceId>a</feedburner:emailServiceId><feedburner:emailServiceId>b</feedburner:emailServiceId>",
            "element-duplicate",
        ),
    ] {
        assert_eq!(of(text), BTreeSet::from([code.to_owned()]), "{text}");
    }
}

#[test]
fn feeds_that_several_programs_keep() {
    let of = |item: &str| {
        let namespace = "xmlns:sx='http://feedsync.org/2007/feedsync' xmlns:atom";
        let feed = rss("", item).replacen("xmlns:atom", namespace, 1);
        codes(feed.as_bytes(), None)
    };
    let right = "<sx:sync id='a' updates='1'><sx:history sequence='1' by='J'/></sx:sync>";
    assert_eq!(of(right), none());
    for (from, to, code) in [
        ("id='a' ", "", "attribute-missing"),
        ("'1' by", "'0' by", "number-invalid"),
        ("updates='1'", "updates='2147483648'", "number-invalid"),
        (" by='J'", "", "attribute-missing"),
        ("by='J'", "by='J D'", "value-unknown"),
        ("id=", "deleted='maybe' id=", "value-unknown"),
        ("<sx:history sequence='1' by='J'/>", "", "element-missing"),
    ] {
        let item = right.replace(from, to);
        assert_eq!(of(&item), BTreeSet::from([code.to_owned()]), "{item}");
    }
    let sharing = |attributes: &str| {
        let text = format!("<sx:sharing {attributes}/>");
        in_channel("xmlns:sx='http://feedsync.org/2007/feedsync'", &text)
    };
    let (early, late) = ("2020-01-01T00:00:00Z", "2020-01-02T00:00:00Z");
    assert_eq!(sharing(&format!("since='{early}' until='{late}'")), none());
    assert_eq!(
        sharing(&format!("since='{late}' until='{early}'")),
        BTreeSet::from(["value-unknown".to_owned()])
    );
    assert_eq!(
        sharing(&format!("since='{late}'")),
        BTreeSet::from(["attribute-missing".to_owned()])
    );
}

#[test]
fn who_may_index_a_feed() {
    let of = |attributes: &str| {
        let meta = format!("<meta xmlns='http://www.w3.org/1999/xhtml' {attributes}/>");
        codes(atom(&meta, SUMMARY).as_bytes(), None)
    };
    assert_eq!(of("name='robots' content='NoIndex, follow'"), none());
    for (attributes, code) in [
        ("name='robots'", "attribute-missing"),
        ("content='noindex'", "attribute-missing"),
        ("name='robots' content='index,noindex'", "value-unknown"),
        ("name='robot' content='noindex'", "value-unknown"),
    ] {
        assert_eq!(
            of(attributes),
            BTreeSet::from([code.to_owned()]),
            "{attributes}"
        );
    }
}

#[test]
fn ids_sizes_and_encodings() {
    let code = |code: &str| BTreeSet::from([code.to_owned()]);
    let feed = json("", "").replace("\"1\"", "\" \"");
    assert_eq!(codes(feed.as_bytes(), None), code("json-id-empty"));
    let wide: Vec<u8> = json("", "")
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    assert_eq!(codes(&wide, None), code("json-encoding"));
    let marked = [b"\xff\xfe".as_slice(), &wide].concat();
    assert_eq!(codes(&marked, None), code("json-encoding"));
    let file = |size: &str| {
        let attachment = format!(
            ", \"attachments\": [{{\"url\": \"https://e.com/a\", \"mime_type\": \"audio/mpeg\", {size}}}]"
        );
        codes(json("", &attachment).as_bytes(), None)
    };
    assert_eq!(file("\"size_in_bytes\": 0"), none());
    assert_eq!(file("\"size_in_bytes\": -5"), code("number-invalid"));
    assert_eq!(
        file("\"duration_in_seconds\": -0.5"),
        code("number-invalid")
    );
    let dated = |date: &str| {
        codes(
            rss("", &format!("<pubDate>{date}</pubDate>")).as_bytes(),
            None,
        )
    };
    assert_eq!(dated("Mon, 13 Dec 2021 09:30:00 +0000"), none());
    assert_eq!(
        dated("Mon, 13 Dec 2021 09:30:00.5 +0000"),
        code("date-rfc822")
    );
}
