//! Subscribers never get the same post twice: the lock, the plan, the guard, adopted feeds.

use std::collections::BTreeSet;
use std::fs;

use crate::site::{NOW, Site};

fn post(title: &str, day: u32) -> String {
    format!("title: {title}\ndate: 2024-01-{day:02}")
}

/// Three posts with words of their own.
fn site() -> Site {
    Site::new()
        .post("content/a.md", &post("Alpha", 1))
        .post("content/b.md", &post("Beta", 2))
        .post("content/c.md", &post("Gamma", 3))
}

/// A site with so many posts on as many days.
fn many(config: &str, count: u32) -> Site {
    let mut site = Site::with(config);
    for day in 1..=count {
        site = site.post(
            &format!("content/p{day}.md"),
            &post(&format!("Post {day}"), day),
        );
    }
    site
}

#[test]
fn a_post_keeps_its_id_whatever_happens_to_it() {
    type Change = fn(Site) -> Site;
    let changes: [(&str, Change); 6] = [
        ("title", |site| site.post("content/a.md", &post("Aleph", 1))),
        ("slug", |site| {
            site.post("content/a.md", &(post("Alpha", 1) + "\nslug: aleph"))
        }),
        ("permalink", |site| {
            site.post(
                "content/a.md",
                &(post("Alpha", 1) + "\npermalink: /elsewhere/"),
            )
        }),
        ("file name", |site| {
            site.rename("content/a.md", "content/sub/other.md");
            site
        }),
        ("base URL", |site| {
            let config = site
                .read("feedwright.yaml")
                .replace("example.gov", "new.example/blog");
            site.file("feedwright.yaml", &config)
        }),
        ("date and title", |site| {
            site.post("content/a.md", "title: Aleph\ndate: 2023-12-31")
        }),
    ];
    for (what, change) in changes {
        let site = site();
        site.build().assert_ok();
        let before: BTreeSet<String> = site.entries().into_iter().map(|entry| entry.id).collect();
        let site = change(site);
        site.build().assert_ok();
        let after: BTreeSet<String> = site.entries().into_iter().map(|entry| entry.id).collect();
        assert_eq!(after, before, "{what}");
    }
}

#[test]
fn a_date_that_only_a_file_name_gave_stays() {
    let text = format!(
        "---\ntitle: Alpha\n---\n{}\n",
        "Words that say something. ".repeat(9)
    );
    let site = Site::new().file("content/2024-01-05-a.md", &text);
    site.build().assert_ok();
    let before = site.entries();
    site.rename("content/2024-01-05-a.md", "content/2024-02-09-a.md");
    site.build().assert_ok();
    assert_eq!(
        site.entries()[0].published,
        before[0].published,
        "another date in the name"
    );
    let site = site.post("content/2024-02-09-a.md", "title: Alpha\ndate: 2024-03-01");
    site.build().assert_ok();
    assert_eq!(
        site.entries()[0].published,
        "2024-03-01T00:00:00+00:00",
        "the author's word"
    );
}

#[test]
fn a_post_that_lost_its_date_keeps_it_and_nothing_else_becomes_a_post() {
    let words = "Words that say something. ".repeat(9);
    let text = format!("---\ntitle: Alpha\ndate: 2024-01-05\n---\n{words}\n");
    let site = Site::new().file("content/a.md", &text);
    site.build().assert_ok();
    let before = site.entries();
    let site = site.file("content/a.md", &text.replace("date: 2024-01-05\n", ""));
    let run = site.build();
    run.assert_ok();
    assert!(run.stderr.contains("warning[date-kept]"), "{}", run.stderr);
    assert_eq!(site.entries(), before);
    let undated = format!("---\ntitle: A copy\n---\n{words}\n");
    let site = site
        .file("content/a.md", &text)
        .file("content/copy.md", &undated);
    let run = site.build_with(&["--keep-going"]);
    run.assert_code(4);
    assert!(run.stderr.contains("error[date-missing]"), "{}", run.stderr);
    assert_eq!(site.entries(), before);
}

