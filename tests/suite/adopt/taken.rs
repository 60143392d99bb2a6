//! What is taken from feeds, byte for byte, and into which posts.

use super::{JAN_1, JAN_2, JAN_3, item, rss};
use crate::site::{NOW, Site};

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
            .starts_with("Would take the ids and dates of 1 post from 3 files"),
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
    let run = alone.run(&["adopt", "old/feed.json"]);
    run.assert_ok();
    let named = "1 entry has an id that no feed can have, so its post gets an id of its own:\n  \
                 “Alpha & more” (a\\u{1}b)\n";
    assert!(run.stdout.contains(named), "{}", run.stdout);
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

#[test]
fn white_space_around_what_is_taken_is_none_of_it() {
    let item = "<item><title>\n  Alpha\t</title><link>\n https://example.gov/a/ \n</link>\
                <guid isPermaLink='false'>\n  one\n</guid><pubDate>\n Mon, 01 Jan 2024 00:00:00 \
                GMT\n</pubDate></item>";
    let atom = "<feed xmlns='http://www.w3.org/2005/Atom'><title>S</title><id>\n urn:x:feed\n</id>\
                <link rel='self' href=' https://example.gov/feeds/atom.xml '/>\
                <updated>2024-01-01T00:00:00Z</updated></feed>";
    let site = Site::new()
        .article("a", "Alpha", "2024-01-01", "Text.")
        .file("old.xml", &rss(item))
        .file("old.atom", atom);
    site.run(&["adopt", "old.xml", "old.atom"]).assert_ok();
    site.build().assert_ok();
    assert_eq!(site.id_of("Alpha"), "one");
    assert!(site.read("feeds/atom.xml").contains("<id>urn:x:feed</id>"));
}

#[test]
fn a_lock_is_read_back_whatever_feeds_say() {
    let long = "x".repeat(100_000);
    let items: Vec<serde_json::Value> = [
        ("a\u{7f}b", "a", "2024-01-01T00:00:00Z"),
        (long.as_str(), "b", "2024-01-01T00:00:00Z"),
        ("same", "c", "9999-12-31T23:59:59-23:00"),
        ("same", "d", "2024-01-01T00:00:00.5Z"),
        ("{\"end\":true}", "e", "2024-01-01T24:00:00Z"),
        ("<<<<<<< HEAD", "f", ""),
        ("\u{feff}", "g", "0000-01-01T00:00:00+00:00"),
        ("\u{2028}{\"feedwright\":9}", "h", "-0001-01-01T00:00:00Z"),
        ("", "i", "2024-01-01T00:00:00Z"),
    ]
    .iter()
    .map(|(id, name, date)| {
        serde_json::json!({
            "id": id, "title": "=======\u{0}\n<<<<<<< ours", "date_published": date,
            "url": format!("https://example.gov/{name}/"),
        })
    })
    .collect();
    let feed = serde_json::json!({
        "version": "https://jsonfeed.org/version/1.1", "title": "S", "items": items,
    });
    let atom = "<feed xmlns='http://www.w3.org/2005/Atom'><title>S</title><id>urn:&#x9f;x</id>\
                <link rel='self' href='https://example.gov/feeds/atom.xml'/>\
                <updated>2024-01-01T00:00:00Z</updated></feed>";
    let mut site = Site::new()
        .file("old.json", &feed.to_string())
        .file("old.atom", atom);
    for name in ["a", "b", "c", "d", "e", "f", "g", "h", "i"] {
        site = site.article(name, &format!("Post {name}"), "2024-01-01", "Text.");
    }
    let run = site.run(&["adopt", "old.json", "old.atom"]);
    run.assert_ok();
    site.run(&["list", "--why"]).assert_ok();
    site.build().assert_ok();
    site.build_with(&["--locked", "--no-cache"]).assert_ok();
    assert_eq!(site.id_of("Post b"), long);
    assert_ne!(site.id_of("Post c"), site.id_of("Post d"));
    assert_eq!(site.id_of("Post f"), "<<<<<<< HEAD");
    assert!(!site.read("feeds/atom.xml").contains('\u{9f}'));
}

