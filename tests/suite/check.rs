//! `feedwright check FILE…`: feeds of any program.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::site::{NOW, Site};

const RSS: &str = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
    <rss version=\"2.0\" xmlns:atom=\"http://www.w3.org/2005/Atom\">\n\
    <channel>\n\
    <title>T</title>\n\
    <link>https://e.com/</link>\n\
    <description>D</description>\n\
    <language>en</language>\n\
    <atom:link rel=\"self\" href=\"https://e.com/rss.xml\"/>\n\
    <item><title>I</title><guid>https://e.com/1</guid>ITEM</item>\n\
    </channel>\n\
    </rss>\n";

fn rss(item: &str) -> String {
    RSS.replace("ITEM", item)
}

#[test]
fn an_error_names_place_section_and_remedy() {
    let site = Site::empty().file("rss.xml", &rss("<pubDate>2021-12-13</pubDate>"));
    let run = site.run(&["check", "rss.xml", "--now", NOW]);
    run.assert_code(1);
    assert_eq!(run.stdout, "Checked 1 feed: 1 error, 0 warnings.\n");
    assert_eq!(
        run.stderr,
        "error[date-rfc822]: `pubDate` is “2021-12-13”, which is no date of RFC 822\n  \
         --> rss.xml:9:51\n  \
         help: write it as `Mon, 13 Dec 2021 09:30:00 +0000`\n  \
         see: RSS 2.0, sections “pubDate” and “lastBuildDate”; RFC 5322, section 3.3\n"
    );
}

#[test]
fn errors_fold_as_warnings_do() {
    let site = Site::empty().file(
        "rss.xml",
        &rss(&"<category domain='a' x='1'>a</category>".repeat(6)),
    );
    let run = site.run(&["check", "rss.xml"]);
    run.assert_code(1);
    assert_eq!(
        run.stderr.matches("error[attribute-unknown]").count(),
        1,
        "{}",
        run.stderr
    );
    assert!(
        run.stderr.contains("  and 5 more like it: rss.xml:9:"),
        "{}",
        run.stderr
    );
    let all = site.run(&["check", "-v", "rss.xml"]).stderr;
    assert_eq!(all.matches("error[attribute-unknown]").count(), 6, "{all}");
}

#[test]
fn warnings_count_under_strict() {
    let site = Site::empty().file("rss.xml", &rss("<author>jane@e.com</author>"));
    let run = site.run(&["check", "rss.xml"]);
    run.assert_ok();
    assert_eq!(run.stdout, "Checked 1 feed: 0 errors, 1 warning.\n");
    site.run(&["check", "--strict", "rss.xml"]).assert_code(1);
    let quiet = site.run(&["check", "-q", "rss.xml"]);
    assert_eq!(quiet.stdout, "");
    assert!(quiet.stderr.contains("email-no-name"), "{}", quiet.stderr);
}

#[test]
fn a_folder_is_searched_for_feeds() {
    let site = Site::empty()
        .file("out/b/rss.xml", &rss(""))
        .file(
            "out/a/feed.json",
            "{\"version\": \"https://jsonfeed.org/version/1\"}",
        )
        .file("out/sitemap.xml", "<urlset/>")
        .file("out/package.json", "{\"name\": \"x\"}")
        .file("out/rss.html", "<rss>");
    let run = site.run(&["check", "out"]);
    run.assert_code(1);
    assert_eq!(run.stdout, "Checked 2 feeds: 2 errors, 2 warnings.\n");
    assert!(run.stderr.contains("out/a/feed.json:1:1"), "{}", run.stderr);
    assert!(!run.stderr.contains("sitemap"), "{}", run.stderr);
    let verbose = site.run(&["check", "-v", "out"]).stderr;
    assert!(
        verbose.contains(
            "note[no-feed]: the file is no feed, and was not checked\n  --> out/sitemap.xml"
        ),
        "{verbose}"
    );
    // A person who names a file means it.
    let named = site.run(&["check", "out/sitemap.xml"]);
    named.assert_code(1);
    assert!(
        named
            .stderr
            .contains("error[no-feed]: the outermost element is `urlset`"),
        "{}",
        named.stderr
    );
    // Tools name all files that changed.
    let all = site.run(&["check", "--skip-others", "out/sitemap.xml", "out/b/rss.xml"]);
    assert!(
        all.stdout.starts_with("Checked 1 feed: 0 errors"),
        "{}",
        all.stdout
    );
}

