//! Jekyll.

use super::{check, listed};
use crate::site::Site;

#[test]
fn styles_of_permalinks() {
    let styles = [
        ("date", "/big%20cat/2020/02/03/a.html"),
        ("pretty", "/big%20cat/2020/02/03/a/"),
        ("ordinal", "/big%20cat/2020/034/a.html"),
        ("weekdate", "/big%20cat/2020/W06/Mon/a.html"),
        ("none", "/big%20cat/a.html"),
        (
            "/:slugified_categories/:short_year/:i_day/:title/",
            "/big-cat/20/3/a/",
        ),
    ];
    for (style, path) in styles {
        let site = Site::jekyll(&format!(
            "permalink: {style}\n\
             collections: {{notes: {{output: true, permalink: '/n/:name/'}}}}\n"
        ));
        let expected = format!("{path} 2020-02-03T00:00:00+00:00");
        check(
            site,
            &[
                (
                    "_posts/2020-02-03-a.md",
                    "title: A\ncategories: [Big Cat]",
                    &expected,
                ),
                (
                    "_notes/n.md",
                    "title: N\ndate: 2020-01-01",
                    "/n/n/ 2020-01-01T00:00:00+00:00",
                ),
            ],
        );
    }
}

#[test]
fn excerpts_end_at_the_separator_of_the_site() {
    let site = Site::jekyll("excerpt_separator: '<!--cut-->'\n").file(
        "_posts/2020-02-03-a.md",
        "---\ntitle: A\n---\nFirst.\n\nSecond.\n<!--cut-->\nThird.\n",
    );
    let (posts, stderr) = listed(&site);
    let summary = &posts["_posts/2020-02-03-a.md"]["summary"];
    assert_eq!(*summary, "First. Second.", "{stderr}");
}

/// A slip behind the time does not hide the day, which the name of the file confirms.
#[test]
fn a_date_with_a_slip_whose_day_is_certain() {
    let site = Site::jekyll("timezone: America/New_York\n")
        .post(
            "_posts/2021-02-08-a.md",
            "title: A\ndate: 2021-02-08 16:30-:00+16:30",
        )
        .post("_posts/2021-02-09-b.md", "title: B\ndate: soon");
    let (posts, stderr) = listed(&site);
    assert_eq!(
        posts["_posts/2021-02-08-a.md"]["published"],
        "2021-02-08T16:30:00-05:00"
    );
    assert!(!posts.contains_key("_posts/2021-02-09-b.md"));
    assert!(
        stderr.contains("warning[date-unreadable]: date: `2021-02-08 16:30-:00+16:30`"),
        "{stderr}"
    );
    assert!(
        stderr.contains("error[date-unreadable]: date: `soon`"),
        "{stderr}"
    );
}

/// As jekyll-textile-converter and jekyll-asciidoc have them.
#[test]
fn plugins_render_other_markup() {
    let rows = |url: &'static str, adoc: &'static str| {
        [
            ("_posts/2024-01-02-a.textile", "title: T", url),
            ("_posts/2024-01-03-b.adoc", "title: T", adoc),
        ]
    };
    let url = "/2024/01/02/a.html 2024-01-02T00:00:00-05:00";
    let adoc = "/2024/01/03/b.html 2024-01-03T00:00:00-05:00";
    let zone = "timezone: America/New_York\n";
    check(Site::jekyll(zone), &rows("", ""));
    let plugins = format!("{zone}plugins: [jekyll-textile-converter]\n");
    check(Site::jekyll(&plugins), &rows(url, ""));
    let site = Site::jekyll(&plugins).file("Gemfile", "gem 'jekyll-asciidoc'\n");
    check(site, &rows(url, adoc));
}

/// As Jekyll 4.3 has it, which passes over a byte-order mark alone.
#[test]
fn front_matter_begins_a_file() {
    for before in ["\n", " ", "\r\n", "\u{feff}\n", "\u{feff}", ""] {
        let text = format!("{before}---\ntitle: T\npermalink: /own/\ntags: [a]\n---\nText.\n");
        let site = Site::jekyll("timezone: America/New_York\n")
            .file("_posts/2024-01-02-own-name.md", &text);
        let (posts, stderr) = listed(&site);
        let post = posts.values().next().expect("a post");
        let is_first = before.trim_start_matches('\u{feff}').is_empty();
        let (url, title) = if is_first {
            ("https://example.gov/own/", "T")
        } else {
            ("https://example.gov/2024/01/02/own-name.html", "Own Name")
        };
        assert_eq!(post["url"], url, "{before:?}");
        assert_eq!(post["title"], title, "{before:?}");
        let is_said = stderr.contains("warning[front-matter-late]");
        assert_eq!(is_said, !is_first, "{before:?}: {stderr}");
    }
}

