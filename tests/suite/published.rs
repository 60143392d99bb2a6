//! Sites whose published feeds are all that tells what readers know.

use crate::site::{NOW, Run, Site};

/// A site that keeps no lock, with these posts: name, day, tag.
fn site(limit: usize, posts: &[(&str, &str, &str)]) -> Site {
    let config = format!("state: published\nfeeds: {{limit: {limit}, formats: [json]}}\n");
    let site = posts.iter().fold(Site::with(&config), post);
    let run = site.build_with(&["--published", ".", "--accept-resend"]);
    run.assert_ok();
    site
}

fn post(site: Site, (name, day, tag): &(&str, &str, &str)) -> Site {
    let title = name.to_uppercase();
    site.post(
        &format!("content/{name}.md"),
        &format!("title: {title}\ndate: {day}\ntags: [{tag}]"),
    )
}

fn build(site: &Site) -> Run {
    site.build_with(&["--published", "."])
}

/// Another run writes nothing and ends as the one before.
fn assert_settled(site: &Site, code: i32) {
    for options in [&[][..], &["--no-cache"]] {
        let run = site.build_with(&[&["--published", "."], options].concat());
        run.assert_code(code);
        assert!(run.stdout.contains("Nothing changed: "), "{}", run.stdout);
    }
}

#[test]
fn an_old_post_enters_a_feed_that_had_room_for_it_at_once() {
    let posts = [
        ("a", "2024-01-05", "x"),
        ("b", "2024-01-04", "x"),
        ("c", "2024-01-03", "x"),
        ("d", "2024-01-02", "y"),
    ];
    let site = site(4, &posts);
    // What may be the first one is held, and the others are gone.
    site.remove("content/a.md");
    site.remove("content/b.md");
    site.remove("content/c.md");
    let site = post(site, &("perhaps", "2024-01-05", "x"));
    let site = post(site, &("old", "2023-07-10", "x"));
    build(&site).assert_code(3);
    let feed = site.read("feeds/tags/x/feed.json");
    assert!(feed.contains("OLD") && feed.contains("\"A\""), "{feed}");
    assert_settled(&site, 3);
}

#[test]
fn of_posts_of_one_time_those_stay_in_a_feed_that_were_in_it() {
    let posts = [
        ("new", "2024-01-05", "x"),
        ("m", "2024-01-01", "x"),
        ("old", "2023-12-01", "x"),
    ];
    let site = site(2, &posts);
    assert_eq!(site.titles(), ["NEW", "M"]);
    // By its id it would come before the last one.
    let site = post(site, &("a", "2024-01-01", "x"));
    build(&site).assert_ok();
    assert_eq!(site.titles(), ["NEW", "M"]);
    assert_settled(&site, 0);
}

#[test]
fn nothing_comes_up_where_a_post_was_dated_back() {
    let posts = [
        ("a", "2024-05-05", "x"),
        ("b", "2024-05-04", "x"),
        ("c", "2024-04-24", "x"),
        ("d", "2024-04-24", "y"),
    ];
    let site = site(3, &posts);
    assert_eq!(site.titles(), ["A", "B", "C"]);
    // The last post has the day of the one that is the end now, and another feed has it.
    let site = post(site, &("b", "2024-04-01", "x"));
    build(&site).assert_ok();
    assert_eq!(site.titles(), ["A", "C"]);
    assert_settled(&site, 0);
}

#[test]
fn a_post_with_another_title_and_day_at_an_address_that_ends_alike_is_asked_about() {
    let config = "site: {title: Site, url: https://example.gov, timezone: UTC}\n\
                  content: {permalink: '/:year/:month/:slug/'}\nstate: published\n";
    let site = Site::empty()
        .file("feedwright.yaml", config)
        .article("notice", "Closed", "2024-01-05", "Text.")
        .article("other", "Other", "2024-01-07", "Text.");
    site.build_with(&["--published", ".", "--accept-resend"])
        .assert_ok();
    let known = site.id_of("Closed");
    let site = site.article("notice", "Open again", "2024-03-01", "Words.");
    let run = build(&site);
    run.assert_code(3);
    let said = "this may be the post that readers know from “Closed” (by the same last part of \
                the address)";
    assert!(run.stderr.contains(said), "{}", run.stderr);
    assert_settled(&site, 3);
    assert_eq!(site.titles(), ["Other", "Closed"]);
    let text = format!("title: Open again\ndate: 2024-03-01\nguid: {known}");
    let site = site.post("content/notice.md", &text);
    build(&site).assert_ok();
    assert_eq!(site.id_of("Open again"), known);
    assert_settled(&site, 0);
}

