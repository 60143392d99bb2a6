//! `check --fix`: what it changes in front matters, to the byte, and what it leaves alone.

mod any;
mod dates;
mod files;
mod ids;
mod tags;

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
