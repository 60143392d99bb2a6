//! Runs into other folders, previews, and feeds that were fetched.

use std::fs;

use super::{many, post, site};
use crate::site::Site;

#[test]
fn previews_promise_nothing() {
    let site = site();
    site.build_with(&["--dry-run"]).assert_ok();
    site.build_with(&["--site-url", "http://localhost:4000"])
        .assert_ok();
    let run = site.build_with(&["--output", "out", "--preview", "-q"]);
    run.assert_ok();
    assert_eq!(
        run.stderr,
        "a preview: no id is promised, and feedwright.lock is left alone\n"
    );
    assert!(site.path("out/feeds/rss.xml").exists());
    assert!(!site.path("feedwright.lock").exists());
    let run = site.build_with(&["--preview"]);
    run.assert_code(2);
    assert!(
        run.stderr
            .contains("name another folder for it by `--output DIR`"),
        "{}",
        run.stderr
    );
    // Coming back from a preview is no change of anybody's feed.
    site.build().assert_ok();
    assert_eq!(site.id_of("Alpha"), "https://example.gov/a/");
    site.build_with(&["--output", "."]).assert_ok();
}

#[test]
fn an_output_folder_of_the_command_line_is_published_and_guarded() {
    let site = site();
    site.build_with(&["--output", "www"]).assert_ok();
    let lock = site.read("feedwright.lock");
    assert!(lock.contains("https://example.gov/a/"), "{lock}");
    // Two outputs of one site do not disturb each other.
    site.build_with(&["--output", "other"]).assert_ok();
    let mut site = site;
    for day in 4..=12 {
        site = site.post(
            &format!("content/p{day}.md"),
            &post(&format!("Post {day}"), day),
        );
        site.build_with(&["--output", "www"]).assert_ok();
    }
    site.build_with(&["--output", "other"]).assert_ok();
    assert_eq!(
        site.read("www/feeds/rss.xml"),
        site.read("other/feeds/rss.xml")
    );
    // The lock has decided what the other one gets, however much that is.
    for days in [4..=7, 8..=11] {
        for day in days {
            let title = format!("Post {day}, corrected");
            site = site.post(&format!("content/p{day}.md"), &post(&title, day));
        }
        site.build_with(&["--output", "www"]).assert_ok();
    }
    for folder in ["other", "www"] {
        site.build_with(&["--output", folder, "--locked"])
            .assert_ok();
    }
    assert_eq!(
        site.read("www/feeds/rss.xml"),
        site.read("other/feeds/rss.xml")
    );
    let site = site.post(
        "content/a.md",
        &(post("Alpha", 1) + "\nguid: urn:x-other:a"),
    );
    let run = site.build_with(&["--output", "www"]);
    run.assert_code(3);
    assert!(
        run.stderr
            .contains("run `feedwright accept --output www content/a.md`"),
        "{}",
        run.stderr
    );
    // A lock of its own, elsewhere.
    let site = site.post("content/a.md", &post("Alpha", 1));
    let lock = site.read("feedwright.lock");
    site.build_with(&["--output", "third", "--lock", "third.lock"])
        .assert_ok();
    assert!(site.read("third.lock").contains("https://example.gov/a/"));
    assert_eq!(site.read("feedwright.lock"), lock);
}

#[test]
fn what_was_fetched_is_looked_at() {
    let site =
        Site::with("state: published\n").post("content/a.md", &(post("Alpha", 1) + "\ntags: [x]"));
    site.build_with(&["--published", ".", "--accept-resend"])
        .assert_ok();
    let good = site.read("feeds/rss.xml");
    for (text, message) in [
        (
            "<!DOCTYPE html>\n<html><title>502 Bad Gateway</title></html>",
            "it is an HTML page",
        ),
        (
            &good[..good.len() / 2],
            "feeds/rss.xml is not what is published",
        ),
        ("", "feeds/rss.xml is not what is published"),
    ] {
        fs::write(site.path("feeds/rss.xml"), text).expect("a file");
        let run = site.build_with(&["--published", "."]);
        run.assert_code(2);
        assert!(run.stderr.contains(message), "{}", run.stderr);
    }
    site.remove("feeds/rss.xml");
    let run = site.build_with(&["--published", "."]);
    run.assert_code(2);
    assert!(
        run.stderr.contains("feeds/rss.xml is missing"),
        "{}",
        run.stderr
    );
    fs::write(site.path("feeds/rss.xml"), good).expect("a file");
    for name in ["rss.xml", "atom.xml", "feed.json"] {
        site.remove(&format!("feeds/tags/x/{name}"));
    }
    let run = site.build_with(&["--published", "."]);
    run.assert_ok();
    assert!(
        run.stderr
            .contains("warning[published-missing]: feeds/tags/x/rss.xml is not among"),
        "{}",
        run.stderr
    );
}

#[test]
fn where_nobody_commits_the_published_feeds_tell() {
    let site = many("state: published\n", 3);
    let run = site.build();
    run.assert_code(2);
    assert!(run.stderr.contains("--published DIR"), "{}", run.stderr);
    fs::create_dir(site.path("live")).expect("a folder");
    let run = site.build_with(&["--published", "live"]);
    run.assert_code(2);
    assert!(
        run.stderr.contains("holds no feed of this site"),
        "{}",
        run.stderr
    );
    site.build_with(&["--published", "live", "--accept-resend"])
        .assert_ok();
    assert!(!site.path("feedwright.lock").exists());
    let fetch = |site: &Site| {
        let _ = fs::remove_dir_all(site.path("live"));
        for file in site.files("feeds") {
            let to = site.path("live/feeds").join(&file);
            fs::create_dir_all(to.parent().expect("a folder")).expect("folders");
            fs::rename(site.path("feeds").join(&file), to).expect("a move");
        }
    };
    let before = site.read("feeds/feed.json");
    fetch(&site);
    site.build_with(&["--published", "live"]).assert_ok();
    assert_eq!(site.read("feeds/feed.json"), before);
    fetch(&site);
    // Another address, another title, and new words: the ids stay, and one entry is newer.
    let site = site.file(
        "content/p2.md",
        "---\ntitle: Second\ndate: 2024-01-02\nslug: second\n---\nOther words.\n",
    );
    site.rename("content/p1.md", "content/first.md");
    let later = ["--now", "2025-06-01T00:00:00Z", "--published", "live"];
    let run = site.run(&[&["build"], &later[..]].concat());
    // Nobody can tell whether a file of the same title and day is that post.
    run.assert_code(3);
    let said = "this may be the post that readers know from “Post 1” (by the same title)";
    assert!(run.stderr.contains(said), "{}", run.stderr);
    assert_eq!(site.feed()["items"][2]["url"], "https://example.gov/p1/");
    let same = ["accept", "--same", "content/first.md"];
    site.run(&[&same, &later[..]].concat()).assert_ok();
    assert_eq!(site.id_of("Post 1"), "https://example.gov/p1/");
    assert_eq!(site.feed()["items"][2]["url"], "https://example.gov/first/");
    let feed = site.feed();
    assert_eq!(
        feed["items"][0]["date_modified"],
        "2024-01-03T00:00:00+00:00"
    );
    assert_eq!(
        feed["items"][1]["date_modified"],
        "2025-06-01T00:00:00+00:00"
    );
}
