//! Clones of one repository that write, build and publish do not get into each other's way, as
//! `docs/git.md` promises: nothing conflicts but posts, no pull is blocked, no id changes.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::process::Command;

use crate::site::{NOW, Site};

/// How many days are lived.
const DAYS: usize = 10;

/// Noon of a day.
fn noon(day: usize) -> String {
    format!("2025-01-{:02}T12:00:00Z", day + 1)
}

/// A repository that others clone, with three posts.
fn hub(ignored: &str) -> Site {
    let mut first = Site::new().file(".gitattributes", "feedwright.lock merge=union\n");
    if !ignored.is_empty() {
        first = first.file(".gitignore", ignored);
    }
    for number in 1..=3 {
        write(&first, &format!("first-{number}"), 0);
    }
    first.git(&["init", "-q"], NOW);
    commit(&first, ".", 0);
    let hub = Site::empty();
    let from = first.root().to_str().expect("UTF-8");
    hub.git(&["clone", "-q", "--bare", from, "."], NOW);
    hub
}

fn clone(hub: &Site) -> Site {
    let site = Site::empty();
    let from = hub.root().to_str().expect("UTF-8");
    site.git(&["clone", "-q", from, "."], NOW);
    site
}

/// Writes a new post.
fn write(site: &Site, name: &str, day: usize) {
    let text = format!(
        "---\ntitle: News of {name}\ndate: {}\n---\nAll about {name}.\n\nMore of {name}.\n",
        noon(day)
    );
    fs::create_dir_all(site.path("content")).expect("a folder");
    fs::write(site.path(&format!("content/{name}.md")), text).expect("a post");
}

/// Adds to a post.
fn correct(site: &Site, name: &str, text: &str) {
    let path = format!("content/{name}.md");
    let all = format!("{}\n{text}\n", site.read(&path));
    fs::write(site.path(&path), all).expect("a post");
}

/// Commits what changed below a path, if anything did.
fn commit(site: &Site, below: &str, day: usize) {
    site.git(&["add", "-A", below], NOW);
    if !site
        .git(&["diff", "--cached", "--name-only"], NOW)
        .is_empty()
    {
        site.git(&["commit", "-q", "-m", "posts"], &noon(day));
    }
}

/// Builds as a fresh checkout does, in which no feeds lie.
fn build(site: &Site, day: usize, options: &[&str]) {
    let _ = fs::remove_dir_all(site.path("feeds"));
    let now = noon(day);
    let run = site.run(&[&["build", "--now", &now], options].concat());
    run.assert_ok();
}

/// Whether a push was taken.
fn is_pushed(site: &Site) -> bool {
    let run = Command::new("git")
        .current_dir(site.root())
        .args(["push", "-q", "origin", "HEAD"])
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_SYSTEM", "/dev/null")
        .output()
        .expect("git, which this test needs");
    run.status.success()
}

/// Somebody who watches the feed, and knows posts by their titles, which stay.
#[derive(Default)]
struct Reader {
    ids: BTreeMap<String, String>,
}

impl Reader {
    fn read(&mut self, site: &Site) {
        for entry in site.entries() {
            let known = self.ids.entry(entry.title.clone());
            let known = known.or_insert_with(|| entry.id.clone());
            assert_eq!(*known, entry.id, "{} came twice", entry.title);
        }
    }

    /// Every post came, under an id of its own.
    fn assert_had(&self, posts: usize) {
        assert_eq!(self.ids.len(), posts, "{:?}", self.ids);
        let ids: BTreeSet<&String> = self.ids.values().collect();
        assert_eq!(ids.len(), posts, "{:?}", self.ids);
    }
}

/// CI alone commits lock and feeds, and the server only pulls.
#[test]
fn a_lock_that_ci_alone_commits_never_conflicts() {
    let hub = hub("");
    let (anna, ben, server) = (clone(&hub), clone(&hub), clone(&hub));
    let mut reader = Reader::default();
    for day in 1..=DAYS {
        for (author, name) in [(&anna, "anna"), (&ben, "ben")] {
            write(author, &format!("{name}-{day}"), day);
            if day == 4 {
                let (from, to) = (format!("{name}-2"), format!("moved-{name}"));
                author.rename(&format!("content/{from}.md"), &format!("content/{to}.md"));
            }
            commit(author, "content", day);
        }
        anna.git(&["pull", "-q", "--rebase"], NOW);
        assert!(is_pushed(&anna));
        // Ben pushes while CI builds, so that it has to start again.
        let ci = clone(&hub);
        for attempt in 1..=2 {
            let now = noon(day);
            ci.run(&["build", "--now", &now]).assert_ok();
            commit(&ci, ".", day);
            if attempt == 1 {
                ben.git(&["pull", "-q", "--rebase"], NOW);
                assert!(is_pushed(&ben));
                assert!(!is_pushed(&ci), "nobody was there first");
                ci.git(&["fetch", "-q"], NOW);
                ci.git(&["reset", "-q", "--hard", "@{upstream}"], NOW);
            } else {
                assert!(is_pushed(&ci));
            }
        }
        server.git(&["pull", "-q", "--ff-only"], NOW);
        assert_eq!(server.git(&["status", "--porcelain"], NOW), "");
        reader.read(&server);
    }
    reader.assert_had(3 + 2 * DAYS);
}

/// Two people build and commit the lock, Git merges it, and what is merged is what `--locked` wants.
#[test]
fn two_writers_and_the_merge_line_never_conflict() {
    let hub = hub("/feeds/\n");
    let (anna, ben, server) = (clone(&hub), clone(&hub), clone(&hub));
    let mut reader = Reader::default();
    for day in 1..=DAYS {
        for (author, name) in [(&anna, "anna"), (&ben, "ben")] {
            write(author, &format!("{name}-{day}"), day);
            if day > 1 {
                correct(
                    author,
                    &format!("{name}-{}", day - 1),
                    "And one thing more.",
                );
            }
            if day == 4 {
                let (from, to) = (format!("{name}-2"), format!("moved-{name}"));
                author.rename(&format!("content/{from}.md"), &format!("content/{to}.md"));
            }
            build(author, day, &[]);
            commit(author, ".", day);
        }
        // Who comes first changes; every third day the other stays on a branch.
        let turns = if day % 2 == 0 {
            [&anna, &ben]
        } else {
            [&ben, &anna]
        };
        let count = if day % 3 == 0 && day < DAYS { 1 } else { 2 };
        for author in turns.into_iter().take(count) {
            author.git(&["fetch", "-q"], NOW);
            author.git(&["merge", "-q", "-m", "merge", "@{upstream}"], &noon(day));
            build(author, day, &[]);
            commit(author, ".", day);
            assert!(is_pushed(author));
        }
        server.git(&["pull", "-q", "--ff-only"], NOW);
        build(&server, day, &["--locked"]);
        assert_eq!(server.git(&["status", "--porcelain"], NOW), "");
        reader.read(&server);
    }
    reader.assert_had(3 + 2 * DAYS);
}
