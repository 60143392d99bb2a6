//! What is proved to be sent and what is not: posts, ids and dates of the old feeds.

use super::{atom, jekyll_to_hugo, migrate};
use crate::news::news;
use crate::site::{NOW, Site};

#[test]
fn what_is_proved_is_what_is_sent() {
    let site = jekyll_to_hugo();
    let expected = "\
Addresses of posts: 0 the same, 4 moved, 1 without a post here, 1 new.
  /2024/01/03/c.html       →  https://example.gov/posts/c/  “Gamma”
  /2024/01/02/b.html       →  https://example.gov/posts/b/  “Beta, a list”
  /2023/12/31/gone.html    →  no post                       “Gone”
  /2023/12/01/a.html       →  https://example.gov/posts/a/  “Alpha”
  /2023/11/30/before.html  →  https://example.gov/posts/z/  “The first & oldest”
  —                        →  https://example.gov/posts/d/  “Delta”, new
2 pages of the old site are of no post here: /about/, /

The feed /feed.xml (3 entries) stays at its address.
Where the site's generator writes a feed of its own at such an address, switch that off: one file can hold only one.
These lines would be written to new/feedwright.yaml:
feeds:
  paths:
    atom: \"/feed.xml\"
4 old addresses have to be redirected to what took their place: `--redirects netlify`, `nginx` or `apache` prints them.

What readers of feed.xml would be sent, who know 3 entries:
  by id (GovDelivery, most readers) 1 new post: “Delta”
  by link                           2 old posts as new: “Gamma”, “Beta”; 1 new post: “Delta”
  by title and date                 1 old post as new: “Beta”; 1 new post: “Delta”
  by date (Mailchimp)               1 new post: “Delta”
";
    let before = site.files(".");
    let run = migrate(&site, &["--dry-run"]);
    run.assert_ok();
    assert!(run.stdout.ends_with(expected), "{}", run.stdout);
    assert_eq!(site.files("."), before);

    let run = migrate(
        &site,
        &["--redirects", "netlify", "--redirects-file", "_redirects"],
    );
    run.assert_ok();
    assert!(
        run.stdout
            .contains("These lines are in new/feedwright.yaml now:\n"),
        "{}",
        run.stdout
    );
    assert_eq!(
        site.read("_redirects"),
        "/2023/11/30/before.html /posts/z/ 301\n\
         /2023/12/01/a.html /posts/a/ 301\n\
         /2024/01/02/b.html /posts/b/ 301\n\
         /2024/01/03/c.html /posts/c/ 301\n"
    );
    site.run(&["build", "new", "--now", NOW]).assert_ok();
    site.run(&["build", "new", "--now", NOW, "--locked", "--no-cache"])
        .assert_ok();
    let (old, new) = (site.read("old/feed.xml"), site.read("new/static/feed.xml"));
    let news = news(old.as_bytes(), new.as_bytes()).expect("two feeds");
    assert_eq!(news.by_id, ["Delta"]);
    assert_eq!(news.by_link, ["Delta", "Gamma", "Beta"]);
    assert_eq!(news.by_title_and_date, ["Delta", "Beta"]);
    assert!(
        new.contains("<id>https://example.gov/feed.xml</id>"),
        "{new}"
    );
    // Moving once more changes nothing.
    let lock = site.read("new/feedwright.lock");
    migrate(&site, &[]).assert_ok();
    assert_eq!(site.read("new/feedwright.lock"), lock);
}

#[test]
fn the_address_of_a_feed_at_another_host_is_none_of_the_site() {
    let feed = atom("/agency.xml", &[("/a.html", "Alpha", "2024-01-01")]);
    let own = "<link rel='self' href='https://example.gov/";
    let other =
        "<link href='https://example.gov/'/><link rel='self' href='https://feeds.example.net/";
    let site = Site::empty()
        .file("old/feed.xml", &feed.replace(own, other))
        .file(
            "new/content/a.md",
            "---\ntitle: Alpha\ndate: 2024-01-01\n---\nText.\n",
        )
        .file(
            "new/feedwright.yaml",
            "site: {title: Site, url: https://www.example.gov, timezone: UTC}\n",
        );
    let run = || site.run(&["migrate", "old/feed.xml", "new", "--dry-run"]);
    run().assert_ok();
    assert!(
        !run().stdout.contains("atom: \"/agency.xml\""),
        "{}",
        run().stdout
    );
    // Where both are named alike, it is.
    let site = site.file(
        "old/feed.xml",
        &feed.replace(own, "<link rel='self' href='https://www.example.gov/"),
    );
    let run = site.run(&["migrate", "old/feed.xml", "new", "--dry-run"]);
    assert!(
        run.stdout.contains("atom: \"/agency.xml\""),
        "{}",
        run.stdout
    );
}

#[test]
fn a_post_that_would_be_sent_again_by_id_is_named_and_ends_with_3() {
    let site = jekyll_to_hugo().file(
        "new/content/posts/x.md",
        "---\ntitle: Was not in the feed\ndate: 2024-01-01\n---\nText.\n",
    );
    let run = migrate(&site, &[]);
    run.assert_code(3);
    let said = "by id (GovDelivery, most readers) 1 old post as new: “Was not in the feed”; 1 new post: “Delta”\n";
    assert!(run.stdout.contains(said), "{}", run.stdout);
}

#[test]
fn a_post_that_may_be_an_entry_is_asked_about_and_one_line_settles_it() {
    // Its title and its address are others; its day is not.
    let before = "title: Beta\ndate: 2024-01-02";
    let site = jekyll_to_hugo().post(
        "new/content/posts/b.md",
        "title: Another title\ndate: 2024-01-02",
    );
    site.rename("new/content/posts/b.md", "new/content/posts/other.md");
    let tried = migrate(&site, &["--dry-run"]);
    tried.assert_code(3);
    let run = migrate(&site, &[]);
    run.assert_code(3);
    assert!(
        run.stderr.contains("content/posts/other.md"),
        "{}",
        run.stderr
    );
    assert_eq!(tried.stderr, run.stderr, "what would be is what comes");
    let said = "1 post may be the entry of its title or day that has no post. If it is, put this line \
                into its front matter, and run this again:\n  \
                content/posts/other.md: `guid: https://example.gov/2024/01/02/b`, “Beta, a list”\n";
    assert!(run.stdout.contains(said), "{}", run.stdout);
    let named = "by id (GovDelivery, most readers) 1 new post: “Delta”\n";
    assert!(run.stdout.contains(named), "{}", run.stdout);
    // Until then nothing is sent of it.
    let copy = Site::copy(site.root(), |_| true);
    let run = copy.run(&["build", "new", "--now", NOW]);
    run.assert_code(3);
    assert!(
        run.stderr.contains("content/posts/other.md"),
        "{}",
        run.stderr
    );
    let settled = format!("{before}\nguid: https://example.gov/2024/01/02/b");
    let site = site.post("new/content/posts/other.md", &settled);
    let run = migrate(&site, &[]);
    run.assert_ok();
    assert!(!run.stdout.contains("may be"), "{}", run.stdout);
    site.run(&["build", "new", "--now", NOW]).assert_ok();
    let (old, new) = (site.read("old/feed.xml"), site.read("new/static/feed.xml"));
    let news = news(old.as_bytes(), new.as_bytes()).expect("two feeds");
    assert_eq!(news.by_id, ["Delta"]);
}