#[test]
fn ids_that_feeds_disagree_about_are_named() {
    let site = Site::new()
        .article("a", "Alpha", "2024-01-01", "Text.")
        .article("b", "Beta", "2024-01-02", "Text.")
        .file(
            "new.xml",
            &rss(&(item("1", "a", "Alpha", JAN_1) + &item("2", "b", "Beta", JAN_2))),
        )
        .file("old.xml", &rss(&item("other", "a", "Alpha", JAN_1)));
    let run = site.run(&["adopt", "old.xml", "new.xml"]);
    let said = "1 entry has another id in another feed, whose readers get it again:\n  \
                “Alpha”: other in old.xml\n";
    assert!(run.stdout.contains(said), "{}", run.stdout);
    site.build().assert_ok();
    assert_eq!(site.id_of("Alpha"), "1");
    // Two entries of one feed: the post of one has their id, and it is the other that is named.
    let items = item("same", "b", "Beta", JAN_2) + &item("same", "a", "Alpha", JAN_1);
    let site = Site::new()
        .article("a", "Alpha", "2024-01-01", "Text.")
        .article("b", "Beta", "2024-01-02", "Text.")
        .file("old.xml", &rss(&items));
    let run = site.run(&["adopt", "old.xml"]);
    site.build().assert_ok();
    let other = match site.id_of("Alpha") == "same" {
        true => "Beta",
        false => "Alpha",
    };
    assert_ne!(site.id_of(other), "same");
    let said = format!("so its post gets an id of its own:\n  “{other}” (same)\n");
    assert!(run.stdout.contains(&said), "{}", run.stdout);
}

#[test]
fn a_title_says_more_than_the_day_of_a_neighbour() {
    // Each entry has the day of the next post.
    let items = item("one", "x", "Alpha", JAN_1) + &item("two", "y", "Beta", JAN_3);
    let site = Site::new()
        .article("a", "Alpha", "2023-12-30", "Text.")
        .article("b", "Beta", "2024-01-01", "Text.")
        .article("c", "Gamma", "2024-01-03", "Text.")
        .file(
            "old.xml",
            &rss(&items.replace("/x/", "/old/x/").replace("/y/", "/old/y/")),
        );
    let run = site.run(&["adopt", "old.xml"]);
    for line in ["content/a.md: `guid: one`", "content/b.md: `guid: two`"] {
        assert!(run.stdout.contains(line), "{}", run.stdout);
    }
    assert!(!run.stdout.contains("content/c.md: `"), "{}", run.stdout);
}

#[test]
fn one_format_may_know_a_published_post_by_another_id() {
    let atom = "<feed xmlns='http://www.w3.org/2005/Atom'><title>S</title><id>urn:f</id>\
                <updated>2024-01-01T00:00:00Z</updated><entry><title>Alpha</title><id>urn:a1</id>\
                <link href='https://example.gov/a/'/><published>2024-01-01T00:00:00Z</published>\
                <updated>2024-01-01T00:00:00Z</updated></entry></feed>";
    let site = Site::with("feeds: {formats: [rss, atom]}\n")
        .article("a", "Alpha", "2024-01-01", "Text.")
        .file(
            "old.rss",
            &rss(&item("https://example.gov/?p=1", "a", "Alpha", JAN_1)),
        )
        .file("old.atom", atom);
    site.run(&["adopt", "old.rss"]).assert_ok();
    site.build().assert_ok();
    site.run(&["adopt", "old.rss", "old.atom"]).assert_ok();
    let run = site.build();
    run.assert_code(3);
    let said = "by the id https://example.gov/?p=1, and would get it again as urn:a1";
    assert!(run.stderr.contains(said), "{}", run.stderr);
    assert!(!run.stderr.contains("`guid:"), "{}", run.stderr);
    assert!(
        site.read("feeds/atom.xml")
            .contains("https://example.gov/?p=1")
    );
    let accept = ["accept", "--now", crate::site::NOW, "content/a.md"];
    site.run(&accept).assert_ok();
    assert!(site.read("feeds/atom.xml").contains("urn:a1"));
    site.build().assert_ok();
}

