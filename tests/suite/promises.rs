//! Promises under odd circumstances: each case was once broken.

use std::fs;

use crate::site::{NOW, Run, Site};

/// A site with more configuration.
fn site(config: &str) -> Site {
    Site::empty().file(
        "feedwright.yaml",
        &format!(
            "site: {{title: Site, url: https://example.gov}}\n\
             content: {{folders: [content]}}\n{config}"
        ),
    )
}

/// Adds a post with a title, a date and a text.
fn put(site: Site, name: &str, title: &str, date: &str, text: &str) -> Site {
    site.file(
        &format!("content/{name}.md"),
        &format!("---\ntitle: {title}\ndate: {date}\n---\n{text}\n"),
    )
}

fn ok(run: &Run) {
    assert_eq!(run.code, 0, "{}\n{}", run.stdout, run.stderr);
}

fn remove(site: &Site, path: &str) {
    fs::remove_file(site.path(path)).expect("a file");
}

/// Titles with what follows the address of the site in their ids.
fn ids(site: &Site) -> Vec<(String, String)> {
    let feed = site.feed();
    let items = feed["items"].as_array().expect("items");
    let text = |item: &serde_json::Value, key: &str| item[key].as_str().expect("text").to_owned();
    items
        .iter()
        .map(|item| {
            let id = text(item, "id").replace("https://example.gov", "");
            (text(item, "title"), id)
        })
        .collect()
}

fn titles(site: &Site) -> Vec<String> {
    ids(site).into_iter().map(|(title, _)| title).collect()
}

#[test]
fn a_post_takes_its_id_along_when_another_one_takes_its_place() {
    let site = put(site(""), "a", "Old", "2020-01-03", "Old text");
    ok(&site.build());
    fs::rename(site.path("content/a.md"), site.path("content/b.md")).expect("a rename");
    let site = put(site, "a", "New", "2024-01-03", "New text");
    ok(&site.build());
    let found = ids(&site);
    assert_eq!(found[1], ("Old".to_owned(), "/a/".to_owned()));
    assert!(found[0].1.starts_with("/a/#"), "{found:?}");
    // Two files swap their names.
    fs::rename(site.path("content/a.md"), site.path("content/c.md")).expect("a rename");
    fs::rename(site.path("content/b.md"), site.path("content/a.md")).expect("a rename");
    fs::rename(site.path("content/c.md"), site.path("content/b.md")).expect("a rename");
    ok(&site.build());
    assert_eq!(ids(&site), found);
}

#[test]
fn a_window_only_moves_to_newer_posts() {
    let mut site = site("feeds: {limit: 4}\n");
    for (name, date) in [
        ("A", "2024-01-06"),
        ("B", "2024-01-05"),
        ("C", "2024-01-04"),
        ("E", "2024-01-03"),
        ("OLD", "2022-01-01"),
    ] {
        site = put(site, name, name, date, "");
    }
    ok(&site.build());
    remove(&site, "content/B.md");
    remove(&site, "content/C.md");
    ok(&site.build());
    let site = put(site, "N", "N", "2021-01-01", "");
    ok(&site.build());
    assert_eq!(titles(&site), ["A", "E"]);
    ok(&site.build_with(&["--locked"]));
    // Nothing is cut off for a while.
    let old = site.read("content/OLD.md");
    remove(&site, "content/OLD.md");
    remove(&site, "content/N.md");
    ok(&site.build());
    let site = site.file("content/OLD.md", &old);
    ok(&site.build());
    assert_eq!(titles(&site), ["A", "E"]);
}

