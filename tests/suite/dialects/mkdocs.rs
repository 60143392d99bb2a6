//! MkDocs with the theme Material, and Zensical.

use super::{Row, check, listed, mkdocs, only_content};
use crate::site::Site;

#[test]
fn titles_and_names() {
    check(
        mkdocs(""),
        &[
            (
                "docs/blog/posts/one.md",
                "=---\ndate: 2024-03-05\ncategories: [Été À, B c]\n---\n\n# Ünïcode “Title” & C++ / x.y `z`\n",
                "/blog/2024/03/05/%C3%BCn%C3%AFcode-title--c--xy-z/ 2024-03-05T00:00:00+00:00",
            ),
            (
                "docs/blog/posts/Two Words.md",
                "=---\ndate: 2024-03-06 23:59:59\n---\nText\n",
                "/blog/2024/03/06/two-words/ 2024-03-06T23:59:59+00:00",
            ),
            (
                "docs/blog/posts/README.md",
                "=---\ndate: 2024-03-07\nslug: my Slug/a\n---\n## Second level\n",
                "/blog/2024/03/07/my%20Slug/a/ 2024-03-07T00:00:00+00:00",
            ),
            (
                "docs/blog/posts/sub/three_four.md",
                "=---\ndate: 2024-03-08T22:00:00-05:00\ntitle: Set\ntags: [a b, C]\n---\n# Other\n",
                "/blog/2024/03/08/set/ 2024-03-08T22:00:00-05:00 a b|C",
            ),
            (
                "docs/blog/posts/d.md",
                "title: D\ndate: {created: 2024-03-09, updated: 2024-04-01}\ndraft: true",
                "/blog/2024/03/09/d/ 2024-03-09T00:00:00+00:00 draft",
            ),
            (
                "docs/blog/posts/.hidden.md",
                "title: T\ndate: 2024-03-09",
                "",
            ),
            ("docs/blog/other.md", "title: T\ndate: 2024-03-09", ""),
            ("docs/page.md", "title: T\ndate: 2024-03-09", ""),
        ],
    );
}

