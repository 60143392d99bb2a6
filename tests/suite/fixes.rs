//! `check --fix`: what it changes in front matters, to the byte, and what it leaves alone.

use std::fs;

use proptest::prelude::*;

use crate::site::{NOW, Run, Site};

fn settings(dialect: &str, more: &str) -> String {
    format!(
        "site: {{title: S, url: https://example.gov, timezone: America/New_York}}\n\
         content: {{folders: [content], dialect: {dialect}}}\n{more}"
    )
}

fn site(dialect: &str, more: &str) -> Site {
    Site::empty().file("feedwright.yaml", &settings(dialect, more))
}

fn fix(site: &Site, arguments: &[&str]) -> Run {
    site.run(&[&["check", "--fix", "--now", NOW], arguments].concat())
}

/// What is understood of the posts, but for how tags are spelled.
fn list(site: &Site) -> Vec<serde_json::Value> {
    let run = site.run(&["list", "--json", "--now", NOW]);
    let lines = run.stdout.lines();
    let posts = lines.map(|line| {
        let mut post: serde_json::Value = serde_json::from_str(line).expect("JSON");
        post["tags"] = serde_json::Value::Null;
        post
    });
    posts.collect()
}

/// Mends a site and compares one of its files; nothing else about it changes, and a second run
/// finds nothing to do.
fn check(site: &Site, path: &str, expected: &str) {
    let before = list(site);
    let run = fix(site, &["--yes"]);
    assert!(matches!(run.code, 0 | 1), "{}", run.stderr);
    assert_eq!(site.read(path), expected, "{}", run.stderr);
    assert_eq!(list(site), before);
    let again = fix(site, &["--yes"]);
    assert!(again.stdout.starts_with("Checked "), "{}", again.stdout);
    assert_eq!(site.read(path), expected);
}

/// The same for one post of a dialect.
fn check_post(dialect: &str, path: &str, before: &str, after: &str) {
    check(&site(dialect, "").file(path, before), path, after);
}

#[test]
fn dates_of_yaml() {
    let check = |before: &str, after: &str| {
        check_post(
            "plain",
            "content/a.md",
            &format!("---\ntitle: A\n{before}\n---\nText.\n"),
            &format!("---\ntitle: A\n{after}\n---\nText.\n"),
        );
    };
    check("date: 2024-01-02", "date: 2024-01-02T00:00:00-05:00");
    check(
        "date:   2024-07-02 09:30   # morning",
        "date:   2024-07-02T09:30:00-04:00   # morning",
    );
    check("date: '2024-01-02'", "date: '2024-01-02T00:00:00-05:00'");
    check(
        "date: \"January 2, 2024\"",
        "date: \"2024-01-02T00:00:00-05:00\"",
    );
    // YAML takes it for a text, and goes on to.
    check("date: 2 Jan 2024", "date: \"2024-01-02T00:00:00-05:00\"");
    check(
        "date: 2024-01-02 10:00 +0900\nupdated: 2024-01-03",
        "date: 2024-01-02T10:00:00+09:00\nupdated: 2024-01-03T00:00:00-05:00",
    );
    check("date: 2024-01-02T10:00:00Z", "date: 2024-01-02T10:00:00Z");
    // What only people read stays as they read it.
    check(
        "date: 2024-01-02\npubDate: 2 Jan 2024",
        "date: 2024-01-02T00:00:00-05:00\npubDate: 2 Jan 2024",
    );
}

#[test]
fn dates_of_other_syntaxes() {
    check_post(
        "plain",
        "content/a.md",
        "+++\ntitle = \"A\"\ndate = 2024-01-02 # b\n+++\nText.\n",
        "+++\ntitle = \"A\"\ndate = 2024-01-02T00:00:00-05:00 # b\n+++\nText.\n",
    );
    check_post(
        "zola",
        "content/a.md",
        "+++\ntitle = \"A\"\ndate = \"2024-01-02\"\n[extra]\nx = 1\n+++\nText.\n",
        "+++\ntitle = \"A\"\ndate = \"2024-01-02T00:00:00-05:00\"\n[extra]\nx = 1\n+++\nText.\n",
    );
    check_post(
        "hugo",
        "content/posts/a.md",
        "{\n  \"title\": \"A\",\n  \"date\": \"2024-01-02\", \"x\": [\"2024-01-02\"]\n}\nText.\n",
        "{\n  \"title\": \"A\",\n  \"date\": \"2024-01-02T00:00:00-05:00\", \"x\": [\"2024-01-02\"]\n}\nText.\n",
    );
    check_post(
        "pelican",
        "content/a.md",
        "Title: A\nDate: 2024.01.02 10:30\n\nText.\n",
        "Title: A\nDate: 2024-01-02T10:30:00-05:00\n\nText.\n",
    );
    check_post(
        "hexo",
        "content/a.md",
        "title: A\ndate: 2024-01-02 10:30:00\n---\nText.\n",
        "title: A\ndate: 2024-01-02T10:30:00-05:00\n---\nText.\n",
    );
}

