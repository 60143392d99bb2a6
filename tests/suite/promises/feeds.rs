//! What published feeds keep, and what they are replaced by.

use super::ids;
use crate::site::{NOW, Site};

#[test]
fn a_window_only_moves_to_newer_posts() {
    let mut site = Site::with("feeds: {limit: 4}\n");
    for (name, date) in [
        ("A", "2024-01-06"),
        ("B", "2024-01-05"),
        ("C", "2024-01-04"),
        ("E", "2024-01-03"),
        ("OLD", "2022-01-01"),
    ] {
        site = site.article(name, name, date, "");
    }
    site.build().assert_ok();
    site.remove("content/B.md");
    site.remove("content/C.md");
    site.build().assert_ok();
    let site = site.article("N", "N", "2021-01-01", "");
    site.build().assert_ok();
    assert_eq!(site.titles(), ["A", "E", "N"]);
    site.build_with(&["--locked"]).assert_ok();
    // Nothing is cut off for a while.
    let old = site.read("content/OLD.md");
    site.remove("content/OLD.md");
    site.remove("content/N.md");
    site.build().assert_ok();
    let site = site.file("content/OLD.md", &old);
    site.build().assert_ok();
    assert_eq!(site.titles(), ["A", "E"]);
}

#[test]
fn a_post_that_broke_is_back_when_it_is_mended() {
    let mut all = Site::with("feeds: {limit: 2}\n");
    for day in 1..=4 {
        all = all.article(
            &format!("p{day}"),
            &format!("P{day}"),
            &format!("2024-01-0{day}"),
            "",
        );
    }
    all.build().assert_ok();
    let site = all.article("p3", "P3", "2024-99-03", "");
    site.build_with(&["--keep-going"]).assert_code(4);
    assert_eq!(site.titles(), ["P4", "P3"]);
    let site = site.article("p3", "P3", "2024-01-03", "");
    site.build().assert_ok();
    assert_eq!(site.titles(), ["P4", "P3"]);
    // The only post that is left breaks: nothing comes up in its place.
    site.remove("content/p3.md");
    site.build().assert_ok();
    let before = site.read("feeds/rss.xml");
    let site = site.article("p4", "P4", "2024-99-01", "");
    site.build_with(&["--keep-going"]).assert_code(1);
    assert_eq!(site.read("feeds/rss.xml"), before);
}

#[test]
fn published_feeds_keep_what_breaks_and_do_not_churn() {
    let start = |config: &str| {
        let site = Site::with(&format!("state: published\n{config}"));
        let site = site.article("a", "Q & A", "2024-01-03", "This & <b>that</b> ]]> y");
        let site = site.article("b", "B", "2024-01-02", "");
        site.build_with(&["--published", ".", "--accept-resend"])
            .assert_ok();
        site
    };
    let site = start("");
    let before = site.read("feeds/atom.xml");
    let site = site.article("a", "Q & A", "2024-99-03", "");
    site.build_with(&["--keep-going", "--published", "."])
        .assert_code(4);
    assert_eq!(site.read("feeds/atom.xml"), before);
    for (format, file) in [
        ("rss", "rss.xml"),
        ("atom", "atom.xml"),
        ("json", "feed.json"),
    ] {
        let site = start(&format!("feeds: {{formats: [{format}]}}\n"));
        let before = site.read(&format!("feeds/{file}"));
        site.run(&["build", "--now", "2026-01-01T00:00:00Z", "--published", "."])
            .assert_ok();
        assert_eq!(site.read(&format!("feeds/{file}")), before, "{format}");
    }
    // Nothing old comes up, in this run or the next.
    let mut site = Site::with("state: published\nfeeds: {limit: 3}\n");
    for day in 1..=5 {
        site = site.article(
            &format!("p{day}"),
            &format!("P{day}"),
            &format!("2024-01-0{day}"),
            "",
        );
    }
    site.build_with(&["--published", ".", "--accept-resend"])
        .assert_ok();
    site.remove("content/p4.md");
    for _ in 0..2 {
        site.build_with(&["--published", "."]).assert_ok();
        assert_eq!(site.titles(), ["P5", "P3"]);
    }
}

