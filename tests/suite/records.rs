//! Posts that are records: JSON lines of a site, and what `--from` takes.

use std::fs;
use std::time::SystemTime;

use crate::site::Site;

/// A site whose posts are JSON lines.
fn site(lines: &str) -> Site {
    Site::empty()
        .file(
            "feedwright.yaml",
            "site: {title: Site, url: https://example.gov, timezone: America/New_York}\n\
             content: {dialect: jsonl, folders: [content]}\n",
        )
        .file("content/posts.jsonl", lines)
}

/// A site without posts of its own.
fn bare() -> Site {
    Site::empty().file(
        "feedwright.yaml",
        "site: {title: Site, url: https://example.gov, timezone: America/New_York}\n",
    )
}

const LINES: &str = concat!(
    r#"{"id":"tag:example.gov,2024:1","url":"/one/","title":"One","content_html":"<p>First &amp; <b>bold</b></p>","date_published":"2024-03-01T10:00:00Z","tags":["A, B","C"],"authors":[{"name":"Ada","url":"https://example.gov/ada"}]}"#,
    "\n\n",
    r#"{"id":"42","url":"https://example.gov/two","title":"Two","content_markdown":"*Second*\n\n{{ not }} `{{ code }}`","date_published":"2024-03-02 10:00","summary":"In short","image":"/i.png"}"#,
    "\n",
    r#"{"id":"https://example.gov/?p=3","url":"three/","title":"Three","content_text":"a < b\n\nc {{ d }}","date_published":"2024-03-03","categories":["News"],"attachments":[{"url":"https://example.gov/a.mp3","mime_type":"audio/mpeg","size_in_bytes":12,"duration_in_seconds":5}]}"#,
    "\n",
    r#"{"id":"draft","url":"/draft/","title":"Draft","content_text":"x","date_published":"2024-03-04","draft":true}"#,
    "\n",
);

/// All that a site published.
fn published(site: &Site) -> Vec<(String, String)> {
    let files = site.files("feeds");
    files
        .into_iter()
        .map(|file| (file.clone(), site.read(&format!("feeds/{file}"))))
        .collect()
}

fn item(site: &Site, title: &str) -> serde_json::Value {
    let feed = site.feed();
    let items = feed["items"].as_array().expect("items").iter();
    let mut found = items.filter(|item| item["title"] == title);
    found.next().unwrap_or_else(|| panic!("no {title}")).clone()
}

#[test]
fn lines_become_posts() {
    let site = site(LINES);
    site.build().assert_ok();
    assert_eq!(site.titles(), ["Three", "Two", "One"]);
    let one = item(&site, "One");
    assert_eq!(one["id"], "tag:example.gov,2024:1");
    assert_eq!(one["url"], "https://example.gov/one/");
    assert_eq!(one["content_html"], "<p>First &amp; <b>bold</b></p>");
    assert_eq!(one["tags"], serde_json::json!(["A, B", "C"]));
    assert_eq!(one["authors"][0]["url"], "https://example.gov/ada");
    let two = item(&site, "Two");
    assert_eq!(two["id"], "42");
    assert_eq!(two["date_published"], "2024-03-02T10:00:00-05:00");
    assert_eq!(two["summary"], "In short");
    assert_eq!(two["image"], "https://example.gov/i.png");
    let html = two["content_html"].as_str().expect("HTML");
    assert!(
        html.contains("<em>Second</em>") && html.contains("<code>{{ code }}</code>"),
        "{html}"
    );
    let three = item(&site, "Three");
    assert_eq!(three["id"], "https://example.gov/?p=3");
    assert_eq!(three["content_html"], "<p>a &lt; b</p>\n<p>c {{ d }}</p>");
    assert_eq!(three["attachments"][0]["size_in_bytes"], 12);
    let lock = site.read("feedwright.lock");
    assert!(lock.contains("content/posts.jsonl#42"), "{lock}");
    assert!(
        lock.contains("content/posts.jsonl#https:%2F%2Fexample.gov%2F?p=3"),
        "{lock}"
    );
}

#[test]
fn lines_are_found_where_nothing_else_is() {
    let site = Site::empty().file("data/posts.jsonl", LINES);
    let run = site.build_with(&["--site-url", "https://example.gov"]);
    run.assert_code(1);
    let help = "`content.dialect: jsonl` takes each line of data/posts.jsonl for a post";
    assert!(run.stderr.contains(help), "{}", run.stderr);
}