#[test]
fn bytes_of_editors_stay() {
    check_post(
        "plain",
        "content/a.md",
        "\u{feff}---\r\ntitle: A\r\n# ü\r\ndate: 2024-01-02\r\n---\r\nText.  \r\n\u{feff}",
        "\u{feff}---\r\ntitle: A\r\n# ü\r\ndate: 2024-01-02T00:00:00-05:00\r\n---\r\nText.  \r\n\u{feff}",
    );
}

#[test]
fn dates_of_jekyll() {
    let check = |before: &str, after: &str| {
        let path = "_posts/2024-01-02-a.md";
        let site = Site::jekyll("timezone: America/New_York\n")
            .file(path, &format!("---\ntitle: A\ndate: {before}\n---\n"));
        super::fixes::check(&site, path, &format!("---\ntitle: A\ndate: {after}\n---\n"));
    };
    // A timestamp of YAML is in UTC, everything else in the site's zone.
    check("2024-01-02 10:00:00", "2024-01-02T10:00:00+00:00");
    check("2024-01-02 10:00", "2024-01-02T10:00:00-05:00");
    check("'2024-01-02 10:00:00'", "'2024-01-02T10:00:00-05:00'");
    let site = Site::jekyll("").post("_posts/2024-01-02-a.md", "title: A");
    super::fixes::check(
        &site,
        "_posts/2024-01-02-a.md",
        "---\ntitle: A\n---\nText.\n",
    );
}

#[test]
fn days_of_other_calendars_stay() {
    // By UTC, which Eleventy shows, this would be the day before.
    let site = Site::empty()
        .file(
            "feedwright.yaml",
            "site: {title: S, url: https://example.gov, timezone: Asia/Tokyo}\n\
             content: {folders: [content], dialect: eleventy}\n",
        )
        .post("content/a.md", "title: A\ndate: 2024-01-02");
    let run = fix(&site, &["--yes", "-v"]);
    assert!(
        run.stderr.contains(
            "warning[fix-left]: `date: 2024-01-02` would be `2024-01-02T00:00:00+09:00`, which the \
             site's generator takes for another day\n  --> content/a.md\n  help: change it by hand\n"
        ),
        "{}",
        run.stderr
    );
    assert!(site.read("content/a.md").contains("date: 2024-01-02\n"));
}

/// Two posts that write a tag as `web-dev`, and one that is to be mended.
fn tagged(dialect: &str, path: &str, text: &str) -> Site {
    let other = |n: u8| match dialect {
        "pelican" => format!("Title: B{n}\nDate: 2024-01-0{n}T00:00:00Z\nTags: web-dev\n\nText.\n"),
        "zola" => format!(
            "+++\ntitle = \"B{n}\"\ndate = 2024-01-0{n}T00:00:00Z\n[taxonomies]\ntags = [\"web-dev\"]\n+++\n"
        ),
        _ => format!("---\ntitle: B{n}\ndate: 2024-01-0{n}T00:00:00Z\ntags: [web-dev]\n---\n"),
    };
    let folder = path.rsplit_once('/').expect("a folder").0;
    site(dialect, "")
        .file(&format!("{folder}/2024-01-02-b.md"), &other(2))
        .file(&format!("{folder}/2024-01-03-c.md"), &other(3))
        .file(path, text)
}

