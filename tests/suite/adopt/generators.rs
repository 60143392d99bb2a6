//! Feeds of real generators.

use super::site;
use crate::news::news;
use crate::site::Site;

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
        run.stdout
            .contains("1 entry has the id of another one, so its post gets"),
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
        run.stdout
            .contains("1 entry has no post here: its file is gone"),
        "{}",
        run.stdout
    );
    assert!(
        run.stdout.contains(
            "1 post is dated as subscribers saw it, until its own date changes:\n  \
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
            .contains("1 feed keeps its own id:\n  feed/feed.xml: https://www.example.gov/\n"),
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
