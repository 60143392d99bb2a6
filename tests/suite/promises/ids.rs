//! Which post keeps which id.

use super::ids;
use crate::site::{NOW, Site};

#[test]
fn a_post_takes_its_id_along_when_another_one_takes_its_place() {
    let site = Site::new().article("a", "Old", "2020-01-03", "Old text");
    site.build().assert_ok();
    site.rename("content/a.md", "content/b.md");
    let site = site.article("a", "New", "2024-01-03", "New text");
    site.build().assert_ok();
    let found = ids(&site);
    assert_eq!(found[1], ("Old".to_owned(), "/a/".to_owned()));
    assert!(found[0].1.starts_with("/a/#"), "{found:?}");
    // Two files swap their names.
    site.rename("content/a.md", "content/c.md");
    site.rename("content/b.md", "content/a.md");
    site.rename("content/c.md", "content/b.md");
    site.build().assert_ok();
    assert_eq!(ids(&site), found);
}

#[test]
fn a_hidden_post_keeps_its_id_for_itself() {
    for jekyll in [true, false] {
        let hidden = "published: false\n";
        let (site, first, second) = if jekyll {
            let names = ("_posts/2024-01-03-daily.md", "_posts/2024-01-04-daily.md");
            (Site::jekyll(""), names.0, names.1)
        } else {
            (
                Site::new(),
                "content/2024-01-03-daily.md",
                "content/2024-01-04-other.md",
            )
        };
        let text =
            |more: &str, words: &str| format!("---\ntitle: Daily notes\n{more}---\n{words}\n");
        let site = site.file(first, &text("", "First about one thing"));
        site.build().assert_ok();
        let before = ids(&site);
        let hidden = if jekyll { hidden } else { "draft: true\n" };
        let site = site
            .file(first, &text(hidden, "First about one thing"))
            .file(second, &text("", "other words"));
        site.build().assert_ok();
        assert_ne!(ids(&site)[0].1, before[0].1, "{jekyll}");
        let other = ids(&site);
        let site = site.file(first, &text("", "First about one thing"));
        site.build().assert_ok();
        assert_eq!(ids(&site), [other, before].concat(), "{jekyll}");
    }
}

#[test]
fn ids_that_atom_has_to_write_otherwise_do_not_move_with_the_site() {
    let site = Site::new().post("content/a.md", "title: A\ndate: 2024-01-03\nguid: abc-1");
    site.build().assert_ok();
    assert!(
        site.read("feeds/atom.xml")
            .contains("<id>https://example.gov/#abc-1</id>")
    );
    let config = site
        .read("feedwright.yaml")
        .replace("https://example.gov", "https://new.gov");
    let site = site.file("feedwright.yaml", &config);
    site.build().assert_ok();
    assert!(
        site.read("feeds/atom.xml")
            .contains("<id>https://example.gov/#abc-1</id>")
    );
    let before = site.read("feeds/atom.xml");
    let site = site
        .article("b", "B", "2024-01-04", "")
        .post("content/a.md", "title: A\ndate: 2024-99-03\nguid: abc-1");
    site.build_with(&["--keep-going"]).assert_code(4);
    let entry = &before[before.find("<entry>").expect("an entry")..];
    assert!(
        site.read("feeds/atom.xml").contains(entry.trim_end()),
        "{before}"
    );
}

#[test]
fn a_new_post_is_not_the_one_that_was_deleted_long_ago() {
    let site = Site::new().article("a", "Old news", "2020-01-03", "Old text");
    let site = site.article("k", "K", "2024-01-01", "");
    site.build().assert_ok();
    site.remove("content/a.md");
    site.build().assert_ok();
    let site = site.article("a", "Brand new", "2024-06-03", "New text entirely");
    site.build().assert_ok();
    assert!(ids(&site)[0].1.starts_with("/a/#"), "{:?}", ids(&site));
    // The same words another year.
    let site = Site::jekyll("")
        .file(
            "_posts/2023-05-05-closed.md",
            "---\ntitle: Closed\n---\nClosed today.\n",
        )
        .post("_posts/2023-06-04-x.md", "title: X");
    site.build().assert_ok();
    site.remove("_posts/2023-05-05-closed.md");
    site.build().assert_ok();
    let site = site.file(
        "_posts/2024-09-09-closed.md",
        "---\ntitle: Closed\n---\nClosed today.\n",
    );
    site.build().assert_code(3);
    assert_eq!(site.titles(), ["X"]);
    site.run(&["accept", "--now", NOW, "_posts/2024-09-09-closed.md"])
        .assert_ok();
    assert_eq!(ids(&site)[0].1, "/2024/09/09/closed");
    assert!(
        site.read("feeds/atom.xml")
            .contains("<published>2024-09-09T")
    );
    // What several posts were called says nothing about one more.
    site.remove("_posts/2024-09-09-closed.md");
    site.build().assert_ok();
    let site = site.file(
        "_posts/2024-10-10-closed.md",
        "---\ntitle: Closed\n---\nClosed today.\n",
    );
    site.build().assert_ok();
    assert_eq!(ids(&site)[0].1, "/2024/10/10/closed");
}