#[test]
fn tags() {
    let check_tags = |before: &str, after: &str| {
        let text = |tags: &str| {
            format!(
                "---\ntitle: A\ndate: 2024-01-04T00:00:00Z\n{tags}\nweb_dev: Web-Dev\n---\nWeb-Dev.\n"
            )
        };
        let path = "content/2024-01-04-a.md";
        check(&tagged("plain", path, &text(before)), path, &text(after));
    };
    check_tags(
        "tags: [x, Web-Dev, y]  # Web-Dev",
        "tags: [x, web-dev, y]  # Web-Dev",
    );
    check_tags("tags: [\"Web Dev\",y]", "tags: [\"web-dev\",y]");
    check_tags("tags: ['Web Dev']", "tags: ['web-dev']");
    check_tags(
        "tags:\n- x\n# Web-Dev\n-   Web Dev\n",
        "tags:\n- x\n# Web-Dev\n-   web-dev\n",
    );
    check_tags(
        "tags: [\n  x, # Web-Dev\n  WEB_DEV\n]",
        "tags: [\n  x, # Web-Dev\n  web-dev\n]",
    );
    check_tags("tags: x, Web Dev, y", "tags: x, web-dev, y");
    check_tags("tag: Web Dev", "tag: web-dev");
}

#[test]
fn tags_of_other_syntaxes() {
    let check_tags = |dialect: &str, path: &str, before: &str, after: &str| {
        check(&tagged(dialect, path, before), path, after);
    };
    check_tags(
        "jekyll",
        "content/2024-01-04-a.md",
        "---\ntitle: A\ntags: x Web-Dev  y\n---\n",
        "---\ntitle: A\ntags: x web-dev  y\n---\n",
    );
    check_tags(
        "pelican",
        "content/a.md",
        "Title: A\nDate: 2024-01-04T00:00:00Z\nTags: x, Web Dev,y\n\nWeb Dev\n",
        "Title: A\nDate: 2024-01-04T00:00:00Z\nTags: x, web-dev,y\n\nWeb Dev\n",
    );
    check_tags(
        "zola",
        "content/a.md",
        "+++\ntitle = \"A\"\ndate = 2024-01-04T00:00:00Z\n[taxonomies]\ncategories = [\"Web-Dev\"]\ntags = [\n  'Web-Dev', # Web-Dev\n]\n[extra]\nx = [\"Web-Dev\"]\n+++\n",
        "+++\ntitle = \"A\"\ndate = 2024-01-04T00:00:00Z\n[taxonomies]\ncategories = [\"Web-Dev\"]\ntags = [\n  'web-dev', # Web-Dev\n]\n[extra]\nx = [\"Web-Dev\"]\n+++\n",
    );
    check_tags(
        "hugo",
        "content/posts/a.md",
        "{\"title\": \"A\", \"tags\": [\"x\", \"Web-Dev\"], \"date\": \"2024-01-04T00:00:00Z\"}\n",
        "{\"title\": \"A\", \"tags\": [\"x\", \"web-dev\"], \"date\": \"2024-01-04T00:00:00Z\"}\n",
    );
    check_tags(
        "hugo",
        "content/posts/a.md",
        "---\nTitle: A\nTags: [Web-Dev]\nDate: 2024-01-04T00:00:00Z\n---\n",
        "---\nTitle: A\nTags: [web-dev]\nDate: 2024-01-04T00:00:00Z\n---\n",
    );
}

#[test]
fn tags_that_cannot_be_written_are_left() {
    let path = "content/2024-01-04-a.md";
    let text = "---\ntitle: A\ntags: [Web-Dev, web-dev]\n---\n";
    let site = tagged("jekyll", path, text);
    let run = fix(&site, &["--yes", "-v"]);
    assert_eq!(site.read(path), text);
    assert!(
        run.stderr.contains(
            "warning[fix-left]: the post has the tag `Web-Dev` beside `web-dev`; one of them is too \
             many\n  --> content/2024-01-04-a.md\n"
        ),
        "{}",
        run.stderr
    );
    // A blank would make two tags of it.
    let mut site = site_of_blank_tags();
    site = site.file(path, "---\ntitle: A\ntags: x web-dev\n---\n");
    let run = fix(&site, &["--yes", "-v"]);
    assert_eq!(site.read(path), "---\ntitle: A\ntags: x web-dev\n---\n");
    assert!(
        run.stderr.contains(
            "warning[fix-left]: the tag `web-dev` cannot be written as `Web Dev` without changing \
             more than that"
        ),
        "{}",
        run.stderr
    );
}

#[test]
fn tags_that_may_differ_are_left() {
    let text = "---\ntitle: A\ndate: 2024-01-02T00:00:00Z\ntags: [X]\n---\n";
    let site = site("plain", "lints: {tag-spelling: allow}\n")
        .file("content/b.md", &text.replace('X', "x"))
        .file("content/c.md", &text.replace('X', "x"))
        .file("content/a.md", text);
    check(&site, "content/a.md", text);
}

