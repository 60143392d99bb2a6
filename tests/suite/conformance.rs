//! The three formats say the same, every reader reads it, and strict parsers accept it.

use std::collections::BTreeMap;
use std::path::Path;

use crate::site::{Site, files};

/// What one format says of an entry.
#[derive(Debug, PartialEq)]
struct Seen {
    url: String,
    title: String,
    published: i64,
    updated: i64,
    tags: Vec<String>,
    authors: Vec<String>,
    summary: Option<String>,
    content: Option<String>,
}

fn instant(text: &str) -> i64 {
    chrono::DateTime::parse_from_rfc3339(text)
        .or_else(|_| chrono::DateTime::parse_from_rfc2822(text))
        .unwrap_or_else(|error| panic!("{text}: {error}"))
        .timestamp()
}

fn child<'a>(node: roxmltree::Node<'a, 'a>, name: &str) -> Option<&'a str> {
    node.children()
        .find(|child| child.tag_name().name() == name)
        .and_then(|child| child.text())
}

fn unescape(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
}

fn rss(text: &str) -> BTreeMap<String, Seen> {
    let document = roxmltree::Document::parse(text).expect("well-formed XML");
    let items = document
        .descendants()
        .filter(|node| node.has_tag_name("item"));
    items
        .map(|item| {
            let published = instant(child(item, "pubDate").expect("pubDate"));
            let all = |name: &str| -> Vec<String> {
                item.children()
                    .filter(|child| child.tag_name().name() == name)
                    .filter_map(|child| child.text().map(str::to_owned))
                    .collect()
            };
            let seen = Seen {
                url: child(item, "link").expect("link").to_owned(),
                title: child(item, "title").expect("title").to_owned(),
                published,
                updated: child(item, "updated").map_or(published, instant),
                tags: all("category"),
                authors: all("creator"),
                summary: child(item, "description").map(unescape),
                content: child(item, "encoded").map(str::to_owned),
            };
            (child(item, "guid").expect("guid").to_owned(), seen)
        })
        .collect()
}

fn atom(text: &str) -> BTreeMap<String, Seen> {
    let document = roxmltree::Document::parse(text).expect("well-formed XML");
    let entries = document
        .descendants()
        .filter(|node| node.tag_name().name() == "entry");
    entries
        .map(|entry| {
            let link = entry
                .children()
                .find(|node| node.attribute("rel") == Some("alternate"))
                .and_then(|node| node.attribute("href"));
            let seen = Seen {
                url: link.expect("a link").to_owned(),
                title: child(entry, "title").expect("title").to_owned(),
                published: instant(child(entry, "published").expect("published")),
                updated: instant(child(entry, "updated").expect("updated")),
                tags: entry
                    .children()
                    .filter_map(|node| node.attribute("term").map(str::to_owned))
                    .collect(),
                authors: entry
                    .children()
                    .filter(|node| node.tag_name().name() == "author")
                    .filter_map(|node| child(node, "name").map(str::to_owned))
                    .collect(),
                summary: child(entry, "summary").map(str::to_owned),
                content: child(entry, "content").map(str::to_owned),
            };
            (child(entry, "id").expect("id").to_owned(), seen)
        })
        .collect()
}

fn json(text: &str) -> BTreeMap<String, Seen> {
    let feed: serde_json::Value = serde_json::from_str(text).expect("JSON");
    let text = |value: &serde_json::Value| value.as_str().map(str::to_owned);
    let list = |value: &serde_json::Value, key: Option<&str>| -> Vec<String> {
        value
            .as_array()
            .map_or(&[][..], Vec::as_slice)
            .iter()
            .filter_map(|item| text(key.map_or(item, |key| &item[key])))
            .collect()
    };
    feed["items"]
        .as_array()
        .expect("items")
        .iter()
        .map(|item| {
            let seen = Seen {
                url: text(&item["url"]).expect("url"),
                title: text(&item["title"]).expect("title"),
                published: instant(&text(&item["date_published"]).expect("a date")),
                updated: instant(&text(&item["date_modified"]).expect("a date")),
                tags: list(&item["tags"], None),
                authors: list(&item["authors"], Some("name")),
                summary: text(&item["summary"]),
                content: text(&item["content_html"]),
            };
            (text(&item["id"]).expect("id"), seen)
        })
        .collect()
}