#[test]
fn another_post_on_an_old_path_is_asked_about() {
    let site = Site::jekyll("").post("_posts/2024-01-01-news.md", "title: Old\npermalink: /old/");
    site.build().assert_ok();
    let old = site.id_of("Old");
    let site = site.file(
        "_posts/2024-01-01-news.md",
        "---\ntitle: New\ndate: 2024-05-05\npermalink: /new/\n---\nSomething else.\n",
    );
    let run = site.build();
    run.assert_code(3);
    assert!(
        run.stderr.contains(
            "error[guard]: this may be the post that readers know from _posts/2024-01-01-news.md (by \
             the same file), so feeds do not show it yet"
        ),
        "{}",
        run.stderr
    );
    assert_eq!(site.titles(), ["Old"]);
    site.run(&["accept", "--now", NOW, "_posts/2024-01-01-news.md"])
        .assert_ok();
    assert_ne!(site.id_of("New"), old);
    assert_eq!(site.titles(), ["New"]);
    site.build().assert_ok();
}

#[test]
fn a_deleted_post_drops_out_and_is_no_news_when_it_is_back() {
    let site = many("feeds: {limit: 3}\n", 5);
    site.build().assert_ok();
    let before = site.entries();
    let text = site.read("content/p4.md");
    site.remove("content/p4.md");
    let run = site.build();
    run.assert_ok();
    assert_eq!(
        site.titles(),
        ["Post 5", "Post 3"],
        "nothing old fills the gap"
    );
    assert!(site.read("feedwright.lock").contains("\"gone\":true"));
    let site = site.file("content/p4.md", &text);
    site.build().assert_ok();
    assert_eq!(site.entries(), before);
    assert!(!site.read("feedwright.lock").contains("\"gone\":true"));
    let site = site.post("content/p6.md", &post("Post 6", 6));
    site.build().assert_ok();
    assert_eq!(site.entries().len(), 3);
}

#[test]
fn the_lock_pins_public_posts_and_is_left_alone_while_nothing_changes() {
    let site = many("feeds: {limit: 2}\n", 4)
        .post("content/draft.md", &(post("Draft", 5) + "\ndraft: true"))
        .post("content/future.md", "title: Future\ndate: 2026-01-01");
    site.build().assert_ok();
    let lock = site.read("feedwright.lock");
    assert!(lock.starts_with("{\"feedwright\":2,"), "{lock}");
    assert!(lock.ends_with("\n{\"end\":true}\n"), "{lock}");
    for (title, pinned) in [("Post 1", true), ("Draft", false), ("Future", false)] {
        assert_eq!(lock.contains(&format!("\"{title}\"")), pinned, "{title}");
    }
    let lines: Vec<&str> = lock.lines().collect();
    assert_eq!(lines.len(), 1 + 4 + 1 + 1);
    // A merge by union, in any order and with lines twice.
    let mut shuffled = lines.clone();
    shuffled.reverse();
    shuffled.push(lines[2]);
    let shuffled = shuffled.join("\n");
    let site = site.file("feedwright.lock", &shuffled);
    let run = site.build_with(&["--locked"]);
    run.assert_ok();
    assert_eq!(site.read("feedwright.lock"), shuffled, "not touched");
}

#[test]
fn branches_that_each_add_a_post_merge() {
    let site = site();
    site.build().assert_ok();
    let base = site.read("feedwright.lock");
    let site = site.post("content/d.md", &post("Delta", 4));
    site.build().assert_ok();
    let one = site.read("feedwright.lock");
    let delta = site.id_of("Delta");
    site.remove("content/d.md");
    let site = site
        .file("feedwright.lock", &base)
        .post("content/e.md", &post("Epsilon", 5));
    site.build_with(&["--accept-resend"]).assert_ok();
    let other = site.read("feedwright.lock");
    let union: BTreeSet<&str> = one.lines().chain(other.lines()).collect();
    let union: Vec<&str> = union.into_iter().collect();
    let site = site
        .file("feedwright.lock", &union.join("\n"))
        .post("content/d.md", &post("Delta", 4));
    site.build_with(&["--locked"]).assert_ok();
    assert_eq!(site.id_of("Delta"), delta);
    assert_eq!(site.entries().len(), 5);
}