/// As Jekyll 4.3 fills it in.
#[test]
fn the_id_of_a_page() {
    let site = Site::jekyll("").file(
        "_posts/2020-02-03-a.md",
        "---\ntitle: A\n---\n{{ page.id }}\n",
    );
    assert_eq!(super::only_content(&site), "<p>/2020/02/03/a</p>");
}

/// As jekyll-relative-links 0.7 has it, which leaves posts alone unless it is told.
#[test]
fn links_to_files_of_pages() {
    let links = "[a](../about.md) [b](/docs/x.md#y) [c](../docs/index.md) [d](about.md)";
    let site = |config: &str| {
        Site::jekyll(config)
            .file(
                "_posts/2020-02-03-a.md",
                &format!("---\ntitle: A\n---\n{links}\n"),
            )
            .file("about.md", "---\ntitle: About\n---\nx\n")
            .file("docs/x.md", "---\npermalink: /xx/\n---\nx\n")
            .file("docs/index.md", "---\ntitle: Docs\n---\nx\n")
    };
    let on = "relative_links: {collections: true}\n";
    for (config, expected) in [
        (on.to_owned(), ["about.html", "xx/#y", "docs/"]),
        (
            format!("{on}permalink: pretty\n"),
            ["about/", "xx/#y", "docs/"],
        ),
        (
            String::new(),
            ["2020/02/about.md", "docs/x.md#y", "2020/02/docs/index.md"],
        ),
    ] {
        let html = super::only_content(&site(&config));
        let html = match config.contains("pretty") {
            true => html.replace("2020/02/03/a/about.md", "2020/02/03/about.md"),
            false => html,
        };
        let [a, b, c] = expected.map(|path| format!("https://example.gov/{path}"));
        assert_eq!(
            html,
            format!(
                "<p><a href=\"{a}\">a</a> <a href=\"{b}\">b</a> <a href=\"{c}\">c</a> \
                 <a href=\"https://example.gov/2020/02/03/about.md\">d</a></p>"
            ),
            "{config}"
        );
    }
}

/// The folders above `_posts` are categories; what lies in a collection has those that it names.
#[test]
fn documents_of_collections_have_no_categories_of_folders() {
    let config = "collections_dir: _pages\ncollections: {resources: {output: true, permalink: \
                  '/:collection/:categories/:name/'}}\n";
    let site = Site::jekyll(config)
        .post("_pages/_resources/2021-08-25-a.md", "title: A")
        .post(
            "_pages/_resources/sub/2021-08-26-b.md",
            "title: B\ncategories: [c]",
        )
        .post("_pages/x/_posts/2021-08-27-d.md", "title: D");
    let (posts, stderr) = listed(&site);
    let found = |path: &str| {
        let post = &posts[path];
        (post["url"].to_string(), post["categories"].to_string())
    };
    let expected = |url: &str, categories: &str| {
        (
            format!("\"https://example.gov{url}\""),
            categories.to_owned(),
        )
    };
    assert_eq!(
        found("_pages/_resources/2021-08-25-a.md"),
        expected("/resources/2021-08-25-a/", "[]"),
        "{stderr}"
    );
    assert_eq!(
        found("_pages/_resources/sub/2021-08-26-b.md"),
        expected("/resources/c/2021-08-26-b/", "[\"c\"]")
    );
    assert_eq!(
        found("_pages/x/_posts/2021-08-27-d.md"),
        expected("/x/2021/08/27/d.html", "[\"x\"]")
    );
}

/// As jekyll-relative-links 0.7 and Jekyll 4.3 have them.
#[test]
fn links_to_files_of_collections() {
    let config = "relative_links: {collections: true}\ncollections:\n  \
                  pages: {output: true, permalink: '/:path/'}\n  events: {output: true}\n";
    let site = Site::jekyll(config)
        .file(
            "_posts/2020-02-03-a.md",
            "---\ntitle: A\n---\n[a](/_pages/sponsors.md) [b](/_events/2023-x.md#y) [c](../_pages/own.md)\n",
        )
        .file("_pages/sponsors.md", "---\ntitle: S\n---\nx\n")
        .file("_pages/own.md", "---\npermalink: /own/\n---\nx\n")
        .file("_events/2023-x.md", "---\ntitle: X\n---\nx\n");
    let html = super::only_content(&site);
    for path in ["sponsors/", "events/2023-x.html#y", "own/"] {
        let link = format!("<a href=\"https://example.gov/{path}\">");
        assert!(html.contains(&link), "{link} {html}");
    }
}