#[test]
fn standard_input_is_read() {
    let site = Site::empty();
    let run = site.pipe(&["check", "-"], rss("<link>/1</link>").as_bytes());
    run.assert_code(1);
    assert!(run.stderr.contains("--> <stdin>:9:51"), "{}", run.stderr);
}

#[test]
fn what_cannot_be_checked() {
    let site = Site::empty();
    let missing = site.run(&["check", "nothing.xml"]);
    missing.assert_code(2);
    assert!(
        missing.stderr.contains("cannot read nothing.xml"),
        "{}",
        missing.stderr
    );
    let address = site.run(&["check", "https://e.com/rss.xml"]);
    address.assert_code(2);
    let remedy = if cfg!(feature = "http") {
        "`feedwright check --http https://e.com/rss.xml` fetches it"
    } else {
        "run `curl -sL https://e.com/rss.xml | feedwright check -`"
    };
    assert_eq!(
        address.stderr,
        format!("error[environment]: https://e.com/rss.xml is an address, and no file: {remedy}\n")
    );
    let build = site.run(&["build", "--message-format", "sarif"]);
    build.assert_code(2);
    assert_eq!(
        build.stderr,
        "error[environment]: --message-format sarif is for `feedwright check`\n"
    );
}

/// Whoever checks what a build made learns that it made nothing.
#[test]
fn nothing_checked_is_no_success() {
    let site = Site::empty()
        .file("pages/index.html", "<html><body>x</body></html>")
        .file("pages/sitemap.xml", "<urlset/>")
        .file("hollow/rss.xml", "")
        .file(
            "error/atom.xml",
            "<!DOCTYPE html><html><body>404</body></html>",
        );
    fs::create_dir(site.path("empty")).expect("a folder");
    for folder in ["empty", "pages"] {
        let run = site.run(&["check", folder]);
        run.assert_code(2);
        let message = format!("nothing was checked, because no feed is in {folder}: ");
        assert!(run.stderr.contains(&message), "{}", run.stderr);
    }
    // A name that only feeds have is a promise.
    for (folder, problem) in [
        ("hollow", "the file is empty\n  --> hollow/rss.xml:1:1"),
        ("error", "the outermost element is `html`"),
    ] {
        let run = site.run(&["check", folder]);
        run.assert_code(1);
        assert!(run.stderr.contains(problem), "{}", run.stderr);
    }
}

#[test]
fn feeds_may_have_the_names_of_their_addresses() {
    let bad = rss("<link>/1</link>");
    let site = Site::empty()
        .file("out/rss", &bad)
        .file("out/feed/index.html", &bad)
        .file("out/feed/page/index.html", "<html>")
        .file("out/atom/index.html", "<html><body>a page</body></html>")
        .file("out/posts/index.xml", &bad)
        .file("out/LICENSE", "free");
    let run = site.run(&["check", "-v", "out"]);
    run.assert_code(1);
    assert_eq!(run.stdout, "Checked 3 feeds: 3 errors, 0 warnings.\n");
    for file in ["out/rss", "out/feed/index.html", "out/posts/index.xml"] {
        assert!(run.stderr.contains(file), "{file}: {}", run.stderr);
    }
}

#[test]
fn what_cannot_be_read_hides_nothing_else() {
    let site = Site::empty().file("rss.xml", &rss("<link>/1</link>"));
    let files = ["rss.xml", "nothing.xml", "https://e.com/"];
    let run = |format: &[&str]| site.run(&[&["check"], format, &files].concat());
    let human = run(&[]);
    human.assert_code(2);
    for message in ["cannot read nothing.xml", "is an address", "rss.xml:9:51"] {
        assert!(human.stderr.contains(message), "{}", human.stderr);
    }
    let json = run(&["--message-format", "json"]);
    json.assert_code(2);
    let codes: Vec<Value> = json
        .stdout
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).expect("JSON")["code"].clone())
        .collect();
    assert_eq!(codes, ["uri-relative", "environment", "environment"]);
    let sarif = run(&["--message-format", "sarif"]);
    sarif.assert_code(2);
    let sarif: Value = serde_json::from_str(&sarif.stdout).expect("a document");
    let results = sarif["runs"][0]["results"].as_array().expect("results");
    assert_eq!(results.len(), 3);
}

