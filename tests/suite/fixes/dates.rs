//! Dates.

use super::{check, fix, site};
use crate::site::Site;

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
        super::check(&site, path, &format!("---\ntitle: A\ndate: {after}\n---\n"));
    };
    // A timestamp of YAML is in UTC, everything else in the site's zone.
    check("2024-01-02 10:00:00", "2024-01-02T10:00:00+00:00");
    check("2024-01-02 10:00", "2024-01-02T10:00:00-05:00");
    check("'2024-01-02 10:00:00'", "'2024-01-02T10:00:00-05:00'");
    let site = Site::jekyll("").post("_posts/2024-01-02-a.md", "title: A");
    super::check(
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
