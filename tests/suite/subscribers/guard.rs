//! What the guard stops.

use super::{many, post, site};
use crate::site::{NOW, Site};

#[test]
fn the_guard_stops_what_would_be_sent_again() {
    // Ids that are permalinks, and a base URL that changes.
    let site = many("state: none\n", 3);
    site.build().assert_ok();
    let before = site.read("feeds/rss.xml");
    let run = site.build_with(&["--site-url", "https://www.example.gov"]);
    run.assert_code(3);
    for part in [
        "error[guard-stopped]: 3 posts would be sent again under another id in 3 feeds \
         (feeds/atom.xml, feeds/feed.json, feeds/rss.xml)",
        "the base URL changed from https://example.gov/ to https://www.example.gov/",
        "--accept-resend",
    ] {
        assert!(run.stderr.contains(part), "{part}\n{}", run.stderr);
    }
    // That follows the base URL.
    assert!(!run.stderr.contains("self link"), "{}", run.stderr);
    assert_eq!(site.read("feeds/rss.xml"), before);
    site.build_with(&["--site-url", "https://www.example.gov", "--accept-resend"])
        .assert_ok();
    assert!(site.read("feeds/rss.xml").contains("www.example.gov"));

    // A lock that is lost after the addresses changed.
    let site = site.file("feedwright.yaml", &many("", 0).read("feedwright.yaml"));
    let site = site.file(
        "feedwright.yaml",
        "site: {title: Site, url: https://www.example.gov}\n\
         content: {folders: [content], permalink: '/:year/:slug/'}\n",
    );
    let run = site.build();
    run.assert_code(3);
    assert!(
        run.stderr.contains("feedwright.lock is missing"),
        "{}",
        run.stderr
    );
    assert!(
        run.stderr.contains("the permalink pattern changed"),
        "{}",
        run.stderr
    );
    assert!(run.stderr.contains("`feedwright adopt "), "{}", run.stderr);
    assert!(!site.path("feedwright.lock").exists());
    let run = site.run(&[
        "adopt",
        "feeds/rss.xml",
        "feeds/atom.xml",
        "feeds/feed.json",
    ]);
    run.assert_ok();
    assert!(run.stdout.contains("dates of 3 posts"), "{}", run.stdout);
    site.build().assert_ok();
    assert_eq!(site.id_of("Post 1"), "https://www.example.gov/p1/");
    assert!(
        site.read("feeds/rss.xml")
            .contains("https://www.example.gov/2024/p1/")
    );
}

#[test]
fn the_guard_holds_a_flood_of_changes() {
    let site = many("", 8);
    site.build().assert_ok();
    let mut site = site;
    for day in 1..=5 {
        site = site.post(
            &format!("content/p{day}.md"),
            &post(&format!("New {day}"), day),
        );
    }
    site.build().assert_ok();
    let before = site.entries();
    for day in 1..=6 {
        site = site.post(
            &format!("content/p{day}.md"),
            &post(&format!("Newer {day}"), day),
        );
    }
    site = site.post("content/p9.md", &post("Post 9", 9));
    let run = site.build();
    run.assert_code(3);
    assert!(
        run.stderr.contains(
            "6 published posts would change at once, so feeds keep them as they were (all of them \
             changed in: date updated, title)"
        ),
        "{}",
        run.stderr
    );
    // The new one is published.
    assert_eq!(site.titles()[0], "Post 9");
    assert_eq!(site.entries()[1..], before);
    let lock = site.read("feedwright.lock");
    assert!(
        lock.contains("{\"held\":\"content/p1.md\",\"kind\":\"changed\"}"),
        "{lock}"
    );
    let feeds = site.read("feeds/rss.xml");
    site.build_with(&["--locked"]).assert_code(3);
    assert_eq!(site.read("feeds/rss.xml"), feeds);
    // What waits is not let go by the others being few.
    let run = site.run(&["accept", "--now", NOW, "content/p1.md", "./content/p2.md"]);
    run.assert_code(3);
    assert_eq!(
        site.titles()[4..],
        ["New 5", "New 4", "New 3", "Newer 2", "Newer 1"]
    );
    site.build_with(&["--locked"]).assert_code(3);
    site.run(&["accept", "--now", NOW, "changed"]).assert_ok();
    assert_eq!(
        site.titles()[4..],
        ["Newer 5", "Newer 4", "Newer 3", "Newer 2", "Newer 1"]
    );
    assert!(!site.read("feedwright.lock").contains("\"held\""));
    site.build_with(&["--locked"]).assert_ok();
}

