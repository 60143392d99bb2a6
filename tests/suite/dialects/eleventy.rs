//! Eleventy.

use super::{check, eleventy, listed, only_content};
use crate::site::Site;

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

/// As Eleventy 3 publishes them: layouts give what nothing nearer does, and templates that compute are
/// filled in.
#[test]
fn permalinks_of_layouts_and_computed_data() {
    check(
        eleventy("")
            .file(
                "src/_includes/post.html",
                "---\npermalink: \"/h/{{ page.fileSlug }}/\"\ntags: writing\nlayout: base.njk\n---\n",
            )
            .file("src/_includes/base.njk", "---\ntags: site\n---\n")
            .file("src/other/other.json", "{\"layout\": \"post\"}")
            .file("src/data/data.11tydata.json", "{\"permalink\": \"/j/{{ page.fileSlug }}/\"}"),
        &[
            (
                "src/posts/a.md",
                "layout: post.html\ntitle: A\ndate: 2024-01-02",
                "/h/a/ 2024-01-02T00:00:00+00:00 site|writing",
            ),
            (
                "src/other/b.md",
                "title: B\ndate: 2024-01-02",
                "/h/b/ 2024-01-02T00:00:00+00:00 site|writing",
            ),
            (
                "src/data/c.md",
                "layout: post.html\ntitle: C\ndate: 2024-01-02",
                "/j/c/ 2024-01-02T00:00:00+00:00 site|writing",
            ),
            (
                "src/posts/d.md",
                "title: D e\ndate: 2024-01-02\npermalink: /no/\neleventyComputed:\n  permalink: \"/e/{{ title | slugify }}/\"",
                "/e/d-e/ 2024-01-02T00:00:00+00:00",
            ),
        ],
    );
}

/// What computes is named, and no address is made up.
#[test]
fn permalinks_that_code_computes_for_all_pages() {
    let post = "title: A b\ndate: 2024-01-02";
    let check = |config: &str, more: &dyn Fn(Site) -> Site, by: &str| {
        let site = Site::empty().file("eleventy.config.js", config).file(
            "feedwright.yaml",
            "site: {title: S, url: 'https://example.gov'}\n",
        );
        let (posts, stderr) = listed(&more(site.post("posts/a.md", post)));
        let is_named = stderr.contains(&format!("the permalink is computed by {by}"));
        assert_eq!(is_named, !by.is_empty(), "{config}: {stderr}");
        assert_eq!(posts.contains_key("posts/a.md"), by.is_empty(), "{config}");
    };
    let same = |site: Site| site;
    let code = |line: &str| format!("export default (c) => {{ {line} }};");
    check(
        &code("c.addGlobalData('permalink', () => (data) => `/x/${data.page.fileSlug}/`);"),
        &same,
        "`addGlobalData` in the configuration",
    );
    check(
        &code("c.addUrlTransform((page) => page.url.replace('a', 'b'));"),
        &same,
        "`addUrlTransform` in the configuration",
    );
    check(
        &code("c.addFilter('slugify', (text) => text.toUpperCase());"),
        &|site| {
            site.post(
                "posts/a.md",
                &format!("{post}\npermalink: /{{{{ title | slugify }}}}/"),
            )
        },
        "the filter `slugify`",
    );
    check(
        &code(""),
        &|site| {
            site.file(
                "_data/eleventyComputed.js",
                "export default { permalink: (d) => '/d/' + d.page.fileSlug + '/' };",
            )
        },
        "_data/eleventyComputed.js",
    );
    // What only holds drafts back passes on what pages say.
    check(
        &code(
            "c.addGlobalData('eleventyComputed.permalink', () => (data) => data.draft ? false : \
             data.permalink);",
        ),
        &same,
        "",
    );
}

#[test]
fn front_matter_in_javascript_is_named() {
    let site = eleventy("").file(
        "src/posts/a.md",
        "---js\n{ title: 'A', date: '2024-01-02' }\n---\nText.\n",
    );
    let (_, stderr) = listed(&site);
    assert!(
        stderr.contains(
            "warning[post-format]: the front matter is in js, which feedwright does not read"
        ),
        "{stderr}"
    );
}

