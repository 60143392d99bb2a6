//! Eleventy.

use super::{check, eleventy, only_content};

#[test]
fn addresses() {
    let text = "title: A T & Co\ndate: 2024-01-02";
    let at = |permalink: &str| format!("{text}\npermalink: {permalink}");
    let day = "2024-01-02T00:00:00+00:00";
    check(
        eleventy("config.addFilter('dayPath', (d) => d.toISOString().slice(0, 10));"),
        &[
            (
                "src/blog/2020-01-02-dated.md",
                "title: T",
                "/blog/2020-01-02-dated/ 2020-01-02T00:00:00+00:00",
            ),
            (
                "src/blog/UPPER Case.md",
                text,
                &format!("/blog/UPPER%20Case/ {day}"),
            ),
            ("src/blog/a.b.md", text, &format!("/blog/a.b/ {day}")),
            ("src/blog/_x.md", text, &format!("/blog/_x/ {day}")),
            (
                "src/blog/fourth/fourth.md",
                text,
                &format!("/blog/fourth/ {day}"),
            ),
            (
                "src/blog/fifth/index.md",
                text,
                &format!("/blog/fifth/ {day}"),
            ),
            (
                "src/blog/p1.md",
                &at("'/x/{{ title | slugify }}/'"),
                &format!("/x/a-t-and-co/ {day}"),
            ),
            (
                "src/blog/p2.md",
                &at("foo/bar.html"),
                &format!("/foo/bar.html {day}"),
            ),
            (
                "src/blog/p3.md",
                &at("/foo8/index.html"),
                &format!("/foo8/ {day}"),
            ),
            (
                "src/blog/p4.md",
                &at("{build: /p13/, other: x}"),
                &format!("/p13/ {day}"),
            ),
            (
                "src/blog/p5.md",
                &at("'{{ missing }}/x14/'"),
                &format!("/x14/ {day}"),
            ),
            (
                "src/blog/2021-03-04-p6.md",
                "title: T\npermalink: '{{ page.filePathStem }}.html'",
                "/blog/p6.html 2021-03-04T00:00:00+00:00",
            ),
            (
                "src/blog/p7.md",
                &at(
                    "\"{{ page.date | date: '%Y/%m' }}/{{ title | downcase | replace: ' ', '-' }}/\"",
                ),
                &format!("/2024/01/a-t-&-co/ {day}"),
            ),
            (
                "src/blog/p8.md",
                &at("'/{{ page.date | dayPath }}/'"),
                &format!("/2024-01-02/ {day}"),
            ),
            (
                "src/blog/p9.md",
                &at("\"/{{ 'Ünïcode ß' | slugify }}/{{ 'C++ x' | slug }}/\""),
                &format!("/uenicode-ss/c++-x/ {day}"),
            ),
            ("src/blog/p10.md", &at("''"), &format!("/blog/p10/ {day}")),
            ("src/_includes/x.md", text, ""),
            ("node_modules/x.md", text, ""),
            ("other/x.md", text, ""),
        ],
    );
}

#[test]
fn dates_and_tags() {
    check(
        eleventy(""),
        &[
            (
                "src/posts/a.md",
                "title: T\ndate: 2020-01-02 10:20:30\ntags: a, b",
                "/posts/a/ 2020-01-02T10:20:30+00:00 a|b",
            ),
            (
                "src/posts/b.md",
                "title: T\ndate: 2020-01-02T10:20:30+02:00\ntags: a b",
                "/posts/b/ 2020-01-02T10:20:30+02:00 a b",
            ),
            (
                "src/posts/c.md",
                "title: T\ndate: 2020-01-02T10:20\ntags: [x, 'y, z', x]",
                "/posts/c/ 2020-01-02T10:20:00+00:00 x|y, z",
            ),
            (
                "src/posts/2021-03-04-dir/2022-05-06-post.md",
                "title: T",
                "/posts/2021-03-04-dir/2022-05-06-post/ 2021-03-04T00:00:00+00:00",
            ),
            (
                "src/posts/d.md",
                "title: T\ndate: 2020-01-02\ndraft: true",
                "/posts/d/ 2020-01-02T00:00:00+00:00 draft",
            ),
            ("src/posts/e.md", "title: T\ndate: Last Modified", ""),
            ("src/posts/f.md", "title: T\ndate: git Created", ""),
            ("src/posts/2020-01-02-g.md", "title: T\ndate: created", ""),
            ("src/posts/h.md", "={\n---\n", ""),
        ],
    );
}

#[test]
fn data_of_folders_and_files() {
    let site = eleventy("")
        .file(
            "src/posts/posts.json",
            "{\"tags\": [\"dir\"], \"permalink\": \"/r/{{ page.fileSlug }}/\", \"date\": \"2001-01-01\"}",
        )
        .file(
            "src/posts/sub/sub.11tydata.js",
            "module.exports = { tags: ['sub'], permalink: function({page}) { return `/s/${page.fileSlug}/` } };",
        )
        .file("src/posts/one.11tydata.json", "{\"permalink\": \"/only/one/\"}")
        .file("src/src.json", "{\"tags\": [\"root\"]}");
    check(
        site,
        &[
            (
                "src/posts/a.md",
                "title: T",
                "/r/a/ 2001-01-01T00:00:00+00:00 root|dir",
            ),
            // The data's date goes before that of the name.
            (
                "src/posts/2020-05-06-b.md",
                "title: T\ntags: own",
                "/r/b/ 2001-01-01T00:00:00+00:00 root|dir|own",
            ),
            (
                "src/posts/c.md",
                "title: T\ndate: 2024-01-02\noverride:tags: [only]",
                "/r/c/ 2024-01-02T00:00:00+00:00 only",
            ),
            (
                "src/posts/sub/d.md",
                "title: T",
                "/s/d/ 2001-01-01T00:00:00+00:00 root|dir|sub",
            ),
            (
                "src/posts/one.md",
                "title: T",
                "/only/one/ 2001-01-01T00:00:00+00:00 root|dir",
            ),
            (
                "src/posts/e.md",
                "title: T\npermalink: ''",
                "/posts/e/ 2001-01-01T00:00:00+00:00 root|dir",
            ),
            (
                "src/posts/f.md",
                "title: T\npermalink:",
                "/posts/f/ 2001-01-01T00:00:00+00:00 root|dir",
            ),
            (
                "src/other/g.md",
                "title: T\ndate: 2024-01-02",
                "/other/g/ 2024-01-02T00:00:00+00:00 root",
            ),
        ],
    );
}

#[test]
fn ignores() {
    let text = "title: T\ndate: 2024-01-02";
    let site = eleventy("")
        .file(".eleventyignore", "src/skip\n# src/posts\n!src/skip/b.md\n")
        .file(".gitignore", "src/posts/x.md\n")
        .file("src/.eleventyignore", "posts/y.md\n");
    check(
        site,
        &[
            (
                "src/posts/a.md",
                text,
                "/posts/a/ 2024-01-02T00:00:00+00:00",
            ),
            ("src/skip/b.md", text, ""),
            ("src/posts/x.md", text, ""),
            ("src/posts/y.md", text, ""),
        ],
    );
}

#[test]
fn global_data_in_bodies() {
    let site = eleventy("").file(
        "src/posts/a.md",
        "---\ntitle: T\ndate: 2020-01-02\n---\n{{ metadata.title }}\n",
    );
    assert_eq!(only_content(&site), "<p>Site</p>");
}
