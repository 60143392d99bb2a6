//! `list`: what is understood of each post.

use crate::site::{NOW, Site};

#[test]
fn json_has_every_field() {
    let site = Site::new()
        .post(
            "content/a.md",
            "title: A &amp; B\ndate: 2024-01-02T10:00:00-05:00\nupdated: 2024-01-03\n\
             tags: [x, y]\ncategories: [c]\nauthor: [Ann, Bob]\nlang: de\nslug: own",
        )
        .post(
            "content/b.md",
            "title: B\ndate: 2030-01-01\ndraft: true\ndescription: Own.",
        );
    let run = site.run(&["list", "--json", "--now", NOW]);
    run.assert_ok();
    let lines: Vec<serde_json::Value> = run
        .stdout
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect();
    assert_eq!(
        lines,
        [
            serde_json::json!({
                "path": "content/b.md", "id": "https://example.gov/b/", "url": "https://example.gov/b/",
                "title": "B", "published": "2030-01-01T00:00:00+00:00",
                "updated": "2030-01-01T00:00:00+00:00", "tags": [], "categories": [], "authors": [],
                "summary": "Own.", "draft": true, "language": null,
            }),
            serde_json::json!({
                "path": "content/a.md", "id": "https://example.gov/a/", "url": "https://example.gov/a/",
                "title": "A & B", "published": "2024-01-02T10:00:00-05:00",
                "updated": "2024-01-03T00:00:00+00:00", "tags": ["x", "y"], "categories": ["c"],
                "authors": ["Ann", "Bob"], "summary": "Text.", "draft": false, "language": "de",
            }),
        ]
    );
}

#[test]
fn table_is_for_people() {
    let site = Site::new()
        .post("content/a.md", "title: A\ndate: 2024-01-02")
        .post("content/b.md", "title: B\ndate: 2030-01-01");
    let run = site.run(&["list", "--now", NOW]);
    assert_eq!(
        run.stdout,
        "2030-01-01  B (future)\n            https://example.gov/b/\n\
         2024-01-02  A\n            https://example.gov/a/\n"
    );
}

#[test]
fn posts_that_cannot_be_understood_are_missing_and_named() {
    let site = Site::new()
        .post("content/a.md", "title: A\ndate: 2024-01-02")
        .post("content/b.md", "title: B\ndate: soon");
    let run = site.run(&["list", "--json", "--now", NOW]);
    run.assert_code(1);
    assert_eq!(run.stdout.lines().count(), 1);
    assert!(run.stderr.contains("content/b.md:3:7"), "{}", run.stderr);
}

#[test]
fn what_is_no_key_is_not_set_as_one() {
    let site = Site::new()
        .post("content/2024-01-02-a.md", "title: A")
        .post("content/b.md", "title: B\ndate: 2024-01-01");
    let run = site.run(&["list", "--why", "--now", NOW]);
    for said in ["date by the file name\n", "date by `date`\n"] {
        assert!(run.stdout.contains(said), "{}", run.stdout);
    }
}
