//! Adopted feeds are replaced at their own paths, and the guard compares with them.

use super::{JAN_1, JAN_2, JAN_3, item, rss};
use crate::news::news;
use crate::site::{NOW, Site};

/// A site that makes `/feed.xml`, where another program's feed of two posts out of four lies.
fn taken_over() -> Site {
    let items = item("two", "b", "Beta", JAN_2) + &item("three", "c", "Gamma", JAN_3);
    Site::with("feeds: {paths: {rss: /feed.xml}, formats: [rss], output: out}")
        .article("z", "Older", "2023-01-01", "Text.")
        .article("a", "Alpha", "2024-01-01", "Text.")
        .article("b", "Beta", "2024-01-02", "Text.")
        .article("c", "Gamma", "2024-01-03", "Text.")
        .file("out/feed.xml", &rss(&items))
}

#[test]
fn an_adopted_feed_is_replaced_at_its_own_path_and_nothing_old_comes_up() {
    let site = taken_over();
    let old = site.read("out/feed.xml");
    // Nobody's feed is replaced by chance.
    let run = site.build();
    run.assert_code(2);
    assert!(
        run.stderr
            .contains("is not feedwright's and is not replaced")
    );
    let run = site.run(&["adopt", "out/feed.xml"]);
    run.assert_ok();
    let said = "1 file is such a feed at a path of this site's own. The next build compares with \
                it, and replaces it:\n  feed.xml\n";
    assert!(run.stdout.contains(said), "{}", run.stdout);
    // A new post that came with the move is the only news.
    let site = site.article("d", "Delta", "2024-01-04", "Text.");
    let plan = site.run(&["plan", "--now", crate::site::NOW]);
    plan.assert_ok();
    assert!(
        plan.stdout.contains("new         “Delta”"),
        "{}",
        plan.stdout
    );
    assert!(!plan.stdout.contains("Alpha"), "{}", plan.stdout);
    site.build().assert_ok();
    let news = news(old.as_bytes(), site.read("out/feed.xml").as_bytes()).expect("two feeds");
    assert_eq!(news.by_id, ["Delta"]);
    assert_eq!(news.by_link, ["Delta"]);
    assert_eq!(news.by_title_and_date, ["Delta"]);
    // From now on it is ours, and no other program's feed is.
    site.build_with(&["--locked"]).assert_ok();
    assert!(!site.read("feedwright.lock").contains("\"adopted\""));
    let site = site.file("out/feed.xml", &old);
    site.build_with(&["--no-cache"]).assert_code(2);
}

#[test]
fn the_guard_compares_with_the_adopted_feed() {
    // What the feed says after it was adopted is another feed: it is left alone.
    let site = taken_over();
    site.run(&["adopt", "out/feed.xml"]).assert_ok();
    let other = site.read("out/feed.xml").replace("Gamma", "Gamma 2");
    let site = site.file("out/feed.xml", &other);
    site.build().assert_code(2);
    // An id that an author changes on the day of the move is held.
    let site = taken_over();
    site.run(&["adopt", "out/feed.xml"]).assert_ok();
    let site = site.file(
        "content/c.md",
        "---\ntitle: Gamma\ndate: 2024-01-03\nguid: other\n---\nText.\n",
    );
    let run = site.build();
    run.assert_code(3);
    assert!(run.stderr.contains("three"), "{}", run.stderr);
    // Nothing else than this feed knows what readers have, so it stays until that is settled.
    let feed = site.read("out/feed.xml");
    assert_eq!(feed, taken_over().read("out/feed.xml"));
    let again = site.build();
    again.assert_code(3);
    assert_eq!(again.stderr, run.stderr);
    let site = site.file(
        "content/c.md",
        "---\ntitle: Gamma\ndate: 2024-01-03\nguid: three\n---\nText.\n",
    );
    site.build().assert_ok();
    let feed = site.read("out/feed.xml");
    assert!(
        feed.contains(">three</guid>") && feed.contains(">two</guid>"),
        "{feed}"
    );
}

#[test]
fn an_entry_without_a_post_stays_known() {
    let items = item("one", "a", "Alpha", JAN_1) + &item("two", "b", "Beta", JAN_2);
    let draft = "---\ntitle: Beta\ndate: 2024-01-02\ndraft: true\n---\nText.\n";
    // At the same address it is that post; elsewhere somebody has to say so.
    for (name, code) in [("b", 0), ("elsewhere", 3)] {
        let path = format!("content/{name}.md");
        let site = Site::with("")
            .article("a", "Alpha", "2024-01-01", "Text.")
            .file(&path, draft)
            .file("old.xml", &rss(&items));
        let run = site.run(&["adopt", "old.xml"]);
        run.assert_ok();
        assert!(
            run.stdout.contains("1 entry has no post here"),
            "{}",
            run.stdout
        );
        site.build().assert_ok();
        let site = site.file(&path, &draft.replace("draft: true\n", ""));
        let run = site.build();
        run.assert_code(code);
        if code == 3 {
            let accept = ["accept", "--same", "--now", crate::site::NOW, &path];
            site.run(&accept).assert_ok();
        }
        assert_eq!(site.id_of("Beta"), "two");
    }
}

