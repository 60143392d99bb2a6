//! What stands beside the feeds, and how they are found.

use std::fs;

use crate::site::Site;

const ALL: &str = "feeds: {page: true, opml: true, style: true, taxonomies: [tags, authors]}\n";

/// A site whose names need escaping wherever they stand.
fn site(settings: &str) -> Site {
    Site::empty()
        .file(
            "_config.yml",
            "title: 'A & B < \"C\"'\nurl: https://example.gov\nbaseurl: /a&b\nlang: de\n",
        )
        .file("feedwright.yaml", settings)
        .post(
            "_posts/2024-01-02-one.md",
            "title: 'One <script>alert(1)</script> & more'\ntags: ['R&D', 'a < b']\nauthor: Ann",
        )
        .post("_posts/2024-01-03-two.md", "title: Two\ntags: ['R&D']")
}

#[test]
fn nothing_stands_beside_the_feeds_unless_it_is_wanted() {
    let site = site("");
    site.build().assert_ok();
    for name in ["index.html", "feeds.opml", "feeds.css"] {
        assert!(!site.path(&format!("feeds/{name}")).exists(), "{name}");
    }
    assert!(!site.read("feeds/rss.xml").contains("xml-stylesheet"));
}

#[test]
fn they_are_written_when_they_change_and_are_ours() {
    let site = site(ALL);
    let run = site.build();
    run.assert_ok();
    assert!(
        run.stdout.contains("created   feeds/index.html"),
        "{}",
        run.stdout
    );
    let run = site.build_with(&["--report", "json"]);
    run.assert_ok();
    let report: serde_json::Value = serde_json::from_str(&run.stdout).expect("JSON");
    let beside: Vec<(&str, &str)> = report["beside"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|file| {
            let text = |key: &str| file[key].as_str().expect("text");
            (text("url"), text("change"))
        })
        .collect();
    assert_eq!(
        beside,
        [
            ("https://example.gov/a&b/feeds/index.html", "unchanged"),
            ("https://example.gov/a&b/feeds/feeds.opml", "unchanged"),
            ("https://example.gov/a&b/feeds/feeds.css", "unchanged"),
        ]
    );
    // Somebody else's file is not replaced, and what is not wanted any more is stale.
    let page = site.read("feeds/index.html");
    fs::write(site.path("feeds/index.html"), "<p>Mine.</p>").expect("a file");
    site.build().assert_code(2);
    fs::write(site.path("feeds/index.html"), page).expect("a file");
    fs::write(
        site.path("feedwright.yaml"),
        "feeds: {taxonomies: [tags, authors]}\n",
    )
    .expect("a file");
    let run = site.build_with(&["--accept-resend"]);
    run.assert_ok();
    assert!(
        run.stdout.contains("stale     feeds/feeds.opml"),
        "{}",
        run.stdout
    );
    site.build_with(&["--prune"]).assert_ok();
    assert!(!site.path("feeds/index.html").exists());
}

#[test]
fn the_list_of_all_feeds_is_opml() {
    let site = site(ALL);
    site.build().assert_ok();
    let text = site.read("feeds/feeds.opml");
    let opml = roxmltree::Document::parse(&text).expect("XML");
    assert_eq!(opml.root_element().attribute("version"), Some("2.0"));
    let outlines = opml
        .descendants()
        .filter(|node| node.has_tag_name("outline"));
    let feeds: Vec<_> = outlines
        .filter(|node| node.has_attribute("xmlUrl"))
        .collect();
    let titles: Vec<_> = feeds
        .iter()
        .filter_map(|node| node.attribute("title"))
        .collect();
    assert_eq!(titles.len(), 4, "{titles:?}");
    for node in &feeds {
        assert_eq!(node.attribute("text"), node.attribute("title"));
        assert_eq!(node.attribute("type"), Some("rss"));
        assert_eq!(node.attribute("htmlUrl"), Some("https://example.gov/a&b/"));
        let url = node.attribute("xmlUrl").expect("an address");
        let path = url
            .strip_prefix("https://example.gov/a&b/")
            .expect("of the site");
        assert!(site.path(path).is_file(), "{path}");
    }
}

#[test]
fn feeds_name_their_style_sheet() {
    let site = site(ALL);
    site.build().assert_ok();
    for (name, href) in [
        ("rss.xml", "feeds.css"),
        ("atom.xml", "feeds.css"),
        ("tags/a-b/rss.xml", "../../feeds.css"),
    ] {
        let feed = site.read(&format!("feeds/{name}"));
        let second = feed.lines().nth(1).expect("a line");
        let expected = format!("<?xml-stylesheet type=\"text/css\" href=\"{href}\"?>");
        assert_eq!(second, expected, "{name}");
        roxmltree::Document::parse(&feed).expect("XML");
    }
    let style = site.read("feeds/feeds.css");
    assert!(style.contains("rss, feed") && style.contains("direction: ltr"));
    assert!(
        style.contains("content: \"Dies ist ein Feed für"),
        "{style}"
    );
    let run = site.run(&["check", "feeds"]);
    run.assert_ok();
    assert!(run.stderr.is_empty(), "{}", run.stderr);
}