/// As Eleventy 3 has them: whatever is processed and dated is in its collections.
#[test]
fn templates_with_a_date_are_posts() {
    let day = |day: u8| format!("title: T\ndate: 2024-01-0{day}");
    let at = |name: &str, day: u8| format!("/blog/{name}/ 2024-01-0{day}T00:00:00+00:00");
    let rows = |has_templates: bool| {
        let shown = |name: &str, day: u8| match has_templates {
            true => at(name, day),
            false => String::new(),
        };
        [
            ("src/blog/page.html", day(2), at("page", 2)),
            ("src/blog/nunjucks.njk", day(3), shown("nunjucks", 3)),
            ("src/blog/liquid.liquid", day(4), shown("liquid", 4)),
            (
                "src/blog/2024-01-05-named.njk",
                "title: T".to_owned(),
                shown("2024-01-05-named", 5),
            ),
            (
                "src/blog/list.njk",
                format!("{}\npagination: {{data: collections.blog}}", day(6)),
                String::new(),
            ),
            ("src/index.njk", "title: T".to_owned(), String::new()),
        ]
    };
    for (config, has_templates) in [
        ("", true),
        ("config.setTemplateFormats('md, html');", false),
    ] {
        let rows = rows(has_templates);
        let rows: Vec<_> = rows
            .iter()
            .map(|(path, text, expected)| (*path, text.as_str(), expected.as_str()))
            .collect();
        let stderr = check(eleventy(config), &rows);
        let is_named = stderr.contains("list.njk") || stderr.contains("index.njk");
        assert!(!is_named, "{stderr}");
    }
    let site = eleventy("").file(
        "src/blog/a.njk",
        "---\ntitle: T\ndate: 2024-01-02\n---\n{{ x }}\n",
    );
    let run = site.run(&["build", "--output", "."]);
    run.assert_ok();
    assert!(
        run.stderr.contains("warning[post-format]"),
        "{}",
        run.stderr
    );
    assert!(!site.read("feeds/atom.xml").contains("{{"));
}

/// The command that builds the site may say more than its configuration.
#[test]
fn folders_of_the_command() {
    let url = |package: &str, files: &[(&str, &str)]| {
        let settings = "site: {title: S, url: https://example.gov, timezone: UTC}\n";
        let site = Site::empty()
            .file("feedwright.yaml", settings)
            .file("package.json", package)
            .post("src/blog/a.md", "title: A\ndate: 2024-01-02\ntags: posts");
        let site = files
            .iter()
            .fold(site, |site, (path, text)| site.file(path, text));
        let (posts, stderr) = listed(&site);
        (
            posts["src/blog/a.md"]["url"]
                .as_str()
                .unwrap_or_default()
                .to_owned(),
            stderr,
        )
    };
    let package = |script: &str| {
        format!(
            "{{\"scripts\": {{\"build\": \"{script}\"}}, \"dependencies\": {{\"@11ty/eleventy\": \"3\"}}}}"
        )
    };
    let by_option = package("npx @11ty/eleventy --input=src --pathprefix docs");
    assert_eq!(url(&by_option, &[]).0, "https://example.gov/docs/blog/a/");
    let by_config = package("eleventy --config=own.mjs");
    let base = (
        "base.mjs",
        "export default function (c) { c.setInputDirectory('src'); }\n",
    );
    let own = (
        "own.mjs",
        "import base from './base.mjs';\nexport default base;\n",
    );
    assert_eq!(
        url(&by_config, &[base, own]).0,
        "https://example.gov/blog/a/"
    );
    let computed = (
        "eleventy.config.js",
        "export default () => ({ dir: { input: folder() } });\n",
    );
    let (_, stderr) = url(&package("eleventy"), &[computed]);
    assert!(
        stderr.contains("warning[setting-computed]: the input folder is computed by code"),
        "{stderr}"
    );
}