#[test]
fn ids_that_are_numbers_keep_their_digits() {
    let ids = ["1.50", "99999999999999999999998", "99999999999999999999999"];
    let line = |id: &&str| {
        format!(
            "{{\"id\": {id}, \"url\": \"/{id}/\", \"title\": \"T\", \"date_published\": \"2024-03-01\"}}\n"
        )
    };
    let site = site(&ids.iter().map(line).collect::<String>());
    site.build().assert_ok();
    let feed = site.feed();
    let items = feed["items"].as_array().expect("items").iter();
    let mut found: Vec<_> = items.map(|item| item["id"].as_str().expect("id")).collect();
    found.sort_unstable();
    assert_eq!(found, ids);
}

#[test]
fn every_form_makes_the_same_feeds() {
    let lines = bare();
    lines
        .pipe(&["build", "--from", "-"], LINES.as_bytes())
        .assert_ok();
    let expected = published(&lines);
    assert!(!expected.is_empty());
    let items: Vec<&str> = LINES.lines().filter(|line| !line.is_empty()).collect();
    let array = format!("[\n{}\n]", items.join(",\n"));
    let feed = format!(
        "{{\n\"version\": \"https://jsonfeed.org/version/1.1\",\n\"title\": \"Other\", \"items\": {array}}}"
    );
    for (form, text) in [("lines", LINES), ("array", &array), ("feed", &feed)] {
        let site = bare().file("in.data", text);
        site.run(&["build", "--from", "in.data"]).assert_ok();
        assert_eq!(published(&site), expected, "{form}");
        let site = bare();
        site.pipe(&["build", "--from", "-"], text.as_bytes())
            .assert_ok();
        assert_eq!(published(&site), expected, "{form} of standard input");
        assert!(site.read("feedwright.lock").contains("stdin#42"));
    }
}

/// What is cut off within a record may have had any post behind it: none of them is gone.
#[test]
fn a_stream_that_is_cut_off_drops_nothing() {
    let lines: Vec<String> = (1..=9)
        .map(|n| {
            format!(
                "{{\"id\":\"https://example.gov/{n}\",\"url\":\"https://example.gov/{n}\",\
                 \"title\":\"Notice {n}\",\"date_published\":\"2024-01-0{n}T00:00:00Z\",\
                 \"content_text\":\"Text.\"}}\n"
            )
        })
        .collect();
    let all = lines.concat();
    let site = bare();
    site.pipe(&["build", "--from", "-"], all.as_bytes())
        .assert_ok();
    let before = published(&site);
    assert!(before.iter().all(|(_, text)| text.contains("Notice 9")));
    let end = all.find("Notice 4").expect("a title") + 5;
    site.pipe(&["build", "--from", "-"], &all.as_bytes()[..end])
        .assert_code(4);
    assert_eq!(published(&site), before);
}

#[test]
fn other_commands_take_them_too() {
    let site = bare();
    let run = site.pipe(&["plan", "--from", "-"], LINES.as_bytes());
    run.assert_ok();
    assert!(
        run.stdout.contains("a new feed with 3 entries"),
        "{}",
        run.stdout
    );
    let run = site.pipe(&["list", "--from", "-"], LINES.as_bytes());
    run.assert_ok();
    assert!(run.stdout.contains("Draft (draft)"), "{}", run.stdout);
    let run = site.pipe(&["check", "--from", "-"], LINES.as_bytes());
    assert!(
        run.stderr.is_empty() || !run.stderr.contains("error"),
        "{}",
        run.stderr
    );
    assert!(!site.path("feeds").exists());
}

#[test]
fn columns_of_a_database() {
    let site = Site::empty()
        .file(
            "feedwright.yaml",
            "site: {title: Site, url: https://example.gov, timezone: UTC}\n\
             content:\n  dialect: jsonl\n  folders: [content]\n  permalink: /:year/:slug/\n  fields: {id: pk, published: created_at, title: name}\n",
        )
        .file(
            "content/a.ndjson",
            "{\"pk\":7,\"name\":\"A Name\",\"created_at\":\"2024-01-02 03:04:05\",\"content_text\":\"x\"}\n",
        );
    site.build().assert_ok();
    let item = item(&site, "A Name");
    assert_eq!(item["id"], "7");
    assert_eq!(item["url"], "https://example.gov/2024/a-name/");
}

