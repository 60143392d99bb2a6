//! Levels, which posts are looked at, and how a run ends.

use std::fs;

use super::{check, check_with, site};
use crate::site::{NOW, Site};

#[test]
fn levels() {
    let post = |lints| site(lints).post("content/2024-01-02-a.md", "title: A\ndate: 2024-01-03");
    let run = check_with(&post(", date-file-name: deny"), &[]);
    assert!(
        run.stderr.starts_with("error[date-file-name]"),
        "{}",
        run.stderr
    );
    assert_eq!(
        run.stdout,
        "Checked 1 post and their feeds: 1 error, 0 warnings.\n"
    );
    assert_eq!(run.code, 1);
    // A build is not stopped by it, and says nothing of what is allowed.
    let run = post(", date-file-name: deny").build();
    assert!(
        run.stderr.starts_with("warning[date-file-name]"),
        "{}",
        run.stderr
    );
    assert_eq!(run.code, 0);
    let allowed = post(", date-file-name: allow");
    for command in ["build", "plan", "list", "check"] {
        let arguments: &[&str] = match command {
            "check" => &["check", "--now", NOW],
            _ => &[command, ".", "--now", NOW],
        };
        assert_eq!(allowed.run(arguments).stderr, "", "{command}");
    }
}

#[test]
fn strict() {
    let site = site("").post("content/2024-01-02-a.md", "title: A\ndate: 2024-01-03");
    assert_eq!(check_with(&site, &["-q"]).code, 0);
    let run = check_with(&site, &["--strict"]);
    assert_eq!(run.code, 1);
    assert_eq!(
        run.stdout,
        "Checked 1 post and their feeds: 0 errors, 1 warning.\n"
    );
}

#[test]
fn notes_are_no_warnings() {
    let site = Site::new().post("content/a.md", "title: A\ndate: 2024-01-02\nsummary: S.");
    let run = check_with(&site, &["--strict"]);
    assert_eq!(run.stderr, "2 notes (-v shows them)\n");
    assert_eq!(run.code, 0);
}

#[test]
fn drafts_are_looked_at_but_for_their_bodies() {
    let site = site("").file(
        "content/a.md",
        "---\ntitle: Why **not**?\ndate: 2024-01-02\ndraft: true\n---\n[x](gone.md) <img src=\"/a.png\">\n",
    );
    let site = site.post("content/b.md", "title: B\ndate: 2024-01-03");
    check(
        &site,
        "warning[title-markup]: feed readers show the Markdown of the title as it is written: \
         `**not**`\n  --> content/a.md:2:8\n  help: write the title as plain text\n",
    );
}

#[test]
fn posts_beyond_the_feeds_are_looked_at() {
    let mut site = site("").file(
        "content/old.md",
        "---\ntitle: Old\ndate: 2020-01-02\n---\n<img src=\"/a.png\">\n",
    );
    for day in 10..31 {
        site = site.post(
            &format!("content/{day}.md"),
            &format!("title: T{day}\ndate: 2024-01-{day}"),
        );
    }
    let run = check_with(&site, &[]);
    assert!(run.stderr.contains("content/old.md:5:1"), "{}", run.stderr);
}

#[test]
fn what_is_refused_is_an_error() {
    let site = site("")
        .post("content/a.md", "title: A\ndate: soon")
        .post("content/b.md", "title: B **b**\ndate: 2024-01-02");
    let run = check_with(&site, &[]);
    assert_eq!(run.code, 1);
    assert!(
        run.stderr.contains("error[date-unreadable]"),
        "{}",
        run.stderr
    );
    assert!(
        run.stderr.contains("warning[title-markup]"),
        "{}",
        run.stderr
    );
}

#[test]
fn wrong_configurations() {
    let check = |lints: &str, expected: &str| {
        let site = Site::empty()
            .file(
                "feedwright.yaml",
                &format!("site: {{title: S, url: https://example.gov}}\nlints: {lints}\n"),
            )
            .post("a.md", "title: A\ndate: 2024-01-02");
        let run = check_with(&site, &[]);
        assert_eq!(run.stderr, expected);
        assert_eq!(run.code, 2);
    };
    check(
        "{tag-speling: warn}",
        "error[config-invalid]: lints: there is no key `tag-speling`\n  --> feedwright.yaml:2:8\n  \
         help: did you mean `tag-spelling`?\n",
    );
    check(
        "{tag-spelling: forbid}",
        "error[config-invalid]: lints.tag-spelling: there is no value `forbid`\n  --> feedwright.yaml:2:23\n  \
         help: known here: allow, warn, deny\n",
    );
}

#[test]
fn usage() {
    let site = site("").post("content/a.md", "title: A\ndate: 2024-01-02");
    assert_eq!(site.run(&["check", "--yes"]).code, 2);
    assert_eq!(site.run(&["check", "-C", "nowhere"]).code, 2);
    let folder = site.root().to_str().expect("UTF-8").to_owned();
    let elsewhere = Site::empty();
    let run = elsewhere.run(&["check", "-C", &folder, "--now", NOW]);
    assert_eq!(
        run.stdout,
        "Checked 1 post and their feeds: 0 errors, 0 warnings.\n"
    );
    let schema = site.run(&["schema"]).stdout;
    let schema: serde_json::Value = serde_json::from_str(&schema).expect("JSON");
    let lints = &schema["$defs"]["Lints"]["properties"];
    assert_eq!(lints["id-unpinned"]["default"], "allow");
    assert_eq!(lints.as_object().map(|lints| lints.len()), Some(25));
}