fn site_of_blank_tags() -> Site {
    let text = "---\ntitle: B\ntags: [Web Dev]\n---\n";
    site("jekyll", "")
        .file("content/2024-01-02-b.md", text)
        .file("content/2024-01-03-c.md", text)
}

#[test]
fn ids() {
    let check_id = |dialect: &str, path: &str, before: &str, after: &str| {
        let wanted = site(dialect, "lints: {id-unpinned: warn}\n").file(path, before);
        check(&wanted, path, after);
        let stateless = site(dialect, "state: none\n").file(path, before);
        check(&stateless, path, after);
        let kept = site(dialect, "").file(path, before);
        check(&kept, path, before);
    };
    check_id(
        "plain",
        "content/a.md",
        "---\ntitle: A\ndate: 2024-01-02T00:00:00Z\n\n---\nText.\n",
        "---\ntitle: A\ndate: 2024-01-02T00:00:00Z\nguid: https://example.gov/a/\n\n---\nText.\n",
    );
    check_id(
        "plain",
        "content/a.md",
        "---\r\ntitle: A\r\ndate: 2024-01-02T00:00:00Z\r\n---\r\nText.",
        "---\r\ntitle: A\r\ndate: 2024-01-02T00:00:00Z\r\nguid: https://example.gov/a/\r\n---\r\nText.",
    );
    check_id(
        "plain",
        "content/a.md",
        "+++\ntitle = \"A\"\ndate = 2024-01-02T00:00:00Z\n\n[x]\ny = 1\n+++\n",
        "+++\ntitle = \"A\"\ndate = 2024-01-02T00:00:00Z\nguid = \"https://example.gov/a/\"\n\n[x]\ny = 1\n+++\n",
    );
    check_id(
        "plain",
        "content/a.md",
        "{\n    \"title\": \"A\",\n    \"date\": \"2024-01-02T00:00:00Z\"\n}\nText.\n",
        "{\n    \"guid\": \"https://example.gov/a/\",\n    \"title\": \"A\",\n    \"date\": \"2024-01-02T00:00:00Z\"\n}\nText.\n",
    );
    check_id(
        "pelican",
        "content/a.md",
        "Title: A\nDate: 2024-01-02T00:00:00Z\n\nText.\n",
        "Title: A\nDate: 2024-01-02T00:00:00Z\nguid: tag:example.gov,2024-01-02:/a.html\n\nText.\n",
    );
}

#[test]
fn the_id_is_the_one_that_readers_know() {
    let site = site("plain", "lints: {id-unpinned: warn}\n")
        .post("content/a.md", "title: A\ndate: 2024-01-02T00:00:00Z");
    assert_eq!(site.build().code, 0);
    fs::rename(site.path("content/a.md"), site.path("content/b.md")).expect("a rename");
    let feed = site.feed();
    check(
        &site,
        "content/b.md",
        "---\ntitle: A\ndate: 2024-01-02T00:00:00Z\nguid: https://example.gov/a/\n---\nText.\n",
    );
    assert_eq!(site.build().code, 0);
    assert_eq!(site.feed()["items"][0]["id"], feed["items"][0]["id"]);
    let text = site.read("content/b.md");
    let hidden = "---\ntitle: A\ndate: 2030-01-02T00:00:00Z\n---\nText.\n";
    let site = site.file("content/late.md", hidden);
    check(&site, "content/late.md", hidden);
    assert_eq!(site.read("content/b.md"), text);
}

#[test]
fn shows_and_asks() {
    let site = site("plain", "").post("content/a.md", "title: A \u{1b}[31m\ndate: 2024-01-02");
    let before = site.read("content/a.md");
    let run = fix(&site, &[]);
    assert_eq!(
        run.stdout,
        "--- content/a.md\n+++ content/a.md\n@@ -1,5 +1,5 @@\n ---\n title: A \\u{1b}[31m\n\
         -date: 2024-01-02\n+date: 2024-01-02T00:00:00-05:00\n ---\n Text.\n"
    );
    assert_eq!(
        run.stderr,
        "error[environment]: `--fix` asks before it changes 1 file, and there is no terminal to ask \
         on: add `--yes`, or run it on a terminal; nothing was changed\n"
    );
    assert_eq!(run.code, 2);
    assert_eq!(site.read("content/a.md"), before);
    let run = fix(&site, &["--yes", "--quiet"]);
    assert_eq!((run.code, run.stdout.as_str()), (0, ""));
    assert_ne!(site.read("content/a.md"), before);
}