#[test]
fn what_is_wrong_is_named() {
    let good: String = (0..20)
        .map(|at| {
            format!("{{\"id\":\"g{at}\",\"url\":\"/g{at}/\",\"title\":\"G{at}\",\"content_text\":\"x\",\"date_published\":\"2024-01-01\"}}\n")
        })
        .collect();
    for (line, code, place, words) in [
        (
            r#"{"id":"x","url":"/x/","title":"X" "date_published":"2024-01-01"}"#,
            "front-matter-json",
            "21:35",
            "the JSON of the record",
        ),
        (
            r#"{"title":"X",, "date_published":"2024-01-01"}"#,
            "front-matter-json",
            "21:14",
            "the JSON of the record",
        ),
        ("[1]", "front-matter-json", "21:", "expected a JSON object"),
        (
            r#"{"id":"g3","url":"/x/","title":"X","date_published":"2024-01-01"}"#,
            "record-duplicate",
            "4",
            "on line 4 of content/posts.jsonl and on line 21 of content/posts.jsonl",
        ),
        (
            r#"{"title":"X","date_published":"2024-01-01"}"#,
            "record-nameless",
            "21",
            "none of `id`, `url`, `slug`",
        ),
        (
            &format!("{{\"id\":\"{}\",\"title\":\"X\"}}", "x".repeat(5000)),
            "record-nameless",
            "21",
            "longer than 4000 bytes",
        ),
        (
            r#"{"id":"x","title":"X","date_published":"2024-01-01"}"#,
            "permalink-missing",
            "21",
            "no address",
        ),
        (
            r#"{"id":"x","url":"/x/","title":"X","content_text":"x"}"#,
            "date-missing",
            "21",
            "`date_published` has no value",
        ),
        (
            r#"{"id":"x","url":"/x/","title":"X","content_html":5,"date_published":"2024-01-01"}"#,
            "record-text",
            "21",
            "`content_html` is no text",
        ),
        (
            r#"{"id":"x","url":"/x/","title":"X","content_text":"x","date_published":"sometime"}"#,
            "date-unreadable",
            "21:54",
            "date_published",
        ),
    ] {
        let site = site(&format!("{good}{line}\n"));
        let run = site.build();
        run.assert_code(4);
        assert!(run.stderr.contains(code), "{line}: {}", run.stderr);
        assert!(run.stderr.contains(words), "{line}: {}", run.stderr);
        let shown = format!("content/posts.jsonl:{place}");
        assert!(run.stderr.contains(&shown), "{line}: {}", run.stderr);
        let others = 20 - usize::from(code == "record-duplicate");
        assert_eq!(site.titles().len(), others, "{line}");
    }
}

#[test]
fn a_line_that_is_too_long_stops_no_other() {
    let long = format!(
        "{{\"id\":\"long\",\"url\":\"/l/\",\"title\":\"L\",\"date_published\":\"2024-01-01\",\"content_text\":\"{}\"}}\n",
        "a ".repeat(9 << 20)
    );
    let site = site(&format!("{long}{LINES}"));
    let run = site.build();
    run.assert_code(4);
    assert!(run.stderr.contains("record-long"), "{}", run.stderr);
    assert!(
        run.stderr.contains("content/posts.jsonl:1"),
        "{}",
        run.stderr
    );
    assert_eq!(site.titles(), ["Three", "Two", "One"]);
}

/// What was published stays while its line is broken, whether its id can be seen or not.
#[test]
fn a_broken_line_takes_nothing_away() {
    for broken in [
        "{\"id\":\"42\",\"url\":\"https://example.gov/two\",\"title\":\"Tw\n",
        "\"id\":\"42\"}\n",
    ] {
        let site = site(LINES);
        site.build().assert_ok();
        let before = published(&site);
        let lines: String = LINES
            .split_inclusive('\n')
            .map(|line| {
                if line.contains("\"42\"") {
                    broken
                } else {
                    line
                }
            })
            .collect();
        let site = site.file("content/posts.jsonl", &lines);
        site.build().assert_code(4);
        assert_eq!(published(&site), before, "{broken}");
        let site = site.file("content/posts.jsonl", LINES);
        site.build().assert_ok();
        assert_eq!(published(&site), before, "{broken}");
    }
}

