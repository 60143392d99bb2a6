//! The lock: what it has, who writes it, and what is said where it is missing or wrong.

use std::collections::BTreeSet;
use std::fs;

use super::{many, post, site};
use crate::site::{NOW, Site};

#[test]
fn the_lock_pins_public_posts_and_is_left_alone_while_nothing_changes() {
    let site = many("feeds: {limit: 2}\n", 4)
        .post("content/draft.md", &(post("Draft", 5) + "\ndraft: true"))
        .post("content/future.md", "title: Future\ndate: 2026-01-01");
    site.build().assert_ok();
    let lock = site.read("feedwright.lock");
    assert!(lock.starts_with("{\"feedwright\":2,"), "{lock}");
    assert!(lock.ends_with("\n{\"end\":true}\n"), "{lock}");
    for (title, pinned) in [("Post 1", true), ("Draft", false), ("Future", true)] {
        assert_eq!(lock.contains(&format!("\"{title}\"")), pinned, "{title}");
    }
    let lines: Vec<&str> = lock.lines().collect();
    assert_eq!(lines.len(), 1 + 4 + 1 + 1 + 1);
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
    site.build_with(&["--locked", "--dry-run"]).assert_code(2);
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
        (
            "",
            "error[lock-unreadable]: the first line is missing\n  --> feedwright.lock\n  help: restore",
        ),
        (
            half,
            "error[lock-cut]: the file has been cut off\n  --> feedwright.lock",
        ),
        (
            &good.replace("\"feedwright\":2", "\"feedwright\":9"),
            "error[lock-newer]: the file was written by a newer feedwright (format 9, this one knows \
             2)\n  --> feedwright.lock:1\n  help: update feedwright\n",
        ),
        (
            &format!("<<<<<<< HEAD\n{good}"),
            "error[lock-conflict]: a merge left a conflict here\n  --> feedwright.lock:1\n",
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
