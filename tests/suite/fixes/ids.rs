//! Ids.

use std::fs;

use super::{check, site};

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
