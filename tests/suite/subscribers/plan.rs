//! What a plan says.

use super::{post, site};
use crate::site::NOW;

#[test]
fn the_plan_says_what_subscribers_would_see() {
    let site = site();
    let run = site.run(&["plan", "--now", NOW]);
    run.assert_ok();
    assert!(
        run.stdout.contains("a new feed with 3 entries"),
        "{}",
        run.stdout
    );
    assert_eq!(site.files("").len(), 4, "nothing was written");
    site.build().assert_ok();
    let run = site.run(&["plan", "--now", NOW]);
    assert_eq!(run.stdout, "Subscribers would see nothing new.\n");
    site.remove("content/c.md");
    let site = site
        .post("content/a.md", &post("Aleph", 1))
        .post("content/d.md", &post("Delta", 4))
        .post("content/e.md", "title: Early\ndate: 2020-01-01");
    let run = site.run(&["plan", "--now", NOW]);
    run.assert_ok();
    assert_eq!(
        run.stdout,
        "feeds/rss.xml, feeds/atom.xml, feeds/feed.json (Site)\n  \
           new         “Delta”\n  \
           new         “Early”, older than others: who goes by dates misses it\n  \
           changed     “Aleph”: title, date updated\n  \
           dropped     “Gamma”\n  \
           unchanged   1 entry\n"
    );
    let meaning = |consumer: &str| {
        let run = site.run(&["plan", "--now", NOW, "--for", consumer]);
        run.stdout.lines().last().expect("a line").to_owned()
    };
    assert_eq!(
        meaning("govdelivery"),
        "GovDelivery, feeds/rss.xml, feeds/atom.xml, feeds/feed.json: 2 bulletins (new entries), \
         1 draft for an administrator (entries changed under a known id)"
    );
    assert_eq!(
        meaning("mailchimp"),
        "Mailchimp, feeds/rss.xml, feeds/atom.xml, feeds/feed.json: no new entry goes out, 1 may be \
         missed (a mail may have gone out after that date already): “Delta”, 1 missed (dated \
         before the last send): “Early”; this assumes that Mailchimp sends daily and has sent the \
         newest published entry (2024-01-03T00:00:00+00:00): `--last-send` makes it certain"
    );
    assert!(
        meaning("podcast").starts_with("Podcast apps, "),
        "{}",
        meaning("podcast")
    );
    let run = site.run(&["plan", "--now", NOW, "--json", "--for", "govdelivery"]);
    let plan: serde_json::Value = serde_json::from_str(&run.stdout).expect("JSON");
    assert_eq!(plan["feeds"][0]["new"][0]["title"], "Delta");
    assert_eq!(plan["feeds"][0]["changed"][0]["fields"][0], "title");
    assert_eq!(plan["consumer"][0]["drafts"], 1);
    let dry = site.build_with(&["--dry-run"]);
    assert!(dry.stdout.contains("dropped     “Gamma”"), "{}", dry.stdout);
}

/// Where feeds are not in Git, a fresh checkout has none: the lock of the base tells what is known.
#[test]
fn without_feeds_the_plan_goes_by_the_lock() {
    let site = site();
    site.build().assert_ok();
    let base = site.read("feedwright.lock");
    let site = site
        .file("base.lock", &base)
        .post("content/d.md", &post("Delta", 4));
    site.build().assert_ok();
    std::fs::remove_dir_all(site.path("feeds")).expect("feeds");
    let plan = |more: &[&str]| {
        let run = site.run(&[&["plan", "--now", NOW], more].concat());
        run.assert_ok();
        run.stdout
    };
    assert_eq!(plan(&[]), "Subscribers would see nothing new.\n");
    let text = plan(&["--lock", "base.lock"]);
    assert!(
        text.contains("as no file is here to compare with\n  new         “Delta”\n  unchanged   3"),
        "{text}"
    );
    // An empty folder that is named says that nobody has anything.
    std::fs::create_dir(site.path("empty")).expect("a folder");
    let text = plan(&["--published", "empty"]);
    assert!(text.contains("a new feed with 4 entries"), "{text}");
}
