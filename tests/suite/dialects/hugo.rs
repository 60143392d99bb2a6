//! Hugo: names, permalinks, dates and states of pages.

use super::{Row, check, hugo};
use crate::site::Site;

#[test]
fn names_and_slugs() {
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
fn permalinks() {
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
fn dates_tags_and_states() {
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
fn dates_in_names() {
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

/// Seen in 0.168, whose fence is the first three hyphens of six; of two keys in YAML, versions up to
/// 0.151 take the last.
#[test]
fn front_matter_that_hugo_takes() {
    check(
        hugo(""),
        &[
            (
                "content/posts/a.md",
                "=------\ntitle: A\ndate: 2024-01-02\n------\nText.\n",
                "/posts/a/ 2024-01-02T00:00:00+00:00",
            ),
            (
                "content/posts/b.md",
                "title: B\ndate: 2024-01-02\ntags: [x]\ntags: [y]",
                "/posts/b/ 2024-01-02T00:00:00+00:00 y",
            ),
        ],
    );
}

/// Without `mainSections`, the largest section is the main one: where one has dates, that of these.
#[test]
fn the_main_section_has_dates() {
    let docs = |site: Site, front_matter: &str| {
        (0..5).fold(site, |site, at| {
            site.post(&format!("content/docs/{at}.md"), front_matter)
        })
    };
    let blog = || {
        hugo("")
            .post("content/blog/a.md", "title: A\ndate: 2024-01-01")
            .post("content/blog/b.md", "title: B\ndate: 2024-01-02")
    };
    let site = docs(blog(), "title: D\nweight: 1");
    let run = site.build();
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(site.read("static/feeds/atom.xml").contains("/blog/b/"));
    // Where the main section has drafts alone, the others are no drafts.
    let site = docs(blog(), "title: D\ndate: 2024-02-01\ndraft: true");
    let run = site.build();
    assert_eq!(run.code, 1);
    assert!(
        run.stderr
            .starts_with("error[no-posts]: none of the 7 posts is one that a feed takes\n"),
        "{}",
        run.stderr
    );
}
