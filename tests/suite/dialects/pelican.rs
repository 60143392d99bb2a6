//! Pelican.

use super::{Row, check, listed, only_content, pelican};
use crate::site::Site;

#[test]
fn articles() {
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
fn patterns() {
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
fn slugs_and_dates_by_default() {
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
fn settings_are_literals() {
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
fn links_to_files() {
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
fn dates() {
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
fn ids_as_pelican_writes_them() {
    let site = pelican("SLUGIFY_USE_UNICODE = True\n")
        .file("content/a.md", "Title: Été\nDate: 2020-01-02\n\nText.\n");
    let (posts, stderr) = listed(&site);
    assert_eq!(
        posts["content/a.md"]["id"], "tag:example.gov,2020-01-02:/été.html",
        "{stderr}"
    );
}

/// Python-Markdown reads lines of keys and values between fences, too, and no YAML.
#[test]
fn fences_hold_lines_and_no_yaml() {
    let site = pelican("")
        .post(
            "content/a.md",
            "title: Realtime sync #4\ndate: 2024-01-02 10:00\ntags: a, b",
        )
        .post(
            "content/b.md",
            "title: A: B\ndate: 2024-01-03\ncategory: X: y",
        )
        .post(
            "content/c.md",
            "title: \"Double\"\ndate: 2024-01-04\ntags: [x, y]",
        );
    let (posts, stderr) = listed(&site);
    let of = |path: &str, key: &str| posts[path][key].clone();
    assert_eq!(of("content/a.md", "title"), "Realtime sync #4", "{stderr}");
    assert_eq!(of("content/a.md", "tags"), serde_json::json!(["a", "b"]));
    assert_eq!(of("content/b.md", "title"), "A: B");
    assert_eq!(of("content/c.md", "title"), "\"Double\"");
    assert_eq!(of("content/c.md", "tags"), serde_json::json!(["[x", "y]"]));
}

/// Settings of other files are read where they are in the site; what code computes is named.
#[test]
fn settings_that_come_from_elsewhere() {
    let article = |site: Site| site.file("content/a.md", "Title: A\nDate: 2024-01-02\n\nText.\n");
    let site = article(pelican("from base.common import *\n")).file(
        "base/common.py",
        "ARTICLE_URL = 'posts/{slug}/'\nTIMEZONE = 'UTC'\n",
    );
    let (posts, stderr) = listed(&site);
    assert_eq!(
        posts["content/a.md"]["url"], "https://example.gov/posts/a/",
        "{stderr}"
    );
    let (_, stderr) = listed(&article(pelican("from elsewhere import *\n")));
    assert!(
        stderr.contains("warning[setting-computed]: settings are taken from `elsewhere`, which is not in the site"),
        "{stderr}"
    );
    let (posts, stderr) = listed(&article(pelican("ARTICLE_URL = os.environ['URL']\n")));
    assert!(posts.is_empty());
    assert!(
        stderr.contains("the permalink is computed by `ARTICLE_URL` in the settings"),
        "{stderr}"
    );
    // What publishes says the last word.
    let site = article(pelican("ARTICLE_URL = os.environ['URL']\n")).file(
        "publishconf.py",
        "from pelicanconf import *\nARTICLE_URL = 'p/{slug}/'\n",
    );
    let (posts, stderr) = listed(&site);
    assert_eq!(
        posts["content/a.md"]["url"], "https://example.gov/p/a/",
        "{stderr}"
    );
}

#[test]
fn articles_on_another_host() {
    for (pattern, url) in [
        ("//blog.example.gov/{slug}/", "https://blog.example.gov/a/"),
        (
            "http://blog.example.gov/x/{slug}/",
            "http://blog.example.gov/x/a/",
        ),
        ("/{slug}/", "https://example.gov/a/"),
    ] {
        let site = pelican(&format!("ARTICLE_URL = '{pattern}'\n"))
            .file("content/a.md", "Title: A\nDate: 2024-01-02\n\nText.\n");
        let (posts, stderr) = listed(&site);
        assert_eq!(posts["content/a.md"]["url"], url, "{stderr}");
    }
}

/// Pelican tries the month first, and what makes no sense so with the day first.
#[test]
fn days_before_months() {
    let site = pelican("TIMEZONE = 'UTC'\n")
        .file("content/a.md", "Title: A\nDate: 24-05-2015\n\nText.\n")
        .file("content/b.md", "Title: B\nDate: 03-04-2015\n\nText.\n");
    let (posts, stderr) = listed(&site);
    assert_eq!(
        posts["content/a.md"]["published"], "2015-05-24T00:00:00+00:00",
        "{stderr}"
    );
    assert_eq!(
        posts["content/b.md"]["published"], "2015-03-04T00:00:00+00:00",
        "{stderr}"
    );
    // Who says the order means it.
    let site = site.file("feedwright.yaml", "dates: {order: mdy}\n");
    assert!(listed(&site).1.contains("error[date-impossible]"));
}

#[test]
fn titles_with_colons_in_structured_text() {
    let site = pelican("READERS = {'html': None}\n")
        .file(
            "content/a.rst",
            "HOWTO: this\n###########\n:date: 2015-01-27 07:04\n\nText.\n",
        )
        .file("content/part.html", "<p>Included.</p>\n");
    let (posts, stderr) = listed(&site);
    assert_eq!(posts["content/a.rst"]["title"], "HOWTO: this", "{stderr}");
    assert!(!stderr.contains("part.html"), "{stderr}");
}

/// As Python-Markdown 3.10 has it: a fence behind the lines of metadata belongs to them.
#[test]
fn fences_end_metadata() {
    for (head, expected) in [
        ("Title: A\nDate: 2024-01-02\n---\n\n", "<p>text</p>"),
        ("Title: A\nDate: 2024-01-02\n... x\n", "<p>text</p>"),
        ("Title: A\nDate: 2024-01-02\n\n---\n", "<hr>\n<p>text</p>"),
    ] {
        let site = pelican("").file("content/a.md", &format!("{head}text\n"));
        assert_eq!(super::only_content(&site), expected, "{head}");
    }
}