#[test]
fn posts_without_front_matter_are_left() {
    let site = site("plain", "state: none\n").file("content/2024-01-02-a.md", "# A\n\nText.\n");
    let run = fix(&site, &["--yes"]);
    assert!(
        run.stderr.contains(
            "warning[fix-left]: `guid: https://example.gov/2024-01-02-a/` cannot be added without \
             changing more than that\n  --> content/2024-01-02-a.md\n  help: change it by hand\n"
        ),
        "{}",
        run.stderr
    );
    assert_eq!(site.read("content/2024-01-02-a.md"), "# A\n\nText.\n");
}

#[cfg(unix)]
#[test]
fn files_keep_what_they_are() {
    use std::os::unix::fs::{PermissionsExt, symlink};

    let site = site("plain", "").post("content/a.md", "title: A\ndate: 2024-01-02");
    let path = site.path("content/a.md");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).expect("permissions");
    fs::create_dir(site.path("real")).expect("a folder");
    fs::write(
        site.path("real/b.md"),
        "---\ntitle: B\ndate: 2024-01-03\n---\n",
    )
    .expect("a file");
    symlink("../real/b.md", site.path("content/b.md")).expect("a link");
    let other = tempfile::tempdir().expect("a folder");
    let outside = other.path().join("c.md");
    fs::write(&outside, "---\ntitle: C\ndate: 2024-01-04\n---\n").expect("a file");
    symlink(&outside, site.path("content/c.md")).expect("a link");
    let run = fix(&site, &["--yes", "-v"]);
    assert_eq!(run.code, 0);
    assert!(run.stdout.contains("--- real/b.md\n"), "{}", run.stdout);
    assert!(
        run.stderr.contains(
            "warning[symlink-outside]: the symbolic link leads out of the site's folder and is not \
             followed\n  --> content/c.md\n"
        ),
        "{}",
        run.stderr
    );
    let mode = fs::metadata(&path).expect("the file").permissions().mode();
    assert_eq!(mode & 0o777, 0o640);
    assert!(site.path("content/b.md").is_symlink());
    assert!(site.read("real/b.md").contains("2024-01-03T00:00:00-05:00"));
    let text = fs::read_to_string(&outside).expect("the file");
    assert!(text.contains("date: 2024-01-04\n"), "{text}");
    assert_eq!(site.files("content"), ["a.md", "b.md", "c.md"]);
}

#[cfg(unix)]
#[test]
fn a_file_that_links_make_several_posts_of_is_mended_once() {
    use std::os::unix::fs::symlink;

    let linked = |config: &str| {
        let site = site("plain", config)
            .post("content/b.md", "title: B\ndate: 2024-01-02")
            .post("content/more/c.md", "title: C\ndate: 2024-01-03");
        symlink("b.md", site.path("content/a.md")).expect("a link");
        symlink("b.md", site.path("content/z.md")).expect("a link");
        // A link to a folder makes second posts of all that lies in it.
        symlink("more", site.path("content/again")).expect("a link");
        site
    };
    let same = linked("");
    let run = fix(&same, &["--yes"]);
    assert!(run.stdout.contains("Changed 2 files.\n"), "{}", run.stderr);
    for (file, date) in [("b", "2024-01-02"), ("more/c", "2024-01-03")] {
        let text = same.read(&format!("content/{file}.md"));
        assert_eq!(text.matches("T00:00:00-05:00").count(), 1, "{text}");
        assert!(
            text.contains(&format!("date: {date}T00:00:00-05:00\n")),
            "{text}"
        );
    }
    for link in ["a.md", "z.md", "again"] {
        assert!(same.path("content").join(link).is_symlink(), "{link}");
    }

    // Each of these posts has an id of its own, and the file has room for one.
    let other = linked("lints: {id-unpinned: warn}\n");
    let run = fix(&other, &["--yes", "-v"]);
    assert!(
        run.stderr.contains(
            "warning[fix-left]: the file is read as content/a.md and as content/b.md, and each of \
             these posts would be mended in another way\n  --> content/b.md\n"
        ),
        "{}",
        run.stderr
    );
    assert!(other.read("content/b.md").contains("date: 2024-01-02\n"));
    assert!(other.path("content/a.md").is_symlink());
}

