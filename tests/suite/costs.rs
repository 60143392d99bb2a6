//! What costs more than it is worth is refused before it costs anything.

use crate::site::{NOW, Run, Site};

/// A text of so many repetitions between two others, as the body of a post.
fn refused(front_matter: &str, body: &str) -> Run {
    Site::new()
        .file(
            "content/a.md",
            &format!("{front_matter}\nText.\n\n{body}\n"),
        )
        .build()
}

#[test]
fn front_matter_is_bounded_in_every_language() {
    let large = "a".repeat(2 << 20);
    for (front_matter, code) in [
        (format!("---\na: {large}\n---"), "large"),
        (format!("+++\na = '{large}'\n+++"), "large"),
        (format!("{{\"a\": \"{large}\"}}"), "large"),
        (
            format!("---\nb: c\na:\n{}\n---", "- ".repeat(50_000)),
            "nested",
        ),
        (format!("---\n{}a\n---", "? ".repeat(50_000)), "nested"),
        (format!("---\n{}a\n---", ": ".repeat(50_000)), "nested"),
        (
            format!("---\n{}---", "%TAG !a! b\n".repeat(5_000)),
            "nested",
        ),
        (format!("+++\na = {}\n+++", "[".repeat(50_000)), "toml"),
        (format!("+++\n{}a = 1\n+++", "a.".repeat(50_000)), "toml"),
        (format!("{{\"a\": {}", "[".repeat(50_000)), "json"),
    ] {
        let run = refused(&front_matter, "");
        run.assert_code(1);
        let expected = format!("error[front-matter-{code}]");
        assert!(run.stderr.contains(&expected), "{expected} {}", run.stderr);
        assert!(run.stderr.contains("content/a.md:"), "{}", run.stderr);
    }
}

#[test]
fn settings_are_bounded_in_every_language() {
    let large = "a".repeat(2 << 20);
    for (file, text) in [
        ("feedwright.yaml", format!("site: {{title: {large}}}")),
        (
            "feedwright.yaml",
            format!("site:\n  {}", "- ".repeat(50_000)),
        ),
        ("_config.yml", format!("title: {large}")),
        ("_config.yml", "? ".repeat(50_000)),
        ("hugo.toml", format!("title = '{large}'")),
        ("hugo.json", format!("{{\"title\": \"{large}\"}}")),
    ] {
        let run = Site::empty()
            .file(file, &text)
            .run(&["build", "--now", NOW]);
        assert!((1..=2).contains(&run.code), "{file} {}", run.stderr);
        assert!(
            run.stderr.contains("larger than 1 MiB") || run.stderr.contains("nests too deeply"),
            "{file} {}",
            run.stderr
        );
    }
}

#[test]
fn what_tables_hold_outside_of_their_cells_is_bounded() {
    let run = refused(
        "---\ntitle: A\ndate: 2024-01-01\n---",
        &format!("<table>{}", "a<b></b>".repeat(20_000)),
    );
    run.assert_code(1);
    assert!(run.stderr.contains("error[html-nested]"), "{}", run.stderr);
}

#[cfg(unix)]
mod files {
    use std::fs;
    use std::os::unix::fs::symlink;
    use std::path::Path;
    use std::process::Command;

    use super::*;

    fn pipe(path: &Path) {
        let made = Command::new("mkfifo").arg(path).status();
        assert!(made.expect("mkfifo").success());
    }

    /// What may stand in place of a file, and is none that can be read.
    fn instead(path: &Path, kind: usize) {
        let _ = fs::remove_file(path);
        match kind {
            0 => pipe(path),
            1 => symlink("/dev/zero", path).expect("a link"),
            _ => fs::File::create(path)
                .and_then(|file| file.set_len(1 << 40))
                .expect("a sparse file"),
        }
    }

    /// Each run ends: a test that waits forever is one that fails.
    #[test]
    fn what_is_no_file_is_neither_waited_for_nor_read() {
        for place in [
            "feedwright.yaml",
            "feedwright.lock",
            "content/a.md",
            "feeds/rss.xml",
            "feeds/feed.json",
            ".gitattributes",
        ] {
            for kind in 0..3 {
                let site = Site::new().post("content/a.md", "title: A\ndate: 2024-01-01");
                site.build().assert_ok();
                instead(&site.path(place), kind);
                let run = site.build();
                assert!((0..=2).contains(&run.code), "{place} {kind} {}", run.stderr);
                for arguments in [
                    vec!["check", place],
                    vec!["adopt", "-n", place],
                    vec!["check"],
                    vec!["init"],
                ] {
                    let run = site.run(&arguments);
                    assert!(
                        (0..=2).contains(&run.code),
                        "{arguments:?} {place} {kind} {}",
                        run.stderr
                    );
                }
            }
        }
    }

    #[test]
    fn a_cache_that_is_no_file_is_none() {
        for kind in 0..3 {
            let site = Site::new().post("content/a.md", "title: A\ndate: 2024-01-01");
            site.build().assert_ok();
            site.build().assert_ok();
            for file in fs::read_dir(site.cache()).expect("the cache").flatten() {
                instead(&file.path(), kind);
            }
            site.build().assert_ok();
        }
    }
}

