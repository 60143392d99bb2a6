//! How servers and hosts lead people on.

use std::fs;

use super::{assert_settled, codes, quiet, redirects, retag, settings, site};
use crate::site::Site;

/// A file of redirects without what it keeps in comments.
fn rules(site: &Site, file: &str) -> String {
    let text = site.read(file);
    let lines = text.split_inclusive('\n');
    lines.filter(|line| !line.starts_with("# {")).collect()
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
            .contains("error[file-not-ours]: the file is not feedwright's and is not replaced\n  --> _redirects\n")
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
