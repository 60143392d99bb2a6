//! Symbolic links: nothing that lies outside of the site is read, measured or looked for, and no run
//! remembers where a link led.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::time::{Duration, SystemTime};

use tempfile::TempDir;

use crate::site::{NOW, Site};

/// What lies outside of the site, and must stay there.
const SECRET: &str = "---\ntitle: Three\ndate: 2024-01-03\n---\nTop secret.\n";

/// What lies inside, as long as the other.
const INNER: &str = "---\ntitle: Three\ndate: 2024-01-03\n---\nNo secret!!\n";

/// A site beside which something lies that it may link to.
struct Linked {
    site: Site,
    outside: TempDir,
}

impl Linked {
    fn new() -> Self {
        let outside = tempfile::tempdir().expect("a temporary folder");
        fs::write(outside.path().join("p3.md"), SECRET).expect("a file");
        fs::write(outside.path().join("same.md"), INNER).expect("a file");
        let long_ago = SystemTime::now() - Duration::from_secs(36_000);
        for path in ["p3.md", "same.md", ""] {
            let file = fs::File::open(outside.path().join(path)).expect("it");
            file.set_modified(long_ago).expect("its time");
        }
        let site = Site::new()
            .article("p1", "One", "2024-01-01", "Text.")
            .article("p2", "Two", "2024-01-02", "[x](/files/a.pdf)")
            .file("store/p3.md", INNER)
            .file("other/p3.md", INNER)
            .file("links/.keep", "");
        Linked { site, outside }
    }

    /// Makes a link, or another one of it. `outside/` is the folder beside the site.
    fn link(&self, path: &str, target: &str) {
        let at = self.site.path(path);
        let _ = fs::remove_file(&at);
        let target = match target.strip_prefix("outside/") {
            Some(name) => self.outside.path().join(name),
            None => Path::new(target).to_path_buf(),
        };
        symlink(target, at).expect("a link");
    }
}

/// Makes links, lets the program remember, makes others, and sees that the next run comes to what
/// one without memory comes to.
#[track_caller]
fn check(what: &str, before: &[(&str, &str)], after: &[(&str, &str)], titles: &[&str]) {
    let (one, other) = (Linked::new(), Linked::new());
    for linked in [&one, &other] {
        before
            .iter()
            .for_each(|(path, target)| linked.link(path, target));
        linked.site.settle();
        after
            .iter()
            .for_each(|(path, target)| linked.link(path, target));
    }
    let (recalled, run) = one.site.recalls(&["--accept-resend"]);
    let whole = other.site.build_with(&["--accept-resend", "--no-cache"]);
    assert_eq!(
        (&run.stdout, &run.stderr),
        (&whole.stdout, &whole.stderr),
        "{what}"
    );
    let feeds = |linked: &Linked| linked.site.read("feeds/rss.xml");
    assert_eq!(feeds(&one), feeds(&other), "{what}");
    assert!(!feeds(&one).contains("secret."), "{what}");
    assert_eq!(one.site.titles(), titles, "{what}");
    assert!(!recalled, "{what}: the memory holds no more");
}

#[test]
fn links_that_lead_elsewhere_are_followed_anew() {
    const WITHOUT: [&str; 2] = ["Two", "One"];
    const WITH: [&str; 3] = ["Three", "Two", "One"];
    const POST: &str = "content/p3.md";
    const CHAIN: (&str, &str) = (POST, "../links/p3.md");
    let inner = [(POST, "../store/p3.md")];
    check("out", &inner, &[(POST, "outside/p3.md")], &WITHOUT);
    check(
        "out, to the same text",
        &inner,
        &[(POST, "outside/same.md")],
        &WITHOUT,
    );
    check("in", &[(POST, "outside/p3.md")], &inner, &WITH);
    check(
        "to nothing",
        &inner,
        &[(POST, "../store/none.md")],
        &WITHOUT,
    );
    check("from nothing", &[(POST, "../store/none.md")], &inner, &WITH);
    let (store, outside) = (
        ("links/p3.md", "../store/p3.md"),
        ("links/p3.md", "outside/p3.md"),
    );
    check("out by another link", &[CHAIN, store], &[outside], &WITHOUT);
    check("in by another link", &[CHAIN, outside], &[store], &WITH);
    let nothing = ("links/p3.md", "none.md");
    check(
        "from nothing by another link",
        &[CHAIN, nothing],
        &[store],
        &WITH,
    );
    let folder = ("content/sub", "../links/sub");
    let (store, outside) = (("links/sub", "../store"), ("links/sub", "outside/"));
    check("a folder out", &[folder, store], &[outside], &WITHOUT);
    check("a folder in", &[folder, outside], &[store], &WITH);
    check(
        "a folder directly",
        &[("content/sub", "../store")],
        &[("content/sub", "outside/")],
        &WITHOUT,
    );
}