#[test]
fn a_post_that_is_alone_on_the_day_of_an_entry_is_held() {
    let items = item("one", "a", "Alpha", JAN_1) + &item("two", "b", "Beta", JAN_2);
    let site = Site::new()
        .article("a", "Alpha", "2024-01-01", "Text.")
        .article("new-slug", "Other words", "2024-01-02", "Text.")
        .file("old.xml", &rss(&items));
    let run = site.run(&["adopt", "old.xml"]);
    assert!(run.stdout.contains("content/new-slug.md"), "{}", run.stdout);
    let run = site.build();
    run.assert_code(3);
    assert!(run.stderr.contains("content/new-slug.md"), "{}", run.stderr);
    let accept = [
        "accept",
        "--same",
        "--now",
        crate::site::NOW,
        "content/new-slug.md",
    ];
    site.run(&accept).assert_ok();
    assert_eq!(site.id_of("Other words"), "two");
}

#[test]
fn pages_of_one_feed_are_taken_together_and_the_newest_counts() {
    let next = "<atom:link rel='next' href='https://example.gov/feed.xml?page=2'/>\
                <atom:link rel='prev-archive' href='https://example.gov/archive/2023.xml'/>";
    let first = rss(&(next.to_owned() + &item("three", "c", "Gamma", JAN_3)));
    let second = rss(&item("two", "b", "Beta", JAN_2)).replace("rel='self'", "rel='x'");
    // What was said of a post years ago is not what is said now.
    let archive =
        rss(&(item("one", "a", "Alpha", JAN_1) + &item("three", "old-c", "Gamma, a draft", JAN_1)))
            .replace("/feed.xml'", "/archive/2023.xml'");
    let site = Site::new()
        .article("a", "Alpha", "2024-01-01", "Text.")
        .article("b", "Beta", "2024-01-02", "Text.")
        .article("c", "Gamma", "2024-01-03", "Text.")
        .file("old/feed.xml", &first)
        .file("old/feed.xml?page=2", &second);
    let run = site.run(&["adopt", "old/feed.xml", "--dry-run"]);
    run.assert_ok();
    let said = "Would take the ids and dates of 2 posts from 2 files into feedwright.lock.\n\
                1 file lies beside these and continues them:\n  old/feed.xml?page=2\n\
                1 page continues a feed and is not here. Fetch it and name it, too, or its ids are \
                not known:\n  https://example.gov/archive/2023.xml, of old/feed.xml\n";
    assert!(run.stdout.starts_with(said), "{}", run.stdout);
    let site = site.file("saved.xml", &archive);
    let run = site.run(&["adopt", "saved.xml", "old/feed.xml"]);
    run.assert_ok();
    assert!(!run.stdout.contains("is not here"), "{}", run.stdout);
    assert!(!run.stdout.contains("no post here"), "{}", run.stdout);
    site.build().assert_ok();
    let ids: Vec<String> = site.entries().into_iter().map(|entry| entry.id).collect();
    assert_eq!(ids, ["three", "two", "one"]);
    assert!(site.entries()[0].published.starts_with("2024-01-03"));
}

#[test]
fn entries_without_a_post_are_named_in_words() {
    let items = item("one", "a", "Alpha", JAN_3)
        + &item("gone", "x", "Gone", JAN_2)
        + &item("gone-2", "y", "Gone, too", JAN_1);
    let site = Site::new()
        .article("a", "Alpha", "2024-01-03", "Text.")
        .file("old.xml", &rss(&items));
    let run = site.run(&["adopt", "old.xml"]);
    run.assert_ok();
    let said = "2 entries have no post here: their files are gone, or have other titles and \
                addresses. Nothing is sent of them:\n  “Gone” (gone)\n  “Gone, too” (gone-2)\n";
    assert!(run.stdout.ends_with(said), "{}", run.stdout);
}