#[test]
fn init_lets_git_merge_the_lock() {
    let site = Site::jekyll("").post("_posts/2024-01-01-a.md", "title: A");
    site.run(&["init"]).assert_ok();
    assert_eq!(site.read(".gitattributes"), "feedwright.lock merge=union\n");
    let site = Site::jekyll("")
        .post("_posts/2024-01-01-a.md", "title: A")
        .file(".gitattributes", "*.png binary");
    site.run(&["init"]).assert_ok();
    assert_eq!(
        site.read(".gitattributes"),
        "*.png binary\nfeedwright.lock merge=union\n"
    );
}

#[test]
fn updated_is_when_the_content_changed() {
    let site = site();
    site.build().assert_ok();
    let updated = |site: &Site, title: &str| {
        let feed = site.feed();
        let items = feed["items"].as_array().expect("items").clone();
        let found = items.iter().find(|item| item["title"] == title);
        found.expect("the post")["date_modified"].clone()
    };
    assert_eq!(updated(&site, "Alpha"), "2024-01-01T00:00:00+00:00");
    let edited = "---\ntitle: Alpha\ndate: 2024-01-01\n---\nOther text.\n";
    let site = site.file("content/a.md", edited);
    site.run(&["build", "--now", "2025-02-03T04:05:06Z"])
        .assert_ok();
    assert_eq!(updated(&site, "Alpha"), "2025-02-03T04:05:06+00:00");
    site.run(&["build", "--now", "2025-03-03T04:05:06Z"])
        .assert_ok();
    assert_eq!(updated(&site, "Alpha"), "2025-02-03T04:05:06+00:00");
    // The ends of lines, the address and the file are no content.
    let site = site.file("content/a.md", &edited.replace('\n', "\r\n"));
    site.rename("content/a.md", "content/z.md");
    site.run(&["build", "--now", "2025-04-03T04:05:06Z"])
        .assert_ok();
    assert_eq!(updated(&site, "Alpha"), "2025-02-03T04:05:06+00:00");
    let site = site.file(
        "content/z.md",
        "---\ntitle: Alpha\ndate: 2024-01-01\nupdated: 2024-06-01\n---\nOther text.\n",
    );
    site.run(&["build", "--now", "2025-04-03T04:05:06Z"])
        .assert_ok();
    assert_eq!(
        updated(&site, "Alpha"),
        "2024-06-01T00:00:00+00:00",
        "the author's word"
    );
}

#[test]
fn posts_that_change_in_one_run_are_updated_a_second_apart() {
    for state in ["lock", "published"] {
        let mut site = many(&format!("state: {state}\n"), 3);
        let published: &[&str] = match state {
            "published" => &["--published", "."],
            _ => &[],
        };
        site.build_with(&[published, &["--accept-resend"]].concat())
            .assert_ok();
        for day in 1..=3 {
            let path = format!("content/p{day}.md");
            let text = site.read(&path) + "More.\n";
            site = site.file(&path, &text);
        }
        site.build_with(published).assert_ok();
        let feed = site.feed();
        let items = feed["items"].as_array().expect("items");
        let updated: Vec<&str> = items
            .iter()
            .filter_map(|item| item["date_modified"].as_str())
            .collect();
        let newest_first = [
            "2025-01-01T00:00:00+00:00",
            "2024-12-31T23:59:59+00:00",
            "2024-12-31T23:59:58+00:00",
        ];
        let mut sorted = updated.clone();
        sorted.sort_by(|a, b| b.cmp(a));
        assert_eq!(sorted, newest_first, "{state}");
        site.run(&["check", "--strict", "feeds"]).assert_ok();
        let again = site.read("feeds/atom.xml");
        site.build_with(&[published, &["--no-cache"]].concat())
            .assert_ok();
        assert_eq!(site.read("feeds/atom.xml"), again);
    }
}

