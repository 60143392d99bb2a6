//! Sites whose feeds were made by their generators move to feedwright, and no reader notices.
//! `tests/adopt/SITE/feed/` is what the real generator wrote of that site.

use std::path::Path;

use crate::news::news;
use crate::site::Site;

/// A site of `tests/adopt`, with its old feed in `feed/`.
fn site(name: &str, config: &str) -> Site {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/adopt")
        .join(name);
    Site::copy(&folder, |_| true).file(
        "feedwright.yaml",
        &format!("content: {{ignore: [feed]}}\n{config}"),
    )
}

/// What three kinds of readers take for new when the old feed is replaced by ours.
fn noticed(site: &Site, old: &str, new: &str) -> [Vec<String>; 3] {
    let read =
        |path: &str| std::fs::read(site.path(path)).unwrap_or_else(|e| panic!("{path}: {e}"));
    let news = news(&read(old), &read(new)).expect("two feeds");
    [news.by_id, news.by_link, news.by_title_and_date]
}

const NOTHING: [Vec<String>; 3] = [Vec::new(), Vec::new(), Vec::new()];

#[test]
fn from_jekyll_feed() {
    let site = site("jekyll", "");
    let run = site.run(&["adopt", "feed/feed.xml"]);
    run.assert_ok();
    assert!(
        run.stdout.contains("1 with the id of another entry"),
        "{}",
        run.stdout
    );
    site.build().assert_ok();
    // Two posts had one id, which no reader can show twice: one of them gets its own.
    let [by_id, by_link, by_date] = noticed(&site, "feed/feed.xml", "feeds/atom.xml");
    assert_eq!(by_id, ["Notice of sample review, corrected"]);
    assert_eq!([by_link, by_date], [Vec::<String>::new(), Vec::new()]);
    site.build_with(&["--locked"]).assert_ok();
}

#[test]
fn from_hugo() {
    let site = site("hugo", "");
    let run = site.run(&["adopt", "feed/index.xml"]);
    run.assert_ok();
    // A page that Hugo has in its feed with the date of nothing.
    assert!(
        run.stdout.contains("1 without a post here"),
        "{}",
        run.stdout
    );
    assert!(
        run.stdout.contains(
            "1 dated as subscribers saw them, until their own dates change:\n  \
             content/posts/annual-report/index.md: 2024-04-02T10:00:00+00:00 stays \
             2024-04-01T12:00:00+00:00"
        ),
        "{}",
        run.stdout
    );
    site.build().assert_ok();
    assert_eq!(
        noticed(&site, "feed/index.xml", "static/feeds/rss.xml"),
        NOTHING
    );
    // The author's next word counts.
    let path = "content/posts/annual-report/index.md";
    let text = site.read(path);
    let site = site.file(path, &text.replace("2024-04-02", "2024-04-03"));
    site.build().assert_ok();
    assert!(
        site.read("static/feeds/atom.xml")
            .contains("<published>2024-04-03T")
    );
}

#[test]
fn from_zola_in_both_formats() {
    let site = site("zola", "");
    site.run(&["adopt", "feed/atom.xml", "feed/rss.xml"])
        .assert_ok();
    site.build().assert_ok();
    assert_eq!(
        noticed(&site, "feed/atom.xml", "static/feeds/atom.xml"),
        NOTHING
    );
    assert_eq!(
        noticed(&site, "feed/rss.xml", "static/feeds/rss.xml"),
        NOTHING
    );
}

#[test]
fn from_eleventy() {
    let config = "feeds: {paths: {atom: /feed.xml}, output: out}\n";
    let site = site("eleventy", config);
    let run = site.run(&["adopt", "feed/feed.xml"]);
    run.assert_ok();
    assert!(
        run.stdout
            .contains("1 whose own id is kept:\n  feed/feed.xml: https://www.example.gov/\n"),
        "{}",
        run.stdout
    );
    site.build().assert_ok();
    assert_eq!(noticed(&site, "feed/feed.xml", "out/feed.xml"), NOTHING);
    assert!(
        site.read("out/feed.xml")
            .contains("  <id>https://www.example.gov/</id>\n")
    );
}

