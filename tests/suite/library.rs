//! Feeds of anybody's own data: what the library writes is right, and what cannot be is refused.

use feedwright::{CheckOptions, Severity, check_feed};
use feedwright_feed::emit::{self, Looks};
use feedwright_feed::read::Published;
use feedwright_feed::{Entry, Feed, Format, Html, Neighbours, Place, Timestamp, Url};

fn url(text: &str) -> Url {
    Url::parse(text).expect("a URL")
}

fn entry(name: &str, title: &str, published: &str) -> Entry {
    let published = Timestamp::from_rfc3339(published).expect("a date");
    Entry::new(
        url(&format!("https://example.gov/{name}/")),
        title,
        published,
    )
}

/// Three entries, not in order, and one with hostile HTML.
fn feed() -> Feed {
    let mut feed = Feed::new(url("https://example.gov/news/"), "News", "What is new.");
    feed.language = Some("en".to_owned());
    feed.push(entry("b", "Second <b> & more", "2024-01-02T10:00:00Z"));
    let mut last = entry("c", "Third", "2024-01-03T10:00:00-05:00");
    last.tags = vec!["health".to_owned()];
    last.content = Html::clean(
        "<script>x()</script><p onclick=x()>See <a href=\"javascript:x()\">this</a>, \
         <a href=map.png>that</a>.",
        &last.url,
    );
    feed.push(last);
    feed.push(entry("a", "First", "2024-01-01T10:00:00Z"));
    feed
}

#[test]
fn every_format_is_right_and_says_the_same() {
    let feed = feed();
    let now = Timestamp::from_rfc3339("2024-06-01T00:00:00Z").expect("a date");
    let options = CheckOptions::new(now);
    for (format, name) in [
        (Format::Rss, "rss.xml"),
        (Format::Atom, "atom.xml"),
        (Format::Json, "feed.json"),
    ] {
        let at = url(&format!("https://example.gov/{name}"));
        let bytes = feed.write(format, &at).expect("a feed");
        assert_eq!(bytes, feed.write(format, &at).expect("the same feed"));
        let mut found = feedwright::Diagnostics::new();
        check_feed(&*bytes, name.as_ref(), &options, &mut found).expect("bytes");
        let wrong: Vec<_> = found
            .iter()
            .filter(|found| found.severity != Severity::Note)
            .collect();
        assert!(wrong.is_empty(), "{wrong:?}");
        let read = Published::parse(&bytes).expect("a feed");
        assert_eq!(read.format, format);
        let titles: Vec<&str> = read
            .entries
            .iter()
            .map(|entry| entry.title.as_str())
            .collect();
        assert_eq!(titles[0], "Third");
        assert_eq!(titles.len(), 3);
        let text = String::from_utf8(bytes).expect("UTF-8");
        assert!(text.contains("https://example.gov/c/map.png"), "{text}");
        assert!(!text.contains("x()"), "{text}");
        let others = feed_rs::parser::parse(text.as_bytes()).expect("a feed for others");
        assert_eq!(others.entries.len(), 3);
    }
}

#[test]
fn what_no_reader_could_take_is_refused() {
    type Change = fn(&mut Feed);
    let cases: [(Change, &str); 4] = [
        (
            |feed| feed.push(entry("a", "Again", "2024-01-01T10:00:00Z")),
            "has the id of another one",
        ),
        (
            |feed| feed.push(entry("d", " ", "2024-01-01T10:00:00Z")),
            "has no title",
        ),
        (
            |feed| {
                let mut entry = entry("d", "Fourth", "2024-01-01T10:00:00Z");
                entry.id = "a\nb".to_owned();
                feed.push(entry);
            },
            "has no usable id",
        ),
        (|feed| feed.description.clear(), "no description"),
    ];
    for (change, message) in cases {
        let mut feed = feed();
        change(&mut feed);
        let at = url("https://example.gov/rss.xml");
        let error = feed.write(Format::Rss, &at).expect_err(message).to_string();
        assert!(error.contains(message), "{error}");
    }
}

#[test]
fn the_page_for_people_holds_feeds_of_any_kind() {
    let (mut one, other) = (feed(), feed());
    one.title = "One & <i>only</i>".to_owned();
    one.places = vec![Place {
        format: Format::Rss,
        path: "rss.xml".into(),
        url: url("https://example.gov/rss.xml"),
        neighbours: Neighbours::default(),
    }];
    // One that is written nowhere yet, and one without entries.
    let empty = Feed::new(url("https://example.gov/empty/"), "Empty", "Nothing yet.");
    let home = url("https://example.gov/");
    let mut looks = Looks::new("Example", &home);
    looks.description = Some("News from an office.");
    let page = emit::page(&looks, &[&one, &other, &empty]);
    let page = String::from_utf8(page).expect("UTF-8");
    let html = scraper::Html::parse_document(&page);
    assert!(html.errors.is_empty(), "{:?}", html.errors);
    let texts = |selector: &str| -> Vec<String> {
        let selector = scraper::Selector::parse(selector).expect("a selector");
        let all = html.select(&selector);
        all.map(|element| element.text().collect()).collect()
    };
    assert_eq!(texts("h1"), ["Follow Example"]);
    assert_eq!(texts("h2"), ["One & <i>only</i>", "News", "Empty"]);
    assert_eq!(texts("h2 + .facts")[2], "0 posts");
    assert_eq!(texts("dt"), ["Formats", "Open in"]);
    assert_eq!(texts("#site-0, #site-1, #site-2").len(), 3);
}
