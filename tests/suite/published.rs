//! Sites whose published feeds are all that tells what readers know.

use crate::site::{Run, Site};

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
        assert!(run.stdout.contains("Wrote 0 of "), "{}", run.stdout);
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
