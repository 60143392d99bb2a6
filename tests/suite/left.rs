//! Subscribers who are left behind: who they are, and how they are led on.

use std::fs;

use serde_json::Value;

use crate::site::{Run, Site};

/// A site of three posts of the tag `old` and one of `other`, built once.
fn site(settings: &str) -> Site {
    let site = (1..4).fold(Site::with(settings), |site, day| {
        let text = format!("title: Post {day}\ndate: 2024-01-0{day} 08:0{day}\ntags: [old]");
        site.post(&format!("content/{day}.md"), &text)
    });
    let other = "title: Other\ndate: 2024-01-05 08:05\ntags: [other]";
    let site = site.post("content/other.md", other);
    quiet(&site).assert_ok();
    site
}

/// Gives all posts of a tag another one.
fn retag(site: &Site, from: &str, to: &str) {
    for day in 1..4 {
        let path = site.path(&format!("content/{day}.md"));
        let text = fs::read_to_string(&path).expect("a post");
        fs::write(path, text.replace(&format!("[{from}]"), &format!("[{to}]"))).expect("a post");
    }
}

/// Gives the site other settings.
fn settings(site: &Site, settings: &str) {
    let path = site.path("feedwright.yaml");
    let text = fs::read_to_string(&path).expect("settings");
    let kept: String = text
        .lines()
        .take(2)
        .map(|line| format!("{line}\n"))
        .collect();
    fs::write(path, kept + settings).expect("settings");
}

fn quiet(site: &Site) -> Run {
    site.build_with(&["-q"])
}

/// Another run writes nothing and says nothing that it is asked to be quiet about, whether it looks
/// at everything or remembers; and both say the same.
fn assert_settled(site: &Site) {
    let before = tree(site);
    for again in [quiet(site), site.build_with(&["-q", "--no-cache"])] {
        assert_eq!((again.code, &*again.stdout, &*again.stderr), (0, "", ""));
    }
    site.rest(10);
    site.build().assert_ok();
    let cached = site.build();
    let whole = site.build_with(&["--no-cache"]);
    assert_eq!((cached.stdout, cached.stderr), (whole.stdout, whole.stderr));
    assert_eq!(tree(site), before);
}

/// The lock and all that is published.
fn tree(site: &Site) -> Vec<(String, String)> {
    let files = crate::site::files(&site.path("."));
    let is_content = |file: &String| file.starts_with("content");
    let read = |file: String| (file.clone(), site.read(&file));
    let files = files.into_iter().filter(|file| !is_content(file));
    files.map(read).collect()
}

/// The codes of warnings.
fn codes(run: &Run) -> Vec<&str> {
    let lines = run.stderr.lines();
    let codes = lines.filter_map(|line| line.strip_prefix("warning[")?.split(']').next());
    codes.collect()
}

fn redirects(site: &Site, format: &str) -> String {
    let run = site.run(&["links", "--format", format]);
    run.assert_ok();
    run.stdout
}

/// A file of redirects without what it keeps in comments.
fn rules(site: &Site, file: &str) -> String {
    let text = site.read(file);
    let lines = text.split_inclusive('\n');
    lines.filter(|line| !line.starts_with("# {")).collect()
}

#[test]
fn a_renamed_tag_a_dropped_format_and_an_empty_feed_are_named_once() {
    let site = site("");
    retag(&site, "old", "new");
    site.remove("content/other.md");
    let plan = site.run(&["plan", "-q", "--now", crate::site::NOW]);
    assert_eq!(
        codes(&plan),
        ["feed-moved", "feed-empty"],
        "{}",
        plan.stderr
    );
    for line in [
        "left        feeds/tags/old/rss.xml: the feed is feeds/tags/new/rss.xml now\n",
        "left        feeds/tags/other/feed.json: no post belongs to the feed any more",
    ] {
        assert!(plan.stdout.contains(line), "{}", plan.stdout);
    }
    let run = quiet(&site);
    run.assert_ok();
    assert_eq!(run.stderr, plan.stderr);
    assert_settled(&site);

    settings(&site, "feeds: {formats: [atom]}\n");
    let run = site.build_with(&["-q", "--report", "json"]);
    run.assert_ok();
    assert_eq!(codes(&run), ["format-dropped", "feed-moved", "feed-empty"]);
    let report: Value = serde_json::from_str(&run.stdout).expect("JSON");
    let left = report["left"].as_array().expect("a list");
    let of = |path: &str| {
        left.iter()
            .find(|left| left["path"] == path)
            .expect("a file")
    };
    let rss = of("feeds/rss.xml");
    assert_eq!(rss["why"], "format-dropped");
    assert_eq!(rss["key"], "site");
    assert_eq!(rss["url"], "https://example.gov/feeds/rss.xml");
    assert_eq!(rss["successor"], "feeds/atom.xml");
    // What moved to a format that is dropped leads to the one that is left.
    assert_eq!(
        of("feeds/tags/old/rss.xml")["successor"],
        "feeds/tags/new/atom.xml"
    );
    assert_eq!(of("feeds/tags/other/rss.xml")["why"], "empty");
    assert_eq!(of("feeds/tags/other/rss.xml")["successor"], Value::Null);
    assert_settled(&site);
    let plan = site.run(&["plan", "--json", "-q", "--now", crate::site::NOW]);
    let plan: Value = serde_json::from_str(&plan.stdout).expect("JSON");
    assert_eq!(plan["left"], report["left"]);
}