#[test]
fn a_post_that_broke_is_back_when_it_is_mended() {
    let mut all = site("feeds: {limit: 2}\n");
    for day in 1..=4 {
        all = put(
            all,
            &format!("p{day}"),
            &format!("P{day}"),
            &format!("2024-01-0{day}"),
            "",
        );
    }
    ok(&all.build());
    let site = put(all, "p3", "P3", "2024-99-03", "");
    assert_eq!(site.build_with(&["--keep-going"]).code, 4);
    assert_eq!(titles(&site), ["P4", "P3"]);
    let site = put(site, "p3", "P3", "2024-01-03", "");
    ok(&site.build());
    assert_eq!(titles(&site), ["P4", "P3"]);
    // The only post that is left breaks: nothing comes up in its place.
    remove(&site, "content/p3.md");
    ok(&site.build());
    let before = site.read("feeds/rss.xml");
    let site = put(site, "p4", "P4", "2024-99-01", "");
    assert_eq!(site.build_with(&["--keep-going"]).code, 1);
    assert_eq!(site.read("feeds/rss.xml"), before);
}

#[test]
fn a_hidden_post_keeps_its_id_for_itself() {
    for jekyll in [true, false] {
        let hidden = "published: false\n";
        let (site, first, second) = if jekyll {
            let names = ("_posts/2024-01-03-daily.md", "_posts/2024-01-04-daily.md");
            (Site::jekyll(""), names.0, names.1)
        } else {
            (
                site(""),
                "content/2024-01-03-daily.md",
                "content/2024-01-04-other.md",
            )
        };
        let text =
            |more: &str, words: &str| format!("---\ntitle: Daily notes\n{more}---\n{words}\n");
        let site = site.file(first, &text("", "First about one thing"));
        ok(&site.build());
        let before = ids(&site);
        let hidden = if jekyll { hidden } else { "draft: true\n" };
        let site = site
            .file(first, &text(hidden, "First about one thing"))
            .file(second, &text("", "other words"));
        ok(&site.build());
        assert_ne!(ids(&site)[0].1, before[0].1, "{jekyll}");
        let other = ids(&site);
        let site = site.file(first, &text("", "First about one thing"));
        ok(&site.build());
        assert_eq!(ids(&site), [other, before].concat(), "{jekyll}");
    }
}

#[test]
fn ids_that_atom_has_to_write_otherwise_do_not_move_with_the_site() {
    let site = site("").post("content/a.md", "title: A\ndate: 2024-01-03\nguid: abc-1");
    ok(&site.build());
    assert!(
        site.read("feeds/atom.xml")
            .contains("<id>https://example.gov/#abc-1</id>")
    );
    let config = site
        .read("feedwright.yaml")
        .replace("https://example.gov", "https://new.gov");
    let site = site.file("feedwright.yaml", &config);
    ok(&site.build());
    assert!(
        site.read("feeds/atom.xml")
            .contains("<id>https://example.gov/#abc-1</id>")
    );
    let before = site.read("feeds/atom.xml");
    let site = put(site, "b", "B", "2024-01-04", "")
        .post("content/a.md", "title: A\ndate: 2024-99-03\nguid: abc-1");
    assert_eq!(site.build_with(&["--keep-going"]).code, 4);
    let entry = &before[before.find("<entry>").expect("an entry")..];
    assert!(
        site.read("feeds/atom.xml").contains(entry.trim_end()),
        "{before}"
    );
}

#[test]
fn published_feeds_keep_what_breaks_and_do_not_churn() {
    let start = |config: &str| {
        let site = site(&format!("state: published\n{config}"));
        let site = put(site, "a", "Q & A", "2024-01-03", "This & <b>that</b> ]]> y");
        let site = put(site, "b", "B", "2024-01-02", "");
        ok(&site.build_with(&["--published", ".", "--accept-resend"]));
        site
    };
    let site = start("");
    let before = site.read("feeds/atom.xml");
    let site = put(site, "a", "Q & A", "2024-99-03", "");
    assert_eq!(
        site.build_with(&["--keep-going", "--published", "."]).code,
        4
    );
    assert_eq!(site.read("feeds/atom.xml"), before);
    for (format, file) in [
        ("rss", "rss.xml"),
        ("atom", "atom.xml"),
        ("json", "feed.json"),
    ] {
        let site = start(&format!("feeds: {{formats: [{format}]}}\n"));
        let before = site.read(&format!("feeds/{file}"));
        ok(&site.run(&["build", "--now", "2026-01-01T00:00:00Z", "--published", "."]));
        assert_eq!(site.read(&format!("feeds/{file}")), before, "{format}");
    }
    // Nothing old comes up, in this run or the next.
    let mut site = self::site("state: published\nfeeds: {limit: 3}\n");
    for day in 1..=5 {
        site = put(
            site,
            &format!("p{day}"),
            &format!("P{day}"),
            &format!("2024-01-0{day}"),
            "",
        );
    }
    ok(&site.build_with(&["--published", ".", "--accept-resend"]));
    remove(&site, "content/p4.md");
    for _ in 0..2 {
        ok(&site.build_with(&["--published", "."]));
        assert_eq!(titles(&site), ["P5", "P3"]);
    }
}