#[test]
fn a_preview_does_not_replace_what_is_published() {
    let site = Site::new().article("a", "A", "2024-01-03", "");
    site.build().assert_ok();
    let before = site.read("feeds/rss.xml");
    let run = site.build_with(&["--site-url", "http://127.0.0.1:4000"]);
    run.assert_code(2);
    assert!(
        run.stderr.contains("write it elsewhere by `--output DIR`"),
        "{}",
        run.stderr
    );
    assert_eq!(site.read("feeds/rss.xml"), before);
    site.build_with(&["--site-url", "http://127.0.0.1:4000", "--output", "preview"])
        .assert_ok();
}

#[test]
fn no_alarm_without_a_cause() {
    // A backdated post, where nothing is remembered.
    let site = Site::with("state: none\n").article("a", "A", "2024-01-03", "");
    let site = site.article("b", "B", "2024-01-02", "");
    site.build().assert_ok();
    let site = site.article("old", "Old", "2023-05-05", "");
    site.build().assert_ok();
    // What is said every month.
    let text = "The city council will meet in the town hall on the second floor at seven in the \
                evening. Everybody is welcome to attend and to speak up for three minutes.";
    let site = Site::new().article(
        "m1",
        "Meeting in January",
        "2024-01-10",
        &format!("{text} January."),
    );
    let site = site.article("o", "Other", "2023-12-01", "");
    site.build().assert_ok();
    site.remove("content/m1.md");
    let site = site.article(
        "m2",
        "Meeting in June",
        "2024-06-10",
        &format!("{text} June."),
    );
    site.build().assert_ok();
    assert_eq!(ids(&site)[0].1, "/m2/");
    // Many that are back at once.
    let mut site = Site::new();
    for post in 1..=8 {
        site = site.article(&format!("p{post}"), &format!("P{post}"), "2024-01-02", "");
    }
    site.build().assert_ok();
    let before = ids(&site);
    let texts: Vec<String> = (1..=7)
        .map(|post| site.read(&format!("content/p{post}.md")))
        .collect();
    for post in 1..=7 {
        site.remove(&format!("content/p{post}.md"));
    }
    site.build().assert_ok();
    for (at, text) in texts.iter().enumerate() {
        site = site.file(&format!("content/p{}.md", at + 1), text);
    }
    site.build().assert_ok();
    assert_eq!(ids(&site), before);
}

#[test]
fn adopt_takes_nothing_that_is_not_the_posts() {
    let feed = |item: &str| {
        format!(
            "<rss version='2.0'><channel><title>t</title><link>https://example.gov/</link>\
             <description>d</description><item>{item}</item></channel></rss>"
        )
    };
    for (title, date, item) in [
        (
            "Weekly notes",
            "2024-01-08",
            "<title>Weekly notes</title><link>https://example.gov/w1/</link><guid>W1</guid>\
             <pubDate>Wed, 03 Jan 2024 00:00:00 GMT</pubDate>",
        ),
        (
            "About cats",
            "2024-01-08",
            "<title>Something else</title><link>https://other.org/about/</link><guid>O</guid>",
        ),
    ] {
        let site = Site::new()
            .article("about", title, date, "x")
            .file("old.xml", &feed(item));
        let run = site.run(&["adopt", "old.xml"]);
        run.assert_ok();
        assert!(run.stdout.contains("dates of 0 posts"), "{}", run.stdout);
        assert!(
            run.stdout.contains("1 entry has no post here"),
            "{}",
            run.stdout
        );
    }
}

#[test]
fn hostile_feeds_are_refused() {
    let nested = 20_000;
    let deep = format!(
        "<rss version='2.0' xmlns:x='u'><channel><title>t</title><link>https://example.gov/</link>\
         <description>d</description><item>{}{}</item></channel></rss>",
        "<x:a>".repeat(nested),
        "</x:a>".repeat(nested)
    );
    let site = Site::new()
        .article("a", "A", "2024-01-03", "")
        .file("deep.xml", &deep);
    let run = site.run(&["adopt", "deep.xml"]);
    run.assert_code(2);
    assert!(
        run.stderr.contains("its elements nest too deeply"),
        "{}",
        run.stderr
    );
    site.build().assert_ok();
    let site = site.file("live/feeds/rss.xml", &deep);
    site.build_with(&["--published", "live"]).assert_code(2);
    let run = site.run(&["build", "--locked", "--prune", "--now", NOW]);
    assert_eq!(run.code, 2, "one forbids what the other does");
}

