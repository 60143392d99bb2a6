//! VitePress.

use super::{Row, check, listed, only_content, vitepress};
use crate::site::Site;

#[test]
fn names() {
    let text = "title: T\ndate: 2024-03-05";
    let day = "2024-03-05T00:00:00+00:00";
    check(
        vitepress("srcExclude: ['**/README.md', 'private/**'],"),
        &[
            ("docs/posts/a.md", text, &format!("/posts/a.html {day}")),
            ("docs/Up Case.md", text, &format!("/Up%20Case.html {day}")),
            (
                "docs/posts/deep/index.md",
                text,
                &format!("/posts/deep/ {day}"),
            ),
            (
                "docs/posts/2024-01-02-b.md",
                "title: T\ndate: 2024-04-01 10:00:00\ntags: a, b",
                "/posts/2024-01-02-b.html 2024-04-01T10:00:00+00:00 a|b",
            ),
            (
                "docs/posts/c.md",
                "title: T\ndate: 2024-04-02T08:00:00+02:00\nslug: own",
                "/posts/c.html 2024-04-02T08:00:00+02:00",
            ),
            ("docs/posts/2024-01-03-undated.md", "title: T", ""),
            ("docs/posts/README.md", text, ""),
            ("docs/private/a.md", text, ""),
            ("docs/[slug].md", text, ""),
            ("docs/.hidden/a.md", text, ""),
            ("docs/dist/a.md", text, ""),
            ("docs/a.markdown", text, ""),
            ("other/a.md", text, ""),
        ],
    );
}

#[test]
fn settings() {
    let text = "title: T\ndate: 2024-03-05";
    for (config, path, url) in [
        ("cleanUrls: true,", "posts/a.md", "/posts/a"),
        ("base: '/log/',", "posts/a.md", "/log/posts/a.html"),
        ("srcDir: './pages',", "pages/a.md", "/a.html"),
        ("rewrites: { 'a.md': 'b/index.md' },", "a.md", "/b/"),
        (
            "rewrites: { 'packages/:pkg/src/:slug*': 'p/:pkg/:slug*' },",
            "packages/core/src/x/notes.md",
            "/p/core/x/notes.html",
        ),
        (
            "rewrites: { 'posts/:year(\\\\d+)-:name.md': 'posts/:name.md' },",
            "posts/2024-storm.md",
            "/posts/storm.html",
        ),
        (
            "rewrites: { 'posts/:year(\\\\d+)-:name.md': 'posts/:name.md' },",
            "posts/2024-02-01-storm.md",
            "/posts/2024-02-01-storm.html",
        ),
        (
            "rewrites: { 'en/:rest*': ':rest*' },",
            "en/posts/a.md",
            "/posts/a.html",
        ),
    ] {
        let path = format!("docs/{path}");
        let expected = format!("{url} 2024-03-05T00:00:00+00:00");
        let rows: [Row<'_>; 1] = [(&path, text, &expected)];
        check(vitepress(config), &rows);
    }
}

/// What code computes is named, and no address is made up.
#[test]
fn settings_that_code_computes() {
    for config in [
        "rewrites: make(),",
        "rewrites(id) { return id },",
        "rewrites: (id) => id,",
        "rewrites: { '^a(.*)': 'b' },",
        "cleanUrls: !dev,",
    ] {
        let site = vitepress(config).post("docs/a.md", "title: T\ndate: 2024-03-05");
        let (posts, stderr) = listed(&site);
        assert!(posts.is_empty(), "{config}");
        assert!(
            stderr.contains("the permalink is computed by `")
                && stderr.contains("` in the configuration"),
            "{config}: {stderr}"
        );
    }
    let site = vitepress("base: process.env.BASE,").post("docs/a.md", "title: T\ndate: 2024-03-05");
    let (_, stderr) = listed(&site);
    assert!(
        stderr.contains("warning[setting-computed]: `base` is computed by code"),
        "{stderr}"
    );
}

#[test]
fn languages() {
    let site = vitepress("locales: { root: { lang: 'en' }, fr: { lang: 'fr-FR' } },")
        .post("docs/a.md", "title: A\ndate: 2024-03-05")
        .post("docs/fr/b.md", "title: B\ndate: 2024-03-06");
    let run = site.build_with(&["--output", "."]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_eq!(site.titles(), ["A"]);
}

/// Pages without dates are no posts; what was built may have some.
#[test]
fn manuals() {
    let site = vitepress("").post("docs/a.md", "title: A");
    let run = site.build();
    assert!(run.stderr.contains("error[no-posts]"), "{}", run.stderr);
    assert!(!run.stderr.contains("dialect: html"), "{}", run.stderr);
    let site = site.file("docs/.vitepress/dist/index.html", "<title>S</title>");
    let run = site.build();
    assert!(
        run.stderr
            .contains("`content.dialect: html` reads the pages in docs/.vitepress/dist"),
        "{}",
        run.stderr
    );
}

#[test]
fn bodies() {
    let site = vitepress("base: '/log/', cleanUrls: true,").file(
        "docs/posts/a.md",
        "---\ndate: 2024-03-05\n---\n<script setup>\nconst a = 1\n\nconst b = 2\n</script>\n\n# The `A` title\n\n\
         [[toc]]\n\n{{ $frontmatter.title }}: [B](/posts/b) ![](/c.png) <me@example.org>\n\n\
         <Chart :data=\"x > 1\">\n\nInside.\n\n</Chart>\n\n::: code-group\n```sh [npm]\nx // [!code ++]\n```\n:::\n\n\
         `{{ code }}`\n\n<style>\n.a {}\n</style>\n",
    );
    let (posts, _) = listed(&site);
    assert_eq!(posts["docs/posts/a.md"]["title"], "The A title");
    assert_eq!(
        only_content(&site),
        "<p>The A title: <a href=\"https://example.gov/log/posts/b\">B</a> \
         <img src=\"https://example.gov/log/c.png\" alt=\"\"> \
         <a href=\"mailto:me@example.org\">me@example.org</a></p>\n<p>Inside.</p>\n<p><strong>npm</strong></p>\n\
         <pre><code class=\"language-sh\">x\n</code></pre>\n<p><code>{{ code }}</code></p>"
    );
}

#[test]
fn folders_of_configurations() {
    for folder in ["", "site/", "docs/"] {
        let site = Site::empty()
            .file(
                &format!("{folder}.vitepress/config/index.mts"),
                "export default { title: 'S', sitemap: { hostname: 'https://example.gov' } }",
            )
            .post(&format!("{folder}a.md"), "title: A\ndate: 2024-03-05");
        let (posts, stderr) = listed(&site);
        assert_eq!(
            posts[&format!("{folder}a.md")]["url"],
            "https://example.gov/a.html",
            "{stderr}"
        );
    }
}
