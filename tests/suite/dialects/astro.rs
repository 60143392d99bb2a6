//! Astro.

use super::{Row, astro, check};
use crate::site::Site;

#[test]
fn ids() {
    let text = "title: T\npubDate: 2020-01-02";
    let day = "2020-01-02T00:00:00+00:00";
    let row = |path: &'static str, url: &str| (path, format!("{url} {day}"));
    let rows = [
        row("src/content/blog/First Post.md", "/blog/first-post/"),
        row("src/content/blog/UP.md", "/blog/up/"),
        row("src/content/blog/dir/index.md", "/blog/dir/"),
        row("src/content/blog/index.md", "/blog/index/"),
        row(
            "src/content/blog/dir/Sub Dir/My.Post.v1.md",
            "/blog/dir/sub-dir/mypostv1/",
        ),
        row(
            "src/content/blog/ünï cöde.mdx",
            "/blog/%C3%BCn%C3%AF-c%C3%B6de/",
        ),
        row(
            "src/content/blog/2020-01-02-dated.md",
            "/blog/2020-01-02-dated/",
        ),
        row("src/content/blog/2020/01/x_y.md", "/blog/2020/01/x_y/"),
        row("src/content/blog/a--b  c.md", "/blog/a--b--c/"),
        row("src/content/blog/e,mo'ji😀.md", "/blog/emoji/"),
        row("src/content/blog/x.y/z.md", "/blog/xy/z/"),
        row("src/content/blog/(paren).md", "/blog/paren/"),
        row("src/pages/posts/Page One.md", "/posts/Page%20One/"),
        row("src/pages/UP.mdx", "/UP/"),
        row("src/pages/sub/index.md", "/sub/"),
    ];
    let rows: Vec<Row<'_>> = rows
        .iter()
        .map(|(path, expected)| (*path, text, expected.as_str()))
        .chain([
            ("src/content/blog/_x.md", text, ""),
            ("src/content/blog/.hid.md", text, ""),
            ("src/pages/posts/_skip.md", text, ""),
            ("src/content/blog/x.txt", text, ""),
            ("content/x.md", text, ""),
        ])
        .collect();
    check(astro(""), &rows);
}

#[test]
fn front_matter() {
    check(
        astro(""),
        &[
            (
                "src/content/blog/a.md",
                "title: T\nslug: own/path\npubDate: Jul 08 2022\ntags: [a, b]",
                "/blog/own/path/ 2022-07-08T00:00:00+00:00 a|b",
            ),
            (
                "src/content/blog/b.md",
                "title: T\npubDatetime: 2020-01-02T10:20:30+02:00\ntags: 'x, y'",
                "/blog/b/ 2020-01-02T10:20:30+02:00 x|y",
            ),
            (
                "src/content/blog/c.md",
                "=+++\ntitle = 'T'\ndate = 2020-01-02\n+++\nText.\n",
                "/blog/c/ 2020-01-02T00:00:00+00:00",
            ),
            (
                "src/content/blog/d.md",
                "title: T\npublishDate: 2020/01/02\ndraft: true",
                "/blog/d/ 2020-01-02T00:00:00+00:00 draft",
            ),
            (
                "src/content/blog/e.md",
                "title: T\npublished: 2020-01-02",
                "/blog/e/ 2020-01-02T00:00:00+00:00",
            ),
            ("src/content/blog/f.md", "title: T", ""),
        ],
    );
}

#[test]
fn addresses_as_configured() {
    let text = "title: T\npubDate: 2020-01-02";
    for (config, url) in [
        ("", "/blog/a/"),
        ("trailingSlash: 'always'", "/blog/a/"),
        ("trailingSlash: 'never'", "/blog/a"),
        ("base: '/docs'", "/docs/blog/a/"),
    ] {
        let expected = format!("{url} 2020-01-02T00:00:00+00:00");
        check(astro(config), &[("src/content/blog/a.md", text, &expected)]);
    }
}

#[test]
fn routes() {
    let text = "title: T\npubDate: 2020-01-02\npath: by/key";
    let route = |file: &str, page: &str| {
        Site::empty()
            .file(
                "astro.config.mjs",
                "export default { site: 'https://example.gov' };\n",
            )
            .file("feedwright.yaml", "site: {title: Site}\n")
            .file(file, page)
    };
    let expect = |site: Site, url: &str| {
        let expected = format!("{url} 2020-01-02T00:00:00+00:00");
        check(site, &[("src/content/blog/A b.md", text, &expected)]);
    };
    let page = "const all = await getCollection('blog');\n\
                return all.map((e) => ({ params: { NAME: VALUE }, props: e }));\n";
    let page = |name: &str, value: &str| page.replace("NAME", name).replace("VALUE", value);
    expect(
        route("src/pages/[...slug].astro", &page("slug", "e.id")),
        "/a-b/",
    );
    expect(
        route("src/pages/w/posts/[id].astro", &page("id", "e.slug")),
        "/w/posts/a-b/",
    );
    expect(
        route("src/pages/post/[path].astro", &page("path", "e.data.path")),
        "/post/by/key/",
    );
}
