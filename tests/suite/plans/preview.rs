//! The page that shows it.

#[cfg(unix)]
use std::fs;

use super::{page, plan, site};
use crate::site::{NOW, Site};

/// The part of a page from one text to the next.
#[track_caller]
fn between<'a>(page: &'a str, start: &str, end: &str) -> &'a str {
    let Some((_, rest)) = page.split_once(start) else {
        panic!("no {start} in {page}");
    };
    rest.split(end).next().unwrap_or(rest)
}

#[test]
fn a_preview_shows_what_people_would_get() {
    let site = site()
        .file(
            "content/d.md",
            "---\ntitle: Delta\ndate: 2024-01-05T09:30:00Z\nauthor: Ada\ntags: [x, y]\n\
             description: In short.\nimage: https://example.gov/d.png\n---\n\
             The **fourth** text with ![a map](m.png) and [a link](https://example.gov/l).\n",
        )
        .article(
            "c",
            "Gamma, corrected",
            "2024-01-03",
            "The third text & *more*.",
        );
    let before = site.files("");
    let run = plan(&site, &["--preview", "p.html"]);
    assert!(
        run.stdout.ends_with("The preview is in p.html.\n"),
        "{}",
        run.stdout
    );
    let mut after = site.files("");
    after.retain(|file| file != "p.html");
    assert_eq!(before, after, "nothing else is written");
    let page = site.read("p.html");
    assert!(page.contains("2 entries are new or changed."), "{page}");
    assert!(!page.contains("<script"), "{page}");

    let new = between(&page, "<h2 id=\"entry-1\"", "<h2 ");
    for part in [
        "A bulletin.",
        "In the next mail.",
        "<code>*|RSSITEM:TITLE|*</code></dt><dd><span lang=\"\" dir=\"auto\">Delta</span>",
        "<bdi class=\"address\">https://example.gov/d/</bdi>",
        "Fri, 05 Jan 2024 09:30:00 +0000",
        "In short.",
        ">x, y<",
        "https://example.gov/d.png",
        "5 January 2024, 09:30</time> · <bdi lang=\"\">Ada</bdi>",
        "The &lt;strong&gt;fourth&lt;/strong&gt; text with",
        "&lt;span class=&quot;media&quot;&gt;Image: a map&lt;/span&gt;",
    ] {
        assert!(new.contains(part), "{part} in {new}");
    }
    assert!(
        !new.contains("<h4>"),
        "there is nothing before a new one: {new}"
    );
    assert!(!new.contains("id=\"entry-1-podcast\""), "{new}");

    let changed = between(&page, "<h2 id=\"entry-2\"", "<footer>");
    assert!(page.contains("Changed: title, date updated, "), "{page}");
    assert!(
        changed.contains("A draft, and a message to the administrators"),
        "{changed}"
    );
    assert!(
        changed.contains("Nothing is sent: only a date after"),
        "{changed}"
    );
    let govdelivery = between(changed, "entry-2-govdelivery", "entry-2-mailchimp");
    let was = between(govdelivery, "<h4>Before</h4>", "<h4>After</h4>");
    assert!(
        was.contains(">Gamma<") && was.contains("The third text."),
        "{was}"
    );
    let is = between(govdelivery, "<h4>After</h4>", "</dl>");
    assert!(is.contains(">Gamma, corrected<"), "{is}");
}

#[test]
fn a_preview_of_one_consumer_is_of_that_alone() {
    let site = site().article("d", "Delta", "2024-01-05", "The fourth text.");
    let page = page(&site, &["--for", "govdelivery"]);
    assert!(page.contains("id=\"entry-1-govdelivery\""), "{page}");
    for other in ["mailchimp", "reader", "podcast"] {
        assert!(!page.contains(&format!("id=\"entry-1-{other}\"")), "{page}");
    }
    assert!(!page.contains("Mailchimp"), "{page}");
}

#[test]
fn an_entry_of_many_feeds_is_shown_once() {
    let site = Site::with("feeds: {taxonomies: [tags]}\n").post(
        "content/a.md",
        "title: Alpha\ndate: 2024-01-01\ntags: [x, y]",
    );
    site.build().assert_ok();
    let site = site.post(
        "content/b.md",
        "title: Beta\ndate: 2024-01-03\ntags: [x, y, z]",
    );
    let page = page(&site, &[]);
    assert_eq!(page.matches("<h2 ").count(), 1, "{page}");
    let feeds = between(&page, "<ul class=\"feeds\">", "</ul>");
    assert_eq!(feeds.matches("<li>").count(), 3, "{feeds}");
    assert!(feeds.contains("feeds/tags/y/rss.xml"), "{feeds}");
    assert!(page.contains("1 feed is new"), "that of z: {page}");
}