#[test]
fn an_unchanged_run_touches_nothing() {
    let site = site(LINES);
    site.build().assert_ok();
    let times = |site: &Site| -> Vec<SystemTime> {
        let files = site.files("feeds").into_iter();
        let paths = files.map(|file| site.path(&format!("feeds/{file}")));
        let all = paths.chain([site.path("feedwright.lock")]);
        all.map(|path| {
            fs::metadata(path)
                .expect("a file")
                .modified()
                .expect("a time")
        })
        .collect()
    };
    let before = times(&site);
    for _ in 0..2 {
        site.build().assert_ok();
        assert_eq!(times(&site), before);
    }
    let site = bare();
    site.pipe(&["build", "--from", "-"], LINES.as_bytes())
        .assert_ok();
    let before = times(&site);
    site.pipe(&["build", "--from", "-"], LINES.as_bytes())
        .assert_ok();
    assert_eq!(times(&site), before);
}

#[test]
fn an_edit_changes_its_entry_alone() {
    let site = site(LINES);
    site.build().assert_ok();
    // Runs are remembered when files are no longer fresh.
    std::thread::sleep(std::time::Duration::from_millis(2100));
    site.build().assert_ok();
    site.build().assert_ok();
    assert!(
        fs::read_dir(site.cache()).expect("a folder").count() > 0,
        "nothing is remembered"
    );
    let before = site.feed();
    let site = site.file(
        "content/posts.jsonl",
        &LINES.replace("*Second*", "*Changed*"),
    );
    site.build().assert_ok();
    let after = site.feed();
    let pairs = before["items"].as_array().expect("items").iter();
    for (old, new) in pairs.zip(after["items"].as_array().expect("items")) {
        assert_eq!(old != new, old["title"] == "Two");
    }
    assert!(after.to_string().contains("<em>Changed</em>"));
}

const WXR: &str = r#"<?xml version="1.0" encoding="UTF-8" ?>
<!-- generator="WordPress" -->
<rss version="2.0"
	xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
	xmlns:content="http://purl.org/rss/1.0/modules/content/"
	xmlns:dc="http://purl.org/dc/elements/1.1/"
	xmlns:wp="http://wordpress.org/export/1.2/">
<channel>
	<title>Parks &amp; Rivers</title>
	<link>https://example.gov</link>
	<description>News of parks</description>
	<language>en-US</language>
	<wp:author><wp:author_login><![CDATA[ada]]></wp:author_login><wp:author_display_name><![CDATA[Ada Park]]></wp:author_display_name></wp:author>
	<item>
		<title><![CDATA[Hello]]></title>
		<link>https://example.gov/2021/02/hello/</link>
		<pubDate>Wed, 03 Feb 2021 04:05:06 +0000</pubDate>
		<dc:creator><![CDATA[ada]]></dc:creator>
		<guid isPermaLink="false">https://example.gov/?p=5</guid>
		<content:encoded><![CDATA[First

[caption id="a" width="3"]<img src="/a.png" /> The park[/caption]

Second [gallery ids="1"]]]></content:encoded>
		<excerpt:encoded><![CDATA[Short & good]]></excerpt:encoded>
		<wp:post_id>5</wp:post_id>
		<wp:post_date>2021-02-02 23:05:06</wp:post_date>
		<wp:post_date_gmt>2021-02-03 04:05:06</wp:post_date_gmt>
		<wp:post_modified_gmt>2021-02-04 04:05:06</wp:post_modified_gmt>
		<wp:status>publish</wp:status>
		<wp:post_type>post</wp:post_type>
		<category domain="category" nicename="news"><![CDATA[News]]></category>
		<category domain="post_tag" nicename="trees">Trees &amp; more</category>
		<wp:postmeta><wp:meta_key>_thumbnail_id</wp:meta_key><wp:meta_value><![CDATA[9]]></wp:meta_value></wp:postmeta>
		<wp:postmeta><wp:meta_key>enclosure</wp:meta_key><wp:meta_value>https://example.gov/a.mp3
