//! Sites move from another generator or host to one that feedwright makes the feeds of.

use crate::news::news;
use crate::site::{NOW, Site};

/// A page of the old site.
fn page(title: &str) -> String {
    format!(
        "<!doctype html><html><head><title>{title} | Old site</title></head>\
         <body><h1>{title}</h1><p>Text.</p></body></html>"
    )
}

/// An Atom feed at this address of `https://example.gov`, with these entries: path, title, day.
fn atom(address: &str, entries: &[(&str, &str, &str)]) -> String {
    let entries: String = entries
        .iter()
        .map(|(path, title, day)| {
            let id = path.trim_end_matches(".html");
            format!(
                "<entry><title>{title}</title><link href='https://example.gov{path}'/>\
                 <id>https://example.gov{id}</id><published>{day}T00:00:00+00:00</published>\
                 <updated>{day}T00:00:00+00:00</updated></entry>"
            )
        })
        .collect();
    format!(
        "<feed xmlns='http://www.w3.org/2005/Atom'><title>Old site</title>\
         <id>https://example.gov{address}</id><updated>2024-01-03T00:00:00Z</updated>\
         <link rel='self' href='https://example.gov{address}'/>{entries}</feed>"
    )
}

/// A site of Jekyll as it was rendered, in `old/`, and the same posts in a site of Hugo, in `new/`:
/// with other addresses, one with another title, and a new one. The old feed had three of four
/// posts.
fn jekyll_to_hugo() -> Site {
    let post = |title: &str, day: &str| format!("---\ntitle: {title}\ndate: {day}\n---\nText.\n");
    Site::empty()
        .file(
            "old/feed.xml",
            &atom(
                "/feed.xml",
                &[
                    ("/2024/01/03/c.html", "Gamma", "2024-01-03"),
                    ("/2024/01/02/b.html", "Beta, a list", "2024-01-02"),
                    ("/2023/12/31/gone.html", "Gone", "2023-12-31"),
                ],
            ),
        )
        .file("old/index.html", &page("Home"))
        .file("old/about/index.html", &page("About"))
        .file("old/2024/01/03/c.html", &page("Gamma"))
        .file("old/2024/01/02/b.html", &page("Beta, a list"))
        .file("old/2023/12/01/a.html", &page("Alpha"))
        .file(
            "old/2023/11/30/before.html",
            &page("The first &amp; oldest"),
        )
        .file("old/sitemap.xml", "<?xml version='1.0'?><urlset/>")
        .file(
            "new/hugo.toml",
            "title = 'New site'\nbaseURL = 'https://example.gov/'\n",
        )
        .file(
            "new/content/posts/z.md",
            &post("The first & oldest", "2023-11-30"),
        )
        .file("new/content/posts/a.md", &post("Alpha", "2023-12-01"))
        .file("new/content/posts/b.md", &post("Beta", "2024-01-02"))
        .file("new/content/posts/c.md", &post("Gamma", "2024-01-03"))
        .file("new/content/posts/d.md", &post("Delta", "2024-01-04"))
}

const MIGRATE: [&str; 5] = ["migrate", "old", "new", "--now", NOW];

fn migrate(site: &Site, more: &[&str]) -> crate::site::Run {
    site.run(&[&MIGRATE[..], more].concat())
}

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
    let run = migrate(&site, &[]);
    run.assert_code(3);
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