#[test]
fn a_title_in_its_place_and_its_words_elsewhere_are_asked_about() {
    let site = Site::new().article(
        "notes",
        "Weekly notes",
        "2024-03-01",
        "The pool was opened.",
    );
    site.build().assert_ok();
    let before = ids(&site);
    site.rename("content/notes.md", "content/notes-1.md");
    let site = site.article(
        "notes",
        "Weekly notes",
        "2024-03-15",
        "The library has books.",
    );
    site.build().assert_code(3);
    assert_eq!(ids(&site), before);
    let run = site.run(&["accept", "--now", NOW, "--same", "content/notes-1.md"]);
    run.assert_ok();
    let found = ids(&site);
    assert_eq!(found[1].1, "/notes/", "{found:?}");
    assert_ne!(found[0].1, "/notes/");
    // Numbered anew: each takes its id along.
    site.rename("content/notes-1.md", "content/notes-2.md");
    site.rename("content/notes.md", "content/notes-1.md");
    site.build().assert_ok();
    assert_eq!(ids(&site), found);
}

#[test]
fn an_edit_to_the_text_of_a_deleted_post_is_an_edit() {
    let words = "Words that say what this is about, at some length. ".repeat(5);
    let site = Site::new()
        .article("a", "A", "2024-03-01", "Text of A.")
        .article("b", "B", "2024-03-02", &words);
    site.build().assert_ok();
    let before = ids(&site);
    site.remove("content/b.md");
    let site = site.article("a", "A", "2024-03-01", &words);
    site.build_with(&["--no-cache"]).assert_ok();
    assert_eq!(ids(&site), before[1..]);
}

#[test]
fn the_same_words_are_the_same_post_at_any_distance() {
    let words = "Words that say what this is about, at some length. ".repeat(5);
    let text = format!("---\ntitle: Bridge closed\n---\n{words}\n");
    let site = Site::new().file("content/2024-03-03-bridge.md", &text);
    site.build().assert_ok();
    let before = ids(&site);
    site.rename(
        "content/2024-03-03-bridge.md",
        "content/2024-11-20-bridge.md",
    );
    site.build().assert_ok();
    assert_eq!(ids(&site), before);
    // Hidden for a while, and dated and named anew meanwhile.
    let hidden = text.replace("title", "draft: true\ntitle");
    let site = site.file("content/2024-11-20-bridge.md", &hidden);
    let site = site.article("k", "K", "2023-01-01", "");
    site.build().assert_ok();
    assert!(site.read("feedwright.lock").contains("\"hidden\":true"));
    // A new post with the title of one that is hidden is another one.
    let site = site.article("other", "Bridge closed", "2024-12-02", "Other words.");
    site.build().assert_ok();
    assert_eq!(ids(&site)[0].1, "/other/");
    site.remove("content/other.md");
    site.remove("content/2024-11-20-bridge.md");
    let site = site.file("content/2024-11-30-bridge-again.md", &text);
    site.build().assert_ok();
    assert_eq!(ids(&site)[0], before[0]);
}

#[test]
fn what_stands_at_an_old_path_keeps_nobody_from_being_found() {
    // A draft where a post was that moved, and broke there.
    let site = Site::new().article("a", "A", "2024-03-01", "Text A");
    let site = site.article("k", "K", "2024-01-01", "x");
    site.build().assert_ok();
    let before = ids(&site);
    site.rename("content/a.md", "content/b.md");
    let draft = "---\ntitle: Next\ndate: 2024-03-03\ndraft: true\n---\nSoon\n";
    let site = site.file("content/a.md", draft);
    site.build().assert_ok();
    assert_eq!(ids(&site), before);
    let site = site.article("b", "A", "2024-99-01", "Text A");
    site.build_with(&["--keep-going"]).assert_code(4);
    assert_eq!(ids(&site), before);
    // One that was deleted is back elsewhere, while what took its place is broken.
    let site = Site::new().article("a", "A", "2024-03-01", "Text A here it is");
    let site = site.article("k", "K", "2024-01-01", "x");
    site.build().assert_ok();
    let text = site.read("content/a.md");
    site.remove("content/a.md");
    site.build().assert_ok();
    let site = site.article("a", "Other", "2024-05-01", "Other text");
    site.build().assert_ok();
    let site = site
        .article("a", "Other", "2024-99-01", "Other text")
        .file("content/back.md", &text);
    site.build_with(&["--keep-going"]).assert_code(4);
    assert!(
        ids(&site).contains(&("A".to_owned(), "/a/".to_owned())),
        "{:?}",
        ids(&site)
    );
    // Renamed and edited, with a draft of something else in its place.
    let lines = "The bridge is closed for repairs all summer long.\n\
                 Busses take the northern highway meanwhile.\n\
                 The office answers questions on weekdays.\n";
    let site = Site::new().article("bridge", "Bridge closed", "2024-03-01", lines);
    site.build().assert_ok();
    let before = ids(&site);
    site.rename("content/bridge.md", "content/closed.md");
    let site = site.article(
        "closed",
        "Bridge closed",
        "2024-03-01",
        &format!("{lines}One more."),
    );
    let site = site.file("content/bridge.md", draft);
    site.build().assert_code(3);
    assert_eq!(ids(&site), before);
    site.run(&["accept", "--now", NOW, "--same", "content/closed.md"])
        .assert_ok();
    assert_eq!(ids(&site), before);
}