#[test]
fn the_epoch_of_the_environment_is_the_present() {
    let site = site();
    site.build().assert_ok();
    let site = site.file(
        "content/a.md",
        "---\ntitle: Alpha\ndate: 2024-01-01\n---\nNew.\n",
    );
    let run = site
        .command(&["build", "-q"])
        .env("SOURCE_DATE_EPOCH", "1735689601")
        .status()
        .expect("the program");
    assert!(run.success());
    assert!(
        site.read("feeds/atom.xml")
            .contains("<updated>2025-01-01T00:00:01+00:00</updated>")
    );
}

#[test]
fn updated_by_git_is_the_last_commit() {
    let config = "site: {title: Site, url: https://example.gov}\n\
                  content: {folders: [content]}\ndates: {updated: git}\n";
    let site = site().file("feedwright.yaml", config);
    let run = site.build();
    run.assert_code(2);
    assert!(
        run.stderr.contains("`dates.updated: git` cannot ask Git"),
        "{}",
        run.stderr
    );
    site.git(&["init", "-q"], NOW);
    site.git(&["add", "."], NOW);
    site.git(&["commit", "-q", "-m", "all"], "2024-02-01T00:00:00+01:00");
    let site = site.post("content/a é.md", &post("Delta", 4));
    site.git(&["add", "."], NOW);
    site.git(&["commit", "-q", "-m", "one"], "2024-03-01T00:00:00Z");
    site.build().assert_ok();
    let atom = site.read("feeds/atom.xml");
    let times = atom
        .matches("    <updated>2024-02-01T00:00:00+01:00</updated>")
        .count();
    assert_eq!(times, 3, "{atom}");
    assert!(
        atom.contains("    <updated>2024-03-01T00:00:00+00:00</updated>"),
        "{atom}"
    );
    let shallow = Site::empty();
    let from = format!("file://{}", site.root().display());
    shallow.git(&["clone", "-q", "--depth", "1", &from, "clone"], NOW);
    let run = shallow.run(&["build", "clone", "--now", NOW]);
    run.assert_code(2);
    assert!(
        run.stderr.contains("this is a shallow clone"),
        "{}",
        run.stderr
    );
}

#[test]
fn a_locked_run_changes_no_lock() {
    let site = site();
    let run = site.build_with(&["--locked"]);
    run.assert_code(2);
    assert!(
        run.stderr.contains(
            "feedwright.lock would change, which `--locked` forbids (there is no feedwright.lock yet)"
        ),
        "{}",
        run.stderr
    );
    assert!(!site.path("feeds/rss.xml").exists());
    site.build().assert_ok();
    site.build_with(&["--locked"]).assert_ok();
    let before = site.read("feedwright.lock");
    let site = site.post("content/d.md", &post("Delta", 4));
    let run = site.build_with(&["--locked"]);
    run.assert_code(2);
    assert!(run.stderr.contains("content/d.md is new"), "{}", run.stderr);
    assert_eq!(site.read("feedwright.lock"), before);
}

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
fn locks_that_cannot_be_read_stop_the_run() {
    let site = site();
    site.build().assert_ok();
    let good = site.read("feedwright.lock");
    let feeds = site.read("feeds/atom.xml");
    let site = site.post("content/d.md", &post("Delta", 4));
    let half = &good[..good.len() / 2];
    for (lock, message) in [
        ("", "the first line is missing: restore the file"),
        (half, "the file has been cut off: restore the file"),
        (
            &good.replace("\"feedwright\":2", "\"feedwright\":9"),
            "update feedwright",
        ),
        (
            &format!("<<<<<<< HEAD\n{good}"),
            "feedwright.lock:1: a merge left a conflict",
        ),
    ] {
        fs::write(site.path("feedwright.lock"), lock).expect("a file");
        for command in [&["build", "--now", NOW][..], &["plan"], &["list"]] {
            let run = site.run(command);
            run.assert_code(2);
            assert!(run.stderr.contains(message), "{}", run.stderr);
        }
        assert_eq!(site.read("feedwright.lock"), lock);
        assert_eq!(site.read("feeds/atom.xml"), feeds);
    }
}

