//! Nothing is touched that did not change, nothing that is not ours is replaced, and a run that
//! is stopped leaves every file old or new.

use std::fs;
use std::process::Stdio;
use std::time::{Duration, SystemTime};

use crate::site::Site;

fn site() -> Site {
    Site::new()
        .post("content/a.md", "title: A\ndate: 2024-01-01\ntags: [x, y]")
        .post("content/b.md", "title: B\ndate: 2024-01-02\ntags: [y]")
}

/// Makes every feed look an hour old.
fn age(site: &Site) -> SystemTime {
    let past = SystemTime::now() - Duration::from_secs(3600);
    for file in site.files("feeds") {
        let file = fs::File::options()
            .append(true)
            .open(site.path("feeds").join(file));
        file.expect("a feed").set_modified(past).expect("a time");
    }
    past
}

fn modified(site: &Site, file: &str) -> SystemTime {
    fs::metadata(site.path(file))
        .and_then(|meta| meta.modified())
        .expect("a time")
}

#[test]
fn a_second_run_touches_nothing() {
    let site = site();
    site.build();
    let past = age(&site);
    let run = site.build();
    assert!(
        run.stdout.contains("Nothing changed: 9 feed files"),
        "{}",
        run.stdout
    );
    for file in site.files("feeds") {
        assert_eq!(modified(&site, &format!("feeds/{file}")), past, "{file}");
    }
}

#[test]
fn only_feeds_that_hold_a_changed_post_are_written() {
    let site = site();
    site.build();
    let past = age(&site);
    let site = site.post(
        "content/b.md",
        "title: B, changed\ndate: 2024-01-02\ntags: [y]",
    );
    let run = site.build();
    assert!(
        run.stdout.contains("Wrote 6 of 9 feed files"),
        "{}",
        run.stdout
    );
    assert_eq!(modified(&site, "feeds/tags/x/atom.xml"), past);
    assert!(modified(&site, "feeds/tags/y/atom.xml") > past);
}

#[test]
fn a_dry_run_writes_nothing() {
    let site = site();
    let before = site.files("");
    let run = site.build_with(&["--dry-run"]);
    run.assert_ok();
    assert!(
        run.stdout.contains("Would write 9 of 9 feed files"),
        "{}",
        run.stdout
    );
    assert_eq!(site.files(""), before);
    assert!(!site.path("feeds").exists());
}

#[test]
fn a_foreign_file_is_not_replaced() {
    let foreign = "<feed><generator>Jekyll</generator><entry/></feed>";
    let site = site().file("feeds/tags/x/atom.xml", foreign);
    let before = site.files("");
    let run = site.build();
    run.assert_code(2);
    assert!(
        run.stderr
            .starts_with("error[file-not-ours]: the file is not feedwright's and is not replaced\n  --> feeds/tags/x/atom.xml\n"),
        "{}",
        run.stderr
    );
    assert_eq!(site.read("feeds/tags/x/atom.xml"), foreign);
    assert_eq!(
        site.files(""),
        before,
        "the other feeds were not written either"
    );
}

#[cfg(unix)]
#[test]
fn nothing_is_written_through_a_link() {
    use std::os::unix::fs::symlink;
    let elsewhere = tempfile::tempdir().expect("a folder");
    let site = site();
    fs::create_dir(site.path("feeds")).expect("a folder");
    symlink(elsewhere.path(), site.path("feeds/tags")).expect("a link");
    let run = site.build();
    run.assert_code(2);
    assert!(
        run.stderr.contains("feeds/tags is a symbolic link"),
        "{}",
        run.stderr
    );
    assert_eq!(
        fs::read_dir(elsewhere.path()).expect("the folder").count(),
        0
    );

    symlink(elsewhere.path(), site.path("out")).expect("a link");
    let run = site.build_with(&["--output", "out"]);
    run.assert_code(2);
    assert!(
        run.stderr
            .contains("the output folder out is a symbolic link"),
        "{}",
        run.stderr
    );
}