#[test]
fn feeds_beyond_the_most_are_left_out_and_named() {
    let post = |tags: &str| format!("title: A\ndate: 2024-01-01\ntags: [{tags}]");
    let site = Site::with("feeds: {formats: [rss], max_feeds: 2}\n")
        .post("content/a.md", &post("a, b, c, d"))
        .post("content/b.md", &post("d"));
    let run = site.build();
    run.assert_ok();
    assert!(
        run.stderr.contains("warning[feeds-dropped]") && run.stderr.contains("(b, c)"),
        "{}",
        run.stderr
    );
    assert_eq!(site.files("feeds/tags"), ["a/rss.xml", "d/rss.xml"]);
    // The tags with most posts are others now, but what is published stays.
    let site = site
        .post("content/c.md", &post("b, c"))
        .post("content/d.md", &post("b, c"));
    site.build().assert_ok();
    assert_eq!(site.files("feeds/tags"), ["a/rss.xml", "d/rss.xml"]);
}

#[test]
fn tags_of_few_posts_need_no_feed() {
    let post = |tags: &str| format!("title: A\ndate: 2024-01-01\ntags: [{tags}]");
    let site = Site::with("feeds: {formats: [rss], min_posts: 2}\n")
        .post("content/a.md", &post("a, b"))
        .post("content/b.md", &post("b"));
    site.build().assert_ok();
    assert_eq!(site.files("feeds/tags"), ["b/rss.xml"]);
}

#[test]
fn many_feeds_are_said_to_be_many() {
    let tags: Vec<String> = (0..5_001).map(|number| format!("t{number}")).collect();
    let post = format!("title: A\ndate: 2024-01-01\ntags: [{}]", tags.join(","));
    for (max, is_said) in [("", true), (", max_feeds: 6000", false)] {
        let run = Site::with(&format!("feeds: {{formats: [rss]{max}}}\n"))
            .post("content/a.md", &post)
            .build_with(&["-n"]);
        run.assert_ok();
        assert_eq!(run.stderr.contains("warning[feeds-many]"), is_said);
    }
}

/// A post may become larger than it was written, but not by more each time: what twice as much
/// becomes has not much more than twice as many bytes.
#[test]
fn what_posts_become_grows_as_they_do() {
    let note = "[^1]: A note.\n\n";
    for (start, repeated) in [
        (note, "[^1]"),
        ("", "[^a]: A note.\n\nA[^a]\n\n"),
        ("[a]: /long/address\n\n", "[a] "),
        ("", "# a\n"),
        ("", "*a "),
        ("", "a**b"),
        ("", "- a\n"),
        ("", "- [ ] a\n"),
        ("|a|b|\n|-|-|\n", "|a|b|\n"),
        ("", "<https://example.gov> "),
        ("", "> a\n"),
        ("", ":a: "),
        ("", "<b>a</b>"),
        ("<table>\n", "<tr><td>a"),
        ("<ul>\n", "<li>a"),
        ("<svg>\n", "<p>a"),
        ("", "&amp;"),
    ] {
        let become_of = |count: usize| {
            let site = Site::new().body(&format!("{start}{}", repeated.repeat(count)));
            site.build().assert_ok();
            site.content().len()
        };
        let (once, twice) = (become_of(500), become_of(1_000));
        assert!(twice <= 2 * once + 2_000, "{repeated:?}: {once} {twice}");
        assert!(twice <= 200 * 1_000, "{repeated:?}: {twice}");
    }
}

#[test]
fn posts_become_no_more_than_can_be_held() {
    let run = Site::new()
        .file(
            "content/a.md",
            &format!(
                "---\ntitle: A\ndate: 2024-01-01\npermalink: /{}/\n---\n[^1]: A note.\n\n{}\n",
                "a".repeat(200),
                "[^1]".repeat(300_000)
            ),
        )
        .build();
    run.assert_code(1);
    assert!(run.stderr.contains("larger than 32 MiB"), "{}", run.stderr);
}

/// Files that include each other ten times each, ten times over.
#[test]
fn includes_do_not_multiply() {
    let mut site = Site::jekyll("timezone: UTC\n").file(
        "_posts/2024-01-01-a.md",
        "---\ntitle: A\n---\nText. {% include 0.html %}\n",
    );
    for at in 0..9 {
        site = site.file(
            &format!("_includes/{at}.html"),
            &format!("{{% include {}.html %}}", at + 1).repeat(10),
        );
    }
    let site = site.file("_includes/9.html", &"x".repeat(1_000));
    site.build().assert_ok();
    assert!(site.content().len() < 4_000_000, "{}", site.content().len());
}

#[test]
fn filters_of_permalinks_do_not_multiply() {
    let filters = " | replace: 'T', 'TTTT'".repeat(60);
    let once = format!("{{{{ title | replace: 'T', '{}' }}}}", "y".repeat(900_000));
    for permalink in [format!("{{{{ title{filters} }}}}"), once] {
        let site = Site::empty()
            .file(
                "eleventy.config.js",
                "module.exports = () => ({ dir: { input: 'src' } });\n",
            )
            .file(
                "feedwright.yaml",
                "site: {title: S, url: https://example.gov}\n",
            )
            .file(
                "src/a.md",
                &format!(
                    "---\ntitle: {}\ndate: 2024-01-02\npermalink: \"{permalink}\"\n---\nText.\n",
                    "T".repeat(300)
                ),
            );
        let run = site.run(&["list", "--now", NOW]);
        assert!(
            run.stderr.contains("longer than any address"),
            "{}",
            run.stderr
        );
    }
}