#[test]
fn the_guard_stops_what_would_be_sent_again() {
    // Ids that are permalinks, and a base URL that changes.
    let site = many("state: none\n", 3);
    site.build().assert_ok();
    let before = site.read("feeds/rss.xml");
    let run = site.build_with(&["--site-url", "https://www.example.gov"]);
    run.assert_code(3);
    for part in [
        "error[guard]: 3 posts would be sent again under another id in 3 feeds \
         (feeds/atom.xml, feeds/feed.json, feeds/rss.xml)",
        "the base URL changed from https://example.gov/ to https://www.example.gov/",
        "the self link of a feed changed",
        "--accept-resend",
    ] {
        assert!(run.stderr.contains(part), "{part}\n{}", run.stderr);
    }
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
fn a_lock_that_is_lost_is_no_silent_start() {
    let site = site();
    site.build().assert_ok();
    let lock = site.read("feedwright.lock");
    site.remove("feedwright.lock");
    let run = site.build();
    run.assert_ok();
    assert!(
        run.stderr.contains(
            "warning[lock-missing]: there is no feedwright.lock, although feeds/rss.xml is published"
        ),
        "{}",
        run.stderr
    );
    assert_eq!(site.read("feedwright.lock"), lock);
    assert_eq!(
        site.build().stderr,
        run.stderr
            .lines()
            .last()
            .map_or(String::new(), |line| format!("{line}\n"))
    );
}

#[test]
fn a_clock_that_was_set_back_is_named() {
    let published: &[&str] = &["-q", "--published", "."];
    for (state, arguments) in [("lock", &["-q"] as &[&str]), ("published", published)] {
        let site = many(&format!("state: {state}\n"), 9);
        let first = site.build_with(&[arguments, &["--accept-resend"]].concat());
        first.assert_ok();
        let early = ["build", "--now", "2024-01-07T12:00:00Z"];
        let run = site.run(&[&early, arguments].concat());
        run.assert_ok();
        let said = "warning[clock-set-back]: 2 published posts lie in the future now, so feeds do \
                    not show them, although no date changed: the clock says 2024-01-07T12:00:00";
        assert!(run.stderr.contains(said), "{state}: {}", run.stderr);
        assert_eq!(site.entries().len(), 7);
        let run = site.build_with(arguments);
        run.assert_ok();
        assert_eq!(run.stderr, "");
        assert_eq!(site.entries().len(), 9);
    }
}

#[test]
fn a_file_that_was_renamed_and_edited_is_asked_about() {
    let words = "Many words that say what this post is about, and why the office that wrote it\n\
                 thinks that the public should know of all of this before the end of the year.\n";
    for (same, id) in [
        (true, "https://example.gov/d/"),
        (false, "https://example.gov/notice/"),
    ] {
        let site = site().file(
            "content/d.md",
            &format!("---\ntitle: Delta\ndate: 2024-01-04\n---\n{words}\n"),
        );
        site.build().assert_ok();
        let before = site.read("feeds/rss.xml");
        site.remove("content/d.md");
        let site = site
            .file(
                "content/notice.md",
                &format!("---\ntitle: A notice\ndate: 2024-01-05\n---\n{words}Corrected.\n"),
            )
            .post("content/e.md", &post("Echo", 9));
        let run = site.build();
        run.assert_code(3);
        assert!(
            run.stderr.contains(
                "error[guard]: this may be the post that readers know from content/d.md (by most of \
                 its lines), so feeds do not show it yet\n  --> content/notice.md\n  help: if it is a new \
                 post, run `feedwright accept content/notice.md`; if it is that post, run \
                 `feedwright accept --same content/notice.md`, or write `guid: \
                 https://example.gov/d/` into its front matter"
            ),
            "{}",
            run.stderr
        );
        // Everything else is published, and what was published of it stays.
        assert_eq!(site.titles()[..2], ["Echo", "Delta"]);
        let entry = |text: &str| {
            let (_, rest) = text.split_once("<title>Delta").expect("the entry");
            rest.split_once("</item>").expect("its end").0.to_owned()
        };
        assert_eq!(entry(&site.read("feeds/rss.xml")), entry(&before));
        // It stays so, and is said once to those who want quiet.
        let again = site.build_with(&["-q"]);
        again.assert_code(3);
        assert_eq!(again.stderr, "");
        let arguments: &[&str] = if same {
            &["accept", "--now", NOW, "--same", "content/notice.md"]
        } else {
            &["accept", "--now", NOW, "content/notice.md"]
        };
        site.run(arguments).assert_ok();
        assert_eq!(site.id_of("A notice"), id);
        assert_eq!(site.titles()[..2], ["Echo", "A notice"]);
        site.build_with(&["--locked"]).assert_ok();
        let run = site.run(arguments);
        run.assert_ok();
        let said = "`content/notice.md` is not held, so there is nothing to accept";
        assert!(run.stderr.contains(said), "{}", run.stderr);
        let run = site.run(&["accept", "--now", NOW, "content/notise.md"]);
        run.assert_code(2);
        let said = "nothing that is held is called `content/notise.md`";
        assert!(run.stderr.contains(said), "{}", run.stderr);
    }
}

#[test]
fn a_file_that_was_renamed_and_got_a_guid_is_asked_about() {
    let words = "Many words that say what this post is about, and why the office that wrote it\n\
                 thinks that the public should know of all of this before the end of the year.\n\
                 They are more than two hundred bytes, so that they are known again anywhere.\n";
    let site = site().file(
        "content/d.md",
        &format!("---\ntitle: Delta\ndate: 2024-01-04\n---\n{words}"),
    );
    site.build().assert_ok();
    site.remove("content/d.md");
    let text = format!("---\ntitle: Delta\ndate: 2024-01-04\nguid: urn:example:4\n---\n{words}");
    let site = site.file("content/moved.md", &text);
    let run = site.build();
    run.assert_code(3);
    let said = "readers know this post by the id https://example.gov/d/";
    assert!(run.stderr.contains(said), "{}", run.stderr);
    // A copy with an id of its own is another post.
    let site = site
        .file("content/d.md", &text.replace("guid: urn:example:4\n", ""))
        .file("content/moved.md", &text);
    site.build().assert_ok();
}

#[test]
fn what_a_stop_has_hidden_is_asked_about_after_it() {
    let words = "Many words that say what this post is about, and why the office that wrote it\n\
                 thinks that the public should know of all of this before the end of the year.\n";
    let delta = |title: &str, more: &str| {
        format!("---\ntitle: {title}\ndate: 2024-01-04\n---\n{words}{more}\n")
    };
    let site = many("", 8).file("content/d.md", &delta("Delta", ""));
    site.build().assert_ok();
    site.remove("content/d.md");
    let site = site.file("content/notice.md", &delta("A notice", "Corrected.\n"));
    let moved = ["--site-url", "https://www.example.gov"];
    let run = site.build_with(&moved);
    run.assert_code(3);
    assert!(!run.stderr.contains("content/notice.md"), "{}", run.stderr);
    let run = site.build_with(&[&moved[..], &["--accept-resend"]].concat());
    run.assert_code(3);
    let said = "this may be the post that readers know from content/d.md";
    assert!(run.stderr.contains(said), "{}", run.stderr);
    assert!(!site.titles().contains(&"A notice".to_owned()));
    // Now it has been said.
    site.build_with(&[&moved[..], &["--accept-resend"]].concat())
        .assert_ok();
    assert_eq!(site.id_of("A notice"), "https://www.example.gov/notice/");
}

#[test]
fn an_answer_in_the_front_matter_settles_it() {
    let words = "Many words that say what this post is about, and why the office that wrote it\n\
                 thinks that the public should know of all of this before the end of the year.\n";
    for id in ["https://example.gov/d/", "https://example.gov/another"] {
        let site = site().file(
            "content/d.md",
            &format!("---\ntitle: Delta\ndate: 2024-01-04\n---\n{words}\n"),
        );
        site.build().assert_ok();
        site.remove("content/d.md");
        let notice = format!("title: A notice\ndate: 2024-01-05\n---\n{words}Corrected.\n");
        let site = site.file("content/notice.md", &format!("---\n{notice}"));
        site.build().assert_code(3);
        let site = site.file("content/notice.md", &format!("---\nguid: {id}\n{notice}"));
        site.build().assert_ok();
        assert_eq!(site.id_of("A notice"), id);
    }
}

#[test]
fn another_guid_is_asked_about() {
    let site = site();
    site.build().assert_ok();
    let before = site.read("feeds/atom.xml");
    let site = site.post(
        "content/a.md",
        &(post("Alpha", 1) + "\nguid: tag:example.gov,2024:a"),
    );
    let run = site.build();
    run.assert_code(3);
    assert!(
        run.stderr
            .contains("readers know this post by the id https://example.gov/a/"),
        "{}",
        run.stderr
    );
    assert_eq!(site.read("feeds/atom.xml"), before);
    let run = site.run(&["accept", "--now", NOW, "resent"]);
    run.assert_ok();
    assert_eq!(site.id_of("Alpha"), "tag:example.gov,2024:a");
}

#[test]
fn what_is_older_than_a_feed_does_not_come_up_when_the_limit_is_raised() {
    let site = many("feeds: {limit: 2}\n", 5);
    site.build().assert_ok();
    let config = site.read("feedwright.yaml").replace("limit: 2", "limit: 4");
    let site = site.file("feedwright.yaml", &config);
    site.build().assert_ok();
    assert_eq!(site.titles(), ["Post 5", "Post 4"]);
    let site = site.post("content/p6.md", &post("Post 6", 6));
    site.build().assert_ok();
    assert_eq!(site.titles(), ["Post 6", "Post 5", "Post 4"]);
    site.build_with(&["--accept-resend"]).assert_ok();
    assert_eq!(site.entries().len(), 4);
}

#[test]
fn a_feed_grows_until_each_new_post_was_in_it() {
    let mut site = many("feeds: {limit: 3}\n", 4);
    site.build().assert_ok();
    for day in 5..=9 {
        site = site.post(
            &format!("content/p{day}.md"),
            &post(&format!("Post {day}"), day),
        );
    }
    // One that was merged late.
    site = site.post("content/late.md", "title: Late\ndate: 2023-01-01");
    site.build().assert_ok();
    let grown = ["Post 9", "Post 8", "Post 7", "Post 6", "Post 5", "Late"];
    assert_eq!(site.titles(), grown);
    site.build_with(&["--locked"]).assert_ok();
    assert_eq!(site.titles(), grown);
    // Whatever happens to others, nothing comes up.
    site.remove("content/p8.md");
    site.build().assert_ok();
    assert_eq!(
        site.titles(),
        ["Post 9", "Post 7", "Post 6", "Post 5", "Late"]
    );
    let site = site.post("content/p10.md", &post("Post 10", 10));
    site.build().assert_ok();
    assert_eq!(site.titles(), ["Post 10", "Post 9", "Post 7"]);
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

#[test]
fn a_broken_post_keeps_its_entry() {
    let site = many("", 3)
        .file(
            "content/p2.md",
            "---\ntitle: Post 2 & 1 < 2\ndate: 2024-01-02\ntags: [x]\n---\nText & *more*.\n",
        )
        .post("content/p3.md", &(post("Post 3", 3) + "\ntags: [x]"));
    site.build().assert_ok();
    let files = site.files("feeds");
    let before: Vec<String> = files
        .iter()
        .map(|file| site.read(&format!("feeds/{file}")))
        .collect();
    let site = site.post("content/p2.md", "title: [broken\ndate: 2024-01-02");
    site.build().assert_code(1);
    let run = site.build_with(&["--keep-going"]);
    run.assert_code(4);
    for (file, before) in files.iter().zip(&before) {
        assert_eq!(&site.read(&format!("feeds/{file}")), before, "{file}");
    }
    // Others go on, and it stays where it was.
    let site = site.post("content/p4.md", &(post("Post 4", 4) + "\ntags: [x]"));
    site.build_with(&["--keep-going"]).assert_code(4);
    assert_eq!(
        site.titles(),
        ["Post 4", "Post 3", "Post 2 & 1 < 2", "Post 1"]
    );
    for format in ["rss.xml", "atom.xml"] {
        let feed = site.read(&format!("feeds/tags/x/{format}"));
        roxmltree::Document::parse(&feed).expect("XML");
        assert!(
            feed.contains("&amp; 1 &lt; 2") || feed.contains("&#x26; 1 &#x3C; 2"),
            "{feed}"
        );
    }
    assert!(!site.read("feedwright.lock").contains("\"gone\":true"));
    // Mended, it is the post that it was.
    let site = site.post("content/p2.md", &post("Post 2", 2));
    site.build().assert_ok();
    assert_eq!(site.id_of("Post 2"), "https://example.gov/p2/");
}

/// A published post in whose way another one comes is broken like any other.
#[test]
fn a_post_that_another_one_displaces_keeps_its_entry() {
    let site = site();
    site.build().assert_ok();
    let before = site.read("feeds/rss.xml");
    let site = site.post("content/other.md", &(post("Other", 5) + "\npermalink: /a/"));
    site.build().assert_code(1);
    let run = site.build_with(&["--keep-going"]);
    run.assert_code(4);
    assert_eq!(site.titles(), ["Other", "Gamma", "Beta", "Alpha"]);
    assert_ne!(site.id_of("Other"), site.id_of("Alpha"));
    site.remove("content/other.md");
    site.build().assert_ok();
    assert_eq!(site.read("feeds/rss.xml"), before);
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

#[test]
fn the_plan_says_what_subscribers_would_see() {
    let site = site();
    let run = site.run(&["plan", "--now", NOW]);
    run.assert_ok();
    assert!(
        run.stdout.contains("a new feed with 3 entries"),
        "{}",
        run.stdout
    );
    assert_eq!(site.files("").len(), 4, "nothing was written");
    site.build().assert_ok();
    let run = site.run(&["plan", "--now", NOW]);
    assert_eq!(run.stdout, "Subscribers would see nothing new.\n");
    site.remove("content/c.md");
    let site = site
        .post("content/a.md", &post("Aleph", 1))
        .post("content/d.md", &post("Delta", 4))
        .post("content/e.md", "title: Early\ndate: 2020-01-01");
    let run = site.run(&["plan", "--now", NOW]);
    run.assert_ok();
    assert_eq!(
        run.stdout,
        "feeds/rss.xml, feeds/atom.xml, feeds/feed.json (Site)\n  \
           new         “Delta”\n  \
           new         “Early”, older than others: who goes by dates misses it\n  \
           changed     “Aleph”: title, date updated\n  \
           dropped     “Gamma”\n  \
           unchanged   1 entry\n"
    );
    let meaning = |consumer: &str| {
        let run = site.run(&["plan", "--now", NOW, "--for", consumer]);
        run.stdout.lines().last().expect("a line").to_owned()
    };
    assert_eq!(
        meaning("govdelivery"),
        "GovDelivery, feeds/rss.xml, feeds/atom.xml, feeds/feed.json: 2 bulletins (new entries), \
         1 draft for an administrator (entries changed under a known id)"
    );
    assert_eq!(
        meaning("mailchimp"),
        "Mailchimp, feeds/rss.xml, feeds/atom.xml, feeds/feed.json: no new entry goes out, 1 may be \
         missed (a mail may have gone out after that date already): “Delta”, 1 missed (dated \
         before the last send): “Early”; this assumes that Mailchimp sends daily and has sent the \
         newest published entry (2024-01-03T00:00:00+00:00): `--last-send` makes it certain"
    );
    assert!(
        meaning("podcast").starts_with("Podcast apps, "),
        "{}",
        meaning("podcast")
    );
    let run = site.run(&["plan", "--now", NOW, "--json", "--for", "govdelivery"]);
    let plan: serde_json::Value = serde_json::from_str(&run.stdout).expect("JSON");
    assert_eq!(plan["feeds"][0]["new"][0]["title"], "Delta");
    assert_eq!(plan["feeds"][0]["changed"][0]["fields"][0], "title");
    assert_eq!(plan["consumer"][0]["drafts"], 1);
    let dry = site.build_with(&["--dry-run"]);
    assert!(dry.stdout.contains("dropped     “Gamma”"), "{}", dry.stdout);
}