#[cfg(unix)]
#[test]
fn files_that_may_not_be_written_stay() {
    use std::os::unix::fs::PermissionsExt;

    let site = site("plain", "").post("content/a.md", "title: A\ndate: 2024-01-02");
    let read_only = fs::Permissions::from_mode(0o444);
    fs::set_permissions(site.path("content/a.md"), read_only).expect("permissions");
    let run = fix(&site, &["--yes"]);
    assert_eq!(
        run.stderr,
        "error[environment]: cannot write content/a.md: permission denied\n"
    );
    assert_eq!(run.code, 2);
    assert!(site.read("content/a.md").contains("date: 2024-01-02\n"));
    assert_eq!(site.files("content"), ["a.md"]);
}

#[test]
fn many_tags_are_mended() {
    let list = |name: &str| -> String { (0..5_000).map(|n| format!("- {name}{n}\n")).collect() };
    let post = |tags: &str| format!("title: A\ndate: 2024-01-02T00:00:00Z\ntags:\n{tags}");
    // Feeds of all these tags, each with all these categories, are not what is looked at here.
    let site = site("plain", "feeds: {taxonomies: []}\n")
        .post("content/a.md", &post(&list("tag")))
        .post("content/b.md", &post(&list("tag")))
        .post("content/c.md", &post(&list("Tag")))
        .post("content/d.md", &post(&(list("Tag") + &list("tag"))));
    let run = fix(&site, &["--yes"]);
    assert!(run.stdout.contains("Changed 1 file.\n"));
    assert_eq!(site.read("content/c.md"), site.read("content/a.md"));
}

/// One line of a front matter that can be mended, or not.
fn line() -> impl Strategy<Value = String> {
    prop_oneof![
        prop::sample::select(vec![
            "date: 2024-01-02",
            "date: '2 Jan 2024'",
            "date: 2024-01-02 10:00:00 # x",
            "updated: Jan 5, 2024",
            "updated: >-\n  2024-01-05",
            "tags: [Web Dev, 'C++', x]",
            "tags: Web-Dev, web dev",
            "tags:\n- Web Dev\n- \"c++\"",
            "tags: [WEB_DEV, [x, C++]]",
            "categories: [Web Dev]",
            "tag: web dev",
            "# date: 2024-01-02",
            "x: {date: 2024-01-02}",
            "guid: g1",
            "description: |\n  date: 2024-01-02\n\n",
            "extra: {tags: [Web Dev]}",
        ])
        .prop_map(String::from),
        "[a-z]{1,6}: [a-zA-Z0-9 -]{0,12}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, ..ProptestConfig::default() })]

    /// Whatever is mended, posts and bodies stay what they are, and nothing is left to do.
    #[test]
    fn posts_stay_what_they_are(
        lines in prop::collection::vec(line(), 0..7),
        more in prop::collection::vec(line(), 0..7),
        body in "[a-z \n:#-]{0,40}",
        end in prop::sample::select(vec!["\n", "\r\n"]),
        dialect in prop::sample::select(vec!["plain", "jekyll", "hugo", "eleventy"]),
    ) {
        let text = |lines: &[String]| {
            let text = format!("---\ntitle: A\n{}\n---\n{body}", lines.join("\n"));
            text.replace('\n', end)
        };
        let files = [("content/2024-01-02-a.md", text(&lines)), ("content/2024-01-03-b.md", text(&more))];
        let mut site = site(dialect, "lints: {id-unpinned: warn}\n");
        for (path, text) in &files {
            site = site.file(path, text);
        }
        let posts = list(&site);
        fix(&site, &["--yes"]);
        prop_assert_eq!(list(&site), posts, "{}", files[0].1);
        for (path, before) in &files {
            let after = site.read(path);
            let body = body.replace('\n', end);
            prop_assert!(after.ends_with(&format!("---{end}{body}")), "{}\n{}", before, after);
            let kept = before.lines().filter(|line| line.starts_with('#'));
            for comment in kept {
                prop_assert!(after.lines().any(|line| line == comment), "{}", after);
            }
        }
        let again = fix(&site, &["--yes"]);
        prop_assert!(!again.stdout.contains("Changed"), "{}", again.stdout);
    }
}