#[test]
fn a_feed_that_was_there_before_is_a_successor_only_if_it_is_the_same() {
    // All posts have both tags for a while.
    let site = site("");
    retag(&site, "old", "old, new");
    site.build_with(&["-q", "--accept-resend"]).assert_ok();
    retag(&site, "old, new", "new");
    let run = site.build_with(&["-q", "--accept-resend"]);
    assert_eq!(codes(&run), ["feed-moved"]);
    assert_settled(&site);
    // And back again.
    retag(&site, "new", "old");
    let run = site.build_with(&["-q", "--accept-resend"]);
    assert_eq!(codes(&run), ["feed-moved"]);
    assert_settled(&site);
    // A feed of many others is not what people subscribed to.
    let site = (6..10).fold(site, |site, day| {
        let text = format!("title: Other {day}\ndate: 2024-01-0{day} 08:05\ntags: [other]");
        site.post(&format!("content/other-{day}.md"), &text)
    });
    site.build_with(&["-q"]).assert_ok();
    retag(&site, "old", "other");
    let run = site.build_with(&["-q", "--accept-resend"]);
    assert!(codes(&run).contains(&"feed-empty"), "{}", run.stderr);
    assert_settled(&site);
}

#[test]
fn a_tag_that_is_renamed_while_something_is_held_has_its_successor() {
    let site = site("feeds: {redirects: nginx}\n");
    retag(&site, "old", "new");
    site.remove("content/other.md");
    let site = site.post("content/y.md", "title: Why\ndate: 2024-01-05 09:00");
    let run = quiet(&site);
    run.assert_code(3);
    let run = site.run(&["accept", "-q", "--now", crate::site::NOW, "content/y.md"]);
    run.assert_ok();
    assert!(run.stderr.contains("warning[feed-moved]"), "{}", run.stderr);
    site.build_with(&["-q", "--prune"]).assert_ok();
    let redirects = site.read("feeds/redirects.conf");
    let rule = r#""~^/feeds/tags/old/rss\.xml$" "https://example.gov/feeds/tags/new/rss.xml";"#;
    assert!(redirects.contains(rule), "{redirects}");
}

#[test]
fn what_may_be_either_of_two_is_neither() {
    let site = site("feeds: {taxonomies: [tags, categories]}\n");
    retag(&site, "old", "one, two");
    assert_eq!(codes(&quiet(&site)), ["feed-empty"]);
    assert_settled(&site);
    // A tag becomes a tag, whatever else has the same posts. So does one that nobody could tell of.
    retag(&site, "one, two", "three]\ncategories: [four");
    let run = quiet(&site);
    assert_eq!(codes(&run), ["feed-moved", "feed-moved", "feed-moved"]);
    assert!(
        run.stderr.contains("the feed is feeds/tags/three/atom.xml"),
        "{}",
        run.stderr
    );
    assert_settled(&site);
}

#[test]
fn nobody_is_left_while_a_post_is_refused() {
    let site = site("").file(
        "content/other.md",
        "---\ntitle: Other\ndate: nonsense\n---\n",
    );
    let run = site.build_with(&["-q", "--keep-going"]);
    run.assert_code(4);
    assert_eq!(codes(&run), Vec::<&str>::new(), "{}", run.stderr);
    assert!(!site.read("feedwright.lock").contains("\"left\""));
}

