//! A run that finds nothing new remembers what it looked at; the next one reads nothing.

use std::fs::{self, File};
use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use crate::site::{NOW, Run, Site, files};

/// A site with something of each kind that a run looks at.
fn site() -> Site {
    Site::jekyll("")
        .file(
            "feedwright.yaml",
            "content: {ignore: [skipped]}\nfeeds: {limit: 20}\n",
        )
        .post(
            "_posts/2024-01-02-a.md",
            "title: A\ntags: [one]\nimage: a.png",
        )
        .file(
            "_posts/2024-01-03-b.md",
            "---\n---\n{% include note.html %}\n",
        )
        .post("_posts/2024-01-04-c.md", "title: C\ntags: [two]")
        .post("_posts/2024-01-05-d.md", "title: D\nexpires: 2026-01-01")
        .post("_posts/2025-06-01-e.md", "title: E")
        .file("_includes/note.html", "A note.\n")
        .file("skipped/x.md", "Not read.\n")
}

impl Site {
    /// Sets the time of every file and folder that is newer than an hour back by that much, as if
    /// nobody had been here since.
    pub fn rest(&self, hours: u32) {
        let hour = Duration::from_secs(3600);
        let now = SystemTime::now();
        let mut all: Vec<PathBuf> = vec![self.root().to_path_buf()];
        while let Some(path) = all.pop() {
            if path.is_symlink() {
                continue;
            }
            if path.is_dir() {
                let inner = fs::read_dir(&path).expect("a folder");
                all.extend(inner.map(|entry| entry.expect("an entry").path()));
            }
            let file = File::open(&path).expect("a file");
            if file.metadata().expect("it").modified().expect("its time") > now - hour {
                let before = now - hour * hours;
                file.set_modified(before).expect("its time");
            }
        }
    }

    /// What is remembered of the site's runs.
    fn remembered(&self) -> Option<PathBuf> {
        let all = files(self.cache()).into_iter();
        let mut all = all.filter(|name| name.ends_with(".run"));
        let found = all.next().map(|name| self.cache().join(name));
        assert_eq!(all.next(), None, "one site, one file");
        found
    }

    /// Builds until there is nothing to do and that is remembered.
    pub fn settle(&self) -> Run {
        self.build_with(&["-v"]).assert_ok();
        self.rest(3);
        let run = self.build_with(&["-v"]);
        run.assert_ok();
        assert!(self.remembered().is_some());
        run
    }

    /// Whether a run finds all as it is remembered. One that does not either remembers anew or has
    /// changed something.
    pub fn recalls(&self, arguments: &[&str]) -> (bool, Run) {
        let memory = self.remembered().expect("a memory");
        let long_ago = SystemTime::now() - Duration::from_secs(36_000);
        let file = File::options().write(true).open(&memory).expect("it");
        file.set_modified(long_ago).expect("its time");
        let before = fs::read(&memory).expect("it");
        // What a run reads again it remembers anew.
        self.rest(2);
        let run = self.build_with(arguments);
        let is_same = fs::read(&memory).expect("it") == before
            && fs::metadata(&memory)
                .expect("it")
                .modified()
                .expect("its time")
                == long_ago
            && run.stdout.contains("Nothing changed: ");
        (is_same, run)
    }
}

#[test]
fn a_run_that_finds_nothing_new_says_what_the_one_before_said() {
    let site = site();
    let before = site.settle();
    assert!(before.stderr.contains("image-missing"), "{}", before.stderr);
    let (recalled, run) = site.recalls(&["-v"]);
    assert!(recalled);
    assert_eq!((run.stdout, run.stderr), (before.stdout, before.stderr));
    let (recalled, run) = site.recalls(&["--report", "json", "--locked"]);
    assert!(!recalled, "another option");
    let report =
        |run: &Run| -> serde_json::Value { serde_json::from_str(&run.stdout).expect("JSON") };
    let whole = site.build_with(&["--report", "json", "--no-cache"]);
    site.build_with(&["-q"]).assert_ok();
    let again = site.build_with(&["--report", "json"]);
    assert_eq!(report(&again), report(&whole));
    assert_eq!(report(&run)["feeds"], report(&whole)["feeds"]);
}