#[test]
fn a_preview_does_not_replace_what_is_published() {
    let site = put(site(""), "a", "A", "2024-01-03", "");
    ok(&site.build());
    let before = site.read("feeds/rss.xml");
    let run = site.build_with(&["--site-url", "http://127.0.0.1:4000"]);
    assert_eq!(run.code, 2);
    assert!(
        run.stderr.contains("write it elsewhere by `--output DIR`"),
        "{}",
        run.stderr
    );
    assert_eq!(site.read("feeds/rss.xml"), before);
    ok(&site.build_with(&["--site-url", "http://127.0.0.1:4000", "--output", "preview"]));
}

#[test]
fn a_new_post_is_not_the_one_that_was_deleted_long_ago() {
    let site = put(site(""), "a", "Old news", "2020-01-03", "Old text");
    let site = put(site, "k", "K", "2024-01-01", "");
    ok(&site.build());
    remove(&site, "content/a.md");
    ok(&site.build());
    let site = put(site, "a", "Brand new", "2024-06-03", "New text entirely");
    ok(&site.build());
    assert!(ids(&site)[0].1.starts_with("/a/#"), "{:?}", ids(&site));
    // The same words another year.
    let site = Site::jekyll("")
        .file(
            "_posts/2023-05-05-closed.md",
            "---\ntitle: Closed\n---\nClosed today.\n",
        )
        .post("_posts/2023-06-04-x.md", "title: X");
    ok(&site.build());
    remove(&site, "_posts/2023-05-05-closed.md");
    ok(&site.build());
    let site = site.file(
        "_posts/2024-09-09-closed.md",
        "---\ntitle: Closed\n---\nClosed today.\n",
    );
    ok(&site.build());
    assert_eq!(ids(&site)[0].1, "/2024/09/09/closed");
    assert!(
        site.read("feeds/atom.xml")
            .contains("<published>2024-09-09T")
    );
}