#[test]
fn a_feed_without_posts_stays_until_it_is_pruned() {
    let site = site();
    site.build();
    site.remove("content/a.md");
    let site = site.file("feeds/tags/z/atom.xml", "<feed>somebody else's</feed>");
    let run = site.build();
    run.assert_ok();
    assert!(
        run.stdout.contains(
            "stale     feeds/tags/x/atom.xml  (no feed is written there; --prune removes it)"
        ),
        "{}",
        run.stdout
    );
    assert!(site.path("feeds/tags/x/atom.xml").exists());
    site.build_with(&["--prune"]);
    assert!(!site.path("feeds/tags/x").exists());
    assert!(site.path("feeds/tags/y/atom.xml").exists());
    assert!(site.path("feeds/tags/z/atom.xml").exists(), "not ours");
}

#[test]
fn leftovers_of_a_crash_are_removed() {
    let site = site().file("feeds/tags/x/.feedwright-abc123.tmp", "half a feed");
    let run = site.build();
    run.assert_ok();
    assert!(!site.path("feeds/tags/x/.feedwright-abc123.tmp").exists());
}

#[cfg(unix)]
#[test]
fn feeds_are_readable_by_the_web_server_and_keep_their_mode() {
    use std::os::unix::fs::PermissionsExt;
    let site = site();
    site.build();
    let mode = |path: &str| {
        fs::metadata(site.path(path))
            .expect("a feed")
            .permissions()
            .mode()
            & 0o777
    };
    // A new file has the mode that any new file has here.
    fs::write(site.path("probe"), "").expect("a file");
    assert_eq!(mode("feeds/rss.xml"), mode("probe"));
    fs::set_permissions(
        site.path("feeds/rss.xml"),
        fs::Permissions::from_mode(0o640),
    )
    .expect("a mode");
    let site = site.post("content/c.md", "title: C\ndate: 2024-01-03");
    site.build();
    assert_eq!(
        fs::metadata(site.path("feeds/rss.xml"))
            .expect("a feed")
            .permissions()
            .mode()
            & 0o777,
        0o640
    );
}

#[test]
fn a_run_that_fails_midway_leaves_the_old_feeds() {
    let site = site();
    site.build();
    let old = site.read("feeds/atom.xml");
    // A folder where a feed should be makes the last format fail after others were staged.
    let site = site
        .post(
            "content/c.md",
            "title: C\ndate: 2024-01-03\ntags: [blocked]",
        )
        .file("feeds/tags/blocked/feed.json/in-the-way", "");
    let run = site.build();
    run.assert_code(2);
    assert_eq!(site.read("feeds/atom.xml"), old);
    let leftovers: Vec<String> = site
        .files("feeds")
        .into_iter()
        .filter(|file| file.contains(".tmp"))
        .collect();
    assert_eq!(leftovers, Vec::<String>::new());
}

#[test]
fn runs_at_once_do_not_harm_each_other() {
    let mut site = Site::new();
    for number in 0..60 {
        site = site.post(
            &format!("content/{number}.md"),
            &format!(
                "title: Post {number}\ndate: 2024-01-01\ntags: [t{}]",
                number % 20
            ),
        );
    }
    let runs: Vec<_> = (0..6)
        .map(|_| {
            site.command(&["build", "-q"])
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .spawn()
                .expect("the program")
        })
        .collect();
    for mut run in runs {
        assert!(run.wait().expect("an end").success());
    }
    for file in site.files("feeds") {
        assert!(!file.contains(".tmp"), "{file}");
        let text = site.read(&format!("feeds/{file}"));
        if file.ends_with(".xml") {
            roxmltree::Document::parse(&text).unwrap_or_else(|error| panic!("{file}: {error}"));
        } else {
            serde_json::from_str::<serde_json::Value>(&text).expect("JSON");
        }
    }
    assert_eq!(site.files("feeds").len(), 63);
}

#[test]
fn order_of_files_and_environment_do_not_matter() {
    let build = |names: &[&str], zone: &str, locale: &str| {
        let mut site = Site::new();
        for name in names {
            site = site.post(
                &format!("content/{name}.md"),
                &format!("title: Post {name}\ndate: 2024-01-01\ntags: [x, {name}]"),
            );
        }
        let status = site
            .command(&["build", "-q", "--now", crate::site::NOW])
            .env("TZ", zone)
            .env("LC_ALL", locale)
            .status()
            .expect("the program");
        assert!(status.success());
        let read = |file: &String| site.read(&format!("feeds/{file}"));
        let files = site.files("feeds");
        let bytes: Vec<String> = files.iter().map(read).collect();
        (files, bytes)
    };
    let one = build(&["a", "b", "c"], "UTC", "C");
    let other = build(&["c", "a", "b"], "Pacific/Kiritimati", "tr_TR.UTF-8");
    assert_eq!(one, other);
}

