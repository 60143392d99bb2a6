//! What posts become.

use crate::site::Site;

#[test]
fn drafts_and_future_posts_wait() {
    let site = Site::new()
        .post("content/a.md", "title: A\ndate: 2024-01-01")
        .post("content/b.md", "title: B\ndate: 2024-01-02\ndraft: yes")
        .post("content/c.md", "title: C\ndate: 2030-01-01");
    let run = site.build();
    assert!(
        run.stdout.ends_with("1 post, 1 draft, 1 in the future).\n"),
        "{}",
        run.stdout
    );
    assert_eq!(site.titles(), ["A"]);
    site.run(&["build", "--now", "2030-01-01T00:00:00Z"]);
    assert_eq!(site.titles(), ["C", "A"]);
}

#[test]
fn ids_that_are_no_uris_become_some_in_atom_alone() {
    let site = Site::new()
        .post(
            "content/a.md",
            "title: A\ndate: 2024-01-01\nguid: episode-12 ",
        )
        .post(
            "content/b.md",
            "title: B\ndate: 2024-01-02\nguid: tag:example.gov,2024:b",
        )
        .post(
            "content/c.md",
            "title: C\ndate: 2024-01-03\nguid: urn:uuid:0a1b2c3d-0000-4000-8000-000000000000",
        );
    site.build();
    let (rss, atom) = (site.read("feeds/rss.xml"), site.read("feeds/atom.xml"));
    assert!(
        rss.contains("<guid isPermaLink=\"false\">episode-12</guid>"),
        "{rss}"
    );
    assert_eq!(site.feed()["items"][2]["id"], "episode-12");
    for id in [
        "https://example.gov/#episode-12",
        "tag:example.gov,2024:b",
        "urn:uuid:0a1b2c3d-0000-4000-8000-000000000000",
    ] {
        assert!(atom.contains(&format!("<id>{id}</id>")), "{id}\n{atom}");
    }
}

#[test]
fn every_entry_has_a_summary() {
    let site = Site::new()
        .file(
            "content/a.md",
            "---\ntitle: Picture\ndate: 2024-01-02\n---\n![What it shows](/a.png)\n",
        )
        .file(
            "content/b.md",
            "---\ntitle: Nothing\ndate: 2024-01-01\n---\n",
        );
    site.build();
    let feed = site.feed();
    assert_eq!(feed["items"][0]["summary"], "What it shows");
    assert_eq!(feed["items"][1]["summary"], "Nothing");
    assert_eq!(feed["items"][1]["content_text"], "Nothing");
}

#[test]
fn html_posts_are_not_markdown() {
    let site = Site::jekyll("").file(
        "_posts/2024-01-01-a.html",
        "---\ntitle: A\n---\n<div>\n\n    <p>Hello *world*</p>\n\n</div>\n",
    );
    site.build();
    assert_eq!(
        site.content(),
        "<div>\n\n    <p>Hello *world*</p>\n\n</div>"
    );
    assert_eq!(site.feed()["items"][0]["summary"], "Hello *world*");
}

#[test]
fn what_nobody_sees_is_in_nobodys_way() {
    let site = Site::new()
        .post("content/a.md", "title: A\ndate: 2024-01-01\npermalink: /x/")
        .post(
            "content/0.md",
            "title: Draft\ndate: 2024-01-01\npermalink: /x/\ndraft: true",
        )
        .post("content/c.md", "title: Draft without a date\ndraft: true");
    let run = site.build();
    run.assert_ok();
    assert_eq!(site.titles(), ["A"]);
}

#[test]
fn lines_may_end_as_on_old_macs() {
    let site = Site::new().file(
        "content/a.md",
        "---\rtitle: A\rdate: 2024-01-01\r---\rOne.\r\rTwo.\r",
    );
    site.build();
    assert_eq!(site.titles(), ["A"]);
    assert_eq!(site.content(), "<p>One.</p>\n<p>Two.</p>");
}

#[test]
fn a_rule_at_the_top_is_no_front_matter() {
    let site = Site::new().file("content/2024-01-01-a.md", "---\n\n# Title\n\nText.\n");
    let run = site.build();
    run.assert_ok();
    assert_eq!(site.titles(), ["Title"]);
}

#[test]
fn jekylls_posts_may_have_a_permalink_as_a_collection() {
    let site = Site::jekyll(
        "permalink: date\ncollections_dir: all\ncollections: {posts: {permalink: /blog/:title/}}\n",
    )
    .post("all/_posts/2024-01-01-a.md", "title: A");
    site.build();
    assert_eq!(
        site.feed()["items"][0]["url"],
        "https://example.gov/blog/a/"
    );
    assert_eq!(site.feed()["items"][0]["tags"], serde_json::Value::Null);
}

#[test]
fn commas_between_categories_stay_in_jekylls_permalinks() {
    let site = Site::jekyll("").post(
        "_posts/2024-01-01-a.md",
        "title: A\ncategories: News, Web Dev",
    );
    site.build();
    let feed = site.feed();
    assert_eq!(
        feed["items"][0]["url"],
        "https://example.gov/news,/web/dev/2024/01/01/a.html"
    );
    assert_eq!(
        feed["items"][0]["tags"],
        serde_json::json!(["News", "Web Dev"])
    );
}

#[test]
fn summaries_end_at_markers_that_are_no_code() {
    let summary = |body: &str| {
        let site = Site::new().body(body);
        site.build();
        site.feed()["items"][0]["summary"]
            .as_str()
            .expect("a summary")
            .to_owned()
    };
    assert_eq!(summary("One.\n\nTwo.\n<!--more-->\nThree."), "One. Two.");
    assert_eq!(
        summary("About `<!--more-->` markers."),
        "About <!--more--> markers."
    );
    assert_eq!(
        summary("a [link][r] b\n<!-- more -->\n\nc\n\n[r]: /x"),
        "a link b"
    );
    assert_eq!(summary("text[^1]<!--more--> c\n\n[^1]: n"), "text");
    assert_eq!(summary("<!--more-->\nAll of it."), "All of it.");
}

#[test]
fn nobody_is_sent_to_a_hidden_post() {
    let site = Site::jekyll("timezone: UTC\n")
        .post("_posts/2024-01-01-a.md", "title: A\nstatus: [draft]")
        .post("_posts/2024-01-02-b.md", "title: B\npublished: [false]")
        .file(
            "_posts/2024-01-03-c.md",
            "---\ntitle: C\n---\n[a]({% post_url 2024-01-01-a %})\n",
        );
    let run = site.build();
    assert_eq!(site.titles(), ["C"]);
    assert!(run.stderr.contains("{% post_url %}"), "{}", run.stderr);
    assert!(!site.content().contains("2024/01/01"), "{}", site.content());
}

#[test]
fn what_is_indented_in_an_html_post_is_no_code() {
    let site = Site::jekyll("timezone: UTC\n").file(
        "_posts/2024-01-01-a.html",
        "---\ntitle: A\n---\n<div>\n\n    {% include x %}<p>One *two*</p>\n</div>\n<!--more-->\n<p>Rest</p>\n",
    );
    let run = site.build();
    assert!(
        run.stderr.contains("left out: {% include x %}\n"),
        "{}",
        run.stderr
    );
    assert!(!site.content().contains("{%"), "{}", site.content());
    assert_eq!(site.feed()["items"][0]["summary"], "One *two*");
}