#[test]
fn no_alarm_without_a_cause() {
    // A backdated post, where nothing is remembered.
    let site = put(site("state: none\n"), "a", "A", "2024-01-03", "");
    let site = put(site, "b", "B", "2024-01-02", "");
    ok(&site.build());
    let site = put(site, "old", "Old", "2023-05-05", "");
    ok(&site.build());
    // What is said every month.
    let text = "The city council will meet in the town hall on the second floor at seven in the \
                evening. Everybody is welcome to attend and to speak up for three minutes.";
    let site = put(
        self::site(""),
        "m1",
        "Meeting in January",
        "2024-01-10",
        &format!("{text} January."),
    );
    let site = put(site, "o", "Other", "2023-12-01", "");
    ok(&site.build());
    remove(&site, "content/m1.md");
    let site = put(
        site,
        "m2",
        "Meeting in June",
        "2024-06-10",
        &format!("{text} June."),
    );
    ok(&site.build());
    assert_eq!(ids(&site)[0].1, "/m2/");
    // Many that are back at once.
    let mut site = self::site("");
    for post in 1..=8 {
        site = put(
            site,
            &format!("p{post}"),
            &format!("P{post}"),
            "2024-01-02",
            "",
        );
    }
    ok(&site.build());
    let before = ids(&site);
    let texts: Vec<String> = (1..=7)
        .map(|post| site.read(&format!("content/p{post}.md")))
        .collect();
    for post in 1..=7 {
        remove(&site, &format!("content/p{post}.md"));
    }
    ok(&site.build());
    for (at, text) in texts.iter().enumerate() {
        site = site.file(&format!("content/p{}.md", at + 1), text);
    }
    ok(&site.build());
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
        let site = put(site(""), "about", title, date, "x").file("old.xml", &feed(item));
        let run = site.run(&["adopt", "old.xml"]);
        ok(&run);
        assert!(run.stdout.contains("dates of 0 posts"), "{}", run.stdout);
        assert!(
            run.stdout.contains("1 without a post here"),
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
    let site = put(site(""), "a", "A", "2024-01-03", "").file("deep.xml", &deep);
    let run = site.run(&["adopt", "deep.xml"]);
    assert_eq!(run.code, 2);
    assert!(
        run.stderr.contains("its elements nest too deeply"),
        "{}",
        run.stderr
    );
    ok(&site.build());
    let site = site.file("live/feeds/rss.xml", &deep);
    ok(&site.build_with(&["--published", "live"]));
    let run = site.run(&["build", "--locked", "--prune", "--now", NOW]);
    assert_eq!(run.code, 2, "one forbids what the other does");
}

fn rename(site: &Site, from: &str, to: &str) {
    let path = |name: &str| site.path(&format!("content/{name}.md"));
    fs::rename(path(from), path(to)).expect("a rename");
}

#[test]
fn unchanged_words_count_more_than_a_title_in_its_place() {
    let site = put(
        site(""),
        "notes",
        "Weekly notes",
        "2024-03-01",
        "The pool was opened.",
    );
    ok(&site.build());
    rename(&site, "notes", "notes-1");
    let site = put(
        site,
        "notes",
        "Weekly notes",
        "2024-03-15",
        "The library has books.",
    );
    ok(&site.build());
    let found = ids(&site);
    assert_eq!(found[1].1, "/notes/", "{found:?}");
    assert_ne!(found[0].1, "/notes/");
    // Numbered anew: each takes its id along.
    rename(&site, "notes-1", "notes-2");
    rename(&site, "notes", "notes-1");
    ok(&site.build());
    assert_eq!(ids(&site), found);
}

#[test]
fn the_day_in_a_files_name_is_a_day_of_the_post() {
    let site = self::site("").file(
        "content/2024-03-03-bridge.md",
        "---\ntitle: Bridge closed\n---\nIt will be closed for repairs all summer long.\n",
    );
    ok(&site.build());
    let before = ids(&site);
    rename(&site, "2024-03-03-bridge", "2024-03-20-bridge");
    ok(&site.build());
    rename(&site, "2024-03-20-bridge", "2024-03-20-bridge-closed");
    let path = "content/2024-03-20-bridge-closed.md";
    let text = site.read(path) + "Busses take the northern highway.\n";
    let site = site.file(path, &text);
    ok(&site.build());
    assert_eq!(ids(&site), before);
    // No day at all, then hidden for a while.
    rename(&site, "2024-03-20-bridge-closed", "bridge");
    ok(&site.build());
    let text = site.read("content/bridge.md");
    let site = site.file(
        "content/bridge.md",
        &text.replace("title", "draft: true\ntitle"),
    );
    let site = put(site, "k", "K", "2024-01-01", "");
    ok(&site.build());
    let site = site.file("content/bridge.md", &text);
    ok(&site.build());
    assert_eq!(ids(&site)[0], before[0]);
}

#[test]
fn posts_of_one_day_have_an_order_too() {
    let config = |limit: u32| {
        format!(
            "site: {{title: Site, url: https://example.gov}}\n\
             content: {{folders: [content]}}\nfeeds: {{limit: {limit}}}\n"
        )
    };
    let mut site = Site::empty().file("feedwright.yaml", &config(2));
    for name in ["a", "b", "c", "d", "e"] {
        site = put(site, name, name, "2024-03-01", "");
    }
    ok(&site.build());
    let site = site.file("feedwright.yaml", &config(5));
    let run = site.build();
    assert_eq!(run.code, 3, "{}", run.stdout);
    assert!(
        run.stderr.contains("3 posts that nobody touched"),
        "{}",
        run.stderr
    );
}

#[test]
fn what_stands_at_an_old_path_keeps_nobody_from_being_found() {
    // A draft where a post was that moved, and broke there.
    let site = put(site(""), "a", "A", "2024-03-01", "Text A");
    let site = put(site, "k", "K", "2024-01-01", "x");
    ok(&site.build());
    let before = ids(&site);
    rename(&site, "a", "b");
    let draft = "---\ntitle: Next\ndate: 2024-03-03\ndraft: true\n---\nSoon\n";
    let site = site.file("content/a.md", draft);
    ok(&site.build());
    assert_eq!(ids(&site), before);
    let site = put(site, "b", "A", "2024-99-01", "Text A");
    assert_eq!(site.build_with(&["--keep-going"]).code, 4);
    assert_eq!(ids(&site), before);
    // One that was deleted is back elsewhere, while what took its place is broken.
    let site = put(self::site(""), "a", "A", "2024-03-01", "Text A here it is");
    let site = put(site, "k", "K", "2024-01-01", "x");
    ok(&site.build());
    let text = site.read("content/a.md");
    remove(&site, "content/a.md");
    ok(&site.build());
    let site = put(site, "a", "Other", "2024-05-01", "Other text");
    ok(&site.build());
    let site = put(site, "a", "Other", "2024-99-01", "Other text").file("content/back.md", &text);
    assert_eq!(site.build_with(&["--keep-going"]).code, 4);
    assert!(
        ids(&site).contains(&("A".to_owned(), "/a/".to_owned())),
        "{:?}",
        ids(&site)
    );
    // Renamed and edited, with a draft of something else in its place.
    let lines = "The bridge is closed for repairs all summer long.\n\
                 Busses take the northern highway meanwhile.\n\
                 The office answers questions on weekdays.\n";
    let site = put(
        self::site(""),
        "bridge",
        "Bridge closed",
        "2024-03-01",
        lines,
    );
    ok(&site.build());
    let before = ids(&site);
    rename(&site, "bridge", "closed");
    let site = put(
        site,
        "closed",
        "Bridge closed",
        "2024-03-01",
        &format!("{lines}One more."),
    );
    let site = site.file("content/bridge.md", draft);
    ok(&site.build());
    assert_eq!(ids(&site), before);
}

#[test]
fn what_a_kept_entry_pushed_out_stays_out() {
    let mut site = site("feeds: {limit: 3}\n");
    for day in 1..=3 {
        site = put(
            site,
            &format!("p{day}"),
            &format!("P{day}"),
            &format!("2024-03-0{day}"),
            "",
        );
    }
    ok(&site.build());
    let site = put(site, "p3", "P3", "2024-99-03", "");
    let site = put(site, "p4", "P4", "2024-03-04", "");
    assert_eq!(site.build_with(&["--keep-going"]).code, 4);
    assert_eq!(titles(&site), ["P4", "P3", "P2"]);
    remove(&site, "content/p4.md");
    assert_eq!(site.build_with(&["--keep-going"]).code, 4);
    assert_eq!(titles(&site), ["P3", "P2"]);
}

#[test]
fn a_feed_that_stayed_behind_is_no_reason_to_stop() {
    let post = |title: &str, date: &str| format!("title: {title}\ndate: {date}\ntags: [x]");
    let site = site("").post("content/a.md", &post("Old news", "2023-03-03"));
    let site = put(site, "k", "K", "2024-01-01", "x");
    ok(&site.build());
    remove(&site, "content/a.md");
    ok(&site.build());
    let site = site.file(
        "content/a.md",
        &format!(
            "---\n{}\n---\nElse entirely.\n",
            post("Brand new", "2024-06-03")
        ),
    );
    ok(&site.build());
    assert!(ids(&site)[0].1.starts_with("/a/#"), "{:?}", ids(&site));
}