#[test]
fn redirects_are_written_and_lead_to_the_last_feed_at_once() {
    let site = site("feeds: {formats: [rss], redirects: netlify}\n");
    let head = "# generator: feedwright; what is added here is lost\n";
    assert_eq!(site.read("_redirects"), head);
    let base = "https://example.gov/feeds/tags";
    retag(&site, "old", "b");
    quiet(&site).assert_ok();
    let first = format!("/feeds/tags/old/rss.xml {base}/b/rss.xml 301\n");
    assert_eq!(rules(&site, "_redirects"), format!("{head}{first}"));
    assert_settled(&site);
    retag(&site, "b", "c");
    site.remove("content/other.md");
    let run = site.build_with(&["-q", "--prune"]);
    run.assert_ok();
    assert!(!site.path("feeds/tags/b").exists());
    let all = format!(
        "/feeds/tags/b/rss.xml {base}/c/rss.xml 301\n\
         /feeds/tags/old/rss.xml {base}/c/rss.xml 301\n\
         /feeds/tags/other/rss.xml /404.html 410\n"
    );
    assert_eq!(rules(&site, "_redirects"), format!("{head}{all}"));
    assert_eq!(redirects(&site, "netlify"), all);
    assert_settled(&site);
    // A tag that is back takes its redirect away.
    let site = site.post("content/4.md", "title: New\ndate: 2024-06-01\ntags: [old]");
    quiet(&site).assert_ok();
    assert!(!site.read("_redirects").contains("/feeds/tags/old/"));
    assert!(site.read("_redirects").contains("/feeds/tags/b/"));
    assert_settled(&site);
    // What is not wanted any more is ours, and goes.
    settings(&site, "feeds: {formats: [rss]}\n");
    let run = site.build();
    assert!(
        run.stdout.contains("stale     _redirects"),
        "{}",
        run.stdout
    );
    site.build_with(&["--prune"]).assert_ok();
    assert!(!site.path("_redirects").exists());
    assert_eq!(redirects(&site, "apache").lines().count(), 2);
}

#[test]
fn what_led_to_a_feed_that_is_gone_is_gone_with_it() {
    let site = site("feeds: {formats: [rss], redirects: netlify}\n");
    retag(&site, "old", "b");
    quiet(&site).assert_ok();
    retag(&site, "b", "");
    quiet(&site).assert_ok();
    // The feed is still there, so that whoever is led to it reads something.
    assert!(
        site.read("_redirects")
            .contains("/feeds/tags/b/rss.xml 301")
    );
    assert_settled(&site);
    site.build_with(&["--prune"]).assert_ok();
    for tag in ["b", "old"] {
        let rule = format!("/feeds/tags/{tag}/rss.xml /404.html 410\n");
        assert!(site.read("_redirects").contains(&rule));
    }
    assert_settled(&site);
}

#[test]
fn a_successor_that_is_missing_for_a_while_stays_one() {
    let site = site("feeds: {formats: [rss], redirects: netlify}\n");
    retag(&site, "old", "b");
    quiet(&site).assert_ok();
    let before = site.read("_redirects");
    let all = ["feeds/tags/b", "feeds/tags/old"].map(|folder| site.path(folder));
    all.iter()
        .for_each(|folder| fs::remove_dir_all(folder).expect("a feed"));
    let drafts = |from: &str, to: &str| {
        for day in 1..4 {
            let path = site.path(&format!("content/{day}.md"));
            let text = fs::read_to_string(&path).expect("a post");
            fs::write(path, text.replacen(from, to, 1)).expect("a post");
        }
    };
    drafts("---\n", "---\ndraft: true\n");
    quiet(&site).assert_ok();
    drafts("draft: true\n", "");
    quiet(&site).assert_ok();
    assert_eq!(site.read("_redirects"), before);
    assert_settled(&site);
}

#[test]
fn somebody_elses_redirects_are_not_replaced() {
    let site = site("").file("_redirects", "/a /b 301\n");
    settings(&site, "feeds: {redirects: netlify}\n");
    let run = quiet(&site);
    run.assert_code(2);
    assert!(
        run.stderr
            .contains("_redirects is not feedwright's and is not replaced")
            && run.stderr.contains("`feedwright links --format netlify`"),
        "{}",
        run.stderr
    );
    assert_eq!(site.read("_redirects"), "/a /b 301\n");
}

#[test]
fn each_host_has_its_file() {
    for (host, file) in [("nginx", "feeds/redirects.conf"), ("apache", ".htaccess")] {
        let site = site(&format!("feeds: {{redirects: {host}}}\n"));
        retag(&site, "old", "new");
        quiet(&site).assert_ok();
        let text = rules(&site, file);
        let text = text.split_once('\n').expect("a first line").1;
        assert_eq!(text, redirects(&site, host));
        assert_eq!(
            text.matches("https://example.gov/feeds/tags/new/").count(),
            3
        );
        assert_settled(&site);
    }
    // The configuration of a host says that it reads `_redirects`.
    let site = site("").file("netlify.toml", "");
    settings(&site, "feeds: {redirects: true}\n");
    quiet(&site).assert_ok();
    assert!(site.path("_redirects").exists());
}

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

#[test]
fn a_dropped_format_is_named_where_feeds_are_made_anew() {
    let site = site("");
    settings(&site, "feeds: {formats: [atom], redirects: netlify}\n");
    fs::remove_dir_all(site.path("feeds")).expect("feeds");
    let run = quiet(&site);
    assert_eq!(codes(&run), ["format-dropped"], "{}", run.stderr);
    let rule = "/feeds/rss.xml https://example.gov/feeds/atom.xml 301\n";
    assert!(site.read("_redirects").contains(rule));
    assert_settled(&site);
    site.build_with(&["--prune"]).assert_ok();
    assert_eq!(codes(&site.build()), Vec::<&str>::new());
    assert!(site.read("_redirects").contains(rule));
    assert_settled(&site);
}