#[test]
fn a_feed_whose_only_entry_is_held_is_the_same_at_any_time() {
    let site = site()
        .file(
            "feedwright.yaml",
            "site: {title: Site, url: https://example.gov}\nguard: {max_changed: 0}\n",
        )
        .post("content/t.md", &(post("Tagged", 2) + "\ntags: [x]"));
    site.build().assert_ok();
    site.remove("content/t.md");
    let site = site.post("content/a.md", &(post("Alpha", 1) + "\ntags: [x]"));
    site.build().assert_code(3);
    let feed = site.read("feeds/tags/x/atom.xml");
    assert!(!feed.contains("<entry>"), "{feed}");
    let later = ["build", "--now", "2025-06-01T00:00:00Z"];
    site.run(&later).assert_code(3);
    assert_eq!(site.read("feeds/tags/x/atom.xml"), feed);
    site.run(&["accept", "--now", "2025-06-01T00:00:00Z", "changed"])
        .assert_ok();
    assert!(site.read("feeds/tags/x/atom.xml").contains("Alpha"));
}

#[test]
fn the_guard_lets_pass_what_sends_nothing_again() {
    let site = site();
    site.build().assert_ok();
    // A feed that is new, a backdated new post, an old post with a new tag.
    let site = site
        .post("content/a.md", &(post("Alpha", 1) + "\ntags: [x]"))
        .post("content/old.md", "title: Old\ndate: 2020-01-01\ntags: [x]");
    let run = site.build_with(&["-v"]);
    run.assert_ok();
    assert!(
        run.stderr
            .contains("note[post-backdated]: the new post “Old” is older"),
        "{}",
        run.stderr
    );
    // Two posts that swap on one day, and one that is tagged into a feed that is there.
    let site = site
        .post(
            "content/b.md",
            "title: Beta\ndate: 2024-01-03T10:00:00Z\ntags: [x]",
        )
        .post("content/c.md", "title: Gamma\ndate: 2024-01-03T09:00:00Z");
    site.build().assert_ok();
    // The split of an id that two posts had: the feed of another program in the same place.
    let site = Site::jekyll("plugins: [jekyll-feed]\n")
        .post(
            "_posts/2024-01-01-a.md",
            "title: One\npermalink: /x/one.html",
        )
        .post(
            "news/_posts/2024-01-01-a.md",
            "title: Two\npermalink: /x/two.html",
        );
    let feed = "<feed xmlns='http://www.w3.org/2005/Atom'><id>https://example.gov/feed.xml</id>\
        <title>Site</title><updated>2024-01-01T00:00:00Z</updated>\
        <link rel='self' href='https://example.gov/feed.xml'/>\
        <entry><id>https://example.gov/x/a</id><title>One</title>\
        <updated>2024-01-01T00:00:00Z</updated>\
        <link href='https://example.gov/x/one.html'/></entry>\
        <entry><id>https://example.gov/x/a</id><title>Two</title>\
        <updated>2024-01-01T00:00:00Z</updated>\
        <link href='https://example.gov/x/two.html'/></entry></feed>";
    let site = site.file("live/feed.xml", feed).file(
        "feedwright.yaml",
        "feeds: {formats: [atom], paths: {atom: /feed.xml}}\ncontent: {ignore: [live]}\n",
    );
    site.build_with(&["--published", "live"]).assert_ok();
}