#[test]
fn a_post_is_found_by_the_last_part_of_its_address_and_its_day() {
    // Titles and addresses are others; by the clock of the old program one was a day later.
    let items = item("one", "news/2024/alpha", "Old: Alpha", JAN_1)
        + &item("two", "news/2024/beta", "Old: Beta", JAN_3)
        // Of two of the same name, and of others days apart, nobody knows.
        + &item("three", "news/2024/weekly", "Old: Weekly", JAN_3)
        + &item("four", "news/2023/gamma", "Old: Gamma", JAN_1);
    let site = Site::new()
        .article("posts/alpha", "Alpha", "2024-01-01", "Text.")
        .article("posts/beta", "Beta", "2024-01-02", "Text.")
        .article("a/weekly", "A weekly", "2024-01-02", "Text.")
        .article("b/weekly", "B weekly", "2023-12-26", "Text.")
        .article("posts/gamma", "Gamma", "2024-01-03", "Text.")
        .file("old.xml", &rss(&items));
    let run = site.run(&["adopt", "old.xml"]);
    run.assert_ok();
    assert!(run.stdout.contains("dates of 2 posts"), "{}", run.stdout);
    // This one is alone with an entry on its day.
    site.build().assert_code(3);
    let accept = [
        "accept",
        "--now",
        crate::site::NOW,
        "content/posts/gamma.md",
    ];
    site.run(&accept).assert_ok();
    assert_eq!(site.id_of("Alpha"), "one");
    assert_eq!(site.id_of("Beta"), "two");
    for title in ["A weekly", "B weekly", "Gamma"] {
        assert!(site.id_of(title).starts_with("https://"), "{title}");
    }
}

/// A feed from somebody's own machine has ids that no subscriber knows.
#[test]
fn feeds_that_were_made_without_the_address_are_named() {
    let warned = |link: &str| {
        let old = rss(&item("one", "a", "Alpha", JAN_1)).replace("https://example.gov/a/", link);
        let site = Site::with("feeds: {paths: {rss: /feed.xml}}\n")
            .article("a", "Alpha", "2024-01-01", "Text.")
            .file("old.rss", &old);
        let run = site.run(&["adopt", "old.rss", "--now", NOW]);
        run.assert_ok();
        run.stderr.contains("warning[feed-local]") && run.stderr.contains(&format!("`{link}`"))
    };
    assert!(warned("/a/"));
    assert!(warned("http://localhost:4000/a/"));
    assert!(!warned("https://example.gov/a/"));
    assert!(!warned("https://old.example.gov/a/"));
}

/// Hugo's own feed has the pages of all sections, ours those of the main ones.
#[test]
fn entries_that_the_new_feed_does_not_take_are_named() {
    let page =
        |title: &str, day: u32| format!("---\ntitle: {title}\ndate: 2024-01-0{day}\n---\nText.\n");
    let old = rss(&format!(
        "{}{}",
        item(
            "https://example.gov/about/history/",
            "about/history",
            "History",
            JAN_2
        ),
        item("https://example.gov/posts/a/", "posts/a", "Alpha", JAN_1)
    ));
    let site = Site::empty()
        .file(
            "hugo.toml",
            "baseURL = 'https://example.gov/'\ntitle = 'Site'\n",
        )
        .file("content/posts/a.md", &page("Alpha", 1))
        .file("content/posts/b.md", &page("Beta", 3))
        .file("content/about/history.md", &page("History", 2))
        .file("old.xml", &old);
    let said = "1 post of an entry is in a section that the site's feed does not take, so its subscribers \
                do not see it any more (`content.include` names all that the feed takes):\n  \
                “History” (content/about/history.md), section `about`\n";
    let paths = "feeds: {paths: {rss: /feed.xml}}\n";
    for config in [
        "",
        paths,
        "feeds: {paths: {rss: /feed.xml}, taxonomies: [sections]}\n",
    ] {
        let site = Site::copy(site.root(), |_| true).file("feedwright.yaml", config);
        let run = site.run(&["adopt", "old.xml", "--dry-run", "--now", NOW]);
        run.assert_ok();
        assert!(run.stdout.contains(said), "{config}: {}", run.stdout);
    }
    let all = "content: {include: [content/posts/**, content/about/**]}\n";
    let site = site.file("feedwright.yaml", &format!("{paths}{all}"));
    let run = site.run(&["adopt", "old.xml", "--now", NOW]);
    assert!(!run.stdout.contains("section"), "{}", run.stdout);
}