#[test]
fn a_preview_ends_somewhere() {
    let site = Site::with("feeds: {limit: 300}\n").body("Text.");
    site.build().assert_ok();
    let site = (0..250).fold(site, |site, number| {
        let title = format!("Post {number}");
        site.article(
            &format!("n{number}"),
            &title,
            "2024-02-01T10:00:00Z",
            "Text.",
        )
    });
    let page = page(&site, &[]);
    assert!(page.contains("entries are new or changed."), "{page}");
    let shown = page.matches("<h2 ").count();
    let total: usize = between(&page, "<p>", " entries are")
        .parse()
        .expect("a number");
    assert_eq!((shown, total), (200, 250));
    assert!(
        page.contains("50 entries more: <code>feedwright plan -v</code>"),
        "{page}"
    );
}

/// A feed of another program at the place of one of ours.
const HOSTILE: &str = r#"<?xml version="1.0"?><rss version="2.0"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>x</title>
<link>https://example.gov/</link><description>x</description><item>
<title>&lt;script&gt;alert(1)&lt;/script&gt; &#x202e;x "&gt;&lt;img src=x onerror=alert(1)&gt;</title>
<link>https://example.gov/a/"onmouseover="alert(1)</link><guid isPermaLink="false">https://example.gov/a/</guid>
<pubDate>Mon, 01 Jan 2024 00:00:00 +0000</pubDate>
<description>&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=https://evil.example/1&gt;</description>
<content:encoded><![CDATA[<p onclick="alert(1)">Old</p><iframe src="https://evil.example/2"></iframe></iframe>
<link rel=preconnect href=https://evil.example/3><meta http-equiv=refresh content="0;url=https://evil.example/4">
"><script src=https://evil.example/5></script><a href="javascript:alert(1)">x</a>]]></content:encoded>
</item></channel></rss>"#;

#[test]
fn a_preview_of_anybodys_feeds_runs_and_loads_nothing() {
    let site = Site::new().file(
        "content/a.md",
        "---\ntitle: \"Alpha \\\"><b onclick=alert(1)>&\"\ndate: 2024-01-01\n---\nText <b>x</b>.\n",
    );
    site.build().assert_ok();
    let site = site.file("live/feeds/rss.xml", HOSTILE);
    let page = page(&site, &["--published", "live", "--accept-resend"]);
    assert!(page.contains(">Before<"), "{page}");
    // What is outside of quotes and texts is ours alone.
    assert!(
        page.contains("content=\"default-src 'none'; style-src 'unsafe-inline'"),
        "{page}"
    );
    assert!(
        page.contains("&lt;script&gt;alert(1)&lt;/script&gt; &#x202e;x"),
        "{page}"
    );
    let document = without_frames(&page);
    for tag in ["script", "img", "link", "object", "form", "base", "b"] {
        assert!(!document.contains(&format!("<{tag} ")), "{tag}: {document}");
        assert!(!document.contains(&format!("<{tag}>")), "{tag}: {document}");
    }
    for frame in page.split("<iframe").skip(1) {
        assert!(frame.contains("sandbox=\"\""), "{frame}");
        let shown = between(frame, "srcdoc=\"", "\"")
            .replace("&lt;", "<")
            .replace("&quot;", "\"");
        // The title is text, whatever it says.
        let (_, shown) = shown.split_once("<body").expect("a body");
        for part in [
            "<script",
            "onclick",
            "onerror",
            "javascript:",
            "<link",
            "refresh",
            "src=",
        ] {
            assert!(!shown.contains(part), "{part}: {shown}");
        }
    }
}

#[test]
fn a_preview_steers_nothing() {
    let site = Site::new().article("a", "Alpha", "2024-01-01", "Text.");
    site.build().assert_ok();
    let old = r###"{"version": "https://jsonfeed.org/version/1.1", "title": "x", "items": [{
        "id": "https://example.gov/a/", "url": "https://example.gov/a/\u001b[2J",
        "title": "a\u0000\u001b[2J\u009b\u202e\u2028 ##[error]x",
        "summary": "\ufffe\r::error::x", "content_html": "<p>\u001b[2J\u202e &#27; ##[error]x</p>",
        "authors": [{"name": "\u200b\u0007"}], "date_published": "2024-01-01T00:00:00Z"}]}"###;
    let site = site.file("live/feeds/feed.json", old);
    let run = plan(
        &site,
        &["--published", "live", "--accept-resend", "--preview", "-"],
    );
    let before = between(&run.stdout, "<h4>Before</h4>", "<h4>After</h4>");
    assert!(
        before.contains("a\u{fffd}\u{fffd}[2J\u{fffd}&#x202e;&#x2028; #&#x23;[error]x"),
        "{before}"
    );
    let steers =
        |c: char| c.is_control() && c != '\n' || "\u{202e}\u{2028}\u{200b}\u{fffe}".contains(c);
    assert!(!run.stdout.contains(steers), "{}", run.stdout);
    for part in ["##[", "&#x1b;", "&#x0;", "&#x9b;"] {
        assert!(!run.stdout.contains(part), "{part} in {}", run.stdout);
    }
}

