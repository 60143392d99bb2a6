//! Hostile feeds are refused before they need much time or memory.

use super::{atom, check, codes, rss};

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