#[test]
fn hostile_posts() {
    let tags: String = (0..100).map(|n| format!("- Tag{n}\n- tag{n}\n")).collect();
    let deep = format!("x: {}{}", "[".repeat(400), "]".repeat(400));
    let site = site("")
        .post(
            "content/tags.md",
            &format!("title: T\ndate: 2024-01-02\ntags:\n{tags}"),
        )
        .post(
            "content/deep.md",
            &format!("title: D\ndate: 2024-01-03\n{deep}"),
        )
        .post(
            "content/control.md",
            "title: \"**a\\e[31m\\u202e**\"\ndate: 2024-01-04\ntags: [\"x\\e[0m\", \"X\\e[0m\"]",
        )
        .post(
            "content/markup.md",
            &format!("title: \"{}\"\ndate: 2024-01-05", "*a _b ".repeat(5_000)),
        )
        .file(
            "content/links.md",
            &format!(
                "---\ntitle: L\ndate: 2024-01-06\n---\n{}\n",
                "[a](/2020/01/02/%ff/) [b](/2020/01/02/..%2f..%2fetc/) <img src=\"x ".repeat(2_000)
            ),
        );
    let run = check_with(&site, &["-v"]);
    assert!(matches!(run.code, 0 | 1), "{}", run.code);
    assert!(!run.stderr.contains(['\u{1b}', '\u{202e}']));
}

#[test]
fn feeds_are_those_of_a_build() {
    use std::collections::BTreeMap;
    use std::sync::Mutex;

    let site = site("")
        .post("content/a.md", "title: A\ndate: 2024-01-02\ntags: [x, y]")
        .post("content/b.md", "title: B\ndate: 2024-01-03\ntags: [x]");
    assert_eq!(site.build().code, 0);
    let mut diags = feedwright::Diagnostics::new();
    let now = feedwright::Timestamp::from_epoch(1_735_689_600).expect("a date");
    let overrides = feedwright::Overrides::new(site.root(), now);
    let config = feedwright::Config::load(&overrides, &mut diags)
        .expect("the files")
        .expect("a configuration");
    let found = Mutex::new(BTreeMap::new());
    let examined = feedwright::check_site(
        &config,
        diags,
        &|path, _, bytes, diags| {
            let path = path.to_str().expect("UTF-8").to_owned();
            diags.note("seen", feedwright::Location::file(&path), "it was seen");
            found.lock().expect("the map").insert(path, bytes.to_vec());
        },
        &|_, _, _| {},
    )
    .expect("no errors");
    let found = found.into_inner().expect("the map");
    let files: Vec<String> = site
        .files("feeds")
        .iter()
        .map(|file| format!("feeds/{file}"))
        .collect();
    assert!(found.keys().eq(&files), "{:?}", found.keys());
    for (path, bytes) in &found {
        assert!(
            *bytes == fs::read(site.path(path)).expect("a file"),
            "{path}"
        );
    }
    assert_eq!(examined.feeds, 9);
    assert_eq!(
        examined
            .diagnostics
            .iter()
            .filter(|d| d.code == "seen")
            .count(),
        9
    );
}

#[test]
fn the_example_has_nothing_but_what_it_shows() {
    let root = env!("CARGO_MANIFEST_DIR");
    let before = fs::read(format!("{root}/feedwright.lock")).expect("the lock");
    let run = Site::empty().run(&["check", "-C", root, "-q"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(!run.stderr.contains("summary-missing"), "{}", run.stderr);
    assert!(before == fs::read(format!("{root}/feedwright.lock")).expect("the lock"));
}

/// Jekyll copies what it does not know, our own files among it.
#[test]
fn own_files_that_are_published() {
    let site = Site::jekyll("timezone: UTC\nlang: en\n")
        .post("_posts/2024-01-01-a.md", "title: A\ndescription: Text.");
    site.build().assert_ok();
    let said = "warning[files-published]: Jekyll publishes feedwright.yaml and feedwright.lock with the \
                site\n  --> _config.yml\n  help: add to `exclude` there: [feedwright.yaml, \
                feedwright.lock]\n";
    let run = site.run(&["check", "--now", NOW]);
    assert!(run.stderr.contains(said), "{}", run.stderr);
    let run = Site::copy(site.root(), |_| true).run(&["init"]);
    let said = "  Jekyll publishes feedwright.yaml and feedwright.lock with the site: add to `exclude` in \
                _config.yml: [feedwright.yaml, feedwright.lock].\n";
    assert!(run.stdout.contains(said), "{}", run.stdout);
    let site = site.file(
        "_config.yml",
        "title: Site\nurl: https://example.gov\ntimezone: UTC\nexclude: [feedwright.*]\n",
    );
    let run = site.run(&["check", "--now", NOW]);
    assert!(!run.stderr.contains("files-published"), "{}", run.stderr);
}

/// What is wrong with feeds of our own is mended by settings, not in their XML.
#[test]
fn feeds_that_are_made_are_mended_by_settings() {
    let site = Site::jekyll("timezone: UTC\n").post("_posts/2024-01-01-a.md", "title: A");
    let run = site.run(&["check", "--now", NOW, "-v"]);
    assert!(
        run.stderr
            .contains("help: set `site.language` in feedwright.yaml, such as `en-US`"),
        "{}",
        run.stderr
    );
}