#[test]
fn a_second_post_of_one_day_enters_a_feed_that_has_room() {
    let site = site(
        20,
        &[("old", "2024-05-01", "x"), ("a", "2024-06-01", "law")],
    );
    let site = post(site, &("b", "2024-06-01", "law"));
    build(&site).assert_ok();
    for feed in ["feeds/feed.json", "feeds/tags/law/feed.json"] {
        assert!(site.read(feed).contains("\"B\""), "{feed}");
    }
    assert_settled(&site, 0);
}

#[test]
fn old_posts_that_would_come_up_are_asked_about_until_somebody_answers() {
    let posts = [
        ("a", "2024-05-30", "x"),
        ("b", "2024-05-29", "x"),
        ("c", "2024-04-29", "x"),
        ("d", "2024-04-28", "x"),
    ];
    let site = site(2, &posts);
    site.remove("content/a.md");
    site.remove("content/b.md");
    build(&site).assert_code(3);
    assert_eq!(site.titles(), ["A", "B"]);
    assert_settled(&site, 3);
    let accept = ["accept", "--published", ".", "--now", NOW, "resurfaced"];
    site.run(&accept).assert_ok();
    assert_eq!(site.titles(), ["C", "D"]);
    assert_settled(&site, 0);
}

#[test]
fn a_post_that_would_come_up_in_one_feed_stays_in_the_others() {
    let posts = [
        ("one", "2024-04-28", "x"),
        ("late", "2024-05-30", "news"),
        ("later", "2024-05-31", "news"),
    ];
    let site = site(2, &posts);
    // It is in no feed but that of its own tag, as the others are full.
    let site = post(site, &("mid", "2024-05-10", "news, own"));
    build(&site).assert_ok();
    assert!(site.read("feeds/tags/own/feed.json").contains("MID"));
    site.remove("content/late.md");
    site.remove("content/later.md");
    build(&site).assert_code(3);
    assert!(site.read("feeds/tags/own/feed.json").contains("MID"));
    assert!(!site.read("feeds/tags/news/feed.json").contains("MID"));
    assert_settled(&site, 3);
}

#[test]
fn a_post_that_is_known_is_not_taken_for_one_that_is_gone() {
    let text = "What is said here is said in every notice of this office, in the same words, week after week.";
    let article = |site: Site, name: &str, day: &str, tag: &str| {
        let front_matter = format!("title: {}\ndate: {day}\ntags: [{tag}]", name.to_uppercase());
        site.file(
            &format!("content/{name}.md"),
            &format!("---\n{front_matter}\n---\n{text}\n"),
        )
    };
    let site = Site::with("state: published\nfeeds: {formats: [json]}\n");
    let site = article(site, "m", "2024-04-29", "jobs");
    let site = article(site, "c", "2024-04-20", "other");
    site.build_with(&["--published", ".", "--accept-resend"])
        .assert_ok();
    // Older than the last entry of its tag's feed.
    let site = article(site, "v", "2024-04-25", "jobs");
    build(&site).assert_ok();
    site.rename("content/m.md", "content/k.md");
    let run = build(&site);
    run.assert_code(3);
    assert!(run.stderr.contains("content/k.md"), "{}", run.stderr);
    assert!(!run.stderr.contains("content/v.md"), "{}", run.stderr);
    assert!(site.titles().contains(&"V".to_owned()));
    assert_settled(&site, 3);
}

#[test]
fn an_answer_holds_although_an_old_feed_says_otherwise() {
    let site = site(2, &[("a", "2024-05-20", "x"), ("o", "2024-05-01", "jobs")]);
    site.remove("content/o.md");
    let site = site.post("content/q.md", "title: O\ndate: 2024-05-01\ntags: [work]");
    build(&site).assert_code(3);
    let accept = [
        "accept",
        "--published",
        ".",
        "--now",
        NOW,
        "--same",
        "content/q.md",
    ];
    site.run(&accept).assert_ok();
    let site = post(site, &("new", "2024-06-03", "x"));
    build(&site).assert_ok();
    assert_settled(&site, 0);
    assert!(
        site.read("feeds/tags/work/feed.json")
            .contains("https://example.gov/o/")
    );
}
