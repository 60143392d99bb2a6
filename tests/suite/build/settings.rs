//! What settings do, the generators' among them.

use crate::site::Site;

#[test]
fn jekylls_base_path_belongs_to_the_address() {
    let site = Site::jekyll("baseurl: /blog\n").post("_posts/2024-01-01-a.md", "title: A");
    site.build();
    assert_eq!(
        site.feed()["items"][0]["url"],
        "https://example.gov/blog/2024/01/01/a.html"
    );
    site.build_with(&["--site-url", "https://new.example"]);
    assert_eq!(
        site.feed()["items"][0]["url"],
        "https://new.example/blog/2024/01/01/a.html"
    );
    site.build_with(&["--site-url", "https://new.example/news"]);
    assert_eq!(
        site.feed()["items"][0]["url"],
        "https://new.example/news/2024/01/01/a.html"
    );
}

#[test]
fn the_first_limit_is_the_generators() {
    let mut site = Site::jekyll("plugins: [jekyll-feed]\n");
    for day in 1..=25 {
        site = site.post(&format!("_posts/2024-01-{day:02}-a.md"), "title: A");
    }
    site.build();
    assert_eq!(site.titles().len(), 10);
    let site = site.file("feedwright.yaml", "feeds: {limit: 0}");
    site.build_with(&["--accept-resend"]);
    assert_eq!(site.titles().len(), 25);
}

#[test]
fn jekyll_feed_settings() {
    let site = Site::jekyll(
        "feed: {posts_limit: 2, excerpt_only: true, icon: /i.png, tags: {except: [no]}, collections: [guides]}\n\
         collections: {guides: {output: true}}\n",
    )
    .post("_posts/2024-01-01-a.md", "title: A\ntags: yes no")
    .post("_guides/one.md", "title: One\ndate: 2024-01-02");
    let run = site.build();
    run.assert_ok();
    let feed = site.feed();
    assert_eq!(site.titles(), ["A"]);
    assert_eq!(feed["items"][0]["content_html"], serde_json::Value::Null);
    assert_eq!(feed["items"][0]["content_text"], "Text.");
    assert_eq!(feed["favicon"], "https://example.gov/i.png");
    assert!(site.path("feeds/tags/yes/rss.xml").exists());
    assert!(!site.path("feeds/tags/no").exists());
    let guides = site.read("feeds/sections/guides/feed.json");
    assert!(
        guides.contains("https://example.gov/guides/one.html"),
        "{guides}"
    );
}

#[test]
fn schema_knows_every_documented_key() {
    let schema: serde_json::Value =
        serde_json::from_str(&Site::empty().run(&["schema"]).stdout).expect("JSON");
    let keys: Vec<&String> = schema["properties"]
        .as_object()
        .expect("keys")
        .keys()
        .collect();
    assert_eq!(
        keys,
        [
            "content", "dates", "feeds", "guard", "lints", "podcast", "site", "state"
        ]
    );
    assert_eq!(schema["additionalProperties"], false);
}

#[test]
fn formats_whose_paths_meet_are_refused() {
    let site = Site::new()
        .file(
            "feedwright.yaml",
            "site: {title: S, url: https://example.gov}\ncontent: {folders: [content]}\n\
             feeds: {taxonomy_paths: {rss: \"/t/:slug.xml\", atom: \"/t/x.xml/:slug\"}}\n",
        )
        .post("content/a.md", "title: A\ndate: 2024-01-01\ntags: [x]");
    let run = site.build();
    run.assert_code(1);
    assert!(
        run.stderr.contains("error[feed-path-duplicate]"),
        "{}",
        run.stderr
    );
    assert!(!site.path("feeds").exists());
}

#[test]
fn settings_do_what_they_say() {
    let site = Site::empty()
        .file(
            "feedwright.yaml",
            "site: {title: S, url: https://example.gov, rights: Free, icon: /i.ico, logo: /l.png}\n\
             content:\n  folders: [content]\n  ignore: [\"content/old/**\", \"*.tmp.md\"]\n  \
             permalink: /:year/:slug/\n  drafts: true\n  future: true\n  \
             fields: {published: [shown, date], tags: labels}\n\
             feeds: {include: [kept], content: summary}\ndates: {order: dmy}\n",
        )
        .post(
            "content/a.md",
            "title: A\nshown: 03/04/2021\ndate: 2021-01-01\nlabels: [kept, other]\ntags: [no]",
        )
        .post("content/b.md", "title: B\ndate: 2030-01-01\ndraft: true")
        .post("content/old/c.md", "title: C")
        .post("content/d.tmp.md", "title: D");
    let run = site.build();
    run.assert_ok();
    assert_eq!(site.titles(), ["B", "A"]);
    let feed = site.feed();
    assert_eq!(feed["items"][1]["url"], "https://example.gov/2021/a/");
    assert_eq!(
        feed["items"][1]["date_published"],
        "2021-04-03T00:00:00+00:00"
    );
    assert_eq!(
        feed["items"][1]["tags"],
        serde_json::json!(["kept", "other"])
    );
    assert_eq!(feed["items"][1]["content_html"], serde_json::Value::Null);
    assert_eq!(feed["icon"], "https://example.gov/l.png");
    assert_eq!(feed["favicon"], "https://example.gov/i.ico");
    assert!(
        site.read("feeds/rss.xml")
            .contains("<copyright>Free</copyright>")
    );
    assert!(site.path("feeds/tags/kept/atom.xml").exists());
    assert!(!site.path("feeds/tags/other").exists());
}

#[test]
fn a_configuration_may_lie_elsewhere() {
    let site = Site::empty()
        .file(
            "etc/own.yaml",
            "site: {title: Own, url: https://example.gov}\n",
        )
        .post("site/a.md", "title: A\ndate: 2024-01-01");
    let run = site.build_with(&["site", "--config", "etc/own.yaml"]);
    run.assert_ok();
    assert!(
        site.read("site/feeds/atom.xml")
            .contains("<title>Own</title>")
    );
    let run = site.build_with(&["site", "--config", "etc/none.yaml"]);
    run.assert_code(2);
    assert!(
        run.stderr.contains("cannot read etc/none.yaml"),
        "{}",
        run.stderr
    );
}