123
audio/mpeg
</wp:meta_value></wp:postmeta>
		<wp:comment><wp:comment_id>1</wp:comment_id><wp:comment_content>No</wp:comment_content></wp:comment>
	</item>
	<item>
		<title>Blocks</title>
		<link>https://example.gov/2021/03/blocks/</link>
		<pubDate>Mon, 01 Mar 2021 12:00:00 +0000</pubDate>
		<dc:creator>other</dc:creator>
		<guid isPermaLink="false">https://example.gov/?p=6</guid>
		<content:encoded><![CDATA[<!-- wp:paragraph --><p>One</p><!-- /wp:paragraph -->]]></content:encoded>
		<wp:post_id>6</wp:post_id>
		<wp:post_date>2021-03-01 07:00:00</wp:post_date>
		<wp:post_date_gmt>0000-00-00 00:00:00</wp:post_date_gmt>
		<wp:status>publish</wp:status>
		<wp:post_type>post</wp:post_type>
	</item>
	<item>
		<title>Secret</title><link>https://example.gov/?p=7</link><guid>https://example.gov/?p=7</guid>
		<wp:post_date_gmt>0000-00-00 00:00:00</wp:post_date_gmt><wp:post_date>0000-00-00 00:00:00</wp:post_date>
		<pubDate>Mon, 30 Nov -0001 00:00:00 +0000</pubDate>
		<wp:status>draft</wp:status><wp:post_type>post</wp:post_type>
	</item>
	<item>
		<title>Behind a password</title><link>https://example.gov/b/</link><guid>https://example.gov/?p=8</guid>
		<wp:post_date_gmt>2021-04-01 00:00:00</wp:post_date_gmt><wp:post_password>x</wp:post_password>
		<wp:status>publish</wp:status><wp:post_type>post</wp:post_type>
	</item>
	<item>
		<title>a.png</title><wp:post_id>9</wp:post_id><wp:post_type>attachment</wp:post_type>
		<wp:attachment_url>https://example.gov/up/a.png</wp:attachment_url><wp:status>inherit</wp:status>
	</item>
	<item><title>A page</title><wp:post_type>page</wp:post_type><wp:status>publish</wp:status></item>
</channel>
</rss>
"#;

#[test]
fn an_export_of_wordpress() {
    let site = Site::empty().file("export.xml", WXR);
    let run = site.run(&[
        "build",
        "--from",
        "export.xml",
        "--timezone",
        "America/New_York",
    ]);
    run.assert_ok();
    assert!(
        run.stderr.contains("template-dropped") && run.stderr.contains("[gallery]"),
        "{}",
        run.stderr
    );
    assert!(
        run.stdout.contains("2 posts, 2 drafts") || run.stdout.contains("2 posts, 1 draft"),
        "{}",
        run.stdout
    );
    assert_eq!(site.titles(), ["Blocks", "Hello"]);
    let feed = site.feed();
    assert_eq!(feed["title"], "Parks & Rivers");
    assert_eq!(feed["language"], "en-US");
    let hello = item(&site, "Hello");
    assert_eq!(hello["id"], "https://example.gov/?p=5");
    assert_eq!(hello["url"], "https://example.gov/2021/02/hello/");
    assert_eq!(hello["authors"][0]["name"], "Ada Park");
    assert_eq!(hello["summary"], "Short & good");
    assert_eq!(hello["image"], "https://example.gov/up/a.png");
    assert_eq!(hello["attachments"][0]["size_in_bytes"], 123);
    assert_eq!(hello["tags"], serde_json::json!(["Trees & more", "News"]));
    let html = hello["content_html"].as_str().expect("HTML");
    for part in [
        "<p>First</p>",
        "<figcaption>The park</figcaption>",
        "<p>Second</p>",
    ] {
        assert!(html.contains(part), "{html}");
    }
    assert_eq!(
        item(&site, "Blocks")["date_published"],
        "2021-03-01T07:00:00-05:00"
    );
    assert_eq!(item(&site, "Blocks")["content_html"], "<p>One</p>");
    let all = published(&site);
    let piped = Site::empty();
    let arguments = ["build", "--from", "-", "--timezone", "America/New_York"];
    piped.pipe(&arguments, WXR.as_bytes()).assert_ok();
    assert_eq!(published(&piped), all);
}

