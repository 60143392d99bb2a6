//! Ids and dates of posts that are moved, deleted, broken or replaced.

use std::collections::BTreeSet;

use super::{many, post, site};
use crate::site::Site;

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
    site.build_with(&["--strict"]).assert_code(1);
    let run = site.build();
    run.assert_code(4);
    for (file, before) in files.iter().zip(&before) {
        assert_eq!(&site.read(&format!("feeds/{file}")), before, "{file}");
    }
    // Others go on, and it stays where it was.
    let site = site.post("content/p4.md", &(post("Post 4", 4) + "\ntags: [x]"));
    site.build().assert_code(4);
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
    site.build_with(&["--strict"]).assert_code(1);
    let run = site.build();
    run.assert_code(4);
    assert_eq!(site.titles(), ["Other", "Gamma", "Beta", "Alpha"]);
    assert_ne!(site.id_of("Other"), site.id_of("Alpha"));
    site.remove("content/other.md");
    site.build().assert_ok();
    assert_eq!(site.read("feeds/rss.xml"), before);
}
