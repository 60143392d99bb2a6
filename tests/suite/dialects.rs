//! What each generator's rules make of files and front matter, row by row.
//!
//! The expected values were seen in what the generators themselves build, not in what this
//! program says.

use std::collections::BTreeMap;

use crate::golden;
use crate::site::{NOW, Site};

/// A file, its text, and what `list` says of it: path of the URL, date, and tags between bars.
/// Nothing expected means that the file is not listed.
type Row<'a> = (&'a str, &'a str, &'a str);

/// Front matter alone gets fences of YAML; a text that begins with `=` is a whole file.
fn with_file(site: Site, path: &str, text: &str) -> Site {
    match text.strip_prefix('=') {
        Some(whole) => site.file(path, whole),
        None => site.post(path, text),
    }
}

fn listed(site: &Site) -> (BTreeMap<String, serde_json::Value>, String) {
    let run = site.run(&["list", "--json", "--now", NOW]);
    let posts = run
        .stdout
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .map(|post: serde_json::Value| (post["path"].as_str().expect("a path").to_owned(), post))
        .collect();
    (posts, run.stderr)
}

/// What is compared of a post.
fn seen(post: &serde_json::Value) -> String {
    let text = |key: &str| post[key].as_str().expect("a text").to_owned();
    let tags: Vec<&str> = post["tags"]
        .as_array()
        .expect("tags")
        .iter()
        .map(|tag| tag.as_str().expect("a tag"))
        .collect();
    let url = text("url");
    let path = url.strip_prefix("https://example.gov").unwrap_or(&url);
    let state = if post["draft"] == true { " draft" } else { "" };
    let tags = if tags.is_empty() {
        String::new()
    } else {
        format!(" {}", tags.join("|"))
    };
    format!("{path} {}{tags}{state}", text("published"))
}