#[test]
fn a_feed_that_is_taken_over_may_say_everything_in_other_words() {
    // Ten entries, each at another address and in another program's words.
    let config = "feeds: {paths: {rss: /feed.xml}, formats: [rss], output: out}";
    let (mut site, mut items) = (Site::with(config), String::new());
    for day in 10..20 {
        let title = format!("Post {day}");
        site = site.article(
            &format!("p{day}"),
            &title,
            &format!("2024-01-{day}"),
            "Text.",
        );
        let date = format!("{day} Jan 2024 00:00:00 GMT");
        items += &item(&format!("id-{day}"), &format!("old/{day}"), &title, &date);
    }
    let old = rss(&items);
    let site = site.file("out/feed.xml", &old);
    site.run(&["adopt", "out/feed.xml"]).assert_ok();
    let plan = site.run(&["plan", "--now", crate::site::NOW]);
    plan.assert_ok();
    assert!(
        plan.stdout.contains("changed     “Post 10”: link"),
        "{}",
        plan.stdout
    );
    site.build().assert_ok();
    let news = news(old.as_bytes(), site.read("out/feed.xml").as_bytes()).expect("two feeds");
    assert_eq!(news.by_id, Vec::<String>::new());
    assert_eq!(news.by_title_and_date, Vec::<String>::new());
    assert_eq!(news.by_link.len(), 10);
    // From then on it is ours, and as many changes at once are held.
    let site = (10..20).fold(site, |site, day| {
        let day = day.to_string();
        site.article(
            &format!("p{day}"),
            &format!("Post {day}"),
            &format!("2024-01-{day}"),
            "!",
        )
    });
    site.build().assert_code(3);
}

#[test]
fn a_file_that_is_no_feed_is_never_replaced() {
    // A lock may come from a stranger.
    let site = taken_over();
    site.run(&["adopt", "out/feed.xml"]).assert_ok();
    let lock = site.read("feedwright.lock");
    let page = "<!doctype html><title>Home</title>";
    let start = lock.find("{\"feed.xml\":\"").expect("a hash") + 13;
    let hash = &lock[start..start + 64];
    let other = blake3::hash(page.as_bytes()).to_hex().to_string();
    let site = site
        .file("feedwright.lock", &lock.replace(hash, &other))
        .file("out/feed.xml", page);
    site.build().assert_code(2);
    assert_eq!(site.read("out/feed.xml"), page);
}

/// An old post that is pinned to the top of a feed is not where it ends.
#[test]
fn a_pinned_post_brings_no_old_ones_up() {
    let mut site = Site::with("feeds: {limit: 4, paths: {rss: /feed.xml}}\n");
    let mut items = item("old", "p00", "P0", "Wed, 01 Jan 2020 00:00:00 GMT");
    site = site.article("p00", "P0", "2020-01-01", "");
    for day in (1..=9).rev() {
        let (name, title) = (format!("p0{day}"), format!("P{day}"));
        site = site.article(&name, &title, &format!("2024-03-0{day}"), "");
        if day > 6 {
            // The first of March 2024 was a Friday.
            let weekday = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"][day % 7];
            let date = format!("{weekday}, 0{day} Mar 2024 00:00:00 GMT");
            items += &item(&format!("id-{day}"), &name, &title, &date);
        }
    }
    let site = site.file("old.xml", &rss(&items));
    site.run(&["adopt", "old.xml"]).assert_ok();
    site.build().assert_ok();
    assert_eq!(site.titles(), ["P9", "P8", "P7"]);
}

/// Where the old feed is not in the folder of the feeds, the plan goes by the ids that were adopted.
#[test]
fn the_plan_reassures_who_adopted_a_feed_that_lies_elsewhere() {
    let old = rss(&[
        item("one", "a", "Alpha", JAN_1),
        item("two", "b", "Beta", JAN_2),
    ]
    .concat());
    let post = |title: &str, day: u32| format!("title: {title}\ndate: 2024-01-{day:02}");
    let site = Site::with("feeds: {paths: {rss: /feed.xml}}\n")
        .post("content/a.md", &post("Alpha", 1))
        .post("content/b.md", &post("Beta", 2))
        .file("old.rss", &old);
    let plan = |site: &Site| site.run(&["plan", "--now", NOW]).stdout;
    let text = plan(&site);
    assert!(text.contains("a new feed with 2 entries"), "{text}");
    site.run(&["adopt", "old.rss", "--now", NOW]).assert_ok();
    let text = plan(&site);
    assert!(
        text.contains("whose ids you adopted: its subscribers see nothing new\n  unchanged   2"),
        "{text}"
    );
    let site = site.post("content/c.md", &post("Gamma", 3));
    let text = plan(&site);
    assert!(
        text.contains("whose ids you adopted\n  new         “Gamma”\n  unchanged   2"),
        "{text}"
    );
    site.build().assert_ok();
    assert!(plan(&site).contains("Subscribers would see nothing new."));
}