#[test]
fn edits_behind_a_link_that_stays_are_published() {
    let linked = Linked::new();
    linked.link("content/p3.md", "../store/p3.md");
    linked.site.settle();
    fs::write(
        linked.site.path("store/p3.md"),
        INNER.replace("No secret", "New text"),
    )
    .expect("it");
    linked.site.recalls(&[]);
    assert!(linked.site.read("feeds/rss.xml").contains("New text"));
    // And where the folder of the site itself is behind a link, all goes on as it would.
    let by = tempfile::tempdir().expect("a temporary folder");
    let site = by.path().join("site");
    symlink(linked.site.root(), &site).expect("a link");
    let run = || {
        let mut command = linked.site.command(&["build", "--now", NOW]);
        command.current_dir(&site).output().expect("the program")
    };
    for _ in 0..3 {
        assert!(run().status.success());
        linked.site.rest(3);
    }
    fs::write(linked.site.path("store/p3.md"), INNER).expect("a file");
    assert!(run().status.success());
    assert!(linked.site.read("feeds/rss.xml").contains("No secret"));
}

#[test]
fn links_tell_nothing_of_what_lies_outside() {
    let outside = tempfile::tempdir().expect("a temporary folder");
    fs::write(outside.path().join("x.mp3"), [0; 12_345]).expect("a file");
    let build = |target: Option<&Path>| {
        let site = Site::new()
            .post(
                "content/a.md",
                "title: A\ndate: 2024-01-01\nenclosure: /x.mp3\nimage: y.png",
            )
            .post(
                "content/b.md",
                "title: B\ndate: 2024-01-02\nenclosure: {url: /x.mp3, length: 7}",
            )
            .file(
                "content/c.md",
                "---\ntitle: C\ndate: 2024-01-03\n---\n[x](/there) ![](/x.mp3)\n",
            );
        if let Some(target) = target {
            for name in [
                "x.mp3",
                "y.png",
                "content/y.png",
                "there",
                "there.html",
                "static",
            ] {
                symlink(target, site.path(name)).expect("a link");
            }
        }
        let run = site.build_with(&["--keep-going", "-v"]);
        let check = site.run(&["check", "-v", "--now", NOW]);
        (run.stderr, check.stderr, site.read("feeds/rss.xml"))
    };
    let inside = outside.path().join("x.mp3");
    let nothing = build(Some(Path::new("/nowhere/at/all")));
    let there = build(Some(&inside));
    // A link to nothing and one to something outside are the same to whoever made them.
    assert_eq!(nothing, there);
    assert_eq!(build(Some(outside.path())), there);
    assert!(!there.2.contains("12345"), "{}", there.2);
    assert!(there.0.contains("enclosure-length"), "{}", there.0);
}

#[test]
fn no_generator_is_told_by_what_lies_outside() {
    let outside = tempfile::tempdir().expect("a temporary folder");
    for file in [
        "hugo.toml",
        "_config.yml",
        "config.toml",
        "pelicanconf.py",
        "index.html",
    ] {
        fs::write(outside.path().join(file), "title = 'X'\n").expect("a file");
    }
    fs::create_dir_all(outside.path().join("_posts")).expect("a folder");
    let site = Site::new().article("a", "A", "2024-01-01", "Text.");
    for name in [
        "hugo.toml",
        "_posts",
        "config.toml",
        "pelicanconf.py",
        "_site",
        "public",
    ] {
        symlink(outside.path().join(name), site.path(name)).expect("a link");
    }
    symlink(outside.path(), site.path("archetypes")).expect("a link");
    site.run(&["build", "--now", NOW, "--output", "out"])
        .assert_ok();
    let plain = Site::new().article("a", "A", "2024-01-01", "Text.");
    plain
        .run(&["build", "--now", NOW, "--output", "out"])
        .assert_ok();
    assert_eq!(
        site.read("out/feeds/rss.xml"),
        plain.read("out/feeds/rss.xml")
    );
}

#[test]
fn links_that_leave_and_come_back_tell_nothing_either() {
    let said = |exists: bool| {
        let above = tempfile::tempdir().expect("a temporary folder");
        let root = above.path().join("site");
        fs::create_dir_all(root.join("content")).expect("folders");
        if exists {
            fs::create_dir(above.path().join("other")).expect("a folder");
        }
        let site = Site::new().article("a", "A", "2024-01-01", "Text.");
        for file in ["feedwright.yaml", "content/a.md"] {
            fs::copy(site.path(file), root.join(file)).expect("a copy");
        }
        for (link, target) in [
            ("content/loop", "../../other/../site/content"),
            ("content/root", "../../other/../site"),
            ("content/b.md", "../../other/../site/content/a.md"),
        ] {
            symlink(target, root.join(link)).expect("a link");
        }
        let mut command = site.command(&["list", "-v", "--now", NOW]);
        let output = command.current_dir(&root).output().expect("the program");
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        (
            output.status.code(),
            text(&output.stdout),
            text(&output.stderr),
        )
    };
    let told = said(true);
    assert_eq!(told, said(false));
    assert_eq!(
        told.2.matches("warning[symlink-outside]").count(),
        3,
        "{}",
        told.2
    );
}
