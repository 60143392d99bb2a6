//! How the feeds themselves lead people on.

use std::fs;

use super::{assert_settled, codes, quiet, retag, settings, site};
use crate::site::Site;

#[test]
fn without_a_server_the_old_feed_names_its_successor() {
    let site = site("feeds: {redirects: true}\n");
    let before = site.read("feeds/tags/old/atom.xml");
    retag(&site, "old", "new");
    let run = quiet(&site);
    assert_eq!(codes(&run), ["feed-moved"]);
    let new = "https://example.gov/feeds/tags/new";
    let atom = site.read("feeds/tags/old/atom.xml");
    let link = |url: &str| format!("href=\"{url}/atom.xml\" rel=\"self\"");
    assert_eq!(
        atom,
        before.replace(&link("https://example.gov/feeds/tags/old"), &link(new))
    );
    for (file, link) in [
        (
            "rss.xml",
            format!("<atom:link href=\"{new}/rss.xml\" rel=\"self\""),
        ),
        ("feed.json", format!("\"feed_url\": \"{new}/feed.json\"")),
    ] {
        let text = site.read(&format!("feeds/tags/old/{file}"));
        assert!(text.contains(&link), "{text}");
    }
    // They have been told, so nobody is left any more.
    let run = site.build();
    assert_eq!(codes(&run), Vec::<&str>::new(), "{}", run.stderr);
    assert_settled(&site);
    let run = site.run(&[
        "check",
        "feeds/tags/old",
        "--strict",
        "--now",
        crate::site::NOW,
    ]);
    run.assert_ok();
    // Nothing removes them while they are needed.
    site.build_with(&["--prune"]).assert_ok();
    assert_eq!(site.read("feeds/tags/old/atom.xml"), atom);
    assert_settled(&site);
    // The next move leads on.
    retag(&site, "new", "newer");
    quiet(&site).assert_ok();
    let text = site.read("feeds/tags/old/rss.xml");
    assert!(
        text.contains("https://example.gov/feeds/tags/newer/rss.xml"),
        "{text}"
    );
    assert!(!text.contains("/tags/new/"), "{text}");
    assert_settled(&site);
    // And back again it is a feed like any other.
    retag(&site, "newer", "old");
    quiet(&site).assert_ok();
    let text = site.read("feeds/tags/old/rss.xml");
    assert!(text.contains("href=\"https://example.gov/feeds/tags/old/rss.xml\" rel=\"self\""));
    assert_settled(&site);
}

#[test]
fn podcasts_name_their_successor_to_apps() {
    let site = site("feeds: {redirects: feeds, formats: [rss]}\n");
    for day in 1..4 {
        let path = site.path(&format!("content/{day}.md"));
        let text = fs::read_to_string(&path).expect("a post");
        let file = "enclosure: {url: 'https://example.gov/a.mp3', length: 1, type: audio/mpeg}";
        let text = text.replacen("---\nText", &format!("{file}\n---\nText"), 1);
        fs::write(path, text).expect("a post");
    }
    quiet(&site).assert_ok();
    retag(&site, "old", "new");
    quiet(&site).assert_ok();
    let text = site.read("feeds/tags/old/rss.xml");
    let new = "https://example.gov/feeds/tags/new/rss.xml";
    assert!(
        text.contains(&format!("<itunes:new-feed-url>{new}</itunes:new-feed-url>")),
        "{text}"
    );
    roxmltree::Document::parse(&text).expect("a document");
    let run = site.run(&[
        "check",
        "feeds/tags/old",
        "--strict",
        "--now",
        crate::site::NOW,
    ]);
    run.assert_ok();
    assert_settled(&site);
}

#[test]
fn published_feeds_say_by_themselves_where_they_moved() {
    let site = site("");
    settings(&site, "state: published\nfeeds: {redirects: feeds}\n");
    let deploy = |site: &Site, more: &[&str]| {
        let _ = fs::remove_dir_all(site.path("live/feeds"));
        fs::create_dir_all(site.path("live")).expect("a folder");
        fs::rename(site.path("feeds"), site.path("live/feeds")).expect("feeds");
        let args = [
            "-q",
            "--published",
            &site.path("live").display().to_string(),
        ]
        .map(str::to_owned);
        let args: Vec<&str> = args
            .iter()
            .map(String::as_str)
            .chain(more.iter().copied())
            .collect();
        site.build_with(&args)
    };
    let run = deploy(&site, &[]);
    run.assert_ok();
    retag(&site, "old", "new");
    let run = deploy(&site, &[]);
    run.assert_ok();
    let said = codes(&run);
    assert_eq!(said, ["published-missing", "feed-moved"], "{}", run.stderr);
    let text = site.read("feeds/tags/old/rss.xml");
    assert!(
        text.contains("https://example.gov/feeds/tags/new/rss.xml"),
        "{text}"
    );
    for _ in 0..2 {
        let before = crate::site::files(&site.path("feeds"));
        let all = |site: &Site| -> Vec<String> {
            let read = |file: &String| site.read(&format!("feeds/{file}"));
            before.iter().map(read).collect()
        };
        let was = all(&site);
        let run = deploy(&site, &[]);
        assert_eq!((run.code, &*run.stderr), (0, ""));
        assert_eq!(crate::site::files(&site.path("feeds")), before);
        assert_eq!(all(&site), was);
    }
    settings(&site, "state: published\nfeeds: {redirects: nginx}\n");
    let run = deploy(&site, &[]);
    run.assert_code(2);
    assert!(run.stderr.contains("config-redirects"), "{}", run.stderr);
}