#[test]
fn settings() {
    let text = "title: A b\ndate: 2024-03-05\ncategories: [Up À, B c, D]";
    let day = "2024-03-05T00:00:00+00:00";
    for (blog, folder, url) in [
        ("post_url_format: '{slug}'", "blog/posts", "/blog/a-b/"),
        ("blog_dir: ., post_dir: posts", "posts", "/2024/03/05/a-b/"),
        (
            "post_url_date_format: 'MMMM/d-HH', post_slugify_separator: _",
            "blog/posts",
            "/blog/March/5-00/a_b/",
        ),
        (
            "blog_dir: x/y, post_url_format: '/{date}//{file}/'",
            "x/y/posts",
            "/x/y/2024/03/05/a/",
        ),
        (
            "post_url_format: '{categories}/{slug}', post_url_max_categories: 2, categories_slugify_separator: _",
            "blog/posts",
            "/blog/up_%C3%A0/b_c/a-b/",
        ),
    ] {
        let path = format!("docs/{folder}/a.md");
        let expected = format!("{url} {day}");
        let rows: [Row<'_>; 1] = [(&path, text, &expected)];
        check(mkdocs(blog), &rows);
    }
}

#[test]
fn functions_of_slugs() {
    let slugify = |kwds: &str| {
        Site::empty().file(
            "mkdocs.yml",
            &format!(
                "site_name: S\nsite_url: https://example.gov\nuse_directory_urls: false\nplugins:\n  \
                 - search\n  - material/blog:\n      post_url_format: '{{slug}}'\n      \
                 post_slugify: !!python/object/apply:pymdownx.slugs.slugify\n        kwds:\n          {kwds}\n"
            ),
        )
    };
    for (kwds, url) in [
        ("case: lower", "/blog/äb-c.html"),
        ("normalize: NFC", "/blog/Äb-C.html"),
    ] {
        let (posts, stderr) =
            listed(&slugify(kwds).post("docs/blog/posts/a.md", "title: Äb C\ndate: 2024-03-05"));
        let url = format!(
            "https://example.gov{}",
            url.replace('ä', "%C3%A4").replace('Ä', "%C3%84")
        );
        assert_eq!(posts["docs/blog/posts/a.md"]["url"], url, "{stderr}");
    }
}

/// What a tag gives is named, and no address is made up.
#[test]
fn settings_that_are_computed() {
    for (blog, what) in [
        ("post_slugify: !!python/name:own.slugs", "post_slugify"),
        ("post_url_format: !ENV FORMAT", "post_url_format"),
        ("post_url_date_format: long", "post_url_date_format"),
    ] {
        let config = format!(
            "site_name: S\nsite_url: https://example.gov\nplugins:\n  - blog:\n      {blog}\n"
        );
        let site = Site::empty()
            .file("mkdocs.yml", &config)
            .post("docs/blog/posts/a.md", "title: A\ndate: 2024-03-05");
        let (posts, stderr) = listed(&site);
        assert!(posts.is_empty());
        let expected =
            format!("the permalink is computed by `{what}` in the settings of the plugin `blog`");
        assert!(stderr.contains(&expected), "{stderr}");
    }
    let site = Site::empty().file(
        "mkdocs.yml",
        "site_name: S\nsite_url: !ENV URL\nplugins: [blog]\n",
    );
    let (_, stderr) = listed(&site);
    assert!(
        stderr.contains("neither feedwright.yaml nor mkdocs.yml says the address"),
        "{stderr}"
    );
}

#[test]
fn people_and_several_blogs() {
    let site = Site::empty()
        .file("base.yml", "site_url: https://example.gov/\nsite_name: Base\n")
        .file(
            "zensical.toml",
            "[project]\nsite_name = \"S\"\nsite_url = \"https://example.gov/\"\n[project.plugins.blog]\n",
        )
        .file("docs/blog/.authors.yml", "authors:\n  ann: {name: Ann, description: D, avatar: a.png, url: 'https://a.example/'}\n")
        .post("docs/blog/posts/a.md", "title: A\ndate: 2024-03-05\nauthors: [ann]");
    let run = site.build_with(&["--output", "."]);
    run.assert_ok();
    assert!(site.read("feeds/feed.json").contains("\"name\":\"Ann\""));
    site.remove("zensical.toml");
    let site = site
        .file(
            "mkdocs.yml",
            "INHERIT: base.yml\nplugins:\n  - blog\n  - blog: {blog_dir: news, enabled: true}\n  - blog: {blog_dir: off, enabled: false}\n",
        )
        .post("docs/news/posts/b.md", "title: B\ndate: 2024-03-06")
        .post("docs/off/posts/c.md", "title: C\ndate: 2024-03-07");
    let (posts, stderr) = listed(&site);
    let paths: Vec<&str> = posts.keys().map(String::as_str).collect();
    assert_eq!(
        paths,
        ["docs/blog/posts/a.md", "docs/news/posts/b.md"],
        "{stderr}"
    );
    assert_eq!(
        posts["docs/news/posts/b.md"]["url"],
        "https://example.gov/news/2024/03/06/b/"
    );
}

/// As `mkdocs build -f mkdocs.blog.yml` takes them.
#[test]
fn settings_may_be_called_otherwise() {
    let own = |name: &str| {
        format!("site_name: {name}\nsite_url: https://example.gov/{name}/\nplugins: [blog]\n")
    };
    let site = Site::empty()
        .file("mkdocs.blog.yml", &own("b"))
        .post("docs/blog/posts/a.md", "title: A\ndate: 2024-03-05");
    let manual = "site_name: S\nsite_url: https://example.gov\nplugins: [search]\n";
    let url = "https://example.gov/b/blog/2024/03/05/a/";
    let (posts, stderr) = listed(&site);
    let alone = &posts.get("docs/blog/posts/a.md").expect(&stderr)["url"];
    assert_eq!(alone, url);
    let site = site.file("mkdocs.yml", manual);
    let (posts, stderr) = listed(&site);
    let beside = &posts.get("docs/blog/posts/a.md").expect(&stderr)["url"];
    assert_eq!(beside, url);
    // The usual file counts where it has a blog.
    let site = site.file("mkdocs.yml", &own("usual"));
    let (posts, stderr) = listed(&site);
    let usual = &posts.get("docs/blog/posts/a.md").expect(&stderr)["url"];
    assert_eq!(usual, "https://example.gov/usual/blog/2024/03/05/a/");
    let run = site
        .file("mkdocs.yml", manual)
        .file("mkdocs.other.yml", &own("o"))
        .build();
    run.assert_code(2);
    let named = "have the plugin `blog`: `mkdocs.blog.yml`, `mkdocs.other.yml`";
    assert!(run.stderr.contains(named), "{}", run.stderr);
}

/// Nobody knows whether what cannot be read has a blog.
#[test]
fn settings_that_cannot_be_read() {
    let site = Site::empty()
        .file("mkdocs.yml", "site_name: S\nplugins:\n  - blog\n bad: [\n")
        .post("docs/blog/posts/a.md", "title: A\ndate: 2024-03-05");
    let run = site.build();
    run.assert_code(2);
    let first = run.stderr.lines().next().unwrap_or_default();
    let expected = "error[config-generator]: the site's configuration cannot be read";
    assert!(first.starts_with(expected), "{}", run.stderr);
    assert!(!run.stderr.contains("generator-unknown"), "{}", run.stderr);
}

/// Without the plugin it is a manual, which has no posts.
#[test]
fn manuals() {
    let site = Site::empty()
        .file(
            "mkdocs.yml",
            "site_name: S\nsite_url: https://example.gov\nplugins: [search]\n",
        )
        .post("docs/a.md", "title: A\ndate: 2024-03-05");
    let run = site.build();
    run.assert_code(2);
    assert!(
        run.stderr
            .contains("error[generator-unknown]: MkDocs makes this site"),
        "{}",
        run.stderr
    );
}

#[test]
fn bodies() {
    let site = mkdocs("").file(
        "docs/blog/posts/a.md",
        "---\ndate: 2024-03-05\n---\n\n# A\n\n[S](../../setup.md#x) ![](i.png){ width=3 }\n\n!!! note\n    Text.\n",
    );
    assert_eq!(
        only_content(&site),
        "<p><a href=\"https://example.gov/setup/#x\">S</a> <img src=\"https://example.gov/blog/i.png\" alt=\"\"></p>\n\
         <blockquote>\n<p><strong>Note</strong></p>\n<p>Text.</p>\n</blockquote>"
    );
}