#[test]
fn machines_read_standard_output() {
    let site = Site::empty().file("a b/rss.xml", &rss("<link>/1</link>"));
    let json = site.run(&["check", "a b/rss.xml", "--message-format", "json"]);
    json.assert_code(1);
    let line: Value = serde_json::from_str(&json.stdout).expect("one line of JSON");
    assert_eq!(line["code"], "uri-relative");
    assert_eq!(line["path"], "a b/rss.xml");
    assert_eq!((&line["line"], &line["column"]), (&9.into(), &51.into()));
    assert_eq!(line["section"], "RFC 3986, section 4.3");

    let github = site
        .run(&["check", "a b/rss.xml", "--message-format", "github"])
        .stdout;
    assert_eq!(
        github,
        "::error title=uri-relative,file=a b/rss.xml,line=9,col=51::`link` is “/1”, which is not \
         absolute; write the whole address, such as `https://example.org/post`\n"
    );

    let sarif = site
        .run(&["check", "a b/rss.xml", "--message-format", "sarif"])
        .stdout;
    let sarif: Value = serde_json::from_str(&sarif).expect("a document");
    assert_eq!(sarif["version"], "2.1.0");
    let run = &sarif["runs"][0];
    assert_eq!(run["tool"]["driver"]["rules"][0]["id"], "uri-relative");
    let result = &run["results"][0];
    assert_eq!(result["ruleId"], "uri-relative");
    assert_eq!(result["level"], "error");
    let place = &result["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "a%20b/rss.xml");
    assert_eq!(place["region"]["startLine"], 9);
}

#[test]
fn a_profile_asks_for_more() {
    let site = Site::empty().file("rss.xml", &rss("<link>https://e.com/1</link>"));
    site.run(&["check", "rss.xml", "--strict"]).assert_ok();
    site.run(&["check", "rss.xml", "--for", "govdelivery"])
        .assert_ok();
    let run = site.run(&["check", "rss.xml", "--for", "mailchimp"]);
    run.assert_code(1);
    assert!(
        run.stderr
            .contains("error[mailchimp-no-date]: the entry has no date\n  --> rss.xml:9:1\n"),
        "{}",
        run.stderr
    );
}

#[test]
fn the_html_of_entries_can_be_left_out() {
    let site = Site::empty().file("rss.xml", &rss("<description>&lt;script></description>"));
    let run = site.run(&["check", "rss.xml"]);
    assert!(run.stderr.contains("html-dangerous"), "{}", run.stderr);
    let run = site.run(&["check", "rss.xml", "--no-html", "--strict"]);
    run.assert_ok();
}

#[test]
fn what_a_site_would_write_is_checked() {
    let site = Site::new().post("content/2024-01-01-a.md", "title: A\nsummary: S");
    let run = site.run(&["check", "--strict", "--now", NOW]);
    run.assert_ok();
    assert_eq!(
        run.stdout,
        "Checked 1 post and their feeds: 0 errors, 0 warnings.\n"
    );
    assert!(!site.path("feeds").exists() && !site.path("feedwright.lock").exists());
    // Who reads JSON Feed not at all has another one, if there is one.
    let asked = ["check", "-v", "--for", "mailchimp", "--now", NOW];
    let run = site.run(&asked);
    run.assert_ok();
    let said = "note[feed-passed-over]: Mailchimp takes no JSON Feed: ";
    assert!(run.stderr.contains(said), "{}", run.stderr);
    let config = "site: {title: Site, url: https://example.gov, timezone: UTC}\n\
                  content: {folders: [content]}\nfeeds: {formats: [json]}\n";
    let site = site.file("feedwright.yaml", config);
    let run = site.run(&asked);
    run.assert_code(1);
    assert!(
        run.stderr.contains("--> feeds/feed.json:1:1"),
        "{}",
        run.stderr
    );
}

#[test]
fn a_build_verifies_what_it_publishes() {
    let site = Site::new().post("content/2024-01-01-a.md", "title: A\nsummary: S");
    let run = site.run(&["build", "--verify", "--now", NOW]);
    run.assert_ok();
    assert!(site.path("feeds/rss.xml").exists());
}

#[test]
fn every_feed_of_the_project_is_right() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let site = Site::empty();
    let golden: Vec<_> = fs::read_dir(root.join("tests/golden"))
        .expect("the golden trees")
        .map(|entry| entry.expect("a folder").path())
        .collect();
    assert!(golden.len() > 5);
    for folder in golden.iter().chain([&root.join("feeds")]) {
        let run = site.run(&["check", folder.to_str().expect("a path"), "--now", NOW]);
        run.assert_ok();
    }
}

