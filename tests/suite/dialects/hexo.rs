//! Hexo.

use super::{check, hexo};
use crate::site::Site;

#[test]
fn posts() {
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
fn names_of_files() {
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
fn patterns() {
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
fn settings() {
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
fn fences() {
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

/// As Hexo 8.1 has it where the machine's clock shows UTC.
#[test]
fn the_day_of_a_date_with_a_zone() {
    check(
        hexo("timezone: Asia/Shanghai\npermalink: :year/:month/:day/:title/\n"),
        &[(
            "source/_posts/zoned.md",
            "title: T\ndate: 2019-11-13T03:29:53.000+00:00",
            "/2019/11/12/zoned/ 2019-11-13T03:29:53+00:00",
        )],
    );
}

/// As Hexo 7 has them with hexo-renderer-marked 7: pictures count from the root; links do not. Those in the
/// post's own folder do not either, though Hexo takes them there only with `postAsset`. A post is known
/// by its name without the date.
#[test]
fn pictures_and_links_to_posts() {
    let text = "title: A\ndate: 2022-01-02\n---\n![a](images/a.png) ![b](own.png) ![c](/x.png) [d](images/a.png) \
                {% post_link use-it %}";
    let site = |config: &str| {
        hexo(&format!(
            "new_post_name: :year-:month-:day-:title.md\n{config}"
        ))
        .file("source/_posts/2022-01-02-a.md", &format!("---\n{text}\n"))
        .file("source/_posts/2022-01-02-a/own.png", "x")
        .file(
            "source/_posts/2021-06-11-use-it.md",
            "---\ntitle: Use it\n---\nx\n",
        )
    };
    let own = "2022/01/02/a/own.png";
    let below = "2022/01/02/a/images/a.png";
    for (config, found) in [
        ("", ["images/a.png", "own.png", "x.png", below]),
        (
            "post_asset_folder: true\n",
            ["images/a.png", own, "x.png", below],
        ),
        (
            "marked: {prependRoot: false}\n",
            [below, own, "x.png", below],
        ),
    ] {
        let site = site(config);
        site.build().assert_ok();
        let feed = site
            .files("")
            .into_iter()
            .find(|file| file.ends_with("feed.json"));
        let feed: serde_json::Value =
            serde_json::from_str(&site.read(&feed.expect("a feed"))).expect("JSON");
        let html = feed["items"][0]["content_html"].as_str().expect("HTML");
        let urls = html
            .split('"')
            .filter_map(|part| part.strip_prefix("https://example.gov/"));
        let urls: Vec<&str> = urls.collect();
        let expected = [&found[..], &["2021/06/11/use-it/"]].concat();
        assert_eq!(urls, expected, "{config}");
    }
}

#[test]
fn lines_that_begin_with_colons() {
    let check = |text: &str, expected: &str| {
        super::markdown::check(&super::markdown::HEXO, text, expected);
    };
    check("set\n:::-x { a }", "<p>set<br>:::-x { a }</p>");
    check("set\n::-x { a }", "<p>set<br>::-x { a }</p>");
}