/// A page without the values of `srcdoc`.
fn without_frames(page: &str) -> String {
    let mut parts = page.split("srcdoc=\"");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        out.push_str(part.split_once('"').map_or("", |(_, rest)| rest));
    }
    out
}

#[test]
fn a_preview_replaces_nothing_but_a_preview() {
    let site = site().article("d", "Delta", "2024-01-05", "The fourth text.");
    let site = site.file("mine.html", "<p>Mine</p>");
    let run = site.run(&["plan", "--now", NOW, "--preview", "mine.html"]);
    run.assert_code(2);
    assert_eq!(
        run.stderr,
        "error[environment]: mine.html is there and is not a preview of feedwright: give \
         `--preview` another name, or remove the file\n"
    );
    assert_eq!(site.read("mine.html"), "<p>Mine</p>");
    let run = site.run(&["plan", "--now", NOW, "--preview", "content"]);
    run.assert_code(2);
    assert!(
        run.stderr.contains("content is not an ordinary file"),
        "{}",
        run.stderr
    );
    let run = site.run(&["plan", "--now", NOW, "--preview", "no/such/folder.html"]);
    run.assert_code(2);
    assert!(
        run.stderr.contains("cannot write no/such/folder.html"),
        "{}",
        run.stderr
    );
    let first = page(&site, &[]);
    let site = site.article("d", "Delta again", "2024-01-05", "The fourth text.");
    assert_ne!(page(&site, &[]), first, "its own page is made anew");
    #[cfg(unix)]
    {
        fs::remove_file(site.path("p.html")).expect("removed");
        std::os::unix::fs::symlink("mine.html", site.path("p.html")).expect("a link");
        let run = site.run(&["plan", "--now", NOW, "--preview", "p.html"]);
        run.assert_code(2);
        assert_eq!(site.read("mine.html"), "<p>Mine</p>");
    }
}

#[test]
fn a_preview_goes_to_standard_output_alone() {
    let site = site().article("d", "Delta", "2024-01-05", "The fourth text.");
    let run = plan(&site, &["--preview", "-"]);
    assert!(run.stdout.starts_with("<!DOCTYPE html>"), "{}", run.stdout);
    assert!(run.stdout.ends_with("</html>\n"), "{}", run.stdout);
    assert_eq!(run.stdout, page(&site, &[]));
    let run = site.run(&["plan", "--now", NOW, "--preview", "-", "--json"]);
    run.assert_code(2);
    assert!(
        run.stderr.contains("both write to standard output"),
        "{}",
        run.stderr
    );
    // Where content is refused there is no plan, and nothing to show.
    let site = site.file(
        "content/e.md",
        "---\ntitle: E\ndate: 03/04/2021\n---\nText.\n",
    );
    for target in ["-", "q.html"] {
        let run = site.run(&["plan", "--now", NOW, "--strict", "--preview", target]);
        run.assert_code(1);
        assert!(!run.stdout.contains("<html"), "{}", run.stdout);
    }
    assert!(!site.path("q.html").exists());
    let run = site.run(&["plan", "--now", NOW, "--preview", "q.html"]);
    run.assert_code(4);
    assert!(site.path("q.html").exists());
}