/// A timer mails what is said, which is a warning once: as long as it stays, wherever in its file.
#[test]
fn quiet_runs_say_a_warning_once() {
    let site = site();
    let said = |arguments: &[&str]| site.build_with(arguments).stderr;
    let first = said(&["--quiet"]);
    assert!(first.contains("image-missing"), "{first}");
    assert_eq!(said(&["--quiet"]), "");
    assert_eq!(said(&["--errors-only"]), "");
    assert!(said(&[]).contains("image-missing"));
    assert!(said(&["--quiet", "--no-cache"]).contains("image-missing"));
    let write = |name: &str, front_matter: &str| {
        let text = format!("---\n{front_matter}\n---\nText.\n");
        fs::write(site.path(&format!("_posts/{name}")), text).expect("a file");
    };
    // The same on another line.
    write(
        "2024-01-02-a.md",
        "title: A\ntags: [one]\nlayout: post\nimage: a.png",
    );
    assert_eq!(said(&["--quiet"]), "");
    write("2024-01-04-c.md", "title: C\ntags: [two]\nimage: c.png");
    let second = said(&["--quiet"]);
    assert_eq!(second.matches("warning[").count(), 1, "{second}");
    // What was mended and comes back is new.
    write("2024-01-04-c.md", "title: C\ntags: [two]");
    assert_eq!(said(&["--quiet"]), "");
    write("2024-01-04-c.md", "title: C\ntags: [two]\nimage: c.png");
    assert!(said(&["--quiet"]).contains("c.png"));
    let json = said(&["--quiet", "--message-format", "json", "--no-cache"]);
    assert!(
        json.contains("warning") && !json.contains("\"note\""),
        "{json}"
    );
}

#[test]
fn quiet_runs_that_cannot_remember_say_why_a_warning_comes_again() {
    let site = site().file("file", "");
    for _ in 0..2 {
        let run = site.build_with(&["--quiet", "--cache-dir", "file/cache"]);
        run.assert_ok();
        let said = "warning[cache-unwritable]: warnings cannot be remembered in file/cache (";
        assert_eq!(run.stderr.matches(said).count(), 1, "{}", run.stderr);
        assert!(
            run.stderr
                .contains("help: name a folder that can be written to by `--cache-dir`")
        );
    }
    // Who has nothing to remember is not told.
    let site = Site::new().body("Text.").file("file", "");
    let run = site.build_with(&["--quiet", "--cache-dir", "file/cache"]);
    assert_eq!(run.stderr, "");
}

/// Changes something and sees that the next run notices, and comes to what one without memory
/// comes to.
#[track_caller]
fn check(what: &str, change: impl Fn(&Site), arguments: &[&str]) {
    let site = site();
    site.settle();
    let other = crate::cache::site();
    other.settle();
    for site in [&site, &other] {
        change(site);
    }
    let (recalled, run) = site.recalls(arguments);
    assert!(!recalled, "{what}");
    let whole = other.build_with(&[arguments, &["--no-cache"]].concat());
    assert_eq!(
        (run.stdout, run.stderr),
        (whole.stdout, whole.stderr),
        "{what}"
    );
    let feeds = |site: &Site| -> Vec<(String, String)> {
        let all = site.files("feeds").into_iter();
        all.map(|name| (name.clone(), site.read(&format!("feeds/{name}"))))
            .collect()
    };
    assert_eq!(feeds(&site), feeds(&other), "{what}");
}