#[test]
fn nothing_is_pruned_while_a_post_is_refused() {
    let site = site();
    site.build();
    let site = site.post(
        "content/a.md",
        "title: A: broken\ndate: 2024-01-01\ntags: [x, y]",
    );
    let run = site.build_with(&["--keep-going", "--prune"]);
    run.assert_code(4);
    assert!(
        site.path("feeds/tags/x/atom.xml").exists(),
        "{}",
        run.stdout
    );
}

#[test]
fn another_sites_feeds_in_the_same_folder_are_not_pruned() {
    let english = site();
    let german = Site::new()
        .file(
            "feedwright.yaml",
            "site: {title: De, url: https://example.gov}\ncontent: {folders: [content]}\n\
             feeds: {paths: {rss: /feeds/de/rss.xml, atom: /feeds/de/atom.xml, json: /feeds/de/feed.json},\n\
             taxonomy_paths: {rss: /feeds/de/:slug/rss.xml, atom: /feeds/de/:slug/atom.xml, json: /feeds/de/:slug/feed.json}}\n",
        )
        .post("content/a.md", "title: A\ndate: 2024-01-01\ntags: [z]");
    let output = english.path("out").to_str().expect("UTF-8").to_owned();
    german.build_with(&["--output", &output]);
    let run = english.build_with(&["--output", &output, "--prune"]);
    run.assert_ok();
    assert!(!run.stdout.contains("removed"), "{}", run.stdout);
    assert!(english.path("out/feeds/de/z/atom.xml").exists());
}

#[test]
fn feeds_of_formats_that_are_no_longer_written_are_named() {
    let site = site();
    site.build();
    let config = site.read("feedwright.yaml") + "feeds: {formats: [atom]}\n";
    let site = site.file("feedwright.yaml", &config);
    let run = site.build();
    assert!(
        run.stdout.contains("stale     feeds/tags/x/rss.xml"),
        "{}",
        run.stdout
    );
    let run = site.build_with(&["--prune"]);
    assert!(
        run.stdout.contains("removed   feeds/feed.json\n"),
        "{}",
        run.stdout
    );
    assert_eq!(
        site.files("feeds"),
        ["atom.xml", "tags/x/atom.xml", "tags/y/atom.xml"]
    );
}

#[cfg(unix)]
#[test]
fn an_output_folder_behind_a_link_is_refused() {
    use std::os::unix::fs::symlink;
    let elsewhere = tempfile::tempdir().expect("a folder");
    let site = site();
    symlink(elsewhere.path(), site.path("out")).expect("a link");
    for output in ["out", "out/", "out/below", "./out"] {
        let run = site.build_with(&["--output", output]);
        assert_eq!(run.code, 2, "{output}: {}", run.stderr);
        assert!(
            run.stderr.contains("out is a symbolic link"),
            "{output}: {}",
            run.stderr
        );
    }
    assert_eq!(
        fs::read_dir(elsewhere.path()).expect("the folder").count(),
        0
    );
}

#[test]
fn leftovers_go_when_nothing_changed_too() {
    let site = site();
    site.build();
    let site = site.file("feeds/tags/x/.feedwright-abc123.tmp", "half a feed");
    let run = site.build();
    assert!(run.stdout.contains("Nothing changed: 9"), "{}", run.stdout);
    assert!(!site.path("feeds/tags/x/.feedwright-abc123.tmp").exists());
}

#[test]
fn feeds_at_the_root_are_swept_once() {
    let site = Site::jekyll("")
        .file("feedwright.yaml", "feeds: {paths: {rss: /feed.xml}}\n")
        .post("_posts/2024-01-02-one.md", "title: One\ntags: [x]");
    site.build().assert_ok();
    let post = "---\ntitle: One\n---\nText.\n";
    fs::write(site.path("_posts/2024-01-02-one.md"), post).expect("a file");
    let run = site.build();
    run.assert_ok();
    assert_eq!(
        run.stdout.matches("stale     feeds/tags/x/rss.xml").count(),
        1,
        "{}",
        run.stdout
    );
    site.build_with(&["--prune"]).assert_ok();
    assert!(!site.path("feeds/tags").exists());
}