#[test]
fn a_renamed_tag_is_named_where_feeds_are_made_anew() {
    let site = site("");
    retag(&site, "old", "new");
    fs::remove_dir_all(site.path("feeds")).expect("feeds");
    let run = quiet(&site);
    run.assert_ok();
    assert_eq!(codes(&run), ["feed-empty"], "{}", run.stderr);
    assert!(run.stderr.contains("feeds/tags/old/rss.xml"));
    assert_settled(&site);
    site.build_with(&["--prune"]).assert_ok();
    fs::remove_dir_all(site.path("feeds")).expect("feeds");
    assert_eq!(codes(&quiet(&site)), Vec::<&str>::new());
    assert_settled(&site);
}

#[test]
fn a_lost_lock_loses_no_redirect() {
    for (host, file) in [
        ("netlify", "_redirects"),
        ("nginx", "feeds/redirects.conf"),
        ("apache", ".htaccess"),
    ] {
        let site = site(&format!("feeds: {{formats: [rss], redirects: {host}}}\n"));
        retag(&site, "old", "b");
        site.remove("content/other.md");
        site.build_with(&["-q", "--prune"]).assert_ok();
        let (text, lock) = (site.read(file), site.read("feedwright.lock"));
        assert_eq!(rules(&site, file).matches("/old/").count(), 1);
        site.remove("feedwright.lock");
        quiet(&site).assert_ok();
        assert_eq!(site.read(file), text);
        let left = |text: &str| -> Vec<String> {
            let lines = text.lines().filter(|line| line.starts_with("{\"left\""));
            lines.map(str::to_owned).collect()
        };
        assert_eq!(left(&site.read("feedwright.lock")), left(&lock));
        assert_settled(&site);
        // What a stranger writes there leads nowhere else.
        let more = "# {\"left\":\"../x\",\"to\":\"feeds/rss.xml\"}\n# {\"left\":3}\n";
        let site = site.file(file, &text.replacen("\n", &format!("\n{more}"), 1));
        site.build_with(&["--no-cache", "-q"]).assert_ok();
        assert_eq!(site.read(file), text);
    }
}

#[test]
fn what_nothing_took_the_place_of_is_not_led_on_later() {
    let site = site("feeds: {formats: [rss], redirects: netlify}\n");
    // The few of one tag become the many of another.
    retag(&site, "old", "other");
    let run = quiet(&site);
    let first = (codes(&run).join(" "), site.read("_redirects"));
    let site = site.post(
        "content/9.md",
        "title: New\ndate: 2024-06-01\ntags: [third]",
    );
    let run = site.build();
    run.assert_ok();
    assert_eq!((codes(&run).join(" "), site.read("_redirects")), first);
    assert_settled(&site);
}

#[test]
fn a_committed_lock_decides_who_is_left() {
    let site = site("");
    settings(&site, "feeds: {formats: [atom]}\n");
    let run = site.build_with(&["--locked"]);
    run.assert_ok();
    assert_eq!(codes(&run), ["format-dropped"]);
    assert!(!site.read("feedwright.lock").contains("\"left\""));
    quiet(&site).assert_ok();
    assert!(site.read("feedwright.lock").contains("\"left\""));
    let run = site.build_with(&["--locked", "-q"]);
    assert_eq!((run.code, &*run.stderr), (0, ""));
}

#[test]
fn what_leaves_the_output_folder_is_refused() {
    let site = site("");
    let lock = site.read("feedwright.lock");
    for line in [
        "{\"left\":\"../secret\"}",
        "{\"left\":\"feeds/a.xml\",\"to\":\"/etc/passwd\"}",
        "{\"left\":\"feeds/a.xml\",\"more\":1}",
    ] {
        let text = lock.replace("{\"end\":true}", &format!("{line}\n{{\"end\":true}}"));
        fs::write(site.path("feedwright.lock"), text).expect("a lock");
        site.build().assert_code(2);
    }
    // What cannot be a name of ours breaks out of no line.
    let line = "{\"left\":\"a\\n/x /y 200\\\"; }\",\"to\":\"feeds/rss.xml\"}";
    let text = lock.replace("{\"end\":true}", &format!("{line}\n{{\"end\":true}}"));
    fs::write(site.path("feedwright.lock"), text).expect("a lock");
    for (host, lines) in [("netlify", 1), ("nginx", 6), ("apache", 1)] {
        let text = redirects(&site, host);
        assert_eq!(text.lines().count(), lines, "{text}");
    }
}
