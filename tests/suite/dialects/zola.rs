//! Zola.

use super::{check, only_content, zola};

#[test]
fn names_and_slugs() {
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
fn dates_and_tags() {
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
fn languages_and_sections() {
    let text = "=+++\ntitle = 'T'\ndate = 2020-01-02\n+++\n";
    let day = "2020-01-02T00:00:00+00:00";
    let site = zola("ignored_content = ['*/ig/*', '**/skipme.md', 'notme.md']\n[languages.fr]\n")
        .file("content/shut/_index.md", "+++\ndraft = true\n+++\n")
        .file("content/trans/_index.md", "+++\ntransparent = true\n+++\n")
        .file("content/half/_index.md", "+++\n+++\n")
        .file("content/half/_index.fr.md", "+++\ndraft = true\n+++\n");
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
            // One draft shuts the folder in every language.
            ("content/half/x.md", text, &format!("/half/x/ {day} draft")),
            (
                "content/half/x.fr.md",
                text,
                &format!("/fr/half/x/ {day} draft"),
            ),
            (
                "content/b/2024-13-45-bad.md",
                text,
                &format!("/b/2024-13-45-bad/ {day}"),
            ),
            ("content/ig/a.md", text, ""),
            ("content/b/skipme.md", text, ""),
            ("content/notme.md", text, &format!("/notme/ {day}")),
        ],
    );
}

#[test]
fn slugs_as_configured() {
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
fn links_to_files() {
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

/// As Zola 0.22 resolves them: pages without a date and sections have addresses, too.
#[test]
fn links_to_pages_that_are_no_posts() {
    let check = |link: &str, expected: &str| {
        let site = zola("[languages.fr]\n")
            .file("content/_index.md", "+++\n+++\n")
            .file("content/_index.fr.md", "+++\n+++\n")
            .file("content/p/_index.md", "+++\n+++\n")
            .file("content/p/_index.fr.md", "+++\n+++\n")
            .file("content/p/b/index.md", "+++\ntitle = 'B'\n+++\n")
            .file("content/p/c/index.md", "+++\npath = 'red-zone'\n+++\n")
            .file("content/p/e.md", "+++\nslug = 'other'\n+++\n")
            .file(
                "content/p/a.md",
                &format!("+++\ntitle = 'A'\ndate = 2020-01-03\n+++\n[x]({link})\n"),
            );
        let url = format!("<p><a href=\"https://example.gov{expected}\">x</a></p>");
        assert_eq!(only_content(&site), url, "{link}");
    };
    check("@/p/b/index.md", "/p/b/");
    check("@/p/c/index.md#part", "/red-zone/#part");
    check("@/p/e.md", "/p/other/");
    check("@/_index.md", "/");
    check("@/_index.fr.md", "/fr/");
    check("@/p/_index.md", "/p/");
    check("@/p/_index.fr.md", "/fr/p/");
}

/// The posts of `atom.xml` as Zola 0.22 has it, by where `generate_feeds` stands.
#[test]
fn the_main_feed() {
    let check = |config: &str, sections: &[(&str, &str)], expected: &[&str]| {
        let site = zola(config).file("feedwright.yaml", "feeds: {limit: 9}\n");
        let post = |title: &str| format!("+++\ntitle = '{title}'\ndate = 2024-01-03\n+++\nb\n");
        let site = site
            .file("content/z.md", &post("z"))
            .file("content/a/x.md", &post("a"))
            .file("content/b/x/index.md", &post("b"));
        let site = sections.iter().fold(site, |site, (folder, keys)| {
            site.file(
                &format!("content/{folder}_index.md"),
                &format!("+++\n{keys}\n+++\n"),
            )
        });
        site.build().assert_ok();
        let feed = site
            .files("")
            .into_iter()
            .find(|file| file == "static/feeds/feed.json");
        let feed = site.read(&feed.expect("a feed"));
        let feed: serde_json::Value = serde_json::from_str(&feed).expect("JSON");
        let mut titles: Vec<String> = crate::site::entries(&feed)
            .into_iter()
            .map(|entry| entry.title)
            .collect();
        titles.sort();
        assert_eq!(titles, expected, "{config} {sections:?}");
    };
    let feeds = "generate_feeds = true";
    let transparent = "generate_feeds = true\ntransparent = true";
    check(feeds, &[("", feeds), ("a/", feeds)], &["a", "b", "z"]);
    check("", &[("", feeds), ("a/", "")], &["z"]);
    check(
        "",
        &[("", feeds), ("a/", "transparent = true")],
        &["a", "z"],
    );
    check(
        "",
        &[("", ""), ("a/", transparent), ("b/", feeds)],
        &["a", "b"],
    );
    check("", &[("a/", transparent), ("b/", "")], &["a"]);
    check("", &[], &["a", "b", "z"]);
}

#[test]
fn emoji_where_the_site_has_them() {
    let post = "+++\ntitle = 'T'\ndate = 2024-01-03\n+++\n:smile:\n";
    let emoji = zola("[markdown]\nrender_emoji = true\n").file("content/a.md", post);
    assert_eq!(only_content(&emoji), "<p>😄</p>");
    let plain = zola("").file("content/a.md", post);
    assert_eq!(only_content(&plain), "<p>:smile:</p>");
}