/// Lists a site that has one file for every row, and nothing else that is a post.
fn check(site: Site, rows: &[Row<'_>]) -> String {
    let site = rows
        .iter()
        .fold(site, |site, (path, text, _)| with_file(site, path, text));
    let (posts, stderr) = listed(&site);
    let found: Vec<String> = rows
        .iter()
        .map(|(path, _, _)| {
            let seen = posts.get(*path).map(seen).unwrap_or_default();
            format!("{path}: {seen}")
        })
        .collect();
    let expected: Vec<String> = rows
        .iter()
        .map(|(path, _, expected)| format!("{path}: {expected}"))
        .collect();
    assert_eq!(found, expected, "{stderr}");
    for path in posts.keys() {
        let is_known = rows.iter().any(|(known, _, _)| known == path);
        assert!(is_known, "{path} is listed, and no row names it");
    }
    stderr
}

fn hugo(config: &str) -> Site {
    Site::empty().file(
        "hugo.toml",
        &format!("baseURL = 'https://example.gov/'\ntitle = 'Site'\n{config}"),
    )
}

fn zola(config: &str) -> Site {
    Site::empty().file(
        "config.toml",
        &format!("base_url = 'https://example.gov'\ntitle = 'Site'\n{config}"),
    )
}

fn eleventy(config: &str) -> Site {
    Site::empty()
        .file(
            "eleventy.config.js",
            &format!(
                "module.exports = function (config) {{\n{config}\n  \
                 return {{ dir: {{ input: 'src' }} }};\n}};\n"
            ),
        )
        .file(
            "src/_data/metadata.json",
            "{\"title\": \"Site\", \"url\": \"https://example.gov\"}",
        )
}

fn hexo(config: &str) -> Site {
    Site::empty()
        .file(
            "_config.yml",
            &format!("title: Site\nurl: https://example.gov\n{config}"),
        )
        .file("source/_posts/_keep.md", "")
}

fn pelican(config: &str) -> Site {
    Site::empty().file(
        "pelicanconf.py",
        &format!("SITENAME = 'Site'\nSITEURL = 'https://example.gov'\nPATH = 'content'\n{config}"),
    )
}

fn docusaurus(config: &str) -> Site {
    Site::empty().file(
        "docusaurus.config.js",
        &format!(
            "export default {{\n  title: 'Site',\n  url: 'https://example.gov',\n  \
             baseUrl: '/',\n{config}}};\n"
        ),
    )
}

fn astro(config: &str) -> Site {
    Site::empty()
        .file(
            "astro.config.mjs",
            &format!("export default defineConfig({{ site: 'https://example.gov', {config} }});\n"),
        )
        .file("feedwright.yaml", "site: {title: Site}\n")
        .file(
            "src/pages/blog/[...slug].astro",
            "const posts = await getCollection('blog');\n\
             return posts.map((post) => ({ params: { slug: post.id }, props: post }));\n",
        )
}

#[test]
fn jekyll_styles_of_permalinks() {
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
fn jekyll_excerpts_end_at_the_separator_of_the_site() {
    let site = Site::jekyll("excerpt_separator: '<!--cut-->'\n").file(
        "_posts/2020-02-03-a.md",
        "---\ntitle: A\n---\nFirst.\n\nSecond.\n<!--cut-->\nThird.\n",
    );
    let (posts, stderr) = listed(&site);
    let summary = &posts["_posts/2020-02-03-a.md"]["summary"];
    assert_eq!(*summary, "First. Second.", "{stderr}");
}

#[test]
fn hugo_names_and_slugs() {
    let dated = "title: T\ndate: 2024-01-02";
    let with = |more: &str| format!("{dated}\n{more}");
    let day = "2024-01-02T00:00:00+00:00";
    let row =
        |path: &'static str, more: &str, url: &str| (path, with(more), format!("{url} {day}"));
    let rows = [
        row("content/post/Hello World.md", "", "/post/hello-world/"),
        row("content/post/sp  ace.md", "", "/post/sp--ace/"),
        row("content/post/a - b.md", "", "/post/a---b/"),
        row("content/post/C++.md", "", "/post/c++/"),
        row("content/post/it's.md", "", "/post/its/"),
        row("content/post/100%.md", "", "/post/100/"),
        row("content/post/a.b.c.md", "", "/post/a.b.c/"),
        row("content/post/x_y.MD", "", "/post/x_y/"),
        row("content/post/été.md", "", "/post/%C3%A9t%C3%A9/"),
        row(
            "content/post/2017-02-20-title.md",
            "",
            "/post/2017-02-20-title/",
        ),
        row("content/post/_under/x.md", "", "/post/_under/x/"),
        row("content/Post Sec/a.md", "", "/post-sec/a/"),
        row("content/post/s1.md", "slug: My Slug", "/post/my-slug/"),
        row("content/post/s2.md", "slug: a/b", "/post/a/b/"),
        row("content/post/s3.md", "slug: -x-", "/post/x/"),
        row("content/post/s4.md", "slug: 'C#'", "/post/c%23/"),
        row("content/post/s5.md", "slug: 123", "/post/123/"),
        row(
            "content/post/s6.md",
            "slug: UPPER.Case",
            "/post/upper.case/",
        ),
        row("content/post/u1.md", "url: /abs/Path", "/abs/Path/"),
        row("content/post/u2.md", "url: /UP.HTML", "/UP.HTML"),
        row("content/post/u3.md", "url: /A B/C", "/A%20B/C/"),
        row("content/post/u4.md", "url: /xx/index.html", "/xx/"),
        row("content/post/u5.md", "url: rel/path", "/rel/path/"),
        row(
            "content/post/u6.md",
            "url: /:year/:month/:slug/",
            "/2024/01/t/",
        ),
        row("content/post/u7.md", "url: ''", "/post/u7/"),
        row("content/bundle/one/index.md", "", "/bundle/one/"),
        row("content/top.md", "", "/top/"),
    ];
    let rows: Vec<Row<'_>> = rows
        .iter()
        .map(|(path, text, expected)| (*path, text.as_str(), expected.as_str()))
        .chain([
            ("content/bundle/one/resource.md", dated, ""),
            ("content/bundle/one/sub/index.md", dated, ""),
            ("content/post/_index.md", dated, ""),
            ("content/post/.hidden.md", dated, ""),
            ("content/post/#lock.md", dated, ""),
            ("content/post/note.txt", dated, ""),
            ("content/post/undated.md", "title: Undated", ""),
        ])
        .collect();
    check(hugo(""), &rows);
}

#[test]
fn hugo_permalinks() {
    let site = hugo(
        "[permalinks]\nblog = '/:year/:monthname/:day/:title/'\n\
         notes = 'n/:section/:slugorfilename'\ndeep = '/d/:sections[1:]/:contentbasename/'\n\
         go = '/:2006/:Jan/:02/:slug.html'\npost-sec = '/sec/:filename/'\n\
         'globbed/in' = '/g/:yearday/:weekdayname/:filename/'\n",
    )
    .file("content/deep/a/_index.md", "---\ntitle: A\n---\n");
    check(
        site,
        &[
            (
                "content/blog/a.md",
                "title: What's New? It's \"quoted\"\ndate: 2024-01-02",
                "/2024/january/02/whats-new-its-quoted/ 2024-01-02T00:00:00+00:00",
            ),
            (
                "content/blog/b.md",
                "title: a/b/c\ndate: 2024-01-02",
                "/2024/january/02/a-b-c/ 2024-01-02T00:00:00+00:00",
            ),
            (
                "content/blog/c.md",
                "title: C++ & C#\ndate: 2024-01-02",
                "/2024/january/02/c-c/ 2024-01-02T00:00:00+00:00",
            ),
            (
                "content/blog/d.md",
                "title: em—dash – ½ cup, 100% sure\ndate: 2024-01-02",
                "/2024/january/02/emdash-cup-100-sure/ 2024-01-02T00:00:00+00:00",
            ),
            (
                "content/blog/e.md",
                "title: '#hash'\ndate: 2024-01-02",
                "/2024/january/02/%23hash/ 2024-01-02T00:00:00+00:00",
            ),
            // The day is that of the date's own zone.
            (
                "content/blog/f.md",
                "title: Zone\ndate: 2020-01-01T01:00:00+05:00",
                "/2020/january/01/zone/ 2020-01-01T01:00:00+05:00",
            ),
            // A slug is not in `:title`.
            (
                "content/blog/g.md",
                "title: The Title\nslug: other\ndate: 2024-01-02",
                "/2024/january/02/the-title/ 2024-01-02T00:00:00+00:00",
            ),
            (
                "content/notes/File Name.md",
                "title: T\ndate: 2024-01-02",
                "/n/notes/file-name/ 2024-01-02T00:00:00+00:00",
            ),
            (
                "content/notes/sub/slugged.md",
                "title: T\nslug: A+B\ndate: 2024-01-02",
                "/n/notes/a-b/ 2024-01-02T00:00:00+00:00",
            ),
            (
                "content/deep/a/b/c.md",
                "title: T\ndate: 2024-01-02",
                "/d/a/c/ 2024-01-02T00:00:00+00:00",
            ),
            (
                "content/deep/a/bundle/index.md",
                "title: T\ndate: 2024-01-02",
                "/d/a/bundle/ 2024-01-02T00:00:00+00:00",
            ),
            (
                "content/go/a.md",
                "title: A T\ndate: 2024-01-02",
                "/2024/jan/02/a-t.html/ 2024-01-02T00:00:00+00:00",
            ),
            (
                "content/Post Sec/a.md",
                "title: T\ndate: 2024-01-02",
                "/sec/a/ 2024-01-02T00:00:00+00:00",
            ),
            (
                "content/globbed/in/x.md",
                "title: T\ndate: 2024-02-07",
                "/g/38/wednesday/x/ 2024-02-07T00:00:00+00:00",
            ),
            (
                "content/globbed/x.md",
                "title: T\ndate: 2024-02-07",
                "/globbed/x/ 2024-02-07T00:00:00+00:00",
            ),
            // The type of a page does not change whose pattern it has.
            (
                "content/globbed/typed.md",
                "title: T\ntype: blog\ndate: 2024-02-07",
                "/globbed/typed/ 2024-02-07T00:00:00+00:00",
            ),
        ],
    );
}

#[test]
fn hugo_dates_tags_and_states() {
    let site = hugo("timeZone = 'America/New_York'\n");
    check(
        site,
        &[
            (
                "content/p/a.md",
                "title: T\ndate: 2024-01-02\ntags: [B, a, 5]",
                "/p/a/ 2024-01-02T00:00:00-05:00 B|a|5",
            ),
            (
                "content/p/b.md",
                "title: T\nDate: 2024-07-02T10:20:30\nTags: 'a, b'",
                "/p/b/ 2024-07-02T10:20:30-04:00 a, b",
            ),
            (
                "content/p/c.md",
                "title: T\npubdate: 2024-01-02T10:20:30Z\ntag: singular",
                "/p/c/ 2024-01-02T10:20:30+00:00",
            ),
            (
                "content/p/d.md",
                "title: T\nlastmod: 2024-01-02 10:20:30 +0200\nparams: {tags: [p]}",
                "/p/d/ 2024-01-02T10:20:30+02:00 p",
            ),
            (
                "content/p/e.md",
                "=+++\ntitle = 'T'\ndate = 2024-01-02\ntags = ['x']\n+++\nText.\n",
                "/p/e/ 2024-01-02T00:00:00-05:00 x",
            ),
            (
                "content/p/f.md",
                "={\"title\": \"T\", \"date\": \"2024-01-02\"}\n\nText.\n",
                "/p/f/ 2024-01-02T00:00:00-05:00",
            ),
            (
                "content/p/g.md",
                "title: T\ndate: 02 Jan 2024\ndraft: true",
                "/p/g/ 2024-01-02T00:00:00-05:00 draft",
            ),
            (
                "content/p/h.md",
                "title: T\ndate: 2024-01-02\nheadless: true",
                "/p/h/ 2024-01-02T00:00:00-05:00 draft",
            ),
            (
                "content/p/i.md",
                "title: T\ndate: 2024-01-02\nbuild: {render: never}",
                "/p/i/ 2024-01-02T00:00:00-05:00 draft",
            ),
            // `updated` and `created` mean nothing to Hugo.
            ("content/p/j.md", "title: T\nupdated: 2024-01-02", ""),
            ("content/p/k.md", "title: T\ncreated: 2024-01-02", ""),
        ],
    );
}

#[test]
fn hugo_dates_in_names() {
    let text = "title: T";
    check(
        hugo("[frontmatter]\ndate = [':filename', ':default']\n"),
        &[
            (
                "content/p/2017-02-20-title.md",
                text,
                "/p/title/ 2017-02-20T00:00:00+00:00",
            ),
            (
                "content/p/2017-02-21_Under Title.md",
                text,
                "/p/under-title/ 2017-02-21T00:00:00+00:00",
            ),
            (
                "content/p/2017-02-22-10-11-12-tt.md",
                text,
                "/p/tt/ 2017-02-22T10:11:12+00:00",
            ),
            (
                "content/p/2020-01-07--d.md",
                text,
                "/p/d/ 2020-01-07T00:00:00+00:00",
            ),
            (
                "content/p/2017-02-23.md",
                text,
                "/p/2017-02-23/ 2017-02-23T00:00:00+00:00",
            ),
            (
                "content/p/2017-02-24-bundle/index.md",
                text,
                "/p/bundle/ 2017-02-24T00:00:00+00:00",
            ),
            (
                "content/p/2017-02-25-own.md",
                "title: T\nslug: mine\ndate: 2020-01-01",
                "/p/mine/ 2017-02-25T00:00:00+00:00",
            ),
            ("content/p/2017-2-3-y.md", text, ""),
            (
                "content/p/undated.md",
                "title: T\ndate: 2020-01-01",
                "/p/undated/ 2020-01-01T00:00:00+00:00",
            ),
        ],
    );
}

#[test]
fn hugo_sections_and_cascades() {
    let site = hugo("[[cascade]]\ntags = ['site']\n[cascade.target]\npath = '/far/**'\n")
        .file(
            "content/p/_index.md",
            "---\ntitle: P\nslug: ss\ncascade:\n- {target: {path: /p/sub/**}, tags: [near], date: 2020-02-02}\n\
             - {tags: [all], draft: true, target: {path: '/p/hid*'}}\n---\n",
        );
    check(
        site,
        &[
            (
                "content/p/a.md",
                "title: T\ndate: 2024-01-02",
                "/ss/a/ 2024-01-02T00:00:00+00:00",
            ),
            (
                "content/p/sub/b.md",
                "title: T",
                "/ss/sub/b/ 2020-02-02T00:00:00+00:00 near",
            ),
            (
                "content/p/sub/own.md",
                "title: T\ndate: 2024-01-02\ntags: [own]",
                "/ss/sub/own/ 2024-01-02T00:00:00+00:00 own",
            ),
            (
                "content/p/hidden.md",
                "title: T\ndate: 2024-01-02",
                "/ss/hidden/ 2024-01-02T00:00:00+00:00 all draft",
            ),
            (
                "content/far/c.md",
                "title: T\ndate: 2024-01-02",
                "/far/c/ 2024-01-02T00:00:00+00:00 site",
            ),
        ],
    );
}

#[test]
fn hugo_languages() {
    let text = "title: T\ndate: 2024-01-02";
    let site = hugo(
        "[languages.en]\nweight = 1\n[languages.de]\nweight = 2\n\
         [languages.de.permalinks]\nnews = '/neues/:filename/'\n\
         [languages.it]\ndisabled = true\n[permalinks]\nnews = '/n/:filename/'\n",
    );
    let day = "2024-01-02T00:00:00+00:00";
    check(
        site,
        &[
            ("content/post/a.de.md", text, &format!("/de/post/a/ {day}")),
            ("content/post/a.md", text, &format!("/post/a/ {day}")),
            ("content/post/b.en.md", text, &format!("/post/b/ {day}")),
            ("content/post/c.fr.md", text, &format!("/post/c.fr/ {day}")),
            ("content/post/d.it.md", text, ""),
            (
                "content/post/x.y.de.md",
                text,
                &format!("/de/post/x.y/ {day}"),
            ),
            (
                "content/bundle/index.de.md",
                text,
                &format!("/de/bundle/ {day}"),
            ),
            ("content/news/a.md", text, &format!("/n/a/ {day}")),
            ("content/news/a.de.md", text, &format!("/de/neues/a/ {day}")),
            (
                "content/post/abs.de.md",
                "title: T\ndate: 2024-01-02\nurl: /abs/x",
                &format!("/abs/x/ {day}"),
            ),
            (
                "content/post/rel.de.md",
                "title: T\ndate: 2024-01-02\nurl: rel/x",
                &format!("/de/rel/x/ {day}"),
            ),
        ],
    );
}

#[test]
fn hugo_settings_of_paths() {
    let text = "title: T\ndate: 2024-01-02";
    let day = "2024-01-02T00:00:00+00:00";
    check(
        hugo("uglyURLs = true\n"),
        &[
            ("content/post/a.md", text, &format!("/post/a.html {day}")),
            (
                "content/post/v.1.md",
                text,
                &format!("/post/v.1.html {day}"),
            ),
            (
                "content/post/b/index.md",
                text,
                &format!("/post/b.html {day}"),
            ),
        ],
    );
    check(
        hugo("[uglyURLs]\npost = true\n"),
        &[
            ("content/post/a.md", text, &format!("/post/a.html {day}")),
            ("content/news/a.md", text, &format!("/news/a/ {day}")),
        ],
    );
    check(
        hugo("disablePathToLower = true\nremovePathAccents = true\n"),
        &[
            ("content/post/A  B.md", text, &format!("/post/A-B/ {day}")),
            ("content/post/Été.md", text, &format!("/post/Ete/ {day}")),
        ],
    );
    check(
        hugo("contentDir = 'pages'\nignoreFiles = ['post/z', 'w\\.md$']\n"),
        &[
            ("pages/post/a.md", text, &format!("/post/a/ {day}")),
            ("pages/post/z.md", text, ""),
            ("pages/w.md", text, ""),
            ("content/post/b.md", text, ""),
        ],
    );
}

#[test]
fn hugo_configurations_in_every_language() {
    let text = "title: T\ndate: 2024-01-02";
    let rows: [Row<'_>; 2] = [
        (
            "content/post/a.md",
            text,
            "/base/2024/a/ 2024-01-02T00:00:00-05:00",
        ),
        ("content/b.md", text, "/base/b/ 2024-01-02T00:00:00-05:00"),
    ];
    let toml = "baseURL = 'https://example.gov/base/'\ntitle = 'S'\n\
                timezone = 'America/New_York'\n[Permalinks]\npost = '/:year/:filename/'\n";
    let yaml = "baseURL: https://example.gov/base/\ntitle: S\ntimeZone: America/New_York\n\
                permalinks: {page: {post: /:year/:filename/}}\n";
    let json = "{\"baseurl\": \"https://example.gov/base/\", \"title\": \"S\", \
                \"timeZone\": \"America/New_York\", \"permalinks\": \
                [{\"pattern\": \"/:year/:filename/\", \"target\": {\"path\": \"/post\", \
                \"kind\": \"page\"}}]}";
    for (name, config) in [
        ("hugo.toml", toml),
        ("hugo.yaml", yaml),
        ("hugo.yml", yaml),
        ("hugo.json", json),
        ("config.toml", toml),
        ("config.yaml", yaml),
        ("config.json", json),
        ("config/_default/hugo.toml", toml),
        ("config/_default/config.yaml", yaml),
    ] {
        let said = check(Site::empty().file(name, config), &rows);
        assert_eq!(said, "", "{name}");
    }
    // The first file that there is counts, and the folder goes over it.
    let shadowed = Site::empty()
        .file("hugo.toml", toml)
        .file("config.toml", "baseURL = 'https://other.example/'\n");
    check(shadowed, &rows);
    let folder = Site::empty()
        .file(
            "hugo.toml",
            "baseURL = 'https://other.example/'\ntitle = 'S'\n\
             [permalinks]\npost = '/wrong/:filename/'\n",
        )
        .file(
            "config/_default/hugo.toml",
            "baseURL = 'https://example.gov/base/'\ntimeZone = 'America/New_York'\n",
        )
        .file(
            "config/_default/permalinks.toml",
            "post = '/:year/:filename/'\n",
        );
    check(folder, &rows);
    let production = Site::empty()
        .file("hugo.toml", &toml.replace("/base/", "/staging/"))
        .file(
            "config/production/hugo.yaml",
            "baseURL: https://example.gov/base/\n",
        );
    check(production, &rows);
}

#[test]
fn zola_names_and_slugs() {
    let text = "=+++\ntitle = 'T'\n+++\nText.\n";
    check(
        zola(""),
        &[
            (
                "content/blog/2018-10-10-dashed-title.md",
                text,
                "/blog/dashed-title/ 2018-10-10T00:00:00+00:00",
            ),
            (
                "content/blog/2018-10-11_under_score.md",
                text,
                "/blog/under-score/ 2018-10-11T00:00:00+00:00",
            ),
            (
                "content/blog/2018-10-12 - spaced.md",
                text,
                "/blog/spaced/ 2018-10-12T00:00:00+00:00",
            ),
            (
                "content/blog/2018-10-13 nosep.md",
                text,
                "/blog/2018-10-13-nosep/ 2018-10-13T00:00:00+00:00",
            ),
            (
                "content/blog/2018-10-14.md",
                text,
                "/blog/2018-10-14/ 2018-10-14T00:00:00+00:00",
            ),
            (
                "content/blog/2018-10-18-override.md",
                "=+++\ntitle = 'T'\ndate = 2001-01-01\n+++\n",
                "/blog/override/ 2001-01-01T00:00:00+00:00",
            ),
            (
                "content/2019-01-02-dated-dir/index.md",
                text,
                "/dated-dir/ 2019-01-02T00:00:00+00:00",
            ),
            (
                "content/posts/My Dir/2020-01-01-Some File_name.md",
                text,
                "/posts/My%20Dir/some-file-name/ 2020-01-01T00:00:00+00:00",
            ),
            (
                "content/Up_Case/2020-01-02-My_Page.md",
                text,
                "/Up_Case/my-page/ 2020-01-02T00:00:00+00:00",
            ),
            (
                "content/2020-01-03-日本語.md",
                text,
                "/ri-ben-yu/ 2020-01-03T00:00:00+00:00",
            ),
            // Without languages a full stop is one.
            (
                "content/2020-01-04-v1.2.md",
                text,
                "/v1-2/ 2020-01-04T00:00:00+00:00",
            ),
            (
                "content/p1.md",
                "=+++\ntitle = 'T'\ndate = 2020-01-05\npath = 'Some/Path/UP'\n+++\n",
                "/Some/Path/UP/ 2020-01-05T00:00:00+00:00",
            ),
            (
                "content/p2.md",
                "=+++\ntitle = 'T'\ndate = 2020-01-05\npath = 'with.html'\n+++\n",
                "/with.html/ 2020-01-05T00:00:00+00:00",
            ),
            (
                "content/s1.md",
                "=+++\ntitle = 'T'\ndate = 2020-01-05\nslug = 'Hello Wörld/x'\n+++\n",
                "/hello-world-x/ 2020-01-05T00:00:00+00:00",
            ),
            (
                "content/_under.md",
                "=+++\ntitle = 'T'\ndate = 2020-01-05\n+++\n",
                "/under/ 2020-01-05T00:00:00+00:00",
            ),
            ("content/2018-1-2-short.md", text, ""),
            ("content/x.markdown", "title: T\ndate: 2020-01-05", ""),
            ("content/blog/_index.md", "=+++\ntitle = 'T'\n+++\n", ""),
            ("content/blog/_index.fr.md", "=+++\ntitle = 'T'\n+++\n", ""),
        ],
    );
}

#[test]
fn zola_dates_and_tags() {
    check(
        zola("taxonomies = [{name = 'tags'}]\n"),
        &[
            (
                "content/a.md",
                "=+++\ntitle = 'T'\ndate = 2020-01-02T10:11:12\n[taxonomies]\ntags = ['a, b', 'C']\n+++\n",
                "/a/ 2020-01-02T10:11:12+00:00 a, b|C",
            ),
            (
                "content/b.md",
                "=+++\ntitle = 'T'\ndate = 2020-01-02 10:11:12\ntags = ['not one']\n+++\n",
                "/b/ 2020-01-02T10:11:12+00:00",
            ),
            (
                "content/c.md",
                "=+++\ntitle = 'T'\ndate = 2020-01-02T10:00:00.500+02:00\n+++\n",
                "/c/ 2020-01-02T10:00:00+02:00",
            ),
            (
                "content/d.md",
                "=+++\ntitle = 'T'\ndate = '2020-01-02T10:11'\n+++\n",
                "/d/ 2020-01-02T10:11:00+00:00",
            ),
            (
                "content/e.md",
                "=+++\ntitle = 'T'\ndate = '2020-5-6'\n+++\n",
                "/e/ 2020-05-06T00:00:00+00:00",
            ),
            (
                "content/f.md",
                "title: T\ndate: 2020-05-05 10:11:12 +02:00\ntaxonomies: {tags: [y]}",
                "/f/ 2020-05-05T10:11:12+02:00 y",
            ),
            (
                "content/g.md",
                "=+++\ntitle = 'T'\ndate = 2020-01-02\ndraft = true\n+++\n",
                "/g/ 2020-01-02T00:00:00+00:00 draft",
            ),
            (
                "content/h.md",
                "=\n\n+++\r\ntitle = 'T'\r\ndate = 2020-01-02\r\n+++\r\nText.\r\n",
                "/h/ 2020-01-02T00:00:00+00:00",
            ),
            (
                "content/i.md",
                "=+++\ntitle = 'T'\n[extra]\ndate = 2020-01-02\n+++\n",
                "",
            ),
        ],
    );
}

#[test]
fn zola_languages_and_sections() {
    let text = "=+++\ntitle = 'T'\ndate = 2020-01-02\n+++\n";
    let day = "2020-01-02T00:00:00+00:00";
    let site = zola("ignored_content = ['*/ig/*', '**/skipme.md', 'notme.md']\n[languages.fr]\n")
        .file("content/shut/_index.md", "+++\ndraft = true\n+++\n")
        .file("content/trans/_index.md", "+++\ntransparent = true\n+++\n");
    check(
        site,
        &[
            ("content/p.md", text, &format!("/p/ {day}")),
            ("content/p.fr.md", text, &format!("/fr/p/ {day}")),
            (
                "content/b/2021-03-04-x.fr.md",
                text,
                &format!("/fr/b/x/ {day}"),
            ),
            ("content/dir/index.fr.md", text, &format!("/fr/dir/ {day}")),
            (
                "content/own.fr.md",
                "=+++\ntitle = 'T'\ndate = 2020-01-02\npath = '/fr-abs'\n+++\n",
                &format!("/fr-abs/ {day}"),
            ),
            (
                "content/shut/deep/x.md",
                text,
                &format!("/shut/deep/x/ {day} draft"),
            ),
            (
                "content/trans/y2021/t1.md",
                text,
                &format!("/trans/y2021/t1/ {day}"),
            ),
            ("content/ig/a.md", text, ""),
            ("content/b/skipme.md", text, ""),
            ("content/notme.md", text, &format!("/notme/ {day}")),
        ],
    );
}

#[test]
fn zola_slugs_as_configured() {
    let slug = |slug: &str| format!("=+++\ntitle = 'T'\ndate = 2020-01-02\nslug = '{slug}'\n+++\n");
    let day = "2020-01-02T00:00:00+00:00";
    check(
        zola("[slugify]\npaths = 'safe'\n"),
        &[
            (
                "content/a.md",
                &slug("Given Slug/é?"),
                &format!("/Given%20Slug%C3%A9/ {day}"),
            ),
            (
                "content/b.md",
                &slug("A_B (c)."),
                &format!("/A_B%20(c)/ {day}"),
            ),
        ],
    );
    check(
        zola("[slugify]\npaths = 'off'\n"),
        &[("content/a.md", &slug("A/B c"), &format!("/A/B%20c/ {day}"))],
    );
    check(
        zola("[slugify]\npaths_keep_dates = true\n"),
        &[(
            "content/2020-02-02_Hé llo.md",
            "=+++\ntitle = 'T'\n+++\n",
            "/2020-02-02-he-llo/ 2020-02-02T00:00:00+00:00",
        )],
    );
}

#[test]
fn eleventy_addresses() {
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
fn eleventy_dates_and_tags() {
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
fn eleventy_data_of_folders_and_files() {
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
fn eleventy_ignores() {
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
fn hexo_posts() {
    check(
        hexo("timezone: UTC\n"),
        &[
            (
                "source/_posts/Sub Dir/Foo Bar.md",
                "title: T\ndate: 2020-01-01",
                "/2020/01/01/Sub%20Dir/Foo%20Bar/ 2020-01-01T00:00:00+00:00",
            ),
            (
                "source/_posts/2019-05-06-foo.md",
                "title: T\ndate: 2020-01-02 10:20:30\ntags: 'a, b'",
                "/2020/01/02/2019-05-06-foo/ 2020-01-02T10:20:30+00:00 a, b",
            ),
            (
                "source/_posts/a.b.c.md",
                "title: T\ndate: 2020/01/02\ntag: one\nslug: mine",
                "/2020/01/02/a.b.c/ 2020-01-02T00:00:00+00:00 one",
            ),
            (
                "source/_posts/zone.md",
                "title: T\ndate: 2020-01-01T01:00:00+05:00",
                "/2019/12/31/zone/ 2020-01-01T01:00:00+05:00",
            ),
            (
                "source/_posts/own.md",
                "title: T\ndate: 2020-01-02\npermalink: ':year/foo/'",
                "/:year/foo/ 2020-01-02T00:00:00+00:00",
            ),
            (
                "source/_posts/open.md",
                "=title: T\ndate: 2020-01-02\ntags: [x, x, '']\n---\nText.\n",
                "/2020/01/02/open/ 2020-01-02T00:00:00+00:00 x",
            ),
            (
                "source/_posts/hidden.md",
                "title: T\ndate: 2020-01-02\npublished: 'false'",
                "/2020/01/02/hidden/ 2020-01-02T00:00:00+00:00 draft",
            ),
            (
                "source/_posts/index.md",
                "title: T\ndate: 2020-01-02",
                "/2020/01/02/index/ 2020-01-02T00:00:00+00:00",
            ),
            ("source/_posts/undated.md", "title: T", ""),
            ("source/_posts/_x.md", "title: T\ndate: 2020-01-02", ""),
            ("source/_posts/_d/x.md", "title: T\ndate: 2020-01-02", ""),
            ("source/_posts/x.md~", "title: T\ndate: 2020-01-02", ""),
            ("source/_posts/x.txt", "title: T\ndate: 2020-01-02", ""),
            ("source/_drafts/x.md", "title: T\ndate: 2020-01-02", ""),
            ("source/about/index.md", "title: T\ndate: 2020-01-02", ""),
        ],
    );
}

#[test]
fn hexo_names_of_files() {
    check(
        hexo("timezone: UTC\nnew_post_name: :year-:month-:day-:title.md\n"),
        &[
            (
                "source/_posts/2019-05-06-foo.md",
                "title: T",
                "/2019/05/06/foo/ 2019-05-06T00:00:00+00:00",
            ),
            (
                "source/_posts/2019-05-07-foo.md",
                "title: T\ndate: 2020-01-02",
                "/2020/01/02/foo/ 2020-01-02T00:00:00+00:00",
            ),
            (
                "source/_posts/2019-5-6-q.md",
                "title: T\ndate: 2020-01-02",
                "/2020/01/02/2019-5-6-q/ 2020-01-02T00:00:00+00:00",
            ),
            (
                "source/_posts/plain name.md",
                "title: T\ndate: 2020-01-02",
                "/2020/01/02/plain-name/ 2020-01-02T00:00:00+00:00",
            ),
            (
                "source/_posts/sub/2019-05-06-z.md",
                "title: T\ndate: 2020-01-02",
                "/2020/01/02/sub-2019-05-06-z/ 2020-01-02T00:00:00+00:00",
            ),
        ],
    );
    check(
        hexo("timezone: UTC\nnew_post_name: :lang/:title.md\npermalink: :lang/:title/\n"),
        &[
            (
                "source/_posts/en/foo.md",
                "title: T\ndate: 2020-01-02",
                "/en/foo/ 2020-01-02T00:00:00+00:00",
            ),
            (
                "source/_posts/zh/a/foo.md",
                "title: T\ndate: 2020-01-02",
                "/zh/a/foo/ 2020-01-02T00:00:00+00:00",
            ),
        ],
    );
}

#[test]
fn hexo_patterns() {
    let one = |config: &str, front_matter: &str, expected: &str| {
        let text = format!("title: Hello Wörld, C++\ndate: 2020-03-04 05:06:07\n{front_matter}");
        let expected = format!("{expected} 2020-03-04T05:06:07+00:00");
        check(
            hexo(&format!("timezone: UTC\n{config}\n")),
            &[("source/_posts/d/a.md", &text, &expected)],
        );
    };
    one("permalink: :post_title/", "", "/hello-world-c/");
    one("permalink: p/:name.html", "", "/p/a.html");
    one("permalink: :i_month/:i_day/:title/", "", "/3/4/d/a/");
    one(
        "permalink: :hour-:minute-:second/:timestamp",
        "",
        "/05-06-07/1583298367",
    );
    one("permalink: :abbrlink.html", "abbrlink: 5a4b", "/5a4b.html");
    one(
        "permalink: :kind/:title/\npermalink_defaults: {kind: memo}",
        "",
        "/memo/d/a/",
    );
    one("permalink: :category/:name/", "", "/uncategorized/a/");
    one(
        "permalink: :category/:name/",
        "categories: [X Y, Z]",
        "/X-Y/Z/a/",
    );
    one(
        "permalink: :category/:name/\nfilename_case: 1",
        "categories: [[A, B], [C]]",
        "/c/a/",
    );
    one(
        "permalink: :category/:name/\ncategory_map: {Field Notes: notes}",
        "category: Field Notes",
        "/notes/a/",
    );
    one("permalink: p/:name\npost_asset_folder: true", "", "/p/a/");
    one(
        "permalink: p/:name.html\npretty_urls: {trailing_html: false}",
        "",
        "/p/a",
    );
    one(
        "permalink: p/:name/index.html\npretty_urls: {trailing_index: false}",
        "",
        "/p/a/",
    );
    // The hash is of the slug and the second.
    let text = "title: T\ndate: 2020-03-04 05:06:07";
    check(
        hexo("timezone: UTC\npermalink: :hash/\n"),
        &[(
            "source/_posts/a.md",
            text,
            "/8f1d1fb7a939/ 2020-03-04T05:06:07+00:00",
        )],
    );
}

#[test]
fn hexo_settings() {
    // The clock of the build machine is in UTC, whatever the site's zone is.
    check(
        hexo("timezone: Asia/Shanghai\nrender_drafts: true\nskip_render: [_posts/raw/**]\n"),
        &[
            (
                "source/_posts/a.md",
                "title: T\ndate: 2020-01-02",
                "/2020/01/01/a/ 2020-01-02T00:00:00+08:00",
            ),
            (
                "source/_drafts/b.md",
                "title: T\ndate: 2020-01-02 12:00:00",
                "/2020/01/02/b/ 2020-01-02T12:00:00+08:00 draft",
            ),
            ("source/_posts/raw/c.md", "title: T\ndate: 2020-01-02", ""),
        ],
    );
    let site = Site::empty().file(
        "_config.yml",
        "title: S\nurl: https://example.gov\ntimezone: UTC\nsource_dir: src\n",
    );
    check(
        site.file("feedwright.yaml", "content: {dialect: hexo}\n"),
        &[
            (
                "src/_posts/a.md",
                "title: T\ndate: 2020-01-02",
                "/2020/01/02/a/ 2020-01-02T00:00:00+00:00",
            ),
            ("source/_posts/b.md", "title: T\ndate: 2020-01-02", ""),
        ],
    );
}

#[test]
fn pelican_articles() {
    check(
        pelican("TIMEZONE = 'Europe/Paris'\n"),
        &[
            (
                "content/a.md",
                "=Title: L'été — à Noël\nDate: 2020-05-01\nTags: x; y, z; x\n\nText.\n",
                "/lete-a-noel.html 2020-05-01T00:00:00+02:00 x|y, z",
            ),
            (
                "content/b.md",
                "=title:C++ & C#\ndate: 2/1/2020 3pm\ntags: a, B ,, a\n\nText.\n",
                "/c-c.html 2020-02-01T15:00:00+01:00 a|B",
            ),
            (
                "content/d.md",
                "=Title: T\nDate: 2020-01-02T10:00:00Z\nSlug: My Slug/Sub É\n\nText.\n",
                "/My%20Slug/Sub%20%C3%89.html 2020-01-02T10:00:00+00:00",
            ),
            (
                "content/e.md",
                "=Title: T\nDate: 2020-01-02 10:00 +0200\nUrl: own/path/\n\nText.\n",
                "/own/path/ 2020-01-02T10:00:00+02:00",
            ),
            (
                "content/f.md",
                "=Title: Draft\nDate: 2020-01-02\nStatus: Draft\n\nText.\n",
                "/drafts/draft.html 2020-01-02T00:00:00+01:00 draft",
            ),
            (
                "content/g.md",
                "=Title: Autre\nDate: 2020-01-02\nLang: fr\n\nText.\n",
                "/autre-fr.html 2020-01-02T00:00:00+01:00",
            ),
            (
                "content/2021-03-04-x.md",
                "=Title: Named Day\n\nText.\n",
                "/named-day.html 2021-03-04T00:00:00+01:00",
            ),
            (
                "content/h.md",
                "=Title: a--b - c <i>It</i> &amp; d_e\nDate: Jan 2nd, 2020\n\nText.\n",
                "/a-b-c-it-d_e.html 2020-01-02T00:00:00+01:00",
            ),
            (
                "content/i.md",
                "=Title: Own Zone\nDate: 2020-01-02\nCategory: C\n    D\n\nText.\n",
                "/own-zone.html 2020-01-02T00:00:00+01:00",
            ),
            (
                "content/.hidden.md",
                "=Title: Dotted\nDate: 2020-01-02\n\nText.\n",
                "/dotted.html 2020-01-02T00:00:00+01:00",
            ),
            ("content/x.MD", "=Title: T\nDate: 2020-01-02\n\nText.\n", ""),
            (
                "content/pages/p.md",
                "=Title: T\nDate: 2020-01-02\n\nText.\n",
                "",
            ),
            ("content/undated.md", "=Title: T\n\nText.\n", ""),
        ],
    );
}

#[test]
fn pelican_patterns() {
    let site = pelican(
        "ARTICLE_URL = '{category}/{date:%Y}/{date:%-m}/{slug}/{kind}/'\n\
         ARTICLE_PATHS = ['posts', 'news']\nARTICLE_EXCLUDES = ['posts/not']\n\
         DEFAULT_CATEGORY = 'other'\nDEFAULT_METADATA = {'kind': 'k'}\n\
         FILENAME_METADATA = r'(?P<date>\\d{4}-\\d{2}-\\d{2})-(?P<slug>.*)'\n\
         IGNORE_FILES = ['.#*', 'skip*']\nSLUGIFY_SOURCE = 'basename'\n",
    );
    let day = "2020-02-03T00:00:00+00:00";
    check(
        site,
        &[
            (
                "content/posts/2020-02-03-Some Name.md",
                "=Title: T\n\nText.\n",
                &format!("/posts/2020/2/Some%20Name/k/ {day}"),
            ),
            (
                "content/posts/My Cat/a.md",
                "=Title: T\nDate: 2020-02-03\n\nText.\n",
                &format!("/my-cat/2020/2/a/k/ {day}"),
            ),
            (
                "content/posts/My Cat/b.md",
                "=Title: T\nDate: 2020-02-03\nCategory: Own One\nKind: z\n\nText.\n",
                &format!("/own-one/2020/2/b/z/ {day}"),
            ),
            (
                "content/news/Upper Name.md",
                "=Title: T\nDate: 2020-02-03\n\nText.\n",
                &format!("/news/2020/2/upper-name/k/ {day}"),
            ),
            (
                "content/news/fr.md",
                "=Title: T\nDate: 2020-02-03\nLang: fr\n\nText.\n",
                &format!("/fr-fr.html {day}"),
            ),
            (
                "content/posts/not/c.md",
                "=Title: T\nDate: 2020-02-03\n\nText.\n",
                "",
            ),
            (
                "content/posts/skipme.md",
                "=Title: T\nDate: 2020-02-03\n\nText.\n",
                "",
            ),
            ("content/d.md", "=Title: T\nDate: 2020-02-03\n\nText.\n", ""),
        ],
    );
}

#[test]
fn pelican_slugs_and_dates_by_default() {
    let site = pelican(
        "TIMEZONE = 'UTC'\nDEFAULT_DATE = (2012, 3, 2, 14, 1, 1)\n\
         SLUG_REGEX_SUBSTITUTIONS = [(r'[^\\w\\s-]', ''), (r'(?u)\\A\\s*', ''), \
         (r'(?u)\\s*\\Z', ''), (r'[-\\s]+', '_')]\n",
    );
    check(
        site,
        &[(
            "content/a.md",
            "=Title: Hello Big World!\n\nText.\n",
            "/hello_big_world.html 2012-03-02T14:01:01+00:00",
        )],
    );
}

#[test]
fn pelican_settings_are_literals() {
    let row: Row<'_> = (
        "content/a.md",
        "=Title: T\nDate: 2020-01-02\n\nText.\n",
        "/x/t.html 2020-01-02T00:00:00+01:00",
    );
    // Strings that are joined, comments, tuples, and settings of publishing over the others.
    let site = Site::empty()
        .file(
            "pelicanconf.py",
            "import os\nSITENAME = ('Si'  # a comment\n  'te')\nSITEURL = ''\nPATH = 'content'\n\
             TIMEZONE = \"Europe/Paris\"\nARTICLE_URL = 'wrong/{slug}.html'\n\
             if os.environ.get('X'):\n    ARTICLE_URL = 'indented/{slug}.html'\n",
        )
        .file(
            "publishconf.py",
            "from pelicanconf import *\nSITEURL = 'https://example.gov'\n\
             ARTICLE_URL = 'x/{slug}.html'\n",
        );
    check(site, &[row]);
}

#[test]
fn docusaurus_names() {
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
fn docusaurus_front_matter() {
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
fn docusaurus_settings() {
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
fn astro_ids() {
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
fn astro_front_matter() {
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
fn astro_addresses_as_configured() {
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
fn astro_routes() {
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

/// One post of every generator, at an address that only its own rules give it.
fn one_of_each() -> Vec<(&'static str, Site, &'static str)> {
    let dated = "title: T\ndate: 2024-01-02";
    vec![
        (
            "hugo",
            hugo("").post("content/post/A  B.md", dated),
            "/post/a--b/",
        ),
        (
            "zola",
            zola("").file(
                "content/Up_Case/2024-01-02-A_B.md",
                "+++\ntitle = 'T'\n+++\n",
            ),
            "/Up_Case/a-b/",
        ),
        (
            "eleventy",
            eleventy("").post("src/blog/2024-01-02-X y.md", "title: T"),
            "/blog/2024-01-02-X%20y/",
        ),
        (
            "hexo",
            hexo("timezone: UTC\n").post("source/_posts/A b.md", dated),
            "/2024/01/02/A%20b/",
        ),
        (
            "pelican",
            pelican("").file("content/a.md", "Title: A B\nDate: 2024-01-02\n\nText.\n"),
            "/a-b.html",
        ),
        (
            "docusaurus",
            docusaurus("").post("blog/2024-01-02-A b.md", "title: T"),
            "/blog/2024/01/02/A%20b",
        ),
        (
            "astro",
            astro("").post("src/content/blog/A b.md", "title: T\npubDate: 2024-01-02"),
            "/blog/a-b/",
        ),
    ]
}

#[test]
fn generators_are_recognized() {
    for (name, site, url) in one_of_each() {
        let (posts, stderr) = listed(&site);
        let urls: Vec<&str> = posts
            .values()
            .map(|post| post["url"].as_str().expect("a URL"))
            .collect();
        assert_eq!(
            urls,
            [format!("https://example.gov{url}")],
            "{name}: {stderr}"
        );
        assert_eq!(stderr, "", "{name}");
    }
}

/// Jekyll's configuration has the name of Hexo's, and Zola's that of Hugo's.
#[test]
fn generators_with_one_name_for_their_configuration() {
    let jekyll = Site::jekyll("").post("_posts/2024-01-02-a.md", "title: T");
    let (posts, _) = listed(&jekyll);
    assert_eq!(
        posts["_posts/2024-01-02-a.md"]["url"],
        "https://example.gov/2024/01/02/a.html"
    );
    let hugo = Site::empty()
        .file(
            "config.toml",
            "baseURL = 'https://example.gov'\ntitle = 'S'\n",
        )
        .post("content/p/A  b.md", "title: T\ndate: 2024-01-02");
    let (posts, _) = listed(&hugo);
    assert_eq!(
        posts["content/p/A  b.md"]["url"],
        "https://example.gov/p/a--b/"
    );
}

#[test]
fn patterns_of_the_configuration_go_over_the_generators() {
    for (name, site, _) in one_of_each() {
        let own = "site: {title: Site}\ncontent: {permalink: '/own/:year/:month/:day/x/'}\n";
        let (posts, stderr) = listed(&site.file("feedwright.yaml", own));
        let urls: Vec<&str> = posts
            .values()
            .map(|post| post["url"].as_str().expect("a URL"))
            .collect();
        assert_eq!(
            urls,
            ["https://example.gov/own/2024/01/02/x/"],
            "{name}: {stderr}"
        );
    }
}

#[test]
fn the_main_feed_has_what_is_included() {
    let site = hugo("[params]\nmainSections = ['news']\n")
        .post("content/news/a.md", "title: News\ndate: 2024-01-02")
        .post("content/docs/b.md", "title: Docs\ndate: 2024-01-02");
    let titles = |site: &Site| {
        let run = site.build_with(&["--output", "."]);
        // A note says which posts no feed has.
        assert_eq!(
            (run.code, run.stderr.as_str()),
            (0, "1 note (-v shows it)\n")
        );
        site.titles()
    };
    assert_eq!(titles(&site), ["News"]);
    let site = site.file(
        "feedwright.yaml",
        "content: {include: ['content/docs/**']}\n",
    );
    assert_eq!(titles(&site), ["Docs"]);
}

/// No file of the site changes: feeds are only added.
#[test]
fn sites_are_left_as_they_are() {
    for (name, site, _) in one_of_each() {
        let before: BTreeMap<String, String> = site
            .files("")
            .into_iter()
            .map(|file| (file.clone(), site.read(&file)))
            .collect();
        let run = site.build_with(&["--output", "made", "--preview"]);
        assert_eq!(run.code, 0, "{name}: {}", run.stderr);
        let mut after: BTreeMap<String, String> = site
            .files("")
            .into_iter()
            .map(|file| (file.clone(), site.read(&file)))
            .collect();
        after.retain(|file, _| !file.starts_with("made/"));
        assert_eq!(after, before, "{name}");
        assert!(site.path("made/feeds/rss.xml").is_file(), "{name}");
    }
}

fn computed(what: &str, path: &str) -> String {
    format!(
        "warning[permalink-computed]: the permalink is computed by {what}, which feedwright does \
         not run, so no feed has the post\n  --> {path}\n  help: write `permalink:` with the path \
         into the post, or set `content.permalink`\n"
    )
}

#[test]
fn computed_permalinks_are_named() {
    let expect = |site: Site, said: &str| {
        let (posts, stderr) = listed(&site);
        assert_eq!(stderr, said);
        assert!(posts.is_empty(), "{posts:?}");
    };
    let dated = "title: T\ndate: 2024-01-02";
    expect(
        eleventy("")
            .file(
                "src/posts/posts.11tydata.js",
                "module.exports = { permalink: (data) => make(data.title) };\n",
            )
            .post("src/posts/a.md", dated),
        &computed("src/posts/posts.11tydata.js", "src/posts/a.md"),
    );
    expect(
        eleventy("").post(
            "src/posts/a.md",
            &format!("{dated}\npermalink: '/{{{{ title | secret }}}}/'"),
        ),
        &computed("the filter `secret`", "src/posts/a.md:4:12"),
    );
    expect(
        eleventy("").post(
            "src/posts/a.md",
            &format!("{dated}\npermalink: '/{{% if x %}}a{{% endif %}}/'"),
        ),
        &computed("the template code in `permalink`", "src/posts/a.md:4:12"),
    );
    expect(
        hexo("timezone: UTC\npermalink: p/:abbrlink/\n").post("source/_posts/a.md", dated),
        &computed("whatever gives `:abbrlink` its value", "source/_posts/a.md"),
    );
    let astro_post = "title: T\npubDate: 2024-01-02";
    expect(
        astro("").post("src/content/notes/a.md", astro_post),
        &computed(
            "a page of `src/pages` that shows the collection `notes`",
            "src/content/notes/a.md",
        ),
    );
    expect(
        astro("")
            .file(
                "src/pages/notes/[id].astro",
                "const n = await getCollection('notes');\nreturn n.map((e) => ({ params: { id: make(e) } }));\n",
            )
            .post("src/content/notes/a.md", astro_post),
        &computed("src/pages/notes/[id].astro", "src/content/notes/a.md"),
    );
    expect(
        astro("")
            .file(
                "src/pages/notes/[id].astro",
                "const n = await getCollection('notes');\nreturn n.map((e) => ({ params: { id: e.data.code } }));\n",
            )
            .post("src/content/notes/a.md", astro_post),
        &computed(
            "the key `code`, which the post lacks",
            "src/content/notes/a.md",
        ),
    );
}

#[test]
fn posts_that_no_feed_can_have_are_named() {
    let expect = |site: Site, said: &str| {
        let (posts, stderr) = listed(&site);
        assert_eq!(stderr, said);
        assert!(posts.is_empty(), "{posts:?}");
    };
    let undated = |path: &str| {
        format!(
            "warning[date-missing]: the post has no date of its own, and that of the file says \
             nothing that lasts, so no feed has it\n  --> {path}\n  help: add `date: 2021-12-13` \
             to the front matter\n"
        )
    };
    expect(
        hexo("timezone: UTC\n").post("source/_posts/a.md", "title: T"),
        &undated("source/_posts/a.md"),
    );
    expect(
        docusaurus("").post("blog/a.md", "title: T"),
        &undated("blog/a.md"),
    );
    expect(
        pelican("").file("content/a.md", "Title: T\n\nText.\n"),
        &undated("content/a.md"),
    );
    expect(
        eleventy("").post("src/posts/a.md", "title: T\ndate: Created"),
        &undated("src/posts/a.md"),
    );
    let unreadable = |path: &str, what: &str| {
        format!(
            "warning[post-format]: the file is {what}, so no feed has it\n  --> {path}\n  help: \
             convert it to Markdown, or name it in `content.ignore` of feedwright.yaml\n"
        )
    };
    expect(
        pelican("").file("content/a.rst", "T\n#\n\n:date: 2020-01-02\n"),
        &unreadable(
            "content/a.rst",
            "reStructuredText, which feedwright does not read",
        ),
    );
    expect(
        hugo("").file("content/post/a.org", "#+TITLE: T\n"),
        &unreadable("content/post/a.org", "not Markdown or HTML"),
    );
    expect(
        hexo("timezone: UTC\n").file("source/_posts/a.ejs", "---\ntitle: T\n---\n"),
        &unreadable("source/_posts/a.ejs", "not Markdown or HTML"),
    );
    expect(
        eleventy("").file("src/posts/2024-01-02-a.njk", "---\ntitle: T\n---\n"),
        &unreadable(
            "src/posts/2024-01-02-a.njk",
            "a template, which feedwright does not run",
        ),
    );
    let unpublished = |path: &str, why: &str| {
        format!(
            "warning[post-unpublished]: pelican does not publish the post, because {why}, so no \
             feed has it\n  --> {path}\n  help: correct it, or name the file in `content.ignore` \
             of feedwright.yaml\n"
        )
    };
    expect(
        pelican("").file("content/a.md", "Date: 2020-01-02\n\nText.\n"),
        &unpublished("content/a.md", "it has no title"),
    );
    expect(
        pelican("").file(
            "content/a.md",
            "Title: T\nDate: 2020-01-02\nStatus: pending\n\nText.\n",
        ),
        &unpublished("content/a.md", "its status is none that Pelican knows"),
    );
}

/// Of two posts at one address the site shows one; that is a warning where a generator is known.
#[test]
fn one_of_two_posts_at_one_address() {
    let site = hugo("")
        .post("content/post/a.md", "title: A\ndate: 2024-01-03\nurl: /x/")
        .post("content/post/b.md", "title: B\ndate: 2024-01-02\nurl: /x/");
    let run = site.build_with(&["--output", "."]);
    run.assert_ok();
    assert_eq!(
        run.stderr,
        "warning[permalink-duplicate]: the permalink https://example.gov/x/ is also that of \
         content/post/a.md, which is shown there, so no feed has this post\n  --> \
         content/post/b.md\n  help: give one of the two another permalink, or remove it\n"
    );
    assert_eq!(site.titles(), ["A"]);
}

#[test]
fn configurations_that_cannot_be_read() {
    let post = "title: T\ndate: 2024-01-02";
    let said = |site: Site| {
        let run = site.run(&["list", "--json", "--now", NOW]);
        (run.code, run.stderr)
    };
    let (code, stderr) = said(
        Site::empty()
            .file("hugo.toml", "baseURL = 'https://example.gov'\ntitle = \n")
            .post("content/post/a.md", post),
    );
    assert_eq!(code, 2, "{stderr}");
    assert!(
        stderr.contains("error[config-generator]: the site's configuration cannot be read: "),
        "{stderr}"
    );
    assert!(stderr.contains("\n  --> hugo.toml:2"), "{stderr}");
    let (code, stderr) = said(hugo("ignoreFiles = ['(']\n").post("content/post/a.md", post));
    assert_eq!(code, 0, "{stderr}");
    assert!(
        stderr.starts_with(
            "warning[config-exclude]: `ignoreFiles` has a pattern that cannot be read: "
        ),
        "{stderr}"
    );
    let (code, stderr) = said(
        pelican("FILENAME_METADATA = r'(?P<date>x)(?!y)'\n")
            .file("content/a.md", "Title: T\nDate: 2020-01-02\n\nText.\n"),
    );
    assert_eq!(
        (code, stderr.as_str()),
        (
            0,
            "warning[config-generator]: `FILENAME_METADATA` has an expression that only Python \
             reads\n  --> pelicanconf.py\n  help: check the permalinks, and set \
             `content.permalink` in feedwright.yaml if they differ\n"
        )
    );
    let (code, stderr) = said(Site::empty().file(
        "docusaurus.config.js",
        "export default {title: 'S', url: 'https://example.gov', baseUrl: '/'};\n",
    ));
    assert_eq!(code, 0, "{stderr}");
    assert!(
        stderr.starts_with(
            "warning[config-blog]: the site has no folder `blog`, and feedwright does not run \
             the configuration to find another\n  --> docusaurus.config.js\n"
        ),
        "{stderr}"
    );
}

/// Configurations that are programs can hold anything; they end neither the program nor its
/// patience.
#[test]
fn hostile_configurations() {
    let deep = |open: &str, close: &str| open.repeat(100_000) + &close.repeat(100_000);
    let many = |piece: &str| piece.repeat(200_000 / piece.len());
    let sites = [
        docusaurus(&format!("  x: {},\n", deep("[", "]"))).post("blog/2024-01-02-a.md", "title: T"),
        docusaurus(&format!("  x: {},\n", deep("{a:", "}")))
            .post("blog/2024-01-02-a.md", "title: T"),
        docusaurus(&format!("  x: {},\n", many("({"))).post("blog/2024-01-02-a.md", "title: T"),
        docusaurus(&format!("  x: '{}\n", many("\\"))).post("blog/2024-01-02-a.md", "title: T"),
        pelican(&format!("X = {}\n", deep("(", ")")))
            .file("content/a.md", "Title: T\nDate: 2020-01-02\n\nText.\n"),
        pelican(&format!("X = {}\n", many("'a' ")))
            .file("content/a.md", "Title: T\nDate: 2020-01-02\n\nText.\n"),
        pelican(&format!("X = \"\"\"{}\n", many("\"\" ")))
            .file("content/a.md", "Title: T\nDate: 2020-01-02\n\nText.\n"),
        eleventy(&many("addFilter('x', ")).post("src/posts/a.md", "title: T\ndate: 2024-01-02"),
        eleventy("")
            .file(
                "src/posts/posts.11tydata.js",
                &format!("module.exports = {};", deep("{a: [", "]}")),
            )
            .post("src/posts/a.md", "title: T\ndate: 2024-01-02"),
        astro("")
            .file("src/content.config.ts", &many("defineCollection({ base: "))
            .file(
                "src/pages/x/[id].astro",
                &many("params: { id: getCollection("),
            )
            .post("src/content/blog/a.md", "title: T\ndate: 2024-01-02"),
    ];
    for (at, site) in sites.iter().enumerate() {
        let run = site.run(&["list", "--json", "--now", NOW]);
        assert!(
            matches!(run.code, 0..=2),
            "{at}: {} {}",
            run.code,
            run.stderr
        );
    }
}

/// `init` names the generator of every golden tree, and says which configurations are programs.
#[test]
fn init_recognizes_each() {
    let code = |file: &str| {
        format!(
            "  {file} is code and is not run: only what stands in it in plain words is known; \
             check `site` and `content.permalink`.\n"
        )
    };
    let sites = [
        ("astro", "an astro", code("astro.config.mjs")),
        ("docusaurus", "a docusaurus", code("docusaurus.config.js")),
        ("eleventy", "an eleventy", code("eleventy.config.js")),
        ("hexo", "a hexo", String::new()),
        ("hugo", "a hugo", String::new()),
        ("jekyll", "a jekyll", String::new()),
        (
            "pelican",
            "a pelican",
            code("pelicanconf.py")
                + "  1 file is in another format than Markdown or HTML; no feed has what is in there.\n",
        ),
        ("plain", "a plain", String::new()),
        ("zola", "a zola", String::new()),
    ];
    for (name, kind, more) in sites {
        let site = golden::site(name);
        if site.path("feedwright.yaml").is_file() {
            site.remove("feedwright.yaml");
        }
        let run = site.run(&["init"]);
        assert_eq!(run.code, 0, "{name}: {}", run.stderr);
        let (first, rest) = run.stdout.split_once('\n').expect("a line");
        assert!(
            first.starts_with(&format!("Wrote ./feedwright.yaml for {kind} site with ")),
            "{first}"
        );
        assert!(rest.starts_with(&more), "{name}: {rest}");
        assert_eq!(
            rest.contains(" is code "),
            more.contains(" is code "),
            "{rest}"
        );
        let config = site.read("feedwright.yaml");
        assert!(config.contains(&format!("  dialect: {name}\n")), "{config}");
    }
}

/// Every tree of `tests/golden` that a generator's configuration lies in is built without a
/// change to what it has.
#[test]
fn golden_sites_are_left_as_they_are() {
    for name in [
        "astro",
        "docusaurus",
        "eleventy",
        "hexo",
        "hugo",
        "pelican",
        "zola",
    ] {
        let site = golden::site(name);
        let sources = site.files("");
        let run = site.build();
        assert!(matches!(run.code, 0 | 1), "{name}: {}", run.stderr);
        for file in &sources {
            let was = std::fs::read(golden::tree(name).join(file)).expect("a file");
            assert_eq!(
                std::fs::read(site.path(file)).expect("a file"),
                was,
                "{name}/{file}"
            );
        }
        let new: Vec<String> = site
            .files("")
            .into_iter()
            .filter(|file| !sources.contains(file) && !file.starts_with("feeds/"))
            .collect();
        // What was published is promised; where nothing was, nothing is.
        let lock: &[&str] = match run.code {
            0 => &["feedwright.lock"],
            _ => &[],
        };
        assert_eq!(new, lock, "{name}");
    }
}

/// The content of a site's only post.
fn only_content(site: &Site) -> String {
    let run = site.build_with(&["--output", "."]);
    run.assert_ok();
    site.content()
}

#[test]
fn docusaurus_options_in_brackets() {
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
fn docusaurus_blog_at_the_root() {
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
fn docusaurus_rare_slugs() {
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
fn docusaurus_bodies() {
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

#[test]
fn hugo_patterns_by_globs() {
    check(
        hugo("[permalinks]\n'/post/**' = '/x/:filename/'\n"),
        &[(
            "content/post/a.md",
            "title: T\ndate: 2024-01-02",
            "/x/a/ 2024-01-02T00:00:00+00:00",
        )],
    );
}

#[test]
fn hugo_zones_of_languages() {
    check(
        hugo(
            "timeZone = 'America/New_York'\n[languages.en]\n[languages.de]\ntimeZone = 'Europe/Berlin'\n",
        ),
        &[(
            "content/post/a.de.md",
            "title: T\ndate: 2024-01-02",
            "/de/post/a/ 2024-01-02T00:00:00+01:00",
        )],
    );
}

#[test]
fn hexo_fences() {
    let day = "2020-01-02T00:00:00+00:00";
    check(
        hexo("timezone: UTC\n"),
        &[
            (
                "source/_posts/a.md",
                "=;;;\n\"title\": \"T\", \"date\": \"2020-01-02\"\n;;;\nText.\n",
                &format!("/2020/01/02/a/ {day}"),
            ),
            (
                "source/_posts/b.md",
                "=\"title\": \"T\",\n\"date\": \"2020-01-02\"\n;;;\nText.\n",
                &format!("/2020/01/02/b/ {day}"),
            ),
            (
                "source/_posts/c.md",
                "=----\ntitle: T\ndate: 2020-01-02\n----\nText.\n",
                &format!("/2020/01/02/c/ {day}"),
            ),
        ],
    );
}

#[test]
fn zola_links_to_files() {
    let site = zola("")
        .file(
            "content/blog/a.md",
            "+++\ntitle = 'A'\ndate = 2020-01-03\n+++\n[B](@/blog/2020-01-02-b.md#x)\n",
        )
        .file("content/blog/2020-01-02-b.md", "+++\ntitle = 'B'\n+++\n");
    assert_eq!(
        only_content(&site),
        "<p><a href=\"https://example.gov/blog/b/#x\">B</a></p>"
    );
}

#[test]
fn pelican_links_to_files() {
    let site = pelican("")
        .file(
            "content/x/a.md",
            "Title: A\nDate: 2020-01-03\n\n[B]({filename}../b.md#x) [C]({static}/images/c.png)\n",
        )
        .file("content/b.md", "Title: The B\nDate: 2020-01-02\n\nText.\n");
    assert_eq!(
        only_content(&site),
        "<p><a href=\"https://example.gov/the-b.html#x\">B</a> \
         <a href=\"https://example.gov/images/c.png\">C</a></p>"
    );
}

#[test]
fn pelican_dates() {
    let day = "2020-01-02T00:00:00+00:00";
    check(
        pelican(""),
        &[
            (
                "content/a.md",
                "=Title: A\nDate: 20200102\n\nText.\n",
                &format!("/a.html {day}"),
            ),
            (
                "content/b.md",
                "=Title: B\nDate: 2020.01.02\n\nText.\n",
                &format!("/b.html {day}"),
            ),
        ],
    );
}

#[test]
fn pelican_ids_as_pelican_writes_them() {
    let site = pelican("SLUGIFY_USE_UNICODE = True\n")
        .file("content/a.md", "Title: Été\nDate: 2020-01-02\n\nText.\n");
    let (posts, stderr) = listed(&site);
    assert_eq!(
        posts["content/a.md"]["id"], "tag:example.gov,2020-01-02:/été.html",
        "{stderr}"
    );
}

#[test]
fn eleventy_global_data_in_bodies() {
    let site = eleventy("").file(
        "src/posts/a.md",
        "---\ntitle: T\ndate: 2020-01-02\n---\n{{ metadata.title }}\n",
    );
    assert_eq!(only_content(&site), "<p>Site</p>");
}

#[test]
fn large_python_configurations() {
    let site = pelican(&"X = [\n".repeat(33_000))
        .file("content/a.md", "Title: T\nDate: 2020-01-02\n\nText.\n");
    let run = site.run(&["list", "--json", "--now", NOW]);
    assert!(matches!(run.code, 0..=2), "{}", run.stderr);
}

#[test]
fn taxonomies_of_the_sites_own() {
    let hugo = hugo("[taxonomies]\ntag = 'tags'\nseries = 'series'\n").post(
        "content/post/a.md",
        "title: T\ndate: 2024-01-02\nseries: [Storm Surge]\ntags: [x]",
    );
    let zola = zola("taxonomies = [{name = 'tags'}, {name = 'series', feed = true}]\n").file(
        "content/a.md",
        "+++\ntitle = 'T'\ndate = 2024-01-02\n[taxonomies]\nseries = ['Storm Surge']\n+++\nText.\n",
    );
    for site in [hugo, zola] {
        let run = site.build_with(&["--output", "."]);
        run.assert_ok();
        let feed = site.read("feeds/series/storm-surge/feed.json");
        assert!(feed.contains("\"title\": \"Site: Storm Surge\""), "{feed}");
    }
    let unknown = Site::new()
        .file(
            "feedwright.yaml",
            "site: {title: S, url: https://example.gov}\nfeeds: {taxonomies: [tag]}\n",
        )
        .post("a.md", "title: T\ndate: 2024-01-02");
    let run = unknown.build();
    run.assert_code(2);
    assert!(
        run.stderr.contains(
            "error[config-taxonomy]: `feeds.taxonomies` names `tag`, which the site does not have\n  \
             --> feedwright.yaml\n  help: known here: tags, categories, authors, sections, languages\n"
        ),
        "{}",
        run.stderr
    );
}
