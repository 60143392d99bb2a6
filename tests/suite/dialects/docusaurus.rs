//! Docusaurus.

use super::{Row, check, docusaurus, listed, only_content};
use crate::site::{NOW, Site};

#[test]
fn names() {
    let text = "title: T";
    check(
        docusaurus(""),
        &[
            (
                "blog/2019-08-28-name.md",
                text,
                "/blog/2019/08/28/name 2019-08-28T00:00:00+00:00",
            ),
            (
                "blog/2019-08-27-name/index.md",
                text,
                "/blog/2019/08/27/name 2019-08-27T00:00:00+00:00",
            ),
            (
                "blog/2019/08/26/name.md",
                text,
                "/blog/2019/08/26/name 2019-08-26T00:00:00+00:00",
            ),
            (
                "blog/2019/08-25-name/index.mdx",
                text,
                "/blog/2019/08/25/name 2019-08-25T00:00:00+00:00",
            ),
            (
                "blog/2019-8-2-short.md",
                text,
                "/blog/2019/8/2/short 2019-08-02T00:00:00+00:00",
            ),
            (
                "blog/dir/2020-01-02-x.md",
                text,
                "/blog/2020/01/02/dir/x 2020-01-02T00:00:00+00:00",
            ),
            (
                "blog/pre-2020-01-03-y.md",
                text,
                "/blog/2020/01/03/pre-y 2020-01-03T00:00:00+00:00",
            ),
            (
                "blog/2020-01-04.md",
                text,
                "/blog/2020/01/04/ 2020-01-04T00:00:00+00:00",
            ),
            (
                "blog/2020-01-05-dir/foo.md",
                text,
                "/blog/2020/01/05/dir/foo 2020-01-05T00:00:00+00:00",
            ),
            (
                "blog/2020-01-06-a/2021-02-03-b.md",
                text,
                "/blog/2021/02/03/2020-01-06-a/b 2021-02-03T00:00:00+00:00",
            ),
            (
                "blog/2020-01-07foo.md",
                text,
                "/blog/2020/01/07/foo 2020-01-07T00:00:00+00:00",
            ),
            (
                "blog/UPPER Case.md",
                "title: T\ndate: 2020-01-09",
                "/blog/UPPER%20Case 2020-01-09T00:00:00+00:00",
            ),
            (
                "blog/deep/index.mdx",
                "title: T\ndate: 2020-01-10",
                "/blog/deep 2020-01-10T00:00:00+00:00",
            ),
            (
                "blog/index.md",
                "title: T\ndate: 2020-01-11",
                "/blog/index 2020-01-11T00:00:00+00:00",
            ),
            (
                "blog/README.md",
                "title: T\ndate: 2020-01-12",
                "/blog/README 2020-01-12T00:00:00+00:00",
            ),
            ("blog/2020-01-02-x.test.md", text, ""),
            ("blog/_2020-01-02-x.md", text, ""),
            ("blog/_d/2020-01-02-x.md", text, ""),
            ("blog/__tests__/2020-01-02-x.md", text, ""),
            ("blog/2020-01-02-x.markdown", text, ""),
            ("docs/2020-01-02-x.md", text, ""),
            ("blog/undated.md", text, ""),
        ],
    );
}

#[test]
fn front_matter() {
    let site = docusaurus("")
        .file("blog/tags.yml", "hi:\n  label: Hi There\nbare: {}\n")
        .file(
            "blog/authors.yml",
            "ann:\n  name: Ann\n  url: https://a.example\n",
        );
    let day = "2020-01-02T00:00:00+00:00";
    check(
        site,
        &[
            (
                "blog/a.md",
                "title: T\nslug: rel\ndate: 2020-01-02\ntags: [hi, Other, bare]",
                &format!("/blog/rel {day} Hi There|Other|bare"),
            ),
            (
                "blog/b.md",
                "title: T\nslug: /abs/olute\ndate: 2020-01-02\ntags: [{label: L, permalink: /l}]",
                &format!("/blog/abs/olute {day} L"),
            ),
            (
                "blog/d.md",
                "title: T\nslug: 2020\ndate: 2020-01-02 10:20:30",
                "/blog/2020 2020-01-02T10:20:30+00:00",
            ),
            (
                "blog/e.md",
                "title: T\ndate: 2020-01-02T10:20:30+02:00",
                "/blog/e 2020-01-02T10:20:30+02:00",
            ),
            (
                "blog/f.md",
                "title: T\ndate: 2020/01/02\ndraft: true",
                &format!("/blog/f {day} draft"),
            ),
            (
                "blog/g.md",
                "title: T\ndate: 2020-01-02\nunlisted: true",
                &format!("/blog/g {day} draft"),
            ),
            (
                "blog/2019-01-01-h.md",
                "title: T\ndate: 2020-01-02",
                &format!("/blog/2019/01/01/h {day}"),
            ),
        ],
    );
}