#[test]
fn posts_of_one_day_have_an_order_too() {
    let mut site = Site::with("feeds: {limit: 2}\n");
    for name in ["a", "b", "c", "d", "e"] {
        site = site.article(name, name, "2024-03-01", "");
    }
    site.build().assert_ok();
    let before = site.titles();
    let config = site.read("feedwright.yaml").replace("limit: 2", "limit: 5");
    let site = site.file("feedwright.yaml", &config);
    site.build().assert_ok();
    assert_eq!(site.titles(), before);
}

/// No two entries were updated at one instant, in the order of the feed; what is published stays as it
/// is when another post of that day comes.
#[test]
fn posts_of_one_day_are_updated_a_second_apart() {
    let updated = |site: &Site| -> Vec<(String, String)> {
        let feed = site.feed();
        let items = feed["items"].as_array().expect("items").iter();
        let text = |item: &serde_json::Value, key: &str| item[key].as_str().expect(key).to_owned();
        items
            .map(|item| (text(item, "title"), text(item, "date_modified")))
            .collect()
    };
    let at = |title: &str, second: u32| {
        (
            title.to_owned(),
            format!("2024-03-01T00:00:{second:02}+00:00"),
        )
    };
    let mut site = Site::new();
    for name in ["b", "c", "d"] {
        site = site.article(name, name, "2024-03-01", "");
    }
    let site = site.post(
        "content/e.md",
        "title: e\ndate: 2024-03-01\nupdated: 2024-03-01T00:00:01Z",
    );
    site.build().assert_ok();
    assert_eq!(
        updated(&site),
        [at("b", 3), at("c", 2), at("d", 0), at("e", 1)]
    );
    assert!(!site.read("feeds/rss.xml").contains("atom:updated"));
    let site = site.article("a", "a", "2024-03-01", "");
    site.build().assert_ok();
    assert_eq!(
        updated(&site),
        [at("a", 4), at("b", 3), at("c", 2), at("d", 0), at("e", 1)]
    );
    let run = site.run(&["check", "--strict", "feeds"]);
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
}

#[test]
fn what_a_kept_entry_pushed_out_stays_out() {
    let mut site = Site::with("feeds: {limit: 3}\n");
    for day in 1..=3 {
        site = site.article(
            &format!("p{day}"),
            &format!("P{day}"),
            &format!("2024-03-0{day}"),
            "",
        );
    }
    site.build().assert_ok();
    let site = site.article("p3", "P3", "2024-99-03", "");
    let site = site.article("p4", "P4", "2024-03-04", "");
    site.build_with(&["--keep-going"]).assert_code(4);
    assert_eq!(site.titles(), ["P4", "P3", "P2"]);
    site.remove("content/p4.md");
    site.build_with(&["--keep-going"]).assert_code(4);
    assert_eq!(site.titles(), ["P3", "P2"]);
}

#[test]
fn a_feed_that_stayed_behind_is_no_reason_to_stop() {
    let post = |title: &str, date: &str| format!("title: {title}\ndate: {date}\ntags: [x]");
    let site = Site::new().post("content/a.md", &post("Old news", "2023-03-03"));
    let site = site.article("k", "K", "2024-01-01", "x");
    site.build().assert_ok();
    site.remove("content/a.md");
    site.build().assert_ok();
    let site = site.file(
        "content/a.md",
        &format!(
            "---\n{}\n---\nElse entirely.\n",
            post("Brand new", "2024-06-03")
        ),
    );
    site.build().assert_ok();
    assert!(ids(&site)[0].1.starts_with("/a/#"), "{:?}", ids(&site));
}