/// Without a lock and without adopting anything, the first ids are those of the generator.
#[test]
fn first_ids_are_the_generators() {
    let config = "feeds: {limit: 0, output: out, paths: {atom: /atom.xml, rss: /rss.xml}}\n";
    for (name, old, new) in [
        ("jekyll", "feed/feed.xml", "out/atom.xml"),
        ("hugo", "feed/index.xml", "out/rss.xml"),
        ("zola", "feed/atom.xml", "out/atom.xml"),
        ("zola", "feed/rss.xml", "out/rss.xml"),
        ("eleventy", "feed/feed.xml", "out/atom.xml"),
    ] {
        let site = site(name, config);
        site.build().assert_ok();
        let [by_id, by_link, _] = noticed(&site, old, new);
        let split: &[&str] = if name == "jekyll" {
            &["Notice of sample review, corrected"]
        } else {
            &[]
        };
        assert_eq!(by_id, split, "{name}");
        assert_eq!(by_link, Vec::<String>::new(), "{name}");
    }
}

#[test]
fn ids_are_taken_byte_for_byte_and_by_format() {
    let rss = "<rss version='2.0'><channel><title>S</title><link>https://old.gov/</link>\
        <description>D</description>\
        <item><title>Alpha &amp; more</title><link>http://www.old.gov/blog/alpha</link>\
        <guid isPermaLink='false'>12 at https://old.gov/?p=1&amp;x=2</guid>\
        <pubDate>Mon, 01 Jan 2024 05:00:00 GMT</pubDate></item>\
        <item><title>Nobody</title><guid>gone</guid></item></channel></rss>";
    let atom = "<feed xmlns='http://www.w3.org/2005/Atom'><title>S</title><id>urn:x:y</id>\
        <updated>2024-01-01T05:00:00Z</updated><entry><title>Alpha &amp; more</title>\
        <link href='http://www.old.gov/blog/alpha'/><id>Not a URI, but an id</id>\
        <published>2024-01-01T05:00:00Z</published><updated>2024-02-01T05:00:00Z</updated>\
        </entry></feed>";
    let json = "{\"version\": \"https://jsonfeed.org/version/1\", \"items\": [\
        {\"id\": 17, \"url\": \"http://www.old.gov/blog/alpha\", \"title\": \"Alpha & more\",\
        \"date_published\": \"2024-01-01T00:00:00-05:00\"}]}";
    let site = Site::new()
        .post("content/a.md", "title: Alpha & more\ndate: 2024-01-01")
        .file("old/rss.xml", rss)
        .file("old/atom.xml", atom)
        .file("old/feed.json", json);
    let run = site.run(&[
        "adopt",
        "old/rss.xml",
        "old/atom.xml",
        "old/feed.json",
        "--dry-run",
    ]);
    run.assert_ok();
    assert!(
        run.stdout
            .starts_with("Would take the ids and dates of 1 post"),
        "{}",
        run.stdout
    );
    assert!(!site.path("feedwright.lock").exists());
    site.run(&["adopt", "old/rss.xml", "old/atom.xml", "old/feed.json"])
        .assert_ok();
    site.build().assert_ok();
    for (file, id) in [
        (
            "feeds/rss.xml",
            "<guid isPermaLink=\"false\">12 at https://old.gov/?p=1&amp;x=2</guid>",
        ),
        ("feeds/atom.xml", "<id>Not a URI, but an id</id>"),
        ("feeds/feed.json", "{\"id\":\"17\""),
    ] {
        let feed = site.read(file);
        assert!(feed.contains(id), "{id}\n{feed}");
    }
    assert!(
        site.read("feeds/atom.xml")
            .contains("<updated>2024-02-01T05:00:00+00:00</updated>")
    );
    // One format alone, whose ids have blanks as those of some programs do.
    let alone = Site::new()
        .post("content/a.md", "title: Alpha & more\ndate: 2024-01-01")
        .file("old/rss.xml", rss);
    alone.run(&["adopt", "old/rss.xml"]).assert_ok();
    alone.build().assert_ok();
    assert!(
        alone
            .read("feeds/rss.xml")
            .contains(">12 at https://old.gov/?p=1&amp;x=2</guid>")
    );
    assert!(
        alone
            .read("feeds/atom.xml")
            .contains("<id>https://example.gov/#12%20at%20https:")
    );
    // What no feed may have is not taken.
    let hostile = json.replace("17", "\"a\\u0001b\"");
    let alone = Site::new()
        .post("content/a.md", "title: Alpha & more\ndate: 2024-01-01")
        .file("old/feed.json", &hostile);
    alone.run(&["adopt", "old/feed.json"]).assert_ok();
    alone.build().assert_ok();
    let run = site.run(&["adopt", "feedwright.yaml"]);
    run.assert_code(2);
    assert!(
        run.stderr
            .contains("feedwright.yaml: it is no RSS, Atom or JSON feed"),
        "{}",
        run.stderr
    );
}