#[test]
fn links_for_pages_servers_and_programs() {
    let site = site("");
    let run = site.run(&["links", "--tag", "r&d", "-q"]);
    run.assert_ok();
    let lines: Vec<&str> = run.stdout.lines().collect();
    assert_eq!(lines.len(), 6, "{}", run.stdout);
    assert_eq!(
        lines[0],
        "<link rel=\"alternate\" type=\"application/rss+xml\" \
         title=\"A &amp; B &lt; &quot;C&quot; (RSS)\" \
         href=\"https://example.gov/a&amp;b/feeds/rss.xml\">"
    );
    assert!(
        lines[5].contains("feeds/tags/r-d/feed.json"),
        "{}",
        lines[5]
    );
    let run = site.run(&["links", "--format", "headers", "-q"]);
    assert_eq!(
        run.stdout.lines().next(),
        Some(
            "Link: <https://example.gov/a&b/feeds/rss.xml>; rel=\"alternate\"; \
             type=\"application/rss+xml\"; title=\"A & B < \\\"C\\\" (RSS)\""
        )
    );
    let run = site.run(&["links", "--format", "json", "-q"]);
    let links: serde_json::Value = serde_json::from_str(&run.stdout).expect("JSON");
    assert_eq!(links[2]["type"], "application/feed+json");
    let run = site.run(&["links", "--tag", "R&F"]);
    run.assert_code(2);
    assert!(run.stderr.contains("did you mean `R&D`?"), "{}", run.stderr);
    let other = Site::jekyll("").file("_posts/2024-01-02-a.md", "---\ntitle: A\n---\n");
    fs::write(
        other.path("_config.yml"),
        "title: Büro\nurl: https://example.gov\n",
    )
    .expect("a file");
    fs::write(other.path("feedwright.yaml"), "feeds: {formats: [atom]}\n").expect("a file");
    let run = other.run(&["links", "--format", "headers", "-q"]);
    assert!(
        run.stdout.ends_with("title*=UTF-8''B%C3%BCro\n"),
        "{}",
        run.stdout
    );
}

#[test]
fn a_check_names_the_pages_that_hide_the_feeds() {
    let site = Site::jekyll("")
        .file(
            "feedwright.yaml",
            "content: {rendered: _site}\nlints: {summary-missing: allow}\n",
        )
        .post("_posts/2024-01-02-one.md", "title: One");
    let page = |path: &str, head: &str| {
        let path = site.path(&format!("_site/{path}"));
        fs::create_dir_all(path.parent().expect("a folder")).expect("folders");
        let html = format!(
            "<!doctype html><html><head>{head}</head><body><article><h1>One</h1><p>Text.</p></article></body></html>"
        );
        fs::write(path, html).expect("a file");
    };
    let link = "<link rel='alternate home' type=application/rss+xml href=";
    page("2024/01/02/one.html", &format!("{link}'/feeds/rss.xml'>"));
    page("index.html", &format!("{link}feeds/atom.xml>"));
    page(
        "about/index.html",
        &format!("{link}'http://localhost:4000/feeds/feed.json'>"),
    );
    page(
        "based/index.html",
        &format!("<base href=/feeds/>{link}rss.xml>"),
    );
    page(
        "gone/index.html",
        "<meta http-equiv=Refresh content='0; url=/'>",
    );
    page("bare/index.html", "");
    page("other/index.html", &format!("{link}/feeds/tags/x/rss.xml>"));
    fs::write(site.path("_site/part.html"), "<p>No page.</p>").expect("a file");
    let run = site.run(&["check", "-v"]);
    run.assert_ok();
    let found: Vec<&str> = run
        .stderr
        .lines()
        .filter(|line| line.contains("-->") && line.contains("_site/"))
        .collect();
    assert_eq!(found.len(), 2, "{}", run.stderr);
    assert!(found[0].contains("_site/bare/index.html"), "{found:?}");
    assert!(found[1].contains("_site/other/index.html"), "{found:?}");
}

#[test]
fn a_feed_and_what_stands_beside_it_are_not_one_file() {
    let settings = "feeds: {style: true, taxonomy_paths: {rss: '/feeds/:slug.css'}}\n";
    let site = Site::jekyll("")
        .file("feedwright.yaml", settings)
        .post("_posts/2024-01-02-one.md", "title: One\ntags: [feeds]");
    let run = site.build();
    run.assert_code(2);
    assert!(
        run.stderr.contains("would both be feeds/feeds.css"),
        "{}",
        run.stderr
    );
    assert!(!site.path("feeds/feeds.css").exists());
}