fn write(path: &str, text: &str) -> impl Fn(&Site) {
    move |site| {
        let path = site.path(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("folders");
        fs::write(path, text).expect("a file");
    }
}

#[test]
fn whatever_a_run_looks_at_counts() {
    let post = "---\ntitle: New\n---\nText.\n";
    check("a post", write("_posts/2024-01-02-a.md", post), &[]);
    check("a new post", write("_posts/2024-01-09-n.md", post), &[]);
    check(
        "a post in a new folder",
        write("_posts/inner/2024-01-09-n.md", post),
        &[],
    );
    check(
        "a post gone",
        |site| site.remove("_posts/2024-01-02-a.md"),
        &[],
    );
    check(
        "a post moved",
        |site| site.rename("_posts/2024-01-02-a.md", "_posts/2024-01-02-z.md"),
        &[],
    );
    check(
        "an include",
        write("_includes/note.html", "Another.\n"),
        &[],
    );
    check(
        "an include gone",
        |site| site.remove("_includes/note.html"),
        &[],
    );
    check("an image", write("a.png", "PNG"), &[]);
    check(
        "the generator's configuration",
        write("_config.yml", "title: Other\nurl: https://example.gov\n"),
        &[],
    );
    check(
        "the configuration",
        write("feedwright.yaml", "feeds: {limit: 2}\n"),
        &["--accept-resend"],
    );
    check("a feed", write("feeds/rss.xml", ""), &[]);
    check(
        "a feed gone",
        |site| site.remove("feeds/tags/one/atom.xml"),
        &[],
    );
    check(
        "a feed of before",
        |site| {
            let path = site.path("feeds/tags/old/rss.xml");
            fs::create_dir_all(path.parent().expect("a folder")).expect("folders");
            fs::copy(site.path("feeds/rss.xml"), path).expect("a copy");
        },
        &[],
    );
    check(
        "an address",
        |_| {},
        &["--site-url", "https://other.example"],
    );
    check(
        "a rendered site",
        write("out/2024/index.html", "<p>Hello</p>"),
        &["--rendered", "out"],
    );
}

#[test]
fn a_lock_that_is_gone_is_missed() {
    let site = site();
    site.settle();
    site.remove("feedwright.lock");
    let run = site.build();
    run.assert_ok();
    assert!(run.stderr.contains("lock-missing"), "{}", run.stderr);
    assert!(site.path("feedwright.lock").is_file());
}

#[test]
fn the_present_counts_as_far_as_posts_wait_for_it() {
    let site = site();
    site.settle();
    let now = |now: &str| {
        let run = site.run(&["build", "--now", now]);
        run.assert_ok();
        site.titles().contains(&"E".to_owned())
    };
    assert!(!now("2025-05-31T23:59:59Z"));
    assert!(now("2025-06-01T00:00:00Z"));
}

#[test]
fn a_site_that_keeps_no_state_is_remembered_too() {
    let site = site().file("feedwright.yaml", "state: none\n");
    site.settle();
    assert!(site.recalls(&[]).0);
}

#[test]
fn what_changed_just_now_is_read_again() {
    let site = site();
    site.build().assert_ok();
    site.build().assert_ok();
    assert_eq!(site.remembered(), None);
}

#[test]
fn what_is_no_memory_is_thrown_away() {
    let site = site();
    let before = site.settle();
    let memory = site.remembered().expect("a memory");
    let whole = fs::read(&memory).expect("it");
    let mut bent = whole.clone();
    let middle = bent.len() / 2;
    bent[middle] ^= 1;
    for bytes in [b"".as_slice(), b"nonsense", &whole[..middle], &bent] {
        fs::write(&memory, bytes).expect("a file");
        let run = site.build_with(&["-v"]);
        run.assert_ok();
        assert_eq!(run.stdout, before.stdout);
        assert!(run.stderr.contains("cache-unusable"), "{}", run.stderr);
        assert_eq!(fs::read(&memory).expect("it"), whole, "it is written anew");
    }
}

#[test]
fn a_run_can_do_without() {
    let site = site();
    site.build_with(&["--no-cache"]).assert_ok();
    site.rest(3);
    for arguments in [["--no-cache"], ["--verify"], ["--dry-run"]] {
        site.build_with(&arguments).assert_ok();
        assert_eq!(site.remembered(), None, "{arguments:?}");
    }
    let folder = tempfile::tempdir().expect("a temporary folder");
    let named = folder.path().to_str().expect("text");
    site.run(&["build", "--now", NOW, "--cache-dir", named])
        .assert_ok();
    assert_eq!(site.remembered(), None);
    assert_eq!(files(folder.path()).len(), 1);
    // A folder that cannot be written to remembers nothing and stops nobody.
    let file = site.path("feedwright.yaml");
    let run = site.run(&[
        "build",
        "--now",
        NOW,
        "--cache-dir",
        file.to_str().expect("text"),
    ]);
    run.assert_ok();
}