#[test]
fn an_export_of_wordpress_is_a_feed_of_its_published_posts() {
    let item = |id: usize, title: &str, name: &str, kind: &str, status: &str| {
        format!(
            "<item><title>{title}</title><link>https://example.gov/{name}</link>\
             <pubDate>Wed, 03 Jan 2024 02:00:00 +0000</pubDate>\
             <guid isPermaLink='false'>https://example.gov/?p={id}</guid>\
             <wp:post_type>{kind}</wp:post_type><wp:status>{status}</wp:status></item>"
        )
    };
    let export = format!(
        "<rss version='2.0' xmlns:wp='http://wordpress.org/export/1.2/'><channel>\
         <title>Old</title><link>https://example.gov</link><description/>\
         <wp:wxr_version>1.2</wp:wxr_version>{}{}{}{}{}</channel></rss>",
        item(1, "Alpha", "2024/01/alpha/", "post", "publish"),
        item(2, "Beta", "?p=2", "post", "publish"),
        item(3, "About", "about/", "page", "publish"),
        item(4, "Draft", "draft/", "post", "draft"),
        item(5, "Image", "image/", "attachment", "inherit"),
    );
    let site = Site::empty()
        .file("old", &export)
        .file(
            "new/hugo.toml",
            "baseURL = 'https://example.gov/'\ntitle = 'New'\n",
        )
        // By the clock of its author it was the day before.
        .post(
            "new/content/posts/alpha.md",
            "title: Alpha\ndate: 2024-01-02",
        )
        .post("new/content/posts/beta.md", "title: Beta\ndate: 2024-01-02")
        .post(
            "new/content/posts/draft.md",
            "title: Draft\ndate: 2024-06-01",
        );
    let run = migrate(&site, &["--redirects", "apache"]);
    run.assert_ok();
    for said in [
        "Took the ids and dates of 2 posts from 1 file",
        "3 items of the export, as pages, files and drafts are, are no published post and left out",
        "Addresses of posts: 0 the same, 2 moved, 0 without a post here, 1 new.",
        "  /?p=2            →  https://example.gov/posts/beta/ ",
        "The feed /feed/ (2 entries) is at https://example.gov/feeds/rss.xml now.",
        "by id (GovDelivery, most readers) 1 new post: “Draft”",
    ] {
        assert!(run.stdout.contains(said), "{said}\n{}", run.stdout);
    }
    let rules = "RedirectMatch 301 \"^/2024/01/alpha/$\" \"/posts/alpha/\"\n\
                 RedirectMatch 301 \"^/feed/$\" \"/feeds/rss.xml\"\n";
    assert!(run.stdout.ends_with(rules), "{}", run.stdout);
    site.run(&["build", "new", "--now", NOW]).assert_ok();
    let feed = site.read("new/static/feeds/rss.xml");
    for id in ["?p=1<", "?p=2<"] {
        assert!(feed.contains(id), "{feed}");
    }
}

#[test]
fn nobodys_settings_are_rewritten() {
    let site = jekyll_to_hugo().file("new/feedwright.yaml", "feeds:\n  limit: 5\n");
    let run = migrate(&site, &[]);
    run.assert_ok();
    let said = "new/feedwright.yaml was left alone, as it says something of feeds already, or is not \
                the site's own. Put these into it, before anything is built:\n\
                feeds:\n  paths:\n    atom: \"/feed.xml\"\n";
    assert!(run.stdout.contains(said), "{}", run.stdout);
    assert_eq!(site.read("new/feedwright.yaml"), "feeds:\n  limit: 5\n");
    // With the line nothing is sent again.
    let site = site.file(
        "new/feedwright.yaml",
        "feeds:\n  limit: 5\n  paths: {atom: /feed.xml}\n",
    );
    site.run(&["build", "new", "--now", NOW]).assert_ok();
    let (old, new) = (site.read("old/feed.xml"), site.read("new/static/feed.xml"));
    let news = news(old.as_bytes(), new.as_bytes()).expect("two feeds");
    assert_eq!(news.by_id, ["Delta"]);
}

#[test]
fn feeds_of_tags_lead_to_those_of_the_same_tags() {
    let tagged = "title: Gamma\ndate: 2024-01-03\ntags: [Open Data]";
    let gamma = [("/2024/01/03/c.html", "Gamma", "2024-01-03")];
    let site = jekyll_to_hugo()
        .post("new/content/posts/c.md", tagged)
        .file(
            "old/tags/open-data/index.xml",
            &atom("/tags/open-data/index.xml", &gamma),
        )
        .file(
            "old/authors/gamma/index.xml",
            &atom("/authors/gamma/index.xml", &gamma),
        );
    let run = migrate(&site, &["--dry-run", "--redirects", "netlify"]);
    run.assert_ok();
    for said in [
        "The feed /tags/open-data/index.xml (1 entry) is at \
         https://example.gov/feeds/tags/open-data/atom.xml now.\n",
        "The feed /authors/gamma/index.xml (1 entry) has no feed that takes its place.\n",
        "/tags/open-data/index.xml /feeds/tags/open-data/atom.xml 301\n",
    ] {
        assert!(run.stdout.contains(said), "{said}\n{}", run.stdout);
    }
}

