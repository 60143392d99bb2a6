//! When an entry counts as updated.

use super::{many, post, site};
use crate::site::{NOW, Site};

#[test]
fn updated_is_when_the_content_changed() {
    let site = site();
    site.build().assert_ok();
    let updated = |site: &Site, title: &str| {
        let feed = site.feed();
        let items = feed["items"].as_array().expect("items").clone();
        let found = items.iter().find(|item| item["title"] == title);
        found.expect("the post")["date_modified"].clone()
    };
    assert_eq!(updated(&site, "Alpha"), "2024-01-01T00:00:00+00:00");
    let edited = "---\ntitle: Alpha\ndate: 2024-01-01\n---\nOther text.\n";
    let site = site.file("content/a.md", edited);
    site.run(&["build", "--now", "2025-02-03T04:05:06Z"])
        .assert_ok();
    assert_eq!(updated(&site, "Alpha"), "2025-02-03T04:05:06+00:00");
    site.run(&["build", "--now", "2025-03-03T04:05:06Z"])
        .assert_ok();
    assert_eq!(updated(&site, "Alpha"), "2025-02-03T04:05:06+00:00");
    // The ends of lines, the address and the file are no content.
    let site = site.file("content/a.md", &edited.replace('\n', "\r\n"));
    site.rename("content/a.md", "content/z.md");
    site.run(&["build", "--now", "2025-04-03T04:05:06Z"])
        .assert_ok();
    assert_eq!(updated(&site, "Alpha"), "2025-02-03T04:05:06+00:00");
    let site = site.file(
        "content/z.md",
        "---\ntitle: Alpha\ndate: 2024-01-01\nupdated: 2024-06-01\n---\nOther text.\n",
    );
    site.run(&["build", "--now", "2025-04-03T04:05:06Z"])
        .assert_ok();
    assert_eq!(
        updated(&site, "Alpha"),
        "2024-06-01T00:00:00+00:00",
        "the author's word"
    );
}

#[test]
fn posts_that_change_in_one_run_are_updated_a_second_apart() {
    for state in ["lock", "published"] {
        let mut site = many(&format!("state: {state}\n"), 3);
        let published: &[&str] = match state {
            "published" => &["--published", "."],
            _ => &[],
        };
        site.build_with(&[published, &["--accept-resend"]].concat())
            .assert_ok();
        for day in 1..=3 {
            let path = format!("content/p{day}.md");
            let text = site.read(&path) + "More.\n";
            site = site.file(&path, &text);
        }
        site.build_with(published).assert_ok();
        let feed = site.feed();
        let items = feed["items"].as_array().expect("items");
        let updated: Vec<&str> = items
            .iter()
            .filter_map(|item| item["date_modified"].as_str())
            .collect();
        let newest_first = [
            "2025-01-01T00:00:00+00:00",
            "2024-12-31T23:59:59+00:00",
            "2024-12-31T23:59:58+00:00",
        ];
        let mut sorted = updated.clone();
        sorted.sort_by(|a, b| b.cmp(a));
        assert_eq!(sorted, newest_first, "{state}");
        site.run(&["check", "--strict", "feeds"]).assert_ok();
        let again = site.read("feeds/atom.xml");
        site.build_with(&[published, &["--no-cache"]].concat())
            .assert_ok();
        assert_eq!(site.read("feeds/atom.xml"), again);
    }
}

#[test]
fn the_epoch_of_the_environment_is_the_present() {
    let site = site();
    site.build().assert_ok();
    let site = site.file(
        "content/a.md",
        "---\ntitle: Alpha\ndate: 2024-01-01\n---\nNew.\n",
    );
    let run = site
        .command(&["build", "-q"])
        .env("SOURCE_DATE_EPOCH", "1735689601")
        .status()
        .expect("the program");
    assert!(run.success());
    assert!(
        site.read("feeds/atom.xml")
            .contains("<updated>2025-01-01T00:00:01+00:00</updated>")
    );
}

#[test]
fn updated_by_git_is_the_last_commit() {
    let config = "site: {title: Site, url: https://example.gov}\n\
                  content: {folders: [content]}\ndates: {updated: git}\n";
    let site = site().file("feedwright.yaml", config);
    let run = site.build();
    run.assert_code(2);
    assert!(
        run.stderr.contains("`dates.updated: git` cannot ask Git"),
        "{}",
        run.stderr
    );
    site.git(&["init", "-q"], NOW);
    site.git(&["add", "."], NOW);
    site.git(&["commit", "-q", "-m", "all"], "2024-02-01T00:00:00+01:00");
    let site = site.post("content/a é.md", &post("Delta", 4));
    site.git(&["add", "."], NOW);
    site.git(&["commit", "-q", "-m", "one"], "2024-03-01T00:00:00Z");
    site.build().assert_ok();
    let atom = site.read("feeds/atom.xml");
    let times = atom
        .matches("    <updated>2024-02-01T00:00:00+01:00</updated>")
        .count();
    assert_eq!(times, 3, "{atom}");
    assert!(
        atom.contains("    <updated>2024-03-01T00:00:00+00:00</updated>"),
        "{atom}"
    );
    let shallow = Site::empty();
    let from = format!("file://{}", site.root().display());
    shallow.git(&["clone", "-q", "--depth", "1", &from, "clone"], NOW);
    let run = shallow.run(&["build", "clone", "--now", NOW]);
    run.assert_code(2);
    assert!(
        run.stderr.contains("this is a shallow clone"),
        "{}",
        run.stderr
    );
}
