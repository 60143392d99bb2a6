//! Who is left behind, and as what that is named.

use serde_json::Value;

use super::{assert_settled, codes, quiet, retag, settings, site};

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
        run.stderr.contains("the feed is feeds/tags/three/ now"),
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