#[test]
fn what_is_cut_off_publishes_nothing() {
    let cut = &WXR[..WXR.len() - 60];
    for (text, words) in [
        (cut, "cut off"),
        ("[{\"id\":1},", "JSON"),
        ("id,title\n1,2\n", "neither JSON nor XML"),
        ("<\0r\0s\0s\0>\0", "UTF-16"),
        (
            "<rss version='2.0'>\n<channel>\n<title>A</titel>",
            "stdin:3:",
        ),
        (
            "<rss xmlns:wp='http://wordpress.org/export/1.2/'>\n</channel>",
            "stdin:2:",
        ),
        ("<html><p>Not found</p></html>", "neither RSS, RDF nor Atom"),
    ] {
        let site = bare();
        let run = site.pipe(&["build", "--from", "-"], text.as_bytes());
        run.assert_code(2);
        assert!(run.stderr.contains("input-unreadable"), "{}", run.stderr);
        assert!(run.stderr.contains(words), "{}", run.stderr);
        assert!(!site.path("feeds").exists());
    }
}

#[test]
fn feeds_of_others_may_have_a_base_and_a_document_type() {
    let atom = "<feed xmlns='http://www.w3.org/2005/Atom' xml:base='https://example.gov/blog/'>\
                <title>S</title><id>urn:x</id><updated>2024-01-02T00:00:00Z</updated><entry><id>urn:y</id>\
                <title>One</title><updated>2024-01-02T00:00:00Z</updated><link href='one/'/>\
                <content>x</content></entry></feed>";
    let rss = "<!DOCTYPE rss [\n<!ENTITY x 'y'>\n]>\n<rss version='2.0'><channel><title>S</title>\
               <link>https://example.gov/</link><description>d</description><item><title>One</title>\
               <link>https://example.gov/blog/one/</link><pubDate>Tue, 02 Jan 2024 00:00:00 GMT</pubDate>\
               </item></channel></rss>";
    for feed in [atom, rss] {
        let site = bare();
        let run = site.pipe(&["build", "--from", "-"], feed.as_bytes());
        run.assert_ok();
        assert_eq!(item(&site, "One")["url"], "https://example.gov/blog/one/");
    }
}

/// A feed of ours that is taken over is the same feed.
#[test]
fn feeds_keep_what_they_promised() {
    // Ids of Atom are addresses.
    let site = site(&LINES.replace("\"42\"", "\"tag:example.gov,2024:42\""));
    site.build().assert_ok();
    let known = |site: &Site| {
        let entries = site.entries();
        let all = entries
            .into_iter()
            .map(|entry| (entry.id, entry.title, entry.published));
        all.collect::<Vec<_>>()
    };
    for file in ["rss.xml", "atom.xml", "feed.json"] {
        let old = site.read(&format!("feeds/{file}"));
        let new = Site::empty().file("old", &old).file(
            "feedwright.yaml",
            "site: {url: https://example.gov, timezone: America/New_York}\n",
        );
        new.run(&["build", "--from", "old"]).assert_ok();
        assert_eq!(new.feed()["title"], "Site", "{file}");
        let (before, after) = (known(&site), known(&new));
        assert_eq!(before.len(), after.len(), "{file}");
        for (before, after) in before.iter().zip(&after) {
            assert_eq!((&before.0, &before.1), (&after.0, &after.1), "{file}");
            let instant = |text: &str| {
                feedwright::Timestamp::from_rfc3339(text)
                    .expect("a date")
                    .epoch()
            };
            assert_eq!(instant(&before.2), instant(&after.2), "{file}");
        }
        let one = item(&new, "One");
        assert_eq!(one["authors"][0]["name"], "Ada", "{file}");
        assert_eq!(one["tags"], serde_json::json!(["A, B", "C"]), "{file}");
        assert_eq!(
            one["content_html"], "<p>First &amp; <b>bold</b></p>",
            "{file}"
        );
    }
}

#[cfg(unix)]
#[test]
fn temporary_files_go() {
    let folder = tempfile::tempdir().expect("a folder");
    let site = bare().file(
        "in.json",
        &format!("[{}]", LINES.lines().next().expect("a line")),
    );
    let output = site
        .command(&["build", "--from", "in.json"])
        .env("TMPDIR", folder.path())
        .output()
        .expect("the program");
    assert!(output.status.success());
    assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 0);
}