/// The page about all checks is made by the program.
#[test]
fn the_page_of_checks_is_complete() {
    let made = Site::empty().run(&["check", "--explain"]);
    made.assert_ok();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/checks.md");
    let page = fs::read_to_string(&path).expect("docs/checks.md");
    let (head, _) = page.split_once("## ").expect("a heading");
    let wanted = format!("{head}{}", made.stdout.trim_end()) + "\n";
    if std::env::var("FEEDWRIGHT_GOLDEN").is_ok_and(|value| value == "overwrite") {
        fs::write(&path, &wanted).expect("docs/checks.md can be written");
    } else {
        assert_eq!(
            page, wanted,
            "`FEEDWRIGHT_GOLDEN=overwrite cargo test page_of_checks` accepts what is made now"
        );
    }
}

#[test]
fn a_code_is_explained() {
    let site = Site::empty();
    let run = site.run(&["check", "--explain", "rss-guid-short"]);
    assert_eq!(
        run.stdout,
        "warning[rss-guid-short]\nA `guid` is a short number, which other feeds have too. \
         Aggregators take their items for one.\nhelp: use the item's URL, or a `tag:` URI\n\
         see: RSS Profile, section “guid”\n\
         wrong: <guid isPermaLink='false'>17</guid>\n\
         right: <guid>https://e.com/17</guid>\n"
    );
    let run = site.run(&["check", "--explain", "rss-guid-shrt"]);
    run.assert_code(2);
    assert_eq!(
        run.stderr,
        "error[environment]: there is no code `rss-guid-shrt`; did you mean `rss-guid-short`?\n"
    );
}

/// A folder of a site has its feed in all formats: those that a reader does not take are no mistake.
#[test]
fn of_a_folder_only_what_a_reader_takes_is_for_it() {
    let json = r#"{"version": "https://jsonfeed.org/version/1.1", "title": "T", "items": []}"#;
    let item = "<link>https://e.com/1</link><pubDate>Mon, 01 Jan 2024 00:00:00 GMT</pubDate>";
    let site = Site::empty()
        .file("out/rss.xml", &rss(item))
        .file("out/feed.json", json)
        .file("out/tags/feed.json", json)
        .file("alone/feed.json", json);
    let run = site.run(&["check", "out", "--for", "mailchimp"]);
    run.assert_ok();
    assert!(
        run.stdout.starts_with("Checked 1 feed: 0 errors"),
        "{}",
        run.stdout
    );
    let verbose = site
        .run(&["check", "out", "--for", "govdelivery", "-v"])
        .stderr;
    let said = "note[feed-passed-over]: GovDelivery takes no JSON Feed: the file was passed over, as \
                another one is for that\n  --> out/feed.json\n";
    assert!(verbose.contains(said), "{verbose}");
    // What is named, and what nobody else stands for, is wrong.
    for named in ["out/feed.json", "alone"] {
        let run = site.run(&["check", named, "--for", "mailchimp"]);
        run.assert_code(1);
        assert!(
            run.stderr.contains("error[profile-format]"),
            "{}",
            run.stderr
        );
    }
    let run = site.run(&["check", "out", "alone", "--for", "mailchimp"]);
    run.assert_code(1);

    let atom = "<feed xmlns='http://www.w3.org/2005/Atom'/>";
    let site = site.file("out/atom.xml", atom);
    let run = site.run(&["check", "out", "--for", "podcast"]);
    assert!(!run.stderr.contains("apple-not-rss"), "{}", run.stderr);
    for named in ["out/atom.xml", "out/feed.json"] {
        let run = site.run(&["check", named, "--for", "podcast"]);
        assert!(
            run.stderr.contains("error[apple-not-rss]"),
            "{}",
            run.stderr
        );
    }
}