#[test]
fn what_cannot_be_read_is_named() {
    let site = jekyll_to_hugo()
        .file(
            "old/broken.xml",
            "<?xml version='1.0'?><feed><entry></feed>",
        )
        .file("old/data.json", "{\"items\": []}")
        .file(
            "old/bad.json",
            "{\"version\": \"https://jsonfeed.org/version/1\", ",
        )
        .file("old/.git/feed.xml", "<rss><channel/></rss>")
        .file(
            "secret.xml",
            &atom("/secret.xml", &[("/s/", "Secret", "2024-01-01")]),
        );
    #[cfg(unix)]
    std::os::unix::fs::symlink(site.path("secret.xml"), site.path("old/link.xml")).expect("a link");
    let run = migrate(&site, &["--dry-run"]);
    run.assert_ok();
    for said in [
        "broken.xml is meant as a feed and was left out: its Atom cannot be read",
        "bad.json is meant as a feed and was left out: its JSON cannot be read",
    ] {
        assert!(run.stdout.contains(said), "{said}\n{}", run.stdout);
    }
    assert!(!run.stdout.contains("data.json"), "{}", run.stdout);
    assert!(!run.stdout.contains(".git"), "{}", run.stdout);
    assert!(!run.stdout.contains("Secret"), "{}", run.stdout);
    let empty = Site::new().file("old/index.html", &page("Home"));
    let run = empty.run(&["migrate", "old"]);
    run.assert_code(2);
    assert!(
        run.stderr.contains("no feed is in old: name a feed"),
        "{}",
        run.stderr
    );
}

#[test]
fn a_feed_cannot_lead_where_no_feed_may_be() {
    let entries = [("/2024/01/03/c.html", "Gamma\u{1b}[2J", "2024-01-03")];
    for (address, said) in [
        (
            "/.git/config.xml",
            "It cannot stay at its address: no feed may be `/.git/config.xml`",
        ),
        (
            "/a%00b.xml",
            "It cannot stay at its address: `/a%00b.xml` is not the path",
        ),
        (
            "/../../etc/x.xml",
            "The feed /etc/x.xml (1 entry) stays at its address.",
        ),
    ] {
        let site = jekyll_to_hugo().file("old.xml", &atom(address, &entries));
        let run = site.run(&["migrate", "old.xml", "new", "--dry-run", "--now", NOW]);
        assert!(run.stdout.contains(said), "{}\n{}", run.stdout, run.stderr);
        assert!(!run.stdout.contains('\u{1b}'), "{}", run.stdout);
    }
}

#[test]
fn programs_get_everything_as_json() {
    let site = jekyll_to_hugo();
    let run = migrate(&site, &["--dry-run", "--json"]);
    run.assert_ok();
    let found: serde_json::Value = serde_json::from_str(&run.stdout).expect("JSON");
    assert_eq!(found["adopted"], 2);
    assert_eq!(
        found["posts"][0],
        serde_json::json!({
            "fate": "moved", "title": "Gamma", "old": "/2024/01/03/c.html",
            "new": "https://example.gov/posts/c/", "path": "content/posts/c.md",
        })
    );
    assert_eq!(found["readers"][0]["readers"][0]["by"], "id");
    assert_eq!(
        found["readers"][0]["readers"][0]["new"][0]["title"],
        "Delta"
    );
    assert_eq!(found["paths"]["written"], true);
    assert_eq!(found["feeds"][0]["is_same"], true);
    let run = migrate(&site, &["--json", "--redirects", "nginx"]);
    run.assert_code(2);
    assert!(run.stderr.contains("`--redirects-file`"), "{}", run.stderr);
}

#[test]
fn redirects_replace_no_file() {
    let site = jekyll_to_hugo().file("_redirects", "mine");
    let more = ["--redirects", "nginx", "--redirects-file", "_redirects"];
    let run = migrate(&site, &more);
    run.assert_code(2);
    assert!(run.stderr.contains("_redirects"), "{}", run.stderr);
    assert_eq!(site.read("_redirects"), "mine");
}