#[test]
fn settings() {
    let rows = |first: &'static str, second: &'static str| {
        let text = "title: T";
        let day = "2020-01-02T00:00:00+00:00";
        [
            ("blog/2020-01-02-a.md", text, format!("{first} {day}")),
            (
                "blog/2020-01-02-b.md",
                "title: T\nslug: x",
                format!("{second} {day}"),
            ),
        ]
    };
    for (config, first, second) in [
        ("trailingSlash: true,", "/blog/2020/01/02/a/", "/blog/x/"),
        ("trailingSlash: false,", "/blog/2020/01/02/a", "/blog/x"),
        ("", "/blog/2020/01/02/a", "/blog/x"),
        (
            "presets: [['classic', {docs: false, blog: {routeBasePath: 'news/x'}}]],",
            "/news/x/2020/01/02/a",
            "/news/x/x",
        ),
        (
            "presets: [['classic', {blog: false}]], plugins: [['@docusaurus/plugin-content-blog', \
             {id: 'other', path: './blog', routeBasePath: 'other'}]],",
            "/other/2020/01/02/a",
            "/other/x",
        ),
    ] {
        let rows = rows(first, second);
        let rows: Vec<Row<'_>> = rows
            .iter()
            .map(|(path, text, expected)| (*path, *text, expected.as_str()))
            .collect();
        check(docusaurus(config), &rows);
    }
    let typed = Site::empty().file(
        "docusaurus.config.ts",
        "import type {Config} from '@docusaurus/types';\nconst config: Config = {\n  \
         title: 'S', /* its address */ url: \"https://example.gov\", baseUrl: `/base/`,\n};\n\
         export default config;\n",
    );
    check(
        typed,
        &[(
            "blog/2020-01-02-a.md",
            "title: T",
            "/base/blog/2020/01/02/a 2020-01-02T00:00:00+00:00",
        )],
    );
}

#[test]
fn options_in_brackets() {
    check(
        docusaurus(
            "presets: [['classic', /** @type {import('x').Options} */ \
             ({blog: {routeBasePath: 'news'}})]],",
        ),
        &[(
            "blog/2020-01-02-a.md",
            "title: T",
            "/news/2020/01/02/a 2020-01-02T00:00:00+00:00",
        )],
    );
}

#[test]
fn blog_at_the_root() {
    check(
        docusaurus("presets: [['classic', {docs: false, blog: {routeBasePath: '/'}}]],"),
        &[(
            "blog/2020-01-02-a.md",
            "title: T",
            "/2020/01/02/a 2020-01-02T00:00:00+00:00",
        )],
    );
}

#[test]
fn rare_slugs() {
    check(
        docusaurus(""),
        &[
            (
                "blog/a.md",
                "title: T\nslug: foo/bar/\ndate: 2020-01-02",
                "/blog/foo/bar/ 2020-01-02T00:00:00+00:00",
            ),
            (
                "blog/2020-01-08/index.md",
                "title: T",
                "/blog/2020/01/08/index 2020-01-08T00:00:00+00:00",
            ),
        ],
    );
}

#[test]
fn bodies() {
    let site = docusaurus("")
        .file(
            "blog/2020-01-03-a.md",
            "# Heading\n\n[B](./2020-01-02-b.md)\n",
        )
        .post("blog/2020-01-02-b.md", "title: B");
    assert_eq!(
        only_content(&site),
        "<p><a href=\"https://example.gov/blog/2020/01/02/b\">B</a></p>"
    );
}

/// Docusaurus shows the title of code above it, and publishes pictures under names that only it knows.
#[test]
fn titles_of_code_and_pictures_beside_posts() {
    let site = docusaurus("").post("blog/2020-01-02-b.md", "title: B").file(
        "blog/2020-01-03-a.md",
        "# Heading\n\n```js title=\"babel.config.js\" {1}\nx\n```\n\n```js title='a b'\ny\n```\n\n```js\nz\n```\n",
    );
    assert_eq!(
        only_content(&site),
        "<p>babel.config.js</p>\n<pre><code class=\"language-js\">x\n</code></pre>\n\
         <p>a b</p>\n<pre><code class=\"language-js\">y\n</code></pre>\n\
         <pre><code class=\"language-js\">z\n</code></pre>"
    );
    let site = docusaurus("").file("blog/2020-01-03-a.md", "# Heading\n\n![P](./p.png)\n");
    let run = site.build();
    assert!(
        run.stderr
            .contains("the image `./p.png` is published by Docusaurus under a name")
            && run
                .stderr
                .contains("put it into `static`, which is copied as it is"),
        "{}",
        run.stderr
    );
}

/// What code computes is named, and no address is made up.
#[test]
fn settings_that_code_computes() {
    let site = |config: &str| {
        Site::empty()
            .file("docusaurus.config.js", &format!("{config}\n"))
            .file("blog/2024-01-02-a.md", "---\ntitle: A\n---\nText.\n")
    };
    let object = "title: 'S', url: 'https://example.gov'";
    for base in ["baseUrl: process.env.BASE || '/'", "baseUrl"] {
        let site = site(&format!("export default {{ {object}, {base} }};"));
        let (posts, stderr) = listed(&site);
        assert!(
            stderr.contains("warning[setting-computed]: `baseUrl` is computed by code"),
            "{stderr}"
        );
        assert_eq!(posts.len(), 1);
        // Whoever ends the address with a slash has said where the site lies.
        let run = site.run(&["list", "--site-url", "https://example.gov/", "--now", NOW]);
        assert!(!run.stderr.contains("setting-computed"), "{}", run.stderr);
    }
    let config = format!(
        "export default {{ {object}, baseUrl: '/', presets: [['classic', {{blog: {{routeBasePath: route()}}}}]] }};"
    );
    let (posts, stderr) = listed(&site(&config));
    assert!(posts.is_empty());
    assert!(
        stderr.contains("the permalink is computed by `routeBasePath` in the configuration"),
        "{stderr}"
    );
    let config = format!(
        "export default {{ {object}, baseUrl: '/', presets: [['classic', {{blog: false}}]] }};"
    );
    let (posts, stderr) = listed(&site(&config));
    assert!(posts.is_empty());
    assert!(stderr.contains("warning[config-blog]"), "{stderr}");
}