/// Checks all feeds below a folder; each has its three formats side by side.
fn check(folder: &Path) {
    let read = |file: &str| std::fs::read_to_string(folder.join(file)).expect("a feed");
    let mut feeds = 0;
    for file in files(folder) {
        let Some(base) = file.strip_suffix("rss.xml") else {
            continue;
        };
        feeds += 1;
        let rss = rss(&read(&file));
        let atom = atom(&read(&format!("{base}atom.xml")));
        let json = json(&read(&format!("{base}feed.json")));
        assert!(!rss.is_empty(), "{file}");
        assert_eq!(rss, atom, "{file}");
        assert_eq!(atom, json, "{file}");
    }
    assert!(feeds > 0, "no feeds in {}", folder.display());
}

#[test]
fn formats_of_the_example_agree() {
    check(&Path::new(env!("CARGO_MANIFEST_DIR")).join("feeds"));
}

#[test]
fn formats_of_the_golden_trees_agree() {
    for case in ["front-matter", "html", "jekyll"] {
        check(
            &Path::new(env!("CARGO_MANIFEST_DIR"))
                .join("tests/golden")
                .join(case)
                .join("feeds"),
        );
    }
}

#[test]
fn an_independent_reader_reads_the_example() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("feeds");
    let is_feed = |file: &String| file.ends_with(".xml") || file.ends_with(".json");
    for file in files(&folder).into_iter().filter(is_feed) {
        let bytes = std::fs::read(folder.join(&file)).expect("a feed");
        let feed =
            feed_rs::parser::parse(bytes.as_slice()).unwrap_or_else(|e| panic!("{file}: {e}"));
        assert!(!feed.entries.is_empty(), "{file}");
        for entry in feed.entries {
            assert!(
                entry.id.starts_with("https://www.example.gov/"),
                "{file}: {}",
                entry.id
            );
            assert!(
                entry.published.is_some() && !entry.links.is_empty(),
                "{file}: {}",
                entry.id
            );
        }
    }
}

#[test]
fn markup_in_rss_titles_is_written_as_hexadecimal_references() {
    let site = Site::new().post(
        "content/a.md",
        "title: 'Vec<T> & AT&amp;T'\ndate: 2024-01-01\ntags: ['<x>']",
    );
    site.build();
    let rss = site.read("feeds/rss.xml");
    assert!(
        rss.contains("<title>Vec&#x3C;T&gt; &#x26; AT&#x26;T</title>"),
        "{rss}"
    );
    assert!(rss.contains("<category>&#x3C;x&gt;</category>"), "{rss}");
    assert!(
        site.read("feeds/atom.xml")
            .contains("<title>Vec&lt;T&gt; &amp; AT&amp;T</title>")
    );
    assert_eq!(site.feed()["items"][0]["title"], "Vec<T> & AT&T");
}

#[test]
fn json_feed_has_nothing_that_its_specification_does_not_know() {
    let site = Site::new().post(
        "content/a.md",
        "title: A\ndate: 2024-01-01\nenclosure: {url: https://e.example/a.mp3, length: 5, duration: 90}",
    );
    site.build();
    let feed = site.feed();
    assert_eq!(feed["version"], "https://jsonfeed.org/version/1.1");
    let known = [
        "version",
        "title",
        "home_page_url",
        "feed_url",
        "description",
        "user_comment",
        "next_url",
        "icon",
        "favicon",
        "authors",
        "language",
        "expired",
        "hubs",
        "items",
    ];
    for key in feed.as_object().expect("an object").keys() {
        assert!(
            known.contains(&key.as_str()) || key.starts_with('_'),
            "{key}"
        );
    }
    let known = [
        "id",
        "url",
        "external_url",
        "title",
        "content_html",
        "content_text",
        "summary",
        "image",
        "banner_image",
        "date_published",
        "date_modified",
        "authors",
        "tags",
        "language",
        "attachments",
    ];
    for key in feed["items"][0].as_object().expect("an object").keys() {
        assert!(known.contains(&key.as_str()), "{key}");
    }
    assert_eq!(
        feed["items"][0]["attachments"],
        serde_json::json!([{
            "url": "https://e.example/a.mp3", "mime_type": "audio/mpeg", "size_in_bytes": 5,
            "duration_in_seconds": 90,
        }])
    );
}
